"""The one place that decides what may be public now."""

from collections.abc import Iterable

from briefsite.config import Project
from briefsite.dates import iso
from briefsite.model import Brief, Withheld
from briefsite.sections import Collection
from briefsite.sieve import DRAFTS


def judge(briefs: Iterable[Brief], project: Project) -> dict[str, Withheld]:
    """Return the reason for each of `briefs` that may not be public now, by its source.

    Of posts, `limit_posts` keeps the newest (jekyll.md P5).
    """
    refused = {}
    posts = []
    for brief in briefs:
        if reason := withheld(brief, project):
            refused[brief.source] = reason
        elif brief.collection == "posts" and brief.published is not None:
            posts.append((brief.published, brief.source))
    limit = project.config.limit_posts or len(posts)
    for _, source in sorted(posts, reverse=True)[limit:]:
        refused[source] = Withheld(source, "over the limit", f"'limit_posts: {limit}'")
    return refused


def withheld(brief: Brief, project: Project) -> Withheld | None:
    """Return why `brief` may not be public at `project.now`, or None (jekyll.md P1 to P3)."""
    config = project.config
    if brief.draft and not (project.drafts or config.drafts):
        where = f"it lies in {DRAFTS}" if DRAFTS in brief.source.split("/") else ""
        return Withheld(brief.source, "draft", where or "it says 'draft: true'")
    if brief.hidden and not (project.unpublished or config.unpublished):
        return Withheld(brief.source, "unpublished", "it says 'published: false'")
    if brief.embargo is not None and brief.embargo > project.now:
        return Withheld(brief.source, "embargoed", f"until {iso(brief.embargo)}", brief.embargo)
    own = config.collections.get(brief.collection, Collection())
    future = project.future or config.future or own.future
    if brief.published is not None and brief.published > project.now and not future:
        until = f"until {iso(brief.published)}"
        return Withheld(brief.source, "scheduled", until, brief.published)
    if brief.expires is not None and brief.expires <= project.now:
        return Withheld(brief.source, "expired", f"since {iso(brief.expires)}")
    return None
