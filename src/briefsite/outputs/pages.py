"""Pages for readers: briefs, pages, indexes, 404."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from markupsafe import Markup

from briefsite.assembler import Facts, Shelf, Site
from briefsite.channels import FeedLink
from briefsite.citations import FORMATS, STYLES, Citation, beside
from briefsite.config import Config
from briefsite.errors import Problem
from briefsite.languages import by_characters
from briefsite.library import File
from briefsite.model import Brief, BriefLink, Edition, Editorial, Imprint, Link, Person
from briefsite.outputs.graph import Named
from briefsite.outputs.metadata import Metadata, describe
from briefsite.outputs.output import Desk, Output
from briefsite.outputs.twins import twin_of
from briefsite.pdfs import Pdf
from briefsite.pictures import Size, size_of
from briefsite.prose import liquid_marks
from briefsite.renderer import Entry, Links, Renderer, Shared, View, resolver
from briefsite.templates import markup
from briefsite.titles import title_in
from briefsite.urls import is_absolute, join, output_path, root_of, url_of
from briefsite.values import Struct, field, replace
from briefsite.ways import Group, Guide, Part, Pieces, Ways, byline

T = TypeVar("T")
NO_WAYS = Ways()
WORDS_A_MINUTE, CHARACTERS_A_MINUTE = 230, 450
NOT_FOUND = "404.html"
"""Served at any depth, so its links cannot be relative to where it lies."""


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


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield a page for each document, the pages of each index, and 404.html."""
    yield from _documents(site, desk)
    own = {brief.url: brief for brief in site.documents}
    listed = desk.shared["briefs"]
    if not desk.project.config.home:
        yield from index(desk, "/", site.facts.title, listed, own)
    for shelf in site.shelves:
        if shelf.url != "/":
            held = tuple(item for item in listed if item.collection == shelf)
            yield from index(desk, shelf.url, shelf.title, held, own)
    view = desk.view("404.html", "the page for addresses that do not exist")
    if view is not None and "/404.html" not in own:
        root = desk.project.base_path + "/"
        yield Output(NOT_FOUND, make_404, (view, desk.share("facts"), root), "the 404 page")


def entries(site: Site, desk: Desk) -> tuple[Listed, ...]:
    """Return what lists need of every listed brief, newest first: nothing that only its own page
    shows."""
    shelves = {shelf.name: shelf for shelf in site.shelves}
    return tuple(
        Listed(narrow(desk.entry(brief)), shelves.get(brief.collection)) for brief in site.briefs
    )


def narrow(entry: Entry) -> Entry:
    """Return `entry` without what only the brief's own page shows."""
    brief = entry.brief
    return replace(entry, brief=_narrow(brief), links=_shown(entry.links, brief))


def groups(site: Site, desk: Desk) -> Groups:
    """Return the documents of each declared collection, in its own order."""
    return Groups({name: tuple(map(desk.entry, briefs)) for name, briefs in site.groups.items()})


def _narrow(brief: Brief) -> Brief:
    words = minutes(brief) * _a_minute(brief)
    fields = brief.fields if liquid_marks.may_hold(brief.excerpt) else {}
    own = replace(brief, people=(), bios=(), imprint=Imprint(), terms={})
    own = replace(own, editorial=Editorial(), embargo=None, pdf="")
    return replace(own, digest="", body_line=0, plain=False, targets=(), fields=fields, words=words)


def _shown(links: Links, brief: Brief) -> Links:
    return tuple(
        (target, url)
        for target, url in links
        if target in brief.excerpt or target == brief.image or ":" in target
    )


def _documents(site: Site, desk: Desk) -> Iterator[Output]:
    shelves = {shelf.name: shelf for shelf in site.shelves}
    around = site.neighbours() | site.turns(desk.project.config)
    guide = Guide(desk.project, site.hubs, site.related)
    files = {asset.url: asset.file for asset in site.assets}
    for brief in site.documents:
        if brief.redirect_to or _is_introduction(desk, brief):
            continue
        view = desk.view(f"{_layout(desk, brief)}.html", brief.source) if brief.layout else None
        if view is None and brief.layout:
            continue
        older, newer = around.get(brief.source, (None, None))
        shelf = shelves.get(brief.collection) if brief.dated else None
        citation, ways = site.citations.get(brief.source), guide.ways(brief)
        entry = desk.entry(brief)
        inputs = (
            view,
            desk.share("facts"),
            entry,
            shelf,
            older,
            newer,
            citation,
            ways,
            site.editions.get(brief.source, ()),
            files.get(image_of(entry)) if brief.image else None,
            site.pdfs.get(brief.source),
        )
        yield Output(brief.output, make_document, inputs, brief.source)


