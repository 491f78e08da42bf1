"""A built site becomes values: its pages, redirects, feeds and files."""

import json
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

from briefsite.digest import digest_file
from briefsite.trees import Node, Tree
from briefsite.values import Struct, field

PLACES = (
    ".post-content, .entry-content, .e-content, .prose",
    "article",
    "main, [role=main]",
    ".content, #content",
    "body",
)
"""Where themes put an article, the narrowest first."""
_BLOCKS = (
    "h1, h2, h3, h4, h5, h6, p, li, td, th, dt, dd, pre, figcaption, blockquote, blockquote footer"
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "footer")
_FRAME = "nav, script, style, noscript, template, form, .toc, #markdown-toc, .footnotes a"
_REFRESH = re.compile(r"\s*[\d.]+\s*[;,]?\s*(?:url\s*=)?\s*['\"]?([^'\"]+)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_JSON_ENTRY = ("id", "url", "title", "date_published", "summary")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_QUOTES = str.maketrans("“”‘’–—…\u00a0", "\"\"''--. ")
MAX_PAGE = 20_000_000


class Article(Struct, frozen=True):
    """The text of one page, as found in one place of it."""

    blocks: tuple[str, ...]
    headings: tuple[tuple[str, str], ...]
    """Text and id."""
    links: frozenset[str]
    images: frozenset[str]


class Page(Struct, frozen=True):
    """One HTML file."""

    address: str
    titles: frozenset[str]
    days: frozenset[str]
    articles: tuple[Article, ...]
    """What may be the article, the narrowest place first."""


class Entry(Struct, frozen=True):
    """One entry of a feed."""

    id: str
    link: str
    title: str
    day: str
    summary: str


class Built(Struct):
    """A built site."""

    pages: dict[str, Page] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    feeds: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    """Every other file with the digest of its bytes."""

    def answers(self, address: str) -> bool:
        """Return whether a host such as GitHub Pages would answer `address`."""
        path = unquote(address.partition("#")[0].partition("?")[0])
        forms = {path, f"{path}.html", f"{path.rstrip('/')}/", f"{path}index.html"}
        if path.endswith("/index.html"):
            forms.add(path.removesuffix("index.html"))
        return any(f in self.pages or f in self.redirects or f in self.files or f in self.feeds
                   for f in forms)  # fmt: skip


