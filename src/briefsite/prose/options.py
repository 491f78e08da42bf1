"""How Markdown is read and what becomes of it."""

from typing import Literal

from briefsite.values import Struct


class Options(Struct, frozen=True):
    """How Markdown is read."""

    typography: bool = True
    """Curly quotes and dashes."""
    html: Literal["safe", "trusted", "escaped"] = "safe"
    """What becomes of raw HTML."""
    flavor: Literal["commonmark", "kramdown"] = "commonmark"
    """Whose rules decide where the two differ (kramdown.md)."""
    parse_block_html: bool = False
    """Whether kramdown reads Markdown inside every HTML block, not only under `markdown="1"`."""
    reading: bool = True
    """Whether the rules of `reading` hold; else the HTML is what the flavor alone says."""
    caption_mark: str = ""
    """What begins captions in an archive, and is no part of them: `▲`."""
    pull_quotes: bool = False
    """Whether a paragraph that is code spans and nothing else is a pull-quote."""
    lang: str = "en"
    """The language of the text: labels that readers hear are in it."""
