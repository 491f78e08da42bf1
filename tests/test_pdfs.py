"""The PDF of a brief: published in its page's folder, and named by everything that asks for it."""

import json
from pathlib import Path

import feedparser
import pytest
import rispy
from conftest import BRIEF, CONFIG, MakeSite, SiteFolder
from lxml import html
from test_metadata import graph_of, head_of

from briefsite.errors import BriefsiteError

PDF = b"%PDF-1.4\n" + bytes(2991)
PAGE = "briefs/2026/air/"
URL = f"https://example.org/repo/{PAGE}"


def built(make_site: MakeSite, pdf: str, files: dict[str, bytes], **more: str) -> SiteFolder:
    """Return a built site whose brief names `pdf`."""
    text = BRIEF.replace("author:", f"pdf: {pdf}\nauthor:")
    name = more.get("name", "content/briefs/2026-01-15-air.md")
    site = make_site({"site.yaml": CONFIG + more.get("config", ""), name: text, **files})
    site.build()
    return site


def names(site: SiteFolder) -> dict[str, str]:
    """Return the names and contents of the page's tags."""
    return dict(head_of(site.page(f"{PAGE}index.html"))[0])


def test_a_pdf_beside_a_brief_is_in_its_pages_folder_and_everybody_is_told(
    make_site: MakeSite,
) -> None:
    site = built(make_site, "air paper.pdf", {"content/briefs/air paper.pdf": PDF})
    output, url = site.output(), f"{URL}air%20paper.pdf"
    page = html.document_fromstring(site.page(f"{PAGE}index.html"))

    assert [path for path in output if path.endswith(".pdf")] == [f"{PAGE}air paper.pdf"]
    assert names(site)["citation_pdf_url"] == url
    links = head_of(site.page(f"{PAGE}index.html"))[2]
    way = "../../../briefs/2026/air/air%20paper.pdf"
    assert [link for link in links if link.get("type") == "application/pdf"] == [
        {"rel": "alternate", "type": "application/pdf", "title": "PDF", "href": way},
        {"rel": "item", "type": "application/pdf", "href": way},
    ]
    [shown] = page.xpath("//p[@class='download']")
    assert (shown.text_content(), shown.find("a").get("href")) == ("PDF (3.0 kB)", way)
    assert graph_of(site.page(f"{PAGE}index.html"))[0]["encoding"] == {
        "@type": "MediaObject",
        "encodingFormat": "application/pdf",
        "contentUrl": url,
        "contentSize": "3000 B",
    }
    assert rispy.loads(output[f"{PAGE}air.ris"].decode())[0]["file_attachments1"] == url


def test_feeds_enclose_the_pdf(make_site: MakeSite) -> None:
    site = built(make_site, "air.pdf", {"content/briefs/air.pdf": PDF})
    output, url = site.output(), f"{URL}air.pdf"

    for path in ("feed.xml", "feed.atom"):
        [entry] = feedparser.parse(output[path]).entries
        assert [(e.href, e.type, e.length) for e in entry.enclosures] == [
            (url, "application/pdf", "3000")
        ]
    [item] = json.loads(output["feed.json"])["items"]
    assert item["attachments"] == [
        {"url": url, "mime_type": "application/pdf", "size_in_bytes": 3000}
    ]


@pytest.mark.parametrize(
    ("pdf", "file", "url", "told"),
    [
        ("/papers/air.pdf", "static/papers/air.pdf", "/papers/air.pdf", False),
        (f"/{PAGE}air.pdf", f"static/{PAGE}air.pdf", f"/{PAGE}air.pdf", True),
        ("../files/air.pdf", "content/files/air.pdf", f"/{PAGE}air.pdf", True),
        ("https://example.net/air.pdf", "", "https://example.net/air.pdf", False),
    ],
)
def test_google_scholar_is_told_of_a_pdf_in_the_pages_folder_alone(
    make_site: MakeSite, pdf: str, file: str, url: str, told: bool
) -> None:
    site = built(make_site, pdf, {file: PDF} if file else {})
    page = html.document_fromstring(site.page(f"{PAGE}index.html"))
    [way] = page.xpath("//p[@class='download']/a/@href")

    assert way in (url, f"../../..{url}")
    assert names(site).get("citation_pdf_url", "") == (f"{URL}air.pdf" if told else "")


