"""Laws of building, tested with real files and random edits."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from conftest import BRIEF, CONFIG, SiteFolder, tree
from hypothesis import given, settings
from hypothesis import strategies as st

from briefsite.builder import Job
from briefsite.errors import BriefsiteError

NAMES = ["2026-01-15-air", "2026-02-01-sea", "2026-03-01-land", "about"]
BODIES = [
    "One.\n",
    "_Two._\n\n<!--more-->\n\n## Head\n\n[other](2026-01-15-air.md) ![p](pic.svg)\n",
    "Three[^a].\n\n[^a]: Note.\n",
]

briefs = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(["Clean air", "Sea & sand", "「海」"]),
    st.sampled_from(BODIES),
    st.sampled_from(
        [
            "",
            "draft: true\n",
            "published: false\n",
            "date: 2027-01-01\n",
            "unlisted: true\n",
            "featured: true\ntopics: Sea\n",
            "tags: [a, b]\n",
            "topics: [Sea, Air]\nauthor: Ann Lee\n",
            "topics: [sea]\nauthors: [ann, Bo Kim]\n",
            "series: S\npart: 1\n",
            "series: S\npart: 2\nregions: [Air]\n",
            "updates: [{date: 2026-04-01, type: correction, text: '[x](2026-01-15-air.md)'}]\n",
            "updates: [{date: 2026-04-01, type: retraction, text: Wrong.}]\n",
            "translations: {de: 2026-02-01-sea.md}\n",
            "lang: de\ntranslation_of: 2026-01-15-air.md\n",
            "embargo: 2026-07-01\n",
            "license: CC0-1.0\nkey_points: [One, '![p](pic.svg)']\ndisclosure: None.\n",
            "lang: zh-Hant\nupdated: 2026-04-01\n",
            "authors: [Ann Lee, {name: Bo Kim, role: translator}]\nfeed_id: x\n",
        ]
    ),
).map(lambda b: (f"content/{b[0]}.md", f"---\ntitle: {b[1]}\n{b[3]}---\n{b[2]}"))
others = st.sampled_from(
    [
        ("site.yaml", CONFIG),
        ("site.yaml", CONFIG + "paginate: 1\n"),
        ("site.yaml", CONFIG + "description: New\n"),
        ("site.yaml", CONFIG + "taxonomies: {topics: {terms: [Sea], feed: true}, tags: {}}\n"),
        ("site.yaml", CONFIG + "outputs: {authors: false, related: false, archive: false}\n"),
        ("content/_data/authors.yml", "ann: {name: Ann Lee, bio: One.}"),
        ("content/_data/authors.yml", "ann: {name: Ann Lee, orcid: 0000-0002-1825-0097}"),
        ("content/_data/authors.yml", None),
        ("content/topics/sea.md", "---\nlayout: index\n---\nAbout.\n"),
        ("content/topics/sea.md", None),
        ("site.yaml", CONFIG + "home: [{featured: 1}, {topic: sea, count: 1}]\npaginate: 1\n"),
        ("site.yaml", CONFIG + "home: [{collection: briefs, count: 1}, {latest: 1}]\n"),
        ("content/index.md", "We write [of air](2026-01-15-air.md).\n"),
        ("content/index.md", None),
        ("site.yaml", CONFIG + "license: CC-BY-4.0\nlang: de\nscholar: []\n"),
        ("site.yaml", CONFIG + "feed: {limit: 1, formats: [json, atom]}\nrobots: closed\n"),
        ("site.yaml", CONFIG + "feed: {limit: 1, content: excerpt}\noutputs: {llms: false}\n"),
        ("site.yaml", CONFIG + "outputs: {markdown: false, index_json: false}\n"),
        ("site.yaml", CONFIG + "outputs: {citations: false, feeds_page: false}\n"),
        ("content/pic.svg", "<svg/>"),
        ("content/pic.svg", "<svg></svg>"),
        ("content/pic.svg", None),
        ("static/a.txt", "one"),
        ("static/a.txt", "two"),
        ("static/a.txt", None),
        ("static/assets/site.css", "b{}"),
        ("templates/post.html", "{{ page.title }} {{ article.html }}"),
        ("templates/post.html", None),
        (
            "templates/page.html",
            "{% for b in site.briefs %}{{ b.title }} {{ b.excerpt }}{% endfor %}",
        ),
        ("templates/partials/footer.html", "{{ site.briefs|length }}"),
        ("templates/partials/footer.html", None),
    ]
)
removals = st.sampled_from(NAMES).map(lambda name: (f"content/{name}.md", None))
touches = st.sampled_from(NAMES).map(lambda name: (f"content/{name}.md", "touch"))
damage = st.sampled_from(
    [("_site/index.html", None), ("_site/index.html", "edited"), ("_site/foreign.txt", "mine")]
)
edits = st.lists(
    st.one_of(briefs, briefs, others, removals, touches, damage), min_size=1, max_size=4
)


def apply(root: Path, name: str, content: Any) -> None:
    """Make one edit."""
    path = root / name
    if content == "touch":
        if path.exists():
            os.utime(path, ns=(1_000_000_000, 1_000_000_000))
    else:
        SiteFolder(root).write({name: content})


def clean_build(root: Path, into: Path) -> dict[str, bytes]:
    """Return what a build that remembers nothing makes of the same sources."""
    shutil.copytree(root, into, ignore=shutil.ignore_patterns("_site", ".briefsite"))
    SiteFolder(into).build()
    return tree(into / "_site")


@settings(max_examples=15)
@given(st.lists(edits, min_size=2, max_size=4))
def test_an_incremental_build_equals_a_clean_one_after_any_edits(
    rounds: list[list[tuple[str, Any]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        hold(Path(folder), {"site.yaml": CONFIG, "content/2026-01-15-air.md": BRIEF}, rounds)


def hold(folder: Path, first: dict[str, Any], rounds: list[list[tuple[str, Any]]]) -> None:
    """Assert that after each round of edits the tree is that of a clean build."""
    root = folder / "site"
    SiteFolder(root).write(first).build()
    for number, round_ in enumerate(rounds):
        for name, content in round_:
            apply(root, name, content)
        try:
            expected = clean_build(root, folder / f"clean{number}")
        except BriefsiteError:
            continue
        SiteFolder(root).build()
        built = tree(root / "_site")
        assert {path: data for path, data in built.items() if path != "foreign.txt"} == expected


JEKYLL = """\
title: Archive
url: https://example.org
lang: en
timezone: Asia/Hong_Kong
dialect: jekyll
content: .
static: _static
data: _data
templates: _templates
markdown: {flavor: kramdown}
permalink: /:categories/:year/:title/
archives: {categories: "/c/:name/", tags: "/t/:name/"}
taxonomies: {tags: {}}
outputs: {authors: true, archive: true}
"""
ALL = "{markdown: true, index_json: true, llms: true, feed_archives: true, feeds_page: true, "
MORE = JEKYLL.replace("outputs: {", f"outputs: {ALL}")
MORE += "feed: {limit: 1, formats: [rss, atom, json]}\n"
jekyll_edits = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["_posts/2026-01-15-air.md", "sea/_posts/2026-02-01-sea.md"]),
            st.sampled_from(["Clean air", "Sea"]),
            st.sampled_from(
                [
                    "",
                    "published: false\n",
                    "redirect_from: /old/\n",
                    "tags: [a, b]\n",
                    "categories: x\n",
                    "redirect_to: https://example.net/\n",
                ]
            ),
            st.sampled_from(
                [
                    "One\n{: .lead}\n\nTwo.\n",
                    "{{ site.data.people.a }} {% include box.html n=1 %}\n",
                    "{% post_url 2026-01-15-air %} [l]({% link about.md %})\n",
                    "* toc\n{:toc}\n\n## A\n\n## A\n",
                ]
            ),
        ).map(lambda b: (b[0], f"---\ntitle: {b[1]}\n{b[2]}---\n{b[3]}")),
        st.sampled_from(
            [
                ("site.yaml", JEKYLL),
                ("site.yaml", JEKYLL + "redirects_json: false\n"),
                ("site.yaml", MORE),
                ("site.yaml", JEKYLL.replace('categories: "/c/:name/", ', "")),
                ("_data/people.yml", "a: Ann\n"),
                ("_data/people.yml", "a: Bob\n"),
                ("_data/people.yml", None),
                ("_templates/includes/box.html", "<b>{{ include.n }}</b>"),
                ("_templates/includes/box.html", "<i>{{ include.n }}{{ site.data }}</i>"),
                ("_templates/includes/box.html", None),
                ("about.md", "---\ntitle: About\n---\n{{ site.title }}\n"),
                ("about.md", "No front matter.\n"),
                ("about.md", None),
                ("_drafts/idea.md", "---\ntitle: Idea\n---\nSecret.\n"),
                ("_posts/2026-01-15-air.md", None),
                ("_static/a.css", "b{}"),
            ]
        ),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=15)
@given(st.lists(jekyll_edits, min_size=2, max_size=4))
def test_the_same_holds_for_an_archive_in_jekylls_dialect(
    rounds: list[list[tuple[str, Any]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        hold(Path(folder), {"site.yaml": JEKYLL, "_posts/2026-01-15-air.md": BRIEF}, rounds)


def large(root: Path) -> SiteFolder:
    """Write a site that is worth several processes."""
    site = SiteFolder(root).write(
        {"site.yaml": CONFIG, "content/about.md": "About [air](2026-01-15-air-3.md).\n"}
    )
    return site.write(
        {f"content/2026-01-15-air-{n}.md": BRIEF.replace("Body.", f"Body {n}.") for n in range(90)}
    )


def test_serial_fork_and_spawn_give_the_same_tree(tmp_path: Path) -> None:
    site = large(tmp_path / "site")
    trees = []
    for job in (Job(jobs=1), Job(jobs=2, method="fork"), Job(jobs=2, method="spawn")):
        shutil.rmtree(site.root / "_site", ignore_errors=True)
        site.build(Job(jobs=job.jobs, method=job.method, clean=True))
        trees.append(site.output())

    assert trees[0] == trees[1] == trees[2]


def test_two_builds_in_two_places_give_the_same_tree(tmp_path: Path) -> None:
    first, second = large(tmp_path / "a"), large(tmp_path / "b" / "c")
    first.build()
    second.build()

    assert first.output() == second.output()


@pytest.mark.parametrize(
    "job", [Job(jobs=1), Job(jobs=2, method="fork"), Job(jobs=2, method="spawn")]
)
def test_a_second_build_without_edits_makes_nothing(tmp_path: Path, job: Job) -> None:
    site = large(tmp_path / "site")
    report = site.build(Job(jobs=job.jobs, method=job.method))
    stamps = {path: path.stat().st_mtime_ns for path in (site.root / "_site").rglob("*")}
    site.write({"content/about.md": "About [air](2026-01-15-air-3.md).\n"})

    again = site.build()

    assert (again.made, again.kept, again.removed) == ((), len(report.made), ())
    assert {path: path.stat().st_mtime_ns for path in (site.root / "_site").rglob("*")} == stamps


@pytest.mark.parametrize(
    "job", [Job(jobs=1), Job(jobs=2, method="fork"), Job(jobs=2, method="spawn")]
)
def test_an_edit_of_a_body_remakes_its_page_its_twin_and_the_feeds_only(
    tmp_path: Path, job: Job
) -> None:
    site = large(tmp_path / "site")
    site.build(Job(jobs=job.jobs, method=job.method))
    site.write({"content/2026-01-15-air-9.md": BRIEF.replace("Body.", "Changed.")})

    assert sorted(site.build().made) == [
        "briefs/2026/air-9/index.html",
        "briefs/2026/air-9/index.md",
        "feed.atom",
        "feed.json",
        "feed.xml",
    ]


def test_a_list_of_the_whole_site_is_an_input_of_the_page_that_reads_it(tmp_path: Path) -> None:
    site = large(tmp_path / "site").write({"templates/page.html": "{{ site.briefs[0].title }}"})
    site.build()
    site.write(
        {
            "content/2026-01-16-new.md": BRIEF.replace("2026-01-15", "2026-01-16").replace(
                "Clean air", "Newest"
            )
        }
    )
    site.build()

    assert site.page("about/index.html") == "Newest"


def test_a_feed_made_from_remembered_parts_is_that_of_a_clean_build(tmp_path: Path) -> None:
    odd = {"content/2026-02-01-odd.md": BRIEF.replace("2026-01-15", "2026-02-01") + "![]()\n"}
    site = large(tmp_path / "site").write(odd)
    first = site.build()
    site.write({"content/2026-01-15-air-9.md": BRIEF.replace("Body.", "Changed.")})
    later = site.build()
    parts = [path.read_text("utf-8") for path in (site.root / ".briefsite").glob("parts-*")]
    clean = site.build(Job(jobs=1, clean=True))

    assert ["Body 8." in part and "Changed." in part for part in parts] == [True]
    assert first.problems == later.problems == clean.problems != ()
    assert site.output() == clean_build(site.root, tmp_path / "clean")


def test_damaged_parts_are_made_anew(tmp_path: Path) -> None:
    site = large(tmp_path / "site")
    site.build()
    expected = site.output()
    [parts] = (site.root / ".briefsite").glob("parts-*")
    parts.write_bytes(parts.read_bytes().replace(b"Body 8.", b"Body x."))
    (site.root / "_site/feed.xml").unlink()
    site.build()

    assert site.output() == expected
