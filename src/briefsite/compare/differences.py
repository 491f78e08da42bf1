"""What changed between two built sites."""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from difflib import unified_diff
from email.utils import parsedate_to_datetime
from typing import Any

from briefsite.citations import FORMATS
from briefsite.compare.reading import Article, Built, Entry, Page
from briefsite.dates import DateError, parse_date
from briefsite.model import Link
from briefsite.values import Struct, field, plain

IGNORED = frozenset(
    "/sitemap.xml /robots.txt /.nojekyll /404.html /CNAME /citations.bib /citations.json "
    "/index.json /llms.txt".split()
)


class Lost(Struct, frozen=True):
    """An address that nothing answers any more."""

    address: str
    successor: str = ""
    """Address of the page that seems to be the same; empty where none does."""


class Change(Struct, frozen=True):
    """One aspect of a page or of a feed's entry that differs."""

    address: str
    aspect: str
    """`title`, `date`, `text`, `headings`, `links`, `images`, `id`, `excerpt`, `missing` ..."""
    old: tuple[str, ...]
    new: tuple[str, ...]


class Differences(Struct):
    """Everything that `compare` found."""

    lost: list[Lost] = field(default_factory=list)
    redirects: list[Change] = field(default_factory=list)
    feeds: list[Change] = field(default_factory=list)
    pages: list[Change] = field(default_factory=list)
    files: list[Change] = field(default_factory=list)
    moved: list[Link] = field(default_factory=list)
    """Old and new address of pages that a redirect or a map leads on."""
    appeared: list[str] = field(default_factory=list)
    compared: int = 0
    same: int = 0

    @property
    def breaks(self) -> bool:
        """Whether an address is lost, a redirect broken or a feed's id changed."""
        ids = any(change.aspect == "id" for change in self.feeds)
        return bool(self.lost or self.redirects or ids)

    def values(self) -> dict[str, Any]:
        """Return everything as plain values, for JSON."""
        found: dict[str, Any] = plain(self)
        found["moved"] = [{"old": link.url, "new": link.title} for link in self.moved]
        return found | {"breaks": self.breaks}


def compare(old: Built, new: Built, maps: Sequence[tuple[str, str]] = ()) -> Differences:
    """Return what changed from `old` to `new`; `maps` are (old, new) addresses or their
    beginnings."""
    found = Differences()
    taken: set[str] = set()
    for address, page in sorted(old.pages.items()):
        target = _find(address, new, maps)
        if target is None and address not in IGNORED:
            found.lost.append(Lost(address, _successor(page, old, new)))
        elif target is not None:
            taken.add(target)
            if target != address:
                found.moved.append(Link(address, target))
            if target in new.pages:
                changes = list(_changes(page, new.pages[target]))
                found.compared += 1
                found.same += not changes
                found.pages += changes
    for address in sorted(old.files):
        target = _mapped(address, maps)
        if address in IGNORED or _goes_with_page(address, old):
            continue
        if not new.answers(target):
            found.lost.append(Lost(address))
        elif target in new.files and new.files[target] != old.files[address]:
            found.files.append(Change(address, "bytes", (), ()))
    found.redirects += _redirects(old, new, maps)
    for path, entries in sorted(old.feeds.items()):
        if path in new.feeds:
            found.feeds += _feed(path, entries, new.feeds[path])
        elif path not in IGNORED:
            found.lost.append(Lost(path))
    found.appeared = sorted(set(new.pages) - taken - set(old.pages))
    return found


def _goes_with_page(address: str, built: Built) -> bool:
    """Return whether a file only says how the page beside it is cited, or is its Markdown twin."""
    endings = (*(form.ending for form in FORMATS), ".md")
    ending = next((ending for ending in endings if address.endswith(ending)), "")
    stem = address.removesuffix(ending)
    folder, name = posixpath.split(stem)
    pages = {f"{stem}.html"} | (
        {f"{folder}/"} if name in (posixpath.basename(folder), "index") else set()
    )
    return bool(ending) and not pages.isdisjoint(built.pages)


def _mapped(address: str, maps: Sequence[tuple[str, str]]) -> str:
    for before, after in maps:
        if before == address:
            return after
        stem = before.removesuffix("*")
        if stem.endswith("/") and before != "/" and address.startswith(stem):
            return after.removesuffix("*") + address.removeprefix(stem)
    return address


def _find(address: str, new: Built, maps: Sequence[tuple[str, str]]) -> str | None:
    """Return the address of the page of `new` that answers an old address; None where none
    does."""
    target = _mapped(address, maps)
    seen = set()
    while target not in seen:
        seen.add(target)
        forms = (target, f"{target}.html", f"{target.rstrip('/')}/", target.removesuffix(".html"))
        page = next((form for form in forms if form in new.pages), None)
        if page is not None:
            return page
        lead = next((form for form in forms if form in new.redirects), None)
        if lead is None:
            return target if new.answers(target) else None
        target = new.redirects[lead].partition("#")[0]
        if "://" in target:
            return target
    return None


