"""The command line as its user meets it: words, exit status, and what stays untouched."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import BRIEF, CONFIG, MakeSite, SiteFolder, tree

from briefsite import __version__

BROKEN = Path(__file__).parent / "broken"


def run(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run briefsite in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "briefsite", *words],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_a_build_ends_with_one_line_that_counts(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF, "content/about.md": "About.\n"})

    done = run("build", cwd=site.root)

    line = re.sub(r"in \d+\.\d\d s", "in N s", done.stdout)
    assert line == f"{site.root}/_site: 2 pages, 27 files made, 0 kept, 0 removed in N s\n"
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_left_out_is_named_with_its_reason_and_the_next_moment(make_site: MakeSite) -> None:
    """jekyll.md P3, Advice: a workflow can be set for the next scheduled moment."""
    site = make_site(
        {
            "content/2026-01-15-air.md": BRIEF.replace("title:", "draft: true\ntitle:"),
            "content/2099-01-15-sea.md": BRIEF.replace("2026-01-15", "2099-01-15"),
            "content/_old/a.md": BRIEF,
        }
    )

    done = run("build", cwd=site.root)

    assert done.stdout.splitlines()[:-1] == [
        "left out, draft: content/2026-01-15-air.md (it says 'draft: true')",
        "left out, hidden name: content/_old (the name begins with '_'; 1 file in it)",
        "left out, scheduled: content/2099-01-15-sea.md (until 2099-01-15T09:00:00+01:00)",
        "next scheduled: content/2099-01-15-sea.md, until 2099-01-15T09:00:00+01:00",
    ]
    assert run("build", "--drafts", "--future", "-q", cwd=site.root).stdout == ""
    assert "briefs/2099/sea/index.html" in site.output()


@pytest.mark.parametrize("name", sorted(path.name for path in BROKEN.iterdir()))
def test_a_broken_site_is_explained_and_the_last_good_one_stays(
    make_site: MakeSite, name: str
) -> None:
    site = make_site({"content/2026-01-15-good.md": BRIEF})
    site.build()
    before = site.output()
    files = {k: v for k, v in tree(BROKEN / name).items() if k != "problems.txt"}
    site.write(files)

    done = run("build", cwd=site.root)

    expected = (BROKEN / name / "problems.txt").read_text(encoding="utf-8")
    assert done.stderr == expected
    assert (done.returncode, done.stdout) == (1, "")
    assert site.output() == before


def test_a_folder_without_site_yaml_says_how_to_begin(tmp_path: Path) -> None:
    done = run("build", cwd=tmp_path)

    assert done.returncode == 1
    assert done.stderr == (
        f"site.yaml: there is none in {tmp_path} (write one with a line 'title: ...', "
        "or begin a new site with 'briefsite init DIR')\n1 problem; nothing was changed\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        ("build", "--jobs", "0"),
        ("build", "--now", "soon"),
        ("build", "nowhere"),
        ("build", "--base-url", "example.org"),
        ("bild",),
    ],
    ids=" ".join,
)
def test_misuse_has_exit_status_2_and_no_traceback(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run(*words, cwd=tmp_path)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "Error:" in done.stderr


@pytest.mark.parametrize("output", [".", "..", "content", "content/inner", "static", "/"])
def test_an_output_folder_that_is_or_holds_the_sources_is_refused(
    make_site: MakeSite, output: str
) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF, "static/a.txt": "a"})
    before = tree(site.root)

    done = run("build", "--output", output, cwd=site.root)

    assert done.returncode == 1
    assert "the sources of the site" in done.stderr
    assert tree(site.root) == before


def test_files_that_briefsite_did_not_write_are_left_alone(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF})
    site.write({"docs/index.html": "mine", "docs/.git/config": "mine"})

    done = run("build", "--output", "docs", cwd=site.root)

    assert done.returncode == 1
    assert "holds files that briefsite did not write and would replace: index.html" in done.stderr
    assert site.output("docs") == {"index.html": b"mine", ".git/config": b"mine"}


def test_a_lost_manifest_costs_a_build_and_nothing_else(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF})
    run("build", cwd=site.root)
    before = site.output()
    site.write({"_site/mine.txt": "mine"})
    shutil.rmtree(site.root / ".briefsite")

    done = run("build", cwd=site.root)

    assert (done.returncode, done.stderr) == (0, "")
    assert site.output() == before | {"mine.txt": b"mine"}


@pytest.mark.parametrize("damage", [b"", b"{}", b"briefsite manifest 1 x\n{}", b"\xff\x00" * 99])
def test_a_damaged_manifest_is_said_in_one_line(make_site: MakeSite, damage: bytes) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF})
    run("build", cwd=site.root)
    before = site.output()
    [manifest] = (site.root / ".briefsite").glob("manifest-*")
    manifest.write_bytes(damage)

    done = run("build", cwd=site.root)

    what = "is damaged or from another version; everything is made anew"
    assert (done.returncode, done.stderr) == (0, f"notice: {manifest.name} {what}\n")
    assert site.output() == before


def test_an_orphan_that_we_wrote_goes_and_its_empty_folder_with_it(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF, "content/2026-02-15-sea.md": BRIEF})
    run("build", cwd=site.root)
    site.write({"content/2026-02-15-sea.md": None})

    done = run("build", cwd=site.root)

    assert "5 removed" in done.stdout
    assert not (site.root / "_site/briefs/2026/sea").exists()
    assert (site.root / "_site/briefs/2026/air").exists()


def test_strict_makes_warnings_fail_and_writes_nothing(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF.replace("author", "autor")})

    done = run("build", "--strict", cwd=site.root)

    warning = "warning: content/2026-01-15-air.md:3: unknown key 'autor' (did you mean 'author'?)\n"
    assert done.stderr == warning + "1 problem; nothing was changed\n"
    assert done.returncode == 1
    assert tree(site.root / "_site") == {}
    assert run("build", cwd=site.root).stderr == warning


def test_the_same_site_comes_out_under_any_locale_zone_seed_and_umask(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-ürban.md": BRIEF, "static/ä.txt": "a"})
    trees = []
    for number, environment in enumerate(
        (
            {"LC_ALL": "C", "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1"},
            {"LC_ALL": "C.UTF-8", "TZ": "America/New_York", "PYTHONHASHSEED": "2"},
            {"PYTHONUTF8": "0", "TZ": "UTC", "PYTHONHASHSEED": "3"},
        )
    ):
        old = os.umask(0o077 if number else 0o022)
        try:
            done = run("build", "--output", f"out{number}", cwd=site.root, **environment)
        finally:
            os.umask(old)
        assert (done.returncode, done.stderr) == (0, "")
        trees.append(site.output(f"out{number}"))
        files = [path for path in (site.root / f"out{number}").rglob("*") if path.is_file()]
        assert {path.stat().st_mode & 0o777 for path in files} == {0o644}

    assert trees[0] == trees[1] == trees[2]


def test_an_interrupt_ends_with_one_line_and_status_130(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF})
    (site.root / ".briefsite").mkdir()
    lock = site.root / ".briefsite/lock"
    with lock.open("w") as file:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)
        process = subprocess.Popen(
            [sys.executable, "-m", "briefsite", "build"],
            cwd=site.root,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        waiting = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        process.stderr.close()

    assert waiting == "another build of this site is running; waiting for it\n"
    assert (process.wait(), rest) == (130, "\nstopped\n")


def test_a_reader_that_goes_away_is_no_error(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF})
    command = f"{sys.executable} -m briefsite build | true"

    done = subprocess.run(
        ["sh", "-c", command], cwd=site.root, capture_output=True, text=True, check=True
    )

    assert done.stderr == ""


def test_init_new_and_build_work_one_after_another(tmp_path: Path) -> None:
    made = run("init", "mine", "--title", "Mine", cwd=tmp_path)
    site = SiteFolder(tmp_path / "mine")
    new = run("new", "Clean air: a plan", cwd=site.root)
    done = run("build", "--strict", cwd=site.root)

    assert (made.returncode, new.returncode, done.returncode) == (0, 0, 0), done.stderr
    assert re.fullmatch(r"content/briefs/\d{4}-\d\d-\d\d-clean-air-a-plan\.md\n", new.stdout)
    assert "Mine" in site.page("index.html")


@pytest.mark.parametrize(
    ("config", "words", "folder"),
    [
        ("", (), "content/briefs"),
        ("collections: {guide: {order: [a.md]}, notes: {}}\n", (), "content/notes"),
        (
            "collections: {notes: {}, columns: {folder: c}}\n",
            ("--collection", "columns"),
            "content/c",
        ),
        (
            "dialect: jekyll\ncollections_dir: _c\ncollections: {docs: {folder: _docs}}\n",
            (),
            "content/_c/_docs",
        ),
        ("dialect: jekyll\n", (), "content/_posts"),
        ("dialect: jekyll\ncollections: {posts: {}}\n", (), "content/_posts"),
    ],
)
def test_a_new_brief_lies_where_the_site_reads_briefs(
    make_site: MakeSite, config: str, words: tuple[str, ...], folder: str
) -> None:
    site = make_site({"site.yaml": CONFIG + config})

    done = run("new", *words, "Clean", "air", cwd=site.root)

    assert (done.stderr, done.returncode) == ("", 0)
    file = done.stdout.strip()
    assert re.fullmatch(rf"{folder}/\d{{4}}-\d\d-\d\d-clean-air\.md", file)
    assert run("why", file, cwd=site.root).stdout == (
        f"{file}: not published: draft, it says 'draft: true'\n"
    )


def test_a_collection_that_there_is_not_is_told_with_those_there_are(make_site: MakeSite) -> None:
    site = make_site({"site.yaml": CONFIG + "collections: {notes: {}, columns: {}}\n"})

    words = [
        run("new", "--collection", name, "Air", cwd=site.root).stderr.splitlines()[0]
        for name in ("colums", "x")
    ]

    assert words == [
        "there is no collection 'colums' (did you mean 'columns'?)",
        "there is no collection 'x' (there are: notes, columns)",
    ]


def test_in_a_folder_of_a_site_its_root_is_named(make_site: MakeSite) -> None:
    site = make_site({"content/briefs/2026-01-15-air.md": BRIEF})

    done = run("build", cwd=site.root / "content/briefs")

    assert done.stderr.splitlines()[0] == (
        f"site.yaml: there is none in {site.root}/content/briefs (there is one in {site.root}: "
        "go there)"
    )


def test_a_command_loads_only_what_it_needs() -> None:
    code = (
        "import sys; from briefsite.cli import main; main(['--version'], standalone_mode=False);"
        "print(*sorted(name for name in sys.modules if name.startswith('briefsite')))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == [
        *("briefsite", __version__),
        *("briefsite", "briefsite.cli", "briefsite.cli.words"),
    ]


def test_an_unknown_command_is_named_with_what_resembles_it(tmp_path: Path) -> None:
    done = run("biuld", cwd=tmp_path)

    assert "No such command 'biuld'" in done.stderr
    assert done.returncode == 2


def test_drafts_of_config_are_no_secret_path(make_site: MakeSite) -> None:
    site = make_site({"site.yaml": CONFIG + "output: ../outside\n", "content/a.md": "A.\n"})

    assert run("build", cwd=site.root).returncode == 0
    assert (site.root / "../outside/a/index.html").exists()