def _layout(desk: Desk, brief: Brief) -> str:
    """Return the template that there is for `brief`; a Jekyll layout without one is replaced
    (jekyll.md M7b), and so is that of a text above a list which is not there (any more)."""
    if brief.layout == "index" and brief.url not in desk.indexes:
        what = f"there is no list at {brief.url} for this text to stand above; page.html is used"
        hint = "a term that no public brief has, or a list that site.yaml turns off, has no page"
        desk.problems.append(Problem(brief.source, what, hint=hint, warning=True))
        return "page"
    if desk.project.config.dialect != "jekyll" or desk.has(f"{brief.layout}.html"):
        return brief.layout
    other = "post" if brief.dated else "page"
    desk.problems.append(
        Problem(
            brief.source,
            f"there is no template for layout '{brief.layout}'; {other}.html is used",
            hint=f"write {desk.project.config.templates}/{brief.layout}.html, or leave it so",
            warning=True,
        )
    )
    return other


def _is_introduction(desk: Desk, brief: Brief) -> bool:
    """Return whether `brief` is the text above an index, and no page of its own."""
    jekyll = desk.project.config.dialect == "jekyll"
    shaped = bool(desk.project.config.home) and brief.url == "/" and "layout" not in brief.fields
    named = brief.layout == "index" or shaped
    return (
        named or (jekyll and not desk.has(f"{brief.layout}.html") and bool(brief.layout))
    ) and brief.url in desk.indexes


def index(
    desk: Desk,
    url: str,
    title: str,
    listed: tuple[Listed, ...],
    own: Mapping[str, Brief],
    first: tuple[Listed, ...] = (),
    sections: tuple[Stretch, ...] = (),
) -> Iterator[Output]:
    """Yield the pages of the index at `url`, of which the first shows `first` in `sections`, if
    given; a page of the author's at its address comes first: as its introduction, or in its
    place."""
    view = desk.view("index.html", "the index")
    if view is None or is_taken(desk, own.get(url)):
        return
    for pager, shown in turned(desk.project.config, url, listed, first=first):
        above = desk.entry(own[url]) if url in own and pager.number == 1 else None
        parts = sections if pager.number == 1 else ()
        inputs = (view, desk.share("facts"), title, shown, pager, above, parts)
        yield Output(output_path(pager.url), make_index, inputs, f"the index {url}")


def is_taken(desk: Desk, brief: Brief | None) -> bool:
    """Return whether a page of the author's stands in the place of a list, not above it."""
    return brief is not None and not _is_introduction(desk, brief)


def turned(
    config: Config,
    url: str,
    listed: tuple[T, ...],
    least: int = 1,
    first: tuple[T, ...] = (),
) -> Iterator[tuple[Pager, tuple[T, ...]]]:
    """Yield the pages of the list at `url`, at least one: pager, and what the page shows: `first`
    on the first, if given."""
    size = max(config.paginate, least)
    rest = [listed[n : n + size] for n in range(0, len(listed), size)]
    pages = [first, *rest] if first else rest or [()]
    turns = tuple(Turn(n, _turn(url, config.paginate_path, n)) for n in range(1, len(pages) + 1))
    for turn, shown in zip(turns, pages, strict=True):
        yield Pager(turn.number, len(pages), len(first) + len(listed), turns), shown


