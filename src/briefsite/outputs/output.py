"""What a planner is given and what it yields."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from briefsite.assembler import Site
from briefsite.channels import FeedLink
from briefsite.config import Project
from briefsite.digest import digest
from briefsite.errors import BriefsiteError, Problem
from briefsite.model import Brief
from briefsite.renderer import Entry, Renderer, Shared, View
from briefsite.templates import Templates
from briefsite.values import Struct, field

Made = bytes | Path
"""The bytes of a file, or the file to copy."""


class Output(Struct, frozen=True):
    """One file of the site: the value of a function of declared inputs."""

    path: str
    """POSIX path under the output folder."""
    make: Callable[..., Made]
    """Called as `make(renderer, *inputs)`; reads nothing that the inputs do not name."""
    inputs: tuple[Any, ...]
    """Plain values and frozen dataclasses; a file stands here with its digest."""
    origin: str
    """The source, or what else this is made from, for messages."""

    @property
    def weight(self) -> int:
        """Return how long making it takes beside others: the number of views in its inputs."""
        return sum(len(value) for value in self.inputs if isinstance(value, tuple))

    @property
    def template(self) -> str:
        """Return the name of the template that is filled; empty where there is none."""
        return next((value.template.name for value in self.inputs if isinstance(value, View)), "")

    def address(self, program: str) -> str:
        """Return the digest of everything that this output is made from."""
        return digest(program, self.make.__module__, self.make.__qualname__, self.inputs)


class Desk(Struct, dict=True):
    """What planners share while they plan."""

    project: Project
    templates: Templates
    site: Site
    shared: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    feeds: list[tuple[FeedLink, ...]] = field(default_factory=list)
    """The feeds that were planned, for the page that lists them."""
    _views: dict[str, View | None] = field(default_factory=dict)
    _stamps: dict[str, Shared] = field(default_factory=dict)

    @cached_property
    def taken(self) -> frozenset[str]:
        """The paths of the site's own files, which stay what they are."""
        return frozenset(asset.output for asset in self.site.assets)

    @cached_property
    def indexes(self) -> frozenset[str]:
        """Return the addresses of lists, above which a page of the author's may stand."""
        urls = [shelf.url for shelf in (*self.site.shelves, *self.site.facts.hubs)]
        terms = [term.url for hub in self.site.hubs for term in hub.terms]
        return frozenset(("/", *urls, *terms))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self.templates.names())

    @cached_property
    def _listed(self) -> dict[str, Entry]:
        return {item.entry.brief.source: item.entry for item in self.shared["briefs"]}

    def share(self, name: str) -> Shared:
        """Return what stands for the shared value `name` among inputs."""
        if name not in self._stamps:
            self._stamps[name] = Shared(name, digest(self.shared[name]))
        return self._stamps[name]

    def has(self, name: str) -> bool:
        """Return whether there is a template `name`."""
        return name in self._names

    def listed(self, brief: Brief) -> Entry:
        """Return what lists need of a listed brief: nothing that only its own page shows."""
        return self._listed[brief.source]

    def entry(self, brief: Brief) -> Entry:
        """Return what rendering the text of `brief` needs."""
        source = brief.source
        return Entry(
            brief,
            self.site.links.get(source, ()),
            self.site.dead.get(source, ()),
            tuple(
                view
                for name in brief.includes
                if self.has(f"includes/{name}") and (view := self.view(f"includes/{name}", source))
            ),
            self.share("data") if brief.reads_data else None,
        )

    def view(self, name: str, user: str) -> View | None:
        """Return how a page uses the template `name`; None, with a problem that names `user`, where
        it cannot."""
        if name not in self._views:
            try:
                self._views[name] = self._view(name)
            except BriefsiteError as error:
                self._views[name] = None
                self.problems += [
                    Problem(p.where or user, p.message, p.line, p.hint) for p in error.problems
                ]
        elif self._views[name] is None and not any(p.where.endswith(name) for p in self.problems):
            self.problems.append(Problem(user, f"there is no template '{name}'"))
        return self._views[name]

    def _view(self, name: str) -> View:
        template = self.templates.describe(name)
        files = {asset.url: asset.version for asset in self.site.assets}
        versions = tuple((path, files[path]) for path in template.assets if path in files)
        return View(template, versions, tuple(map(self.share, template.lists)))


def changed(brief: Brief) -> datetime | None:
    """Return when `brief` last changed in substance, as its author says: never the build's or the
    file's time."""
    return brief.updated or brief.published


def text(_: Renderer, content: str) -> bytes:
    """Make a file that holds a fixed text."""
    return content.encode()
