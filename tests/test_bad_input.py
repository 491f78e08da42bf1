"""What an author gets wrong about a publication is told with file, line and what to write, and
nothing is changed."""

import pytest
from conftest import CONFIG, MakeSite, SiteFolder
from test_cli import run

from briefsite.errors import BriefsiteError

HEAD = "title: Air\ndate: 2026-01-15\n"
AIR, SEA = "content/briefs/2026-01-15-air.md", "content/briefs/2026-01-15-sea.md"
REGISTRY = "ann-lee:\n  name: Ann Lee\n  orcid: 0000-0002-1825-0097\n"
NO_FILE = "name a file beside this one, or a path on the site"
DIGIT = "its check digit is wrong: a digit was mistyped"
UNKNOWN = "there is no author 'ann-leee' in content/_data/authors.yml (did you mean 'ann-lee'?)"
ONE = {
    "authors: [ann-leee]": f"4: {UNKNOWN}",
    "author: ann-leee": f"4: {UNKNOWN}",
    "authors:\n- id: bo": (
        "5: there is no author 'bo' in content/_data/authors.yml (add it there, or write 'name: "
        "bo')"
    ),
    "authors:\n- name: B\n  orcid: 0000-0002-1825-0098": f"6: orcid '0000-0002-1825-0098': {DIGIT}",
    "authors:\n- {name: B, affiliation: {name: S, ror: 04wxnsj82}}": f"5: ror '04wxnsj82': {DIGIT}",
    "authors:\n- {name: Bo, x: bo ek}": "5: x 'bo ek': a handle on X looks like @ann",
    "authors:\n- {name: Bo, fediverse: '@bo'}": (
        "5: fediverse '@bo': a handle on the fediverse looks like @ann@example.social"
    ),
    "doi: 10.12/x": "4: doi '10.12/x': a DOI looks like 10.1234/abc or https://doi.org/10.1234/abc",
    "isbn: 978-3-16-148410-1": f"4: isbn '978-3-16-148410-1': {DIGIT}",
    "issn: 2049-3631": f"4: issn '2049-3631': {DIGIT}",
    "funding:\n- name: F\n  ror: 04wxnsj82": f"6: ror '04wxnsj82': {DIGIT}",
    "translations:\n  de: luft.md": f"5: translations: there is no luft.md ({NO_FILE})",
    "translation_of: /luft/": f"4: translation_of: there is no /luft/ ({NO_FILE})",
    "updates:\n- date: 2026-01-14\n  text: x": (
        "5: updates[0].date lies before the day of publication, 2026-01-15 (write the day on which "
        "the text was changed)"
    ),
    "updates:\n- date: 2026-02-01": "5: updates[0].text is missing (add 'text: ...')",
    "updates:\n- {date: 2026-02-01, text: x, type: error}": (
        "5: updates[0].type is 'error', not one of correction, clarification, update, retraction, "
        "editors-note"
    ),
    "kind: brif": (
        "4: kind is 'brif', not one of brief, report, working-paper, testimony, commentary, column"
    ),
    "lang: english": "4: lang 'english' is no language (write a tag such as en-GB or zh-Hant)",
    "canonical: source": (
        "4: canonical: the source has no address (write 'source: {publisher: ..., url: https://...}')"
    ),
    "Draft: true": "4: unknown key 'Draft' (did you mean 'draft'?)",
    "embrago: 2030-01-01": "4: unknown key 'embrago' (did you mean 'embargo'?)",
    "funding: Foundation": (
        "4: funding is 'Foundation', not a list of mappings (write 'funding: [{name: ...}]')"
    ),
    "updates: {date: 2026-02-01, text: x}": (
        "4: updates is a mapping, not a list of mappings (write 'updates: [{date: ..., text: "
        "...}]')"
    ),
    "source: The Review": (
        "4: source is 'The Review', not a mapping of keys and values (write 'source: {publisher: "
        "...}')"
    ),
    "image: C:/map.png": (
        "4: image 'C:/map.png' is not an address that a page may show (put the file beside this "
        "one and write its name)"
    ),
    "redirect_from: https://example.org/old/": (
        "4: redirect_from: https://example.org/old/ is no path on this site (write '/old/')"
    ),
    "redirect_from: [/x/, /briefs/2026/air/]": (
        "4: redirect_from: /briefs/2026/air/ leads to itself (delete it from 'redirect_from:')"
    ),
    "redirect_from: /": (
        "4: redirect_from: / is the page of content/index.md (delete it from 'redirect_from:')"
    ),
}  # fmt: skip


