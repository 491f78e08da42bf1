"""What addresses mean: where on the site they lead, and what is odd about how they are written."""

import re
from urllib.parse import quote, unquote, urljoin, urlsplit

from briefsite.values import Struct

KNOWN = frozenset({"http", "https", "mailto", "tel", "data", "ftp", "geo", "sms", "magnet", "news"})
NOWHERE = "https://site.invalid"
"""Stands for a site that has no address yet (RFC 2606)."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HOST = re.compile(r"(?:[\w-]+\.)+(?:com|org|net|edu|gov|int|eu)(?:/|\Z)", re.IGNORECASE)
_ENCODED = re.compile(r"(?:%[89A-F][0-9A-F])+|%5C", re.IGNORECASE)
_NO_COLON = re.compile(r"https?/{1,2}", re.IGNORECASE)


class Lead(Struct, frozen=True):
    """Where a link leads."""

    path: str | None
    """Path on the site, decoded, without `/` in front; None for what is not on the site."""
    anchor: str = ""
    url: str = ""
    """The whole address, where it is another site's."""


def lead(address: str, page: str, base_url: str) -> Lead:
    """Return where `address` leads on the page that lies at `page` in the output folder; what a
    template wrote as a path above the site's own is `../...`, where no file can be."""
    home = urlsplit(base_url or NOWHERE)
    try:
        start = f"{base_url or NOWHERE}/{quote(page.removesuffix('index.html'))}"
        parts = urlsplit(urljoin(start, address.strip()))
        if parts.scheme not in ("http", "https") or parts.netloc != home.netloc:
            return Lead(None, url=parts.geturl())
    except ValueError:
        return Lead(None)  # `odd` says what is wrong with it
    path = unquote(parts.path)
    if path == home.path or path.startswith(f"{home.path}/"):
        return Lead(path[len(home.path) :].lstrip("/"), unquote(parts.fragment))
    if _SCHEME.match(address.strip()):
        return Lead(None, url=parts.geturl())
    return Lead(f"..{path}", unquote(parts.fragment))


def readable(address: str) -> str:
    """Return an address with the letters of other languages that a parser encoded."""
    return _ENCODED.sub(lambda found: unquote(found[0]), address)


def odd(address: str) -> tuple[str, str] | None:
    """Return what is wrong with how an address is written, and what to write instead; None where
    nothing is."""
    text = address.strip()
    scheme = _SCHEME.match(text)
    if scheme is None:
        return _without_scheme(text)
    name, rest = scheme[1], text[scheme.end() :]
    if name.lower() == "file" or len(name) == 1:
        hint = "put the file beside the brief, and write its name alone"
        return "it leads to a file on your own machine", hint
    if name.lower() not in KNOWN:
        return f"'{name}:' begins no address that browsers know", "write https:// or mailto:"
    if name.lower() not in ("http", "https"):
        return None if name.islower() else (f"'{name}:' has capitals", f"write '{name.lower()}:'")
    if not rest.startswith("//") or not _host(text) or _host(text) in ("http", "https"):
        return "it does not begin with a scheme, '//' and a host", "write https://www.example.org/"
    return None if name.islower() else (f"'{name}://' has capitals", f"write '{name.lower()}://'")


def _host(address: str) -> str:
    """Return the host of an address; empty where there is none, or none that can be read."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _without_scheme(text: str) -> tuple[str, str] | None:
    if _NO_COLON.match(text):
        return "the ':' is missing", f"write 'https://{text.split('/', 1)[1].lstrip('/')}'"
    if text.startswith("//"):
        return "it has no scheme", f"write 'https:{text}'"
    if text.lower().startswith("www.") or _HOST.match(text):
        return "it has no scheme and leads to a page of this site", f"write 'https://{text}'"
    if _MAIL.fullmatch(text):
        return "it has no scheme and leads to a page of this site", f"write 'mailto:{text}'"
    return None
