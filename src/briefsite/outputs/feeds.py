"""The RSS 2.0 feeds (publishing.md 4.1, 4.4)."""

import re
from collections.abc import Iterator
from datetime import datetime

from markupsafe import Markup

from briefsite.assembler import Site
from briefsite.config import Collection, Config
from briefsite.documents import title_of
from briefsite.manifest import Part, Parts
from briefsite.model import Brief
from briefsite.outputs.output import Desk, Output
from briefsite.outputs.pages import Page
from briefsite.outputs.sitemap import changed
from briefsite.renderer import Entry, Renderer, Shared, View
from briefsite.templates import markup
from briefsite.urls import join, output_path
from briefsite.values import Struct

_SIMPLE = re.compile(r"[a-zA-Z0-9_]+")
"""Tags that have a feed of their own, as Jekyll has it (jekyll.md A2)."""
MAX_CONTENT = 200_000
"""Characters of HTML beyond which an entry holds the excerpt only (publishing.md 4.4)."""


class FeedEntry(Struct, frozen=True):
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


class Feed(Struct, frozen=True):
    """A feed, as templates see it."""

    title: str
    description: str
    url: str
    home: str
    lang: str
    updated: datetime | None
    entries: tuple[FeedEntry, ...]


class Item(Struct, frozen=True):
    """A brief in a feed with its permanent id: an input."""

    entry: Entry
    id: str
    is_permalink: bool


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield every feed, where the site's address is known; a file of the site's own at its path
    wins (jekyll.md A2)."""
    view = desk.view("feed.xml", "the feed") if site.facts.feed else None
    if view is None:
        return
    taken = {asset.output for asset in site.assets}
    for path, title, briefs in _feeds(site, desk.project.config):
        output = output_path(path)
        if output in taken:
            continue
        newest = briefs[: desk.project.config.feed.limit]
        items = tuple(Item(desk.entry(b), *site.ids[b.source]) for b in newest)
        inputs = (view, desk.share("facts"), path, " | ".join(title), items)
        yield Output(output, make, inputs, f"the feed {path}")


def _feeds(site: Site, config: Config) -> Iterator[tuple[str, tuple[str, ...], tuple[Brief, ...]]]:
    """Yield (path, parts of the title, briefs) of each feed (jekyll.md A1 to A3)."""
    home = config.title
    posts = site.of("posts")
    main = posts or site.briefs
    yield site.facts.feed, (home,), main
    for name, path in config.feed.collections.items():
        yield path, (home, _name(config, name)), site.of(name)
    for key, path in config.feed.categories.items():
        name, _, category = key.rpartition("/")
        held = site.of(name) if name else main
        title = (home, *([_name(config, name)] if name else []), category)
        yield path, title, tuple(b for b in held if category in b.categories)
    tags = dict.fromkeys(tag for brief in main for tag in brief.tags if _SIMPLE.fullmatch(tag))
    for tag in tags if config.feed.tags else ():
        path = config.feed.tags.replace(":name", tag)
        yield path, (home, tag), tuple(b for b in main if tag in b.tags)


def _name(config: Config, name: str) -> str:
    return config.collections.get(name, Collection()).title or title_of(name)


def make(
    renderer: Renderer, view: View, _: Shared, path: str, title: str, items: tuple[Item, ...]
) -> bytes:
    """Make a feed; its dates are the briefs', never the build's."""
    project = renderer.project
    parts = tuple(_parts(renderer, path, items))
    renderer.problems += [problem for part in parts for problem in part.problems]
    feed = Feed(
        title=title,
        description=project.config.description or project.config.title,
        url=join(project.base_url, path),
        home=join(project.base_url, "/"),
        lang=project.config.lang,
        updated=max(
            (moment for item in items if (moment := changed(item.entry.brief))), default=None
        ),
        entries=tuple(
            _entry(renderer, item, part) for item, part in zip(items, parts, strict=True)
        ),
    )
    page = Page(kind="feed", title=feed.title, url=path, source=f"the feed {path}", lang=feed.lang)
    return renderer.fill(view, page, project.base_url + "/", feed=feed)


def _parts(renderer: Renderer, path: str, items: tuple[Item, ...]) -> Iterator[Part]:
    """Yield summary and content of each item: from memory where it is as it was. What the site's
    main feed holds is remembered, and used by all."""
    memory: Parts | None = renderer.shared.get("parts")
    known = memory.read() if memory else {}
    made = {}
    for item in items:
        key = memory.key(item.entry) if memory else item.entry.brief.source
        made[key] = known.get(key) or _part(renderer, item.entry)
        yield made[key]
    if memory and path == renderer.shared["facts"].feed and made.keys() != known.keys():
        memory.write(made)


def _part(renderer: Renderer, entry: Entry) -> Part:
    root, outer = renderer.project.base_url + "/", renderer.problems
    renderer.problems = []
    texts = str(_summary(renderer, entry, root)), _content(renderer, entry, root)
    part, renderer.problems = Part(texts, tuple(renderer.problems)), outer
    return part


def _entry(renderer: Renderer, item: Item, part: Part) -> FeedEntry:
    brief = item.entry.brief
    summary, content = map(markup, part.texts)
    return FeedEntry(
        url=join(renderer.project.base_url, brief.url),
        id=item.id,
        is_permalink=item.is_permalink,
        title=brief.headline,
        authors=tuple(person.name for person in brief.people if person.role == "author"),
        published=brief.published,
        updated=brief.updated,
        tags=brief.tags,
        summary=summary,
        content=content,
    )


def _summary(renderer: Renderer, entry: Entry, root: str) -> Markup:
    """Return what a reader shows in lists; a Jekyll site's `description` is it (jekyll.md A4)."""
    description = entry.brief.description
    if description and renderer.project.config.dialect == "jekyll":
        return Markup("<p>{}</p>").format(description)
    from briefsite.prose.sanitizer import for_feed

    return markup(for_feed(renderer.excerpt(entry, root)))


def _content(renderer: Renderer, entry: Entry, root: str) -> str:
    if renderer.project.config.feed.content == "excerpt":
        return ""
    from briefsite.prose.sanitizer import for_feed, rewrite

    html = for_feed(renderer.article(entry, root).html)
    page = join(renderer.project.base_url, entry.brief.url)
    html = rewrite(html, lambda url: page + url if url.startswith("#") else url)
    return html if len(html) <= MAX_CONTENT else ""
