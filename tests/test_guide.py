"""Every example in the guide is run: what stands behind the fence's language says how.

`yaml site.yaml` is laid over the site's settings, `yaml front matter` heads a brief, and a path
names a file; the site must then build without a warning. `console` is typed in a shell, and its
answers compared. With `fails`, it must fail, with the text of the block that follows or, in a
console, with the answers shown. `console elsewhere` is for other programs or other machines.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, SiteFolder, clean_environment, project_of

from briefsite import scaffold
from briefsite.builder import Job, plan_of
from briefsite.errors import BriefsiteError
from briefsite.site_yaml import read_config

GUIDE = ROOT / "content/guide"
PAGES = sorted(path.stem for path in GUIDE.glob("*.md"))
BLOCK = re.compile(r"^( *)```([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
DAY = "2026-03-12"
"""The day on which the guide's reader works."""
ELSEWHERE = {
    "start": ["$ pip install .\n$ pipx install .\n$ uv tool install .\n"],
    "publish": [
        "$ git remote add origin https://github.com/ORGANISATION/my-briefs.git\n"
        "$ git push --set-upstream origin main\n"
    ],
    "jekyll": ["$ cd old-site\n$ bundle exec jekyll build\n$ cd ..\n"],
}
"""What no test can run: it installs, needs an account, or is another program's."""
FILES: dict[str, str | bytes | None] = {
    "content/briefs/2026-01-15-clean-air.md": "---\ntitle: Clean air in cities\n"
    "author: Ann Lee\ntopics: [Air]\n---\n_A standfirst._\n\n<!--more-->\n\nThe text.\n",
    "content/briefs/map.png": b"\x89PNG",
    "content/briefs/data.csv": "a,b\n1,2\n",
    "static/logo.png": b"\x89PNG",
    "static/ann.jpg": b"\xff\xd8",
}
"""What the reader of a page but the first has already."""
OLD = {
    "old-site/_config.yml": "title: Old\nurl: https://www.example.org\ntimezone: Europe/Brussels\n",
    "old-site/_posts/2026-01-15-air.md": "---\ntitle: Air\n---\nThe text.\n",
    "old-site/about.md": "---\ntitle: About\npermalink: /about/\n---\nWho we are.\n",
    "old-site/_site/2026/01/15/air.html": "<title>Air</title><article><p>The text.</p></article>",
    "old-site/_site/about/index.html": "<title>About</title><article><p>Who we are.</p></article>",
}
"""What the reader who moves in from Jekyll has, as Jekyll built it."""
BODY = "\n_A standfirst._\n\n<!--more-->\n\nThe text.\n"
EXAMPLE = f"content/briefs/{DAY}-example.md"


class Block:
    """An example as it stands on a page."""

    def __init__(self, indent: str, info: str, text: str) -> None:
        self.language, _, rest = info.partition(" ")
        self.fails = rest.endswith("fails")
        self.what = rest.removesuffix("fails").strip()
        self.text = re.sub(f"^{indent}", "", text, flags=re.MULTILINE)


