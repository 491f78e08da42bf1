"""Feeds hold what the W3C's validator asks for, in three formats (publishing.md 4)."""

import json
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
import jsonschema
import pytest
from conftest import BRIEF, CONFIG, MakeSite, SiteFolder
from lxml import etree, html

from briefsite.builder import Job

SPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "c": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
    "m": "http://search.yahoo.com/mrss/",
}
BASE = "https://example.org/repo/"
RICH = """\
---
title: "Sea & 3 < 4 ]]> “R&D”"
authors: [Ann Lee, {name: Bo Kim, orcid: 0000-0002-1825-0097}, {name: Cy Ray, role: translator}]
date: 2026-02-15 09:00:00 +0800
updated: 2026-03-01 10:00:00 +0800
tags: [energy, "net zero"]
image: wave.png
image_alt: A wave
---
_Standfirst_ with [a page](2026-01-15-air.md).

<!--more-->

Body ]]> with [a page](2026-01-15-air.md), [a part](#part), ![a picture](wave.png) and a note[^1].

<img src="wave.png" style="position: fixed" class="x" id="y"><iframe src="https://e.net"></iframe>
<video src="wave.png" poster="wave.png"></video> <a href="">top</a>

## Part

[^1]: The note.
"""
FILES: dict[str, str | bytes | None] = {
    "content/2026-01-15-air.md": BRIEF,
    "content/2026-02-15-sea.md": RICH,
    "content/wave.png": b"png",
}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "home_page_url", "feed_url", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": {"$ref": "#/$defs/address"},
        "feed_url": {"$ref": "#/$defs/address"},
        "description": {"type": "string"},
        "language": {"type": "string", "minLength": 2},
        "authors": {"$ref": "#/$defs/authors"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "url", "title", "content_html", "date_published"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": {"$ref": "#/$defs/address"},
                    "title": {"type": "string"},
                    "content_html": {"type": "string", "minLength": 1},
                    "summary": {"type": "string"},
                    "image": {"$ref": "#/$defs/address"},
                    "date_published": {"type": "string", "format": "date-time"},
                    "date_modified": {"type": "string", "format": "date-time"},
                    "authors": {"$ref": "#/$defs/authors"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "language": {"type": "string"},
                },
            },
        },
    },
    "$defs": {
        "address": {"type": "string", "pattern": "^https?://[\\x21-\\x7e]+$"},
        "authors": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name"],
                "additionalProperties": False,
                "properties": {
                    "name": {"type": "string", "minLength": 1},
                    "url": {"$ref": "#/$defs/address"},
                },
            },
        },
    },
}


def rich(make_site: MakeSite) -> SiteFolder:
    """Return a built site whose newest brief holds what feeds find hard."""
    site = make_site(FILES)
    site.build()
    return site


def texts(node: Any, path: str) -> list[str]:
    """Return the text of every element at `path`."""
    return [found.text or "" for found in node.findall(path, SPACES)]


def check_content(text: str) -> None:
    """Assert that HTML in a feed leads to whole addresses and holds nothing that readers refuse."""
    part = html.fragment_fromstring(text, create_parent=True)
    links = [str(link) for link in part.xpath("//@href | //@src | //@cite | //@poster")]
    assert [link for link in links if not link.startswith(("https:", "http:", "mailto:"))] == []
    refused = "//@id | //@class | //@style | //@srcset | //script | //iframe | //form | //excerpt"
    assert part.xpath(refused) == []


def test_rss_is_what_validators_ask_for(make_site: MakeSite) -> None:
    data = rich(make_site).output()["feed.xml"]

    channel = etree.fromstring(data).find("channel")
    assert not feedparser.parse(data).bozo
    assert [len(texts(channel, name)) for name in ("title", "link", "description")] == [1, 1, 1]
    assert texts(channel, "link") == [BASE]
    own = channel.find("a:link[@rel='self']", SPACES)
    assert dict(own.attrib) == {
        "href": f"{BASE}feed.xml",
        "rel": "self",
        "type": "application/rss+xml",
    }
    assert texts(channel, "lastBuildDate") == ["Sun, 01 Mar 2026 10:00:00 +0800"]
    sea, air = channel.findall("item")
    assert sea.findtext("title") == "Sea & 3 < 4 ]]> “R&D”"
    assert sea.findtext("link") == sea.findtext("guid") == f"{BASE}briefs/2026/sea/"
    assert sea.find("guid").attrib == {"isPermaLink": "true"}
    assert texts(sea, "pubDate") == ["Sun, 15 Feb 2026 09:00:00 +0800"]
    assert parsedate_to_datetime(air.findtext("pubDate")).isoformat() == "2026-01-15T09:00:00+01:00"
    assert texts(sea, "dc:creator") == ["Ann Lee", "Bo Kim"]
    assert sea.findall("author") == []
    assert texts(sea, "category") == ["energy", "net zero"]
    assert {node.get("domain") for node in sea.findall("category")} == {BASE}
    names = [etree.QName(node).localname for node in sea]
    assert names.count("description") == names.count("encoded") == 1
    assert names.index("description") < names.index("encoded")
    picture = sea.find("m:content", SPACES)
    assert (picture.get("url"), picture.get("medium")) == (f"{BASE}wave.png", "image")
    for item in (sea, air):
        check_content(item.findtext("description"))
        check_content(item.findtext("c:encoded", namespaces=SPACES))
    content = sea.findtext("c:encoded", namespaces=SPACES)
    assert "Body ]]&gt; with" in content
    assert f'<a href="{BASE}briefs/2026/sea/#part">a part</a>' in content


