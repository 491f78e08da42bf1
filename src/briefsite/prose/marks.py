"""What authors wrote, with the line of each thing: for the checks, which name the line to mend."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal
from urllib.parse import unquote

from briefsite.prose.markdown import parse
from briefsite.prose.options import Options
from briefsite.prose.sanitizer import Fragment
from briefsite.prose.tokens import Token, text_of
from briefsite.values import Struct

REACH = 300
"""Lines below the beginning of a block in which what stands in it is looked for."""
_LITERAL = re.compile(r"(?<![*_\\])(?:\*\*|__)(?![*_])")
_JOINED = re.compile(r"(?<=\w)(?:\*\*|__)(?=\w)")
"""In `2**3` and `snake__case` nobody meant emphasis."""
_UNTAKEN = re.compile(
    r"\[\^[^\]\s]+\]|!?\[[^\[\]]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]]+\] \(https?://"
)
"""What was meant for the mark of a note, or for a link or an image."""
_MARKER = re.compile(r"[ \t]*[-*+][ \t]*")


class Mark(Struct, frozen=True):
    """One thing in a body that a check may have something to say about."""

    kind: Literal["link", "image", "heading", "literal", "marker"]
    line: int
    """In the file, counted from 1."""
    value: str
    """An address as its author wrote it; else text."""
    words: str | None = None
    """The words of a link, the alternative text of an image; None where there cannot be any: in raw
    HTML, and for an image that says that it is decoration."""
    level: int = 0
    """Of a heading, on the page."""
    caption: str = ""
    """Below an image."""


def marks(text: str, lines: Sequence[str], options: Options, first_line: int) -> Iterator[Mark]:
    """Yield what stands in a Markdown body, in order; `lines` are the body's as they lie in the
    file, from `first_line` on, which differ from `text` where Liquid was filled in."""
    tokens, _ = parse(text, lambda target: target, options, "")
    walk = _Walk(lines, first_line)
    code: set[int] = set()
    for at, token in enumerate(tokens):
        if token.map:
            walk.at = token.map[0]
            if token.type in ("fence", "code_block"):
                code.update(range(*token.map))
        if token.type == "heading_open":
            words = text_of(tokens[at + 1].children or ())
            yield Mark("heading", walk.line(""), words, level=int(token.tag[1]))
        elif token.type == "html_block":
            yield from walk.html(token.content)
        elif token.type == "inline":
            yield from walk.inline(token.children or [], _caption(token.children or []))
    for number, line in enumerate(lines):
        if number not in code and _MARKER.fullmatch(line):
            around = (*lines[max(number - 1, 0) : number], *lines[number + 1 : number + 2])
            if line.strip() == "+" or any(map(str.strip, around)):
                yield Mark("marker", first_line + number, line.strip())


def html_marks(body: str, first_line: int) -> Iterator[Mark]:
    """Yield what stands in a body that is HTML."""
    return _Walk(body.split("\n"), first_line).html(body)


class _Walk:
    """Knows at which line of the body the walk through its tokens is."""

    def __init__(self, lines: Sequence[str], first_line: int) -> None:
        self.lines, self.first = lines, first_line
        self.at = 0

    def line(self, needle: str) -> int:
        """Return the line in the file that holds `needle`, the nearest from here down, else up;
        this one where there is none."""
        below = range(self.at, min(self.at + REACH, len(self.lines)))
        above = range(min(self.at, len(self.lines)) - 1, -1, -1)
        found = (n for n in (*below, *above) if needle in self.lines[n])
        return self.first + next(found, self.at) if needle else self.first + self.at

    def address(self, address: str) -> int:
        """Return the line that holds `address`, which the parser may have encoded."""
        spelled = (address, unquote(address))
        held = next((s for s in spelled if any(s in line for line in self.lines)), "")
        return self.line(held)

    def inline(self, children: Sequence[Token], caption: str) -> Iterator[Mark]:
        """Yield what stands in the tokens of one paragraph, heading or cell."""
        for at, child in enumerate(children):
            if child.type in ("softbreak", "hardbreak"):
                self.at += 1
            elif child.type == "link_open":
                href = str(child.attrs.get("href", ""))
                yield Mark("link", self.address(href), href, _words(children[at + 1 :]))
            elif child.type == "image":
                src = str(child.attrs.get("src", ""))
                bare = child.attrs.get("role") in ("presentation", "none")
                words = None if bare else text_of(child.children or ()) or child.content
                yield Mark("image", self.address(src), src, words, caption=caption)
            elif child.type == "html_inline":
                yield from self.html(child.content)
            elif child.type == "text":
                yield from self._literal(child.content)

    def _literal(self, text: str) -> Iterator[Mark]:
        for found in _LITERAL.finditer(_JOINED.sub("", text)):
            line = self.line(found[0])
            # An author who wrote `\*\*` meant the stars.
            if 0 <= line - self.first < len(self.lines) and _LITERAL.search(
                self.lines[line - self.first]
            ):
                yield Mark("literal", line, found[0])
        for found in _UNTAKEN.finditer(text) if "[" in text else ():
            # Nor did one who wrote `\[^1]` mean a note.
            line = self.line(found[0])
            where = self.lines[line - self.first : line - self.first + 1]
            if any(re.search(rf"(?<!\\){re.escape(found[0])}", row) for row in where):
                yield Mark("literal", line, found[0])

    def html(self, text: str) -> Iterator[Mark]:
        """Yield what stands in raw HTML that begins here."""
        tags = _Tags(self.at + self.first)
        tags.feed(text)
        return iter(tags.marks)


def _caption(children: Sequence[Token]) -> str:
    """Return the text below the images that a paragraph begins with."""
    kinds = [child.type for child in children if child.type != "link_open"]
    end = next((n for n, child in enumerate(children) if child.type.endswith("break")), 0)
    return text_of(children[end:]).strip() if kinds[:1] == ["image"] and end else ""


def _words(children: Sequence[Token]) -> str:
    """Return the words of a link whose tokens these are, up to its end."""
    end = next((n for n, child in enumerate(children) if child.type == "link_close"), 0)
    inside = children[:end]
    shown = " ".join(child.content for child in inside if child.type in ("image", "html_inline"))
    return (text_of(inside) + shown).strip()


class _Tags(Fragment):
    """Gathers what raw HTML holds; its words are not looked at."""

    def __init__(self, first_line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.first = first_line
        self.marks: list[Mark] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in one element."""
        said = dict(attrs)
        line = self.first + self.getpos()[0] - 1
        if tag == "a" and said.get("href"):
            self.marks.append(Mark("link", line, said["href"] or ""))
        elif tag == "img" and said.get("src"):
            # An author who writes HTML and `alt=""` says that it is decoration.
            words = None if said.get("alt") == "" else said.get("alt") or ""
            self.marks.append(Mark("image", line, said["src"] or "", words))
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.marks.append(Mark("heading", line, tag, level=int(tag[1])))
