"""`briefsite import jekyll`: what it writes, what it says, and what it leaves alone."""

import os
import tempfile
from datetime import date
from json import dumps
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Files, project_of, tree, write
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from briefsite.builder import Job, build
from briefsite.cli import main
from briefsite.errors import BriefsiteError
from briefsite.front_matter import load
from briefsite.importer import Report, import_jekyll
from briefsite.importer.yaml_text import text_of

TODAY = date(2026, 6, 1)
POST = "---\ntitle: Air\n---\nClean air.\n"

BLOG: Files = {
    "_config.yml": """\
title: Clean Air Blog
description: >-
  Notes on
  the air
name: ignored
author: {name: Ann Lee, twitter: annlee}
lang: en
paginate: 5
paginate_path: /blog/page:num
exclude: [README.md, secret]
plugins:
  - jekyll-feed
  - jekyll-paginate
  - jekyll-mentions
  - jekyll-magic
sass: {style: compressed}
highlighter: rouge
feed: {tags: {only: [air]}, excerpt_only: true}
""",
    "CNAME": "air.example.org\n",
    "README.md": "Read me.\n",
    "secret/a.html": "secret\n",
    "_layouts/post.html": "{{ content }}\n",
    "_layouts/brief.html": "{{ content }}\n",
    "_plugins/count.rb": "puts 1\n",
    "_posts/2026-01-15-air.md": POST,
    "_posts/2026-02-15-sea.md": """\
---
layout: brief
title: Sea
teaser: yes
autor: Ann
---
{% include figure.html src="a.png" %} {{ site.author.name }}

{% raw %}{% for x in y %}{% endraw %}
{% for x in y %}
{% endfor %}
""",
    "_posts/2026-02-16-land.md": "---\nteaser: no\n---\n{% include figure.html %}\r\n",
    "_posts/notdated.md": POST,
    "_posts/2026-03-01-.md": POST,
    "_posts/2026-03-01-chart.png": b"\x89PNG",
    "_posts/2026-03-02-bad.md": "---\ntitle: a: b\n---\nx\n",
    "_drafts/rain.md": "---\ntitle: Rain\n---\nx\n",
    "_data/people.yml": "- Ann\n",
    "about.md": "---\nlayout: page\ntitle: About\npermalink: /about/\n---\nWe breathe.\n",
    "index.html": "---\nlayout: home\n---\nHello.\n",
    "blog/index.html": "---\n---\n{% for p in paginator.posts %}{{ p.title }}{% endfor %}\n",
    "tags.html": "---\npermalink: /tags/\n---\n{% for t in site.tags %}{{ t[0] }}{% endfor %}\n",
    "feed.xml": "---\n---\n<feed>{{ site.title }}</feed>\n",
    "assets/main.scss": "---\n---\n@import 'a';\n",
    "assets/plain.css": "---\n---\nbody {}\n",
    "humans.txt": "---\npermalink: /team.txt\n---\nAnn\n",
    "search.json": "---\n---\n[{% for p in site.posts %}1{% endfor %}]\n",
    "img/a.png": b"\x89PNG\r\n\x00",
}


BROKEN: Files = {
    "_config.yml": """\
title: First
exclude: [a.html]
description: a: b
  c
exclude: [b.html]
when: !ruby/regexp /a/
name: :symbol
timezone: Mars/Olympus
url: localhost
permalink: [a]
paginate_path: /x/
paginate: 3
collections: {a/b: {}, notes: 1}
defaults: {}
markdown: rdiscount
plugins: {a: b}
""",
    "_config.prod.yml": "url: https://example.org\n",
    "a.html": "a",
    "b.html": "b",
    "_posts/2026-01-15-air.md": POST,
    "air.md": "---\npermalink: /2026/01/15/air.html\n---\nx\n",
    "sea.md": "---\ntitle: a: b\n---\nx\n",
    "latin.md": b"---\n---\n\xff\n",
    "x.txt": "---\npermalink: /../../x\n---\nx\n",
}


