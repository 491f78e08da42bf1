"""The plan: every file that the site will have, as functions of declared inputs."""

from collections.abc import Callable, Iterable

from briefsite.assembler import Site
from briefsite.errors import BriefsiteError, Problem
from briefsite.outputs import (
    archives,
    assets,
    corrections,
    downloads,
    feeds,
    feeds_page,
    home,
    hubs,
    machines,
    pages,
    redirects,
    sitemap,
    twins,
)
from briefsite.outputs.output import Desk, Output
from briefsite.urls import fold

Planner = Callable[[Site, Desk], Iterable[Output]]

PLANNERS: tuple[Planner, ...] = (
    pages.plan,
    home.plan,
    archives.plan,
    hubs.plan,
    redirects.plan,
    feeds.plan,
    corrections.plan,
    downloads.plan,
    twins.plan,
    machines.plan,
    sitemap.plan,
    assets.plan,
    feeds_page.plan,  # last: it lists what the others offer
)


def plan(site: Site, desk: Desk) -> tuple[tuple[Output, ...], tuple[Problem, ...]]:
    """Return every Output of the site and what is wrong with the plan, all of it at once."""
    outputs: list[Output] = []
    for planner in PLANNERS:
        try:
            outputs += planner(site, desk)
        except BriefsiteError as error:
            desk.problems += error.problems
    problems = dict.fromkeys((*desk.problems, *collisions(outputs)))
    return tuple(outputs), tuple(problems)


def collisions(outputs: Iterable[Output]) -> Iterable[Problem]:
    """Yield a problem for each two sources whose outputs would stand in each other's way (jekyll.md
    U11), not for everything that they have beside their pages.

    Paths are compared as the least careful file system does: without case, in one Unicode form.
    """
    told: set[frozenset[str]] = set()
    pages_first = sorted(_clashes(outputs), key=lambda row: not row[0].path.endswith(".html"))
    for output, other, message in pages_first:
        if (pair := frozenset((output.origin, other.origin))) not in told:
            told.add(pair)
            hint = "give one of them another 'permalink:' or 'slug:'"
            yield Problem(output.origin, message, hint=hint)


def _clashes(outputs: Iterable[Output]) -> Iterable[tuple[Output, Output, str]]:
    taken: dict[str, Output] = {}
    ordered = sorted(outputs, key=lambda output: output.path)
    for output in ordered:
        other = taken.setdefault(fold(output.path), output)
        # What is wrong between redirects and documents, their own planner says better.
        told = redirects.make in (makes := {output.make, other.make})
        if other is not output and not (told and makes <= {redirects.make, pages.make_document}):
            yield output, other, f"{output.path} is also made from {other.origin}"
    free: set[str] = set()
    for output in ordered:
        folder = fold(output.path).rpartition("/")[0]
        while folder and folder not in free:
            other_ = taken.get(folder)
            if other_ is not None:
                what = f"{output.path} needs a folder where {other_.origin} puts a file"
                yield output, other_, what
            else:
                free.add(folder)
            folder = folder.rpartition("/")[0]
