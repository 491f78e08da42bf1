"""Figures, pull-quotes, boxes, breaks and levels: what readers get where Markdown has no word."""

from typing import Literal

import pytest
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
