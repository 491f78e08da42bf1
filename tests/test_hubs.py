"""Topics and other terms, authors, series and years: pages, lists with counts, and ways to them."""

from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import feedparser
import pytest
from conftest import BRIEF, CONFIG, MakeSite, SiteFolder, project_of
from lxml import html

from briefsite.builder import Job, plan_of
from briefsite.errors import BriefsiteError


def brief(day: str, title: str, *lines: str, author: str = "Ann Lee") -> str:
    """Return a brief of a day in 2026 with more lines of front matter."""
    head = BRIEF.replace("2026-01-15", f"2026-{day}").replace("Clean air", title)
    return head.replace("Ann Lee", author).replace(
        "---\n", "---\n" + "".join(f"{line}\n" for line in lines), 1
    )


def page_of(site: SiteFolder, path: str) -> html.HtmlElement:
    """Return one page, parsed."""
    return html.document_fromstring(site.page(f"{path}index.html"))


def titles(site: SiteFolder, path: str) -> list[str]:
    """Return the titles in the long list of one page."""
    return [
        text.text_content()
        for text in page_of(site, path).xpath("//ol[@class='rows']/li/h2[@class='title']")
    ]


def terms(site: SiteFolder, path: str) -> list[tuple[str, str, str]]:
    """Return (name, address, count) of the terms in the list of a taxonomy."""
    items = page_of(site, path).xpath("//ul[@class='terms']/li")
    return [
        (item.xpath("string(a)"), item.xpath("string(a/@href)"), item.xpath("string(span)"))
        for item in items
    ]


def problems(site: SiteFolder) -> list[str]:
    """Return what is wrong with the site, warnings too."""
    return [str(problem) for problem in plan_of(project_of(site.root)).problems]


def test_each_topic_has_a_page_with_its_briefs_and_stands_in_the_list(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/2026-01-15-a.md": brief("01-15", "A", "topics: [Clean air, 「海」]"),
            "content/2026-01-16-b.md": brief("01-16", "B", "topics: Clean air, Ports"),
            "content/2026-01-17-c.md": brief("01-17", "C", "regions: Ports"),
        }
    )
    report = site.build()

    assert report.problems == ()
    assert terms(site, "topics/") == [
        ("Clean air", "../topics/clean-air/", "2"),
        ("Ports", "../topics/ports/", "1"),
        ("「海」", "../topics/%E6%B5%B7/", "1"),
    ]
    assert terms(site, "regions/") == [("Ports", "../regions/ports/", "1")]
    assert titles(site, "topics/clean-air/") == ["B", "A"]
    assert titles(site, "topics/海/") == ["A"]
    links = page_of(site, "briefs/2026/a/").xpath("//footer[@class='end topics']//a/@href")
    assert links == ["../../../topics/clean-air/", "../../../topics/%E6%B5%B7/"]
    up = page_of(site, "topics/ports/").xpath("//*[@class='kicker']/a/@href")
    assert up == ["../../topics/"]


def test_the_pages_of_a_term_are_turned_like_those_of_an_index(make_site: MakeSite) -> None:
    files = {
        f"content/2026-01-1{n}-b{n}.md": brief(f"01-1{n}", f"B{n}", "topics: X") for n in "123"
    }
    site = make_site({"site.yaml": CONFIG + "paginate: 2\n"} | files)
    site.build()

    assert titles(site, "topics/x/") == ["B3", "B2"]
    assert titles(site, "topics/x/page/2/") == ["B1"]
    older = page_of(site, "topics/x/").xpath("//a[@class='step older']/@href")
    assert older == ["../../topics/x/page/2/"]


def test_two_terms_with_one_address_are_an_error_that_names_both_files(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/2026-01-15-a.md": brief("01-15", "A", "topics: [C]"),
            "content/2026-01-16-b.md": brief("01-16", "B", "topics: [C++]"),
        }
    )
    with pytest.raises(BriefsiteError) as raised:
        site.build()

    assert [str(problem) for problem in raised.value.problems] == [
        "content/2026-01-16-b.md:2: topics: 'C' and 'C++' have one address, /topics/c/; the other "
        "is in content/2026-01-15-a.md (give one of them another name)"
    ]


