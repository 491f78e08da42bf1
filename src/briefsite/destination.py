"""The output folder: what in it stands, what is in the way, and how files come to their places."""

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from briefsite.config import Project
from briefsite.digest import digest_file
from briefsite.errors import BriefsiteError, Problem
from briefsite.makers import STAGE, Made
from briefsite.manifest import Manifest, OutputRecord
from briefsite.outputs.assets import MARK
from briefsite.outputs.output import Output
from briefsite.values import replace


def refuse(project: Project) -> None:
    """Refuse an output folder that is, holds or lies in the sources."""
    output = project.output
    sources = [
        project.root,
        project.content,
        project.root / project.config.templates,
        project.root / project.config.static,
    ]
    holds = any(source.resolve().is_relative_to(output) for source in sources)
    # Where the whole folder is content, the output in it is known and passed over.
    own = [source for source in sources[1:] if source.resolve() != project.root]
    inside = any(output.is_relative_to(source.resolve()) for source in own)
    if holds or inside:
        what = "holds the sources of the site" if holds else "lies among the sources of the site"
        raise BriefsiteError(
            Problem("", f"the output folder {output} {what}", hint="choose another, such as _site")
        )
    if output.exists() and not output.is_dir():
        raise BriefsiteError(
            Problem("", f"the output folder {output} is a file", hint="choose another name")
        )


def sort(
    outputs: Iterable[Output], manifest: Manifest, stamp: str, folder: Path
) -> tuple[dict[str, OutputRecord], list[tuple[Output, str]]]:
    """Return the records of outputs that stand as they should, and the others with their
    addresses."""
    current: dict[str, OutputRecord] = {}
    stale: list[tuple[Output, str]] = []
    for output in outputs:
        address = output.address(stamp)
        record = manifest.outputs.get(output.path)
        if record is not None and record.address == address:
            record = as_written(f"{folder}/{output.path}", record)
            if record is not None:
                current[output.path] = record
                continue
        stale.append((output, address))
    return current, stale


def as_written(file: str, record: OutputRecord) -> OutputRecord | None:
    """Return the record of a file that stands as it was written, None of any other; where only
    the time differs, as in a copy, its bytes tell."""
    try:
        found = os.lstat(file)
        if (found.st_size, found.st_mtime_ns) == (record.size, record.mtime_ns):
            return record
        same = found.st_size == record.size and stat.S_ISREG(found.st_mode)
        if same and digest_file(Path(file)) == record.digest:
            return replace(record, mtime_ns=found.st_mtime_ns)
    except OSError:
        pass  # it is gone, or nobody may read it: it is made anew
    return None


def refuse_foreign(folder: Path, manifest: Manifest, stale: list[tuple[Output, str]]) -> None:
    """Refuse to write over files in a folder that no build of ours has ever written."""
    if manifest.outputs or not folder.is_dir() or not any(folder.iterdir()):
        return
    with contextlib.suppress(OSError, UnicodeDecodeError):
        if (folder / ".nojekyll").read_text(encoding="utf-8") == MARK:
            return
    there = [output.path for output, _ in stale if (folder / output.path).exists()]
    if there:
        shown = ", ".join(there[:5]) + (" ..." if len(there) > 5 else "")
        raise BriefsiteError(
            Problem(
                "",
                f"{folder} holds files that briefsite did not write and would replace: {shown}",
                hint="empty the folder, or choose another with --output",
            )
        )


def commit(
    folder: Path, stale: list[tuple[Output, str]], made: list[Made]
) -> dict[str, OutputRecord]:
    """Move what was made to its place, nothing where something is in the way, and return the
    records."""
    stage = folder / STAGE
    moves = list(_moves(str(stage), str(folder), folder.resolve())) if stage.exists() else []
    for staged, target in moves:
        os.replace(staged, target)  # noqa: PTH105  # paths are text: a site may have many
    return {
        output.path: OutputRecord(address, item.digest, item.size, item.mtime_ns, item.problems)
        for (output, address), item in zip(stale, made, strict=True)
    }


def _moves(stage: str, folder: str, real: Path) -> Iterator[tuple[str, str]]:
    """Yield what is to be moved from `stage` into `folder`, and where: whole folders where there
    are none yet; never through a link that leads out of `real`."""
    with os.scandir(stage) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            target = os.path.join(folder, entry.name)  # noqa: PTH118  # text, as above
            is_folder, is_link = os.path.isdir(target), os.path.islink(target)  # noqa: PTH112, PTH114
            if not entry.is_dir() and is_folder and not is_link:
                raise _in_the_way(f"{target} is a folder that briefsite did not make")
            if not entry.is_dir() or not os.path.lexists(target):
                yield entry.path, target
            elif not is_folder:
                raise _in_the_way(f"{target} is a file where the site needs a folder")
            elif is_link and not Path(target).resolve().is_relative_to(real):
                what = f"{target} leads out of {real} by a symbolic link"
                raise BriefsiteError(Problem("", what, hint="remove the link"))
            else:
                yield from _moves(entry.path, target, real)


def _in_the_way(what: str) -> BriefsiteError:
    return BriefsiteError(Problem("", what, hint="move it away"))


def remove_orphans(
    folder: Path, written: Iterable[str], records: dict[str, OutputRecord]
) -> tuple[str, ...]:
    """Remove what of `written` this build did not plan, and folders that are empty by it."""
    orphans = sorted(set(written) - set(records))
    removed = []
    for path in orphans:
        file = folder / path
        if not _safe(file, folder):
            continue
        with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            file.unlink()
            removed.append(path)
        for parent in file.parents:
            if parent == folder or not parent.is_relative_to(folder):
                break
            try:
                parent.rmdir()
            except OSError:
                break
    return tuple(removed)


def _safe(file: Path, folder: Path) -> bool:
    """Return whether `file` really lies in `folder`: a manifest is input too."""
    return file.parent.resolve().is_relative_to(folder.resolve()) and ".." not in file.parts
