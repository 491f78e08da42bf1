"""What can be measured of how pages look: edges, baselines, hints that more lies to the right."""

from itertools import pairwise
from typing import Any

from gallery import KINDS

LINES = """node => {
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT), boxes = [];
  const range = document.createRange();
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.data.trim()) continue;
    range.setStart(text, text.data.search(/\\S/));
    range.setEnd(text, text.length);
    boxes.push(...[...range.getClientRects()].filter(box => box.width > 1));
  }
  return boxes;
}"""
LABELS = f"""() => {{
  const lines = {LINES}, foot = node => lines(node)[0].bottom;
  return [...document.querySelectorAll(".end h2 + :is(p, ul)")].map(node =>
    [node.previousElementSibling.textContent, foot(node.previousElementSibling) - foot(node)])
}}"""


def opened(browser: Any, address: str, kind: str, width: int, **settings: Any) -> Any:
    """Return a page of the gallery in a window of its own."""
    viewport = {"width": width, "height": 900}
    page = browser.new_context(viewport=viewport, **settings).new_page()
    page.goto(address + KINDS[kind])
    return page


def test_labels_stand_on_the_line_of_what_they_label(browser: Any, address: str) -> None:
    page = opened(browser, address, "strained", 1280)
    found = dict(page.evaluate(LABELS))

    assert {"Funding", "Disclosure", "Licence", "Topics", "Series", "Related briefs"} <= set(found)
    # Titles of other briefs are in larger letters, whose boxes reach further down.
    assert [label for label, apart in found.items() if abs(apart) > 3] == []
    plain = ("Funding", "Disclosure", "Licence", "Topics", "Series")
    assert [label for label in plain if abs(found[label]) > 1] == []


def test_the_lines_of_a_task_begin_below_each_other(browser: Any, address: str) -> None:
    page = opened(browser, address, "brief", 390)
    begin = set()
    for item in page.query_selector_all(".task-list-item"):
        lefts: dict[int, float] = {}
        for line in page.evaluate(f"node => ({LINES})(node)", item):
            lefts[line["bottom"]] = min(line["left"], lefts.get(line["bottom"], line["left"]))
        begin |= {round(left) for left in lefts.values()}

    edge = page.evaluate("document.querySelector('.task-list-item').getBoundingClientRect().x")
    assert begin == {round(edge)}


def test_what_may_scroll_has_a_shade_that_its_ends_cover(browser: Any, address: str) -> None:
    page = opened(browser, address, "strained", 390)
    for selector in (".table", ".prose pre", ".math"):
        drawn = page.eval_on_selector(
            selector, "node => getComputedStyle(node).backgroundAttachment"
        )
        assert drawn.split(", ")[:4] == ["local", "local", "scroll", "scroll"]


def test_the_links_of_the_footer_are_of_one_size_and_follow_each_other(
    browser: Any, address: str
) -> None:
    page = opened(browser, address, "strained", 390)
    links = page.evaluate("""[...document.querySelectorAll(".colophon a")].map(node => {
      const {left, right, top} = node.getBoundingClientRect();
      return [getComputedStyle(node).fontSize, left, right, top];
    })""")

    links = links[2:]  # behind the names of the site and of who publishes it
    assert len({size for size, *_ in links}) == 1
    gaps = [after[1] - before[2] for before, after in pairwise(links) if before[3] == after[3]]
    assert gaps
    assert {round(gap) for gap in gaps} == {24}


def test_pages_of_a_list_begin_at_the_edge_of_the_text(browser: Any, address: str) -> None:
    page = opened(browser, address, "home", 390)
    first = page.evaluate(f"({LINES})(document.querySelector('.pager li'))")[0]["left"]

    assert round(first) == round(page.locator(".pager").bounding_box()["x"])
