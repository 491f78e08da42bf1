"""What the last build read and wrote: the memory that makes the next one short."""

import contextlib
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from briefsite.digest import Seal, digest
from briefsite.errors import Problem
from briefsite.model import Loaded, Source, Uses, Withheld
from briefsite.schema import pack, unpack
from briefsite.values import Struct, field, replace

FORMAT = b"briefsite manifest 5\n"
_PIECE = 1_000
"""Records on a line of the file, so that no text is as long as all of them."""
# git's "racy" rule: a file as young as the clock's grain may have changed again unseen
# (robustness.md 2).
_GRAIN_NS = 2_000_000_000
T = TypeVar("T")


class SourceRecord(Struct, frozen=True, omit_defaults=True):
    """A source as it was read."""

    source: Source
    digest: str
    loaded: Loaded | None = None
    """What a Markdown file gave; none for other files."""


class OutputRecord(Struct, frozen=True, omit_defaults=True):
    """A file as it was written."""

    address: str
    """Digest of everything that it was made from."""
    digest: str
    size: int
    mtime_ns: int
    problems: tuple[Problem, ...] = ()


class Standing(Struct, frozen=True):
    """What was said of a whole site: it holds for as long as nothing changes that it is made of."""

    address: str = ""
    """Digest of all that the plan was made from."""
    pages: int = 0
    left_out: tuple[Withheld, ...] = ()
    problems: tuple[Problem, ...] = ()


class Manifest(Struct, frozen=True):
    """Everything that one build remembers for the next."""

    reading: str = ""
    """Digest of what sources are read by: the program and the configuration."""
    started_ns: int = 0
    sources: dict[str, SourceRecord] = field(default_factory=dict)
    outputs: dict[str, OutputRecord] = field(default_factory=dict)
    templates: dict[str, Uses] = field(default_factory=dict)
    """What the texts of templates use, by their digest."""
    texts: dict[str, str] = field(default_factory=dict)
    """The digest of each template's text."""
    standing: Standing = Standing()

    def source(self, source: Source) -> SourceRecord | None:
        """Return the record of `source` where its file surely has not changed since."""
        record = self.sources.get(source.path)
        young = max(source.mtime_ns, source.ctime_ns) >= self.started_ns - _GRAIN_NS
        return record if record is not None and record.source == source and not young else None

    @property
    def settled(self) -> bool:
        """Whether every source is old enough that its time tells whether it changed."""
        limit = self.started_ns - _GRAIN_NS
        return all(
            record.source.mtime_ns < limit and record.source.ctime_ns < limit
            for record in self.sources.values()
        )

    def digest(self, path: str, reading: str) -> str:
        """Return the digest of the bytes at `path` for which its record still says what they give,
        read the way `reading`; empty where there is none."""
        record = self.sources.get(path)
        current = record is not None and record.loaded is not None and self.reading == reading
        return record.digest if record is not None and current else ""


class _Records(Struct, frozen=True):
    """Some of a manifest's records."""

    sources: dict[str, SourceRecord]
    outputs: dict[str, OutputRecord]


class Part(Struct, frozen=True):
    """A part of an output that takes long to make, with the warnings that came of it."""

    texts: tuple[str, ...]
    problems: tuple[Problem, ...]


_PARTS = dict[str, Part]


class Parts(Struct, frozen=True):
    """Where parts of outputs are remembered, by the digest of what each was made from."""

    file: Path
    stamp: str
    """Digest of everything that all parts are made by: the program, the configuration."""

    def read(self) -> dict[str, Part]:
        """Return what is remembered; what cannot be read is nothing."""
        try:
            return {k: v for piece in _unseal(self.file) for k, v in unpack(piece, _PARTS).items()}
        except (OSError, ValueError, RecursionError):
            return {}

    def write(self, parts: dict[str, Part]) -> None:
        """Remember these parts and no others; where that cannot be done they are made again."""
        with contextlib.suppress(OSError):
            _seal(self.file, [parts])

    def key(self, *inputs: Any) -> str:
        """Return the name of what is made from `inputs`."""
        return digest(self.stamp, inputs)


