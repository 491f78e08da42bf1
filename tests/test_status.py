"""`briefsite why` and `briefsite list`: what becomes of each file, in words."""

import json

import pytest
from conftest import BRIEF, MakeSite, SiteFolder
from test_cli import run

FILES: dict[str, str | bytes | None] = {
    "site.yaml": "title: Test\nurl: https://example.org/repo\ntimezone: Europe/Paris\n"
    "exclude: [old/]\n",
    "content/2026-01-15-air.md": BRIEF.replace("author:", "redirect_from: /luft\nauthor:"),
    "content/2026-01-16-draft.md": "---\ntitle: Draft\ndraft: true\n---\nx\n",
    "content/2099-01-17-late.md": "---\ntitle: Late\n---\nx\n",
    "content/2026-01-18-past.md": "---\ntitle: Past\nexpires: 2026-02-01\n---\nx\n",
    "content/2026-01-19-never.md": "---\ndate: 0000-00-00\n---\nx\n",
    "content/_notes/x.md": "x\n",
    "content/old/x.md": "x\n",
    "content/map.pdf": b"pdf",
    "content/_data/staff.yml": "- Ann\n",
    "content/about.md": "About.\n",
    "templates/own.html": "x",
}


@pytest.fixture
def site(make_site: MakeSite) -> SiteFolder:
    """Return a site with a file of every fate."""
    return make_site(FILES)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (
            "content/2026-01-15-air.md",
            "published at https://example.org/repo/briefs/2026/air/ as a brief of the collection "
            "'briefs'\nwritten to _site/briefs/2026/air/index.html\n"
            "dated 2026-01-15T09:00:00+01:00; the site's zone is Europe/Paris\n"
            "https://example.org/repo/luft leads to it",
        ),
        ("content/2026-01-16-draft.md", "not published: draft, it says 'draft: true'"),
        (
            "content/2099-01-17-late.md",
            "not published: scheduled, until 2099-01-17T00:00:00+01:00 "
            "(the site's zone is Europe/Paris)",
        ),
        (
            "content/2026-01-18-past.md",
            "not published: expired, since 2026-02-01T00:00:00+01:00",
        ),
        (
            "content/2026-01-19-never.md",
            "not published: impossible date, its date is 0000-00-00, a template's",
        ),
        (
            "content/_notes/x.md",
            "left out with its folder content/_notes: hidden name (the name begins with '_'; "
            "1 file in it)",
        ),
        (
            "content/old/x.md",
            "left out with its folder content/old: excluded (by 'exclude: [old/]' in site.yaml; "
            "1 file in it)",
        ),
        ("content/map.pdf", "published as it is at https://example.org/repo/map.pdf"),
        ("content/_data/staff.yml", "a data file: templates read it as site.data"),
        (
            "content/about.md",
            "published at https://example.org/repo/about/ as a page\n"
            "written to _site/about/index.html\n"
            "in no list of briefs and no feed: neither its name nor its head holds a date",
        ),
        ("templates/own.html", "a template: pages are made with it"),
        ("site.yaml", "a file of briefsite's own; never published"),
    ],
)
def test_why_says_what_becomes_of_a_file(site: SiteFolder, file: str, words: str) -> None:
    done = run("why", file, cwd=site.root)

    lines = [f"{file}: {line}\n" for line in words.split("\n")]
    assert (done.returncode, done.stdout, done.stderr) == (0, "".join(lines), "")
    assert not (site.root / "_site").exists()


def test_why_names_what_is_wrong_with_a_file(site: SiteFolder) -> None:
    site.write({"content/2026-01-20-bad.md": "---\ntitle: a: b\n---\n"})
    done = run("why", "content/2026-01-20-bad.md", cwd=site.root)

    assert done.stdout.startswith(
        "content/2026-01-20-bad.md: it has a problem: content/2026-01-20-bad.md:2: "
    )


def test_why_knows_a_stranger(site: SiteFolder) -> None:
    site.write({"notes.txt": "x"})
    done = run("why", "notes.txt", cwd=site.root)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("notes.txt is no part of the site")


@pytest.mark.parametrize(
    ("option", "sources"),
    [
        ((), ["2026-01-15-air.md", "about.md"]),
        (("--drafts",), ["2026-01-16-draft.md"]),
        (("--scheduled",), ["2099-01-17-late.md"]),
        (("--expired",), ["2026-01-18-past.md"]),
        (("--drafts", "--expired"), ["2026-01-16-draft.md", "2026-01-18-past.md"]),
        (
            ("--withheld",),
            [
                "2026-01-16-draft.md",
                "2026-01-18-past.md",
                "2026-01-19-never.md",
                "2099-01-17-late.md",
                "_notes",
                "old",
            ],
        ),
    ],
)
def test_list_shows_what_was_asked_for(
    site: SiteFolder, option: tuple[str, ...], sources: list[str]
) -> None:
    done = run("list", "--json", *option, cwd=site.root)

    assert [row["source"] for row in json.loads(done.stdout)] == [
        f"content/{name}" for name in sources
    ]


def test_list_prints_one_line_a_document(site: SiteFolder) -> None:
    assert run("list", "--scheduled", cwd=site.root).stdout == (
        "scheduled  content/2099-01-17-late.md  2099-01-17T00:00:00+01:00  /briefs/2099/late/  "
        "Late  until 2099-01-17T00:00:00+01:00\n"
    )
    every = run("list", "--all", cwd=site.root).stdout
    assert len(every.splitlines()) == 8


def test_what_is_embargoed_is_listed_with_what_is_scheduled(make_site: MakeSite) -> None:
    text = BRIEF.replace("author:", "embargo: 2099-01-01 09:00 +0100\nauthor:")
    site = make_site({"content/2026-01-15-air.md": text})

    assert run("list", "--scheduled", cwd=site.root).stdout == (
        "embargoed  content/2026-01-15-air.md  2026-01-15T09:00:00+01:00  /briefs/2026/air/  "
        "Clean air  until 2099-01-01T09:00:00+01:00\n"
    )
