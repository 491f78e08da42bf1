"""Puts the public briefs together into a whole: order, neighbours, collections, what links lead
where."""

import posixpath
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cmp_to_key
from typing import Any
from urllib.parse import quote

from briefsite.channels import FeedLink, collection_feed, feed_links
from briefsite.citations import Citation, cite, keys
from briefsite.config import Config, Project
from briefsite.data import read_authors, read_data, repeated, unknown_authors
from briefsite.dates import parse_date
from briefsite.errors import Problem
from briefsite.hubs import Hub, gather
from briefsite.library import Library
from briefsite.model import Brief, BriefLink, Link, Withheld
from briefsite.pdfs import Pdf, homes
from briefsite.pdfs import gather as gather_pdfs
from briefsite.people import Registry, known
from briefsite.places import Places
from briefsite.prose.liquid_marks import LINK, POST
from briefsite.published import Asset, assets_of, colored, pale, waiting
from briefsite.related import related
from briefsite.sections import Collection, Publisher
from briefsite.slugs import title_of
from briefsite.spots import DEFAULT_COLLECTION
from briefsite.translations import Editions, editions
from briefsite.urls import join
from briefsite.values import Struct, replace

FEEDS_PAGE = "/feeds/"
CORRECTIONS = "/corrections/"
"""The list of corrections, unless a page of the site's own stands there."""


class Shelf(Struct, frozen=True):
    """A collection, as templates see it."""

    name: str
    title: str
    url: str
    """Its index; empty where it has none."""
    feeds: tuple[FeedLink, ...] = ()
    """Its own; none where it is the only collection."""


class Facts(Struct, frozen=True):
    """What is true of the whole site: `site` in templates, but for its lists."""

    title: str
    description: str
    lang: str
    url: str
    publisher: Publisher
    navigation: tuple[Link, ...]
    collections: tuple[Shelf, ...]
    hubs: tuple[Shelf, ...]
    feed: str
    """Address of the site's RSS; empty where it has none."""
    fields: dict[str, Any]
    feeds: tuple[FeedLink, ...] = ()
    """The site's own, one a format."""
    feeds_page: str = ""
    """Address of the page that lists all feeds; empty where there is none."""
    corrections: str = ""
    """The list of corrections; empty where there are none."""
    scholar: tuple[str, ...] = ()
    """Kinds of brief that Google Scholar is told of."""
    llms: str = ""
    """Address of llms.txt; empty where there is none."""


class Site(Struct, frozen=True):
    """All that is public, complete: nothing is rendered before it is here."""

    facts: Facts
    briefs: tuple[Brief, ...]
    """Listed briefs, newest first."""
    documents: tuple[Brief, ...]
    """Everything that has a page: briefs, unlisted ones too, and pages; by path."""
    shelves: tuple[Shelf, ...]
    """The collections that hold a listed brief, in the order of site.yaml."""
    assets: tuple[Asset, ...]
    left_out: tuple[Withheld, ...]
    links: dict[str, tuple[tuple[str, str], ...]]
    """For each source, where its relative targets lead that are files of the site."""
    ids: dict[str, tuple[str, bool]]
    """The feed id of each public document, and whether it is its address."""
    dead: dict[str, tuple[tuple[str, str], ...]]
    """For each source, Liquid's links that lead nowhere, with the reason: reported at their
    line."""
    data: dict[str, Any]
    """What the data files hold: `site.data`."""
    groups: dict[str, tuple[Brief, ...]]
    """The public documents of each declared collection in its own order: `site.documents`."""
    registry: Registry
    """The authors whom `_data/authors.yml` names."""
    citations: dict[str, Citation]
    """How each dated brief is cited, by source; empty where the site wants none."""
    hubs: tuple[Hub, ...]
    """Topics and other taxonomies, series, authors and years that hold a listed brief."""
    related: dict[str, tuple[BriefLink, ...]]
    """The related briefs of each listed one, by source; empty where the site wants none."""
    editions: Editions
    """The languages of each text that has several, by source."""
    pdfs: dict[str, Pdf]
    """The PDF of each document that names one, by source."""

    def neighbours(self) -> dict[str, tuple[BriefLink | None, BriefLink | None]]:
        """Return (older, newer) for each listed brief, within its collection."""
        rows = ([b for b in self.of(shelf.name) if not b.retracted] for shelf in self.shelves)
        return {brief: (older, newer) for row in rows for brief, newer, older in _around(row)}

    def turns(self, config: Config) -> dict[str, tuple[BriefLink | None, BriefLink | None]]:
        """Return (previous, next) for each page without date in a collection that site.yaml puts
        in order: a handbook, read from page to page."""
        rows = (
            [b for b in held if b.has_page and not (b.dated or b.unlisted or b.redirect_to)]
            for name, held in self.groups.items()
            if config.collections[name].order or config.collections[name].sort_by
        )
        return {page: (before, after) for row in rows for page, before, after in _around(row)}

    def of(self, collection: str) -> tuple[Brief, ...]:
        """Return the listed briefs of one collection, newest first."""
        return tuple(brief for brief in self.briefs if brief.collection == collection)


