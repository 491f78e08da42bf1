"""What programs read: index.json, Markdown twins, llms.txt, robots.txt, the sitemap."""

import json
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest
from conftest import BRIEF, CONFIG, MakeSite, SiteFolder, project_of
from lxml import etree, html

from briefsite.builder import plan_of
from briefsite.front_matter import load, split
from briefsite.outputs import sitemap
from briefsite.renderer import Renderer

BASE = "https://example.org/repo"
SEA = """\
---
title: 'Sea: “R&D” [draft]'
description: What it costs
authors: [Ann Lee, {name: Bo Kim, orcid: 0000-0002-1825-0097}]
date: 2026-02-15 09:00:00 +0800
updated: 2026-03-01 10:00:00 +0800
doi: 10.1234/sea
tags: [energy]
lang: en-GB
---
_Standfirst_ with [a page](2026-01-15-air.md#first).

<!--more-->

See ![a picture](wave.png "A wave"), [from the root](/about/), [here](#part), [out](https://e.net)
and [an address][ref] as `[code](wave.png)` shows. <img alt="" src="wave.png">

```
[more code](wave.png)
```

[ref]: <wave.png>

---

__Ann Lee__ is a fellow.
"""
FILES: dict[str, str | bytes | None] = {
    "content/2026-01-15-air.md": BRIEF,
    "content/2026-02-15-sea.md": SEA,
    "content/2026-03-01-hid.md": BRIEF.replace("author", "unlisted: true\nauthor"),
    "content/about.md": "About.\n",
    "content/wave.png": b"png",
}


def built(make_site: MakeSite, config: str = "") -> SiteFolder:
    """Return a built site."""
    site = make_site(FILES | {"site.yaml": CONFIG + config})
    site.build()
    return site


def test_index_json_says_what_every_listed_brief_says_of_itself(make_site: MakeSite) -> None:
    index = json.loads(built(make_site, "description: Briefs\n").page("index.json"))

    assert {key: value for key, value in index.items() if key != "briefs"} == {
        "title": "Test",
        "description": "Briefs",
        "url": f"{BASE}/",
        "lang": "en",
    }
    sea, air = index["briefs"]
    assert sea == {
        "url": f"{BASE}/briefs/2026/sea/",
        "markdown": f"{BASE}/briefs/2026/sea/index.md",
        "title": "Sea: “R&D” [draft]",
        "subtitle": "What it costs",
        "people": [
            {"name": "Ann Lee", "given": "Ann", "family": "Lee", "kind": "person",
             "role": "author"},
            {"name": "Bo Kim", "given": "Bo", "family": "Kim", "kind": "person",
             "role": "author", "orcid": "0000-0002-1825-0097"},
        ],
        "published": "2026-02-15T09:00:00+08:00",
        "updated": "2026-03-01T10:00:00+08:00",
        "collection": "briefs",
        "categories": [],
        "tags": ["energy"],
        "lang": "en-GB",
        "summary": "Standfirst with a page.",
        "words": 230,
        "minutes": 1,
        "citation_key": "lee2026draft",
    }  # fmt: skip
    assert air["url"] == f"{BASE}/briefs/2026/air/"


def test_index_json_stays_when_a_sentence_changes_and_not_when_a_title_does(
    make_site: MakeSite,
) -> None:
    site = built(make_site)
    site.write({"content/2026-01-15-air.md": BRIEF.replace("Body.", "Another text now.")})
    body = site.build().made
    site.write({"content/2026-01-15-air.md": BRIEF.replace("Clean air", "Clear air")})
    title = site.build().made

    assert sorted(body) == [
        "briefs/2026/air/index.html", "briefs/2026/air/index.md", "feed.atom", "feed.json",
        "feed.xml",
    ]  # fmt: skip
    assert {"index.json", "llms.txt"} <= set(title)
    assert "sitemap.xml" not in title


def test_a_twin_is_front_matter_and_the_body_as_it_was_written(make_site: MakeSite) -> None:
    text = built(make_site).page("briefs/2026/sea/index.md")

    block, body, _ = split(text, "index.md")
    assert load(block or "", "index.md").values == {
        "title": "Sea: “R&D” [draft]",
        "subtitle": "What it costs",
        "authors": ["Ann Lee", "Bo Kim"],
        "date": "2026-02-15T09:00:00+08:00",
        "updated": "2026-03-01T10:00:00+08:00",
        "lang": "en-GB",
        "doi": "10.1234/sea",
        "url": f"{BASE}/briefs/2026/sea/",
    }
    written = SEA.partition("lang: en-GB\n---\n")[2].replace("<!--more-->\n\n", "")
    expected = (
        written.replace("(2026-01-15-air.md#first)", f"({BASE}/briefs/2026/air/#first)")
        .replace('(wave.png "A wave")', f'({BASE}/wave.png "A wave")')
        .replace("(/about/)", f"({BASE}/about/)")
        .replace('src="wave.png"', f'src="{BASE}/wave.png"')
        .replace("<wave.png>", f"<{BASE}/wave.png>")
    )
    assert body.strip() == expected.strip()


