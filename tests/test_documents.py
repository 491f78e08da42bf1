"""From file to page: dates, names, addresses, excerpts, files beside a brief."""

from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from conftest import BRIEF, CONFIG, MakeSite
from lxml import etree, html

from briefsite.errors import BriefsiteError

SEED = """\
---
layout: post
title : A short headline
author: Ann Lee
date  : 2025-08-08 12:00:00 +0800
image : https://example.com/lead.jpg
#image_caption: ""
description: "The longer title that says it all"
excerpt_separator: <excerpt/>
---

_The standfirst of the brief._

<excerpt/>

The first paragraph.


### A heading: with words

More.

---

__Ann Lee__ is a fellow.
"""


def test_a_brief_keeps_its_own_offset_everywhere(make_site: MakeSite) -> None:
    site = make_site({"content/2025-08-08-short.md": SEED})
    report = site.build()

    page = html.document_fromstring(site.page("briefs/2025/short/index.html"))
    index = html.document_fromstring(site.page("index.html"))
    feed = etree.fromstring(site.output()["feed.xml"])
    assert report.problems == ()
    moment = "2025-08-08T12:00:00+08:00"
    assert page.xpath("//article//time/@datetime") == [moment]
    assert page.xpath("string(//article//time)") == "8 August 2025"
    assert page.xpath("//meta[@property='article:published_time']/@content") == [moment]
    assert parsedate_to_datetime(feed.findtext(".//pubDate") or "").isoformat() == moment
    assert page.xpath("string(//*[@class='standfirst'])").strip() == "The standfirst of the brief."
    assert (
        page.xpath("string(//meta[@name='description']/@content)") == "The standfirst of the brief."
    )
    assert index.xpath("string(//*[@class='excerpt'])").strip() == "The standfirst of the brief."
    assert feed.findtext(".//item/description") == "<p><em>The standfirst of the brief.</em></p>"
    creator = "{http://purl.org/dc/elements/1.1/}creator"
    assert feed.findtext(f".//{creator}") == "Ann Lee"
    text = " ".join(str(page.xpath("string(//article)")).split())
    assert (
        "The first paragraph. A heading: with words More. About the authors Ann Lee is a fellow."
        in text
    )
    assert "excerpt" not in text


SEPARATORS = {
    "by default": ("", "", "One <!--more--> two.", "One"),
    "for the site": ("excerpt_separator: '===X==='\n", "", "One ===X=== two.", "One"),
    "by defaults": (
        "defaults:\n- {scope: {path: '2026'}, values: {excerpt_separator: <x/>}}\n",
        "",
        "One <x/> two.",
        "One",
    ),
    "in the brief, over all others": (
        "excerpt_separator: <y/>\ndefaults:\n- {values: {excerpt_separator: <x/>}}\n",
        "excerpt_separator: <z/>\n",
        "One <z/> two.",
        "One",
    ),
    "as text in front matter": ("", "excerpt: Own *words*\n", "One.", "Own *words*"),
}


@pytest.mark.parametrize("name", SEPARATORS)
def test_the_excerpt_ends_where_it_was_said(make_site: MakeSite, name: str) -> None:
    config, front, body, expected = SEPARATORS[name]
    brief = f"---\ntitle: A\n{front}---\n{body}\n"
    site = make_site({"site.yaml": CONFIG + config, "content/2026-01-15-air.md": brief})
    report = site.build()

    index = html.document_fromstring(site.page("index.html"))
    assert index.xpath("string(//*[@class='excerpt'])").strip() == expected
    assert report.problems == ()


