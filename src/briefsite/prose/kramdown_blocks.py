"""kramdown's blocks as markdown-it's tokens: in place of markdown-it's own block parser."""

import re
from collections.abc import MutableMapping
from typing import Any, Literal

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from briefsite.prose import attributes, kramdown_math
from briefsite.prose.kramdown_nodes import VOID, Document, Node
from briefsite.prose.kramdown_reader import read

_PLAIN = {
    "ul": ("bullet_list", "ul"),
    "ol": ("ordered_list", "ol"),
    "li": ("list_item", "li"),
    "quote": ("blockquote", "blockquote"),
    "dl": ("dl", "dl"),
    "dd": ("dd", "dd"),
}


def install(parser: Any, parse_block_html: bool) -> None:
    """Let a markdown-it parser read blocks as kramdown does."""

    def block(state: StateCore) -> None:
        document = Document(parser.options["html"], parse_block_html)
        separator = state.env["pass"].separator
        document.cut_is_block = separator.startswith("<") and not separator.startswith("<!")
        root = Node("root")
        read(document, root, state.src.rstrip("\n") + "\n", 0)
        state.tokens = Writer(document, state.env).write(root)

    parser.core.ruler.at("block", block)
    parser.core.ruler.disable("attribute_lines")
    parser.add_render_rule("math_block", _math)


def _math(_: Any, tokens: list[Token], at: int, *__: Any) -> str:
    return kramdown_math.math(tokens[at].content, True) + "\n"


class Writer:
    """Writes the tokens of one document."""

    def __init__(self, document: Document, env: MutableMapping[str, Any]) -> None:
        self.document, self.env = document, env
        self.trusted = bool(env["pass"].trusted)
        self.out: list[Token] = []
        self.level = 0
        self.inside_html = 0

    def write(self, root: Node) -> list[Token]:
        """Return the tokens of the whole document, notes at the end."""
        known = self.document
        self.env["abbreviations"] = known.abbreviations
        self.env["attribute_lists"] = known.attribute_lists
        self.env["references"] = {
            name: {"href": href, "title": title, "lists": lists}
            for name, (href, title, lists) in known.links.items()
        }
        for node in root.children:
            self.block(node)
        refs = self.env.setdefault("footnotes", {}).setdefault("refs", {})
        for name, note in known.notes.items():
            refs[f":{name}"] = -1
            self.push("footnote_reference_open", "", 1).meta = {"label": name}
            for child in note.children:
                self.block(child)
            self.push("footnote_reference_close", "", -1)
        return self.out

    def push(
        self, kind: str, tag: str, nesting: Literal[-1, 0, 1], node: Node | None = None
    ) -> Token:
        """Add one token."""
        self.level -= nesting < 0
        token = Token(kind, tag, nesting, block=True, level=self.level)
        self.level += nesting > 0
        if node is not None and node.end:
            token.map = [node.line, node.end]
        if node is not None and node.lists and nesting >= 0:
            token.meta["lists"] = [self.said(text) for text in node.lists]
        self.out.append(token)
        return token

    def said(self, inside: str) -> attributes.Attributes:
        return attributes.lenient(inside, self.document.attribute_lists, trusted=self.trusted)

    def block(self, node: Node) -> None:
        """Write one block."""
        if node.kind in ("ul", "ol") and self.is_toc(node):
            return
        if node.kind in _PLAIN:
            kind, tag = _PLAIN[node.kind]
            self.push(f"{kind}_open", tag, 1, node)
            for child in node.children:
                self.block(child)
            self.push(f"{kind}_close", tag, -1)
            return
        writer = getattr(self, f"_{node.kind}", None)
        if writer is not None:
            writer(node)

    def is_toc(self, node: Node) -> bool:
        """Write the place of a table of contents, where a list says `{:toc}`."""
        if not any(re.search(r"(?:^|\s)toc(?:\s|$)", text) for text in node.lists):
            return False
        self.push("toc", node.kind, 0, node).meta = {}
        return True

    def inline(self, text: str, node: Node) -> None:
        token = self.push("inline", "", 0, node)
        token.meta = {}
        token.content, token.children = text, []

    def _p(self, node: Node) -> None:
        self.push("paragraph_open", "p", 1, node).hidden = node.bare
        self.inline(node.text, node)
        self.push("paragraph_close", "p", -1).hidden = node.bare

    def _heading(self, node: Node) -> None:
        token = self.push("heading_open", f"h{node.tag}", 1, node)
        if node.id:
            token.attrs["id"] = node.id
        if self.inside_html:
            token.meta["classic"] = True
        self.inline(node.text, node)
        self.push("heading_close", f"h{node.tag}", -1)

    def _code(self, node: Node) -> None:
        token = self.push("fence", "code", 0, node)
        token.content, token.info = node.text, node.tag

    def _cut(self, node: Node) -> None:
        self.push("cut", "", 0, node)

    def _rule(self, node: Node) -> None:
        self.push("hr", "hr", 0, node)

    def _math(self, node: Node) -> None:
        self.push("math_block", "", 0, node).content = node.text

    def _dt(self, node: Node) -> None:
        self.push("dt_open", "dt", 1, node)
        self.inline(node.text, node)
        self.push("dt_close", "dt", -1)

    def _html(self, node: Node) -> None:
        self.push("html_block", "", 0, node).content = node.text

    def _spans(self, node: Node) -> None:
        self.inline(node.text, node)

    def _element(self, node: Node) -> None:
        start = node.text
        for text in node.lists:
            start = _with(start, self.said(text))
        self.raw(start, node)
        self.inside_html += 1
        for child in node.children:
            if child.kind == "html":
                self.raw(child.text, child)
            else:
                self.block(child)
        self.inside_html -= 1
        if node.tag not in VOID and node.id != "void":
            self.raw(f"</{node.tag}>", node)
        if not self.inside_html:
            self.raw("\n", node)

    def raw(self, text: str, node: Node) -> None:
        """Write raw HTML; pieces without a block between them are one token."""
        last = self.out[-1] if self.out else None
        if last is not None and last.type == "html_block" and last.meta.get("open"):
            last.content += text
        else:
            self.push("html_block", "", 0).content = text
            self.out[-1].meta["open"] = True
            self.out[-1].map = [node.line, node.end or node.line + 1]
        if not self.inside_html and text == "\n":
            self.out[-1].meta = {}

    def _table(self, node: Node) -> None:
        self.push("table_open", "table", 1, node)
        for part in node.children:
            self.push(f"{part.kind}_open", part.kind, 1)
            tag = "th" if part.kind == "thead" else "td"
            for row in part.children:
                self.push("tr_open", "tr", 1)
                for cell, align in zip(row.children, node.aligns, strict=False):
                    token = self.push(f"{tag}_open", tag, 1)
                    if align:
                        token.attrs["style"] = f"text-align:{align}"
                    self.inline(cell.text, cell)
                    self.push(f"{tag}_close", tag, -1)
                self.push("tr_close", "tr", -1)
            self.push(f"{part.kind}_close", part.kind, -1)
        self.push("table_close", "table", -1)


def _with(tag: str, said: attributes.Attributes) -> str:
    """Return a start tag with the attributes of a list."""
    values = dict(said.values)
    if said.classes:
        own = re.search(r'\sclass=(["\'])(.*?)\1', tag)
        if own:
            tag = tag.replace(own[0], f' class="{own[2]} {" ".join(said.classes)}"', 1)
        else:
            values["class"] = " ".join(said.classes)
    text = "".join(
        f' {name}="{value.replace(chr(34), "&quot;")}"' for name, value in values.items()
    )
    return tag.removesuffix(">") + text + ">"
