"""Markdown becomes an Article (the only door to markdown-it-py)."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from briefsite.errors import Problem
from briefsite.model import Article, Heading
from briefsite.prose import notes, quick, sanitizer, short
from briefsite.prose.attributes import lift_attribute_lines
from briefsite.prose.excerpts import CUT, shortened
from briefsite.prose.options import Options
from briefsite.prose.reach import within_reach
from briefsite.prose.tokens import SCENES, Pass, text_of
from briefsite.titles import title_in

Resolve = Callable[[str], str]
MAX_NESTING = 100
_ENCODED_CUT = "%EF%B7%90"
_ID = re.compile(r'(<[a-z][^<>]*?) id="([^"]*)"', re.IGNORECASE)


@cache
def _parser(html: bool, flavor: str, parse_block_html: bool) -> MarkdownIt:
    options = {"html": html, "maxNesting": MAX_NESTING}
    parser = MarkdownIt("commonmark", options, renderer_cls=quick.Renderer)
    parser.enable(["table", "strikethrough"])
    parser.use(deflist_plugin).use(footnote_plugin).use(tasklists_plugin, label=True)
    parser.disable("footnote_inline")
    parser.block.ruler.before(
        "paragraph", "cut", _cut_line, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    parser.block.ruler.before("list", "scene", _scene_line, {"alt": ["list"]})
    parser.core.ruler.before(
        "inline", "attribute_lines", lambda state: lift_attribute_lines(state.tokens, state.src)
    )
    parser.core.ruler.after(
        "github-tasklists", "finish", lambda state: state.env["pass"].run(state.tokens)
    )
    if flavor == "kramdown":
        from briefsite.prose import kramdown_blocks, kramdown_spans  # most sites need neither

        kramdown_blocks.install(parser, parse_block_html)
        kramdown_spans.install(parser)
    else:
        quick.install(parser)
    parser.core.ruler.at("normalize", lambda _: None)  # what the loader gives is plain already
    for name, rule in (_RULES | notes.RULES).items():
        parser.add_render_rule(name, rule)
    return parser


def _parser_of(options: Options) -> MarkdownIt:
    return _parser(options.html != "escaped", options.flavor, options.parse_block_html)


def _cut_line(state: StateBlock, start: int, _: int, silent: bool) -> bool:
    """Recognize the place of the separator on a line of its own: it ends the paragraph above it."""
    if (
        state.sCount[start] - state.blkIndent >= 4
        or state.getLines(start, start + 1, 0, False).strip() != CUT
    ):
        return False
    if not silent:
        state.push("cut", "", 0).map = [start, start + 1]
        state.line = start + 1
    return True


def _scene_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Recognize a list's mark alone between empty lines, which for CommonMark is an empty item."""
    if state.blkIndent or state.getLines(start, start + 1, 0, False).strip() not in SCENES:
        return False
    beside = (start == 0 or state.isEmpty(start - 1), start + 1 >= end or state.isEmpty(start + 1))
    if not all(beside) or not state.env["pass"].options.reading:
        return False
    if not silent:
        token = state.push("hr", "hr", 0)
        token.map, token.attrs = [start, start + 1], {"class": "scene"}
        state.line = start + 1
    return True


def _fixed(html: str) -> Callable[..., str]:
    return lambda *_: html


def _toc(_: Any, tokens: Sequence[Token], at: int, __: Any, env: dict[str, Any]) -> str:
    """Print the table of contents as kramdown does (kramdown.md)."""
    tag = tokens[at].tag

    def branch(headings: Sequence[Heading], attributes: str) -> str:
        items = (
            f'<li><a href="#{escape(h.id)}" id="markdown-toc-{escape(h.id)}">{h.html}</a>'
            + (branch(h.children, "") if h.children else "")
            + "</li>\n"
            for h in headings
        )
        return f"<{tag}{attributes}>\n{''.join(items)}</{tag}>\n"

    headings = _nested(env["pass"].headings)
    return branch(headings, ' id="markdown-toc"') if headings else ""


