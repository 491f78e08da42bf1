"""What begins with `<` inside text: elements, comments and addresses, as kramdown reads them."""

import re
from html import escape

from markdown_it.token import Token

from briefsite.prose import typography
from briefsite.prose.kramdown_links import address
from briefsite.prose.kramdown_nodes import BLOCK_ELEMENTS, HOLDS_BLOCKS, HOLDS_SPANS, VOID
from briefsite.prose.kramdown_scanner import DEEPEST, HTML, MARK, Frame, Scanner, characters

_NAME = r"(?:[^\W\d][-\w.]*+:)?[^\W\d][-\w.]*+"
_VALUE = r"\w+|\"[^\"]*\"|'[^']*'"
_AUTOLINK = re.compile(r"<(?:((?:mailto|https?|ftps?):.[^>\n]*)|([\w.-]+@[\w.-]+))>")
_TAG = re.compile(rf"<({_NAME})((?:\s+{_NAME}(?:\s*=\s*(?:{_VALUE}))?)*+)\s*(/)?>")
_ATTRIBUTE = re.compile(rf"\s+({_NAME})(?:\s*=\s*({_VALUE}))?")
_END = re.compile(rf"</({_NAME})\s*>")
_HOLDS_MARKDOWN = HOLDS_SPANS | HOLDS_BLOCKS
_VERBATIM = frozenset({"script", "style"})


def angle(scanner: Scanner, frame: Frame, at: int) -> int:
    """Read an address in angle brackets, a comment, an element or a quotation mark."""
    end = at
    if scanner.ahead(">", at):
        end = at if frame.raw else _autolink(scanner, frame, at)
        if end == at and scanner.md.options["html"]:
            end = _html(scanner, frame, at)
    return symbol(scanner, frame, at) if end == at and not frame.raw else end


def symbol(scanner: Scanner, frame: Frame, at: int) -> int:
    """Read dashes, dots and guillemets."""
    found = typography.SYMBOL.match(scanner.src, at)
    if found is None:
        return at
    frame.write(typography.symbol(found[0]) if scanner.typography else found[0], MARK)
    return found.end()


def _autolink(scanner: Scanner, frame: Frame, at: int) -> int:
    found = _AUTOLINK.match(scanner.src, at)
    href = address(scanner, found[1] or f"mailto:{found[2]}") if found else None
    if found is None or href is None:
        return at
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
    elif found[1].lower() not in BLOCK_ELEMENTS and scanner.depth < DEEPEST:
        return _element(scanner, frame, found)
    frame.write(found[0] if found else "")
    return found.end() if found else at


def _element(scanner: Scanner, frame: Frame, found: re.Match[str]) -> int:
    """Read an element up to its end tag, or to the end of the text where it has none."""
    name, attrs = found[1].lower(), _attributes(found[2])
    own = name in _HOLDS_MARKDOWN
    said = {"1": own, "span": True, "0": False}
    read = said.get(str(attrs.pop("markdown", "")), own and not frame.raw)
    opener = Token("html_inline", "", 0, attrs=attrs, meta={"tag": name})
    if name in VOID:
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
    return f"<{name}{said}{' /' if name in VOID else ''}>"
