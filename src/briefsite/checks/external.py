"""Asks other sites whether they still answer the links that lead to them: slowly, seldom, and never
a host in a private network that the site does not name."""

import contextlib
import http.client
import ipaddress
import json
import socket
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from briefsite import __version__
from briefsite.checks.findings import Finding
from briefsite.checks.links import Frame
from briefsite.checks.pages import Link, Seen
from briefsite.config import Project
from briefsite.manifest import Memory
from briefsite.values import Struct

AT_ONCE = 8
"""Hosts that are asked at a time; each is asked one thing at a time."""
MOST = 50
"""Links that one run asks of one host; the next run asks for others."""
PAUSE_SECONDS = 1.0
TIMEOUT_SECONDS = 15.0
KEPT_SECONDS = 7 * 24 * 3600
"""How long an answer is remembered; that a page is gone, a day."""
GONE_SECONDS = 24 * 3600
_CANNOT_TELL = frozenset({401, 403, 405, 406, 429, 451, 503, 999})
"""What hosts say to programs and not to people."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""RFC 6052."""


class PrivateHostError(OSError):
    """A host that lies in a private network, and that the site does not name."""


class Answer(Struct, frozen=True):
    """What a host said."""

    status: int
    """Of HTTP; 0 where there was no answer."""
    why: str
    asked: float
    """When, in seconds since 1970."""

    @property
    def fault(self) -> str:
        """Return what is wrong; empty where nothing is, or nobody can tell."""
        if self.status in _CANNOT_TELL or 0 < self.status < 400:
            return ""
        return f"is answered with {self.status} {self.why}" if self.status else self.why

    def holds(self, now: float) -> bool:
        """Return whether it need not be asked for again."""
        return now - self.asked < (GONE_SECONDS if self.fault else KEPT_SECONDS)


def ask(project: Project, pages: Iterable[Seen], frame: Frame) -> list[Finding]:
    """Return the links to other sites that are not answered, each once for every place where it
    was written."""
    places: dict[str, list[tuple[Seen, Link]]] = defaultdict(list)
    for page in pages:
        for link in page.links:
            if link.kind != "file" and link.lead.url.startswith(("http://", "https://")):
                places[link.lead.url.partition("#")[0]].append((page, link))
    answers = _answers(project, sorted(places))
    return [
        finding
        for url, found in places.items()
        if url in answers and (fault := answers[url].fault)
        for finding in _findings(url, fault, found, frame)
    ]


def _findings(
    url: str, fault: str, places: Iterable[tuple[Seen, Link]], frame: Frame
) -> Iterator[Finding]:
    written = [(page, link) for page, link in places if link.line]
    for page, link in written or list(places)[:1]:
        where, line = (page.origin, link.line) if link.line else frame.find(page.origin, link)
        hint = "lead it to where that is now, or to a copy in a web archive"
        yield Finding("external-link", where, line, f"the link to {url} {fault}", hint)


def _answers(project: Project, urls: Iterable[str]) -> dict[str, Answer]:
    """Return what is known of `urls`, after asking for those of which nothing is."""
    memory, now = Memory.of(project.root, project.output), time.time()
    file = memory.folder / "links.json"
    known: dict[str, Answer] = {}
    with contextlib.suppress(OSError, ValueError, TypeError):
        read = json.loads(file.read_text(encoding="utf-8"))
        known = {url: Answer(*values) for url, values in read.items()}
    known = {url: answer for url, answer in known.items() if answer.holds(now)}
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        if url not in known:
            hosts[urlsplit(url).netloc.lower()].append(url)
    asker = _Asker(project)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for found in pool.map(asker.host, hosts.values()):
            known |= found
    with contextlib.suppress(OSError):
        memory.prepare()
        lines = {url: [a.status, a.why, a.asked] for url, a in sorted(known.items())}
        temporary = file.with_suffix(".new")
        temporary.write_text(json.dumps(lines, indent=0), encoding="utf-8")
        temporary.replace(file)
    return known


