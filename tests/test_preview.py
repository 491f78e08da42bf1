"""The preview in memory: what it answers, and how it follows the sources."""

import random
from pathlib import Path

import pytest
from conftest import BRIEF, CONFIG, SiteFolder, project_of
from hypothesis import given, settings
from hypothesis import strategies as st

from briefsite.errors import Problem
from briefsite.model import Withheld
from briefsite.pools import Workers
from briefsite.preview import overlay
from briefsite.preview.pages import Preview

AIR, SEA = "content/2026-01-15-air.md", "content/2026-01-16-sea.md"
PAGE = "briefs/2026/air/"
FILES = {
    "site.yaml": CONFIG,
    AIR: BRIEF,
    SEA: BRIEF.replace("2026-01-15", "2026-01-16").replace("Clean air", "Sea"),
    "content/about.md": "About [air](2026-01-15-air.md).\n",
    "static/a.css": "b{}",
}


def preview_of(site: SiteFolder, **options: bool) -> Preview:
    """Return the preview of a site, drafts and scheduled briefs shown, as `serve` has it."""
    options = {"drafts": True, "future": True} | options
    preview = Preview(
        project_of(site.root, **options), lambda: project_of(site.root, **options), Workers(1)
    )
    preview.refresh()
    return preview


def text(preview: Preview, path: str) -> str:
    """Return the page at a path."""
    body = preview.answer(path).body
    return body.read_text() if isinstance(body, Path) else body.decode()


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    """Return a small site."""
    return SiteFolder(tmp_path / "site").write(FILES)


def test_every_file_of_a_build_is_answered_with_its_bytes_and_nothing_is_written(
    site: SiteFolder,
) -> None:
    preview = preview_of(site)
    shown = {}
    site.build()
    expected = site.output()
    for path in expected:
        body = preview.answer(path).body
        shown[path] = body.read_bytes() if isinstance(body, Path) else body

    assert shown == expected


def test_a_page_whose_address_changes_under_its_reader_leads_on(site: SiteFolder) -> None:
    preview = preview_of(site)
    text(preview, PAGE)
    for line, address in (
        ("slug: wind", "briefs/2026/wind/"),
        ("permalink: /storm.html", "storm.html"),
    ):
        site.write({AIR: BRIEF.replace("author:", f"{line}\nauthor:")})
        preview.refresh(frozenset({AIR}))
        found = preview.answer(PAGE)
        assert (found.status, found.location) == (302, address)
        assert "Clean air" in text(preview, address)

    site.write({AIR: BRIEF})
    preview.refresh(frozenset({AIR}))
    assert preview.answer(PAGE).status == 200
    assert preview.answer("storm.html").location == PAGE

    (site.root / AIR).unlink()
    preview.refresh(frozenset({AIR}))
    assert preview.answer(PAGE).status == 404


def test_nothing_is_written(site: SiteFolder) -> None:
    text(preview_of(site), PAGE)

    assert {path.name for path in site.root.iterdir()} == {"site.yaml", "content", "static"}


@pytest.mark.parametrize(
    ("path", "status", "file", "location"),
    [
        ("", 200, "index.html", ""),
        ("briefs/2026/air/", 200, "briefs/2026/air/index.html", ""),
        ("briefs/2026/air", 301, "", "briefs/2026/air/"),
        ("404", 200, "404.html", ""),
        ("a.css", 200, "a.css", ""),
        ("a.css/", 404, "404.html", ""),
        ("Briefs/2026/air/", 404, "404.html", ""),
        ("../site.yaml", 404, "404.html", ""),
        ("content/2026-01-15-air.md", 404, "404.html", ""),
    ],
)
def test_addresses_are_resolved_as_github_pages_does(
    site: SiteFolder, path: str, status: int, file: str, location: str
) -> None:
    found = preview_of(site).answer(path)

    assert (found.status, found.path, found.location) == (status, file, location)


def test_a_save_is_seen_by_the_next_request_even_where_nobody_told(site: SiteFolder) -> None:
    preview = preview_of(site)
    text(preview, PAGE)
    site.write({AIR: BRIEF.replace("Body.", "Saved.")})

    assert "Saved." in text(preview, PAGE)


def test_a_title_is_on_its_own_page_at_once_and_elsewhere_when_that_is_asked_for(
    site: SiteFolder,
) -> None:
    preview = preview_of(site)
    site.write({AIR: BRIEF.replace("Clean air", "Cleaner air")})

    pages = [text(preview, path) for path in (PAGE, "", PAGE, "briefs/2026/sea/", "feed.xml")]
    assert ["Cleaner air" in page for page in pages] == [True] * 5
    assert ["Clean air" in page for page in pages[1:]] == [False] * 4


