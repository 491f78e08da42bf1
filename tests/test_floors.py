"""A module may import only modules on floors below its own (docs/architecture.md)."""

import ast
from pathlib import Path

import pytest

import briefsite

PACKAGE = Path(briefsite.__file__).parent
FLOORS = [
    {"values"},
    {"errors", "slugs", "identifiers", "languages", "licenses", "colors"},
    {"titles", "pictures"},
    {"model", "urls", "dates", "schema", "pools"},
    {"digest", "front_matter", "prose", "trees", "sections"},
    {"filling"},
    {"templates", "manifest", "config"},
    {"editorial", "site_yaml"},
    {"fields", "sieve"},
    {"loader", "gate", "people", "spots"},
    {"documents"},
    {"library"},
    {"channels", "citations", "data", "places", "translations"},
    {"pdfs", "published"},
    {"hubs"},
    {"related", "ways"},
    {"assembler"},
    {"ledger", "renderer"},
    {"outputs"},
    {"makers", "explain"},
    {"destination"},
    {"builder", "editors"},
    {"checks", "compare", "importer", "preview", "scaffold", "status", "themes"},
    {"cli"},
    {"__main__"},
]
DOORS = {
    "msgspec": {"schema", "values"},
    "yaml": {"front_matter"},
    "frontmatter": {"front_matter"},
    "markdown_it": {"prose"},
    "mdit_py_plugins": {"prose"},
    "nh3": {"prose"},
    "latex2mathml": {"prose"},
    "selectolax": {"trees"},
    "jinja2": {"filling"},
    "click": {"cli"},
    "livereload": {"preview"},
    "tornado": {"preview"},
    "watchfiles": {"preview"},
}
FLOOR_OF = {name: number for number, names in enumerate(FLOORS) for name in names}
FILES = sorted(PACKAGE.rglob("*.py"))


def module_of(file: Path) -> str:
    """Return the name by which a file has its floor."""
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(file: Path) -> set[str]:
    """Return every module that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "briefsite":
            found |= {f"briefsite.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_every_module_has_a_floor() -> None:
    names = {module_of(file) for file in FILES} - {"__init__", "scaffold"}

    assert names == set(FLOOR_OF) - {"scaffold"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_imports_point_down(file: Path) -> None:
    own = module_of(file)
    used = {name.split(".")[1] for name in imports(file) if name.startswith("briefsite.")}
    above = {
        name for name in used - {own, "__version__"} if FLOOR_OF[name] >= FLOOR_OF.get(own, -1)
    }

    assert above == set()


@pytest.mark.parametrize(("library", "doors"), DOORS.items(), ids=list(DOORS))
def test_a_library_has_one_door(library: str, doors: set[str]) -> None:
    users = {
        module_of(file)
        for file in FILES
        if library in {name.split(".")[0] for name in imports(file)}
    }

    assert users == doors
