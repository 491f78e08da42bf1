"""JSON-LD: what search engines read of a page (publishing.md 2)."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from markupsafe import Markup

from briefsite.assembler import Facts
from briefsite.citations import GENRES, WEB
from briefsite.dates import iso
from briefsite.identifiers import DOI_PREFIX, ORCID_PREFIX
from briefsite.model import Edition, Funder, Origin, Person, Update
from briefsite.people import person_of
from briefsite.sections import Publisher
from briefsite.urls import is_absolute, join, rebase

if TYPE_CHECKING:
    from briefsite.outputs.views import Page

Node = dict[str, Any]


class Named(Protocol):
    """Something in a list: a card, a row, a term."""

    @property
    def url(self) -> str:
        """Path on the site."""

    @property
    def title(self) -> str:
        """What it is called."""


_CORRECTIONS = ("correction", "clarification", "retraction")
_MOST = 100
"""Items of a list beyond which nobody is told of each: those of a year are in the page."""
_WEB_PAGES = {"brief": "WebPage", "page": "WebPage", "author": "ProfilePage"}


def graph_of(page: "Page", site: Facts, cards: Sequence[Named]) -> Node:
    """Return the graph of a page, which lists `cards`; empty where it has no address."""
    if not page.canonical or page.kind == "404":
        return {}
    nodes = [_web_page(page, site, cards), *_crumbs(page, site), *_same(site)]
    if page.kind == "brief":
        nodes.insert(0, _article(page, site))
    return {"@context": "https://schema.org", "@graph": nodes}


def _same(site: Facts) -> tuple[Node, Node]:
    return _site_nodes(site.title, site.url, site.lang, site.publisher, site.corrections)


@cache
def _site_nodes(
    title: str, url: str, lang: str, publisher: Publisher, corrections: str
) -> tuple[Node, Node]:
    """Return the site and its publisher: the same on each page, and so made once."""
    home, policies = f"{url}/", publisher.policies
    website = _filled(
        {
            "@type": "WebSite",
            "@id": f"{home}#website",
            "url": home,
            "name": title,
            "inLanguage": lang,
            "publisher": {"@id": f"{home}#org"},
        }
    )
    logo = publisher.logo and rebase(publisher.logo, home, "/")
    organization = {
        "@type": "Organization",
        "@id": f"{home}#org",
        "name": publisher.name or title,
        "url": rebase(publisher.url, home, "/") or home,
        "logo": {"@type": "ImageObject", "url": logo} if logo else None,
        "sameAs": [same for same in (publisher.ror, *publisher.same_as) if same],
        "publishingPrinciples": rebase(policies.editorial, home, "/"),
        "correctionsPolicy": rebase(policies.corrections or corrections, home, "/"),
        "ownershipFundingInfo": rebase(policies.funding, home, "/"),
    }
    return website, _filled(organization)


def _filled(node: Node) -> Node:
    """Return `node` without what is empty: nobody is told that there is nothing."""
    return {key: value for key, value in node.items() if value not in ("", None, [], (), {})}


@cache
def _publisher(name: str) -> tuple[Person, ...]:
    return (person_of(name, "organization"),)


def authors_of(page: "Page", site: Facts) -> tuple[Person, ...]:
    """Return who wrote a brief; the publisher where nobody is named."""
    found = tuple(person for person in page.people if person.role == "author")
    return found or _publisher(site.publisher.name or site.title)


def profile(page: "Page", site: Facts, person: Person) -> str:
    """Return the absolute address of the site's page about an author; empty where it has none."""
    url = page.profiles.get(person.id, "")
    return join(site.url, url) if url and site.url else ""


