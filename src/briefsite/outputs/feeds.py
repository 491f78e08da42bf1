"""The RSS 2.0 feed (publishing.md 4.1, 4.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from briefsite.assembler import Site
from briefsite.model import Brief
from briefsite.outputs.output import Desk, Output
from briefsite.outputs.pages import Entry, Page
from briefsite.outputs.sitemap import changed
from briefsite.prose.sanitizer import for_feed, rewrite
from briefsite.renderer import Renderer, Shared, View
from briefsite.templates import markup
from briefsite.urls import join, output_path

MAX_CONTENT = 200_000
"""Characters of HTML beyond which an entry holds the excerpt only (publishing.md 4.4)."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One brief in a feed, as templates see it."""

    url: str
    id: str
    is_permalink: bool
    title: str
    authors: tuple[str, ...]
    published: datetime | None
    updated: datetime | None
    tags: tuple[str, ...]
    summary: Markup
    content: Markup


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, as templates see it."""

    title: str
    description: str
    url: str
    home: str
    lang: str
    updated: datetime | None
    entries: tuple[FeedEntry, ...]


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield the feed of the newest briefs, where the site's address is known."""
    view = desk.view("feed.xml", "the feed") if site.facts.feed else None
    if view is None:
        return
    newest = site.briefs[: desk.project.config.feed.limit]
    entries = tuple(Entry(brief, site.links(brief), None) for brief in newest)
    path = output_path(site.facts.feed)
    yield Output(path, make, (view, desk.share("facts"), site.facts.feed, entries), "the feed")


def make(renderer: Renderer, view: View, _: Shared, path: str, entries: tuple[Entry, ...]) -> bytes:
    """Make the feed; its dates are the briefs', never the build's."""
    project = renderer.project
    feed = Feed(
        title=project.config.title,
        description=project.config.description or project.config.title,
        url=join(project.base_url, path),
        home=join(project.base_url, "/"),
        lang=project.config.lang,
        updated=max(
            (moment for entry in entries if (moment := changed(entry.brief))), default=None
        ),
        entries=tuple(_entry(renderer, entry) for entry in entries),
    )
    page = Page(kind="feed", title=feed.title, url=path, source="the feed", lang=feed.lang)
    return renderer.fill(view, page, project.base_url + "/", feed=feed)


def _entry(renderer: Renderer, entry: Entry) -> FeedEntry:
    brief, root = entry.brief, renderer.project.base_url + "/"
    url = join(renderer.project.base_url, brief.url)
    return FeedEntry(
        url=url,
        id=url,
        is_permalink=True,
        title=brief.title,
        authors=brief.authors,
        published=brief.published,
        updated=brief.updated,
        tags=brief.tags,
        summary=markup(for_feed(renderer.excerpt(brief, entry.links, root))),
        content=_content(renderer, brief, entry, root),
    )


def _content(renderer: Renderer, brief: Brief, entry: Entry, root: str) -> Markup:
    if renderer.project.config.feed.content == "excerpt":
        return Markup("")
    html = for_feed(renderer.article(brief, entry.links, root).html)
    page = join(renderer.project.base_url, brief.url)
    html = rewrite(html, lambda url: page + url if url.startswith("#") else url)
    return markup(html) if len(html) <= MAX_CONTENT else Markup("")
