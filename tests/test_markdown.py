"""Markdown becomes an Article: whole values from tests/cases, laws on random text."""

from pathlib import Path
from typing import Literal

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefsite.model import Heading
from briefsite.prose import excerpts
from briefsite.prose.excerpts import CUT
from briefsite.prose.markdown import plain_text, render, render_excerpt
from briefsite.prose.options import Options

CASES = Path(__file__).parent / "cases"
NAMES = ("headings", "attributes", "notes", "blocks", "raw_html")
SEPARATOR = "<!--more-->"
SAMPLE = """\
# One *two*

Text with **strong _both_ and `code`** and [a link](https://example.org "t")[^n].

- a
- b

  c

> quoted "text"

| a | b |
|---|---|
| 1 | 2 |

```py
code
```

<div class="x">

html <b>bold</b>

</div>

[^n]: The note.
"""
PIECES = st.one_of(
    st.sampled_from([CUT, "\n", "\n\n", "a", '"', "'", "# ", "- ", "> ", "*", "**", "_", "`"]),
    st.sampled_from(["```\n", "[", "]", "(u)", "![", "[^n]", "\n\n[^n]: ", "<b>", "</b>", "<div>"]),
    st.sampled_from(["</div>", "{: .x}", "{: #a}", "{#a}", "|", "\n|-|\n", "    ", "~~", ": "]),
    st.sampled_from(["<!--", "-->", "&", "javascript:", "---", "中"]),
)


def cases() -> list[object]:
    """Return every case: Markdown and the HTML that becomes of it, named by its title."""
    found: list[object] = []
    for file in (CASES / f"{name}.md" for name in NAMES):
        parts = ("\n" + file.read_text(encoding="utf-8")).split("\n.\n")
        for title, source, html in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
            found.append(pytest.param(source, html, id=f"{file.stem}: {title.strip()}"))
    return found


def resolve(target: str) -> str:
    """Return a relative address as one below R/."""
    return target if target.startswith(("http", "/", "#", "mailto")) else f"R/{target}"


def strict(html: str) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of well-formed HTML with their attributes; no id may come twice."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    found = [
        (item.tag, dict(item.attrib))
        for item in parser.parseFragment(html).iter()
        if isinstance(item.tag, str) and item.tag != "DOCUMENT_FRAGMENT"
    ]
    ids = [attributes["id"] for _, attributes in found if "id" in attributes]
    assert len(ids) == len(set(ids)), ids
    return found


@pytest.mark.parametrize(("source", "html"), cases())
def test_case(source: str, html: str) -> None:
    assert render(source, resolve, Options(reading=False)).html.rstrip("\n") == html


@pytest.mark.parametrize(("source", "html"), cases())
def test_case_is_valid_html(source: str, html: str) -> None:
    assert strict(html) or not html


@pytest.mark.parametrize(
    ("body", "standfirst", "rest"),
    [
        (f"a\n\n{CUT}\n\nb", "<p>a</p>\n", "<p>b</p>\n"),
        (f"a\n{CUT}\nb", "<p>a</p>\n", "<p>b</p>\n"),
        (f"_a._ {CUT} _b_\n\nc", "<p><em>a.</em> <em>b</em></p>\n", "<p>c</p>\n"),
        (f"- a {CUT} b\n- c\n\nd", "<ul>\n<li>a b</li>\n<li>c</li>\n</ul>\n", "<p>d</p>\n"),
        (
            f"> a\n> {CUT}\n> b\n\nc",
            "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n",
            "<p>c</p>\n",
        ),
        (f"{CUT}\n\nb", "", "<p>b</p>\n"),
        ("b", "", "<p>b</p>\n"),
        (f"`{CUT}`", "", "<p><code>&lt;!--more--&gt;</code></p>\n"),
        (f"```\n{CUT}\n```", "", '<pre tabindex="0"><code>&lt;!--more--&gt;\n</code></pre>\n'),
    ],
)
def test_the_separator_divides_an_article(body: str, standfirst: str, rest: str) -> None:
    article = render(body, resolve, Options(), separator=SEPARATOR)

    assert (article.standfirst, article.body) == (standfirst, rest)
    assert article.html == standfirst + rest


def test_the_contents_nest_and_leave_out_quotations() -> None:
    text = (
        "# A [l](u) `c` ![i](i.png)[^n]\n\n### B\n\n## *C*\n\n> ## Q\n\n## N\n{:.no_toc}\n\n[^n]: x"
    )

    assert render(text, resolve, Options()).toc == (
        Heading(
            2,
            "a-l-c",
            "A l <code>c</code> ",
            (Heading(3, "b", "B"), Heading(3, "c", "<em>C</em>")),
        ),
    )


