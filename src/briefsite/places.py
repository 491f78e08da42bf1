"""Where the links in bodies lead: from what authors write to files of the site."""

import posixpath
import unicodedata
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from briefsite.config import Project
from briefsite.library import Library
from briefsite.loader import is_markdown
from briefsite.model import Brief, Withheld
from briefsite.prose.liquid_marks import LINK, POST


class Places:
    """Finds the file that a target in a body means."""

    def __init__(self, project: Project, library: Library) -> None:
        self.content, self.static = project.content_path, project.static_path
        sources = (*library.briefs, *library.withheld)
        paths = (*(b.source for b in sources), *(file.path for file in library.content_files))
        # Texts are in NFC; a Mac may have written the names of files in another form.
        self.spelled = {unicodedata.normalize("NFC", p): p for p in paths if not p.isascii()}
        self.posts: dict[str, str] = {}
        for brief in sources:
            if brief.collection == "posts":
                name = posixpath.splitext(brief.source)[0]
                self.posts.setdefault(posixpath.basename(name), brief.source)
                self.posts.setdefault(name.rpartition("_posts/")[2], brief.source)

    def paths(self, brief: Brief) -> list[tuple[str, str]]:
        """Return each relative target of `brief` with its path from the site's root."""
        folder = posixpath.dirname(brief.source)
        return [(target, self._path(folder, target)) for target in brief.targets]

    def _path(self, folder: str, target: str) -> str:
        if target.startswith(POST):
            name = target.removeprefix(POST)
            return self.posts.get(name.lstrip("/"), name)
        if target.startswith(LINK):
            return posixpath.join(self.content, target.removeprefix(LINK).lstrip("/"))
        path = posixpath.normpath(posixpath.join(folder, unquote(target)))
        return (
            path if path.isascii() else self.spelled.get(unicodedata.normalize("NFC", path), path)
        )

    def links(self, brief: Brief, public: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Return where each target in `brief` leads, for those that are public files."""
        found = []
        for target, path in self.paths(brief):
            static = path.removeprefix(f"{self.content}/") if target.startswith(LINK) else None
            url = public.get(path) or (static and public.get(f"{self.static}/{static}"))
            if url:
                found.append((target, url))
        return tuple(found)

    def dead(
        self, library: Library, public: Mapping[str, str], left_out: Iterable[Withheld]
    ) -> Iterable[tuple[Brief, str, str, bool]]:
        """Yield (brief, target, reason, whether known) for each link to a document without page."""
        reasons = {item.source: f"{item.reason} ({item.detail})" for item in left_out}
        for brief in library.briefs:
            if not brief.targets:
                continue
            alive = dict(self.links(brief, public))
            for target, path in self.paths(brief):
                if target not in alive and (target.startswith((LINK, POST)) or is_markdown(path)):
                    known = path in reasons
                    why = f"is not public: {reasons[path]}" if known else "does not exist"
                    like = "" if known else _like(path, library.briefs)
                    yield brief, target, f"{path} {why}{like and f', {like} does'}", known


def _like(path: str, briefs: Iterable[Brief]) -> str:
    """Return the only file that is called as `path` is, but for its folder or the date before its
    name; empty where there is none, or several."""
    name = posixpath.basename(path)
    names = ((posixpath.basename(brief.source), brief.source) for brief in briefs)
    found = [source for own, source in names if own == name or own.endswith(f"-{name}")]
    return found[0] if len(found) == 1 else ""
