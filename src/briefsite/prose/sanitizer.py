"""Which HTML may pass (the only door to nh3)."""

import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser

import nh3

from briefsite.urls import safe_url

_PROSE = frozenset(
    "a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup "
    "dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img "
    "ins kbd li main mark nav ol p picture pre q rp rt ruby s samp section small source span "
    "strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr "
    "input label".split()
)
MATH = frozenset(
    "math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms "
    "mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none".split()
)
"""MathML without what may hold HTML or lead somewhere."""
MATH_ATTRIBUTES = frozenset(
    "accent accentunder columnalign columnlines columnspacing columnspan depth display "
    "displaystyle fence form height largeop linethickness lspace mathbackground mathcolor "
    "mathsize mathvariant maxsize minsize movablelimits notation rowalign rowlines rowspacing "
    "rowspan rspace scriptlevel separator stretchy symmetric voffset width".split()
)
_DROPPED = frozenset(
    {"script", "style", "iframe", "object", "embed", "form", "template", "noscript", "svg"}
    | {"annotation", "annotation-xml"}
)
_EVERYWHERE = frozenset({"id", "class", "title", "lang", "dir", "role", "tabindex", "translate"})
_OWN: dict[str, set[str]] = {
    "a": {"href", "rel", "hreflang", "type", "download", "target"},
    "img": {"src", "alt", "width", "height", "loading", "decoding", "srcset", "sizes"},
    "source": {"src", "srcset", "type", "media", "sizes"},
    "video": {"src", "poster", "controls", "width", "height", "preload"},
    "audio": {"src", "controls", "preload"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "headers", "align"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "del": {"datetime", "cite"},
    "ins": {"datetime", "cite"},
    "q": {"cite"},
    "blockquote": {"cite"},
    "details": {"open"},
    "input": {"type", "checked", "disabled"},
}
_OWN |= {name: set(MATH_ATTRIBUTES) for name in MATH}
_FEED: dict[str, set[str]] = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
    "abbr": {"title"},
    "time": {"datetime"},
    "source": {"src"},
    "video": {"src", "poster"},
    "audio": {"src"},
    "math": {"display"},
    "*": {"lang", "dir"},
}
_INSIDE = r"""(?:[^"'<>]|"[^"<]*"|'[^'<]*')*"""
_TAG = re.compile(rf"<[a-zA-Z](?={_INSIDE}?\s(?:href|src|poster)\s*=){_INSIDE}>")
_ADDRESS = re.compile(
    r"""(?P<name>\s(?:href|src|poster)\s*=\s*)"""
    r"""(?:(?P<sign>["'])(?P<url>.*?)(?P=sign)|(?P<bare>[^\s"'<>]+))|"[^"]*"|'[^']*'""",
    re.DOTALL,
)
"""One address in a tag, or the value of another attribute."""
_ADDRESSES = frozenset({"href", "src", "poster", "cite"})


@cache
def _cleaner(ids: bool) -> nh3.Cleaner:
    """Return what cleans: nh3 takes longer to understand its rules than to clean a page."""
    everywhere = _EVERYWHERE if ids else _EVERYWHERE - {"id"}
    return nh3.Cleaner(
        tags=set(_PROSE | MATH),
        clean_content_tags=set(_DROPPED),
        attributes=_OWN | {"*": set(everywhere)},
        generic_attribute_prefixes={"data-", "aria-"},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def clean(html: str, ids: bool = True) -> str:
    """Return `html` with harmless elements and attributes only, every tag closed; comments are
    gone."""
    return _cleaner(ids).clean(html)


@cache
def _feed_cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_PROSE | MATH) - {"input", "label", "nav"},
        clean_content_tags=set(_DROPPED),
        attributes=_FEED,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def for_feed(html: str) -> str:
    """Return article HTML as a feed may carry it: no ids, classes, scripts or frames (publishing.md
    4.4)."""
    return _feed_cleaner().clean(html)


class Fragment(HTMLParser):
    """Reads a piece of raw HTML, whatever is in it."""

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Take `<![x` for a comment, as browsers do: the library fails on what SGML does not
        know."""
        return self.parse_bogus_comment(i, report)


class _Refused(Fragment):
    """Looks at one piece of raw HTML: what `clean` would drop, and its addresses."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.refused: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _PROSE and tag not in MATH:
            self.refused.append(f"<{tag}>")
            return
        for name, value in attrs:
            if name in _ADDRESSES and not safe_url(value or ""):
                self.refused.append(f"the address of <{tag}>")
            elif not _allowed(tag, name):
                self.refused.append(f"{name} on <{tag}>")


def _allowed(tag: str, name: str) -> bool:
    return name in _EVERYWHERE or name in _OWN.get(tag, ()) or name.startswith(("data-", "aria-"))


def refused(fragment: str) -> list[str]:
    """Return what of a piece of raw HTML `clean` would leave out, in words, in order."""
    parser = _Refused()
    parser.feed(fragment)
    return parser.refused


def rewrite(html: str, resolve: Callable[[str], str]) -> str:
    """Return raw HTML with each address in it turned by `resolve`."""

    def turn(found: re.Match[str]) -> str:
        if not found["name"]:
            return found[0]
        sign = found["sign"] or '"'
        return f"{found['name']}{sign}{resolve(found['url'] or found['bare'] or '')}{sign}"

    return _TAG.sub(lambda tag: _ADDRESS.sub(turn, tag[0]), html)
