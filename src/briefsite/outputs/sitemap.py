"""sitemap.xml: what search engines are asked to read."""

from collections.abc import Iterator
from datetime import datetime

from briefsite.assembler import Site
from briefsite.model import Brief
from briefsite.outputs.output import Desk, Output
from briefsite.outputs.pages import Page
from briefsite.renderer import Renderer, Shared, View
from briefsite.urls import join
from briefsite.values import Struct


class Entry(Struct, frozen=True):
    """One page in the sitemap."""

    url: str
    """Absolute, percent-encoded."""
    updated: datetime | None
    """Last change in substance as the author says it; never the build's or the file's time."""


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield the sitemap, where the site's address is known."""
    view = desk.view("sitemap.xml", "the sitemap")
    if (
        not site.facts.url
        or view is None
        or any(asset.output == "sitemap.xml" for asset in site.assets)
    ):
        return
    entries = (*_indexes(site), *_hubs(site), *_documents(site))
    yield Output("sitemap.xml", make, (view, desk.share("facts"), entries), "the sitemap")


def _indexes(site: Site) -> Iterator[Entry]:
    newest = max((moment for brief in site.briefs if (moment := changed(brief))), default=None)
    yield Entry(join(site.facts.url, "/"), newest)
    for shelf in site.shelves:
        if shelf.url != "/":
            latest = max(
                (moment for brief in site.of(shelf.name) if (moment := changed(brief))),
                default=None,
            )
            yield Entry(join(site.facts.url, shelf.url), latest)


def _hubs(site: Site) -> Iterator[Entry]:
    """Yield lists of terms and terms, but those in whose place a page of the author's stands."""
    own = {brief.url for brief in site.documents} | {shelf.url for shelf in site.shelves}
    for hub in site.hubs:
        moments = {term.url: max(filter(None, map(changed, term.briefs))) for term in hub.terms}
        moments[hub.url] = max(moments.values())
        for url in sorted(moments.keys() - own):
            yield Entry(join(site.facts.url, url), moments[url])


def _documents(site: Site) -> Iterator[Entry]:
    for brief in sorted(site.documents, key=lambda brief: brief.url):
        if brief.in_sitemap and not brief.unlisted and not brief.redirect_to:
            yield Entry(join(site.facts.url, brief.url), changed(brief))


def changed(brief: Brief) -> datetime | None:
    """Return when `brief` last changed in substance."""
    return brief.updated or brief.published


def make(renderer: Renderer, view: View, _: Shared, entries: tuple[Entry, ...]) -> bytes:
    """Make the sitemap."""
    page = Page(kind="sitemap", title="", url="/sitemap.xml", source="the sitemap")
    return renderer.fill(view, page, "", entries=entries)
