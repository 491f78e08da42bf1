"""What pages weigh, what their content security policy stops, how they look, and whether real
archives give valid HTML."""

import gzip
import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import SiteFolder, project_of
from gallery import KINDS

from briefsite.builder import Job, build
from briefsite.importer import import_jekyll

LIMIT = 30_000
"""Bytes of a median brief without its images, compressed."""
WATCH = """addEventListener("securitypolicyviolation",
  event => console.error("stopped:", event.effectiveDirective, event.blockedURI))"""
LOADED = """() => Promise.all([...document.images].map(image => {
  image.loading = "eager";
  return image.decode();
}))"""
PICTURED = ["home", "brief", "chart", "author", "topic", "Arabic"]
INJECTED = {
    "script-src-elem": "<script>document.title = 'run'</script>",
    "script-src-attr": "<img src='/favicon.svg' alt='' onload=\"document.title = 'run'\">",
    "style-src-elem": "<style>body { display: none }</style>",
    "style-src-attr": "<p style='color: red'>styled</p>",
    "frame-src": "<iframe src='/'></iframe>",
    "base-uri": "<base href='https://example.org/'>",
}


def heard(browser: Any, address: str, paths: Iterable[str], injected: str = "") -> list[str]:
    """Return what the console of a browser says of pages, with HTML `injected` into each."""
    said: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(WATCH)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    def answer(route: Any) -> None:
        body = route.fetch().text().replace("</body>", injected + "</body>")
        route.fulfill(body=body, content_type="text/html")

    for path in paths:
        page.route(address + path, answer)
        page.goto(address + path)
        if injected:
            assert page.title() != "run"
            assert page.evaluate("getComputedStyle(document.body).display") != "none"
    context.close()
    return said


def test_no_page_does_what_its_policy_forbids(browser: Any, address: str) -> None:
    assert heard(browser, address, KINDS.values()) == []


def test_the_policy_stops_whatever_is_put_into_a_page(browser: Any, address: str) -> None:
    for kind in ("home", "brief", "topic", "lost"):
        said = heard(browser, address, [KINDS[kind]], "".join(INJECTED.values()))

        stopped = {text.split()[1] for text in said if text.startswith("stopped: ")}
        assert stopped == set(INJECTED), kind


def test_a_median_brief_weighs_little_and_asks_nobody_else(
    browser: Any, address: str, gallery: Path
) -> None:
    weights, hosts = [], set()
    for file in sorted(gallery.glob("briefs/*/*/index.html")):
        got: list[Any] = []
        context = browser.new_context()  # a reader's first visit: nothing is kept of others
        page = context.new_page()
        page.on("response", lambda answer, got=got: got.append(answer))
        path = file.parent.relative_to(gallery).as_posix()
        page.goto(f"{address}/{path}/")
        hosts |= {urlsplit(answer.url).netloc for answer in got}
        heavy = [answer for answer in got if "image/" not in answer.headers["content-type"]]
        kinds = {answer.request.resource_type for answer in heavy}
        assert kinds == {"document", "stylesheet", "script"}
        weights.append(sum(len(gzip.compress(answer.body())) for answer in heavy))
        context.close()

    assert len(weights) == 12
    assert statistics.median(weights) < LIMIT
    assert hosts == {urlsplit(address).netloc}


def test_pages_are_pictured(
    browser: Any, address: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """For people to look at: into the folder that BRIEFSITE_ARTIFACTS names."""
    named = os.environ.get("BRIEFSITE_ARTIFACTS", "")
    folder = Path(named) if named else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        for width in (390, 1280):
            size = {"width": width, "height": 900}
            context = browser.new_context(viewport=size, color_scheme=scheme)
            page = context.new_page()
            for kind in PICTURED:
                page.goto(address + KINDS[kind])
                page.evaluate(LOADED)
                page.screenshot(path=folder / f"{kind}-{scheme}-{width}.png", full_page=True)
            context.close()

    wide = {
        (file.name, int.from_bytes(file.read_bytes()[16:20], "big"))
        for file in folder.glob("*.png")
    }
    assert wide >= {
        (f"{kind}-{scheme}-{width}.png", width)
        for kind in PICTURED
        for scheme in ("light", "dark")
        for width in (390, 1280)
    }


@pytest.fixture(scope="module")
def archive(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Return a real archive, imported and built."""
    root = tmp_path_factory.mktemp("archive") / "site"
    import_jekyll(corpus, root)
    build(project_of(root), Job())
    return SiteFolder(root)


def complaints(paths: Iterable[Path]) -> dict[Path, list[str]]:
    """Return what the Nu HTML checker says against files; skipped where there is none."""
    jar = os.environ.get("BRIEFSITE_VNU", "")
    if not jar or not shutil.which("java"):
        pytest.skip("BRIEFSITE_VNU names no vnu.jar, or there is no java")
    command = ["java", "-jar", jar, "--errors-only", "--skip-non-html", "--format", "json"]
    done = subprocess.run([*command, *paths], capture_output=True, text=True, check=False)
    found: dict[Path, list[str]] = {}
    for message in json.loads(done.stderr)["messages"]:
        file = Path(urlsplit(message["url"]).path)
        found.setdefault(file, []).append(message["message"])
    return found


def test_the_nu_html_checker_finds_in_an_archive_only_faults_of_its_raw_html(
    archive: SiteFolder,
) -> None:
    settings = (archive.root / "site.yaml").read_text(encoding="utf-8")
    assert "html: trusted" in settings
    faulty = complaints([archive.root / "_site"])
    assert len(faulty) < 5

    archive.write({"site.yaml": settings.replace("html: trusted", "html: escaped")})
    archive.build(output=archive.root / "escaped")

    escaped = [
        archive.root / "escaped" / file.relative_to(archive.root / "_site") for file in faulty
    ]
    assert complaints(escaped or [archive.root / "escaped" / "index.html"]) == {}


def test_a_median_brief_of_an_archive_weighs_little(archive: SiteFolder) -> None:
    files = archive.output()
    packed = {path: len(gzip.compress(data)) for path, data in files.items()}
    shared = sum(size for path, size in packed.items() if path.endswith((".css", ".js")))

    weights = [
        size + shared
        for path, size in packed.items()
        if path.startswith(("columns/", "heros/", "hkers/"))
        and path.endswith(".html")
        and not path.endswith("index.html")
    ]

    assert len(weights) > 250
    assert statistics.median(weights) < LIMIT
