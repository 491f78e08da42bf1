"""Every failure an author can cause, as one small family."""

from collections.abc import Iterable

from briefsite.values import Struct

MAKING = ", while making the page of "
"""Between what is wrong in a template and the page that showed it: other pages show it too."""


def printable(text: str) -> str:
    """Return `text` with control characters shown as escapes, so that no title commands a
    terminal."""
    return "".join(
        char if char.isprintable() or char in "\n\t" else char.encode("unicode_escape").decode()
        for char in text
    )


class Problem(Struct, frozen=True):
    """One thing wrong at one place in the sources."""

    where: str
    """The file, as a POSIX path from the site's root; empty where no one file is at fault."""
    message: str
    """What is wrong, in the author's words."""
    line: int | None = None
    """The line in that file, counted from 1."""
    hint: str = ""
    """What to write instead."""
    warning: bool = False
    """Whether the site can be built all the same (`--strict` takes that back)."""

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line else self.where
        text = f"{place}: {self.message}" if place else self.message
        return printable(text + (f" ({self.hint})" if self.hint else ""))


class BriefsiteError(Exception):
    """Something the author can put right: shown without a traceback, exit status 1."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems

    def __reduce__(self) -> tuple[type["BriefsiteError"], tuple[Problem, ...]]:
        """Travel from a worker process as its problems, not as their text."""
        return type(self), self.problems


def fail_on_errors(problems: Iterable[Problem]) -> None:
    """Raise BriefsiteError with every error among `problems`; warnings alone raise nothing."""
    errors = tuple(problem for problem in problems if not problem.warning)
    if errors:
        raise BriefsiteError(*errors)