def test_a_template_that_uses_the_same_needs_no_plan_and_one_that_uses_more_does(
    site: SiteFolder,
) -> None:
    site.write({"templates/page.html": "One {{ page.title }}"})
    preview = preview_of(site)
    shown = [text(preview, "about/")]
    for body in (
        "Two {{ page.title }}",
        "Three {{ site.briefs|length }}",
        "{% include 'x.html' %}",
    ):
        site.write({"templates/page.html": body, "templates/x.html": "Four"})
        preview.refresh(frozenset({"templates/page.html", "templates/x.html"}))
        shown.append(text(preview, "about/"))

    assert shown == ["One About", "Two About", "Three 2", "Four"]


def test_a_title_is_new_wherever_it_stands(site: SiteFolder) -> None:
    preview = preview_of(site)
    site.write({AIR: BRIEF.replace("Clean air", "Cleaner air")})
    preview.refresh(frozenset({AIR}))

    pages = [text(preview, path) for path in ("", PAGE, "briefs/2026/sea/", "feed.xml")]
    assert ["Cleaner air" in page for page in pages] == [True] * 4
    assert ["Clean air" in page for page in pages] == [False] * 4


def test_a_brief_that_went_is_gone_and_a_new_one_is_there(site: SiteFolder) -> None:
    preview = preview_of(site)
    site.write({AIR: None, "content/2026-02-01-land.md": BRIEF.replace("Clean air", "Land")})
    preview.refresh(frozenset({AIR, "content/2026-02-01-land.md"}))

    assert preview.answer(PAGE).status == 404
    assert preview.answer("briefs/2026/land/").status == 200


@pytest.mark.parametrize(
    ("file", "content", "mended", "problem"),
    [
        (
            AIR,
            BRIEF.replace("title: Clean air", "title: [Clean"),
            BRIEF,
            Problem(
                AIR,
                "did not find expected ',' or ']'",
                2,
                "a bracket, brace or quote is not closed at or above this line, or a quote stands "
                "within quotes",
            ),
        ),
        (
            "site.yaml",
            CONFIG + "lnag: en\n",
            CONFIG,
            Problem("site.yaml", "unknown key 'lnag'", 3, "did you mean 'lang'?"),
        ),
        (
            "templates/post.html",
            "{% if %}",
            None,
            Problem(
                "templates/post.html", "Expected an expression, got 'end of statement block'", 1
            ),
        ),
        (
            "templates/post.html",
            "<p>\n{{ page.titel }}</p>",
            None,
            Problem(
                "templates/post.html",
                f"page has no attribute 'titel', while making the page of {AIR}",
                2,
                "did you mean 'title'?",
            ),
        ),
    ],
    ids=["front matter", "configuration", "syntax of a template", "name in a template"],
)
def test_a_mistake_is_named_over_the_last_good_page_until_it_is_mended(
    site: SiteFolder, file: str, content: str, mended: str | None, problem: Problem
) -> None:
    preview = preview_of(site)
    good = text(preview, PAGE)
    site.write({file: content})
    preview.refresh(frozenset({file}))
    found = preview.answer(PAGE)
    site.write({file: mended})
    preview.refresh(frozenset({file}))
    again = preview.answer(PAGE)

    assert found.problems == (problem,)
    assert (found.status, found.body) == (200, good.encode())
    assert (again.status, again.problems, again.body) == (200, (), good.encode())


def test_a_second_edit_elsewhere_does_not_hide_a_mistake(site: SiteFolder) -> None:
    preview = preview_of(site)
    site.write({"site.yaml": CONFIG + "lnag: en\n"})
    preview.refresh(frozenset({"site.yaml"}))
    for path, content in ((SEA, FILES[SEA] + "\nMore.\n"), ("templates/x.html", "x")):
        site.write({path: content})
        preview.refresh(frozenset({path}))

        assert [problem.message for problem in preview.problems] == ["unknown key 'lnag'"]


def test_a_site_that_is_wrong_from_the_start_recovers(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path).write(FILES | {AIR: "---\ntitle: [\n---\n"})
    preview = preview_of(site)
    first = preview.answer(PAGE)
    site.write(FILES)
    preview.refresh(frozenset({AIR}))

    assert (first.status, [p.where for p in first.problems]) == (503, [AIR])
    assert preview.answer(PAGE).status == 200


