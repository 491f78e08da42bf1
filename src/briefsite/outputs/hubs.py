"""Pages of topics and other terms, authors, series and years, and the lists of all of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from markupsafe import Markup

from briefsite.assembler import Shelf, Site
from briefsite.channels import feed_links
from briefsite.citations import Citation, coins, for_list
from briefsite.hubs import Hub, Term
from briefsite.model import Brief, Link, Person
from briefsite.outputs.output import Desk, Output
from briefsite.outputs.pages import is_taken, turned
from briefsite.outputs.redirects import redirects_of
from briefsite.outputs.views import Pager, list_page
from briefsite.renderer import Entry, Renderer, Shared, View, resolver
from briefsite.templates import markup
from briefsite.urls import fold, output_path, root_of
from briefsite.values import Struct, replace

_KINDS = {"authors": "author", "series": "series"}
"""What the pages of a taxonomy are for templates, and which template makes them; else `term`."""
_YEAR = 500
"""Briefs on a page of a year, at least: few links lead to any of them (publishing.md 1.1)."""


class Row(Link, frozen=True):
    """A brief in a long list, as templates see it: nothing that would have to be rendered."""

    subtitle: str
    authors: tuple[str, ...]
    published: datetime | None
    lang: str
    part: int
    coins: str = ""
    """Its citation for reference managers; empty where the site has none."""


class Line(Struct, frozen=True):
    """What a row is made from."""

    row: Row
    """Without the citation, which takes long to write."""
    cited: Citation | None

    def shown(self) -> Row:
        """Return the whole row."""
        return replace(self.row, coins=coins(self.cited)) if self.cited else self.row


class Tally(Link, frozen=True):
    """A term, as templates see it."""

    count: int
    """How many briefs it has."""
    feed: str = ""


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield the list of each taxonomy and the pages of each term; whatever else stands at the
    address of one wins."""
    if not site.hubs:
        return
    taken = frozenset(map(fold, _taken(site, desk)))
    above = {brief.url: desk.entry(brief) for brief in site.documents if brief.url in desk.indexes}
    lines = {brief.source: _line(site, brief) for brief in site.briefs}
    for hub in site.hubs:
        shelf = Shelf(hub.name, hub.title, hub.url)
        pages = [_list(desk, hub, shelf, above.get(hub.url))]
        for term in hub.terms:
            listed = tuple(lines[brief.source] for brief in term.briefs)
            pages.append(_term(desk, shelf, term, listed, above.get(term.url)))
        for outputs in map(list, pages):
            if outputs and fold(outputs[0].path) not in taken:
                yield from outputs


def _taken(site: Site, desk: Desk) -> Iterator[str]:
    """Yield the paths of what the author wants at an address."""
    yield from desk.taken
    yield from (output_path(shelf.url) for shelf in site.shelves)
    yield from (redirect.output for redirect in redirects_of(site))
    yield from (brief.output for brief in site.documents if is_taken(desk, brief))


def _line(site: Site, brief: Brief) -> Line:
    row = Row(
        brief.url,
        brief.headline,
        brief.subtitle,
        brief.authors,
        brief.published,
        brief.lang,
        brief.imprint.part,
    )
    cited = site.citations.get(brief.source)
    return Line(row, for_list(cited) if cited else None)


def _list(desk: Desk, hub: Hub, shelf: Shelf, above: Entry | None) -> Iterator[Output]:
    view = desk.view("taxonomy.html", f"the list {hub.url}")
    tallies = tuple(Tally(term.url, term.name, len(term.briefs)) for term in hub.terms)
    if view is not None:
        inputs = (view, desk.share("facts"), shelf, tallies, above)
        yield Output(output_path(hub.url), make_list, inputs, f"the list {hub.url}")


def _term(
    desk: Desk, shelf: Shelf, term: Term, listed: tuple[Line, ...], above: Entry | None
) -> Iterator[Output]:
    view = desk.view(f"{_KINDS.get(shelf.name, 'term')}.html", f"the list {term.url}")
    tally = Tally(term.url, term.name, len(listed), term.feed if desk.site.facts.feeds else "")
    least = _YEAR if shelf.name == "archive" else 1
    for pager, lines in turned(desk.project.config, term.url, listed, least) if view else ():
        text = above if pager.number == 1 else None
        inputs = (view, desk.share("facts"), shelf, tally, term.person, lines, pager, text)
        yield Output(output_path(pager.url), make_term, inputs, f"the list {term.url}")


def make_list(
    renderer: Renderer,
    view: View,
    _: Shared,
    shelf: Shelf,
    tallies: tuple[Tally, ...],
    above: Entry | None,
) -> bytes:
    """Make the list of a taxonomy's terms."""
    root = root_of(shelf.url)
    summary = _told(shelf.title, [tally.title for tally in tallies])
    page = list_page(renderer, "taxonomy", shelf.title, shelf.url, summary=summary, taxonomy=shelf)
    article = renderer.article(above, root) if above else None
    return renderer.fill(view, page, root, terms=tallies, article=article)


def make_term(
    renderer: Renderer,
    view: View,
    _: Shared,
    shelf: Shelf,
    term: Tally,
    person: Person | None,
    lines: tuple[Line, ...],
    pager: Pager,
    above: Entry | None,
) -> bytes:
    """Make one page of a term."""
    root, kind = root_of(pager.url), _KINDS.get(shelf.name, "term")
    rows = tuple(line.shown() for line in lines)
    title = renderer.project.config.title
    bio, summary = _bio(renderer, person, pager) if person and person.bio else (Markup(), "")
    page = list_page(
        renderer,
        kind,
        term.title,
        pager.url,
        summary=summary or _told(term.title, [row.title for row in rows]),
        profiles={person.id: term.url} if person else {},
        taxonomy=shelf,
        term=term,
        person=person,
        feeds=feed_links(renderer.project, term.feed, f"{title} | {term.title}"),
    )
    article = renderer.article(above, root) if above else None
    return renderer.fill(view, page, root, rows=rows, pager=pager, article=article, bio=bio)


def _told(title: str, names: Sequence[str]) -> str:
    """Return what describes a list where nobody has: its title and what it begins with."""
    return f"{title}: {'; '.join(names[:3])}"


def _bio(renderer: Renderer, person: Person, pager: Pager) -> tuple[Markup, str]:
    """Return what the registry says of somebody, as HTML and in plain words."""
    from briefsite.prose import markdown  # most authors have none

    resolve = resolver({}, root_of(pager.url), pager.url)
    html = markdown.render_excerpt(person.bio, resolve, renderer.options)
    return markup(html), markdown.plain_text(person.bio, renderer.options)
