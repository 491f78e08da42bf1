"""Notes about the authors at the end of a body: found, counted, never a part of the text."""

import feedparser
import pytest
from conftest import BRIEF, CONFIG, MakeSite
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from briefsite.people import Note, complete, split_authors, split_notes, whose

TEXT = "First.\n\nLast.\n"


def names(body: str) -> tuple[str, ...]:
    """Return whom the notes of a body tell of."""
    return split_notes(body).bios


def test_bios_below_the_last_rule_are_cut_off_in_order() -> None:
    body = (
        "One.\n\n---\n\nTwo.\n\n---\n\n__Ann Lee__ is a fellow.\n\n__Bo Kim__, PhD, is one too.\n"
    )
    found = split_notes(body)

    assert found.body == "One.\n\n---\n\nTwo.\n"
    assert found.notes == (
        Note("__Ann Lee__ is a fellow.", ("Ann Lee",)),
        Note("__Bo Kim__, PhD, is one too.", ("Bo Kim",)),
    )


SHAPES = {
    "__Ann Lee__ is a fellow.": ("Ann Lee",),
    "**Ann Lee** was the director.": ("Ann Lee",),
    "__Ann Lee__ directs the programme.": ("Ann Lee",),
    "__Ann Lee__ (Colonel, ret.) is a fellow.": ("Ann Lee",),
    "__Ann Lee (Colonel, ret.)__ is a fellow.": ("Ann Lee (Colonel, ret.)",),
    "Colonel __Ann “Sky” Lee__ is a fellow.": ("Ann “Sky” Lee",),
    "Lieutenant Colonel __Ann Lee__ is a fellow.": ("Ann Lee",),
    "Sir __Ann Lee__ is a fellow.": ("Ann Lee",),
    "Professor __Ann Lee__ teaches history.": ("Ann Lee",),
    "__Ann Lederer-Bro__wn is a fellow.": ("Ann Lederer-Brown",),
    "__Ann Lee___ is a fellow.": ("Ann Lee",),
    "__Ann Lee is a fellow, and her text is never closed.": ("Ann Lee",),
    "__李安__是研究員。": ("李安",),
    "North Sea Team:\n\n__Ann Lee__ is a fellow.": ("Ann Lee",),
    "Author contributions:\n\n__Ann Lee__: text. \n\n__Bo Kim__ is one.": ("Bo Kim",),
    "#### Authors\n\n__Ann Lee, Bo Kim, and Cy Orr.__": ("Ann Lee", "Bo Kim", "Cy Orr"),
    "__Authors:__ Ann Lee, Bo Kim": ("Ann Lee", "Bo Kim"),
    "__Ann Lee__ is one.\n\n_Bo Kim_ lectures there.": ("Ann Lee", "Bo Kim"),
    "__Ann Lee__ is one.\n\n__Bo Kim__": ("Ann Lee", "Bo Kim"),
    "__Ann Lee__ is one.\n\nThis work was paid for by nobody.": ("Ann Lee",),
    "__Lee__ wrote from Rome; __Kim__ from Oslo. __Cy Orr__ helped.": ("Lee", "Kim", "Cy Orr"),
}


@pytest.mark.parametrize("tail", SHAPES)
@pytest.mark.parametrize("rule", ["---", "***", "_____", "---  "])
@pytest.mark.parametrize("end", ["\n", "", "\n\n<!--END-->\n"])
def test_every_shape_of_a_bio_is_known(tail: str, rule: str, end: str) -> None:
    found = split_notes(f"{TEXT}\n{rule}\n\n{tail}{end}")

    assert (found.bios, found.body) == (SHAPES[tail], TEXT)
    assert "\n\n".join(note.text for note in found.notes) == tail.replace(
        ". \n\n__Bo", ". \n\n__Bo"
    )


