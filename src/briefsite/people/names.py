"""Names as archives write them: a byline becomes persons (publishing.md A4, 6.6)."""

import re
from functools import lru_cache

from briefsite.fields import plain
from briefsite.model import Person
from briefsite.slugs import fold, slugify
from briefsite.values import Struct, replace

PARTICLES = frozenset(
    "de del della di da dos das do du des van von der den ten ter la le lo las los af av zu zum zur"
    " bin ibn bint al el".split()
)
_LOOSE = frozenset("de del di da du van von al el la le".split())
"""Particles that also stand capitalized before a family name, as one with it: `Van Hoof`."""
_TITLES = frozenset(
    "dr sir dame lord lady baroness prof professor lieutenant lt colonel col major maj general gen"
    " admiral adm captain capt commander cmdr ambassador mr mrs ms".split()
)
_DEGREES = frozenset("phd md ma msc mba jd kc qc mp obe cbe mbe esq ret".split())
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_ORGANIZATION = re.compile(
    r"^The\s|\b(?:Agency|Association|Authority|Board|Bureau|Cent(?:er|re)|Coalition|Command|"
    r"Commission|Committee|Council|Department|Editors|Embassy|Foundation|Government|Group|"
    r"Institut[eo]?|Intelligence|Ministry|Network|Office|Organi[sz]ation|Party|Press|Project|"
    r"Research|Secretariat|Service|Society|Staff|Systems|Task Force|Team|Trust|Union|University)\b"
    r"|報導|报道|媒體|媒体|編輯部|编辑部|委員會|委员会|研究所|研究院|大學|大学|通訊社|通讯社|新聞|新闻"
)
_CJK = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]"
_OTHERS = re.compile(r"(?i:(?:\s*,)?\s+(?:et\.? ?al\.?|and others)$)|(?<=[\u3400-\u9fff])\s+等$")
_COMMAS = re.compile(r"\s*,\s*(?:and\s+|&\s+)?|\s*[、;\uff1b\uff0c]\s*|\s+(?:and|und|et|&)\s+")
_SLASH = re.compile(r"\s*([/\uff0f])\s*")
_ROLES = (("译", "translator"), ("譯", "translator"), ("校", "reviser"), ("撰稿", "writer"))
_ACROSS = "\uff0f"
"""The wide slash, which between names in two scripts parts no author from an outlet."""
_SYLLABLES = re.compile(r"[^\W\d_a-z]\w+[-‐‑][a-z]\w*")  # noqa: RUF001  # hyphens
"""A given name as Korea and Taiwan write it, which the family name precedes: `Jae-in`."""
_VIETNAMESE = frozenset(
    "nguyen tran le pham huynh phan vu vo dang bui ngo dinh trinh truong luong doan hoang".split()
)
"""Family names that nearly all who bear them write first, where no other of them stands last."""
_SYLLABLE = re.compile(
    "(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph|qu?|r|s|th?|tr|v|x)?[aeiouy]{1,3}(?:ch?|m|ng?|nh|p|t)?"
)
_MENTIONS = re.compile(r"\b(?:Mrs?|Ms|Mx|Miss|Dr|Prof(?:essor)?)\.? ")
_NICKNAME = re.compile(r"\s*[“\"‘][^”\"’]{1,60}[”\"’](?=\s)|\s*\([^)]{0,120}\)")
_RANKS = re.compile(r"\s*\([^(),]{0,60},[^()]{0,120}\)")
"""Ranks behind a name, whose commas part no names: `(Colonel, ret.)`."""
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060]")


class Byline(Struct, frozen=True):
    """What an author line says."""

    people: tuple[Person, ...]
    shown: tuple[str, ...]
    """Names to print one by one; the whole line where it is no plain list of names."""
    others: bool = False
    """Whether it ends in "et al."."""
    sure: tuple[str, ...] = ()
    """Ids of those whose family name the author gave."""


def tidy(text: str) -> str:
    """Return `text` as one line: spaces of every kind folded, what is invisible left out."""
    return plain(_HIDDEN.sub("", text))


def is_cjk(text: str) -> bool:
    """Return whether `text` holds a letter of Chinese, Japanese or Korean."""
    # It takes long to compile, and most archives need it for nothing; re remembers it.
    return not text.isascii() and re.search(_CJK, text) is not None


def split_authors(text: str) -> Byline:
    """Return who an author line names. `/` in CJK parts author, translator and outlet, never
    two authors."""
    line = tidy(text)
    names = _OTHERS.sub("", line)
    others, cjk = names != line, is_cjk(line)
    first, *rest = _SLASH.split(names) if cjk else [names]
    people = [person_of(name) for name in _listed(first)]
    helpers = zip(rest[::2], rest[1::2], strict=True)
    people += [_helper(name, mark) for mark, name in helpers if name]
    plainly = not others and not rest and not cjk
    written = tuple(_listed(names)) if plainly else (line,) if line else ()
    return Byline(tuple(unique(people)), written, others)


def ends_in_others(line: str) -> bool:
    """Return whether an author line says that there are more authors than it names."""
    return bool(_OTHERS.search(tidy(line)))


def _listed(text: str) -> list[str]:
    """Return the names in a list; `, Jr` and `, PhD` belong to the name before them."""
    found: list[str] = []
    for name in filter(None, _COMMAS.split(_RANKS.sub("", text))):
        if found and is_ending(name):
            found[-1] += f", {name}"
        else:
            found.append(name)
    return found


