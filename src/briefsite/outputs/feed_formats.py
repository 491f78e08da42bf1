"""Makes feeds in RSS 2.0, Atom 1.0 and JSON Feed 1.1 (publishing.md 4.1 to 4.4)."""

from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from briefsite.channels import FeedLink
from briefsite.dates import iso
from briefsite.digest import digest
from briefsite.identifiers import ORCID_PREFIX
from briefsite.manifest import Part, Parts
from briefsite.model import Person
from briefsite.outputs.output import changed
from briefsite.outputs.views import Download, Page, download, image_of
from briefsite.pdfs import Pdf
from briefsite.renderer import Entry, Renderer, Shared, View
from briefsite.schema import pack
from briefsite.templates import markup
from briefsite.urls import is_absolute, join, rebase
from briefsite.values import Struct, replace

_CONTROL = bytes(n for n in range(32) if n not in (9, 10, 13))
MAX_CONTENT = 200_000
"""Characters of HTML beyond which an entry holds the excerpt only (publishing.md 4.4)."""
MAX_PARTS = 1_000
"""Articles that a process keeps for the feeds to come."""


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
    iri: str
    """The id as Atom wants it: absolute."""
    text: str
    """The summary as plain text."""
    people: tuple[Person, ...]
    """Their `url` is absolute, and their ORCID where they have no page."""
    lang: str
    image: str
    image_alt: str
    pdf: Download | None
    """The text as a PDF, its address absolute."""


class Feed(Struct, frozen=True):
    """A feed, as templates see it."""

    title: str
    description: str
    url: str
    home: str
    lang: str
    updated: datetime | None
    entries: tuple[FeedEntry, ...]
    older: str
    """Address of the archive before this one (RFC 5005), absolute; may be empty."""
    newer: str
    current: str
    """Address of the feed that this is an archive of; empty for anything but an archive."""


class Head(Struct, frozen=True):
    """What a feed says of itself: an input. Addresses are paths on the site."""

    link: FeedLink
    home: str
    lang: str
    whole: bool
    older: str = ""
    newer: str = ""
    current: str = ""


class Item(Struct, frozen=True):
    """A brief in a feed with its permanent id: an input."""

    entry: Entry
    id: str
    is_permalink: bool
    people: tuple[Person, ...]
    keywords: tuple[str, ...]
    pdf: Pdf | None = None


def make(renderer: Renderer, view: View, _: Shared, head: Head, items: tuple[Item, ...]) -> bytes:
    """Make a feed of XML; its dates are the briefs', never the build's."""
    feed, url = _feed(renderer, head, items), head.link.url
    page = Page(kind="feed", title=feed.title, url=url, source=f"the feed {url}", lang=feed.lang)
    data = renderer.fill(view, page, renderer.project.base_url + "/", feed=feed)
    # What XML may not hold (publishing.md 4.4): U+FFFE and U+FFFF are three bytes.
    return (
        data.translate(None, _CONTROL).replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")
    )


def make_json(renderer: Renderer, _: Shared, head: Head, items: tuple[Item, ...]) -> bytes:
    """Make a JSON Feed."""
    feed, config = _feed(renderer, head, items), renderer.project.config
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "description": feed.description,
        "language": feed.lang,
        "authors": [{"name": config.publisher.name or config.title}],
        "items": [_json(entry) for entry in feed.entries],
    }
    return pack(said) + b"\n"


def _json(entry: FeedEntry) -> dict[str, Any]:
    authors = [person for person in entry.people if person.role == "author"]
    said: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": str(entry.content or entry.summary or escape(entry.title)),
        "summary": entry.text,
        "image": entry.image,
        "date_published": iso(entry.published) if entry.published else "",
        "date_modified": iso(entry.updated) if entry.updated else "",
        "authors": [given({"name": person.name, "url": person.url}) for person in authors],
        "tags": entry.tags,
        "language": entry.lang,
    }
    if pdf := entry.pdf:
        attached = {"url": pdf.url, "mime_type": "application/pdf", "size_in_bytes": pdf.size}
        said["attachments"] = [given(attached)]
    return given(said)