def _person(page: "Page", site: Facts, person: Person) -> Node:
    """Return a person or an organization; wherever it is named, it is the same by `@id`."""
    whole = person.kind == "organization"
    if whole and person.name == (site.publisher.name or site.title):
        return {"@type": "Organization", "@id": f"{site.url}/#org", "name": person.name}
    own, home = profile(page, site, person), f"{site.url}/"
    places = [
        _filled({"@type": "Organization", "name": place.name, "sameAs": place.ror})
        for place in person.affiliations
    ]
    known = person.orcid and ORCID_PREFIX + person.orcid
    ror = person.affiliations[0].ror if whole and person.affiliations else ""
    elsewhere = person.url and rebase(person.url, home, "/")
    return _filled(
        {
            "@type": "Organization" if whole else "Person",
            "@id": f"{own}#person" if own else known or f"{home}#{person.id}",
            "name": person.name,
            "url": own or elsewhere,
            "sameAs": [same for same in (known, ror, elsewhere if own else "") if same],
            "affiliation": [] if whole else places,
        }
    )


def _article(page: "Page", site: Facts) -> Node:
    """Return the text itself."""
    said, imprint, url = page.editorial, page.imprint, page.canonical
    home = f"{site.url}/"
    return _filled(
        {
            "@type": "Article" if imprint.kind in WEB else ["Article", "Report"],
            "@id": f"{url}#article",
            "mainEntityOfPage": {"@id": url},
            "url": url,
            "headline": page.title,
            "alternativeHeadline": page.subtitle,
            "description": page.summary,
            "inLanguage": page.lang,
            "isAccessibleForFree": True,
            "datePublished": iso(page.published) if page.published else "",
            "dateModified": iso(page.updated) if page.updated else "",
            "author": [_person(page, site, person) for person in authors_of(page, site)],
            **_helpers(page, site),
            "publisher": {"@id": f"{home}#org"},
            "image": [_image(page, home)] if page.image else (),
            "reportNumber": imprint.number and f"{GENRES[imprint.kind]} {imprint.number}",
            "isPartOf": _series(imprint.series, imprint.issn),
            "articleSection": page.collection.title if page.collection else "",
            "keywords": list(page.keywords or page.tags),
            "wordCount": page.words,
            "timeRequired": f"PT{page.minutes}M",
            "version": said.version,
            "creativeWorkStatus": "Retracted" if _retracted(said.updates) else "",
            "license": said.license and (said.license.url or said.license.name),
            **_copyright(page, home),
            **_identifier(imprint.doi),
            "funder": [_funder(funder) for funder in said.funding],
            "correction": [_correction(u) for u in said.updates if u.kind in _CORRECTIONS],
            "isBasedOn": _based_on(said.origin),
            **_translations(page, site),
            "encoding": _encoding(page, home),
        }
    )


def _helpers(page: "Page", site: Facts) -> Node:
    """Return those who had another part in it."""
    return {
        role: [_person(page, site, person) for person in page.people if person.role == role]
        for role in ("editor", "translator")
    }


def _image(page: "Page", home: str) -> Node:
    said = page.editorial
    return _filled(
        {
            "@type": "ImageObject",
            "url": rebase(page.image, home, page.url),
            "caption": page.image_caption,
            "creditText": said.image_credit,
            "license": said.image_license and said.image_license.url,
            "width": page.image_size and page.image_size[0],
            "height": page.image_size and page.image_size[1],
        }
    )


def _encoding(page: "Page", home: str) -> Node:
    """Return the same text as a PDF."""
    if page.pdf is None:
        return {}
    return _filled(
        {
            "@type": "MediaObject",
            "encodingFormat": "application/pdf",
            "contentUrl": rebase(page.pdf.url, home, "/"),
            "contentSize": page.pdf.size and f"{page.pdf.size} B",
        }
    )


def _series(name: str, issn: str) -> Node:
    return _filled({"@type": "CreativeWorkSeries", "name": name, "issn": issn}) if name else {}


def _retracted(updates: Iterable[Update]) -> bool:
    return any(update.kind == "retraction" for update in updates)


