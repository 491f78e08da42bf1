"""The wheel carries its theme, and builds a folder of nothing but content/ and site.yaml."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from conftest import BRIEF, CONFIG, ROOT, SiteFolder


def test_a_wheel_builds_a_site_by_itself(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    site = SiteFolder(tmp_path / "site").write(
        {"site.yaml": CONFIG, "content/briefs/2026-01-15-air.md": BRIEF}
    )

    done = subprocess.run(
        [sys.executable, "-P", "-m", "briefsite", "build"],
        cwd=site.root,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(site.output()) == [
        ".nojekyll",
        "404.html",
        "archive/2026/index.html",
        "archive/index.html",
        "assets/print.css",
        "assets/reading.js",
        "assets/site.css",
        "authors/ann-lee/index.html",
        "authors/index.html",
        "briefs/2026/air/air.bib",
        "briefs/2026/air/air.csl.json",
        "briefs/2026/air/air.ris",
        "briefs/2026/air/index.html",
        "briefs/2026/air/index.md",
        "citations.bib",
        "citations.json",
        "favicon.svg",
        "feed.atom",
        "feed.json",
        "feed.xml",
        "feeds/index.html",
        "index.html",
        "index.json",
        "llms.txt",
        "robots.txt",
        "sitemap.xml",
    ]
    code = "import briefsite; print(briefsite.__file__)"
    used = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert used.stdout.startswith(str(installed))
    assert (installed / "briefsite/py.typed").exists()
