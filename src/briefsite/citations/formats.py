"""Citations as programs read them: BibTeX, RIS and CSL-JSON (publishing.md 6.2 to 6.4)."""

import json
import posixpath
import re
from collections.abc import Callable, Iterable
from typing import Any

from briefsite.citations.citation import Citation
from briefsite.model import Person
from briefsite.values import Struct

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # BibTeX counts braces, escaped or not
        "}": r"\textbraceright{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_SPACES = re.compile(r"[^\S\u3000]+")
_RAW = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LANGUAGES = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "ja": "japanese",
    "ko": "korean",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "tr": "turkish",
    "uk": "ukrainian",
    "zh": "chinese",
}
"""Babel's names of languages, which BibLaTeX knows."""
_REGIONS = {"en-gb": "british", "en-us": "american", "en-au": "australian", "de-at": "austrian"}


def bibtex(citations: Iterable[Citation]) -> str:
    """Return entries that BibTeX and BibLaTeX both read, as UTF-8; an empty field is left out."""
    return "\n".join(map(_entry, citations))


def _entry(cited: Citation) -> str:
    day, lang = cited.published, cited.lang.lower()
    primary = _LANGUAGES.get(lang.partition("-")[0], "")
    values = {
        "author": _names(cited.authors) + (" and others" if cited.others else ""),
        "editor": _names(cited.having("editor")),
        "translator": _names(cited.having("translator")),
        "title": f"{{{_tex(cited.title)}}}",
        "organization" if cited.web else "institution": _tex(cited.publisher),
        "type": "" if cited.web else _tex(cited.genre),
        "series": _tex(cited.series),
        "number": _tex(cited.number),
        "address": _tex(cited.place),
        "year": f"{day.year:04}",
        "month": _MONTHS[day.month - 1],
        "date": day.isoformat(),
        "doi": cited.doi.translate(_RAW),
        "isbn": cited.isbn,
        "issn": cited.issn,
        "url": cited.url.translate(_RAW),
        "language": primary,
        "langid": _REGIONS.get(lang, primary),
        "abstract": _tex(cited.abstract),
        "keywords": _tex(", ".join(cited.keywords)),
    }
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n"
        for name, value in values.items()
        if value
    ]
    return f"@{'online' if cited.web else 'techreport'}{{{cited.key},\n{''.join(lines)}}}\n"


def _names(people: Iterable[Person]) -> str:
    return " and ".join(map(_name, people))


def _name(person: Person) -> str:
    """Return `von Last, Jr, First`; what is one whole stands in braces, an "and" in it too."""
    if not person.family:
        return f"{{{_tex(person.name)}}}"
    family = f"{person.particle} {person.family}".strip()
    parts = [_tex(part) for part in (family, person.suffix, person.given) if part]
    return f"{{{parts[0]}}}" if len(parts) == 1 else ", ".join(parts)


def _tex(text: str) -> str:
    return _line(text).translate(_TEX)


def _line(text: str) -> str:
    """Return `text` as one line; the wide space of CJK is a character of its own."""
    return _SPACES.sub(" ", text).strip()


def ris(citations: Iterable[Citation]) -> str:
    """Return RIS records: one line a value, CRLF, a blank line between records."""
    return "\r\n".join(
        "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in _record(cited)) + "ER  - \r\n"
        for cited in citations
    )


def _record(cited: Citation) -> Iterable[tuple[str, str]]:
    """Yield tags and values as Zotero understands them for a report or a blog's post."""
    day = cited.published
    yield "TY", "BLOG" if cited.web else "RPRT"
    for role, tag in (("author", "AU"), ("editor", "ED"), ("translator", "A4")):
        for person in cited.having(role):
            yield tag, _reversed(person)
    values = {
        "TI": cited.title,
        "PY": f"{day.year:04}",
        "DA": f"{day.year:04}/{day.month:02}/{day.day:02}/",
        "PB": cited.publisher,
        "CY": cited.place,
        "SN": cited.number or cited.isbn or cited.issn,
        "M3": cited.genre,
        "T2": cited.publisher if cited.web else cited.series,
        "AB": cited.abstract,
    }
    yield from ((tag, value) for tag, value in values.items() if value)
    yield from (("KW", word) for word in cited.keywords)
    more = {"LA": cited.lang, "DO": cited.doi, "UR": cited.url, "L1": cited.pdf}
    yield from ((tag, value) for tag, value in more.items() if value)


def _reversed(person: Person) -> str:
    """Return `Family, Given, Suffix`; a whole name has no comma, which would part it."""
    if not person.family:
        return person.name.replace(",", "")
    family = f"{person.particle} {person.family}".strip()
    return ", ".join(filter(None, (family, person.given, person.suffix)))


def csl_json(citations: Iterable[Citation]) -> str:
    """Return an array of items for citation processors (CSL-JSON)."""
    items = [_item(cited) for cited in citations]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _item(cited: Citation) -> dict[str, Any]:
    day = cited.published
    values = {
        "id": cited.key,
        "type": "post-weblog" if cited.web else "report",
        "title": cited.title,
        "author": [_csl_name(person) for person in cited.authors],
        "editor": [_csl_name(person) for person in cited.having("editor")],
        "translator": [_csl_name(person) for person in cited.having("translator")],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "genre": cited.genre,
        "number": cited.number,
        "collection-title": cited.series,
        "container-title": cited.publisher if cited.web else "",
        "publisher": cited.publisher,
        "publisher-place": cited.place,
        "language": cited.lang,
        "abstract": cited.abstract,
        "keyword": ", ".join(cited.keywords),
        "URL": cited.url,
        "DOI": cited.doi,
        "ISBN": cited.isbn,
        "ISSN": cited.issn,
    }
    return {name: value for name, value in values.items() if value}


def _csl_name(person: Person) -> dict[str, str]:
    if not person.family:
        return {"literal": person.name}
    values = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.particle,
        "suffix": person.suffix,
    }
    return {name: value for name, value in values.items() if value}


class Format(Struct, frozen=True):
    """A kind of file for reference managers."""

    name: str
    ending: str
    media_type: str
    write: Callable[[Iterable[Citation]], str]


def beside(output: str) -> str:
    """Return the path, without its ending, of the files beside the page at `output`, named as the
    page is."""
    stem = posixpath.splitext(output)[0]
    folder, _, name = stem.rpartition("/")
    if name != "index":
        return stem
    return f"{folder}/{posixpath.basename(folder)}" if folder else "citation"


FORMATS: tuple[Format, ...] = (
    Format("BibTeX", ".bib", "application/x-bibtex", bibtex),
    Format("RIS", ".ris", "application/x-research-info-systems", ris),
    Format("CSL-JSON", ".csl.json", "application/vnd.citationstyles.csl+json", csl_json),
)
