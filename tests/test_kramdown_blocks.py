"""kramdown's blocks. Each expectation has the structure that kramdown 2.4 with GFM input gives:

`ruby -rkramdown -rkramdown-parser-gfm -e 'puts Kramdown::Document.new(STDIN.read, input: "GFM",
hard_wrap: false, gfm_quirks: [:paragraph_end]).to_html'`; the forms of tables, notes and tasks are
our own.
"""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_prose import cases, same

from briefsite.prose import excerpts, markdown
from briefsite.prose.excerpts import CUT
from briefsite.prose.options import Options

OPTIONS = Options(flavor="kramdown", html="trusted", reading=False)
CASES = cases("kramdown_blocks.md")
_BLOCKS = """* a;1. b;> c;    d;$$;{: .g};{:toc};{::comment};^;<div>;</div>;<p markdown='1'>;<!--;
-->;[^h]: i;[^h];[j]: k;*[l]: m;# n;---;: o;text;;\ufdd0;\t;<x/>;{:p: .q};* {: .r};- [ ] s;|e|f|
;```"""
PIECES = st.sampled_from(_BLOCKS.split(";"))


def render(body: str, separator: str = "") -> str:
    """Return the article of a body."""
    return markdown.render(body, same, OPTIONS, separator=separator).html


@pytest.mark.parametrize(
    ("body", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_blocks_read_as_kramdown_reads_them(body: str, expected: str) -> None:
    assert render(body) == expected


@given(st.lists(PIECES, max_size=14).map("\n".join))
def test_any_mixture_of_blocks_gives_balanced_html(body: str) -> None:
    """Law: whatever stands in a brief, its article is whole and holds no mark of our own."""
    options = Options(flavor="kramdown", html="safe")
    article = markdown.render(body, same, options).html

    parser = html5lib.HTMLParser()
    parser.parseFragment(article)
    wrong = {"unexpected-end-tag", "expected-closing-tag-but-got-eof", "end-tag-too-early"}
    assert {code for _, code, _ in parser.errors} & wrong == set()
    assert CUT not in article


@pytest.mark.parametrize(
    ("body", "standfirst", "rest"),
    [
        ("One\n<more/>\ntwo\n", "<p>One</p>\n", "<p>two</p>\n"),
        ("_One_\n\n<more/> two\n", "<p><em>One</em></p>\n", "<p>two</p>\n"),
        ("* a\n\n<more/>\n\ntwo\n", "<ul>\n<li>a</li>\n</ul>\n", "<p>two</p>\n"),
    ],
)
def test_a_separator_that_is_an_element_ends_the_block_above_it(
    body: str, standfirst: str, rest: str
) -> None:
    """kramdown.md: `<excerpt/>` on its own line, or before text."""
    article = markdown.render(excerpts.mark(body, "<more/>"), same, OPTIONS, separator="<more/>")

    assert (article.standfirst, article.body) == (standfirst, rest)


@pytest.mark.parametrize("piece", ["<div>", "> ", "<div markdown='1'>\n", "* ", "{: .a}\n", "`"])
def test_deep_nesting_neither_fails_nor_loses_text(piece: str) -> None:
    """robustness.md 3.1."""
    assert "end" in render(piece * 3000 + "end")


def test_block_html_is_read_as_markdown_where_the_site_says_so() -> None:
    options = Options(flavor="kramdown", html="trusted", parse_block_html=True)
    html = markdown.render(
        '<div>\n*a*\n\n<pre tabindex="0">*b*</pre>\n</div>\n', same, options
    ).html

    assert html == '<div><p><em>a</em></p>\n<pre tabindex="0">*b*</pre></div>\n'


def test_escaped_html_is_text_in_kramdowns_flavour_too() -> None:
    options = Options(flavor="kramdown", html="escaped")
    html = markdown.render("<div>\n*a*\n</div>\n", same, options).html

    assert html == "<p>&lt;div&gt;\n<em>a</em>\n&lt;/div&gt;</p>\n"
