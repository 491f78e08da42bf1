"""What may be wrong with a site and is no fault of a file's: for people to judge."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from briefsite.model import Brief, Person
from briefsite.people import Registry, ends_in_others, key_of, person_of
from briefsite.slugs import fold

_SURNAMES = frozenset(
    "bae chang chen cheng cheung choi chung dang gao guo han ho hong huang huynh hwang jeong jiang"
    " jung kang kim kwon li liang lim lin liu ma nguyen park pham seo shin song sun tan tran wang"
    " wong wu xu yang yoon yu zhang zhao zhou zhu".split()
)
"""Family names of East Asia that many bearers write first also in Latin letters."""
SHOWN = 3
"""Files named for each spelling."""


def authors(briefs: Iterable[Brief], registry: Registry) -> Iterator[str]:
    """Yield lines about authors: who may be one person under several names, which is only ever
    said and never acted on, whose family name may be another one than the last word, who was taken
    for an organization, and notes and bylines that do not
    fit (publishing.md 11)."""
    dated = [brief for brief in briefs if brief.dated]
    people: dict[str, Person] = {}
    places: dict[str, list[str]] = defaultdict(list)
    for brief in dated:
        for person in brief.people:
            people.setdefault(person.id, person)
            places[person.id].append(brief.source)
    yield from _variants(people, places, registry)
    yield from _unsure(people, places, registry)
    yield from _guessed(people, places, registry)
    for brief in sorted(dated, key=lambda brief: brief.source):
        yield from (f"{brief.source}: {what}" for _, what in odd_notes(brief))


def _variants(
    people: dict[str, Person], places: dict[str, list[str]], registry: Registry
) -> Iterator[str]:
    groups = defaultdict(list)
    for id_ in sorted(people):
        if people[id_].kind == "person":
            groups[key_of(people[id_])].append(id_)
    for key in sorted(groups):
        if len(groups[key]) > 1 and not registry.people.keys() >= set(groups[key]):
            yield "perhaps one person; if so, name one with the others as 'aliases' in authors.yml:"
            for id_ in sorted(groups[key], key=lambda id_: (-len(places[id_]), id_)):
                yield f"  {people[id_].name}: {_places(places[id_])}"


def _unsure(
    people: dict[str, Person], places: dict[str, list[str]], registry: Registry
) -> Iterator[str]:
    doubted = [id_ for id_ in sorted(people.keys() - registry.people) if _is_unsure(people[id_])]
    if doubted:
        yield "family names that were read as the last word; where they are not, write 'family':"
    for id_ in doubted:
        yield f"  {people[id_].name} ({people[id_].family}): {_places(places[id_])}"


def _is_unsure(person: Person) -> bool:
    """Return whether a family name may be longer than its last word, `Saiz Ruiz`, or the first."""
    words, last = person.given.split(), person.name.removesuffix(f" {person.suffix}")
    if not words or person.particle or person != person_of(person.name):
        return False
    if not last.endswith(person.family) or " " in person.family:
        return False
    if len(words) == 1:
        return fold(words[0]) in _SURNAMES
    return len(words[-1]) > 2 and words[-1].isalpha()


def _guessed(
    people: dict[str, Person], places: dict[str, list[str]], registry: Registry
) -> Iterator[str]:
    for id_ in sorted(people):
        person = people[id_]
        if person.kind == "organization" and person.role == "author" and id_ not in registry.people:
            where = _places(places[id_])
            yield f"taken for an organization, by its words only: {person.name}: {where}"


def odd_notes(brief: Brief) -> Iterator[tuple[str, str]]:
    """Yield where notes and byline of a brief do not fit: the rule, and what is wrong."""
    others = any(map(ends_in_others, brief.authors))
    if others and not brief.bios:
        yield "et-al-without-notes", '"et al.", and no notes at its end that name the others'
    known = {key_of(person) for person in brief.people}
    strange = [name for name in brief.bios if key_of(person_of(name)) not in known]
    if strange:
        names = ", ".join(strange)
        yield "note-outside-byline", f"its notes tell of whom the byline does not name: {names}"


def _places(sources: list[str]) -> str:
    shown = ", ".join(sorted(sources)[:SHOWN])
    more = len(sources) - SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
