"""Pages in a real browser: they fit, they load, and nothing is complained of."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import CHROMIUM, FLAGS, served

playwright = pytest.importorskip("playwright.sync_api")
PAGES = [
    "/",
    "/about/",
    "/briefs/2025/correct-it-in-public/",
    "/briefs/2026/charts-as-claims/",
    "/404.html",
]


@pytest.fixture(scope="module")
def address(sample: Path) -> Iterator[str]:
    """Serve the sample site on loopback, at the path that it is published under."""
    root = sample.parent / "served"
    (root / "briefsite").parent.mkdir(exist_ok=True)
    shutil.copytree(sample, root / "briefsite", dirs_exist_ok=True)
    with served(root) as found:
        yield f"{found}/briefsite"


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium to open the pages in")
def test_every_page_fits_and_nothing_is_complained_of(address: str) -> None:
    faults = []
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for scheme in ("light", "dark"):
            for width in (320, 390, 1280, 1920):
                context = browser.new_context(
                    viewport={"width": width, "height": 900},
                    color_scheme=scheme,
                )
                page = context.new_page()
                page.on("console", lambda message: faults.append(message.text))
                page.on(
                    "response", lambda got: faults.append(got.url) if got.status >= 400 else None
                )
                for path in PAGES:
                    page.goto(address + path)
                    if page.evaluate("document.documentElement.scrollWidth") > width:
                        faults.append(f"{path} is wider than {width}")
                    if page.evaluate("document.querySelectorAll('h1').length") != 1:
                        faults.append(f"{path} has not one h1")
                    if page.evaluate("getComputedStyle(document.body).margin") != "0px":
                        faults.append(f"{path} has no style")
                context.close()
        browser.close()

    assert faults == []


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium to open the pages in")
def test_a_citation_can_be_copied(address: str) -> None:
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{address}/briefs/2026/charts-as-claims/")
        page.locator(".cite summary").click()
        citation = page.locator(".cite dd").nth(1)
        expected = citation.evaluate("node => node.firstChild.parentNode.textContent")
        button = citation.get_by_role("button")
        button.click()
        citation.get_by_text("Copied").wait_for(timeout=3000)
        copied = page.evaluate("navigator.clipboard.readText()")
        browser.close()

    assert copied + " Copy" == expected
    assert copied.startswith("The briefsite editors. (2026).")
