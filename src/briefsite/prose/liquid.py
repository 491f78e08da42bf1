"""The simple Liquid in the bodies of Jekyll posts; every other tag stays as it is, and is named."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from briefsite.errors import Problem
from briefsite.prose import liquid_values as values
from briefsite.prose.liquid_marks import LINK, POST, Needs, may_hold
from briefsite.values import Struct

TAGS = frozenset(
    "raw endraw comment endcomment highlight endhighlight link post_url include".split()
)
"""The tags that are understood."""
MOST = 10_000_000
"""How many characters Liquid may make for one body: a few filters could ask for any number."""
_OPENING = re.compile(r"\{\{|\{%")
_WHITE = " \t\r\n\f\v"
_SPACE = re.compile(rf"[{_WHITE}]*")
_BLANK_LINE = re.compile(r"[ \t]*\n[ \t]*\n")
_TAG = re.compile(r"(\w+)\s*(.*)", re.DOTALL)
_NEEDED = re.compile(r"\{%-?\s*(?:(link|post_url)\s+([^%{}]*)|include\s+([^\s%{}]+))")
_PARAMETER = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"\\]*(?:\\.[^"\\]*)*)"|'([^'\\]*(?:\\.[^'\\]*)*)'|([\w.-]+))"""
    r"""(?:\s+|\Z)""",
    re.DOTALL,
)
_LANGUAGE = re.compile(r"[\w.+#-]+")
_RAW_END = re.compile(r"\{%-?\s*endraw\b[^{}]*%\}")
_COMMENT = re.compile(r"\{%-?\s*(end)?comment\b[^{}]*%\}")
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})(.*)", re.MULTILINE)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^`\n]+(?<!`)\1(?!`)")
_URL = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_OTHERS = {
    "page": set("content dir draft excerpt ext id name next output previous relative_path".split()),
    "site": set(
        "categories collections data documents github html_files html_pages pages posts "
        "related_posts static_files tags time".split()
    ),
}
"""What Jekyll knows of its own, so that it cannot be taken for empty."""
_BRANCHES = frozenset("else elsif when break continue".split())
_FAULTS = (KeyError, TypeError, ValueError, OverflowError, RecursionError)
_HINT = "briefsite runs no Liquid: write what it stood for, or {% raw %} around it"


class Scope(Struct, frozen=True):
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


def needs(body: str) -> Needs:
    """Return what the Liquid in `body` names."""
    if "{%" not in body:
        return Needs((), ())
    found = _NEEDED.findall(body)
    targets = {
        f"{POST if tag == 'post_url' else LINK}{said.removesuffix('-').strip()}"
        for tag, said, _ in found
        if tag
    }
    return Needs(tuple(sorted(targets)), tuple(sorted({name for *_, name in found if name})))


def fill(body: str, scope: Scope, source: str, first_line: int) -> tuple[str, tuple[Problem, ...]]:
    """Return `body` with its Liquid filled in, and what was not understood, by file and line."""
    if not may_hold(body):
        return body, ()
    filler = _Filler(body, scope, source, first_line)
    return filler.run(), tuple(filler.problems)


class _UnknownError(Exception):
    """Liquid that is not understood, with the reason."""


