"""Curly quotes and dashes, by the rules that SmartyPants set and kramdown follows (kramdown.md)."""

import re

_DASHES = {"---": "—", "--": "–", "...": "…", "<<": "«", ">>": "»"}
_QUOTES = frozenset("\"'")
_PUNCTUATION = frozenset("!\"#$%'()*+,-./:;<=>?@[\\]^_`{|}~")
_OPENS_BEFORE = frozenset(" \t\n\r[{(-")
_MARK = re.compile(r"---|--|\.\.\.|<<|>>|[\"']")
_DECADE = re.compile(r"\d\ds")
_POSSESSIVE = re.compile(r"s\b")


def has_marks(text: str) -> bool:
    """Return whether `text` holds anything that `curl` would change."""
    return (
        '"' in text or "'" in text or "--" in text or "..." in text or "<<" in text or ">>" in text
    )


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
    """Return the curly form of `quote` between `left` and `right`: of SmartyPants' rules the first
    that fits."""
    opening, closing = ("“", "”") if quote == '"' else ("‘", "’")
    first, second = right[:1], right[1:2]
    if first in _PUNCTUATION and not right.startswith("...") and not _is_word(second):
        return closing
    if (first in _QUOTES and first != quote and _is_word(second)) or (
        left in _QUOTES and left != quote and _is_word(first)
    ):
        return opening
    if quote == "'" and _DECADE.match(right):
        return closing
    if left.isspace() and _is_word(first):
        return opening
    if left and left not in _OPENS_BEFORE:
        return closing
    return closing if not first or first.isspace() or _POSSESSIVE.match(right) else opening


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"
