"""The one place that decides what may be public now."""

from briefsite.config import Project
from briefsite.dates import iso
from briefsite.model import Brief, Withheld


def withheld(brief: Brief, project: Project) -> Withheld | None:
    """Return why `brief` may not be public at `project.now`, or None (jekyll.md P1 to P3)."""
    if brief.draft and not project.drafts:
        return Withheld(brief.source, "draft", "it says 'draft: true'")
    if brief.hidden and not project.unpublished:
        return Withheld(brief.source, "unpublished", "it says 'published: false'")
    future = project.future or project.config.future
    if brief.published is not None and brief.published > project.now and not future:
        until = f"until {iso(brief.published)}"
        return Withheld(brief.source, "scheduled", until, brief.published)
    return None
