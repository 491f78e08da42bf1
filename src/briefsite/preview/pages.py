"""The site in memory: a plan that follows the sources, and pages that are made when asked for."""

import gc
import operator
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from briefsite import gate, makers
from briefsite.builder import Plan, make_plan, plan_library
from briefsite.config import CONFIG_FILE, Project
from briefsite.documents import read_document
from briefsite.errors import BriefsiteError, Problem, fail_on_errors
from briefsite.library import THEME, reading_of
from briefsite.loader import read_text
from briefsite.manifest import Manifest, Memory, now_ns
from briefsite.model import Brief, Link, Withheld
from briefsite.outputs.output import Output
from briefsite.outputs.pages import NOT_FOUND
from briefsite.outputs.views import minutes
from briefsite.pools import Workers
from briefsite.renderer import Renderer, site_templates
from briefsite.urls import file_at
from briefsite.values import Struct, fields, replace

KEPT = 300
"""Pages whose last good bytes are kept."""
_NOTHING = b"<!DOCTYPE html>\n<title>Not found</title>\n<p>There is nothing at this address.</p>\n"
Made = bytes | Path


class Answer(Struct, frozen=True):
    """What stands at an address."""

    status: int
    path: str = ""
    """The file under the output folder that it would be; empty where there is none."""
    body: Made = b""
    location: str = ""
    """Where a redirect leads, as a path on the site."""
    withheld: tuple[Withheld, ...] = ()
    """What a build would not publish: the page itself, or briefs that it shows."""
    own: bool = False
    """Whether the page itself is withheld."""
    problems: tuple[Problem, ...] = ()
    """What is wrong; the body is then the last good one, if there was any."""


class _State:
    """A whole plan, and what was made of it."""

    def __init__(self, project: Project, plan: Plan, reading: str, started_ns: int) -> None:
        self.project, self.plan, self.reading = project, plan, reading
        self.memory = Manifest(
            reading,
            started_ns,
            plan.library.records,
            templates=plan.templates.uses,
            texts=plan.templates.stamps,
        )
        self.renderer = Renderer(project, plan.shared, plan.templates)
        self.outputs = {output.path: output for output in plan.outputs}
        self.briefs = {brief.source: brief for brief in plan.library.briefs}
        public = replace(project, drafts=False, future=False, unpublished=False)
        self.withheld = gate.judge(plan.library.briefs, public)
        self.urls = {self.briefs[source].url: source for source in self.withheld}
        self.fresh: dict[str, Brief] = {}
        """Briefs of which only the text has changed since the plan was made."""
        self.ahead: set[str] = set()
        """Those of which more has: their own pages show it already, all others need a new plan."""
        self.made: dict[str, Made] = {}

    def make(self, output: Output) -> Made:
        """Return what `output` is now; BriefsiteError where it cannot be made."""
        inputs = _swapped(output.inputs, self.fresh) if self.fresh else output.inputs
        self.renderer.problems.clear()
        try:
            made = output.make(self.renderer, *inputs)
        except OSError as error:
            what = f"{output.path} cannot be made: {error.strerror or error}"
            raise BriefsiteError(Problem(output.origin, what)) from None
        fail_on_errors(self.renderer.problems)
        return made

    def shown(self, output: Output) -> tuple[tuple[Withheld, ...], bool]:
        """Return what a build would not publish on this page, and whether it is the page itself."""
        own = self.withheld.get(output.origin)
        if own is not None:
            return (own,), True
        if not self.withheld:
            return (), False
        return tuple(dict.fromkeys(_found(output.inputs, self.withheld, self.urls))), False


