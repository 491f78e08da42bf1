"""The command line: the only place that prints or exits."""

import contextlib
import os
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from briefsite import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefsite.builder import Report
    from briefsite.config import Project
    from briefsite.errors import Problem

LONG = 200
"""Outputs from which on a build shows how far it is."""
SLOWEST = 10
ALIKE = 3
"""How many equal warnings or withheld files are named one by one before they are counted."""


def run() -> int:
    """Run the command line and return its exit status."""
    signal.signal(signal.SIGTERM, _stop)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # text streams have it
    try:
        return main(standalone_mode=False) or 0
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        raise
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> int:
    """Say what went wrong and return the exit status."""
    from briefsite.errors import BriefsiteError

    if isinstance(error, BriefsiteError):
        _show(error.problems)
        count = sum(not problem.warning for problem in error.problems)
        _say(f"{_number(count or len(error.problems), 'problem')}; nothing was changed")
        return error.exit_code
    if "--debug" in sys.argv:
        raise error
    if isinstance(error, OSError):
        where = f" in {error.filename}" if error.filename else ""
        _say(f"{(error.strerror or str(error)).lower()}{where}; the site stands as it was")
        return 1
    _say(f"briefsite failed at something it did not expect: {type(error).__name__}: {error}")
    _say("run it again with --debug and report what it shows; the site stands as it was")
    return 1


def _stop(_: int, __: FrameType | None) -> None:
    raise SystemExit(143)


def _say(text: str) -> None:
    _print(text, err=True)


def _print(text: str, *, err: bool = False) -> None:
    from briefsite.errors import printable

    click.echo(printable(text), err=err)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _show(problems: "Iterable[Problem]", *, every: bool = True) -> None:
    """Print problems in the order of files and lines; equal warnings of many files as one."""
    alike: dict[str, list[Problem]] = defaultdict(list)
    for problem in sorted(problems, key=lambda p: (p.warning, p.where, p.line or 0, p.message)):
        alike[
            f"{problem.warning}{problem.message}" if problem.warning else str(id(problem))
        ].append(problem)
    for group in alike.values():
        shown = group if every else group[:ALIKE]
        for problem in shown:
            _say(f"{'warning: ' if problem.warning else ''}{problem}")
        if len(group) > len(shown):
            _say(f"warning: the same in {len(group) - len(shown)} more files (-v names them)")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefsite", message="%(prog)s %(version)s")
@click.option(
    "--debug", is_flag=True, help="Show where in the program an unexpected failure happened."
)
def main(debug: bool) -> None:
    """Make a website from policy briefs, one Markdown file each."""
    if click.get_current_context().invoked_subcommand != "build":
        from briefsite.pools import calm

        calm()


def _moment(_: Any, __: Any, value: str | None) -> datetime | None:
    from briefsite.dates import DateError, parse_date

    try:
        return parse_date(value, UTC)
    except DateError as error:
        raise click.BadParameter(f"{error.message} ({error.hint})") from None


@main.command()
@click.argument("source", type=click.Path(file_okay=False, path_type=Path), default=".")
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
    "--now", callback=_moment, help="Build as if at this moment: '2026-03-12 09:00 +0100'."
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
    project = _project(source, options)
    with _progress(quiet=quiet) as progress:
        job = Job(
            options["jobs"],
            clean=options["clean"],
            strict=options["strict"],
            why=(options["why"] or "").lstrip("/"),
            progress=progress,
        )
        report = run_build(project, job)
    _show(report.problems, every=verbose)
    for notice in report.notices:
        _say(f"notice: {notice}")
    for reason in report.why:
        _print(f"{job.why}: {reason}")
    if quiet:
        return
    if options["profile"]:
        for line in _profile(report):
            _print(line)
    for line in _left_out(report.left_out, verbose):
        _print(line)
    parts = [
        _number(report.pages, "page"),
        f"{len(report.made)} files made",
        f"{report.kept} kept",
        f"{len(report.removed)} removed",
    ]
    seconds = time.perf_counter() - start
    _print(f"{project.output}: {', '.join(parts)} in {seconds:.2f} s")


