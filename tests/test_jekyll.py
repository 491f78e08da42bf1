"""What Jekyll makes of small sites (tests/jekyll/sites, recorded by tests/jekyll/record.py), and
what we make of them: the same, but for the departures that tests/jekyll/departures.yaml names."""

import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser
import pytest
import yaml
from conftest import ROOT, project_of, write
from lxml import html

from briefsite.assembler import Site
from briefsite.builder import Job, Plan, build, plan_of
from briefsite.config import Project
from briefsite.data import read_data
from briefsite.errors import BriefsiteError
from briefsite.importer import import_jekyll
from briefsite.model import Brief
from briefsite.outputs.output import Desk
from briefsite.renderer import Renderer, site_templates

JEKYLL = ROOT / "tests/jekyll"
sys.path.insert(0, str(JEKYLL))

from record import SITES, config_of, variants  # noqa: E402  # beside the fixtures, not a package

RULES = (
    [f"F{n}" for n in range(1, 10)]
    + [f"M{n}" for n in range(1, 10)]
    + [f"D{n}" for n in range(1, 8)]
    + [f"P{n}" for n in range(1, 7)]
    + [f"E{n}" for n in range(1, 11)]
    + [f"U{n}" for n in range(1, 12)]
    + ["S1", "S2", "U1b", "M7b"]
    + [f"T{n}" for n in range(1, 6)]
    + [f"B{n}" for n in range(1, 5)]
    + [f"R{n}" for n in range(1, 7)]
    + [f"A{n}" for n in range(1, 8)]
)
CASES = [(site.name, *variant) for site in sorted(SITES.iterdir()) for variant in variants(site)]
DEPARTURES = yaml.safe_load((JEKYLL / "departures.yaml").read_text(encoding="utf-8"))
Difference = tuple[str, str, Any, Any]


@pytest.fixture(params=CASES, ids=["-".join(case[:2]) for case in CASES])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, dict[str, Any], Project]:
    """Return a fixture's name, what Jekyll made of it, and the site that we import from it."""
    name, variant, line = request.param
    source, dest = tmp_path / "old", tmp_path / "new"
    shutil.copytree(SITES / name, source, ignore=shutil.ignore_patterns("expected*"))
    (source / "_config.yml").write_text(config_of(SITES / name, line), encoding="utf-8")
    import_jekyll(source, dest)
    recorded = json.loads((SITES / name / f"{variant}.json").read_text(encoding="utf-8"))
    return f"{name}-{variant}", recorded, project_of(dest)


def text(markup: str | None) -> str:
    """Return what a reader sees of HTML."""
    found = html.fromstring(f"<div>{markup or ''}</div>").text_content()
    return " ".join(found.replace("\ufe0e", "").replace("↩", "").split())


def ours(project: Project, plan: Plan) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (path, facts) of each public document."""
    desk = Desk(project, site_templates(project), plan.site, plan.shared)
    renderer = Renderer(project, plan.shared, plan.templates)
    for brief in (*plan.site.documents, *(b for b in plan.library.briefs if not b.has_page)):
        date = brief.published and brief.published.astimezone(project.zone).isoformat()
        excerpt = renderer.excerpt(desk.entry(brief), "/") if brief.collection else ""
        yield (
            brief.source.removeprefix("content/"),
            {
                "url": brief.url,
                "file": brief.output,
                "title": brief.title,
                "date": date,
                "categories": list(brief.categories),
                "tags": [str(tag) for tag in brief.tags],
                "excerpt": text(brief.excerpt if brief.excerpt_is_text else excerpt),
                "text": text(renderer.article(desk.entry(brief), "/").html),
                "author": brief.fields.get("author"),
                "nested": brief.fields.get("nested"),
            },
        )


def theirs(recorded: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (path, facts) of each of Jekyll's documents and pages."""
    for item in recorded["documents"]:
        facts = {key: item[key] for key in ("url", "file", "title", "author", "nested")}
        date = item["date"] and re.sub("Z$", "+00:00", item["date"])
        yield (
            item["path"],
            facts
            | {
                "date": date,
                "categories": item["categories"],
                "tags": [str(tag) for tag in item["tags"]],
                "excerpt": text(item["excerpt"]),
                "text": text(item["html"]),
            },
        )
    for item in recorded["pages"]:
        facts = {"url": item["url"], "author": item["author"], "text": text(item["html"])}
        yield item["path"], facts


