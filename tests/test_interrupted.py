"""Laws of builds that are stopped, run twice at once, or remember something damaged."""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from conftest import BRIEF, CONFIG, SiteFolder, clean_environment, tree
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefsite.makers import STAGE

NOW = ["--now", "2026-06-01 12:00 +0000"]
KILLED = """
import os, signal, sys
left = int(sys.argv.pop(1))
def count(event, _):
    global left
    if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
import briefsite.cli, briefsite.builder, briefsite.prose.markdown, briefsite.filling
sys.addaudithook(count)
sys.exit(briefsite.cli.run())
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run briefsite in a process of its own."""
    return subprocess.run(
        [sys.executable, *arguments],
        env=clean_environment() | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def build(root: Path, *options: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Build the site in `root` as a user would."""
    return run("-m", "briefsite", "build", str(root), *NOW, *options, **environment)


def first_site(root: Path) -> SiteFolder:
    """Write a site of a few files."""
    return SiteFolder(root).write(
        {
            "site.yaml": CONFIG,
            "content/2026-01-15-air.md": BRIEF,
            "content/2026-01-16-sea.md": BRIEF.replace("2026-01-15", "2026-01-16"),
            "content/about.md": "About.\n",
            "content/old.md": "Old.\n",
            "static/a.txt": "one",
        }
    )


def edited(site: SiteFolder) -> SiteFolder:
    """Change, add and remove files."""
    return site.write(
        {
            "content/2026-01-15-air.md": BRIEF.replace("Body.", "Changed.\n\nMore."),
            "content/new.md": "New.\n",
            "content/old.md": None,
            "static/a.txt": "two",
        }
    )


def shown(root: Path) -> dict[str, bytes]:
    """Return what a web server would show of the site."""
    return {path: data for path, data in tree(root / "_site").items() if STAGE not in path}


@posix
@settings(max_examples=8)
@given(st.integers(min_value=1, max_value=90))
@example(30)
@example(60)
def test_after_a_kill_at_any_moment_the_next_build_is_a_clean_one(moment: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root, other = Path(folder, "site"), Path(folder, "clean")
        assert build(first_site(root).root, "--jobs", "1").returncode == 0
        before = shown(root)
        edited(SiteFolder(root))
        assert build(edited(first_site(other)).root, "--jobs", "1").returncode == 0
        after = shown(other)

        killed = run("-c", KILLED, str(moment), "build", str(root), "--jobs", "1", *NOW)

        assert killed.returncode in (-signal.SIGKILL, 0)
        for path, data in shown(root).items():
            assert data in (before.get(path), after.get(path)), path
        assert build(root, "--jobs", "1").returncode == 0
        assert tree(root / "_site") == after


def test_of_two_builds_at_once_the_second_waits(tmp_path: Path) -> None:
    site = edited(first_site(tmp_path / "site"))
    command = [sys.executable, "-m", "briefsite", "build", str(site.root), *NOW]
    builds = [
        subprocess.Popen(command, env=clean_environment(), stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [process.communicate()[1] for process in builds]
    alone = edited(first_site(tmp_path / "alone"))
    build(alone.root)

    assert [process.returncode for process in builds] == [0, 0, 0]
    assert {line for text in said for line in text.splitlines()} <= {
        "another build of this site is running; waiting for it"
    }
    assert site.output() == alone.output()


@settings(max_examples=12)
@given(st.data())
def test_a_damaged_memory_is_named_and_ignored(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = first_site(Path(folder))
        site.build()
        expected = site.output()
        (file,) = (site.root / ".briefsite").glob("manifest-*.json")
        good = file.read_bytes()
        cut = data.draw(st.integers(0, len(good) - 1))
        kind = data.draw(st.sampled_from(["cut", "flip", "other version", "other shape"]))
        bad = {
            "cut": good[:cut],
            "flip": good[:cut] + bytes([good[cut] ^ 1]) + good[cut + 1 :],
            "other version": good.replace(b"manifest ", b"manifest 9", 1),
            "other shape": b'{"outputs": [1]}\n',
        }[kind]
        file.write_bytes(bad)

        report = site.build()

        notice = f"{file.name} is damaged or from another version; everything is made anew"
        assert report.notices == (notice,)
        assert site.output() == expected


def test_a_moment_may_come_from_source_date_epoch(tmp_path: Path) -> None:
    site = first_site(tmp_path)
    command = ("-m", "briefsite", "build", str(site.root))
    early = run(*command, SOURCE_DATE_EPOCH="1700000000")
    none = "briefs/2026/air/index.html" not in site.output()
    late = run(*command, SOURCE_DATE_EPOCH="1800000000")
    wrong = run(*command, SOURCE_DATE_EPOCH="soon")

    assert (early.returncode, late.returncode, wrong.returncode) == (0, 0, 2)
    assert none
    assert "briefs/2026/air/index.html" in site.output()
    assert "SOURCE_DATE_EPOCH is 'soon', not seconds since 1970" in wrong.stderr