def _helper(text: str, mark: str) -> Person:
    for ending, role in _ROLES:
        if text.endswith(ending) and text != ending:
            return replace(person_of(text.removesuffix(ending).strip()), role=role)
    person = person_of(text)
    if mark == _ACROSS and person.family and text[:1].isupper():
        return person
    return replace(person, role="outlet", kind="organization", family="", given="", particle="")


def unique(people: list[Person]) -> list[Person]:
    """Return each of `people` once, in order."""
    return list({person.id: person for person in reversed(people)}.values())[::-1]


def slug_of(name: str) -> str:
    """Return what is the same for the very same name: letters and digits count, case, dots and
    spaces don't. A name without any is its own."""
    return slugify(name) or name


@lru_cache(4096)  # an archive names the same people over and over
def person_of(text: str, kind: str = "") -> Person:
    """Return the person, or organization, of a name; ranks, degrees and nicknames left out.

    What has no family name to be told apart, as names in CJK, stays one whole.
    """
    name = tidy(text)
    if kind == "organization" or (not kind and _ORGANIZATION.search(name)):
        return Person(name, id=slug_of(name), kind="organization")
    if is_cjk(name) or " " not in name:
        return Person(name, id=slug_of(name))
    main, _, behind = _NICKNAME.sub("", name).partition(",")
    words = _uncapitalized(main.split())
    while len(words) > 1 and _bare(words[0]) in _TITLES:
        del words[0]
    endings = [*words[-1:], *behind.split(",")] if len(words) > 2 else behind.split(",")
    suffix = next((end.strip() for end in endings if _bare(end) in _SUFFIXES), "")
    while len(words) > 2 and _is_ending(words[-1]):
        del words[-1]
    given, particle, family = parts_of(words)
    if not given and not particle:  # a title and one name: `Baroness Helić`
        return Person(name, family=family, id=slug_of(name))
    full = " ".join(filter(None, (*words, suffix)))
    return Person(full, family, given, particle, suffix, slug_of(full))


def parts_of(words: list[str]) -> tuple[str, str, str]:
    """Return (given, particle, family): the family name begins behind the first particle, else it
    is the last word (publishing.md 6.6), but for names that are written family name first."""
    if _family_first(words):
        return " ".join(words[1:]), "", words[0]
    at = next((n for n, word in enumerate(words[:-1]) if n and word in PARTICLES), 0)
    if at:
        last = len(words) - 1
        end = next(n for n in range(at, last + 1) if n == last or words[n] not in PARTICLES)
        return " ".join(words[:at]), " ".join(words[at:end]), " ".join(words[end:])
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _LOOSE:
        start -= 1
    return " ".join(words[:start]), "", " ".join(words[start:])


def _family_first(words: list[str]) -> bool:
    """Return whether a name can only be one that begins with the family name."""
    if len(words) == 2:
        return bool(_SYLLABLES.fullmatch(words[1])) and "-" not in words[0]
    plain = [fold(word) for word in words]
    surnames = plain[:1] and plain[0] in _VIETNAMESE and plain[-1] not in _VIETNAMESE
    return len(words) > 2 and bool(surnames) and all(map(_SYLLABLE.fullmatch, plain))


def called(person: Person, text: str) -> Person:
    """Return `person` with the family name by which a note about them calls them, `Ms Ruiz Orr`;
    as they are where it does not."""
    words = person.name.split()
    if not person.given or person.suffix:
        return person
    for found in _MENTIONS.finditer(text):
        after = text[found.end() :]
        tails = (n for n in range(1, len(words)) if _begins(after, words[n:]))
        start = next(tails, 0)
        if start:
            return named(person, " ".join(words[start:]))
        if len(words) == 2 and _begins(after, words[:1]) and not _begins(after, words):
            return named(person, words[0])
    return person


def _begins(text: str, words: list[str]) -> bool:
    name = " ".join(words)
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()


def named(person: Person, family: str, given: str = "") -> Person:
    """Return `person` with `family` as the family name, its particles told apart; what is left of
    the name is the given one where `given` is not."""
    words, name = family.split(), person.name
    at = next((n for n, word in enumerate(words) if word not in PARTICLES), 0)
    rest = name.removesuffix(family) if name.endswith(family) else name.removeprefix(family)
    particle, bare = " ".join(words[:at]), " ".join(words[at:])
    return replace(person, family=bare, given=given or rest.strip(" ,"), particle=particle)


def _uncapitalized(words: list[str]) -> list[str]:
    """Return the words of a name that was written in capitals throughout as names are written."""
    loud = len(words) > 1 and all(word.isupper() for word in words)
    return [_cased(word) for word in words] if loud and any(len(w) > 4 for w in words) else words


def _cased(word: str) -> str:
    if _bare(word) in _SUFFIXES or (len(word) < 3) or "." in word:
        return word
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)


def is_ending(text: str) -> bool:
    """Return whether what stands behind the comma of a name is `Jr` or `PhD`, and no name."""
    return all(_bare(word) in _SUFFIXES | _DEGREES for word in text.split())


def _is_ending(word: str) -> bool:
    """Return whether the last word of a name is none of it: `II`, `PhD`, but not `Ma`."""
    loud = word.isupper() or word == "PhD"
    return _bare(word) in _SUFFIXES or (loud and _bare(word) in _DEGREES)


def _bare(word: str) -> str:
    return word.replace(".", "").strip(" ,").lower()


def key_of(person: Person) -> str:
    """Return first initial and last word of the name, accents removed: what two spellings of one
    name share, and now and then two names (publishing.md A5)."""
    words = _words(person.given or person.name)
    last = _words(person.family or person.name)
    return f"{words[0][:1]} {last[-1]}" if words and last else person.id


@lru_cache(4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9]+", fold(text).replace("'", ""))) or (text,)
