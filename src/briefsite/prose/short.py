"""The short way: the simplest blocks of a brief become HTML without markdown-it's tokens.

`read` takes the blocks of which a few regular expressions can say for sure what Markdown makes of
them, and stops at the first that it doubts: that one goes the long way, through markdown-it. What
the two would read differently must not match here; tests hold the HTML of both to each other. Ids,
addresses and typography are the pass's (`tokens`), as on the long way.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Protocol

from briefsite.prose import reading, typography
from briefsite.prose.excerpts import CUT
from briefsite.prose.options import Options
from briefsite.prose.reading import attributes, escaped

Found = re.Match[str]
Block = tuple[str, list[str]]
"""What a block is, and its texts: paragraphs without marks ("plain"), one with marks ("text"), a
heading ("h3", "> h3"), a quotation ("> "), a rule ("hr"), or the items of a list, whose kind is its
first mark, and a line end where its items are paragraphs ("- ", "1. \\n")."""
SPACE = "\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(8192, 8203)))
"""What CommonMark takes for space around a text."""
# `]` and `!` mean something only beside other brackets, `&` only before a name and `;`. Only single
# characters are repeated possessively: Python 3.11 has faults in what is more than that.
_TEXT = r"[^\n\\`~*_\[\]<&{!\0]++|!(?!\[)|\](?!\()|&(?!#?[A-Za-z0-9]+;)"
_LABEL = r"(?!\^)(?:[^\n\\`~*_\[\]<&{!\0]++|!|&(?!#?[A-Za-z0-9]+;))"
# Addresses that hold nothing to be decoded or encoded: markdown-it leaves them as they are.
_PATH = r"[A-Za-z0-9/._~+,=?&@#!$'*-]|%[0-9A-Fa-f]{2}"
_URL = (
    rf"(?:https?://[A-Za-z0-9-]{{1,40}}(?:\.[A-Za-z0-9-]{{1,40}}){{0,5}}(?=[/?#)])(?:{_PATH}|:)*"
    rf"|(?:/(?!/)|(?=[A-Za-z0-9.#?]))(?:{_PATH})*)"
)
_CODE = r"`(?! )[^`\n]++(?<! )`(?!`)"
_SIMPLE = rf"{_TEXT}|{_CODE}|\[{_LABEL}+\]\({_URL}\)"
# Between these `_` and `*` alike can open emphasis, and close it, and do nothing else that counts.
_OPENS, _CLOSES = r"(?<![^ \n(\[\"'“‘—–/-])", r"(?=[ \n.,;:!?)\]\"'”’—–/-]|\Z)"


def _pair(mark: str, inner: str, opens: str = _OPENS, closes: str = _CLOSES) -> str:
    return rf"{opens}{mark}(?=[^\s_*])(?:{inner})+(?<!\s){mark}{closes}"


_SPAN = "|".join(
    [
        *[_SIMPLE, rf"!\[(?:{_LABEL}+)?\]\({_URL}\)"],
        *[_pair("___", _SIMPLE), _pair("__", _SIMPLE)],
        _pair("_", f"{_SIMPLE}|{_pair('__', _SIMPLE, '(?<= )', '(?= )')}"),
        *[_pair(r"\*\*\*", _SIMPLE), _pair(r"\*\*", _SIMPLE), _pair(r"\*", _SIMPLE)],
    ]
)
# No block but a paragraph begins so: every rule looks for an ASCII mark, at a space or another.
_BEGIN = r"(?:[^\W\d_]|[^\x00-\x7f\s]|[\"'($.]|[0-9]++(?![.)](?:[ \t\n]|\Z)))"
_BEGIN_MARKED = rf"(?={_BEGIN}|[`_*\[!])"
# What a paragraph is followed by could make it the term of a definition.
_END = r"(?:\n\n++(?=[^\s:~])|\n*+\Z)"
_PLAIN = re.compile(rf"(?:{_BEGIN}(?:{_TEXT})*{_END})+")
_HEADING = re.compile(rf"((?:> )?)(\#{{1,6}}) (?=[^\s#])((?:{_TEXT})+)(?<![\s#]){_END}")
_RULE = re.compile(rf"(?:-{{3,}}|\*{{3,}}|_{{3,}}){_END}")
_MARKED = re.compile(
    rf"(- |[0-9]{{1,9}}\. |> |){_BEGIN_MARKED}((?:{_SPAN}|(?<!\s)\n{_BEGIN_MARKED})+)(?<!\s)(\n*+)"
)
# Another item, or attributes: a list reaches over the blank lines behind it.
_GOES_ON = re.compile(r"\{|(?:-|[0-9]{1,9}\.)(?:[ \t\n]|\Z)")
# Each branch begins with a letter, not a set: so re skips text far more quickly.
_PIECE = re.compile(r"(`[^`]+`|!\[[^\]]*\]\([^)]*\)|\[|\]\([^)]*\)|___?|_|\*\*?\*?|\n)")
_TAGS = {
    **dict.fromkeys(("_", "*"), ("<em>", "</em>")),
    **dict.fromkeys(("__", "**"), ("<strong>", "</strong>")),
    **dict.fromkeys(("___", "***"), ("<em><strong>", "</strong></em>")),
}


class Work(Protocol):
    """What printing asks of the pass over a document."""

    options: Options

    def curled(self, text: str, left: str = "", after: str = "") -> str:
        """Return `text` with curly quotes and dashes, where the site wants them."""

    def curled_lines(self, text: str) -> str:
        """Return paragraphs, a line each, with curly quotes and dashes."""

    def link(self, address: str) -> dict[str, str]:
        """Return the attributes of a link."""

    def image(self, address: str) -> dict[str, str]:
        """Return the attributes of an image, its address first."""

    def level(self, written: int) -> int:
        """Return the level below the page's title of the next heading."""

    def name(self, level: int, text: str, html: str, *, listed: bool) -> str:
        """Return the id of a heading; it enters the table of contents where `listed`."""


