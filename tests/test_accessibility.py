"""Every kind of page against WCAG 2.2 AA, in a real browser: axe-core, keyboard, reflow, contrast."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from gallery import KINDS

SCHEMES = ["light", "dark"]
WIDTHS = [390, 1280]
OPEN = "for (const fold of document.querySelectorAll('details')) fold.open = true"
AXE = """async () => {
  const {violations} = await axe.run(document, {
    preload: false,
    resultTypes: ["violations"],
    rules: {"target-size": {enabled: true}},
  });
  return violations.flatMap(found => found.nodes.map(node => `${found.id}: ${node.html.slice(0, 300)} ${node.failureSummary}`));
}"""


@contextmanager
def page_of(browser: Any, width: int = 1280, scheme: str = "light", height: int = 900, **more: Any) -> Iterator[Any]:
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce", **more
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(browser: Any, address: str, scheme: str, width: int) -> None:
    axe = os.environ.get("BRIEFSITE_AXE", "")
    if not axe:
        pytest.skip("BRIEFSITE_AXE names no axe.min.js")

    program, found = Path(axe).read_text(encoding="utf-8"), {}
    with page_of(browser, width, scheme) as page:
        page.add_init_script(program)
        for kind, path in KINDS.items():
            page.goto(address + path)
            page.evaluate(OPEN)
            found[kind] = page.evaluate(AXE)

    assert found == dict.fromkeys(KINDS, [])
