"""What begins with `<` inside text: HTML elements, comments and addresses, as kramdown reads them."""

import re
from html import escape

from markdown_it.token import Token

from briefsite.prose import typography
from briefsite.prose.kramdown_links import address
from briefsite.prose.kramdown_scanner import DEEPEST, HTML, MARK, Frame, Scanner, characters

_NAME = r"(?:[^\W\d][-\w.]*+:)?[^\W\d][-\w.]*+"
_VALUE = r"\w+|\"[^\"]*\"|'[^']*'"
_AUTOLINK = re.compile(r"<(?:((?:mailto|https?|ftps?):.[^>\n]*)|([\w.-]+@[\w.-]+))>")
_TAG = re.compile(rf"<({_NAME})((?:\s+{_NAME}(?:\s*=\s*(?:{_VALUE}))?)*+)\s*(/)?>")
_ATTRIBUTE = re.compile(rf"\s+({_NAME})(?:\s*=\s*({_VALUE}))?")
_END = re.compile(rf"</({_NAME})\s*>")
_VOID = frozenset(
    "area base br col command embed hr img input keygen link meta param source track wbr".split()
)
_BLOCK = frozenset(
    "address article aside applet body blockquote caption col colgroup dd div dl dt fieldset "
    "figcaption footer form h1 h2 h3 h4 h5 h6 header hgroup hr html head iframe legend menu li "
    "main map nav ol optgroup p pre section summary table tbody td th thead tfoot tr ul".split()
)
_MARKDOWN = frozenset(
    "a abbr acronym b bdo big button cite del details dfn em figure i ins label noscript object q "
    "rb rbc rp rt rtc ruby select small span strong sub sup tt".split()
)
"""Elements whose text is Markdown; that of all others is text."""
_READ = {"1": True, "span": True, "0": False}
_VERBATIM = frozenset({"script", "style"})


def angle(scanner: Scanner, frame: Frame, at: int) -> int:
    """Read an address in angle brackets, a comment, an element or a quotation mark."""
    src = scanner.src
    if scanner.ahead(">", at):
        found = None if frame.raw else _AUTOLINK.match(src, at)
        if found:
            return _autolink(scanner, frame, found)
        end = _html(scanner, frame, at) if scanner.md.options["html"] else at
        if end > at:
            return end
    return at if frame.raw else symbol(scanner, frame, at)


def symbol(scanner: Scanner, frame: Frame, at: int) -> int:
    """Read dashes, dots and guillemets."""
    found = typography.SYMBOL.match(scanner.src, at)
    if found is None:
        return at
    frame.write(typography.symbol(found[0]) if scanner.typography else found[0], MARK)
    return found.end()


def _autolink(scanner: Scanner, frame: Frame, found: re.Match[str]) -> int:
    href = address(scanner, found[1] or f"mailto:{found[2]}")
    if href is None:
        return found.start()
    text = characters((found[1] or found[2]).removeprefix("mailto:"))
    opener = Token("link_open", "a", 1, attrs={"href": href}, markup="autolink", info="auto")
    frame.put(opener, Token("text_special", "", 0, content=text), Token("link_close", "a", -1))
    return found.end()


def _html(scanner: Scanner, frame: Frame, at: int) -> int:
    src = scanner.src
    if src.startswith("<!--", at):
        end = scanner.ahead("-->", at + 4)
        if end:
            frame.put(Token("html_inline", "", 0, content=src[at : end.end()]))
        return end.end() if end else at
    found = _TAG.match(src, at)
    if found is None:
        found = _END.match(src, at)
    elif found[1].lower() not in _BLOCK and scanner.depth < DEEPEST:
        return _element(scanner, frame, found)
    frame.write(found[0] if found else "")
    return found.end() if found else at


def _element(scanner: Scanner, frame: Frame, found: re.Match[str]) -> int:
    """Read an element up to its end tag, or to the end of the text where it has none."""
    name, attrs = found[1].lower(), _attributes(found[2])
    read = name in _MARKDOWN and not frame.raw
    read = _READ.get(str(attrs.pop("markdown", "")), read)
    opener = Token("html_inline", "", 0, attrs=attrs, meta={"tag": name})
    if name in _VOID:
        frame.put(opener)
        return found.end()
    inner: list[Token] = []
    end = found.end()
    if not found[3]:
        inner, end = _content(scanner, frame, name, end, raw=not read)
    frame.put(opener, *inner, Token("html_inline", "", 0, content=f"</{name}>"))
    return end


def _attributes(text: str) -> dict[str, str | int | float]:
    return {
        name: characters(value.strip(value[:1] if value[:1] in "\"'" else "")).replace("\n", " ")
        for name, value in _ATTRIBUTE.findall(text)
    }


def _content(
    scanner: Scanner, frame: Frame, name: str, at: int, *, raw: bool
) -> tuple[list[Token], int]:
    src = scanner.src

    def closes(_: Frame, place: int) -> bool:
        found = _END.match(src, place)
        return found is not None and found[1].lower() == name

    inner = Frame(frame.flags | HTML, f"<{name} {raw}", closes, raw=raw)
    tokens, stop = scanner.span(at, inner)
    end = _END.match(src, stop) if stop >= 0 else None
    if name in _VERBATIM:
        tokens = [Token("html_inline", "", 0, content=src[at : stop if end else len(src)])]
    return tokens, end.end() if end else len(src)


def start_tag(name: str, attrs: dict[str, str | int | float]) -> str:
    """Return the start tag of an element."""
    said = "".join(f' {key}="{escape(str(value))}"' for key, value in attrs.items())
    return f"<{name}{said}{' /' if name in _VOID else ''}>"
