"""`briefsite build`."""

import contextlib
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefsite.cli.site import ARGUMENT, moment, project_of
from briefsite.cli.words import ALIKE, number, say, show, show_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefsite.builder import Job, Report

_KEPT: list["Job"] = []
"""What was built: the process ends soon, and to take it apart would take a while."""
LONG = 200
"""Outputs from which on a build shows how far it is."""
SLOWEST = 10


@click.command()
@ARGUMENT
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Folder to build into, instead of _site.",
)
@click.option("--base-url", help="Address of the site, instead of 'url' in site.yaml.")
@click.option("--drafts", is_flag=True, help="Publish drafts too.")
@click.option("--future", is_flag=True, help="Publish briefs whose date lies ahead too.")
@click.option("--unpublished", is_flag=True, help="Publish briefs that say 'published: false' too.")
@click.option(
    "--now", callback=moment, help="Build as if at this moment: '2026-03-12 09:00 +0100'."
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--clean", is_flag=True, help="Make every page anew, remembering nothing.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    help="Processes; as many as there are cores if not given.",
)
@click.option(
    "-v", "--verbose", is_flag=True, help="Name every file that is left out or warned about."
)
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
@click.option(
    "--why", metavar="PATH", help="Say why PATH, as in the output folder, is made or kept."
)
@click.option("--profile", is_flag=True, help="Show what took how long.")
@click.option("--debug", is_flag=True, hidden=True)
def build(source: Path, verbose: bool, quiet: bool, **options: Any) -> None:
    """Build the site in SOURCE (this folder if not given)."""
    from briefsite.builder import Job
    from briefsite.builder import build as run_build

    start = time.perf_counter()
    project = project_of(source, options)
    with _progress(quiet=quiet) as progress:
        job = Job(
            options["jobs"],
            clean=options["clean"],
            strict=options["strict"],
            why=(options["why"] or "").lstrip("/"),
            progress=progress,
        )
        report = run_build(project, job)
    _KEPT.append(job)
    show_problems(report.problems, every=verbose)
    for notice in report.notices:
        say(f"notice: {notice}")
    for reason in report.why:
        show(f"{job.why}: {reason}")
    if quiet:
        return
    if options["profile"]:
        for line in _profile(report):
            show(line)
    for line in _left_out(report.left_out, verbose):
        show(line)
    parts = [
        number(report.pages, "page"),
        f"{len(report.made)} files made",
        f"{report.kept} kept",
        f"{len(report.removed)} removed",
    ]
    seconds = time.perf_counter() - start
    show(f"{project.output}: {', '.join(parts)} in {seconds:.2f} s")


@contextlib.contextmanager
def _progress(*, quiet: bool) -> "Iterator[Callable[[int, int], None] | None]":
    """Give what shows on a terminal how far a long build is; nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    bars: list[Any] = []

    def advance(done: int, total: int) -> None:
        if not bars and total >= LONG:
            bars.append(click.progressbar(length=total, label="making", file=sys.stderr))
            bars[0].__enter__()
        for bar in bars:
            bar.update(done - bar.pos)

    try:
        yield advance
    finally:
        for bar in bars:
            bar.__exit__(None, None, None)


def _profile(report: "Report") -> Iterable[str]:
    """Yield what each stage, each template and the slowest outputs took."""
    for stage, seconds in report.stages:
        yield f"{seconds:8.3f} s  {stage}"
    templates: dict[str, list[float]] = defaultdict(list)
    for cost in report.costs:
        templates[cost.template or "files without template"].append(cost.seconds)
    yield "by template, seconds of all processes together:"
    for name, spent in sorted(templates.items(), key=lambda item: -sum(item[1])):
        yield f"{sum(spent):8.3f} s  {name}, {number(len(spent), 'file')}"
    yield "slowest:"
    for cost in sorted(report.costs, key=lambda cost: -cost.seconds)[:SLOWEST]:
        yield f"{cost.seconds:8.3f} s  {cost.path} from {cost.origin}"


def _left_out(withheld: Iterable[Any], verbose: bool) -> Iterable[str]:
    """Yield what was left out, by reason; a few by name, all of them with -v."""
    reasons = defaultdict(list)
    for item in sorted(withheld, key=lambda item: (item.reason, item.source)):
        reasons[item.reason].append(item)
    for reason, items in reasons.items():
        shown = items if verbose or len(items) <= ALIKE else items[:ALIKE]
        names = "; ".join(f"{item.source} ({item.detail})" for item in shown)
        more = (
            f"; {len(items) - len(shown)} more (-v names them)" if len(items) > len(shown) else ""
        )
        yield f"left out, {reason}: {names}{more}"
    waiting = [item for item in withheld if item.until is not None]
    if waiting:
        first = min(waiting, key=lambda item: (item.until, item.source))
        yield f"next scheduled: {first.source}, {first.detail}"
