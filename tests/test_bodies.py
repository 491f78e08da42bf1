"""Figures, pull-quotes, boxes, breaks and levels: what readers get where Markdown has no word."""

from typing import Literal

import html5lib
import pytest
from conftest import BRIEF, MakeSite
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import fromstring
from test_prose import cases

from briefsite.prose.markdown import render
from briefsite.prose.options import Options

CASES = [pytest.param(body, html, id=title) for title, body, html in cases("reading.md")]
Flavor = Literal["commonmark", "kramdown"]
FLAVORS: tuple[Flavor, ...] = ("commonmark", "kramdown")
ARCHIVE = [pytest.param(body, html, id=title) for title, body, html in cases("reading_archive.md")]


def html_of(body: str, options: Options) -> str:
    """Render a body whose images are not the page's first."""
    return render(body, str, options, led=True).html


@pytest.mark.parametrize("flavor", FLAVORS)
@pytest.mark.parametrize(("body", "html"), CASES)
def test_a_text_reads_as_its_author_meant_it(body: str, html: str, flavor: Flavor) -> None:
    assert html_of(body, Options(flavor=flavor)) == html


@pytest.mark.parametrize(("body", "html"), ARCHIVE)
def test_an_archives_own_habits_are_understood_where_its_settings_say_so(
    body: str, html: str
) -> None:
    assert html_of(body, Options(caption_mark="▲", pull_quotes=True)) == html


_PIECES = """![1](a.png);[![A](a.png)](/b);\n;\n;  \n;\n\n; ;_;**;`c`;`;**Figure 1: A.**;Source: ;
Table 2. ;(Photo: a);(;);. ;[l](/u);▲;&;<b>;</b>;> ;- ;# ;> # — A;\n-\n;a;<img src=x>;[^1];\n[^1]: n
"""
PIECES = st.sampled_from(_PIECES.split(";"))


@settings(max_examples=500)
@given(st.lists(PIECES, max_size=16).map("".join), st.sampled_from(FLAVORS))
def test_no_word_is_lost_and_no_element_left_open(text: str, flavor: Flavor) -> None:
    def words(*, reading: bool) -> str:
        html = html_of(text, Options(flavor=flavor, reading=reading))
        parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=reading)
        return "".join("".join(parser.parseFragment(html).itertext()).split())

    lone = str.maketrans("", "", "-*")  # which may be breaks
    assert words(reading=True).translate(lone) == words(reading=False).translate(lone)


@pytest.mark.parametrize(
    "text",
    [
        "![a](b)\n" * 20_000,
        "![a](b) " * 20_000 + "c",
        "![a](b)\n" + "(Photo " * 20_000,
        "![a](b)\n" + ". Source:" * 20_000 + " *a*",
        "![a](b)\n" + ". " * 50_000,
        "![a](b)\n" + "*a* " * 20_000,
        "-\n\n" * 20_000,
        "> # a\n\n" * 10_000,
    ],
    ids=lambda text: text[:16],
)
def test_no_caption_takes_long(text: str) -> None:
    assert html_of(text, Options(caption_mark="▲", pull_quotes=True)).endswith(">\n")


def test_the_first_image_of_a_page_does_not_wait(make_site: MakeSite) -> None:
    image = "![A](air.jpg)\n\n"
    lead = BRIEF.replace("title:", "image: air.jpg\nimage_alt: Air\ntitle:")
    site = make_site(
        {
            "content/2026-01-15-a.md": BRIEF + "\n" + image * 2,
            "content/2026-01-16-b.md": lead.replace("Clean air", "Sea") + "\n" + image,
            "content/air.jpg": b"",
        }
    )
    site.build()

    def waits(name: str) -> list[str | None]:
        page = fromstring(site.page(f"briefs/2026/{name}/index.html"))
        return [image.get("loading") for image in page.xpath("//main//figure/img")]

    assert (waits("a"), waits("b")) == ([None, "lazy"], [None, "lazy"])


def test_a_page_without_layout_keeps_its_levels(make_site: MakeSite) -> None:
    site = make_site({"content/a.md": "---\ntitle: A\nlayout: none\n---\n# One\n\n### Two\n"})
    site.build()

    assert site.output()["a/index.html"] == b'<h1 id="one">One</h1>\n<h3 id="two">Two</h3>\n'
