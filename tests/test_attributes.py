"""What kramdown's attribute lists say."""

import pytest

from briefsite.prose.attributes import Attributes, at_start, parse, whole_line


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (".a .b #c", Attributes(["a", "b"], {"id": "c"})),
        (".a.b", Attributes(["a", "b"])),
        (
            "title=\"x y\" lang='de' width=10",
            Attributes([], {"title": "x y", "lang": "de", "width": "10"}),
        ),
        ('class="a b" .c', Attributes(["a", "b", "c"])),
        ('data-x="1" aria-label="2"', Attributes([], {"data-x": "1", "aria-label": "2"})),
        ("OnClick='x' style='y'", Attributes([], {}, ["onclick", "style"])),
        ("", Attributes()),
        ("oops !", None),
        ('title="open', None),
    ],
)
def test_parse(inside: str, said: Attributes | None) -> None:
    assert parse(inside) == said


def test_trusted_lists_may_set_style_but_no_handler() -> None:
    said = parse("style='x' onclick='y'", trusted=True)

    assert said == Attributes([], {"style": "x"}, ["onclick"])


@pytest.mark.parametrize(
    ("text", "start", "line"),
    [
        ("{: .a}", "{: .a}", True),
        ("{:.a} more", "{:.a}", False),
        ('  {: title="}"}  ', None, True),
        ("text {: .a}", None, False),
        ("{ .a}", None, False),
    ],
)
def test_places(text: str, start: str | None, line: bool) -> None:
    found = at_start(text)

    assert (found and found[0], whole_line(text) is not None) == (start, line)
