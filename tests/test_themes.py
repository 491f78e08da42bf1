"""`briefsite theme` and a site's own templates over the built-in ones."""

import re
from pathlib import Path

import pytest
from conftest import BRIEF, ROOT, MakeSite, project_of, tree
from test_cli import run

from briefsite import themes
from briefsite.errors import BriefsiteError
from briefsite.library import theme_folder

BUILT_IN = theme_folder()
CARD = "templates/partials/card.html"
PAGE = "briefs/2026/clean-air/index.html"


def theme(root: Path) -> dict[str, themes.Piece]:
    """Return the files of the theme as the site in `root` sees them."""
    found = themes.pieces(root, project_of(root).config)
    return {piece.name: piece for piece in found}


def test_the_list_names_every_file_what_it_is_for_and_which_are_the_sites_own(
    make_site: MakeSite,
) -> None:
    site = make_site(
        {
            "templates/404.html": "Gone.",
            CARD: (BUILT_IN / CARD).read_bytes(),
            "templates/partials/crad.html": "",
            "static/favicon.svg": "<svg/>",
        }
    )

    done = run("theme", "list", cwd=site.root)

    names = [*theme(site.root), "templates/partials/crad.html"]
    lines = [line.partition("  ") for line in done.stdout.splitlines()]
    said = {name: text.strip() for name, _, text in lines}
    assert [name for name, *_ in lines] == names
    assert {name for name, text in said.items() if text.startswith("[yours")} == {
        "404.html",
        "partials/card.html",
        "favicon.svg",
        "templates/partials/crad.html",
    }
    assert said["404.html"].startswith("[yours] The page for addresses that do not exist.")
    assert said["partials/card.html"].startswith("[yours, the same] ")
    assert said["templates/partials/crad.html"] == (
        "[yours alone] It stands in no built-in file's place."
    )
    assert said["base.html"] == (
        "The frame of every HTML page. Blocks: "
        f"{', '.join(theme(site.root)['base.html'].blocks())}."
    )


@pytest.mark.parametrize("name", [*tree(BUILT_IN / "templates"), *tree(BUILT_IN / "static")])
def test_every_file_of_the_theme_begins_with_what_it_is_for(tmp_path: Path, name: str) -> None:
    [piece] = [piece for piece in themes.pieces(tmp_path, None) if piece.name == name]

    assert piece.about().endswith(".")


def test_a_file_is_shown_as_it_is_without_a_site(tmp_path: Path) -> None:
    done = run("theme", "show", "partials/card.html", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (0, (BUILT_IN / CARD).read_text(encoding="utf-8"))


def test_a_copy_is_the_sites_own_and_changes_no_page(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-clean-air.md": BRIEF})
    site.build()
    before = site.output()

    done = [run("theme", "copy", name, cwd=site.root) for name in theme(site.root)]

    assert {result.returncode for result in done} == {0}
    assert done[0].stdout == (
        "templates/404.html is the site's own now: it takes the place of the built-in 404.html, "
        "and no update of briefsite reaches it\n"
    )
    for folder in ("templates", "static"):
        assert tree(site.root / folder) == tree(BUILT_IN / folder)
    site.build()
    assert site.output() == before


def test_a_copy_goes_into_the_folders_that_the_site_names_and_overwrites_nothing(
    make_site: MakeSite,
) -> None:
    site = make_site({"site.yaml": "title: T\ntemplates: look\nstatic: files\n"})
    themes.copy(theme(site.root)["post.html"])
    themes.copy(theme(site.root)["assets/site.css"])
    (site.root / "look/post.html").write_text("mine")

    with pytest.raises(BriefsiteError) as raised:
        themes.copy(theme(site.root)["post.html"])

    assert str(raised.value) == (
        f"{site.root}/look/post.html is there already; nothing was written "
        "(compare it with 'briefsite theme show post.html')"
    )
    assert sorted(tree(site.root)) == ["files/assets/site.css", "look/post.html", "site.yaml"]
    assert (site.root / "look/post.html").read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("card", "did you mean 'partials/card.html'?"),
        ("partials/crad.html", "did you mean 'partials/card.html'?"),
        ("site.css", "did you mean 'assets/site.css'?"),
        ("posts", "did you mean 'post.html'?"),
        ("../xyz", "'briefsite theme list' names them all"),
    ],
)
def test_a_wrong_name_is_answered_with_what_may_have_been_meant(
    tmp_path: Path, name: str, hint: str
) -> None:
    with pytest.raises(BriefsiteError) as raised:
        themes.find(name, themes.pieces(tmp_path, None))

    assert str(raised.value) == f"the built-in theme has no file '{name}' ({hint})"


