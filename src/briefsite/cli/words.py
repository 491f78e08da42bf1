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
    """Print problems in the order of files and lines; equal warnings of many files as one."""
    alike: dict[str, list[Problem]] = defaultdict(list)
    for problem in sorted(problems, key=lambda p: (p.warning, p.where, p.line or 0, p.message)):
        key = f"{problem.warning}{problem.message}" if problem.warning else str(id(problem))
        alike[key].append(problem)
    for group in alike.values():
        shown = group if every else group[:ALIKE]
        for problem in shown:
            say(f"{'warning: ' if problem.warning else ''}{problem}")
        if len(group) > len(shown):
            say(f"warning: the same in {len(group) - len(shown)} more files (-v names them)")
