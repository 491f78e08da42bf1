"""Files become values: walks the content folder, reads front matter, cuts the excerpt off."""

import os
import posixpath
import re
import stat
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from briefsite.config import Project
from briefsite.digest import digest_bytes
from briefsite.errors import BriefsiteError, Problem
from briefsite.front_matter import load, split
from briefsite.model import Brief, Source, Withheld
from briefsite.sieve import Sieve
from briefsite.values import Struct

MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mkdn", ".mkdown"})
HTML = frozenset({".html", ".htm"})
MAX_BODY = 5_000_000
_CONTROL = bytes(n for n in range(32) if n not in (9, 10, 13)) + b"\x7f"
_INTERNAL = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")


class Found(Struct, frozen=True):
    """What a folder holds."""

    sources: tuple[Source, ...]
    """Regular files, sorted by path."""
    left_out: tuple[Withheld, ...] = ()
    """What is no source, with the reason."""
    problems: tuple[Problem, ...] = ()


class Text(Struct, frozen=True):
    """A source's text, made plain: UTF-8, `\\n` line ends, NFC, no control characters."""

    digest: str
    text: str
    problems: tuple[Problem, ...] = ()
    plain: bool = False
    """Whether the bytes were all this already."""


@lru_cache(1 << 16)
def is_markdown(path: str) -> bool:
    """Return whether the file at `path` is Markdown by its name."""
    return posixpath.splitext(path)[1].lower() in MARKDOWN


@lru_cache(1 << 16)
def is_html(path: str) -> bool:
    """Return whether the file at `path` is HTML by its name."""
    return posixpath.splitext(path)[1].lower() in HTML


def has_front_matter(project: Project, path: str) -> bool:
    """Return whether the file at `path` begins with a line `---` (jekyll.md F2)."""
    with (project.root / path).open("rb") as file:
        first = file.readline(100).removeprefix(b"\xef\xbb\xbf")
    return first.startswith(b"---") and not first[3:].strip() and first.endswith(b"\n")


def find(project: Project, folder: str, *, hide: bool) -> Found:
    """Return the files below `folder` of the site's root; links that leave the folder are errors.

    `hide` leaves out what a Sieve does not let pass.
    """
    top = project.root / folder
    walk = _Walk(project.root, top.resolve(), Sieve(project) if hide else None)
    if top.is_dir():
        walk.folder(folder)
    walk.sources.sort(key=lambda source: source.path)
    return Found(tuple(walk.sources), tuple(walk.left_out), tuple(walk.problems))


