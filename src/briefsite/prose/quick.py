"""Shortcuts through markdown-it for what most of a brief consists of: plain prose.

Each gives the very HTML that markdown-it's own rules give; tests hold it to that.
"""

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from briefsite.prose import short


def install(parser: MarkdownIt) -> None:
    """Make a parser quick.

    Where `env["runs"]` is true, simple blocks come as one token `prose`, which holds what
    `short.read` makes of them.
    """
    parser.block.ruler.before("table", "prose", _prose)


class Renderer(RendererHTML):
    """Prints tokens without a call for each of those that most texts consist of."""

    def render(self, tokens: Sequence[Token], options: Any, env: Any) -> str:
        """Return the HTML of block tokens."""
        out: list[str] = []
        add, rules = out.append, self.rules
        hidden = False
        for at, token in enumerate(tokens):
            kind = token.type
            if kind == "inline":
                children = token.children
                if children:
                    plain = len(children) == 1 and children[0].type == "text"
                    html = (
                        escapeHtml(children[0].content)
                        if plain
                        else self.renderInline(children, options, env)
                    )
                    special = tokens[at - 1].type == "special_open"
                    add(env["pass"].special(tokens[at - 1], html) if special else html)
            elif kind == "paragraph_close" and not token.hidden:
                add("</p>\n")
            elif (
                kind == "paragraph_open"
                and not (token.hidden or hidden or token.attrs)
                and tokens[at + 1].type == "inline"
            ):
                add("<p>")
            elif kind in rules:
                add(rules[kind](tokens, at, options, env))
            else:
                add(self.renderToken(tokens, at, options, env))
            hidden = token.hidden
        return "".join(out)


def _prose(state: StateBlock, start: int, _: int, silent: bool) -> bool:
    """Take as many simple blocks as there are at the left of the text, where they are wanted."""
    begin = state.bMarks[start]
    if silent or state.level or state.tShift[start] or not state.env.get("runs"):
        return False
    blocks, end = short.read(state.src, begin)
    if not blocks:
        return False
    token = state.push("prose", "", 0)
    token.meta["blocks"] = blocks
    text = state.src[begin:end]
    token.map = [start, start + text.rstrip("\n").count("\n") + 1]
    state.line = start + text.count("\n") + (not text.endswith("\n"))
    return True
