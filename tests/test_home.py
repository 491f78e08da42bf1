"""The front page that an editor shapes in site.yaml."""

from typing import Any

import pytest
import selectolax.lexbor
from conftest import CONFIG, MakeSite, SiteFolder

from briefsite.config import Config
from briefsite.errors import BriefsiteError
from briefsite.schema import json_schema

SHOWN = """\
{% if article %}{{ article.html|striptags }}
{% endif %}{% for section in sections %}{{ section.kind }} "{{ section.title }}" {{ section.url }}:\
{% for card in section.cards %} {{ card.title }}{% endfor %}

{% else %}index:{% for card in cards %} {{ card.title }}{% endfor %}

{% endfor %}{{ pager.number }}/{{ pager.count }} of {{ pager.total }}
"""
FACTS = {
    "a": "date: 2026-01-01\ntopics: [Sea]\nfeatured: true",
    "b": "date: 2026-01-02\ntopics: [Air]\nregions: [Europe]",
    "c": "date: 2026-01-03\ntopics: [Sea, Air]\nauthor: Ann Lee",
    "d": "date: 2026-01-04\ntopics: [Sea]\nfeatured: true",
    "e": "date: 2026-01-05\ntopics: [Air]\nfeatured: false",
    "f": "date: 2026-01-06\nfeatured: true\ndraft: true",
}
BRIEFS = {
    f"content/{name}.md": f"---\ntitle: {name}\n{said}\n---\n" for name, said in FACTS.items()
}


def shaped(make_site: MakeSite, home: str, **files: str) -> SiteFolder:
    """Return a site of five public briefs whose front page is `home`, two briefs a page."""
    config = f"{CONFIG}paginate: 2\nhome:\n{home}"
    more = {"site.yaml": config, "templates/index.html": SHOWN}
    return make_site(BRIEFS | more | {name.replace("__", "/"): t for name, t in files.items()})


def pages(site: SiteFolder) -> list[str]:
    """Build the site and return its front page and that page's further pages."""
    site.build()
    further = sorted(path for path in site.output() if path.startswith("page/"))
    return [site.page(path) for path in ("index.html", *further)]


def test_sections_stand_in_their_order_and_all_else_follows_on_further_pages(
    make_site: MakeSite,
) -> None:
    site = shaped(make_site, "  - featured: 1\n  - {topic: sea, count: 1}\n  - latest: 1\n")

    assert pages(site) == [
        'featured "" : d\ntopic "Sea" /topics/sea/: c\nlatest "" : e\n1/2 of 5\n',
        "index: b a\n2/2 of 5\n",
    ]


def test_a_section_may_show_any_taxonomy_an_author_or_a_collection_under_a_title(
    make_site: MakeSite,
) -> None:
    site = shaped(
        make_site,
        "  - {topic: Europe, taxonomy: regions}\n"
        "  - {topic: Ann Lee, taxonomy: authors, title: By Ann}\n"
        "  - {collection: briefs, count: 3}\n",
    )

    assert pages(site) == [
        'topic "Europe" /regions/europe/: b\n'
        'topic "By Ann" /authors/ann-lee/: c\n'
        'collection "Briefs" /: e d a\n'
        "1/1 of 5\n"
    ]


def test_a_section_without_a_brief_left_is_left_out(make_site: MakeSite) -> None:
    site = shaped(make_site, "  - latest: 5\n  - featured: 3\n  - topic: Sea\n")

    assert pages(site) == ['latest "" : e d c b a\n1/1 of 5\n']


def test_where_no_section_has_a_brief_the_front_page_is_the_index(make_site: MakeSite) -> None:
    site = shaped(make_site, "  - featured: 1\n")
    site.write({f"content/{name}.md": None for name in "ad"})

    assert pages(site) == ["index: e c\n1/2 of 3\n", "index: b\n2/2 of 3\n"]


def test_index_md_is_the_text_above_the_sections_unless_it_asks_for_a_layout(
    make_site: MakeSite,
) -> None:
    site = shaped(make_site, "  - latest: 5\n", content__index__md="")
    site.write({"content/index.md": "We write of _seas_.\n"})
    assert pages(site) == ['We write of seas.\nlatest "" : e d c b a\n1/1 of 5\n']

    site.write({"content/index.md": "---\nlayout: page\n---\nOwn.\n"})
    report = site.build()

    assert [str(problem) for problem in report.problems] == [
        "content/index.md: this is the front page, so 'home:' in site.yaml has no effect "
        "(take its 'layout:' out to have it stand above the sections)"
    ]
    assert "<p>Own.</p>" in site.page("index.html")


