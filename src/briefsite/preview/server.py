"""The preview server: livereload's server and protocol, fenced (the only door to livereload and
tornado)."""

import asyncio
import logging
import posixpath
import time
import webbrowser
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import livereload
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClosedError

from briefsite.config import CONFIG_FILE, Project
from briefsite.errors import BriefsiteError, Problem
from briefsite.preview import overlay
from briefsite.preview.pages import Answer, Preview
from briefsite.preview.watching import Watch
from briefsite.preview.web import Address, Checked, Page, decoded, is_ours

_IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"})
Say = Callable[[str], None]


def serve(preview: Preview, address: Address, say: Say, *, browser: bool = False) -> None:
    """Serve until interrupted; BriefsiteError where the port cannot be had."""
    _Server(preview, address, say, browser).run()


class _Server(livereload.Server):  # type: ignore[misc]  # livereload has no types
    """livereload's server with our pages, our checks and our watcher."""

    def __init__(self, preview: Preview, address: Address, say: Say, browser: bool) -> None:
        super().__init__(watcher=_Watcher())
        self.preview, self.address, self.say, self.browser = preview, address, say, browser
        self.worker = ThreadPoolExecutor(1, "preview")
        """Plans and pages are made here, one after the other: the loop never waits."""
        self.seen: dict[str, Any] = {}
        """What each address showed when it was last asked for."""
        self.shown: dict[str, Any] = {}
        """What the open pages show, by address; of several at one address the eldest."""
        self.told: tuple[Problem, ...] = ()
        self.warned: frozenset[tuple[str, str]] = frozenset()
        """File and words of each warning that there was: its line moves as the text is written."""

    def run(self) -> None:
        """Read the site, then serve it; returns when the user interrupts."""
        self.preview.refresh()
        self.tell()
        if count := len(self.preview.warnings):
            self.say(f"{count} warning{'' if count == 1 else 's'}; 'briefsite build' names them")
        self.warn(0)
        self.watch("site", None)  # any name: without one livereload watches this folder itself
        try:
            self.serve(self.address.port, host=self.address.host)
        except KeyboardInterrupt:
            pass  # the way to end it
        finally:
            self.watcher.stop()
            self.worker.shutdown(wait=False, cancel_futures=True)

    def application(self, port: int, host: str, **_: Any) -> None:
        """Listen; called by livereload's `serve`."""
        try:
            sockets = bind_sockets(port, host)
        except OSError as error:
            what = f"{host} port {port} cannot be used: {(error.strerror or str(error)).lower()}"
            hint = f"try --port {port + 1}, or --port 0 for any that is free"
            raise BriefsiteError(Problem("", what, hint=hint)) from None
        self.port = sockets[0].getsockname()[1]
        LiveReloadHandler.watcher, LiveReloadHandler.live_css = self.watcher, True
        self.watcher.loop, self.watcher.server = IOLoop.current(), self
        given = {"server": self}
        handlers = [
            (r"/livereload", _Socket, given),
            (r"/livereload\.js", _Script, given),
            (r"/livereload\.css", _Style, given),
            (r"/.*", Page, given),
        ]
        app = Application(handlers, log_function=_quiet, default_handler_class=Page)
        HTTPServer(app, max_header_size=65_536).add_sockets(sockets)
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{self.port}{self.address.base_path}/"
        self.say(f"serving {url} (Ctrl-C ends)")
        if self.browser:
            webbrowser.open(url)

    def _setup_logging(self) -> None:
        """Keep livereload and tornado from speaking: the terminal is ours."""
        for name in ("livereload", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
            logging.getLogger(name).addHandler(logging.NullHandler())

    def tell(self) -> None:
        """Say in the terminal what is wrong, once."""
        problems = self.preview.problems
        for problem in problems:
            if problem not in self.told:
                self.say(str(problem))
        if self.told and not problems:
            self.say("mended")
        self.told = problems

    def warn(self, most: int) -> None:
        """Say at `most` so many of the warnings that there were not before."""
        warnings = {(p.where, p.message): p for p in self.preview.warnings}
        for key in [key for key in warnings if key not in self.warned][:most]:
            self.say(f"warning: {warnings[key]}")
        self.warned = frozenset(warnings)

    async def changed(self, paths: frozenset[str]) -> None:
        """Bring the preview into line with a save, then have the open pages show it."""
        began = time.perf_counter()
        loop = asyncio.get_running_loop()
        open_pages = {page for page in map(_Socket.page_of, list(_Socket.waiters)) if page}
        remade = await loop.run_in_executor(self.worker, self._remake, paths, open_pages)
        self.tell()
        self.warn(3)
        for waiter in list(_Socket.waiters):
            page = _Socket.page_of(waiter)
            for message in _messages(paths, page is None or page in remade):
                _Socket.send(waiter, message)
        if not paths:
            config = self.project.config
            folders = dict.fromkeys((config.content, config.templates, config.static))
            self.say(f"watching {CONFIG_FILE}, {', '.join(folders)} and the theme")
            return
        names = ", ".join(sorted(paths)[:3])
        names += f" and {len(paths) - 3} more" if len(paths) > 3 else ""
        pages = ", ".join(f"/{page}" for page in sorted(remade)) or "no open page shows it"
        took = (time.perf_counter() - began) * 1000
        self.say(f"{time.strftime('%H:%M:%S')} {names}: {pages} ({took:.0f} ms)")

    def _remake(self, paths: frozenset[str], pages: set[str]) -> set[str]:
        """Return which of the open pages show something else now; runs in the worker."""
        before = self.shown
        self.preview.refresh(paths or None)
        self.shown = {page: self.preview.answer(page) for page in pages}
        self.seen |= self.shown
        return {page for page in pages if self.shown[page] != before.get(page)}

    def opened(self, page: str | None) -> None:
        """Note that a browser shows what was last answered for `page`."""
        if page is not None:
            self.shown.setdefault(page, self.seen.get(page))

    @property
    def project(self) -> Project:
        """The site as it was last read."""
        return self.preview.project

    async def answer(self, path: str) -> Answer:
        """Return what stands at a path of the site."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.worker, self._answer, path)

    def _answer(self, path: str) -> Answer:
        """Return what stands at a path of the site, and note it; runs in the worker."""
        found = self.preview.answer(path)
        self.seen[path] = found
        while len(self.seen) > 200:
            del self.seen[next(iter(self.seen))]
        return found


def _messages(paths: frozenset[str], page: bool) -> list[dict[str, Any]]:
    """Return what a browser is to do: take styles and images anew in place, or load its page."""
    endings = {posixpath.splitext(path)[1].lower() for path in paths}
    in_place = bool(paths) and (endings <= {".css"} or endings <= _IMAGES)
    if not page and not in_place:
        return []
    shown = sorted(paths) if in_place else ["*"]
    return [{"command": "reload", "path": p, "liveCSS": True, "liveImg": True} for p in shown]


def _quiet(_: RequestHandler) -> None:
    """Log no request."""


class _Watcher(Watcher):  # type: ignore[misc]  # livereload has no types
    """Our watch, behind the interface of livereload's watchers."""

    loop: IOLoop
    server: _Server
    _watch: Watch | None = None

    def start(self, _: Callable[[], None]) -> bool:
        """Begin; True: livereload need not look for itself."""

        def changed(paths: frozenset[str]) -> None:
            self.loop.add_callback(self.server.changed, paths)

        preview = self.server.preview
        self._watch = Watch(lambda: preview.project, changed, self.server.say)
        self._watch.start()
        return True

    def stop(self) -> None:
        """End the watch."""
        if self._watch:
            self._watch.stop()


class _Script(Checked, LiveReloadJSHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's own script."""


class _Style(Checked):
    """How banners look."""

    async def get(self, *_: str) -> None:
        """Answer with the style sheet."""
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.write(overlay.STYLE)


class _Socket(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """The connection over which a page is told to load anew."""

    page: str | None = None

    def initialize(self, server: _Server) -> None:
        """Take what all requests share."""
        self.server = server

    def prepare(self) -> None:
        """Refuse a foreign name for this machine."""
        if not is_ours(self.request.host, self.server.address.host):
            self.set_status(403)
            self.finish()

    def check_origin(self, origin: str) -> bool:
        """Return whether the page that asks came from here: no other may listen."""
        return urlsplit(origin).netloc == str(self.request.host)

    def on_message(self, message: str | bytes) -> None:
        """Take livereload's handshake; whatever is no part of it is passed over."""
        try:
            super().on_message(message)
            said = livereload.handlers.escape.json_decode(message)
            if said.get("command") == "info":
                path = decoded(urlsplit(str(said.get("url", ""))).path)
                base = f"{self.server.address.base_path}/"
                self.page = path.removeprefix(base) if path and path.startswith(base) else None
                self.server.opened(self.page)
        except (ValueError, AttributeError, TypeError):
            self.close()

    def page_of(self) -> str | None:
        """Return the path on the site of the page that is open, where it is known."""
        return self.page

    def send(self, message: dict[str, Any]) -> None:
        """Send to the page; one that went away is no fault."""
        try:
            self.write_message(message)
        except WebSocketClosedError:
            _Socket.waiters.discard(self)
