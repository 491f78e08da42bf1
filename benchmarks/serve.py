"""Time `briefsite serve` on a generated archive: from a save to the new bytes over loopback."""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import MARK, POST, SETTLE_SECONDS, TEMPLATE, edit_body, edit_footer, edit_title
from sites import Edit, Program, archive, lay_briefsite

POLL_SECONDS = 0.004
GIVE_UP_SECONDS = 60
IDLE_SECONDS = 10
SAVES = (("a body", POST, edit_body), ("a title", POST, edit_title))
LAST = ("a template", TEMPLATE, edit_footer)


class Server:
    """A running preview."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.process, self.port = process, port

    def get(self, path: str) -> bytes:
        """Return what is served at a path; nothing while nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=GIVE_UP_SECONDS)
        try:
            connection.request("GET", path)
            return connection.getresponse().read()
        except OSError:
            return b""
        finally:
            connection.close()

    def wait(self, path: str, mark: str) -> float:
        """Return the seconds until the page at `path` shows `mark`."""
        start = time.perf_counter()
        while mark.encode() not in self.get(path):
            if time.perf_counter() - start > GIVE_UP_SECONDS or self.process.poll() is not None:
                raise SystemExit(f"{path} never showed {mark}")
            time.sleep(POLL_SECONDS)
        return time.perf_counter() - start

    def cpu(self) -> float:
        """Return the seconds of processor time that the server has used."""
        text = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        used = text.rpartition(")")[2].split()[11:13]
        return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(program: Program) -> Iterator[Server]:
    """Start the preview, and end it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "briefsite", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=program.site, stdout=subprocess.DEVNULL) as process:
        try:
            yield Server(process, port)
        finally:
            process.terminate()


def start(program: Program, page: str) -> float:
    """Return the seconds from the start to the first page."""
    with running(program) as server:
        return server.wait(page, "</html>")


def saves(program: Program, server: Server, page: str, count: int) -> Iterator[tuple[str, float]]:
    """Yield each kind of save with the seconds until it was served."""
    for name, place, edit in (*SAVES, LAST):
        for number in range(count):
            yield name, _save(program, server, page, place, edit, f"{MARK}{name[2:4]}x{number}")


def _save(program: Program, server: Server, page: str, place: int, edit: Edit, mark: str) -> float:
    time.sleep(0.3)  # an author looks at the page between two saves
    start = time.perf_counter()
    program.change(place, edit, mark)
    server.wait(page, mark)
    return time.perf_counter() - start


def main() -> int:
    """Measure, and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=2371)
    parser.add_argument("--saves", type=int, default=20, help="saves of each kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="briefsite-serve-") as folder:
        files = archive(Path(folder) / "archive", options.posts)
        program = lay_briefsite(files, Path(folder) / "site")
        page = "/" + program.page.removesuffix("index.html")
        time.sleep(SETTLE_SECONDS)
        rows = [("start to first page, nothing remembered", start(program, page))]
        subprocess.run(program.command, cwd=program.site, check=True)
        rows.append(("start to first page, after a build", start(program, page)))
        with running(program) as server:
            server.wait(page, "</html>")
            time.sleep(SETTLE_SECONDS)  # once it watches, it looks at everything once more
            before = server.cpu()
            time.sleep(IDLE_SECONDS)
            idle = (server.cpu() - before) / IDLE_SECONDS * 100
            found: dict[str, list[float]] = {}
            for name, seconds in saves(program, server, page, options.saves):
                found.setdefault(name, []).append(seconds)
        rows += [(f"{name} saved to served", statistics.median(s)) for name, s in found.items()]
    sys.stdout.write(f"| {options.posts:,} posts | ms |\n| --- | ---: |\n")
    sys.stdout.writelines(f"| {name} | {seconds * 1000:.0f} |\n" for name, seconds in rows)
    sys.stdout.write(f"| idle, percent of a core | {idle:.1f} |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
