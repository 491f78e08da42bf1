"""What briefsite adds between parsing and printing: one pass over markdown-it's tokens."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from typing import Any

from briefsite.prose import attributes, reading, sanitizer, short, typography
from briefsite.prose.excerpts import CUT
from briefsite.prose.options import Options
from briefsite.urls import is_absolute

TRUST_HINT = "set 'markdown: {html: trusted}' in site.yaml to let it through"
_ALIGN = re.compile(r"text-align:\s*(left|right|center)")
_HEADING = re.compile(r"<h[1-6]\b", re.IGNORECASE)
_COMMENT = re.compile(r"\s*<!--(?!-?>)(?:(?!--!?>).)*-->\s*", re.DOTALL)
"""HTML that nobody sees, however it is read."""
_WIDE = ("fence", "code_block", "math_block")
SCENES = ("-", "*")
"""What alone on a line is a break between scenes."""
_SPAN_ENDS = frozenset(
    {"link_close", "em_close", "strong_close", "s_close", "code_inline", "image"}
)


# Token is markdown-it's; its only door is the module `markdown`.
Token = Any


@cache
def _in_id(char: str) -> str:
    """Return what becomes of a character in an id."""
    category = unicodedata.category(char)
    kept = category[0] in "LM" or category in ("Nd", "Pc") or char == "-"
    return char if kept else "-" if char in " \t" else ""


def text_of(children: Sequence[Token]) -> str:
    """Return what readers see of inline tokens, images aside."""
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in children
        if child.type
        in ("text", "text_special", "code_inline", "softbreak", "hardbreak", "math_inline")
    )


def heading_id(text: str) -> str:
    """Return the id of a heading as kramdown makes it of GitHub's Markdown (jekyll.md K1); may be
    empty."""
    return "".join(map(_in_id, text.lower()))


def classic_id(text: str) -> str:
    """Return the id of a heading inside an HTML element, as kramdown makes it there."""
    kept = re.sub(r"[^a-zA-Z0-9 -]", "", re.sub(r"\A[^a-zA-Z]+", "", text))
    return kept.replace(" ", "-").lower() or "section"


class Pass:
    """The pass over one document: attributes, ids, typography, addresses; gathers headings and
    warnings."""

    def __init__(
        self,
        resolve: Callable[[str], str],
        options: Options,
        separator: str = "",
        *,
        deepest: int = 0,
        lazy: bool = True,
    ) -> None:
        self.resolve, self.options, self.separator = resolve, options, separator
        self.typography, self.trusted = options.typography, options.html == "trusted"
        self.lazy = lazy
        """Whether the next image may wait until it is seen."""
        self.headings: list[tuple[int, str, str]] = []
        self.warnings: list[tuple[int, str, str]] = []
        self.raw_html = False
        self._comments: list[Token] = []
        self.wide = False
        """Whether it holds code, a formula or HTML, which may be wider than a page."""
        self.deepest = deepest
        self._deep = False
        self._ids: set[str] = set()
        self._counts: dict[str, int] = {}
        self._line = 0
        self._outline = reading.Outline() if options.reading else None
        self._quotations = 0
        self._special = {"image"} | ({"code_inline"} if options.pull_quotes else set())

    def run(self, tokens: list[Token]) -> None:
        """Finish every token in place."""
        if any(token.type == "html_block" and _HEADING.search(token.content) for token in tokens):
            self._outline = None  # its levels and those of the HTML are to each other as written
        for at, token in enumerate(tokens):
            if token.map:
                self._line = token.map[0]
            for said in token.meta.get("lists", ()):
                self._set(token, said)
            if token.level >= self.deepest and not self._deep:
                self._deep = True
                self._warn("what is nested more deeply than this was left out", "nest it less")
            kind = token.type
            if kind == "inline":
                if token.children:
                    token.children = self._inline(token.children)
                self._block(tokens, at)
            elif kind == "prose":
                token.content = short.html(token.meta["blocks"], self)
            elif kind in ("blockquote_open", "blockquote_close"):
                self._quotations += token.nesting
            else:
                self._other(token)
        if not self.raw_html:  # else one may end what other HTML has left open
            for token in self._comments:
                token.content = ""

    def _other(self, token: Token) -> None:
        if token.type == "html_block":
            self._html(token)
        elif token.type in _WIDE:
            self.wide = True
        if token.type in ("th_open", "td_open"):
            self._cell(token)
        elif token.type in ("fence", "code_block") and CUT in token.content:
            token.content = token.content.replace(CUT, self.separator)

    def curled(self, text: str, left: str = "", after: str = "") -> str:
        """Return `text` with curly quotes and dashes, where the site wants them."""
        if self.typography and typography.has_marks(text):
            return typography.curl(text, left, after)
        return text

    def curled_lines(self, text: str) -> str:
        """Return paragraphs, a line each, with curly quotes and dashes."""
        if self.typography and typography.has_marks(text):
            return typography.curl_lines(text)
        return text

    def _cell(self, token: Token) -> None:
        style = _ALIGN.match(str(token.attrs.pop("style", "")))
        if style:
            # A style attribute would need a hole in the content security policy.
            token.attrJoin("class", f"align-{style[1]}")
        if token.type == "th_open":
            token.attrs["scope"] = "col"

    def _block(self, tokens: list[Token], at: int) -> None:
        """Say what becomes of the paragraph or heading whose text is at `at`."""
        opener, children, closer = tokens[at - 1], tokens[at].children or [], tokens[at + 1]
        if opener.type == "heading_open":
            if not self._quotations:
                opener.tag = closer.tag = f"h{self.level(int(opener.tag[1]))}"
            self._heading(opener, children)
            special = self._quotations > 0
            opener.meta["last"] = special and (
                tokens[at - 2].type != "blockquote_open"
                and tokens[at + 2].type == "blockquote_close"
            )
        else:
            special = opener.type == "paragraph_open" and (
                not children
                or tokens[at].content in SCENES
                or any(child.type in self._special for child in children)
            )
        if special and self.options.reading:
            opener.type, closer.type = "special_open", "special_close"

    def special(self, opener: Token, html: str) -> str:
        """Return what becomes of a block that `opener` begins and whose text is `html`."""
        if opener.tag != "p":
            return reading.box(html, opener.attrs, self.options, last=opener.meta["last"])
        if opener.hidden:
            return reading.item(html, self.options)
        return reading.paragraph(html, opener.attrs, self.options)

    def level(self, written: int) -> int:
        """Return the level below the page's title of the next heading."""
        return self._outline.level(written) if self._outline else written

    def _heading(self, token: Token, children: Sequence[Token]) -> None:
        text = text_of(children).strip()
        made = classic_id(text) if token.meta.get("classic") else heading_id(text)
        id_ = self._unique(str(token.attrs.pop("id", "")) or self._free(made))
        if not id_:
            return
        token.attrs = {"id": id_} | token.attrs
        if token.level == 0 and "no_toc" not in str(token.attrs.get("class", "")).split():
            self.headings.append((int(token.tag[1]), id_, _label(children)))

    def name(self, level: int, text: str, html: str, *, listed: bool) -> str:
        """Return the id of a heading; it enters the table of contents where `listed`."""
        id_ = self._unique(self._free(heading_id(text)))
        if id_ and listed:
            self.headings.append((level, id_, html))
        return id_

    def _unique(self, id_: str) -> str:
        while id_ in self._ids:
            id_ += "-1"
        if id_:
            self._ids.add(id_)
        return id_

    def _free(self, id_: str) -> str:
        if not id_:
            return ""
        seen = self._counts.get(id_, 0)
        self._counts[id_] = seen + 1
        return f"{id_}-{seen}" if seen else id_

    def _inline(self, children: list[Token]) -> list[Token]:
        kept: list[Token] = []
        left = ""
        for at, child in enumerate(children):
            kind = child.type
            if kind == "text":
                self._text(child, children, at, kept, left)
                left = child.content[-1:] or left
                continue
            if kind == "link_open":
                self._link(child)
            elif kind == "image" and not self._image(child):
                continue
            elif kind == "html_inline":
                self._html(child)
            elif kind == "code_inline" and self.separator and CUT in child.content:
                child.content = child.content.replace(CUT, self.separator)
            if kind in ("softbreak", "hardbreak"):
                left = " "
                self._line += 1
            elif kind in ("code_inline", "text_special"):
                left = child.content[-1:] or left
            kept.append(child)
        return kept

    def _text(
        self, child: Token, children: Sequence[Token], at: int, kept: list[Token], left: str
    ) -> None:
        if kept and kept[-1].type in _SPAN_ENDS and child.content.startswith("{:"):
            self._span(child, kept)
        address = bool(kept) and kept[-1].info == "auto"
        if self.typography and not address and typography.has_marks(child.content):
            after = next((c.content[:3] for c in children[at + 1 :] if c.content), "")
            following = children[at + 1].type if at + 1 < len(children) else ""
            child.content = typography.curl(
                child.content, left, " " if following.endswith("break") else after
            )
        if CUT not in child.content:
            kept.append(child)
            return
        before, _, rest = child.content.partition(CUT)
        child.content = before
        kept += [child, child.copy(type="cut", content="")]
        kept.append(child.copy(content=rest.lstrip() if before.endswith(" ") else rest))

    def _span(self, child: Token, kept: list[Token]) -> None:
        found = attributes.at_start(child.content)
        said = attributes.parse(found[1], trusted=self.trusted) if found else None
        if found is None or said is None:
            return
        depth = 0
        for token in reversed(kept):
            depth += token.nesting
            if depth == 0:
                self._set(token, said)
                break
        child.content = child.content[found.end() :]

    def _set(self, token: Token, said: attributes.Attributes) -> None:
        for name in said.refused:
            self._warn(f"the attribute '{name}' was left out", TRUST_HINT)
        for name, value in said.values.items():
            token.attrs[name] = self.resolve(value) if name == "cite" else value
        for name in said.classes:
            token.attrJoin("class", name)

    def _link(self, token: Token) -> None:
        attrs = self.link(str(token.attrs.get("href", "")))
        if "class" in attrs:
            token.attrJoin("class", attrs.pop("class"))
            if token.markup == "autolink":
                token.attrJoin("class", "bare")  # its text is its address: paper needs it once
        token.attrs |= attrs

    def link(self, address: str) -> dict[str, str]:
        """Return the attributes of a link."""
        href = self.resolve(address)
        if is_absolute(href) and href.lower().startswith(("http", "//")):
            return {"href": href, "class": "external", "rel": "external noopener"}
        return {"href": href}

    def _image(self, token: Token) -> bool:
        source = str(token.attrs.get("src", ""))
        if not source:
            self._warn(
                "an image without an address was left out", "write ![what it shows](file.png)"
            )
            return False
        token.attrs |= self.image(source)
        return True

    def image(self, address: str) -> dict[str, str]:
        """Return the attributes of an image, its address first."""
        values = {"src": self.resolve(address)}
        if self.options.reading:
            values |= ({"loading": "lazy"} if self.lazy else {}) | {"decoding": "async"}
        self.lazy = True
        return values

    def _html(self, token: Token) -> None:
        html = token.content
        if not self.trusted and _COMMENT.fullmatch(html):
            self._comments.append(token)
            return
        self.raw_html = True
        self.wide = self.wide or token.type == "html_block"
        if not self.trusted:
            for what in sanitizer.refused(html):
                self._warn(f"{what} was left out", TRUST_HINT)
        token.content = sanitizer.rewrite(html.replace(CUT, ""), self.resolve)

    def _warn(self, text: str, hint: str) -> None:
        self.warnings.append((self._line, text, hint))


def _label(children: Sequence[Token]) -> str:
    """Return a heading's inline HTML without links, images and footnote marks."""
    parts = []
    for child in children:
        if child.type in ("text", "text_special"):
            parts.append(escape(child.content, quote=False))
        elif child.type == "code_inline":
            parts.append(f"<code>{escape(child.content, quote=False)}</code>")
        elif child.type in ("em_open", "em_close", "strong_open", "strong_close"):
            parts.append(f"<{'/' if child.nesting < 0 else ''}{child.tag}>")
        elif child.type == "softbreak":
            parts.append(" ")
    return "".join(parts)