@contextlib.contextmanager
def _progress(*, quiet: bool) -> "Iterator[Callable[[int, int], None] | None]":
    """Give what shows on a terminal how far a long build is; nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    bars: list[Any] = []

    def show(done: int, total: int) -> None:
        if not bars and total >= LONG:
            bars.append(click.progressbar(length=total, label="making", file=sys.stderr))
            bars[0].__enter__()
        for bar in bars:
            bar.update(done - bar.pos)

    try:
        yield show
    finally:
        for bar in bars:
            bar.__exit__(None, None, None)


@main.command()
@click.argument("source", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 for any that is free.",
)
@click.option("--open", "browser", is_flag=True, help="Open a browser.")
@click.option(
    "--drafts/--no-drafts", default=True, help="Show drafts; they are shown if not given."
)
@click.option(
    "--future/--no-future",
    default=True,
    help="Show briefs whose date lies ahead; they are shown if not given.",
)
@click.option(
    "--base-path/--no-base-path",
    default=True,
    help="Show the site under the path of its address, as it is published; so if not given.",
)
@click.option("--debug", is_flag=True, hidden=True)
def serve(
    source: Path, host: str, port: int, browser: bool, base_path: bool, **options: Any
) -> None:
    """Show the site in SOURCE (this folder if not given) in a browser, and follow what is saved."""
    from briefsite.pools import calm
    from briefsite.preview.pages import Preview
    from briefsite.preview.server import serve as run_server
    from briefsite.preview.web import Address
    from briefsite.values import replace

    calm()

    def load() -> "Project":
        project = _project(source, options)
        cut = len(project.base_url) - len(project.base_path)
        return project if base_path else replace(project, base_url=project.base_url[:cut])

    project = load()
    run_server(
        Preview(project, load), Address(host, port, project.base_path), _print, browser=browser
    )


def _profile(report: "Report") -> Iterable[str]:
    """Yield what each stage, each template and the slowest outputs took."""
    for stage, seconds in report.stages:
        yield f"{seconds:8.3f} s  {stage}"
    templates: dict[str, list[float]] = defaultdict(list)
    for cost in report.costs:
        templates[cost.template or "files without template"].append(cost.seconds)
    yield "by template, seconds of all processes together:"
    for name, spent in sorted(templates.items(), key=lambda item: -sum(item[1])):
        yield f"{sum(spent):8.3f} s  {name}, {_number(len(spent), 'file')}"
    yield "slowest:"
    for cost in sorted(report.costs, key=lambda cost: -cost.seconds)[:SLOWEST]:
        yield f"{cost.seconds:8.3f} s  {cost.path} from {cost.origin}"


def _project(source: Path, options: dict[str, Any]) -> "Project":
    """Return the site in `source` at this moment, or at the one that was asked for."""
    from zoneinfo import ZoneInfo

    from briefsite.config import Project, base_url_of, read_config

    base_url = options.get("base_url")
    if base_url and not base_url.startswith(("http://", "https://")):
        hint = "write it whole: https://org.github.io/briefs"
        raise click.BadParameter(hint, param_hint="--base-url")
    root = source.resolve()
    if not root.is_dir():
        raise click.BadParameter(f"there is no folder {source}", param_hint="SOURCE")
    config = read_config(root)
    zone = ZoneInfo(config.timezone)
    output = options.get("output")
    return Project(
        root=root,
        config=config,
        base_url=base_url_of(config, base_url),
        zone=zone,
        now=options.get("now") or _epoch() or datetime.now(zone),
        output=Path.cwd().joinpath(output).resolve()
        if output
        else (root / config.output).resolve(),
        drafts=options.get("drafts", False),
        future=options.get("future", False),
        unpublished=options.get("unpublished", False),
    )


def _epoch() -> datetime | None:
    """Return the moment that SOURCE_DATE_EPOCH names (reproducible-builds.org)."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not said:
        return None
    try:
        return datetime.fromtimestamp(int(said), UTC)
    except (ValueError, OverflowError, OSError):
        what = f"SOURCE_DATE_EPOCH is {said!r}, not seconds since 1970"
        raise click.UsageError(what) from None


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


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", help="Name of the site.")
def init(folder: Path, title: str | None) -> None:
    """Begin a new site in FOLDER, which must be new or empty."""
    from briefsite import scaffold

    made = scaffold.init(folder, title=title, today=datetime.now().astimezone().date())
    for path in made:
        _print(str(path))
    click.echo(f"\nNow: cd {folder} && briefsite serve --open")


