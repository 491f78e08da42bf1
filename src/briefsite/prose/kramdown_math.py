"""TeX becomes MathML when the site is built (the only door to latex2mathml)."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from xml.etree.ElementTree import Element

from briefsite.prose.excerpts import CUT
from briefsite.prose.sanitizer import MATH, MATH_ATTRIBUTES

LONGEST = 5_000
"""More than any formula has; the library's time grows faster than its input."""


@lru_cache(maxsize=256)
def math(source: str, display: bool) -> str:
    """Return MathML of a TeX formula; the formula itself as code where it cannot be read."""
    source = source.replace(CUT, "").strip()
    try:
        return "".join(_html(_read(source, display)))
    except Exception:  # The library raises whatever its walk through broken TeX ends in.
        code = f'<code class="math">{escape(source, quote=False)}</code>'
        return f"<p>{code}</p>" if display else code


def _read(source: str, display: bool) -> Element:
    if len(source) > LONGEST:
        raise ValueError(source)
    from latex2mathml.converter import convert_to_element

    return convert_to_element(source, display="block" if display else "inline")


def _html(element: Element) -> Iterator[str]:
    """Yield what is harmless of an element; the library would print its texts unescaped."""
    text = unescape(element.text or "")
    if element.tag not in MATH or (text.startswith("\\") and len(text) > 1):
        raise ValueError(element.tag, text)
    said = (f' {k}="{escape(v)}"' for k, v in element.attrib.items() if k in MATH_ATTRIBUTES)
    yield f"<{element.tag}{''.join(said)}>{escape(text, quote=False)}"
    for child in element:
        yield from _html(child)
        yield escape(unescape(child.tail or ""), quote=False)
    yield f"</{element.tag}>"