def _turn(url: str, pattern: str, number: int) -> str:
    """Return the address of page `number` of the index at `url`."""
    if number == 1:
        return url
    return posixpath.join(url, pattern.lstrip("/").replace(":num", str(number)))


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
        url=brief.url,
        source=brief.source,
        canonical=join(base, brief.url) if base else "",
        lang=brief.lang,
        summary=renderer.summary(entry),
        noindex=brief.unlisted or brief.draft or brief.hidden,
        image=image_of(entry),
        subtitle=brief.subtitle,
        authors=brief.authors,
        people=brief.people,
        published=brief.published,
        updated=brief.updated,
        image_alt=brief.image_alt,
        image_caption=brief.image_caption,
        categories=brief.categories,
        tags=brief.tags,
        collection=collection,
        words=brief.words,
        minutes=minutes(brief),
        status="draft" if brief.draft else "unpublished" if brief.hidden else "",
        citation=_cited(citation, brief) if citation else None,
        feeds=collection.feeds if collection else (),
        markdown=url_of(twin) if (twin := twin_of(renderer.project, brief)) else "",
        fields=brief.fields,
        keywords=brief.keywords,
        byline=tuple(byline(brief, dict(ways.authors))),
        profiles=dict(ways.authors),
        terms=ways.groups,
        part=ways.part,
        related=ways.related,
        imprint=brief.imprint,
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
    return max(1, round(brief.words / _a_minute(brief)))


def _a_minute(brief: Brief) -> int:
    return CHARACTERS_A_MINUTE if by_characters(brief.lang) else WORDS_A_MINUTE


def image_of(entry: Entry) -> str:
    """Return the lead image as a path on the site or an absolute address."""
    image = entry.brief.image
    if not image or is_absolute(image):
        return image
    return resolver(dict(entry.links), "/", entry.brief.url)(image)


def make_document(
    renderer: Renderer,
    view: View | None,
    _: Shared,
    entry: Entry,
    shelf: Shelf | None,
    older: BriefLink | None,
    newer: BriefLink | None,
    citation: Citation | None,
    ways: Ways,
    editions: tuple[Edition, ...],
    picture: File | None,
    pdf: Pdf | None,
) -> bytes:
    """Make the page of a brief, or the bare article where it wants no layout."""
    root = root_of(entry.brief.url)
    if entry.brief.output == NOT_FOUND:
        root = renderer.project.base_path + "/"
    article = renderer.article(entry, root, bare=view is None)
    if view is None:
        return article.html.encode()
    page = replace(
        page_of(renderer, entry, shelf, citation, ways),
        editorial=renderer.editorial(entry, root),
        editions=editions,
        image_size=size_of(renderer.file(picture)) if picture else None,
        pdf=download(renderer, pdf) if pdf else None,
    )
    return renderer.fill(view, page, root, article=article, older=older, newer=newer)


def download(renderer: Renderer, pdf: Pdf) -> Download:
    """Return a PDF as templates see it."""
    return Download(pdf.url, renderer.file(pdf.file).stat().st_size if pdf.file else 0)


def make_index(
    renderer: Renderer,
    view: View,
    _: Shared,
    title: str,
    shown: tuple[Listed, ...],
    pager: Pager,
    above: Entry | None,
    parts: tuple[Stretch, ...],
) -> bytes:
    """Make one page of an index."""
    root, config = root_of(pager.url), renderer.project.config
    facts: Facts = renderer.shared["facts"]
    feeds = (shelf.feeds for shelf in facts.collections if shelf.url == pager.pages[0].url)
    page = list_page(renderer, "index", title, pager.url, summary=config.description)
    page = replace(page, feeds=next(feeds, ()))
    cards = tuple(item.card(renderer, root) for item in shown)
    article = renderer.article(above, root) if above else None
    sections = tuple(_sections(parts, cards))
    return renderer.fill(
        view, page, root, cards=cards, sections=sections, pager=pager, article=article
    )


def _sections(parts: tuple[Stretch, ...], cards: tuple[Card, ...]) -> Iterator[Section]:
    """Yield each section with those of `cards` that are its own."""
    end = 0
    for part in parts:
        end += part.count
        yield Section(part.kind, part.title, part.url, cards[end - part.count : end])


def list_page(renderer: Renderer, kind: str, title: str, url: str, **values: Any) -> Page:
    """Return `page` for a list, in the site's language."""
    project = renderer.project
    return Page(
        kind=kind,
        title=title,
        url=url,
        source=f"the {kind} {url}",
        lang=project.config.lang,
        canonical=join(project.base_url, url) if project.base_url else "",
        **values,
    )


def make_404(renderer: Renderer, view: View, _: Shared, root: str) -> bytes:
    """Make the page for addresses that do not exist."""
    page = Page(
        kind="404",
        title=title_in(renderer.project.config.lang, "404"),
        url="/404.html",
        source="the 404 page",
        lang=renderer.project.config.lang,
        noindex=True,
    )
    return renderer.fill(view, page, root)