@main.command()
@click.argument("title")
@click.option(
    "--source",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help="The site's folder.",
)
def new(title: str, source: Path) -> None:
    """Begin a new brief with the headline TITLE: a dated Markdown file with front matter to fill
    in."""
    from briefsite import scaffold

    project = _project(source, {})
    folders = [item.folder or name for name, item in project.config.collections.items()]
    moment = datetime.now(project.zone).replace(microsecond=0)
    path = scaffold.new(
        project.content, title, moment=moment, folder=folders[0] if folders else "briefs"
    )
    _print(os.path.relpath(path))


_SOURCE = click.option(
    "--source",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help="The site's folder.",
)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_SOURCE
def why(file: Path, source: Path) -> None:
    """Say what becomes of FILE and why: published where, or left out for which reason."""
    from briefsite.builder import plan_of
    from briefsite.status import why as words_of

    project = _project(source, {})
    path = Path(os.path.abspath(file))  # noqa: PTH100  # a link is answered for itself
    if not path.exists() and not path.is_symlink():
        raise click.BadParameter(f"there is no file {file}", param_hint="FILE")
    words = words_of(project, plan_of(project), path.parent.resolve() / path.name)
    if not words:
        _say(f"{file} is no part of the site in {project.root}: nothing reads it")
        raise click.exceptions.Exit(1)
    for line in words:
        _print(f"{file}: {line}")


@main.command("list")
@click.option("--drafts", is_flag=True, help="Drafts.")
@click.option("--scheduled", is_flag=True, help="What is published at a later moment.")
@click.option("--expired", is_flag=True, help="What has left the site.")
@click.option("--withheld", is_flag=True, help="Everything that is left out.")
@click.option("--all", "every", is_flag=True, help="Everything, published or not.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--now", callback=_moment, help="As if at this moment.")
@_SOURCE
def list_(source: Path, as_json: bool, now: datetime | None, **wanted: bool) -> None:
    """List the published documents, or those that are not."""
    import json

    from briefsite.builder import plan_of
    from briefsite.status import rows

    plan = plan_of(_project(source, {"now": now}))
    chosen = {"draft"} if wanted["drafts"] else set()
    chosen |= {"scheduled", "embargoed"} if wanted["scheduled"] else set()
    chosen |= {"expired"} if wanted["expired"] else set()
    some = bool(chosen) or wanted["withheld"] or wanted["every"]
    shown = [
        row
        for row in rows(plan)
        if wanted["every"]
        or (row.status == "published" and not some)
        or row.status in chosen
        or (wanted["withheld"] and row.status != "published")
    ]
    if as_json:
        click.echo(json.dumps([row.values() for row in shown], ensure_ascii=False, indent=2))
        return
    for row in shown:
        parts = (row.status, row.source, row.published, row.url, row.title, row.detail)
        _print("  ".join(filter(None, parts)))


@main.group("ledger")
def ledger_() -> None:
    """Keep a list of what was published (published.lock): no build loses an address unseen."""


@ledger_.command("init")
@_SOURCE
def ledger_init(source: Path) -> None:
    """Begin the ledger with everything that is public now."""
    _ledger(source, new=True)