def test_a_term_without_a_word_for_its_address_is_an_error(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-a.md": brief("01-15", "A", "topics: ['?']")})

    assert problems(site) == [
        "content/2026-01-15-a.md:2: topics: '?' leaves no word for its address (use words or "
        "digits)"
    ]


def test_spellings_of_one_term_are_one_page_and_a_warning_plurals_a_warning(
    make_site: MakeSite,
) -> None:
    site = make_site(
        {
            "content/2026-01-15-a.md": brief("01-15", "A", "topics: [Clean air, School policy]"),
            "content/2026-01-16-b.md": brief("01-16", "B", "topics: [clean-air, School policies]"),
            "content/2026-01-17-c.md": brief("01-17", "C", "topics: [Clean air]"),
        }
    )
    site.build()

    assert titles(site, "topics/clean-air/") == ["C", "B", "A"]
    assert [name for name, _, _ in terms(site, "topics/")] == [
        "Clean air",
        "School policies",
        "School policy",
    ]
    assert problems(site) == [
        "content/2026-01-16-b.md:2: topics: 'clean-air' is also written 'Clean air' in "
        "content/2026-01-17-c.md (write 'Clean air' everywhere)",
        "content/2026-01-15-a.md:2: topics: 'School policy' is nearly 'School policies' in "
        "content/2026-01-16-b.md (write one of them everywhere)",
    ]


def test_a_term_that_the_site_does_not_know_is_a_warning(make_site: MakeSite) -> None:
    site = make_site(
        {
            "site.yaml": CONFIG + "taxonomies: {topics: {terms: [Clean air, Ports]}}\n",
            "content/2026-01-15-a.md": brief("01-15", "A", "topics: [Clean ari, Tea]"),
            "content/2026-01-16-b.md": brief("01-16", "B", "topics: [Ports]"),
        }
    )

    assert problems(site) == [
        "content/2026-01-15-a.md:2: 'Clean ari' is none of the site's topics (did you mean "
        "'Clean air'?)",
        "content/2026-01-15-a.md:2: 'Tea' is none of the site's topics (the terms are Clean air, "
        "Ports)",
    ]


def test_a_site_has_taxonomies_of_its_own_with_titles_and_addresses(make_site: MakeSite) -> None:
    own = "taxonomies: {readers: {title: For whom, path: /for/:name.html}, tags: {}}\n"
    site = make_site(
        {
            "site.yaml": CONFIG + own,
            "content/2026-01-15-a.md": brief("01-15", "A", "readers: [Mayors]", "tags: [x, y]"),
            "content/2026-01-16-b.md": brief("01-16", "B", "readers:"),
            "content/2026-01-17-c.md": brief("01-17", "C"),
        }
    )
    report = site.build()

    page = page_of(site, "briefs/2026/a/")
    assert report.problems == ()
    assert {"for/index.html", "for/mayors.html", "tags/x/index.html"} < set(site.output())
    assert page.xpath("//footer[@class='end topics']/h2/text()") == ["For whom", "Tags"]
    assert page.xpath("//footer[@class='end topics']//a/@href") == [
        "../../../for/mayors.html",
        "../../../tags/x/",
        "../../../tags/y/",
    ]


def test_the_years_of_a_site_stand_where_it_says(make_site: MakeSite) -> None:
    config = CONFIG + 'archives: {year: "/:year/"}\n'
    site = make_site({"site.yaml": config, "content/2026-01-15-a.md": brief("01-15", "A")})
    site.build()

    assert terms(site, "archive/") == [("2026", "../2026/", "1")]
    assert titles(site, "2026/") == ["A"]


def test_what_taxonomies_cannot_be_is_said(make_site: MakeSite) -> None:
    bad = make_site({"site.yaml": CONFIG + "taxonomies:\n  topics: {path: /t/}\n"})

    with pytest.raises(BriefsiteError) as raised:
        project_of(bad.root)
    assert [str(problem) for problem in raised.value.problems] == [
        "site.yaml:4: taxonomies.topics.path '/t/' does not say where the term stands "
        "(write 'path: /topics/:name/')"
    ]
    site = make_site(
        {
            "site.yaml": CONFIG + "taxonomies: {title: {}, readers: {}}\n",
            "content/2026-01-15-a.md": brief("01-15", "A", "readers: {a: b}"),
        }
    )
    assert problems(site) == [
        "content/2026-01-15-a.md:2: readers is a mapping, not text or a list of text",
        "site.yaml: taxonomies: 'title' means something else in front matter (choose another name)",
    ]


REGISTRY = """\
ann:
  name: Ann B. Lee
  family: Lee
  aliases: [Ann Lee]
  orcid: 0000-0002-1825-0097
  affiliations: [{name: Sea Institute, ror: "https://ror.org/04wxnsj81"}]
  url: https://example.org/ann
  photo: ann.jpg  # many pages show it: it is looked for in static/
  bio: Ann writes about the _sea_.
tides: {name: Ministry of Tides, type: org}
"""


def test_an_author_has_a_page_with_what_the_registry_says(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/_data/authors.yml": REGISTRY,
            "content/2026-01-15-a.md": brief("01-15", "A"),
            "content/2026-01-16-b.md": brief(
                "01-16", "B", author="Dr Bo Kim, Ann Lee and Ministry of Tides"
            ),
            "content/2026-01-17-c.md": brief("01-17", "C", author="B. Kim"),
        }
    )
    report = site.build()

    page = page_of(site, "authors/ann/")
    assert report.problems == ()
    assert terms(site, "authors/") == [
        ("B. Kim", "../authors/b-kim/", "1"),
        ("Bo Kim", "../authors/bo-kim/", "1"),
        ("Ann B. Lee", "../authors/ann/", "2"),
        ("Ministry of Tides", "../authors/tides/", "1"),
    ]
    assert titles(site, "authors/ann/") == ["B", "A"]
    assert page.xpath("//div[@class='person']//@href | //div[@class='person']//@src") == [
        "../../ann.jpg",
        "https://ror.org/04wxnsj81",
        "https://example.org/ann",
        "https://orcid.org/0000-0002-1825-0097",
    ]
    assert page.xpath("string(//div[@class='person']//em)") == "sea"
    assert page.xpath("//meta[@name='description']/@content") == ["Ann writes about the sea."]
    byline = page_of(site, "briefs/2026/b/").xpath("//p[@class='byline']")[0]
    assert byline.text_content() == "By Dr Bo Kim, Ann Lee and Ministry of Tides"
    assert [(link.text, link.get("href")) for link in byline.xpath(".//a")] == [
        ("Bo Kim", "../../../authors/bo-kim/"),
        ("Ann Lee", "../../../authors/ann/"),
        ("Ministry of Tides", "../../../authors/tides/"),
    ]


