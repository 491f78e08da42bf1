"""kramdown's blocks, read from left to right (kramdown.md; GFM input as Jekyll sets it)."""

import re

from briefsite.prose import (
    kramdown_html as html,
)
from briefsite.prose import (
    kramdown_lists as lists,
)
from briefsite.prose import (
    kramdown_tables as tables,
)
from briefsite.prose.excerpts import CUT
from briefsite.prose.kramdown_nodes import (
    ATX,
    BLANK,
    BOUNDARY,
    DEFINITION,
    EOB,
    HTML_EDGE,
    IAL,
    INDENT,
    LAZY_END,
    LIST,
    OPT,
    PARAGRAPH_END,
    RULE,
    Document,
    Lines,
    Node,
    label,
)

MAX_DEPTH = 60
ASCII_SPACE = " \t\r\n\f\v"
"""What is stripped: a no-break space at an end is text."""
_QUOTES = re.compile(rf"^{OPT}> ?", re.MULTILINE)
_FENCED = re.compile(r" {0,3}((~|`)\2{2,})[ \t]*([^\s?`]\S*?)?(?:\?\S*)?(?:[ \t][^\n`]*)?\n")
_HEADING_ID = re.compile(r"[\t ]\{#([A-Za-z_:][\w.:-]*)\}\Z")
_SETEXT = re.compile(rf"{OPT}([^ \t\n].*)\n([-=])[-=]*[ \t\r\f\v]*\n")
_MATH = re.compile(rf"{OPT}(\\)?\$\$")
_NOTE = re.compile(rf"{OPT}\[\^(\w[\w-]*)\]:[ \t]*")
_LINK = re.compile(
    rf"{OPT}\[([^\n\]]+)\]:[ \t]*(?:<(.*?)>|([^\n]*?\S[^\n]*?))"
    r"(?:(?:[ \t]*?\n|[ \t]+?)[ \t]*?([\"'])(.+?)\4)?[ \t]*?\n"
)
_ABBREVIATION = re.compile(rf"{OPT}\*\[(.+?)\]:(.*?)\n")
_ALD = re.compile(rf"{OPT}\{{:(\w[\w-]*):((?:\\\}}|[^}}])+)\}}[ \t]*\n")
_EXTENSION = re.compile(rf"{OPT}\{{::(\w+)(?:\s((?:\\\}}|[^}}])*?))?(/)?\}}[ \t]*\n")
_EDGE = re.compile(HTML_EDGE)


def read(document: Document, node: Node, text: str, line: int, depth: int = 0) -> None:
    """Add the blocks of `text`, which begins on `line`, to `node`."""
    if depth > MAX_DEPTH:
        node.children.append(Node("p", text.strip(), line, line + text.count("\n")))
        return
    Blocks(document, node, text, Lines(text, line), depth).run()