@ledger_.command("update")
@_SOURCE
def ledger_update(source: Path) -> None:
    """Add what was published since; nothing is taken out."""
    _ledger(source, new=False)


def _ledger(source: Path, *, new: bool) -> None:
    from briefsite import ledger
    from briefsite.builder import plan_of
    from briefsite.errors import BriefsiteError, Problem, fail_on_errors
    from briefsite.sieve import LEDGER

    project = _project(source, {})
    kept = ledger.read(project.root)
    if new == (kept is not None):
        known = "there is one already; 'briefsite ledger update' adds to it"
        missing = "there is none; 'briefsite ledger init' begins one"
        raise BriefsiteError(Problem(LEDGER, known if new else missing))
    plan = plan_of(project)
    fail_on_errors(plan.problems)
    lines = ledger.merged(kept or (), ledger.lines_of(project, plan.site))
    ledger.write(project.root, lines)
    click.echo(f"{LEDGER}: {_number(len(lines), 'document')}")


@main.group()
def check() -> None:
    """Look for what may be wrong with a site; nothing is changed."""


@check.command("authors")
@_SOURCE
def check_authors(source: Path) -> None:
    """List names that may be one person, guessed organizations, and notes that fit no byline."""
    from briefsite import checks
    from briefsite.builder import plan_of
    from briefsite.errors import fail_on_errors

    plan = plan_of(_project(source, {}))
    fail_on_errors(plan.problems)
    for line in checks.authors(plan.site.documents, plan.site.registry):
        _print(line)


@main.group("import")
def import_() -> None:
    """Move the archive of another generator in."""


@import_.command("jekyll")
@click.argument("source", type=click.Path(file_okay=False, path_type=Path))
@click.argument("dest", type=click.Path(path_type=Path), required=False)
@click.option(
    "--in-place", is_flag=True, help="Write only site.yaml, beside the folders of SOURCE."
)
def import_jekyll(source: Path, dest: Path | None, in_place: bool) -> None:
    """Make a site in DEST, new or empty, from the Jekyll site in SOURCE, and report what became
    of it."""
    from briefsite.importer import import_jekyll as run_import

    if in_place == (dest is not None):
        raise click.UsageError("name either DEST or --in-place")
    report = run_import(source, dest, in_place=in_place)
    click.echo(str(report), nl=False)
    raise click.exceptions.Exit(report.exit_code)


def _maps(_: Any, __: Any, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    pairs = [value.partition("=") for value in values]
    if any(not mark or not old.startswith("/") for old, mark, _ in pairs):
        raise click.BadParameter("write it as /old/=/new/")
    return tuple((old, new) for old, _, new in pairs)


_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@main.command()
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option(
    "--map",
    "maps",
    multiple=True,
    callback=_maps,
    help="An address that moved on purpose, or the beginning of many: /old/=/new/.",
)
@click.option("--old-url", default="", help="Address of OLD, where its pages do not tell it.")
@click.option("--new-url", default="", help="Address of NEW, where its pages do not tell it.")
@click.option("--article", default="", help="CSS selector of the articles in OLD.")
@click.option("--all", "every", is_flag=True, help="Show every difference.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def compare(old: Path, new: Path, every: bool, as_json: bool, **options: Any) -> None:
    """Compare two built sites; fail where an address, a redirect or a feed's id is lost."""
    import json

    from briefsite.compare import compare_folders, lines

    for folder in (old, new):
        if next(folder.rglob("*.html"), None) is None:
            raise click.BadParameter(f"{folder} holds no HTML; is it a built site?")
    found = compare_folders(old, new, **options)
    if as_json:
        click.echo(json.dumps(found.values(), ensure_ascii=False, indent=2))
    else:
        for line in lines(found, every=every):
            _print(line)
    if found.breaks:
        raise click.exceptions.Exit(1)