def test_what_a_build_would_withhold_is_said_on_its_page_and_where_it_is_listed(
    site: SiteFolder,
) -> None:
    site.write({AIR: BRIEF.replace("title:", "draft: true\ntitle:")})
    site.write({SEA: FILES[SEA].replace("2026-01-16", "2027-01-16")})
    preview = preview_of(site)
    draft = Withheld(AIR, "draft", "it says 'draft: true'")
    own = preview.answer(PAGE)
    index = preview.answer("")

    assert (own.withheld, own.own) == ((draft,), True)
    assert (index.own, {item.source for item in index.withheld}) == (False, {AIR, SEA})
    assert preview.answer("404.html").withheld == ()
    assert preview_of(site, drafts=False, future=False).answer(PAGE).status == 404


def test_a_page_gets_what_the_preview_adds_and_nothing_else() -> None:
    page = b'<html><head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    page += b'style-src \'none\'"></head><body class="a">Text</body></html>'
    shown = overlay.decorate(page, host="localhost:8000")
    script = b'<script src="/livereload.js?port=8000" defer></script>'
    policy = b"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self' "
    policy += b"ws://localhost:8000"

    assert shown.replace(b"&#x27;", b"'") == page.replace(
        b"default-src 'none'; style-src 'none'", policy
    ).replace(b"</head>", script + b"</head>")


def test_a_mistake_is_shown_with_the_lines_around_it_and_nothing_of_it_is_markup(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.md").write_text("one\n<b>two</b>\nthree\n", encoding="utf-8")
    problem = Problem("a.md", "<i>wrong</i>", 2, "mend it")
    html = overlay.decorate(
        b"<head></head><body>", host="[::1]", problems=[problem], roots=[tmp_path]
    ).decode()

    assert "a.md:2: &lt;i&gt;wrong&lt;/i&gt; (mend it)<pre>    1  one\n" in html
    assert "<mark>    2  &lt;b&gt;two&lt;/b&gt;</mark>    3  three\n</pre>" in html
    assert "/livereload.js?port=80" in html


def test_only_files_of_the_site_are_quoted(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/link").symlink_to(tmp_path / "secret")

    assert overlay.around("../secret", 1, [tmp_path / "site"]) == []
    assert overlay.around("link", 1, [tmp_path / "site"]) == []


EDITS = (
    ("a body", AIR, lambda n: BRIEF.replace("Body.", f"Body {n}.")),
    ("a title", AIR, lambda n: BRIEF.replace("Clean air", f"Air {n}")),
    ("the standfirst", SEA, lambda n: BRIEF.replace("_Standfirst._", f"Above {n}.")),
    ("tags", SEA, lambda n: BRIEF.replace("title:", f"tags: [t{n % 3}]\ntitle:")),
    ("a page", "content/about.md", lambda n: f"About {n} [sea](2026-01-16-sea.md).\n"),
    ("a long body", AIR, lambda n: BRIEF + "Word. " * (n % 900)),
    ("a mistake", SEA, lambda n: f"---\ntitle: [{n}\n---\n"),
    ("a new brief", "content/2026-03-01-new.md", lambda n: BRIEF if n % 2 else None),
    ("a style", "static/a.css", lambda n: f"b{{order:{n}}}"),
    ("a template", "templates/partials/footer.html", lambda n: f"<p>{n}</p>" if n % 3 else None),
    ("settings", "site.yaml", lambda n: CONFIG + f"paginate: {1 + n % 3}\n"),
    (
        "a draft",
        AIR,
        lambda n: BRIEF.replace("title:", f"draft: {'yes' if n % 2 else 'no'}\ntitle:"),
    ),
)


@settings(max_examples=5)
@given(st.integers())
def test_after_a_hundred_saves_every_page_is_what_a_build_makes(seed: int) -> None:
    import tempfile

    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        site = SiteFolder(Path(folder)).write(FILES)
        preview = preview_of(site, drafts=False, future=False)
        for number in range(100):
            _, path, edit = chance.choice(EDITS)
            site.write({path: edit(number)})
            preview.refresh(frozenset({path}))
            if chance.random() < 0.3:
                preview.answer(chance.choice(["", PAGE, "about/", "feed.xml"]))
        site.write({SEA: FILES[SEA]})
        preview.refresh(frozenset({SEA}))
        site.build()
        expected = site.output()
        shown = {}
        for path in expected:
            body = preview.answer(path).body
            shown[path] = body.read_bytes() if isinstance(body, Path) else body

        assert shown == expected
