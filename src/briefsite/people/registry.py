"""Authors as values: `authors:` in front matter, and the registry in `_data/authors.yml`."""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from briefsite import identifiers
from briefsite.fields import FrontMatter
from briefsite.model import Affiliation, Brief, Person
from briefsite.people.names import (
    Byline,
    is_ending,
    named,
    person_of,
    slug_of,
    split_authors,
    tidy,
    unique,
)
from briefsite.schema import Reader, suggest
from briefsite.sections import about
from briefsite.urls import is_absolute, safe_url
from briefsite.values import Struct, replace

Path = tuple[str | int, ...]
_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


class Institute(Struct, frozen=True):
    """Where an author works."""

    name: Annotated[str, about("Its name.")] = ""
    ror: Annotated[str, about("Its ROR id.")] = ""


class Author(Struct, frozen=True):
    """What may be said of an author, in front matter and in the registry."""

    name: Annotated[str, about("Name as it is printed.")] = ""
    id: Annotated[str, about("Key in the registry, in front matter only.")] = ""
    family: Annotated[str, about("Family name, where the name alone would be read wrongly.")] = ""
    given: Annotated[str, about("Given names.")] = ""
    suffix: Annotated[str, about("`Jr`, `II`.")] = ""
    aliases: Annotated[tuple[str, ...], about("Other spellings in bylines.")] = ()
    type: Annotated[Literal["person", "org", "organization"], about("What it is.")] = "person"
    role: Annotated[
        Literal["author", "translator", "editor", "reviser", "writer", "outlet"],
        about("Their part in a brief."),
    ] = "author"
    orcid: Annotated[str, about("ORCID iD.")] = ""
    ror: Annotated[str, about("ROR id of an organization.")] = ""
    affiliation: Annotated[Any, about("Where they work: a name, or `name` and `ror`.")] = None
    affiliations: Annotated[Any, about("The same, as a list.")] = None
    url: Annotated[str, about("Their own page.")] = ""
    photo: Annotated[str, about("Picture: a file in static/ or an address.")] = ""
    bio: Annotated[str, about("A sentence or two, in Markdown.")] = ""
    x: Annotated[str, about("Handle on X: `@ann`.")] = ""
    fediverse: Annotated[str, about("Handle on the fediverse: `@ann@example.social`.")] = ""


_KEYS = frozenset(Author.__struct_fields__)


class Registry(Struct, frozen=True):
    """Who is known: the one place that says that two spellings are one person."""

    where: str
    people: dict[str, Person]
    """By id."""
    names: dict[str, str]
    """Ids by the slug of each name, alias and id."""
    lines: frozenset[str] = frozenset()
    """Names and aliases as written: a byline that is one of them is never split."""

    def find(self, slug: str) -> Person | None:
        """Return who is known by a name with this slug."""
        return self.people.get(self.names.get(slug, ""))


def read_registry(values: Any, where: str, reader: Reader) -> Registry:
    """Return the registry in what a data file holds; what is wrong with it is noted on `reader`.

    Keys that are not ours are for templates: only what looks like a slip is warned about.
    """
    people: dict[str, Person] = {}
    names: dict[str, str] = {}
    lines: set[str] = set()
    if not isinstance(values, Mapping):
        reader.fault((), "the registry of authors is no mapping", "write 'ann-lee: {name: ...}'")
        return Registry(where, {}, {})
    for id_, said in values.items():
        author = read_author(said, (id_,), reader)
        if author is None:
            continue
        people[id_] = replace(person_from(author, (id_,), reader), id=id_)
        lines |= {tidy(name) for name in (author.name, *author.aliases)}
        said_names = (people[id_].name, author.name, *author.aliases, id_)
        for name, other in _shared(said_names, id_, names).items():
            what = f"'{name}' names both '{other}' and '{id_}'"
            reader.fault((id_,), what, "an alias may belong to one author only")
    people = {id_: _at_home(person, people) for id_, person in people.items()}
    return Registry(where, people, names, frozenset(lines))


