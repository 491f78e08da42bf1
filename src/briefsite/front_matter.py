"""The one reader of YAML: front matter and site.yaml (the only door to PyYAML and
python-frontmatter)."""

import math
import re
from functools import cache
from typing import Any, ClassVar

import yaml

from briefsite.errors import BriefsiteError, Problem
from briefsite.values import Struct

MAX_BYTES = 64 * 1024
MAX_DEPTH = 50
MAX_ALIASES = 20
MAX_EVENTS = 20_000
MAX_DATA_EVENTS = 2_000_000
_OPENING = re.compile(r"---[ \t]*\n")
_MISSED = re.compile(r"\s*[-\u2010-\u2015]{2,}[^\S\n]*\n[A-Za-z][\w-]*:(?:[ \t]|\n)")
"""What was meant for the opening: below an empty line, indented, or of other dashes than three."""
# What YAML itself lets through but no field may hold: XML cannot carry it (robustness.md 2).
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_SIGNS = dict.fromkeys(map(ord, "-?:[{"))
"""Without one of these no collection begins."""
# What JSON may hold as it is and YAML may not.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_COLON_HINT = "a text with ': ' in it needs quotes: title: \"Energy: the next step\""
_TWO_COLONS = re.compile(r"[ \t]*(?:- )?[\w.-]+:[ \t].*:(?:[ \t]|$)")

