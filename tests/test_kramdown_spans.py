"""kramdown's spans: whole values from tests/cases as Jekyll 4.3 gives them, laws on any text."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_prose import cases

from briefsite.prose import sanitizer
from briefsite.prose.excerpts import CUT
from briefsite.prose.kramdown_math import math
from briefsite.prose.markdown import render, render_excerpt
from briefsite.prose.options import Options

OPTIONS = Options(flavor="kramdown", reading=False)
CASES = [pytest.param(body, html, id=title) for title, body, html in cases("kramdown_spans.md")]
SAMPLE = 'A *b **c*** [d ![e](f) _g_](h "i"){:.j} <b>k *l*</b> ~~m~~ `n`  \n"o" <p@q.r> $$s$$[^t]'
PIECES = st.one_of(
    st.sampled_from(["*", "**", "_", "__", "`", "``", "[", "]", "(", ")", "![", "](u)", "(u 't')"]),
    st.sampled_from(["<b>", "</b>", "<x/>", "<br>", "<u>", "<!--", "-->", "<script>", "<b a='"]),
    st.sampled_from(
        ["{:.x}", "{: #i}", "{::comment}", "{:/}", "{:", "}", "$$", "\\", "~~", "&amp;"]
    ),
    st.sampled_from(
        ['"', "'", "--", "<<", " ", "\n", "  \n", "a", "中", "javascript:", "[^n]", CUT]
    ),
)


def resolve(target: str) -> str:
    """Return a relative address as one below R/."""
    return target if target.startswith(("http", "/", "#", "mailto", "ftp")) else f"R/{target}"


def html_of(text: str, options: Options = OPTIONS) -> str:
    """Render a text that holds no separator."""
    return render(text, resolve, options).html.rstrip("\n")


def strict(html: str) -> None:
    """Check that HTML is well-formed and runs nothing."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    for item in parser.parseFragment(html).iter():
        for name, value in dict(item.attrib or {}).items():
            assert not str(name).startswith("on") and name != "style"
            assert name not in ("href", "src") or not value.lower().startswith("javascript:")


@pytest.mark.parametrize(("body", "html"), CASES)
def test_case(body: str, html: str) -> None:
    assert html_of(body) == html.rstrip("\n")


def test_escaped_html_is_text_and_addresses_are_links() -> None:
    text = "<b>a</b> <!-- b --> <me@a.org> {::nomarkdown}<i>{:/}"

    assert html_of(text, Options(flavor="kramdown", html="escaped")) == (
        "<p>&lt;b&gt;a&lt;/b&gt; &lt;!– b –&gt; "
        '<a href="mailto:me@a.org">me@a.org</a> &lt;i&gt;</p>'
    )


def test_typography_can_be_switched_off() -> None:
    options = Options(flavor="kramdown", typography=False)

    assert html_of("\"a\" -- <<b>> ... *'c'*", options) == (
        "<p>&quot;a&quot; -- &lt;&lt;b&gt;&gt; ... <em>'c'</em></p>"
    )


def test_a_script_inside_a_text_stays_as_it_is() -> None:
    text = "a <script>if (1 < 2) f('*b*');</script> c"

    assert html_of(text, Options(flavor="kramdown", html="trusted")) == f"<p>{text}</p>"


def test_what_is_left_out_is_named() -> None:
    problems = render('*a*{: onclick="x"} <object>b', resolve, OPTIONS, source="a.md").problems

    assert [problem.message for problem in problems] == [
        "the attribute 'onclick' was left out",
        "<object> was left out",
    ]


