"""Curly quotes and dashes, as Jekyll 4.3 sets the same texts."""

import pytest

from briefsite.prose.typography import curl, has_marks


@pytest.mark.parametrize(
    ("text", "curly"),
    [
        ("He said \"it's 'fine'\" -- now", "He said “it’s ‘fine’” – now"),
        ("'twas the '90s...", "‘twas the ’90s…"),
        ('("paren")', "(“paren”)"),
        ("8' 55\"", "8’ 55”"),
        ('说"运动"吧', "说”运动”吧"),
        ("<<x>>", "«x»"),
        ("a---b", "a—b"),
        ("\"'nested'\"", "“‘nested’”"),
        ("rock 'n' roll", "rock ‘n’ roll"),
        ("...... ....", "…… …."),
        ("plain", "plain"),
        ('a """ b', "a “”” b"),
        ('""a"', '"”a”'),
        ("\"'a'\" '\"b\"'", "“‘a’” ‘“b”’"),
        ('\'s ("a") ["b"] -"c"', "’s (“a”) [“b”] -“c”"),
        ('Jones\' "é" "中" 中"é"', "Jones’ “é” “中” 中”é”"),
        ('"a," "b". "c"; "d"…', "“a,” “b”. “c”; “d”…"),
        ("a \" b ' c", "a “ b ‘ c"),
        ("'90 '90s 1990's", "‘90 ’90s 1990’s"),
        ("a << b >> <<c>> >>> ---- .....", "a «\xa0b\xa0» «c»\xa0»> —- ….."),
    ],
)
def test_curl(text: str, curly: str) -> None:
    assert curl(text) == curly
    assert has_marks(text) == (text != curly)


@pytest.mark.parametrize(
    ("before", "text", "after", "curly"),
    [
        ("", '"', "a", "“"),
        ("a", '"', "", "”"),
        ("", '"', " ", "”"),
        ("", "'s", "", "’s"),
    ],
)
def test_neighbours_decide(before: str, text: str, after: str, curly: str) -> None:
    assert curl(text, before, after) == curly


def test_work_is_linear() -> None:
    assert len(curl('"' * 300_000)) == 300_000


@pytest.mark.parametrize(
    ("text", "before", "after", "curly"),
    [
        ('"a"', "", "", "“a”"),
        ('"a', "x", "", "“a"),
        ("'s", " ", "", "‘s"),
        ("'s", "x", "", "’s"),
        ('"', "", "a", "“"),
        (' "', "", "a", " “"),
        ('"', "", "'a", "“"),
        ("a -", "", "-", "a -"),
    ],
)
def test_only_a_space_before_a_text_counts(text: str, before: str, after: str, curly: str) -> None:
    assert curl(text, before, after) == curly