def _shared(said: tuple[str, ...], id_: str, names: dict[str, str]) -> dict[str, str]:
    """Note in `names` whom each of the names means; return those that mean somebody else already,
    one for each."""
    found: dict[str, str] = {}
    for name in said:
        for slug in (slug_of(name), person_of(name).id):
            other = names.setdefault(slug, id_)
            if other != id_:
                found.setdefault(other, name)
    return {name: other for other, name in found.items()}


def _at_home(person: Person, people: Mapping[str, Person]) -> Person:
    """Return `person` with affiliations that name an organization of the registry led to it."""
    known = {id_: other for id_, other in people.items() if other.kind == "organization"}
    places = tuple(
        replace(known[place.name].affiliations[0], name=known[place.name].name)
        if place.name in known and known[place.name].affiliations
        else replace(place, name=known[place.name].name)
        if place.name in known
        else place
        for place in person.affiliations
    )
    return replace(person, affiliations=places)


def read_author(said: Any, path: Path, reader: Reader) -> Author | None:
    """Return what was said of an author; None, with a problem, where it is no mapping."""
    if isinstance(said, Mapping):
        for key in said:
            hint = "" if key in _KEYS else suggest(key, _KEYS)
            if hint:
                reader.warn((*path, key), f"unknown key '{key}'", hint)
        said = {key: value for key, value in said.items() if key in _KEYS}
    return reader.read(Author, said, path)


def person_from(author: Author, path: Path, reader: Reader) -> Person:
    """Return the person whom `author` describes, every identifier checked."""
    organization = author.type != "person"
    said = tidy(author.name) or " ".join(filter(None, map(tidy, (author.given, author.family))))
    if not said and not author.id:
        reader.fault(path, "an author has no name", "write 'name: Ann Lee'")
    person = person_of(said or author.id, "organization" if organization else "")
    if not organization and (author.family or author.given):
        person = _parted(said, author)
    places = _affiliations(author, path, reader)
    own = _checked(identifiers.ror, author.ror, (*path, "ror"), reader)
    for key in ("url", "photo"):
        if not safe_url(getattr(author, key)):
            reader.fault((*path, key), f"{getattr(author, key)!r} is no address to link to")
    photo = author.photo
    if photo and not photo.startswith("/") and not is_absolute(photo):
        photo = f"/{photo}"  # many pages show it: it lies beside none of them
    return replace(
        person,
        id=author.id or person.id,
        role=author.role,
        orcid=_checked(identifiers.orcid, author.orcid, (*path, "orcid"), reader),
        affiliations=(*((Affiliation(person.name, own),) if own else ()), *places),
        url=author.url,
        photo=photo,
        bio=author.bio.strip(),
        x=_checked(identifiers.x, author.x, (*path, "x"), reader),
        fediverse=_checked(identifiers.fediverse, author.fediverse, (*path, "fediverse"), reader),
    )


def _parted(said: str, author: Author) -> Person:
    """Return a person with the parts of the name as they were given; what was not is the rest."""
    whole = Person(said, suffix=tidy(author.suffix), id=slug_of(said))
    return named(whole, tidy(author.family), tidy(author.given))


def _affiliations(author: Author, path: Path, reader: Reader) -> tuple[Affiliation, ...]:
    key = "affiliation" if author.affiliations is None else "affiliations"
    said = getattr(author, key)
    listed = said if isinstance(said, list) else [said]
    found = []
    for number, item in enumerate(listed):
        place: Path = (*path, key, number) if isinstance(said, list) else (*path, key)
        if isinstance(item, Mapping):
            institute = reader.read(Institute, item, place) or Institute()
            ror = _checked(identifiers.ror, institute.ror, (*place, "ror"), reader)
            found.append(Affiliation(tidy(institute.name), ror))
        elif item is not None:
            found.append(Affiliation(tidy(str(item))))
    return tuple(found)


