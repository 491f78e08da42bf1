"""Shortcuts through markdown-it for what most of a brief consists of: plain prose.

Each gives the very HTML that markdown-it's own rules give, and but for `prose` the very tokens;
tests hold it to that.
"""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from briefsite.prose import short

_SPAN_STARTS = {
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
_BLOCK_STARTS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "scene": "*-",
    "list": "*-+0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
    "cut": "\ufdd0",
}
"""The characters that a block must begin with for a rule to take it; none for other rules."""
_LONGER = frozenset({"table", "lheading"})
"""Rules for blocks of more lines than one."""
_SPECIAL = re.compile("[" + re.escape("".join(dict.fromkeys("".join(_SPAN_STARTS.values())))) + "]")
SpanRule = Callable[[StateInline, bool], bool]
BlockRule = Callable[[StateBlock, int, int, bool], bool]


def install(parser: MarkdownIt) -> None:
    """Make a parser quick; call it when every rule of the parser is in place.

    Where `env["runs"]` is true, simple blocks come as one token `prose`, which holds what
    `short.read` makes of them.
    """
    parser.block.ruler.before("table", "prose", _prose)
    parser.core.ruler.at("inline", _spans)
    inline, block = _Inline(), _Block()
    inline.ruler, inline.ruler2 = parser.inline.ruler, parser.inline.ruler2
    block.ruler = parser.block.ruler
    parser.inline, parser.block = inline, block


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

    _known: tuple[Any, dict[str, list[SpanRule]]] | None = None

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
            if state.level < limit:
                for rule in rules[src[at]]:
                    if rule(state, False):
                        break
                else:
                    state.pending += src[at]
                    state.pos += 1
            else:
                state.pending += src[at]
                state.pos += 1
            at = state.pos
        if state.pending:
            state.pushPending()

    def _by_start(self) -> dict[str, list[SpanRule]]:
        active = self.ruler.getRules("")
        if self._known is None or self._known[0] is not active:
            rules = dict(zip(self.ruler.get_active_rules(), active, strict=True))
            del rules["text"]
            self._known = (
                active,
                {
                    char: [rule for name, rule in rules.items() if char in _SPAN_STARTS[name]]
                    for chars in _SPAN_STARTS.values()
                    for char in chars
                },
            )
        return self._known[1]


def _mark_lines(state: StateBlock) -> None:
    """Note where the lines of the text begin and end, and their indents, as a StateBlock does, but
    without a look at each character."""
    lines = state.src.split("\n")
    if not lines[-1].strip(" \t"):
        lines.pop()
    ends = list(accumulate([len(line) + 1 for line in lines]))
    state.lineMax = len(lines)
    # One more of each spares the rules a check for the last line.
    state.bMarks = [0, *ends[:-1], len(state.src)] if lines else [len(state.src)]
    state.eMarks = [end - 1 for end in ends] + [len(state.src)]
    state.tShift = [0] * (len(lines) + 1)
    state.sCount, state.bsCount = state.tShift[:], state.tShift[:]
    for at, line in enumerate(lines):
        if line[:1] in (" ", "\t"):
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            state.tShift[at], state.sCount[at] = len(indent), len(indent.expandtabs(4))


class _Block(ParserBlock):
    """Asks at each block only those rules that can take what begins like it."""

    _known: tuple[Any, dict[str, tuple[list[BlockRule], list[BlockRule]]]] | None = None

    def parse(self, src: str, md: MarkdownIt, env: Any, outTokens: list[Token]) -> None:  # noqa: N803  # markdown-it's
        """Make the tokens of a whole text."""
        state = StateBlock("", md, env, outTokens)
        state.src = src
        _mark_lines(state)
        self.tokenize(state, 0, state.lineMax)

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803  # markdown-it's
        """Make the tokens of the lines from `startLine` to `endLine`."""
        every, by_start = self.ruler.getRules(""), self._by_start()
        other = by_start[""]
        line, limit = startLine, state.md.options["maxNesting"]
        had_empty = False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if state.level >= limit:
                state.line = endLine
                break
            if state.sCount[line] - state.blkIndent >= 4:
                rules = every
            else:
                first = state.src[state.bMarks[line] + state.tShift[line]]
                alone = line + 1 >= endLine or state.isEmpty(line + 1)
                rules = by_start.get(first, other)[alone]
            for rule in rules:
                if rule(state, line, endLine, False):
                    break
            state.tight = not had_empty
            line = state.line
            had_empty = had_empty or (line - 1 < endLine and state.isEmpty(line - 1))
            if line < endLine and state.isEmpty(line):
                had_empty = True
                line += 1
                state.line = line

    def _by_start(self) -> dict[str, tuple[list[BlockRule], list[BlockRule]]]:
        """Return for each first character, and for all others under "", the rules for blocks of
        any length and of one line."""
        active = self.ruler.getRules("")
        if self._known is None or self._known[0] is not active:
            rules = dict(zip(self.ruler.get_active_rules(), active, strict=True))
            del rules["code"]
            starts = ["", *dict.fromkeys("".join(_BLOCK_STARTS.values()))]
            fitting = {
                char: {
                    name: rule
                    for name, rule in rules.items()
                    if name not in _BLOCK_STARTS or (char and char in _BLOCK_STARTS[name])
                }
                for char in starts
            }
            self._known = (
                active,
                {
                    char: (
                        list(found.values()),
                        [rule for name, rule in found.items() if name not in _LONGER],
                    )
                    for char, found in fitting.items()
                },
            )
        return self._known[1]
