"""Made pages as the checks see them: in memory, from the plan; nothing is written."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from briefsite.checks import texts
from briefsite.checks.addresses import Lead, lead, odd
from briefsite.checks.findings import Finding
from briefsite.checks.texts import Written
from briefsite.config import Project
from briefsite.errors import BriefsiteError, Problem
from briefsite.outputs import redirects
from briefsite.outputs.output import Output
from briefsite.prose.marks import Mark
from briefsite.renderer import Entry, Renderer
from briefsite.templates import Templates
from briefsite.trees import Tree
from briefsite.urls import root_of
from briefsite.values import Struct

Kind = Literal["link", "image", "file"]
LONG_TITLE = 70
LARGE = 300_000
MAX_PAGE = 20_000_000
_ADDRESSES: tuple[tuple[str, str, Kind], ...] = (
    ("a[href], area[href]", "href", "link"),
    ("img[src]", "src", "image"),
    ("video[poster]", "poster", "image"),
    ("script[src], iframe[src], source[src], video[src], audio[src], track[src]", "src", "file"),
    ("link[href]", "href", "file"),
)
_LOADED = "[src], [rel~=stylesheet], [rel~=icon], [rel~=preload], [rel~=manifest]"
"""Of what names a file of another host, what a browser asks for without being told to."""


class Link(Struct, frozen=True):
    """An address in a made page."""

    kind: Kind
    written: str
    """As its author wrote it where one did, else as the page has it."""
    lead: Lead
    line: int | None = None
    """Where an author wrote it, in the page's origin."""
    bare: bool = False
    """Whether a template shows it as an image without `alt`."""


class Seen(Struct, frozen=True):
    """A made page."""

    path: str
    origin: str
    ids: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    leads_on: bool = False
    """Whether it is a redirect: it answers for no anchor."""
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What a build would say of it."""


class Looker:
    """Makes pages and looks at them, in one process."""

    def __init__(self, project: Project, shared: dict[str, Any], templates: Templates) -> None:
        self.base_url = project.base_url
        self.renderer = Renderer(project, shared, templates)

    def one(self, output: Output) -> Seen:
        """Return what there is to see in the page that `output` makes."""
        self.renderer.problems.clear()
        try:
            made = output.make(self.renderer, *output.inputs)
            html = made.read_bytes()[:MAX_PAGE] if isinstance(made, Path) else made
            entries = [value for value in output.inputs if isinstance(value, Entry)]
            written = [texts.read(self.renderer, entry) for entry in entries]
            resolved = self._resolved(entries, written, output.path)
        except (BriefsiteError, OSError) as error:
            problems = getattr(error, "problems", (Problem(output.origin, str(error)),))
            return Seen(output.path, output.origin, problems=problems)
        # The text above an index is a document's own, whatever asks for the page.
        origin = written[0].brief.source if written else output.origin
        tree = Tree(html.decode("utf-8", "replace"))
        found = [finding for item in written for finding in texts.findings(item)]
        leads_on = output.make is redirects.make
        if not leads_on:
            found += _of_page(tree, len(html), output, written)
        return Seen(
            output.path,
            origin,
            frozenset(_ids(tree)) | {node.attributes["name"] or "" for node in tree.css("a[name]")},
            tuple(dict.fromkeys(self._links(tree, output.path, resolved))),
            leads_on,
            tuple(found),
            tuple(self.renderer.problems),
        )

    def _resolved(
        self, entries: Sequence[Entry], written: Sequence[Written], path: str
    ) -> dict[Lead, list[Mark]]:
        """Return which marks of authors lead where."""
        found: dict[Lead, list[Mark]] = defaultdict(list)
        for entry, item in zip(entries, written, strict=True):
            resolve = self.renderer.resolver(entry, root_of(entry.brief.url))
            for mark in (*item.marks, Mark("image", item.line("image"), item.brief.image)):
                if mark.kind in ("link", "image") and mark.value:
                    found[lead(resolve(mark.value), path, self.base_url)].append(mark)
        return found

    def _links(self, tree: Tree, path: str, resolved: dict[Lead, list[Mark]]) -> Iterator[Link]:
        for selector, name, kind in _ADDRESSES:
            for node in tree.css(selector):
                address = node.attributes.get(name) or ""
                to = lead(address, path, self.base_url)
                if kind == "file" and to.path is None and not node.css_matches(_LOADED):
                    continue
                marks = resolved.get(to, ())
                if not marks:
                    bare = node.tag == "img" and "alt" not in node.attributes
                    yield Link(kind, address, to, bare=bare)
                yield from (Link(kind, m.value, to, m.line) for m in marks if not odd(m.value))


def _ids(tree: Tree) -> list[str]:
    return [node.attributes.get("id") or "" for node in tree.css("[id]")]


def _of_page(
    tree: Tree, size: int, output: Output, written: Sequence[Written]
) -> Iterator[Finding]:
    """Yield what only the whole page shows."""
    origin = written[0] if written else None
    where = origin.brief.source if origin else ""
    page = "the page" if origin else output.path
    for id_, count in Counter(_ids(tree)).items():
        if count > 1:
            what = f"{page} has {count} elements with the id '{id_}'"
            yield Finding("duplicate-id", where, None, what, "give each an id of its own")
    if size > LARGE:
        what = f"{page} has {size // 1000} kB of HTML, and phones load it whole"
        yield Finding("large-page", where, None, what, "part it into several, or shorten tables")
    if origin is None or where != output.origin:
        return  # what an index says of itself is the site's
    title = tree.css_first("title")
    words = title.text().strip() if title else ""
    if len(words) > LONG_TITLE:
        what = f"the <title> has {len(words)} characters; search engines show about {LONG_TITLE}"
        yield Finding("long-title", where, origin.line("title"), what, "shorten the title")
    said = tree.css_first("meta[name=description]")
    if title and not (said and said.attributes.get("content")):
        hint = "write a standfirst, or 'description:'"
        what = "the page has no description for search engines"
        yield Finding("missing-description", where, origin.line("description"), what, hint)


_looker: Looker


def start(project: Project, shared: dict[str, Any], templates: Templates) -> None:
    """Make a process ready to look at pages."""
    global _looker  # noqa: PLW0603  # a pool's worker has no other place for what its calls share
    _looker = Looker(project, shared, templates)


def look(outputs: Sequence[Output]) -> list[Seen]:
    """Return what there is to see in each of the pages."""
    return [_looker.one(output) for output in outputs]