def _successor(page: Page, old: Built, new: Built) -> str:
    """Return the address of a new page with this one's title, day and most of its text."""
    best, score = "", 0.5
    for address, other in new.pages.items():
        if address in old.pages or not page.titles & other.titles:
            continue
        pair = _pair(page, other)
        likeness = _likeness(*pair) if pair else 0.0
        if likeness > score:
            best, score = address, likeness
    return best


def _pair(old: Page, new: Page) -> tuple[Article, Article] | None:
    """Return the places of the two pages that hold the same article best."""
    pairs = [(a, b) for a in old.articles for b in new.articles]
    return max(pairs, key=lambda pair: _likeness(*pair), default=None)


def _likeness(one: Article, other: Article) -> float:
    a, b = set(one.blocks), set(other.blocks)
    return len(a & b) / max(1, len(a | b))


def _changes(old: Page, new: Page) -> Iterator[Change]:
    address = old.address
    if old.titles and not old.titles & new.titles:
        yield Change(address, "title", tuple(sorted(old.titles)), tuple(sorted(new.titles)))
    if old.days and new.days and not old.days & new.days:
        yield Change(address, "date", tuple(sorted(old.days)), tuple(sorted(new.days)))
    pair = _pair(old, new)
    if pair is None:
        return
    one, other = pair
    # The theme around an article may say more: only what was there and is gone is a difference.
    whole = new.articles[-1]
    text = set(whole.blocks)
    lost = [block for block in one.blocks if block not in text]
    lost = [block for block in lost if not any(block in line for line in whole.blocks)]
    if lost:
        gained = [block for block in other.blocks if block not in set(one.blocks)]
        yield Change(address, "text", tuple(lost), tuple(gained))
    if gone := [f"{text} #{id_}" for text, id_ in one.headings
                if (text, id_) not in whole.headings and id_]:  # fmt: skip
        ids = tuple(f"{text} #{id_}" for text, id_ in other.headings)
        yield Change(address, "headings", tuple(gone), ids)
    if one.links - whole.links:
        gone = sorted(one.links - whole.links)
        yield Change(address, "links", tuple(gone), tuple(sorted(other.links - one.links)))
    if one.images - whole.images:
        gone = sorted(one.images - whole.images)
        yield Change(address, "images", tuple(gone), tuple(sorted(other.images - one.images)))


def _redirects(old: Built, new: Built, maps: Sequence[tuple[str, str]]) -> Iterator[Change]:
    """Yield old redirects that are gone or lead elsewhere, and new ones that lead nowhere or in a
    circle."""
    for address, target in sorted(old.redirects.items()):
        if not new.answers(_mapped(address, maps)):
            yield Change(address, "lost", (target,), ())
            continue
        there, before = _find(address, new, maps), _find(target, new, maps) or target
        if there is None or (there != before and "://" not in target):
            yield Change(address, "leads elsewhere", (target,), (there or "nowhere",))
    for address, target in sorted(new.redirects.items()):
        if "://" not in target and not new.answers(target):
            yield Change(address, "leads nowhere", (), (target,))
        elif "://" not in target and _find(address, new, ()) is None:
            yield Change(address, "runs in a circle", (), (target,))


def _feed(path: str, old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[Change]:
    """Yield what a reader of the feed would notice, within the shorter of the two."""
    ids = {entry.id: entry for entry in new}
    links = {entry.link: entry for entry in new}
    for entry in old[: len(new)] if new else old:
        other = ids.get(entry.id)
        if other is None and entry.link in links:
            yield Change(path, "id", (entry.id,), (links[entry.link].id,))
            other = links[entry.link]
        if other is None:
            yield Change(path, "missing", (entry.id,), ())
            continue
        for aspect, a, b in (
            ("title", entry.title, other.title),
            ("date", _moment(entry.day), _moment(other.day)),
            ("excerpt", entry.summary, other.summary),
        ):
            if a and a != b and not (aspect == "excerpt" and _alike(a, b)):
                yield Change(f"{path} {entry.link}", aspect, (a,), (b,))


def _alike(one: str, other: str) -> bool:
    """Return whether two summaries are the same but for spaces and where they are cut."""
    a, b = one.replace(" ", ""), other.replace(" ", "")
    short = min(len(a), len(b), 400)
    return a[:short] == b[:short] and bool(b)


def _moment(text: str) -> str:
    try:
        found = parse_date(text, UTC)
    except DateError:
        try:
            found = parsedate_to_datetime(text)
        except (ValueError, TypeError):
            return text
    return found.astimezone(UTC).isoformat() if found else ""


def diff(old: Iterable[str], new: Iterable[str], most: int) -> list[str]:
    """Return the lines that differ, marked `-` and `+`, at most `most` of them."""
    lines = [
        line
        for line in unified_diff(list(old), list(new), lineterm="", n=0)
        if not line.startswith(("---", "+++", "@@"))
    ]
    more = len(lines) - most
    return lines[:most] + ([f"({more} more lines)"] if more > 0 else [])
