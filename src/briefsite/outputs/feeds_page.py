"""The page that tells people what can be followed."""

from collections.abc import Iterator

from briefsite.assembler import Site
from briefsite.channels import FeedLink
from briefsite.outputs.output import Desk, Output
from briefsite.outputs.views import Page
from briefsite.renderer import Renderer, Shared, View
from briefsite.titles import title_in
from briefsite.urls import join, output_path, root_of


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield the page, unless a page of the author's has its address."""
    url = site.facts.feeds_page
    if not url or any(brief.url == url for brief in site.documents):
        return
    if view := desk.view("feeds.html", "the list of feeds"):
        inputs = (view, desk.share("facts"), url, tuple(desk.feeds))
        yield Output(output_path(url), make, inputs, "the list of feeds")


def make(
    renderer: Renderer, view: View, _: Shared, url: str, channels: tuple[tuple[FeedLink, ...], ...]
) -> bytes:
    """Make the page; each of `channels` is one feed in its formats."""
    page = Page(
        kind="feeds",
        title=title_in(renderer.project.config.lang, "feeds"),
        url=url,
        source="the list of feeds",
        canonical=join(renderer.project.base_url, url),
        lang=renderer.project.config.lang,
    )
    return renderer.fill(view, page, root_of(url), channels=channels)
