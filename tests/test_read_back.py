"""Pages of every kind, read back by a library that search engines' and catalogues' formats have
readers in: each says whole what it is (publishing.md 1 to 3)."""

import json
from functools import cache
from typing import Any

import extruct
import pytest
import rdflib
from conftest import CONFIG, MakeSite, SiteFolder

BASE = "https://example.org/repo"
KINDS = {  # kind: type in JSON-LD, its name in Dublin Core, and before its number
    "brief": (["Article", "Report"], "Policy brief", "Policy Brief"),
    "report": (["Article", "Report"], "Report", "Report"),
    "working-paper": (["Article", "Report"], "Working paper", "Working Paper"),
    "testimony": (["Article", "Report"], "Testimony", "Testimony"),
    "commentary": ("Article", "Commentary", "Commentary"),
    "column": ("Article", "Column", "Column"),
}
CITED = {
    **dict.fromkeys(("commentary", "column"), "Lee, Ann. “Air.” Test, January 15, 2026. {}."),
}
SITE = {
    "site.yaml": CONFIG + "description: About air\nlang: en-GB\n"
    "collections: {briefs: {folder: briefs, title: Policy briefs}}\n",
    "content/about.md": "---\ntitle: About\n---\nWe.\n",
    "content/_data/authors.yml": "ann: {name: Ann Lee, orcid: 0000-0002-1825-0097, bio: One.}\n",
} | {
    f"content/briefs/2026-01-15-{kind}.md": (
        "---\ntitle: Air\nauthor: Ann Lee\ndate: 2026-01-15 09:00:00 +0100\n"
        f"kind: {kind}\nseries: Papers\nnumber: 7\npart: {part}\ntopics: [Air]\n"
        "updates: [{date: 2026-02-01, type: correction, text: Less.}]\n---\nBody.\n"
    )
    for part, kind in enumerate(KINDS, start=1)
}


@pytest.fixture
def site(make_site: MakeSite) -> SiteFolder:
    """Return a built site with a page of every kind."""
    made = make_site(SITE)
    made.build()
    return made


def read(site: SiteFolder, path: str) -> dict[str, Any]:
    """Return what the library finds in a page."""
    found: dict[str, Any] = extruct.extract(
        site.page(path), base_url=f"{BASE}/", syntaxes=["json-ld", "opengraph", "dublincore"]
    )
    return found


def open_graph(found: dict[str, Any]) -> list[tuple[str, str]]:
    """Return properties and contents in order."""
    return [tuple(pair) for part in found["opengraph"] for pair in part["properties"]]


def dublin_core(found: dict[str, Any]) -> list[tuple[str, str]]:
    """Return elements and terms as addresses and contents, but for what is no Dublin Core."""
    said = [said for part in found["dublincore"] for said in (*part["elements"], *part["terms"])]
    return [
        (one["URI"].rpartition("/")[2], one["content"])
        for one in said
        if one.get("name", "").startswith("DC")
    ]


