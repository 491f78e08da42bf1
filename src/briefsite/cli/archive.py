"""`briefsite ledger`, `briefsite import` and `briefsite compare`: what keeps an archive whole."""

from pathlib import Path
from typing import Any

import click

from briefsite.cli.site import FOLDER, SOURCE, project_of
from briefsite.cli.words import number, show


@click.group("ledger")
def ledger_() -> None:
    """Keep a list of what was published (published.lock): no build loses an address unseen."""


@ledger_.command("init")
@SOURCE
def ledger_init(source: Path) -> None:
    """Begin the ledger with everything that is public now."""
    _ledger(source, new=True)


@ledger_.command("update")
@SOURCE
def ledger_update(source: Path) -> None:
    """Add what was published since; nothing is taken out."""
    _ledger(source, new=False)


def _ledger(source: Path, *, new: bool) -> None:
    from briefsite import ledger
    from briefsite.builder import plan_of
    from briefsite.errors import BriefsiteError, Problem, fail_on_errors
    from briefsite.sieve import LEDGER

    project = project_of(source, {})
    kept = ledger.read(project.root)
    if new == (kept is not None):
        known = "there is one already; 'briefsite ledger update' adds to it"
        missing = "there is none; 'briefsite ledger init' begins one"
        raise BriefsiteError(Problem(LEDGER, known if new else missing))
    plan = plan_of(project)
    fail_on_errors(plan.problems)
    lines = ledger.merged(kept or (), ledger.lines_of(project, plan.site))
    ledger.write(project.root, lines)
    click.echo(f"{LEDGER}: {number(len(lines), 'document')}")


@click.group("import")
def import_() -> None:
    """Move the archive of another generator in."""


@import_.command("jekyll")
@click.argument("source", type=FOLDER)
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


_BUILT = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("old", type=_BUILT)
@click.argument("new", type=_BUILT)
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
            show(line)
    if found.breaks:
        raise click.exceptions.Exit(1)
