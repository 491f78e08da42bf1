"""Tells which sources changed, once for what changes together (the only door to watchfiles)."""

import contextlib
import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from watchfiles import Change, watch

from briefsite.config import CONFIG_FILE, Project
from briefsite.library import THEME, theme_folder
from briefsite.sieve import MEMORY

STEP_MS = 40
"""How often watchfiles looks: a save is seen within two of these, and looking costs little."""
STILL_MS = 240
"""How long nothing may change before many changes are taken for whole."""
FEW = 4
"""As many changes at once are somebody's save; more are a checkout, a renamed folder, a copy."""
PATIENCE = 100
"""Turns of `STILL_MS` that git is given to finish."""
_SWAP_ENDS = (".swp", ".swo", ".swx", "~", ".tmp", ".part", ".crdownload", ".kate-swp")
_SWAP_NAMES = frozenset({"4913", ".DS_Store", "Thumbs.db"})

Changed = Callable[[frozenset[str]], None]


class Watch:
    """Watches a site from a thread of its own, until it is stopped."""

    def __init__(
        self, project: Callable[[], Project], changed: Changed, say: Callable[[str], None]
    ) -> None:
        """Call `changed` with paths from the site's root, none where any may have changed, as
        when watching begins; `project` tells where to look now."""
        self._project, self._changed, self._say = project, changed, say
        self._poll = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait until it has."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._follow()
            except (OSError, RuntimeError) as error:
                if self._poll:
                    raise
                self._poll = True
                self._say(f"the system cannot watch files ({error}); they are looked at in turn")

    def _follow(self) -> None:
        """Tell of changes for as long as the watched folders are the same."""
        missed = True  # what changed while nobody watched, or other folders were watched
        project = self._project()
        listed = _listed(project.root)
        folders = watched(project)
        for found in _settled(project, folders, self._stop, self._poll):
            if found or missed:
                self._changed(frozenset() if missed else found)
                missed = False
            if listed != (listed := _listed(project.root)) or self._project() is not project:
                project = self._project()
                if watched(project) != folders:
                    break


def _listed(folder: Path) -> int:
    """Return what changes when a name in a folder comes or goes."""
    return os.stat(folder).st_mtime_ns  # noqa: PTH116  # its time alone, several times a second


def watched(project: Project) -> tuple[Path, ...]:
    """Return the folders that are watched with all below them; site.yaml is looked at besides."""
    root, config = project.root, project.config
    theme = theme_folder()
    named = [root / config.static, root / config.templates, theme / "templates", theme / "static"]
    folders = {folder.resolve() for folder in named if folder.is_dir()}
    if project.content_path and project.content.is_dir():
        folders.add(project.content.resolve())
    elif not project.content_path:
        # The whole folder is content: what holds no source would be thousands of folders.
        folders |= {
            Path(entry.path)
            for entry in os.scandir(root)
            if entry.is_dir() and not entry.is_symlink() and not _passed_over(entry.name, project)
        }
    return tuple(sorted(folders))


def _passed_over(name: str, project: Project) -> bool:
    foreign = name in ("node_modules", "vendor", MEMORY) or name.startswith(".")
    return foreign or project.root / name == project.output


def _settled(
    project: Project, folders: tuple[Path, ...], stop: threading.Event, poll: bool
) -> Iterator[frozenset[str]]:
    """Yield paths that changed once they are still, and an empty set now and then."""
    pending: set[str] = set()
    came: set[str] = set()
    before, waited = _own_files(project), 0
    for found in watch(
        *folders,
        watch_filter=_is_source,
        step=STEP_MS,
        debounce=STILL_MS,
        rust_timeout=STILL_MS,
        yield_on_timeout=True,
        stop_event=stop,
        force_polling=poll or None,
        raise_interrupt=False,
        ignore_permission_denied=True,
    ):
        pending |= {_named(project, path) for _, path in found}
        came |= {path for kind, path in found if kind is Change.added}
        now = _own_files(project)
        pending |= {name for name in before | now if before.get(name) != now.get(name)}
        before = now
        waited = 0 if found else waited + 1
        hasty = len(pending) <= FEW and not _unfinished(project, pending)
        if pending and ((found and hasty) or _still(project, found, waited)):
            # What came and went is an editor's way to save.
            passing = {_named(project, path) for path in came if not os.path.lexists(path)}
            yield frozenset(pending - passing)
            pending.clear()
            came.clear()
        elif not pending:
            yield frozenset()


def _still(project: Project, found: object, waited: int) -> bool:
    """Return whether nothing changes any more, git included."""
    return not found and (waited > PATIENCE or not _git_works(project.root))


def _git_works(root: Path) -> bool:
    return any((folder / ".git/index.lock").exists() for folder in (root, *root.parents))


def _unfinished(project: Project, paths: set[str]) -> bool:
    """Return whether a file is empty: an editor that saves in place is about to fill it."""
    for path in paths:
        try:
            if os.stat(project.root / path).st_size == 0:  # noqa: PTH116  # its size alone
                return True
        except OSError:
            continue
    return False


def _own_files(project: Project) -> dict[str, tuple[int, int]]:
    """Return size and time of the files beside site.yaml that belong to the site."""
    names = [CONFIG_FILE] if project.content_path else os.listdir(project.root)  # noqa: PTH208  # names alone
    found = {}
    for name in names:
        with contextlib.suppress(OSError):
            state = os.stat(project.root / name)  # noqa: PTH116  # its numbers alone
            if stat.S_ISREG(state.st_mode) and _is_source(Change.modified, name):
                found[name] = (state.st_size, state.st_mtime_ns)
    return found


def _is_source(_: Change, path: str) -> bool:
    """Return whether a change at `path` matters: an editor's own files never do."""
    name = path.replace("\\", "/").rpartition("/")[2]
    swap = name.endswith(_SWAP_ENDS) or name in _SWAP_NAMES or name.startswith((".#", "#"))
    return not swap and "/.git/" not in path and "/__pycache__/" not in path


def _named(project: Project, path: str) -> str:
    """Return the path as messages call it: from the site's root, or in the theme."""
    for folder, name in ((project.root, ""), (theme_folder(), f"{THEME}/")):
        try:
            return name + Path(path).relative_to(folder).as_posix()
        except ValueError:
            continue
    return path
