"""Notes about the authors at the end of a body: found in its Markdown (publishing.md A5)."""

import re
from collections.abc import Container, Iterable

from briefsite.model import Person
from briefsite.people.names import Byline, called, key_of, person_of, split_authors, unique
from briefsite.values import Struct

_RANK = (
    r"(?:(?:Dr|Sir|Dame|Lord|Lady|Baroness|Prof(?:essor)?|(?:Lieutenant )?Colonel|Lieutenant|Major"
    r"|(?:Lieutenant |Major |Brigadier )?General|(?:Vice |Rear )?Admiral|Captain|Commander"
    r"|Ambassador|Mr|Mrs|Ms)\.?\s+)*"
)
_VERB = r"(?=[\s,\uff0c]*(?:[a-z(,\uff0c—–]|[是为為係现現任曾]|$))"
_BIO = re.compile(
    rf"{_RANK}(?P<mark>__|\*\*|_|\*)(?P<name>[^_*\n]{{2,80}}?)(?P=mark)_?(?P<end>[a-z]*)"
    rf"{_VERB}(?P<rest>.*)",
    re.DOTALL,
)
_UNCLOSED = re.compile(
    r"(?:__|\*\*)(?P<name>[^_*\n]{2,80}?)(?=,? (?:is|was|are|holds|serves)\b)[^_*]*"
)
_BOLD = re.compile(r"(?:__|\*\*)([^_*\n]{2,80}?)(?:__|\*\*)")
_LISTED = re.compile(r"(?:__|\*\*)(?:Authors?:(?:__|\*\*)\s*)?(?P<names>[^_*]+?)\.?(?:__|\*\*)?")
_LABEL = re.compile(r"#{1,6}\s|.{1,80}:(?:__|\*\*)?$|(?:__|\*\*)Authors?:")
_DEFINITION = re.compile(r"\[[^\]]+\]:|\*\[[^\]]+\]:")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t]*\n")
_MARKS = ("\n---", "\n***", "\n___")
_MAX = 60_000
"""Characters of the longest notes; the longest of a real archive, 23 authors', have half."""
_MAX_OTHERS = 3
"""Paragraphs beside the bios; with more of them, what follows a rule is a part of the text."""


class Note(Struct, frozen=True):
    """One paragraph below the article."""

    text: str
    """Markdown."""
    names: tuple[str, ...] = ()
    """Whom it tells of: one for a bio, several for a list of authors."""
    contributor: bool = False
    """Whether it tells of no author of the whole: names in italics, or many in one paragraph."""


class Notes(Struct, frozen=True):
    """A body in two parts."""

    body: str
    notes: tuple[Note, ...] = ()
    """The paragraphs below the last rule, in order, where one of them tells of an author."""

    @property
    def bios(self) -> tuple[str, ...]:
        """Return the names that notes tell of, in order."""
        return tuple(name for note in self.notes for name in note.names)

    @property
    def authors(self) -> tuple[str, ...]:
        """Return the same without those who only wrote a part."""
        return tuple(name for note in self.notes if not note.contributor for name in note.names)


def split_notes(body: str, separator: str = "", named: Container[str] = ()) -> Notes:
    """Return `body` without the notes about its authors below its last `---`, and those.

    Definitions of links and footnotes below the rule stay in the body. A rule above the excerpt
    separator, or with code or Liquid below it, is none of ours. `named` are names whatever they
    look like.
    """
    start, end = _rule(body)
    tail = body[end:]
    bold = "__" in tail or "**" in tail
    if start < 0 or not bold or "{%" in tail or "{{" in tail:
        return Notes(body)
    if separator.strip() and body.find(separator) >= start:
        return Notes(body)
    if _FENCE.search(tail):
        return Notes(body)
    blocks = _blocks(_without_end(tail))
    kept = [block for block in blocks if _DEFINITION.match(block)]
    notes = tuple(_note(block, named) for block in blocks if not _DEFINITION.match(block))
    if not _tell_of_authors(notes):
        return Notes(body)
    while body[start - 1 : start] == "\n":
        start -= 1
    below = "\n".join(f"{block}\n" for block in kept)
    return Notes(body[: start + 1] + (f"\n{below}" if below else ""), notes)


