"""The shortcuts give what markdown-it's own rules give: tokens and HTML."""

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from briefsite.prose import markdown, quick, typography
from briefsite.prose.options import Options

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
    made.use(deflist_plugin).use(footnote_plugin).use(tasklists_plugin, label=True)
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


def made(text: str, *, shortcuts: bool, curly: bool = True) -> tuple[Any, ...]:
    """Return what briefsite makes of `text`, with simple blocks taken the short way or not."""
    options = Options(html="trusted", typography=curly, pull_quotes=curly, caption_mark="▲")
    tokens, work = markdown.parse(text, str.upper, options, "", runs=shortcuts)
    return markdown._html(tokens, work), work.headings, work.warnings


BLOCKS = [
    *["\n\n", "\n\n", "\n", "\n\n\n", " ", "  \n\n", "Plain.", "“Quoted.”", "(a) b", "1. c"],
    *["海", "R & D", "&amp;", "<", "a_b", "*e*", '"Yes," ', "it's", "--", "...", "> ", ": def"],
    *["\ufdd0", "{: .a}", "{#x}", "\u3000", "\x85", "- i", "# H", "    code", "[a]: /b", "3) x"],
    *["10 d", "!", "~ x", "- ", "\n- ", "\n\n- ", "\n2. ", "\n\n1. ", "> # ", "## ", " #", "---"],
    *["***", "_", "__", "*", "**", "`", "`c`", "[", "](/u)", "[l](/u)", "![i](/i)", "]", "[ ] "],
    *["\n_c_", "_▲ __f__ x_", "[^1]", "\n\n[^1]: n", "===", "\n|-|\n", "|a|", "\t", "'", '"'],
    *["<!-- c -->", "<!-- c -->\n", "<!-- c -->\n\n", "\n\n\ufdd0\n\n", "\n\n: def", "{: .k}\n"],
    *["![image1](/i)\n", "-\n\n", "> # — A", "_`c`_", "Source: x", "#### E", "(Photo: a)"],
]  # fmt: skip
SPANS = [
    *["a", "a ", " b", "B", "海", ".", ",", " ", " (", ")", '"', "'", "“", "”", "—", "--", "..."],
    *["_", "_", "__", "__", "*", "**", "`", "``", "[", "]", "](/u)", "](https://x.org/a?b=c&d)"],
    *["[l](/u_v_w)", "[l](a:b)", "[l](//x)", "[l](/%2g)", "[l](/é)", "[l](https://ex_a.org/)"],
    *["![i](/i)", "![]()", "![", "!", "&", "& ", "&amp;", "\\", "~", "<b>", "{", "\n", "\xa0"],
    *["R&D", "&#", "33;"],
    *["_e_", "__s__", "**s**", "*e*", "`c`", "` c `", "[^a]", "\x85", "/", "-", "x_y", "\u0301"],
]  # fmt: skip


@settings(max_examples=600)
@given(st.lists(st.sampled_from(BLOCKS), max_size=20).map("".join), st.booleans())
@example("Term\n\nTerm\n\n: Definition\n", True)
@example("One\n\nTwo", True)
@example("One\n\n\n\nTwo\n\n", True)
@example("- item\n\nOne\n\nTwo\n\n```\nOne\n\nTwo\n\n```\n", True)
@example("- a\n\n- b\n- c\n\nd", True)
@example("- a\n\n- b\n\n- [x]\n", True)
@example("1. a\n\n2. b\n\n    c\n", True)
@example("# H\n\n> # H\n\n## “H”\n\n## H\n", True)
@example("![a](/b)\n_▲ __c:__ d “e”._\n", True)
@example("### A\n\n##### B\n\n- x\n\n# C\n\n> # C\n", True)
@example("![1](/b)\n_▲ __Figure 1: A.__ B. Source: C._\n![2](/c)\nD (Photo: E)\n", False)
@example("> ![1](/b)\n\n- ![a](/b)\n\n- b\n\n- `c`\n- _`d`_\n\n`e`\n\n-\n", True)
def test_blocks_that_are_taken_together_are_printed_the_same(text: str, curly: bool) -> None:
    assert made(text, shortcuts=True, curly=curly) == made(text, shortcuts=False, curly=curly)


@settings(max_examples=1500)
@given(
    st.sampled_from(["", "x ", "- ", "- a\n- ", "1. ", "> ", "# ", "x\n"]),
    st.lists(st.sampled_from(SPANS), max_size=12).map("".join),
)
@example("", "_a __b__ c_")
@example("", "__a __b__ c__")
@example("", "__a (__“b”__) c__")
@example("", "_a (__“b”__) c_")
@example("", "[a](b) c](d)")
@example("", '`a`"b" _"c"_"d"')
def test_spans_are_printed_the_same(before: str, text: str) -> None:
    assert made(before + text, shortcuts=True) == made(before + text, shortcuts=False)


@settings(max_examples=1500)
@given(st.text(alphabet="\"'\"' aZ8s.,-<>(–—…’”:;\t[\\", max_size=16))
@example("word'\"x")
@example('He said..." It\'s the \'80s -- "really"')
def test_most_quotes_are_curled_at_once_as_one_by_one(text: str) -> None:
    assert typography.curl_lines(f"{text}\n{text}") == "\n".join([typography.curl(text)] * 2)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(BLOCKS + SPANS), max_size=6).map("".join))
def test_an_excerpt_of_simple_paragraphs_is_what_the_parser_makes_of_it(text: str) -> None:
    options = Options(html="trusted")
    if not markdown._paragraphs(text, options):
        return
    marked = f"[zz]: /b\n\n{text}"  # so that it is nothing simple for the shortcut
    assert markdown.render_excerpt(text, str, options) == markdown.render_excerpt(
        marked, str, options
    )
    assert markdown.plain_text(text, options) == markdown.plain_text(marked, options)
