"""`briefsite check`."""

from pathlib import Path

import click

from briefsite.cli.site import SOURCE, project_of
from briefsite.cli.words import show


@click.group()
def check() -> None:
    """Look for what may be wrong with a site; nothing is changed."""


@check.command("authors")
@SOURCE
def check_authors(source: Path) -> None:
    """List names that may be one person, guessed organizations, and notes that fit no byline."""
    from briefsite import checks
    from briefsite.builder import plan_of
    from briefsite.errors import fail_on_errors

    plan = plan_of(project_of(source, {}))
    fail_on_errors(plan.problems)
    for line in checks.authors(plan.site.documents, plan.site.registry):
        show(line)
