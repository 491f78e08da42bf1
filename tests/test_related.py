"""Which briefs are named as related: what they share, rare signs first, never what is withheld."""

from conftest import BRIEF, CONFIG, MakeSite, SiteFolder
from lxml import html


def brief(day: int, title: str, *lines: str, author: str = "") -> str:
    """Return a brief of January 2026; without an author unless one is named."""
    head = f"---\ntitle: {title}\ndate: 2026-01-{day:02}\n"
    head += f"author: {author}\n" if author else ""
    return head + "".join(f"{line}\n" for line in lines) + "---\nText.\n"


def related(site: SiteFolder, name: str) -> list[str]:
    """Return the titles of the related briefs on one page."""
    page = html.document_fromstring(site.page(f"briefs/2026/{name}/index.html"))
    return page.xpath("//nav[@class='end related']//a/text()")  # type: ignore[no-any-return]


def build(make_site: MakeSite, *texts: str, config: str = "") -> SiteFolder:
    """Build a site of briefs that are called a, b, c ..."""
    names = (f"content/2026-01-01-{letter}.md" for letter in "abcdefghijklmnopqrstuvwxyz")
    files = dict(zip(names, texts, strict=False))
    site = make_site({"site.yaml": CONFIG + config} | files)
    site.build()
    return site


def test_what_shares_more_and_rarer_signs_comes_first(make_site: MakeSite) -> None:
    site = build(
        make_site,
        brief(1, "A", "topics: [Sea, Ports]", "series: S", author="Ann Lee"),
        brief(2, "One series", "series: S"),
        brief(3, "Two topics", "topics: [Sea, Ports]"),
        brief(4, "Common topic", "topics: [Sea]"),
        brief(5, "Same author", author="Ann Lee"),
        brief(6, "Nothing"),
        brief(7, "Common topic too", "topics: [Sea]"),
    )

    assert related(site, "a") == ["Two topics", "One series", "Common topic too", "Common topic"]
    assert related(site, "e") == ["A"]
    assert related(site, "f") == []


def test_words_of_title_and_subtitle_relate_where_they_are_rare(make_site: MakeSite) -> None:
    site = build(
        make_site,
        brief(1, "Harbour emissions"),
        brief(2, "Clean ports", "subtitle: What harbour towns do about emissions"),
        brief(3, "潮汐能源的未來"),
        brief(4, "論能源：潮汐"),
        brief(5, "Why the sea"),
        brief(6, "Why the land"),
    )

    assert related(site, "a") == ["Clean ports"]
    assert related(site, "c") == ["論能源：潮汐"]
    assert related(site, "e") == []


def test_of_many_on_one_subject_the_nearest_in_time_are_named(make_site: MakeSite) -> None:
    site = build(make_site, *(brief(n, f"B{n}", "topics: [Sea]") for n in range(1, 25)))

    assert related(site, "x") == ["B23", "B22", "B21", "B20"]
    assert related(site, "a") == ["B12", "B11", "B10", "B9"]


def test_of_equals_on_one_day_the_path_decides(make_site: MakeSite) -> None:
    site = build(make_site, *(brief(1, f"B{n}", "topics: [Sea]") for n in range(4)))

    assert related(site, "a") == ["B3", "B2", "B1"]


def test_parts_that_the_page_names_are_not_named_again(make_site: MakeSite) -> None:
    parts = (brief(n, f"B{n}", "series: S", f"part: {n}") for n in range(1, 5))
    site = build(make_site, *parts)

    assert related(site, "b") == ["B4"]


def test_nothing_withheld_is_related_and_it_can_be_turned_off(make_site: MakeSite) -> None:
    texts = (
        brief(1, "A", "topics: Sea"),
        brief(2, "B", "topics: Sea", "draft: true"),
        brief(3, "C", "topics: Sea", "unlisted: true"),
        brief(4, "D", "topics: Sea"),
    )

    assert related(build(make_site, *texts), "a") == ["D"]
    assert related(build(make_site, *texts, config="outputs: {related: false}\n"), "a") == []


def test_neither_a_retracted_brief_nor_a_translation_of_the_brief_is_related(
    make_site: MakeSite,
) -> None:
    retraction = "updates: [{date: 2026-02-01, type: retraction, text: Wrong.}]"
    site = build(
        make_site,
        brief(1, "A", "topics: Sea", "series: S", "part: 1"),
        brief(2, "B", "topics: Sea", "series: S", "part: 2", retraction),
        brief(3, "C", "topics: Sea", "lang: es", "translation_of: 2026-01-01-a.md"),
        brief(4, "D", "topics: Sea"),
    )
    page = html.document_fromstring(site.page("briefs/2026/a/index.html"))

    assert related(site, "a") == ["D"]
    assert related(site, "c") == ["D"]
    assert related(site, "d") == ["C", "A"]
    # The series goes on through it, and says what it is.
    assert "RETRACTED: B" in page.xpath("string(//nav[@class='end parts'])")


def test_an_edited_title_remakes_the_pages_that_name_it(make_site: MakeSite) -> None:
    alone = BRIEF.replace("Ann Lee", "Bo Kim")
    site = build(make_site, brief(1, "A", "topics: Sea"), alone, brief(20, "C", "topics: Sea"))
    site.write({"content/2026-01-01-a.md": brief(1, "Z", "topics: Sea")})
    pages = {path for path in site.build().made if path.startswith("briefs/") and "html" in path}

    assert related(site, "c") == ["Z"]
    assert pages == {
        "briefs/2026/a/index.html",
        "briefs/2026/b/index.html",
        "briefs/2026/c/index.html",
    }
