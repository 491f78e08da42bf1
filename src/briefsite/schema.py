"""Declared shapes: one declaration validates, fills in defaults and documents (the only door to
msgspec)."""

import contextlib
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, Protocol, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

from briefsite.errors import Problem
from briefsite.values import Struct, fields

__all__ = [
    "Key",
    "Meta",
    "Place",
    "Reader",
    "Setting",
    "Shape",
    "json_schema",
    "nearest",
    "pack",
    "settings",
    "suggest",
    "unpack",
]

T = TypeVar("T")
Key = str | int
_PLAIN = {
    Any: "text, a list or a mapping",
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}
_encoder = msgspec.json.Encoder()


def pack(value: Any) -> bytes:
    """Return `value` as JSON bytes: equal values of our types give equal bytes, offsets of dates
    kept."""
    return _encoder.encode(value)


def unpack(data: bytes | memoryview, kind: type[T]) -> T:
    """Return the value of type `kind` that `pack` made `data` from; ValueError where it is none."""
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.MsgspecError as error:  # which older releases call no ValueError
        raise ValueError(str(error)) from None


def json_schema(kind: type, extra: Iterable[str] = ()) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a declared shape, for editors, with keys of `extra` that
    hold anything: it lets pass what `Reader.read` does, but for numbers where text has a least
    length."""
    schema = msgspec.json.schema(kind)
    for shape in schema["$defs"].values():
        required = shape.get("required", ())
        shape["properties"] = {
            key: _as_written(item, null=key not in required)
            for key, item in shape["properties"].items()
        }
    schema["$defs"][kind.__name__]["properties"] |= {key: {} for key in extra}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema


def _as_written(item: dict[str, Any], *, null: bool, listed: bool = False) -> dict[str, Any]:
    """Return the schema of a value as authors may write it: a number where text is wanted, nothing
    where `null`, and in a list nothing where `listed`."""
    if "enum" in item:
        return item | {"enum": item["enum"] + [None] * null}
    if "$ref" in item or "anyOf" in item:
        either = item.get("anyOf") or [{"$ref": item["$ref"]}]
        parts = [p if "$ref" in p else _as_written(p, null=False, listed=True) for p in either]
        rest = {key: value for key, value in item.items() if key not in ("$ref", "anyOf")}
        return rest | {"anyOf": parts + [{"type": "null"}] * null}
    inner = {
        key: _as_written(item[key], null=listed)
        for key in ("items", "additionalProperties")
        if isinstance(item.get(key), dict)
    }
    kinds = [item.get("type")]
    if kinds == ["string"] and item.get("minLength", 0) < 2:  # a number has no length to judge
        kinds += ["number", "boolean"]
    return item | inner | ({"type": kinds + ["null"] * null} if "type" in item else {})


def suggest(word: str, known: Iterable[str]) -> str:
    """Return `did you mean 'title'?` where `word` resembles one of `known`, else nothing."""
    near = nearest(word, known)
    return f"did you mean '{near}'?" if near else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the one of `known` that `word` resembles; nothing where it resembles none."""
    import difflib  # only for faults

    names = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.strip(" .:").lower(), list(names), n=1, cutoff=0.7)
    return names[close[0]] if close else ""


class Shape(Struct, frozen=True, forbid_unknown_fields=True):
    """What authors write, key by key."""


class Place(Protocol):
    """Where a value was written, and how."""

    @property
    def where(self) -> str:
        """Return the file."""

    def line(self, path: tuple[Key, ...]) -> int | None:
        """Return the line of the value at `path`."""

    def written(self, path: tuple[Key, ...]) -> str | None:
        """Return the text of the scalar at `path` as the author wrote it."""


