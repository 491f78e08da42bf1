"""HTML blocks: an element opened at a line's start goes on to its own end tag."""

import re
from typing import TYPE_CHECKING

from briefsite.prose import kramdown_reader as reading
from briefsite.prose.kramdown_nodes import (
    ATTRIBUTE,
    CLOSE,
    COMMENT,
    HOLDS_BLOCKS,
    HOLDS_SPANS,
    KNOWN,
    OPT,
    SPAN_ELEMENTS,
    TAG,
    VOID,
    Node,
)

if TYPE_CHECKING:
    from briefsite.prose.kramdown_reader import Blocks

_OPEN = re.compile(OPT + TAG.pattern)
_END = re.compile(OPT + CLOSE.pattern)
_REMARK = re.compile(OPT + COMMENT.pattern, re.DOTALL)
_REST = re.compile(r"[ \t]*\n")
_RAW = re.compile(r"<(?=[A-Za-z_:/!?])")
_INSTRUCTION = re.compile(r"<\?.*?\?>", re.DOTALL)
_MODES = {"0": "raw", "1": "default", "span": "span", "block": "block"}


def read_block(blocks: "Blocks") -> bool:
    """Read an element, a comment, or the end tag that closes the element around."""
    text, pos = blocks.text, blocks.pos
    if found := _REMARK.match(text, pos):
        blocks.pos = found.end()
        blocks.add("html", pos, text=found[0].strip() + "\n")
        _skip_rest(blocks)
        return True
    found = _OPEN.match(text, pos)
    if found and found[1].lower() not in SPAN_ELEMENTS:
        blocks.pos = found.end()
        node = blocks.add("element", pos)
        _element(blocks, node, found, inherited_raw=False)
        node.end = blocks.lines.at(max(pos, blocks.pos - 1)) + 1
        return True
    found = _END.match(text, pos)
    if found and blocks.node.kind == "element" and blocks.node.tag == _lower(found[1]):
        blocks.pos = found.end()
        blocks.closed = True
        return True
    return False


def _lower(name: str) -> str:
    return name.lower() if name.lower() in KNOWN else name


def _skip_rest(blocks: "Blocks") -> None:
    if found := _REST.match(blocks.text, blocks.pos):
        blocks.pos = found.end()


def _attributes(text: str) -> tuple[str, str]:
    """Return (attributes as they print, the value of `markdown`)."""
    kept, mode = [], ""
    for found in ATTRIBUTE.finditer(text):
        name, value = found[1], found[2] or found[4] or ""
        if name.lower() == "markdown":
            mode = value
            continue
        quote = found[3] or '"'
        kept.append(f" {name}={quote}{value}{quote}" if found[2] or found[3] else f' {name}=""')
    return "".join(kept), mode


def _element(blocks: "Blocks", node: Node, found: "re.Match[str]", *, inherited_raw: bool) -> None:
    """Read an element whose start tag was `found`: to its end tag, or to the end of the text."""
    name = _lower(found[1])
    attributes, mode = _attributes(found[2])
    node.tag, node.text = name, f"<{name}{attributes}>"
    model = "raw"
    if blocks.document.parse_block_html and not inherited_raw:
        model = _model(name)
    if mode in _MODES:
        model = _model(name) if mode == "1" else _MODES[mode]
    if found[3] or name in VOID:
        if name not in VOID:
            node.children.append(Node("html", f"</{name}>"))
        node.id = "void"
        return  # what is left of the line is a blank line
    if name in ("script", "style"):
        _verbatim(blocks, node, name)
        return
    if model == "block" and blocks.depth < reading.MAX_DEPTH:
        _skip_rest(blocks)
        inner = reading.Blocks(
            blocks.document, node, blocks.text, blocks.lines, blocks.depth + 1, blocks.pos
        )
        inner.run()
        blocks.pos = inner.pos
    elif model == "span":
        _spans(blocks, node, name)
    else:
        _raw(blocks, node)
    if not inherited_raw:
        _skip_rest(blocks)


def _model(name: str) -> str:
    return "block" if name in HOLDS_BLOCKS else "span" if name in HOLDS_SPANS else "raw"


def _verbatim(blocks: "Blocks", node: Node, name: str) -> None:
    """Take everything up to the end tag of a script or style as it is."""
    end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(blocks.text, blocks.pos)
    stop = end.start() if end else len(blocks.text)
    node.children.append(Node("html", blocks.text[blocks.pos : stop]))
    blocks.pos = end.end() if end else stop


def _spans(blocks: "Blocks", node: Node, name: str) -> None:
    end = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(blocks.text, blocks.pos)
    stop = end.start() if end else len(blocks.text)
    line = blocks.lines.at(blocks.pos)
    node.children.append(Node("spans", blocks.text[blocks.pos : stop], line, line + 1))
    blocks.pos = end.end() if end else stop


def _raw(blocks: "Blocks", node: Node) -> None:
    """Take raw HTML up to the end tag of `node`; elements in it may ask for Markdown."""
    text, open_ = blocks.text, [node.tag]
    blocks.raw += 1
    while open_:
        found = _RAW.search(text, blocks.pos)
        end = found.start() if found else len(text)
        _text(node, text[blocks.pos : end])
        blocks.pos = end
        if not found:
            break
        if mark := COMMENT.match(text, end) or _INSTRUCTION.match(text, end):
            _text(node, mark[0])
            blocks.pos = mark.end()
        elif tag := TAG.match(text, end):
            blocks.pos = tag.end()
            name = _lower(tag[1])
            if _is_plain(tag) or blocks.raw > reading.MAX_DEPTH:
                _text(node, f"<{name}{_attributes(tag[2])[0]}>")
                open_.append(name)
            else:
                inner = Node("element", line=blocks.lines.at(end))
                node.children.append(inner)
                _element(blocks, inner, tag, inherited_raw=True)
        elif close := CLOSE.match(text, end):
            blocks.pos = close.end()
            if open_[-1] == _lower(close[1]):
                open_.pop()
                _text(node, f"</{_lower(close[1])}>" if open_ else "")
            else:
                _text(node, close[0].replace("<", "&lt;"))
        else:
            _text(node, "&lt;" if text[end : end + 2] != "<!" else "<")
            blocks.pos = end + 1
    blocks.raw -= 1
    _text(node, "".join(f"</{name}>" for name in reversed(open_[1:])))


def _is_plain(tag: "re.Match[str]") -> bool:
    """Return whether a tag opens an element that is raw like the one around it."""
    name = _lower(tag[1])
    return not (tag[3] or name in VOID or name in ("script", "style") or "markdown" in tag[2])


def _text(node: Node, text: str) -> None:
    if text:
        node.children.append(Node("html", text))