def test_a_twin_leads_to_files_whose_names_hold_spaces_and_brackets(make_site: MakeSite) -> None:
    text = "![a](<a map.png>) ![b](map(1).png 'B') <img alt='' src='a map.png'>"
    files = {"content/a map.png": b"png", "content/map(1).png": b"png"}
    site = built(make_site).write(files)
    site.write({"content/2026-01-15-air.md": BRIEF.replace("Body.", text)}).build()

    assert site.page("briefs/2026/air/index.md").splitlines()[-1] == (
        f"![a](<{BASE}/a%20map.png>) ![b]({BASE}/map(1).png 'B') "
        f"<img alt='' src='{BASE}/a%20map.png'>"
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("_One._<!--more-->_Two._\n", "_One._ _Two._"),
        ("_One._ <!--more--> _Two._\n", "_One._ _Two._"),
        ("One. <!--more-->\nTwo.\n", "One.\nTwo."),
        ("One.\n<!--more-->\nTwo.\n", "One.\n\nTwo."),
        ("<!--more-->\n\nTwo.\n", "Two."),
        ("One.\n\n<!--more-->\n", "One."),
        ("One.\n\nTwo.\n", "One.\n\nTwo."),
    ],
)
def test_a_twin_reads_on_where_the_separator_stood(
    make_site: MakeSite, body: str, expected: str
) -> None:
    front = BRIEF.partition("---\n_")[0]
    site = make_site({"content/2026-01-15-air.md": f"{front}---\n{body}"})
    site.build()

    assert site.page("briefs/2026/air/index.md").rpartition("---\n\n")[2] == expected + "\n"


def test_a_twin_of_an_archive_has_its_liquid_filled(make_site: MakeSite) -> None:
    config = CONFIG + "dialect: jekyll\npermalink: date\noutputs: {markdown: true}\n"
    body = BRIEF.replace(
        "Body.", "{{ site.title }} [a]({{ site.baseurl }}/x/) {% raw %}{{ b }}{% endraw %}"
    )
    site = make_site({"site.yaml": config, "content/_posts/2026-01-15-air.md": body})
    site.build()

    assert f"Test [a]({BASE}/x/) {{{{ b }}}}\n" in site.page("2026/01/15/air.md")


def test_each_listed_brief_leads_to_its_twin_and_no_other_page_has_one(
    make_site: MakeSite,
) -> None:
    site = built(make_site)

    found = {
        path: html.document_fromstring(data).xpath("//link[@type='text/markdown']/@href")
        for path, data in site.output().items()
        if path.endswith(".html")
    }
    assert {path: links for path, links in found.items() if links} == {
        f"briefs/2026/{name}/index.html": [f"../../../briefs/2026/{name}/index.md"]
        for name in ("air", "sea")
    }
    assert sorted(path for path in site.output() if path.endswith(".md")) == [
        "briefs/2026/air/index.md",
        "briefs/2026/sea/index.md",
    ]


def test_llms_txt_names_the_site_its_briefs_and_its_data(make_site: MakeSite) -> None:
    site = built(make_site, "description: On air.\npublisher: {name: Air Institute}\n")

    assert (
        site.page("llms.txt")
        == f"""\
# Test

> On air.

Published by Air Institute.

## Newest briefs

- [Sea: “R&D” \\[draft\\]]({BASE}/briefs/2026/sea/index.md): Standfirst with a page.
- [Clean air]({BASE}/briefs/2026/air/index.md): Standfirst.

## Lists

- [Briefs]({BASE}/)

## Optional

- [index.json]({BASE}/index.json): what every brief says of itself
- [citations.bib]({BASE}/citations.bib): every brief as BibTeX
- [RSS]({BASE}/feed.xml): Test
- [Atom]({BASE}/feed.atom): Test
- [JSON Feed]({BASE}/feed.json): Test
"""
    )
    page = html.document_fromstring(site.page("briefs/2026/air/index.html"))
    assert page.xpath("//link[@rel='describedby']/@href")[-1] == "../../../llms.txt"


