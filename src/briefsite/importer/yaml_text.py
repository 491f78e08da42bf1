"""Writes site.yaml as a person would: comments, blocks, quotes only where YAML needs them."""

import json
import re
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from briefsite.errors import BriefsiteError
from briefsite.front_matter import load, quoted

Groups = Iterable[tuple[str, Mapping[str, Any]]]
_WORDS = re.compile(r"[\w/.][\w /:.-]*[\w/.]|[\w.]")


def text_of(groups: Groups) -> str:
    """Return groups of keys as YAML, a comment above each; groups without keys are left out."""
    parts = []
    for comment, values in groups:
        if values:
            notes = (f"# {line}\n" for line in textwrap.wrap(comment, 96))
            parts.append("".join(notes) + "".join(_entry(k, v, "") for k, v in values.items()))
    return "\n".join(parts)


def _entry(key: str, value: Any, indent: str) -> str:
    head = f"{indent}{_scalar(key)}:"
    if isinstance(value, dict) and value:
        return f"{head}\n" + "".join(_entry(k, v, indent + "  ") for k, v in value.items())
    if isinstance(value, list) and value:
        return f"{head}\n" + "".join(_item(item, indent + "  ") for item in value)
    return f"{head} {_scalar(value)}\n"


def _item(value: Any, indent: str) -> str:
    if isinstance(value, dict) and value:
        inner = "".join(_entry(key, item, indent + "  ") for key, item in value.items())
        return f"{indent}- {inner.removeprefix(indent + '  ')}"
    if isinstance(value, list) and value:
        return f"{indent}-\n" + "".join(_item(item, indent + "  ") for item in value)
    return f"{indent}- {_scalar(value)}\n"


def _scalar(value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value, default=str)
    if _WORDS.fullmatch(value) and _is_plain(value):
        return value
    return quoted(value)


def _is_plain(text: str) -> bool:
    """Return whether YAML reads `text` without quotes as the same text."""
    try:
        return load(f"k: {text}", "").values == {"k": text}
    except BriefsiteError:
        return False
