"""`briefsite compare`: what changed between two built sites, and what would break."""

import json
from pathlib import Path

import pytest
from conftest import BRIEF, MakeSite, SiteFolder, write
from test_cli import run

from briefsite.compare import Differences, compare_folders, lines

PAGE = """\
<!doctype html><html><head><title>{title} | Institute</title>
<link rel="canonical" href="https://old.org/base{address}">{head}</head>
<body><nav><a href="/base/">Home</a></nav><main><article><h1>{title}</h1>
<time datetime="2026-01-15">15 January</time>
<div class="post-content">{body}</div></article></main><footer>Old footer</footer></body></html>
"""
BODY = """<p>One “fine” paragraph.</p><h2 id="first">First</h2>
<p>See <a href="/base/b/">b</a>.</p><img src="/base/a.png">"""
FEED = """\
<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>{id}</id><title>A</title>
<link href="https://old.org/base/a/"/><published>2026-01-15T00:00:00Z</published>
<summary>One.</summary></entry></feed>
"""


def page(address: str, body: str = BODY, title: str = "A", head: str = "") -> str:
    """Return a page of a Jekyll site."""
    return PAGE.format(address=address, body=body, title=title, head=head)


def redirect(target: str) -> str:
    """Return a page that leads on."""
    return f'<meta http-equiv="refresh" content="0; url={target}"><p>Go.</p>'


OLD: dict[str, str | bytes | None] = {
    "a/index.html": page("/a/"),
    "b/index.html": page("/b/", "<p>Other.</p>", "B"),
    "gone.html": redirect("https://old.org/base/a/"),
    "a.png": b"png",
    "feed.xml": FEED.format(id="urn:a"),
}


@pytest.fixture
def sites(tmp_path: Path) -> tuple[Path, Path]:
    """Return two equal built sites."""
    for name in ("old", "new"):
        write(tmp_path / name, OLD)
    return tmp_path / "old", tmp_path / "new"


def found(old: Path, new: Path, *maps: tuple[str, str]) -> Differences:
    """Compare two folders."""
    return compare_folders(old, new, maps)


def test_equal_sites_are_the_same_in_every_aspect(sites: tuple[Path, Path]) -> None:
    differences = found(*sites)

    assert list(lines(differences)) == [
        "2 pages compared, 2 the same in every aspect; no address is lost"
    ]
    assert not differences.breaks


def test_figures_boxes_and_levels_of_ours_are_no_difference(sites: tuple[Path, Path]) -> None:
    old = (
        '<h3 id="a">A</h3><p><img src="/base/a.png" />\nOne. Source: B.</p><blockquote>'
        '<h4 id="c">C</h4><p>D</p><h4 id="e">E</h4></blockquote>'
    )
    new = (
        '<h2 id="a">A</h2><figure><img src="/base/a.png"><figcaption>One. <span class="credit">'
        'Source: B.</span></figcaption></figure><blockquote><p class="box-title" id="c">C</p>'
        '<p>D</p><footer id="e">E</footer></blockquote>'
    )
    for folder, body in zip(sites, (old, new), strict=True):
        write(folder, {"a/index.html": page("/a/", BODY + body)})

    assert list(lines(found(*sites))) == [
        "2 pages compared, 2 the same in every aspect; no address is lost"
    ]


def test_another_theme_and_relative_links_are_no_difference(sites: tuple[Path, Path]) -> None:
    body = BODY.replace("/base/", "../").replace("“fine”", '"fine"')
    frame = f"<body><main><div class=prose>{body}</div><p>By Ann</p></main></body>"
    write(sites[1], {"a/index.html": f"<title>A – Site</title>{frame}"})

    assert list(lines(found(*sites))) == [
        "2 pages compared, 2 the same in every aspect; no address is lost"
    ]