def test_atom_is_what_its_standard_asks_for(make_site: MakeSite) -> None:
    data = rich(make_site).output()["feed.atom"]

    feed = etree.fromstring(data)
    assert not feedparser.parse(data).bozo
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert texts(feed, "a:id") == [f"{BASE}feed.atom"]
    assert texts(feed, "a:title") == ["Test"]
    assert texts(feed, "a:updated") == ["2026-03-01T10:00:00+08:00"]
    assert texts(feed, "a:author/a:name") == ["Test"]
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", SPACES)}
    assert links == {"self": f"{BASE}feed.atom", "alternate": BASE}
    sea, air = feed.findall("a:entry", SPACES)
    assert texts(sea, "a:id") == [f"{BASE}briefs/2026/sea/"]
    assert texts(sea, "a:title") == ["Sea & 3 < 4 ]]> “R&D”"]
    assert texts(sea, "a:updated") == ["2026-03-01T10:00:00+08:00"]
    assert texts(sea, "a:published") == ["2026-02-15T09:00:00+08:00"]
    assert texts(air, "a:updated") == texts(air, "a:published") == ["2026-01-15T09:00:00+01:00"]
    assert texts(sea, "a:author/a:name") == ["Ann Lee", "Bo Kim"]
    assert texts(sea, "a:author/a:uri") == ["https://orcid.org/0000-0002-1825-0097"]
    assert texts(sea, "a:contributor/a:name") == ["Cy Ray"]
    [link] = sea.findall("a:link", SPACES)
    assert dict(link.attrib) == {
        "rel": "alternate",
        "type": "text/html",
        "href": f"{BASE}briefs/2026/sea/",
    }
    kinds = [(k.get("term"), k.get("scheme")) for k in sea.findall("a:category", SPACES)]
    assert kinds == [("energy", BASE), ("net zero", BASE)]
    assert texts(sea, "a:summary") == ["Standfirst with a page."]
    for entry in (sea, air):
        assert entry.find("a:content", SPACES).get("type") == "html"
        check_content(entry.findtext("a:content", namespaces=SPACES))


def test_json_feed_fits_its_schema(make_site: MakeSite) -> None:
    feed = json.loads(rich(make_site).page("feed.json"))

    check = jsonschema.Draft202012Validator(JSON_FEED)
    assert [error.message for error in check.iter_errors(feed)] == []
    assert (feed["home_page_url"], feed["feed_url"]) == (BASE, f"{BASE}feed.json")
    sea = feed["items"][0]
    check_content(sea["content_html"])
    assert sea | {"content_html": ""} == {
        "id": f"{BASE}briefs/2026/sea/",
        "url": f"{BASE}briefs/2026/sea/",
        "title": "Sea & 3 < 4 ]]> “R&D”",
        "content_html": "",
        "summary": "Standfirst with a page.",
        "image": f"{BASE}wave.png",
        "date_published": "2026-02-15T09:00:00+08:00",
        "date_modified": "2026-03-01T10:00:00+08:00",
        "authors": [
            {"name": "Ann Lee"},
            {"name": "Bo Kim", "url": "https://orcid.org/0000-0002-1825-0097"},
        ],
        "tags": ["energy", "net zero"],
        "language": "en",
    }


def test_what_xml_may_not_hold_is_left_out(make_site: MakeSite) -> None:
    body = BRIEF.replace("Body.", "<p>A&#1;&#xfffe;&#xffff;\\u000b B</p>")
    site = make_site({"content/2026-01-15-air.md": body})
    site.build()

    rss, atom = (etree.fromstring(site.output()[path]) for path in ("feed.xml", "feed.atom"))
    [content] = texts(rss, ".//c:encoded")
    assert texts(atom, ".//a:content") == [content]
    assert "<p>A\\u000b B</p>" in content


