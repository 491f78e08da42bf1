"""Ways to the briefs: topics and other terms, series, authors and years, each with its briefs."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from briefsite.config import CONFIG_FILE, HUBS, TERMS, Project, taxonomies_of
from briefsite.errors import Problem
from briefsite.fields import KEYS
from briefsite.loader import line_of
from briefsite.model import Brief, Person
from briefsite.sections import Taxonomy
from briefsite.slugs import fold, slugify, title_of
from briefsite.titles import title_in
from briefsite.urls import UrlError, expand
from briefsite.urls import fold as fold_path
from briefsite.values import Struct, replace

UNFED = ("authors", "archive")
"""Taxonomies whose terms have no feeds unless the site asks for them: an archive has a thousand
authors, and a year has its place among the site's feeds."""
_SPACES = re.compile("[\\s_\u2010-\u2013-]+")


class Term(Struct, frozen=True):
    """One topic, series, author or year."""

    name: str
    key: str
    """The same for every spelling of it; an author's id."""
    url: str
    briefs: tuple[Brief, ...]
    """Newest first; those of a series by their parts."""
    person: Person | None = None
    feed: str = ""
    """Address of its feed; empty where it has none."""


class Hub(Struct, frozen=True):
    """A taxonomy and all its terms."""

    name: str
    title: str
    url: str
    """The list of its terms."""
    terms: tuple[Term, ...]
    """By name; years from the last."""


Head = tuple[str, str, Person | None]
"""What puts a brief under a term: key, name, and who it is."""
Heads = Callable[[Brief], Iterable[Head]]


def heading(name: str, title: str, lang: str) -> str:
    """Return the heading of the taxonomy `name`: `title` where the site gives one."""
    return title or title_in(lang, name) or title_of(name)


@lru_cache(10_000)
def key_of(term: str) -> str:
    """Return what two spellings of one term have in common: case, hyphens and spaces apart."""
    return _SPACES.sub(" ", term.casefold()).strip()


def gather(
    project: Project, briefs: tuple[Brief, ...]
) -> tuple[tuple[Hub, ...], tuple[Problem, ...]]:
    """Return every hub that has a term, made of listed `briefs`, newest first, and what is wrong
    with their terms."""
    hubs, problems = [], []
    for name, taxonomy in taxonomies_of(project.config).items():
        if name in KEYS and name not in (*TERMS, *HUBS, "tags", "categories"):
            what = f"taxonomies: '{name}' means something else in front matter"
            problems.append(Problem(CONFIG_FILE, what, hint="choose another name"))
            continue
        gathered = _Gathering(project, name, taxonomy)
        gathered.take(briefs)
        if terms := gathered.terms():
            title = heading(name, taxonomy.title, project.config.lang)
            hubs.append(Hub(name, title, gathered.url, terms))
        problems += gathered.problems
    return tuple(hubs), tuple(problems)


