"""Markdown: articles, excerpts, plain text; and that nothing harmful or broken comes out."""

import re
import time
from pathlib import Path

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from briefsite.model import Article
from briefsite.prose import excerpts, markdown
from briefsite.prose.excerpts import CUT
from briefsite.prose.options import Options
from briefsite.prose.typography import curl

OPTIONS = Options()
MORE = "<!--more-->"
CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[tuple[str, str, str]]:
    """Return (title, input, expected) of a case file."""
    text = (CASES / name).read_text(encoding="utf-8")
    found = re.findall(r"^([^\n]+)\n\.\n(.*?)^\.\n(.*?)^\.$", text, re.MULTILINE | re.DOTALL)
    return [(title, body, expected) for title, body, expected in found]


def same(target: str) -> str:
    """Leave an address as it is."""
    return target


def article(body: str, separator: str = MORE) -> Article:
    """Render a body."""
    marked = excerpts.mark(body, separator)
    return markdown.render(marked, same, OPTIONS, separator=separator, source="a.md", first_line=5)


def excerpt(body: str, separator: str = MORE) -> str:
    """Render the excerpt of a body."""
    return markdown.render_excerpt(excerpts.excerpt(body, separator).source, same, OPTIONS)


@pytest.mark.parametrize(
    ("body", "expected"), [c[1:] for c in cases("body.md")], ids=[c[0] for c in cases("body.md")]
)
def test_body(body: str, expected: str) -> None:
    assert article(body).html == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [c[1:] for c in cases("excerpt.md")],
    ids=[c[0] for c in cases("excerpt.md")],
)
def test_excerpt(body: str, expected: str) -> None:
    assert excerpt(body).strip() == expected.strip()


def test_the_standfirst_is_what_stands_above_the_separator_with_its_whole_block() -> None:
    found = article("_One._ <x/> _Two._\n\n## A\n\nText.\n\n### B\n\n## C\n", "<x/>")

    assert found.standfirst == "<p><em>One.</em> <em>Two.</em></p>\n"
    assert found.body.startswith('<h2 id="a">A</h2>')
    assert [(h.id, [c.id for c in h.children]) for h in found.toc] == [("a", ["b"]), ("c", [])]


def test_the_separator_never_reaches_the_article_but_stays_in_code() -> None:
    assert article("a <x/> b", "<x/>").html == "<p>a b</p>\n"
    assert article("`a<x/>b`", "<x/>").html == "<p><code>a &lt;x/&gt; b</code></p>\n"


def test_the_first_blank_line_ends_the_excerpt_by_jekylls_default() -> None:
    assert excerpts.excerpt("\n\nOne\nmore\n\nTwo\n", "\n\n").source == "One\nmore"
    assert excerpts.excerpt("One\n", "", absent="everything").source == ""
    assert excerpts.excerpt("One\n\nTwo\n", "<x/>", absent="everything").source == "One\n\nTwo\n"


def test_headings_in_quotations_and_lists_stay_out_of_the_contents() -> None:
    found = article(
        "## A\n\n> ## B\n\n- ## C\n\n## D\n{: .no_toc}\n\n## *E* [x](y)[^1]\n\n[^1]: n\n"
    )

    assert [(heading.id, heading.html) for heading in found.toc] == [
        ("a", "A"),
        ("e-x", "<em>E</em> x"),
    ]


def test_what_is_left_out_is_named_with_its_line() -> None:
    found = article('Text.\n\n<script>x</script>\n\n![a]()\n\n*e*{: onclick="x"}\n')

    assert [str(problem) for problem in found.problems] == [
        "a.md:7: <script> was left out "
        "(set 'markdown: {html: trusted}' in site.yaml to let it through)",
        "a.md:9: an image without an address was left out (write ![what it shows](file.png))",
        "a.md:11: the attribute 'onclick' was left out "
        "(set 'markdown: {html: trusted}' in site.yaml to let it through)",
    ]


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("_One_ [two](x) ![no](y) `three`\n\n- four[^1]\n\n[^1]: n", 99, "One two three four"),
        ("## Heading\n\nText.", 99, "Text."),
        ("Some longer words here", 15, "Some longer…"),
        ("長い文章が続くので切る", 5, "長い文章…"),
        ('"A" & <b>', 99, "“A” & "),
    ],
)
def test_plain_text(text: str, limit: int, expected: str) -> None:
    assert markdown.plain_text(text, OPTIONS, limit) == expected.strip()


def test_text_that_is_nested_too_deeply_is_named() -> None:
    found = article("> " * 120 + "a\n")

    assert [str(problem) for problem in found.problems] == [
        "a.md:5: what is nested more deeply than this was left out (nest it less)"
    ]
    assert article("> " * 40 + "a\n").problems == ()


@pytest.mark.parametrize(
    "target",
    ["javascript:x", "JAVA&#115;cript:x", "java\tscript:x", "vbscript:x", "data:text/html,x"],
)
def test_no_link_leads_to_a_script(target: str) -> None:
    texts = [
        f"[a]({target})",
        f"[a][1]\n\n[1]: {target}",
        f"<{target}>",
        f'<a href="{target}">a</a>',
        f"![a]({target})",
        f'<img src="{target}">',
    ]
    for text in texts:
        page = html.fragment_fromstring(article(text).html or "<p></p>", create_parent=True)
        found = [str(url).lower().strip() for url in page.xpath("//@href | //@src")]
        assert [url for url in found if url.startswith(("javascript:", "vbscript:", "data:"))] == []


@pytest.mark.parametrize(
    "text",
    [
        '"' * 300_000,
        "a'" * 100_000,
        "# same\n" * 20_000,
        "[" * 50_000,
        "*a " * 30_000,
        "![[]()" * 20_000,
        "> " * 1000 + "a",
        "- " * 1000 + "a",
        "[a](<b" * 20_000,
        "<!--" * 20_000,
        "[^1]" * 5000 + "\n\n[^1]: n",
    ],
    ids=lambda text: text[:8],
)
def test_hard_input_ends_in_seconds(text: str) -> None:
    start = time.monotonic()
    article(text)

    assert time.monotonic() - start < 60, "not linear any more"


MARKUP = st.lists(
    st.sampled_from(
        [
            "a",
            " ",
            "\n",
            "\n\n",
            "*",
            "**",
            "_",
            "`",
            "```\n",
            "- ",
            "1. ",
            "> ",
            "# ",
            "[",
            "](x)",
            "]",
            "[^1]",
            "\n[^1]: n\n",
            "<b>",
            "</b>",
            "<div>",
            "</p>",
            "<!--",
            "-->",
            '"',
            "'",
            "--",
            "|",
            "\n|--|\n",
            "{: .c #i}",
            "{#x}",
            ": d",
            "中",
            "<x/>",
            "&amp;",
            "&",
            "<",
            "\\",
            "![i](y)",
            "~~",
            "    ",
        ]
    ),
    max_size=40,
).map("".join)


@given(MARKUP)
def test_any_text_gives_balanced_html_without_the_cut(text: str) -> None:
    found = article(text, "<x/>")
    for piece in (found.html, excerpt(text, "<x/>")):
        html5lib.parseFragment(piece)
        page = html.fragment_fromstring(f"<main>{piece}</main>")
        assert CUT not in piece
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert page.tag == "main" and page.tail is None


@given(st.text())
def test_curling_changes_marks_only(text: str) -> None:
    marks = "\"'.-<>“”‘’…–—«»"

    assert [c for c in curl(text) if c not in marks] == [c for c in text if c not in marks]