OTHERS = {
    "a footer that is no bio": "---\n\n案件編號：HCCC51/2022",
    "plain text": "---\n\nMore text follows here.",
    "a label alone": "---\n\n__Note:__ this matters.",
    "bold words that are no name": "---\n\n__A key finding__ is that this matters.",
    "a bold sentence": "---\n\n__This is bold.__ And so on.",
    "a sentence that goes on upper-case": "---\n\n__Ann Lee__ The rest.",
    "italics alone": "---\n\n_Ann Lee_ is a character of this novel.",
    "headings": "---\n\n## One\n\n__Ann Lee__ is a character.\n\n## Two\n\nText.",
    "a long last part": "---\n\n__Ann Lee__ is a character.\n\nA.\n\nB.\n\nC.\n\nD.",
    "a heading's underline": "Text\n---\n\n__Ann Lee__ is a character.",
    "code": "```\n\n---\n\n__Ann Lee__ is a fellow.\n\n```",
    "code below": "---\n\n__Ann Lee__ is a fellow.\n\n```\n---\n```",
    "Liquid": "---\n\n__Ann Lee__ is {{ site.role }}.",
    "a table": "---|---\n\n__Ann Lee__ is a fellow.",
    "nothing": "---\n",
    "no rule": "__Ann Lee__ is a fellow.",
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_tells_of_no_author_stays_in_the_text(name: str) -> None:
    body = f"{TEXT}\n{OTHERS[name]}\n"
    found = split_notes(body)

    assert (found.body, found.notes) == (body, ())


def test_a_rule_above_the_excerpts_end_is_none_of_the_notes() -> None:
    body = "---\n\n__Ann Lee__ is a character.\n\n<!--more-->\n\n_Text._\n"

    assert split_notes("\n" + body, "<!--more-->").notes == ()
    assert split_notes("A.\n\n---\n\n__Ann Lee__ is one.\n", "---").notes == ()


def test_definitions_below_the_rule_stay_with_the_text_that_uses_them() -> None:
    body = "A[^1] [b].\n\n---\n\n__Ann Lee__ is one.\n\n[^1]: Note.\n\n[b]: /c\n"

    assert split_notes(body).body == "A[^1] [b].\n\n[^1]: Note.\n\n[b]: /c\n"
    assert names(body) == ("Ann Lee",)


def test_all_paragraphs_of_a_footnote_below_the_rule_stay_with_the_text() -> None:
    body = "A[^1].\n\n---\n\n__Ann Lee__ is one.\n\n[^1]: Note.\n\n    Its end.\n\n\tAnd more.\n"

    found = split_notes(body)

    assert found.body == "A[^1].\n\n[^1]: Note.\n\n    Its end.\n\n\tAnd more.\n"
    assert [note.text for note in found.notes] == ["__Ann Lee__ is one."]


BLOCKS = [
    "Text.",
    "---",
    "***",
    "__Ann Lee__ is one.",
    "_Bo Kim_ is one.",
    "Sir __Cy Orr__, PhD, is one.",
    "# Head",
    "Label:",
    "[a]: /b",
    "```\n---\n```",
    "__Note:__ x",
    "<!--END-->",
]


@given(st.lists(st.sampled_from(BLOCKS), max_size=12))
def test_no_paragraph_is_lost_and_none_is_changed(blocks: list[str]) -> None:
    found = split_notes("\n\n".join(blocks) + "\n")

    kept = [block for block in found.body.split("\n\n") if block.strip()]
    texts = [block.strip() for block in kept] + [note.text for note in found.notes]
    if found.notes:
        del blocks[max(n for n, block in enumerate(blocks) if block in ("---", "***"))]
        blocks = blocks[:-1] if blocks[-1] == "<!--END-->" else blocks
    assert sorted(texts) == sorted(blocks)


BIOS = (
    "A.\n\n---\n\n__Bo Kim__ is one.\n\n__Ann B. Lee__ is one.\n\n__Cy Orr__ is one.\n\n"
    "_Di Poe_ lectures.\n"
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ann Lee, et al.", ["Ann Lee", "Bo Kim", "Cy Orr"]),
        ("Cy Orr, Bo Kim, et al.", ["Cy Orr", "Bo Kim", "Ann B. Lee"]),
        ("Eve Fox, et al.", ["Eve Fox", "Bo Kim", "Ann B. Lee", "Cy Orr"]),
        ("Ann Lee", ["Ann Lee"]),
        ("Bo Kim and Ann Lee", ["Bo Kim", "Ann Lee"]),
    ],
)
def test_only_et_al_is_completed_and_only_by_authors(line: str, expected: list[str]) -> None:
    people = complete(split_authors(line), split_notes(BIOS))

    assert [person.name for person in people] == expected


def test_a_bio_belongs_to_whom_it_names_and_never_to_one_of_two() -> None:
    two = split_authors("James Orr, Joe Orr and Ann Lee").people

    def owner(name: str) -> str:
        person = whose(Note("", (name,)), two)
        return person.name if person else ""

    assert [owner("James Orr"), owner("Dr Ann B. Lee"), owner("J. Orr"), owner("Al Poe")] == [
        "James Orr",
        "Ann Lee",
        "",
        "",
    ]


