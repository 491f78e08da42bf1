"""Curly quotes and dashes, by the rules that SmartyPants set and kramdown follows (kramdown.md)."""

import re

_DASHES = {"---": "—", "--": "–", "...": "…", "<<": "«", ">>": "»"}
_PUNCTUATION = frozenset("!\"#$%'()*+,-./:;<=>?@[\\]^_`{|}~")
_OPENS_BEFORE = frozenset(" \t\n\r[{(-")
_MARK = re.compile(r"---|--|\.\.\.|<<|>>|[\"']")
_DECADE = re.compile(r"\d\ds")


def has_marks(text: str) -> bool:
    """Return whether `text` holds anything that `curl` would change."""
    return '"' in text or "'" in text or "--" in text or "..." in text or "<<" in text or ">>" in text


def curl(text: str, before: str = "", after: str = "") -> str:
    """Return `text` with curly quotes and dashes.

    `before` and `after` are the characters that touch it in the same paragraph: one character of
    context on each side decides, so the work is one pass.
    """
    parts: list[str] = []
    at = 0
    left = before
    for found in _MARK.finditer(text):
        start, token = found.start(), found[0]
        if start > at:
            left = text[start - 1]
        parts.append(text[at:start])
        at = found.end()
        if token in _DASHES:
            parts.append(_DASHES[token])
        else:
            parts.append(_quote(token, left, text[at : at + 3] or after))
        left = token[-1]
    parts.append(text[at:])
    return "".join(parts)


def _quote(quote: str, left: str, right: str) -> str:
    """Return the curly form of `quote` between the characters `left` and `right`; the first rule that fits wins."""
    opening, closing = ("“", "”") if quote == '"' else ("‘", "’")
    first = right[:1]
    word = first.isalnum() or first == "_"
    if first in _PUNCTUATION and first not in "\"'" and not right.startswith("..."):
        at_word = left.isalnum() or left == "_"
        if not (len(right) > 1 and right[1].isalnum()) or at_word:
            return closing
    if first and first in "\"'" and first != quote and right[1:2].isalnum() and not left.strip():
        return opening
    if quote == "'" and _DECADE.match(right) and not left.strip():
        return closing
    if (not left or left.isspace()) and (word or (first and not first.isspace())):
        return opening
    if left and left not in _OPENS_BEFORE:
        return closing
    if not first or first.isspace():
        return closing
    return opening
