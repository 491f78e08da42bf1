"""What an import says when it is done, for a webmaster to work through."""

from collections.abc import Iterable

from briefsite.errors import Problem, printable
from briefsite.values import Struct, field


class Report(Struct):
    """What became of a Jekyll site."""

    taken: list[str] = field(default_factory=list)
    """What was taken over, and what was decided on the way."""
    hands: list[Problem] = field(default_factory=list)
    """What a person has to look at, each at its place."""
    idle: list[str] = field(default_factory=list)
    """What the site had and does not need any more."""

    @property
    def exit_code(self) -> int:
        """Return 1 where anything needs a hand."""
        return int(bool(self.hands))

    def hand(self, where: str, what: str, todo: str = "", line: int | None = None) -> None:
        """Note what needs a hand, and what to do about it."""
        self.hands.append(Problem(where, what, line, todo))

    def also(self, problems: Iterable[Problem]) -> None:
        """Note problems at places that are not known yet."""
        known = {(problem.where, problem.line) for problem in self.hands if problem.line}
        self.hands += [
            problem for problem in problems if (problem.where, problem.line) not in known
        ]

    def __str__(self) -> str:
        """Return the whole report."""
        ordered = sorted(self.hands, key=lambda item: (item.where, item.line or 0, item.message))
        parts = [
            ("Taken over", self.taken),
            ("Needs a hand", [str(problem) for problem in dict.fromkeys(ordered)]),
            ("Not needed", self.idle),
        ]
        texts = [
            f"{head}\n" + "".join(f"  {line}\n" for line in rows) for head, rows in parts if rows
        ]
        return printable("\n".join(texts))


def number(count: int, noun: str) -> str:
    """Return `1 page`, `2 pages`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
