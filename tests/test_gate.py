"""The gate: what may be public now."""

import re
import shutil
from typing import Any

import pytest
from conftest import BRIEF, CONFIG, MakeSite, SiteFolder
from hypothesis import given
from hypothesis import strategies as st

from briefsite.model import Withheld

CASES: dict[str, tuple[str, dict[str, Any], tuple[str, str]]] = {
    "draft": ("draft: true\n", {"drafts": True}, ("draft", "it says 'draft: true'")),
    "unpublished": (
        "published: false\n",
        {"unpublished": True},
        ("unpublished", "it says 'published: false'"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_brief_is_withheld_with_its_reason_unless_asked_for(
    make_site: MakeSite, name: str
) -> None:
    line, option, reason = CASES[name]
    site = make_site({"content/2026-01-15-air.md": BRIEF.replace("author:", line + "author:")})

    report = site.build()

    assert report.left_out == (Withheld("content/2026-01-15-air.md", *reason),)
    assert "briefs/2026/air/index.html" not in site.output()
    assert site.build(**option).left_out == ()
    assert "briefs/2026/air/index.html" in site.output()


def test_a_brief_of_the_future_is_scheduled_until_its_moment(make_site: MakeSite) -> None:
    late = BRIEF.replace("2026-01-15 09:00:00 +0100", "2026-06-01 14:00:01 +0200")
    site = make_site({"content/2026-06-01-air.md": late})

    report = site.build()

    [withheld] = report.left_out
    assert (withheld.reason, withheld.detail) == ("scheduled", "until 2026-06-01T14:00:01+02:00")
    assert site.build(future=True).left_out == ()
    assert (
        make_site({"content/2026-06-01-air.md": late.replace("00:01", "00:00")}).build().left_out
        == ()
    )


@pytest.mark.parametrize("key", ["embargo", "publish_at"])
def test_an_embargo_holds_whatever_is_asked_for(make_site: MakeSite, key: str) -> None:
    text = BRIEF.replace("author:", f"{key}: 2026-06-01 14:00:01 +0200\nauthor:")
    lax = CONFIG + "future: true\ncollections: {briefs: {future: true}}\n"
    site = make_site({"site.yaml": lax, "content/briefs/2026-01-15-air.md": text})

    report = site.build(future=True, drafts=True, unpublished=True)

    moment = "2026-06-01T14:00:01+02:00"
    [withheld] = report.left_out
    assert (withheld.reason, withheld.detail) == ("embargoed", f"until {moment}")
    assert withheld.until is not None
    assert site.build(now=withheld.until).left_out == ()
    assert "Body." in site.page("briefs/2026/air/index.html")


def test_nothing_of_a_withheld_brief_is_anywhere_in_the_output(make_site: MakeSite) -> None:
    secret = """\
---
title: Xylophone titles
date: 2026-01-20
draft: true
tags: [xylotag]
image: xylophone.svg
---
Xylophone body with ![a](xylophone.svg) and [a file](xylophone.pdf).
"""
    site = make_site(
        {
            "content/2026-01-15-air.md": BRIEF,
            "content/2026-01-20-xylophone.md": secret,
            "content/xylophone.svg": "<svg>xylophone</svg>",
            "content/xylophone.pdf": "xylophone",
            "content/2026-02-01-xylobundle/index.md": secret,
            "content/2026-02-01-xylobundle/xyloextra.csv": "xylophone",
        }
    )

    report = site.build()

    leaks = [
        path for path, data in site.output().items() if b"xylo" in data.lower() or "xylo" in path
    ]
    assert leaks == []
    assert [(item.source, item.reason) for item in report.left_out] == [
        ("content/2026-01-20-xylophone.md", "draft"),
        ("content/2026-02-01-xylobundle/index.md", "draft"),
        ("content/2026-02-01-xylobundle/xyloextra.csv", "belongs to what is withheld"),
        ("content/xylophone.pdf", "belongs to what is withheld"),
        ("content/xylophone.svg", "belongs to what is withheld"),
    ]


@pytest.mark.parametrize("limit", [1, 50])
def test_nothing_of_a_withheld_brief_is_in_what_feeds_and_machines_read(
    make_site: MakeSite, limit: int
) -> None:
    lines = ["draft: true", "published: false", "date: 2099-01-01", "expires: 2026-02-01"]
    files = {
        f"content/notes/2026-01-0{n}-xylo{n}.md": (
            f"---\ntitle: Xylo title {n}\nlang: xy\nauthor: Xylo Xu\n{line}\n---\nXylo text.\n"
        )
        for n, line in enumerate([*lines, "unlisted: true"], start=1)
    }
    public = {f"content/2026-01-1{n}-air{n}.md": BRIEF for n in (1, 2, 3)}
    config = f"title: T\nurl: https://e.org\nfeed: {{limit: {limit}}}\n"
    site = make_site(files | public | {"site.yaml": config})
    site.build()

    output = {path: path.encode() + data for path, data in site.output().items()}
    leaks = [path for path, data in output.items() if b"xylo" in data.lower()]
    # Who has the address of the unlisted one has its page and its citations, and no twin.
    own = "briefs/2026/xylo5"
    assert leaks == [f"{own}/index.html", *(f"{own}/xylo5.{e}" for e in ("bib", "csl.json", "ris"))]
    archives = [path for path in output if path.startswith("feeds/archive")]
    assert archives == (["feeds/archive/2026.atom"] if limit == 1 else [])


WORD = "xq{}z"
STATES = {
    "draft": "draft: true",
    "unpublished": "published: false",
    "scheduled": "date: 2099-01-01 10:00",
    "expired": "expires: 2026-02-01",
    "embargoed": "embargo: 2026-06-02",
    "public": "lang: en",
}
FOLDERS = ("_posts", "law/_posts", "_drafts", "_docs", "")


@st.composite
def archives(draw: st.DrawFn) -> list[tuple[int, str, str]]:
    """Return (number, folder, state) of some documents."""
    kinds = st.tuples(st.sampled_from(FOLDERS), st.sampled_from(sorted(STATES)))
    return [(n, *kind) for n, kind in enumerate(draw(st.lists(kinds, min_size=1, max_size=6)))]


@given(archives(), archives())
def test_no_text_title_or_address_of_what_is_withheld_is_ever_in_the_output(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[tuple[int, str, str]],
    second: list[tuple[int, str, str]],
) -> None:
    """Law: after any change of states, in every kind of output (design.md 2, step 4); neither is
    it counted in lists of topics, authors, series and years."""
    site = SiteFolder(tmp_path_factory.mktemp("gate")).write({"site.yaml": EVERYTHING})
    for documents in (first, second):
        shutil.rmtree(site.root / "content", ignore_errors=True)
        site.write({name: text for document in documents for name, text in _files(*document)})
        site.build()
        written = "\n".join(
            path + data.decode(errors="replace") for path, data in site.output().items()
        )
        found = set(re.findall(r"xq(\d+)z", written))
        public = {
            str(n) for n, folder, state in documents if state == "public" and folder != "_drafts"
        }
        assert found == public
        listed = {n for n, folder, _ in documents if folder and str(n) in public}
        assert _counted(site) == {str(len(listed))} - {"0"}


def _counted(site: SiteFolder) -> set[str]:
    """Return how many briefs the lists say that the terms have which every document shares."""
    pages = [site.root / f"_site/{name}/index.html" for name in ("topics", "series", "people")]
    found = [
        re.findall(r">Shared</a> <span[^>]*>(\d+)<", p.read_text()) for p in pages if p.exists()
    ]
    return {number for numbers in found for number in numbers}


EVERYTHING = """\
title: Test
url: https://example.org/repo
dialect: jekyll
collections: {docs: {folder: _docs, permalink: "/docs/:path/"}}
archives: {year: /:year/, categories: /category/:name/, tags: /tag/:name/}
feed:
  collections: {docs: /docs.xml}
  tags: /by-tag/:name.xml
  legacy_ids: 2026-05-01
  limit: 1
  formats: [rss, atom, json]
outputs: {markdown: true, index_json: true, llms: true, feed_archives: true, feeds_page: true,
  series: true, archive: true, related: true}
taxonomies: {topics: {feed: true}, authors: {path: /people/:name/}}
"""


def _files(number: int, folder: str, state: str) -> list[tuple[str, str]]:
    word = WORD.format(number)
    path = "/".join(filter(None, ("content", folder, f"2026-01-0{number + 1}-{word}.md")))
    lines = [
        "---",
        f"title: Title {word}",
        f"tags: [tag{word}, shared]",
        f"categories: [kind{word}]",
        f"topics: [Topic {word}, Shared]",
        f"authors: [Ann {word}, Shared]",
        "series: Shared",
        f"part: {number + 1}",
        f"redirect_from: /old/{word}/",
        f"updates: [{{date: 2026-03-01, type: correction, text: Was {word}.}}]",
        f"key_points: [Point {word}]",
        f"translations: {{de: 2026-01-01-{WORD.format(0)}.md}}" if number else "version: 1",
        STATES[state],
        "---",
        f"Text {word} with ![a picture]({word}.svg).",
        "",
        f"## Heading {word}",
    ]
    picture = path.rpartition("/")[0] + f"/{word}.svg"
    return [(path, "\n".join(lines)), (picture, f"<svg>{word}</svg>")]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("my map.png", "![Map](<my map.png>)"),
        ("my map.png", "![Map](my%20map.png 'Title')"),
        ("my map.png", "![Map](my map.png)"),
        ("my map.png", "![Map][m]\n\n[m]: <my map.png>"),
        ("my map.png", '<img src="my map.png" alt="Map">'),
        ("my map.png", '<video poster="my map.png" src="a.mp4"></video>'),
        ("map(1).png", "![Map](map(1).png)"),
        ("map(1).png", r"![Map](map\(1\).png)"),
        ("map(1).png", '<img srcset="a.png 1x, map(1).png 2x" src="a.png" alt="Map">'),
        ("a&b.png", "![Map](a&amp;b.png)"),
        ("u\u0308ber.png", "![Map](\u00fcber.png)"),  # as a Mac writes the name
    ],
)
def test_a_picture_that_only_a_draft_shows_stays_off_the_site_whatever_its_name(
    make_site: MakeSite, name: str, written: str
) -> None:
    text = BRIEF.replace("Body.", written)
    site = make_site({"content/2026-01-15-air.md": text, f"content/{name}": b"x"})

    site.build()
    assert name in site.output()

    site.write({"content/2026-01-15-air.md": text.replace("author:", "draft: true\nauthor:")})
    report = site.build()
    assert name not in site.output()
    assert ("belongs to what is withheld", f"content/{name}") in [
        (item.reason, item.source) for item in report.left_out
    ]
