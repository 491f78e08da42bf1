"""Where one may go from the page of a brief: its terms, authors, series, and what is related."""

from collections.abc import Iterable, Iterator, Mapping

from briefsite.config import Project
from briefsite.hubs import Hub, Term, heading, key_of
from briefsite.model import Brief, BriefLink, Link
from briefsite.values import Struct

RELATED = 4
"""Related briefs on a page."""
Pieces = tuple[tuple[str, str], ...]


class Group(Struct, frozen=True):
    """The terms that a brief has in one taxonomy, as templates see them."""

    name: str
    title: str
    terms: tuple[Link, ...]
    """The address is empty where a term has no page."""


class Part(Struct, frozen=True):
    """Where a brief stands in its series, as templates see it."""

    series: Link
    number: int = 0
    """0 where the brief is no part with a number."""
    count: int = 0
    """How many parts there are; 0 where they have no numbers."""
    previous: BriefLink | None = None
    next: BriefLink | None = None


class Ways(Struct, frozen=True):
    """The ways from one page: an input."""

    groups: tuple[Group, ...] = ()
    authors: tuple[tuple[str, str], ...] = ()
    """Id and address of each author who has a page."""
    part: Part | None = None
    related: tuple[BriefLink, ...] = ()


class Guide:
    """Knows the ways from every brief."""

    def __init__(
        self, project: Project, hubs: Iterable[Hub], related: Mapping[str, tuple[BriefLink, ...]]
    ) -> None:
        self._config, self._related = project.config, related
        terms = [(hub.name, term) for hub in hubs for term in hub.terms]
        self._terms = {(name, term.key): term for name, term in terms}
        self._parts = {
            source: part
            for name, term in terms
            if name == "series"
            for source, part in _parts(term)
        }

    def ways(self, brief: Brief) -> Ways:
        """Return the ways from the page of `brief`."""
        ids = dict.fromkeys(p.id for p in brief.people if p.role == "author")
        found = ((id_, self._terms.get(("authors", id_))) for id_ in ids)
        part = self._part(brief)
        near = (part.previous, part.next) if part else ()
        related = [link for link in self._related.get(brief.source, ()) if link not in near]
        return Ways(
            tuple(self._groups(brief)),
            tuple((id_, term.url) for id_, term in found if term),
            part,
            tuple(related[:RELATED]),
        )

    def _groups(self, brief: Brief) -> Iterator[Group]:
        named = self._config.taxonomies
        own = {"tags": brief.tags, "categories": brief.categories}
        held = brief.terms | {name: own[name] for name in own if name in named and own[name]}
        for name, said in held.items():
            title = named[name].title if name in named else ""
            links = dict.fromkeys(self._link(name, term) for term in said)
            yield Group(name, heading(name, title, brief.lang), tuple(links))

    def _link(self, name: str, said: str) -> Link:
        term = self._terms.get((name, key_of(said)))
        return Link(term.url, term.name) if term else Link("", said)

    def _part(self, brief: Brief) -> Part | None:
        series = brief.imprint.series
        if not series or brief.source in self._parts:
            return self._parts.get(brief.source)
        return Part(self._link("series", series))


def _parts(term: Term) -> Iterator[tuple[str, Part]]:
    """Yield source and place of each brief of a series that has a number in it."""
    link = Link(term.url, term.name)
    parts = [brief for brief in term.briefs if brief.imprint.part]
    links = [None, *(BriefLink(brief.url, brief.headline, brief.lang) for brief in parts), None]
    count = max(len(parts), parts[-1].imprint.part) if parts else 0
    for brief, before, after in zip(parts, links, links[2:], strict=False):
        yield brief.source, Part(link, brief.imprint.part, count, before, after)


def byline(brief: Brief, urls: Mapping[str, str]) -> Iterator[Pieces]:
    """Yield the parts of each text of a byline; a name that has a page is one of its own."""
    authors = [person for person in brief.people if person.role == "author"]
    for number, text in enumerate(brief.authors):
        alone = len(authors) == len(brief.authors)
        pieces, rest = [], text
        for person in authors[number : number + 1] if alone else authors:
            before, name, after = rest.partition(person.name)
            if name and person.id in urls:
                pieces += [(before, ""), (name, urls[person.id])]
                rest = after
        whole = urls.get(authors[number].id, "") if alone and not pieces else ""
        yield tuple(piece for piece in (*pieces, (rest, whole)) if piece[0])
