"""Files that are published as they are: where each one lies on the site, and which have to wait."""

import posixpath
from collections.abc import Iterable
from urllib.parse import unquote

from briefsite.colors import legible, parse, stylesheet
from briefsite.config import CONFIG_FILE, Config, Project
from briefsite.digest import digest
from briefsite.errors import Problem
from briefsite.library import File, Library
from briefsite.model import Brief, Withheld
from briefsite.places import Places
from briefsite.spots import collection_of
from briefsite.urls import file_path, url_of
from briefsite.values import Struct, replace


class Asset(Struct, frozen=True):
    """A file that is published as it is, and where."""

    file: File
    url: str
    output: str
    added: str = ""
    """What the site's settings add at its end."""

    @property
    def version(self) -> str:
        """Return what changes when the published file does."""
        return (digest(self.file.digest, self.added) if self.added else self.file.digest)[:8]


def waiting(library: Library, places: Places) -> dict[str, Withheld]:
    """Return the files that nothing public shows and something withheld does: they wait with it."""

    def shown_by(brief: Brief) -> Iterable[str]:
        return (path for _, path in places.paths(brief))

    public = {path for brief in library.briefs for path in shown_by(brief)}
    owners = {path: brief for brief in library.withheld for path in shown_by(brief)}
    bundles = {
        posixpath.dirname(b.source) + "/": b for b in library.withheld if _is_index(b.source)
    }
    held = {}
    for file in library.content_files:
        bundle = next(
            (brief for folder, brief in bundles.items() if file.path.startswith(folder)), None
        )
        owner = bundle or owners.get(file.path)
        if owner is not None and file.path not in public:
            held[file.path] = Withheld(
                file.path, "belongs to what is withheld", f"with {owner.source}"
            )
    return held


def _is_index(path: str) -> bool:
    return posixpath.splitext(posixpath.basename(path))[0] == "index"


def assets_of(
    project: Project, library: Library, held: dict[str, Withheld], pdfs: dict[str, str]
) -> Iterable[Asset]:
    """Yield the files of the theme and the site, but those that are `held`; `pdfs` have places."""
    owners = {posixpath.dirname(b.source): b.url for b in library.briefs if _is_index(b.source)}
    for file in library.static_files:
        folder = "static" if file.base else project.static_path
        yield _asset(file, "/" + file.path.removeprefix(f"{folder}/"))
    for file in library.content_files:
        if file.path not in held:
            yield _asset(file, pdfs.get(file.path) or _beside(project, file.path, owners))


def pale(config: Config) -> Iterable[Problem]:
    """Yield a warning where the accent cannot be read on light pages."""
    accent = config.theme.accent and parse(config.theme.accent)
    shown = accent and legible(accent)[0]
    if shown != accent:
        what = f"theme.accent {accent!r} is too pale for text on white: {shown} is shown instead"
        yield Problem(CONFIG_FILE, what, hint=f"write 'accent: \"{shown}\"'", warning=True)


def colored(config: Config, assets: Iterable[Asset]) -> Iterable[Asset]:
    """Yield `assets`, the site's own accent added to the stylesheet."""
    accent = config.theme.accent
    for asset in assets:
        own = accent and asset.url == "/assets/site.css"
        yield replace(asset, added=stylesheet(parse(accent))) if own else asset


def _asset(file: File, path: str) -> Asset:
    return Asset(file, url_of(path.removeprefix("/")), file_path(path))


def _beside(project: Project, path: str, owners: dict[str, str]) -> str:
    """Return the path on the site of a content file: in the folder of the page that it belongs
    to."""
    content = project.content_path
    folder = posixpath.dirname(path)
    while folder not in owners and len(folder) > len(content):
        folder = posixpath.dirname(folder)
    if folder in owners and folder != content and project.config.dialect != "jekyll":
        return posixpath.dirname(unquote(owners[folder]) + "x") + path.removeprefix(folder)
    inside = project.inside(path)
    name, own = collection_of(project, inside)
    return f"/{name}{inside.removeprefix(own)}" if own else f"/{inside}"