TAIL = "\n---\n\nTeam:\n\n__Ann Lee__ is [one](about.md).\n\nDr __Bo Kim__ is another.\n"
AL = BRIEF.replace("Ann Lee", "Ann Lee, et al.") + TAIL
REGISTRY = "ann-lee: {name: Ann Lee, orcid: 0000-0002-1825-0097, url: 'https://example.org/ann'}\n"


def test_the_page_shows_the_notes_below_the_article_beside_their_authors(
    make_site: MakeSite,
) -> None:
    site = make_site(
        {
            "content/2026-01-15-air.md": AL,
            "content/about.md": "About.\n",
            "content/_data/authors.yml": REGISTRY,
        }
    )
    report = site.build()

    page = html.document_fromstring(site.page("briefs/2026/air/index.html"))
    [block] = page.xpath("//section[@class='end authors']")
    assert report.problems == ()
    assert [" ".join(item.text_content().split()) for item in block.xpath("div")] == [
        "Team:",
        "Ann Lee is one. Website of Ann Lee ORCID 0000-0002-1825-0097 Briefs by Ann Lee",
        "Dr Bo Kim is another. Briefs by Bo Kim",
    ]
    assert block.xpath(".//a/@href") == [
        "../../../about/",
        "https://example.org/ann",
        "https://orcid.org/0000-0002-1825-0097",
        "../../../authors/ann-lee/",
        "../../../authors/bo-kim/",
    ]
    assert "another" not in page.xpath("string(//*[@class='prose'])")
    assert page.xpath("//hr") == []
    assert page.xpath("string(//*[@class='byline'])").strip() == "By Ann Lee, et al."
    assert page.xpath("//meta[@name='author']/@content") == ["Ann Lee", "Bo Kim"]


def test_a_feed_names_every_author_and_holds_the_notes(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-air.md": AL, "content/about.md": "About.\n"})
    site.build()

    [entry] = feedparser.parse(site.output()["feed.xml"]).entries
    assert [author["name"] for author in entry.authors] == ["Ann Lee", "Bo Kim"]
    assert entry.content[0].value.endswith(
        "<hr />\n<p>Team:</p>\n<p><strong>Ann Lee</strong> is "
        '<a href="https://example.org/repo/about/">one</a>.</p>\n'
        "<p>Dr <strong>Bo Kim</strong> is another.</p>"
    )


def test_the_registry_tells_of_those_whom_the_brief_says_nothing_of(make_site: MakeSite) -> None:
    registry = (
        "ann: {name: Ann Lee, bio: Ann _writes_., photo: /ann.jpg}\nbo: {name: Bo Kim, bio: B}\n"
    )
    brief = BRIEF.replace("Ann Lee", "Ann Lee and Bo Kim") + "\n---\n\n__Bo Kim__ is one.\n"
    site = make_site({"content/2026-01-15-air.md": brief, "content/_data/authors.yml": registry})
    site.build()

    page = html.document_fromstring(site.page("briefs/2026/air/index.html"))
    items = page.xpath("//section[@class='end authors']/div")
    assert [item.text_content().split("\n") for item in items] == [
        ["", "Bo Kim is one.", "Briefs by Bo Kim", ""],
        ["", "", "Ann writes.", "Briefs by Ann Lee", ""],
    ]
    assert items[1].xpath("img/@src") == ["../../../ann.jpg"]


def test_notes_can_be_left_where_they_are(make_site: MakeSite) -> None:
    site = make_site({"site.yaml": CONFIG + "author_notes: false\n", "content/2026-01-15-a.md": AL})
    site.build()

    page = html.document_fromstring(site.page("briefs/2026/a/index.html"))
    assert page.xpath("//section[@class='end authors']") == []
    assert "another" in page.xpath("string(//*[@class='prose'])")
    assert page.xpath("//meta[@name='author']/@content") == ["Ann Lee"]


def test_a_page_without_date_keeps_its_last_part(make_site: MakeSite) -> None:
    site = make_site({"content/team.md": "Team.\n\n---\n\n__Ann Lee__ is one.\n"})
    site.build()

    page = html.document_fromstring(site.page("team/index.html"))
    assert "Ann Lee is one." in page.xpath("string(//*[@class='prose'])")
