"""`briefsite init` and `briefsite new`: what they write, and what they leave alone."""

import re
import tempfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import project_of, tree
from hypothesis import example, given
from hypothesis import strategies as st

from briefsite import scaffold
from briefsite.builder import Job, build
from briefsite.errors import BriefsiteError
from briefsite.scaffold import init, new

TODAY = date(2026, 6, 1)
MOMENT = datetime(2026, 6, 1, 0, 30, 15, tzinfo=timezone(timedelta(hours=5, minutes=30)))
FILES = [
    ".github/workflows/pages.yml",
    ".gitignore",
    ".vscode/extensions.json",
    ".vscode/front-matter.code-snippets",
    ".vscode/site.schema.json",
    "README.md",
    "content/about.md",
    "content/briefs/2026-05-24-from-file-to-page.md",
    "content/briefs/2026-05-31-what-a-brief-is-for.md",
    "site.yaml",
]
LINE = re.compile("[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]{1,500}")

titles = st.from_regex(LINE, fullmatch=True).filter(str.strip)
broken = st.sampled_from(["\n", "\r", "\0", "\x1b", "\x85", "\u2028", "\ud800", "\uffff"])


def front_matter(file: Path) -> dict[str, Any]:
    """Return the facts at the head of a file, as any reader of YAML sees them."""
    head = file.read_text(encoding="utf-8").split("---\n")[1]
    facts: dict[str, Any] = yaml.safe_load(head)
    return facts


def site(root: Path, title: str | None = None) -> Path:
    """Begin a site and return its folder."""
    init(root, title=title, today=TODAY)
    return root


def test_init_writes_the_whole_tree_and_names_it(tmp_path: Path) -> None:
    made = init(tmp_path / "a" / "site", title=None, today=TODAY)

    assert list(tree(tmp_path / "a" / "site")) == FILES
    assert made == [tmp_path / "a" / "site" / name for name in FILES]


def test_init_leaves_no_placeholder(tmp_path: Path) -> None:
    left = [name for name, data in tree(site(tmp_path)).items() if re.search(rb"@[A-Z]+@", data)]

    assert left == []


def test_what_init_writes_is_what_the_package_holds(tmp_path: Path) -> None:
    stored = tree(Path(scaffold.__file__).with_name("scaffold"))

    assert len(tree(site(tmp_path))) == len(stored) + len(scaffold.EDITOR)
    assert (tmp_path / "content/about.md").read_bytes() == stored["content/about.md"]


@pytest.mark.parametrize(
    ("given", "title"), [(None, "Policy Briefs"), (" A: @NEWER@ ", "A: @NEWER@")]
)
def test_init_names_the_site(tmp_path: Path, given: str | None, title: str) -> None:
    config = yaml.safe_load((site(tmp_path, given) / "site.yaml").read_text(encoding="utf-8"))

    assert config["title"] == title


def test_a_new_site_builds_without_a_warning(tmp_path: Path) -> None:
    report = build(project_of(site(tmp_path)), Job(jobs=1, strict=True))

    assert (report.problems, report.left_out) == ((), ())
    pages = [name for name in tree(tmp_path / "_site") if name.endswith(".html")]
    assert {"404.html", "about/index.html", "index.html"} < set(pages)
    assert len(pages) == 12


def test_a_new_draft_builds_when_drafts_are_asked_for(tmp_path: Path) -> None:
    new(site(tmp_path) / "content", "Rent: what next?", moment=MOMENT)

    hidden, shown = (
        build(project_of(tmp_path, drafts=drafts), Job(jobs=1, strict=drafts))
        for drafts in (False, True)
    )

    assert [item.source for item in hidden.left_out] == [
        "content/briefs/2026-06-01-rent-what-next.md"
    ]
    assert (shown.left_out, shown.pages) == ((), hidden.pages + 1)