class _Gathering:
    """One taxonomy on its way from briefs to terms."""

    def __init__(self, project: Project, name: str, taxonomy: Taxonomy) -> None:
        self.project, self.name, self.taxonomy = project, name, taxonomy
        years = project.config.archives.year.replace(":year", ":name")
        self.pattern = taxonomy.path or (name == "archive" and years) or f"/{name}/:name/"
        before = self.pattern.partition(":name")[0]
        self.url = before if before.endswith("/") and before != "/" else f"/{name}/"
        self.heads: Heads = {
            "series": self._series,
            "authors": _authors,
            "archive": self._year,
        }.get(name, self._terms)
        self.problems: list[Problem] = []
        self._held: dict[str, list[Brief]] = {}
        self._said: dict[str, dict[str, list[Brief]]] = {}
        self._people: dict[str, Person] = {}

    def take(self, briefs: Iterable[Brief]) -> None:
        """Put each brief under its terms."""
        for brief in briefs:
            for key, name, person in self.heads(brief):
                held = self._held.setdefault(key, [])
                if not held or held[-1] is not brief:  # two of its terms may be one
                    held.append(brief)
                self._said.setdefault(key, {}).setdefault(name, []).append(brief)
                if person:
                    self._person(person, brief)

    def _terms(self, brief: Brief) -> Iterator[Head]:
        own = {"tags": brief.tags, "categories": brief.categories}
        for term in own.get(self.name) or brief.terms.get(self.name, ()):
            yield key_of(term), term, None

    def _series(self, brief: Brief) -> Iterator[Head]:
        if brief.imprint.series:
            yield key_of(brief.imprint.series), brief.imprint.series, None

    def _year(self, brief: Brief) -> Iterator[Head]:
        moment = brief.published or self.project.now
        year = f"{moment.astimezone(self.project.zone).year:04}"
        yield year, year, None

    def _person(self, person: Person, brief: Brief) -> None:
        """Keep what is known of somebody; whoever has another ORCID iD is somebody else."""
        known = self._people.setdefault(person.id, person)
        if person.orcid and known.orcid and person.orcid != known.orcid:
            what = f"two authors named '{person.name}' have different ORCID iDs"
            hint = "give each a key of their own in _data/authors.yml"
            self._warn(brief, "authors", what, hint)
        elif known is not person:
            missing = ("orcid", "affiliations", "url", "photo", "bio")
            more = {key: getattr(person, key) for key in missing if not getattr(known, key)}
            self._people[person.id] = replace(known, **more)

    def terms(self) -> tuple[Term, ...]:
        """Return the terms in order; two that share an address are an error."""
        found: dict[str, Term] = {}
        for key in sorted(self._held):
            term = self._term(key)
            other = found.setdefault(fold_path(term.url), term) if term else None
            if term and other and other is not term:
                both = f"'{other.name}' and '{term.name}' have one address, {term.url}"
                what = f"{self.name}: {both}; the other is in {other.briefs[0].source}"
                self._fault(term.briefs[0], what, "give one of them another name")
        if self.name not in HUBS:
            self._plurals()
        backward = self.name == "archive"
        return tuple(sorted(found.values(), key=_place, reverse=backward))

    def _term(self, key: str) -> Term | None:
        person, briefs = self._people.get(key), self._held[key]
        name = person.name if person else self._spelling(key)
        slug = slugify(key if person else name)
        try:
            if not slug:
                raise UrlError(f"'{name}' leaves no word for its address", "use words or digits")
            url = expand(self.pattern, {"name": slug})
        except UrlError as error:
            self._fault(briefs[0], f"{self.name}: {error.message}", error.hint)
            return None
        feed = f"{url.removesuffix('.html')}{'' if url.endswith('/') else '/'}feed.xml"
        said = self.taxonomy.feed
        usual = self.name not in UNFED and self.project.config.dialect != "jekyll"
        feed = feed if (usual if said is None else said) else ""
        return Term(name, key, url, self._ordered(briefs), person, feed)

    def _spelling(self, key: str) -> str:
        """Return how a term is written: as the site lists it, else as most briefs do."""
        said = self._said[key]
        counts = Counter({name: len(briefs) for name, briefs in said.items()})
        listed = {key_of(term): term for term in self.taxonomy.terms}
        best = listed.get(key) or min(counts, key=lambda name: (-counts[name], name))
        for name in sorted(said.keys() - {best}):
            where = f" in {said[best][0].source}" if best in said else ""
            what = f"{self.name}: '{name}' is also written '{best}'{where}"
            self._warn(said[name][0], self.name, what, f"write '{best}' everywhere")
        return best

    def _ordered(self, briefs: list[Brief]) -> tuple[Brief, ...]:
        """Return the briefs of a term in order; a part of a series that is there twice is an
        error."""
        if self.name != "series":
            return tuple(briefs)
        parts = sorted(briefs, key=lambda brief: brief.imprint.part or len(briefs) + 10**4)
        for one, other in pairwise(parts):
            if one.imprint.part and one.imprint.part == other.imprint.part:
                what = f"part {one.imprint.part} of the series '{one.imprint.series}' is also"
                self._fault(other, f"{what} in {one.source}", "give it another 'part:'", "part")
        return tuple(parts)

    def _plurals(self) -> None:
        """Warn of terms that are one word in singular and plural."""
        names: dict[str, str] = {}
        for key in sorted(self._held):
            other = names.setdefault(_singular(key), key)
            if other != key:
                one, two = (min(self._said[k]) for k in (other, key))
                where = self._held[other][0].source
                what = f"{self.name}: '{two}' is nearly '{one}' in {where}"
                self._warn(self._held[key][0], self.name, what, "write one of them everywhere")

    def _fault(self, brief: Brief, what: str, hint: str, key: str = "") -> None:
        line = line_of(self.project, brief.source, (key or self.name,))
        self.problems.append(Problem(brief.source, what, line, hint))

    def _warn(self, brief: Brief, key: str, what: str, hint: str) -> None:
        line = line_of(self.project, brief.source, (key,))
        self.problems.append(Problem(brief.source, what, line, hint, warning=True))


def _authors(brief: Brief) -> Iterator[Head]:
    """Yield who wrote a brief: the very same name, or one entry of the registry, is one person."""
    for person in brief.people:
        if person.role == "author" and person.id:
            yield person.id, person.name, person


def _place(term: Term) -> tuple[str, str]:
    """Return what terms are sorted by: people by their family name."""
    person = term.person
    name = f"{person.family} {person.given}" if person and person.family else term.name
    return fold(name) or name, term.key


def _singular(key: str) -> str:
    """Return an English term without the ending of its plural."""
    if key.endswith("ies"):
        return f"{key[:-3]}y"
    return key[:-1] if key.endswith("s") and not key.endswith("ss") else key
