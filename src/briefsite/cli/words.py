"""What the command line says: no control character of a title commands the terminal."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from briefsite.errors import Problem

ALIKE = 3
"""How many equal warnings or withheld files are named one by one before they are counted."""


def say(text: str) -> None:
    """Print a line about the work to stderr."""
    show(text, err=True)


def show(text: str, *, err: bool = False) -> None:
    """Print a line of what was asked for."""
    from briefsite.errors import printable

    click.echo(printable(text), err=err)


def number(count: int, noun: str) -> str:
    """Return `1 page` or `2 pages`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def show_problems(problems: "Iterable[Problem]", *, every: bool = True) -> None:
    """Print problems in the order of files and lines; equal warnings of many files as one, and what
    a template gets wrong on many pages."""
    from briefsite.errors import MAKING

    alike: dict[str, list[Problem]] = defaultdict(list)
    for problem in sorted(problems, key=lambda p: (p.warning, p.where, p.line or 0, p.message)):
        message, of_page, _ = problem.message.partition(MAKING)
        key = f"{problem.warning}{message}" if problem.warning else str(id(problem))
        alike[f"{problem.where}:{problem.line}{message}" if of_page else key].append(problem)
    for group in alike.values():
        of_pages = MAKING in group[0].message
        shown = group[:1] if of_pages else group if every else group[:ALIKE]
        for problem in shown:
            say(f"{'warning: ' if problem.warning else ''}{problem}")
        if len(group) > len(shown) and of_pages:
            say(f"the same on {number(len(group) - len(shown), 'more page')}")
        elif len(group) > len(shown):
            say(f"warning: the same in {len(group) - len(shown)} more files (-v names them)")
