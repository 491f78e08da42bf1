"""Into place: what is in the way, what was copied from elsewhere, what a clock cannot tell."""

import os
import shutil
from pathlib import Path

import pytest
from conftest import BRIEF, CONFIG, MakeSite, SiteFolder

from briefsite.builder import Job
from briefsite.errors import BriefsiteError
from briefsite.manifest import Manifest, SourceRecord
from briefsite.model import Source

FILES = {
    "site.yaml": CONFIG,
    "content/2026-01-15-air.md": BRIEF,
    "content/about.md": "About.\n",
    "static/a.txt": "one",
}
SECOND = 10**9


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("briefs/2026/sea", "is a file where the site needs a folder"),
        ("briefs/2026/sea/index.html/mine.txt", "is a folder that briefsite did not make"),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_stands_in_the_way_is_named_and_nothing_moves(
    make_site: MakeSite, way: str, said: str, jobs: int
) -> None:
    site = make_site(FILES)
    site.build()
    site.write({f"_site/{way}": "mine", "content/about.md": "Changed.\n"})
    site.write({"content/2026-01-16-sea.md": BRIEF.replace("-15 ", "-16 ")})
    before = site.output()

    with pytest.raises(BriefsiteError) as caught:
        site.build(Job(jobs=jobs))

    blocked = site.root / "_site" / way.removesuffix("/mine.txt")
    assert str(caught.value) == f"{blocked} {said} (move it away)"
    assert site.output() == before


@pytest.mark.parametrize("way", ["", "/gone"])
def test_nothing_is_written_through_a_link_that_leads_out(
    make_site: MakeSite, tmp_path: Path, way: str
) -> None:
    site = make_site(FILES)
    outside = tmp_path / "outside"
    outside.mkdir()
    (site.root / "_site").mkdir()
    (site.root / "_site/briefs").symlink_to(f"{outside}{way}")

    with pytest.raises(BriefsiteError, match=r"by a symbolic link|needs a folder"):
        site.build()

    assert list(outside.iterdir()) == []
    assert site.output() == {}


def test_a_link_within_the_output_folder_is_followed(make_site: MakeSite) -> None:
    site = make_site(FILES)
    (site.root / "_site/elsewhere").mkdir(parents=True)
    (site.root / "_site/briefs").symlink_to("elsewhere")
    site.build()

    assert (site.root / "_site/elsewhere/2026/air/index.html").is_file()
    assert (site.root / "_site/briefs").is_symlink()


def test_a_copy_with_other_times_makes_nothing_anew(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "one").write(FILES)
    made = site.build().made
    copy = SiteFolder(tmp_path / "two")
    shutil.copytree(site.root, copy.root, copy_function=shutil.copyfile)
    copy.write({"_site/a.txt": "two", "_site/about/index.html": None})

    report, again = copy.build(), copy.build()

    assert (sorted(report.made), report.kept) == (["a.txt", "about/index.html"], len(made) - 2)
    assert (again.made, copy.output()) == ((), site.output())


@pytest.mark.parametrize(
    ("mtime", "started", "trusted"),
    [
        (100, 103, True),
        (100, 101, False),  # as young as the grain of some clocks
        (100, 90, False),  # the clock went back before the build
    ],
)
def test_a_time_is_trusted_only_where_it_lies_well_before_the_build_that_read_it(
    mtime: int, started: int, *, trusted: bool
) -> None:
    source = Source("content/a.md", 5, mtime * SECOND, mtime * SECOND, 1)
    record = SourceRecord(source, "digest")
    manifest = Manifest(started_ns=started * SECOND, sources={source.path: record})

    assert manifest.source(source) == (record if trusted else None)


@pytest.mark.parametrize("ahead", [0, 3600])
def test_an_edit_that_leaves_size_and_time_is_seen(make_site: MakeSite, ahead: int) -> None:
    """With `ahead`, the clock went back by an hour after the file was written."""
    site = make_site(FILES)
    file = site.root / "content/about.md"
    moment = file.stat().st_mtime_ns + ahead * SECOND
    os.utime(file, ns=(moment, moment))
    site.build()
    file.write_text("Other.\n", encoding="utf-8")
    os.utime(file, ns=(moment, moment))

    assert "about/index.html" in site.build().made
