"""How a brief is cited: one value, from which every style and format is made (publishing.md 6)."""

from briefsite.citations.citation import Citation, cite, keys
from briefsite.citations.coins import coins
from briefsite.citations.formats import FORMATS, beside, bibtex, csl_json, ris
from briefsite.citations.styles import STYLES

__all__ = [
    "FORMATS",
    "STYLES",
    "Citation",
    "beside",
    "bibtex",
    "cite",
    "coins",
    "csl_json",
    "keys",
    "ris",
]