def _around(row: Iterable[Brief]) -> Iterable[tuple[str, BriefLink | None, BriefLink | None]]:
    """Yield the source of each of `row` with what stands before and after it."""
    briefs = tuple(row)
    links = [None, *(BriefLink(brief.url, brief.title, brief.lang) for brief in briefs), None]
    for brief, before, after in zip(briefs, links, links[2:], strict=False):
        yield brief.source, before, after


def assemble(project: Project, library: Library) -> tuple[Site, tuple[Problem, ...]]:
    """Return the whole site in its final order, and what is wrong with links in it.

    Ties of date are broken by path (jekyll.md D5).
    """
    config = project.config
    data, problems = read_data(project, library.data_files)
    registry, faults = read_authors(project, library.data_files, data)
    briefs = tuple(known(brief, registry) for brief in library.briefs)
    unknown = tuple(unknown_authors(project, briefs, registry))
    library = replace(library, briefs=briefs)
    documents = tuple(brief for brief in briefs if brief.has_page)
    dated = [(b.published, b.source, b) for b in documents if b.dated and not b.unlisted]
    listed = tuple(row[2] for row in sorted(dated, key=_by_date, reverse=True))
    sound = tuple(brief for brief in listed if not brief.retracted)
    places = Places(project, library)
    held = waiting(library, places)
    found = assets_of(project, library, held, homes(project, briefs, places))
    assets = tuple(colored(config, found))
    shelves = tuple(_shelves(project, {brief.collection for brief in listed}))
    hubs, odd = gather(project, listed)
    left_out = (*library.left_out, *held.values())
    public = {brief.source: brief.url for brief in documents}
    public |= {asset.file.path: asset.url for asset in assets if not asset.file.base}
    dead = tuple(places.dead(library, public, left_out))
    translated, unmatched = editions(project, documents, left_out)
    links = {brief.source: places.links(brief, public) for brief in library.briefs}
    files = {asset.url: asset.file for asset in assets}
    pdfs, lost = gather_pdfs(project, documents, links, files)
    site = Site(
        facts=_facts(project, shelves, hubs, _corrections(listed, {*public.values()})),
        briefs=listed,
        documents=documents,
        shelves=shelves,
        assets=assets,
        left_out=left_out,
        links=links,
        data=data,
        ids=_ids(project, documents),
        dead=_by_source((b.source, t, why) for b, t, why, _ in dead if _is_liquid(t)),
        groups={name: _group(config, name, library.briefs) for name in config.collections},
        registry=registry,
        citations=_citations(project, documents, pdfs),
        hubs=hubs,
        related=related(sound, translated) if config.makes("related") else {},
        editions=translated,
        pdfs=pdfs,
    )
    return site, (
        *problems,
        *faults,
        *unknown,
        *odd,
        *unmatched,
        *pale(config),
        *lost,
        *repeated(project, documents),
        *(
            Problem(b.source, f"the link to {target} leads nowhere: {why}", warning=True)
            for b, target, why, _ in dead
            if not _is_liquid(target)
        ),
    )


def _citations(
    project: Project, documents: Iterable[Brief], pdfs: dict[str, Pdf]
) -> dict[str, Citation]:
    if not project.config.outputs.citations:
        return {}
    briefs = [brief for brief in documents if brief.dated and not brief.redirect_to]
    named = keys(project, briefs)
    urls = {source: pdf.url for source, pdf in pdfs.items()}
    return {b.source: cite(project, b, named[b.source], urls.get(b.source, "")) for b in briefs}