class _Filler:
    """Walks over one body, once."""

    def __init__(self, body: str, scope: Scope, source: str, first_line: int) -> None:
        self.body, self.scope, self.source, self.first_line = body, scope, source, first_line
        self.problems: list[Problem] = []
        self.out: list[str] = []
        self.pos = 0
        self.left = MOST
        self.ends: dict[str, int] = {}
        self.named: set[str] = set()
        """Tags that belong to one that was named already."""
        self.line, self.counted = first_line, 0
        self.code: list[tuple[int, int]] | None = None
        self.listing: tuple[int, int, str] | None = None
        """Of an open `{% highlight %}`: its place in `out` and in the body, its language."""

    def run(self) -> str:
        """Return the body filled."""
        while found := _OPENING.search(self.body, self.pos):
            start, mark = found.start(), found[0]
            self.take(start)
            end = self.end_of(mark, start + 2)
            try:
                if end:
                    self.one(start, end, mark)
                else:
                    self.take(start + 2)
            except _UnknownError as error:
                self.report(start, str(error) or self.body[start:end])
                self.take(end)
        self.take(len(self.body))
        if self.listing:
            self.never_closed("highlight", self.listing[1])
            self.close_listing("", len(self.body))
        return "".join(self.out)

    def end_of(self, mark: str, start: int) -> int:
        """Return where what `mark` opens before `start` ends; 0 where another opens before that."""
        if self.ends.get(mark, -1) < start:
            found = self.body.find("}}" if mark == "{{" else "%}", start)
            self.ends[mark] = found if found >= 0 else len(self.body)
        end = self.ends[mark]
        stray = end == len(self.body) or (
            _OPENING.search(self.body, start, end)
            if mark == "{{"
            else self.body.find(mark, start, end) >= 0
        )
        return 0 if stray else end + 2

    def take(self, end: int) -> None:
        """Let the body stand up to `end`."""
        self.out.append(self.body[self.pos : end])
        self.pos = end

    def one(self, start: int, end: int, mark: str) -> None:
        """Fill in the tag or output between `start` and `end`."""
        inner = self.body[start + 2 : end - 2]
        said = inner.removeprefix("-").removesuffix("-").strip()
        if mark == "{{":
            self.put(inner, self.text(self.value(said)), start, end)
            return
        found = _TAG.match(said)
        name, rest = (found[1], found[2]) if found else ("", "")
        if name in ("raw", "comment"):
            self.block(name, inner, start, end)
        elif name == "highlight":
            self.open_listing(rest, inner, start, end)
        elif name == "endhighlight" and self.listing:
            self.close_listing(inner, end)
        elif name in self.named:
            self.take(end)
        else:
            self.put(inner, self.tag(name, rest, start), start, end)

    def put(self, inner: str, text: str, start: int, end: int) -> None:
        """Add what stands for Liquid from `start` to `end`; white space goes where `inner` says
        so, and a blank line grows by the lines that are lost, so that those below keep their
        numbers."""
        self.spend(len(text))
        if inner.startswith("-"):
            self.out[-1] = self.out[-1].rstrip(_WHITE)
        self.out.append(text)
        self.pos = end
        lost = self.body.count("\n", start, end) - text.count("\n")
        if inner.endswith("-") and (space := _SPACE.match(self.body, end)):
            self.pos = space.end()
        elif lost > 0 and _BLANK_LINE.match(self.body, end) and not self.in_code(start):
            self.out.append("\n" * lost)

    def block(self, name: str, head: str, start: int, end: int) -> None:
        """Fill in what goes on to an end tag, or to the end of the body (jekyll.md E8)."""
        stop = _RAW_END.search(self.body, end) if name == "raw" else _end_of_comment(self.body, end)
        if stop is None:
            self.never_closed(name, start)
        inside, after = stop.span() if stop else (len(self.body),) * 2
        edges = head[:1] + "|" + (stop[0][-3:-2] if stop else "")
        self.put(edges, self.body[end:inside] if name == "raw" else "", start, after)

    def open_listing(self, rest: str, inner: str, start: int, end: int) -> None:
        language = _LANGUAGE.match(rest)
        if language is None or self.listing:
            raise _UnknownError
        self.put(inner, "", start, end)
        self.listing = len(self.out), start, language[0].lower()

    def close_listing(self, inner: str, end: int) -> None:
        """Put the code since `{% highlight %}` into HTML, as Jekyll does: a fence would not be one
        in a list or an HTML block."""
        if inner.startswith("-"):
            self.out[-1] = self.out[-1].rstrip(_WHITE)
        at, start, language = self.listing or (0, 0, "")
        code = "".join(self.out[at:]).lstrip("\r\n").rstrip(_WHITE)
        self.listing = None
        del self.out[at:]
        html = f'<pre><code class="language-{language}">{escape(code, quote=False)}</code></pre>'
        self.put(inner.removeprefix("-"), html, start, end)

    def tag(self, name: str, rest: str, start: int) -> str:
        if name == "include":
            return self.include(rest)
        if name not in ("link", "post_url") or not rest:
            self.named |= {f"end{name}", *_BRANCHES}
            raise _UnknownError
        target = f"{POST if name == 'post_url' else LINK}{rest}"
        if target in self.scope.links:
            return self.scope.relative(self.scope.links[target])
        why = self.scope.reasons.get(target, f"{rest} does not exist")
        message = f"{{% {name} {rest} %}} leads nowhere: {why}"
        known = "is not public" in why
        self.problems.append(Problem(self.source, message, self.line_of(start), warning=known))
        return ""

    def include(self, rest: str) -> str:
        name, said = [*rest.split(maxsplit=1), "", ""][:2]
        html = self.scope.include(name, dict(self.parameters(said)))
        if html is None:
            twin = f"write templates/includes/{name}"
            raise _UnknownError(f"{{% include {rest} %}} has no template ({twin})")
        return html

    def parameters(self, said: str) -> Iterator[tuple[str, str]]:
        at = 0
        while at < len(said):
            found = _PARAMETER.match(said, at)
            if found is None:
                raise _UnknownError
            key, double, single, path = found.groups()
            at = found.end()
            if path:
                yield key, self.text(self.operand(path))
            else:
                yield key, (double or "").replace('\\"', '"') or (single or "").replace("\\'", "'")

    def value(self, expression: str) -> Any:
        """Return what an expression with its filters gives."""
        first, *filters = values.parts(expression, "|")
        value = self.operand(first)
        for item in filters:
            name, *rest = values.parts(item, ":", 1)
            arguments = [self.operand(part) for part in values.parts(rest[0], ",")] if rest else []
            self.spend(_size(value) * max(map(_size, arguments), default=1))
            value = self.filtered(name, value, arguments)
        return value

    def filtered(self, name: str, value: Any, arguments: list[Any]) -> Any:
        if name in ("relative_url", "absolute_url"):
            path = self.text(value)
            if value is None or path.startswith("//") or _URL.match(path):
                return value
            return (self.scope.relative if name == "relative_url" else self.scope.absolute)(path)
        try:
            return values.FILTERS[name](value, *arguments)
        except _FAULTS:
            raise _UnknownError from None

    def operand(self, text: str) -> Any:
        """Return a literal, or what a path into page or site leads to."""
        if (known := values.literal(text)) is not values.UNKNOWN:
            return known
        steps = values.steps(text)
        roots = {"page": self.scope.page, "site": self.scope.site}
        if len(steps) < 2 or steps[0] not in roots:
            raise _UnknownError
        value: Any = roots[steps[0]]
        if steps[1] in _OTHERS[steps[0]] and steps[1] not in value:
            raise _UnknownError
        for step in steps[1:]:
            value = values.step(value, step)
        return value

    def text(self, value: Any) -> str:
        try:
            return values.text(value)
        except _FAULTS:
            raise _UnknownError from None

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise _UnknownError("it makes too much text")

    def line_of(self, at: int) -> int:
        """Return the line of `at`, which never lies above one asked for before."""
        self.line += self.body.count("\n", self.counted, at)
        self.counted = at
        return self.line

    def never_closed(self, name: str, start: int) -> None:
        line = self.first_line + self.body.count("\n", 0, start)
        message = f"{{% {name} %}} is never closed"
        hint = f"write {{% end{name} %}} where it ends"
        self.problems.append(Problem(self.source, message, line, hint))

    def report(self, at: int, what: str) -> None:
        """Note Liquid that stays as it is, but for what stands in code."""
        if self.listing or self.in_code(at):
            return
        short = " ".join(what[:400].split())[:80]
        message = f"this Liquid is not understood and stays as it is: {short}"
        self.problems.append(Problem(self.source, message, self.line_of(at), _HINT, warning=True))

    def in_code(self, at: int) -> bool:
        """Return whether `at`, which never lies above one asked for before, is in code."""
        if self.code is None:
            spans = (found.span() for found in _SPAN.finditer(self.body))
            self.code = sorted([*_fences(self.body), *spans], reverse=True)
        while self.code and self.code[-1][1] <= at:
            self.code.pop()
        return bool(self.code) and self.code[-1][0] <= at


def _size(value: Any) -> int:
    return len(value) if isinstance(value, str | list | tuple) else 1


def _end_of_comment(body: str, start: int) -> re.Match[str] | None:
    """Return the end tag of a comment whose inside begins at `start`: comments nest."""
    depth = 1
    for found in _COMMENT.finditer(body, start):
        depth += -1 if found[1] else 1
        if not depth:
            return found
    return None


def _fences(body: str) -> Iterator[tuple[int, int]]:
    """Yield where fenced code begins and ends."""
    opened: re.Match[str] | None = None
    for found in _FENCE.finditer(body):
        if opened is None:
            opened = found if "`" not in found[2] else None
        elif found[1].startswith(opened[1]) and not found[2].strip():
            yield opened.start(), found.end()
            opened = None
    if opened is not None:
        yield opened.start(), len(body)
