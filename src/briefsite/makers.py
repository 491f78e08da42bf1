"""Makes outputs in as many processes as there are cores; each writes what it makes."""

import contextlib
import os
import shutil
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
from briefsite.pools import CHUNK, Workers
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

    digest: str
    staged: str
    """Name of the file in the stage; empty where the file in place has these bytes already."""
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


def make_all(
    project: Project,
    shared: Mapping[str, Any],
    templates: Templates,
    outputs: Sequence[Output],
    workers: Workers,
    progress: Callable[[int, int], None] | None = None,
) -> list[Made]:
    """Make `outputs` into the stage and return what came of each, in order."""
    stage = project.output / STAGE
    shutil.rmtree(stage, ignore_errors=True)
    if not outputs:
        return []
    try:
        stage.mkdir(parents=True)
    except OSError as error:
        raise BriefsiteError(
            Problem("", f"{project.output} cannot be written: {error.strerror}")
        ) from None
    numbered = list(enumerate(outputs))
    if workers.alone(len(outputs), SMALL):
        maker = _Maker(project, shared, templates)
        return list(_counted((maker.one(*item) for item in numbered), len(outputs), progress))
    # What takes longest begins first, so that nobody waits for it at the end.
    numbered.sort(key=lambda item: -item[1].weight)
    made = workers.spread(_make, numbered, _start, (project, shared, templates))
    counted = _counted(made, len(outputs), progress)
    by_number = dict(zip((number for number, _ in numbered), counted, strict=True))
    return [by_number[number] for number in range(len(outputs))]


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


def _make(chunk: list[tuple[int, Output]]) -> list[Made]:
    assert _maker is not None, "the pool's initializer ran"
    return _maker.make(chunk)


class _Maker:
    """Makes outputs in one process."""

    def __init__(self, project: Project, shared: Mapping[str, Any], templates: Templates) -> None:
        self.output = project.output
        self.stage = str(project.output / STAGE)
        mask = os.umask(0o022)
        os.umask(mask)
        self.hides = mask != 0o022
        self.renderer = Renderer(project, shared, templates)

    def make(self, numbered: list[tuple[int, Output]]) -> list[Made]:
        """Make outputs one by one; what fails becomes a problem, so that all of them are known."""
        return [self.one(number, output) for number, output in numbered]

    def one(self, number: int, output: Output) -> Made:
        """Make one output into the stage, unless the file in place holds the same bytes."""
        start = perf_counter()
        made = self._made(number, output)
        return replace(made, seconds=perf_counter() - start)

    def _made(self, number: int, output: Output) -> Made:
        self.renderer.problems.clear()
        try:
            made = output.make(self.renderer, *output.inputs)
            problems = tuple(self.renderer.problems)
            if isinstance(made, Path):
                return self._copy(number, output.path, made, problems)
            return self._write(number, output.path, made, problems)
        except BriefsiteError as error:
            return Made("", "", error.problems)
        except OSError as error:
            what = f"{output.path} cannot be made: {error.strerror or error}"
            return Made("", "", (Problem(output.origin, what),))

    def _write(self, number: int, path: str, data: bytes, problems: tuple[Problem, ...]) -> Made:
        found = digest_bytes(data)
        if self._holds(path, len(data), found):
            return Made(found, "", problems)
        staged = f"{self.stage}/{number}"
        with open(staged, "wb", buffering=0) as file:  # noqa: PTH123  # one system call, no Path
            file.write(data)
        self._readable(staged)
        return Made(found, str(number), problems)

    def _readable(self, path: str) -> None:
        """Let everyone read a file: a web server is often somebody else than who builds."""
        if self.hides:
            os.chmod(path, 0o644)  # noqa: PTH101  # as above

    def _copy(self, number: int, path: str, source: Path, problems: tuple[Problem, ...]) -> Made:
        staged = Path(self.stage, str(number))
        shutil.copyfile(source, staged)
        found = digest_file(staged)
        if self._holds(path, staged.stat().st_size, found):
            staged.unlink()
            return Made(found, "", problems)
        self._readable(str(staged))
        return Made(found, staged.name, problems)

    def _holds(self, path: str, size: int, expected: str) -> bool:
        target = self.output / path
        try:
            fits = target.stat().st_size == size and not target.is_symlink()
        except OSError:
            return False
        return fits and digest_file(target) == expected
