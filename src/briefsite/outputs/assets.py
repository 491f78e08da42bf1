"""Files that are published as they are, and the few that hosts ask for."""

from collections.abc import Iterator

from briefsite.assembler import Site
from briefsite.library import THEME, File
from briefsite.outputs.output import Desk, Made, Output, text
from briefsite.renderer import Renderer

MARK = "Built by briefsite. GitHub Pages needs this file to leave names that begin with _ alone.\n"
"""What .nojekyll holds: by it a later build knows the folder for one of its own."""

TRAINING = (
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "Google-Extended",
    "GPTBot",
    "meta-externalagent",
)
"""Crawlers that gather text to train language models; those that answer questions and link to
what they quote have other names (publishing.md 5)."""


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield static files, files beside briefs, .nojekyll, robots.txt and CNAME."""
    for asset in site.assets:
        make, inputs = (extend, (asset.file, asset.added)) if asset.added else (copy, (asset.file,))
        yield Output(asset.output, make, inputs, _origin(asset.file))
    for path, content in _fixed(site, desk).items():
        if path not in desk.taken:
            yield Output(path, text, (content,), "briefsite itself")


def _fixed(site: Site, desk: Desk) -> dict[str, str]:
    robots = _robots(desk.project.config.robots, site.facts.url)
    files = {".nojekyll": MARK, "robots.txt": robots}
    if desk.project.config.cname:
        files["CNAME"] = desk.project.config.cname + "\n"
    return files


def _robots(preset: str, url: str) -> str:
    """Return robots.txt; whoever is named in it heeds its own group alone (RFC 9309)."""
    groups = ["User-agent: *\nDisallow:" + (" /" if preset == "closed" else "")]
    if preset == "no-training":
        groups.append("".join(f"User-agent: {name}\n" for name in TRAINING) + "Disallow: /")
    if url and preset != "closed":
        groups.append(f"Sitemap: {url}/sitemap.xml")
    return "\n\n".join(groups) + "\n"


def _origin(file: File) -> str:
    return f"{THEME}/{file.path}" if file.base else file.path


def copy(renderer: Renderer, file: File) -> Made:
    """Make a copy of a file."""
    return renderer.file(file)


def extend(renderer: Renderer, file: File, added: str) -> Made:
    """Make a copy of a file with a text at its end."""
    return renderer.file(file).read_bytes() + added.encode()
