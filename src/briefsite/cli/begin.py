"""`briefsite init` and `briefsite new`."""

import os
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from briefsite.cli.site import FOLDER, SOURCE, project_of
from briefsite.cli.words import show

if TYPE_CHECKING:
    from briefsite.config import Config


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
@click.argument("title", nargs=-1, required=True)
@click.option("--collection", help="The collection it belongs to; the site's first if not given.")
@SOURCE
def new(title: tuple[str, ...], collection: str | None, source: Path) -> None:
    """Begin a new brief with the headline TITLE: a dated Markdown file with front matter to fill
    in."""
    from briefsite import scaffold

    project = project_of(source, {})
    moment = datetime.now(project.zone).replace(microsecond=0)
    folder = _folder(project.config, collection)
    path = scaffold.new(project.content, " ".join(title), moment=moment, folder=folder)
    show(os.path.relpath(path))


def _folder(config: "Config", wanted: str | None) -> str:
    """Return where the briefs of the collection `wanted` lie, from the content folder."""
    from briefsite.errors import BriefsiteError, Problem
    from briefsite.schema import suggest

    first = "posts" if config.dialect == "jekyll" else "briefs"
    kinds = {name: item.folder or name for name, item in config.collections.items()}
    name = wanted or next((n for n in kinds if not config.collections[n].order), first)
    if wanted and wanted not in kinds:
        hint = suggest(wanted, kinds) or f"there are: {', '.join(kinds) or 'none'}"
        raise BriefsiteError(Problem("", f"there is no collection {wanted!r}", hint=hint))
    folder = kinds.get(name, name)
    if name == "posts" and not (name in kinds and config.collections[name].folder):
        folder = "_posts"
    return str(PurePosixPath(config.collections_dir.strip("/"), folder))
