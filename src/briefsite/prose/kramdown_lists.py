"""Lists and definition lists: what belongs to an item is decided by its indentation."""

import re
from functools import cache
from typing import TYPE_CHECKING

from briefsite.prose import kramdown_reader as reading
from briefsite.prose.kramdown_nodes import BLANK, EOB, HTML_EDGE, IAL, LIST, OPT, RULE, Node

if TYPE_CHECKING:
    from briefsite.prose.kramdown_reader import Blocks

_MARKS = {"ul": "[+*-]", "ol": r"\d+\.", "dl": ":"}
_ITEM_IAL = re.compile(r"\s*\{:(?!(?:\w[\w-]*)?:|/)((?:\\\}|[^}])+)\}\s*")


@cache
def _start(kind: str, most: int) -> "re.Pattern[str]":
    return re.compile(rf"( {{0,{most}}}{_MARKS[kind]})([\t| ].*\n)")


@cache
def _lines(indentation: int) -> tuple["re.Pattern[str]", "re.Pattern[str]", "re.Pattern[str]"]:
    """Return what a line of an item looks like, a lazy one, and the indentation to take off."""
    fours, rest = divmod(indentation, 4)
    content = rf"(?:(?:\t| {{4}}){{{fours}}} {{{rest}}}|(?:\t| {{4}}){{{fours + 1}}}).*\S.*\n"
    least = min(indentation, 3)
    edge = HTML_EDGE.removeprefix(OPT)
    ial = IAL.pattern.removeprefix(OPT)
    lazy = rf"(?! {{0,{least}}}(?:{ial}|{edge})).*\S.*\n"
    return re.compile(content), re.compile(lazy), re.compile(rf" {{{indentation}}}")


def _first_line(width: int, content: str) -> tuple[str, int]:
    """Return an item's first line without its indentation, and the column where it begins."""
    own = _ITEM_IAL.match(content)
    if own and not content[own.end() :].strip():
        return content.lstrip(), 4
    if not content.strip():
        return "\n", 4
    while found := re.match(r"( *)(\t+)", content):
        column = len(found[1]) + width
        spaces = 4 - column % 4 + (len(found[2]) - 1) * 4
        content = found[1] + " " * spaces + content[found.end() :]
    return content.lstrip(), width + len(content) - len(content.lstrip(" "))


class _Item:
    """One item on its way: its text comes in parts, so that lists in it begin anew."""

    def __init__(self, node: Node, first: str) -> None:
        own = _ITEM_IAL.match(first)
        if own:
            node.lists.append(own[1])
            first = first[own.end() :]
        self.node, self.parts = node, [first]


def read_list(blocks: "Blocks") -> bool:
    """Read a list; its items may not change between numbers and bullets."""
    text, start = blocks.text, blocks.pos
    kind = "ul" if _start("ul", 3).match(text, start) else "ol"
    begins = _start(kind, 3)
    content = lazy = indent = begins
    items: list[_Item] = []
    after_blank = nested = ended = False
    indentation = 0
    while blocks.pos < len(text):
        pos = blocks.pos
        if after_blank and RULE.match(text, pos):
            break
        if mark := EOB.match(text, pos):
            blocks.pos, ended = mark.end(), True
            break
        if found := begins.match(text, pos):
            first, indentation = _first_line(len(found[1]), found[2])
            items.append(_Item(Node("li", line=blocks.lines.at(pos)), first))
            content, lazy, indent = _lines(indentation)
            begins = _start(kind, min(indentation - 1, 3))
            nested = bool(LIST.match(items[-1].parts[0]))
            after_blank = False
        elif (
            found := content.match(text, pos) or (not after_blank and lazy.match(text, pos)) or None
        ):
            line = re.sub(r"\A\t+", lambda tabs: "    " * len(tabs[0]), found[0])
            own = indent.match(line)
            line = line[own.end() :] if own else line
            if LIST.match(line):
                if own and not nested:
                    items[-1].parts.append("")
                    nested = True
                elif nested and not own:
                    line = " " * (indentation + 4) + line
            items[-1].parts[-1] += line
            after_blank = False
        elif found := BLANK.match(text, pos):
            nested = after_blank = True
            items[-1].parts[-1] += found[0]
        else:
            break
        blocks.pos = found.end()
    node = blocks.add(kind, start)
    node.children = [item.node for item in items]
    last = None
    for number, item in enumerate(items):
        last = _fill(blocks, item, items, number, ended)
    if last is not None and not ended:
        blocks.node.children.append(last)
    return True


