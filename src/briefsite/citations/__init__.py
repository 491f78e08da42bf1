"""How a brief is cited: one value, from which every style and format is made (publishing.md 6)."""

from briefsite.citations.citation import GENRES, WEB, Citation, cite, full_title, keys
from briefsite.citations.formats import FORMATS, bibtex, csl_json, ris
from briefsite.citations.styles import STYLES

__all__ = [
    "FORMATS",
    "GENRES",
    "STYLES",
    "WEB",
    "Citation",
    "bibtex",
    "cite",
    "csl_json",
    "full_title",
    "keys",
    "ris",
]
