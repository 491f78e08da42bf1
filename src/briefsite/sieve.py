"""Decides which files are read, by their names alone (jekyll.md F1, F3 to F5)."""

from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from briefsite.config import CONFIG_FILE, Project
from briefsite.values import Struct

POSTS, DRAFTS = "_posts", "_drafts"
MEMORY = ".briefsite"
LEDGER = "published.lock"
_NOT_MEANT = (".md.txt", ".markdown.txt")
"""What an editor on Windows calls a brief: as a file for download its head would be public."""


class Reason(Struct, frozen=True):
    """Why an entry is not read; without words where it serves the build in another way."""

    reason: str = ""
    detail: str = ""


class Sieve:
    """What passes into a site, with the reason for what does not."""

    def __init__(self, project: Project) -> None:
        config = project.config
        self.project, self.config = project, config
        above = config.collections_dir.strip("/")
        self.posts_below = f"{above}/" if above else ""
        collections = [
            f"{self.posts_below}{folder}"
            for name, item in config.collections.items()
            if name != "posts" and (folder := (item.folder or name).strip("/.")) is not None
        ]
        self.collections = frozenset(filter(None, collections))
        self.doors = self.collections | {config.data.strip("/")}
        self.ways = {str(way) for door in self.doors for way in PurePosixPath(door).parents}
        self.ways |= {above, *map(str, PurePosixPath(above).parents)} - {"."}

    def reason(self, path: str, *, folder: bool) -> Reason | None:
        """Return why the entry at `path` (from the site's root) is not read; None where it is."""
        inside = self.project.inside(path)
        name = inside.rpartition("/")[2]
        if self._machinery(path, folder):
            return Reason()
        if inside in self.config.include or name in self.config.include:
            return None
        patterns = (p for p in self.config.exclude if p not in self.config.include)
        pattern = next((p for p in patterns if _matches(p, inside, folder)), None)
        if pattern is not None:
            return Reason("excluded", f"by 'exclude: [{pattern}]' in {CONFIG_FILE}")
        return self._hidden(inside, name, folder)

    def _machinery(self, path: str, folder: bool) -> bool:
        own = (self.config.static, self.config.templates, MEMORY)
        if not folder:
            return path in (CONFIG_FILE, LEDGER)
        output = self.project.root / path == self.project.output
        return output or path in [name.strip("/") for name in own]

    def _hidden(self, inside: str, name: str, folder: bool) -> Reason | None:
        above = inside.rpartition("/")[0]
        if inside in self.doors or (folder and inside in self.ways):
            return None
        if folder and name in (POSTS, DRAFTS) and self._may_hold_posts(above):
            return None
        if is_hidden(name):
            why = f"begins with '{name[0]}'" if is_hidden(name[0]) else "ends in '~'"
            return Reason("hidden name", f"the name {why}")
        if not folder and name.lower().endswith(_NOT_MEANT) and self.config.dialect != "jekyll":
            return Reason("no Markdown", "the name ends in '.txt'; a brief's ends in '.md'")
        if above in self.ways - self.doors and is_hidden(above.rpartition("/")[2]):
            return Reason("hidden name", f"the name of its folder begins with '{above[0]}'")
        return None

    def _may_hold_posts(self, above: str) -> bool:
        """Return whether `_posts` in the folder `above` is one of Jekyll's: not in a collection."""
        parts = [f"{above}/"[: n + 1] for n, char in enumerate(f"{above}/") if char == "/"]
        collection = any(part.rstrip("/") in self.collections for part in parts)
        inner = {POSTS, DRAFTS} & set(above.split("/"))
        return not collection and not inner and f"{above}/".startswith(self.posts_below)


def is_hidden(name: str) -> bool:
    """Return whether a name alone keeps a file off the site."""
    return name.startswith(("_", ".", "#", "~")) or name.endswith("~")


def _matches(pattern: str, path: str, folder: bool) -> bool:
    plain = pattern.removeprefix("/")
    return bool(plain) and (
        fnmatchcase(path, plain) or path.startswith(plain) or (folder and plain == f"{path}/")
    )
