"""Compares two built sites: the proof of a move, and the gate before a release."""

from collections.abc import Sequence
from pathlib import Path

from briefsite.compare.differences import Differences, compare
from briefsite.compare.reading import read
from briefsite.compare.report import lines

__all__ = ["Differences", "compare_folders", "lines"]


def compare_folders(
    old: Path,
    new: Path,
    maps: Sequence[tuple[str, str]] = (),
    *,
    old_url: str = "",
    new_url: str = "",
    article: str = "",
) -> Differences:
    """Return what changed from the site built in `old` to the one in `new`."""
    before = read(old.resolve(), old_url.rstrip("/"), article)
    return compare(before, read(new.resolve(), new_url.rstrip("/")), maps)
