"""`briefsite check`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefsite.checks.findings import RULES
from briefsite.cli.site import ARGUMENT, SOURCE, project_of
from briefsite.cli.words import show

if TYPE_CHECKING:
    from briefsite.config import Project


class _Check(click.Group):
    """A command that takes a folder, and has commands of its own beside that."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = bool(args) and args[0] in self.commands
        ctx.allow_interspersed_args = not named
        return super().parse_args(ctx, [".", *args] if named else args)


_RULE = click.Choice(list(RULES))


@click.group(cls=_Check, invoke_without_command=True)
@ARGUMENT
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="How to print what is found.",
)
@click.option(
    "--rule",
    "rules",
    type=_RULE,
    metavar="RULE",
    multiple=True,
    help="Hold the site to this rule only: 'broken-link', for example.",
)
@click.option(
    "--ignore",
    type=_RULE,
    metavar="RULE",
    multiple=True,
    help="Do not hold the site to this rule.",
)
@click.option("--drafts", is_flag=True, help="Look at drafts too.")
@click.option("--future", is_flag=True, help="Look at briefs whose date lies ahead too.")
@click.option("--external", is_flag=True, help="Ask other sites whether links to them still lead.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("-v", "--verbose", is_flag=True, help="Name every finding.")
@click.pass_context
def check(ctx: click.Context, /, source: Path, form: str, **options: Any) -> None:
    """Look for what may be wrong with the site in SOURCE (this folder if not given): links, images,
    headings, titles. Nothing is changed."""
    if ctx.invoked_subcommand:
        return
    from briefsite import checks
    from briefsite.checks.report import FORMATS
    from briefsite.pools import Workers

    project = project_of(source, options)
    wanted = frozenset(options["rules"]) or checks.rules_of(project)
    wanted -= frozenset(options["ignore"])
    found = checks.check(project, wanted, Workers(), external=options["external"])
    every = {"every": options["verbose"]} if form == "text" else {}
    for line in FORMATS[form](found, _prefix(project), **every):
        # What programs read is escaped by its own rules.
        (show if form == "text" else click.echo)(line)
    failing = {"error", "warning"} if options["strict"] else {"error"}
    if any(finding.severity in failing for finding in found):
        raise click.exceptions.Exit(1)


def _prefix(project: "Project") -> str:
    """Return the way from here to the site, for programs that look for its files from here."""
    way = os.path.relpath(project.root)
    return "" if way == "." or way.startswith("..") else f"{Path(way).as_posix()}/"


@check.command("authors")
@SOURCE
def check_authors(source: Path) -> None:
    """List names that may be one person or read wrongly, and notes that fit no byline."""
    from briefsite import checks
    from briefsite.builder import plan_of
    from briefsite.errors import fail_on_errors

    plan = plan_of(project_of(source, {}))
    fail_on_errors(plan.problems)
    for line in checks.authors(plan.site.documents, plan.site.registry):
        show(line)
