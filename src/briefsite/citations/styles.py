"""Citations as people print them: Chicago 18, APA 7, MLA 9 and Harvard (publishing.md 6.5).

What is returned is HTML that is safe to print, italics as `<i>`.
"""

import re
from collections.abc import Callable
from html import escape

from briefsite.citations.citation import Citation
from briefsite.model import Person
from briefsite.people import is_cjk
from briefsite.urls import MONTHS

_MLA_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()


def chicago(cited: Citation) -> str:
    """Return an entry of a bibliography by the Chicago Manual of Style, 18th edition."""
    names = [_inverted(cited.authors[0], demoted=True), *map(_natural, cited.authors[1:])]
    known = names[:3] if len(names) > 6 else names
    people = _shortened(known) if cited.others or known != names else _joined(names, "and")
    day = cited.published
    if cited.web:
        when = f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
        rest = f"{_quoted(cited.title)} {_safe(cited.publisher)}, {when}."
    else:
        series = [_safe(cited.series)] if cited.series else []
        parts = [_italic(cited.title), _label(cited, cased=bool(cited.number)), *series]
        imprint = f"{_safe(cited.publisher)}, {day.year}."
        rest = " ".join((*map(_stopped, parts), imprint))
    return _ended(f"{_stopped(people)} {rest}", cited, stop=".")


def apa(cited: Citation) -> str:
    """Return an entry of a list of references by APA, 7th edition."""
    names = [_with_initials(person, " ") for person in cited.authors]
    if cited.others:
        people = _shortened(names[:19])
    elif len(names) > 20:
        people = ", ".join(names[:19]) + f", … {names[-1]}"
    else:
        people = _joined(names, "&amp;")
    day = cited.published
    when = f"{day.year}, {MONTHS[day.month - 1]} {day.day}" if cited.web else f"{day.year}"
    title = _italic(cited.sentence_title or cited.title)
    if not cited.web:
        title += f" ({_label(cited)})" if cited.number else f" [{_label(cited, cased=False)}]"
    own = [person.name for person in cited.authors] == [cited.publisher]
    publisher = "" if own else f" {_stopped(_safe(cited.publisher))}"
    return _ended(f"{_stopped(people)} ({when}). {_stopped(title)}{publisher}", cited)


def mla(cited: Citation) -> str:
    """Return an entry of a list of works cited by MLA, 9th edition."""
    names = [_inverted(cited.authors[0]), *map(_natural, cited.authors[1:])]
    people = _shortened(names[:1]) if cited.others or len(names) > 2 else _joined(names, "and")
    day = cited.published
    when = f"{day.day} {_MLA_MONTHS[day.month - 1]} {day.year}"
    publisher = _safe(cited.publisher)
    if cited.web:
        rest = f"{_quoted(cited.title)} <i>{publisher}</i>, {when}"
    else:
        label = _label(cited, cased=False) + ("," if cited.number else ".")
        rest = f"{_stopped(_italic(cited.title))} {label} {publisher}, {when}"
    return _ended(f"{_stopped(people)} {rest}", cited, before=",", stop=".")


def harvard(cited: Citation) -> str:
    """Return an entry of a list of references by Harvard, as Cite Them Right 12 has it."""
    names = [_with_initials(person, "") for person in cited.authors]
    short = cited.others or len(names) > 3
    people = f"{names[0]} <i>et al.</i>" if short else _joined(names, "and", serial=False)
    if len(names) == 1 and cited.authors[0].kind == "person" and is_cjk(names[0]):
        people = _stopped(people)  # as the style's own processor has it
    day, publisher = cited.published, _safe(cited.publisher)
    title = _italic(cited.title)
    if cited.web:
        rest = f"{title}, <i>{publisher}</i>, {day.day} {MONTHS[day.month - 1]}."
    else:
        place = f"{_safe(cited.place)}: " if cited.place else ""
        rest = f"{_stopped(title)} {_label(cited, cased=False)}. {place}{_stopped(publisher)}"
    return _ended(f"{people} ({day.year}) {rest}", cited, said="Available at: ", stop=".")


STYLES: dict[str, Callable[[Citation], str]] = {
    "Chicago": chicago,
    "APA": apa,
    "MLA": mla,
    "Harvard": harvard,
}


def _natural(person: Person) -> str:
    """Return the name as it is spoken."""
    if not person.family:
        return _safe(person.name)
    if is_cjk(person.family):
        return _safe(person.family + person.given)
    if person.name == f"{person.family} {person.given}":  # as `Choi Kang` is written
        return _safe(person.name)
    parts = (person.given, person.particle, person.family, person.suffix)
    return _safe(" ".join(filter(None, parts)))


def _inverted(person: Person, *, demoted: bool = False) -> str:
    """Return the name with the family name first; a particle that is `demoted` stands last."""
    if not person.given or is_cjk(person.family):
        return _natural(person)
    family, given = person.family, person.given
    if demoted:
        given = f"{given} {person.particle}".strip()
    else:
        family = f"{person.particle} {family}".strip()
    return _safe(", ".join(filter(None, (family, given, person.suffix))))


def _with_initials(person: Person, space: str) -> str:
    """Return `Combe, P. C., II`; `space` stands between initials."""
    if is_cjk(person.family or person.name):
        return _natural(person)
    if not person.given:
        return _natural(person)
    family = f"{person.particle} {person.family}".strip()
    words = [word for word in re.split(r"[\s.]+", person.given) if word]
    initials = space.join("-".join(f"{part[0]}." for part in _parts(word)) for word in words)
    return _safe(", ".join(filter(None, (family, initials, person.suffix))))


def _parts(word: str) -> list[str]:
    return [part for part in re.split("[-‐‑]", word) if part] or [word]  # noqa: RUF001  # hyphens


def _joined(names: list[str], last: str, *, serial: bool = True) -> str:
    """Return names in a row, `last` before the last one; `serial` puts a comma before that, but
    not between two names of which the first has none."""
    if len(names) == 1:
        return names[0]
    comma = "," if serial and (len(names) > 2 or "," in names[0]) else ""
    return f"{', '.join(names[:-1])}{comma} {last} {names[-1]}"


def _shortened(names: list[str]) -> str:
    return ", ".join((*names, "et al."))


def _label(cited: Citation, *, cased: bool = True) -> str:
    """Return `Policy Brief 12`, `Policy brief` where it is not `cased`."""
    genre = cited.genre if cased else cited.genre.capitalize()
    return _safe(f"{genre} {cited.number}".strip())


def _italic(title: str) -> str:
    return f"<i>{_safe(title)}</i>"


def _quoted(title: str) -> str:
    """Return a title in quotation marks with its full stop inside, inside a quotation that ends it
    too; quotations in it are single."""
    inner = re.sub(r'"([^"]*)"', r"“\1”", title).replace("“", "‘").replace("”", "’")
    if title.endswith(("”", '"')):
        return f"“{_stopped(_safe(inner[:-1]))}’”"
    return f"“{_stopped(_safe(inner))}”"


def _stopped(html: str) -> str:
    """Return `html` with a full stop, unless it ends in one, or in a question or exclamation."""
    return html if re.search(r"[.?!][’”]*(?:</i>)?$", html) else f"{html}."


def _ended(html: str, cited: Citation, *, before: str = "", said: str = "", stop: str = "") -> str:
    """Return an entry with its address, if it has one, and what stands around that."""
    if not cited.link:
        return _stopped(html)
    return f"{html}{before} {said}{_safe(cited.link)}{stop}"


def _safe(text: str) -> str:
    return escape(text, quote=False)