def test_warnings_name_the_line_in_the_file() -> None:
    text = "a\n\n![]()\n\n<b onclick='x'>q</b>\n\nText\n{: style='x'}"
    problems = render(text, resolve, Options(), source="a.md", first_line=5).problems

    assert [(p.where, p.line, p.message, p.warning) for p in problems] == [
        ("a.md", 7, "an image without an address was left out", True),
        ("a.md", 9, "onclick on <b> was left out", True),
        ("a.md", 11, "the attribute 'style' was left out", True),
    ]
    assert problems[1].hint == ("set 'markdown: {html: trusted}' in site.yaml to let it through")


ATTACK = """'"><img onerror=x>"""


@pytest.mark.parametrize(
    "text",
    [
        f'[a](u "{ATTACK[0]}{ATTACK[2:]}")',
        f"![{ATTACK}](u.png)",
        f"```{ATTACK}\ncode\n```",
        f"# {ATTACK}",
        f"| a |\n|---|\n| {ATTACK} |",
        f"Text\n{{: title='{ATTACK[1:]}'}}",
        "Text\n{: onerror='x' style='x'}",
        f"a[^{ATTACK}]\n\n[^{ATTACK}]: n",
        "[a](javascript:x) [a](JaVa&#x53;cript:x) [a](<java\tscript:x>) ![a](vbscript:x)",
        "<a href=' javascript:x'>a</a> <a href='j&#10;avascript:x'>a</a> <svg><a href='x'/></svg>",
        "<a href=data:text/html,x>a</a> <math><mi xlink:href='javascript:x'></mi></math>",
        "Text\n{: cite='javascript:x'}",
    ],
)
def test_nothing_dangerous_passes(text: str) -> None:
    for _, attributes in strict(render(text, lambda url: url, Options()).html):
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src"):
            assert attributes.get(name, "").partition(":")[0] not in (
                "javascript",
                "vbscript",
                "data",
            )


def test_trusted_html_passes_and_escaped_html_is_text() -> None:
    text = "<b onclick='x'>q</b>"

    assert render(text, resolve, Options(html="trusted")).html == f"<p>{text}</p>\n"
    assert render(text, resolve, Options(html="escaped", typography=False)).html == (
        "<p>&lt;b onclick='x'&gt;q&lt;/b&gt;</p>\n"
    )


@pytest.mark.parametrize("flavor", ["commonmark", "kramdown"])
@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a*{: #a} *b*{: #a}", '<p><em id="a">a</em> <em>b</em></p>\n'),
        ("# a\n\n*b*{: #a}", '<h2 id="a">a</h2>\n<p><em>b</em></p>\n'),
        ('<p id="a">x</p>\n\n*b*{: #a}', '<p id="a">x</p>\n<p><em>b</em></p>\n'),
    ],
)
def test_an_id_stands_where_it_is_said_first(
    text: str, html: str, flavor: Literal["commonmark", "kramdown"]
) -> None:
    assert render(text, resolve, Options(flavor=flavor)).html.replace("\n\n", "\n") == html


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_gives_balanced_html_without_the_cut(text: str) -> None:
    text = text[: text.find(CUT) + 1] + text[text.find(CUT) + 1 :].replace(CUT, "")
    article = render(text, resolve, Options(), separator=SEPARATOR)
    short = render_excerpt(text, resolve, Options())

    for html in (article.html, article.standfirst, article.body, short):
        assert CUT not in html
        strict(html)
    assert "id=" not in short


@pytest.mark.parametrize("at", range(len(SAMPLE)))
def test_an_excerpt_is_balanced_wherever_it_is_cut(at: int) -> None:
    body = f"{SAMPLE[:at]}{SEPARATOR}{SAMPLE[at:]}"
    html = render_excerpt(excerpts.excerpt(body, SEPARATOR).source, resolve, Options())

    assert not [attributes for _, attributes in strict(html) if "id" in attributes]
    assert CUT not in html


@pytest.mark.parametrize(
    ("text", "limit", "plain"),
    [
        ('# Title\n\nA *b* & `c` ![i](i.png)[^n] "d".\n\n[^n]: x', 300, "A b & c “d”."),
        ("one two three", 9, "one two…"),
        ("中文字符数很多", 5, "中文字符…"),
        (f"a {CUT} b", 300, "a"),
        ("", 300, ""),
    ],
)
def test_plain_text(text: str, limit: int, plain: str) -> None:
    assert plain_text(text, Options(), limit) == plain


@pytest.mark.parametrize(
    "text",
    [
        '"' * 300_000,
        "a' " * 100_000,
        '"*a*' * 20_000,
        "*a*{: .b}" * 10_000,
        "# a\n\n" * 20_000,
        "- a\n{: .b}\n" * 5_000,
        "# a" + " " * 50_000 + "b {",
        "*a **a " * 5_000,
        "![[]()" * 2_000,
        "<!--" * 20_000,
        "[a](b" * 10_000,
        "> " * 5_000 + "a",
    ],
    ids=lambda text: text[:12].strip(),
)
def test_no_text_takes_long(text: str) -> None:
    render(text, resolve, Options())