class Preview:
    """A site that can be asked for its pages while its sources change.

    Not for several threads at once.
    """

    def __init__(
        self, project: Project, load: Callable[[], Project], workers: Workers | None = None
    ) -> None:
        """Take the site, and what reads site.yaml anew: it may raise BriefsiteError."""
        self.project = project
        """The site as it was last read."""
        self._load, self._workers = load, workers or Workers()
        self._state: _State | None = None
        self._good: dict[str, Made] = {}
        self._former: dict[str, str] = {}
        """Pages that were there, with their sources, whose addresses have changed since."""
        self.problems: tuple[Problem, ...] = ()
        """What keeps the sources, as they are now, from being a site."""

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What a build would warn of while it plans."""
        return tuple(p for p in self._state.plan.problems if p.warning) if self._state else ()

    def refresh(self, changed: frozenset[str] | None = None) -> None:
        """Bring the plan into line with the sources; `changed` are paths from the site's root, all
        of them where it is None. What is wrong becomes `problems`; the last good plan stays."""
        state = self._state
        if state is not None:
            state.made.clear()
        gc.disable()  # a plan makes many values and no cycles
        if self.problems:
            changed = None  # whatever was wrong may lie in any of them
        try:
            if state is None or changed is None or not _patch(state, changed):
                self._state = self._followed(self._planned(changed))
            self.problems = ()
        except BriefsiteError as error:
            self.problems = tuple(p for p in error.problems if not p.warning)
        finally:
            gc.enable()

    def _followed(self, new: _State) -> _State:
        """Return the new state; remember which pages of the old one it has no more."""
        if self._state is not None:
            old = self._state.outputs
            self._former |= {path: old[path].origin for path in old.keys() - new.outputs.keys()}
        return new

    def _planned(self, changed: frozenset[str] | None) -> _State:
        old = self._state
        if self.problems or changed is None or CONFIG_FILE in changed:
            self.project = self._load()
        project, started = self.project, now_ns()
        reading = reading_of(project, makers.program_stamp())
        if old is None:
            known, _ = Memory.of(project.root, project.output).read()
            plan = make_plan(project, known, reading, self._workers)
        elif project is old.project and changed and all(_of_templates(project, p) for p in changed):
            plan, started = _retemplated(project, old), old.memory.started_ns
        else:
            plan = make_plan(project, old.memory, reading, Workers(1))
        fail_on_errors(plan.problems)
        return _State(project, plan, reading, started)

    def answer(self, path: str) -> Answer:
        """Return what stands at `path`, decoded and without the `/` in front, as GitHub Pages
        finds it."""
        state = self._state
        if state is None:
            return Answer(503, problems=self.problems)
        self._look_again(path)
        if state.ahead and not self.problems and _origin(state, path) not in state.ahead:
            self.refresh(frozenset(state.ahead))
        state = self._state or state
        output, redirect = _at(state.outputs, path)
        if redirect:
            return Answer(301, location=f"{path}/")
        brief = state.briefs.get(self._former.get(file_at(path, self._former), ""))
        if output is None and brief is not None:
            return Answer(302, location=brief.output.removesuffix("index.html"))
        if output is None:
            output, status = state.outputs.get(NOT_FOUND), 404
        else:
            status = 200
        return self._answer(state, output, status) if output else Answer(404, body=_NOTHING)

    def _answer(self, state: _State, output: Output, status: int) -> Answer:
        problems = self.problems
        try:
            if output.path not in state.made:
                state.made[output.path] = self._keep(output.path, state.make(output))
        except BriefsiteError as error:
            problems = problems or error.problems  # a page may fail for what is wrong elsewhere
        body = state.made.get(output.path, self._good.get(output.path, b""))
        withheld, own = state.shown(output)
        return Answer(
            status if body or not problems else 500,
            output.path,
            body,
            withheld=withheld,
            own=own,
            problems=problems,
        )

    def _keep(self, path: str, made: Made) -> Made:
        self._good.pop(path, None)
        self._good[path] = made
        if len(self._good) > KEPT:
            del self._good[next(iter(self._good))]
        return made

    def _look_again(self, path: str) -> None:
        """See a save at once, even where the watcher is late: a request costs one look."""
        state = self._state
        output = _at(state.outputs, path)[0] if state else None
        if state is None or output is None or output.origin not in state.briefs:
            return
        source = output.origin
        record = state.plan.library.records[source]
        digest = state.fresh.get(source, state.briefs[source]).digest
        try:
            found = os.stat(state.project.root / source)  # noqa: PTH116  # its numbers alone
        except OSError:
            return
        same = (found.st_size, found.st_mtime_ns) == (record.source.size, record.source.mtime_ns)
        if found.st_size and not (same and digest == record.digest):
            text = _digest_of(state.project, source)
            if text and text != digest and not _glance(state, source):
                self.refresh(frozenset({source}))


def _digest_of(project: Project, source: str) -> str:
    try:
        return read_text(project, source).digest
    except BriefsiteError:
        return ""


def _origin(state: _State, path: str) -> str:
    output = _at(state.outputs, path)[0]
    return output.origin if output else ""


def _glance(state: _State, source: str) -> bool:
    """Take a brief in for its own page at once, without a plan; return whether that can be: its
    address and all that decides about it are as they were. The watcher has the rest planned."""
    old, brief = state.briefs[source], _read_again(state, source)
    if brief is None or _grouped(state):
        return False
    said = {name: getattr(old, name) for name in ("title", "subtitle", "description", "excerpt")}
    if replace(brief, digest=old.digest, words=old.words, fields=old.fields, **said) != old:
        return False
    state.made.clear()
    state.fresh[source] = brief
    if replace(brief, digest=old.digest, words=old.words) != old or minutes(brief) != minutes(old):
        state.ahead.add(source)
    return True


def _retemplated(project: Project, old: _State) -> Plan:
    """Return the plan with the templates as they are now: the same one where they use the same."""
    templates = site_templates(project, old.memory.templates)
    if templates.replaces(old.plan.templates):
        return replace(old.plan, templates=templates)
    return plan_library(project, old.plan.library, templates)


def _patch(state: _State, changed: frozenset[str]) -> bool:
    """Take in edits that only the pages of their own briefs show; return whether they were such."""
    if _grouped(state) or state.ahead:
        return False
    fresh = {}
    for path in changed:
        old = state.briefs.get(path)
        brief = _read_again(state, path) if old else None
        if old is None or brief is None or minutes(brief) != minutes(old):
            return False
        if replace(brief, digest=old.digest, words=old.words) != old:
            return False
        fresh[path] = brief
    state.fresh |= fresh
    return True


def _grouped(state: _State) -> bool:
    """Return whether templates may read whole documents that stand in no output's inputs."""
    return bool(state.plan.shared["documents"].entries)  # type: ignore[attr-defined]  # Groups