@pytest.mark.parametrize("config", ["dialect: jekyll\n", None])
def test_all_of_it_can_be_turned_off_and_is_off_for_an_archive(
    make_site: MakeSite, config: str | None
) -> None:
    names = "feed_archives feeds_page index_json markdown llms".split()
    off = f"outputs: {{citations: false, {', '.join(f'{name}: false' for name in names)}}}\n"
    site = make_site(
        {
            "site.yaml": CONFIG + (config or off + "feed: {formats: [rss]}\n"),
            "content/2026-01-15-air.md": BRIEF,
            "content/_posts/2026-01-15-air.md": BRIEF,
        }
    )
    site.build()

    pages = (".html", ".bib", ".ris", ".csl.json")
    files = [path for path in site.output() if not path.endswith(pages) and "/" not in path]
    kept = [".nojekyll", "favicon.svg", "feed.xml", "robots.txt", "sitemap.xml"]
    assert [path for path in sorted(files) if path != "citations.json"] == kept
    assert [path for path in site.output() if path.endswith(".md")] == []
    assert "describedby" not in site.page("index.html")


def test_files_of_the_sites_own_stay_in_their_place(make_site: MakeSite) -> None:
    own = ["index.json", "llms.txt", "feed.atom", "feed.json", "feeds/archive/2020.atom"]
    site = make_site(FILES | {f"static/{path}": "mine" for path in own})
    site.build()

    assert {site.page(path) for path in own} == {"mine"}


@pytest.mark.parametrize(
    ("preset", "browser", "trainer", "searcher"),
    [
        ("open", True, True, True),
        ("no-training", True, False, True),
        ("closed", False, False, False),
    ],
)
def test_robots_txt_lets_in_whom_its_preset_says(
    make_site: MakeSite, preset: str, *, browser: bool, trainer: bool, searcher: bool
) -> None:
    lines = built(make_site, f"robots: {preset}\n").page("robots.txt").split("\n")

    robots = RobotFileParser()
    robots.parse(lines)
    url = f"{BASE}/briefs/2026/air/"
    trainers = "GPTBot ClaudeBot CCBot Google-Extended Applebot-Extended Bytespider".split()
    searchers = "OAI-SearchBot Claude-SearchBot PerplexityBot".split()
    assert robots.can_fetch("Mozilla", url) == browser
    assert {robots.can_fetch(name, url) for name in trainers} == {trainer}
    assert {robots.can_fetch(name, url) for name in searchers} == {searcher}
    assert robots.site_maps() == ([f"{BASE}/sitemap.xml"] if browser else None)


SPACE = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def test_a_long_sitemap_is_an_index_of_several(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MAX_URLS", 3)
    site = built(make_site)

    index = etree.fromstring(site.output()["sitemap.xml"])
    assert etree.QName(index).localname == "sitemapindex"
    files = [node.text.removeprefix(f"{BASE}/") for node in index.iterfind(".//s:loc", SPACE)]
    assert files == [f"sitemap-{number}.xml" for number in (1, 2, 3, 4)]
    assert [node.text for node in index.iterfind(".//s:lastmod", SPACE)] == (
        ["2026-03-01T10:00:00+08:00"] * 4
    )
    parts = [etree.fromstring(site.output()[path]) for path in files]
    assert {etree.QName(part).localname for part in parts} == {"urlset"}
    assert [len(part.findall("s:url", SPACE)) for part in parts] == [3, 3, 3, 1]


def test_a_sitemap_names_translations(make_site: MakeSite) -> None:
    site = built(make_site)
    project = project_of(site.root)
    plan = plan_of(project)
    [output] = [output for output in plan.outputs if output.path == "sitemap.xml"]
    view, facts, *_ = output.inputs
    both = (("en", f"{BASE}/a/"), ("zh-Hant", f"{BASE}/zh/a/"))
    entries = (sitemap.Entry(f"{BASE}/a/", None, both),)
    renderer = Renderer(project, plan.shared, plan.templates)

    [url] = etree.fromstring(sitemap.make(renderer, view, facts, entries, False))
    links = url.findall("x:link[@rel='alternate']", SPACE)
    assert tuple((link.get("hreflang"), link.get("href")) for link in links) == both


def test_every_twin_of_a_real_archive_parses(corpus: Path, tmp_path: Path) -> None:
    from test_corpus import CONFIG as ARCHIVE

    SiteFolder(tmp_path).write({"site.yaml": ARCHIVE})
    (tmp_path / "_collections").symlink_to(corpus / "_collections")
    project = project_of(tmp_path)
    plan = plan_of(project)
    renderer = Renderer(project, plan.shared, plan.templates)

    twins = [output for output in plan.outputs if output.path.endswith(".md")]
    assert len(twins) == len(plan.site.briefs)
    for output in twins:
        text = output.make(renderer, *output.inputs)
        assert isinstance(text, bytes)
        [entry] = output.inputs
        block, body, _ = split(text.decode(), output.path)
        assert load(block or "", output.path).values["title"] == entry.brief.title
        assert entry.brief.separator not in body