def _fill(
    blocks: "Blocks", item: _Item, items: list[_Item], number: int, ended: bool
) -> Node | None:
    """Read the blocks of an item; return the blank line at its end, if there is one."""
    node, line = item.node, item.node.line
    for part in item.parts:
        reading.read(blocks.document, node, part, line, blocks.depth + 1)
        line += part.count("\n")
    node.end = line
    inner = node.children
    if not inner:
        return None
    is_last = number == len(items) - 1
    first = inner[0]
    if first.kind == "p" and len(inner) >= 2 and inner[1].kind == "eob" and first.lists:
        del inner[1]
    if first.kind == "p":
        tight = (
            len(inner) < 2
            or inner[1].kind != "blank"
            or (is_last and len(inner) == 2 and not ended)
        )
        fits = not is_last or len(items) == 1 or _has_other(items[:-1])
        first.bare = tight and fits
    return inner.pop() if inner[-1].kind == "blank" else None


def _has_other(items: list[_Item]) -> bool:
    """Return whether an item begins with something else than a whole paragraph."""
    inner = (item.node.children for item in items)
    return any(not nodes or nodes[0].kind != "p" or nodes[0].bare for nodes in inner)


def read_definitions(blocks: "Blocks") -> bool:
    """Read the definitions below a paragraph, whose lines are the terms."""
    above = blocks.node.children
    if not above:
        return False
    loose = above[-1].kind == "blank"
    if loose and (above[-1].text != "\n" or len(above) < 2):
        return False
    paragraph = above[-2] if loose else above[-1]
    if paragraph.kind != "p":
        return False
    del above[-2 if loose else -1 :]
    items, first_loose = _definitions(blocks, loose)
    node = Node("dl", line=paragraph.line, end=blocks.lines.at(blocks.pos - 1) + 1)
    node.lists = paragraph.lists
    for offset, term in enumerate(paragraph.text.split("\n")):
        item = _Item(Node("dt", line=paragraph.line + offset), term)
        item.node.text = item.parts[0]
        node.children.append(item.node)
    last = None
    for item, as_paragraph in zip(items, first_loose, strict=True):
        reading.read(blocks.document, item.node, item.parts[0], item.node.line, blocks.depth + 1)
        inner = item.node.children
        last = inner.pop() if inner and inner[-1].kind == "blank" else None
        if inner and inner[0].kind == "p":
            inner[0].bare = not as_paragraph
        node.children.append(item.node)
    _join(above, node)
    if last is not None:
        above.append(last)
    return True


def _join(above: list[Node], node: Node) -> None:
    """Add a definition list to the one right above it, or as a block of its own."""
    if above and above[-1].kind == "dl":
        above[-1].children += node.children
    elif len(above) >= 2 and above[-1].kind == "blank" and above[-2].kind == "dl":
        above.pop()
        above[-1].children += node.children
    else:
        above.append(node)


def _definitions(blocks: "Blocks", loose: bool) -> tuple[list[_Item], list[bool]]:
    """Return the definitions, and for each whether it begins with a whole paragraph."""
    text = blocks.text
    begins = _start("dl", 3)
    content = lazy = indent = begins
    items: list[_Item] = []
    as_paragraph: list[bool] = []
    after_blank = False
    while blocks.pos < len(text):
        pos = blocks.pos
        if found := begins.match(text, pos):
            first, indentation = _first_line(len(found[1]), found[2])
            items.append(_Item(Node("dd", line=blocks.lines.at(pos)), first))
            as_paragraph.append(loose)
            content, lazy, indent = _lines(indentation)
            begins = _start("dl", min(indentation - 1, 3))
            loose = after_blank = False
        elif EOB.match(text, pos):
            break
        elif (
            found := content.match(text, pos) or (not after_blank and lazy.match(text, pos)) or None
        ):
            line = re.sub(r"\A\t+", lambda tabs: "    " * len(tabs[0]), found[0])
            items[-1].parts[0] += indent.sub("", line, count=1) if indent.match(line) else line
            loose = after_blank = False
        elif found := BLANK.match(text, pos):
            loose = after_blank = True
            items[-1].parts[0] += found[0]
        else:
            break
        blocks.pos = found.end()
    return items, as_paragraph
