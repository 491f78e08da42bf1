"""Slugs are Jekyll's (jekyll.md S1, S2)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefsite.slugs import slugify

MODES = ("raw", "default", "pretty", "ascii", "latin")
GOLDEN = {
    "The _config.yml file": (
        "the-_config.yml-file",
        "the-config-yml-file",
        "the-_config.yml-file",
        "the-config-yml-file",
        "the-config-yml-file",
    ),
    "Café Über naïve": (
        "café-über-naïve",
        "café-über-naïve",
        "café-über-naïve",
        "caf-ber-na-ve",
        "cafe-uber-naive",
    ),
    "中文 標題": ("中文-標題", "中文-標題", "中文-標題", "", ""),
    "C++ & C#": ("c++-&-c#", "c-c", "c++-&-c", "c-c", "c-c"),
    "“20:40:40” Solution": ("“20:40:40”-solution", *["20-40-40-solution"] * 4),
    "a--b__c": ("a--b__c", "a-b-c", "a-b__c", "a-b-c", "a-b-c"),
    " lead & trail ": ("lead-&-trail", "lead-trail", "lead-&-trail", "lead-trail", "lead-trail"),
    "ﬁ ①②": ("ﬁ-①②", "ﬁ", "ﬁ", "", ""),
    # Observed with Jekyll 4.3.1, beyond the table of the specification.
    "Łódź Ørsted Ærø ß": (
        "łódź-ørsted-ærø-ß",
        "łódź-ørsted-ærø-ß",
        "łódź-ørsted-ærø-ß",
        "d-rsted-r",
        "lodz-orsted-aero-ss",
    ),
    "--a--": ("-a-", "a", "a", "a", "a"),
    "x — y": ("x-—-y", "x-y", "x-y", "x-y", "x-y"),
    "ΟΔΟΣ ΝΕΣ": ("οδοσ-νεσ", "οδοσ-νεσ", "οδοσ-νεσ", "", ""),
}


@pytest.mark.parametrize("text", GOLDEN)
def test_slug_in_every_mode(text: str) -> None:
    assert tuple(slugify(text, mode) for mode in MODES) == GOLDEN[text]


@pytest.mark.parametrize("mode", ["none", "unheard-of"])
def test_other_modes_only_make_lower_case(mode: str) -> None:
    assert slugify(" The _config.yml File", mode) == " the _config.yml file"


def test_cased_keeps_capitals() -> None:
    assert slugify("Custom Slug & x", "pretty", cased=True) == "Custom-Slug-&-x"
    assert slugify("ÀÇ Þð", "latin", cased=True) == "AC-Thd"


def test_decomposed_file_names_give_the_slug_of_composed_ones() -> None:
    assert slugify(unicodedata.normalize("NFD", "Orbán’s Café")) == "orbán-s-café"


def test_default_mode_is_default() -> None:
    assert slugify("C++ & C#") == "c-c"


@given(st.text(), st.sampled_from(["default", "ascii", "latin"]))
def test_a_slug_has_no_separator_but_single_hyphens(text: str, mode: str) -> None:
    slug = slugify(text, mode)

    assert "--" not in slug
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert not set(slug) & set(" /\\._~%?#:")