class _Walk:
    """One walk through a folder: gathers files and what is passed over."""

    def __init__(self, root: Path, top: Path, sieve: Sieve | None) -> None:
        self.root, self.top, self.sieve = root, top, sieve
        self.sources: list[Source] = []
        self.left_out: list[Withheld] = []
        self.problems: list[Problem] = []

    def folder(self, path: str, above: tuple[Path, ...] = ()) -> None:
        """Take in every entry of the folder at `path`."""
        try:
            entries = sorted(os.scandir(self.root / path), key=lambda entry: entry.name)
        except OSError as error:
            self.problems.append(Problem(path, f"this folder cannot be read: {error.strerror}"))
            return
        for entry in entries:
            self.entry(entry, f"{path}/{entry.name}" if path else entry.name, above)

    def entry(self, entry: "os.DirEntry[str]", path: str, above: tuple[Path, ...]) -> None:
        """Take in one entry: a file, a folder, or something to be named and passed over."""
        if not _is_text(entry.name):
            self.problems.append(
                Problem(ascii(path), "this file name is not UTF-8", hint="rename the file")
            )
        elif self.sieve and (why := self.sieve.reason(path, folder=entry.is_dir())):
            if why.reason:
                self.left_out.append(Withheld(path, why.reason, why.detail + _count(entry)))
        elif entry.is_symlink() and not self.link(path, above):
            return
        elif entry.is_dir():
            real = Path(entry.path).resolve()
            self.folder(path, (*above, real))
        else:
            self.file(entry, path)

    def link(self, path: str, above: tuple[Path, ...]) -> bool:
        """Return whether a symbolic link may be followed; note why where it may not."""
        real = Path(self.root / path).resolve()
        if not real.is_relative_to(self.top):
            hint = "copy the file to where the link stands"
            self.problems.append(
                Problem(path, "this symbolic link leads out of its folder", hint=hint)
            )
            return False
        if not real.exists() or real in above or self.top.is_relative_to(real):
            self.left_out.append(Withheld(path, "broken link", "leads nowhere or to itself"))
            return False
        return True

    def file(self, entry: "os.DirEntry[str]", path: str) -> None:
        """Take in a regular file; a pipe or a device is named and never opened."""
        try:
            found = entry.stat()
        except OSError:
            self.left_out.append(Withheld(path, "gone", "vanished while the build was reading"))
            return
        if not stat.S_ISREG(found.st_mode):
            self.left_out.append(Withheld(path, "not a file", "a pipe, socket or device"))
            return
        self.sources.append(
            Source(path, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        )


def _is_text(name: str) -> bool:
    try:
        return bool(name.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _count(entry: "os.DirEntry[str]") -> str:
    if not entry.is_dir(follow_symlinks=False):
        return ""
    files = sum(len(names) for _, _, names in os.walk(entry.path))
    return f"; {files} file{'s' if files != 1 else ''} in it"


def read_text(project: Project, path: str) -> Text:
    """Return the text of the source at `path`; BriefsiteError where it is none."""
    return decode(path, _read(project, path))


def line_of(project: Project, path: str, key: tuple[str | int, ...]) -> int | None:
    """Return the line of the value at `key` in the front matter of a source, read once more."""
    block, _, _ = split(read_text(project, path).text, path)
    return load(block or "", path, 2).line(key)


def read_body(project: Project, brief: Brief) -> str:
    """Return the body of a brief, made plain; BriefsiteError where its file has changed since it
    was read."""
    data = _read(project, brief.source)
    if digest_bytes(data) != brief.digest:
        what = "this file changed during the build"
        raise BriefsiteError(Problem(brief.source, what, hint="build again"))
    text = data.decode() if brief.plain else decode(brief.source, data).text
    return text.split("\n", brief.body_line - 1)[-1]


def _read(project: Project, path: str) -> bytes:
    try:
        with open(f"{project.root}/{path}", "rb", buffering=0) as file:  # noqa: PTH123  # no Path
            return file.read()
    except OSError as error:
        raise BriefsiteError(Problem(path, f"this file cannot be read: {error.strerror}")) from None


def decode(path: str, data: bytes) -> Text:
    """Return `data` as plain text; BriefsiteError where it is no UTF-8 or too long."""
    if len(data) > MAX_BODY:
        raise BriefsiteError(Problem(path, f"more than {MAX_BODY // 1_000_000} MB of text"))
    try:
        text = written = data.decode("utf-8")
        text = text.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte {error.start + 1} is not UTF-8"
        raise BriefsiteError(Problem(path, what, line, "save the file as UTF-8")) from None
    if b"\r" in data:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", text)
    problems = list(_without_control(path, data, text))
    if problems:
        text = _INTERNAL.sub("", text.translate(dict.fromkeys(_CONTROL)))
    return Text(digest_bytes(data), text, tuple(problems), plain=text == written)


def _without_control(path: str, data: bytes, text: str) -> Iterator[Problem]:
    """Yield a warning where characters stand that no page and no feed may hold (robustness.md
    2)."""
    bad = len(data) != len(data.translate(None, _CONTROL))
    # As UTF-8 they are found far more quickly, one byte before two.
    internal = b"\xef" in data and (b"\xef\xb7" in data or b"\xef\xbf" in data)
    if bad or (internal and _INTERNAL.search(text)):
        odd = next(
            (n for n, c in enumerate(text) if c in _CONTROL.decode() or _INTERNAL.match(c)), 0
        )
        line = text.count("\n", 0, odd) + 1
        yield Problem(
            path, "a control character was left out", line, "delete it from the file", warning=True
        )
