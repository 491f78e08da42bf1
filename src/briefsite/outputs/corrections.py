"""The list of everything that was corrected after publication (publishing.md 9)."""

from collections.abc import Iterator
from datetime import datetime

from briefsite.assembler import Site
from briefsite.model import Brief, Editorial, Update
from briefsite.outputs import feeds
from briefsite.outputs.feed_formats import Item
from briefsite.outputs.feeds import LONG_AGO, Channel
from briefsite.outputs.output import Desk, Output
from briefsite.outputs.pages import narrow
from briefsite.outputs.views import Page
from briefsite.renderer import Entry, Renderer, Shared, View
from briefsite.titles import title_in
from briefsite.urls import join, output_path, root_of
from briefsite.values import Struct, replace


class Correction(Struct, frozen=True):
    """A change to a brief, as templates see it."""

    published: datetime
    kind: str
    text: str
    """HTML, safe to print."""
    title: str
    """The brief's."""
    url: str
    """Where the brief tells of it."""
    lang: str


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield the list, where there is something on it."""
    url = site.facts.corrections
    view = desk.view("corrections.html", "the list of corrections") if url else None
    if view is not None:
        changed = [desk.entry(brief) for brief in site.briefs if brief.editorial.updates]
        inputs = (view, desk.share("facts"), url, tuple(map(_narrow, changed)))
        yield Output(output_path(url), make, inputs, "the list of corrections")
        items = sorted(_items(site, desk, changed), key=_moment, reverse=True)
        newest = tuple(items[: desk.project.config.feed.limit])
        title = title_in(desk.project.config.lang, "corrections")
        yield from feeds.publish(desk, Channel(f"{url}feed.xml", (title,), url, ()), newest)


def _moment(item: Item) -> tuple[datetime, str]:
    return item.entry.brief.published or LONG_AGO, item.id


def _items(site: Site, desk: Desk, changed: list[Entry]) -> Iterator[Item]:
    """Yield an entry for each change: what changed and why, under the title of its brief."""
    for entry in changed:
        brief = entry.brief
        for number, update in _numbered(brief):
            said = replace(
                desk.listed(brief).brief,
                title=title_in(brief.lang, update.kind).format(brief.title),
                retracted=False,
                url=_place(brief, number),
                published=update.published,
                updated=None,
                description="",
                excerpt=update.text,
                excerpt_is_text=False,
            )
            id_ = f"{site.ids[brief.source][0]}#_update-{number}"
            own = replace(entry, brief=said)
            yield Item(own, id_, False, brief.people, brief.keywords)


def _numbered(brief: Brief) -> Iterator[tuple[int, Update]]:
    """Yield the changes to a brief, the latest first, with their numbers, which stay."""
    updates = brief.editorial.updates
    yield from zip(range(len(updates), 0, -1), updates, strict=True)


def _place(brief: Brief, number: int) -> str:
    """Return the address at which a brief tells of a change, as partials/updates.html has it."""
    return f"{brief.url}#_update-{number}"


def _narrow(entry: Entry) -> Entry:
    """Return what tells of the changes to a brief, and no more."""
    updates = entry.brief.editorial.updates
    own = replace(narrow(entry).brief, excerpt="", editorial=Editorial(updates=updates))
    return replace(entry, brief=own)


def make(renderer: Renderer, view: View, _: Shared, url: str, changed: tuple[Entry, ...]) -> bytes:
    """Make the list, the latest change first."""
    root, project = root_of(url), renderer.project
    found = [item for entry in changed for item in _corrections(renderer, entry, root)]
    found.sort(key=lambda item: item.published, reverse=True)
    page = Page(
        kind="corrections",
        title=title_in(project.config.lang, "corrections"),
        url=url,
        source="the list of corrections",
        lang=project.config.lang,
        canonical=join(project.base_url, url) if project.base_url else "",
        updated=found[0].published,
    )
    return renderer.fill(view, page, root, corrections=tuple(found))


def _corrections(renderer: Renderer, entry: Entry, root: str) -> Iterator[Correction]:
    brief = entry.brief
    resolve = renderer.elsewhere(entry, root)
    for number, update in _numbered(brief):
        yield Correction(
            update.published,
            update.kind,
            renderer.prose(update.text, resolve),
            brief.headline,
            _place(brief, number),
            brief.lang,
        )
