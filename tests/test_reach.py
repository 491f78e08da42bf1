"""What a page asks of an article beyond what its Markdown says."""

from briefsite.prose.reach import within_reach


def test_code_and_formulas_scroll_by_keyboard() -> None:
    formula = '<math display="block"><mi>x</mi></math>'
    html = f'<pre><code>&lt;pre></code></pre>\n<pre class="a" tabindex="-1">b</pre>\n{formula}'

    assert within_reach(html) == (
        '<pre tabindex="0"><code>&lt;pre></code></pre>\n<pre class="a" tabindex="-1">b</pre>\n'
        f'<div class="math" tabindex="0">{formula}</div>'
    )