def moved(tmp_path: Path, files: Files) -> tuple[Report, Path]:
    """Return the report of an import and the new site."""
    write(tmp_path / "old", files)
    return import_jekyll(tmp_path / "old", tmp_path / "new", today=TODAY), tmp_path / "new"


INSTITUTE: Files = {
    "Gemfile": 'source "x"\ngem "github-pages"\n  gem \'jekyll-scholar\', "~> 7"\n',
    "_config.yaml": """\
title: Institute
url: https://example.org/
baseurl: /briefs/
locale: en_GB
timezone: Europe/Paris
permalink: /:year/:title/
source: site
destination: site/public
data_dir: _facts
logo: /logo.png
excerpt_separator: <!--more-->
limit_posts: 3
future: true
show_drafts: true
unpublished: true
paginate: 7
include: [_more]
collections_dir: things
collections:
  papers: {output: true, title: Papers, sort_by: rank, order: [b.md, a.md], icon: x}
  people: {permalink: /p/:name/, future: true}
  notes: {output: true}
  posts: {permalink: /n/:title}
defaults:
  - {scope: {path: "", type: post}, values: {layout: post, hero: 1}}
  - values: {lang: en}
  - nothing
jekyll-archives:
  enabled: [year, tags]
  permalinks: {tag: "/t/:name/"}
  slug_mode: pretty
redirect_from: {json: false}
markdown: GFM
kramdown: {parse_block_html: true, hard_wrap: true, input: GFM}
plugins: [jekyll-feed, jekyll-archives]
feed:
  path: rss.xml
  posts_limit: 0
  categories: [air]
  collections:
    papers: {path: /b.xml, categories: [sea]}
    people:
  tags: true
on: {1: [], two: [[1, {a: b}], "- x"]}
""",
    "site/things/_papers/a.md": "---\nrank: 2\n---\nA\n",
    "site/things/_papers/_old/b.md": "---\nrank: 1\n---\nB\n",
    "site/things/_papers/chart.svg": "<svg/>",
    "site/things/_notes/2026-02-03-b.md": POST,
    "site/notes/index.html": "---\n---\n{% for n in site.notes %}{% endfor %}",
    "site/things/_people/ann.md": "---\nlayout: person\n---\n{% for a in b %}\n",
    "site/things/_posts/2026-01-15-air.md": "---\nrank: 3\n---\nAir\n",
    "site/_more/n.html": "---\nrank: 3\n---\nNote\n",
    "site/_facts/a.csv": "a,b\n",
    "site/plain.md": "No front matter.\n",
    "site/public/index.html": "made by Jekyll",
    "site/list.html": "---\npermalink: /papers/\n---\n{% for b in site.papers %}{% endfor %}",
}


EXPECTED = Path(__file__).parent / "imports"
"""For each site the whole site.yaml and the whole report; `pytest --update` rewrites them."""
SITES = {"blog": BLOG, "institute": INSTITUTE, "broken": BROKEN, "in-place": BLOG}
CLEAN: Files = {
    "_config.yml": "title: Air\nurl: https://example.org\nplugins: []\n"
    "collections: {notes: {output: true}}\n",
    "_posts/2026-01-15-air.md": POST,
    "_notes/2026-02-15-sea.md": POST,
    "about.md": POST,
    "img/a.png": b"\x89PNG\r\n\x00",
    "plain.css": "---\n---\nbody {}\r\n",
}


@pytest.mark.parametrize("name", SITES)
def test_a_site_moves_in_with_a_report(
    tmp_path: Path, name: str, request: pytest.FixtureRequest
) -> None:
    place = name == "in-place"
    write(tmp_path / "old", SITES[name])
    new = tmp_path / ("old" if place else "new")

    report = import_jekyll(tmp_path / "old", new, in_place=place, today=TODAY)

    found = {"report.txt": str(report), "site.yaml": (new / "site.yaml").read_text("utf-8")}
    if request.config.getoption("--update"):
        write(EXPECTED / name, found)
    assert found == {key: data.decode() for key, data in tree(EXPECTED / name).items()}
    assert report.exit_code == 1


