"""Have Lighthouse judge four pages of this repository's own site; prints a Markdown table, and
fails where a page has less than 100."""

import argparse
import json
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browsing import FLAGS, served  # noqa: E402  # needs the path above

PAGES = {
    "front page": "/",
    "brief": "/briefs/2025/correct-it-in-public/",
    "author": "/authors/briefsite-editors/",
    "topic": "/topics/permanence/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def build(folder: Path, address: str) -> None:
    """Build the site into `folder`, for `address`, with everything in it public."""
    command = [sys.executable, "-m", "briefsite", "build", "--output", str(folder), "--future"]
    subprocess.run([*command, "--base-url", address], cwd=ROOT, check=True, stdout=sys.stderr)


def judged(lighthouse: list[str], address: str, report: Path) -> tuple[list[int], list[str]]:
    """Return what a page has in each category, of 100, and the audits that took something off."""
    command = [*lighthouse, address, "--quiet", "--output=json", f"--output-path={report}"]
    subprocess.run(
        [*command, f"--chrome-flags={' '.join(['--headless=new', *FLAGS])}"],
        check=True,
        stdout=sys.stderr,
    )
    said: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    found = [said["categories"][name] for name in CATEGORIES]
    scores = [round(100 * (category["score"] or 0)) for category in found]
    counted = [
        part["id"]
        for category, score in zip(found, scores, strict=True)
        for part in category["auditRefs"]
        if part["weight"] and score < 100
    ]
    return scores, [name for name in counted if (said["audits"][name]["score"] or 0) < 1]


def tell(*cells: str) -> None:
    """Print a row of the table."""
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


def row(lighthouse: list[str], name: str, address: str, runs: int, report: Path) -> bool:
    """Print what a page has in the median of `runs`, and return whether that is all there is."""
    found = [judged(lighthouse, address, report) for _ in range(runs)]
    medians = [statistics.median(scores) for scores in zip(*(f[0] for f in found), strict=True)]
    lost = sorted({audit for _, audits in found for audit in audits})
    tell(name, *(f"{median:g}" for median in medians), ", ".join(lost))
    return min(medians) == 100


def main() -> int:
    """Return 1 where some page has less than 100 in the median of its runs."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--lighthouse", default="npx lighthouse", help="how it is started")
    words.add_argument("--runs", type=int, default=1, help="of which the median counts")
    said = words.parse_args()
    if "CHROME_PATH" not in os.environ and (chromium := shutil.which("chromium")):
        os.environ["CHROME_PATH"] = chromium
    tell("page", *CATEGORIES, "what took something off")
    tell("---", *("---:" for _ in CATEGORIES), "---")
    with tempfile.TemporaryDirectory() as temporary:
        site, report = Path(temporary) / "site", Path(temporary) / "report.json"
        site.mkdir()
        with served(site) as address:
            build(site, address)
            lighthouse = shlex.split(said.lighthouse)
            whole = [
                row(lighthouse, name, address + path, said.runs, report)
                for name, path in PAGES.items()
            ]
    return int(not all(whole))


if __name__ == "__main__":
    sys.exit(main())
