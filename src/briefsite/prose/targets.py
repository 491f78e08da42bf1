"""What a text links to and shows: addresses that may be files of the site."""

import re
from collections.abc import Iterator

_IN_BRACKETS = r"(<[^<>\n]*>|[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)"
"""What follows `](`: an address, with spaces where people call their files so, or with a title."""
_IN_QUOTES = r"""("[^"\n]*"|'[^'\n]*'|[^\s"'<>]+)"""
_LINKED = {"(": re.compile(r"\s*" + _IN_BRACKETS), ":": re.compile(r"\s*(<[^<>\n]*>|\S{1,2000})")}
"""An address behind the sign that follows `]`."""
_NAMED = (
    ("src", re.compile(r"src(?:set)?\s*=\s*" + _IN_QUOTES)),
    ("href", re.compile(r"href\s*=\s*" + _IN_QUOTES)),
    ("poster", re.compile(r"poster\s*=\s*" + _IN_QUOTES)),
)
"""An address in HTML, and letters without which there is none: they are sought far more quickly
than a pattern, and a single sign more quickly still."""
_TITLED = re.compile(r"""\s["']""")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,})[^`\n]*\n.*?^ {0,3}\1[`~]*[ \t]*$", re.M | re.S)
"""A block of code, in which no link is one."""
_LOCAL = re.compile(r"(?![a-zA-Z][a-zA-Z0-9+.-]*:|[/#?])")


def targets(body: str, image: str = "") -> tuple[str, ...]:
    """Return the relative addresses that a body links to or shows, without query and fragment."""
    if ("`" in body and "```" in body) or ("~" in body and "~~~" in body):
        body = _FENCED.sub("", body)
    matches = [*_linked(body), *(_in_html(body) if "=" in body else ())]
    found = [image, *(each for match in matches for each in _addresses(match))]
    kept = {re.split("[?#]", address)[0] for address in found if _LOCAL.match(address)}
    return tuple(sorted({_plain(address) for address in kept} - {""}))


def _linked(body: str) -> Iterator[str]:
    at = body.find("]")
    while at >= 0:
        pattern = _LINKED.get(body[at + 1 : at + 2])
        if pattern and (found := pattern.match(body, at + 2)):
            yield found[1]
        at = body.find("]", at + 1)


def _in_html(body: str) -> Iterator[str]:
    for letters, pattern in _NAMED:
        if letters in body:
            yield from pattern.findall(body)


def _addresses(match: str) -> Iterator[str]:
    """Yield what may be an address in `match`: all of it, as files are called `the map.png`, and
    its first words, as a title or another picture with its width may follow."""
    whole = match.strip("<>\"' \t\n")
    if not _TITLED.search(whole):
        yield whole
    if " " in whole or "," in whole:
        yield from (part.split()[0] for part in (whole, *whole.split(",")) if part.strip())


def _plain(address: str) -> str:
    """Return an address as its file is called: `map\\(1\\).png` is `map(1).png`."""
    if "\\" in address:
        address = _ESCAPED.sub(r"\1", address)
    if "&" in address and ";" in address:
        from html import unescape  # most sites need none of its names

        address = unescape(address)
    return address
