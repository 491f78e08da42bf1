"""What a page asks of an article that a feed does not: an outline without gaps below the page's own
title, and code and formulas that scroll within reach of the keyboard (WCAG 1.3.1, 2.1.1)."""

import re
from collections.abc import Iterable, Iterator

_HEADING = re.compile(r"<(/?)h([1-6])(?=[ >])")
_OPENED = re.compile(r"<h([1-6])[ >]")
_CODE = re.compile(r"<pre(?=[ >])(?![^>]* tabindex)")
_FORMULA = re.compile(r'<math display="block">.*?</math>', re.DOTALL)


def within_reach(*parts: str) -> tuple[str, ...]:
    """Return HTML that follows each other on one page, ready for it."""
    written = [int(level) for part in parts for level in _OPENED.findall(part)]
    levels = list(_without_gaps(written))
    if levels != written:
        parts = _relevelled(parts, iter(levels))
    return tuple(map(_scrollable, parts))


def _scrollable(html: str) -> str:
    if "<pre" in html:
        html = _CODE.sub('<pre tabindex="0"', html)
    if "<math" in html:  # which may not have the attribute itself
        html = _FORMULA.sub(r'<div class="math" tabindex="0">\g<0></div>', html)
    return html


def _without_gaps(written: Iterable[int]) -> Iterator[int]:
    """Yield how deep below the title each heading stands: authors begin with the third level, or
    leave one out, for the size of its letters."""
    path = [1]
    for level in written:
        while path and path[-1] >= level:
            path.pop()
        path.append(level)
        yield len(path)


def _relevelled(parts: tuple[str, ...], levels: Iterator[int]) -> tuple[str, ...]:
    level = 1

    def tag(found: re.Match[str]) -> str:
        nonlocal level
        level = level if found[1] else next(levels)
        return f"<{found[1]}h{level}"

    return tuple(_HEADING.sub(tag, part) for part in parts)
