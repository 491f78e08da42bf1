"""Reads a site's sources, those that have not changed from memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from briefsite import gate
from briefsite.config import Project
from briefsite.digest import digest, digest_file
from briefsite.documents import read_document
from briefsite.errors import BriefsiteError, Problem
from briefsite.loader import Found, find, is_markdown, read_text
from briefsite.manifest import Manifest, SourceRecord
from briefsite.model import Brief, Source, Withheld

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
    return digest(program, project.config, str(project.zone), is_markdown.__name__)


def read_library(project: Project, manifest: Manifest, reading: str) -> Library:
    """Return what the site's folders hold, with every problem in it; raises nothing an author can
    cause."""
    content = find(project, project.config.content.strip("/"), hide=True)
    static = find(project, "static", hide=False)
    shelf = _Shelf(project, manifest, reading)
    shelf.take(content)
    shelf.take(static)
    documents = [record.loaded for record in shelf.records.values() if record.loaded is not None]
    briefs = [loaded.brief for loaded in documents if loaded.brief is not None]
    refused = {brief.source: gate.withheld(brief, project) for brief in briefs}
    left_out = [
        *content.left_out,
        *static.left_out,
        *(loaded.withheld for loaded in documents if loaded.withheld),
    ]
    return Library(
        briefs=tuple(brief for brief in briefs if refused[brief.source] is None),
        content_files=shelf.files(content.sources),
        static_files=_own_over_theme(shelf.files(static.sources)),
        left_out=(*left_out, *(reason for reason in refused.values() if reason)),
        withheld=tuple(brief for brief in briefs if refused[brief.source]),
        problems=(*shelf.problems, *(p for loaded in documents for p in loaded.problems)),
        records=shelf.records,
    )


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
        markdown = is_markdown(source.path) and not source.path.startswith("static/")
        known = self.manifest.source(source)
        if known is not None and (not markdown or self.manifest.reading == self.reading):
            return known
        if not markdown:
            return SourceRecord(source, digest_file(self.project.root / source.path))
        text = read_text(self.project, source.path)
        loaded = self.manifest.document(source.path, text.digest, self.reading)
        loaded = loaded or read_document(self.project, source.path, text)
        return SourceRecord(source, text.digest, loaded)

    def files(self, sources: Iterable[Source]) -> tuple[File, ...]:
        """Return the files among `sources` that are published as they are."""
        records = [self.records[source.path] for source in sources if source.path in self.records]
        return tuple(File(r.source.path, "", r.digest) for r in records if r.loaded is None)


def _own_over_theme(own: tuple[File, ...]) -> tuple[File, ...]:
    theme = theme_folder()
    names = {file.path for file in own}
    paths = [path for path in sorted((theme / "static").rglob("*")) if path.is_file()]
    shipped = [(path.relative_to(theme).as_posix(), path) for path in paths]
    return own + tuple(
        File(name, THEME, digest_file(path)) for name, path in shipped if name not in names
    )
