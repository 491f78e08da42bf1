"""A body that is HTML already becomes an Article (jekyll.md F2)."""

import re
from html import escape, unescape

from briefsite.model import Article
from briefsite.prose import sanitizer
from briefsite.prose.excerpts import CUT, shortened
from briefsite.prose.markdown import Resolve
from briefsite.prose.options import Options
from briefsite.prose.reach import within_reach


def render(body: str, resolve: Resolve, options: Options) -> Article:
    """Return the article of an HTML body, its addresses turned by `resolve`; it has no
    standfirst."""
    html = _clean(body, options).replace(CUT, "")
    html = within_reach(sanitizer.rewrite(html, resolve))
    return Article(html, "", html, ())


def render_excerpt(excerpt: str, resolve: Resolve, options: Options) -> str:
    """Return the beginning of an HTML body as balanced, harmless HTML without ids."""
    head = excerpt.partition(CUT)[0]
    html = escape(head) if options.html == "escaped" else sanitizer.clean(head, ids=False)
    return sanitizer.rewrite(html, resolve).strip()


def plain_text(excerpt: str, options: Options, limit: int = 300) -> str:
    """Return the beginning of an HTML body as one line of plain text."""
    html = render_excerpt(excerpt, lambda url: url, options)
    return shortened(" ".join(unescape(re.sub(r"<[^<>]*>", " ", html)).split()), limit)


def _clean(body: str, options: Options) -> str:
    if options.html == "escaped":
        return f"<pre>{escape(body)}</pre>"
    return body if options.html == "trusted" else sanitizer.clean(body, ids=True)