def read(folder: Path, url: str, place: str = "") -> Built:
    """Return what the site in `folder` holds; `url` is its address, found in its pages if not
    given, and `place` a CSS selector of its articles."""
    built = Built()
    pages: dict[str, Tree] = {}
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        address = "/" + name.removesuffix("index.html") if _is_index(name) else f"/{name}"
        if name.endswith((".html", ".htm")) and path.stat().st_size < MAX_PAGE:
            pages[address] = Tree(path.read_text(encoding="utf-8", errors="replace"))
        elif (feed := _feed(path)) is not None:
            built.feeds[address] = feed
        else:
            built.files[address] = digest_file(path)
    base = url or next((b for a, tree in pages.items() if (b := _base(a, tree))), "")
    for address, tree in pages.items():
        target = _target(tree)
        if target:
            built.redirects[address] = _local(target, address, base)
        else:
            built.pages[address] = _page(tree, address, base, place)
    built.feeds = {
        path: tuple(_rebased(entry, base) for entry in entries)
        for path, entries in built.feeds.items()
    }
    _add_redirects(folder, built, base)
    return built


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(root, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _is_index(name: str) -> bool:
    return name == "index.html" or name.endswith("/index.html")


def _base(address: str, tree: Tree) -> str:
    """Return the site's address as a page's canonical link tells it."""
    node = tree.css_first("link[rel=canonical]")
    href = unquote((node.attributes.get("href") or "") if node else "")
    short = address.removesuffix(".html")
    for end in (address, short):
        if href.endswith(end) and "://" in href:
            return href.removesuffix(end)
    return ""


def _target(tree: Tree) -> str:
    node = tree.css_first("meta[http-equiv=refresh i]")
    found = _REFRESH.match(node.attributes.get("content") or "") if node else None
    return found[1].strip() if found else ""


def _local(href: str, address: str, base: str) -> str:
    """Return where `href` on the page at `address` leads: a path on the site, or an address of
    another."""
    whole = urljoin(f"http://site.invalid{urlsplit(base).path}{address}", href.strip())
    parts = urlsplit(base)
    for root in (f"http://site.invalid{parts.path}", base):
        if root and whole.startswith(root):
            path = whole[len(root) :] or "/"
            if path.startswith("/"):
                return unicodedata.normalize("NFC", unquote(path)).removesuffix("index.html")
    return unicodedata.normalize("NFC", unquote(whole.removeprefix("http://site.invalid")))


def _page(tree: Tree, address: str, base: str, place: str) -> Page:
    titles = {_said(node) for node in tree.css("title, h1")}
    titles |= {_plain(node.attributes.get("content")) for node in tree.css("[property='og:title']")}
    titles |= {re.split(r" [|–—-] ", title)[0] for title in titles}
    texts = [node.attributes.get("datetime") for node in tree.css("time[datetime]")]
    texts += [
        node.attributes.get("content") for node in tree.css("[property='article:published_time']")
    ]
    texts += [node.text() for node in tree.css("script[type='application/ld+json']")]
    days = frozenset(day for text in texts for day in _DAY.findall(text or ""))
    for node in tree.css(_FRAME):
        node.decompose()
    places = (place, *PLACES) if place else PLACES
    found = (_article(tree.css(selector), address, base) for selector in places)
    return Page(address, frozenset(titles - {""}), days, tuple(a for a in found if a and a.blocks))


def _article(nodes: list[Node], address: str, base: str) -> Article | None:
    if not nodes:
        return None
    blocks: list[str] = []
    headings: list[tuple[str, str]] = []
    links: set[str] = set()
    images: set[str] = set()
    for node in nodes:
        for block in node.css(_BLOCKS):
            text = _own_text(block)
            blocks += [text] if text else []
            boxed = "box-title" in (block.attributes.get("class") or "").split()
            if boxed or block.tag in _HEADINGS:  # what we make of headings in quotations
                headings.append((_said(block), block.attributes.get("id") or ""))
        links |= {
            _local(a.attributes.get("href") or "", address, base) for a in node.css("a[href]")
        }
        images |= {
            _local(i.attributes.get("src") or "", address, base)
            for i in node.css("img[src]:not([src=''])")
        }
    return Article(
        tuple(dict.fromkeys(blocks)),
        tuple(dict.fromkeys(headings)),
        frozenset(links),
        frozenset(images),
    )


def _own_text(node: Node) -> str:
    """Return the text of a block; nothing where other blocks in it hold the text."""
    return "" if node.css_first("p, li, td, pre") is not None and node.tag != "p" else _said(node)


def _said(node: Node) -> str:
    return _plain(node.text(deep=True))


def _plain(text: str | None) -> str:
    """Return text such that spelling with straight or curly signs makes no difference."""
    said = unicodedata.normalize("NFC", text or "").translate(_QUOTES)
    return _SPACE.sub(" ", said.replace("...", ".")).strip()


def _feed(path: Path) -> tuple[Entry, ...] | None:
    """Return the entries of a file in RSS, Atom or JSON Feed; None for anything else."""
    kinds = (".xml", ".rss", ".atom", ".json")
    if path.suffix not in kinds or path.stat().st_size > MAX_PAGE:
        return None
    data = path.read_bytes()
    if path.suffix == ".json":
        return _json_feed(data)
    # Entities could make a small file a huge one: no feed needs them.
    if b"<!ENTITY" in data or b"<!DOCTYPE" in data:
        return None
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return None
    for node in root.iter():
        node.tag = str(node.tag).rpartition("}")[2]
    if root.tag not in ("rss", "feed", "RDF"):
        return None
    return tuple(_entry(node) for node in root.iter() if node.tag in ("item", "entry"))


def _json_feed(data: bytes) -> tuple[Entry, ...] | None:
    if b"https://jsonfeed.org/version/" not in data[:200]:
        return None
    try:
        items = json.loads(data)["items"]
        return tuple(
            Entry(*(_plain(str(item.get(name, ""))) for name in _JSON_ENTRY)) for item in items
        )
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
        return None


def _entry(node: ElementTree.Element) -> Entry:
    def text(*names: str) -> str:
        return next((_plain(found) for n in names if (found := node.findtext(n))), "")

    links = [link.get("href") or link.text or "" for link in node.findall("link")]
    summary = Tree(text("description", "summary")).text()
    return Entry(
        text("guid", "id"), links[0].strip() if links else "", text("title"),
        text("pubDate", "published", "updated", "date"), _plain(summary),
    )  # fmt: skip


def _rebased(entry: Entry, base: str) -> Entry:
    link = _local(entry.link, "/", base)
    return Entry(entry.id, link, entry.title, entry.day, entry.summary)


def _add_redirects(folder: Path, built: Built, base: str) -> None:
    """Add what redirects.json says and no page does (jekyll.md R5)."""
    built.files.pop("/redirects.json", None)
    try:
        table = json.loads((folder / "redirects.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return
    for old, new in table.items() if isinstance(table, dict) else ():
        if isinstance(new, str) and not built.answers(str(old)):
            built.redirects[str(old)] = _local(new, "/", base)