def read(source: str, at: int) -> tuple[list[Block], int]:
    """Return the simple blocks from `at` on, where a line begins, and where they end."""
    blocks: list[Block] = []
    cut = source.find(CUT, at)
    end = len(source) if cut < 0 else cut
    # A block that holds the cut, or that the cut's line ends, is not simple.
    whole = cut < 0 or source.endswith("\n\n", 0, cut)
    while at < end:
        if found := _PLAIN.match(source, at, end):
            lines = [line.strip(SPACE) for line in found[0].split("\n") if line]
            block = "plain", ["\n".join(lines)]
        elif found := _HEADING.match(source, at, end):
            block = f"{found[1]}h{len(found[2])}", [found[3]]
        elif found := _RULE.match(source, at, end):
            block = "hr", []
        elif found := _MARKED.match(source, at, end):
            found, block = _marked(found, source, end)
        if found is None or (found.end() == end and not whole):
            break
        blocks.append(block)
        at = found.end()
    return blocks, at


def _marked(found: Found, source: str, end: int) -> tuple[Found | None, Block]:
    """Return the paragraph with marks, quotation or list that `found` begins, and its last match;
    none where it is doubtful."""
    kind, items, loose = found[1], [found[2]], len(found[3]) > 1
    listed = kind not in ("", "> ")
    while (
        listed
        and (following := _MARKED.match(source, found.end(), end))
        and (following[1] == kind or (kind != "- " and following[1][:1].isdigit()))
        and (len(found[3]) > 1) == loose
    ):
        items.append(following[2])
        found = following
    lazy = bool(kind) and any("\n" in item for item in items)
    doubt = (
        lazy or not _ended(found, source, end) or (listed and _GOES_ON.match(source, found.end()))
    )
    block = (kind + "\n" if listed and loose and len(items) > 1 else kind or "text"), items
    return (None if doubt else found), block


def _ended(found: Found, source: str, end: int) -> bool:
    at = found.end()
    return at == end or (len(found[3]) > 1 and source[at] not in SPACE + ":~")


def html(blocks: Sequence[Block], work: Work) -> str:
    """Return the HTML of `blocks`."""
    return "".join([_block(kind, texts, work) for kind, texts in blocks])


def text(blocks: Sequence[Block], work: Work) -> str:
    """Return what readers see of simple paragraphs."""
    return " ".join([_seen(kind, texts[0], work) for kind, texts in blocks])


def _seen(kind: str, written: str, work: Work) -> str:
    if kind == "plain":
        return work.curled_lines(written)
    pieces = _pieces(_PIECE.split(written), work)
    return "".join([content for mark, content in pieces if mark in ("", "`")])


