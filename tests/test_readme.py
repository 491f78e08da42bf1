"""Every command in the README is run: by a reader's own hands, word for word."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from conftest import ROOT, SiteFolder

from briefsite.front_matter import load
from briefsite.site_yaml import parse_config

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)


def fenced(language: str, start: str = "") -> str:
    """Return the first block in `language` that begins with `start`."""
    match = re.search(rf"```{language}\n({start}.*?)```", TEXT, re.DOTALL)
    assert match
    return match[1]


def test_the_authors_commands_work_one_after_another(tmp_path: Path) -> None:
    [block] = [block for block in BLOCKS if "briefsite init" in block]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    first, last = block.rsplit("\n", 2)[:2]
    env = os.environ | {"PATH": path, "PYTHONUNBUFFERED": "1"}
    done = subprocess.run(
        ["sh", "-e", "-c", first],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    with subprocess.Popen(
        ["sh", "-c", f"exec {last} --port 0"],
        cwd=tmp_path / "my-briefs",
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout
        said = server.stdout.readline()
        server.send_signal(signal.SIGINT)
        server.wait(10)

    assert (done.returncode, server.returncode) == (0, 0), done.stderr
    assert last == "briefsite serve"
    assert said.startswith("serving http://127.0.0.1:")


def test_the_set_up_commands_are_targets_of_the_makefile() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert BLOCKS[0].split() == ["make", "build", "make", "test"]
    assert {"build", "test"} <= set(targets)


def test_the_install_lines_name_this_repository() -> None:
    lines = ["pip install .", "pipx install .", "uv tool install ."]

    assert BLOCKS[1].strip().splitlines() == lines


def test_the_files_that_it_leads_to_are_there() -> None:
    prose = re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL)
    links = re.findall(r"\]\((?!https?:)([^)#]+)", prose)

    assert len(links) > 10
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_the_examples_are_read_without_a_problem(tmp_path: Path) -> None:
    config = fenced("yaml", "title")
    site = SiteFolder(tmp_path).write(
        {
            "site.yaml": config,
            "content/about.md": "About.\n",
            "content/briefs/2026-03-12-clean-air.md": fenced("markdown"),
        }
    )

    assert site.build().problems == ()
    read = parse_config(load(config, "site.yaml"))
    assert read.title == "Institute for Clean Air"
