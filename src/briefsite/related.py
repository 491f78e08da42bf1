"""Which briefs are related: those that share people, topics, a series and rare words."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from math import log1p

from briefsite.hubs import key_of
from briefsite.model import Brief, BriefLink, Edition

COUNT = 6
"""Two more than are shown: the next parts of a series are named on a page already."""
_COMMON = 40
"""A word that more than one in so many briefs has relates none of them."""
_FEW = 60
"""Briefs that may have a word in any case."""
_SPAN = 12
"""A sign that more briefs have relates each of them to those nearest in time only: the cost of a
brief does not grow with the archive, and of many reports on one subject the latest are named."""
_WEIGHTS = {"series": 300, "term": 200, "person": 100, "word": 50}
_ENOUGH = 100
"""The least that briefs must share: one topic, whatever it is, or a rare word, but not a common
word or an author whom every brief has."""
_WORD = re.compile("[^\\W\\d_]{4,}")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")

Sign = tuple[str, str]


def related(
    briefs: tuple[Brief, ...], editions: Mapping[str, tuple[Edition, ...]]
) -> dict[str, tuple[BriefLink, ...]]:
    """Return up to six related briefs for each of `briefs` (newest first), by source, but none that
    `editions` calls the same text in another language.

    A sign weighs more the fewer briefs have it; of equals the newer comes first, then by path.
    Weights are whole numbers, so that no order of adding them up counts.
    """
    signs = [tuple(dict.fromkeys(_signs(brief))) for brief in briefs]
    rows: dict[Sign, list[int]] = {}
    for number, own in enumerate(signs):
        for sign in own:
            rows.setdefault(sign, []).append(number)
    common = max(_FEW, len(briefs) // _COMMON)
    links = [BriefLink(brief.url, brief.title, brief.lang) for brief in briefs]
    numbers = {brief.url: number for number, brief in enumerate(briefs)}
    weights = {
        sign: int(_WEIGHTS[sign[0]] * log1p(len(briefs) / len(row)))
        for sign, row in rows.items()
        if len(row) > 1 and (sign[0] != "word" or len(row) <= common)
    }
    found = {}
    for number, own in enumerate(signs):
        scores: defaultdict[int, int] = defaultdict(int)
        for sign in own:
            if weight := weights.get(sign):
                for other in _near(rows[sign], number):
                    scores[other] += weight
        for edition in editions.get(briefs[number].source, ()):
            scores.pop(numbers.get(edition.url, number), None)
        scores.pop(number, None)
        # One number says both: the higher the score, and the newer the brief, the greater.
        good = [s * len(links) - other for other, s in scores.items() if s >= _ENOUGH]
        best = sorted(good, reverse=True)[:COUNT]
        found[briefs[number].source] = tuple(links[-both % len(links)] for both in best)
    return found


def _near(row: list[int], number: int) -> list[int]:
    if len(row) <= _SPAN:
        return row
    at = min(max(bisect_left(row, number) - _SPAN // 2, 0), len(row) - _SPAN)
    return row[at : at + _SPAN]


def _signs(brief: Brief) -> Iterator[Sign]:
    """Yield what a brief may share with others."""
    if brief.imprint.series:
        yield "series", key_of(brief.imprint.series)
    for term in (*brief.tags, *(term for terms in brief.terms.values() for term in terms)):
        yield "term", key_of(term)
    for person in brief.people:
        if person.role == "author":
            yield "person", person.id
    yield from _words(f"{brief.title}\n{brief.subtitle}\n{brief.description}")


@lru_cache(1 << 15)  # a preview plans again and again
def _words(text: str) -> tuple[Sign, ...]:
    text = text.casefold()
    pairs = ("".join(pair) for run in _CJK.findall(text) for pair in pairwise(run))
    return tuple(dict.fromkeys(("word", word) for word in (*_WORD.findall(text), *pairs)))
