"""What becomes of each file, and why: the words of `briefsite why` and `briefsite list`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefsite.builder import Plan
from briefsite.config import CONFIG_FILE, Project
from briefsite.dates import iso
from briefsite.model import Brief, Withheld
from briefsite.sieve import LEDGER
from briefsite.urls import join
from briefsite.values import Struct


class Row(Struct, frozen=True):
    """One file of the site and what became of it."""

    status: str
    """`published`, or the reason that it is not: `draft`, `scheduled`, `expired` ..."""
    source: str
    title: str = ""
    url: str = ""
    published: str = ""
    detail: str = ""

    def values(self) -> dict[str, Any]:
        """Return what `--json` prints."""
        return {name: getattr(self, name) for name in self.__struct_fields__}


def rows(plan: Plan) -> Iterator[Row]:
    """Yield every document and everything that is left out, by path."""
    waiting = {brief.source: brief for brief in plan.library.withheld}
    found = [_row("published", brief) for brief in plan.site.documents]
    found += [_withheld(item, waiting.get(item.source)) for item in plan.site.left_out]
    yield from sorted(found, key=lambda row: (row.source, row.status))


def _row(status: str, brief: Brief, detail: str = "") -> Row:
    moment = iso(brief.published) if brief.published else ""
    return Row(status, brief.source, brief.title, brief.url, moment, detail)


def _withheld(item: Withheld, brief: Brief | None) -> Row:
    if brief is None:
        return Row(item.reason, item.source, detail=item.detail)
    return _row(item.reason, brief, item.detail)


def why(project: Project, plan: Plan, file: Path) -> tuple[str, ...]:
    """Return in words what becomes of `file` (absolute) and why; nothing where it is no part of
    the site."""
    if not file.is_relative_to(project.root):
        return ()
    path = file.relative_to(project.root).as_posix()
    faults = [problem for problem in plan.problems if problem.where == path]
    said = tuple(_words(project, plan, path))
    if not said and not any(not fault.warning for fault in faults):
        return ()
    errors = [f"it has a problem: {fault}" for fault in faults if not fault.warning]
    return (*said, *errors, *(f"warning: {fault}" for fault in faults if fault.warning))


def _words(project: Project, plan: Plan, path: str) -> Iterator[str]:
    for brief in plan.site.documents:
        if brief.source == path:
            yield from _published(project, plan, brief)
    for asset in plan.site.assets:
        if asset.file.path == path and not asset.file.base:
            yield f"published as it is at {join(project.base_url, asset.url)}"
    for item in plan.site.left_out:
        if item.source == path:
            yield _left_out(project, item)
        elif path.startswith(f"{item.source}/"):
            yield f"left out with its folder {item.source}: {item.reason} ({item.detail})"
    yield from _other(project, plan, path)


def _published(project: Project, plan: Plan, brief: Brief) -> Iterator[str]:
    address = join(project.base_url, brief.url)
    if brief.redirect_to:
        yield f"leads on from {address} to {brief.redirect_to}"
        return
    kind = f"brief of the collection '{brief.collection}'" if brief.dated else "page"
    yield f"published at {address} as a {kind}"
    yield f"written to {project.output.name}/{brief.output}"
    if brief.published:
        yield f"dated {iso(brief.published)}; the site's zone is {project.config.timezone}"
    elif project.config.dialect != "jekyll":
        yield "in no list of briefs and no feed: neither its name nor its head holds a date"
    if brief.unlisted:
        yield "unlisted: it stands in no list, feed or sitemap"
    if brief.expires:
        yield f"leaves the site at {iso(brief.expires)}"
    for former in brief.redirect_from:
        yield f"{join(project.base_url, former)} leads to it"


def _left_out(project: Project, item: Withheld) -> str:
    zone = f" (the site's zone is {project.config.timezone})" if item.until else ""
    return f"not published: {item.reason}, {item.detail}{zone}"


def _other(project: Project, plan: Plan, path: str) -> Iterator[str]:
    if path in (CONFIG_FILE, LEDGER):
        yield "a file of briefsite's own; never published"
    if path.startswith(f"{project.config.templates.strip('/')}/"):
        yield "a template: pages are made with it"
    for file in plan.library.data_files:
        if file.path == path:
            yield "a data file: templates read it as site.data"
    for brief in plan.library.briefs:
        if brief.source == path and not brief.has_page:
            yield f"data for templates: its collection '{brief.collection}' has no pages"
