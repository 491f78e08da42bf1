"""Puts the public briefs together into a whole: order, neighbours, collections, what links lead
where."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote

from briefsite.config import Collection, Config, Project
from briefsite.documents import DEFAULT_COLLECTION, title_of
from briefsite.errors import Problem
from briefsite.library import File, Library
from briefsite.loader import is_markdown
from briefsite.model import Brief, Link, Withheld
from briefsite.urls import file_path


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes, as templates see it."""

    name: str
    logo: str
    url: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A collection, as templates see it."""

    name: str
    title: str
    url: str
    """Its index; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of the whole site: `site` in templates, but for its lists."""

    title: str
    description: str
    lang: str
    url: str
    publisher: Publisher
    navigation: tuple[Link, ...]
    collections: tuple[Shelf, ...]
    feed: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is published as it is, and where."""

    file: File
    url: str
    output: str


@dataclass(frozen=True, slots=True)
class Site:
    """All that is public, complete: nothing is rendered before it is here."""

    facts: Facts
    briefs: tuple[Brief, ...]
    """Listed briefs, newest first."""
    documents: tuple[Brief, ...]
    """Everything that has a page: briefs, unlisted ones too, and pages; by path."""
    shelves: tuple[Shelf, ...]
    """The collections that hold a listed brief, in the order of site.yaml."""
    assets: tuple[Asset, ...]
    left_out: tuple[Withheld, ...]
    places: dict[str, str]
    """URL of each public source."""

    def neighbours(self) -> dict[str, tuple[Link | None, Link | None]]:
        """Return (older, newer) for each listed brief, within its collection."""
        found: dict[str, tuple[Link | None, Link | None]] = {}
        for shelf in self.shelves:
            row = self.of(shelf.name)
            links = [Link(brief.url, brief.title) for brief in row]
            for brief, newer, older in zip(row, [None, *links], [*links[1:], None], strict=False):
                found[brief.source] = older, newer
        return found

    def of(self, collection: str) -> tuple[Brief, ...]:
        """Return the listed briefs of one collection, newest first."""
        return tuple(brief for brief in self.briefs if brief.collection == collection)

    def links(self, brief: Brief) -> tuple[tuple[str, str], ...]:
        """Return where each relative target in `brief` leads, for those that are files of the
        site."""
        paths = _paths(brief)
        return tuple((target, self.places[path]) for target, path in paths if path in self.places)


def assemble(project: Project, library: Library) -> Site:
    """Return the whole site in its final order; ties of date are broken by path (jekyll.md D5)."""
    config = project.config
    dated = [brief for brief in library.briefs if brief.dated and not brief.unlisted]
    listed = sorted(dated, key=lambda brief: brief.source)
    listed.sort(key=lambda brief: brief.published or project.now, reverse=True)
    held = _only_used_by_withheld(library)
    assets = tuple(_assets(config, library, held))
    shelves = tuple(_shelves(config, {brief.collection for brief in listed}))
    return Site(
        facts=_facts(project, shelves),
        briefs=tuple(listed),
        documents=library.briefs,
        shelves=shelves,
        assets=assets,
        left_out=(*library.left_out, *held.values()),
        places={brief.source: brief.url for brief in library.briefs}
        | {asset.file.path: asset.url for asset in assets if not asset.file.base},
    )


def dead_links(library: Library, site: Site) -> Iterable[Problem]:
    """Yield a warning, with the reason, for each link to a Markdown file without page (P6)."""
    reasons = {item.source: f"{item.reason} ({item.detail})" for item in site.left_out}
    for brief in library.briefs:
        for target, path in _paths(brief):
            if is_markdown(path) and path not in site.places:
                why = f"is not public: {reasons[path]}" if path in reasons else "does not exist"
                yield Problem(
                    brief.source, f"the link to {target} leads nowhere: {path} {why}", warning=True
                )


def _paths(brief: Brief) -> list[tuple[str, str]]:
    """Return each relative target of `brief` with its path from the site's root."""
    folder = posixpath.dirname(brief.source)
    return [
        (target, posixpath.normpath(posixpath.join(folder, unquote(target))))
        for target in brief.targets
    ]


def _shelves(config: Config, used: set[str]) -> Iterable[Shelf]:
    names = [name for name in (*config.collections, DEFAULT_COLLECTION) if name in used]
    for name in dict.fromkeys(names):
        title = config.collections.get(name, Collection()).title or title_of(name)
        yield Shelf(name, title, f"/{quote(name)}/" if len(used) > 1 else "/")


def _facts(project: Project, shelves: tuple[Shelf, ...]) -> Facts:
    config = project.config
    has_feed = project.base_url and config.feed.limit and shelves
    return Facts(
        title=config.title,
        description=config.description,
        lang=config.lang,
        url=project.base_url,
        publisher=Publisher(config.publisher.name, config.publisher.logo, config.publisher.url),
        navigation=tuple(Link(item.url, item.title) for item in config.navigation),
        collections=shelves,
        feed=config.feed.path if has_feed else "",
        fields=config.extra,
    )


def _only_used_by_withheld(library: Library) -> dict[str, Withheld]:
    """Return the files that nothing public shows and something withheld does: they wait with it."""
    public = {path for brief in library.briefs for path in _shown_by(brief)}
    owners = {path: brief for brief in library.withheld for path in _shown_by(brief)}
    bundles = {
        posixpath.dirname(b.source) + "/": b
        for b in library.withheld
        if PurePosixPath(b.source).stem == "index"
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


def _shown_by(brief: Brief) -> Iterable[str]:
    return (path for _, path in _paths(brief))


def _assets(config: Config, library: Library, held: dict[str, Withheld]) -> Iterable[Asset]:
    owners = {
        posixpath.dirname(b.source): b.url
        for b in library.briefs
        if PurePosixPath(b.source).stem == "index"
    }
    for file in library.static_files:
        yield _asset(file, "/" + file.path.removeprefix("static/"))
    for file in library.content_files:
        if file.path not in held and not is_markdown(file.path):
            yield _asset(file, _beside(config, file.path, owners))


def _asset(file: File, path: str) -> Asset:
    return Asset(file, quote(path, safe="/!$&'()*+,;=:@~"), file_path(path))


def _beside(config: Config, path: str, owners: dict[str, str]) -> str:
    """Return the path on the site of a content file: in the folder of the page that it belongs
    to."""
    content = config.content.strip("/")
    folder = posixpath.dirname(path)
    while folder not in owners and len(folder) > len(content):
        folder = posixpath.dirname(folder)
    if folder in owners and folder != content:
        return posixpath.dirname(unquote(owners[folder]) + "x") + path.removeprefix(folder)
    named = {(item.folder or name).strip("/"): name for name, item in config.collections.items()}
    inside = path.removeprefix(content + "/")
    for own, name in named.items():
        if inside.startswith(own + "/"):
            return f"/{name}{inside.removeprefix(own)}"
    return "/" + inside
