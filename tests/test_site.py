"""This repository's own site: links, feeds, validity; and the same site under three paths."""

import gzip
import json
import os
import shutil
import subprocess
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
import html5lib
import pytest
from conftest import BRIEF, LATER, ROOT, MakeSite, project_of, tree
from lxml import etree, html

from briefsite.builder import Job, build

BASES = ["/", "/repo/", "/a/b/"]
PROGRAMS = "//script[not(@type='application/ld+json')]"
"""Scripts that a browser runs; JSON-LD is none."""


def links_of(data: bytes) -> set[str]:
    """Return every address that a page or a stylesheet's page refers to."""
    page = html.document_fromstring(data)
    values = page.xpath("//@href | //@src | //@poster | //meta[@property='og:image']/@content")
    return {str(value) for value in values}


def crawl(site: dict[str, bytes], base: str, host: str) -> list[str]:
    """Return what is missing when `site` is served at `base`: every link of every page."""
    missing = []
    for path, data in site.items():
        if not path.endswith(".html"):
            continue
        address = f"http://{host}{base}" + path.removesuffix("index.html")
        for link in links_of(data):
            found = urlsplit(urljoin(address, link))
            if found.netloc != host or found.scheme not in ("http", "https"):
                continue
            inside = unquote(found.path)
            target = inside.removeprefix(base) if inside.startswith(base) else None
            if target == "" or (target and target.endswith("/")):
                target += "index.html"
            if target not in site:
                missing.append(f"{path}: {link}")
            elif found.fragment and target.endswith(".html"):
                ids = html.document_fromstring(site[target]).xpath("//@id")
                if unquote(found.fragment) not in ids:
                    missing.append(f"{path}: {link}")
    return missing


@pytest.mark.parametrize("base", BASES)
def test_every_link_leads_somewhere_under_any_base_path(tmp_path: Path, base: str) -> None:
    output = tmp_path / "_site"
    address = f"http://h{base.rstrip('/')}"
    build(project_of(ROOT, output=output, base_url=address, now=LATER), Job(jobs=1))

    assert crawl(tree(output), base, "h") == []


def test_one_and_the_same_output_works_at_every_path(sample: Path) -> None:
    pages = {path: data for path, data in tree(sample).items() if path != "404.html"}

    assert [crawl(pages, base, "h") for base in BASES] == [[], [], []]


def test_every_page_is_html_to_the_letter(sample: Path) -> None:
    parser = html5lib.HTMLParser(strict=True)
    for path in sorted(sample.rglob("*.html")):
        parser.parse(path.read_text(encoding="utf-8"))
        ids = html.document_fromstring(path.read_bytes()).xpath("//@id")
        assert len(ids) == len(set(ids)), path


def test_the_nu_html_checker_finds_no_error(sample: Path) -> None:
    jar = os.environ.get("BRIEFSITE_VNU", "")
    if not jar or not shutil.which("java"):
        pytest.skip("BRIEFSITE_VNU names no vnu.jar, or there is no java")

    done = subprocess.run(
        ["java", "-jar", jar, "--errors-only", "--skip-non-html", str(sample)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_the_feed_holds_every_brief_whole_with_absolute_addresses(sample: Path) -> None:
    data = (sample / "feed.xml").read_bytes()
    feed = feedparser.parse(data)
    root = etree.fromstring(data)

    assert not feed.bozo
    assert len(feed.entries) == 9
    assert [entry.published_parsed for entry in feed.entries] == sorted(
        (entry.published_parsed for entry in feed.entries), reverse=True
    )
    assert {entry.author for entry in feed.entries} == {"The briefsite editors"}
    assert len({entry.id for entry in feed.entries}) == 9
    newest = parsedate_to_datetime(root.findtext("channel/lastBuildDate") or "")
    assert newest == parsedate_to_datetime(root.findtext("channel/item/pubDate") or "")
    base = feed.feed.link
    for entry in feed.entries:
        assert entry.link.startswith(base)
        content = html.fragment_fromstring(entry.content[0].value, create_parent=True)
        links = [str(link) for link in content.xpath("//@href | //@src")]
        assert [link for link in links if not link.startswith(("http:", "https:", "mailto:"))] == []
        assert content.xpath("//@class | //@id | //script | //style") == []


def test_the_sitemap_names_each_page_once_and_honest_dates(sample: Path) -> None:
    root = etree.fromstring((sample / "sitemap.xml").read_bytes())
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = {
        str(url.findtext("s:loc", namespaces=space)): url.findtext("s:lastmod", namespaces=space)
        for url in root.findall("s:url", namespaces=space)
    }

    base = "https://briefsite.github.io/briefsite"
    pages = {path.parent.relative_to(sample).as_posix() for path in sample.rglob("index.html")}
    assert set(found) == {f"{base}/{page}/".replace("/./", "/") for page in pages}
    assert found[f"{base}/about/"] is None
    assert found[f"{base}/"] == found[f"{base}/briefs/2026/counting-readers/"]


def test_a_median_brief_weighs_less_than_thirty_kilobytes_with_all_it_needs(sample: Path) -> None:
    sizes = {
        path.name: path.stat().st_size for path in (sample / "assets").iterdir() if path.is_file()
    }
    briefs = sorted(
        len(gzip.compress(page.read_bytes())) for page in sample.glob("briefs/*/*/*.html")
    )
    shared = sum(len(gzip.compress((sample / "assets" / name).read_bytes())) for name in sizes)

    assert sizes["site.css"] < 28_000
    assert sizes["print.css"] + sizes["reading.js"] < 10_000
    assert briefs[len(briefs) // 2] + shared < 30_000


def test_no_page_needs_another_host_or_a_script_but_briefs_one_for_reading(sample: Path) -> None:
    for path in sorted(sample.rglob("*.html")):
        page = html.document_fromstring(path.read_bytes())
        assert page.xpath("//iframe | //@style | //@onclick") == [], path
        programs = [str(script.get("src")).partition("?")[0] for script in page.xpath(PROGRAMS)]
        reading = [f"{'../' * (len(path.relative_to(sample).parts) - 1)}assets/reading.js"]
        assert programs == (reading if page.xpath("//article[@data-note]") else []), path
        loaded = page.xpath("//img/@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        assert [str(url) for url in loaded if urlsplit(str(url)).netloc] == [], path


def test_text_from_strangers_stays_text_on_every_page(make_site: MakeSite) -> None:
    attack = "'\\\"><img src=x onerror=alert(1)><script>alert(1)</script>{{ 7*7 }}{% raw %}"
    brief = BRIEF.replace("Clean air", f'"{attack}"').replace("Ann Lee", f'"{attack}"')
    links = f'[a](javascript:alert(1)) [b](x "{attack}") ![{attack}](y)'
    body = f"{attack}\n\n{links}\n\n```{attack}\nx\n```"
    site = make_site(
        {
            "site.yaml": f'title: "{attack}"\ndescription: "{attack}"\nurl: https://e.org\n',
            "content/2026-01-15-air.md": brief.replace("Body.", body),
        }
    )

    site.build()

    for path, data in site.output().items():
        if path.endswith(".html"):
            page = html.document_fromstring(data)
            assert (
                page.xpath(f"({PROGRAMS})[not(contains(@src, 'reading.js'))] | //@onerror") == []
            ), path
            known = [json.loads(text)["@context"] for text in page.xpath("//script/text()")]
            assert known == ([] if path == "404.html" else ["https://schema.org"])
            assert b"49" not in data.replace(b"&#", b"")
            assert [u for u in links_of(data) if u.lower().startswith("javascript")] == []
    assert not feedparser.parse(site.output()["feed.xml"]).bozo