def test_featured_on_or_off_remakes_no_list_but_the_front_page(
    make_site: MakeSite,
) -> None:
    site = shaped(make_site, "  - featured: 1\n  - latest: 4\n")
    site.build()
    name = "content/e.md"
    site.write({name: BRIEFS[name].replace("false", "true")})

    made = site.build().made

    own = {path for path in made if path.startswith("briefs/2026/e/")}
    feeds = {"feed.atom", "feed.json", "feed.xml"}  # which hold its text
    assert {*made} - own - feeds == {"index.html"}


def test_the_built_in_theme_shows_each_brief_once_under_its_sections_heading(
    make_site: MakeSite,
) -> None:
    site = shaped(make_site, "  - featured: 1\n  - topic: Air\n  - {latest: 1, title: New}\n")
    site.write({"templates/index.html": None})
    site.build()

    tree = selectolax.lexbor.LexborHTMLParser(site.page("index.html"))
    shown = [
        ([item.text() for item in section.css("h2")], [item.text() for item in section.css("h3")])
        for section in tree.css("main section")
    ]
    assert shown == [(["Featured"], ["d"]), (["Air"], ["e", "c", "b"]), (["New"], ["a"])]
    assert [item.attributes["href"] for item in tree.css("main h2 a")] == ["./topics/air/"]
    assert [item.tag for item in tree.css("h1, main h2")] == ["h1", "h2", "h2", "h2"]


FAULTS = {
    "{}": "home[0] must say one thing that it shows (write 'featured: 3', 'latest: 10', "
    "'topic: NAME' or 'collection: NAME')",
    "{featured: 1, latest: 2}": "home[0] must say one thing that it shows (write 'featured: 3', "
    "'latest: 10', 'topic: NAME' or 'collection: NAME')",
    "{fetured: 1}": "unknown key 'home[0].fetured' (did you mean 'featured'?)",
    "{latest: ten}": "home[0].latest is 'ten', not a whole number, at least 0, at most 1000",
    "{topic: X, taxonomy: region}": (
        "home[0]: there is no taxonomy 'region' (did you mean 'regions'?)"
    ),
    "{collection: breifs}": "home[0]: there is no collection 'breifs' (did you mean 'briefs'?)",
}


@pytest.mark.parametrize(("section", "message"), FAULTS.items(), ids=FAULTS)
def test_a_section_that_cannot_be_meant_is_an_error_with_its_line(
    make_site: MakeSite, section: str, message: str
) -> None:
    with pytest.raises(BriefsiteError) as raised:
        shaped(make_site, f"  - {section}\n").build()

    assert str(raised.value) == f"site.yaml:5: {message}"


def test_a_topic_that_no_public_brief_has_is_a_warning_and_an_error_where_terms_are_named(
    make_site: MakeSite,
) -> None:
    """A brief that has it may be scheduled or have left the site."""
    site = shaped(make_site, "  - topic: Seas\n  - latest: 5\n  - topic: Warfare\n")

    assert [str(problem) for problem in site.build().problems] == [
        "site.yaml:5: home[0]: no public brief has the topic 'Seas' (did you mean 'Sea'?)",
        "site.yaml:7: home[2]: no public brief has the topic 'Warfare' (there are: Air, Sea)",
    ]
    fixed = (site.root / "site.yaml").read_text() + "taxonomies: {topics: {terms: [%s]}}\n"
    site.write({"site.yaml": fixed % "Air, Sea, Seas"})
    with pytest.raises(BriefsiteError) as raised:
        site.build()
    assert str(raised.value) == (
        "site.yaml:7: home[2]: there is no topic 'Warfare' (there are: Air, Sea, Seas)"
    )


def test_editors_know_the_sections_from_the_schema() -> None:
    schema: Any = json_schema(Config)

    assert list(schema["$defs"]["HomeSection"]["properties"]) == [
        "featured",
        "latest",
        "topic",
        "collection",
        "taxonomy",
        "count",
        "title",
    ]
