"""Code, escapes, entities, math, deletions, attribute lists and extensions inside text."""

import re
from html import escape
from typing import Any

from markdown_it.token import Token

from briefsite.prose import attributes, kramdown_math
from briefsite.prose.kramdown_scanner import HTML, MARK, SPACE, Frame, Scanner, characters

_TICKS = re.compile("`+")
_ESCAPE = re.compile(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=~-])")
_ENTITY = re.compile(r"&(?:[\w:][-\w.:]*|#[0-9]+|#x[0-9a-fA-F]+);")
_LIST = re.compile(r"\{:((?:\\\}|[^}])+)\}")
_EXTENSION = re.compile(r"\{::(\w+)(?:\s([^{}]*?))?(/)?\}")


def code(scanner: Scanner, frame: Frame, at: int) -> int:
    """Read a code span; a lone backtick between spaces is text."""
    src = scanner.src
    found = _TICKS.match(src, at)
    ticks = found[0] if found else "`"
    end = at + len(ticks)
    lone = ticks == "`" and (at == 0 or src[at - 1] in SPACE) and src[end : end + 1] in SPACE
    close = None if lone else scanner.ahead(ticks, end)
    if close is None:
        frame.write(ticks)
        return end
    text = src[end : close.start()]
    if len(ticks) > 1:
        text = text.removeprefix(" ").removesuffix(" ")
    frame.put(Token("code_inline", "code", 0, content=text, markup=ticks))
    return close.end()


def backslash(scanner: Scanner, frame: Frame, at: int) -> int:
    """Read an escaped character, escaped guillemets, or a break of the line."""
    src = scanner.src
    if src.startswith(("\\\\\n", "\\<<", "\\>>"), at):
        if src[at + 1] == "\\":
            frame.put(Token("hardbreak", "br", 0))
            return at + 2
        frame.write(src[at + 1 : at + 3], MARK)
        return at + 3
    found = _ESCAPE.match(src, at)
    frame.write(found[1] if found else "")
    return found.end() if found else at


def line_break(_: Scanner, frame: Frame, at: int) -> int:
    """Read two spaces at a line's end."""
    frame.put(Token("hardbreak", "br", 0))
    return at + 2


def entity(scanner: Scanner, frame: Frame, at: int) -> int:
    """Read a character's name; a name that HTML does not know is text."""
    found = _ENTITY.match(scanner.src, at)
    if found is None:
        return at
    text = characters(found[0])
    frame.write(text, None if text == found[0] else MARK)
    return found.end()


def formula(scanner: Scanner, frame: Frame, at: int) -> int:
    """Read `$$...$$`."""
    close = scanner.ahead(r"\$(?=\$)", at + 2)
    if close is None:
        return at
    frame.put(Token("math_inline", "math", 0, content=scanner.src[at + 2 : close.start()].strip()))
    return close.end() + 1


def render_formula(_: Any, tokens: list[Token], at: int, *__: Any) -> str:
    """Return a formula as HTML."""
    return kramdown_math.math(tokens[at].content, False)


def deletion(scanner: Scanner, frame: Frame, at: int) -> int:
    """Read `~~...~~`; its text is read apart from what is open around it."""
    src, start = scanner.src, at + 2
    close = scanner.ahead(r"[^\s~]~~", start)
    if close is None or src[start] in SPACE or src[start] == "~":
        return at
    inner = Scanner(src[start : close.end() - 2], scanner.handlers, scanner.env, scanner.md)
    frame.put(
        Token("s_open", "s", 1, markup="~~"),
        *inner.tokens(HTML),
        Token("s_close", "s", -1, markup="~~"),
    )
    return close.end()


def cut(scanner: Scanner, frame: Frame, at: int) -> int:
    """Read the place where the excerpt's separator stood."""
    src, end = scanner.src, at + 1
    spaced = bool(frame.text) and frame.text[-1].endswith(" ")
    while spaced and src.startswith(" ", end):
        end += 1
    frame.put(Token("cut", "", 0))
    return end


def extension(scanner: Scanner, frame: Frame, at: int) -> int:
    """Read an attribute list behind an element, or `{::comment}` and `{::nomarkdown}`."""
    src = scanner.src
    if not scanner.ahead(r"\}", at) or src.startswith("{:/", at):
        return at
    found = _EXTENSION.match(src, at)
    if found:
        return _extended(scanner, frame, found)
    found = _LIST.match(src, at) if frame.last else None
    if found is None or frame.last is None:
        return at
    if frame.last is not MARK:
        frame.last.meta.setdefault("said", {})[at] = found[1]
    return found.end()


def _extended(scanner: Scanner, frame: Frame, found: re.Match[str]) -> int:
    name, end = found[1], found.end()
    close = None if found[3] else scanner.ahead(rf"\{{:/(?:{name})?\}}", end)
    if name not in ("comment", "nomarkdown", "options") or not (found[3] or close):
        return found.start()
    body = scanner.src[end : close.start()] if close else ""
    said = attributes.parse(found[2] or "")
    kinds = said.values.get("type", "html").split() if said else ["html"]
    if name == "nomarkdown" and "html" in kinds:
        trusted = scanner.md.options["html"]
        content = body if trusted else escape(body, quote=False)
        frame.put(Token("html_inline", "", 0, content=content))
    elif name == "comment":
        frame.put(Token("text_special", "", 0))
    return close.end() if close else end


def said(token: Token, env: dict[str, Any]) -> None:
    """Set the attributes of the lists behind a span; a bare word names a definition."""
    for text in token.meta.pop("said").values():
        definitions = env.get("attribute_lists", {})
        found = attributes.lenient(text, definitions, trusted=env["pass"].trusted)
        env["pass"]._set(token, found)
