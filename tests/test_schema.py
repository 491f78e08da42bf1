"""`briefsite schema`: editors accept what a build accepts, and refuse what it refuses."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import CONFIG, ROOT, MakeSite
from jsonschema import Draft202012Validator
from test_cli import run

from briefsite import scaffold
from briefsite.config import Config
from briefsite.fields import FrontMatter
from briefsite.front_matter import Yaml, load, split
from briefsite.schema import Reader, json_schema, settings

ROWS = [Config, FrontMatter]
VALUES: list[Any] = [
    None,
    True,
    3,
    -1,
    1.5,
    "",
    "x",
    "raw",
    "site",
    "none",
    [],
    ["a", 2, None],
    [["a"]],
    {},
]
VALUES += [{"title": "x"}, [{"title": "x", "url": "/"}, None], {"a": {"b": 1}}, {"limit": None}]
VALUES += [{"limit": 501}, {"a": {"folder": 1}}, {"a": None}, {"name": ["a"]}, [{"values": {}}]]


def validator(what: str, cwd: Path) -> Draft202012Validator:
    """Return what judges by the schema that the command prints."""
    return Draft202012Validator(json.loads(run("schema", what, cwd=cwd).stdout))


@pytest.mark.parametrize("what", ["site", "front-matter"])
def test_a_schema_is_valid_by_its_own_standard(tmp_path: Path, what: str) -> None:
    file = tmp_path / "schema.json"
    file.write_text(run("schema", what, cwd=tmp_path).stdout, encoding="utf-8")

    command = [sys.executable, "-m", "check_jsonschema", "--check-metaschema", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "ok -- validation done\n")


@pytest.mark.parametrize("kind", ROWS, ids=["site", "front matter"])
def test_the_schema_and_the_reader_judge_every_key_alike(kind: type) -> None:
    schema = Draft202012Validator(json_schema(kind))
    keys = {item.name.partition(".")[0].removesuffix("[]") for item in settings(kind)}

    def accepted(values: dict[str, Any]) -> bool:
        reader = Reader(Yaml("a.yaml", values))
        reader.read(kind, values)
        return not reader.problems

    for key in sorted(keys | {"unknown"}):
        for value in ("", "x", "en") if key == "lang" else VALUES:
            values = {"title": "T"} | {key: value}
            assert schema.is_valid(values) == accepted(values), values


def test_what_this_repository_and_a_new_site_hold_is_valid(tmp_path: Path) -> None:
    site, brief = validator("site", ROOT), validator("front-matter", ROOT)
    scaffold.init(tmp_path / "new", title="New", today=date(2026, 1, 1))
    files = [*(ROOT / "content").rglob("*.md"), *(tmp_path / "new/content").rglob("*.md")]
    files.append(ROOT / "src/briefsite/new-brief.md")

    for file in (ROOT / "site.yaml", tmp_path / "new/site.yaml"):
        values = load(file.read_text(encoding="utf-8"), file.name).values
        assert [error.message for error in site.iter_errors(values)] == []
    for file in files:
        block, _, _ = split(file.read_text(encoding="utf-8").replace("@", "'"), file.name)
        values = load(block or "", file.name).values
        assert [error.message for error in brief.iter_errors(values)] == []
    assert len(files) > 10


def test_every_key_is_described_and_an_unknown_one_refused(tmp_path: Path) -> None:
    for what in ("site", "front-matter"):
        schema = json.loads(run("schema", what, cwd=tmp_path).stdout)
        for shape in schema["$defs"].values():
            bare = [
                key
                for key, item in shape["properties"].items()
                if "description" not in item and "$defs" not in json.dumps(item)
            ]
            assert bare == []
            assert shape["description"]
            assert shape["additionalProperties"] is False


def test_the_keys_of_a_sites_own_templates_are_known(make_site: MakeSite) -> None:
    site = make_site({"site.yaml": CONFIG + "front_matter: [position]\n"})

    assert validator("front-matter", site.root).is_valid({"position": ["any", {"thing": 1}]})
    assert not validator("front-matter", site.root.parent).is_valid({"position": "left"})


def test_a_new_site_names_the_schema_that_its_editor_checks_it_by(tmp_path: Path) -> None:
    scaffold.init(tmp_path / "new", title="New", today=date(2026, 1, 1))
    text = (tmp_path / "new/site.yaml").read_text(encoding="utf-8")

    named = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    schema = Draft202012Validator(json.loads((tmp_path / "new" / named).read_text("utf-8")))

    assert schema.is_valid(load(text, "site.yaml").values)
    assert not schema.is_valid({"title": "New", "titel": "New"})
    assert schema.schema == json.loads(json.dumps(json_schema(Config)))


def test_an_editor_offers_every_key_of_front_matter_once_with_its_description(
    make_site: MakeSite,
) -> None:
    site = make_site({"site.yaml": CONFIG + "front_matter: [position]\n"})
    snippets = json.loads(run("schema", "snippets", cwd=site.root).stdout)

    assert set(snippets) == {*FrontMatter.__struct_fields__, "position"}
    assert [key for key, item in snippets.items() if not item["description"]] == ["position"]
    assert snippets["draft"] == {
        "scope": "markdown",
        "prefix": "draft",
        "body": "draft: ${1|true,false|}",
        "description": "`true` while it is being written: not on the site.",
    }
    assert snippets["topics"]["body"] == "topics: $1"
