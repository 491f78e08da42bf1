"""The value that citations are made from, and its key (publishing.md 6.1)."""

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

from briefsite.config import Project
from briefsite.identifiers import DOI_PREFIX
from briefsite.model import Brief, Person
from briefsite.people import ends_in_others, person_of, split_authors
from briefsite.slugs import fold
from briefsite.urls import join, rebase
from briefsite.values import Struct, replace

GENRES = {
    "brief": "Policy Brief",
    "report": "Report",
    "working-paper": "Working Paper",
    "testimony": "Testimony",
    "commentary": "Commentary",
    "column": "Column",
}
WEB = frozenset({"commentary", "column"})
_SMALL = frozenset(
    "about after also beyond been before between could does from have into more over should some"
    " than that their them then there these they this those through toward towards under what"
    " when where which while will with would your".split()
)
_WORD = re.compile("[a-z]+")


class Citation(Struct, frozen=True):
    """What a citation says."""

    key: str
    """Unique on the site: `kim2025europe`."""
    title: str
    """Subtitle included; plain text."""
    people: tuple[Person, ...]
    """Never empty: without an author the publisher is one."""
    published: date
    """The day in the author's own offset, never converted (publishing.md A3)."""
    publisher: str
    kind: str = "brief"
    place: str = ""
    url: str = ""
    """Absolute; empty where the site's address is not known."""
    doi: str = ""
    series: str = ""
    number: str = ""
    isbn: str = ""
    issn: str = ""
    lang: str = ""
    keywords: tuple[str, ...] = ()
    sentence_title: str = ""
    abstract: str = ""
    pdf: str = ""
    """Absolute address of the text as a PDF; may be empty."""
    others: bool = False
    """Whether more wrote it than are known: the byline ends in "et al.", and no note names them."""

    @property
    def authors(self) -> tuple[Person, ...]:
        """Return those who wrote it: no translator, no editor."""
        return self.having("author")

    def having(self, role: str) -> tuple[Person, ...]:
        """Return who had this part."""
        return tuple(person for person in self.people if person.role == role)

    @property
    def genre(self) -> str:
        """Return what it is called: `Policy Brief`."""
        return GENRES[self.kind]

    @property
    def web(self) -> bool:
        """Return whether it is cited as a web page, not as a report."""
        return self.kind in WEB

    @property
    def link(self) -> str:
        """Return the address that a citation gives; a DOI's goes over the page's."""
        return DOI_PREFIX + self.doi if self.doi else self.url


def cite(project: Project, brief: Brief, key: str, pdf: str = "") -> Citation:
    """Return how a brief, which must have a date, is cited by `key`; `pdf` is the address of its
    PDF."""
    config, base, imprint = project.config, project.base_url, brief.imprint
    publisher = config.publisher.name or config.title
    return Citation(
        key=key,
        title=full_title(brief.headline, brief.subtitle),
        people=_credited(brief.people, publisher),
        others=any(_unnamed(line, brief.people) for line in brief.authors),
        published=brief.published.date() if brief.published else date.min,
        publisher=publisher,
        kind=imprint.kind,
        place=config.publisher.place,
        url=join(base, brief.url) if base else "",
        doi=imprint.doi,
        series=imprint.series,
        number=imprint.number,
        isbn=imprint.isbn,
        issn=imprint.issn,
        lang=brief.lang,
        keywords=brief.keywords,
        sentence_title=imprint.sentence_title,
        pdf=rebase(pdf, f"{base}/", "/") if base and pdf else "",
    )


def _unnamed(line: str, people: tuple[Person, ...]) -> bool:
    return ends_in_others(line) and len(split_authors(line).people) == len(people)


def full_title(title: str, subtitle: str) -> str:
    """Return title and subtitle as one."""
    if not subtitle:
        return title
    return f"{title} {subtitle}" if title.endswith(("?", "!")) else f"{title}: {subtitle}"


def _credited(people: tuple[Person, ...], publisher: str) -> tuple[Person, ...]:
    """Return `people` without what no citation says of them; the publisher where nobody wrote."""
    gone = {"bio": "", "photo": "", "url": "", "affiliations": (), "x": "", "fediverse": ""}
    kept = tuple(replace(person, **gone) for person in people)
    if any(person.role == "author" for person in kept):
        return kept
    return (person_of(publisher, "organization"), *kept)


def keys(project: Project, briefs: Iterable[Brief]) -> dict[str, str]:
    """Return a key for each dated brief by source, by date order: a later brief never changes the
    key of an earlier one, but takes a letter itself."""
    dated = [brief for brief in briefs if brief.dated]
    dated.sort(key=lambda b: (b.published or datetime.min.replace(tzinfo=UTC), b.source))
    taken: set[str] = set()
    found = {}
    publisher = project.config.publisher.name or project.config.title
    for brief in dated:
        base = _base(brief, publisher)
        number = 0
        while (key := base + _letters(number)) in taken:
            number += 1
        taken.add(key)
        found[brief.source] = key
    return found


def _base(brief: Brief, publisher: str) -> str:
    """Return the family name, the year and the first long word of the title; a hash where a title
    has none in Latin letters."""
    author = next((person for person in brief.people if person.role == "author"), None)
    author = author or person_of(publisher, "organization")
    name = _acronym(author.name) if author.kind == "organization" else fold(author.family)
    name = _plain(name) or _plain(fold(author.name)) or _plain(fold(brief.collection)) or "brief"
    words = (w for w in _WORD.findall(fold(brief.title)) if len(w) > 3 and w not in _SMALL)
    word = next(words, "") or f"x{_hash(f'{brief.collection}/{brief.slug}')}"
    return f"{name}{brief.published.year if brief.published else ''}{word}"


def _hash(text: str) -> str:
    """Return six hexadecimal digits that no other change in the program moves."""
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def _plain(text: str) -> str:
    """Return the letters and digits of folded text, from its first letter on."""
    return re.sub(r"[^a-z0-9]+", "", text).lstrip("0123456789")


def _acronym(name: str) -> str:
    """Return `ukmd` for `UK Ministry of Defence`; a single word whole."""
    words = [word for word in re.findall(r"[^\W_]+", name) if not word.islower()]
    if len(words) < 2:
        return fold(name)
    return fold("".join(word if word.isupper() else word[0] for word in words))


def _letters(number: int) -> str:
    """Return nothing for 0, then a to z, aa to zz ..."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
