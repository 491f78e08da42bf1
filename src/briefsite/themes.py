"""The built-in theme, file by file: what each is for, and which of them a site has replaced."""

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from briefsite.config import Config
from briefsite.errors import BriefsiteError, Problem
from briefsite.library import theme_folder
from briefsite.schema import nearest
from briefsite.templates import texts_in
from briefsite.values import Struct

_COMMENT = re.compile(r"\{#-?(.*?)-?#\}|/\*(.*?)\*/|<!--(.*?)-->|//(.*?)\n", re.DOTALL)
_SENTENCE = re.compile(r"(.*?\.)(\s|$)", re.DOTALL)
_BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")
_FOLDERS = ("templates", "static")


class Piece(Struct, frozen=True):
    """One file of the built-in theme."""

    name: str
    """As templates call it, or its path on the site: `partials/card.html`, `assets/site.css`."""
    file: Path
    own: Path
    """Where the site's own one lies, if it has one."""

    def text(self) -> str:
        """Return the built-in text."""
        return self.file.read_text(encoding="utf-8")

    def about(self) -> str:
        """Return what it is for: the first sentence of the comment that it begins with."""
        found = _COMMENT.match(self.text())
        said = next(filter(None, found.groups()), "") if found else ""
        sentence = _SENTENCE.match(said.strip())
        return " ".join((sentence[1] if sentence else said).split())

    def blocks(self) -> tuple[str, ...]:
        """Return the blocks that templates which extend it may fill."""
        return tuple(dict.fromkeys(_BLOCK.findall(self.text())))

    def standing(self) -> str:
        """Return `own` where the site has its own, `same` where that says what this one says."""
        if not self.own.is_file() or self.own.samefile(self.file):
            return ""
        return "same" if self.own.read_bytes() == self.file.read_bytes() else "own"


def pieces(root: Path, config: Config | None) -> tuple[Piece, ...]:
    """Return the files of the built-in theme, templates first, as the site in `root` uses them."""
    own = (config.templates, config.static) if config else _FOLDERS
    return tuple(
        Piece(name, file, root / mine / name)
        for folder, mine in zip(_FOLDERS, own, strict=True)
        for name, file in _files(theme_folder() / folder)
    )


def _files(folder: Path) -> list[tuple[str, Path]]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted((path.relative_to(folder).as_posix(), path) for path in found)


def additions(root: Path, config: Config, theme: Iterable[Piece]) -> list[Path]:
    """Return the site's own templates that stand in no built-in one's place."""
    known = {piece.own for piece in theme}
    return sorted(file for _, file in texts_in(root / config.templates) if file not in known)


def find(name: str, theme: Iterable[Piece]) -> Piece:
    """Return the piece called `name`; BriefsiteError, with what may have been meant, where there is
    none."""
    known = {piece.name: piece for piece in theme}
    wanted = name.removeprefix("./")
    for folder in ("", *(f"{item}/" for item in _FOLDERS)):
        if wanted.removeprefix(folder) in known:
            return known[wanted.removeprefix(folder)]
    paths = {item: PurePosixPath(item) for item in known}
    short = {part: item for item, path in paths.items() for part in (path.stem, path.name, item)}
    near = nearest(PurePosixPath(wanted).name, short) or nearest(wanted, short)
    hint = f"did you mean '{short[near]}'?" if near else "'briefsite theme list' names them all"
    raise BriefsiteError(Problem("", f"the built-in theme has no file '{name}'", hint=hint))


def copy(piece: Piece) -> None:
    """Write the built-in file where the site's own one belongs; BriefsiteError where there is
    something already."""
    try:
        piece.own.parent.mkdir(parents=True, exist_ok=True)
        with piece.own.open("xb") as file:
            file.write(piece.file.read_bytes())
    except (FileExistsError, NotADirectoryError):
        what = f"{piece.own} is there already; nothing was written"
        hint = f"compare it with 'briefsite theme show {piece.name}'"
        raise BriefsiteError(Problem("", what, hint=hint)) from None
