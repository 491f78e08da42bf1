"""Reads inline text as kramdown does: a span begins where its end is found (kramdown.md)."""

import re
from bisect import bisect_left
from collections.abc import Callable
from html import unescape
from typing import Any

from markdown_it.token import Token

from briefsite.prose import typography
from briefsite.prose.excerpts import CUT
from briefsite.values import Struct, field

EM, STRONG, LINK, HTML = 1, 2, 4, 8
"""What is open around a place: no span of its kind begins there."""
SPACE = frozenset(" \t\r\n\f\v")
QUOTES, EMPHASIS = frozenset("\"'"), frozenset("*_")
DEEPEST = 50
MARK = Token("", "", 0)
"""Stands for an element that takes no attributes."""
# Each alternative begins with a letter of its own: only then does `re` skip quickly.
_SPECIAL = re.compile(rf"\*|_|`|<|\[|\]|\\|\"|'|&|{CUT}|!\[|\$\$|\{{:|--|\.\.\.|~~|>>| >>|  \n")
_RAW = re.compile(f"<|{CUT}")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8});")
Span = tuple[list[Token], int]


def characters(text: str) -> str:
    """Return `text` with its entities as the characters that they are."""
    return _ENTITY.sub(lambda found: unescape(found[0]), text) if "&" in text else text


class Frame(Struct):
    """A span that is being read, or the whole text."""

    flags: int
    kind: str = ""
    """What opened it; where the first character of that comes again, `closes` is asked."""
    closes: "Callable[[Frame, int], bool]" = lambda *_: False
    raw: bool = False
    """Whether its text is no Markdown."""
    out: list[Token] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    """What will be the next token."""
    last: Token | None = None
    """The element that an attribute list at this place is for."""
    opened: list[int] = field(default_factory=list)
    """Where the labels begin whose ends are awaited."""

    def write(self, text: str, last: Token | None = None) -> None:
        """Add text; one that stands for an element comes with a MARK."""
        if text:
            self.text.append(text)
            self.last = last

    def put(self, *tokens: Token) -> None:
        """Add an element."""
        self.finish()
        self.out += tokens
        self.last = tokens[0]

    def finish(self) -> list[Token]:
        """Return everything read, in tokens."""
        *lines, rest = "".join(self.text).split("\n")
        self.text.clear()
        for line in lines:
            hard = line.endswith("\\") and not self.flags & HTML
            self._line(line[:-1] if hard else line.rstrip(" \t"))
            if hard or not (self.out and self.out[-1].type == "hardbreak"):
                self.out.append(Token("hardbreak" if hard else "softbreak", "br", 0))
        self._line(rest)
        return self.out

    def _line(self, text: str) -> None:
        """Add a line's text; as `text_special`, which nobody curls again."""
        text = text.lstrip(" \t") if self.out and self.out[-1].tag == "br" else text
        if text:
            info = "raw" if self.raw else ""
            self.out.append(Token("text_special", "", 0, content=text, info=info))


Handler = Callable[["Scanner", Frame, int], int]
"""Reads what begins at a place into the frame; returns where it ends, the place itself if it is
text."""


class Scanner:
    """One inline text, and what is known of it already: so that no place is read again and again.

    kramdown tries each opener and starts over where its end is missing; what came of it depends on
    the place and on what is open there alone, and is kept.
    """

    def __init__(self, src: str, handlers: dict[str, Handler], env: dict[str, Any], md: Any):
        self.src, self.handlers, self.env, self.md = src, handlers, env, md
        self.typography = env["pass"].typography
        self.depth = 0
        self.spans: dict[tuple[int, str, int], Span] = {}
        self.closers: dict[int, dict[int, int]] = {}
        self.dead: dict[tuple[str, int], set[int]] = {}
        self.parentheses: dict[int, tuple[int, bool]] | None = None
        self._places: dict[str, tuple[list[int], list[re.Match[str]]]] = {}

    def tokens(self, flags: int = 0) -> list[Token]:
        """Return the whole text in tokens."""
        frame = Frame(flags)
        self.run(frame, 0)
        return frame.finish()

    def ahead(self, pattern: str, at: int) -> re.Match[str] | None:
        """Return the first match of `pattern` at or behind `at`."""
        if pattern not in self._places:
            found = list(re.finditer(pattern, self.src))
            self._places[pattern] = [match.start() for match in found], found
        starts, found = self._places[pattern]
        n = bisect_left(starts, at)
        return found[n] if n < len(found) else None

    def span(self, at: int, frame: Frame) -> Span:
        """Return what `frame` holds when read from `at`, and where its stop stands; -1 without
        one."""
        key = (at, frame.kind, frame.flags)
        if key not in self.spans:
            end = self.run(frame, at)
            self.spans[key] = (frame.finish(), end)
        return self.spans[key]

    def run(self, frame: Frame, start: int) -> int:
        """Read into `frame` from `start`; return where its stop stands, -1 where the text ends
        first."""
        if self.depth >= DEEPEST:
            return -1
        self.depth += 1
        dead = self.dead.setdefault((frame.kind, frame.flags), set())
        passed: list[int] = []
        end = self._read(frame, start, dead, passed)
        self.depth -= 1
        if end < 0 and frame.kind[:1] in EMPHASIS:
            # A later opener of this kind that comes by here ends as this one did: nowhere.
            dead.update(passed[1:])
        return end

    def _read(self, frame: Frame, at: int, dead: set[int], passed: list[int]) -> int:
        src, search = self.src, (_RAW if frame.raw else _SPECIAL).search
        stop, pos = frame.kind[:1], at
        while True:
            if pos == at:
                if at in dead:
                    return -1
                passed.append(at)
            found = search(src, pos)
            if found is None:
                frame.write(characters(src[at:]) if frame.raw else src[at:])
                return -1
            pos = found.start()
            char = src[pos]
            if char == "]" and not (stop == "]" and frame.closes(frame, pos)):
                pos += 1
            elif char in QUOTES:
                at = pos = self._quote(frame, at, pos)
            else:
                frame.write(characters(src[at:pos]) if frame.raw else src[at:pos])
                if char == "]" or (char == stop and frame.closes(frame, pos)):
                    return pos
                at = self.handlers[char](self, frame, pos)
                pos = at = self._literal(frame, pos) if at == pos else at

    def _literal(self, frame: Frame, pos: int) -> int:
        """Read one character as text; a quote behind it is read with it."""
        if self.src[pos + 1 : pos + 2] in QUOTES and not frame.raw:
            return self._quote(frame, pos, pos + 1)
        frame.write(self.src[pos])
        return pos + 1

    def _quote(self, frame: Frame, at: int, pos: int) -> int:
        """Read the quote at `pos` with the one character before it, if that is not read yet."""
        left = max(at, pos - 1)
        frame.write(self.src[at:left])
        text, end = typography.quote(self.src, left)
        frame.write(text if self.typography else self.src[left:end], MARK)
        return end
