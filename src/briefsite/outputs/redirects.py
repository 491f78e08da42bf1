"""Pages at former addresses that lead to the present ones, without script (jekyll.md R1 to R6)."""

from collections.abc import Iterator

from briefsite.assembler import Site
from briefsite.config import Project
from briefsite.errors import Problem
from briefsite.loader import line_of
from briefsite.outputs.output import Desk, Output, text
from briefsite.outputs.views import Page
from briefsite.renderer import Renderer, Shared, View
from briefsite.urls import fold, is_absolute, join, output_path, rebase, root_of
from briefsite.values import Struct


class Redirect(Struct, frozen=True):
    """One address that leads to another."""

    url: str
    """Path on the site."""
    target: str
    """Path on the site, or an absolute address."""
    source: str
    """The document that asks for it."""
    key: str = "redirect_from"
    """By which key of its front matter."""

    @property
    def output(self) -> str:
        """The file that answers: always HTML, whatever the address ends in (R1)."""
        path = output_path(self.url)
        return path if path.endswith((".html", ".htm", ".xhtml")) else f"{path}.html"


Fault = tuple[Redirect, str, str]
"""What is wrong with a redirect, and what to do."""


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield a page for each redirect, and redirects.json; loops and chains are problems (R6)."""
    redirects = redirects_of(site)
    desk.problems += [_fault(desk.project, *fault) for fault in _faults(redirects, site)]
    view = desk.view("redirect.html", "the redirects") if redirects else None
    if view is None:
        return
    for item in redirects:
        yield Output(item.output, make, (view, desk.share("facts"), item), item.source)
    taken = {asset.output for asset in site.assets}
    if desk.project.config.redirects_json and "redirects.json" not in taken:
        import json  # most sites need it for nothing

        base = site.facts.url
        table = {item.url: join(base, item.target) for item in sorted(redirects, key=_key)}
        content = json.dumps(table, ensure_ascii=False, indent=0) + "\n"
        yield Output("redirects.json", text, (content,), "the redirects")


def _key(item: Redirect) -> str:
    return item.url


def redirects_of(site: Site) -> tuple[Redirect, ...]:
    """Return every redirect that public documents ask for, those onto themselves included."""
    found = []
    for brief in site.documents:
        if brief.redirect_to:
            target = _path(brief.redirect_to)
            found.append(Redirect(brief.url, target, brief.source, "redirect_to"))
        found += [Redirect(path, brief.url, brief.source) for path in brief.redirect_from]
    return tuple(found)


def _path(target: str) -> str:
    return target if is_absolute(target) else "/" + target.lstrip("/")


def _faults(redirects: tuple[Redirect, ...], site: Site) -> Iterator[Fault]:
    live = {fold(brief.output): brief for brief in site.documents if not brief.redirect_to}
    by_place: dict[str, Redirect] = {}
    for item in redirects:
        key = item.key
        other = by_place.setdefault(fold(item.output), item)
        page = live.get(fold(item.output))
        if page is not None and page.source == item.source:
            yield item, f"{key}: {item.url} leads to itself", f"delete it from '{key}:'"
        elif page is not None:
            said = f"{key}: {item.url} is the page of {page.source}"
            yield item, said, f"delete it from '{key}:'"
        elif other is not item:
            said = f"{key}: {item.url} is also asked for by {other.source}"
            yield item, said, "keep it in one of them"
    sound = {place: item for place, item in by_place.items() if place not in live}
    for item in sound.values():
        if not is_absolute(item.target):
            yield from _chain(item, sound)


def _chain(item: Redirect, by_place: dict[str, Redirect]) -> Iterator[Fault]:
    """Yield a fault where one redirect leads to another, or back to itself."""
    seen = [item]
    while not is_absolute(seen[-1].target):
        following = by_place.get(fold(output_path(seen[-1].target.partition("#")[0] or "/")))
        if following is None:
            break
        if following in seen:
            way = " to ".join(step.url for step in (*seen, following))
            yield item, f"redirects run in a circle: {way}", "let one be a page"
            return
        seen.append(following)
    if len(seen) > 1:
        end = seen[-1].target
        yield item, f"{item.url} leads to a redirect", f"lead it to {end} at once"


def _fault(project: Project, item: Redirect, message: str, hint: str) -> Problem:
    line = line_of(project, item.source, (item.key,))
    return Problem(item.source, message, line, hint)


def make(renderer: Renderer, view: View, _: Shared, item: Redirect) -> bytes:
    """Make the page of a redirect."""
    root = root_of(item.url)
    page = Page(
        kind="redirect",
        title=item.target,
        url=item.url,
        source=item.source,
        canonical=join(renderer.project.base_url, item.target),
        lang=renderer.project.config.lang,
        noindex=True,
    )
    return renderer.fill(view, page, root, target=rebase(item.target, root, item.url))
