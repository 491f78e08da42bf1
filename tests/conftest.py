"""What tests share: small real sites on disk, built by the real program."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings

from briefsite.builder import Job, Report, build
from briefsite.config import Project, base_url_of
from briefsite.site_yaml import read_config

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 12, 1, tzinfo=UTC)
"""When everything in this repository's own site is public."""
CONFIG = "title: Test\nurl: https://example.org/repo\n"
BRIEF = """\
---
title: Clean air
author: Ann Lee
date: 2026-01-15 09:00:00 +0100
---
_Standfirst._

<!--more-->

## First

Body.
"""

settings.register_profile(
    "briefsite", deadline=None, max_examples=40, suppress_health_check=list(HealthCheck)
)
settings.load_profile("briefsite")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `pytest --update` rewrite what is generated."""
    parser.addoption("--update", action="store_true", help="rewrite generated pages")


Files = Mapping[str, str | bytes | None]


def write(root: Path, files: Files) -> None:
    """Bring files below `root` into this state; None removes one."""
    for name, content in files.items():
        path = root / name
        if content is None:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def project_of(root: Path, **options: Any) -> Project:
    """Return the site in `root`, at a fixed moment unless told otherwise."""
    config = read_config(root)
    base_url = base_url_of(config, options.pop("base_url", None))
    values: dict[str, Any] = {
        "now": NOW,
        "output": root / "_site",
        "zone": ZoneInfo(config.timezone),
    } | options
    return Project(root=root, config=config, base_url=base_url, **values)


def clean_environment() -> dict[str, str]:
    """Return this process's environment without what would move the moment of a build."""
    return {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` by its path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(files)}


class SiteFolder:
    """A site in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, files: Files) -> "SiteFolder":
        """Write files, and return this."""
        write(self.root, files)
        return self

    def build(self, job: Job | None = None, **options: Any) -> Report:
        """Build the site in one process unless `job` says otherwise."""
        return build(project_of(self.root, **options), job or Job(jobs=1))

    def output(self, name: str = "_site") -> dict[str, bytes]:
        """Return the built files."""
        return tree(self.root / name)

    def page(self, path: str) -> str:
        """Return one built file as text."""
        return (self.root / "_site" / path).read_text(encoding="utf-8")


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[[Files], SiteFolder]:
    """Return a maker of sites: site.yaml is there, whatever else is given is written beside it."""

    def make(files: Files) -> SiteFolder:
        root = tmp_path / "site"
        shutil.rmtree(root, ignore_errors=True)
        return SiteFolder(root).write({"site.yaml": CONFIG} | dict(files))

    return make


MakeSite = Callable[[Files], SiteFolder]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of this repository's own site, built once."""
    output = tmp_path_factory.mktemp("sample") / "_site"
    project = project_of(ROOT, output=output, now=LATER)
    build(project, Job(jobs=1))
    return output


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of a real Jekyll archive; skipped where BRIEFSITE_CORPUS names none."""
    place = os.environ.get("BRIEFSITE_CORPUS", "")
    if not place:
        pytest.skip("BRIEFSITE_CORPUS names no archive to try")
    return Path(place)


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site with a page of every kind, built once."""
    from gallery import build_gallery

    return build_gallery(tmp_path_factory.mktemp("gallery"))


@pytest.fixture(scope="module")
def address(gallery: Path) -> Iterator[str]:
    """Serve that site at the root of loopback; a module may serve another under this name."""
    from browsing import served

    with served(gallery) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a browser that the tests of one module share; skipped where there is none."""
    from browsing import CHROMIUM, FLAGS

    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium to open the pages in")
    with playwright.sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()