@pytest.mark.parametrize(
    ("change", "report"),
    [
        (
            {"b/index.html": None},
            ["1 address would break", "  /b/",
             "1 page compared, 1 the same in every aspect; this would break what others rely on"],
        ),
        (
            {"b/index.html": None, "c/index.html": page("/c/", "<p>Other.</p>", "B")},
            ["1 address would break", "  /b/", "    now at /c/? Add to its front matter:",
             "      redirect_from: [/b/]", "1 page appeared", "  /c/",
             "1 page compared, 1 the same in every aspect; this would break what others rely on"],
        ),
        (
            {"b/index.html": redirect("../c/"), "c/index.html": page("/c/", "<p>Other.</p>", "B")},
            ["1 page moved, and the old address leads there", "  /b/ to /c/",
             "2 pages compared, 2 the same in every aspect; no address is lost"],
        ),
        (
            {"a.png": None},
            ["1 address would break", "  /a.png",
             "2 pages compared, 2 the same in every aspect; this would break what others rely on"],
        ),
        (
            {"a.png": b"another"},
            ["Files with other bytes, bytes: 1", "  /a.png",
             "2 pages compared, 2 the same in every aspect; no address is lost"],
        ),
        (
            {"gone.html": redirect("https://old.org/base/b/")},
            ["Redirects, leads elsewhere: 1", "  /gone.html", "    -/a/", "    +/b/",
             "2 pages compared, 2 the same in every aspect; this would break what others rely on"],
        ),
        (
            {"gone.html": redirect("gone.html")},
            ["Redirects, leads elsewhere: 1", "  /gone.html", "    -/a/", "    +nowhere",
             "Redirects, runs in a circle: 1", "  /gone.html", "    +/gone.html",
             "2 pages compared, 2 the same in every aspect; this would break what others rely on"],
        ),
        (
            {"feed.xml": FEED.format(id="urn:b")},
            ["Feeds, id: 1", "  /feed.xml", "    -urn:a", "    +urn:b",
             "2 pages compared, 2 the same in every aspect; this would break what others rely on"],
        ),
        (
            {"a/index.html": page("/a/", BODY.replace('id="first"', 'id="1st"'))},
            ["Pages, headings: 1", "  /a/", "    -First #first",  "    +First #1st",
             "2 pages compared, 1 the same in every aspect; no address is lost"],
        ),
        (
            {"a/index.html": page("/a/", BODY.replace("fine", "poor").replace("a.png", "c.png"))},
            ["Pages, text: 1", "  /a/", '    -One "fine" paragraph.', '    +One "poor" paragraph.',
             "Pages, images: 1", "  /a/", "    -/a.png", "    +/c.png",
             "2 pages compared, 1 the same in every aspect; no address is lost"],
        ),
        (
            {"b/index.html": page("/b/", "<p>Other.</p>", "C").replace("01-15", "01-16")},
            ["Pages, title: 1", "  /b/", "    -B", "    -B | Institute", "    +C",
             "    +C | Institute", "Pages, date: 1", "  /b/", "    -2026-01-15", "    +2026-01-16",
             "2 pages compared, 1 the same in every aspect; no address is lost"],
        ),
    ],
)  # fmt: skip
def test_each_difference_is_named(
    sites: tuple[Path, Path], change: dict[str, str | bytes | None], report: list[str]
) -> None:
    write(sites[1], change)

    assert list(lines(found(*sites))) == report


def test_a_json_feed_is_compared_like_any_other(sites: tuple[Path, Path]) -> None:
    item = {"url": "https://old.org/base/a/", "title": "A", "date_published": "2026-01-15"}
    for folder, id_ in zip(sites, ("urn:a", "urn:b"), strict=True):
        feed = {"version": "https://jsonfeed.org/version/1.1", "items": [item | {"id": id_}]}
        write(folder, {"feed.json": json.dumps(feed), "odd.json": "{", "index.json": id_})

    assert list(lines(found(*sites)))[:-1] == [
        "Feeds, id: 1", "  /feed.json", "    -urn:a", "    +urn:b",
    ]  # fmt: skip


@pytest.mark.parametrize("items", ["1", '[{"id": []}, 2]', "{}", '"x"'])
def test_a_json_feed_that_is_none_is_a_file(sites: tuple[Path, Path], items: str) -> None:
    for folder in sites:
        text = f'{{"version": "https://jsonfeed.org/version/1.1", "items": {items}}}'
        write(folder, {"feed.json": text})

    assert not found(*sites).breaks


def test_a_map_leads_old_addresses_to_new_ones(sites: tuple[Path, Path]) -> None:
    old, new = sites
    for folder in ("a", "b"):
        (new / "x").mkdir(exist_ok=True)
        (new / folder).rename(new / "x" / folder)
    text = (new / "x/a/index.html").read_text(encoding="utf-8")
    write(new, {"x/a/index.html": text.replace("/base/a/", "/base/x/a/")})

    pairs = (("/a/", "/x/a/"), ("/b/", "/x/b/"))
    assert [lost.address for lost in found(old, new).lost] == ["/a/", "/b/"]
    assert found(old, new, *pairs).lost == []


def test_a_site_compared_with_its_next_build(make_site: MakeSite, tmp_path: Path) -> None:
    site: SiteFolder = make_site({"content/2026-01-15-air.md": BRIEF, "content/about.md": "x\n"})
    site.build(output=tmp_path / "one")
    site.write({"content/2026-01-15-air.md": BRIEF.replace("title:", "slug: wind\ntitle:")})
    site.build(output=tmp_path / "two")

    done = run("compare", str(tmp_path / "one"), str(tmp_path / "two"), "--json", cwd=tmp_path)

    values = json.loads(done.stdout)
    assert done.returncode == 1
    assert values["lost"] == [
        {"address": "/briefs/2026/air/", "successor": "/briefs/2026/wind/"}
    ]  # fmt: skip
    assert [change["aspect"] for change in values["feeds"]] == ["missing"] * 3
    site.write(
        {"content/2026-01-15-air.md": BRIEF.replace(
            "title:", "slug: wind\nredirect_from: [/briefs/2026/air/]\ntitle:")}
    )  # fmt: skip
    site.build(output=tmp_path / "two")
    done = run("compare", str(tmp_path / "one"), str(tmp_path / "two"), cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].endswith("no address is lost")


@pytest.mark.parametrize(
    "words", [("old", "nothing"), ("old", "empty"), ("old", "new", "--map", "a=b")]
)
def test_misuse_has_exit_status_2(sites: tuple[Path, Path], words: tuple[str, ...]) -> None:
    root = sites[0].parent
    (root / "empty").mkdir()
    done = run("compare", *words, cwd=root)

    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe<", b"<p" * 5000, b"<div>" * 20000, b'<meta http-equiv=refresh content="0">'],
)
def test_any_file_is_read(sites: tuple[Path, Path], data: bytes) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "cc">]><rss><item><guid>&b;</guid></item></rss>'
    write(sites[1], {"odd.html": data, "bomb.xml": bomb, "redirects.json": data})

    assert not found(*sites).breaks
