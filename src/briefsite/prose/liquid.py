"""The trivial Liquid found in the bodies of Jekyll posts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from briefsite.errors import Problem


@dataclass(frozen=True, slots=True)
class Needs:
    """What the Liquid in a body names."""

    targets: tuple[str, ...]
    includes: tuple[str, ...]


def needs(body: str) -> Needs:
    """Return what the Liquid in `body` names."""
    return Needs((), ())


@dataclass(frozen=True, slots=True)
class Scope:
    """What Liquid may read."""

    page: Mapping[str, Any]
    site: Mapping[str, Any]
    links: Mapping[str, str]
    reasons: Mapping[str, str]
    include: Callable[[str, Mapping[str, str]], str | None]
    relative: Callable[[str], str]
    absolute: Callable[[str], str]


def fill(body: str, scope: Scope, source: str, first_line: int) -> tuple[str, tuple[Problem, ...]]:
    """Return `body` with its Liquid filled in."""
    return body, ()


def may_hold(text: str) -> bool:
    """Return whether `text` may hold Liquid."""
    return "{{" in text or "{%" in text
