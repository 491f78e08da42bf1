"""What templates see of pages, briefs and lists."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from briefsite.assembler import Facts, Shelf
from briefsite.channels import FeedLink
from briefsite.citations import FORMATS, STYLES, Citation, beside
from briefsite.languages import by_characters
from briefsite.model import Brief, BriefLink, Edition, Editorial, Imprint, Link, Person
from briefsite.outputs.graph import Named
from briefsite.outputs.metadata import Metadata, describe
from briefsite.outputs.twins import twin_of
from briefsite.pdfs import Pdf
from briefsite.pictures import Size
from briefsite.renderer import Entry, Renderer, resolver
from briefsite.templates import markup
from briefsite.urls import is_absolute, join, url_of
from briefsite.values import Struct, field
from briefsite.ways import Group, Part, Pieces, Ways, byline

NO_WAYS = Ways()
_AS_SAID = (
    "url source lang subtitle authors people published updated image_alt image_caption categories "
    "tags words fields keywords imprint"
).split()
"""What a brief's page says as the brief does."""
WORDS_A_MINUTE, CHARACTERS_A_MINUTE = 230, 450


class Page(Struct, frozen=True):
    """`page` in templates."""

    kind: str
    title: str
    url: str
    source: str
    """What it is made from, for messages."""
    canonical: str = ""
    lang: str = ""
    summary: str = ""
    noindex: bool = False
    image: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    image_alt: str = ""
    image_caption: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    collection: Shelf | None = None
    words: int = 0
    minutes: int = 0
    status: str = ""
    citation: "Cited | None" = None
    feeds: tuple[FeedLink, ...] = ()
    """What can be followed here beside the whole site."""
    markdown: str = ""
    """Path of its text as Markdown; may be empty."""
    fields: dict[str, Any] = field(default_factory=dict)
    imprint: Imprint = Imprint()
    editorial: Editorial = Editorial()
    """What the publisher says, its texts safe to print."""
    editions: tuple[Edition, ...] = ()
    """The languages of the text, this one too; empty where there is only one."""
    keywords: tuple[str, ...] = ()
    byline: tuple[Pieces, ...] = ()
    """For each of `authors` its parts: (text, address of their page or nothing)."""
    profiles: dict[str, str] = field(default_factory=dict)
    """Addresses of the pages of `people`, by id."""
    terms: tuple[Group, ...] = ()
    part: Part | None = None
    related: tuple[BriefLink, ...] = ()
    taxonomy: Shelf | None = None
    term: Link | None = None
    person: Person | None = None
    """Whom the page of an author is about."""
    pdf: "Download | None" = None
    image_size: Size | None = None
    """Width and height of the lead image; None where it lies elsewhere or tells none."""

    def metadata(self, site: Facts, cards: Sequence[Named] = ()) -> Metadata:
        """Return what the head says of this page, which lists `cards`."""
        return describe(self, site, cards)


class Cited(Struct, frozen=True):
    """How a brief is cited, as templates see it."""

    key: str
    styles: tuple[tuple[str, Markup], ...]
    """Names of styles, and the citation in each: safe to print."""
    files: tuple[tuple[str, str, str], ...]
    """Name, address on the site and media type of each file for reference managers."""


class Download(Struct, frozen=True):
    """The PDF of a brief, as templates see it."""

    url: str
    """Path on the site, or an absolute address."""
    size: int = 0
    """Bytes; 0 where it lies elsewhere."""


class Listed(Struct, frozen=True):
    """What a list needs of a brief to make its card: an input."""

    entry: Entry
    collection: Shelf | None

    def card(self, renderer: Renderer, root: str) -> "Card":
        """Return the card for a page whose links begin with `root`."""
        brief = self.entry.brief
        return Card(
            brief.url,
            brief.headline,
            brief.subtitle,
            brief.authors,
            brief.published,
            brief.updated,
            brief.lang,
            self.collection,
            minutes(brief),
            image_of(self.entry),
            brief.image_alt,
            brief.tags,
            renderer.excerpt(self.entry, root),
        )


class Groups(Struct, frozen=True):
    """The documents of each collection: the input behind `site.documents`."""

    entries: dict[str, tuple[Entry, ...]]

    def view(self, renderer: Renderer, root: str) -> dict[str, tuple["Document", ...]]:
        """Return what `site.documents` is on pages whose links begin with `root`."""
        return {
            name: tuple(Document(entry, renderer, root) for entry in entries)
            for name, entries in self.entries.items()
        }