def faults(site: SiteFolder) -> str:
    """Return what stops the build of a site."""
    with pytest.raises(BriefsiteError) as caught:
        site.build()
    return str(caught.value)


@pytest.mark.parametrize("front", ONE)
def test_a_mistake_in_one_brief_is_an_error(make_site: MakeSite, front: str) -> None:
    site = make_site(
        {
            AIR: f"---\n{HEAD}{front}\n---\nBody.\n",
            "content/_data/authors.yml": REGISTRY,
            "content/index.md": "---\ntitle: Home\nlayout: page\n---\nHome.\n",
        }
    )

    assert faults(site) == f"{AIR}:{ONE[front]}"
    assert site.output() == {}


MAPPING = "mapping values are not allowed in this context"
QUOTES = "a text with ': ' in it needs quotes: title: \"Energy: the next step\""
TABS = "found character that cannot start any token (indent with spaces, not with tabs)"
OPEN = (
    "a bracket, brace or quote is not closed at or above this line, or a quote stands within quotes"
)
FORM = {
    "kind: brief: x": f"4: {MAPPING} ({QUOTES})",
    "subtitle: “Air: now”": f"4: {MAPPING} ({QUOTES}, in straight quotes, not in curly ones)",
    "  kind: brief": (
        f"4: {MAPPING} (the line is indented further than the key above it, which has its value "
        "already)"
    ),
    "authors:\n\t- Ann": f"5: {TABS}",
    "authors:\n  -\tname: Ann": f"5: {TABS}",
    "kind:brief\nlang: en": (
        "4: could not find expected ':' (write 'key: value', with a space; a value that goes on in "
        "the next line is indented)"
    ),
    'subtitle: "Air\nlang: en': f"4: found unexpected end of stream ({OPEN})",
    "subtitle: 'Don't'": f"4: did not find expected key ({OPEN})",
}


@pytest.mark.parametrize("front", FORM)
def test_a_slip_in_yaml_is_told_in_words_for_authors_at_the_line_where_it_is(
    make_site: MakeSite, front: str
) -> None:
    site = make_site({AIR: f"---\n{HEAD}{front}\n---\nBody.\n"})

    assert faults(site) == f"{AIR}:{FORM[front]}"


@pytest.mark.parametrize(
    ("opening", "line"),
    [
        ("\n---\n", 2),
        ("\n \n---\n", 3),
        (" ---\n", 1),
        ("----\n", 1),
        ("—\u2010\n", 1),
        ("–––\n", 1),
        ("---\u00a0\n", 1),
    ],
)
def test_a_head_that_would_be_printed_with_its_draft_true_is_an_error(
    make_site: MakeSite, opening: str, line: int
) -> None:
    site = make_site({AIR: f"{opening}draft: true\n{HEAD}---\nBody.\n"})

    assert faults(site) == (
        f"{AIR}:{line}: the front matter does not begin on the first line with '---' (write three "
        "hyphens there, and nothing above or before them)"
    )


@pytest.mark.parametrize("text", ["\n---\n\nkey: value\n", "***\nnote: a\n", "-- a\nb: c\n"])
def test_a_page_that_begins_with_a_rule_or_dashes_has_no_head(
    make_site: MakeSite, text: str
) -> None:
    site = make_site({"content/about.md": text})

    assert site.build().problems == ()
    assert "about/index.html" in site.output()


