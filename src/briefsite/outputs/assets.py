"""Files that are published as they are, and the few that hosts ask for."""

from collections.abc import Iterator

from briefsite.assembler import Site
from briefsite.library import THEME, File
from briefsite.outputs.output import Desk, Made, Output, text
from briefsite.renderer import Renderer

MARK = "Built by briefsite. GitHub Pages needs this file to leave names that begin with _ alone.\n"
"""What .nojekyll holds: by it a later build knows the folder for one of its own."""


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield static files, files beside briefs, .nojekyll, robots.txt and CNAME."""
    for asset in site.assets:
        yield Output(asset.output, copy, (asset.file,), _origin(asset.file))
    taken = {asset.output for asset in site.assets}
    for path, content in _fixed(site, desk).items():
        if path not in taken:
            yield Output(path, text, (content,), "briefsite itself")


def _fixed(site: Site, desk: Desk) -> dict[str, str]:
    robots = "User-agent: *\nDisallow:\n"
    if site.facts.url:
        robots += f"\nSitemap: {site.facts.url}/sitemap.xml\n"
    files = {".nojekyll": MARK, "robots.txt": robots}
    if desk.project.config.cname:
        files["CNAME"] = desk.project.config.cname + "\n"
    return files


def _origin(file: File) -> str:
    return f"{THEME}/{file.path}" if file.base else file.path


def copy(renderer: Renderer, file: File) -> Made:
    """Make a copy of a file."""
    return renderer.file(file)