def _block(kind: str, texts: list[str], work: Work) -> str:
    if kind == "plain":
        lines = escaped(work.curled_lines(texts[0])).replace("\n", "</p>\n<p>")
        return f"<p>{lines}</p>\n"
    if kind == "text":
        return _paragraph(texts[0], work)
    if kind == "> ":
        return _quotation(_paragraph(texts[0], work))
    if kind == "hr":
        return "<hr />\n"
    return _heading(kind, texts[0], work) if kind[-2] == "h" else _printed_list(kind, texts, work)


def _paragraph(text: str, work: Work) -> str:
    html = _spans(text, work)
    if text[0] == "!" or work.options.pull_quotes:
        return reading.paragraph(html, {}, work.options)
    return f"<p>{html}</p>\n"


def _quotation(html: str) -> str:
    return f"<blockquote>\n{html}</blockquote>\n"


def _printed_list(kind: str, texts: list[str], work: Work) -> str:
    if kind[-1] == "\n":
        items = "".join([f"<li>\n{_paragraph(text, work)}</li>\n" for text in texts])
    else:
        lines = [reading.item(_spans(text, work), work.options) for text in texts]
        items = "".join([f"<li>{line}</li>\n" for line in lines])
    if kind[0] == "-":
        return f"<ul>\n{items}</ul>\n"
    first = int(kind.partition(".")[0])
    return f"<ol>\n{items}</ol>\n" if first == 1 else f'<ol start="{first}">\n{items}</ol>\n'


def _heading(kind: str, text: str, work: Work) -> str:
    text = work.curled(text)
    quoted = kind[0] == ">"
    level = int(kind[-1]) if quoted else work.level(int(kind[-1]))
    id_ = work.name(level, text, escape(text, quote=False), listed=not quoted)
    if quoted and work.options.reading:
        return _quotation(reading.box(escaped(text), {"id": id_} if id_ else {}, work.options))
    named = f' id="{id_}"' if id_ else ""
    made = f"<h{level}{named}>{escaped(text)}</h{level}>\n"
    return _quotation(made) if quoted else made


def _spans(text: str, work: Work) -> str:
    """Return the HTML of one paragraph's text."""
    parts = _PIECE.split(text)
    if len(parts) == 1:
        return escaped(work.curled(text))
    out: list[str] = []
    open_: set[str] = set()
    for mark, content in _pieces(parts, work):
        if mark in _TAGS:
            out.append(_TAGS[mark][mark in open_])
            open_ ^= {mark}
        elif mark == "`":
            out.append(f"<code>{escaped(content)}</code>")
        elif mark == "[":
            out.append(f"<a{attributes(work.link(content))}>")
        elif mark == "]":
            out.append("</a>")
        elif mark == "!":
            label, _, address = content[1:].partition("](")
            values = work.image(address)
            named = {"src": values.pop("src"), "alt": label} | values
            out.append(f"<img{attributes(named)} />")
        else:
            out.append(escaped(content))
    return "".join(out)


def _pieces(parts: Sequence[str], work: Work) -> Iterator[tuple[str, str]]:
    """Yield what a paragraph consists of: a mark with what belongs to it, or text under ""."""
    left = ""
    for at, part in enumerate(parts):
        mark = part[:1] if at % 2 else ""
        if mark in ("`", "!"):
            yield mark, part[1:-1]
            left = part[-2] if mark == "`" else left
        elif mark == "[":
            yield mark, parts[at + 2][2:-1]
        elif mark == "\n":
            yield "", mark
            left = " "
        elif mark:
            yield (mark if mark == "]" else part), ""
        elif part:
            marked = typography.has_marks(part)
            curly = work.curled(part, left, _after(parts, at)) if marked else part
            yield "", curly
            left = curly[-1:]


def _after(parts: Sequence[str], at: int) -> str:
    """Return the beginning of what is read behind the text at `at`."""
    if at + 1 < len(parts) and parts[at + 1] == "\n":
        return " "
    for n in range(at + 1, len(parts)):
        part = parts[n]
        if n % 2 == 0 or part[0] == "`":
            content = part if n % 2 == 0 else part[1:-1]
        else:
            content = part[2:].partition("](")[0] if part[0] == "!" else ""
        if content:
            return content[:3]
    return ""