def _table(self: Any, tokens: Sequence[Token], at: int, _: Any, env: dict[str, Any]) -> str:
    label = title_in(env["pass"].options.lang, "table")
    return (
        f'<div class="table" role="group" aria-label="{label}" tabindex="0">\n'
        f"<table{self.renderAttrs(tokens[at])}>\n"
    )


_RULES: dict[str, Callable[..., str]] = {
    "cut": _fixed(""),
    "prose": lambda self, tokens, at, *_: tokens[at].content,
    "s_open": lambda self, tokens, at, *_: f"<del{self.renderAttrs(tokens[at])}>",
    "s_close": _fixed("</del>"),
    "table_open": _table,
    "table_close": _fixed("</table>\n</div>\n"),
    "toc": _toc,
    "special_open": _fixed(""),
    "special_close": _fixed(""),
}


def render(
    body: str,
    resolve: Resolve,
    options: Options,
    *,
    separator: str = "",
    source: str = "",
    first_line: int = 1,
    led: bool = False,
) -> Article:
    """Return the article of a body that may hold one CUT; its addresses are turned by `resolve`.

    The article's warnings name `source` and count lines from `first_line`. Its first image is
    loaded at once, unless another stands above it (`led`).
    """
    tokens, work = parse(body, resolve, options, separator, runs=True, lazy=led)
    problems = [
        Problem(source, text, first_line + line, hint, warning=True)
        for line, text, hint in work.warnings
    ]
    end = _standfirst_end(tokens)
    parts = [_html(part, work) for part in (tokens[:end], tokens[end:])]
    if "{" in body and "{:" in body:  # ids of an author; what HTML says twice, the check finds
        parts, twice = _ids_once(parts)
        problems += [
            Problem(source, f"the id '{id_}' is there already", hint="choose another", warning=True)
            for id_ in twice
        ]
    if work.wide and options.reading:
        parts = [within_reach(part) for part in parts]
    return Article(
        parts[0] + parts[1],
        parts[0],
        parts[1],
        _nested(work.headings),
        tuple(dict.fromkeys(problems)),
    )


def parse(
    text: str,
    resolve: Resolve,
    options: Options,
    separator: str,
    *,
    runs: bool = False,
    lazy: bool = True,
) -> tuple[list[Token], Pass]:
    """Return the finished tokens of a text and the pass over them; with `runs`, simple blocks are
    one token."""
    work = Pass(resolve, options, separator, deepest=MAX_NESTING - 2, lazy=lazy)
    return _parser_of(options).parse(text, {"pass": work, "runs": runs}), work


def _html(tokens: Sequence[Token], work: Pass, *, ids: bool = True) -> str:
    parser = _parser_of(work.options)
    html = str(parser.renderer.render(tokens, parser.options, {"pass": work}))
    if work.raw_html and work.options.html == "safe":
        html = sanitizer.clean(html, ids)
    if CUT in html or ("%" in html and _ENCODED_CUT in html):
        html = html.replace(CUT, "").replace(_ENCODED_CUT, "")
    return html


