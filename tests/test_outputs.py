"""The small files around the pages, and what a site without an address lacks."""

import pytest
from conftest import BRIEF, CONFIG, MakeSite

from briefsite.errors import BriefsiteError


def test_hosts_find_the_files_that_they_ask_for(make_site: MakeSite) -> None:
    site = make_site(
        {
            "site.yaml": CONFIG + "cname: briefs.example.org\n",
            "content/2026-01-15-air.md": BRIEF,
            "static/fonts/a.woff2": b"\x00\x01",
        }
    )
    site.build()

    output = site.output()
    assert output["CNAME"] == b"briefs.example.org\n"
    assert output["robots.txt"] == (
        b"User-agent: *\nDisallow:\n\nSitemap: https://example.org/repo/sitemap.xml\n"
    )
    assert output["fonts/a.woff2"] == b"\x00\x01"
    assert ".nojekyll" in output


def test_a_file_of_the_sites_own_takes_the_place_of_the_themes(make_site: MakeSite) -> None:
    own = {"static/assets/site.css": "b{}", "static/robots.txt": "x", "static/404.txt": "y"}
    site = make_site({"content/2026-01-15-air.md": BRIEF} | own)
    site.build()

    output = site.output()
    assert (output["assets/site.css"], output["robots.txt"]) == (b"b{}", b"x")


def test_a_site_without_an_address_has_no_feed_and_says_so(make_site: MakeSite) -> None:
    site = make_site({"site.yaml": "title: T\n", "content/2026-01-15-air.md": BRIEF})

    report = site.build()

    assert report.notices == ("site.yaml names no 'url', so there is no feed and no sitemap",)
    assert {"feed.xml", "sitemap.xml"} & set(site.output()) == set()
    assert "canonical" not in site.page("briefs/2026/air/index.html")


def test_a_feed_of_excerpts_holds_no_article(make_site: MakeSite) -> None:
    site = make_site(
        {"site.yaml": CONFIG + "feed: {content: excerpt}\n", "content/2026-01-15-air.md": BRIEF}
    )
    site.build()

    feed = site.page("feed.xml")
    assert "Standfirst." in feed
    assert "<content:encoded>" not in feed
    assert "Body." not in feed


def test_two_briefs_at_one_address_are_told_once_whatever_else_they_have(
    make_site: MakeSite,
) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF, "content/2026-01-16-air.md": BRIEF})

    with pytest.raises(BriefsiteError) as caught:
        site.build()

    assert str(caught.value) == (
        "content/2026-01-16-air.md: briefs/2026/air/index.html is also made from "
        "content/2026-01-15-air.md (give one of them another 'permalink:' or 'slug:')"
    )


@pytest.mark.parametrize("taken", ["page/2/", "a/"])
def test_a_redirect_takes_the_place_of_no_other_file(make_site: MakeSite, taken: str) -> None:
    site = make_site(
        {
            "site.yaml": CONFIG + "paginate: 1\n",
            "content/2026-01-15-air.md": BRIEF.replace(
                "title:", f"redirect_from: /{taken}\ntitle:"
            ),
            "content/2026-01-16-sea.md": BRIEF,
            "static/a/index.html": "<p>a",
        }
    )

    with pytest.raises(BriefsiteError, match=f"{taken}index.html is also made from"):
        site.build()