def _blocks(text: str) -> list[str]:
    """Return the paragraphs of a text; what is indented below a definition is a part of it."""
    blocks: list[str] = []
    for block in _BLANK.split(text):
        if blocks and block.startswith(("    ", "\t")) and _DEFINITION.match(blocks[-1]):
            blocks[-1] += "\n\n" + block.strip("\n")
        elif block.strip():
            blocks.append(block.strip("\n"))
    return blocks


def _without_end(text: str) -> str:
    """Return `text` without a last comment that only says that it ends."""
    before, mark, comment = text.rstrip().rpartition("<!--")
    return before if mark and comment.replace(" ", "") == "END-->" else text


def _rule(body: str) -> tuple[int, int]:
    """Return where the last rule on a line of its own begins and ends; (-1, -1) without one."""
    first, end = max(0, len(body) - _MAX), len(body)
    for _ in range(8):  # a table's or a heading's line of dashes is none
        start = -1
        for mark in _MARKS:  # each only behind what was found
            start = max(start, body.rfind(mark, max(first, start), end))
        if start < 0:
            break
        stop = body.find("\n", start + 1)
        line = body[start + 1 : stop].strip() if stop > 0 else ""
        above = body[body.rfind("\n", 0, start) + 1 : start]
        if line and line == line[0] * len(line) and not above.strip():
            return start, stop
        end = start
    return -1, -1


def _note(text: str, named: Container[str]) -> Note:
    bold = _BOLD.findall(text) if text.startswith(("__", "**")) else []
    if len(bold) > 2 and all(map(_is_name, bold)):
        return Note(text, tuple(bold), contributor=True)
    found = _BIO.fullmatch(text) or _UNCLOSED.fullmatch(text)
    if found:
        name = (found["name"] + (found.groupdict().get("end") or "")).strip()
        if name in named or _is_name(name):
            italic = (found.groupdict().get("mark") or "__") in "_*"
            return Note(text, (name,), italic)
    listed = _LISTED.fullmatch(text)
    if listed and ("," in listed["names"] or text.startswith(("__Author", "**Author"))):
        return Note(text, tuple(p.name for p in split_authors(listed["names"]).people))
    return Note(text)


def _is_name(text: str) -> bool:
    """Return whether bold words at the start of a paragraph can be somebody's name."""
    words = [word for word in text.split() if word[0].isalpha()]
    large = [word for word in words if not word[0].islower()]
    return not text.endswith((":", ".")) and 0 < len(words) <= 9 and len(large) * 2 >= len(words)


def _tell_of_authors(notes: tuple[Note, ...]) -> bool:
    """Return whether these are notes about authors, and not the last part of the text."""
    told = [note for note in notes if note.names]
    others = [note for note in notes if not note.names]
    labels = [note for note in others if _LABEL.match(note.text)]
    headings = sum(note.text.startswith("#") for note in others)
    sure = any("__" in note.text or "**" in note.text for note in told)
    return sure and headings <= 1 and len(others) - len(labels) <= max(_MAX_OTHERS, len(told))


def complete(byline: Byline, notes: Notes) -> tuple[Person, ...]:
    """Return everybody who had a part: the byline's people, and where it ends in "et al." the
    others whom the notes tell of, in their order; the byline's own come first. Family names are
    read as the notes call people."""
    bios = {person_of(note.names[0]).id: note.text for note in notes.notes if len(note.names) == 1}
    told = {id_: text for id_, text in bios.items() if id_ not in byline.sure}
    everybody = _everybody(byline, notes)
    return tuple(called(p, told[p.id]) if p.id in told else p for p in everybody)


def _everybody(byline: Byline, notes: Notes) -> tuple[Person, ...]:
    if not byline.others:
        return byline.people
    own = {key_of(person) for person in byline.people}
    rest = [person_of(name) for name in notes.authors]
    leads = [person for person in byline.people if person.role == "author"]
    helpers = [person for person in byline.people if person.role != "author"]
    added = [person for person in rest if key_of(person) not in own]
    return tuple(unique([*leads, *added, *helpers]))


def whose(note: Note, people: Iterable[Person]) -> Person | None:
    """Return who among `people` a bio tells of; None where none, or more than one, fits."""
    if len(note.names) != 1:
        return None
    teller = person_of(note.names[0])
    exact = [person for person in people if person.id == teller.id or person.name == teller.name]
    alike = [person for person in people if key_of(person) == key_of(teller)]
    found = exact or alike
    return found[0] if len(found) == 1 else None