def test_every_format_names_everybody_where_the_byline_says_et_al(make_site: MakeSite) -> None:
    notes = "\n---\n\n__Ann Lee__ is a fellow.\n\n__Bo Kim__ is a fellow.\n"
    brief = BRIEF.replace("Ann Lee", "Ann Lee, et al.") + notes
    site = make_site({"content/2026-01-15-air.md": brief})
    site.build()

    names = ["Ann Lee", "Bo Kim"]
    assert texts(etree.fromstring(site.output()["feed.xml"]), ".//dc:creator") == names
    atom = etree.fromstring(site.output()["feed.atom"])
    assert texts(atom, "a:entry/a:author/a:name") == names
    [item] = json.loads(site.page("feed.json"))["items"]
    assert [author["name"] for author in item["authors"]] == names


def test_an_id_of_the_authors_own_is_the_same_everywhere_and_absolute_in_atom(
    make_site: MakeSite,
) -> None:
    ids = {"air": "tag:example.org,2020:air", "sea": "old number 7"}
    site = make_site(
        {
            f"content/2026-01-15-{name}.md": BRIEF.replace("author:", f"feed_id: {id_}\nauthor:")
            for name, id_ in ids.items()
        }
    )
    site.build()

    rss, atom = (etree.fromstring(site.output()[path]) for path in ("feed.xml", "feed.atom"))
    assert texts(rss, ".//guid") == [ids["sea"], ids["air"]]
    assert {guid.get("isPermaLink") for guid in rss.iter("guid")} == {"false"}
    assert texts(atom, "a:entry/a:id") == [f"{BASE}old%20number%207", ids["air"]]
    items = json.loads(site.page("feed.json"))["items"]
    assert [item["id"] for item in items] == [ids["sea"], ids["air"]]


@pytest.mark.parametrize("long", [False, True])
def test_a_feed_without_articles_holds_excerpts(make_site: MakeSite, *, long: bool) -> None:
    body = BRIEF.replace("Body.", "word " * 45_000) if long else BRIEF
    config = "" if long else "feed: {content: excerpt}\n"
    site = make_site({"site.yaml": CONFIG + config, "content/2026-01-15-air.md": body})
    site.build()

    rss, atom = (etree.fromstring(site.output()[path]) for path in ("feed.xml", "feed.atom"))
    [item] = json.loads(site.page("feed.json"))["items"]
    excerpt = "<p><em>Standfirst.</em></p>"
    assert texts(rss, ".//description")[1].strip() == excerpt
    assert rss.findall(".//c:encoded", SPACES) == []
    assert atom.findall(".//a:content", SPACES) == []
    assert (atom.find(".//a:summary", SPACES).get("type"), item["content_html"].strip()) == (
        "html",
        excerpt,
    )


def test_an_edit_of_a_body_leaves_feeds_of_excerpts_alone(make_site: MakeSite) -> None:
    config = CONFIG + "feed: {content: excerpt}\noutputs: {markdown: false}\n"
    site = make_site({"site.yaml": config, "content/2026-01-15-air.md": BRIEF})
    site.build()
    site.write({"content/2026-01-15-air.md": BRIEF.replace("Body.", "Changed.")})

    assert site.build().made == ("briefs/2026/air/index.html",)


COLLECTIONS = """\
collections:
  briefs: {title: Policy briefs}
  notes: {title: Notes, index: /n.html}
  talks: {title: Talks}
feed: {collections: {talks: /talks.rss}}
"""


def several(make_site: MakeSite, config: str = COLLECTIONS) -> SiteFolder:
    """Return a built site with three collections in three languages."""
    site = make_site(
        {
            "site.yaml": CONFIG + config,
            "content/briefs/2026-01-15-air.md": BRIEF.replace("author:", "lang: en-GB\nauthor:"),
            "content/notes/2026-01-16-sea.md": BRIEF.replace("author:", "lang: zh-hant\nauthor:"),
            "content/talks/2026-01-17-sky.md": BRIEF.replace("author:", "lang: en\nauthor:"),
        }
    )
    site.build()
    return site


