"""sitemap.xml: what search engines are asked to read (publishing.md 5)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from briefsite.assembler import Site
from briefsite.model import Brief
from briefsite.outputs.output import Desk, Output, changed
from briefsite.outputs.views import Page
from briefsite.renderer import Renderer, Shared, View
from briefsite.urls import join
from briefsite.values import Struct

MAX_URLS = 5_000
"""Pages in one file; a tenth of what is allowed, so that search engines tell where one fails."""
Alternates = tuple[tuple[str, str], ...]


class Entry(Struct, frozen=True):
    """One page in the sitemap, or one sitemap among several."""

    url: str
    """Absolute, percent-encoded."""
    updated: datetime | None
    """Last change in substance as the author says it; never the build's or the file's time."""
    alternates: Alternates = ()
    """Language and absolute address of each translation, its own included."""


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield the sitemap, where the site's address is known: in one file, or an index of several."""
    view = desk.view("sitemap.xml", "the sitemap")
    if not site.facts.url or view is None or "sitemap.xml" in desk.taken:
        return
    translations = {
        source: tuple((e.lang, join(site.facts.url, e.url)) for e in found if e.lang)
        for source, found in site.editions.items()
    }
    entries = (*_indexes(site), *_hubs(site), *_documents(site, translations))
    parts = [entries[at : at + MAX_URLS] for at in range(0, len(entries), MAX_URLS)]
    files = {"sitemap.xml": entries}
    if len(parts) > 1:
        named = {f"sitemap-{number}.xml": part for number, part in enumerate(parts, start=1)}
        whole = (Entry(join(site.facts.url, name), _newest(part)) for name, part in named.items())
        files = named | {"sitemap.xml": tuple(whole)}
    for path, held in files.items():
        is_index = len(files) > 1 and path == "sitemap.xml"
        inputs = (view, desk.share("facts"), held, is_index)
        yield Output(path, make, inputs, "the sitemap")


def _indexes(site: Site) -> Iterator[Entry]:
    yield Entry(join(site.facts.url, "/"), _latest(site.briefs))
    for shelf in site.shelves:
        if shelf.url != "/":
            yield Entry(join(site.facts.url, shelf.url), _latest(site.of(shelf.name)))
    page = site.facts.feeds_page
    if page and all(brief.url != page for brief in site.documents):
        yield Entry(join(site.facts.url, page), None)
    if site.facts.corrections:
        updates = (update.published for b in site.briefs for update in b.editorial.updates)
        yield Entry(join(site.facts.url, site.facts.corrections), max(updates))


def _hubs(site: Site) -> Iterator[Entry]:
    """Yield lists of terms and terms, but those in whose place a page of the author's stands."""
    own = {brief.url for brief in site.documents} | {shelf.url for shelf in site.shelves}
    for hub in site.hubs:
        moments = {term.url: max(filter(None, map(changed, term.briefs))) for term in hub.terms}
        moments[hub.url] = max(moments.values())
        for url in sorted(moments.keys() - own):
            yield Entry(join(site.facts.url, url), moments[url])


def _documents(site: Site, translations: Mapping[str, Alternates]) -> Iterator[Entry]:
    """Yield the documents that search engines may show, with their `translations` by source."""
    for brief in sorted(site.documents, key=lambda brief: brief.url):
        if brief.in_sitemap and not brief.unlisted and not brief.redirect_to:
            others = translations.get(brief.source, ())
            yield Entry(join(site.facts.url, brief.url), changed(brief), others)


def _latest(briefs: Iterable[Brief]) -> datetime | None:
    return max((moment for brief in briefs if (moment := changed(brief))), default=None)


def _newest(entries: Iterable[Entry]) -> datetime | None:
    return max((entry.updated for entry in entries if entry.updated), default=None)


def make(
    renderer: Renderer, view: View, _: Shared, entries: tuple[Entry, ...], is_index: bool
) -> bytes:
    """Make a sitemap, or the index of several."""
    page = Page(kind="sitemap", title="", url="/sitemap.xml", source="the sitemap")
    return renderer.fill(view, page, "", entries=entries, is_index=is_index)