@pytest.mark.parametrize(
    ("brief", "warning"),
    [
        (
            "---\ntitle: A\nexcerpt_separator: <x/>\n---\nBody.\n",
            "content/2026-01-15-air.md:3: the excerpt separator <x/> never occurs "
            "(write <x/> on a line of its own below the standfirst)",
        ),
        (
            "---\ntitle: A\n---\n<!--more-->\n\nBody.\n",
            "content/2026-01-15-air.md:2: the excerpt is empty: nothing stands above the separator",
        ),
        (
            "---\ntitle: A\ndescritpion: B\n---\nBody.\n",
            "content/2026-01-15-air.md:3: unknown key 'descritpion' (did you mean 'description'?)",
        ),
        (
            "---\ntitle: A\ndate: 2026-01-16\n---\nBody.\n",
            "content/2026-01-15-air.md:3: the file name says 2026-01-15, the date 2026-01-16; "
            "the date counts",
        ),
        (
            "---\ntitle: A\n---\nBo\x07dy.\n",
            "content/2026-01-15-air.md:4: a control character was left out "
            "(delete it from the file)",
        ),
    ],
)
def test_a_warning_names_file_line_and_what_to_do(
    make_site: MakeSite, brief: str, warning: str
) -> None:
    report = make_site({"content/2026-01-15-air.md": brief}).build()

    assert [str(problem) for problem in report.problems] == [warning]


ADDRESSES = {
    ("", "content/2026-01-15-air.md", ""): "briefs/2026/air/index.html",
    ("", "content/about.md", ""): "about/index.html",
    ("", "content/team/people.md", ""): "team/people/index.html",
    ("", "content/team/index.md", ""): "team/index.html",
    ("", "content/2026-01-15-air/index.md", ""): "briefs/2026/air/index.html",
    ("", "content/about.md", "permalink: /who.html\n"): "who.html",
    ("permalink: date\n", "content/2026-01-15-Air.md", ""): "2026/01/15/Air.html",
    (
        "permalink: pretty\n",
        "content/2026-01-15-air.md",
        "categories: [A b]\n",
    ): "a b/2026/01/15/air/index.html",
    ("permalink: date\n", "content/about.md", ""): "about.html",
    (
        "collections: {x: {folder: _x}}\npermalink: /:collection/:path:output_ext\n",
        "content/_x/sub/2026-01-15-air.md",
        "",
    ): "x/sub/2026-01-15-air.html",
    ("", "content/2026-01-15-中文 題.md", ""): "briefs/2026/中文-題/index.html",
    (
        "timezone: Asia/Hong_Kong\n",
        "content/x.md",
        "date: 2025-12-31 20:00:00 +0000\n",
    ): "briefs/2026/x/index.html",
}


@pytest.mark.parametrize(("config", "source", "front"), ADDRESSES)
def test_an_address_follows_the_rules(
    make_site: MakeSite, config: str, source: str, front: str
) -> None:
    site = make_site({"site.yaml": CONFIG + config, source: f"---\ntitle: A\n{front}---\nBody.\n"})
    site.build()

    assert ADDRESSES[config, source, front] in site.output()


def test_files_lie_beside_the_page_that_they_belong_to(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/2026-01-15-air/index.md": "---\n---\n![c](chart.svg) [d](data/x.csv)\n",
            "content/2026-01-15-air/chart.svg": "<svg/>",
            "content/2026-01-15-air/data/x.csv": "a",
            "content/2026-02-15-sea.md": BRIEF.replace(
                "Body.", "[air](2026-01-15-air/index.md#x) ![s](img/s.svg)"
            ),
            "content/img/s.svg": "<svg/>",
            "content/LICENSE": "l",
        }
    )
    site.build()

    output = site.output()
    assert {
        "briefs/2026/air/chart.svg",
        "briefs/2026/air/data/x.csv",
        "img/s.svg",
        "LICENSE",
    } <= set(output)
    air = html.document_fromstring(output["briefs/2026/air/index.html"])
    sea = html.document_fromstring(output["briefs/2026/sea/index.html"])
    assert air.xpath("//article//img/@src") == ["../../../briefs/2026/air/chart.svg"]
    assert air.xpath("//*[@class='prose']/p/a/@href") == ["../../../briefs/2026/air/data/x.csv"]
    assert sea.xpath("//*[@class='prose']/p/a/@href") == ["../../../briefs/2026/air/#x"]
    assert sea.xpath("//article//img/@src") == ["../../../img/s.svg"]


