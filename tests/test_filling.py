"""Templates are compiled together with what they include, and nobody can tell."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefsite.errors import BriefsiteError
from briefsite.filling import Filler
from briefsite.templates import Templates

PARTIALS = {
    "own.html": "{% set x = x|default('?') ~ '!' %}{{ x }}",
    "loop.html": "{{ loop.index }}{{ item }}",
    "macro.html": "{% macro m(t) %}<{{ t }}>{% endmacro %}{{ m(x) }}",
    "words.html": "{% set words = {'by': 'By ' ~ x} %}",
    "imports.html": "{% from 'words.html' import words with context %}{{ words.by }}",
    "nested.html": "[{% include 'own.html' %}{% include 'imports.html' %}]",
    "self.html": "{% block b %}b{% endblock %}{{ self.b() }}",
    "speaks.html": "{{ self is defined }}",
    "loops.html": "{% for item in 'ab' %}{{ loop.index }}{% endfor %}",
    "tree.html": "{{ node.name }}{% for node in node.inner %}({% include 'tree.html' %})"
    "{% endfor %}",
    "base.html": "<{% block main %}{% endblock %}{% include 'own.html' %}>",
}
TREE: dict[str, Any] = {
    "name": "a",
    "inner": [{"name": "b", "inner": []}, {"name": "c", "inner": [{"name": "d", "inner": []}]}],
}
PAGES = {
    "a set stays inside": "{% set x = 'a' %}{% include 'own.html' %}{{ x }}",
    "what is given by with": "{% with x = 'w' %}{% include 'nested.html' %}{% endwith %}{{ x }}",
    "a loop's names": "{% for item in 'ab' %}{{ loop.last }}{% include 'loop.html' %}{% endfor %}",
    "a loop of its own": "{% include 'loops.html' %}",
    "a macro of its own": "{% include 'macro.html' %}{{ m is defined }}",
    "imports of its own": "{% include 'imports.html' %}{{ words is defined }}",
    "blocks of its own": "{% include 'self.html' %}",
    "its own self": "{% include 'speaks.html' %}",
    "one that includes itself": "{% include 'tree.html' %}",
    "one of several names": "{% include ['none.html', 'own.html'] %}",
    "one that may be missing": "{% include 'none.html' ignore missing %}.",
    "one without the context": "{% include 'own.html' without context %}",
    "a name known only now": "{% include name %}",
    "below a frame": "{% extends 'base.html' %}{% block main %}{% set x = 'm' %}"
    "{% include 'own.html' %}{% endblock %}",
    "what is printed is escaped": "{% set x = '<' %}{% include 'own.html' %}",
}


@pytest.fixture
def filler(tmp_path: Path) -> Filler:
    """Return what fills the templates above."""
    pages = {f"{name}.html": text for name, text in PAGES.items()}
    for name, text in (PARTIALS | pages).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Templates({"templates": tmp_path}).filler


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_the_same_whichever_way_it_is_compiled(filler: Filler, name: str) -> None:
    context = {"x": "c", "node": TREE, "name": "own.html"}

    plain = filler._plain.get_template(f"{name}.html").render(context)

    assert filler._environment.get_template(f"{name}.html").render(context) == plain
    assert filler.render(f"{name}.html", context, "a.md") == plain != ""


def test_what_only_the_place_around_it_has_is_unknown_whichever_way(tmp_path: Path) -> None:
    page = "{% for item in 'ab' %}{% include 'loop.html' %}{% endfor %}"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (tmp_path / "loop.html").write_text(PARTIALS["loop.html"], encoding="utf-8")

    with pytest.raises(BriefsiteError, match=r"loop.html:1: 'loop' is undefined"):
        Templates({"templates": tmp_path}).filler.render("page.html", {}, "a.md")


def test_a_fault_lies_where_its_author_wrote_it(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{% include 'a.html' %}", encoding="utf-8")
    (tmp_path / "a.html").write_text("\n{% include 'b.html' %}", encoding="utf-8")
    (tmp_path / "b.html").write_text("\n\n{{ x.y.z }}", encoding="utf-8")

    with pytest.raises(BriefsiteError) as caught:
        Templates({"templates": tmp_path}).filler.render("page.html", {"x": {}}, "a.md")

    [problem] = caught.value.problems
    assert (problem.where, problem.line) == ("templates/b.html", 3)


def test_what_is_stamped_is_what_pages_are_filled_with(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("one", encoding="utf-8")
    stamp = Templates({"templates": tmp_path}).digest()
    templates = Templates({"templates": tmp_path})

    templates.compile()
    page.write_text("two", encoding="utf-8")

    assert templates.filler.render("page.html", {}, "a.md") == "one"
    assert templates.digest() == stamp != Templates({"templates": tmp_path}).digest()


def test_a_template_that_is_no_utf_8_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"{% include 'a.html' %}")
    (tmp_path / "a.html").write_bytes(b"caf\xe9")
    templates = Templates({"templates": tmp_path})

    templates.compile()
    with pytest.raises(BriefsiteError) as caught:
        templates.describe("page.html")

    assert [str(p) for p in caught.value.problems] == [
        "templates/a.html: this template is not UTF-8"
    ]
    assert templates.digest() == Templates({"templates": tmp_path}).digest()


def test_templates_are_kept_compiled_for_the_same_texts_and_program(tmp_path: Path) -> None:
    folder, kept = tmp_path / "templates", tmp_path / "kept"
    folder.mkdir()
    (folder / "page.html").write_text("{% include 'a.html' %}.", encoding="utf-8")
    (folder / "a.html").write_text("one", encoding="utf-8")

    def filled(program: str = "1.0") -> str:
        filler = Templates({"templates": folder}, {}, (kept, program)).filler
        return filler.render("page.html", {}, "a.md")

    assert filled() == "one."
    [file] = kept.iterdir()
    whole, written = file.read_bytes(), file.stat().st_mtime_ns
    assert (filled(), file.stat().st_mtime_ns) == ("one.", written)
    (folder / "a.html").write_text("two", encoding="utf-8")
    assert (filled(), [*kept.iterdir()]) == ("two.", [file])
    assert file.read_bytes() != whole
    whole = file.read_bytes()
    assert (filled("1.1"), file.read_bytes() == whole) == ("two.", False)


@pytest.mark.parametrize(
    "damage", [lambda _: b"", lambda data: data[:-9], lambda data: data[:99] + b"x" + data[100:]]
)
def test_damaged_code_is_as_good_as_none(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    (tmp_path / "page.html").write_text("{{ x }}", encoding="utf-8")
    kept = tmp_path / "kept"

    def filled() -> str:
        filler = Templates({"templates": tmp_path}, {}, (kept, "1.0")).filler
        return filler.render("page.html", {"x": 1}, "a.md")

    assert filled() == "1"
    [file] = kept.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert (filled(), file.read_bytes()) == ("1", whole)


def test_where_nothing_can_be_kept_pages_are_filled_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{{ x }}", encoding="utf-8")
    (tmp_path / "kept").write_text("a file", encoding="utf-8")

    filler = Templates({"templates": tmp_path}, {}, (tmp_path / "kept", "1.0")).filler

    assert filler.render("page.html", {"x": 1}, "a.md") == "1"
