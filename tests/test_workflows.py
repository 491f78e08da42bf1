"""The workflows of this repository, and the one that `briefsite init` writes."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT

OWN = ROOT / ".github/workflows/pages.yml"
CI = ROOT / ".github/workflows/ci.yml"
WRITTEN = ROOT / "src/briefsite/scaffold/dot-github/workflows/pages.yml"
PAGES = [OWN, WRITTEN]
ALL = [*PAGES, CI]
DEPENDABOT = ROOT / ".github/dependabot.yml"
USES = re.compile(r"^ +(?:- )?uses: (\S+)(.*)$", re.MULTILINE)

every = pytest.mark.parametrize("file", ALL, ids=["pages", "init", "ci"])
publishing = pytest.mark.parametrize("file", PAGES, ids=["pages", "init"])


def read(file: Path) -> dict[str, Any]:
    """Return a workflow; BaseLoader, since YAML 1.1 takes the key `on` for a truth value."""
    workflow: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    return workflow


def steps(file: Path) -> Iterator[dict[str, Any]]:
    """Yield every step of every job."""
    for job in read(file)["jobs"].values():
        yield from job["steps"]


def step_using(file: Path, action: str) -> dict[str, Any]:
    """Return the one step that uses `action`."""
    [step] = [s for s in steps(file) if s.get("uses", "").startswith(f"{action}@")]
    return step


@pytest.mark.parametrize(
    ("schema", "files"),
    [("vendor.github-workflows", ALL), ("vendor.dependabot", [DEPENDABOT])],
    ids=["workflows", "dependabot"],
)
def test_the_schema_holds(schema: str, files: list[Path]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]

    done = subprocess.run([*command, *files], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_every_workflow_of_this_repository_is_looked_at() -> None:
    assert set(OWN.parent.iterdir()) == {OWN, CI}


@every
def test_actions_are_pinned_by_commit_with_their_release_beside_it(file: Path) -> None:
    used = USES.findall(file.read_text(encoding="utf-8"))

    assert len(used) == sum("uses" in step for step in steps(file))
    for action, comment in used:
        pinned = re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action)
        assert pinned or re.fullmatch(r"[\w./-]+@v\d+(\.\d+)*", action), action
        assert not pinned or re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action


def test_one_action_has_one_pin_everywhere() -> None:
    used = {use for file in ALL for use in USES.findall(file.read_text(encoding="utf-8"))}

    assert len(used) == len({action.partition("@")[0] for action, _ in used})


@every
def test_nothing_may_be_written_unless_a_job_asks(file: Path) -> None:
    assert read(file)["permissions"] == {"contents": "read"}


@every
def test_only_the_job_that_deploys_may_write(file: Path) -> None:
    jobs = read(file)["jobs"]
    writing = {
        name: sorted(key for key, level in job["permissions"].items() if level == "write")
        for name, job in jobs.items()
        if "write" in str(job.get("permissions", ""))
    }

    assert writing == ({"deploy": ["id-token", "pages"]} if file in PAGES else {})


@every
def test_no_expression_is_pasted_into_a_command(file: Path) -> None:
    assert [step["run"] for step in steps(file) if "${{" in step.get("run", "")] == []


@every
def test_strangers_get_no_rights(file: Path) -> None:
    triggers = set(read(file)["on"])

    assert triggers.isdisjoint({"pull_request_target", "workflow_run", "issue_comment"})
    assert "secrets." not in file.read_text(encoding="utf-8")


@every
def test_a_checkout_leaves_no_key_behind(file: Path) -> None:
    checkouts = [s for s in steps(file) if s.get("uses", "").startswith("actions/checkout@")]

    assert {step["with"]["persist-credentials"] for step in checkouts} == {"false"}


@every
def test_every_job_ends(file: Path) -> None:
    minutes = [int(job["timeout-minutes"]) for job in read(file)["jobs"].values()]

    assert max(minutes) <= 30


@publishing
def test_scheduled_briefs_appear_within_a_day(file: Path) -> None:
    triggers = read(file)["on"]

    [entry] = triggers["schedule"]
    assert re.fullmatch(r"[0-5]?\d ([01]?\d|2[0-3]) \* \* \*", entry["cron"])
    assert "main" in triggers["push"]["branches"]
    assert "workflow_dispatch" in triggers


@publishing
def test_the_address_comes_from_the_pages_setup_through_the_environment(file: Path) -> None:
    setup = step_using(file, "actions/configure-pages")
    [build] = [step for step in steps(file) if "briefsite build" in step.get("run", "")]

    assert build["env"] == {"BASE_URL": f"${{{{ steps.{setup['id']}.outputs.base_url }}}}"}
    assert build["run"] == 'briefsite build --base-url "$BASE_URL"'


@publishing
def test_the_whole_output_is_uploaded_and_deployed_once(file: Path) -> None:
    upload = step_using(file, "actions/upload-pages-artifact")
    deploy = read(file)["jobs"]["deploy"]

    assert upload["with"] == {"path": "_site", "include-hidden-files": "true"}
    assert (deploy["needs"], deploy["environment"]["name"]) == ("build", "github-pages")
    assert step_using(file, "actions/deploy-pages") in deploy["steps"]
    assert read(file)["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}


def test_both_pages_workflows_differ_only_in_how_briefsite_comes() -> None:
    own, written = (read(file)["jobs"] for file in PAGES)
    for jobs in (own, written):
        [install] = [s for s in jobs["build"]["steps"] if s.get("name") == "Install briefsite"]
        install.pop("run")

    assert own == written


def test_ci_tries_every_python_that_the_package_names() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    named = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', text)

    assert read(CI)["jobs"]["test"]["strategy"]["matrix"]["python"] == named