def test_files_are_copied_byte_for_byte_and_the_checkout_stays(tmp_path: Path) -> None:
    _, new = moved(tmp_path, BLOG)

    old = tree(tmp_path / "old")
    assert old == {k: v if isinstance(v, bytes) else (v or "").encode() for k, v in BLOG.items()}
    posts = {f"content/{name}": data for name, data in old.items() if name.startswith("_posts/")}
    pages = ("_drafts/rain.md", "_data/people.yml", "about.md", "index.html")
    assert {k: v for k, v in tree(new).items() if k != "site.yaml"} == posts | {
        **{f"content/{name}": old[name] for name in pages},
        "static/CNAME": old["CNAME"],
        "static/img/a.png": old["img/a.png"],
        "static/assets/plain.css": b"body {}\n",
        "static/team.txt": b"Ann\n",
    }


def test_in_place_only_site_yaml_is_written(tmp_path: Path) -> None:
    write(tmp_path, BLOG)
    before = tree(tmp_path)

    import_jekyll(tmp_path, None, in_place=True, today=TODAY)

    assert tree(tmp_path).keys() - before.keys() == {"site.yaml"}
    assert {name: data for name, data in tree(tmp_path).items() if name in before} == before


@pytest.mark.parametrize("in_place", [False, True])
def test_what_moved_in_builds(tmp_path: Path, in_place: bool) -> None:
    write(tmp_path / "old", CLEAN)
    new = tmp_path / ("old" if in_place else "new")

    report = import_jekyll(tmp_path / "old", new, in_place=in_place, today=TODAY)
    project = project_of(new, output=tmp_path / "out")
    build(project, Job(jobs=1))

    built = {path for path in tree(tmp_path / "out") if not path.startswith("assets/")}
    made = {path for path in built if not path.endswith((".bib", ".ris", ".json"))}
    hand = "plain.css: Jekyll cuts its front matter off; it is left out"
    assert [str(p).partition(" (")[0] for p in report.hands] == ([hand] if in_place else [])
    assert made - {"plain.css"} == {
        ".nojekyll",
        "2026/01/15/air.html",
        "404.html",
        "about.html",
        "favicon.svg",
        "feed.xml",
        "img/a.png",
        "index.html",
        "notes/2026-02-15-sea.html",
        "notes/index.html",
        "posts/index.html",
        "robots.txt",
        "sitemap.xml",
    }
    assert ("plain.css" in made) != in_place


def test_a_draft_keeps_its_time(tmp_path: Path) -> None:
    write(tmp_path / "old", {"_drafts/a.md": POST})
    os.utime(tmp_path / "old/_drafts/a.md", (1_700_000_000, 1_700_000_000))

    import_jekyll(tmp_path / "old", tmp_path / "new", today=TODAY)

    assert (tmp_path / "new/content/_drafts/a.md").stat().st_mtime == 1_700_000_000


