"""Which HTML may pass, into pages and into feeds."""

import pytest

from briefsite.prose.sanitizer import clean, for_feed, rewrite


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ('<p id="a" class="b">x</p>', '<p id="a" class="b">x</p>'),
        ("<script>x</script><style>y</style>z", "z"),
        ("<b onclick=x style=y>z</b>", "<b>z</b>"),
        ("<!-- x -->y", "y"),
        ("<iframe src=x>y</iframe><form>z</form>", ""),
        ("<ul><li>a", "<ul><li>a</li></ul>"),
        ('<a href="javascript:x">y</a>', "<a>y</a>"),
        ('<a data-x="1" aria-label="2">y</a>', '<a data-x="1" aria-label="2">y</a>'),
    ],
)
def test_clean(html: str, cleaned: str) -> None:
    assert clean(html) == cleaned


def test_clean_leaves_ids_out_where_told() -> None:
    assert clean('<p id="a" class="b">x</p>', ids=False) == '<p class="b">x</p>'


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        (
            '<h2 id="a" class="b">T</h2><p style="x" data-y="z">P</p>',
            "<h2>T</h2><p>P</p>",
        ),
        (
            '<a href="https://example.org/" class="external" rel="external noopener">l</a>',
            '<a href="https://example.org/">l</a>',
        ),
        (
            '<img src="https://example.org/i.png" alt="i" loading="lazy" decoding="async" />',
            '<img src="https://example.org/i.png" alt="i">',
        ),
        (
            '<div class="table" role="group" aria-label="Table" tabindex="0"><table><tbody><tr>'
            '<td colspan="2">1</td></tr></tbody></table></div>',
            '<div><table><tbody><tr><td colspan="2">1</td></tr></tbody></table></div>',
        ),
        (
            "<figure><img alt='a'><figcaption>c</figcaption></figure>",
            '<figure><img alt="a"><figcaption>c</figcaption></figure>',
        ),
        ("<!-- c --><script>s</script><iframe></iframe><object>o</object><embed>t", "t"),
        ("<form><input></form><input type=checkbox disabled> do", " do"),
    ],
)
def test_for_feed(html: str, cleaned: str) -> None:
    assert for_feed(html) == cleaned


@pytest.mark.parametrize(
    ("html", "turned"),
    [
        ('<a href="x">src="x"</a>', '<a href="/x">src="x"</a>'),
        ("<a href='x' title=\"src='x'\">", "<a href='/x' title=\"src='x'\">"),
        ('<video src="x" poster="y"></video>', '<video src="/x" poster="/y"></video>'),
        ("<img alt=z src=x><img\nsrc = x>", '<img alt=z src="/x"><img\nsrc = "/x">'),
        ('<img alt="1 > 0" title="" src="x">', '<img alt="1 > 0" title="" src="/x">'),
        ('<a data-href="x">href="x"', '<a data-href="x">href="x"'),
        ('<a href="">', '<a href="/">'),
    ],
)
def test_every_address_of_a_tag_is_turned_and_nothing_else(html: str, turned: str) -> None:
    assert rewrite(html, lambda url: f"/{url}") == turned
