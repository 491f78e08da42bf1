"""`briefsite init` and `briefsite new`."""

import os
from datetime import datetime
from pathlib import Path

import click

from briefsite.cli.site import FOLDER, SOURCE, project_of
from briefsite.cli.words import show


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--title", help="Name of the site.")
def init(folder: Path, title: str | None) -> None:
    """Begin a new site in FOLDER, which must be new or empty."""
    from briefsite import scaffold

    made = scaffold.init(folder, title=title, today=datetime.now().astimezone().date())
    for path in made:
        show(str(path))
    click.echo(f"\nNow: cd {folder} && briefsite serve --open")


@click.command()
@click.argument("title")
@SOURCE
def new(title: str, source: Path) -> None:
    """Begin a new brief with the headline TITLE: a dated Markdown file with front matter to fill
    in."""
    from briefsite import scaffold

    project = project_of(source, {})
    folders = [item.folder or name for name, item in project.config.collections.items()]
    moment = datetime.now(project.zone).replace(microsecond=0)
    path = scaffold.new(
        project.content, title, moment=moment, folder=folders[0] if folders else "briefs"
    )
    show(os.path.relpath(path))