def test_briefs_of_one_moment_stand_in_the_reverse_order_of_their_paths(
    make_site: MakeSite,
) -> None:
    names = ["2026-01-15-b.md", "2026-01-15-a.md", "2026-01-16-c.md"]
    site = make_site(
        {f"content/{name}": "---\ntitle: " + name[11] + "\n---\nx\n" for name in names}
    )
    site.build()

    titles = html.document_fromstring(site.page("index.html")).xpath("//h2/a/text()")
    assert titles == ["c", "b", "a"]


@pytest.mark.parametrize("target", ["../outside.md", "../../outside", "/etc/hostname"])
def test_a_link_that_leaves_content_is_an_error(make_site: MakeSite, target: str) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF})
    (site.root / "outside.md").write_text("secret", encoding="utf-8")
    Path(site.root / "content/link.md").symlink_to(target)

    with pytest.raises(BriefsiteError) as caught:
        site.build()

    assert [str(problem) for problem in caught.value.problems] == [
        "content/link.md: this symbolic link leads out of its folder "
        "(copy the file to where the link stands)"
    ]


def test_an_index_is_cut_into_pages_and_collections_have_their_own(make_site: MakeSite) -> None:
    config = CONFIG + "paginate: 2\ncollections: {a: {}, b: {title: Bees}}\n"
    config += "outputs: {authors: false, archive: false}\n"
    files = {f"content/{c}/2026-01-{n + 10}-x{n}.md": BRIEF for c in "ab" for n in range(3)}
    site = make_site({"site.yaml": config} | files)
    site.build()

    pages = {path for path in site.output() if path.endswith("index.html") and "/x" not in path}
    assert pages == {
        "index.html",
        "page/2/index.html",
        "page/3/index.html",
        "a/index.html",
        "a/page/2/index.html",
        "b/index.html",
        "b/page/2/index.html",
        "feeds/index.html",
    }


def test_an_unlisted_brief_has_a_page_and_stands_nowhere_else(make_site: MakeSite) -> None:
    site = make_site(
        {"content/2026-01-15-air.md": BRIEF.replace("author", "unlisted: true\nauthor")}
    )
    site.build()

    naming = {
        path.rpartition("/")[0]
        for path, data in site.output().items()
        if b"Clean air" in data or b"/air/" in data
    }
    page = html.document_fromstring(site.page("briefs/2026/air/index.html"))
    assert naming == {"briefs/2026/air"}
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_a_tag_that_is_a_number_or_a_switch_is_text(make_site: MakeSite) -> None:
    fields = "tags: 2026\ncategories: 1.50\n"
    site = make_site(
        {
            "content/2026-01-15-air.md": BRIEF.replace("---\n", f"---\n{fields}", 1),
            "templates/post.html": "{{ page.tags }} {{ page.categories }}",
        }
    )
    site.build()

    assert html.fromstring(site.page("briefs/2026/air/index.html")).text == ("('2026',) ('1.50',)")


@pytest.mark.parametrize(
    ("name", "warned"),
    [
        ("2026-03-12_air", True),
        ("2026-03-12 air", True),
        ("2026-03-12", True),
        ("20260312-air", True),
        ("12-03-2026-air", True),
        ("12.3.2026 air", True),
        ("1984-1985", False),
        ("2026-report", False),
        ("10-12-rules", False),
        ("2026-03-12-air", False),
    ],
)
def test_a_name_that_was_meant_to_hold_a_date_and_holds_none_is_a_warning(
    make_site: MakeSite, name: str, warned: bool
) -> None:
    text = "---\ntitle: Air\n---\n_A._\n\n<!--more-->\n\nB.\n"
    site = make_site({f"content/{name}.md": text})
    words = (
        f"content/{name}.md:2: the file name begins with no date that is read, and 'date:' is "
        "missing (without one it is no brief, but a page: name it 2026-03-12-a-few-words.md)"
    )

    assert list(map(str, site.build().problems)) == [words] * warned
    site.write({f"content/{name}.md": text.replace("---\n_", "date: 2026-03-12\n---\n_")})
    assert site.build().problems == ()
