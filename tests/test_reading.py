"""What reading a brief is like in a real browser: contents, notes, colours, languages, paper."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import CHROMIUM, served
from conftest import CONFIG, ROOT, SiteFolder
from jinja2 import Environment, FileSystemLoader

from briefsite.colors import AA, contrast, legible

playwright = pytest.importorskip("playwright.sync_api")
if CHROMIUM is None:
    pytest.skip("there is no Chromium to open the pages in", allow_module_level=True)

WIDE, SMALL = {"width": 1280, "height": 900}, {"width": 390, "height": 800}
ACCENT = "#ffd400"
TEXT = (
    "The harbour authority has raised its dues in four of the last five years, and the traffic "
    "has followed the dues rather than the demand. What looks like a question of price is one of "
    "trust: a shipowner who cannot tell what a berth will cost in March does not book it. "
) * 3
CHAPTERS = [f"Chapter {number}" for number in range(1, 10)]
REPORT = f"""\
---
title: The state of the coast
date: 2026-03-03
author: Ann Lee
doi: 10.1234/coast.1
---
{TEXT}[^first]

<!--more-->

""" + "\n\n".join(
    f"## {chapter}\n\n{TEXT}\n\n### {chapter} one\n\n{TEXT}\n\n### {chapter} two\n\n{TEXT}[^last]"
    for chapter in CHAPTERS
)
REPORT += "\n\n[^first]: Said by [Gray](https://example.org/gray).\n[^last]: The **last** note.\n"
BRIEFS = {
    "ar": "حين تُبنى الجدران البحرية لا يدفع *ثمنها* من يقرّرها.",
    "he": "כאשר בונים חומת ים, מי ש*מחליט* אינו מי שמשלם.",
    "zh-Hant": "誰為海堤付費，這是*世代之間*的轉移。",
    "ja": "防潮堤の費用は、*それを決める人*が払うのではない。",
    "ko": "방파제의 비용은 *그것을 결정하는 사람*이 내지 않는다.",
}


def brief_in(lang: str) -> str:
    """Return a brief in a language: a title, a heading, an emphasis."""
    text = BRIEFS[lang]
    head = f"---\ntitle: {text[:9]}\nlang: {lang}\ndate: 2026-02-0{len(lang)}\n---\n"
    return f"{head}{text}\n\n<!--more-->\n\n## {text[:6]}\n\n{text}\n\n## {text[:4]}\n\n{text}\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site with a long report, briefs in five languages and a pale accent."""
    root = tmp_path_factory.mktemp("reading")
    config = CONFIG.replace("/repo", "") + f'theme: {{accent: "{ACCENT}"}}\n'
    files = {"site.yaml": config, "content/report.md": REPORT}
    site = SiteFolder(root).write(
        files | {f"content/in-{lang.lower()}.md": brief_in(lang) for lang in BRIEFS}
    )
    site.build()
    with served(root / "_site") as found:
        yield f"{found}/briefs/2026"


Open = Callable[..., Any]


@pytest.fixture
def show(browser: Any, address: str) -> Iterator[Open]:
    """Open a page of the site; whatever the browser complains of fails the test."""
    faults: list[str] = []
    opened = []

    def opener(path: str, viewport: dict[str, int], **options: Any) -> Any:
        context = browser.new_context(viewport=viewport, reduced_motion="reduce", **options)
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{address}/{path}/")
        return page

    yield opener
    for context in opened:
        context.close()
    assert faults == []


def marked(page: Any) -> list[str]:
    """Return the entries of the contents that are marked, once all scrolling is seen."""
    page.evaluate("() => new Promise(go => requestAnimationFrame(() => setTimeout(go, 100)))")
    return page.locator(".toc [aria-current]").all_text_contents()  # type: ignore[no-any-return]


def style(page: Any, selector: str, name: str) -> str:
    """Return a computed value of the first element that is selected."""
    script = "(node, name) => getComputedStyle(node)[name]"
    return page.locator(selector).first.evaluate(script, name)  # type: ignore[no-any-return]


def hex_of(color: str) -> str:
    """Return `rgb(1, 2, 3)` as `#010203`."""
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", color)[:3])


