"""Links, images and footnote marks as kramdown reads them (kramdown.md)."""

import re
from dataclasses import dataclass, replace
from typing import Any

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


@dataclass(slots=True)
class Target:
    """Where a link leads."""

    address: str
    title: str
    end: int
    """Behind the link."""
    lists: tuple[str, ...] = ()
    """Attribute lists of its definition."""


def bracket(scanner: Scanner, frame: Frame, at: int) -> int:
    """Read a link, an image or a footnote's mark."""
    src, image = scanner.src, scanner.src[at] == "!"
    start = at + 1 + image
    if frame.stop == "]":
        frame.opened.append(start)
    if src.startswith("^", start):
        return at if image else _note(scanner, frame, at)
    found = None if frame.flags & LINK and not image else _link(scanner, start, frame.flags | LINK)
    if found is None:
        frame.write(src[at:start])
        return start
    label, target, close = found
    if image and frame.stop == "]":
        frame.opened.pop()
    if image:
        alt = characters(_ESCAPED.sub(r"\1", src[start:close]))
        children = [Token("text", "", 0, content=alt)]
        attrs: dict[str, Any] = {"src": target.address, "alt": ""}
        opener = Token("image", "img", 0, attrs=attrs, children=children, content=alt)
        frame.put(opener)
    else:
        opener = Token("link_open", "a", 1, attrs={"href": target.address})
        frame.put(opener, *label, Token("link_close", "a", -1))
    if target.title:
        opener.attrs["title"] = characters(target.title)
    if target.lists:
        opener.meta["said"] = {-n: text for n, text in enumerate(target.lists)}
    return target.end


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
    return (scanner.span(start, frame)[0], target, close) if target else None


def _closer(closers: dict[int, int]) -> Any:
    """Return what notes the end of the innermost open bracket; true for the first one's."""

    def closes(frame: Frame, at: int) -> bool:
        closers[frame.opened.pop()] = at
        return not frame.opened

    return closes


def _target(scanner: Scanner, start: int, close: int) -> Target | None:
    src, at = scanner.src, close + 1
    found = _ID.match(src, at)
    if found or not src.startswith("(", at):
        label = found[1] if found and found[1] else src[start:close]
        return _defined(scanner, label, found.end() if found else at)
    return _checked(scanner, _written(scanner, at))


def _checked(scanner: Scanner, target: Target | None) -> Target | None:
    """Return a target whose address HTML may hold."""
    href = address(scanner, target.address) if target else None
    return None if target is None or href is None else replace(target, address=href)


def _defined(scanner: Scanner, label: str, end: int) -> Target | None:
    references = scanner.env.get("references")
    if not references or len(label) > _LONGEST_LABEL:
        return None
    said = references.get(comparable(_ESCAPED.sub(r"\1", label)))
    if said is None:
        return None
    return _checked(scanner, Target(said["href"], said["title"], end, tuple(said["lists"])))


def _written(scanner: Scanner, at: int) -> Target | None:
    """Return the target in the parentheses that open at `at`, its address as written."""
    src = scanner.src
    angle = _ANGLE.match(src, at)
    if angle:
        href, at = angle[1], angle.end()
        if src[at - 1] == ">" and src.startswith(")", at):
            return Target(href, "", at + 1)
    else:
        stop, closed = _parentheses(scanner).get(at, (-1, False))
        if stop < 0:
            return None
        href, at = src[at + 1 : stop].strip(), stop + 1
        if closed:
            return Target(href, "", at)
    if src[at : at + 1] not in ("'", '"'):
        return None
    end = scanner.ahead(src[at] + r"[ \t\r\n\f\v]*\)", at + 2)
    return Target(href, src[at + 1 : end.start()], end.end()) if end else None


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
