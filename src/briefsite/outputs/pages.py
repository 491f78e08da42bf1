"""Pages for readers: briefs, pages, indexes, 404."""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from briefsite.assembler import Facts, Shelf, Site
from briefsite.citations import Citation
from briefsite.config import Config
from briefsite.errors import Problem
from briefsite.library import File
from briefsite.model import Brief, BriefLink, Edition, Imprint
from briefsite.outputs.output import Desk, Output
from briefsite.outputs.views import (
    Card,
    Groups,
    Listed,
    Page,
    Pager,
    Section,
    Stretch,
    Turn,
    a_minute,
    download,
    image_of,
    list_page,
    minutes,
    page_of,
)
from briefsite.pdfs import Pdf
from briefsite.pictures import size_of
from briefsite.prose import liquid_marks
from briefsite.renderer import NOTHING, Entry, Links, Renderer, Shared, View
from briefsite.titles import title_in
from briefsite.urls import output_path, root_of
from briefsite.values import replace
from briefsite.ways import Guide, Ways

T = TypeVar("T")
_NO_IMPRINT = Imprint()
_NO_FIELDS: dict[str, Any] = {}
NOT_FOUND = "404.html"
"""Served at any depth, so its links cannot be relative to where it lies."""


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
    words = minutes(brief) * a_minute(brief)
    fields = brief.fields if liquid_marks.may_hold(brief.excerpt) else _NO_FIELDS
    return replace(
        brief,
        people=(),
        bios=(),
        imprint=_NO_IMPRINT,
        terms=_NO_FIELDS,
        editorial=NOTHING,
        embargo=None,
        pdf="",
        digest="",
        body_line=0,
        plain=False,
        targets=(),
        fields=fields,
        words=words,
    )


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
