"""How a brief is cited: one value, from which every style and format is made (publishing.md 6)."""

from briefsite.citations.citation import GENRES, WEB, Citation, cite, full_title, keys
from briefsite.citations.coins import coins, for_list
from briefsite.citations.formats import FORMATS, beside, bibtex, csl_json, ris
from briefsite.citations.styles import STYLES

__all__ = [
    "FORMATS",
    "GENRES",
    "STYLES",
    "WEB",
    "Citation",
    "beside",
    "bibtex",
    "cite",
    "coins",
    "csl_json",
    "for_list",
    "full_title",
    "keys",
    "ris",
]