def test_a_pdf_of_a_folder_of_its_own_or_of_a_page_at_a_file_is_beside_the_page(
    make_site: MakeSite,
) -> None:
    own = {"content/briefs/2026-01-15-air/files/a.pdf": PDF}
    name = "content/briefs/2026-01-15-air/index.md"
    bundle = built(make_site, "files/a.pdf", own, name=name).output()
    config = "permalink: /:year/:title.html\n"
    flat = built(make_site, "a.pdf", {"content/briefs/a.pdf": PDF}, config=config).output()

    assert [path for path in bundle if path.endswith(".pdf")] == [f"{PAGE}a.pdf"]
    assert [path for path in flat if path.endswith(".pdf")] == ["2026/a.pdf"]
    assert b'"https://example.org/repo/2026/a.pdf"' in flat["2026/air.html"]


def test_the_files_of_a_jekyll_site_stay_where_they_are(make_site: MakeSite) -> None:
    config = f"{CONFIG}dialect: jekyll\ncontent: .\nstatic: _static\ntemplates: _templates\n"
    text = BRIEF.replace("author:", "pdf: /papers/air.pdf\nauthor:")
    other = BRIEF.replace("author:", "pdf: yes\nauthor:")
    lost = BRIEF.replace("author:", "pdf: /papers/lost.pdf\nauthor:")
    site = make_site(
        {
            "site.yaml": config,
            "_posts/2026-01-15-air.md": text,
            "_posts/2026-01-16-sea.md": other,
            "_posts/2026-01-17-sky.md": lost,
            "papers/air.pdf": PDF,
        }
    )
    report = site.build()

    assert "papers/air.pdf" in site.output()
    said = [p for p in report.problems if "pdf" in p.message]
    assert [(p.where, p.line, p.warning) for p in said] == [
        ("_posts/2026-01-16-sea.md", 3, True),
        ("_posts/2026-01-17-sky.md", 3, True),
    ]


def test_the_pdf_of_a_withheld_brief_waits_with_it(make_site: MakeSite) -> None:
    text = BRIEF.replace("author:", "draft: true\npdf: air.pdf\nauthor:")
    site = make_site({"content/briefs/2026-01-15-air.md": text, "content/briefs/air.pdf": PDF})
    report = site.build()

    assert [path for path in site.output() if path.endswith(".pdf")] == []
    assert "content/briefs/air.pdf" in {item.source for item in report.left_out}


@pytest.mark.parametrize(
    ("pdf", "problem"),
    [
        ("aix.pdf", "there is no file 'aix.pdf' (put it beside this file and write its name)"),
        ("/air.pdf", "there is no file '/air.pdf' (put it beside this file and write its name)"),
    ],
)
def test_a_pdf_that_is_not_there_is_an_error(make_site: MakeSite, pdf: str, problem: str) -> None:
    with pytest.raises(BriefsiteError) as caught:
        built(make_site, pdf, {"content/briefs/air.pdf": PDF})

    assert str(caught.value) == f"content/briefs/2026-01-15-air.md:3: pdf: {problem}"


@pytest.mark.parametrize("pdf", ["air.docx", "'javascript:a.pdf'", "air"])
def test_what_is_no_pdf_is_an_error(make_site: MakeSite, pdf: str) -> None:
    with pytest.raises(BriefsiteError) as caught:
        built(make_site, pdf, {"content/briefs/air.docx": PDF})

    what = f"pdf '{pdf.strip(chr(39))}' is no PDF (write the name of a file that ends in .pdf)"
    assert str(caught.value) == f"content/briefs/2026-01-15-air.md:3: {what}"


def test_another_pdf_remakes_the_page_and_the_feeds(make_site: MakeSite, tmp_path: Path) -> None:
    site = built(make_site, "air.pdf", {"content/briefs/air.pdf": PDF})
    site.write({"content/briefs/air.pdf": PDF + b"more"})

    made = set(site.build().made)
    assert {f"{PAGE}air.pdf", f"{PAGE}index.html", "feed.xml", "feed.atom", "feed.json"} == made
