"""The shortcuts give what markdown-it's own rules give: tokens and HTML."""

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from briefsite.prose import markdown, quick, typography

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


def html(text: str, *, shortcuts: bool) -> str:
    """Return what briefsite prints of `text`, with runs of paragraphs as one piece or not."""
    options = markdown.Options(html="trusted")
    tokens, work, env = markdown._parse(text, lambda url: url, options, "", runs=shortcuts)
    return markdown._html(tokens, env, work, options, "")


PARAGRAPHS = [
    *["\n\n", "\n\n", "\n", "\n\n\n", " ", "  \n\n", "Plain.", "“Quoted.”", "(a) b", "1. c"],
    *["海", "R & D", "&amp;", "<", "a_b", "*e*", '"Yes," ', "it's", "--", "...", "> ", ": def"],
    *["\ufdd0", "{: .a}", "{#x}", "\u3000", "\x85", "- i", "# H", "    code", "[a]: /b", "3) x"],
    *["10 d", "!", "~ x"],
]  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PARAGRAPHS), max_size=20).map("".join))
@example("Term\n\nTerm\n\n: Definition\n")
@example("One\n\nTwo")
@example("One\n\n\n\nTwo\n\n")
@example("- item\n\nOne\n\nTwo\n\n```\nOne\n\nTwo\n\n```\n")
def test_paragraphs_that_are_taken_together_are_printed_the_same(text: str) -> None:
    assert html(text, shortcuts=True) == html(text, shortcuts=False)


@settings(max_examples=1500)
@given(st.text(alphabet="\"'\"' aZ8s.,-<>(–—…’”:;\t[\\", max_size=16))
@example("word'\"x")
@example('He said..." It\'s the \'80s -- "really"')
def test_most_quotes_are_curled_at_once_as_one_by_one(text: str) -> None:
    assert typography.curl_lines(f"{text}\n{text}") == "\n".join([typography.curl(text)] * 2)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PARAGRAPHS), max_size=6).map("".join))
def test_an_excerpt_of_plain_prose_is_what_the_parser_makes_of_it(text: str) -> None:
    options = markdown.Options(html="trusted")
    marked = f"{text}\n\n[zz]: /b\n"  # so that it is no plain prose for the shortcut
    assert markdown.render_excerpt(text, str, options) == markdown.render_excerpt(
        marked, str, options
    )
    assert markdown.plain_text(text, options) == markdown.plain_text(marked, options)