def test_a_folder_that_holds_only_git_is_a_place_for_a_site(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref")

    assert tree(site(tmp_path)).keys() == {*FILES, ".git/HEAD"}


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["b.txt"], "b.txt"),
        ([".hidden", ".git", "a.md", "site.yaml"], ".hidden, a.md, site.yaml"),
        (["d", "c", "b", "a"], "a, b, c ..."),
    ],
)
def test_init_refuses_an_occupied_folder_and_says_what_is_there(
    tmp_path: Path, names: list[str], shown: str
) -> None:
    for name in names:
        (tmp_path / name).write_text("mine")

    with pytest.raises(BriefsiteError) as raised:
        site(tmp_path)

    text = f"the folder {tmp_path} is not empty: {shown} (name a new or an empty one)"
    assert str(raised.value) == text
    assert tree(tmp_path) == dict.fromkeys(sorted(names), b"mine")


def test_init_refuses_a_file(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")

    with pytest.raises(BriefsiteError, match="no site can be made at"):
        site(tmp_path / "site")

    assert tree(tmp_path) == {"site": b"mine"}


@given(titles)
@example("Housing: the next step # 1")
@example("- \"quoted\" \\ 'and' {braces} %s {title} @NEWER@")
@example("@DATE@ and @TITLE@")
@example("[a]: &b *c !d |")
@example("2026-01-01")
@example("null")
@example("---")
@example("「海」")
@example("🙂")
@example("\ufeffa")
@example("very " * 99 + "long")
@example("é" * 500)
def test_new_writes_front_matter_that_says_what_was_meant(title: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = new(Path(folder), title, moment=MOMENT)

        assert front_matter(file) == {
            "layout": "post",
            "title": title.strip(),
            "description": None,
            "author": None,
            "date": MOMENT,
            "topics": [],
            "draft": True,
        }
        assert file.parent == Path(folder) / "briefs"
        assert len(file.name.encode()) <= 255


@given(st.builds("{}{}{}".format, st.just("a"), broken, st.just("b")))
def test_a_title_of_more_than_one_line_or_with_control_characters_is_refused(title: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with pytest.raises(BriefsiteError, match="line break or a control character"):
            new(Path(folder), title, moment=MOMENT)

        assert tree(Path(folder)) == {}


@pytest.mark.parametrize(
    ("title", "message"), [(" \t ", "the title is empty"), ("a" * 501, "more than 500 characters")]
)
def test_a_title_that_cannot_head_a_page_is_refused(
    tmp_path: Path, title: str, message: str
) -> None:
    with pytest.raises(BriefsiteError, match=message):
        new(tmp_path, title, moment=MOMENT)
    with pytest.raises(BriefsiteError, match=message):
        site(tmp_path / "site", title)

    assert tree(tmp_path) == {}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Rent: what next?", "rent-what-next"),
        ("../../etc/passwd", "etc-passwd"),
        ("???", "brief"),
        ("word " * 60, "-".join(["word"] * 30)),
        ("é" * 100, "é" * 75),
    ],
)
def test_the_file_is_named_after_day_and_title(tmp_path: Path, title: str, name: str) -> None:
    file = new(tmp_path, title, moment=MOMENT, folder="notes")

    assert file == tmp_path / "notes" / f"2026-06-01-{name}.md"
    assert list(tree(tmp_path)) == [f"notes/2026-06-01-{name}.md"]


def test_new_refuses_a_file_that_exists(tmp_path: Path) -> None:
    new(tmp_path / "content", "Rent", moment=MOMENT).write_text("mine")

    with pytest.raises(BriefsiteError) as raised:
        new(tmp_path / "content", "Rent!", moment=MOMENT)

    [problem] = raised.value.problems
    assert (problem.where, problem.message) == (
        "content/briefs/2026-06-01-rent.md",
        "there is such a file already",
    )
    assert tree(tmp_path) == {"content/briefs/2026-06-01-rent.md": b"mine"}


def test_new_writes_nothing_outside_the_content(tmp_path: Path) -> None:
    with pytest.raises(BriefsiteError, match="lies outside"):
        new(tmp_path / "content", "Rent", moment=MOMENT, folder="../elsewhere")

    assert tree(tmp_path) == {}


def test_a_place_that_cannot_be_written_is_a_problem_of_the_author(tmp_path: Path) -> None:
    (tmp_path / "briefs").write_text("a file")

    with pytest.raises(BriefsiteError):
        new(tmp_path, "Rent", moment=datetime(2026, 6, 1, tzinfo=UTC))

    assert tree(tmp_path) == {"briefs": b"a file"}
