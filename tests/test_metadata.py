"""What pages say of themselves to programs, read back from built pages (publishing.md 1 to 3)."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import pytest
from conftest import BRIEF, CONFIG, ROOT, MakeSite
from lxml import html

from briefsite.assembler import Facts
from briefsite.model import Affiliation, Person
from briefsite.outputs.metadata import describe
from briefsite.outputs.views import Card, Page
from briefsite.sections import Policies, Publisher
from briefsite.templates import markup

SITE = """\
title: Air Briefs
description: Briefs about air
url: https://example.org/repo
lang: en-GB
license: CC-BY-4.0
publisher:
  name: Air Institute
  logo: /logo.png
  url: https://air.example.net/
  ror: https://ror.org/04wxnsj81
  same_as: [https://www.wikidata.org/wiki/Q1]
  x: "@air"
  fediverse: "@air@social.example"
  policies: {editorial: /about/, funding: https://air.example.net/money}
collections: {briefs: {folder: briefs, title: Policy briefs}}
feed: {formats: [rss]}
outputs:
  {citations: false, authors: false, taxonomies: false, series: false, archive: false, llms: false,
   related: false, markdown: false, feeds_page: false, index_json: false, feed_archives: false}
"""
FULL = """\
---
title: Clean “air”
subtitle: What it costs
authors:
  - {name: Floris J. van Berckel Smit, family: van Berckel Smit, orcid: 0000-0002-1825-0097,
     affiliation: {name: Sea Institute, ror: https://ror.org/04wxnsj81}}
  - {name: Peter C. Combe II}
  - {name: UK Ministry of Defence, type: org}
  - {name: 王飞凌}
  - {name: Tom Translator, role: translator}
date: 2026-01-15 09:00:00 +0100
updated: 2026-02-01 10:00:00 +0100
kind: brief
series: Air Papers
number: 7
doi: 10.1234/AIR.7
issn: 2049-3630
tags: [air, costs]
image: lead.png
image_alt: A chimney
image_caption: A chimney in May
image_credit: Ann Photo
image_license: CC-BY-SA-4.0
funding: [{name: Wind Fund, ror: https://ror.org/04wxnsj81, award: W-1}]
---
_Standfirst._

<!--more-->

Body.
"""
URL = "https://example.org/repo/briefs/2026/air/"


def head_of(page: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[dict[str, str]]]:
    """Return (names and contents, properties and contents, attributes of links) in a page's head,
    but for what every page has."""
    head = html.document_fromstring(page).find("head")
    metas = head.findall("meta")
    same = ("viewport", "color-scheme", "theme-color", "referrer", "generator")
    names = [(m.get("name"), m.get("content")) for m in metas if m.get("name") not in (None, *same)]
    properties = [(m.get("property"), m.get("content")) for m in metas if m.get("property")]
    links = [dict(link.attrib) for link in head.findall("link")]
    kept = [link for link in links if link["rel"] not in ("stylesheet", "icon")]
    return names, properties, [link for link in kept if "rss" not in link.get("type", "")]


def graph_of(page: str) -> list[dict[str, Any]]:
    """Return the nodes of a page's JSON-LD."""
    [text] = html.document_fromstring(page).xpath("//script[@type='application/ld+json']/text()")
    graph: dict[str, Any] = json.loads(text)
    assert graph["@context"] == "https://schema.org"
    return list(graph["@graph"])


def built(make_site: MakeSite, text: str = FULL, config: str = SITE) -> str:
    """Return the page of one brief."""
    site = make_site({"site.yaml": config, "content/briefs/2026-01-15-air.md": text})
    site.write({"content/briefs/lead.png": b"\x89PNG"})
    site.build()
    return site.page("briefs/2026/air/index.html")


def test_the_tags_of_a_brief_are_these(make_site: MakeSite) -> None:
    names, properties, links = head_of(built(make_site))
    title = "Clean “air”: What it costs"

    assert names == [
        ("description", "Standfirst."),
        ("robots", "max-image-preview:large"),
        ("author", "Floris J. van Berckel Smit"),
        ("author", "Peter C. Combe II"),
        ("author", "UK Ministry of Defence"),
        ("author", "王飞凌"),
        ("citation_title", title),
        ("citation_author", "van Berckel Smit, Floris J."),
        ("citation_author_institution", "Sea Institute"),
        ("citation_author_orcid", "https://orcid.org/0000-0002-1825-0097"),
        ("citation_author", "Combe II, Peter C."),
        ("citation_author", "UK Ministry of Defence,"),
        ("citation_author", "王飞凌"),
        ("citation_publication_date", "2026/01/15"),
        ("citation_online_date", "2026/01/15"),
        ("citation_technical_report_institution", "Air Institute"),
        ("citation_technical_report_number", "Policy Brief 7"),
        ("citation_publisher", "Air Institute"),
        ("citation_language", "en-GB"),
        ("citation_abstract", "Standfirst."),
        ("citation_keywords", "air; costs"),
        ("citation_doi", "10.1234/air.7"),
        ("citation_abstract_html_url", URL),
        ("citation_fulltext_html_url", URL),
        ("citation_public_url", URL),
        ("DC.title", title),
        ("DC.creator", "van Berckel Smit, Floris J."),
        ("DC.creator", "Combe II, Peter C."),
        ("DC.creator", "UK Ministry of Defence"),
        ("DC.creator", "王飞凌"),
        ("DC.publisher", "Air Institute"),
        ("DCTERMS.issued", "2026-01-15"),
        ("DCTERMS.modified", "2026-02-01"),
        ("DC.type", "Policy brief"),
        ("DC.format", "text/html"),
        ("DC.identifier", URL),
        ("DC.identifier", "doi:10.1234/air.7"),
        ("DC.language", "en-GB"),
        ("DC.rights", "CC BY 4.0"),
        ("DCTERMS.license", "https://creativecommons.org/licenses/by/4.0/"),
        ("DC.subject", "air"),
        ("DC.subject", "costs"),
        ("DCTERMS.abstract", "Standfirst."),
        ("twitter:card", "summary_large_image"),
        ("twitter:site", "@air"),
        ("fediverse:creator", "@air@social.example"),
    ]
    assert properties == [
        ("og:type", "article"),
        ("og:site_name", "Air Briefs"),
        ("og:title", "Clean “air”"),
        ("og:description", "Standfirst."),
        ("og:url", URL),
        ("og:locale", "en_GB"),
        ("og:image", "https://example.org/repo/briefs/lead.png"),
        ("og:image:type", "image/png"),
        ("og:image:alt", "A chimney"),
        ("article:published_time", "2026-01-15T09:00:00+01:00"),
        ("article:modified_time", "2026-02-01T10:00:00+01:00"),
        ("article:section", "Policy briefs"),
        ("article:tag", "air"),
        ("article:tag", "costs"),
    ]
    assert links == [
        {"rel": "canonical", "href": URL},
        {"rel": "license", "href": "https://creativecommons.org/licenses/by/4.0/"},
        {"rel": "schema.DC", "href": "http://purl.org/dc/elements/1.1/"},
        {"rel": "schema.DCTERMS", "href": "http://purl.org/dc/terms/"},
        {"rel": "cite-as", "href": "https://doi.org/10.1234/air.7"},
        {"rel": "author", "href": "https://orcid.org/0000-0002-1825-0097"},
        {"rel": "type", "href": "https://schema.org/Report"},
    ]


def test_a_picture_of_the_sites_own_tells_its_size(make_site: MakeSite) -> None:
    site = make_site({"site.yaml": SITE, "content/briefs/2026-01-15-air.md": FULL})
    site.write({"content/briefs/lead.png": (ROOT / "docs/light.png").read_bytes()})
    site.build()
    page = site.page("briefs/2026/air/index.html")

    assert head_of(page)[1][6:11] == [
        ("og:image", "https://example.org/repo/briefs/lead.png"),
        ("og:image:type", "image/png"),
        ("og:image:width", "1280"),
        ("og:image:height", "800"),
        ("og:image:alt", "A chimney"),
    ]
    [image] = graph_of(page)[0]["image"]
    assert (image["width"], image["height"]) == (1280, 800)
    [lead] = html.document_fromstring(page).xpath("//figure[@class='lead']/img")
    assert (lead.get("width"), lead.get("height")) == ("1280", "800")


def test_a_single_author_with_an_account_is_named_by_it(make_site: MakeSite) -> None:
    known = "ann: {name: Ann Lee, x: ann, fediverse: ann@social.example}\nbo: {name: Bo Ek}\n"
    files = {"site.yaml": SITE, "content/_data/authors.yml": known}
    pages = []
    for line in ("Ann Lee", "Ann Lee and Bo Ek", "Bo Ek"):
        text = BRIEF.replace("Ann Lee", line)
        site = make_site(files | {"content/briefs/2026-01-15-air.md": text})
        site.build()
        pages.append(dict(head_of(site.page("briefs/2026/air/index.html"))[0]))

    site_wide = "@air@social.example"
    assert [page.get("twitter:creator") for page in pages] == ["@ann", None, None]
    assert [page["fediverse:creator"] for page in pages] == [
        "@ann@social.example",
        site_wide,
        site_wide,
    ]


def test_the_graph_of_a_brief_is_this(make_site: MakeSite) -> None:
    assert graph_of(built(make_site)) == [
        {
            "@type": ["Article", "Report"],
            "@id": f"{URL}#article",
            "mainEntityOfPage": {"@id": URL},
            "url": URL,
            "headline": "Clean “air”",
            "alternativeHeadline": "What it costs",
            "description": "Standfirst.",
            "inLanguage": "en-GB",
            "isAccessibleForFree": True,
            "datePublished": "2026-01-15T09:00:00+01:00",
            "dateModified": "2026-02-01T10:00:00+01:00",
            "author": [
                {
                    "@type": "Person",
                    "@id": "https://orcid.org/0000-0002-1825-0097",
                    "name": "Floris J. van Berckel Smit",
                    "sameAs": ["https://orcid.org/0000-0002-1825-0097"],
                    "affiliation": [
                        {
                            "@type": "Organization",
                            "name": "Sea Institute",
                            "sameAs": "https://ror.org/04wxnsj81",
                        }
                    ],
                },
                {
                    "@type": "Person",
                    "@id": "https://example.org/repo/#peter-c-combe-ii",
                    "name": "Peter C. Combe II",
                },
                {
                    "@type": "Organization",
                    "@id": "https://example.org/repo/#uk-ministry-of-defence",
                    "name": "UK Ministry of Defence",
                },
                {"@type": "Person", "@id": "https://example.org/repo/#王飞凌", "name": "王飞凌"},
            ],
            "translator": [
                {
                    "@type": "Person",
                    "@id": "https://example.org/repo/#tom-translator",
                    "name": "Tom Translator",
                }
            ],
            "publisher": {"@id": "https://example.org/repo/#org"},
            "image": [
                {
                    "@type": "ImageObject",
                    "url": "https://example.org/repo/briefs/lead.png",
                    "caption": "A chimney in May",
                    "creditText": "Ann Photo",
                    "license": "https://creativecommons.org/licenses/by-sa/4.0/",
                }
            ],
            "reportNumber": "Policy Brief 7",
            "isPartOf": {"@type": "CreativeWorkSeries", "name": "Air Papers", "issn": "2049-3630"},
            "articleSection": "Policy briefs",
            "keywords": ["air", "costs"],
            "wordCount": 3,
            "timeRequired": "PT1M",
            "license": "https://creativecommons.org/licenses/by/4.0/",
            "copyrightHolder": {"@id": "https://example.org/repo/#org"},
            "copyrightYear": 2026,
            "identifier": {
                "@type": "PropertyValue",
                "propertyID": "DOI",
                "value": "10.1234/air.7",
                "url": "https://doi.org/10.1234/air.7",
            },
            "sameAs": "https://doi.org/10.1234/air.7",
            "funder": [
                {
                    "@type": "Organization",
                    "name": "Wind Fund",
                    "sameAs": "https://ror.org/04wxnsj81",
                }
            ],
        },
        {
            "@type": "WebPage",
            "@id": URL,
            "url": URL,
            "name": "Clean “air”",
            "inLanguage": "en-GB",
            "breadcrumb": {"@id": f"{URL}#crumbs"},
            "isPartOf": {"@id": "https://example.org/repo/#website"},
        },
        {
            "@type": "BreadcrumbList",
            "@id": f"{URL}#crumbs",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": 1,
                    "name": "Policy briefs",
                    "item": "https://example.org/repo/",
                },
                {"@type": "ListItem", "position": 2, "name": "Clean “air”"},
            ],
        },
        *SAME,
    ]


SAME = [
    {
        "@type": "WebSite",
        "@id": "https://example.org/repo/#website",
        "url": "https://example.org/repo/",
        "name": "Air Briefs",
        "inLanguage": "en-GB",
        "publisher": {"@id": "https://example.org/repo/#org"},
    },
    {
        "@type": "Organization",
        "@id": "https://example.org/repo/#org",
        "name": "Air Institute",
        "url": "https://air.example.net/",
        "logo": {"@type": "ImageObject", "url": "https://example.org/repo/logo.png"},
        "sameAs": ["https://ror.org/04wxnsj81", "https://www.wikidata.org/wiki/Q1"],
        "publishingPrinciples": "https://example.org/repo/about/",
        "ownershipFundingInfo": "https://air.example.net/money",
    },
]


def test_an_index_is_a_collection_of_what_it_lists(make_site: MakeSite) -> None:
    site = make_site({"site.yaml": SITE, "content/briefs/2026-01-15-air.md": FULL})
    site.build()
    names, properties, links = head_of(site.page("index.html"))

    assert names == [
        ("description", "Briefs about air"),
        ("robots", "max-image-preview:large"),
        ("twitter:card", "summary"),
        ("twitter:site", "@air"),
        ("fediverse:creator", "@air@social.example"),
    ]
    assert properties == [
        ("og:type", "website"),
        ("og:site_name", "Air Briefs"),
        ("og:title", "Air Briefs"),
        ("og:description", "Briefs about air"),
        ("og:url", "https://example.org/repo/"),
        ("og:locale", "en_GB"),
        ("og:image", "https://example.org/repo/logo.png"),
        ("og:image:type", "image/png"),
    ]
    assert links == [{"rel": "canonical", "href": "https://example.org/repo/"}]
    assert graph_of(site.page("index.html")) == [
        {
            "@type": "CollectionPage",
            "@id": "https://example.org/repo/",
            "url": "https://example.org/repo/",
            "name": "Air Briefs",
            "description": "Briefs about air",
            "inLanguage": "en-GB",
            "isPartOf": {"@id": "https://example.org/repo/#website"},
            "mainEntity": {
                "@type": "ItemList",
                "numberOfItems": 1,
                "itemListElement": [
                    {"@type": "ListItem", "position": 1, "url": URL, "name": "Clean “air”"}
                ],
            },
        },
        *SAME,
    ]


def test_a_page_is_a_page_and_the_404_page_says_next_to_nothing(make_site: MakeSite) -> None:
    site = make_site({"site.yaml": SITE, "content/about.md": "---\ntitle: About\n---\nWe.\n"})
    site.build()
    names, _, links = head_of(site.page("about/index.html"))

    assert names[:2] == [("description", "We."), ("robots", "max-image-preview:large")]
    assert [name for name, _ in names[2:]] == ["twitter:card", "twitter:site", "fediverse:creator"]
    assert [link["rel"] for link in links] == ["canonical", "license"]
    [page, crumbs, *same] = graph_of(site.page("about/index.html"))
    assert (page["@type"], page["description"], same) == ("WebPage", "We.", SAME)
    assert [item["name"] for item in crumbs["itemListElement"]] == ["Air Briefs", "About"]
    names, properties, links = head_of(site.page("404.html"))
    assert names[0] == ("robots", "noindex")
    assert ("og:url" in dict(properties), links) == (False, [])
    assert "ld+json" not in site.page("404.html")


COLUMN = FULL.replace("kind: brief", "kind: column")


def test_opinion_is_not_told_to_google_scholar_but_has_a_type_for_zotero(
    make_site: MakeSite,
) -> None:
    series, _, links = head_of(built(make_site, COLUMN))
    plain, _, _ = head_of(built(make_site, COLUMN.replace("series: Air Papers\n", "")))
    talk, _, _ = head_of(built(make_site, FULL.replace("kind: brief", "kind: testimony")))

    found = [dict(names) for names in (series, plain, talk)]
    assert [n for names in (series, plain, talk) for n, _ in names if n.startswith("cit")] == []
    assert [names["z:itemType"] for names in found] == ["magazineArticle", "blogPost", "report"]
    assert [names.get("prism.publicationName") for names in found] == ["Air Papers", None, None]
    assert {"rel": "type", "href": "https://schema.org/Article"} in links
    assert graph_of(built(make_site, COLUMN))[0]["@type"] == "Article"


def test_a_site_names_the_kinds_that_google_scholar_is_told_of(make_site: MakeSite) -> None:
    names, _, _ = head_of(built(make_site, COLUMN, SITE + "scholar: [column]\n"))
    none, _, _ = head_of(built(make_site, FULL, SITE + "scholar: []\n"))

    assert "citation_title" in dict(names)
    assert "citation_title" not in dict(none)


def test_without_an_author_the_publisher_is_one(make_site: MakeSite) -> None:
    page = built(make_site, re.sub(r"authors:\n(  .*\n)+", "", FULL))

    assert dict(head_of(page)[0])["citation_author"] == "Air Institute,"
    assert graph_of(page)[0]["author"] == [
        {
            "@type": "Organization",
            "@id": "https://example.org/repo/#org",
            "name": "Air Institute",
        }
    ]


def test_a_byline_with_et_al_names_every_author(make_site: MakeSite) -> None:
    text = BRIEF.replace("author: Ann Lee", "author: Ann Lee, et al.")
    bios = "\n---\n\n__Ann Lee__ is a fellow.\n\n__Bo Ek__ is a fellow.\n"
    names, _, _ = head_of(built(make_site, text + bios))

    assert [c for n, c in names if n == "citation_author"] == ["Lee, Ann", "Ek, Bo"]


def test_what_stands_in_json_ends_no_script_and_comes_back(make_site: MakeSite) -> None:
    title = "</script><!-- <script>&amp;\u2028\u2029 ]]>"
    text = FULL.replace("What it costs", json.dumps(title)).replace("A chimney in May", "<i>x</i>")
    page = built(make_site, text.replace("Clean", "R&D <85%"))
    source = page.partition("ld+json")[2].partition("</script>")[0]

    assert graph_of(page)[0]["headline"] == "R&D <85% “air”"
    assert "&amp;" in graph_of(page)[0]["alternativeHeadline"]
    assert [sign for sign in "<&\u2028\u2029" if sign in source] == []


def test_a_site_without_an_address_names_none(make_site: MakeSite) -> None:
    page = built(make_site, config=SITE.replace("url: https://example.org/repo\n", ""))
    names, properties, links = head_of(page)

    assert "ld+json" not in page
    assert [n for n, _ in (*names, *properties) if n.endswith("url") or n == "og:image"] == []
    assert [link["rel"] for link in links if not link["href"].startswith("http")] == []


def test_pictures_that_social_media_do_not_show_give_way_to_the_logo(make_site: MakeSite) -> None:
    names, properties, _ = head_of(built(make_site, FULL.replace("lead.png", "lead.svg")))

    assert dict(properties)["og:image"] == "https://example.org/repo/logo.png"
    assert dict(names)["twitter:card"] == "summary"


@pytest.mark.parametrize(
    ("lang", "locale"),
    [
        ("en", "en_US"),
        ("en-GB", "en_GB"),
        ("zh-Hant", "zh_TW"),
        ("zh-Hant-HK", "zh_HK"),
        ("zh-Hans", "zh_CN"),
        ("de", "de_DE"),
        ("eo", None),
    ],
)
def test_open_graph_has_names_of_its_own_for_languages(
    make_site: MakeSite, lang: str, locale: str | None
) -> None:
    _, properties, _ = head_of(built(make_site, FULL.replace("kind:", f"lang: {lang}\nkind:")))

    assert dict(properties).get("og:locale") == locale


# What Zotero's "Embedded Metadata" does with a page (publishing.md 1.3).


def zotero_type(page: str) -> str:
    """Return the type of the item that Zotero makes."""
    names, properties, _ = head_of(page)
    said = dict(names)
    for tag, kind in (
        ("citation_journal_title", "journalArticle"),
        ("citation_technical_report_institution", "report"),
    ):
        if tag in said:
            return kind
    if "z:itemType" in said:
        return said["z:itemType"]
    if dict(properties)["og:type"] == "website":
        return "webpage"
    return "journalArticle" if "citation_title" in said else "webpage"


def zotero_item(page: str) -> dict[str, object]:
    """Return the fields that Zotero fills: Highwire's tags, else what its RDF translator takes of
    Dublin Core, PRISM and Open Graph, whose vocabularies it knows by these very addresses."""
    root = html.document_fromstring(page)
    names, properties, links = head_of(page)
    said: dict[str, str] = {}
    for name, content in names:
        said.setdefault(name, content)
    prefixes = dict(re.findall(r"(\w+):\s+(\S+)", root.get("prefix", "")))
    known = prefixes.get("og", "http://ogp.me/ns#") == "http://ogp.me/ns#"
    og = dict(properties) if known else {}
    schemas = {link["rel"]: link["href"] for link in links if link["rel"].startswith("schema.")}
    assert schemas == {
        "schema.DC": "http://purl.org/dc/elements/1.1/",
        "schema.DCTERMS": "http://purl.org/dc/terms/",
    }
    kind = zotero_type(page)
    of_site = kind in ("blogPost", "webpage")
    source = said.get("prism.publicationName") or (og.get("og:site_name") if of_site else None)
    item: dict[str, object] = {
        "itemType": kind,
        "title": said.get("citation_title") or said["DC.title"],
        "creators": zotero_creators(page),
        "date": said.get("citation_publication_date") or said["DCTERMS.issued"],
        "abstractNote": said.get("citation_abstract") or said["DCTERMS.abstract"],
        "language": said.get("citation_language") or said["DC.language"],
        "url": said.get("citation_public_url") or og.get("og:url"),
        "DOI": said.get("citation_doi"),
        "rights": said.get("DC.rights"),
        "type": said["DC.type"],
        "publicationTitle": source,
        "institution": said.get("citation_technical_report_institution"),
        "reportNumber": said.get("citation_technical_report_number"),
        "pdf": said.get("citation_pdf_url"),
    }
    return {name: value for name, value in item.items() if value}


def zotero_creators(page: str) -> list[tuple[str, str]]:
    """Return (family, given) of each creator; one field where given is empty."""
    names, _, _ = head_of(page)
    nodes = [content for name, content in names if name == "citation_author"]
    if not nodes:  # what the RDF translator reads
        return [cleaned(content, True) for name, content in names if name == "DC.creator"]
    found = []
    for node in nodes:
        creators = re.split(r"\s*;\s*", node)
        if len(creators) == 1 and len(nodes) == 1:
            parts = re.split(r"\s*,\s*", creators[0])
            if len(parts) > 1 and " " in parts[0] and " " in parts[1]:
                creators = parts
        found += [cleaned(creator, "," in creator) for creator in map(str.strip, creators)]
    return found


def cleaned(author: str, by_comma: bool) -> tuple[str, str]:
    """Return what `cleanAuthor` makes of a name."""
    text = re.sub(r"\s+", " ", author.strip(" \u00a0.,/[]:") if not by_comma else author)
    text = re.sub(r"^[\s.,/\[\]:]+|[\s,/\[\]:]+$", "", text)
    if by_comma:
        family, *rest = re.split(", ?", text)
        return family, rest[0] if rest else ""
    given, _, family = text.rpartition(" ")
    return family, given


def test_zotero_sees_a_report_an_article_of_a_magazine_and_a_post(make_site: MakeSite) -> None:
    texts = [FULL, COLUMN, COLUMN.replace("series: Air Papers\n", "")]

    assert [zotero_type(built(make_site, text)) for text in texts] == [
        "report",
        "magazineArticle",
        "blogPost",
    ]


def test_zotero_fills_every_field_of_each_kind_of_item(make_site: MakeSite) -> None:
    people = [
        ("van Berckel Smit", "Floris J."),
        ("Combe II", "Peter C."),
        ("UK Ministry of Defence", ""),
        ("王飞凌", ""),
    ]
    same = {
        "title": "Clean “air”: What it costs",
        "creators": people,
        "abstractNote": "Standfirst.",
        "language": "en-GB",
        "url": URL,
        "rights": "CC BY 4.0",
    }
    site = make_site(
        {"site.yaml": SITE, "content/briefs/air.pdf": b"%PDF",
         "content/briefs/2026-01-15-air.md": FULL.replace("kind:", "pdf: air.pdf\nkind:")}
    )  # fmt: skip
    site.build()
    talk = FULL.replace("kind: brief", "kind: testimony")

    assert zotero_item(site.page("briefs/2026/air/index.html")) == same | {
        "itemType": "report",
        "date": "2026/01/15",
        "DOI": "10.1234/air.7",
        "type": "Policy brief",
        "institution": "Air Institute",
        "reportNumber": "Policy Brief 7",
        "pdf": f"{URL}air.pdf",
    }
    article = same | {"itemType": "magazineArticle", "date": "2026-01-15", "type": "Column"}
    assert zotero_item(built(make_site, COLUMN)) == article | {"publicationTitle": "Air Papers"}
    post = article | {"itemType": "blogPost", "publicationTitle": "Air Briefs"}
    assert zotero_item(built(make_site, COLUMN.replace("series: Air Papers\n", ""))) == post
    report = same | {"itemType": "report", "date": "2026-01-15", "type": "Testimony"}
    assert zotero_item(built(make_site, talk)) == report


def test_nothing_on_a_briefs_page_outranks_its_tags_for_zotero(make_site: MakeSite) -> None:
    page = html.document_fromstring(built(make_site))

    assert page.xpath("//*[@class='Z3988'] | //link[@rel='unapi-server']") == []
    assert page.xpath("//*[contains(@class, 'unapi-id')]") == []


@pytest.mark.parametrize("text", [FULL, COLUMN])
def test_zotero_offers_the_items_of_a_list_with_address_and_doi(
    make_site: MakeSite, text: str
) -> None:
    config = SITE.replace("archive: false, ", "").replace("citations: false, ", "")
    site = make_site({"site.yaml": config, "content/briefs/2026-01-15-air.md": text})
    site.build()
    page = html.document_fromstring(site.page("archive/2026/index.html"))
    [said] = page.xpath("//span[@class='Z3988']/@title")
    # As `parseContextObject` takes it apart: a plus sign is a space, a DOI no address.
    pairs = [(k, unquote(v.replace("+", " "))) for k, v in (p.split("=") for p in said.split("&"))]
    ids = [value for key, value in pairs if key == "rft_id"]

    assert ids == ["info:doi/10.1234/air.7", URL]
    titles = [v for k, v in pairs if k in ("rft.btitle", "rft.title")]
    assert titles == ["Clean “air”: What it costs"]
    names = [v for k, v in pairs if k in ("rft.au", "rft.aucorp", "rft.creator")]
    assert names == ["van Berckel Smit, Floris J.", "Combe II, Peter C.", "UK Ministry of Defence",
                     "王飞凌"]  # fmt: skip


def test_zotero_takes_a_list_for_a_page(make_site: MakeSite) -> None:
    site = make_site({"site.yaml": SITE, "content/briefs/2026-01-15-air.md": FULL})
    site.build()

    assert zotero_type(site.page("index.html")) == "webpage"


def test_zotero_takes_no_name_apart_wrongly(make_site: MakeSite) -> None:
    expected = [
        ("van Berckel Smit", "Floris J."),
        ("Combe II", "Peter C."),
        ("UK Ministry of Defence", ""),
        ("王飞凌", ""),
    ]

    assert zotero_creators(built(make_site)) == expected
    assert zotero_creators(built(make_site, COLUMN)) == expected


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("{name: Jo F. van Berckel Smit, family: van Berckel Smit}", "van Berckel Smit|Jo F."),
        ("{name: Peter C. Combe II}", "Combe II|Peter C."),
        ("{name: 'Joana de Deus Pereira', family: de Deus Pereira}", "de Deus Pereira|Joana"),
        ("{name: Ann Lee}", "Lee|Ann"),
        ("{name: UK Ministry of Defence, type: org}", "UK Ministry of Defence|"),
        ("{name: 'Food, Farming and Rural Affairs', type: org}", "Food Farming and Rural Affairs|"),
        ("{name: RUSI, type: org}", "RUSI|"),
        ("{name: 飞凌 王, family: 王, given: 飞凌}", "王|飞凌"),
    ],
)  # fmt: skip
def test_zotero_never_makes_two_of_a_single_author(
    make_site: MakeSite, author: str, expected: str
) -> None:
    page = built(make_site, BRIEF.replace("author: Ann Lee", f"authors: [{author}]"))
    [(family, given)] = zotero_creators(page)

    assert f"{family}|{given}".replace("\u00a0", " ") == expected


def test_the_address_that_zotero_keeps_is_the_canonical_one(make_site: MakeSite) -> None:
    names, properties, links = head_of(built(make_site))

    assert dict(names)["citation_public_url"] == links[0]["href"] == dict(properties)["og:url"]


def test_the_page_of_an_author_is_a_profile_with_all_that_they_wrote() -> None:
    person = Person(
        "Ann Lee", "Lee", "Ann", id="ann-lee", orcid="0000-0002-1825-0097", photo="/ann.jpg",
        affiliations=(Affiliation("Sea Institute"),), url="https://ann.example",
    )  # fmt: skip
    home = "https://e.org"
    site = Facts("T", "", "en", home, Publisher(policies=Policies()), (), (), (), "", {})
    page = Page(
        "author", "Ann Lee", "/authors/ann-lee/", "", f"{home}/authors/ann-lee/", "en", "A fellow.",
        people=(person,), person=person, profiles={"ann-lee": "/authors/ann-lee/"},
    )  # fmt: skip
    day = datetime(2026, 1, 15, tzinfo=UTC)
    card = Card(
        "/briefs/air/", "Air", "", ("Ann Lee",), day, None, "en", None, 1, "", "", (), markup("")
    )
    found = describe(page, site, (card,))

    assert ("og:type", "profile") in found.properties
    profile = {
        "@type": "ProfilePage",
        "@id": f"{home}/authors/ann-lee/",
        "url": f"{home}/authors/ann-lee/",
        "name": "Ann Lee",
        "description": "A fellow.",
        "inLanguage": "en",
        "breadcrumb": {"@id": f"{home}/authors/ann-lee/#crumbs"},
        "isPartOf": {"@id": f"{home}/#website"},
        "mainEntity": {
            "@type": "Person",
            "@id": f"{home}/authors/ann-lee/#person",
            "name": "Ann Lee",
            "url": f"{home}/authors/ann-lee/",
            "sameAs": ["https://orcid.org/0000-0002-1825-0097", "https://ann.example"],
            "affiliation": [{"@type": "Organization", "name": "Sea Institute"}],
            "image": f"{home}/ann.jpg",
            "description": "A fellow.",
        },
        "hasPart": [{"@id": f"{home}/briefs/air/#article"}],
    }
    assert found.graph["@graph"][0] == profile


def test_with_a_page_of_their_own_an_author_is_the_same_person_everywhere() -> None:
    site = Facts(
        "T", "", "en", "https://e.org", Publisher(), (), (), (), "", {}, scholar=("brief",)
    )
    person = Person("Ann Lee", "Lee", "Ann", id="ann-lee")
    page = Page(
        "brief", "Air", "/air/", "", "https://e.org/air/", "en", people=(person,),
        published=datetime(2026, 1, 15, tzinfo=UTC), profiles={"ann-lee": "/authors/ann-lee/"},
    )  # fmt: skip
    found = describe(page, site, ())

    address = "https://e.org/authors/ann-lee/"
    assert ("article:author", address) in found.properties
    assert [link.href for link in found.links if link.rel == "author"] == [address]
    assert found.graph["@graph"][0]["author"][0]["@id"] == f"{address}#person"


def test_what_is_the_same_on_every_page_is_made_once(make_site: MakeSite) -> None:
    site = Facts("T", "", "en", "https://e.org", Publisher(), (), (), (), "", {})
    pages = [Page("page", n, f"/{n}/", "", f"https://e.org/{n}/", "en") for n in "ab"]
    first, second = (describe(page, site, ()).graph["@graph"][-2:] for page in pages)

    assert [one is two for one, two in zip(first, second, strict=True)] == [True, True]


def test_a_site_of_its_own_partial_prints_what_it_likes(make_site: MakeSite) -> None:
    own = "{% for name, content in metadata().names %}[{{ name }}]{% endfor %}"
    site = make_site({"site.yaml": CONFIG, "content/2026-01-15-air.md": BRIEF})
    site.write({"templates/partials/metadata.html": own})
    site.build()
    page = site.page("briefs/2026/air/index.html")

    assert "[description][robots][author][citation_title]" in page
    assert "ld+json" not in page
