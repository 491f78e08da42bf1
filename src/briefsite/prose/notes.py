"""Footnotes in HTML as kramdown names them: `fn:name`, `fnref:name`, `fnref:name:1` (jekyll.md
K2)."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from briefsite.titles import title_in


def _name(token: Any) -> str:
    return str(token.meta.get("label") or token.meta["id"] + 1)


def _mark(token: Any) -> str:
    """Return the name of one mark in the text; the second and further ones are numbered."""
    again = token.meta.get("subId", 0)
    return f"fnref:{_name(token)}" + (f":{again}" if again else "")


def _reference(_: Any, tokens: Sequence[Any], at: int, *__: Any) -> str:
    token = tokens[at]
    return (
        f'<sup id="{escape(_mark(token))}"><a href="#fn:{quote(_name(token))}" class="footnote" '
        f'role="doc-noteref">{token.meta["id"] + 1}</a></sup>'
    )


def _note(_: Any, tokens: Sequence[Any], at: int, *__: Any) -> str:
    return f'<li id="fn:{escape(_name(tokens[at]))}">'


def _back(_: Any, tokens: Sequence[Any], at: int, __: Any, env: Mapping[str, Any]) -> str:
    token = tokens[at]
    label = title_in(env["pass"].options.lang, "back").format(token.meta["id"] + 1)
    return (
        f' <a href="#{quote(_mark(token), safe=":")}" class="reversefootnote" role="doc-backlink" '
        f'aria-label="{label}">↩\ufe0e</a>'
    )


RULES: dict[str, Callable[..., str]] = {
    "footnote_ref": _reference,
    "footnote_block_open": lambda *_: '<div class="footnotes" role="doc-endnotes">\n<ol>\n',
    "footnote_block_close": lambda *_: "</ol>\n</div>\n",
    "footnote_open": _note,
    "footnote_close": lambda *_: "</li>\n",
    "footnote_anchor": _back,
}