class Reader:
    """Turns what YAML gave into declared shapes, and gathers what is wrong on the way."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.problems: list[Problem] = []

    def read(self, kind: type[T], value: Any, path: tuple[Key, ...] = ()) -> T | None:
        """Return a `kind` made from the mapping `value`; None, with a problem, for anything else.

        What is wrong inside is noted and left at its default, so that later checks see the rest.
        """
        if not isinstance(value, Mapping):
            self._report(path, value, kind)
            return None
        hints = _hints(kind)
        # A misspelt key is a mistake even where nothing stands behind it yet.
        given = {k: item for k, item in value.items() if item is not None or k not in hints}
        with contextlib.suppress(msgspec.ValidationError):
            return msgspec.convert(given, kind)
        self._unknown(kind, value, path)
        read = {
            key: self.value(hints[key], item, (*path, key))
            for key, item in value.items()
            if key in hints and item is not None
        }
        good = {key: item for key, item in read.items() if item is not None}
        return kind(**(self._missing(kind, value, path) | good))

    def _unknown(self, kind: type, value: Mapping[str, Any], path: tuple[Key, ...]) -> None:
        known = _hints(kind)
        for key in value:
            if key not in known:
                self.fault(
                    (*path, key), f"unknown key '{dotted((*path, key))}'", suggest(str(key), known)
                )

    def _missing(
        self, kind: type, value: Mapping[str, Any], path: tuple[Key, ...]
    ) -> dict[str, Any]:
        """Note required keys that are not there, and return a blank for each."""
        required = [item.name for item in fields(kind) if _required(item)]
        for name in required:
            if value.get(name) is None:
                self.fault(path, f"{dotted((*path, name))} is missing", f"add '{name}: ...'")
        return dict.fromkeys(required, "")

    def value(self, hint: Any, value: Any, path: tuple[Key, ...]) -> Any:
        """Return `value` as a `hint` says; None, with a problem, where it is none."""
        bare = _bare(hint)
        if _is_shape(bare):
            return self.read(typing.cast("type", bare), value, path)
        if get_origin(bare) is tuple and isinstance(value, list):
            inner = get_args(bare)[0]
            read = (self.value(inner, item, (*path, n)) for n, item in enumerate(value))
            return tuple(item for item in read if item is not None)
        if get_origin(bare) is dict and isinstance(value, Mapping):
            inner = get_args(bare)[1]
            named = {key: self.value(inner, item, (*path, key)) for key, item in value.items()}
            return {key: item for key, item in named.items() if item is not None or inner is Any}
        return self._scalar(hint, bare, value, path)

    def _scalar(self, hint: Any, bare: Any, value: Any, path: tuple[Key, ...]) -> Any:
        # `title: No` and `title: 2026` are text to the author, whatever YAML makes of them.
        if bare is str and isinstance(value, bool | int | float):
            value = self.place.written(path) or str(value)
        if isinstance(value, list) and list[str] in get_args(bare):
            said = [(n, item) for n, item in enumerate(value) if item is not None]
            value = [self._scalar(str, str, item, (*path, n)) for n, item in said]
        elif str in get_args(bare) and isinstance(value, bool | int | float):
            value = self.place.written(path) or str(value)
        try:
            return msgspec.convert(value, hint)
        except msgspec.ValidationError:
            self._report(path, value, hint)
            return None

    def _report(self, path: tuple[Key, ...], value: Any, wanted: Any) -> None:
        shown = (
            "a list"
            if isinstance(value, list)
            else "a mapping"
            if isinstance(value, dict)
            else repr(value)
        )
        what = f"{dotted(path) or 'the file'} is {shown}, not {describe(wanted)}"
        example = _example(wanted, value)
        name = next((key for key in reversed(path) if isinstance(key, str)), "")
        before = "- " if path and isinstance(path[-1], int) else f"{name}: " if path else ""
        self.fault(path, what, f"write '{before}{example}'" if example else "")

    def fault(self, path: tuple[Key, ...], message: str, hint: str = "") -> None:
        """Note an error at `path`."""
        self.problems.append(Problem(self.place.where, message, self.place.line(path), hint))

    def warn(self, path: tuple[Key, ...], message: str, hint: str = "") -> None:
        """Note a warning at `path`."""
        self.problems.append(
            Problem(self.place.where, message, self.place.line(path), hint, warning=True)
        )


def dotted(path: tuple[Key, ...]) -> str:
    """Return `feed.limit` or `navigation[0].url`: the name of a value for people."""
    text = ""
    for key in path:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
    return text


def _example(hint: Any, value: Any) -> str:
    """Return how a mapping, or a list of them, is written that was wanted instead of `value`, with
    the keys that it must have, else with the first that can hold `value`; empty where something
    else was wanted."""
    bare = _bare(hint)
    listed = get_origin(bare) is tuple
    shape = _bare(get_args(bare)[0]) if listed else bare
    if not _is_shape(shape) or isinstance(value, bool):
        return ""
    hints = {name: _bare(kind) for name, kind in _hints(shape).items()}
    names = [item.name for item in fields(shape) if _required(item)]
    if not names and isinstance(value, list | str):
        kind = tuple if isinstance(value, list) else str
        names = [n for n, h in hints.items() if str(value) in get_args(h)]
        names += [n for n, h in hints.items() if kind in (h, get_origin(h))]
        names = names[:1]
    text = "{" + ", ".join(f"{name}: ..." for name in names or [*hints][:1]) + "}"
    return f"[{text}]" if listed else text


def describe(hint: Any) -> str:
    """Return in words what a value of type `hint` looks like: `a whole number, at least 1`."""
    bare, limits = _bare(hint), _limits(hint)
    if bare in _PLAIN:
        return ", ".join([_PLAIN[bare], *limits])
    if get_origin(bare) is Literal:
        return "one of " + ", ".join(map(str, get_args(bare)))
    if get_origin(bare) in (types.UnionType, typing.Union):
        return " or ".join(describe(part) for part in get_args(bare) if part is not type(None))
    if get_origin(bare) in (tuple, list):
        inner = describe(get_args(bare)[0]).removeprefix("a ")
        return "a list of " + ("mappings" if inner.startswith("mapping") else inner)
    return "a mapping of keys and values"


class Setting(Struct, frozen=True):
    """One key of a declared shape, for the reference page."""

    name: str
    kind: str
    default: Any
    about: str


def settings(kind: type, prefix: str = "") -> Iterator[Setting]:
    """Yield every key of a declared shape in order, nested ones as `feed.limit`."""
    hints = _hints(kind)
    for item in fields(kind):
        hint, name = hints[item.name], prefix + item.name
        default = "required" if _required(item) else _default(item)
        inner, suffix = _nested(hint)
        shown = "" if inner and not suffix else default
        about = _about(hint) or (inner.__doc__ or "" if inner else "")
        yield Setting(name, "" if inner and not suffix else describe(hint), shown, about)
        if inner:
            yield from settings(inner, f"{name}{suffix}.")


def _nested(hint: Any) -> tuple[type | None, str]:
    bare = _bare(hint)
    if _is_shape(bare):
        return typing.cast("type", bare), ""
    if get_origin(bare) is dict and _is_shape(get_args(bare)[1]):
        return get_args(bare)[1], ".NAME"
    if get_origin(bare) is tuple and _is_shape(get_args(bare)[0]):
        return get_args(bare)[0], "[]"
    return None, ""


def _is_shape(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Struct)


def _required(item: msgspec.structs.FieldInfo) -> bool:
    return item.required


def _default(item: msgspec.structs.FieldInfo) -> Any:
    return item.default if item.default_factory is msgspec.NODEFAULT else item.default_factory()


_cache: dict[type, dict[str, Any]] = {}


def _hints(kind: type) -> dict[str, Any]:
    if kind not in _cache:
        _cache[kind] = get_type_hints(kind, include_extras=True)
    return _cache[kind]


def _bare(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def _meta(hint: Any) -> Meta:
    return get_args(hint)[1] if get_origin(hint) is Annotated else Meta()


def _about(hint: Any) -> str:
    return _meta(hint).description or ""


def _limits(hint: Any) -> list[str]:
    meta = _meta(hint)
    limits = []
    if meta.ge is not None:
        limits.append(f"at least {meta.ge}")
    if meta.le is not None:
        limits.append(f"at most {meta.le}")
    if meta.min_length:
        limits.append("not empty")
    if meta.title:
        limits.append(meta.title)
    return limits
