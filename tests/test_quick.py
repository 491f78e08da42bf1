"""The shortcuts give what markdown-it's own rules give: tokens and HTML."""

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from briefsite.prose import quick

PIECES = [
    *["Plain prose. ", "word", "海 ", "\n", "\n\n", "  ", "    ", "\t", "- ", "1. ", "> ", "# "],
    ": ",
    *["~ ", "*", "**", "_", "`", "``", "[", "]", "(a.md)", "![", "!", "<b>", "</b>", "<", "&amp;"],
    *["&", "\\", "\\\n", "  \n", "~~", "[^a]", "[^a]: note", "[x]: /y", "---", "===", "| a | b |"],
    *["|---|---|", "```", "- [ ] ", "<https://x.org>", "\u3000", '"q"', "<!-- c -->", "a: ~b~ "],
]  # fmt: skip


def parser(shortcuts: bool) -> MarkdownIt:
    """Return the parser as briefsite sets it up, with or without the shortcuts."""
    made = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}, renderer_cls=quick.Renderer)
    if not shortcuts:
        made = MarkdownIt("commonmark", {"html": True, "maxNesting": 20})
    made.enable(["table", "strikethrough"])
    made.use(deflist_plugin).use(footnote_plugin).use(tasklists_plugin)
    made.disable("footnote_inline")
    if shortcuts:
        quick.install(made)
    return made


def result(made: MarkdownIt, text: str) -> tuple[list[Any], str]:
    """Return the tokens and the HTML of `text`."""
    return [token.as_dict() for token in made.parse(text)], made.render(text)


PLAIN, QUICK = parser(shortcuts=False), parser(shortcuts=True)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example("Term\n\n: Definition\n")
@example("Term\n\n  ~ Definition\n\nText")
@example("- Item\nlazy\n\n  Text *a*\n")
@example("> Quote\n\nText\n=\n")
@example("Text [a *b](c) d* `e")
def test_the_shortcuts_change_nothing(text: str) -> None:
    assert result(QUICK, text) == result(PLAIN, text)