@pytest.mark.parametrize(
    ("body", "standfirst", "rest"),
    [
        (f"_a._ {CUT} _b_\n\nc", "<p><em>a.</em> <em>b</em></p>\n", "<p>c</p>\n"),
        (f"*a {CUT} b*", "<p><em>a b</em></p>\n", ""),
        (f'"a" {CUT} "b"', "<p>“a” “b”</p>\n", ""),
        (f"<kbd>a {CUT} b</kbd>", "<p><kbd>a b</kbd></p>\n", ""),
        (f"`{CUT}`", "", "<p><code>&lt;!--more--&gt;</code></p>\n"),
    ],
)
def test_the_separator_divides_an_article(body: str, standfirst: str, rest: str) -> None:
    article = render(body, resolve, OPTIONS, separator="<!--more-->")

    assert (article.standfirst, article.body) == (standfirst, rest)


@pytest.mark.parametrize("at", range(len(SAMPLE)))
def test_an_excerpt_is_balanced_wherever_it_is_cut(at: int) -> None:
    html = render_excerpt(f"{SAMPLE[:at]} {CUT} {SAMPLE[at:]}", resolve, OPTIONS)

    assert CUT not in html
    strict(html)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_gives_balanced_harmless_html(text: str) -> None:
    text = text[: text.find(CUT) + 1] + text[text.find(CUT) + 1 :].replace(CUT, "")
    for option in ("safe", "escaped"):
        html = html_of(text, Options(flavor="kramdown", html=option))

        assert CUT not in html
        strict(html)


@pytest.mark.parametrize(
    "text",
    [
        "*a " * 50_000,
        "*a **b " * 10_000 + "`x*` `y**`",
        "*_**__" * 10_000,
        "_*" * 30_000,
        "[" * 50_000 + "]" * 50_000,
        "![" * 4_000,
        "[a](b 'c " * 10_000,
        "[a](<b " * 10_000 + ">",
        "[a]" + "(" * 50_000 + ")" * 50_000,
        "<" * 50_000,
        "<b>" * 20_000,
        "<b a=\"'" * 10_000 + ">",
        "<http:a" * 10_000,
        "".join("`" * n + "a" for n in range(400, 0, -1)),
        "$$" * 30_001,
        "'\"" * 50_000,
        "{:" * 30_000 + "}",
        "{::comment}" * 10_000,
        "~~a " * 20_000,
        "&a" * 30_000 + ";",
        " " * 50_000 + "\na" * 20_000,
        "ab " * 20_000 + "\n\n" + "".join(f"*[ab{n}]: x\n" for n in range(5_000)),
    ],
    ids=lambda text: text[:12].strip() or "spaces",
)
def test_no_text_takes_long(text: str) -> None:
    render("A " + text, resolve, OPTIONS)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("x_i", '<math display="block"><mrow><msub><mi>x</mi><mi>i</mi></msub></mrow></math>'),
        (r"\text{<b>&}", '<math display="block"><mrow><mtext>&lt;b&gt;&amp;</mtext></mrow></math>'),
        (
            r"\href{javascript:x}{y}",
            '<math display="block"><mrow><mrow><mrow><mi>y</mi></mrow></mrow></mrow></math>',
        ),
        ("x^", '<p><code class="math">x^</code></p>'),
        (r"\unknown < y", r'<p><code class="math">\unknown &lt; y</code></p>'),
        ("{" * 3_000, f'<p><code class="math">{"{" * 3_000}</code></p>'),
        ("x" * 5_001, f'<p><code class="math">{"x" * 5_001}</code></p>'),
        ("", '<p><code class="math"></code></p>'),
    ],
    ids=lambda text: text[:12],
)
def test_math_becomes_mathml_or_stays_readable(source: str, html: str) -> None:
    assert math(source, True) == html
    assert sanitizer.clean(html) == html
    assert "display" not in sanitizer.clean("<mi display='block'>x</mi>")


def test_mathml_keeps_what_is_harmless_only() -> None:
    text = (
        '<math display="block" onclick="x"><mi href="javascript:x" style="x">a</mi>'
        "<annotation-xml><script>x</script></annotation-xml></math>"
    )

    assert sanitizer.clean(text) == '<math display="block"><mi>a</mi></math>'
    assert sanitizer.for_feed(text) == '<math display="block"><mi>a</mi></math>'