class _Asker:
    """Asks hosts, each by itself."""

    def __init__(self, project: Project) -> None:
        self.allowed = frozenset(host.lower() for host in project.config.check.hosts)
        site = f"; +{project.base_url}" if project.base_url else ""
        self.headers = {
            "User-Agent": f"briefsite/{__version__} (link check{site})",
            "Accept": "*/*",
        }
        # Built by hand: urllib's own opener also reads files, knows FTP and asks proxies, whose
        # host would be looked at in place of the one that is meant.
        self.opener = urllib.request.OpenerDirector()
        connect = partial(_connect, self.allowed)
        for handler in (
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
            _Redirects(),
            _Fenced(connect),
        ):
            self.opener.add_handler(handler)

    def host(self, urls: list[str]) -> dict[str, Answer]:
        """Return what one host says to each of `urls`, or to the first so many."""
        found = {}
        for number, url in enumerate(urls[:MOST]):
            if number:
                time.sleep(PAUSE_SECONDS)
            with contextlib.suppress(PrivateHostError):
                found[url] = self._url(url)
        return found

    def _url(self, url: str) -> Answer:
        answer = self._once(url, "HEAD")
        if answer.status < 400 or answer.status in _CANNOT_TELL - {405}:
            return answer
        time.sleep(PAUSE_SECONDS)
        return self._once(url, "GET")  # some hosts know no HEAD, and say that nothing is there

    def _once(self, url: str, method: str) -> Answer:
        try:
            request = urllib.request.Request(_ascii(url), headers=self.headers, method=method)
            with self.opener.open(request, timeout=TIMEOUT_SECONDS) as response:
                return Answer(response.status, response.reason, time.time())
        except urllib.error.HTTPError as error:
            error.close()
            if error.code < 400:
                what = "leads from address to address and to no page"
                return Answer(0, what, time.time())
            return Answer(error.code, str(error.reason), time.time())
        except (OSError, ValueError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, PrivateHostError):
                raise reason from None
            return Answer(0, f"is not answered: {reason or type(error).__name__}", time.time())


def _ascii(url: str) -> str:
    """Return `url` as HTTP wants it."""
    parts = urlsplit(url)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    path, query = (quote(text, safe="/%:@!$&'()*+,;=~?-._") for text in (parts.path, parts.query))
    return urlunsplit((parts.scheme, host, path, query, ""))


def _connect(
    allowed: frozenset[str],
    address: tuple[str, int],
    timeout: float | None = None,
    source: Any = None,
) -> socket.socket:
    """Return a connection to `address`, which a name leads to that was looked up only once: what
    was looked at is what is asked, after redirects too. PrivateHostError where it lies in a private
    network, unless it is `allowed`."""
    host, port = address[0].lower(), address[1]
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not {host, f"{host}:{port}"} & allowed and any(is_private(str(row[4][0])) for row in found):
        raise PrivateHostError(f"{host} lies in a private network")
    error = OSError("it has no address")
    for row in found:
        try:
            return socket.create_connection((str(row[4][0]), port), timeout, source)
        except OSError as failure:
            error = failure
    raise error


def is_private(address: str) -> bool:
    """Return whether an IP address, or the one that a gateway would make of it, is not public."""
    ip = inner = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        translated = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
        inner = ip.ipv4_mapped or ip.sixtofour or translated or ip
    return not inner.is_global or inner.is_multicast


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects with the method that was begun with."""

    def redirect_request(self, req: urllib.request.Request, *rest: Any) -> Any:
        """Return the request for where a redirect leads."""
        new = super().redirect_request(req, *rest)
        if new is not None:
            new.method = req.get_method()
        return new


class _Fenced(urllib.request.AbstractHTTPHandler):
    """HTTP and HTTPS over connections that `connect` makes."""

    http_request = https_request = urllib.request.AbstractHTTPHandler.do_request_

    def __init__(self, connect: Any) -> None:
        super().__init__()
        self.connect = connect

    def http_open(self, request: urllib.request.Request) -> Any:
        """Return the answer to a request."""
        return self.do_open(partial(_connection, http.client.HTTPConnection, self.connect), request)

    def https_open(self, request: urllib.request.Request) -> Any:
        """Return the same with TLS."""
        secure = http.client.HTTPSConnection
        return self.do_open(partial(_connection, secure, self.connect), request)


def _connection(kind: Any, connect: Any, host: str, **options: Any) -> Any:
    """Return a connection of the standard library's, not yet open, that `connect` will open."""
    made = kind(host, **options)
    made._create_connection = connect  # the one place where an address is chosen
    return made