class Reader:
    """Follows a page of the guide, word for word, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.here = folder
        self.environment = clean_environment() | {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONUNBUFFERED": "1",
            "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "Ann Lee",
            "GIT_AUTHOR_EMAIL": "ann@example.org",
            "GIT_COMMITTER_NAME": "Ann Lee",
            "GIT_COMMITTER_EMAIL": "ann@example.org",
        }

    def begin(self) -> None:
        """Have a site with an address and a brief of their own, not those that came with it."""
        self.here /= "my-briefs"
        scaffold.init(self.here, title="My briefs", today=date(2026, 3, 1))
        for file in (self.here / "content/briefs").iterdir():
            file.unlink()
        SiteFolder(self.here).write(FILES)
        self.configure("url: https://www.example.org")

    def configure(self, text: str) -> None:
        """Lay keys over those of site.yaml."""
        file = self.here / "site.yaml"
        whole = yaml.safe_load(file.read_text(encoding="utf-8")) | yaml.safe_load(text)
        file.write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")

    def write(self, block: Block) -> None:
        """Write what a block shows to the file that it names."""
        if block.what == "site.yaml":
            self.configure(block.text)
            return
        name, text = block.what, block.text
        if name == "front matter":
            title = "" if "title:" in re.findall(r"^\w+:", text, re.MULTILINE) else "title: Tides\n"
            name, text = EXAMPLE, f"---\n{title}{text}---\n{BODY}"
        SiteFolder(self.here).write({name: text})

    def problems(self) -> list[str]:
        """Return what a build in this folder says."""
        try:
            plan = plan_of(project_of(self.here))
            report = SiteFolder(self.here).build(Job(jobs=1))
        except BriefsiteError as error:
            return [str(problem) for problem in error.problems]
        return [str(problem) for problem in dict.fromkeys((*plan.problems, *report.problems))]

    def run(self, block: Block) -> None:
        """Type the commands of a block, and compare the answers."""
        status = 0
        for command, shown in commands(block.text):
            status, said = self.answer(command)
            assert matches(said.splitlines(), shown), f"{command}\n{said}"
        assert (status != 0) == block.fails, f"{block.text}\nexit status {status}"

    def answer(self, command: str) -> tuple[int, str]:
        """Return exit status and output of a command, its day the guide's."""
        if command.startswith("cd "):
            self.here /= command.removeprefix("cd ")
            return 0, ""
        if command.startswith("briefsite serve"):
            return self.serve(command)
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self.here,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return done.returncode, self.on_the_day(done.stderr + done.stdout)

    def serve(self, command: str) -> tuple[int, str]:
        """Start the preview on a free port, and end it as soon as it can be seen."""
        with subprocess.Popen(
            ["sh", "-c", f"exec {command} --port 0"],
            cwd=self.here,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as server:
            assert server.stdout
            said = server.stdout.readline()
            server.send_signal(signal.SIGINT)
            server.wait(20)
        assert said.startswith("serving http://127.0.0.1:")
        return server.returncode, said

    def on_the_day(self, said: str) -> str:
        """Give what was made today the guide's day instead."""
        today = datetime.now(UTC).date().isoformat()
        for file in self.here.rglob(f"{today}-*.md"):
            text = file.read_text(encoding="utf-8").replace(f"date: {today}", f"date: {DAY}")
            file.write_text(text, encoding="utf-8")
            file.rename(file.with_name(file.name.replace(today, DAY)))
        return said.replace(today, DAY)


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a console with the lines shown below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        yield command, shown


def matches(said: list[str], shown: list[str]) -> bool:
    """Return whether lines are those shown; `...` stands for any, and nothing shown for all."""
    if not shown:
        return True
    pattern = "".join(r"(.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in said)) is not None


def blocks(page: str) -> list[Block]:
    """Return the examples of a page, in order."""
    return [Block(*found) for found in BLOCK.findall((GUIDE / f"{page}.md").read_text("utf-8"))]


def follow(reader: Reader, found: list[Block], elsewhere: list[str]) -> None:
    """Do what a page says, from its first example to its last."""
    waiting: list[str] | None = None
    for block in found:
        kind = f"{block.language} {block.what}".strip()
        if waiting is not None:
            assert kind == "text message", kind
            assert block.text.splitlines() == waiting
            waiting = None
            if (reader.here / EXAMPLE).is_file():
                (reader.here / EXAMPLE).unlink()
        elif kind == "console":
            reader.run(block)
        elif kind == "console elsewhere":
            assert block.text in elsewhere
        elif kind == "yaml workflow":
            for step in yaml.safe_load(block.text):
                assert reader.answer(step["run"])[0] < 2, step
        else:
            assert block.language in ("yaml", "markdown", "jinja", "css", "text"), kind
            assert block.what and block.what != "message", f"{kind}: name the file"
            reader.write(block)
            said = reader.problems()
            assert bool(said) == block.fails, f"{block.text}\n{said}"
            waiting = said if block.fails else None
    assert waiting is None


@pytest.mark.parametrize("page", PAGES)
def test_every_example_in_the_guide_does_what_it_says(page: str, tmp_path: Path) -> None:
    reader, found = Reader(tmp_path), blocks(page)
    if page == "jekyll":
        SiteFolder(tmp_path).write(OLD)
    elif page != "start":
        reader.begin()

    follow(reader, found, ELSEWHERE.get(page, []))


def test_no_fence_of_the_guide_is_passed_over() -> None:
    fences = {
        page: len(re.findall(r"^ *```", (GUIDE / f"{page}.md").read_text("utf-8"), re.MULTILINE))
        for page in PAGES
    }

    assert {page: 2 * len(blocks(page)) for page in PAGES} == fences


def test_the_guide_is_in_order_and_every_page_is_found_from_its_first() -> None:
    order: Any = read_config(ROOT).collections["guide"].order
    index = (GUIDE / "index.md").read_text(encoding="utf-8")

    assert sorted(order) == [f"{page}.md" for page in PAGES]
    assert [name for name in order if name != "index.md" and f"]({name}" not in index] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_guide_opens_with_what_its_reader_wants(page: str) -> None:
    opening = (GUIDE / f"{page}.md").read_text(encoding="utf-8").split("---\n", 2)[2]

    assert opening.startswith("\n_I want ")
    assert "\n\n<!--more-->\n\n" in opening