class Document:
    """A document of a collection, as templates see it; its article is made when it is asked for."""

    def __init__(self, entry: Entry, renderer: Renderer, root: str) -> None:
        self._entry, self._renderer, self._root = entry, renderer, root
        brief = entry.brief
        self.url = brief.url if brief.has_page else ""
        self.title, self.published, self.fields = brief.title, brief.published, brief.fields

    @property
    def excerpt(self) -> Markup:
        """Return the excerpt as HTML."""
        return self._renderer.excerpt(self._entry, self._root)

    @property
    def content(self) -> Markup:
        """Return the whole article as HTML."""
        return self._renderer.article(self._entry, self._root).html  # type: ignore[return-value]  # printable


class Card(Struct, frozen=True):
    """A brief in a list, as templates see it."""

    url: str
    title: str
    subtitle: str
    authors: tuple[str, ...]
    published: datetime | None
    updated: datetime | None
    lang: str
    collection: Shelf | None
    minutes: int
    image: str
    image_alt: str
    tags: tuple[str, ...]
    excerpt: Markup


class Stretch(Struct, frozen=True):
    """A section of the front page: an input, its briefs the next so many of those shown."""

    kind: str
    """`featured`, `latest`, `topic` or `collection`."""
    title: str
    """Empty where the theme has a word for it."""
    url: str
    """Where all of its briefs stand; may be empty."""
    count: int


class Section(Struct, frozen=True):
    """A section of the front page, as templates see it."""

    kind: str
    title: str
    url: str
    cards: tuple[Card, ...]


class Turn(Struct, frozen=True):
    """One page of an index in the pager."""

    number: int
    url: str


class Pager(Struct, frozen=True):
    """Where a page of an index stands among the others."""

    number: int
    count: int
    total: int
    pages: tuple[Turn, ...]

    @property
    def url(self) -> str:
        """Address of this page."""
        return self.pages[self.number - 1].url

    @property
    def newer(self) -> str:
        """Address of the page with newer briefs, or nothing."""
        return self.pages[self.number - 2].url if self.number > 1 else ""

    @property
    def older(self) -> str:
        """Address of the page with older briefs, or nothing."""
        return self.pages[self.number].url if self.number < self.count else ""


def page_of(
    renderer: Renderer,
    entry: Entry,
    collection: Shelf | None,
    citation: Citation | None = None,
    ways: Ways = NO_WAYS,
) -> Page:
    """Return `page` for the page of a brief or of a page without date."""
    brief, base = entry.brief, renderer.project.base_url
    return Page(
        kind="brief" if brief.dated else "page",
        title=brief.headline,
        canonical=join(base, brief.url) if base else "",
        summary=renderer.summary(entry),
        noindex=brief.unlisted or brief.draft or brief.hidden,
        image=image_of(entry),
        collection=collection,
        minutes=minutes(brief),
        status="draft" if brief.draft else "unpublished" if brief.hidden else "",
        citation=_cited(citation, brief) if citation else None,
        feeds=collection.feeds if collection else (),
        markdown=url_of(twin) if (twin := twin_of(renderer.project, brief)) else "",
        byline=tuple(byline(brief, dict(ways.authors))),
        profiles=dict(ways.authors),
        terms=ways.groups,
        part=ways.part,
        related=ways.related,
        **{name: getattr(brief, name) for name in _AS_SAID},
    )


def _cited(citation: Citation, brief: Brief) -> Cited:
    stem = beside(brief.output)
    return Cited(
        citation.key,
        tuple((name, markup(style(citation))) for name, style in STYLES.items()),
        tuple((f.name, url_of(stem + f.ending), f.media_type) for f in FORMATS),
    )


def minutes(brief: Brief) -> int:
    """Return the reading time of `brief` in minutes, at least one."""
    return max(1, round(brief.words / a_minute(brief)))


def a_minute(brief: Brief) -> int:
    """Return how many words, or characters, of `brief` are read in a minute."""
    return CHARACTERS_A_MINUTE if by_characters(brief.lang) else WORDS_A_MINUTE


def image_of(entry: Entry) -> str:
    """Return the lead image as a path on the site or an absolute address."""
    image = entry.brief.image
    if not image or is_absolute(image):
        return image
    return resolver(dict(entry.links), "/", entry.brief.url)(image)


def download(renderer: Renderer, pdf: Pdf) -> Download:
    """Return a PDF as templates see it."""
    return Download(pdf.url, renderer.file(pdf.file).stat().st_size if pdf.file else 0)


def list_page(renderer: Renderer, kind: str, title: str, url: str, **values: Any) -> Page:
    """Return `page` for a list, in the site's language."""
    project = renderer.project
    return Page(
        kind=kind,
        title=title,
        url=url,
        lang=project.config.lang,
        canonical=join(project.base_url, url) if project.base_url else "",
        **{"source": f"the {kind} {url}"} | values,
    )
