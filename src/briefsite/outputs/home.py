"""The front page where site.yaml shapes it: sections of briefs, then the index's further pages."""

from collections.abc import Iterable, Iterator

from briefsite.assembler import Site
from briefsite.config import CONFIG_FILE, taxonomies_of
from briefsite.errors import Problem
from briefsite.hubs import key_of
from briefsite.model import Brief
from briefsite.outputs.output import Desk, Output
from briefsite.outputs.pages import index, is_taken
from briefsite.outputs.views import Listed, Stretch
from briefsite.schema import suggest
from briefsite.sections import HomeSection
from briefsite.site_yaml import line_in_config
from briefsite.spots import DEFAULT_COLLECTION
from briefsite.values import Struct


class Choice(Struct, frozen=True):
    """What a section may show."""

    title: str = ""
    url: str = ""
    """Where all of `briefs` stand; may be empty."""
    briefs: tuple[Brief, ...] = ()
    """In the order in which they are taken."""


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield the pages of the front page that `home` in site.yaml describes: no brief twice, and
    every listed brief on one of them. Where no section has a brief, it is the index."""
    home = desk.project.config.home
    if not home:
        return
    listed: dict[str, Listed] = {item.entry.brief.source: item for item in desk.shared["briefs"]}
    own = {brief.url: brief for brief in site.documents if brief.url == "/"}
    if is_taken(desk, own.get("/")):
        what = "this is the front page, so 'home:' in site.yaml has no effect"
        hint = "take its 'layout:' out to have it stand above the sections"
        desk.problems.append(Problem(own["/"].source, what, hint=hint, warning=True))
    first, sections = [], []
    for number, section in enumerate(home):
        choice = _choice(site, desk, number, section)
        taken = [listed.pop(b.source) for b in _limited(choice.briefs, listed, section)]
        first += taken
        if taken:
            title = section.title or choice.title
            sections.append(Stretch(section.kind, title, choice.url, len(taken)))
    rest = tuple(listed.values())
    yield from index(desk, "/", site.facts.title, rest, own, tuple(first), tuple(sections))


def _limited(
    briefs: Iterable[Brief], left: dict[str, Listed], section: HomeSection
) -> tuple[Brief, ...]:
    """Return as many of `briefs` as the section shows, of those that no other has taken."""
    count = section.featured or section.latest or section.count
    return tuple(brief for brief in briefs if brief.source in left)[:count]


def _choice(site: Site, desk: Desk, number: int, section: HomeSection) -> Choice:
    if section.kind == "featured":
        said = (brief for brief in site.briefs if brief.fields.get("featured") is True)
        return Choice(briefs=tuple(said))
    if section.kind == "collection":
        return _collection(site, desk, number, section.collection)
    if section.kind == "topic":
        return _topic(site, desk, number, section)
    return Choice(briefs=site.briefs)


def _collection(site: Site, desk: Desk, number: int, name: str) -> Choice:
    for shelf in site.shelves:
        if shelf.name == name:
            return Choice(shelf.title, shelf.url, site.of(name))
    declared = desk.project.config.collections
    known = {DEFAULT_COLLECTION, *declared, *(shelf.name for shelf in site.shelves)}
    _unknown(desk, ("home", number, "collection"), name, known, sure=name not in known)
    return Choice()


def _topic(site: Site, desk: Desk, number: int, section: HomeSection) -> Choice:
    taxonomies = taxonomies_of(desk.project.config)
    hub = next((hub for hub in site.hubs if hub.name == section.taxonomy), None)
    if section.taxonomy not in taxonomies:
        _unknown(desk, ("home", number, "taxonomy"), section.taxonomy, taxonomies, sure=True)
        return Choice()
    terms = hub.terms if hub else ()
    for term in terms:
        if key_of(section.topic) in (term.key, key_of(term.name)):
            return Choice(term.name, term.url, term.briefs)
    allowed = taxonomies[section.taxonomy].terms
    if section.topic not in allowed:
        known = {*allowed, *(term.name for term in terms)}
        _unknown(desk, ("home", number, "topic"), section.topic, known, sure=bool(allowed))
    return Choice()


def _unknown(
    desk: Desk, path: tuple[str | int, ...], name: str, known: Iterable[str], *, sure: bool
) -> None:
    """Note a name that nothing has; a warning unless it is `sure` that it never will, for a brief
    that has it may be scheduled."""
    if not sure and name in known:
        return
    what = f"there is no {path[-1]}" if sure else f"no public brief has the {path[-1]}"
    hint = suggest(name, known) or (f"there are: {', '.join(sorted(known))}" if known else "")
    line = line_in_config(desk.project.root, path)
    told = f"home[{path[1]}]: {what} '{name}'"
    desk.problems.append(Problem(CONFIG_FILE, told, line, hint, warning=not sure))
