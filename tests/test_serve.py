"""`briefsite serve` as a process: over raw sockets, and with a real browser."""

import contextlib
import http.client
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import BRIEF, CONFIG, SiteFolder, clean_environment
from test_preview import EDITS
from test_preview import FILES as PREVIEWED

AIR = "content/2026-01-15-air.md"
PAGE = "/repo/briefs/2026/air/"
LONG = "\n\n".join(f"Paragraph {n}." for n in range(200))
FILES = {
    "site.yaml": CONFIG,
    AIR: BRIEF.replace("Body.", f"Body.\n\n{LONG}"),
    "content/2026-01-16-idea.md": BRIEF.replace("title: Clean air", "title: Idea\ndraft: true"),
    "content/2026-01-17-soon.md": BRIEF.replace("2026-01-15", "2099-01-15"),
    "static/own.css": "p { color: rgb(1, 2, 3) }",
    "static/data.bin": "0123456789",
    "templates/partials/footer.html": "<link rel=stylesheet href=\"{{ '/own.css'|url }}\">",
}


class Answer(NamedTuple):
    """An answer to a request."""

    status: int
    headers: dict[str, str]
    body: bytes


class Server:
    """A running preview and what it said."""

    def __init__(self, site: SiteFolder, *options: str) -> None:
        self.site = site
        self.log = site.root.parent / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "briefsite",
                    "serve",
                    str(site.root),
                    "--port",
                    "0",
                    *options,
                ],
                env=clean_environment() | {"PYTHONUNBUFFERED": "1"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.wait(lambda: "watching" in self.said())
        found = re.search(r"serving http://127\.0\.0\.1:(\d+)(/\S*)", self.said())
        assert found, self.said()
        self.port, self.base = int(found[1]), found[2]

    def said(self) -> str:
        """Return what stands in the terminal."""
        return self.log.read_text(encoding="utf-8")

    def wait(self, done: Callable[[], bool]) -> None:
        """Wait until something is true; fail after ten seconds."""
        end = time.monotonic() + 10
        while not done():
            assert time.monotonic() < end, self.said()
            assert self.process.poll() is None, self.said()
            time.sleep(0.02)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Return the answer to one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        with contextlib.closing(connection):
            connection.request(method, path, headers=names)
            found = connection.getresponse()
            return Answer(found.status, dict(found.getheaders()), found.read())

    def raw(self, request: bytes) -> bytes:
        """Return the first line of the answer to bytes on a socket; empty where there is none."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(request)
            with contextlib.suppress(ConnectionError):
                return connection.recv(4096).split(b"\r\n")[0]
        return b""

    def stop(self) -> int:
        """Interrupt it as Ctrl-C does, and return its exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(5)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Return a preview of a small site that is published under /repo/."""
    running = Server(SiteFolder(tmp_path / "site").write(FILES))
    yield running
    running.process.kill()
    running.process.wait()


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a preview that tests only ask."""
    running = Server(SiteFolder(tmp_path_factory.mktemp("still") / "site").write(FILES))
    yield running
    running.process.kill()
    running.process.wait()


def test_the_site_stands_under_its_base_path(still: Server) -> None:
    root, page, outside = still.get("/"), still.get(PAGE), still.get("/briefs/2026/air/")
    lost = still.get("/repo/nowhere")

    assert (root.status, root.headers["Location"]) == (302, "/repo/")
    assert (page.status, outside.status, lost.status) == (200, 404, 404)
    assert b"Page not found" in lost.body


def test_without_base_path_it_stands_at_the_root(tmp_path: Path) -> None:
    running = Server(SiteFolder(tmp_path / "site").write(FILES), "--no-base-path", "--no-drafts")
    found = [running.get(path).status for path in ("/briefs/2026/air/", "/briefs/2026/idea/", "/")]
    lost = running.get("/nowhere").body.decode()
    status = running.stop()

    assert found == [200, 404, 200]
    assert 'href="/"' in lost
    assert status == 0


def test_what_is_served_may_not_be_kept_or_listed_or_framed(still: Server) -> None:
    headers = still.get(PAGE).headers

    assert {
        name: headers.get(name) for name in ("Access-Control-Allow-Origin", "X-Robots-Tag")
    } == {
        "Access-Control-Allow-Origin": None,
        "X-Robots-Tag": "noindex",
    }
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("asked", "status", "body", "said"),
    [
        ("", 200, b"0123456789", None),
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=20-", 416, b"", "bytes */10"),
        ("bytes=1-2,4-5", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
    ],
)
def test_parts_of_a_file_may_be_asked_for(
    still: Server, asked: str, status: int, body: bytes, said: str | None
) -> None:
    found = still.get("/repo/data.bin", **({"Range": asked} if asked else {}))

    assert (found.status, found.body, found.headers.get("Content-Range")) == (status, body, said)


def test_a_file_that_has_not_changed_is_not_sent_again(still: Server) -> None:
    first = still.get("/repo/data.bin")
    again = still.get("/repo/data.bin", If_None_Match=first.headers["Etag"])

    assert (first.status, again.status, again.body) == (200, 304, b"")


@pytest.mark.parametrize(
    ("method", "status"), [("HEAD", 200), ("POST", 405), ("DELETE", 405), ("OPTIONS", 405)]
)
def test_it_can_only_be_read(still: Server, method: str, status: int) -> None:
    found = still.get(PAGE, method)

    assert (found.status, found.body) == (status, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/repo/../site.yaml",
        "/repo/%2e%2e/site.yaml",
        "/repo/..%2fsite.yaml",
        "/repo/%2e%2e%2fsite.yaml",
        "/repo//etc/passwd",
        "//etc/passwd",
        "/repo/..\\site.yaml",
        "/repo/%00",
        "/repo/%ff",
        "/repo/" + "a" * 5000,
        "/repo/%252e%252e/site.yaml",
        "/repo/content/2026-01-15-air.md",
    ],
)
def test_no_path_leads_out_of_the_site(still: Server, path: str) -> None:
    answer = still.raw(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())

    assert answer in (b"HTTP/1.1 404 Not Found", b"HTTP/1.1 400 Bad Request"), answer
    assert still.get(PAGE).status == 200


