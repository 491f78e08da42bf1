"""Which feeds there are: of the site, its collections and languages, and its archives by year."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from briefsite.assembler import Site
from briefsite.channels import collection_feed, feed_links
from briefsite.config import Config
from briefsite.languages import own_name
from briefsite.model import Brief
from briefsite.outputs.feed_formats import Head, Item, make, make_json
from briefsite.outputs.output import Desk, Output
from briefsite.sections import Collection
from briefsite.slugs import title_of
from briefsite.urls import output_path
from briefsite.values import Struct, replace

_TEMPLATES = {"rss": "feed.xml", "atom": "atom.xml"}
_SIMPLE = re.compile(r"[a-zA-Z0-9_]+")
"""Tags that have a feed of their own, as Jekyll has it (jekyll.md A2)."""
_TAG = re.compile(r"([a-z]{2,8})(?:-([a-z]{4}))?(?:-[a-z0-9]{1,8})*", re.IGNORECASE)
FIRST_YEAR = 1970
"""Readers and validators take what is older for a mistake (publishing.md 4.1)."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Channel(Struct, frozen=True):
    """Something that can be followed: a planner hands it to `offer`."""

    path: str
    """Address of the RSS; the other formats stand beside it (`channels.feed_path`)."""
    title: tuple[str, ...]
    """What it is called, after the site's title; nothing for the site itself."""
    home: str
    """Its page: a path on the site."""
    briefs: tuple[Brief, ...]
    """All that it could hold, newest first."""
    lang: str = ""
    """Empty for the site's."""
    whole: bool = True
    """Whether entries hold the articles, where site.yaml wants that: one takes nearly as long as
    its page, but once for all feeds that hold it."""


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield every feed, where the site's address is known; a file of the site's own at its path
    wins (jekyll.md A2)."""
    if not site.facts.feeds:
        return
    main, *others = _channels(site, desk.project.config)
    years = _years(desk, main)
    yield from offer(desk, main, next(iter(years), ""))
    yield from _archives(desk, years)
    for channel in others:
        yield from offer(desk, channel)


def _channels(site: Site, config: Config) -> Iterator[Channel]:
    """Yield what can be followed (jekyll.md A1 to A3)."""
    main = site.of("posts") or site.briefs
    yield Channel(config.feed.path, (), "/", main)
    homes = {shelf.name: shelf.url for shelf in site.shelves}
    for name in dict.fromkeys((*homes, *config.feed.collections)):
        home = homes.get(name, "/")
        if path := collection_feed(config, name, home):
            yield Channel(path, (_name(config, name),), home, site.of(name))
    for key, path in config.feed.categories.items():
        name, _, category = key.rpartition("/")
        held = site.of(name) if name else main
        title = (*([_name(config, name)] if name else []), category)
        yield Channel(path, title, "/", tuple(b for b in held if category in b.categories))
    for term in (term for hub in site.hubs for term in hub.terms if term.feed):
        newest = sorted(term.briefs, key=lambda brief: brief.published or LONG_AGO, reverse=True)
        yield Channel(term.feed, (term.name,), term.url, tuple(newest), whole=False)
    tags = dict.fromkeys(tag for brief in main for tag in brief.tags if _SIMPLE.fullmatch(tag))
    for tag in tags if config.feed.tags else ():
        path = config.feed.tags.replace(":name", tag)
        yield Channel(path, (tag,), "/", tuple(b for b in main if tag in b.tags))
    if config.dialect != "jekyll":
        yield from _languages(site.briefs)


def _languages(briefs: Iterable[Brief]) -> Iterator[Channel]:
    """Yield a channel for each language, by its tag without region, where there are several."""
    held: dict[str, list[Brief]] = {}
    for brief in briefs:
        if found := _TAG.fullmatch(brief.lang):
            script = f"-{found[2].title()}" if found[2] else ""
            held.setdefault(found[1].lower() + script, []).append(brief)
    for tag in sorted(held) if len(held) > 1 else ():
        yield Channel(f"/feeds/{tag}.xml", (own_name(tag),), "/", tuple(held[tag]), tag)


def _name(config: Config, name: str) -> str:
    return config.collections.get(name, Collection()).title or title_of(name)


def _years(desk: Desk, main: Channel) -> dict[str, tuple[Brief, ...]]:
    """Return, by the address of its archive, the briefs of each year of which the site's feed does
    not hold all, newest first (RFC 5005): what is gone by changes no more."""
    config, zone = desk.project.config, desk.project.zone
    if not config.makes("feed_archives") or "atom" not in config.feed_formats:
        return {}
    years: dict[int, list[Brief]] = {}
    last = 0
    for number, brief in enumerate(_sound(config, main.briefs)):
        year = (brief.published or desk.project.now).astimezone(zone).year
        years.setdefault(year, []).append(brief)
        if number >= config.feed.limit:
            last = last or year
    return {f"/feeds/archive/{y}.atom": tuple(years[y]) for y in years if y <= last}


def _archives(desk: Desk, years: dict[str, tuple[Brief, ...]]) -> Iterator[Output]:
    """Yield the archives of the site's feed; with excerpts, as a year of articles has no bounds."""
    current = next((link for link in desk.site.facts.feeds if link.format == "atom"), None)
    urls = [*years, ""]
    for at, (url, briefs) in enumerate(years.items()):
        if current is not None:
            title = f"{current.title} | {posixpath.splitext(posixpath.basename(url))[0]}"
            head = Head(
                replace(current, url=url, title=title),
                "/",
                desk.project.config.lang,
                whole=False,
                older=urls[at + 1],
                newer=urls[at - 1],  # the last address is none
                current=current.url,
            )
            yield from _output(desk, head, tuple(_item(desk, b, whole=False) for b in briefs))


