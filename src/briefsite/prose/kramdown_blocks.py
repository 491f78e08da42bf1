"""kramdown's blocks, where they differ from CommonMark's (kramdown.md)."""

from typing import Any


def install(parser: Any, parse_block_html: bool) -> None:
    """Teach a markdown-it parser kramdown's blocks."""
