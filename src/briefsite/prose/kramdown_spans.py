"""kramdown's spans, where they differ from CommonMark's (kramdown.md)."""

from typing import Any

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from briefsite.prose import kramdown_inline as inline
from briefsite.prose.excerpts import CUT
from briefsite.prose.kramdown_abbreviations import abbreviated
from briefsite.prose.kramdown_emphasis import emphasis
from briefsite.prose.kramdown_inline_html import angle, start_tag, symbol
from briefsite.prose.kramdown_links import bracket
from briefsite.prose.kramdown_scanner import Frame, Handler, Scanner


def _space(scanner: Scanner, frame: Frame, at: int) -> int:
    """Read what begins with a space: a break of the line, or a guillemet."""
    return (inline.line_break if scanner.src[at + 1] == " " else symbol)(scanner, frame, at)


_HANDLERS: dict[str, Handler] = {
    "*": emphasis,
    "_": emphasis,
    "`": inline.code,
    "<": angle,
    "[": bracket,
    "!": bracket,
    "\\": inline.backslash,
    "&": inline.entity,
    "$": inline.formula,
    "{": inline.extension,
    "~": inline.deletion,
    "-": symbol,
    ".": symbol,
    ">": symbol,
    " ": _space,
    CUT: inline.cut,
}


def install(parser: Any) -> None:
    """Teach a markdown-it parser kramdown's spans."""
    parser.core.ruler.at("inline", _read)
    parser.add_render_rule("math_inline", inline.render_formula)


def _read(state: StateCore) -> None:
    env = dict(state.env)
    for token in state.tokens:
        if token.type == "inline":
            tokens = Scanner(token.content, _HANDLERS, env, state.md).tokens()
            token.children = _finished(tokens, env)


def _finished(tokens: list[Token], env: dict[str, Any]) -> list[Token]:
    """Return the tokens with what could be known only when all of them stood."""
    for token in tokens:
        if token.meta:
            if "said" in token.meta:
                inline.said(token, env)
            if "tag" in token.meta:
                token.content = start_tag(token.meta["tag"], token.attrs)
            elif "label" in token.meta:
                _number(token, env["footnotes"])
    abbreviations = env.get("abbreviations")
    return list(abbreviated(tokens, abbreviations)) if abbreviations else tokens


def _number(token: Token, notes: dict[str, Any]) -> None:
    """Give a footnote's mark its number, and the number of marks that the note had before."""
    label, found = token.meta["label"], notes.setdefault("list", {})
    id_ = notes["refs"][f":{label}"]
    if id_ < 0:
        id_ = notes["refs"][f":{label}"] = len(found)
        found[id_] = {"label": label, "count": 0}
    token.meta = {"id": id_, "subId": found[id_]["count"], "label": label}
    found[id_]["count"] += 1