def differences(recorded: dict[str, Any], project: Project, plan: Plan) -> Iterator[Difference]:
    """Yield (path, what, Jekyll's, ours) wherever the two are not the same."""
    mine, jekylls = dict(ours(project, plan)), dict(theirs(recorded))
    for path in sorted(set(mine) | set(jekylls)):
        if path not in mine or path not in jekylls:
            yield path, "public", path in jekylls, path in mine
            continue
        for key, value in jekylls[path].items():
            if mine[path][key] != value:
                yield path, key, value, mine[path][key]
    posts = [name(b) for b in plan.site.of("posts")]
    if posts != recorded["posts"]:
        yield "posts", "order", recorded["posts"], posts
    for label, paths in recorded["collections"].items():
        if label != "posts":
            row = [name(brief) for brief in plan.site.groups.get(label, ())]
            if row != paths:
                yield label, "order", paths, row
    data, _ = read_data(project, plan.library.data_files)
    if data != recorded["data"]:
        yield "_data", "data", recorded["data"], data


def name(brief: Brief) -> str:
    """Return a document's path as Jekyll has it."""
    return brief.source.removeprefix("content/")


def test_documents_are_what_jekyll_makes_of_them(
    case: tuple[str, dict[str, Any], Project],
) -> None:
    """jekyll.md F1 to F8, M1 to M4, M6 to M9, D1 to D7, P1, P2, P4, P5, E1 to E10, U1, U1b, U2 to
    U9, T1 to T5, and B4's absence from addresses."""
    label, recorded, project = case
    found = [list(item) for item in differences(recorded, project, plan_of(project))]
    named = [
        [item["path"], item["what"], item["jekyll"], item["ours"]]
        for item in DEPARTURES
        if item["case"] == label and item["what"] not in ("lost", "entry")
    ]
    assert found == named


def test_every_file_of_jekylls_site_is_answered(
    case: tuple[str, dict[str, Any], Project],
) -> None:
    """jekyll.md U9, U10, R1 to R5, A1 to A4: files, redirects, feeds and the ids in them."""
    label, recorded, project = case
    build(project, Job(jobs=1))
    output = project.output
    files = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    here = [item for item in DEPARTURES if item["case"] == label]
    named = {item["path"] for item in here if item["what"] == "lost"}
    absent = [item["path"] for item in here if item["what"] == "entry"]

    assert set(recorded["files"]) - files == named
    if recorded["redirects"]:
        mine = json.loads((output / "redirects.json").read_text(encoding="utf-8"))
        assert {**recorded["redirects"], **mine} == mine
    for path, feed in recorded["feeds"].items():
        old = feedparser.parse(feed).entries
        new = {entry.id: entry for entry in feedparser.parse((output / path).read_bytes()).entries}
        assert {entry.id for entry in old if entry.id not in new} <= set(absent)
        old = [entry for entry in old if entry.id not in absent]
        assert [new[entry.id].title for entry in old] == [entry.title for entry in old]
        assert [new[e.id].published_parsed for e in old] == [e.published_parsed for e in old]


POST = b"---\ntitle: A\n---\nText.\n"