def test_each_collection_and_each_language_has_feeds_of_its_own(make_site: MakeSite) -> None:
    output = several(make_site).output()

    held = {
        path: [entry.link.removeprefix(BASE) for entry in feedparser.parse(data).entries]
        for path, data in output.items()
        if path.endswith((".xml", ".atom", ".rss")) and path != "sitemap.xml"
    }
    air, sea, sky = "briefs/2026/air/", "notes/2026/sea/", "talks/2026/sky/"
    names = {
        "feed": [sky, sea, air],
        "briefs/feed": [air],
        "n/feed": [sea],
        "feeds/en": [sky, air],
        "feeds/zh-Hant": [sea],
    }
    expected = {f"{name}.{end}": held for name, held in names.items() for end in ("xml", "atom")}
    assert held == expected | {"talks.rss": [sky], "talks.atom": [sky]}
    titles = [json.loads(output[f"{n}.json"])["title"] for n in (*names, "talks")]
    own = ["Policy briefs", "Notes", "English", "繁體中文", "Talks"]
    assert titles == ["Test", *(f"Test | {name}" for name in own)]
    assert json.loads(output["n/feed.json"])["home_page_url"] == f"{BASE}n.html"


def alternates(site: SiteFolder, path: str) -> list[str]:
    """Return the feeds that a page leads to."""
    page = html.document_fromstring(site.page(path))
    kinds = "@type='application/rss+xml' or contains(@type, 'atom') or contains(@type, 'feed+json')"
    return [str(href) for href in page.xpath(f"//link[@rel='alternate'][{kinds}]/@href")]


def test_pages_lead_to_the_sites_feeds_and_to_those_of_their_collection(
    make_site: MakeSite,
) -> None:
    site = several(make_site)

    own = ["feed.xml", "feed.atom", "feed.json"]
    deep = [f"../../../{name}" for name in own]
    assert alternates(site, "index.html") == [f"./{name}" for name in own]
    assert alternates(site, "briefs/2026/air/index.html") == deep + [
        f"../../../briefs/{name}" for name in own
    ]
    assert alternates(site, "n.html") == [f"./{name}" for name in own] + [
        f"./n/{name}" for name in own
    ]


def test_a_page_lists_every_feed_for_people(make_site: MakeSite) -> None:
    site = several(make_site)

    page = html.document_fromstring(site.page("feeds/index.html"))
    listed = {
        item.xpath("string(bdi)"): [str(href) for href in item.xpath("a/@href")]
        for item in page.xpath("//main//li")
    }
    assert listed == {
        "Test": ["../feed.xml", "../feed.atom", "../feed.json"],
        "Policy briefs": [f"../briefs/feed.{end}" for end in ("xml", "atom", "json")],
        "Notes": [f"../n/feed.{end}" for end in ("xml", "atom", "json")],
        "Talks": ["../talks.rss", "../talks.atom", "../talks.json"],
        "English": [f"../feeds/en.{end}" for end in ("xml", "atom", "json")],
        "繁體中文": [f"../feeds/zh-Hant.{end}" for end in ("xml", "atom", "json")],
    }
    assert {path.removeprefix("../") for paths in listed.values() for path in paths} <= set(
        site.output()
    )
    front = html.document_fromstring(site.page("index.html"))
    assert front.xpath("//footer//a[text()='Feeds']/@href") == ["./feeds/"]
    assert f"<loc>{BASE}feeds/</loc>" in site.page("sitemap.xml")


def test_a_page_of_the_authors_stands_in_place_of_the_list_of_feeds(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF, "content/feeds.md": "Mine.\n"})
    site.build()

    assert "Mine." in site.page("feeds/index.html")
    assert site.page("sitemap.xml").count("/feeds/<") == 1


@pytest.mark.parametrize(
    ("config", "kept"),
    [
        ("feed: {formats: [atom]}\n", {"feed.atom", "feeds/index.html"}),
        ("feed: {formats: []}\n", set()),
        ("feed: {limit: 0}\n", set()),
        ("feed: {formats: [rss, rss]}\noutputs: {feeds_page: false}\n", {"feed.xml"}),
        ("dialect: jekyll\n", {"feed.xml"}),
        ("dialect: jekyll\nfeed: {formats: [rss, json]}\n", {"feed.xml", "feed.json"}),
    ],
)
def test_formats_can_be_chosen(make_site: MakeSite, config: str, kept: set[str]) -> None:
    site = make_site({"site.yaml": CONFIG + config, "content/_posts/2026-01-15-air.md": BRIEF,
                      "content/2026-01-15-air.md": BRIEF})  # fmt: skip
    site.build()

    found = {path for path in site.output() if path.startswith("feed")}
    assert found == kept
    assert {f"./{path}" for path in found if "/" not in path} == set(alternates(site, "index.html"))


