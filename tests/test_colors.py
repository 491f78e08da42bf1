"""The site's own accent: legible in both schemes, in the stylesheet alone, and never a guess."""

import re

import pytest
from conftest import CONFIG, ROOT, MakeSite
from hypothesis import given
from hypothesis import strategies as st

from briefsite.colors import AA, DARK, LIGHT, contrast, legible, parse
from briefsite.errors import BriefsiteError

STYLE = (ROOT / "static/assets/site.css").read_text(encoding="utf-8")
COLORS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def values(name: str) -> list[str]:
    """Return what the stylesheet sets a colour to on light and on dark pages."""
    return re.findall(rf"--{name}: (#[0-9a-f]+);", STYLE)[:2]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59)],
)
def test_contrast_is_what_wcag_says(one: str, other: str, ratio: float) -> None:
    assert (round(contrast(one, other), 2), round(contrast(other, one), 2)) == (ratio, ratio)


@given(COLORS)
def test_any_accent_can_be_read_on_light_and_on_dark_pages(accent: str) -> None:
    light, dark = legible(accent)
    papers = [parse(paper) for paper in values("paper")]

    assert min(contrast(light, LIGHT), contrast(light, papers[0])) >= AA
    assert min(contrast(dark, DARK), contrast(dark, papers[1])) >= AA


def test_an_accent_that_can_be_read_stays_what_it_is() -> None:
    assert legible("#0a5c5c")[0] == "#0a5c5c"
    assert legible("#ffd400") == ("#846d01", "#ffd400")


@pytest.mark.parametrize("name", ["ink", "muted", "accent"])
def test_the_themes_own_colors_can_be_read_on_both_grounds(name: str) -> None:
    assert values("tint") == [LIGHT, DARK]
    for color, paper, tint in zip(values(name), values("paper"), values("tint"), strict=True):
        assert min(contrast(color, parse(paper)), contrast(color, tint)) >= AA


@pytest.mark.parametrize("written", ['"#0a5c5c"', "0A5C5C", '"#0a5c5c" # teal'])
def test_the_accent_is_set_in_the_stylesheet_and_nowhere_else(
    make_site: MakeSite, written: str
) -> None:
    plain = make_site({})
    plain.build()
    before = plain.output()
    site = make_site({"site.yaml": CONFIG + f"theme:\n  accent: {written}\n"})
    report = site.build()

    added = site.output()["assets/site.css"].removeprefix(before["assets/site.css"]).decode()
    assert re.findall(r"--accent: (\S+);", added) == list(legible("#0a5c5c"))
    assert report.problems == ()
    stamp = re.compile(rb"site\.css\?v=\w+")
    page, other = before["404.html"], site.output()["404.html"]
    assert stamp.sub(b"", page) == stamp.sub(b"", other)
    assert stamp.findall(page) != stamp.findall(other)


def test_a_pale_accent_is_a_warning_that_says_what_is_shown(make_site: MakeSite) -> None:
    site = make_site({"site.yaml": CONFIG + 'theme: {accent: "#ffd400"}\n'})

    assert [str(problem) for problem in site.build().problems] == [
        "site.yaml: theme.accent '#ffd400' is too pale for text on white: #846d01 is shown instead "
        "(write 'accent: \"#846d01\"')"
    ]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("teal", "theme.accent 'teal' is not a colour"),
        ('"#12345"', "theme.accent '#12345' is not a colour"),
        ("#0a5c5c", "theme.accent is empty: what follows '#' is a comment"),
    ],
)
def test_what_is_no_color_is_refused_with_its_line(
    make_site: MakeSite, written: str, message: str
) -> None:
    site = make_site({"site.yaml": CONFIG + f"theme:\n  accent: {written}\n"})

    with pytest.raises(BriefsiteError) as caught:
        site.build()

    hint = "write 'accent: \"#0a5c5c\"', with the quotation marks"
    assert str(caught.value) == f"site.yaml:4: {message} ({hint})"