@pytest.mark.parametrize(
    ("rule", "files", "message"),
    [
        ("F9", {"_posts/2024-01-01-a.md": b"---\ntitle: A\n---\n\xff\n"}, "byte 18 is not UTF-8"),
        ("F3", {"_posts/2024-01-01-.md": POST}, "the file name leaves no word for the address"),
        ("M5", {"_posts/2024-01-01-a.md": b"---\ntitle: a: b\n---\n"}, "needs quotes"),
        ("M6", {"_posts/2024-01-01-a.md": b"---\ndate: notadate\n---\n"}, "date: 'notadate'"),
        ("D3", {"_posts/2024-01-01-a.md": b"---\ndate: 2024-02-30\n---\n"}, "impossible"),
        ("D3", {"_posts/2024-01-01-a.md": b"---\ndate: 3/2/2024\n---\n"}, "ambiguous"),
        (
            "U11",
            {"a.md": b"---\npermalink: /x/\n---\n", "b.md": b"---\npermalink: /X/\n---\n"},
            "index.html is also made from content/",
        ),
        (
            "U7",
            {"a.md": b"---\npermalink: /:nothing/\n---\n"},
            "':nothing' is no placeholder",
        ),
    ],
)
def test_what_jekyll_garbles_is_refused_by_file_and_line(
    tmp_path: Path, rule: str, files: dict[str, bytes], message: str
) -> None:
    """jekyll.md F3, F9, M5, M6, D3, U7, U11, Advice: never published without data or elsewhere."""
    write(tmp_path / "old", {"_config.yml": b"title: Old\nurl: https://x.org\n", **files})
    report = import_jekyll(tmp_path / "old", tmp_path / "new")

    assert report.hands, rule
    with pytest.raises(BriefsiteError) as caught:
        build(project_of(tmp_path / "new"), Job(jobs=1))
    assert message in "\n".join(str(problem) for problem in caught.value.problems)


def test_addresses_feeds_and_authors_stand_under_the_base_path(tmp_path: Path) -> None:
    """jekyll.md B1 to B4, A5 to A7: links in pages and feeds work, all authors are named, the feed
    is advertised."""
    post = b"---\ntitle: A\nauthors: [Ann, Bo]\n---\n[r](/about/) ![i](/img/a.png) [s](b.html)\n"
    config = b"title: Old\nurl: https://x.org\nbaseurl: /p\nplugins: [jekyll-feed]\n"
    write(tmp_path / "old", {"_config.yml": config, "_posts/2024-01-01-a.md": post})
    import_jekyll(tmp_path / "old", tmp_path / "new")
    project = project_of(tmp_path / "new")
    build(project, Job(jobs=1))

    page = html.fromstring((project.output / "2024/01/01/a.html").read_bytes())
    assert page.xpath("//*[@class='prose']//@href | //*[@class='prose']//@src") == [
        "../../../about/",
        "../../../img/a.png",
        "../../../2024/01/01/b.html",
    ]
    assert page.xpath("//link[@type='application/rss+xml']/@href") == ["../../../feed.xml"]
    [entry] = feedparser.parse((project.output / "feed.xml").read_bytes()).entries
    assert entry.id == "https://x.org/p/2024/01/01/a"
    assert [author.name for author in entry.authors] == ["Ann", "Bo"]
    content = html.fromstring(entry.content[0].value)
    assert content.xpath("//@href | //@src") == [
        "https://x.org/p/about/",
        "https://x.org/p/img/a.png",
        "https://x.org/p/2024/01/01/b.html",
    ]


def test_every_departure_names_its_rule() -> None:
    assert [item for item in DEPARTURES if not item.get("rule") or not item.get("why")] == []


def test_every_rule_of_jekyll_has_a_test_that_names_it() -> None:
    """Ranges such as `F1 to F8` name every rule in them."""
    named: set[str] = set()
    for file in (ROOT / "tests").glob("test_*.py"):
        said = file.read_text(encoding="utf-8") if file != Path(__file__) else _docstrings()
        for letter, first, last in re.findall(r"\b([A-Z])(\d+) to [A-Z]?\s*(\d+)\b", said):
            named |= {f"{letter}{n}" for n in range(int(first), int(last) + 1)}
        named |= set(re.findall(r"\b[A-Z]\d+b?\b", said))
    named |= {item["rule"] for item in DEPARTURES}

    assert [rule for rule in RULES if rule not in named] == []


def _docstrings() -> str:
    functions = (value for value in globals().values() if callable(value))
    return " ".join(str(function.__doc__) for function in functions)


def test_site_is_complete_before_anything_is_made(
    case: tuple[str, dict[str, Any], Project],
) -> None:
    """jekyll.md P2: what is not in the documents is in no list either."""
    _, _, project = case
    site: Site = plan_of(project).site
    public = {brief.source for brief in site.documents}
    assert {brief.source for brief in site.briefs} <= public