def _read_again(state: _State, path: str) -> Brief | None:
    """Return the brief in a source that is known; None where there is more to see to."""
    file = state.project.root / path
    before = state.plan.library.records[path].loaded
    try:
        if file.is_symlink() or before is None:
            return None
        text = read_text(state.project, path)
        loaded = read_document(state.project, path, text, file.stat().st_mtime_ns)
    except (BriefsiteError, OSError):
        return None
    plain = text.text.startswith("---") or state.project.config.dialect != "jekyll"
    return loaded.brief if plain and loaded.problems == before.problems else None


def _of_templates(project: Project, path: str) -> bool:
    return path.startswith((f"{project.config.templates.strip('/')}/", f"{THEME}/templates/"))


def _at(outputs: Mapping[str, Output], path: str) -> tuple[Output | None, bool]:
    """Return the file that GitHub Pages answers `path` with, or whether it leads on to `path/`."""
    found = file_at(path, outputs)
    redirect = bool(path) and not path.endswith("/") and found == f"{path}/index.html"
    return None if redirect else outputs.get(found), redirect


def _swapped(value: Any, fresh: Mapping[str, Brief]) -> Any:
    """Return the inputs of an output with those briefs that are newer than the plan."""
    if isinstance(value, Brief):
        # A brief without its digest stands in a list, which shows nothing that has changed.
        return fresh.get(value.source, value) if value.digest else value
    if isinstance(value, tuple):
        items = tuple(_swapped(item, fresh) for item in value)
        return items if any(map(operator.is_not, items, value)) else value
    if isinstance(value, Struct):
        now = {item.name: getattr(value, item.name) for item in fields(value)}
        new = {name: _swapped(held, fresh) for name, held in now.items()}
        return type(value)(**new) if any(new[name] is not now[name] for name in now) else value
    return value


def _found(value: Any, withheld: Mapping[str, Withheld], urls: Mapping[str, str]) -> list[Withheld]:
    """Return which of the withheld briefs stand in the inputs of an output."""
    if isinstance(value, Brief):
        return [withheld[value.source]] if value.source in withheld else []
    if isinstance(value, Link):
        return [withheld[urls[value.url]]] if value.url in urls else []
    if isinstance(value, tuple):
        return [found for item in value for found in _found(item, withheld, urls)]
    if isinstance(value, Struct):
        held = (getattr(value, item.name) for item in fields(value))
        return [found for item in held for found in _found(item, withheld, urls)]
    return []
