"""What kramdown's blocks become before they are tokens."""

import re
from bisect import bisect_right

from briefsite.values import Struct, field

OPT = r" {0,3}"
NAME = r"[A-Za-z_:][\w.:-]*"
SPAN_ELEMENTS = frozenset(
    "a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark option "
    "q rb rbc rp rt rtc ruby samp select small span strong sub sup tt u var".split()
)
BLOCK_ELEMENTS = frozenset(
    "address article aside applet body blockquote caption col colgroup dd div dl dt fieldset "
    "figcaption footer form h1 h2 h3 h4 h5 h6 header hgroup hr html head iframe legend menu li "
    "main map nav ol optgroup p pre section summary table tbody td th thead tfoot tr ul".split()
)
VOID = frozenset(
    "area base br col command embed hr img input keygen link meta param source track wbr".split()
)
HOLDS_BLOCKS = frozenset(
    "address applet article aside blockquote body dd details div dl fieldset figure figcaption "
    "footer form header hgroup iframe li main map menu nav noscript object section summary "
    "td".split()
)
HOLDS_SPANS = frozenset(
    "a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label "
    "legend optgroup p q rb rbc rp rt rtc ruby select small span strong sub sup th tt".split()
)
HOLDS_RAW = frozenset("script style math option textarea pre code kbd samp var".split())
KNOWN = SPAN_ELEMENTS | BLOCK_ELEMENTS | VOID | HOLDS_BLOCKS | HOLDS_SPANS | HOLDS_RAW
_SPANS = "|".join(sorted(SPAN_ELEMENTS | {"script"}))

TAG = re.compile(rf"""<({NAME})((?:\s+{NAME}(?:\s*=\s*(?:\w+|"[^"]*"|'[^']*'))?)*)\s*(/)?>""")
CLOSE = re.compile(rf"</({NAME})\s*>")
ATTRIBUTE = re.compile(rf"""\s*({NAME})(?:\s*=\s*(?:(\w+)|(["'])(.*?)\3))?""", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
BLANK = re.compile(r"(?:[ \t\r\f\v]*\n)+")
EOB = re.compile(r"\^[ \t]*\n")
IAL = re.compile(rf"{OPT}\{{:(?![:/])((?:\\\}}|[^}}])+)\}}[ \t]*\n")
LIST = re.compile(rf"{OPT}(?:[+*-]|\d+\.)[\t| ].*\n")
DEFINITION = re.compile(rf"{OPT}:[\t| ].*\n")
RULE = re.compile(rf"{OPT}([*_-])[ \t]*\1[ \t]*\1(?:\1|[ \t])*\n")
ATX = re.compile(r"(#{1,6})[\t ]+(.*)\n")
FENCE = re.compile(r" {0,3}(?:~{3,}|`{3,})")
QUOTE = re.compile(rf"{OPT}> ?")
HTML_EDGE = rf"{OPT}</?(?!(?:{_SPANS})\b){NAME}"
LAZY_END = re.compile(
    rf"[ \t\r\f\v]*\n|{IAL.pattern}|{EOB.pattern}|{OPT}</(?!(?:{_SPANS})\b){NAME}\s*>"
    rf"|{OPT}<(?!(?:{_SPANS})\b){NAME}|\Z"
)
PARAGRAPH_END = re.compile(
    rf"{LAZY_END.pattern}|{LIST.pattern}|{ATX.pattern}|{DEFINITION.pattern}|{QUOTE.pattern}"
    rf"|{FENCE.pattern}"
)
BOUNDARY = re.compile(rf"[ \t\r\f\v]*\n|{EOB.pattern}|{IAL.pattern}|\Z")
INDENT = re.compile(r"^(?:\t| {4})", re.MULTILINE)


class Node(Struct):
    """A block, or a piece of raw HTML."""

    kind: str
    text: str = ""
    """Its Markdown, code or raw HTML."""
    line: int = 0
    end: int = 0
    children: list["Node"] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    """The insides of its attribute lists."""
    tag: str = ""
    """Level of a heading, language of code, name of an HTML element, kind of an `eob`."""
    id: str = ""
    bare: bool = False
    """A paragraph that prints no element of its own: in tight lists."""
    aligns: list[str] = field(default_factory=list)


class Document(Struct):
    """What one text defines for all of its parts."""

    html: bool = True
    parse_block_html: bool = False
    cut_is_block: bool = False
    """Whether the excerpt's separator is an element that ends the paragraph above it."""
    links: dict[str, tuple[str, str, list[str]]] = field(default_factory=dict)
    """Address, title and attribute lists by label."""
    notes: dict[str, Node] = field(default_factory=dict)
    attribute_lists: dict[str, str] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)


class Lines:
    """The number of the line on which a position lies."""

    def __init__(self, text: str, first: int) -> None:
        self.first = first
        self.ends = [found.start() for found in re.finditer("\n", text)]

    def at(self, pos: int) -> int:
        """Return the line of the character at `pos`."""
        return self.first + bisect_right(self.ends, pos - 1)


def label(text: str) -> str:
    """Return the form in which labels of links are compared."""
    return re.sub(r"\s+", " ", text).lower()
