"""Pages for readers: briefs, pages, indexes, 404."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from markupsafe import Markup

from briefsite.assembler import Shelf, Site
from briefsite.model import Brief, Link
from briefsite.outputs.output import Desk, Output
from briefsite.renderer import Links, Renderer, Shared, View, resolver
from briefsite.urls import is_absolute, join, output_path, root_of

WORDS_A_MINUTE = 230


@dataclass(frozen=True, slots=True)
class Page:
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
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list needs of a brief to make its card: an input."""

    brief: Brief
    links: Links
    collection: Shelf | None

    def card(self, renderer: Renderer, root: str) -> "Card":
        """Return the card for a page whose links begin with `root`."""
        brief = self.brief
        return Card(
            brief.url,
            brief.title,
            brief.subtitle,
            brief.authors,
            brief.published,
            brief.updated,
            brief.lang,
            self.collection,
            minutes(brief),
            _image(self),
            brief.image_alt,
            brief.tags,
            renderer.excerpt(brief, self.links, root),
        )


@dataclass(frozen=True, slots=True)
class Card:
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


@dataclass(frozen=True, slots=True)
class Turn:
    """One page of an index in the pager."""

    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of an index stands among the others."""

    number: int
    count: int
    total: int
    pages: tuple[Turn, ...]

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
    listed = entries(site)
    yield from _index(desk, "/", site.facts.title, listed)
    for shelf in site.shelves:
        if shelf.url != "/":
            own = tuple(entry for entry in listed if entry.collection == shelf)
            yield from _index(desk, shelf.url, shelf.title, own)
    view = desk.view("404.html", "the page for addresses that do not exist")
    if view is not None:
        # Served at any depth, so its links cannot be relative to where it lies.
        root = desk.project.base_path + "/"
        yield Output("404.html", make_404, (view, desk.share("facts"), root), "the 404 page")


def entries(site: Site) -> tuple[Entry, ...]:
    """Return what lists need of every listed brief, newest first: nothing that only its own page
    shows."""
    shelves = {shelf.name: shelf for shelf in site.shelves}
    return tuple(
        Entry(_narrow(brief), _shown(site.links(brief), brief), shelves.get(brief.collection))
        for brief in site.briefs
    )


def _narrow(brief: Brief) -> Brief:
    words = minutes(brief) * WORDS_A_MINUTE
    return replace(brief, digest="", body_line=0, targets=(), fields={}, words=words)


def _shown(links: Links, brief: Brief) -> Links:
    return tuple(
        (target, url) for target, url in links if target in brief.excerpt or target == brief.image
    )


def _documents(site: Site, desk: Desk) -> Iterator[Output]:
    shelves = {shelf.name: shelf for shelf in site.shelves}
    around = site.neighbours()
    for brief in site.documents:
        view = desk.view(f"{brief.layout}.html", brief.source) if brief.layout else None
        if view is None and brief.layout:
            continue
        older, newer = around.get(brief.source, (None, None))
        shelf = shelves.get(brief.collection) if brief.dated else None
        entry = Entry(brief, site.links(brief), shelf)
        inputs = (view, desk.share("facts"), entry, older, newer)
        yield Output(brief.output, make_document, inputs, brief.source)


def _index(desk: Desk, url: str, title: str, listed: tuple[Entry, ...]) -> Iterator[Output]:
    size = desk.project.config.paginate
    view = desk.view("index.html", "the index")
    if view is None:
        return
    count = max(1, -(-len(listed) // size))
    turns = tuple(Turn(n, url if n == 1 else f"{url}page/{n}/") for n in range(1, count + 1))
    for turn in turns:
        shown = listed[(turn.number - 1) * size : turn.number * size]
        pager = Pager(turn.number, count, len(listed), turns)
        inputs = (view, desk.share("facts"), title, shown, pager)
        yield Output(output_path(turn.url), make_index, inputs, f"the index {url}")


def page_of(renderer: Renderer, entry: Entry) -> Page:
    """Return `page` for the page of a brief or of a page without date."""
    brief, base = entry.brief, renderer.project.base_url
    return Page(
        kind="brief" if brief.dated else "page",
        title=brief.title,
        url=brief.url,
        source=brief.source,
        canonical=join(base, brief.url) if base else "",
        lang=brief.lang,
        summary=renderer.summary(brief),
        noindex=brief.unlisted or brief.draft or brief.hidden,
        image=_image(entry),
        subtitle=brief.subtitle,
        authors=brief.authors,
        published=brief.published,
        updated=brief.updated,
        image_alt=brief.image_alt,
        image_caption=brief.image_caption,
        categories=brief.categories,
        tags=brief.tags,
        collection=entry.collection,
        words=brief.words,
        minutes=minutes(brief),
        status="draft" if brief.draft else "unpublished" if brief.hidden else "",
        fields=brief.fields,
    )


def minutes(brief: Brief) -> int:
    """Return the reading time of `brief` in minutes, at least one."""
    return max(1, round(brief.words / WORDS_A_MINUTE))


def _image(entry: Entry) -> str:
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
    older: Link | None,
    newer: Link | None,
) -> bytes:
    """Make the page of a brief, or the bare article where it wants no layout."""
    root = root_of(entry.brief.url)
    article = renderer.article(entry.brief, entry.links, root)
    if view is None:
        return article.html.encode()
    page = page_of(renderer, entry)
    return renderer.fill(view, page, root, article=article, older=older, newer=newer)


def make_index(
    renderer: Renderer, view: View, _: Shared, title: str, shown: tuple[Entry, ...], pager: Pager
) -> bytes:
    """Make one page of an index."""
    url = pager.pages[pager.number - 1].url
    root, base, config = root_of(url), renderer.project.base_url, renderer.project.config
    page = Page(
        kind="index",
        title=title,
        url=url,
        source=f"the index {url}",
        lang=config.lang,
        canonical=join(base, url) if base else "",
        summary=config.description,
    )
    cards = tuple(entry.card(renderer, root) for entry in shown)
    return renderer.fill(view, page, root, cards=cards, pager=pager)


def make_404(renderer: Renderer, view: View, _: Shared, root: str) -> bytes:
    """Make the page for addresses that do not exist."""
    page = Page(
        kind="404",
        title="Page not found",
        url="/404.html",
        source="the 404 page",
        lang=renderer.project.config.lang,
        noindex=True,
    )
    return renderer.fill(view, page, root)
