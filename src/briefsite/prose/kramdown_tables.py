"""Tables as kramdown delimits them: any line with a `|` after a blank line, no header needed."""

import re
from typing import TYPE_CHECKING

from briefsite.prose.kramdown_nodes import OPT, Node

if TYPE_CHECKING:
    from briefsite.prose.kramdown_reader import Blocks

_START = re.compile(rf"{OPT}(?=\S)(?:\||[^\n]*?[^\\\n]\|)[^\n]*\n")
_LINE = re.compile(r"(?:\||[^\n]*?[^\\\n]\|)[^\n]*\n")
_SEPARATOR = re.compile(r"([+|: \t-]*-[+|: \t-]*)\n")
_FOOT = re.compile(r"[+|: \t=]*=[+|: \t=]*\n")
_ALIGN = re.compile(r"[ \t]?(:?)-+(:?)[ \t]?")
_CODE = re.compile(
    r"(<code\b[^>]*>.*?</code>|(?<![\\`])(`+)(?!`)(?:[^`]|(?!(?<!`)\2(?!`))`)*?(?<!`)\2(?!`))"
)
_PIPE = re.compile(r"(?<!\\)\|")
_SPAN = re.compile(r"(`+)[^`]*?\n[^`]*?\1")


def read_table(blocks: "Blocks") -> bool:
    """Read a table; what only looks like one stays a paragraph."""
    text, start = blocks.text, blocks.pos
    if not _START.match(text, start) or _runs_over(text, start):
        return False
    pos = start
    parts: list[tuple[str, list[tuple[list[str], int]]]] = []
    rows: list[tuple[list[str], int]] = []
    aligns: list[str] = []
    columns, foot = 0, False
    leading = text[start : blocks.line_end(start)].lstrip().startswith("|")
    if found := _SEPARATOR.match(text, pos):
        pos = found.end()
    while pos < len(text) and _LINE.match(text, pos):
        if found := _SEPARATOR.match(text, pos):
            if rows and not aligns and not foot:
                parts.append(("thead", rows))
                aligns = [_align(*pair) for pair in _ALIGN.findall(found[1])]
                rows = []
            elif rows and not foot:
                parts.append(("tbody", rows))
                rows = []
        elif found := _FOOT.match(text, pos):
            if rows:
                parts.append(("tbody", rows))
                rows = []
            foot = True
        else:
            end = blocks.line_end(pos)
            cells = _cells(text[pos:end].rstrip(), leading)
            columns = max(columns, len(cells))
            rows.append((cells, blocks.lines.at(pos)))
            pos = end
            continue
        pos = found.end()
    if rows:
        parts.append(("tfoot" if foot else "tbody", rows))
    blocks.pos = pos
    if not blocks.at_boundary() or all(kind != "tbody" for kind, _ in parts):
        blocks.pos = start
        return False
    node = blocks.add("table", start, aligns=(aligns + [""] * columns)[:columns])
    node.children = [Node(kind, children=_rows(rows, columns)) for kind, rows in parts]
    return True


def _runs_over(text: str, start: int) -> bool:
    """Return whether a code span that begins on the first line ends on another: no table then."""
    line = text[start : text.find("\n", start) + 1]
    return line.count("`") % 2 == 1 and bool(_SPAN.search(text, start, start + 2000))


def _align(left: str, right: str) -> str:
    return "center" if left and right else "left" if left else "right" if right else ""


def _rows(rows: list[tuple[list[str], int]], columns: int) -> list[Node]:
    return [
        Node(
            "tr",
            line=line,
            children=[Node("td", cell, line) for cell in cells + [""] * (columns - len(cells))],
        )
        for cells, line in rows
    ]


def _cells(line: str, leading: bool) -> list[str]:
    """Return the cells of a row; a `|` in code or behind a backslash parts none."""
    cells = [""]
    at = 0
    for found in (*_CODE.finditer(line), None):
        plain = line[at : found.start() if found else len(line)]
        first, *more = _PIPE.split(plain)
        cells[-1] += first.replace("\\|", "|")
        cells += [part.replace("\\|", "|") for part in more]
        if found:
            cells[-1] += found[0]
            at = found.end()
    if leading and not cells[0].strip():
        cells.pop(0)
    if cells and not cells[-1].strip():
        cells.pop()
    return [cell.strip() for cell in cells]
