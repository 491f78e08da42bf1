"""The benchmark measures what it says: a fixed archive like the real one, and every scenario."""

import re
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, tree

BENCHMARKS = ROOT / "benchmarks"
SCENARIOS = [
    "cold build",
    "one body edited",
    "one title edited",
    "one template edited",
    "nothing changed",
]


def run(script: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a script of the benchmark in a process of its own."""
    command = [sys.executable, "-B", str(BENCHMARKS / script), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def generate(folder: Path, *words: str) -> dict[str, str]:
    """Return the posts of a generated archive by file name."""
    done = run("corpus.py", str(folder), *words)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return {name: content.decode() for name, content in tree(folder).items()}


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the texts of 200 posts below their front matter."""
    posts = generate(tmp_path_factory.mktemp("archive"), "--posts", "200")
    return [text.split("\n---\n", 1)[1] for text in posts.values()]


@pytest.fixture(scope="module")
def blocks(bodies: list[str]) -> list[str]:
    """Return what stands between blank lines in all of them."""
    return [block.strip() for body in bodies for block in body.split("\n\n")]


@pytest.fixture(scope="module")
def paragraphs(blocks: list[str]) -> list[str]:
    """Return the blocks that are paragraphs of text."""
    return [block for block in blocks if not re.match(r"#|- |\d+\. |>|!\[|\||<|---", block)]


def share(pattern: str, texts: list[str]) -> float:
    """Return the share of texts in which a pattern is found."""
    return sum(bool(re.search(pattern, text, re.MULTILINE)) for text in texts) / len(texts)


def test_the_same_seed_gives_the_same_archive_and_another_seed_another(tmp_path: Path) -> None:
    first, again, other = (
        generate(tmp_path / name, "--posts", "5", "--seed", seed)
        for name, seed in (("first", "7"), ("again", "7"), ("other", "8"))
    )

    assert first == again
    assert set(first.values()).isdisjoint(other.values())


def test_a_small_archive_is_the_newest_part_of_a_large_one(tmp_path: Path) -> None:
    small = generate(tmp_path / "small", "--posts", "3")
    large = generate(tmp_path / "large", "--posts", "5")

    assert dict(sorted(large.items())[-3:]) == small


def test_posts_are_as_long_as_those_of_the_real_archive(bodies: list[str]) -> None:
    words = sorted(len(body.split()) for body in bodies)

    assert 2000 < statistics.median(words) < 3000
    assert 800 < words[len(words) // 10] < 1300
    assert 5500 < words[len(words) * 9 // 10] < 9000


def test_paragraphs_are_long_and_stand_on_one_line(paragraphs: list[str]) -> None:
    words = sorted(len(paragraph.split()) for paragraph in paragraphs)

    assert 60 < statistics.median(words) < 90
    assert words[len(words) // 10] < 30
    assert words[len(words) * 9 // 10] > 140
    assert share(r"\n", paragraphs) == 0


@pytest.mark.parametrize(
    ("pattern", "low", "high"),
    [
        ("^#", 0.10, 0.15),
        (r"^(- |\d+\. )", 0.07, 0.15),
        (r"^!\[", 0.02, 0.06),
        ("^>", 0.01, 0.04),
        (r"^\|", 0, 0.002),
    ],
    ids=["headings", "items of lists", "images", "quotations", "tables"],
)
def test_blocks_are_mixed_as_in_the_real_archive(
    blocks: list[str], pattern: str, low: float, high: float
) -> None:
    assert low <= share(rf"\A{pattern}", blocks) <= high


@pytest.mark.parametrize(
    ("pattern", "low", "high"),
    [
        (r"(?<!\w)_[^_]", 0.03, 0.09),
        ("__", 0.06, 0.13),
        (r"\[[^\]]+\]\(", 0.007, 0.03),
        ("`", 0.01, 0.03),
        ("’", 0.4, 0.6),
        ("“", 0.17, 0.28),
        ("–", 0.15, 0.26),
        (r"[^\x00-\x7f]", 0.55, 0.75),
        (r"[_*\[\]`<>&\\!]", 0.15, 0.27),
    ],
    ids=["italic", "bold", "link", "code", "apostrophe", "quote", "dash", "not ASCII", "any mark"],
)
def test_paragraphs_hold_as_few_marks_as_in_the_real_archive(
    paragraphs: list[str], pattern: str, low: float, high: float
) -> None:
    assert low <= share(pattern, paragraphs) <= high


def test_the_table_has_every_scenario() -> None:
    done = run("bench.py", "--sizes", "12", "--runs", "1")

    rows = re.findall(r"^\| 12 \| ([\w ]+) \| \d+\.\d\d \| \d+ \|$", done.stdout, re.MULTILINE)
    assert (done.returncode, done.stderr) == (0, "")
    assert rows == SCENARIOS


def test_a_build_that_is_not_right_is_no_number() -> None:
    nothing = shutil.which("true")
    assert nothing

    done = run("bench.py", "--sizes", "1", "--runs", "1", "--hugo", nothing)

    assert (done.returncode, done.stderr) == (1, "Hugo, 1 posts, cold build: 0 pages\n")
