"""Take the README's pictures of the sample site: `make pictures`, with Chromium and pdftoppm.

Each is made anew from the site as it is built here, so that no picture shows what no longer is.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
sys.path.insert(0, str(ROOT / "tests"))

from browsing import CHROMIUM, FLAGS, served  # noqa: E402  # needs the path above

SCREENS: dict[str, tuple[str, dict[str, Any]]] = {
    "light": (
        "briefs/2026/full-text-feeds/",
        {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    ),
    "dark": ("", {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"}),
    "phone": (
        "briefs/2026/charts-as-claims/",
        {
            "viewport": {"width": 390, "height": 844},
            "color_scheme": "light",
            "device_scale_factor": 2,
        },
    ),
}
"""Page and device of each picture, by its name."""
PRINTED = "briefs/2025/correct-it-in-public/"
DOTS_PER_INCH = "80"


def build(folder: Path) -> None:
    """Build the sample site in `folder`."""
    command = [sys.executable, "-m", "briefsite", "build", "--quiet", "--output", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)


def open_page(page: Any, url: str) -> None:
    """Open a page; ValueError where there is none."""
    answer = page.goto(url, wait_until="networkidle")
    if not answer.ok:
        raise ValueError(f"{url} is not there")


def take(address: str, folder: Path) -> None:
    """Take the pictures of screens, and one of paper."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, (path, device) in SCREENS.items():
            page = browser.new_context(**device, reduced_motion="reduce").new_page()
            open_page(page, address + path)
            page.screenshot(path=DOCS / f"{name}.png")
        page = browser.new_page()
        open_page(page, address + PRINTED)
        page.pdf(path=folder / "brief.pdf", prefer_css_page_size=True)
        browser.close()
    printed = ["pdftoppm", "-png", "-r", DOTS_PER_INCH, "-f", "1", "-l", "1", "-singlefile"]
    subprocess.run([*printed, folder / "brief.pdf", DOCS / "print"], check=True)


def main() -> int:
    """Return the exit status: 1 where a program is missing."""
    if CHROMIUM is None or shutil.which("pdftoppm") is None:
        sys.stderr.write("Chromium and pdftoppm (poppler-utils) are needed\n")
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(folder / "briefsite")
        with served(folder) as address:
            take(f"{address}/briefsite/", folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
