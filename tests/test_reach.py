"""What a page asks of an article beyond what its Markdown says."""

import pytest

from briefsite.prose.reach import within_reach


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("22344", "22344"),
        ("4", "2"),
        ("3343", "2232"),
        ("242", "232"),
        ("2434", "2334"),
        ("1365", "1233"),
        ("123456", "123456"),
        ("66", "22"),
    ],
)
def test_headings_go_down_one_level_at_a_time(written: str, printed: str) -> None:
    def html(levels: str) -> str:
        return "\n".join(f'<h{n} id="{at}">{at}</h{n}>' for at, n in enumerate(levels))

    assert within_reach("<p>a</p>", html(written)) == ("<p>a</p>", html(printed))


def test_levels_are_counted_over_both_parts_of_a_text() -> None:
    assert within_reach("<h3>a</h3>", "<h4>b</h4>") == ("<h2>a</h2>", "<h3>b</h3>")


def test_code_and_formulas_scroll_by_keyboard() -> None:
    formula = '<math display="block"><mi>x</mi></math>'
    html = f'<pre><code>&lt;pre></code></pre>\n<pre class="a" tabindex="-1">b</pre>\n{formula}'

    [found] = within_reach(html)

    assert found == (
        '<pre tabindex="0"><code>&lt;pre></code></pre>\n<pre class="a" tabindex="-1">b</pre>\n'
        f'<div class="math" tabindex="0">{formula}</div>'
    )
