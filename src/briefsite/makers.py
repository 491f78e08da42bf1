"""Makes outputs in as many processes as there are cores; each writes what it makes."""

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

from briefsite.config import Project
from briefsite.digest import digest, digest_bytes, digest_file
from briefsite.errors import BriefsiteError, Problem
from briefsite.outputs.output import Output
from briefsite.pools import CHUNK, Workers, calm
from briefsite.renderer import Renderer
from briefsite.templates import Templates
from briefsite.values import Struct, replace

STAGE = ".briefsite-stage"
"""Folder in the output folder where files wait until all are made: on the same file system, swept
by every build."""
SMALL = 60
"""Outputs below which starting processes costs more than it saves."""
_LIBRARIES = (
    "jinja2",
    "markdown-it-py",
    "mdit-py-plugins",
    "markupsafe",
    "nh3",
    "msgspec",
    "pyyaml",
)


class Made(Struct, frozen=True):
    """What came of one output."""

    digest: str = ""
    size: int = 0
    mtime_ns: int = 0
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0


@cache
def program_stamp() -> str:
    """Return the digest of the program: its own source and the versions of what it renders with."""
    own = Path(__file__).parent
    sources = [
        (path.relative_to(own).as_posix(), path.read_bytes()) for path in sorted(own.rglob("*.py"))
    ]
    return digest(*[(name, digest_bytes(data)) for name, data in sources], *_versions())


def _versions() -> list[str]:
    """Return the names of the folders in which installers keep what they know of the libraries:
    the version is part of it, and importlib.metadata takes far longer to load than all this."""
    found: list[str] = []
    for folder in sys.path:
        with contextlib.suppress(OSError), os.scandir(folder or ".") as entries:
            found += [entry.name for entry in entries if entry.name.endswith(".dist-info")]
    found = [name for name in found if _library(name) in _LIBRARIES]
    return sorted(found)


def _library(name: str) -> str:
    return name.partition("-")[0].lower().replace("_", "-")


def prepare(templates: Templates) -> None:
    """Load what nearly all pages are made with, so that each process forked later has it."""
    import briefsite.prose.markdown  # noqa: F401  # a build that finds nothing to do needs none

    templates.compile()


def make_all(
    project: Project,
    shared: Mapping[str, Any],
    templates: Templates,
    outputs: Sequence[Output],
    workers: Workers,
    progress: Callable[[int, int], None] | None = None,
) -> list[Made]:
    """Make `outputs` into the stage, each under its own path, and return what came of each, in
    order; what stands in its place already is not made again."""
    sweep(project.output)
    if not outputs:
        return []
    calm()
    try:
        (project.output / STAGE).mkdir(parents=True)
    except OSError as error:
        raise BriefsiteError(
            Problem("", f"{project.output} cannot be written: {error.strerror}")
        ) from None
    # What takes longest begins first, so that nobody waits for it at the end; what is made from one
    # source follows each other, so that it is read once.
    ordered = sorted(outputs, key=lambda output: (-output.weight, output.origin))
    if workers.alone(len(outputs), SMALL):
        made: Iterable[Made] = map(_Maker(project, shared, templates).one, ordered)
    else:
        made = workers.spread(_make, ordered, _start, (project, shared, templates))
    counted = _counted(made, len(outputs), progress)
    by_path = dict(zip((output.path for output in ordered), counted, strict=True))
    return [by_path[output.path] for output in outputs]


def sweep(output: Path) -> None:
    """Remove the stage, and what a build that was stopped left in it."""
    if (output / STAGE).exists():
        import shutil  # a build that finds nothing to do needs none of it

        shutil.rmtree(output / STAGE, ignore_errors=True)


def _counted(
    made: Iterable[Made], total: int, progress: Callable[[int, int], None] | None
) -> Iterator[Made]:
    for number, item in enumerate(made, start=1):
        if progress and (number % CHUNK == 0 or number == total):
            progress(number, total)
        yield item


_maker: "_Maker | None" = None


def _start(project: Project, shared: Mapping[str, Any], templates: Templates) -> None:
    global _maker  # noqa: PLW0603  # a pool's worker has no other place for what its calls share
    _maker = _Maker(project, shared, templates)


def _make(chunk: Sequence[Output]) -> list[Made]:
    assert _maker is not None, "the pool's initializer ran"
    return [_maker.one(output) for output in chunk]


class _Maker:
    """Makes outputs in one process; what fails becomes a problem, so that all of them are known."""

    def __init__(self, project: Project, shared: Mapping[str, Any], templates: Templates) -> None:
        self.output = str(project.output)
        self.stage = f"{self.output}/{STAGE}"
        mask = os.umask(0o022)
        os.umask(mask)
        self.hides = mask != 0o022
        self.empty = not any(name != STAGE for name in os.listdir(self.output))  # noqa: PTH208
        self.folders: set[str] = set()
        self.renderer = Renderer(project, shared, templates)

    def one(self, output: Output) -> Made:
        """Make one output into the stage, unless the file in place holds the same bytes."""
        start = perf_counter()
        self.renderer.problems.clear()
        try:
            made = output.make(self.renderer, *output.inputs)
            digest, found = (
                self._copy(output.path, made)
                if isinstance(made, Path)
                else self._write(output.path, made)
            )
            problems = tuple(self.renderer.problems)
            done = Made(digest, found.st_size, found.st_mtime_ns, problems)
        except BriefsiteError as error:
            done = Made(problems=error.problems)
        except OSError as error:
            what = f"{output.path} cannot be made: {error.strerror or error}"
            done = Made(problems=(Problem(output.origin, what),))
        return replace(done, seconds=perf_counter() - start)

    def _write(self, path: str, data: bytes) -> tuple[str, os.stat_result]:
        digest = digest_bytes(data)
        if there := self._there(path, len(data), digest):
            return digest, there
        staged = self._staged(path)
        with open(staged, "wb", buffering=0) as file:  # noqa: PTH123  # one system call, no Path
            file.write(data)
            found = os.fstat(file.fileno())
        self._readable(staged)
        return digest, found

    def _copy(self, path: str, source: Path) -> tuple[str, os.stat_result]:
        import shutil  # pages need it for nothing

        staged = Path(shutil.copyfile(source, self._staged(path)))
        digest, found = digest_file(staged), staged.stat()
        if there := self._there(path, found.st_size, digest):
            staged.unlink()
            return digest, there
        self._readable(str(staged))
        return digest, found

    def _readable(self, file: str) -> None:
        """Let everyone read a file: a web server is often somebody else than who builds."""
        if self.hides:
            os.chmod(file, 0o644)  # noqa: PTH101  # as above

    def _staged(self, path: str) -> str:
        """Return where `path` lies in the stage, its folder made."""
        staged = f"{self.stage}/{path}"
        folder = staged.rpartition("/")[0]
        if folder not in self.folders:
            try:
                os.mkdir(folder)  # noqa: PTH102  # one system call for each of thousands
            except OSError:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self.folders.add(folder)
        return staged

    def _there(self, path: str, size: int, digest: str) -> os.stat_result | None:
        """Return what the file in place is like if it has these bytes already."""
        if self.empty:
            return None
        try:
            found = os.lstat(f"{self.output}/{path}")
        except OSError:
            return None
        fits = found.st_size == size and stat.S_ISREG(found.st_mode)
        return found if fits and digest_file(Path(self.output, path)) == digest else None