class Memory(Struct, frozen=True):
    """Where the manifest of one output folder lies."""

    folder: Path
    """`.briefsite` beside site.yaml."""
    file: Path

    @classmethod
    def of(cls, root: Path, output: Path) -> "Memory":
        """Return the place for a site's manifest; each output folder has one of its own."""
        folder = root / ".briefsite"
        name = output.relative_to(root).as_posix() if output.is_relative_to(root) else str(output)
        return cls(folder, folder / f"manifest-{digest(name)[:12]}.json")

    def read(self) -> tuple[Manifest, str]:
        """Return the last manifest and a notice: an unreadable one is as good as none, and said."""
        try:
            return _read(self.file), ""
        except FileNotFoundError:
            return Manifest(), ""
        except OSError as error:
            return (
                Manifest(),
                f"{self.file.name} cannot be read ({error.strerror}); everything is made anew",
            )
        except (ValueError, RecursionError):
            return (
                Manifest(),
                f"{self.file.name} is damaged or from another version; everything is made anew",
            )

    def write(self, manifest: Manifest) -> None:
        """Replace the manifest at once; OSError where that cannot be done."""
        self.prepare()
        _seal(self.file, _pieces(manifest))

    def parts(self, stamp: str) -> Parts:
        """Return the place for parts of outputs that are made by what `stamp` stands for."""
        return Parts(self.file.with_name(self.file.name.replace("manifest", "parts")), stamp)

    @property
    def templates(self) -> Path:
        """The folder where templates are kept compiled."""
        return self.folder / "templates"

    def prepare(self) -> None:
        """Make the folder, and keep it out of version control and backups."""
        if not self.folder.is_dir():
            self.folder.mkdir()
            (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")
            (self.folder / "CACHEDIR.TAG").write_text(
                "Signature: 8a477f597d28d172789f06886806bc55\n", encoding="utf-8"
            )


def _pieces(manifest: Manifest) -> Iterator[Any]:
    """Yield a manifest without its records, and those."""
    yield replace(manifest, sources={}, outputs={})
    for records in _cut(manifest.sources):
        yield _Records(records, {})
    for outputs in _cut(manifest.outputs):
        yield _Records({}, outputs)


def _cut(records: dict[str, T]) -> Iterator[dict[str, T]]:
    items = iter(records.items())
    while some := dict(islice(items, _PIECE)):
        yield some


def _read(file: Path) -> Manifest:
    """Return the manifest in `file`; ValueError where it is not what was written."""
    pieces = _unseal(file)
    manifest = unpack(next(pieces, b""), Manifest)
    for piece in pieces:
        some = unpack(piece, _Records)
        # One text for the name: an archive has many.
        manifest.sources.update((r.source.path, r) for r in some.sources.values())
        manifest.outputs.update(some.outputs)
    return manifest


def _seal(file: Path, pieces: Iterable[Any]) -> None:
    """Write `pieces`, a line each, and a last line that stands for them."""
    temporary, seal = file.with_suffix(".new"), Seal()
    with temporary.open("wb") as open_:
        open_.write(FORMAT)
        for piece in pieces:
            line = pack(piece) + b"\n"
            seal.update(line)
            open_.write(line)
        open_.write(seal.digest().encode())
    temporary.replace(file)


def _unseal(file: Path) -> Iterator[bytes]:
    """Yield the pieces that were written; ValueError, behind the last of them, where they were
    not."""
    seal, last = Seal(), b""
    with file.open("rb") as open_:
        if open_.readline() != FORMAT:
            raise ValueError("another format")
        for line in open_:
            if last:
                seal.update(last)
                yield last
            last = line
    if last != seal.digest().encode():
        raise ValueError("not what was written")


def now_ns() -> int:
    """Return the clock that file times are compared with."""
    return time.time_ns()
