"""What a page asks of an article that a feed does not: code and formulas that scroll within reach
of the keyboard (WCAG 2.1.1)."""

import re

_CODE = re.compile(r"<pre(?=[ >])(?![^>]* tabindex)")
_FORMULA = re.compile(r'<math display="block">.*?</math>', re.DOTALL)


def within_reach(html: str) -> str:
    """Return HTML for a page."""
    if "<pre" in html:
        html = _CODE.sub('<pre tabindex="0"', html)
    if "<math" in html:  # which may not have the attribute itself
        html = _FORMULA.sub(r'<div class="math" tabindex="0">\g<0></div>', html)
    return html
