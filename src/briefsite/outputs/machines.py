"""index.json and llms.txt: the whole site for programs (publishing.md 5)."""

from collections.abc import Iterator
from typing import Any

from briefsite.assembler import Facts, Site
from briefsite.dates import iso
from briefsite.model import Person
from briefsite.outputs.feed_formats import given
from briefsite.outputs.output import Desk, Output
from briefsite.outputs.twins import twin_of
from briefsite.outputs.views import minutes
from briefsite.renderer import Entry, Renderer, Shared
from briefsite.schema import pack
from briefsite.urls import join, url_of
from briefsite.values import Struct, replace

RECENT = 100
"""Briefs that llms.txt names: a model is meant to read it whole."""


class Row(Struct, frozen=True):
    """A brief in index.json, or in llms.txt: an input."""

    entry: Entry
    markdown: str
    """Path of its text as Markdown; may be empty."""
    key: str = ""
    people: tuple[Person, ...] = ()


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield both; a file of the site's own at their path wins."""
    config, facts = desk.project.config, desk.share("facts")
    if config.makes("index_json") and "index.json" not in desk.taken:
        rows = tuple(_rows(site, desk))
        yield Output("index.json", make_index, (facts, rows), "the index of all briefs")
    if site.facts.llms and "llms.txt" not in desk.taken:
        recent = tuple(
            Row(desk.listed(brief), twin_of(desk.project, brief)) for brief in site.briefs[:RECENT]
        )
        yield Output("llms.txt", make_llms, (facts, recent), "llms.txt")


def _rows(site: Site, desk: Desk) -> Iterator[Row]:
    for brief in site.briefs:
        citation = site.citations.get(brief.source)
        people = tuple(replace(p, bio="", photo="") if p.bio else p for p in brief.people)
        yield Row(
            desk.listed(brief),
            twin_of(desk.project, brief),
            citation.key if citation else "",
            people,
        )


def make_index(renderer: Renderer, _: Shared, rows: tuple[Row, ...]) -> bytes:
    """Make index.json: the site, and what each brief says of itself, newest first."""
    facts: Facts = renderer.shared["facts"]
    said = {
        "title": facts.title,
        "description": facts.description,
        "url": join(facts.url, "/"),
        "lang": facts.lang,
        "briefs": [_plain(renderer, row) for row in rows],
    }
    return pack(said) + b"\n"


def _plain(renderer: Renderer, row: Row) -> dict[str, Any]:
    brief, base = row.entry.brief, renderer.project.base_url
    people = [
        given({n: getattr(p, n) for n in ("name", "given", "family", "kind", "role", "orcid")})
        for p in row.people
    ]
    return {
        "url": join(base, brief.url),
        "markdown": join(base, url_of(row.markdown)) if row.markdown else "",
        "title": brief.headline,
        "subtitle": brief.subtitle,
        "people": people,
        "published": iso(brief.published) if brief.published else "",
        "updated": iso(brief.updated) if brief.updated else "",
        "collection": brief.collection,
        "categories": brief.categories,
        "tags": brief.tags,
        "lang": brief.lang,
        "summary": renderer.summary(row.entry),
        # In steps of a minute's reading, so that an edited sentence leaves this file alone.
        "words": brief.words,
        "minutes": minutes(brief),
        "citation_key": row.key,
    }


def make_llms(renderer: Renderer, _: Shared, recent: tuple[Row, ...]) -> bytes:
    """Make llms.txt (llmstxt.org): what the site is, its newest briefs, its lists and data."""
    return "\n".join(_llms(renderer, recent)).encode()


def _llms(renderer: Renderer, recent: tuple[Row, ...]) -> Iterator[str]:
    facts, config = renderer.shared["facts"], renderer.project.config
    base = facts.url
    yield f"# {_line(facts.title)}\n"
    if facts.description:
        yield f"> {_line(facts.description)}\n"
    yield f"Published by {_line(facts.publisher.name or facts.title)}.\n"
    yield "## Newest briefs\n"
    for row in recent:
        brief = row.entry.brief
        url = url_of(row.markdown) if row.markdown else brief.url
        yield _item(brief.headline, join(base, url), renderer.summary(row.entry))
    lists = [(shelf.title, join(base, shelf.url)) for shelf in facts.collections]
    yield "\n## Lists\n"
    yield from (_item(title, url) for title, url in lists)
    yield "\n## Optional\n"
    if config.makes("index_json"):
        yield _item("index.json", join(base, "/index.json"), "what every brief says of itself")
    if config.outputs.citations:
        yield _item("citations.bib", join(base, "/citations.bib"), "every brief as BibTeX")
    yield from (_item(feed.name, join(base, feed.url), feed.title) for feed in facts.feeds)
    yield ""


def _item(title: str, url: str, note: str = "") -> str:
    name = _line(title).replace("[", "\\[").replace("]", "\\]")
    address = url.replace("(", "%28").replace(")", "%29")
    return f"- [{name}]({address})" + (f": {_line(note)}" if note else "")


def _line(text: str) -> str:
    return " ".join(text.split())
