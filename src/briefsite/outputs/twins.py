"""A Markdown twin beside the page of each listed brief: its text for machines (publishing.md 5)."""

import posixpath
import re
from collections.abc import Callable, Iterator

from briefsite.assembler import Site
from briefsite.config import Project
from briefsite.dates import iso
from briefsite.front_matter import quoted
from briefsite.loader import is_html
from briefsite.model import Brief
from briefsite.outputs.output import Desk, Output
from briefsite.prose.excerpts import unmark
from briefsite.renderer import Entry, Renderer
from briefsite.urls import join
from briefsite.values import replace

_LINK = re.compile(
    r"(?P<code>^ {0,3}(?P<fence>`{3,}|~{3,}).*?(?:^ {0,3}(?P=fence)|\Z)|(?P<tick>`+)[^`]+(?P=tick))"
    r"|(?P<before>\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:[ \t]*<?|\s(?:href|src|poster)\s*=\s*[\"']?)"
    r"(?P<url>(?!#)(?:(?<=[<\"'])[^<>\"'\n]+|(?:[^\s()<>\"']|\([^\s()<>\"']*\))+))",
    re.MULTILINE | re.DOTALL,
)
"""Code, or an address with what stands before it."""
_FROM_ROOT = {"]": ("](/", "](</", "]: /"), "=": ('="/', "='/")}


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield the twins; a file of the site's own at their path wins."""
    for brief in site.briefs:
        path = twin_of(desk.project, brief)
        if path and path not in desk.taken:
            # What it says of its authors stays where they wrote it.
            whole = replace(brief, bios=())
            yield Output(path, make, (replace(desk.entry(brief), brief=whole),), brief.source)


def twin_of(project: Project, brief: Brief) -> str:
    """Return the path of the twin under the output folder: `x/index.md` beside `x/index.html`;
    empty for what has none."""
    listed = brief.dated and not brief.unlisted and not brief.redirect_to
    if not listed or is_html(brief.source) or not project.config.makes("markdown"):
        return ""
    return posixpath.splitext(brief.output)[0] + ".md"


def make(renderer: Renderer, entry: Entry) -> bytes:
    """Make a twin: what it is as front matter, then the body as its author wrote it, its links
    whole."""
    body = unmark(renderer.body(entry).body)
    base = renderer.project.base_url
    body = _absolute(body, entry.brief, renderer.resolver(entry, base + "/"))
    head = "".join(f"{key}: {value}\n" for key, value in _head(entry.brief, base) if value)
    return f"---\n{head}---\n\n{body.strip(chr(10))}\n".encode()


def _head(brief: Brief, base: str) -> Iterator[tuple[str, str]]:
    authors = [quoted(person.name) for person in brief.people if person.role == "author"]
    yield "title", quoted(brief.headline)
    yield "subtitle", quoted(brief.subtitle) if brief.subtitle else ""
    yield "authors", f"[{', '.join(authors)}]" if authors else ""
    yield "date", iso(brief.published) if brief.published else ""
    yield "updated", iso(brief.updated) if brief.updated else ""
    yield "lang", quoted(brief.lang)
    yield "doi", brief.imprint.doi and quoted(brief.imprint.doi)
    yield "url", quoted(join(base, brief.url)) if base else ""


def _absolute(body: str, brief: Brief, resolve: Callable[[str], str]) -> str:
    """Return `body` with its links to the site made absolute, outside code."""
    spots = (("]", (*_FROM_ROOT["]"], *brief.targets)), ("=", (*_FROM_ROOT["="], *brief.targets)))
    # Most texts hold none, and one sign is sought far more quickly than a pattern.
    if not any(sign in body and any(map(body.__contains__, starts)) for sign, starts in spots):
        return body

    def whole(found: re.Match[str]) -> str:
        return found[0] if found["code"] else found["before"] + resolve(found["url"])

    return _LINK.sub(whole, body)
