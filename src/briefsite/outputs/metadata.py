"""What the head of a page says of it: to reference managers and catalogues, to social media and to
other programs (publishing.md 1, 3)."""

import posixpath
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from briefsite import languages
from briefsite.assembler import Facts
from briefsite.citations import GENRES, WEB, full_title
from briefsite.dates import iso
from briefsite.identifiers import DOI_PREFIX, ORCID_PREFIX
from briefsite.model import Person
from briefsite.outputs.graph import Named, authors_of, graph_of, profile
from briefsite.pdfs import in_folder
from briefsite.prose.excerpts import shortened
from briefsite.urls import join, rebase
from briefsite.values import Struct

if TYPE_CHECKING:
    from briefsite.outputs.views import Page

Pair = tuple[str, str]
DESCRIPTION, SUMMARY = 160, 300
"""Characters that search engines and social media show of a description."""
_PICTURES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
_UNSHARED = (".svg", ".avif")
"""Pictures that social media do not show."""


class HeadLink(Struct, frozen=True):
    """A `<link>`: its address is absolute, or a path on the site."""

    rel: str
    href: str
    type: str = ""
    hreflang: str = ""
    title: str = ""


class Metadata(Struct, frozen=True):
    """What the head of a page says."""

    names: tuple[Pair, ...]
    """Names and contents of `<meta name>`."""
    properties: tuple[Pair, ...]
    """The same of `<meta property>`."""
    links: tuple[HeadLink, ...]
    graph: dict[str, Any]
    """JSON-LD; empty where the page has no address."""


def describe(page: "Page", site: Facts, cards: Sequence[Named]) -> Metadata:
    """Return the metadata of any page; `cards` is what it lists."""
    return Metadata(
        tuple(pair for pair in _names(page, site) if pair[1]),
        tuple(pair for pair in _properties(page, site) if pair[1]),
        tuple(link for link in _links(page, site) if link.href),
        graph_of(page, site, cards),
    )


def _names(page: "Page", site: Facts) -> Iterator[Pair]:
    yield "description", shortened(page.summary, DESCRIPTION)
    yield "robots", "noindex" if page.noindex else "max-image-preview:large"
    if page.kind in ("brief", "page"):
        yield from (("author", person.name) for person in page.people if person.role == "author")
    if page.kind == "brief" and page.published:
        web = page.imprint.kind in WEB
        if page.imprint.kind in site.scholar and not page.editorial.origin:
            yield from highwire(page, site)
        elif web and page.imprint.series:
            yield "z:itemType", "magazineArticle"
            yield "prism.publicationName", page.imprint.series
        else:
            yield "z:itemType", "blogPost" if web else "report"
        yield from dublin_core(page, site)
    yield "twitter:card", "summary_large_image" if _picture(page, site) else "summary"
    yield "twitter:site", site.publisher.x
    authors = [person for person in page.people if person.role == "author"]
    alone = authors[0] if len(authors) == 1 else Person("")
    yield "twitter:creator", alone.x
    yield "fediverse:creator", alone.fediverse or site.publisher.fediverse


def highwire(page: "Page", site: Facts) -> Iterator[Pair]:
    """Yield what Google Scholar and Zotero read of a report (publishing.md 1.2, 1.3)."""
    said, day = page.imprint, _slashed(page.published)
    publisher = site.publisher.name or site.title
    yield "citation_title", full_title(page.title, page.subtitle)
    yield from _authors(authors_of(page, site))
    yield "citation_publication_date", day
    yield "citation_online_date", day
    # It alone makes Zotero see a report; the title alone would be an article of a journal.
    yield "citation_technical_report_institution", publisher
    number = f"{GENRES[said.kind]} {said.number}" if said.number else ""
    yield "citation_technical_report_number", number
    yield "citation_publisher", publisher
    yield "citation_language", page.lang
    yield "citation_abstract", page.summary
    yield "citation_keywords", "; ".join(page.keywords or page.tags)
    yield "citation_doi", said.doi
    yield "citation_isbn", said.isbn
    yield "citation_abstract_html_url", page.canonical
    yield "citation_fulltext_html_url", page.canonical
    yield "citation_public_url", page.canonical
    if page.pdf and page.canonical and in_folder(page.pdf.url, page.url):
        yield "citation_pdf_url", _address(page.pdf.url, site)


def _authors(people: tuple[Person, ...]) -> Iterator[Pair]:
    for person in people:
        yield "citation_author", _author(person, alone=len(people) == 1)
        if person.kind == "person":
            yield from (
                ("citation_author_institution", place.name) for place in person.affiliations
            )
        yield "citation_author_orcid", person.orcid and ORCID_PREFIX + person.orcid


def _author(person: Person, *, alone: bool) -> str:
    """Return a name as Zotero's `cleanAuthor` takes it apart rightly (publishing.md 1.3, 4).

    What is one whole would lose its last word to a family name but for the comma behind it. Where
    a name stands alone, spaces on both sides of its comma would make two people of it.
    """
    if not person.family:
        return f"{person.name.replace(',', '')}," if " " in person.name else person.name
    family, given = inverted(person)
    if alone and " " in family:
        given = given.replace(" ", "\N{NO-BREAK SPACE}")
    return f"{family}, {given}" if given else family


def inverted(person: Person) -> tuple[str, str]:
    """Return the family name, with what stands before and behind it, and the given names."""
    parts = (person.particle, person.family, person.suffix)
    return " ".join(filter(None, parts)), person.given