@pytest.mark.parametrize("name", ["post.html", "templates/post.html", "./post.html"])
def test_a_name_may_be_written_with_its_folder(tmp_path: Path, name: str) -> None:
    assert themes.find(name, themes.pieces(tmp_path, None)).name == "post.html"


def test_a_copy_needs_a_site(tmp_path: Path) -> None:
    done = run("theme", "copy", "post.html", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"site.yaml: there is none in {tmp_path} (write one")
    assert tree(tmp_path) == {}


def test_a_template_extends_the_built_in_one_of_its_own_name(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-clean-air.md": BRIEF})
    site.build()
    before = site.page(PAGE)
    site.write(
        {
            "templates/post.html": '{% extends "theme/post.html" %}\n'
            "{% block main %}{{ super() }}<p>Own</p>\n{% endblock %}",
            "templates/partials/footer.html": '{% include "theme/partials/footer.html" %}<hr>\n',
        }
    )

    site.build()

    whole = before.replace("</main>", "<p>Own</p>\n</main>").replace("</body>", "<hr>\n</body>")
    assert site.page(PAGE) == whole


def test_only_pages_that_use_a_built_in_template_are_remade_for_the_sites_own(
    make_site: MakeSite,
) -> None:
    site = make_site({"content/2026-01-15-clean-air.md": BRIEF, "content/about.md": "About.\n"})
    site.build()
    site.write({"templates/post.html": '{% extends "theme/post.html" %}'})

    assert site.build().made == (PAGE,)
    assert site.build().made == ()


FAULTS = {
    "{{ page.titel }}": "page has no attribute 'titel', while … (did you mean 'title'?)",
    "{{ site.breifs }}": "site has no attribute 'breifs', while … (did you mean 'briefs'?)",
    "{{ pgae.title }}": "'pgae' is undefined, while … (did you mean 'page'?)",
    "{{ page.fields.tilte }}": (
        "'dict object' has no attribute 'tilte', while … (did you mean 'title'?)"
    ),
    "{{ page.fields.position }}": (
        "'dict object' has no attribute 'position', while … "
        "(write .get('position') where it may be missing)"
    ),
    "{{ page.zzz }}": "page has no attribute 'zzz', while …",
    "{{ page.title|uper }}": "No filter named 'uper'. (did you mean 'upper'?)",
    "{% if page.title is defned %}{% endif %}": (
        "No test named 'defned' found, while … (did you mean 'defined'?)"
    ),
    '{% include "partials/crd.html" %}': (
        "there is no template 'partials/crd.html' (did you mean 'partials/card.html'?)"
    ),
    '{% extends "post.html" %}': (
        "this template extends itself (write 'theme/post.html' for the built-in one)"
    ),
    '{% extends "base.html" %}{% block mian %}{% endblock %}': (
        "'base.html' has no block 'mian' to fill (did you mean 'main'?)"
    ),
    "{{ title }}": "'title' is undefined, while … (did you mean 'page.title'?)",
    "{{ content }}": "'content' is undefined, while … (Jekyll's 'content' is 'article.html' here)",
    "{% assign x = 1 %}": (
        "Encountered unknown tag 'assign'. (templates are Jinja's, not Liquid's: {% set x = 1 %}, "
        "{% if %}, {% for %} ...)"
    ),
    "{{ words.by }}": (
        "'words' is undefined, while … "
        "(base.html must import them first: see 'briefsite theme show base.html')"
    ),
}


@pytest.mark.parametrize(("text", "message"), FAULTS.items(), ids=FAULTS)
def test_a_slip_in_a_template_is_told_with_its_line_and_what_may_have_been_meant(
    make_site: MakeSite, text: str, message: str
) -> None:
    source = "content/2026-01-15-clean-air.md"
    site = make_site({source: BRIEF, "templates/post.html": f"\n{text}"})

    with pytest.raises(BriefsiteError) as raised:
        site.build()

    making = f"while making the page of {source}"
    assert str(raised.value) == f"templates/post.html:2: {message.replace('while …', making)}"


def test_a_layout_is_found_with_and_without_its_ending(make_site: MakeSite) -> None:
    text = BRIEF.replace("author:", "layout: own.html\nauthor:")
    site = make_site({"content/2026-01-15-clean-air.md": text, "templates/own.html": "Own."})
    site.build()

    assert site.page(PAGE) == "Own."


def test_templates_that_extend_each_other_are_an_error(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/2026-01-15-clean-air.md": BRIEF,
            "templates/post.html": '{% extends "other.html" %}',
            "templates/other.html": '{% extends "post.html" %}',
        }
    )

    with pytest.raises(BriefsiteError) as raised:
        site.build()

    assert set(map(str, raised.value.problems)) == {
        "templates/post.html: this template extends itself by way of 'other.html'",
        "templates/other.html: this template extends itself by way of 'post.html'",
    }


