"""Pages without date that a collection puts in order: a handbook, read from page to page."""

import pytest
from conftest import BRIEF, CONFIG, MakeSite, SiteFolder
from lxml import html

ORDER = "collections: {guide: {order: [index.md, write.md, start.md]}}\n"
NAVIGATION = "navigation: [{title: Home, url: /}, {title: Guide, url: /guide/}]\n"
PAGES = {
    f"content/guide/{name}.md": f"---\ntitle: {name.title()}\n---\nText.\n"
    for name in ("index", "start", "write")
}
SITE = {
    "site.yaml": CONFIG + ORDER + NAVIGATION,
    "content/2026-01-15-air.md": BRIEF,
    "content/about.md": "About.\n",
} | PAGES


def ways(site: SiteFolder, url: str) -> list[tuple[str, str, str]]:
    """Return rel, address and words of the links to the pages before and after one."""
    page = html.document_fromstring(site.page(f"{url}index.html"))
    found = page.xpath("//nav[@class='neighbours']/a")
    return [(a.get("rel"), a.get("href"), " ".join(a.text_content().split())) for a in found]


def test_each_page_of_a_handbook_leads_to_the_one_before_and_the_one_after(
    make_site: MakeSite,
) -> None:
    site = make_site(SITE)
    assert site.build().problems == ()

    assert [ways(site, url) for url in ("guide/", "guide/write/", "guide/start/")] == [
        [("next", "../guide/write/", "Next Write")],
        [
            ("prev", "../../guide/", "Previous Index"),
            ("next", "../../guide/start/", "Next Start"),
        ],
        [("prev", "../../guide/write/", "Previous Write")],
    ]
    assert (ways(site, "about/"), ways(site, "briefs/2026/air/")) == ([], [])


def test_what_is_unlisted_or_only_leads_on_is_no_page_of_a_handbook(make_site: MakeSite) -> None:
    site = make_site(
        SITE
        | {
            "content/guide/write.md": "---\ntitle: Write\nunlisted: true\n---\nText.\n",
            "content/guide/old.md": "---\nredirect_to: /guide/\n---\n",
        }
    )
    site.build()

    assert ways(site, "guide/") == [("next", "../guide/start/", "Next Start")]
    assert ways(site, "guide/write/") == []


def test_a_handbook_is_in_no_list_feed_or_citation(make_site: MakeSite) -> None:
    site = make_site(SITE)
    site.build()
    lists = ("index.html", "feed.xml", "feed.json", "citations.bib", "index.json", "llms.txt")

    cut = {name: site.page(name).replace("/guide/", "", 1) for name in lists}
    assert [name for name, text in cut.items() if "guide/" in text] == []
    assert "https://example.org/repo/guide/start/" in site.page("sitemap.xml")


@pytest.mark.parametrize(
    ("url", "current"),
    [
        ("guide/", [("Guide", "page")]),
        ("guide/write/", [("Guide", "true")]),
        ("about/", []),
    ],
)
def test_the_menu_shows_which_part_of_the_site_a_page_is_in(
    make_site: MakeSite, url: str, current: list[tuple[str, str]]
) -> None:
    site = make_site(SITE)
    site.build()

    page = html.document_fromstring(site.page(f"{url}index.html"))
    found = page.xpath("//header//nav//a[@aria-current]")
    assert [(a.text, a.get("aria-current")) for a in found] == current


def test_an_edit_of_one_page_of_a_handbook_leaves_the_others_alone(make_site: MakeSite) -> None:
    site = make_site(SITE)
    site.build()
    site.write({"content/guide/start.md": "---\ntitle: Start\n---\nMore.\n"})

    assert site.build().made == ("guide/start/index.html",)


def test_a_text_above_a_list_that_is_not_there_is_a_page_with_a_warning(
    make_site: MakeSite,
) -> None:
    site = make_site(SITE | {"content/topics/sea.md": "---\nlayout: index\n---\nAbout the sea.\n"})

    [problem] = site.build().problems
    assert (problem.where, problem.warning, problem.message) == (
        "content/topics/sea.md",
        True,
        "there is no list at /topics/sea/ for this text to stand above; page.html is used",
    )
    assert "<p>About the sea.</p>" in site.page("topics/sea/index.html")


def test_a_link_in_a_block_of_code_is_no_link(make_site: MakeSite) -> None:
    text = "```markdown\n[a](gone.md)\n```\n\n~~~\n[b](gone.md)\n~~~\n\n[c](guide/start.md)\n"
    site = make_site(SITE | {"content/about.md": text})

    assert site.build().problems == ()
    assert 'href="../guide/start/"' in site.page("about/index.html")


def test_a_fence_that_is_never_closed_hides_no_link_above_it(make_site: MakeSite) -> None:
    site = make_site(SITE | {"content/about.md": "[a](gone.md)\n\n```\ncode\n"})

    assert [problem.message for problem in site.build().problems] == [
        "the link to gone.md leads nowhere: content/gone.md does not exist"
    ]
