"""The simple Liquid in bodies: what it gives, what stays, and what is said about it.

The texts are what Jekyll 4.3 makes of them; what stays as it is, Jekyll would run or refuse.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefsite.errors import Problem
from briefsite.prose import liquid
from briefsite.prose.liquid import Scope
from briefsite.prose.liquid_marks import Needs


def include(name: str, given_: Mapping[str, str]) -> str | None:
    """Stand for a template that prints its parameters."""
    return f"<i>{dict(sorted(given_.items()))}</i>" if name == "figure.html" else None


SCOPE = Scope(
    page={
        "title": "Air & sea",
        "n": 3,
        "tags": ["a", "b"],
        "date": datetime(2024, 3, 5, 14, 7, tzinfo=UTC),
        "map": {"x y": {"z": 1.5}},
        "none": None,
        "yes": True,
    },
    site={"title": "Institute", "url": "https://x.org/p", "baseurl": "", "data": {"k": ["v"]}},
    links={"link:img/a.png": "/img/a.png", "post:2024-01-01-x": "/2024/x/"},
    reasons={"post:2099-01-01-y": "y is not public: scheduled (until 2099)"},
    include=include,
    relative=lambda path: "/" + path.lstrip("/"),
    absolute=lambda path: "https://x.org/p/" + path.lstrip("/"),
)


HIGHLIGHT = '<pre><code class="language-ruby">puts 1</code></pre>'
LISTED = '- a\n\n  <pre><code class="language-md">a &lt; b</code></pre>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a {{ page.title }} b", "a Air & sea b"),
        ("{{page.n}}{{ page.tags }}{{ page.yes }}{{ page.none }}{{ page.gone.x }}", "3abtrue"),
        ("{{ page.map['x y'].z }} {{ page.tags[1] }} {{ page.tags.size }}", "1.5 b 2"),
        ("{{ site.url }}{{ site.baseurl }}/a", "https://x.org/p/a"),
        ("{{ site.data.k[0] }} {{ page.tags | first }}", "v a"),
        ('{{ "/a" | relative_url }} {{ "a" | absolute_url }}', "/a https://x.org/p/a"),
        ('{{ "a" | prepend: site.baseurl | append: ".png" }}', "a.png"),
        ("{{ page.title | escape | upcase }}", "AIR &AMP; SEA"),
        ("{{ page.title | downcase | slugify }}", "air-sea"),
        ('{{ page.none | default: "x" }}{{ page.title | replace: "&", "and" }}', "xAir and sea"),
        ("{{ page.tags | join: ', ' }} {{ 'a b' | url_encode }}", "a, b a+b"),
        ("{{ page.date | date: '%-d %B %Y, %H:%M' }}", "5 March 2024, 14:07"),
        ("{{ page.date | date_to_string }}", "05 Mar 2024"),
        ("{{ page.date | date_to_long_string }}", "05 March 2024"),
        ("{{ page.date | date_to_xmlschema }}", "2024-03-05T14:07:00+00:00"),
        ('{{ "2024-02-03" | date: "%b %e" }}', "Feb  3"),
        ("a\n{{- page.n -}}\n b", "a3b"),
        ("{% raw %}{{ page.n }} {% for %}{% endraw %}!", "{{ page.n }} {% for %}!"),
        ("a {% comment %}b {{ c }}{% endcomment %}d", "a d"),
        ("[x]({% link img/a.png %})", "[x](/img/a.png)"),
        ("[y]({% post_url 2024-01-01-x %})", "[y](/2024/x/)"),
        ("{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}\n", HIGHLIGHT + "\n"),
        ("- a\n\n  {% highlight md %}\na < b\n{% endhighlight %}", LISTED),
        ("{% comment %}a{% comment %}b{% endcomment %}c{% endcomment %}d", "d"),
        ("{{ 'https://y.org/a' | relative_url }}", "https://y.org/a"),
        ("{% include figure.html a='it\\'s' %}", """<i>{'a': "it's"}</i>"""),
        ("a\n\n{% comment %}\nb\n{% endcomment %}\n\nc", "a\n\n\n\n\n\nc"),
        (
            "{% include figure.html src='a' alt=page.title %}",
            "<i>{'alt': 'Air & sea', 'src': 'a'}</i>",
        ),
        ("`{% for x in y %}` and\n```\n${{ secrets.X }}\n```\n", None),
        ("{ % x } {{", None),
    ],
)  # fmt: skip
def test_simple_liquid_is_filled_in(body: str, expected: str | None) -> None:
    assert liquid.fill(body, SCOPE, "a.md", 5) == (expected or body, ())


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("a\n{% for post in site.posts %}", 6, "{% for post in site.posts %}"),
        ("{{ content }}", 5, "{{ content }}"),
        ("{{ page.title | markdownify }}", 5, "{{ page.title | markdownify }}"),
        ("{{ 'now' | date: '%Y' }}", 5, "{{ 'now' | date: '%Y' }}"),
        (
            "{% include x.html %}",
            5,
            "{% include x.html %} has no template (write templates/includes/x.html)",
        ),
    ],
)
def test_what_is_not_understood_stays_and_is_named(body: str, line: int, what: str) -> None:
    message = f"this Liquid is not understood and stays as it is: {what}"
    hint = "briefsite runs no Liquid: write what it stood for, or {% raw %} around it"

    filled = liquid.fill(body, SCOPE, "a.md", 5)
    assert filled == (body, (Problem("a.md", message, line, hint, warning=True),))


@pytest.mark.parametrize(
    ("body", "filled", "name"),
    [
        ("\n\n{% raw %} {{ x }}", "\n\n {{ x }}", "raw"),
        ("\n\n{% comment %} x", "\n\n", "comment"),
        ("\n\n{% highlight ruby %}puts 1", f"\n\n{HIGHLIGHT}", "highlight"),
    ],
)  # fmt: skip
def test_a_tag_that_is_never_closed_is_an_error(body: str, filled: str, name: str) -> None:
    """As in Jekyll, which stops; here every such tag is named at once."""
    problem = Problem(
        "a.md", f"{{% {name} %}} is never closed", 7, f"write {{% end{name} %}} where it ends"
    )
    assert liquid.fill(body, SCOPE, "a.md", 5) == (filled, (problem,))


def test_filters_cannot_make_endless_text() -> None:
    body = "{{ 'aaaaaaaaaa'" + " | replace: 'a', 'aaaaaaaaaa'" * 9 + " }}"
    filled, problems = liquid.fill(body, SCOPE, "a.md", 5)

    assert filled == body
    assert [problem.message.partition(" as it is: ")[2] for problem in problems] == [
        "it makes too much text"
    ]


@pytest.mark.parametrize(
    ("body", "why", "warning"),
    [
        ("{% post_url 2099-01-01-y %}", "y is not public: scheduled (until 2099)", True),
        ("{% link gone.md %}", "gone.md does not exist", False),
    ],
)
def test_a_link_that_leads_nowhere_says_why(body: str, why: str, warning: bool) -> None:
    """jekyll.md P6."""
    message = f"{body} leads nowhere: {why}"
    filled = liquid.fill(body, SCOPE, "a.md", 1)

    assert filled == ("", (Problem("a.md", message, 1, warning=warning),))


def test_what_a_body_needs_is_known_before_it_is_filled() -> None:
    body = "{% link a.md %}{%- post_url b -%}{% include f.html x=1 %}{% include f.html %}{{ x }}"
    assert liquid.needs(body) == Needs(("link:a.md", "post:b"), ("f.html",))


@given(st.text(alphabet="{}%-| .:,'\"\n`~\ufdd0apgeswrdihl", max_size=80))
def test_any_text_is_filled(body: str) -> None:
    """Law: nothing raises, and a text without marks is left alone."""
    filled, problems = liquid.fill(body, SCOPE, "a.md", 1)
    if "{{" not in body and "{%" not in body:
        assert (filled, problems) == (body, ())
