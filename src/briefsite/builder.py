"""Brings the output folder into line with the sources: the only place that writes it."""

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from time import perf_counter
from typing import IO

from briefsite import destination, explain, ledger, makers
from briefsite.assembler import Site, assemble
from briefsite.config import Project
from briefsite.digest import digest
from briefsite.errors import BriefsiteError, Problem, fail_on_errors
from briefsite.library import Library, read_library, reading_of
from briefsite.makers import Made
from briefsite.manifest import Manifest, Memory, OutputRecord, Standing, now_ns
from briefsite.model import Uses, Withheld
from briefsite.outputs import plan
from briefsite.outputs.output import Desk, Output
from briefsite.outputs.pages import entries, groups
from briefsite.pools import Workers
from briefsite.renderer import site_templates
from briefsite.sieve import LEDGER
from briefsite.templates import Templates
from briefsite.values import Struct, field, replace


class Cost(Struct, frozen=True):
    """What one output took to make."""

    path: str
    origin: str
    template: str
    """Empty where none is filled."""
    seconds: float


class Report(Struct, frozen=True):
    """What a build did."""

    made: tuple[str, ...] = ()
    """Paths that were made, whether or not their bytes changed."""
    kept: int = 0
    removed: tuple[str, ...] = ()
    pages: int = 0
    """Documents that have a page."""
    left_out: tuple[Withheld, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Warnings; errors are raised instead."""
    notices: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    """Why the output that was asked about was made or kept."""
    stages: tuple[tuple[str, float], ...] = ()
    """Seconds that each stage took."""
    costs: tuple[Cost, ...] = ()
    """What each output took to make."""


class Job(Struct):
    """How a build is to be done: nothing in here changes what comes out."""

    jobs: int | None = None
    """Processes; None for as many as this process may use."""
    method: str | None = None
    """How processes start: `fork`, `spawn`, or None for the system's better one."""
    clean: bool = False
    strict: bool = False
    why: str = ""
    """Path of an output that is asked about."""
    progress: Callable[[int, int], None] | None = None
    """Called with how many outputs are made, and of how many."""
    notices: list[str] = field(default_factory=list)
    round: "_Round | None" = None
    """The build itself: not taken apart before its caller is done with the job."""


class Plan(Struct, frozen=True):
    """Everything that is known before the first page is made."""

    site: Site
    library: Library
    outputs: tuple[Output, ...]
    templates: Templates
    shared: dict[str, object]
    problems: tuple[Problem, ...]


def build(project: Project, job: Job | None = None) -> Report:
    """Build the site; BriefsiteError, with every problem and nothing written, where it cannot
    be."""
    job = job or Job()
    destination.refuse(project)
    memory = Memory.of(project.root, project.output)
    with _alone(memory, job):
        if not project.base_url:
            job.notices.append("site.yaml names no 'url', so there is no feed and no sitemap")
        job.round = _Round(project, job, memory)
        return job.round.run()


class _Round:
    """One build, from what the last one remembers to what the next one will."""

    def __init__(self, project: Project, job: Job, memory: Memory) -> None:
        self.project, self.job, self.memory = project, job, memory
        self.started = now_ns()
        self.manifest, notice = memory.read()
        job.notices += [notice] if notice else []
        self.known = Manifest() if job.clean else self.manifest
        self.written = tuple(self.manifest.outputs)
        self.program = makers.program_stamp()
        self.reading = reading_of(project, self.program)
        self.workers = Workers(job.jobs, job.method)
        self.clock = Clock()

    def run(self) -> Report:
        """Read, plan, make and write."""
        project = self.project
        kept = None if self.job.clean else (self.memory.templates, self.program)
        templates = site_templates(project, _uses(self.known, self.reading), kept)
        meanwhile = partial(makers.prepare, templates)
        library = read_library(project, self.known, self.reading, self.workers, meanwhile)
        self.clock.end("reading")
        address = _address(project, library, templates, self.program)
        as_then = self.known.standing.address == address
        if as_then and not self.job.why and _stands(project, self.known):
            unchanged = replace(self.known, sources=library.records)
            return _unchanged(self.memory, unchanged, self.started, self.job)
        planned = plan_library(project, library, templates)
        fail_on_errors((*planned.problems, *_against_ledger(project, planned, self.job)))
        stamp = digest(self.program, project.config, project.base_url)
        current, stale = destination.sort(planned.outputs, self.known, stamp, project.output)
        destination.refuse_foreign(project.output, self.manifest, stale)
        why = self.why(planned, stale)
        if stale:  # they are replaced, and of a large site take as much room as its plan
            self.known = self.manifest = replace(self.manifest, outputs={})
        self.clock.end("planning")
        made = self.make(planned, stale, stamp)
        problems = tuple(dict.fromkeys((*planned.problems, *_warnings(current, made))))
        records, removed = self.write(current, stale, made, problems)
        self.remember(planned, records, address)
        self.clock.end("writing")
        return self.report(planned, stale, made, problems, removed, why)

    def why(self, planned: Plan, stale: list[tuple[Output, str]]) -> tuple[str, ...]:
        """Return why the output that is asked about is made or kept."""
        path = self.job.why
        return _why(path, planned, self.known, self.reading, stale) if path else ()

    def make(self, planned: Plan, stale: list[tuple[Output, str]], stamp: str) -> list[Made]:
        """Make what is stale into the stage."""
        fresh = digest(stamp, self.started) if self.job.clean else stamp
        made = makers.make_all(
            self.project,
            planned.shared | {"parts": self.memory.parts(fresh)},
            planned.templates,
            [output for output, _ in stale],
            self.workers,
            self.job.progress,
        )
        self.clock.end("making")
        return made

    def write(
        self,
        current: dict[str, OutputRecord],
        stale: list[tuple[Output, str]],
        made: list[Made],
        problems: tuple[Problem, ...],
    ) -> tuple[dict[str, OutputRecord], tuple[str, ...]]:
        """Move what was made to its place, and return (records, orphans that were removed)."""
        output = self.project.output
        try:
            fail_on_errors(problems)
            if self.job.strict and problems:
                raise BriefsiteError(*problems)
            records = current | destination.commit(output, stale, made)
        finally:
            makers.sweep(output)
        return records, destination.remove_orphans(output, self.written, records)

    def remember(self, planned: Plan, records: dict[str, OutputRecord], address: str) -> None:
        """Write down what the next build has to know."""
        templates, site = planned.templates, planned.site
        standing = Standing(address, len(site.documents), site.left_out, planned.problems)
        manifest = Manifest(
            self.reading,
            self.started,
            planned.library.records,
            records,
            templates.uses,
            templates.stamps,
            standing,
        )
        _remember(self.memory, self.manifest, manifest, self.job)

    def report(
        self,
        planned: Plan,
        stale: list[tuple[Output, str]],
        made: list[Made],
        problems: tuple[Problem, ...],
        removed: tuple[str, ...],
        why: tuple[str, ...],
    ) -> Report:
        """Return what was done."""
        return Report(
            made=tuple(output.path for output, _ in stale),
            kept=len(planned.outputs) - len(stale),
            removed=removed,
            pages=len(planned.site.documents),
            left_out=planned.site.left_out,
            problems=problems,
            notices=tuple(self.job.notices),
            why=why,
            stages=tuple(self.clock.stages),
            costs=tuple(
                Cost(output.path, output.origin, output.template, item.seconds)
                for (output, _), item in zip(stale, made, strict=True)
            ),
        )


def _address(project: Project, library: Library, templates: Templates, program: str) -> str:
    """Return the digest of all that a plan is made from. What a brief's bytes say, they stand for;
    but for a draft's date, which may be that of its file."""
    found = replace(library, records={}, briefs=(), withheld=())
    briefs = [
        [(brief.source, brief.digest, brief.published) for brief in group]
        for group in (library.briefs, library.withheld)
    ]
    return digest(program, project.config, project.base_url, found, briefs, templates.digest())


def _stands(project: Project, manifest: Manifest) -> bool:
    """Return whether every file is as the last build wrote it, and no ledger asks for a plan."""
    if (project.root / LEDGER).exists():
        return False
    folder = project.output
    return all(
        destination.as_written(f"{folder}/{path}", item) is item
        for path, item in manifest.outputs.items()
    )


def _unchanged(memory: Memory, manifest: Manifest, started: int, job: Job) -> Report:
    """Return what a build says that has nothing to do."""
    before = manifest.standing
    warned = _warnings(manifest.outputs, ())
    problems = tuple(dict.fromkeys((*before.problems, *warned)))
    if job.strict and problems:
        raise BriefsiteError(*problems)
    if not manifest.settled:
        _remember(memory, Manifest(), replace(manifest, started_ns=started), job)
    return Report(
        kept=len(manifest.outputs),
        pages=before.pages,
        left_out=before.left_out,
        problems=problems,
        notices=tuple(job.notices),
    )


def _uses(manifest: Manifest, reading: str) -> Mapping[str, Uses]:
    return manifest.templates if manifest.reading == reading else {}


def make_plan(
    project: Project, manifest: Manifest, reading: str, workers: Workers | None = None
) -> Plan:
    """Return the plan of the site with all that is wrong with it; raises nothing an author can
    cause."""
    library = read_library(project, manifest, reading, workers or Workers())
    kept = Memory.of(project.root, project.output).templates, makers.program_stamp()
    templates = site_templates(project, _uses(manifest, reading), kept)
    return plan_library(project, library, templates)


def plan_library(project: Project, library: Library, templates: Templates) -> Plan:
    """Return the plan of what was read."""
    site, faults = assemble(project, library)
    shared: dict[str, object] = {"facts": site.facts, "data": site.data}
    desk = Desk(project, templates, site, shared)
    shared |= {"briefs": entries(site, desk), "documents": groups(site, desk)}
    outputs, problems = plan(site, desk)
    return Plan(site, library, outputs, templates, shared, (*library.problems, *faults, *problems))


class Clock:
    """Measures how long stages take."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, float]] = []
        self._last = perf_counter()

    def end(self, stage: str) -> None:
        """Note that `stage` ends now."""
        now = perf_counter()
        self.stages.append((stage, now - self._last))
        self._last = now


def _why(
    path: str, planned: Plan, old: Manifest, reading: str, stale: list[tuple[Output, str]]
) -> tuple[str, ...]:
    """Return why the output at `path` is made or kept."""
    output = next((item for item in planned.outputs if item.path == path), None)
    if output is None:
        return ("the site has no such file; name it as it lies in the output folder",)
    if all(item.path != path for item, _ in stale):
        return ("kept: all that it is made from is as it was",)
    texts = planned.templates.stamps
    reasons = explain.why_made(output, old, reading, planned.library, texts)
    return tuple(f"made: {reason}" for reason in reasons)


def plan_of(project: Project) -> Plan:
    """Return the plan of the site as it lies, for questions about it; nothing of it is written."""
    manifest, _ = Memory.of(project.root, project.output).read()
    return make_plan(project, manifest, reading_of(project, makers.program_stamp()))


def _against_ledger(project: Project, planned: Plan, job: Job) -> tuple[Problem, ...]:
    """Return what the publication ledger, where there is one, says against the plan."""
    kept = ledger.read(project.root)
    if kept is None:
        return ()
    now = ledger.lines_of(project, planned.site)
    new = len(ledger.merged(kept, now)) - len(kept)
    if new:
        job.notices.append(
            f"{LEDGER} does not know {new} published document{'s' if new > 1 else ''} yet; "
            "add them with 'briefsite ledger update'"
        )
    return tuple(ledger.check(project, kept, now, (output.path for output in planned.outputs)))


@contextlib.contextmanager
def _alone(memory: Memory, job: Job) -> Iterator[None]:
    """Hold the site's lock; a second build waits. The lock dies with its process."""
    try:
        memory.prepare()
        file = (memory.folder / "lock").open("w")
    except OSError as error:
        job.notices.append(
            f"{memory.folder} cannot be written ({error.strerror}); nothing is remembered"
        )
        yield
        return
    with file:
        _lock(file)
        yield


def _lock(file: IO[str]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write("another build of this site is running; waiting for it\n")
            fcntl.flock(file, fcntl.LOCK_EX)


def _warnings(current: dict[str, OutputRecord], made: Iterable[Made]) -> list[Problem]:
    kept = [problem for path in sorted(current) for problem in current[path].problems]
    return kept + [problem for item in made for problem in item.problems]


def _remember(memory: Memory, old: Manifest, new: Manifest, job: Job) -> None:
    if old.settled and old == replace(new, started_ns=old.started_ns):
        return
    try:
        memory.write(new)
    except OSError as error:
        job.notices.append(
            f"{memory.file} cannot be written ({error.strerror}); the next build starts anew"
        )
