"""Reads a site's sources, those that have not changed from memory."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from briefsite import gate
from briefsite.config import Collection, Project
from briefsite.digest import digest, digest_file
from briefsite.documents import collection_of, read_document
from briefsite.errors import BriefsiteError, Problem
from briefsite.loader import Found, find, has_front_matter, is_html, is_markdown, read_text
from briefsite.manifest import Manifest, SourceRecord
from briefsite.model import Brief, Loaded, Source, Withheld
from briefsite.sieve import DRAFTS, POSTS

THEME = "theme"
"""How the built-in theme's files are called in paths and messages."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that is published as it is."""

    path: str
    """POSIX path from the folder named by `base`."""
    base: str
    """Empty for the site's root, `theme` for the built-in theme."""
    digest: str


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that was found in the sources."""

    briefs: tuple[Brief, ...]
    """What may be public, sorted by path."""
    content_files: tuple[File, ...]
    data_files: tuple[File, ...]
    static_files: tuple[File, ...]
    """The theme's and the site's own; of two with one name the site's."""
    left_out: tuple[Withheld, ...]
    withheld: tuple[Brief, ...]
    """What may not be public now: for finding files that only these use."""
    problems: tuple[Problem, ...]
    records: dict[str, SourceRecord]


def theme_folder() -> Path:
    """Return the folder with the built-in theme's templates/ and static/."""
    packaged = Path(__file__).parent / "theme"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2]


def reading_of(project: Project, program: str) -> str:
    """Return the digest of everything but its own bytes that a source is read by."""
    return digest(program, project.config, str(project.zone))


def read_library(project: Project, manifest: Manifest, reading: str) -> Library:
    """Return what the site's folders hold, with every problem in it; raises nothing an author can
    cause."""
    content = find(project, project.content_path, hide=True)
    static = find(project, project.static_path, hide=False)
    shelf = _Shelf(project, manifest, reading)
    shelf.take(content)
    shelf.take(static)
    documents = [record.loaded for record in shelf.records.values() if record.loaded is not None]
    briefs = [loaded.brief for loaded in documents if loaded.brief is not None]
    refused = gate.judge(briefs, project)
    files, data, odd = _sorted_out(project, shelf.files(content.sources))
    left_out = [
        *content.left_out,
        *static.left_out,
        *odd,
        *(loaded.withheld for loaded in documents if loaded.withheld),
    ]
    return Library(
        briefs=tuple(brief for brief in briefs if brief.source not in refused),
        content_files=files,
        data_files=data,
        static_files=_own_over_theme(shelf.files(static.sources), project.static_path),
        left_out=(*left_out, *refused.values()),
        withheld=tuple(brief for brief in briefs if brief.source in refused),
        problems=(*shelf.problems, *_problems(documents, project)),
        records=shelf.records,
    )


def _problems(documents: Iterable[Loaded], project: Project) -> Iterable[Problem]:
    """Yield what is wrong with documents; in a draft that waits it is only a warning."""
    drafts = project.drafts or project.config.drafts
    for loaded in documents:
        waits = loaded.withheld is not None and loaded.withheld.reason == "draft" and not drafts
        yield from (replace(p, warning=p.warning or waits) for p in loaded.problems)


def _sorted_out(
    project: Project, files: Iterable[File]
) -> tuple[tuple[File, ...], tuple[File, ...], list[Withheld]]:
    """Return (what is published as it is, data files, what is neither) among files in content."""
    published, data, odd = [], [], []
    folder = "/".join(filter(None, (project.content_path, project.config.data.strip("/"))))
    for file in files:
        parts = file.path.split("/")
        if file.path.startswith(folder + "/"):
            data.append(file)
        elif {POSTS, DRAFTS} & set(parts[:-1]):
            odd.append(Withheld(file.path, "no post", "neither Markdown nor HTML with a date"))
        elif _of_data_only(project, file.path):
            odd.append(Withheld(file.path, "data only", "its collection says 'output: false'"))
        else:
            published.append(file)
    return tuple(published), tuple(data), odd


def _of_data_only(project: Project, path: str) -> bool:
    name, _ = collection_of(project, project.inside(path))
    return not project.config.collections.get(name, Collection()).output


class _Shelf:
    """Takes sources in, reading only what is not known already."""

    def __init__(self, project: Project, manifest: Manifest, reading: str) -> None:
        self.project, self.manifest, self.reading = project, manifest, reading
        self.records: dict[str, SourceRecord] = {}
        self.problems: list[Problem] = []

    def take(self, found: Found) -> None:
        """Read every source that was found."""
        self.problems += found.problems
        for source in found.sources:
            try:
                self.records[source.path] = self.record(source)
            except BriefsiteError as error:
                self.problems += error.problems
            except OSError as error:
                self.problems.append(
                    Problem(source.path, f"this file cannot be read: {error.strerror}")
                )

    def record(self, source: Source) -> SourceRecord:
        """Return what is known of `source`, read anew where it may have changed."""
        may_be = is_markdown(source.path) or is_html(source.path)
        known = self.manifest.source(source)
        if known is not None and (not may_be or self.manifest.reading == self.reading):
            return known
        if not may_be or not self.is_document(source.path):
            return SourceRecord(source, digest_file(self.project.root / source.path))
        text = read_text(self.project, source.path)
        loaded = self.manifest.document(source.path, text.digest, self.reading)
        if loaded is None or DRAFTS in source.path.split("/"):  # its time may be its date
            loaded = read_document(self.project, source.path, text, source.mtime_ns)
        return SourceRecord(source, text.digest, loaded)

    def is_document(self, path: str) -> bool:
        """Return whether a Markdown or HTML file is a brief or page, and not published as it is
        (jekyll.md F2)."""
        config, inside = self.project.config, self.project.inside(path)
        if path.startswith(f"{self.project.static_path}/"):
            return False
        if inside.startswith(f"{config.data.strip('/')}/"):
            return False
        if {POSTS, DRAFTS} & set(path.split("/")):
            return True
        plain = is_markdown(path) and config.dialect != "jekyll"
        return plain or has_front_matter(self.project, path)

    def files(self, sources: Iterable[Source]) -> tuple[File, ...]:
        """Return the files among `sources` that are published as they are."""
        records = [self.records[source.path] for source in sources if source.path in self.records]
        return tuple(File(r.source.path, "", r.digest) for r in records if r.loaded is None)


def _own_over_theme(own: tuple[File, ...], folder: str) -> tuple[File, ...]:
    theme = theme_folder()
    names = {"static" + file.path.removeprefix(folder) for file in own}
    paths = [path for path in sorted((theme / "static").rglob("*")) if path.is_file()]
    shipped = [(path.relative_to(theme).as_posix(), path) for path in paths]
    return own + tuple(
        File(name, THEME, digest_file(path)) for name, path in shipped if name not in names
    )
