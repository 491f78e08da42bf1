"""Citations in lists of briefs, for Zotero: COinS (publishing.md 1.3)."""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from briefsite.citations.citation import Citation
from briefsite.values import replace


@lru_cache(1 << 14)
def coins(cited: Citation) -> str:
    """Return the `title` of an empty `<span class="Z3988">`: the citation as a query, for a list
    only, as on a brief's own page it would outrank what is said there."""
    return "&".join(f"{key}={_quote(value)}" for key, value in _pairs(cited) if value)


def for_list(cited: Citation) -> Citation:
    """Return a citation without what `coins` does not say."""
    own = replace(cited, key="", place="", number="", isbn="", issn="", keywords=(), others=False)
    return replace(own, sentence_title="", abstract="", pdf="")


@lru_cache(10_000)
def _quote(text: str) -> str:
    return quote(text, safe="")


def _pairs(cited: Citation) -> Iterator[tuple[str, str]]:
    yield "ctx_ver", "Z39.88-2004"
    if cited.web:
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
        yield "rft.type", "webpage"
        yield "rft.title", cited.title
        yield "rft.source", cited.publisher
    else:
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:book"
        yield "rft.genre", "report"
        yield "rft.btitle", cited.title
        yield "rft.publisher", cited.publisher
        yield "rft.series", cited.series
    yield from _people(cited)
    yield "rft.date", cited.published.isoformat()
    yield "rft.language", cited.lang
    yield "rft_id", cited.doi and f"info:doi/{cited.doi}"
    yield "rft_id", cited.url


def _people(cited: Citation) -> Iterator[tuple[str, str]]:
    """Yield the first author in parts and all of them whole; organizations as such."""
    for number, person in enumerate(cited.authors):
        # Zotero drops what stands behind the given name (publishing.md 1.3).
        family = f"{person.particle} {person.family} {person.suffix}".strip()
        name = f"{family}, {person.given}".rstrip(", ") if person.family else person.name
        if number == 0 and person.family and not cited.web:
            yield "rft.aulast", family
            yield "rft.aufirst", person.given
        corporate = person.kind == "organization" and not cited.web
        yield "rft.creator" if cited.web else "rft.aucorp" if corporate else "rft.au", name
