"""Where an excerpt ends (jekyll.md E1 to E10)."""

import re
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefsite.prose import excerpts
from briefsite.prose.excerpts import CUT, Excerpt, excerpt, mark, measure

MORE = "<!--more-->"


@pytest.mark.parametrize(
    ("body", "separator", "marked"),
    [
        (f"a\n\n{MORE}\n\nb", MORE, f"a\n\n{CUT}\n\nb"),
        ("_a._<excerpt/>_b_", "<excerpt/>", f"_a._ {CUT} _b_"),
        (f"a {MORE} b {MORE} c", MORE, f"a {CUT} b {MORE} c"),
        ("a <!--MORE--> b", MORE, "a <!--MORE--> b"),
        (f"a\n{MORE}", MORE, f"a\n{CUT}"),
        ("a", MORE, "a"),
        ("a", "", "a"),
    ],
)
def test_mark(body: str, separator: str, marked: str) -> None:
    assert mark(body, separator) == marked


@pytest.mark.parametrize(
    ("body", "separator", "found"),
    [
        (f"a\n\nb\n\n{MORE}\n\nc", MORE, Excerpt("a\n\nb", True)),
        (f"{MORE}\n\na", MORE, Excerpt("", True)),
        (f"a {MORE} b\n\nc", MORE, Excerpt(f"a {CUT} b", True)),
        (f"- a {MORE} b\n- c\n\nd", MORE, Excerpt(f"- a {CUT} b\n- c", True)),
        ("\n\na\nb\n\nc", "\n\n", Excerpt("a\nb", True)),
        ("# a\n\nb", "\n\n", Excerpt("# a", True)),
        ("a\n \nb", "\n\n", Excerpt("a\n \nb")),
        ("a\n\nb", "", Excerpt("")),
        ("# T\n\n![i](i.png)\n\n<!-- c -->\n\n---\n\nText\nmore\n\nb", MORE, Excerpt("Text\nmore")),
        (f"[a][X]\n\n{MORE}\n\n[x]: /u\n[y]: /v", MORE, Excerpt("[a][X]\n\n[x]: /u", True)),
        (
            f"[a]\n\n{MORE}\n\n[a]: /u\n  'title'\nb",
            MORE,
            Excerpt("[a]\n\n[a]: /u\n  'title'", True),
        ),
        (f"[a]\n\n{MORE}\n\n```\n[a]: /u\n```", MORE, Excerpt("[a]", True)),
        (f"a[^n]\n\n{MORE}\n\n[^n]: x", MORE, Excerpt("a", True)),
    ],
)
def test_excerpt(body: str, separator: str, found: Excerpt) -> None:
    assert excerpt(body, separator) == found


@pytest.mark.parametrize(
    ("absent", "source"), [("everything", "# T\n\na\n\nb"), ("first-paragraph", "a")]
)
def test_without_the_separator(
    absent: Literal["everything", "first-paragraph"], source: str
) -> None:
    assert excerpt("# T\n\na\n\nb", MORE, absent=absent) == Excerpt(source)


@given(st.text(), st.text(), st.text(max_size=3))
def test_any_text_has_an_excerpt_with_one_cut_at_most(head: str, tail: str, separator: str) -> None:
    body = (head + separator + tail).replace(CUT, "")
    found = excerpt(body, separator)

    assert found.source.count(CUT) <= 1
    assert found.found or CUT not in found.source


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("One two three.", 3),
        ("中文字 kana カナ", 6),
        ("naïve café", 2),
        ("한국어 글", 2),
        ("", 0),
        ("a \u2014 b", 2),
    ],
)
def test_count_words(body: str, words: int) -> None:
    assert measure(body)[0] == words


@given(st.text(alphabet="ab é—–-海カ\u00a0\u2009\u3000\x1c\x85\t\n", max_size=30))
def test_words_are_what_space_parts(text: str) -> None:
    spaced = "".join(f" {c} " if c in "海カ" else c for c in text)

    assert excerpts.measure(text)[0] == len(re.split(r"[\s—–]+", f" {spaced} ")) - 2


def test_every_wide_space_is_known() -> None:
    assert "".join(chr(n) for n in range(128, 0x11000) if chr(n).isspace()) == excerpts._WIDE