def _copyright(page: "Page", home: str) -> Node:
    """Return who holds the rights to what was first published here."""
    if page.editorial.origin or not page.published:
        return {}
    return {"copyrightHolder": {"@id": f"{home}#org"}, "copyrightYear": page.published.year}


def _identifier(doi: str) -> Node:
    url = DOI_PREFIX + doi
    value = {"@type": "PropertyValue", "propertyID": "DOI", "value": doi, "url": url}
    return {"identifier": value, "sameAs": url} if doi else {}


def _funder(funder: Funder) -> Node:
    return _filled({"@type": "Organization", "name": funder.name, "sameAs": funder.ror})


def _correction(update: Update) -> Node:
    return {
        "@type": "CorrectionComment",
        "text": str(Markup(update.text).striptags()),
        "datePublished": update.published.date().isoformat(),
    }


def _based_on(origin: Origin | None) -> Node:
    if origin is None:
        return {}
    publisher = {"@type": "Organization", "name": origin.publisher} if origin.publisher else None
    return _filled(
        {
            "@type": "CreativeWork",
            "url": origin.url,
            "publisher": publisher,
            "datePublished": origin.published and origin.published.isoformat(),
        }
    )


def _translations(page: "Page", site: Facts) -> Node:
    """Return the original of a translation, or the translations of an original."""

    def named(edition: Edition) -> Node:
        mark = "" if is_absolute(edition.url) else "#article"
        return {"@id": join(site.url, edition.url) + mark}

    others = [edition for edition in page.editions if edition.url != page.url]
    original = next((edition for edition in others if edition.original), None)
    if original:
        return {"translationOfWork": named(original)}
    return {"workTranslation": [named(edition) for edition in others]}


def _web_page(page: "Page", site: Facts, cards: Sequence[Named]) -> Node:
    """Return the page as such: a text's, a person's, or a list's."""
    listing = page.kind not in _WEB_PAGES
    told = cards if len(cards) <= _MOST else ()
    items = [_item(site, n, card) for n, card in enumerate(told, start=1)]
    list_ = {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}
    person = _profiled(page, site, page.person) if page.person else None
    return _filled(
        {
            "@type": "CollectionPage" if listing else _WEB_PAGES[page.kind],
            "@id": page.canonical,
            "url": page.canonical,
            "name": page.title,
            "description": "" if page.kind == "brief" else page.summary,
            "inLanguage": page.lang,
            "breadcrumb": {"@id": f"{page.canonical}#crumbs"} if page.url != "/" else None,
            "isPartOf": {"@id": f"{site.url}/#website"},
            "mainEntity": person or (list_ if listing and items else None),
            "hasPart": [{"@id": f"{item['url']}#article"} for item in items] if person else (),
        }
    )


def _item(site: Facts, position: int, card: Named) -> Node:
    url = join(site.url, card.url)
    return {"@type": "ListItem", "position": position, "url": url, "name": card.title}


def _profiled(page: "Page", site: Facts, person: Person) -> Node:
    """Return all that is known of a person, on the page about them."""
    picture = person.photo and rebase(person.photo, f"{site.url}/", "/")
    own = {"image": picture, "description": page.summary}
    return _person(page, site, person) | _filled(own)


def _crumbs(page: "Page", site: Facts) -> Iterator[Node]:
    """Yield the way to a page from the front page, or from the index of its collection, and over
    its taxonomy."""
    if page.url == "/":
        return
    above = page.collection
    way = [(above.title, above.url) if above and above.url else (site.title, "/")]
    if page.term and page.taxonomy:
        way.append((page.taxonomy.title, page.taxonomy.url))
    steps = [
        {"@type": "ListItem", "position": n, "name": name, "item": join(site.url, url)}
        for n, (name, url) in enumerate(way, start=1)
    ]
    yield {
        "@type": "BreadcrumbList",
        "@id": f"{page.canonical}#crumbs",
        "itemListElement": [
            *steps,
            {"@type": "ListItem", "position": len(way) + 1, "name": page.title},
        ],
    }
