"""`briefsite theme`: the files of the built-in theme, to read and to take over."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefsite.cli.site import SOURCE
from briefsite.cli.words import show

if TYPE_CHECKING:
    from briefsite.config import Config

_STANDING = {"": "", "own": "[yours] ", "same": "[yours, the same] "}


@click.group("theme")
def theme() -> None:
    """See the files of the built-in theme, and take one over to change it."""


@theme.command("list")
@SOURCE
def list_(source: Path) -> None:
    """Name every file of the built-in theme, what it is for, and which the site has replaced."""
    from briefsite import themes

    root, config = _site(source)
    found = themes.pieces(root, config)
    width = max(len(piece.name) for piece in found)
    for piece in found:
        blocks = f" Blocks: {', '.join(piece.blocks())}." if piece.blocks() else ""
        words = f"{_STANDING[piece.standing()]}{piece.about()}{blocks}"
        show(f"{piece.name:{width}}  {words}")
    for file in themes.additions(root, config, found) if config else ():
        show(f"{_shown(file):{width}}  [yours alone] It stands in no built-in file's place.")


@theme.command("show")
@click.argument("name")
@SOURCE
def show_(name: str, source: Path) -> None:
    """Print the built-in file NAME, such as partials/card.html."""
    from briefsite import themes

    click.echo(themes.find(name, themes.pieces(*_site(source))).text(), nl=False)


@theme.command("copy")
@click.argument("name")
@SOURCE
def copy(name: str, source: Path) -> None:
    """Copy the built-in file NAME into the site's own templates/ or static/ folder. Nothing is
    overwritten."""
    from briefsite import themes
    from briefsite.site_yaml import read_config

    root = source.resolve()
    piece = themes.find(name, themes.pieces(root, read_config(root)))
    themes.copy(piece)
    show(
        f"{_shown(piece.own)} is the site's own now: it takes the place of the built-in "
        f"{piece.name}, and no update of briefsite reaches it"
    )


def _site(source: Path) -> tuple[Path, "Config | None"]:
    """Return the site's folder and settings; none where there is no site."""
    from briefsite.config import CONFIG_FILE
    from briefsite.site_yaml import read_config

    root = source.resolve()
    return root, read_config(root) if (root / CONFIG_FILE).is_file() else None


def _shown(file: Path) -> str:
    return os.path.relpath(file)