def test_what_is_older_than_readers_believe_stays_out_of_a_feed(make_site: MakeSite) -> None:
    old = BRIEF.replace("2026-01-15", "1776-01-15")
    site = make_site({"content/2026-01-15-air.md": BRIEF, "content/1776-01-15-sense.md": old})
    site.build()
    [entry] = feedparser.parse(site.output()["feed.atom"]).entries
    alone = make_site({"content/1776-01-15-sense.md": old})
    alone.build()

    assert entry.link == f"{BASE}briefs/2026/air/"
    assert len(feedparser.parse(alone.output()["feed.atom"]).entries) == 1


def yearly(make_site: MakeSite, config: str = "") -> SiteFolder:
    """Return a built site with two briefs a year, whose feed holds three."""
    site = make_site(
        {"site.yaml": CONFIG + "feed: {limit: 3}\n" + config}
        | {
            f"content/{year}-0{month}-01-a{month}.md": BRIEF.replace(
                "2026-01-15", f"{year}-0{month}-01"
            )
            for year in (2023, 2024, 2025, 2026)
            for month in (1, 2)
        }
    )
    site.build()
    return site


def test_archives_by_year_hold_what_the_feed_no_longer_does(make_site: MakeSite) -> None:
    output = yearly(make_site).output()

    feeds = {
        path: etree.fromstring(data)
        for path, data in output.items()
        if path.startswith("feeds/archive/") or path in ("feed.xml", "feed.atom")
    }
    assert sorted(feeds) == [
        "feed.atom", "feed.xml", "feeds/archive/2023.atom", "feeds/archive/2024.atom",
        "feeds/archive/2025.atom",
    ]  # fmt: skip

    def links(path: str) -> dict[str, str]:
        return {
            link.get("rel"): link.get("href").removeprefix(BASE)
            for link in feeds[path].iterfind(".//a:link", SPACES)
            if link.get("rel") != "alternate"
        }

    archive = "feeds/archive/{}.atom".format
    assert links("feed.xml") == {"self": "feed.xml", "prev-archive": archive(2025)}
    assert links("feed.atom") == {"self": "feed.atom", "prev-archive": archive(2025)}
    assert [links(archive(year)) for year in (2025, 2024, 2023)] == [
        {"self": archive(2025), "current": "feed.atom", "prev-archive": archive(2024)},
        {
            "self": archive(2024),
            "current": "feed.atom",
            "prev-archive": archive(2023),
            "next-archive": archive(2025),
        },
        {"self": archive(2023), "current": "feed.atom", "next-archive": archive(2024)},
    ]
    for year in (2023, 2024, 2025):
        feed = feeds[archive(year)]
        assert len(feed.findall("fh:archive", SPACES)) == 1
        days = texts(feed, "a:entry/a:published")
        assert [day[:7] for day in days] == [f"{year}-02", f"{year}-01"]
        assert texts(feed, "a:updated") == days[:1]
        assert feed.findall(".//a:content", SPACES) == []
    assert feeds["feed.atom"].findall("fh:archive", SPACES) == []
    ids = {id_ for feed in feeds.values() for id_ in texts(feed, "a:entry/a:id")}
    assert len(ids) == 8


def test_a_new_brief_leaves_the_archives_of_past_years_alone(make_site: MakeSite) -> None:
    site = yearly(make_site)
    site.write({"content/2026-03-01-a.md": BRIEF.replace("2026-01-15", "2026-03-01")})

    # Of 2025 the feed now holds none: its archive is as it was.
    assert [path for path in site.build().made if path.startswith("feeds/")] == []


@pytest.mark.parametrize("config", ["outputs: {feed_archives: false}\n", "dialect: jekyll\n"])
def test_archives_can_be_turned_off(make_site: MakeSite, config: str) -> None:
    output = yearly(make_site, config).output()

    assert [path for path in output if path.startswith("feeds/archive/")] == []
    assert [path for path, data in output.items() if b"prev-archive" in data] == []


def test_an_article_is_made_once_for_all_feeds_and_its_warnings_are_kept(
    make_site: MakeSite,
) -> None:
    odd = {"content/notes/2026-02-01-odd.md": BRIEF + "![]()\n"}
    config = CONFIG + "collections: {briefs: {}, notes: {}}\n"
    site = make_site({"site.yaml": config, "content/briefs/2026-01-15-air.md": BRIEF} | odd)
    first = site.build()
    (site.root / "_site/notes/feed.json").unlink()
    second = site.build()

    assert {problem.where for problem in first.problems} == set(odd)
    assert (second.problems, second.made) == (first.problems, ("notes/feed.json",))
    assert site.build(Job(jobs=1, clean=True)).problems == first.problems
