"""Shortcuts through markdown-it for what most of a brief consists of: plain prose.

Each gives the very tokens and the very HTML that markdown-it's own rules give; tests hold it to
that.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.parser_inline import ParserInline
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_STARTS = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "footnote_ref": "[",
    "image": "!",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
"""The characters at which each inline rule can find anything."""
_SPECIAL = re.compile("[" + re.escape("".join(dict.fromkeys("".join(_STARTS.values())))) + "]")
Rule = Callable[[StateInline, bool], bool]


def install(parser: MarkdownIt) -> None:
    """Make a parser quick; call it when every rule of the parser is in place."""
    parser.block.ruler.before("table", "prose", _prose)
    parser.core.ruler.at("inline", _spans)
    inline = _Inline()
    inline.ruler, inline.ruler2 = parser.inline.ruler, parser.inline.ruler2
    parser.inline = inline


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
                    add(
                        escapeHtml(children[0].content)
                        if plain
                        else self.renderInline(children, options, env)
                    )
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
    """Take a paragraph of one line that begins with a letter: nothing else can begin so, but for
    the term of a definition."""
    begin = state.bMarks[start] + state.tShift[start]
    if silent or state.sCount[start] - state.blkIndent >= 4 or not state.src[begin].isalpha():
        return False
    after = start + 1
    if after < state.lineMax:
        if not state.isEmpty(after):
            return False
        if after + 1 < state.lineMax:
            below = state.bMarks[after + 1] + state.tShift[after + 1]
            if state.src[below : below + 1] in (":", "~"):
                return False
    place = [start, after]
    state.line = after
    state.push("paragraph_open", "p", 1).map = place
    token = state.push("inline", "", 0)
    token.content = state.src[begin : state.eMarks[start]].strip()
    token.map = place
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True


def _spans(state: StateCore) -> None:
    """Read the text of each block; one without any mark is one piece."""
    parse, search = state.md.inline.parse, _SPECIAL.search
    for token in state.tokens:
        if token.type != "inline":
            continue
        if token.children is None:
            token.children = []
        if search(token.content):
            parse(token.content, state.md, state.env, token.children)
        elif token.content:
            token.children.append(Token("text", "", 0, content=token.content))


class _Inline(ParserInline):
    """Asks at each character only those rules that begin with it."""

    _known: tuple[Any, dict[str, list[Rule]]] | None = None

    def tokenize(self, state: StateInline) -> None:
        """Make the tokens of one text."""
        rules = self._by_start()
        end, src, search = state.posMax, state.src, _SPECIAL.search
        limit = state.md.options["maxNesting"]
        at = state.pos
        while at < end:
            found = search(src, at, end)
            stop = found.start() if found else end
            if stop > at:
                state.pending += src[at:stop]
                state.pos = at = stop
            if found is None:
                break
            if state.level >= limit or not any(rule(state, False) for rule in rules[found[0]]):
                state.pending += found[0]
                state.pos += 1
            at = state.pos
        if state.pending:
            state.pushPending()

    def _by_start(self) -> dict[str, list[Rule]]:
        active = self.ruler.getRules("")
        if self._known is None or self._known[0] is not active:
            rules = dict(zip(self.ruler.get_active_rules(), active, strict=True))
            del rules["text"]
            self._known = (
                active,
                {
                    char: [rule for name, rule in rules.items() if char in _STARTS[name]]
                    for chars in _STARTS.values()
                    for char in chars
                },
            )
        return self._known[1]
