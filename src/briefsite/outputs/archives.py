"""Lists by year, month, day, category and tag (jekyll.md 2.14)."""

from collections.abc import Callable, Iterator

from briefsite.assembler import Site
from briefsite.errors import Problem
from briefsite.model import Brief
from briefsite.outputs.output import Desk, Output
from briefsite.outputs.pages import index
from briefsite.outputs.views import Listed
from briefsite.slugs import slugify
from briefsite.urls import UrlError, date_tokens, expand

Tokens = dict[str, str | None]
Heads = Callable[[Brief], list[tuple[str, Tokens]]]


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield the pages of every list that `archives` asks for; of posts, where there are any."""
    settings, zone = desk.project.config.archives, desk.project.zone
    by_year = any(hub.name == "archive" for hub in site.hubs)  # these have pages of their own

    def dated(form: str) -> Heads:
        return lambda brief: [
            (f"{moment:{form}}", dict(date_tokens(moment)))
            for moment in [(brief.published or desk.project.now).astimezone(zone)]
        ]

    def named(terms: Callable[[Brief], tuple[str, ...]]) -> Heads:
        return lambda brief: [
            (term, {"name": slugify(term, settings.slug_mode)}) for term in terms(brief)
        ]

    for pattern, heads in (
        ("" if by_year else settings.year, dated("%Y")),
        (settings.month, dated("%Y-%m")),
        (settings.day, dated("%Y-%m-%d")),
        (settings.categories, named(lambda brief: brief.categories)),
        (settings.tags, named(lambda brief: brief.tags)),
    ):
        if pattern:
            yield from _archive(desk, pattern, heads)


def _archive(desk: Desk, pattern: str, heads: Heads) -> Iterator[Output]:
    pages: dict[str, tuple[str, list[Listed]]] = {}
    for item in posts_or_all(desk):
        for title, tokens in heads(item.entry.brief):
            try:
                url = expand(pattern, tokens)
            except UrlError as error:
                message = f"archives: {pattern!r} for {title!r}: {error.message}"
                desk.problems.append(Problem("site.yaml", message, hint=error.hint))
                continue
            held = pages.setdefault(url, (title, []))[1]
            if item not in held[-1:]:  # two terms of one brief may have one address
                held.append(item)
    for url, (title, listed) in sorted(pages.items()):
        yield from index(desk, url, title, tuple(listed), {})


def posts_or_all(desk: Desk) -> tuple[Listed, ...]:
    """Return the listed posts of a site that has any, newest first; else every listed brief."""
    listed: tuple[Listed, ...] = desk.shared["briefs"]
    posts = tuple(item for item in listed if item.entry.brief.collection == "posts")
    return posts or listed