def test_a_byline_that_is_no_list_leads_to_those_whom_it_names(make_site: MakeSite) -> None:
    text = brief("01-15", "A", author="Ann Lee, Cy Orr, et al.") + "\n---\n\n__Bo Kim__ is one.\n"
    site = make_site({"content/2026-01-15-a.md": text})
    site.build()

    page = page_of(site, "briefs/2026/a/")
    assert page.xpath("string(//p[@class='byline'])") == "By Ann Lee, Cy Orr, et al."
    assert page.xpath("//p[@class='byline']//a/text()") == ["Ann Lee", "Cy Orr"]
    assert titles(site, "authors/bo-kim/") == ["A"]


def test_two_people_of_one_name_with_different_orcids_are_told_apart_by_the_site(
    make_site: MakeSite,
) -> None:
    said = "authors: [{{name: Ann Lee, orcid: {}}}]"
    site = make_site(
        {
            "content/2026-01-15-a.md": brief("01-15", "A", said.format("0000-0002-1825-0097")),
            "content/2026-01-16-b.md": brief("01-16", "B", said.format("0000-0001-5109-3700")),
        }
    )

    assert problems(site) == [
        "content/2026-01-15-a.md:2: two authors named 'Ann Lee' have different ORCID iDs (give "
        "each a key of their own in _data/authors.yml)"
    ]