def test_a_link_that_is_laid_out_of_the_site_is_not_followed(server: Server) -> None:
    secret = server.site.root.parent / "secret"
    secret.write_text("secret")
    assert server.get("/repo/data.bin").status == 200
    (server.site.root / "static/data.bin").unlink()
    (server.site.root / "static/data.bin").symlink_to(secret)

    assert b"secret" not in server.get("/repo/data.bin").body


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("briefs.localhost:1", 200),
        ("127.0.0.1:80", 200),
        ("[::1]", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("localhost.evil.example", 403),
        ("", 400),
    ],
)
def test_only_names_of_this_machine_are_answered(still: Server, host: str, status: int) -> None:
    answer = still.raw(f"GET {PAGE} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())

    assert answer.split()[1:2] in ([str(status).encode()], [b"403"] if status == 400 else [])


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("localhost", "http://localhost", b"101"),
        ("localhost", "http://evil.example", b"403"),
        ("localhost", "null", b"403"),
        ("evil.example", "http://evil.example", b"403"),
    ],
)
def test_only_a_page_from_here_may_listen(
    still: Server, host: str, origin: str, status: bytes
) -> None:
    request = (
        f"GET /livereload HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n"
    )

    assert still.raw(request.encode()).split()[1] == status


def test_there_is_no_address_that_makes_pages_reload(still: Server) -> None:
    assert still.get("/forcereload").status == 404


def test_what_was_made_of_a_save_is_said_in_one_line(server: Server) -> None:
    server.site.write({AIR: BRIEF.replace("Body.", "Saved.")})
    server.wait(lambda: AIR in server.said())

    line = server.said().splitlines()[-1]
    assert re.fullmatch(rf"\d\d:\d\d:\d\d {AIR}: no open page shows it \(\d+ ms\)", line), line


def test_a_mistake_is_said_once_and_so_is_its_end(server: Server) -> None:
    server.site.write({AIR: "---\ntitle: [\n---\n"})
    server.wait(lambda: f"{AIR}:" in server.said())
    server.site.write({"static/own.css": "p {}"})
    server.wait(lambda: "static/own.css" in server.said())
    server.site.write({AIR: BRIEF})
    server.wait(lambda: "mended" in server.said())

    said = [line for line in server.said().splitlines() if line.startswith(f"{AIR}:")]
    assert said == [
        f"{AIR}:3: did not find expected node content "
        "(a bracket, brace or quote is not closed at or above this line, or a quote stands within "
        "quotes)"
    ]


def test_many_changes_at_once_are_one(server: Server) -> None:
    def changes() -> list[str]:
        return [line for line in server.said().splitlines() if re.match(r"\d\d:", line)]

    server.site.write({f"content/2025-{n % 12 + 1:02}-01-{n}.md": BRIEF for n in range(2000)})
    server.wait(lambda: bool(changes()))
    time.sleep(0.6)
    server.wait(lambda: server.get("/repo/briefs/2026/1999/").status == 200)

    assert len(changes()) == 1
    assert " and 1997 more" in changes()[0]


def test_files_of_editors_are_no_changes(server: Server) -> None:
    names = ("4913", ".air.md.swp", "#air.md#", "air.md~", ".#air.md")
    for name in names:
        (server.site.root / "content" / name).write_text("x")
        (server.site.root / "content" / name).unlink()
    new = server.site.root / "content/sedUFyy4b"
    new.write_text(BRIEF.replace("Body.", "Saved whole."))
    new.rename(server.site.root / AIR)
    server.wait(lambda: AIR in server.said())

    assert all(f"content/{name}" not in server.said() for name in (*names, new.name))
    assert "Saved whole." in server.get(PAGE).body.decode()


