"""Themes that were written from the guide alone: nothing of the built-in one is needed."""

import re
from pathlib import Path

import pytest
from conftest import BRIEF, ROOT, MakeSite, SiteFolder, project_of, tree, write

from briefsite import checks, themes
from briefsite.pools import Workers
from briefsite.renderer import site_templates

NOTHING = (
    (ROOT / "content/guide/themes.md").read_text("utf-8").partition("## A theme from nothing")[2]
)
HERE = Path(__file__).parent / "second_theme"
SHOWN = re.compile(r"^```\w+ ((?:templates|static)/\S+)\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.fixture
def site(make_site: MakeSite) -> SiteFolder:
    """Return the site of the second theme, built."""
    files = {name: data for name, data in tree(HERE).items() if not name.startswith("expected/")}
    made = make_site(files)
    made.build()
    return made


def test_a_theme_from_nothing_makes_whole_pages(
    site: SiteFolder, request: pytest.FixtureRequest
) -> None:
    built = site.output()
    if request.config.getoption("--update"):
        write(HERE / "expected", {name: built[name] for name in tree(HERE / "expected")})

    expected = tree(HERE / "expected")
    assert {name: built[name].decode() for name in expected} == {
        name: data.decode() for name, data in expected.items()
    }


def test_it_uses_no_built_in_template(site: SiteFolder) -> None:
    project = project_of(site.root)
    pieces = {piece.name: piece for piece in themes.pieces(site.root, project.config)}
    pages = [name for name in pieces if name.endswith(".html") and "/" not in name]
    templates = site_templates(project)

    used = {used for page in pages for used in templates.describe(page).uses}

    assert {name for name in used & pieces.keys() if pieces[name].standing() != "own"} == set()


def test_a_careful_editor_finds_nothing_wrong_with_its_pages(site: SiteFolder) -> None:
    found = checks.check(project_of(site.root), checks.rules_of(project_of(site.root)), Workers(1))

    assert {finding.rule for finding in found} == {"missing-standfirst"}  # its texts are short


def test_the_theme_in_the_manual_makes_pages_as_it_stands_there(make_site: MakeSite) -> None:
    files = dict(SHOWN.findall(NOTHING))
    site = make_site(files | {"content/2026-01-15-air.md": BRIEF + "\n[x](about.md)\n"})
    site.write({"content/about.md": "About.\n"})

    report = site.build()

    assert report.problems == ()
    assert sorted(files) == [
        "static/assets/plain.css",
        "templates/base.html",
        "templates/index.html",
        "templates/post.html",
        "templates/term.html",
    ]
    frame = (
        '<header><a href="{root}">Test</a>\n</header>\n<main>\n{main}</main>\n'
        "<footer>{foot}</footer>\n"
    )
    hubs = '<a href="{root}authors/">Authors</a>\n<a href="{root}archive/">Archive</a>\n'
    bodies = {
        "./": '<h1>Test</h1>\n<h2><a href="./briefs/2026/air/">Clean air</a></h2>\n'
        "<p>Ann Lee, 15 January 2026</p>\n<p><em>Standfirst.</em></p>\n",
        "../../../": "<article>\n<h1>Clean air</h1>\n"
        '<p><a href="../../../authors/ann-lee/">Ann Lee</a></p>\n'
        '<p><time datetime="2026-01-15T09:00:00+01:00">15 January 2026</time></p>\n'
        '<p><em>Standfirst.</em></p>\n<h2 id="first">First</h2>\n<p>Body.</p>\n'
        '<p><a href="../../../about/">x</a></p>\n\n</article>\n',
        "../../": "<h1>Authors: Ann Lee</h1>\n<ul>\n"
        '<li><a href="../../briefs/2026/air/">Clean air</a></li>\n</ul>\n',
    }
    pages = ("index.html", "briefs/2026/air/index.html", "authors/ann-lee/index.html")
    made = [re.split("</?body>\n", site.page(page))[1] for page in pages]
    assert made == [
        frame.format(root=root, main=main, foot=hubs.format(root=root))
        for root, main in bodies.items()
    ]