class Blocks:
    """Reads one text: a document, the content of a list item, of a quotation, of an element."""

    def __init__(
        self, document: Document, node: Node, text: str, lines: Lines, depth: int, pos: int = 0
    ) -> None:
        self.document, self.node, self.text, self.lines = document, node, text, lines
        self.depth, self.pos = depth, pos
        self.pending: list[str] = []
        self.unclosed: dict[str, int] = {}
        """The shortest fence of each kind that nothing below closes."""
        self.raw = 0
        """How many elements of raw HTML are open around the position."""
        self.closed = False
        """Whether the end tag of the element that `node` is was found."""

    def run(self) -> None:
        """Read to the end, or to the end tag of `node`."""
        end = len(self.text)
        while self.pos < end and not self.closed:
            self.block()

    def block(self) -> None:
        """Read one block: of the readers that the line's first character allows, the first that
        takes it."""
        if found := BLANK.match(self.text, self.pos):
            return self.blank(found.end())
        text, pos = self.text, self.pos
        char = text[pos]
        if char == "\t" or text.startswith("    ", pos):
            return self.code()
        at = pos
        while char == " ":
            at += 1
            char = text[at]
        if char == CUT:
            return self.cut(at)
        if char.isalpha() or char > "\u2fff":
            readers: tuple[str, ...] = ("setext", "table") if self.after_boundary() else ()
        else:
            readers = _READERS.get(char, ("setext", "table"))
            if char.isdigit():
                readers = ("list_", "setext", "table")
        for name in readers:
            if getattr(self, name)():
                return None
        return self.paragraph()

    def cut(self, at: int) -> None:
        """Read the place of the excerpt's separator; what stands behind it is a block of its
        own."""
        start = self.pos
        rest = re.compile(r"[ \t]*\n?").match(self.text, at + 1)
        self.pos = rest.end() if rest else at + 1
        self.add("cut", start)

    def at_cut(self) -> bool:
        """Return whether the line begins with a separator that is an element, and so a block."""
        text, pos = self.text, self.pos
        return self.document.cut_is_block and text[pos : pos + 4].lstrip(" ").startswith(CUT)

    def add(self, kind: str, start: int, **values: object) -> Node:
        """Add a node for what lies between `start` and the position."""
        first, end = self.lines.at(start), self.lines.at(max(start, self.pos - 1)) + 1
        node = Node(kind, line=first, end=end, **values)  # type: ignore[arg-type]
        node.lists, self.pending = self.pending, []
        self.node.children.append(node)
        return node

    def last(self) -> Node | None:
        """Return the block above, blank lines included."""
        return self.node.children[-1] if self.node.children else None

    def after_boundary(self) -> bool:
        """Return whether a blank line or the like stands above."""
        last = self.last()
        loose = last is None or last.kind == "blank" or (last.kind == "eob" and not last.tag)
        return loose or bool(self.pending)

    def at_boundary(self) -> bool:
        """Return whether a blank line or the like follows."""
        return BOUNDARY.match(self.text, self.pos) is not None

    def blank(self, end: int) -> None:
        start, self.pos = self.pos, end
        last = self.last()
        if last is None or last.kind != "blank":
            self.pending = []  # the blank line itself takes the list
            self.node.children.append(Node("blank", self.text[start:end]))
        else:
            last.text += self.text[start:end]

    def line_end(self, pos: int) -> int:
        """Return the position behind the line that `pos` lies on."""
        return self.text.find("\n", pos) + 1 or len(self.text)

    def code(self) -> None:
        start = self.pos
        self.pos = code_end(self.text, start)
        data = re.sub(r"\n( {0,3}\S)", r" \1", self.text[start : self.pos])
        self.add("code", start, text=INDENT.sub("", data))

    def fence(self) -> bool:
        found = _FENCED.match(self.text, self.pos)
        if not found or len(found[1]) >= self.unclosed.get(found[2], len(self.text)):
            return False
        close = re.compile(rf"^ {{0,3}}{found[1]}{found[2]}*[ \t]*\n", re.MULTILINE)
        end = close.search(self.text, found.end())
        if not end:
            self.unclosed[found[2]] = len(found[1])
            return False
        start, self.pos = self.pos, end.end()
        self.add("code", start, text=self.text[found.end() : end.start()], tag=found[3] or "")
        return True

    def quote(self) -> bool:
        start, text = self.pos, self.text
        self.pos = self.line_end(start)
        while not LAZY_END.match(text, self.pos):
            self.pos = self.line_end(self.pos)
        node = self.add("quote", start)
        inner = _QUOTES.sub("", text[start : self.pos])
        read(self.document, node, inner, node.line, self.depth + 1)
        return True

    def atx(self) -> bool:
        found = ATX.match(self.text, self.pos)
        if not found:
            return False
        text, own = _heading(found[2])
        text = re.sub(r"(?:^|[\t ]+)#+\Z", "", text).rstrip()
        return bool(text) and self.heading(len(found[1]), text, own, found.end())

    def setext(self) -> bool:
        found = _SETEXT.match(self.text, self.pos) if self.after_boundary() else None
        if not found:
            return False
        text, own = _heading(found[1])
        level = 2 if found[2] == "-" else 1
        return bool(text) and self.heading(level, text, own, found.end())

    def heading(self, level: int, text: str, own: str, end: int) -> bool:
        start, self.pos = self.pos, end
        self.add("heading", start, text=text, tag=str(level), id=own)
        return True

    def rule(self) -> bool:
        found = RULE.match(self.text, self.pos)
        if found:
            start, self.pos = self.pos, found.end()
            self.add("rule", start)
        return bool(found)

    def list_(self) -> bool:
        return bool(LIST.match(self.text, self.pos)) and lists.read_list(self)

    def definition(self) -> bool:
        return bool(DEFINITION.match(self.text, self.pos)) and lists.read_definitions(self)

    def element(self) -> bool:
        return self.document.html and html.read_block(self)

    def table(self) -> bool:
        return self.after_boundary() and tables.read_table(self)

    def math(self) -> bool:
        found = _MATH.match(self.text, self.pos)
        if not found or not self.after_boundary():
            return False
        end = self.text.find("$$", found.end())
        if end < 0:
            return False
        start, behind = self.pos, end + 2
        rest = re.compile(r"[ \t]*\n").match(self.text, behind)
        if found[1]:
            return False
        self.pos = rest.end() if rest else behind
        if not self.at_boundary():
            self.pos = start
            return False
        self.add("math", start, text=self.text[found.end() : end].strip())
        return True

    def definition_of_note(self) -> bool:
        found = _NOTE.match(self.text, self.pos)
        if not found:
            return False
        start = self.pos
        self.pos = code_end(self.text, self.line_end(found.end()))
        inner = INDENT.sub("", self.text[found.end() : self.pos])
        note = Node("note", line=self.lines.at(start), id=found[1])
        read(self.document, note, inner, note.line, self.depth + 1)
        self.document.notes[found[1]] = note
        self.add("eob", start, tag="note")
        return True

    def definition_of_link(self) -> bool:
        found = _LINK.match(self.text, self.pos)
        if not found or re.search(r"[ \t]+[\"']", found[3] or ""):
            return False
        start, self.pos = self.pos, found.end()
        node = self.add("eob", start, tag="link")
        address = found[2] if found[2] is not None else found[3]
        self.document.links[label(found[1])] = (address, found[5] or "", node.lists)
        return True

    def abbreviation(self) -> bool:
        found = _ABBREVIATION.match(self.text, self.pos)
        if not found:
            return False
        start, self.pos = self.pos, found.end()
        self.document.abbreviations[found[1]] = found[2].strip()
        self.add("eob", start, tag="abbreviation")
        return True

    def extension(self) -> bool:
        start = self.pos
        if found := _ALD.match(self.text, start):
            self.pos = found.end()
            known = self.document.attribute_lists
            known[found[1]] = f"{known.get(found[1], '')} {found[2]}".strip()
            self.add("eob", start, tag="ald")
            return True
        if found := _EXTENSION.match(self.text, start):
            return self.run_extension(found)
        found = IAL.match(self.text, start)
        if not found:
            return False
        self.pos = found.end()
        last = self.last()
        definition = last is not None and last.tag in ("link", "abbreviation", "note")
        if last is None or last.kind == "blank" or (last.kind == "eob" and not definition):
            self.pending.append(found[1])
        else:
            last.lists.append(found[1])
            if not IAL.match(self.text, self.pos):
                self.node.children.append(Node("eob", tag="ial"))
        return True

    def run_extension(self, found: "re.Match[str]") -> bool:
        """Read `{::comment}` and its like; what is unknown stays text."""
        start, name = self.pos, found[1]
        if name not in ("comment", "nomarkdown", "options"):
            return False
        body, end = "", found.end()
        if not found[3]:
            stop = re.compile(rf"^{OPT}\{{:/(?:{name})?\}}[ \t]*\n", re.MULTILINE)
            stopped = stop.search(self.text, end)
            if not stopped:
                return False
            body, end = self.text[end : stopped.start()], stopped.end()
        self.pos = end
        if name == "nomarkdown":
            self.add("html", start, text=body)
        else:
            self.add("eob", start, tag=name)
        return True

    def end_mark(self) -> bool:
        found = EOB.match(self.text, self.pos)
        if found:
            self.pos = found.end()
            self.node.children.append(Node("eob"))
        return bool(found)

    def paragraph(self) -> None:
        text, start = self.text, self.pos
        self.pos = self.line_end(start)
        while not PARAGRAPH_END.match(text, self.pos) and not self.at_cut():
            self.pos = self.line_end(self.pos)
        said = text[start : self.pos].rstrip(ASCII_SPACE)
        last = self.last()
        if last is not None and last.kind == "p":
            last.text += ("  \n" if text[start - 3 : start] == "  \n" else "\n") + said
            last.end = self.lines.at(self.pos - 1) + 1
        else:
            self.add("p", start, text=said.lstrip(ASCII_SPACE))