def given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _feed(renderer: Renderer, head: Head, items: tuple[Item, ...]) -> Feed:
    base, config = renderer.project.base_url, renderer.project.config
    moments = (moment for item in items if (moment := changed(item.entry.brief)))
    parts = _parts(renderer, head, items) if head.whole else [Part(("",), ())] * len(items)
    renderer.problems += [problem for part in parts for problem in part.problems]
    return Feed(
        title=head.link.title,
        description=config.description or config.title,
        url=join(base, head.link.url),
        home=join(base, head.home),
        lang=head.lang,
        updated=max(moments, default=None),
        entries=tuple(
            _entry(renderer, item, part) for item, part in zip(items, parts, strict=True)
        ),
        older=head.older and join(base, head.older),
        newer=head.newer and join(base, head.newer),
        current=head.current and join(base, head.current),
    )


def _parts(renderer: Renderer, head: Head, items: tuple[Item, ...]) -> list[Part]:
    """Return the article of each item: from memory where it is as it was. What the site's main
    feed holds outlasts the build."""
    memory: Parts | None = renderer.shared.get("parts")
    held = renderer.parts
    if memory and not held:
        held |= memory.read()
        renderer.remembered = frozenset(held)
    if len(held) > MAX_PARTS:
        held.clear()
    keys = [memory.key(item.entry) if memory else digest(item.entry) for item in items]
    for key, item in zip(keys, items, strict=True):
        if key not in held:
            held[key] = _part(renderer, item.entry)
    main = head.link in renderer.shared["facts"].feeds
    if memory and main and not renderer.remembered.issuperset(keys):
        memory.write({key: held[key] for key in keys})
        renderer.remembered = frozenset(keys)
    return [held[key] for key in keys]


def _part(renderer: Renderer, entry: Entry) -> Part:
    root, outer = renderer.project.base_url + "/", renderer.problems
    renderer.problems = []
    text = _content(renderer, entry, root)
    part, renderer.problems = Part((text,), tuple(renderer.problems)), outer
    return part


def _content(renderer: Renderer, entry: Entry, root: str) -> str:
    from briefsite.prose.sanitizer import for_feed, rewrite

    html = for_feed(renderer.article(entry, root).html)
    page = join(renderer.project.base_url, entry.brief.url)
    html = rewrite(html, lambda url: url if url and url[0] != "#" else page + url)
    return html if len(html) <= MAX_CONTENT else ""


def _entry(renderer: Renderer, item: Item, part: Part) -> FeedEntry:
    brief, base = item.entry.brief, renderer.project.base_url
    return FeedEntry(
        url=join(base, brief.url),
        id=item.id,
        is_permalink=item.is_permalink,
        title=brief.headline,
        authors=tuple(person.name for person in item.people if person.role == "author"),
        published=brief.published,
        updated=brief.updated,
        tags=item.keywords,
        summary=_summary(renderer, item.entry),
        content=markup(part.texts[0]),
        iri=item.id if is_absolute(item.id) else join(base, item.id),
        text=renderer.summary(item.entry),
        people=tuple(replace(person, url=_home(person, base)) for person in item.people),
        lang=brief.lang,
        image=join(base, image_of(item.entry)) if brief.image else "",
        image_alt=brief.image_alt,
        pdf=_pdf(renderer, item.pdf) if item.pdf else None,
    )


def _pdf(renderer: Renderer, pdf: Pdf) -> Download:
    found = download(renderer, pdf)
    return replace(found, url=rebase(found.url, f"{renderer.project.base_url}/", "/"))


def _home(person: Person, base: str) -> str:
    """Return the absolute address that stands for a person; empty where none is known."""
    if person.url:
        return rebase(person.url, base + "/", "/")
    return ORCID_PREFIX + person.orcid if person.orcid else ""


def _summary(renderer: Renderer, entry: Entry) -> Markup:
    """Return what a reader shows in lists; a Jekyll site's `description` is it (jekyll.md A4)."""
    description = entry.brief.description
    if description and renderer.project.config.dialect == "jekyll":
        return Markup("<p>{}</p>").format(description)
    from briefsite.prose.sanitizer import for_feed

    return markup(for_feed(renderer.excerpt(entry, renderer.project.base_url + "/")))