_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_BASE):  # type: ignore[misc]  # the C loader is not there on every machine
    """Loads plain values: every key text and given once, dates as their author wrote them."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
        first: [
            (tag, regexp) for tag, regexp in resolvers if not tag.endswith((":timestamp", ":value"))
        ]
        for first, resolvers in _BASE.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:
        """Return a mapping with text keys; ConstructorError for a key given twice."""
        self._refuse_twins(node)
        self.flatten_mapping(node)
        return {_key(key): self.construct_object(value, deep=True) for key, value in node.value}

    def _refuse_twins(self, node: yaml.MappingNode) -> None:
        seen: set[str] = set()
        for key, _ in node.value:
            name = _key(key)
            if name in seen and not key.tag.endswith(":merge"):
                twice = f"'{name}' is given twice"
                raise yaml.constructor.ConstructorError(None, None, twice, key.start_mark)
            seen.add(name)


def _key(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise yaml.constructor.ConstructorError(None, None, "a key must be text", node.start_mark)
    return str(node.value)


class Yaml(Struct, frozen=True):
    """A loaded YAML block that remembers where each of its values was written."""

    where: str
    values: dict[str, Any]
    first_line: int = 1
    node: yaml.Node | None = None

    def line(self, path: tuple[str | int, ...]) -> int | None:
        """Return the line in the file of the value at `path`, of its nearest parent where it is
        absent."""
        found = self._find(path)
        return found[0].start_mark.line + self.first_line if found else None

    def written(self, path: tuple[str | int, ...]) -> str | None:
        """Return the scalar at `path` as the author wrote it, before YAML took it for a number."""
        found = self._find(path)
        return str(found[1].value) if found and isinstance(found[1], yaml.ScalarNode) else None

    def quoted(self, path: tuple[str | int, ...]) -> bool:
        """Return whether the scalar at `path` stands in quotes."""
        found = self._find(path)
        return found is not None and getattr(found[1], "style", None) in ("'", '"')

    def _find(self, path: tuple[str | int, ...]) -> tuple[yaml.Node, yaml.Node] | None:
        if self.node is None:
            return None
        at = value = self.node
        for step in path:
            pairs = (
                [(n, item, item) for n, item in enumerate(value.value)]
                if isinstance(value, yaml.SequenceNode)
                else [(key.value, key, item) for key, item in value.value]
                if isinstance(value, yaml.MappingNode)
                else []
            )
            match = next(((key, item) for name, key, item in pairs if name == step), None)
            if match is None:
                return at, at
            at, value = match
        return at, value


@cache
def _handler() -> Any:
    """Return python-frontmatter's splitter with Jekyll's fences (jekyll.md M1)."""
    from frontmatter.default_handlers import YAMLHandler  # a build that reads nothing needs none

    handler = YAMLHandler()
    handler.FM_BOUNDARY = re.compile(r"^(?:-{3}|\.{3})[ \t]*$\n?", re.MULTILINE)
    return handler


def split(text: str, where: str) -> tuple[str | None, str, int]:
    """Return (block, body, line of the body's start); block is None where there is no front matter.

    A block that is opened and never closed is a BriefsiteError (jekyll.md M1, M2), and so is one
    that Jekyll would print as text, its `draft: true` included.
    """
    if not _OPENING.match(text):
        if missed := _MISSED.match(text):
            line = text.count("\n", 0, missed.end()) - missed[0].endswith("\n")
            what = "the front matter does not begin on the first line with '---'"
            hint = "write three hyphens there, and nothing above or before them"
            raise BriefsiteError(Problem(where, what, line, hint))
        return None, text, 1
    try:
        block, body = _handler().split(text)
    except ValueError:
        raise BriefsiteError(
            Problem(
                where,
                "the front matter is never closed",
                1,
                "write a line '---' below its last key",
            )
        ) from None
    return block, body, text.count("\n", 0, len(text) - len(body)) + 1


def load(text: str, where: str, first_line: int = 1, *, large: bool = False) -> Yaml:
    """Return the mapping in a YAML text; BriefsiteError with file and line for everything else.

    `large` is for data files, which may be longer than front matter.
    """
    if not large and len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise BriefsiteError(
            Problem(where, f"more than {MAX_BYTES // 1024} KB of YAML", first_line)
        )
    most = MAX_DATA_EVENTS if large else MAX_EVENTS
    values, node = _construct(text, where, first_line, most)
    if values is None:
        values = {}
    if not isinstance(values, dict):
        kind = "a list" if isinstance(values, list) else "one text"
        raise BriefsiteError(
            Problem(
                where,
                f"this is {kind}, not keys and values",
                first_line,
                "write 'title: ...', one key a line",
            )
        )
    result = Yaml(where, _plain(values), first_line, node)
    _refuse_control(result, result.values, ())
    return result


def load_any(text: str, where: str) -> Any:
    """Return the plain value in a YAML text, of any kind; BriefsiteError as `load` says."""
    return _plain(_construct(text, where, 1, MAX_DATA_EVENTS)[0])


def _construct(
    text: str, where: str, first_line: int, most: int = MAX_EVENTS
) -> tuple[Any, yaml.Node | None]:
    loader = None
    try:
        _guard(text, where, first_line, most)
        loader = _Loader(text)
        node = loader.get_single_node()
        values = loader.construct_document(node) if node is not None else {}
    except yaml.MarkedYAMLError as error:
        raise BriefsiteError(_marked(error, text, where, first_line)) from error
    except (
        yaml.YAMLError,
        ValueError,
        AttributeError,
        KeyError,
        OverflowError,
        TypeError,
        RecursionError,
    ) as error:
        raise BriefsiteError(
            Problem(where, f"this YAML cannot be read: {_reason(error)}", first_line)
        ) from error
    finally:
        if loader is not None:
            loader.dispose()
    return values, node


def _guard(text: str, where: str, first_line: int, most: int) -> None:
    """Refuse what would crash or stall the loader, before it sees it (robustness.md 0.1, 0.2)."""
    signs = len(text) - len(text.translate(_SIGNS))
    if len(text) * 4 < most and signs < MAX_DEPTH and "*" not in text:
        return  # no sign begins more than one collection, nor one character more than four events
    depth = aliases = 0
    for events, event in enumerate(yaml.parse(text, Loader=_BASE)):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > MAX_DEPTH or aliases > MAX_ALIASES or events > most:
            what = (
                "nested too deeply"
                if depth > MAX_DEPTH
                else f"more than {MAX_ALIASES} aliases (*name)"
                if aliases > MAX_ALIASES
                else "too many values"
            )
            line = (event.start_mark.line if event.start_mark else 0) + first_line
            raise BriefsiteError(Problem(where, f"this YAML is refused: {what}", line))


def _marked(error: yaml.MarkedYAMLError, text: str, where: str, first_line: int) -> Problem:
    problem = error.problem or error.context or "this YAML cannot be read"
    mark = error.problem_mark or error.context_mark
    if "expected" in problem and error.context_mark and "block" not in (error.context or ""):
        mark = error.context_mark  # where the text begins, not where YAML gave up
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines()
    written = lines[line] if line < len(lines) else ""
    indent = written[: len(written) - len(written.lstrip())]
    hint = ""
    if "\t" in indent + written[column : column + 1] or "'\\t'" in problem:
        hint = "indent with spaces, not with tabs"
    elif "mapping values" in problem and _TWO_COLONS.match(written):
        hint = _COLON_HINT + (", in straight quotes, not in curly ones" * ("“" in written))
    elif "mapping values" in problem:
        hint = "the line is indented further than the key above it, which has its value already"
    elif "could not determine a constructor" in problem or "undefined alias" in problem:
        hint = "a text that begins with '!', '&' or '*' needs quotes"
    elif "cannot start any token" in problem or "expected the node content" in problem:
        hint = "a text that begins with a special character needs quotes"
    elif "expected ':'" in problem:
        hint = "write 'key: value', with a space; a value that goes on in the next line is indented"
    elif "expected" in problem:
        hint = (
            "a bracket, brace or quote is not closed at or above this line, "
            "or a quote stands within quotes"
        )
    return Problem(where, problem, line + first_line, hint)


def _reason(error: Exception) -> str:
    return " ".join(str(getattr(error, "reason", "") or error).split()) or type(error).__name__


def _plain(value: Any) -> Any:
    """Return `value` in the types that JSON has, so that every cache and template sees the same."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _refuse_control(yaml_: Yaml, value: Any, path: tuple[str | int, ...]) -> None:
    if isinstance(value, str) and _CONTROL.search(value):
        raise BriefsiteError(
            Problem(
                yaml_.where,
                "a control character stands in this text",
                yaml_.line(path),
                "delete it and type the text again",
            )
        )
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, item in items:
        _refuse_control(yaml_, item, (*path, key))


def quoted(text: str) -> str:
    """Return `text` as a YAML scalar in quotes: a JSON string is one."""
    import json  # a build that makes nothing needs none of it

    return _ESCAPED.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False)
    )