def test_a_series_is_read_in_the_order_of_its_parts(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/2026-01-15-a.md": brief("01-15", "A", "series: The sea", "part: 3"),
            "content/2026-01-16-b.md": brief("01-16", "B", "series: The sea", "part: 1"),
            "content/2026-01-17-c.md": brief("01-17", "C", "series: The sea", "part: 2"),
            "content/2026-01-18-d.md": brief("01-18", "D", "series: The sea"),
            "content/2026-01-19-e.md": brief("01-19", "E", "series: The sea", "part: 5"),
        }
    )
    site.build()

    assert titles(site, "series/the-sea/") == ["B", "C", "A", "E", "D"]
    [parts] = page_of(site, "briefs/2026/c/").xpath("//nav[@class='end parts']")
    assert [" ".join(item.text_content().split()) for item in parts.xpath("h2 | p | ul/li")] == [
        "Series",
        "The sea · Part 2 of 5",
        "Previous part B",
        "Next part A",
    ]
    assert parts.xpath(".//a/@href") == [
        "../../../series/the-sea/",
        "../../../briefs/2026/b/",
        "../../../briefs/2026/a/",
    ]
    [loose] = page_of(site, "briefs/2026/d/").xpath("//nav[@class='end parts']")
    assert loose.text_content().split() == ["Series", "The", "sea"]


def test_a_part_that_is_there_twice_is_an_error_that_names_both_files(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/2026-01-15-a.md": brief("01-15", "A", "series: The sea", "part: 1"),
            "content/2026-01-16-b.md": brief("01-16", "B", "series: The sea", "part: 1"),
        }
    )

    assert problems(site) == [
        "content/2026-01-15-a.md:3: part 1 of the series 'The sea' is also in "
        "content/2026-01-16-b.md (give it another 'part:')"
    ]


def test_few_links_lead_from_the_front_page_to_every_page(make_site: MakeSite) -> None:
    """publishing.md 1.1: by plain links, at most ten."""
    files = {
        f"content/{year}-03-{day:02}-b{day}.md": brief("", f"{year} {day}", f"topics: T{day % 5}")
        .replace("2026- ", f"{year}-03-{day:02} ")
        .replace("Ann Lee", f"Ann Lee{day % 4}")
        for year in range(2019, 2026)
        for day in range(1, 28)
    }
    site = make_site({"site.yaml": CONFIG + "paginate: 1\n"} | files)
    site.build()

    depths, waiting = {"": 0}, [""]
    while waiting:
        here = waiting.pop(0)
        page = html.document_fromstring(site.page(f"{here}index.html"))
        for target in page.xpath("//a/@href"):
            path = unquote(urlsplit(urljoin(f"http://x/{here}", target)).path).lstrip("/")
            if (path.endswith("/") or not path) and path not in depths:
                depths[path] = depths[here] + 1
                waiting.append(path)

    pages = {
        path.removesuffix("index.html") for path in site.output() if path.endswith("index.html")
    }
    assert pages - depths.keys() == set()
    assert max(depth for path, depth in depths.items() if path.startswith("briefs/")) <= 3
    assert [name for name, _, _ in terms(site, "archive/")] == [str(2025 - n) for n in range(7)]


HUBS = ("topics/", "regions/", "tags/", "authors/", "series/", "archive/")
EVERYTHING = brief("01-15", "A", "topics: T", "regions: R", "tags: [x]", "series: S")
OFF = {
    "taxonomies": {"topics/", "regions/"},
    "authors": {"authors/"},
    "series": {"series/"},
    "archive": {"archive/"},
}