def test_the_section_that_one_reads_is_marked_however_one_came_there(show: Open) -> None:
    page = show("report", WIDE)
    seen = [marked(page)]
    for script in (
        "document.getElementById('chapter-4-one').scrollIntoView()",
        "scrollBy(0, 200)",
        "scrollTo(0, document.body.scrollHeight)",
        "document.getElementById('chapter-2').scrollIntoView()",
        "scrollBy(0, -400)",
        "scrollTo(0, 0)",
    ):
        page.evaluate(script)
        seen.append(marked(page))

    assert seen == [
        [],
        ["Chapter 4 one"],
        ["Chapter 4 one"],
        ["Chapter 9 two"],
        ["Chapter 2"],
        ["Chapter 1 two"],
        [],
    ]


def test_long_contents_unfold_where_one_reads_and_scroll_on_their_own(show: Open) -> None:
    page = show("report", {"width": 1280, "height": 300})
    page.evaluate("document.getElementById('chapter-8-two').scrollIntoView()")

    assert marked(page) == ["Chapter 8 two"]
    shown = [link.text_content() for link in page.locator(".toc a").all() if link.is_visible()]
    assert shown == [*CHAPTERS[:8], "Chapter 8 one", "Chapter 8 two", "Chapter 9"]
    box, entry = (page.locator(at).bounding_box() for at in (".toc", ".toc [aria-current]"))
    assert box["y"] == 0
    assert box["height"] <= 300
    assert 0 <= entry["y"] <= 300 - entry["height"]


def test_long_contents_end_where_the_text_does(show: Open) -> None:
    page = show("report", {"width": 1280, "height": 700})
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    contents, end = (page.locator(at).first.bounding_box() for at in (".toc", ".end"))

    assert contents["height"] > 250
    assert contents["y"] + contents["height"] <= end["y"]


def test_small_screens_keep_the_contents_at_hand_in_one_line(show: Open) -> None:
    page = show("report", SMALL)
    fold, line = page.locator(".toc details"), page.locator(".toc summary")
    page.evaluate("document.getElementById('chapter-5-two').scrollIntoView()")

    assert marked(page) == ["Chapter 5 two"]
    assert line.text_content() == "ContentsChapter 5 two"
    assert fold.get_attribute("open") is None
    assert line.bounding_box()["y"] < 2
    line.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("link", name="Chapter 6 one").is_visible()
    page.keyboard.press("Escape")
    assert fold.get_attribute("open") is None
    line.click()
    page.get_by_role("link", name="Chapter 6 one").click()
    assert marked(page) == ["Chapter 6 one"]
    assert fold.get_attribute("open") is None
    bar, heading = (page.locator(at).first.bounding_box() for at in (".toc", "#chapter-6-one"))
    assert heading["y"] >= bar["y"] + bar["height"]