def nodes(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the graph of a page but for the site and its publisher, which all pages name."""
    [graph] = found["json-ld"]
    return [n for n in graph["@graph"] if n["@type"] not in ("WebSite", "Organization")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_brief_of_each_kind_says_what_it_is(site: SiteFolder, kind: str) -> None:
    found = read(site, f"briefs/2026/{kind}/index.html")
    type_, name, genre = KINDS[kind]
    url, person = f"{BASE}/briefs/2026/{kind}/", f"{BASE}/authors/ann/#person"
    report = f"Lee, Ann. Air. {genre} 7. Papers. Test, 2026. {url}."

    assert open_graph(found) == [
        ("og:type", "article"),
        ("og:site_name", "Test"),
        ("og:title", "Air"),
        ("og:description", "Body."),
        ("og:url", url),
        ("og:locale", "en_GB"),
        ("article:published_time", "2026-01-15T09:00:00+01:00"),
        ("article:modified_time", "2026-02-01T00:00:00+00:00"),
        ("article:section", "Policy briefs"),
        ("article:tag", "Air"),
        ("article:author", f"{BASE}/authors/ann/"),
    ]
    assert dublin_core(found) == [
        ("title", "Air"),
        ("creator", "Lee, Ann"),
        ("publisher", "Test"),
        ("type", name),
        ("format", "text/html"),
        ("identifier", url),
        ("language", "en-GB"),
        ("subject", "Air"),
        ("issued", "2026-01-15"),
        ("modified", "2026-02-01"),
        ("abstract", "Body."),
        ("bibliographicCitation", CITED.get(kind, report).format(url)),
    ]
    article, page, crumbs = nodes(found)
    assert article == {
        "@type": type_,
        "@id": f"{url}#article",
        "mainEntityOfPage": {"@id": url},
        "url": url,
        "headline": "Air",
        "description": "Body.",
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "datePublished": "2026-01-15T09:00:00+01:00",
        "dateModified": "2026-02-01T00:00:00+00:00",
        "author": [
            {
                "@type": "Person",
                "@id": person,
                "name": "Ann Lee",
                "url": f"{BASE}/authors/ann/",
                "sameAs": ["https://orcid.org/0000-0002-1825-0097"],
            }
        ],
        "publisher": {"@id": f"{BASE}/#org"},
        "reportNumber": f"{genre} 7",
        "isPartOf": {"@type": "CreativeWorkSeries", "name": "Papers"},
        "articleSection": "Policy briefs",
        "keywords": ["Air"],
        "wordCount": 1,
        "timeRequired": "PT1M",
        "copyrightHolder": {"@id": f"{BASE}/#org"},
        "copyrightYear": 2026,
        "correction": [
            {"@type": "CorrectionComment", "text": "Less.", "datePublished": "2026-02-01"}
        ],
    }
    assert page == web_page("WebPage", f"briefs/2026/{kind}/", "Air")
    assert crumbs == trail(f"briefs/2026/{kind}/", ("Policy briefs", ""), ("Air", None))


def web_page(type_: str, path: str, name: str, **more: Any) -> dict[str, Any]:
    """Return the node of a page."""
    own = {"@type": type_, "@id": f"{BASE}/{path}", "url": f"{BASE}/{path}", "name": name}
    crumbs = {"breadcrumb": {"@id": f"{BASE}/{path}#crumbs"}} if path else {}
    return own | {"inLanguage": "en-GB", "isPartOf": {"@id": f"{BASE}/#website"}} | crumbs | more


def trail(path: str, *steps: tuple[str, str | None]) -> dict[str, Any]:
    """Return the node of a trail: names, and the pages that they lead to."""
    items: list[dict[str, Any]] = []
    for position, (name, place) in enumerate(steps, start=1):
        item = {"@type": "ListItem", "position": position, "name": name}
        items.append(item if place is None else item | {"item": f"{BASE}/{place}"})
    crumbs = f"{BASE}/{path}#crumbs"
    return {"@type": "BreadcrumbList", "@id": crumbs, "itemListElement": items}


def listing(*rows: tuple[str, str]) -> dict[str, Any]:
    """Return the node of a list: pages and their names."""
    items = [
        {"@type": "ListItem", "position": n, "url": f"{BASE}/{place}", "name": name}
        for n, (place, name) in enumerate(rows, start=1)
    ]
    return {"@type": "ItemList", "numberOfItems": len(rows), "itemListElement": items}


NEWEST = [(f"briefs/2026/{kind}/", "Air") for kind in sorted(KINDS, reverse=True)]
PARTS = [(f"briefs/2026/{kind}/", "Air") for kind in KINDS]
THREE = "Air; Air; Air"
LISTS: dict[str, tuple[str, str, list[tuple[str, str]], list[tuple[str, str | None]]]] = {
    "": ("Test", "About air", NEWEST, []),
    "topics/": ("Topics", "Topics: Air", [("topics/air/", "Air")], [("Topics", None)]),
    "topics/air/": ("Air", f"Air: {THREE}", NEWEST, [("Topics", "topics/"), ("Air", None)]),
    "series/": ("Series", "Series: Papers", [("series/papers/", "Papers")], [("Series", None)]),
    "series/papers/": (
        "Papers",
        f"Papers: {THREE}",
        PARTS,
        [("Series", "series/"), ("Papers", None)],
    ),
    "authors/": ("Authors", "Authors: Ann Lee", [("authors/ann/", "Ann Lee")], [("Authors", None)]),
    "archive/": ("Archive", "Archive: 2026", [("archive/2026/", "2026")], [("Archive", None)]),
    "archive/2026/": (
        "2026",
        f"2026: {THREE}",
        NEWEST,
        [("Archive", "archive/"), ("2026", None)],
    ),
    "corrections/": ("Corrections and updates", "", [], [("Corrections and updates", None)]),
    "feeds/": ("Feeds", "", [], [("Feeds", None)]),
}


@pytest.mark.parametrize("path", LISTS)
def test_a_list_of_each_kind_says_what_it_lists(site: SiteFolder, path: str) -> None:
    name, description, rows, steps = LISTS[path]
    found = read(site, f"{path}index.html")
    more = {"mainEntity": listing(*rows)} if rows else {}
    told = {"description": description} if description else {}

    own = web_page("CollectionPage", path, name, **more, **told)
    assert nodes(found) == [own, *([trail(path, ("Test", ""), *steps)] if steps else [])]
    assert open_graph(found) == [
        ("og:type", "website"),
        ("og:site_name", "Test"),
        ("og:title", name),
        *([("og:description", description)] if description else []),
        ("og:url", f"{BASE}/{path}"),
        ("og:locale", "en_GB"),
    ]
    assert dublin_core(found) == []


def test_a_page_an_author_and_a_lost_page_say_what_they_are(site: SiteFolder) -> None:
    person = {
        "@type": "Person",
        "@id": f"{BASE}/authors/ann/#person",
        "name": "Ann Lee",
        "url": f"{BASE}/authors/ann/",
        "sameAs": ["https://orcid.org/0000-0002-1825-0097"],
        "description": "One.",
    }
    parts = [{"@id": f"{BASE}/{place}#article"} for place, _ in NEWEST]
    about, ann, lost = (read(site, p) for p in ("about/index.html", "authors/ann/index.html",
                                                "404.html"))  # fmt: skip

    assert nodes(about) == [
        web_page("WebPage", "about/", "About", description="We."),
        trail("about/", ("Test", ""), ("About", None)),
    ]
    told = {"description": "One.", "mainEntity": person, "hasPart": parts}
    assert nodes(ann) == [
        web_page("ProfilePage", "authors/ann/", "Ann Lee", **told),
        trail("authors/ann/", ("Test", ""), ("Authors", "authors/"), ("Ann Lee", None)),
    ]
    assert [dict(open_graph(found))["og:type"] for found in (about, ann, lost)] == [
        "website",
        "profile",
        "website",
    ]
    assert (lost["json-ld"], dublin_core(lost)) == ([], [])


SCHEMA = "https://schema.org/"


@cache
def context() -> dict[str, Any]:
    """Return the part of schema.org's context that tells addresses from texts; the whole is on the
    network."""
    addresses = ("url", "item", "sameAs", "contentUrl")
    return {"@vocab": SCHEMA} | {name: {"@type": "@id"} for name in addresses}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own parser uses it
def test_all_pages_together_are_one_graph_in_which_every_name_leads_somewhere(
    site: SiteFolder,
) -> None:
    whole = rdflib.Graph()
    for path in sorted(site.output()):
        if path.endswith(".html"):
            for said in read(site, path)["json-ld"]:
                whole.parse(data=json.dumps(said | {"@context": context()}), format="json-ld")

    typed = set(whole.subjects(rdflib.RDF.type))
    ways = ("author", "publisher", "isPartOf", "breadcrumb", "hasPart", "mainEntityOfPage",
            "mainEntity", "copyrightHolder")  # fmt: skip
    named = {node for way in ways for node in whole.objects(None, rdflib.URIRef(SCHEMA + way))}
    assert named - typed == set()
    ann = rdflib.URIRef(f"{BASE}/authors/ann/#person")
    wrote = set(whole.subjects(rdflib.URIRef(f"{SCHEMA}author"), ann))
    assert len(wrote) == len(KINDS)
    persons = set(whole.subjects(rdflib.RDF.type, rdflib.URIRef(f"{SCHEMA}Person")))
    assert persons == {ann}
