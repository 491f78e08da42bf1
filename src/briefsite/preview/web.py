"""How the preview answers a request: whom, with which headers, and which part of a file."""

import ipaddress
import mimetypes
import posixpath
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, unquote_to_bytes, urlsplit

from tornado.web import RequestHandler, StaticFileHandler

from briefsite.config import Project
from briefsite.library import theme_folder
from briefsite.preview import overlay
from briefsite.preview.pages import Answer
from briefsite.values import Struct

_TEXT = frozenset({"text/html", "text/css", "text/plain", "text/markdown", "text/javascript"})
_KINDS = {
    ".atom": "application/atom+xml",
    ".bib": "text/x-bibtex",
    ".css": "text/css",
    ".html": "text/html",
    ".htm": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".ris": "application/x-research-info-systems",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""Types as GitHub Pages names them, so that no table of this machine has a say."""


class Address(Struct, frozen=True):
    """Where the preview is to be found."""

    host: str = "127.0.0.1"
    port: int = 8000
    """0 for a free one."""
    base_path: str = ""
    """The path that the site is published under, and shown under here too; no `/` at the end."""


class Host(Protocol):
    """What answers are taken from."""

    address: Address

    @property
    def project(self) -> Project:
        """Return the site as it was last read."""

    async def answer(self, path: str) -> Answer:
        """Return what stands at a path of the site."""


class Checked(RequestHandler):
    """Answers only whom it was made for: a browser on this machine that asked for this machine."""

    def initialize(self, server: Host) -> None:
        """Take what all requests share."""
        self.server = server

    def prepare(self) -> None:
        """Refuse a foreign name for this machine (DNS rebinding, robustness.md 1) and all that
        is no reading."""
        if not is_ours(self.request.host, self.server.address.host):
            self.set_status(403)
            self.finish("This preview answers to localhost only.\n")
        elif self.request.method not in ("GET", "HEAD"):
            self.set_status(405)
            self.set_header("Allow", "GET, HEAD")
            self.finish()

    def set_default_headers(self) -> None:
        """Keep other sites, caches and search engines out."""
        self.set_header("Server", "briefsite")
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Robots-Tag", "noindex")
        self.set_header("X-Frame-Options", "SAMEORIGIN")


def is_ours(host: str, own: str) -> bool:
    name = (urlsplit(f"//{host}").hostname or "").rstrip(".") if host.isascii() else ""
    if name in ("localhost", own) or name.endswith(".localhost"):
        return True
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return False


class Page(Checked):
    """A page or a file of the site."""

    async def get(self, *_: str) -> None:
        """Answer with what stands at the path, as GitHub Pages would."""
        base = f"{self.server.address.base_path}/"
        path = decoded(self.request.path)
        if path is not None and base != "/" and path in ("/", base.rstrip("/")):
            self.redirect(base)
            return
        inside = path.removeprefix(base) if path is not None and path.startswith(base) else None
        # What cannot be at this address is asked for all the same: the answer is the 404 page.
        found = await self.server.answer(inside if inside is not None else "\0")
        if found.location:
            self.redirect(base + quote(found.location), permanent=found.status == 301)
            return
        self.set_status(found.status)
        await self.send(found)

    async def head(self, *_: str) -> None:
        """Answer without the body."""
        await self.get()

    async def send(self, found: Answer) -> None:
        """Send a body, or the part of it that was asked for."""
        kind = _kind(found.path or "page.html")
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind in _TEXT else kind)
        if isinstance(found.body, Path):
            await self.send_file(found.body)
            return
        body = found.body
        if kind == "text/html":
            body = overlay.decorate(
                body,
                host=self.request.host,
                withheld=found.withheld,
                own=found.own,
                problems=found.problems,
                roots=(self.server.project.root, theme_folder()),
            )
        await self.send_bytes(len(body), lambda start, end: iter((body[start:end],)))

    async def send_file(self, file: Path) -> None:
        """Send a file in chunks; never one outside the site, whatever a link says by now."""
        real, roots = file.resolve(), (self.server.project.root, theme_folder())
        if not real.is_file() or not any(real.is_relative_to(root.resolve()) for root in roots):
            self.set_status(404)
            return
        self.set_etag_header_of(real)
        await self.send_bytes(
            real.stat().st_size,
            lambda start, end: StaticFileHandler.get_content(str(real), start, end),
        )

    def set_etag_header_of(self, file: Path) -> None:
        """Let a browser keep what has not changed."""
        found = file.stat()
        self.set_header("Etag", f'"{found.st_size:x}-{found.st_mtime_ns:x}"')

    async def send_bytes(self, size: int, part: Callable[[int, int], Any]) -> None:
        """Send all or one range (RFC 9110, 14.2) of something that has `size` bytes."""
        self.set_header("Accept-Ranges", "bytes")
        start, end = 0, size
        asked = _range(self.request.headers.get("Range", ""), size)
        if self.get_status() == 200 and asked is not None:
            start, end = asked
            if start >= end:
                self.set_status(416)
                self.set_header("Content-Range", f"bytes */{size}")
                return
            self.set_status(206)
            self.set_header("Content-Range", f"bytes {start}-{end - 1}/{size}")
        if self._headers.get("Etag") and self.check_etag_header():
            self.set_status(304)
            return
        self.set_header("Content-Length", str(end - start))
        if self.request.method == "HEAD":
            return
        for chunk in part(start, end):
            self.write(chunk)
            await self.flush()

    def compute_etag(self) -> str | None:
        """Return none: files have one by then, pages are always sent."""
        return None


def decoded(path: str) -> str | None:
    """Return a request's path decoded once; None where no file of a site can have it."""
    try:
        text = unquote_to_bytes(path).decode()
    except UnicodeDecodeError:
        return None
    odd = "\\" in text or "\0" in text or {"..", "."} & set(text.split("/"))
    return None if odd else text


def _range(said: str, size: int) -> tuple[int, int] | None:
    """Return (start, end) of the one range that was asked for; None for the whole."""
    unit, _, rest = said.partition("=")
    first, dash, last = rest.strip().partition("-")
    if unit.strip() != "bytes" or not dash or not (first + last).isdecimal():
        return None
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(size, int(last) + 1) if last else size


def _kind(path: str) -> str:
    ending = posixpath.splitext(path)[1].lower()
    if ending in _KINDS:
        return _KINDS[ending]
    return mimetypes.MimeTypes(filenames=()).guess_type(path)[0] or "application/octet-stream"