def hubs_of(site: SiteFolder) -> set[str]:
    """Return the folders of hubs that a build makes, and asserts that nothing names others."""
    site.build()
    found = {path.split("/")[0] + "/" for path in site.output()} & set(HUBS)
    text = "".join(data.decode() for path, data in site.output().items() if path.endswith("l"))
    assert {hub for hub in HUBS if f"/{hub}" in text.replace("example.org/repo/", "")} == found
    return found


@pytest.mark.parametrize("name", OFF)
def test_each_kind_of_hub_can_be_turned_off_and_no_link_to_it_is_left(
    make_site: MakeSite, name: str
) -> None:
    config = CONFIG + f"outputs: {{{name}: false}}\n"
    site = make_site({"site.yaml": config, "content/2026-01-15-a.md": EVERYTHING})

    assert hubs_of(site) == {"topics/", "regions/", "authors/", "series/", "archive/"} - OFF[name]


def test_an_archive_in_jekylls_dialect_has_only_the_hubs_that_it_asks_for(
    make_site: MakeSite,
) -> None:
    config = CONFIG + "dialect: jekyll\nfront_matter: [topics]\n"
    files = {"content/_posts/2026-01-15-a.md": EVERYTHING, "site.yaml": config}
    asked = config + "taxonomies: {tags: {}}\noutputs: {authors: true}\n"

    assert hubs_of(make_site(files)) == set()
    assert hubs_of(make_site(files | {"site.yaml": asked})) == {"tags/", "authors/"}


def test_a_page_of_the_authors_own_wins_over_a_hub_or_stands_above_it(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/2026-01-15-a.md": EVERYTHING.replace(
                "series:", "redirect_from: /archive/\nx:"
            ),
            "content/authors/ann-lee.md": "Mine.\n",
            "content/topics/t.md": "---\ntitle: T\nlayout: index\n---\nAbout _T_.\n",
            "static/regions/r/index.html": "file",
        }
    )
    assert [str(p) for p in site.build().problems if "'x'" not in str(p)] == []

    assert page_of(site, "authors/ann-lee/").xpath("string(//*[@class='prose'])").strip() == "Mine."
    above = page_of(site, "topics/t/")
    assert above.xpath("string(//*[@class='prose']//em)") == "T"
    assert titles(site, "topics/t/") == ["A"]
    assert site.page("regions/r/index.html") == "file"
    assert page_of(site, "archive/").xpath("//link[@rel='canonical']/@href") == [
        "https://example.org/repo/briefs/2026/a/"
    ]


def test_a_collection_that_is_called_topics_keeps_its_index(make_site: MakeSite) -> None:
    site = make_site(
        {
            "site.yaml": CONFIG + "collections: {topics: {}, b: {}}\n",
            "content/topics/2026-01-15-a.md": brief("01-15", "A", "topics: T"),
            "content/b/2026-01-15-b.md": brief("01-15", "B"),
        }
    )
    site.build()

    assert page_of(site, "topics/").xpath("//ol[@class='cards']//h2/a/text()") == ["A"]
    assert titles(site, "topics/t/") == ["A"]


def test_a_term_has_a_feed_where_that_is_wanted(make_site: MakeSite) -> None:
    site = make_site(
        {
            "site.yaml": CONFIG + "taxonomies: {topics: {feed: true}}\n",
            "content/2026-01-15-a.md": brief("01-15", "A", "topics: [Clean air]", "tags: [x]"),
            "content/2026-01-16-b.md": brief("01-16", "B"),
        }
    )
    site.build()

    feed = feedparser.parse(site.output()["topics/clean-air/feed.xml"])
    assert feed.bozo is False
    assert feed.feed.title == "Test | Clean air"
    assert [(e.title, [tag.term for tag in e.tags]) for e in feed.entries] == [
        ("A", ["Clean air", "x"])
    ]
    links = page_of(site, "topics/clean-air/").xpath("//link[@rel='alternate']/@href")
    formats = ("xml", "atom", "json")
    assert links == [
        *(f"../../feed.{form}" for form in formats),
        *(f"../../topics/clean-air/feed.{form}" for form in formats),
    ]


