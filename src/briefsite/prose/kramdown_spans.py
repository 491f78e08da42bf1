"""kramdown's spans, where they differ from CommonMark's (kramdown.md)."""

from typing import Any


def install(parser: Any) -> None:
    """Teach a markdown-it parser kramdown's spans."""