def test_a_port_in_use_is_named_with_the_way_out(still: Server) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "briefsite",
            "serve",
            str(still.site.root),
            "--port",
            str(still.port),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )

    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == (
        f"127.0.0.1 port {still.port} cannot be used: address already in use "
        f"(try --port {still.port + 1}, or --port 0 for any that is free)"
    )


def open_page(browser: Any, server: Server, path: str) -> tuple[Any, list[str]]:
    """Return a page that listens for saves, and what its console says."""
    page = browser.new_page(viewport={"width": 900, "height": 700})
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    with page.expect_websocket() as socket_:
        page.goto(f"http://localhost:{server.port}{path}")
    socket_.value.wait_for_event("framesent")
    page.wait_for_timeout(200)
    return page, faults


def test_a_browser_shows_a_save_a_mistake_its_end_and_a_brief_that_went(
    browser: Any, server: Server
) -> None:
    page, faults = open_page(browser, server, PAGE)
    server.site.write({AIR: FILES[AIR].replace("Body.", "Saved text.")})
    page.get_by_text("Saved text.").wait_for()
    server.site.write({AIR: "---\ntitle: [\n---\n"})
    alert = page.get_by_role("alert")
    alert.wait_for()
    shown, below = alert.inner_text(), page.get_by_text("Saved text.").count()
    styled = alert.evaluate("node => getComputedStyle(node).position")
    server.site.write({AIR: FILES[AIR]})
    alert.wait_for(state="detached")
    server.site.write({AIR: None})
    page.get_by_text("There is nothing at this address").wait_for()

    assert f"{AIR}:3: did not find expected node content" in shown
    assert "2  title: [" in shown
    assert (below, styled) == (1, "sticky")
    assert [text for text in faults if "404" not in text] == []


def test_a_style_is_taken_in_without_loading_the_page_anew(browser: Any, server: Server) -> None:
    page, _ = open_page(browser, server, PAGE)
    page.evaluate("window.kept = true; window.scrollTo(0, 900)")
    server.site.write({"static/own.css": "p { color: rgb(4, 5, 6) }"})
    color = "getComputedStyle(document.querySelector('.prose p')).color"
    server.wait(lambda: bool(page.evaluate(color) == "rgb(4, 5, 6)"))

    assert page.evaluate("[window.kept, window.scrollY]") == [True, 900]


def test_what_is_not_public_is_said_on_the_page(browser: Any, still: Server) -> None:
    said = {}
    for name in ("idea", "soon"):
        year = "2099" if name == "soon" else "2026"
        page, faults = open_page(browser, still, f"/repo/briefs/{year}/{name}/")
        said[name] = page.locator("aside.briefsite-preview").inner_text()
        robots = page.locator("meta[name=robots][content=noindex]").count()
        assert (robots > 0, faults) == (True, [])

    assert said["idea"].startswith("Not public: draft.")
    assert said["soon"].startswith("Not public: scheduled. It appears by itself")


def test_after_five_hundred_saves_every_page_is_what_a_build_makes(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "site").write(PREVIEWED)
    chance = random.Random(500)
    running = Server(site, "--no-drafts", "--no-future")
    for number in range(500):
        _, path, edit = chance.choice(EDITS)
        site.write({path: edit(number)})
        if chance.random() < 0.1:
            running.get("/repo/")
    site.write({path: content for path, content in PREVIEWED.items() if path != "static/a.css"})
    site.write({"static/a.css": "b{order:1000}"})
    running.wait(lambda: running.get("/repo/a.css").body == b"b{order:1000}")
    time.sleep(1)
    site.build(now=datetime.now(UTC))
    shown = {path: running.get(f"/repo/{path}").body for path in site.output()}
    running.stop()

    script = rb'<script src="/livereload\.js\?port=\d+" defer></script>'
    policy = rb'(<meta http-equiv="Content-Security-Policy" content=")[^"]*'
    added = re.compile(script + b"|" + policy)
    assert {path: added.sub(rb"\1", body) for path, body in shown.items()} == {
        path: added.sub(rb"\1", body) for path, body in site.output().items()
    }


def test_how_many_warnings_there_are_is_said_at_the_start(tmp_path: Path) -> None:
    dead = BRIEF.replace("Body.", "[gone](gone.md)")
    running = Server(SiteFolder(tmp_path / "site").write({"site.yaml": CONFIG, AIR: dead}))
    running.stop()

    assert running.said().splitlines()[0] == "1 warning; 'briefsite build' names them"


def test_a_warning_that_a_save_brings_is_said_once(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "site").write({"site.yaml": CONFIG, AIR: BRIEF})
    running = Server(site)
    site.write({"site.yaml": CONFIG + "home: [{topic: Sea}]\n"})
    running.wait(lambda: "site.yaml:" in running.said())
    site.write({AIR: BRIEF.replace("Body.", "Saved.")})
    running.wait(lambda: f"{AIR}: no open page" in running.said())
    running.stop()

    said = [line for line in running.said().splitlines() if line.startswith("warning")]
    assert said == ["warning: site.yaml:3: home[0]: no public brief has the topic 'Sea'"]
