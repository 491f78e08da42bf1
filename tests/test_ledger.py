"""The publication ledger: no published address and no feed id is lost unseen."""

from pathlib import Path

import pytest
from conftest import BRIEF, MakeSite
from test_cli import run

from briefsite.errors import BriefsiteError
from briefsite.ledger import HEAD, Line, merged, read, write

LINES = (
    "2026-01-15-air.md\t/briefs/2026/air/\thttps://example.org/repo/briefs/2026/air/\t2026-01-15\n"
    "about.md\t/about/\t-\t-\n"
)


def test_init_writes_what_is_public_and_update_adds_to_it(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF, "content/about.md": "About.\n"})

    first = run("ledger", "init", cwd=site.root)

    lock = site.root / "published.lock"
    assert first.stdout == "published.lock: 2 documents\n"
    assert lock.read_text(encoding="utf-8") == HEAD + LINES
    again = run("ledger", "init", cwd=site.root)
    assert (again.returncode, again.stderr) == (
        1,
        "published.lock: there is one already; 'briefsite ledger update' adds to it\n"
        "1 problem; nothing was changed\n",
    )
    site.write({"content/2026-01-16-sea.md": BRIEF.replace("01-15", "01-16")})
    assert site.build().notices == (
        "published.lock does not know 1 published document yet; "
        "add them with 'briefsite ledger update'",
    )
    assert run("ledger", "update", cwd=site.root).stdout == "published.lock: 3 documents\n"
    assert site.build().notices == ()


@pytest.mark.parametrize(
    ("files", "problems"),
    [
        (
            {"content/about.md": None},
            [
                "published.lock: the published address /about/ would be lost; its file "
                "content/about.md is gone or not public (add to the front matter of what takes "
                "its place 'redirect_from: [/about/]')",
            ],
        ),
        (
            {"content/2026-01-15-air.md": BRIEF.replace("title:", "slug: wind\ntitle:")},
            [
                "content/2026-01-15-air.md: the published address /briefs/2026/air/ would be lost "
                "(add to its front matter 'redirect_from: [/briefs/2026/air/]')",
                "content/2026-01-15-air.md: its feed id would change from "
                "https://example.org/repo/briefs/2026/air/ to "
                "https://example.org/repo/briefs/2026/wind/ (add to its front matter "
                "'feed_id: https://example.org/repo/briefs/2026/air/')",
            ],
        ),
    ],
)
def test_a_build_that_would_lose_an_address_fails_with_the_line_that_mends_it(
    make_site: MakeSite, files: dict[str, str | None], problems: list[str]
) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF, "content/about.md": "About.\n"})
    site.write({"published.lock": HEAD + LINES})
    site.build()
    before = site.output()
    site.write(files)

    with pytest.raises(BriefsiteError) as caught:
        site.build()

    assert [str(problem) for problem in caught.value.problems] == problems
    assert site.output() == before


def test_the_printed_lines_mend_it(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF, "content/about.md": "About.\n"})
    old = "briefs/2026/air/"
    mended = (
        f"slug: wind\nredirect_from: [/{old}, /about/]\nfeed_id: https://example.org/repo/{old}\n"
    )
    site.write(
        {
            "published.lock": HEAD + LINES,
            "content/about.md": None,
            "content/2026-01-15-air.md": BRIEF.replace("title:", f"{mended}title:"),
        }
    )
    site.build()

    assert f"https://example.org/repo/{old}</guid>" in site.page("feed.xml")
    assert {f"{old}index.html", "about/index.html"} <= set(site.output())


def test_a_damaged_ledger_is_an_error_with_its_line(make_site: MakeSite) -> None:
    site = make_site({"published.lock": HEAD + "<<<<<<< ours\n" + LINES})

    with pytest.raises(BriefsiteError) as caught:
        site.build()

    assert [(p.where, p.line) for p in caught.value.problems] == [("published.lock", 2)]


def test_what_is_published_never_leaves_the_ledger(tmp_path: Path) -> None:
    old, moved, new = (
        Line("a.md", "/a/", "-", "-"),
        Line("a.md", "/b/", "-", "-"),
        Line("c.md", "/c/", "id", "2026-01-01"),
    )
    write(tmp_path, merged([old], [new, moved]))

    assert read(tmp_path) == (old, moved, new)


def test_a_borrowed_address_changes_no_id_and_a_first_one_fills_it_in(make_site: MakeSite) -> None:
    """A workflow lends an address; the feed id stands for the one in site.yaml alone."""
    site = make_site({"content/2026-01-15-air.md": BRIEF, "content/about.md": "About.\n"})
    site.write({"published.lock": HEAD + LINES})
    site.build(base_url="https://preview.example.net/x")

    bare = LINES.replace("https://example.org/repo/briefs/2026/air/", "-")
    site.write({"published.lock": HEAD + bare})
    run("ledger", "update", cwd=site.root)
    assert (site.root / "published.lock").read_text(encoding="utf-8") == HEAD + LINES
