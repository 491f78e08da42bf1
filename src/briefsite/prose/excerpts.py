"""Where an excerpt ends: pure functions on Markdown text (jekyll.md E1 to E10)."""

import re
from typing import Literal

from briefsite.values import Struct

CUT = "\ufdd0"
"""Stands where the separator stood: a noncharacter, which no source may hold."""
_BLOCK_END = re.compile(r"\n[ \t]*(?:\n|$)")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_DEFINITION = re.compile(
    r"^ {0,3}\[(?!\^)([^\]\n]+)\]:[ \t]*\S.*(?:\n[ \t]+(?=[\"'(]).*)?", re.MULTILINE
)
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\](?!:)")
_NO_TEXT = re.compile(
    r"#{1,6}(?:[ \t]|$)|!\[[^\]]*\]\([^)]*\)\s*$|<!--|(?:[-*_][ \t]*){3,}$|\[[^\]]+\]:|\{:|<\w"
)
_HAN_STARTS = bytes([*range(0xE3, 0xEA), 0xEF])
"""The bytes with which characters of `_HAN` begin in UTF-8."""
_ASCII = bytes(range(128))
_SPACES = bytes(chr(n).isspace() and n < 128 for n in range(256))
_WIDE = (
    "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
    "\u202f\u205f\u3000"
)
"""Space that is more than one byte in UTF-8."""
_HAN = r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
_CJK = "[\u3040-\u30ff\u3400-\u9fff]"


class Excerpt(Struct, frozen=True):
    """The beginning of a body, as Markdown that renders on its own."""

    source: str
    """Where the separator stands inside a block it goes on to that block's end, and CUT stands for
    it."""
    found: bool = False
    """Whether the separator occurs."""


def mark(body: str, separator: str) -> str:
    """Return `body` with CUT in place of the first `separator`, its neighbours kept apart
    (publishing.md A6)."""
    at = body.find(separator) if separator.strip() else -1
    if at < 0:
        return body
    end = at + len(separator)
    before, after = body[max(at - 1, 0) : at], body[end : end + 1]
    # In code a space would be seen, and change where kramdown sees the code's ends.
    left = " " if before and before != "`" and not before.isspace() else ""
    right = " " if after and after != "`" and not after.isspace() else ""
    return body.replace(separator, f"{left}{CUT}{right}", 1)


def unmark(marked: str) -> str:
    """Return what `mark` returned without CUT, as the text would read without its separator."""
    before, cut, after = marked.partition(CUT)
    line, _, rest = after.partition("\n")
    if not cut:
        return marked
    if not before.rpartition("\n")[2].strip() and not line.strip():
        return "\n\n".join(filter(None, (before.rstrip(), rest.lstrip("\n"))))
    return before.rstrip(" ") + (" " if line.strip() else "") + after.lstrip(" ")


def excerpt(
    body: str,
    separator: str,
    *,
    absent: Literal["first-paragraph", "everything"] = "first-paragraph",
) -> Excerpt:
    """Return the excerpt of `body`; what `absent` says where the separator does not occur (E2 to
    E6)."""
    if not separator:
        return Excerpt("")
    if not separator.strip():
        text = body.lstrip("\n")
        head, found, tail = text.partition(separator)
        return Excerpt(_with_definitions(head, tail), bool(found))
    marked = mark(body, separator)
    if CUT not in marked:
        text = body if absent == "everything" else _first_paragraph(body)
        return Excerpt(_with_definitions(text, "" if absent == "everything" else body))
    head, _, tail = marked.partition(CUT)
    line = head.rpartition("\n")[2]
    own_line = not line.strip() and len(line) <= 3 and not tail.partition("\n")[0].strip()
    if own_line:
        return Excerpt(_with_definitions(head.strip("\n"), tail), found=True)
    end = _BLOCK_END.search(tail)
    rest = tail[: end.start()] if end else tail
    return Excerpt(
        _with_definitions(f"{head}{CUT}{rest}".strip("\n"), tail[len(rest) :]), found=True
    )


def _first_paragraph(body: str) -> str:
    """Return the first block that is text: no heading, image, rule, comment or definition."""
    if _FENCE.match(body.lstrip("\n")):
        return ""
    for block in re.split(r"\n[ \t]*\n", body.strip("\n")):
        lines = block.strip("\n").split("\n")
        while lines and (_NO_TEXT.match(lines[0].strip()) or not lines[0].strip()):
            del lines[0]
        if lines:
            return "\n".join(lines)
    return ""


def _with_definitions(head: str, tail: str) -> str:
    """Return `head` with the link definitions of `tail` that it uses (E6); footnotes' never
    (jekyll#5659)."""
    if "[" not in head:
        return head
    head = _NOTE_MARK.sub("", head)
    if "]:" not in tail:
        return head
    used = {_label(label) for label in re.findall(r"\[([^\]\[]+)\]", head)}
    outside = "".join(_FENCE.split(tail)[::4]) if _FENCE.search(tail) else tail
    wanted = [found[0] for found in _DEFINITION.finditer(outside) if _label(found[1]) in used]
    return head + "\n\n" + "\n".join(wanted) if wanted else head


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def measure(body: str) -> tuple[int, int]:
    """Return the words of `body`, each Han and kana character counting as one, and how many
    such characters there are."""
    text = body.replace("—", " ").replace("–", " ")
    data = text.encode("utf-8", "replace")
    others = data.translate(None, _ASCII)  # a small part of most texts, and quickly looked through
    if len(others.translate(None, _HAN_STARTS)) != len(others):
        rest, runs = re.subn(_HAN, " ", text)
        han = len(text) - len(rest) + runs
        return len(rest.split()) + han, han
    if any(map(others.decode().__contains__, _WIDE)):
        return len(text.split()), 0
    return _words(data), 0


def _words(data: bytes) -> int:
    """Return how many words a text has: so many as it has runs of space, when one stands before it
    and none behind. They are counted in one large number, as no word has to be made for it."""
    spaces = int.from_bytes(b"\1" + data.translate(_SPACES), "big")
    return spaces.bit_count() - (spaces & spaces >> 8).bit_count() - (spaces & 1)


def shortened(text: str, limit: int) -> str:
    """Return `text`, cut at a word where it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut if space < limit // 2 or re.match(_CJK, cut[-1]) else cut[:space]).rstrip(
        " ,;:."
    ) + "…"