def test_a_note_opens_where_it_is_asked_for_and_escape_closes_it(show: Open) -> None:
    page = show("report", WIDE)
    mark = page.locator("a.footnote").first
    mark.focus()
    page.keyboard.press("Enter")
    note = page.get_by_role("dialog", name="Note 1")

    assert note.is_visible()
    assert note.text_content().split() == ["1", "Said", "by", "Gray."]
    assert note.evaluate("node => node === document.activeElement")
    assert page.url.endswith("/report/")
    text, box = page.locator(".prose").bounding_box(), note.bounding_box()
    assert box["x"] >= text["x"] + text["width"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.href") == "https://example.org/gray"
    page.keyboard.press("Escape")
    assert not note.is_visible()
    assert mark.evaluate("node => node === document.activeElement")


@pytest.mark.parametrize("width", [320, 390, 900])
def test_a_note_stays_on_a_small_screen_and_a_second_press_closes_it(
    show: Open, width: int
) -> None:
    page = show("report", {"width": width, "height": 800})
    mark = page.locator("a.footnote").first
    mark.click()
    note = page.get_by_role("dialog", name="Note 1")
    box = note.bounding_box()

    assert 0 <= box["x"] <= width - box["width"]
    at = mark.bounding_box()
    assert box["y"] >= at["y"] + at["height"] or box["x"] >= at["x"] + at["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    mark.click()
    assert not note.is_visible()
    mark.click()
    note.get_by_role("link", name="1", exact=True).click()
    assert not note.is_visible()
    assert page.url.endswith("#fn:first")


@pytest.mark.parametrize("viewport", [WIDE, SMALL], ids=["wide", "small"])
def test_without_a_script_contents_and_notes_are_links(
    show: Open, viewport: dict[str, int]
) -> None:
    page = show("report", viewport, java_script_enabled=False)
    if viewport is SMALL:
        page.locator(".toc summary").click()

    assert page.get_by_role("link", name="Chapter 9 two").is_visible()
    page.locator("a.footnote").first.click()
    assert page.url.endswith("#fn:first")
    assert style(page, "#fn\\:first", "backgroundColor") != "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_accent_of_the_site_can_be_read_in_both_schemes(show: Open, scheme: str) -> None:
    page = show("report", WIDE, color_scheme=scheme)
    shown, paper = style(page, "a.footnote", "color"), style(page, "body", "backgroundColor")

    assert hex_of(shown) == legible(ACCENT)[scheme == "dark"]
    assert contrast(hex_of(shown), hex_of(paper)) >= AA


def test_the_column_holds_sixty_to_seventy_five_letters(show: Open) -> None:
    page = show("report", WIDE)
    script = """node => {
      const range = document.createRange(), text = node.firstChild, seen = new Map;
      for (let at = 0; at < text.length; at++) {
        range.setStart(text, at); range.setEnd(text, at + 1);
        const { top } = range.getBoundingClientRect();
        seen.set(top, (seen.get(top) ?? 0) + 1);
      }
      const lines = [...seen.values()].slice(0, -1);
      return lines.reduce((sum, one) => sum + one, 0) / lines.length;
    }"""

    assert 60 <= page.locator(".prose > p").first.evaluate(script) <= 75


@pytest.mark.parametrize("lang", ["ar", "he"])
def test_pages_from_right_to_left_are_mirrored_and_have_no_italics(show: Open, lang: str) -> None:
    page = show(f"in-{lang}", WIDE)
    text, contents = (page.locator(at).bounding_box() for at in (".prose", ".toc"))

    assert style(page, "body", "direction") == "rtl"
    assert contents["x"] >= text["x"] + text["width"]
    assert style(page, ".prose em", "fontStyle") == "normal"
    assert style(page, ".prose em", "fontWeight") == "600"
    assert style(page, ".opening .title", "letterSpacing") in ("normal", "0px")
    assert page.locator(".byline, .toc summary").first.evaluate(
        "n => getComputedStyle(n).textAlign"
    )


def test_chinese_japanese_and_korean_are_set_as_their_readers_expect(show: Open) -> None:
    found = {
        lang: [
            style(page, ".prose em", name)
            for name in ("fontStyle", "lineBreak", "wordBreak", "textEmphasisStyle")
        ]
        + [style(page, ".prose p", "textAlign"), style(page, ".prose em", "fontFamily")[:6]]
        for lang in ("zh-Hant", "ja", "ko")
        for page in [show(f"in-{lang.lower()}", WIDE)]
    }

    assert found == {
        "zh-Hant": ["normal", "strict", "normal", "none", "justify", '"Kaiti'],
        "ja": ["normal", "strict", "normal", "sesame", "justify", '"Hirag'],
        "ko": ["normal", "strict", "keep-all", "none", "start", "AppleM"],
    }


def test_every_language_of_the_theme_has_every_word() -> None:
    templates = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)
    module = templates.get_template("partials/tables.html").make_module(
        {"page": {"lang": "en"}, "site": {"lang": "en"}}
    )
    tables: dict[str, dict[str, Any]] = module.tables  # type: ignore[attr-defined]
    marks = {
        (lang, name): re.findall(r"%\w|%\(\w+\)\w", str(words[name]))
        == re.findall(r"%\w|%\(\w+\)\w", str(text))
        for lang, words in tables.items()
        for name, text in tables["en"].items()
    }

    assert sorted(tables) == ["ar", "en", "zh", "zh-Hant"]
    assert [name for name, same in marks.items() if not same] == []


def test_a_printed_brief_has_running_heads_its_notes_and_no_navigation(
    show: Open, tmp_path: Path
) -> None:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("there is no pdftotext to read the pages with")
    show("report", WIDE).pdf(path=tmp_path / "brief.pdf", prefer_css_page_size=True)
    command = [reader, "-layout", str(tmp_path / "brief.pdf"), "-"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pages = [page.strip().splitlines() for page in printed.split("\f") if page.strip()]

    count = len(pages)
    assert count > 5
    assert [page[0].split() for page in pages] == [["Test"]] + [
        ["The", "state", "of", "the", "coast", "Test"]
    ] * (count - 1)
    assert ["".join(page[-1].split()) for page in pages] == [
        f"https://doi.org/10.1234/coast.1{number}/{count}" for number in range(1, count + 1)
    ]
    words = " ".join(printed.split())
    assert "https://example.org/briefs/2026/report/" in words
    assert "1. Said by Gray (https://example.org/gray)." in words
    assert "Lee, Ann." in words
    assert not re.search(r"Contents|Skip to|Copy|BibTeX|↩", words)
