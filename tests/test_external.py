"""`briefsite check --external`: what is asked, how often, and who is never asked."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from conftest import BRIEF, CONFIG, MakeSite, SiteFolder, project_of
from test_cli import run

from briefsite import __version__
from briefsite.checks import check, external
from briefsite.pools import Workers

AIR = "content/2026-01-15-air.md"
ANSWERS = {"/ok": 200, "/gone": 404, "/forbidden": 403, "/broken": 500, "/moved": 302, "/out": 302}


class Host(BaseHTTPRequestHandler):
    """A small site."""

    asked: ClassVar[list[tuple[str, str, str]]] = []
    elsewhere: ClassVar[str] = ""

    def do_HEAD(self) -> None:
        """Answer without a body."""
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        only_get = self.path == "/get" and self.command == "HEAD"
        self.send_response(404 if only_get else ANSWERS.get(self.path, 200))
        if self.path in ("/moved", "/out"):
            self.send_header("Location", "/gone" if self.path == "/moved" else self.elsewhere)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        """Answer the same."""
        self.do_HEAD()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the host and port of a server on this machine, asked without pauses."""
    monkeypatch.setattr(external, "PAUSE_SECONDS", 0)
    Host.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def site_of(make_site: MakeSite, host: str, paths: list[str], *, named: bool = True) -> SiteFolder:
    """Return a site with a link to each path of a host."""
    config = CONFIG + (f"check: {{hosts: ['{host}']}}\n" if named else "")
    links = "".join(f"[a](http://{host}{path})\n" for path in paths)
    return make_site({"site.yaml": config, AIR: BRIEF.replace("Body.\n", links)})


def found(site: SiteFolder) -> list[str]:
    """Return what is found where other sites are asked, `host` for their address."""
    project = project_of(site.root)
    findings = check(project, frozenset({"external-link"}), Workers(1), external=True)
    return [f"{f.where}:{f.line}: {f.message}" for f in findings]


def asked() -> list[str]:
    """Return what the server was asked, and forget it."""
    lines = sorted(f"{method} {path}" for method, path, _ in Host.asked)
    Host.asked.clear()
    return lines


def test_links_that_are_not_answered_are_found_at_their_lines(
    make_site: MakeSite, host: str
) -> None:
    site = site_of(make_site, host, ["/ok", "/gone#a", "/forbidden", "/broken", "/moved", "/get"])

    assert found(site) == [
        f"{AIR}:13: the link to http://{host}/gone is answered with 404 Not Found",
        f"{AIR}:15: the link to http://{host}/broken is answered with 500 Internal Server Error",
        f"{AIR}:16: the link to http://{host}/moved is answered with 404 Not Found",
    ]
    agents = {agent for _, _, agent in Host.asked}
    assert agents == {f"briefsite/{__version__} (link check; +https://example.org/repo)"}
    heads = ["broken", "forbidden", "get", "gone", "gone", "moved", "ok"]
    gets = ["broken", "get", "gone", "gone", "moved"]
    assert asked() == [f"GET /{path}" for path in gets] + [f"HEAD /{path}" for path in heads]


def test_an_answer_is_remembered_beside_the_manifest(make_site: MakeSite, host: str) -> None:
    site = site_of(make_site, host, ["/ok", "/gone"])
    first = found(site)
    asked()

    assert found(site) == first
    assert asked() == []
    site.write({".briefsite/links.json": "[{"})
    assert found(site) == first
    assert asked() == ["GET /gone", "HEAD /gone", "HEAD /ok"]


def test_a_host_is_asked_so_much_and_no_more_in_one_run(make_site: MakeSite, host: str) -> None:
    site = site_of(make_site, host, [f"/{number}" for number in range(external.MOST + 3)])

    found(site)
    assert len(asked()) == external.MOST
    found(site)
    assert len(asked()) == 3


def test_a_private_host_that_the_site_does_not_name_is_never_asked(
    make_site: MakeSite, host: str
) -> None:
    site = site_of(make_site, host, ["/gone"], named=False)

    assert found(site) == []
    assert asked() == []


def test_nor_is_it_where_another_host_leads_there(
    make_site: MakeSite, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Host, "elsewhere", f"http://localhost:{host.partition(':')[2]}/gone")
    site = site_of(make_site, host, ["/out"])

    assert found(site) == []
    assert asked() == ["HEAD /out"]


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("169.254.169.254", True),
        ("100.64.0.1", True),
        ("0.0.0.0", True),
        ("224.0.0.1", True),
        ("::1", True),
        ("fe80::1%eth0", True),
        ("fd00::1", True),
        ("::ffff:127.0.0.1", True),
        ("2002:7f00:1::", True),
        ("64:ff9b::7f00:1", True),
        ("93.184.216.34", False),
        ("2606:2800:220:1::1", False),
    ],
)
def test_private_addresses(address: str, private: bool) -> None:
    assert external.is_private(address) == private


def test_what_cannot_be_reached_is_said_and_fails_a_strict_check_only(
    make_site: MakeSite, host: str
) -> None:
    site = site_of(make_site, host, ["/gone"])

    lax = run("check", "--external", cwd=site.root)
    strict = run("check", "--external", "--strict", cwd=site.root)

    assert (lax.returncode, strict.returncode) == (0, 1)
    assert lax.stdout.splitlines()[-1] == "0 errors, 1 warning, 0 notes"


def test_without_the_option_nobody_is_asked(make_site: MakeSite, host: str) -> None:
    site = site_of(make_site, host, ["/gone"])

    assert check(project_of(site.root), frozenset({"external-link"}), Workers(1)) == []
    assert asked() == []
    assert not (site.root / ".briefsite").exists()


def test_a_closed_port_and_a_redirect_in_a_circle_are_no_answers(
    make_site: MakeSite, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Host, "elsewhere", "/out")
    site = site_of(make_site, host, ["/out"])
    text = (site.root / AIR).read_text() + "[b](http://127.0.0.1:1/)\n"
    config = CONFIG + f"check: {{hosts: ['{host}', '127.0.0.1:1']}}\n"
    site.write({"site.yaml": config, AIR: text})

    [circle, closed] = found(site)

    assert circle.startswith(f"{AIR}:12: the link to http://{host}/out leads from address to")
    assert closed.startswith(f"{AIR}:13: the link to http://127.0.0.1:1/ is not answered: ")
