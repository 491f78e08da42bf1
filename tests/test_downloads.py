"""Files for reference managers, how to cite on the page, and the front matter behind them."""

import json
from pathlib import Path
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors, SplitNameParts
from conftest import BRIEF, CONFIG, MakeSite, SiteFolder, project_of
from lxml import html
from test_corpus import CONFIG as ARCHIVE

from briefsite.builder import Job, build, plan_of
from briefsite.model import Imprint

FEEDS = ["feed.atom", "feed.json", "feed.xml"]
FRONT = """\
description: What it costs
kind: report
series: Air Papers
number: 7
doi: https://doi.org/10.1234/AIR.7
isbn: 978-3-16-148410-0
issn: 2049-3630
tags: [air]
"""
REPORT = BRIEF.replace("author:", FRONT + "author:")
WHERE = CONFIG + "lang: en-GB\npublisher: {name: Air Institute, place: Oslo}\n"


def test_each_brief_has_files_that_say_what_the_page_says(make_site: MakeSite) -> None:
    site = make_site({"site.yaml": WHERE, "content/2026-01-15-air.md": REPORT})
    site.build()

    [item] = json.loads(site.page("briefs/2026/air/air.csl.json"))
    [record] = rispy.loads(site.page("briefs/2026/air/air.ris"))
    [entry] = parse_string(site.page("briefs/2026/air/air.bib")).entries
    assert item == {
        "id": "lee2026clean",
        "type": "report",
        "title": "Clean air: What it costs",
        "author": [{"family": "Lee", "given": "Ann"}],
        "issued": {"date-parts": [[2026, 1, 15]]},
        "genre": "Report",
        "number": "7",
        "collection-title": "Air Papers",
        "publisher": "Air Institute",
        "publisher-place": "Oslo",
        "language": "en-GB",
        "abstract": "Standfirst.",
        "keyword": "air",
        "URL": "https://example.org/repo/briefs/2026/air/",
        "DOI": "10.1234/air.7",
        "ISBN": "978-3-16-148410-0",
        "ISSN": "2049-3630",
    }
    assert (record["title"], record["abstract"]) == (item["title"], "Standfirst.")
    assert (entry.key, entry["doi"]) == ("lee2026clean", "10.1234/air.7")


def test_the_page_shows_four_styles_and_leads_to_the_files(make_site: MakeSite) -> None:
    site = make_site({"site.yaml": WHERE, "content/2026-01-15-air.md": REPORT})
    site.build()

    page = html.document_fromstring(site.page("briefs/2026/air/index.html"))
    [box] = page.xpath("//section[@class='end cite']")
    assert box.xpath(".//dt/text()") == ["Chicago", "APA", "MLA", "Harvard"]
    assert box.xpath("string(details/dl/dd[1])") == (
        "Lee, A. (2026). Clean air: What it costs (Report 7). Air Institute. "
        "https://doi.org/10.1234/air.7"
    )
    assert box.xpath("details/dl/dd[1]/i/text()") == ["Clean air: What it costs"]
    names = ["air.bib", "air.ris", "air.csl.json"]
    assert box.xpath("p/a/@href") == [f"../../../briefs/2026/air/{name}" for name in names]
    kinds = [
        "application/x-bibtex",
        "application/x-research-info-systems",
        "application/vnd.citationstyles.csl+json",
    ]
    assert box.xpath("p/a/@type") == kinds
    assert page.xpath("//link[@rel='alternate']/@type")[:3] == kinds


def test_a_brief_without_a_folder_of_its_own_has_its_files_beside_it(make_site: MakeSite) -> None:
    site = make_site({"site.yaml": CONFIG + "permalink: date\n", "content/2026-01-15-中.md": BRIEF})
    site.build()

    assert {"2026/01/15/中.bib", "2026/01/15/中.ris", "2026/01/15/中.csl.json"} <= set(
        site.output()
    )
    page = html.document_fromstring(site.page("2026/01/15/中.html"))
    assert page.xpath("//*[@class='end cite']//a/@href")[0] == "../../../2026/01/15/%E4%B8%AD.bib"


def test_two_files_hold_every_listed_brief_newest_first(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/2026-01-15-air.md": BRIEF,
            "content/2026-02-15-sea.md": BRIEF.replace("Clean air", "Salty sea").replace(
                "2026-01-15", "2026-02-15"
            ),
            "content/2026-03-15-hid.md": BRIEF.replace("author", "unlisted: true\nauthor"),
            "content/about.md": "About.\n",
        }
    )
    site.build()

    keys = ["lee2026salty", "lee2026clean"]
    assert [entry.key for entry in parse_string(site.page("citations.bib")).entries] == keys
    assert [item["id"] for item in json.loads(site.page("citations.json"))] == keys
    assert "briefs/2026/hid/hid.bib" in site.output()
    assert not any(path.startswith("about/about") for path in site.output())


def test_citations_can_be_turned_off(make_site: MakeSite) -> None:
    config = CONFIG + "feed: {limit: 0}\noutputs: {citations: false, index_json: false}\n"
    site = make_site({"site.yaml": config, "content/2026-01-15-air.md": BRIEF})
    site.build()

    assert [path for path in site.output() if path.endswith((".bib", ".ris", ".json"))] == []
    assert 'class="end cite"' not in site.page("briefs/2026/air/index.html")