_READERS: dict[str, tuple[str, ...]] = {
    "~": ("fence", "setext", "table"),
    "`": ("fence", "setext", "table"),
    ">": ("quote",),
    "#": ("atx", "setext", "table"),
    "*": ("rule", "list_", "setext", "table", "abbreviation"),
    "-": ("rule", "list_", "setext", "table"),
    "_": ("rule", "setext", "table"),
    "+": ("list_", "setext", "table"),
    ":": ("definition", "setext", "table"),
    "<": ("element", "setext", "table"),
    "$": ("setext", "math", "table"),
    "\\": ("setext", "math", "table"),
    "[": ("setext", "table", "definition_of_note", "definition_of_link"),
    "{": ("setext", "table", "extension"),
    "^": ("setext", "table", "end_mark"),
}


def _heading(text: str) -> tuple[str, str]:
    """Return a heading's text and the id that it names."""
    text = text.rstrip()
    own = _HEADING_ID.search(text)
    return (text[: own.start()].rstrip(), own[1]) if own else (text, "")


def code_end(text: str, pos: int) -> int:
    """Return where the indented code that begins at `pos` ends: lines right below it belong to
    it."""
    taken = at = pos
    indented = False
    while at < len(text):
        blank = BLANK.match(text, at)
        if blank:
            at, indented = blank.end(), False
            continue
        if text[at] == "\t" or text.startswith("    ", at):
            indented = True
        elif not indented or IAL.match(text, at) or EOB.match(text, at) or _EDGE.match(text, at):
            break
        at = taken = text.find("\n", at) + 1 or len(text)
    return taken
