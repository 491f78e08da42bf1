"""Addresses of feeds: what can be followed has one address a format."""

import posixpath

from briefsite.config import Config, Project
from briefsite.values import Struct

_KINDS = {
    "rss": ("RSS", "application/rss+xml"),
    "atom": ("Atom", "application/atom+xml"),
    "json": ("JSON Feed", "application/feed+json"),
}


class FeedLink(Struct, frozen=True):
    """One feed in one format, as templates see it."""

    format: str
    """`rss`, `atom` or `json`."""
    name: str
    """The format's name for people."""
    title: str
    """What the feed is called: of the same words in all its formats."""
    url: str
    """Path on the site."""
    media_type: str


def feed_links(project: Project, path: str, title: str) -> tuple[FeedLink, ...]:
    """Return the feeds of which the RSS is, or would be, at `path`: the other formats stand beside
    it. None without a path, and where the site has no feeds."""
    if not path or not project.base_url:
        return ()
    stem = posixpath.splitext(path)[0]
    return tuple(
        FeedLink(form, name, title, path if form == "rss" else f"{stem}.{form}", media_type)
        for form, (name, media_type) in _KINDS.items()
        if form in project.config.feed_formats
    )


def feed_path(url: str) -> str:
    """Return the address of the RSS of what has its page at `url`: `/x/feed.xml` for `/x/`."""
    folder = url if url.endswith("/") else posixpath.splitext(url)[0] + "/"
    return f"{folder}feed.xml"


def collection_feed(config: Config, name: str, url: str) -> str:
    """Return the address of the RSS of the collection `name` with its index at `url`; empty where
    it has no feed of its own."""
    own = "" if url == "/" or config.dialect == "jekyll" else feed_path(url)
    return config.feed.collections.get(name, own)