def test_a_file_of_the_sites_own_is_left_in_its_place(make_site: MakeSite) -> None:
    own = {
        "content/2026-01-15-air/index.md": BRIEF,
        "content/2026-01-15-air/air.bib": "mine",
        "static/citations.json": "[]",
    }
    site = make_site(own)
    site.build()

    assert site.page("briefs/2026/air/air.bib") == "mine"
    assert site.page("citations.json") == "[]"


def test_an_edit_of_a_body_leaves_citations_and_indexes_alone(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF, "content/2026-01-16-sea.md": REPORT})
    site.build()
    site.write({"content/2026-01-15-air.md": BRIEF.replace("Body.", "Changed.")})
    body = site.build().made
    site.write({"content/2026-01-16-sea.md": REPORT.replace("number: 7", "number: 8")})
    number = site.build().made

    assert sorted(body) == [
        "briefs/2026/air/index.html",
        "briefs/2026/air/index.md",
        *FEEDS,
    ]
    assert sorted(number) == [
        "briefs/2026/sea/index.html",
        "briefs/2026/sea/index.md",
        "briefs/2026/sea/sea.bib",
        "briefs/2026/sea/sea.csl.json",
        "briefs/2026/sea/sea.ris",
        "citations.bib",
        "citations.json",
        *FEEDS,
    ]


def test_front_matter_says_what_a_publication_is(make_site: MakeSite) -> None:
    more = FRONT + "sentence_title: Clean air\n"
    site = make_site({"content/2026-01-15-a.md": BRIEF.replace("author:", more + "author:")})

    [brief] = plan_of(project_of(site.root)).site.documents
    assert brief.imprint == Imprint(
        kind="report",
        series="Air Papers",
        number="7",
        doi="10.1234/air.7",
        isbn="978-3-16-148410-0",
        issn="2049-3630",
        sentence_title="Clean air",
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "doi: 11.1/x",
            "doi '11.1/x': a DOI looks like 10.1234/abc or https://doi.org/10.1234/abc",
        ),
        (
            "isbn: 978-3-16-148410-1",
            "isbn '978-3-16-148410-1': its check digit is wrong: a digit was mistyped",
        ),
        ("issn: 1", "issn '1': an ISSN looks like 2049-3630"),
        (
            "kind: memo",
            "kind is 'memo', not one of brief, report, working-paper, testimony, commentary, "
            "column",
        ),
    ],
)
def test_a_wrong_identifier_is_an_error_with_its_line(
    make_site: MakeSite, line: str, problem: str
) -> None:
    site = make_site({"content/2026-01-15-a.md": BRIEF.replace("author:", f"{line}\nauthor:")})

    found = plan_of(project_of(site.root)).problems
    assert [str(item) for item in found] == [f"content/2026-01-15-a.md:3: {problem}"]


def _names(entry: Any) -> list[str]:
    """Return the family names of a BibTeX entry, or whole names."""
    return [" ".join(name.last).strip("{}") for name in entry["author"]]


def test_every_file_of_a_real_archive_agrees_with_its_page(corpus: Path, tmp_path: Path) -> None:
    site = SiteFolder(tmp_path).write({"site.yaml": ARCHIVE})
    (tmp_path / "_collections").symlink_to(corpus / "_collections")
    project = project_of(tmp_path)
    build(project, Job())

    site_ = plan_of(project).site
    assert len({citation.key for citation in site_.citations.values()}) == len(site_.citations)
    middle = [SeparateCoAuthors(), SplitNameParts(), LatexDecodingMiddleware()]
    for brief in site_.documents:
        stem = brief.output.removesuffix(".html")
        page = html.document_fromstring(site.page(brief.output))
        authors = [person for person in brief.people if person.role == "author"]
        title = f"{brief.title}: {brief.subtitle}" if brief.subtitle else brief.title
        title = title.replace("?: ", "? ").replace("!: ", "! ")
        [record] = rispy.loads((tmp_path / f"_site/{stem}.ris").read_text(encoding="utf-8"))
        library = parse_string(site.page(f"{stem}.bib"), append_middleware=middle)
        [item] = json.loads(site.page(f"{stem}.csl.json"))
        assert library.failed_blocks == [], stem
        assert record["title"] == item["title"] == title
        assert library.entries[0]["title"].replace(" ", "") == title.replace(" ", "")
        assert page.xpath("string(//h1)") == brief.title
        assert page.xpath("//meta[@name='author']/@content") == [p.name for p in authors]
        families = [person.family or person.name for person in authors]
        assert [n.get("family") or n["literal"] for n in item["author"]] == families
        assert [name.partition(",")[0].split(" ")[-1] for name in record["authors"]] == [
            family.split(" ")[-1] for family in families
        ]
        unnamed = ["others"] if site_.citations[brief.source].others else []
        assert not unnamed or brief.authors[0].endswith("et al."), stem
        assert [name.split(" ")[-1] for name in _names(library.entries[0])] == [
            *(family.split(" ")[-1] for family in families),
            *unnamed,
        ]