def _ids_once(parts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return HTML that follows each other on one page, each id only where it stands first, and the
    ids that stood elsewhere too."""
    seen: set[str] = set()
    twice: dict[str, None] = {}

    def once(found: re.Match[str]) -> str:
        if found[2] not in seen:
            seen.add(found[2])
            return found[0]
        twice[found[2]] = None
        return found[1]

    return [_ID.sub(once, part) for part in parts], list(twice)


def _standfirst_end(tokens: Sequence[Token]) -> int:
    """Return the index behind the top-level block that holds the cut; 0 where nothing stands above
    it."""
    at = _cut_at(tokens)
    if at is None:
        return 0
    if tokens[at].level > 0 or tokens[at].type != "cut":
        at = next(
            n for n in range(at, len(tokens)) if tokens[n].level == 0 and tokens[n].nesting <= 0
        )
        return at + 1
    return at if any(token.type != "cut" for token in tokens[:at]) else 0


def _cut_at(tokens: Sequence[Token]) -> int | None:
    for at, token in enumerate(tokens):
        if token.type == "cut" or (token.children and any(map(_is_cut, token.children))):
            return at
    return None


def _is_cut(token: Token) -> bool:
    """Return whether the separator stands here, or in code as Jekyll finds it too (jekyll.md
    E3)."""
    return token.type == "cut" or (token.type == "code_inline" and CUT in token.content)


def render_excerpt(excerpt: str, resolve: Resolve, options: Options) -> str:
    """Return an excerpt as balanced HTML without ids, notes and headings (jekyll.md E7, Advice)."""
    if blocks := _paragraphs(excerpt, options):
        return short.html(blocks, Pass(resolve, options)).strip()
    tokens, work = parse(excerpt, resolve, options, "")
    tokens = _without_notes(_until_cut(tokens))
    for token in tokens:
        token.attrs.pop("id", None)
        if token.type.startswith("heading_"):
            token.tag = "p"
        for child in token.children or ():
            child.attrs.pop("id", None)
    return _html(tokens, work, ids=False).strip()


def _paragraphs(excerpt: str, options: Options) -> list[short.Block]:
    """Return the blocks of an excerpt that consists of simple paragraphs; none of another."""
    if options.flavor != "commonmark":
        return []
    blocks, end = short.read(excerpt, 0)
    simple = end == len(excerpt) and all(kind in ("plain", "text") for kind, _ in blocks)
    return blocks if simple else []


def _until_cut(tokens: list[Token]) -> list[Token]:
    at = _cut_at(tokens)
    if at is None:
        return tokens
    kept = tokens[: at + 1]
    if kept[-1].type == "cut":
        kept.pop()
    else:
        children = kept[-1].children or []
        end = next(n for n, child in enumerate(children) if _is_cut(child))
        kept[-1].children = _closed(children[:end])
    return _closed(kept)


def _closed(tokens: list[Token]) -> list[Token]:
    """Return `tokens` with what is open at their end closed."""
    open_: list[Token] = []
    for token in tokens:
        if token.nesting > 0:
            open_.append(token)
        elif token.nesting < 0:
            open_.pop()
    ends = []
    for token in reversed(open_):
        end = Token(
            token.type.replace("_open", "_close"),
            token.tag,
            -1,
            block=token.block,
            hidden=token.hidden,
        )
        ends.append(end)
    return tokens + ends


def _without_notes(tokens: list[Token]) -> list[Token]:
    start = next(
        (n for n, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens)
    )
    kept = tokens[:start]
    for token in kept:
        if token.children:
            token.children = [child for child in token.children if child.type != "footnote_ref"]
    return kept


def plain_text(excerpt: str, options: Options, limit: int = 300) -> str:
    """Return an excerpt as one line of plain text, at most `limit` characters, cut at a word."""
    if blocks := _paragraphs(excerpt, options):
        text = short.text(blocks, Pass(lambda url: url, options))
        return shortened(" ".join(text.split()), limit)
    tokens, _ = parse(excerpt, lambda url: url, options, "")
    tokens = _without_notes(_until_cut(tokens))
    texts = [
        text_of(token.children or ())
        for at, token in enumerate(tokens)
        if token.type == "inline" and not tokens[at - 1].tag.startswith("h")
    ]
    return shortened(" ".join(" ".join(texts).replace(CUT, " ").split()), limit)


def _nested(headings: Sequence[tuple[int, str, str]]) -> tuple[Heading, ...]:
    """Return flat (level, id, html) headings as branches."""
    branches = []
    at = 0
    while at < len(headings):
        level, id_, html = headings[at]
        end = at + 1
        while end < len(headings) and headings[end][0] > level:
            end += 1
        branches.append(Heading(level, id_, html, _nested(headings[at + 1 : end])))
        at = end
    return tuple(branches)
