"""Reads inline text as kramdown does: a span begins where its end is found (kramdown.md)."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any

from markdown_it.token import Token

from briefsite.prose import typography
from briefsite.prose.excerpts import CUT

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


class Frame:
    """A span that is being read, or the whole text."""

    __slots__ = ("closes", "flags", "kind", "last", "opened", "out", "raw", "stop", "text")

    def __init__(
        self,
        flags: int,
        kind: str = "",
        closes: "Callable[[Frame, int], bool] | None" = None,
        *,
        raw: bool = False,
    ) -> None:
        self.flags, self.kind, self.stop, self.closes, self.raw = flags, kind, kind[:1], closes, raw
        self.out: list[Token] = []
        self.text: list[str] = []
        self.last: Token | None = None
        self.opened: list[int] = []

    def write(self, text: str, last: Token | None = None) -> None:
        """Add text; `last` is what an attribute list behind it is for."""
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
        if self.text:
            text = "".join(self.text)
            self.text.clear()
            if "\n" in text:
                self._lines(text.split("\n"))
            else:
                self.out.append(self._token(text))
        return self.out

    def _token(self, text: str) -> Token:
        return Token("text_special", "", 0, content=text, info="raw" if self.raw else "")

    def _lines(self, lines: Sequence[str]) -> None:
        for n, line in enumerate(lines):
            if n and not (self.out and self.out[-1].type == "hardbreak"):
                self.out.append(Token("softbreak", "br", 0))
            last = n == len(lines) - 1
            hard = not last and line.endswith("\\") and not self.flags & HTML
            text = line.lstrip(" \t") if n else line
            text = text[:-1] if hard else text if last else text.rstrip(" \t")
            if text:
                self.out.append(self._token(text))
            if hard:
                self.out.append(Token("hardbreak", "br", 0))


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
        if end < 0 and frame.stop in EMPHASIS:
            # A later opener of this kind that comes by here ends as this one did: nowhere.
            dead.update(passed[1:])
        return end

    def _read(self, frame: Frame, at: int, dead: set[int], passed: list[int]) -> int:
        src, search, pos = self.src, (_RAW if frame.raw else _SPECIAL).search, at
        while True:
            if pos == at:
                if at in dead:
                    return -1
                passed.append(at)
            found = search(src, pos)
            if found is None:
                frame.write(self._plain(frame, src[at:]))
                return -1
            pos = found.start()
            char = src[pos]
            if char == "]":
                if frame.stop == "]" and frame.closes and frame.closes(frame, pos):
                    frame.write(src[at:pos])
                    return pos
                pos += 1
                continue
            if char in QUOTES:
                at = pos = self._quote(frame, at, pos)
                continue
            frame.write(self._plain(frame, src[at:pos]))
            if char == frame.stop and frame.closes and frame.closes(frame, pos):
                return pos
            at = self.handlers[char](self, frame, pos)
            if at == pos:
                at = self._literal(frame, pos)
            pos = at

    def _plain(self, frame: Frame, text: str) -> str:
        return characters(text) if frame.raw else text

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