TWO = {
    ("series: S\npart: 1", "series: S\npart: 1"): (
        f"{AIR}:5: part 1 of the series 'S' is also in {SEA} (give it another 'part:')"
    ),
    ("redirect_from: /old/", "redirect_from: /old/"): (
        f"{SEA}:4: redirect_from: /old/ is also asked for by {AIR} (keep it in one of them)"
    ),
    ("redirect_from: /briefs/2026/sea/", "kind: brief"): (
        f"{AIR}:4: redirect_from: /briefs/2026/sea/ is the page of {SEA} (delete it from "
        "'redirect_from:')"
    ),
    ("doi: 10.1234/A", "doi: https://doi.org/10.1234/a"): (
        f"{SEA}:4: doi: '10.1234/a' is also that of {AIR} (each text has its own)"
    ),
    ("feed_id: x", "feed_id: x"): (
        f"{SEA}:4: feed_id: 'x' is also that of {AIR} (each text has its own)"
    ),
    ("lang: en\ntranslations: {de: 2026-01-15-sea.md}", "lang: fr"): (
        f"{AIR}:5: translations: 2026-01-15-sea.md is in 'fr', not 'de' (write 'lang: de' there)"
    ),
    ("lang: en\ntranslation_of: 2026-01-15-sea.md", "lang: en"): (
        f"{AIR}:4: its translation {SEA} is in 'en' as well (write 'lang: ...' in one)"
    ),
}


@pytest.mark.parametrize(("first", "second"), TWO)
def test_two_briefs_that_contradict_each_other_are_an_error(
    make_site: MakeSite, first: str, second: str
) -> None:
    site = make_site(
        {AIR: f"---\n{HEAD}{first}\n---\nA.\n", SEA: f"---\n{HEAD}{second}\n---\nB.\n"}
    )

    assert faults(site) == TWO[first, second]


WARNED = {
    "license: CC-BY-5.0": (
        "4: license 'CC-BY-5.0' is not known (did you mean 'CC-BY-4.0'?)"
    ),
    "license: Frei": (
        "4: license 'Frei' is not known (write an id such as CC-BY-4.0, or the address of the "
        "licence)"
    ),
    "updated: 2026-01-14": (
        "4: updated lies before the date of publication (write the day on which the text was "
        "changed)"
    ),
}  # fmt: skip


@pytest.mark.parametrize("front", WARNED)
def test_what_may_be_meant_is_a_warning(make_site: MakeSite, front: str) -> None:
    site = make_site({AIR: f"---\n{HEAD}{front}\n---\nBody.\n"})

    assert [str(problem) for problem in site.build().problems] == [f"{AIR}:{WARNED[front]}"]


def test_an_older_licence_that_there_is_is_known(make_site: MakeSite) -> None:
    site = make_site({AIR: f"---\n{HEAD}license: CC-BY-NC-ND-2.5\n---\nBody.\n"})
    site.build()

    assert "https://creativecommons.org/licenses/by-nc-nd/2.5/" in site.page(
        "briefs/2026/air/index.html"
    )


def test_the_registry_and_the_settings_are_told_of_with_their_lines(make_site: MakeSite) -> None:
    registry = "ann:\n  name: Ann Lee\n  aliases: [Bo]\nbo:\n  name: Bo\n  orcid: 1\n"
    site = make_site({AIR: f"---\n{HEAD}---\nA.\n", "content/_data/authors.yml": registry})
    done = run("build", cwd=site.root)
    site.write({"site.yaml": f"{CONFIG}lang: en_GB\n"})
    settings = run("build", cwd=site.root)

    file = "content/_data/authors.yml"
    assert done.stderr.splitlines() == [
        f"{file}:4: 'Bo' names both 'ann' and 'bo' (an alias may belong to one author only)",
        f"{file}:6: orcid '1': an ORCID iD looks like 0000-0002-1825-0097",
        "2 problems; nothing was changed",
    ]
    assert settings.stderr.splitlines()[0] == (
        "site.yaml:3: lang 'en_GB' is no language (write a tag such as en-GB or zh-Hant)"
    )
