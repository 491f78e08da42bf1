"""The simple Liquid in the bodies of Jekyll posts; every other tag stays as it is, and is named."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefsite.errors import Problem
from briefsite.prose import liquid_values as values

LINK, POST = "link:", "post:"
"""How `{% link %}` and `{% post_url %}` are written among a brief's targets."""
_OPENING = re.compile(r"\{\{|\{%")
_SPACE = re.compile(r"\s*")
_NEEDED = re.compile(r"\{%-?\s*(link|post_url|include)\s+([^\s%{}]+)")
_PARAMETER = re.compile(r"""([\w-]+)\s*=\s*("[^"]*"|'[^']*'|[\w.\[\]"'-]+)""")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^`\n]+(?<!`)\1(?!`)")
_HINT = "briefsite runs no Liquid: write what it stood for, or {% raw %} around it"


@dataclass(frozen=True, slots=True)
class Needs:
    """What the Liquid in a body names."""

    targets: tuple[str, ...]
    """`link:PATH` and `post:NAME`, sorted."""
    includes: tuple[str, ...]
    """Names of included files, sorted."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What the Liquid in a body may read."""

    page: Mapping[str, Any]
    site: Mapping[str, Any]
    links: Mapping[str, str]
    """Path on the site of each target that is public."""
    reasons: Mapping[str, str]
    """Why another target is not."""
    include: Callable[[str, Mapping[str, str]], str | None]
    """Name and parameters of a partial give HTML; None where there is no such template."""
    relative: Callable[[str], str]
    absolute: Callable[[str], str]


def may_hold(text: str) -> bool:
    """Return whether `text` may hold Liquid."""
    return "{{" in text or "{%" in text


def needs(body: str) -> Needs:
    """Return what the Liquid in `body` names."""
    if "{%" not in body:
        return Needs((), ())
    found = _NEEDED.findall(body)
    targets = {f"{POST if tag == 'post_url' else LINK}{name}" for tag, name in found}
    targets -= {f"{LINK}{name}" for tag, name in found if tag == "include"}
    includes = {name for tag, name in found if tag == "include"}
    return Needs(tuple(sorted(targets)), tuple(sorted(includes)))


def fill(body: str, scope: Scope, source: str, first_line: int) -> tuple[str, tuple[Problem, ...]]:
    """Return `body` with its Liquid filled in, and what was not understood, by file and line."""
    if not may_hold(body):
        return body, ()
    filler = _Filler(body, scope, source, first_line)
    return filler.run(), tuple(filler.problems)


class _UnknownError(Exception):
    """Liquid that is not understood, with the reason."""


class _Filler:
    """Walks over one body."""

    def __init__(self, body: str, scope: Scope, source: str, first_line: int) -> None:
        self.body, self.scope, self.source, self.first_line = body, scope, source, first_line
        self.problems: list[Problem] = []
        self.out: list[str] = []
        self.pos = 0
        self.missing: set[str] = set()
        self.code: list[tuple[int, int]] | None = None

    def run(self) -> str:
        """Return the body filled."""
        while found := _OPENING.search(self.body, self.pos):
            start, mark = found.start(), found[0]
            self.take(start)
            end = self.find("}}" if mark == "{{" else "%}", start)
            if end < 0:
                self.take(start + 2)
                continue
            try:
                self.one(start, end, mark)
            except _UnknownError as error:
                self.report(start, str(error) or self.body[start:end])
                self.take(end)
        return "".join(self.out) + self.body[self.pos :]

    def find(self, mark: str, start: int) -> int:
        """Return where `mark` ends behind `start`; -1 where it never comes again."""
        if mark in self.missing:
            return -1
        at = self.body.find(mark, start)
        if at < 0:
            self.missing.add(mark)
        return at + len(mark) if at >= 0 else -1

    def take(self, end: int) -> None:
        """Let the body stand up to `end`."""
        self.out.append(self.body[self.pos : end])
        self.pos = end

    def one(self, start: int, end: int, mark: str) -> None:
        """Fill in the tag or output between `start` and `end`."""
        inner = self.body[start + 2 : end - 2]
        said = inner.removeprefix("-").removesuffix("-").strip()
        if mark == "{{":
            self.put(inner, values.text(self.value(said)), end)
            return
        name, _, rest = said.partition(" ")
        if name in ("raw", "comment", "highlight"):
            self.block(name, rest.strip(), inner, end)
        else:
            self.put(inner, self.tag(name, rest.strip(), start), end)

    def put(self, inner: str, text: str, end: int) -> None:
        """Add what stands for Liquid that ends at `end`; white space goes where `inner` says so."""
        if inner.startswith("-"):
            while self.out and not self.out[-1].strip():
                self.out.pop()
            self.out[-1:] = [part.rstrip() for part in self.out[-1:]]
        self.out.append(text)
        space = _SPACE.match(self.body, end) if inner.endswith("-") else None
        self.pos = space.end() if space else end

    def block(self, name: str, rest: str, head: str, start: int) -> None:
        """Fill in what goes on to an end tag."""
        closing = re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}")
        stop = None if name in self.missing else closing.search(self.body, start)
        if stop is None:
            self.missing.add(name)
            raise _UnknownError(f"{{% {name} %}} is never closed")
        inner = self.body[start : stop.start()]
        if name == "comment":
            inner = ""
        elif name == "highlight":
            lang = rest.split(maxsplit=1)[0] if rest else ""
            fence = "~" * (3 + max((len(run) for run in re.findall("~+", inner)), default=0))
            lines = inner.strip("\n")
            inner = f"{fence}{lang}\n{lines}\n{fence}"
        tail = "-" if stop[0].endswith("-%}") else ""
        self.put(("-" if head.startswith("-") else "") + tail, inner, stop.end())

    def tag(self, name: str, rest: str, start: int) -> str:
        if name == "include":
            return self.include(rest)
        if name not in ("link", "post_url") or not rest:
            raise _UnknownError
        target = f"{POST if name == 'post_url' else LINK}{rest.split(maxsplit=1)[0]}"
        if target in self.scope.links:
            return self.scope.relative(self.scope.links[target])
        why = self.scope.reasons.get(target, f"{rest} does not exist")
        known = "is not public" in why
        message = f"{{% {name} {rest} %}} leads nowhere: {why}"
        self.problems.append(Problem(self.source, message, self.line(start), warning=known))
        return ""

    def include(self, rest: str) -> str:
        name, _, said = rest.partition(" ")
        given = {key: values.text(self.value(value)) for key, value in _PARAMETER.findall(said)}
        html = self.scope.include(name, given)
        if html is None:
            twin = f"write templates/includes/{name}"
            raise _UnknownError(f"{{% include {rest} %}} has no template ({twin})")
        return html

    def value(self, expression: str) -> Any:
        """Return what an expression with its filters gives."""
        first, *filters = values.parts(expression, "|")
        value = self.operand(first)
        for item in filters:
            name, *rest = values.parts(item, ":", 1)
            arguments = [self.operand(part) for part in values.parts(rest[0], ",")] if rest else []
            if name in ("relative_url", "absolute_url"):
                url = self.scope.relative if name == "relative_url" else self.scope.absolute
                value = url(values.text(value))
                continue
            try:
                value = values.FILTERS[name](value, *arguments)
            except (KeyError, TypeError, ValueError):
                raise _UnknownError from None
        return value

    def operand(self, text: str) -> Any:
        """Return a literal, or what a path into page or site leads to."""
        if (known := values.literal(text)) is not values.UNKNOWN:
            return known
        steps = values.steps(text)
        roots = {"page": self.scope.page, "site": self.scope.site}
        if not steps or steps[0] not in roots or len(steps) < 2:
            raise _UnknownError
        if steps[:2] == ["site", "data"] and "data" not in self.scope.site:
            raise _UnknownError
        value: Any = roots[steps[0]]
        for step in steps[1:]:
            value = values.step(value, step)
        return value

    def line(self, at: int) -> int:
        return self.first_line + self.body.count("\n", 0, at)

    def report(self, at: int, what: str) -> None:
        """Note Liquid that stays as it is, but for what stands in code."""
        if self.code is None:
            self.code = [*_fences(self.body), *(m.span() for m in _SPAN.finditer(self.body))]
        if any(start <= at < end for start, end in self.code):
            return
        short = " ".join(what.split())[:80]
        message = f"this Liquid is not understood and stays as it is: {short}"
        self.problems.append(Problem(self.source, message, self.line(at), _HINT, warning=True))


def _fences(body: str) -> Iterator[tuple[int, int]]:
    """Yield where fenced code begins and ends."""
    opened: re.Match[str] | None = None
    for found in _FENCE.finditer(body):
        if opened is None:
            opened = found
        elif found[1].startswith(opened[1]):
            yield opened.start(), found.end()
            opened = None
    if opened is not None:
        yield opened.start(), len(body)
