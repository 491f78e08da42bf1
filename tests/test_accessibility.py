"""Every kind of page against WCAG 2.2 AA: axe-core, keyboard, contrast, reflow, spacing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from gallery import KINDS

SCHEMES = ["light", "dark"]
WIDTHS = [390, 1280]
LINKED = ["home", "second page", "brief", "strained", "author", "topics"]
"""Kinds that hold every kind of link between them."""
OPEN = "for (const fold of document.querySelectorAll('details')) fold.open = true"
AXE = """async () => {
  const {violations} = await axe.run(document, {
    preload: false,
    resultTypes: ["violations"],
    rules: {"target-size": {enabled: true}},
  });
  return violations.flatMap(found => found.nodes.map(
    node => `${found.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`));
}"""
STOPS = """() => {
  const may = "a[href], button, summary, input, select, textarea, [tabindex='0']";
  const ring = node => { const style = getComputedStyle(node);
    const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return [drawn && style.outlineWidth, drawn && style.outlineColor, style.boxShadow] + ""; };
  const tell = node => node.outerHTML.replace(/\\s+/g, " ").slice(0, 120);
  const stops = [...document.querySelectorAll(may)].filter(
    node => !node.disabled && node.tabIndex >= 0 &&
      node.checkVisibility({visibilityProperty: true}));
  const before = stops.map(ring);
  window.stops = stops.length;
  window.stop = () => {
    const node = document.activeElement, at = stops.indexOf(node), faults = [];
    if (at < 0) return [at, [`focus went to ${tell(node)}`]];
    if (before[at] === ring(node)) faults.push(`no focus to be seen: ${tell(node)}`);
    const boxes = [...node.getClientRects()];
    const seen = boxes.some(box => {
      const within = (value, end) => Math.min(Math.max(value, 0), end - 1);
      const x = within(box.left + box.width / 2, innerWidth);
      const y = within(box.top + Math.min(box.height, innerHeight) / 2, innerHeight);
      const top = document.elementFromPoint(x, y);
      return top && (node.contains(top) || top.contains(node)) &&
        box.bottom > 0 && box.top < innerHeight;
    });
    if (!seen) faults.push(`focus is out of sight: ${tell(node)}`);
    const {width, height} = node.getBoundingClientRect();
    const line = node.closest("p, li, dd, td, th, figcaption, cite, summary");
    const within = getComputedStyle(node).display === "inline" && line &&
      (line.textContent.trim() !== node.textContent.trim() || node.closest("td, .prose li"));
    if (!within && (width < 24 || height < 24)) faults.push(`${width} x ${height}: ${tell(node)}`);
    return [at, faults];
  };
  return stops.length;
}"""

CONTRAST = """() => {
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const light = text => rgb(text).slice(0, 3).map(value => value / 255)
    .map(value => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4)
    .reduce((sum, value, at) => sum + value * [.2126, .7152, .0722][at], 0);
  const ratio = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + .05) / (dark + .05);
  };
  const ground = node => {
    for (; node; node = node.parentElement) {
      const color = getComputedStyle(node).backgroundColor;
      if ((rgb(color)[3] ?? 1) > 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll("a[href], button, summary")].flatMap(node => {
    const style = getComputedStyle(node), tell = node.outerHTML.slice(0, 120), faults = [];
    const words = ratio(style.color, ground(node));
    if (words < 4.5) faults.push(`words ${words.toFixed(2)} of ${tell}`);
    const ring = ratio(style.outlineColor, ground(node.parentElement));
    if (style.outlineStyle !== "none" && ring < 3)
      faults.push(`ring ${ring.toFixed(2)} of ${tell}`);
    return faults;
  });
}"""
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important }
    * { word-spacing: .16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
"""What WCAG 1.4.12 lets a reader set."""
SIDEWAYS = """() => {
  const wide = document.documentElement.scrollWidth, tell = node => node.outerHTML.slice(0, 120);
  const faults = wide > innerWidth ? [`${wide} pixels wide`] : [];
  for (const node of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(node), hidden = /hidden|clip/;
    // An excerpt is cut on purpose: its brief is a link away.
    if (node.matches("math *, .excerpt")) continue;
    if (hidden.test(style.overflowX) && node.scrollWidth > node.clientWidth + 1 ||
        hidden.test(style.overflowY) && node.scrollHeight > node.clientHeight + 1)
      faults.push(`cut off: ${tell(node)}`);
    const box = node.getBoundingClientRect();
    const scrolls = node.closest(".table, pre, math, .skip");
    if (box.width && (box.right > innerWidth + 1 || box.left < -1) && !scrolls)
      faults.push(`out of sight: ${tell(node)}`);
  }
  return faults;
}"""


@contextmanager
def page_of(browser: Any, width: int = 1280, **settings: Any) -> Iterator[Any]:
    """Give a page of a window of its own, without movement."""
    size = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, reduced_motion="reduce", **settings)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(browser: Any, address: str, scheme: str, width: int) -> None:
    axe = os.environ.get("BRIEFSITE_AXE", "")
    if not axe:
        pytest.skip("BRIEFSITE_AXE names no axe.min.js")

    program, found = Path(axe).read_text(encoding="utf-8"), []
    with page_of(browser, width, color_scheme=scheme) as page:
        page.add_init_script(program)
        for kind, path in KINDS.items():
            page.goto(address + path)
            page.evaluate(OPEN)
            found += [f"{kind}: {fault}" for fault in page.evaluate(AXE)]

    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_tab_key_visits_everything_in_order_and_shows_where_it_is(
    browser: Any, address: str, width: int
) -> None:
    found = []
    with page_of(browser, width) as page:
        for kind, path in KINDS.items():
            page.goto(address + path)
            faults, order = [], []
            for _ in range(page.evaluate(STOPS)):
                page.keyboard.press("Tab")
                at, seen = page.evaluate("stop()")
                order.append(at)
                faults += seen
            if order != list(range(len(order))):
                faults.append(f"another order: {order}")
            found += [f"{kind}: {fault}" for fault in faults]

    assert found == []


def test_the_skip_link_and_the_contents_lead_on_by_keyboard(browser: Any, address: str) -> None:
    behind = "id => document.getElementById(id).compareDocumentPosition(document.activeElement)"
    with page_of(browser, 390) as page:
        page.goto(address + KINDS["brief"])
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"

        page.locator(".toc summary").focus()
        page.keyboard.press("Enter")
        assert page.locator(".toc details[open]").count() == 1
        first = page.evaluate("document.querySelector('.toc a').hash.slice(1)")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash.slice(1)") == first
        page.keyboard.press("Tab")
        assert page.evaluate(behind, first) & 4


def test_a_note_is_reached_by_keyboard(browser: Any, address: str) -> None:
    shown = ".footnotes li:target, :popover-open"
    with page_of(browser, 390) as page:
        page.goto(address + KINDS["brief"])
        page.locator("a.footnote").first.focus()
        page.keyboard.press("Enter")
        note = page.evaluate("document.querySelector('.footnotes li a.external').href")
        assert page.locator(shown).locator(f'a[href="{note}"]').count() == 1
        page.keyboard.press("Tab")
        assert page.evaluate(f"document.activeElement.closest('{shown}') !== null")


def test_a_citation_is_copied_by_keyboard(browser: Any, address: str) -> None:
    with page_of(browser, 390, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(address + KINDS["brief"])
        page.locator(".cite summary").focus()
        page.keyboard.press("Space")
        page.locator(".cite dd button").first.focus()
        page.keyboard.press("Enter")
        page.get_by_text("Copied").wait_for(timeout=3000)
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied + " Copied" == page.locator(".cite dd").first.text_content()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_links_keep_their_contrast_under_pointer_and_focus(
    browser: Any, address: str, scheme: str
) -> None:
    found = []
    with page_of(browser, color_scheme=scheme) as page:
        session = page.context.new_cdp_session(page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        for kind in LINKED:
            page.goto(address + KINDS[kind])
            page.evaluate(OPEN)
            root = session.send("DOM.getDocument")["root"]["nodeId"]
            query = {"nodeId": root, "selector": "a[href], button, summary"}
            nodes = session.send("DOM.querySelectorAll", query)["nodeIds"]
            for state in ([], ["hover"], ["focus", "focus-visible"], ["active", "hover"]):
                for node in nodes:
                    force = {"nodeId": node, "forcedPseudoClasses": state}
                    session.send("CSS.forcePseudoState", force)
                faults = page.evaluate(CONTRAST)
                found += [f"{kind} {'+'.join(state)}: {fault}" for fault in faults]

    assert found == []


@pytest.mark.parametrize(
    ("width", "scale", "letters"),
    [(320, 1, "100%"), (640, 2, "100%"), (1280, 1, "200%")],
    ids=["320 pixels", "zoomed to 200 %", "letters of 200 %"],
)
def test_nothing_scrolls_sideways(
    browser: Any, address: str, width: int, scale: int, letters: str
) -> None:
    found = []
    with page_of(browser, width, device_scale_factor=scale) as page:
        for kind, path in KINDS.items():
            page.goto(address + path)
            page.evaluate(OPEN)
            page.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
            found += [f"{kind}: {fault}" for fault in page.evaluate(SIDEWAYS)]

    assert found == []


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_lost_when_a_reader_spaces_the_text(
    browser: Any, address: str, width: int
) -> None:
    found = []
    with page_of(browser, width) as page:
        for kind, path in KINDS.items():
            page.goto(address + path)
            page.evaluate(OPEN)
            page.evaluate(SPACED)
            found += [f"{kind}: {fault}" for fault in page.evaluate(SIDEWAYS)]

    assert found == []