def _checked(check: Callable[[str], str], said: str, path: Path, reader: Reader) -> str:
    try:
        return check(said) if said else ""
    except ValueError as error:
        reader.fault(path, f"{path[-1]} {said!r}: {error}")
        return ""


def read_byline(fields: FrontMatter, reader: Reader) -> Byline:
    """Return who wrote a brief: the list `authors`, else `author` as archives write it."""
    key = "author" if fields.authors is None else "authors"
    said = getattr(fields, key)
    if said is None:
        return Byline((), ())
    if key == "author" and not isinstance(said, list | Mapping):
        return split_authors(str(said))
    listed = said if isinstance(said, list) else [said]
    people, sure = [], []
    for number, item in enumerate(listed):
        path: Path = (key, number) if isinstance(said, list) else (key,)
        person = _from_list(item, path, reader)
        if person is not None and person.name:
            people.append(person)
            sure += [person.id] if isinstance(item, Mapping) and item.get("family") else []
    shown = tuple(person.name for person in people if person.role == "author")
    return Byline(tuple(unique(people)), shown, sure=tuple(sure))


def _from_list(item: Any, path: Path, reader: Reader) -> Person | None:
    """Return one author of a list: `Ann Lee`, `Lee, Ann`, an id of the registry, or a mapping."""
    if item is None or item == "":
        return None
    if isinstance(item, Mapping | list):
        author = read_author(item, path, reader)
        return person_from(author, path, reader) if author else None
    name = tidy(str(item))
    family, comma, given = name.partition(", ")
    whole = person_of(name)
    if not comma or whole.kind == "organization" or "," in given or is_ending(given):
        return whole
    return _parted(f"{given} {family}", Author(family=family, given=given))


def is_id(text: str) -> bool:
    """Return whether a text in a list of authors is meant as a key of the registry."""
    return _ID.fullmatch(text) is not None


def known(brief: Brief, registry: Registry) -> Brief:
    """Return `brief` with what the registry says of its people; two that it knows as one are
    one."""
    if not registry.people:
        return brief
    written = brief.fields.get("author")
    if isinstance(written, str) and brief.fields.get("authors") is None and len(brief.people) > 1:
        line = tidy(written)
        if line in registry.lines and (whole := registry.find(slug_of(line))):
            return replace(brief, people=(whole,), authors=(line,))
    found = [_known(person, registry) for person in brief.people]
    if found == list(brief.people):
        return brief
    names = {p.name: q.name for p, q in zip(brief.people, found, strict=True) if is_id(p.name)}
    shown = tuple(names.get(name, name) for name in brief.authors)
    return replace(brief, people=tuple(unique(found)), authors=shown)


def _known(person: Person, registry: Registry) -> Person:
    entry = registry.people.get(person.id) or registry.find(person.id)
    if entry is None:
        return person
    return replace(
        entry,
        role=person.role,
        orcid=person.orcid or entry.orcid,
        affiliations=person.affiliations or entry.affiliations,
        url=person.url or entry.url,
    )


def strangers(brief: Brief, registry: Registry) -> list[tuple[Path, str]]:
    """Return (place in front matter, id) of authors who are named by an id that nobody has; in a
    byline it must be nearly somebody's."""
    said = brief.fields.get("authors")
    line = str(brief.fields.get("author") or "") if said is None else ""
    listed = said if isinstance(said, list) else [said]
    found: list[tuple[Path, str]] = []
    meant = "-" in line and is_id(line) and not registry.find(slug_of(line))
    if meant and suggest(line, registry.people):
        found.append((("author",), line))
    for number, item in enumerate(listed):
        path: Path = ("authors", number) if isinstance(said, list) else ("authors",)
        by_key = item.get("id") if isinstance(item, Mapping) else None
        text = by_key or (item if registry.people and isinstance(item, str) else "")
        if text and (by_key or is_id(text)) and not registry.find(slug_of(str(text))):
            found.append((path, str(text)))
    return found
