"""What editors are told of the keys that authors write: schemas, and snippets for VS Code."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from briefsite.config import Config
from briefsite.fields import FrontMatter
from briefsite.schema import json_schema, settings


def _snippets(own: Iterable[str]) -> dict[str, Any]:
    """Return one snippet a key of front matter: VS Code asks no schema about Markdown."""
    found = [item for item in settings(FrontMatter) if "." not in item.name]
    rows = {item.name.removesuffix("[]"): (item.kind, item.about) for item in found}
    rows |= {key: ("", "") for key in own if key not in rows}
    return {
        key: {
            "scope": "markdown",
            "prefix": key,
            "body": f"{key}: {_value(kind)}",
            "description": about,
        }
        for key, (kind, about) in rows.items()
    }


def _value(kind: str) -> str:
    """Return the place for a value: to be typed, or chosen where only a few are known."""
    if kind == "true or false":
        kind = "one of true, false"
    chosen = kind.removeprefix("one of ").replace(", ", ",") if kind.startswith("one of ") else ""
    return f"${{1|{chosen}|}}" if chosen else "$1"


MADE: dict[str, Callable[[Iterable[str]], dict[str, Any]]] = {
    "site": lambda _: json_schema(Config),
    "front-matter": lambda own: json_schema(FrontMatter, own),
    "snippets": _snippets,
}
"""What there is, each made with the front matter keys of the site's own."""


def made(what: str, own: Iterable[str] = ()) -> str:
    """Return one of MADE as JSON text."""
    return json.dumps(MADE[what](own), ensure_ascii=False, indent=2) + "\n"
