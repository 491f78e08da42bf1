"""The PDF that a brief names: where it is published and what is said of it (publishing.md 1.1)."""

import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from briefsite.config import Project
from briefsite.errors import Problem
from briefsite.library import File
from briefsite.loader import line_of
from briefsite.model import Brief
from briefsite.places import Places
from briefsite.urls import is_absolute
from briefsite.values import Struct


class Pdf(Struct, frozen=True):
    """The PDF of a brief."""

    url: str
    """Path on the site, or an absolute address."""
    file: File | None = None
    """None where it lies elsewhere."""


def homes(project: Project, briefs: Iterable[Brief], places: Places) -> dict[str, str]:
    """Return, for each content file that a page names as its PDF, its path on the site: in the
    folder of that page, as Google Scholar reads no other. A Jekyll site's files stay where they
    were."""
    found: dict[str, str] = {}
    if project.config.dialect == "jekyll":
        return found
    for brief in briefs:
        path = dict(places.paths(brief)).get(brief.pdf) if brief.pdf and brief.has_page else None
        if path:
            folder = posixpath.dirname(unquote(brief.url) + "x")
            found.setdefault(path, posixpath.join(folder, posixpath.basename(path)))
    return found


def gather(
    project: Project,
    briefs: Iterable[Brief],
    links: Mapping[str, tuple[tuple[str, str], ...]],
    files: Mapping[str, File],
) -> tuple[dict[str, Pdf], tuple[Problem, ...]]:
    """Return the PDF of each brief that has one, by source, and what is wrong; `files` are those
    that are published as they are, by address."""
    found, problems = {}, []
    for brief in briefs:
        if not brief.pdf:
            continue
        url = dict(links[brief.source]).get(brief.pdf, brief.pdf)
        if is_absolute(url) or url in files:
            found[brief.source] = Pdf(url, files.get(url))
        else:
            problems.append(_missing(project, brief))
    return found, tuple(problems)


def _missing(project: Project, brief: Brief) -> Problem:
    what = f"pdf: there is no file {brief.pdf!r}"
    hint = "put it beside this file and write its name"
    line = line_of(project, brief.source, ("pdf",))
    return Problem(brief.source, what, line, hint, warning=project.config.dialect == "jekyll")


def in_folder(pdf: str, url: str) -> bool:
    """Return whether the PDF at `pdf` lies in the folder of the page at `url`."""
    return posixpath.dirname(pdf) == posixpath.dirname(f"{url}x")