def dublin_core(page: "Page", site: Facts) -> Iterator[Pair]:
    """Yield what libraries read (publishing.md 1.2); Zotero prints the type as it is written."""
    said, license_ = page.imprint, page.editorial.license
    yield "DC.title", full_title(page.title, page.subtitle)
    for person in authors_of(page, site):
        yield "DC.creator", ", ".join(inverted(person)) if person.given else person.name
    yield "DC.publisher", site.publisher.name or site.title
    yield "DCTERMS.issued", page.published.date().isoformat() if page.published else ""
    yield "DCTERMS.modified", page.updated.date().isoformat() if page.updated else ""
    yield "DC.type", GENRES[said.kind].capitalize()
    yield "DC.format", "text/html"
    yield "DC.identifier", page.canonical
    yield "DC.identifier", said.doi and f"doi:{said.doi}"
    yield "DC.language", page.lang
    yield "DC.rights", license_.name if license_ else ""
    yield "DCTERMS.license", license_.url if license_ else ""
    yield from (("DC.subject", tag) for tag in page.keywords or page.tags)
    yield "DCTERMS.abstract", page.summary
    if page.citation:
        yield "DCTERMS.bibliographicCitation", Markup(page.citation.styles[0][1]).striptags()


def _address(url: str, site: Facts) -> str:
    return rebase(url, f"{site.url}/", "/")


def _slashed(day: date | None) -> str:
    return f"{day.year:04}/{day.month:02}/{day.day:02}" if day else ""


def _properties(page: "Page", site: Facts) -> Iterator[Pair]:
    """Yield Open Graph (publishing.md 3); cards of X fall back to it."""
    brief, picture = page.kind == "brief", _picture(page, site)
    kinds = {"brief": "article", "author": "profile"}
    yield "og:type", kinds.get(page.kind, "website")
    yield "og:site_name", site.title
    yield "og:title", page.title
    yield "og:description", shortened(page.summary, SUMMARY)
    yield "og:url", page.canonical if page.kind != "404" else ""
    yield "og:locale", languages.locale(page.lang)
    for edition in page.editions:
        other = edition.lang != page.lang
        yield "og:locale:alternate", languages.locale(edition.lang) if other else ""
    if shown := picture or _logo(site):
        yield "og:image", shown
        yield "og:image:type", _PICTURES.get(posixpath.splitext(shown)[1].lower(), "")
        if picture and page.image_size:
            yield "og:image:width", str(page.image_size[0])
            yield "og:image:height", str(page.image_size[1])
        yield "og:image:alt", page.image_alt if picture else ""
    if brief:
        yield "article:published_time", iso(page.published) if page.published else ""
        yield "article:modified_time", iso(page.updated) if page.updated else ""
        yield "article:section", page.collection.title if page.collection else ""
        yield from (("article:tag", tag) for tag in page.keywords or page.tags)
        yield from (("article:author", profile(page, site, p)) for p in authors_of(page, site))


def _picture(page: "Page", site: Facts) -> str:
    """Return the absolute address of the lead image, where social media show its kind."""
    return _shared(site, page.image, page.url)


def _logo(site: Facts) -> str:
    return _shared(site, site.publisher.logo, "/")


def _shared(site: Facts, image: str, url: str) -> str:
    if not image or not site.url or image.lower().endswith(_UNSHARED):
        return ""
    return rebase(image, f"{site.url}/", url)


def _links(page: "Page", site: Facts) -> Iterator[HeadLink]:
    """Yield canonical address, languages, licence, and what lies beside: FAIR Signposting."""
    if page.kind == "404":
        return
    said, origin = page.editorial, page.editorial.origin
    copied = origin is not None and origin.canonical
    yield HeadLink("canonical", origin.url if origin and copied else page.canonical)
    yield from _languages(page, site)
    if said.license:
        yield HeadLink("license", said.license.url)
    if page.kind != "brief":
        return
    yield HeadLink("schema.DC", "http://purl.org/dc/elements/1.1/")
    yield HeadLink("schema.DCTERMS", "http://purl.org/dc/terms/")
    yield HeadLink("cite-as", DOI_PREFIX + page.imprint.doi if page.imprint.doi else page.canonical)
    for person in authors_of(page, site):
        known = person.orcid and ORCID_PREFIX + person.orcid
        yield HeadLink("author", known or profile(page, site, person))
    web = page.imprint.kind in WEB
    yield HeadLink("type", f"https://schema.org/{'Article' if web else 'Report'}")
    yield from _files(page)


def _languages(page: "Page", site: Facts) -> Iterator[HeadLink]:
    """Yield every edition of a text, this one too, and the original for all other readers."""
    for edition in page.editions:
        if edition.lang and site.url:
            address = join(site.url, edition.url)
            yield HeadLink("alternate", address, hreflang=edition.lang)
            if edition.original:
                yield HeadLink("alternate", address, hreflang="x-default")


def _files(page: "Page") -> Iterator[HeadLink]:
    for name, file, type_ in page.citation.files if page.citation else ():
        yield HeadLink("alternate", file, type_, title=name)
        if name == "CSL-JSON":
            yield HeadLink("describedby", file, type_)
    if page.pdf:
        yield HeadLink("alternate", page.pdf.url, "application/pdf", title="PDF")
        yield HeadLink("item", page.pdf.url, "application/pdf")