def test_lists_hold_citations_that_reference_managers_read(make_site: MakeSite) -> None:
    """publishing.md 1.3: COinS in lists, never on a brief's own page."""
    author = "Ann van der Lee & Ministry of Tides"
    site = make_site(
        {
            "site.yaml": CONFIG + "publisher: {name: 'Q & A'}\n",
            "content/2026-01-15-a.md": brief("01-15", "'Air: 100 % + «x»'", author=author),
            "content/2026-01-16-b.md": brief("01-16", "B", "kind: column"),
        }
    )
    site.build()

    column, report = page_of(site, "archive/2026/").xpath("//span[@class='Z3988']/@title")
    assert parse_qs(report, strict_parsing=True) == {
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:book"],
        "rft.genre": ["report"],
        "rft.btitle": ["Air: 100 % + «x»"],
        "rft.publisher": ["Q & A"],
        "rft.aulast": ["van der Lee"],
        "rft.aufirst": ["Ann"],
        "rft.au": ["van der Lee, Ann"],
        "rft.aucorp": ["Ministry of Tides"],
        "rft.date": ["2026-01-15"],
        "rft.language": ["en"],
        "rft_id": ["https://example.org/repo/briefs/2026/a/"],
    }
    assert parse_qs(column, strict_parsing=True) == {
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:dc"],
        "rft.type": ["webpage"],
        "rft.title": ["B"],
        "rft.source": ["Q & A"],
        "rft.creator": ["Lee, Ann"],
        "rft.date": ["2026-01-16"],
        "rft.language": ["en"],
        "rft_id": ["https://example.org/repo/briefs/2026/b/"],
    }
    assert "Z3988" not in site.page("briefs/2026/a/index.html")


def test_an_edited_title_remakes_only_the_pages_that_show_it(make_site: MakeSite) -> None:
    files = {
        f"content/2026-01-{n + 10}-b{n}.md": brief(
            f"01-{n + 10}", f"B{n}", f"topics: T{n // 2}", author=f"Ann Lee{n // 2}"
        )
        for n in range(10)
    }
    site = make_site({"site.yaml": CONFIG + "paginate: 1\n"} | files)
    site.build()
    site.write({"content/2026-01-10-b0.md": files["content/2026-01-10-b0.md"].replace("B0", "C0")})

    made = {path for path in site.build().made if not path.endswith((".bib", ".json", ".ris"))}
    assert made == {
        "archive/2026/index.html",
        "authors/ann-lee0/page/2/index.html",
        "briefs/2026/b0/index.html",
        "briefs/2026/b0/index.md",
        "briefs/2026/b1/index.html",
        "feed.atom",
        "feed.xml",
        "llms.txt",
        "page/10/index.html",
        "topics/t0/feed.atom",
        "topics/t0/feed.xml",
        "topics/t0/page/2/index.html",
    }


def test_why_a_list_was_remade_is_said(make_site: MakeSite) -> None:
    text = brief("01-15", "A", "subtitle: One")
    site = make_site({"content/2026-01-15-a.md": text})
    site.build()
    site.write({"content/2026-01-15-a.md": text.replace("One", "Two")})

    report = site.build(Job(jobs=1, why="authors/ann-lee/index.html"))
    assert report.why == ("made: content/2026-01-15-a.md: subtitle changed",)


def test_hubs_speak_the_language_of_the_site(make_site: MakeSite) -> None:
    site = make_site(
        {"site.yaml": CONFIG + "lang: zh-Hant-HK\n", "content/2026-01-15-a.md": EVERYTHING}
    )
    site.build()

    names = ["topics/", "regions/", "series/", "authors/", "archive/"]
    assert [page_of(site, name).xpath("string(//h1)") for name in names] == [
        "主題",
        "地區",
        "系列",
        "作者",
        "年份",
    ]