def test_links_are_followed_inside_the_checkout_only(tmp_path: Path) -> None:
    write(tmp_path, {"old/_config.yml": "title: A\nurl: https://a.org\n", "secret.txt": "x"})
    (tmp_path / "old/a.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "old/b.txt").symlink_to("gone.txt")
    (tmp_path / "old/c").symlink_to(".")

    report = import_jekyll(tmp_path / "old", tmp_path / "new", today=TODAY)

    assert list(tree(tmp_path / "new")) == ["site.yaml"]
    assert [str(problem) for problem in report.hands] == [
        "a.txt: this symbolic link leads out of its folder "
        "(copy the file to where the link stands)",
        "b.txt: this is passed over: broken link, leads nowhere or to itself",
        "c: this is passed over: broken link, leads nowhere or to itself",
    ]


REFUSED = {
    "no source": ("gone", "new", "there is no folder"),
    "occupied": ("old", "full", "is not an empty folder"),
    "a file": ("old", "full/a.txt", "is not an empty folder"),
    "inside": ("old", "old/new", "lie in each other"),
    "around": ("old/deep", "old", "lie in each other"),
    "itself": ("old", "old", "lie in each other"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_import_writes_over_nothing(tmp_path: Path, name: str) -> None:
    source, dest, words = REFUSED[name]
    write(tmp_path, {"full/a.txt": "a", "old/deep/a.md": POST, "old/site.yaml": "title: A\n"})
    before = tree(tmp_path)

    with pytest.raises(BriefsiteError, match=words):
        import_jekyll(tmp_path / source, tmp_path / dest, today=TODAY)
    with pytest.raises(BriefsiteError, match=r"there is a site\.yaml"):
        import_jekyll(tmp_path / "old", None, in_place=True, today=TODAY)

    assert tree(tmp_path) == before


def test_the_command_ends_with_the_report_and_its_status(tmp_path: Path) -> None:
    write(
        tmp_path / "old",
        {**CLEAN} | {"_config.yml": "timezone: UTC\nurl: https://a.org\ngems: []\n"},
    )

    done = CliRunner().invoke(main, ["import", "jekyll", f"{tmp_path}/old", f"{tmp_path}/new"])
    again = CliRunner().invoke(main, ["import", "jekyll", f"{tmp_path}/old"])
    empty = CliRunner().invoke(main, ["import", "jekyll", f"{tmp_path}/new/content", "--in-place"])

    keys = "title, url, dialect, timezone, naive_datetimes, permalink, excerpt_separator, "
    assert (done.exit_code, done.output) == (
        0,
        "Taken over\n  1 page\n  1 post\n  2 static files\n"
        f"  settings: {keys}excerpt_fallback, markdown\n",
    )
    assert (again.exit_code, empty.exit_code) == (2, 1)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), json, max_size=4))
def test_what_is_written_reads_as_it_was(values: dict[str, object]) -> None:
    try:
        known = load(dumps({"extra": values}), "json")
    except BriefsiteError:
        assume(False)  # what YAML cannot hold is no value that was read from YAML

    assert load(text_of([("Why.", known.values)]), "yaml").values == known.values


words = st.sampled_from(
    "title url permalink collections defaults feed plugins exclude paginate jekyll-archives a b "
    "output scope values path enabled true false 3 posts - [ ] { } : , ' \" ! & * # | > ? % @ ` "
    "--- /:num .. / 2026-01-01 ~ 1.5 é \x00 \x85 \n \n- \n\t".split(" ")
)


def test_plug_ins_outside_the_checkout_are_none_of_it(tmp_path: Path) -> None:
    write(tmp_path, {"mine.rb": "", "old/_config.yml": "plugins_dir: ..", "old/_plugins/a.rb": ""})

    report = str(import_jekyll(tmp_path / "old", tmp_path / "new", today=TODAY))

    assert ("mine.rb" in report, "_plugins/a.rb" in report) == (False, True)


@settings(max_examples=20)
@given(st.lists(words, max_size=30).map(" ".join) | st.binary(max_size=60))
@example("source: " + "a" * 5000)
@example("paginate: 1\npaginate_path: /" + "a" * 5000 + "/:num")
@example("data_dir: ..\ncollections_dir: ../..\nplugins_dir: ../..\nsource: ..")
@example("collections: {a: {output: true, permalink: [1], order: {}}}\nfeed: [a]\ndefaults: [1]")
def test_no_configuration_stops_an_import(text: str | bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        page = text if isinstance(text, bytes) else text.encode()
        files = {"_config.yml": text, "_posts/2026-01-01-a.md": b"---\n" + page, "a.html": page}
        write(root / "old", files)

        report = import_jekyll(root / "old", root / "new", today=TODAY)

        assert str(report)
        assert (root / "new/site.yaml").is_file()