def test_a_template_may_extend_another_only_where_a_condition_holds(make_site: MakeSite) -> None:
    text = '{% if page.tags %}{% extends "base.html" %}{% endif %}{% block own %}Own{% endblock %}'
    site = make_site({"content/2026-01-15-clean-air.md": BRIEF, "templates/post.html": text})

    site.build()

    assert site.page(PAGE) == "Own"


def test_a_fault_in_a_built_in_template_under_the_sites_own_is_told_where_it_is(
    make_site: MakeSite,
) -> None:
    site = make_site(
        {
            "templates/index.html": '{% extends "theme/index.html" %}',
            "templates/base.html": "{% block main %}{% endblock %}",
        }
    )

    with pytest.raises(BriefsiteError) as raised:
        site.build()

    assert {problem.where for problem in raised.value.problems} == {
        "theme templates/404.html",
        "theme templates/index.html",
    }


def test_a_frame_of_ones_own_need_not_have_a_place_for_every_block_of_the_built_in_pages(
    make_site: MakeSite,
) -> None:
    frame = '{% from "partials/words.html" import words with context %}<title>{{ page.title }}'
    site = make_site({"templates/base.html": frame})

    site.build()

    assert site.page("404.html") == "<title>Page not found"


def test_a_stylesheet_of_ones_own_follows_the_built_in_one(make_site: MakeSite) -> None:
    link = """<link rel="stylesheet" href="{{ '/assets/own.css'|asset }}">\n"""
    site = make_site(
        {
            "content/2026-01-15-clean-air.md": BRIEF,
            "static/assets/own.css": ":root { --accent: #7a1f2b; }",
            "templates/partials/head.html": '{% include "theme/partials/head.html" %}\n' + link,
        }
    )
    site.build()

    sheets = re.findall(r'"stylesheet" href="([^"]+)\?v=\w{8}"', site.page(PAGE))
    assert sheets[0] == "../../../assets/site.css"
    assert sheets[-1] == "../../../assets/own.css"


def test_a_layout_of_ones_own_makes_the_page_that_asks_for_it(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/join.md": "---\nlayout: landing\ntitle: Join\n---\nWrite to us.\n",
            "templates/landing.html": '{% extends "base.html" %}'
            "{% block main %}[{{ page.title }}] {{ article.html }}{% endblock %}",
        }
    )
    site.build()

    [main] = re.findall(r"<main[^>]*>\n(.*)</main>", site.page("join/index.html"), re.DOTALL)
    assert main == "[Join] <p>Write to us.</p>\n"


def test_other_words_are_written_over_those_of_the_theme(make_site: MakeSite) -> None:
    [text] = re.findall(
        r"```jinja \S+\n(\{% import .*?)```",
        (ROOT / "content/guide/themes.md").read_text("utf-8"),
        re.DOTALL,
    )
    site = make_site({"content/2026-01-15-clean-air.md": BRIEF})
    site.build()
    before = site.page(PAGE)

    site.write({"templates/partials/words.html": text}).build()

    assert '<p class="byline" dir="auto">By ' in before
    assert site.page(PAGE) == before.replace(
        '<p class="byline" dir="auto">By ', '<p class="byline" dir="auto">Words by '
    )


def test_what_a_template_gets_wrong_on_every_page_is_told_once(make_site: MakeSite) -> None:
    site = make_site({f"content/2026-01-1{n}-air{n}.md": BRIEF for n in range(4)})
    site.write({"templates/post.html": "\n{{ page.titel }}"})

    done = run("build", cwd=site.root)

    assert done.stderr.splitlines() == [
        "templates/post.html:2: page has no attribute 'titel', while making the page of "
        "content/2026-01-10-air0.md (did you mean 'title'?)",
        "the same on 3 more pages",
        "4 problems; nothing was changed",
    ]