def offer(desk: Desk, channel: Channel, older: str = "") -> Iterator[Output]:
    """Yield the feeds of a channel, one a format; the archive before it is at `older`."""
    config = desk.project.config
    whole = channel.whole and config.feed.content == "full"
    newest = _sound(config, channel.briefs)[: config.feed.limit]
    items = tuple(_item(desk, brief, whole=whole) for brief in newest)
    yield from publish(desk, channel, items, whole=whole, older=older)


def publish(
    desk: Desk, channel: Channel, items: tuple[Item, ...], *, whole: bool = False, older: str = ""
) -> Iterator[Output]:
    """Yield the feeds that hold `items`, one a format."""
    config = desk.project.config
    title = " | ".join((config.title, *channel.title))
    links = feed_links(desk.project, channel.path, title)
    desk.feeds += [links] if items else []
    for link in links:
        head = Head(link, channel.home, channel.lang or config.lang, whole, older)
        # Atom has to say when it last changed, which without an entry it cannot.
        if items or link.format == "rss":
            yield from _output(desk, head, items)


def _sound(config: Config, briefs: tuple[Brief, ...]) -> tuple[Brief, ...]:
    """Return those of `briefs` whose date readers believe; all, where there are no such ones."""
    if config.dialect == "jekyll":
        return briefs
    sound = tuple(b for b in briefs if b.published is None or b.published.year >= FIRST_YEAR)
    return sound or briefs


def _item(desk: Desk, brief: Brief, *, whole: bool) -> Item:
    entry = desk.entry(brief) if whole else desk.listed(brief)
    ids, pdf = desk.site.ids[brief.source], desk.site.pdfs.get(brief.source)
    return Item(entry, *ids, brief.people, brief.keywords, pdf)


def _output(desk: Desk, head: Head, items: tuple[Item, ...]) -> Iterator[Output]:
    path, origin = output_path(head.link.url), f"the feed {head.link.url}"
    if path in desk.taken:
        return
    if head.link.format == "json":
        yield Output(path, make_json, (desk.share("facts"), head, items), origin)
    elif view := desk.view(_TEMPLATES[head.link.format], "the feed"):
        yield Output(path, make, (view, desk.share("facts"), head, items), origin)
