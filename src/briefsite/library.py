"""Reads a site's sources, those that have not changed from memory."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from briefsite import gate
from briefsite.config import Project
from briefsite.digest import digest, digest_file
from briefsite.documents import read_document
from briefsite.errors import BriefsiteError, Problem
from briefsite.loader import Found, find, has_front_matter, is_html, is_markdown, read_text
from briefsite.manifest import Manifest, SourceRecord
from briefsite.model import Brief, Loaded, Source, Withheld
from briefsite.pools import Workers
from briefsite.sections import Collection
from briefsite.sieve import DRAFTS, POSTS
from briefsite.spots import collection_of
from briefsite.values import Struct, replace

THEME = "theme"
"""How the built-in theme's files are called in paths and messages."""
SMALL = 1_500_000
"""Bytes of sources below which starting processes costs more than it saves."""


class File(Struct, frozen=True):
    """A file that is published as it is."""

    path: str
    """POSIX path from the folder named by `base`."""
    base: str
    """Empty for the site's root, `theme` for the built-in theme."""
    digest: str


class Library(Struct, frozen=True):
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


def read_library(
    project: Project,
    manifest: Manifest,
    reading: str,
    workers: Workers,
    meanwhile: Callable[[], None] = lambda: None,
) -> Library:
    """Return what the site's folders hold, with every problem in it; raises nothing an author can
    cause. Where others read, this process calls `meanwhile`."""
    content = find(project, project.content_path, hide=True)
    static = find(project, project.static_path, hide=False)
    shelf = _Shelf(project, manifest, reading, workers, meanwhile)
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

    def __init__(
        self,
        project: Project,
        manifest: Manifest,
        reading: str,
        workers: Workers,
        meanwhile: Callable[[], None],
    ) -> None:
        self.project, self.manifest, self.reading = project, manifest, reading
        self.workers, self.meanwhile = workers, meanwhile
        self.records: dict[str, SourceRecord] = {}
        self.problems: list[Problem] = []

    def take(self, found: Found) -> None:
        """Read every source that was found and is not surely as it was."""
        self.problems += found.problems
        tasks = []
        for source in found.sources:
            known = self.manifest.source(source)
            text = is_markdown(source.path) or is_html(source.path)
            if known is not None and (not text or self.manifest.reading == self.reading):
                self.records[known.source.path] = known
            else:
                tasks.append((source, self.manifest.digest(source.path, self.reading)))
        for (source, _), read in zip(tasks, self.read(tasks), strict=True):
            self.problems += read.problems
            if read.same:
                loaded = self.manifest.sources[source.path].loaded
                self.records[source.path] = SourceRecord(source, read.digest, loaded)
            elif read.digest:
                self.records[source.path] = SourceRecord(source, read.digest, read.loaded)
        self.records = {source: self.records[source] for source in sorted(self.records)}

    def read(self, tasks: list["_Task"]) -> Iterable["_Read"]:
        """Return what each of `tasks` gave, in order."""
        size = sum(source.size for source, _ in tasks)
        if not tasks or self.workers.alone(size, SMALL):
            return [_read(self.project, source, known) for source, known in tasks]
        return self.workers.spread(_read_all, tasks, _start, (self.project,), self.meanwhile)

    def files(self, sources: Iterable[Source]) -> tuple[File, ...]:
        """Return the files among `sources` that are published as they are."""
        records = [self.records[source.path] for source in sources if source.path in self.records]
        return tuple(File(r.source.path, "", r.digest) for r in records if r.loaded is None)


_Task = tuple[Source, str]
"""A source, and the digest with which it need not be understood anew."""


class _Read(Struct, frozen=True):
    """What came of one source."""

    digest: str = ""
    """Empty where it could not be read."""
    loaded: Loaded | None = None
    same: bool = False
    """Whether its bytes are those that were known."""
    problems: tuple[Problem, ...] = ()


_project: Project | None = None


def _start(project: Project) -> None:
    global _project  # noqa: PLW0603  # a pool's worker has no other place for what its calls share
    _project = project


def _read_all(tasks: Sequence[_Task]) -> list[_Read]:
    assert _project is not None, "the pool's initializer ran"
    return [_read(_project, source, known) for source, known in tasks]


def _read(project: Project, source: Source, known: str) -> _Read:
    """Return what a source gives; what is wrong with it are problems."""
    try:
        if not _is_document(project, source.path):
            return _Read(digest_file(project.root / source.path))
        text = read_text(project, source.path)
    except BriefsiteError as error:
        return _Read(problems=error.problems)
    except OSError as error:
        what = f"this file cannot be read: {error.strerror}"
        return _Read(problems=(Problem(source.path, what),))
    drafted = DRAFTS in source.path.split("/")  # its time may be its date
    if known == text.digest and not drafted:
        return _Read(text.digest, same=True)
    return _Read(text.digest, read_document(project, source.path, text, source.mtime_ns))


def _is_document(project: Project, path: str) -> bool:
    """Return whether a file is a brief or page, and not published as it is (jekyll.md F2)."""
    if not (is_markdown(path) or is_html(path)):
        return False
    config, inside = project.config, project.inside(path)
    if path.startswith(f"{project.static_path}/"):
        return False
    if inside.startswith(f"{config.data.strip('/')}/"):
        return False
    if {POSTS, DRAFTS} & set(path.split("/")):
        return True
    plain = is_markdown(path) and config.dialect != "jekyll"
    return plain or has_front_matter(project, path)


def _own_over_theme(own: tuple[File, ...], folder: str) -> tuple[File, ...]:
    theme = theme_folder()
    names = {"static" + file.path.removeprefix(folder) for file in own}
    paths = [path for path in sorted((theme / "static").rglob("*")) if path.is_file()]
    shipped = [(path.relative_to(theme).as_posix(), path) for path in paths]
    return own + tuple(
        File(name, THEME, digest_file(path)) for name, path in shipped if name not in names
    )
