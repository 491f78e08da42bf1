"""Links, images and footnote marks as kramdown reads them (kramdown.md)."""

import re
from collections.abc import Callable

from markdown_it.token import Token

from briefsite.prose.kramdown_nodes import label as comparable
from briefsite.prose.kramdown_scanner import LINK, Frame, Scanner, characters

_ID = re.compile(r"[ \t\r\n\f\v]*\[([^\]]*)\]")
_ANGLE = re.compile(r"\(<([^<>\n]*)>[ \t\r\n\f\v]*")
_PAREN = re.compile(r"[()]|[ \t\r\n\f\v](?=[\"'])")
_NOTE = re.compile(r"\[\^(\w[\w-]*)\]")
_ESCAPED = re.compile(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=-])")
_HARMLESS = re.compile(r"(?:https?://|/|\./|#)?[A-Za-z0-9][A-Za-z0-9/._?=&#~+,;-]*")
_LONGEST_LABEL = 999
Target = tuple[str, str, int, list[str]]
"""Address, title, where the link ends, and the attribute lists of its definition."""


def bracket(scanner: Scanner, frame: Frame, at: int) -> int:
    """Read a link, an image or a footnote's mark."""
    src, image = scanner.src, scanner.src[at] == "!"
    start = at + 1 + image
    if frame.kind == "]":
        frame.opened.append(start)
    if src.startswith("^", start):
        return at if image else _note(scanner, frame, at)
    found = None if frame.flags & LINK and not image else _link(scanner, start, frame.flags | LINK)
    if found is None:
        frame.write(src[at:start])
        return start
    label, (href, title, end, lists), close = found
    if image:
        if frame.kind == "]":
            frame.opened.pop()
        alt = characters(_ESCAPED.sub(r"\1", src[start:close]))
        opener = Token("image", "img", 0, attrs={"src": href, "alt": ""}, content=alt)
        opener.children = [Token("text", "", 0, content=alt)]
        frame.put(opener)
    else:
        opener = Token("link_open", "a", 1, attrs={"href": href})
        frame.put(opener, *label, Token("link_close", "a", -1))
    if title:
        opener.attrs["title"] = characters(title)
    if lists:
        opener.meta["said"] = {-n: text for n, text in enumerate(lists)}
    return end


def _note(scanner: Scanner, frame: Frame, at: int) -> int:
    found = _NOTE.match(scanner.src, at)
    if found is None:
        return at
    if f":{found[1]}" in scanner.env.get("footnotes", {}).get("refs", {}):
        frame.put(Token("footnote_ref", "", 0, meta={"label": found[1]}))
    else:
        frame.write(found[0])
    return found.end()


def _link(scanner: Scanner, start: int, flags: int) -> tuple[list[Token], Target, int] | None:
    """Return the label that begins at `start`, its target and where the label ends."""
    closers = scanner.closers.setdefault(flags, {})
    frame = Frame(flags, "]", _closer(closers))
    frame.opened.append(start)
    if start not in closers and scanner.span(start, frame)[1] < 0:
        closers |= dict.fromkeys([start, *frame.opened], -1)
    close = closers[start]
    target = _target(scanner, start, close) if close >= 0 else None
    href = address(scanner, target[0]) if target else None
    if target is None or href is None:
        return None
    label, end = scanner.span(start, frame)
    return (label, (href, *target[1:]), close) if end >= 0 else None


def _closer(closers: dict[int, int]) -> Callable[[Frame, int], bool]:
    """Return what notes the end of the innermost open bracket; true for the first one's."""

    def closes(frame: Frame, at: int) -> bool:
        closers[frame.opened.pop()] = at
        return not frame.opened

    return closes


def _target(scanner: Scanner, start: int, close: int) -> Target | None:
    src, at = scanner.src, close + 1
    found = _ID.match(src, at)
    if not found and src.startswith("(", at):
        return _written(scanner, at)
    label = found[1] if found and found[1] else src[start:close]
    references = scanner.env.get("references")
    if not references or len(label) > _LONGEST_LABEL:
        return None
    said = references.get(comparable(_ESCAPED.sub(r"\1", label)))
    return (
        (said["href"], said["title"], found.end() if found else at, said["lists"]) if said else None
    )


def _written(scanner: Scanner, at: int) -> Target | None:
    """Return the target in the parentheses that open at `at`, its address as written."""
    src = scanner.src
    angle = _ANGLE.match(src, at)
    if angle:
        href, at = angle[1], angle.end()
        if src[at - 1] == ">" and src.startswith(")", at):
            return href, "", at + 1, []
    else:
        stop, closed = _parentheses(scanner).get(at, (-1, False))
        if stop < 0:
            return None
        href, at = src[at + 1 : stop].strip(), stop + 1
        if closed:
            return href, "", at, []
    if src[at : at + 1] not in ("'", '"'):
        return None
    end = scanner.ahead(src[at] + r"[ \t\r\n\f\v]*\)", at + 2)
    return (href, src[at + 1 : end.start()], end.end(), []) if end else None


def _parentheses(scanner: Scanner) -> dict[int, tuple[int, bool]]:
    """Return for every `(` the place of its `)`, or of a space before a quote if that comes
    first."""
    if scanner.parentheses is None:
        scanner.parentheses = {}
        opened: list[int] = []
        for found in _PAREN.finditer(scanner.src):
            at = found.start()
            if found[0] == "(":
                opened.append(at)
            elif found[0] != ")":
                scanner.parentheses |= dict.fromkeys(opened, (at, False))
                opened.clear()
            elif opened:
                scanner.parentheses[opened.pop()] = (at, True)
    return scanner.parentheses


def address(scanner: Scanner, written: str) -> str | None:
    """Return an address as HTML may hold it; None where it leads to a script."""
    if _HARMLESS.fullmatch(written) and "&" not in written:
        return written
    href: str = scanner.md.normalizeLink(characters(written))
    return href if scanner.md.validateLink(href) else None