def _ids(project: Project, documents: Iterable[Brief]) -> dict[str, tuple[str, bool]]:
    """Return (feed id, whether it is the address) by source; what is older than `feed.legacy_ids`
    keeps Jekyll's unless two would share it (jekyll.md U10, A4)."""
    until = parse_date(project.config.feed.legacy_ids, project.zone)
    old = {}
    for brief in documents:
        if until and brief.published and brief.published < until:
            old[brief.source] = posixpath.join(posixpath.dirname(brief.url.rstrip("/")), brief.slug)
    shared = Counter(old.values())
    ids = {}
    for brief in documents:
        path = old.get(brief.source, "")
        legacy = path if shared[path] == 1 else ""
        own = brief.feed_id or join(project.base_url, legacy or brief.url)
        ids[brief.source] = own, not legacy and not brief.feed_id
    return ids


def _by_source(rows: Iterable[tuple[str, str, str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for source, target, why in rows:
        found[source] = (*found.get(source, ()), (target, why))
    return found


def _is_liquid(target: str) -> bool:
    return target.startswith((LINK, POST))


def _by_date(row: tuple[datetime | None, str, Brief]) -> tuple[datetime, str]:
    return row[0] or datetime.min.replace(tzinfo=UTC), row[1]


def _by_date_or_path(one: Brief, other: Brief) -> int:
    """Compare as Jekyll does: by path where one of the two has no date (jekyll.md D5)."""
    a: tuple[Any, str] = (one.published, one.source)
    b: tuple[Any, str] = (other.published, other.source)
    if one.published is None or other.published is None:
        a, b = (0, one.source), (0, other.source)
    return (a > b) - (a < b)


def _group(config: Config, name: str, briefs: Iterable[Brief]) -> tuple[Brief, ...]:
    """Return one collection's documents in the order that it declares (jekyll.md D5)."""
    own = config.collections[name]
    found = [brief for brief in briefs if brief.collection == name]
    found.sort(key=cmp_to_key(_by_date_or_path))
    if own.sort_by:
        found.sort(key=lambda brief: _sort_value(brief.fields.get(own.sort_by)))
    folder = f"/{(own.folder or name).strip('/')}/"
    places = {file: number for number, file in enumerate(own.order)}
    last = len(places)
    found.sort(key=lambda b: places.get(f"/{b.source}".partition(folder)[2], last))
    return tuple(found)


def _sort_value(value: Any) -> tuple[bool, bool, Any]:
    """Return what values of any kind can be ordered by: numbers, then text, then nothing."""
    number = isinstance(value, int | float)
    return value is None, not number, value if number else str(value)


def _shelves(project: Project, used: set[str]) -> Iterable[Shelf]:
    config = project.config
    names = [name for name in (*config.collections, "posts", DEFAULT_COLLECTION) if name in used]
    for name in dict.fromkeys(names):
        title = config.collections.get(name, Collection()).title or title_of(name)
        own = config.collections.get(name, Collection()).index
        url = own or (f"/{quote(name)}/" if len(used) > 1 else "/")
        path = collection_feed(config, name, url)
        feeds = feed_links(project, path, f"{config.title} | {title}")
        yield Shelf(name, title, url, feeds)


def _corrections(briefs: Iterable[Brief], taken: set[str]) -> str:
    """Return the address of the list of corrections, where there are any."""
    corrected = any(brief.editorial.updates for brief in briefs)
    return CORRECTIONS if corrected and CORRECTIONS not in taken else ""


def _facts(
    project: Project, shelves: tuple[Shelf, ...], hubs: Iterable[Hub], corrections: str
) -> Facts:
    config = project.config
    feeds = feed_links(project, config.feed.path if shelves else "", config.title)
    lists_feeds = config.makes("feeds_page") and all(s.url != FEEDS_PAGE for s in shelves)
    return Facts(
        title=config.title,
        description=config.description,
        lang=config.lang,
        url=project.base_url,
        publisher=config.publisher,
        navigation=tuple(Link(item.url, item.title) for item in config.navigation),
        collections=shelves,
        hubs=tuple(Shelf(hub.name, hub.title, hub.url) for hub in hubs),
        feed=next((link.url for link in feeds if link.format == "rss"), ""),
        fields=config.extra,
        feeds=feeds,
        llms="/llms.txt" if config.makes("llms") else "",
        feeds_page=FEEDS_PAGE if feeds and lists_feeds else "",
        corrections=corrections,
        scholar=config.scholar,
    )
