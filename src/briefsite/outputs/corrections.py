"""The list of everything that was corrected after publication (publishing.md 9)."""

from collections.abc import Iterator
from datetime import datetime

from briefsite.assembler import Site
from briefsite.model import Editorial
from briefsite.outputs.output import Desk, Output
from briefsite.outputs.pages import Page, narrow
from briefsite.renderer import Entry, Renderer, Shared, View
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
        title="Corrections and updates",
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
    for number, update in enumerate(brief.editorial.updates, start=1):
        place = f"{brief.url}#_update-{number}"  # as partials/updates.html has it
        yield Correction(
            update.published,
            update.kind,
            renderer.prose(update.text, resolve),
            brief.headline,
            place,
            brief.lang,
        )
