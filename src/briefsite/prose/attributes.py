"""kramdown's attribute lists: `{: .class #id key="value"}` (jekyll.md K2)."""

import re
from collections.abc import Mapping
from typing import Any

from briefsite.values import Struct, field

_OWN_ID = re.compile(r"\s*\{#([\w][\w:.-]*)\}\s*$")
_LIST = re.compile(r"\{:((?:[^{}\"'\n]|\"[^\"\n]*\"|'[^'\n]*')*)\}")
_PART = re.compile(
    r"""\s*(?:\.(?P<cls>[^\s.#}"']+)|\#(?P<id>[^\s.#}"']+)|(?P<key>[\w:-]+)=(?:"(?P<dq>[^"]*)"|'(?P<sq>[^']*)'|(?P<bare>[^\s"'}]+)))"""
)
_ANY = re.compile(
    r"""(?:\A|(?<=\s))(?:(?P<key>\w[\w-]*)=(?:"(?P<dq>[^"]*)"|'(?P<sq>[^']*)')"""
    r"""|(?P<ref>\w[\w-]*)|(?P<many>(?:\#[A-Za-z][\w:-]*|\.[^\s.#]+)+))(?=\s|\Z)"""
)
_ID_OR_CLASS = re.compile(r"\#(?P<id>[A-Za-z][\w:-]*)|\.(?P<cls>[^\s.#]+)")
# Token is markdown-it's; its only door is the module `markdown`.
Token = Any
MOST_LISTS = 50
"""How many definitions one list may lead to: a chain of them is walked by recursion."""
_NAMES = frozenset(
    "class id title lang dir width height target rel alt start cite datetime colspan rowspan "
    "scope role hreflang type download loading open reversed value abbr headers translate".split()
)
TRUSTED = frozenset({"style"})


class Attributes(Struct):
    """What an attribute list says."""

    classes: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    """Names that no brief may set."""


def at_start(text: str) -> re.Match[str] | None:
    """Return the match of an attribute list at the very start of `text`."""
    return _LIST.match(text)


def whole_line(text: str) -> re.Match[str] | None:
    """Return the match where `text` is one attribute list and nothing else."""
    return _LIST.fullmatch(text.strip())


def parse(inside: str, *, trusted: bool = False) -> Attributes | None:
    """Return what stands between `{:` and `}`; None where it is no attribute list."""
    found = Attributes()
    at = 0
    inside = inside.strip()
    while at < len(inside):
        part = _PART.match(inside, at)
        if part is None:
            return None
        at = part.end()
        if part["cls"]:
            found.classes.append(part["cls"])
        elif part["id"]:
            found.values["id"] = part["id"]
        else:
            _keep(
                found,
                part["key"].lower(),
                next(v for v in part.group("dq", "sq", "bare") if v is not None),
                trusted,
            )
    return found


def lenient(inside: str, known: Mapping[str, str], *, trusted: bool = False) -> Attributes:
    """Return what kramdown finds in an attribute list: a word of `known` stands for that list, and
    what it does not understand is passed over."""
    found = Attributes()
    seen: set[str] = set()

    def read(text: str) -> None:
        for part in _ANY.finditer(text):
            if part["ref"] in known and part["ref"] not in seen and len(seen) < MOST_LISTS:
                seen.add(part["ref"])
                read(known[part["ref"]])
        for part in _ANY.finditer(text):
            if part["key"]:
                _keep(found, part["key"].lower(), part["dq"] or part["sq"] or "", trusted)
            for name in _ID_OR_CLASS.finditer(part["many"] or ""):
                if name["cls"]:
                    found.classes.append(name["cls"])
                else:
                    found.values["id"] = name["id"]

    read(inside)
    return found


def _keep(found: Attributes, name: str, value: str, trusted: bool) -> None:
    if name == "class":
        found.classes += value.split()
    elif name in _NAMES or name.startswith(("data-", "aria-")) or (trusted and name in TRUSTED):
        found.values[name] = value
    else:
        found.refused.append(name)


def lift_attribute_lines(tokens: list[Token], source: str) -> None:
    """Move `{: ...}` lines and `{#id}` from the text of blocks into their attributes (jekyll.md K1,
    K2)."""
    if "{" not in source:
        return
    drop: set[int] = set()
    lines = source.split("\n")
    for at, token in enumerate(tokens):
        if token.type != "inline" or "{" not in token.content:
            continue
        opener = tokens[at - 1]
        if opener.type == "heading_open" and (own := _OWN_ID.search(token.content)):
            opener.attrs["id"] = own[1]
            token.content = token.content[: own.start()]
        text, _, last = token.content.rpartition("\n")
        found = whole_line(last)
        said = parse(found[1]) if found else None
        if said is None or opener.type == "heading_open":
            continue
        target = _owner(tokens, at, lines) if text else _before(tokens, at)
        if target is None:
            continue
        target.meta.setdefault("lists", []).append(said)
        token.content = text
        if not text:
            drop |= {at - 1, at, at + 1}
    tokens[:] = [token for at, token in enumerate(tokens) if at not in drop]


def _owner(tokens: list[Token], at: int, lines: list[str]) -> Token:
    """Return the block that a list at the end of a paragraph is for: an unindented one is the whole
    list's."""
    end = tokens[at].map[1] - 1 if tokens[at].map else 0
    lazy = tokens[at].level > 1 and end < len(lines) and lines[end].startswith("{")
    if lazy:
        return next(t for t in reversed(tokens[:at]) if t.level == 0 and t.nesting > 0)
    return tokens[at - 1]


def _before(tokens: list[Token], at: int) -> Token | None:
    """Return the block that ends right above the paragraph at `at`, none where a blank line lies
    between."""
    level = tokens[at - 1].level
    start = tokens[at - 1].map[0] if tokens[at - 1].map else 0
    for token in reversed(tokens[: at - 1]):
        if token.level == level and token.nesting >= 0:
            touches = token.map and token.map[1] >= start
            return token if touches else None
    return None
