"""What is ours in markdown-it itself: simple blocks that take the short way, and printing."""

import re
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from briefsite.prose import short
from briefsite.prose.excerpts import CUT

_COMMENT = re.compile(r"<!--(?:(?!-->)[^\n])*-->(?:\n(?=\n)|\n?\Z)")
_CUT = re.compile(rf"{CUT}(?:\n(?=\n+[^\s:~])|\n*\Z)")
"""The separator where what follows, as behind a paragraph, is surely no definition of it."""


def install(parser: MarkdownIt) -> None:
    """Let a parser take simple blocks the short way.

    Where `env["runs"]` is true, simple blocks come as one token `prose`, which holds what
    `short.read` makes of them.
    """
    parser.core.ruler.at("block", _blocks)
    parser.block.ruler.before("table", "prose", _prose)


class Renderer(RendererHTML):
    """Prints tokens, and asks the pass what becomes of special blocks."""

    def render(self, tokens: Sequence[Token], options: Any, env: Any) -> str:
        """Return the HTML of block tokens."""
        out: list[str] = []
        for at, token in enumerate(tokens):
            if token.type == "inline":
                if token.children:
                    html = self.renderInline(token.children, options, env)
                    special = tokens[at - 1].type == "special_open"
                    out.append(env["pass"].special(tokens[at - 1], html) if special else html)
            elif token.type in self.rules:
                out.append(self.rules[token.type](tokens, at, options, env))
            else:
                out.append(self.renderToken(tokens, at, options, env))
        return "".join(out)


def _blocks(state: StateCore) -> None:
    """Split a text into blocks: what begins it the short way, so that of most texts markdown-it
    sees nothing, and the rest as markdown-it does."""
    text, tokens = state.src, state.tokens
    at = _lead(text, tokens, html=state.md.options.html) if state.env.get("runs") else 0
    if at == len(text):
        return
    first = len(tokens)
    state.md.block.parse(text[at:], state.md, state.env, tokens)
    above = text.count("\n", 0, at)
    for token in tokens[first:]:
        token.map = [line + above for line in token.map] if token.map else None


def _lead(text: str, tokens: list[Token], *, html: bool) -> int:
    """Add tokens of the simple blocks that `text` begins with, and of a separator or, where there
    is `html`, a comment between empty lines; return where they end."""
    at = 0
    while True:
        while text.startswith("\n", at):
            at += 1
        blocks, end = short.read(text, at)
        if blocks:
            tokens.append(Token("prose", "", 0, meta={"blocks": blocks}))
        elif found := _CUT.match(text, at):
            tokens.append(Token("cut", "", 0))
            end = found.end()
        elif html and (found := _COMMENT.match(text, at)):
            tokens.append(Token("html_block", "", 0, content=found[0]))
            end = found.end()
        else:
            return at
        at = end


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
