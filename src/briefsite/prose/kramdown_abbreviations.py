"""Words of the text that `*[HTML]: ...` explains (jekyll.md K2)."""

import re
from collections.abc import Iterable, Iterator, Mapping

from markdown_it.token import Token

_LONGEST = 100
_WORD = re.compile(r"(?<![A-Za-z0-9_])(?:[A-Za-z0-9_]+|[^A-Za-z0-9_\s])")
_LETTER = re.compile(r"[A-Za-z0-9_]")


def abbreviated(tokens: Iterable[Token], titles: Mapping[str, str]) -> Iterator[Token]:
    """Yield `tokens` with the abbreviations in their text marked: of several the longest."""
    lengths = sorted({len(name) for name in titles if 0 < len(name) <= _LONGEST}, reverse=True)
    starts = {found[0] for name in titles if (found := _WORD.match(name))}
    for token in tokens:
        if token.type != "text_special" or token.info == "raw":
            yield token
            continue
        text, at = token.content, 0
        for found in _WORD.finditer(text):
            if found[0] not in starts or found.start() < at:
                continue
            name = _longest(text, found.start(), lengths, titles)
            if name:
                yield _text(text[at : found.start()])
                yield Token("abbr_open", "abbr", 1, attrs=_attributes(titles[name]))
                yield _text(name)
                yield Token("abbr_close", "abbr", -1)
                at = found.start() + len(name)
        yield _text(text[at:]) if at else token


def _longest(text: str, start: int, lengths: list[int], titles: Mapping[str, str]) -> str:
    names = (text[start : start + length] for length in lengths)
    known = (name for name in names if name in titles)
    return next((name for name in known if not _LETTER.match(text, start + len(name))), "")


def _text(content: str) -> Token:
    return Token("text_special", "", 0, content=content)


def _attributes(title: str) -> dict[str, str | int | float]:
    return {"title": title} if title else {}
