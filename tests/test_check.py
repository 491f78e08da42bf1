"""`briefsite check`: each rule at its line, what is no fault passed over, forms for programs."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import BRIEF, CONFIG, ROOT, MakeSite, project_of, tree
from test_cli import run

from briefsite.checks import RULES, Finding, check
from briefsite.checks.addresses import NOWHERE, Lead, lead, odd
from briefsite.checks.report import FORMATS
from briefsite.pools import Workers

SEA_BRIEF = BRIEF.replace("Clean air", "Sea").replace("-01-15", "-01-16")
AIR = "content/2026-01-15-air.md"
SEA = "content/2026-01-16-sea.md"
HEAD = """\
---
title: Clean air
author: Ann Lee
date: 2026-01-15
image: /smog.jpg
image_alt: Smog over a city
---
_Standfirst._

<!--more-->

"""
FOOTER = "templates/partials/footer.html"
FIRST = HEAD.count("\n") + 1


def found(root: Path, **options: Any) -> list[Finding]:
    """Return every finding in a site, looked for in one process."""
    return check(project_of(root, **options), frozenset(RULES), Workers(1))


CASES = [
    ("## One\n\n[a](gone.html) and\n[b](../gone/)\n", "broken-link:3 broken-link:4"),
    ("> quoted\n> [a](/gone/)\n\n- b\n\n  [b](/gone/)\n", "broken-link:2 broken-link:6"),
    ("| a |\n|---|\n| b |\n| [c](/gone/) |\n", "broken-link:4"),
    ("[a]\n\nText.\n\n[a]: /gone/\n", "broken-link:5"),
    ('<p>\n<a href="/no/">a</a></p>\n\nAnd <a href="/b/">b</a>.\n', "broken-link:2 broken-link:4"),
    ("`[a](/gone/)`\n\n```\n[a](/gone/)\n-\n**\n```\n", ""),
    ("[a](2026-01-16-gone.md)\n", "broken-link:1"),
    ("[a](#first) [b](#nowhere)\n\n## First\n", "broken-anchor:1"),
    ("[a](/briefs/2026/air/#main) [b](/briefs/2026/air/#x)\n", "broken-anchor:1"),
    ("[up](#top) [all](#) [words](#:~:text=air)\n", ""),
    ("![A map](map.png)\n", "missing-image:1"),
    ("![A smog](/smog.jpg)\n", ""),
    ("![](/smog.jpg)\n\n![image 1](/smog.jpg)\n", "missing-alt:1 placeholder-alt:3"),
    ("![](/smog.jpg)\nSmog.\n\n![2](/smog.jpg)\nFigure 1: Smog.\n", "placeholder-alt:4"),
    (
        "![](/smog.jpg)\nSmog. Source: Office.\n\n![2](/smog.jpg)\n",
        "missing-alt:1 placeholder-alt:4",
    ),
    ("![smog](/smog.jpg) ![smog.png](/smog.jpg)\n", "placeholder-alt:1 placeholder-alt:1"),
    ('![](/smog.jpg){: role="presentation"} <img src="/smog.jpg" alt="">\n', ""),
    ('<img src="/smog.jpg">\n', "missing-alt:1"),
    ("[](/)\n\n[![The front page](/smog.jpg)](/)\n", "empty-link:1"),
    ("[a](htts://example.org)\n[b](www.example.org)\n", "odd-address:1 odd-address:2"),
    ("<https://example.org> [c](HTTPS://example.org)\n", "odd-address:1"),
    ("#### One\n\n# Two\n\n### Three\n\n> ###### Four\n", ""),
    ("<h1>One</h1>\n\n### Two\n", "second-title:1 heading-jump:3"),
    ("<h2>One</h2>\n\n#### Two\n\n### Three\n\n#### Four\n", "heading-jump:3"),
    ("#### One\n\n<h5>Two</h5>\n", "heading-start:1"),
    ("A **bold* word, \\*\\*stars\\*\\*,\nsnake__case, `**` and 2**3.\n", "literal-markdown:1"),
    ("A note[^1] and\nanother[^2], \\[^3].\n\n[^2]: There.\n", "literal-markdown:1"),
    ("![A map](my map.png)\n[a] (https://e.net)\n", "literal-markdown:1 literal-markdown:2"),
    ("![A map](file:///home/map.png)\n\\[b](c d) `[e](f g)`\n", "literal-markdown:1"),
    ("![A map](C:\\Users\\map.png)\n", "odd-address:1"),
    ("Text.\n\n-\n\nText.\n\n* one\n*\n\n+\n", "lone-marker:8 lone-marker:10"),
    ('<i id="a">a</i> <i id="a">b</i>\n', "duplicate-id:None"),
    ("Word.\n\n" * 30_000, "large-page:None"),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[repr(text)[:40] for text, _ in CASES])
def test_each_fault_is_found_at_its_line(make_site: MakeSite, text: str, expected: str) -> None:
    site = make_site({AIR: HEAD + text, "static/smog.jpg": b""})

    findings = [f"{f.rule}:{f.line and f.line - FIRST + 1}" for f in found(site.root)]

    assert " ".join(findings) == expected


SAID = {
    "![A map](f:/my.png)": (
        "the image f:/my.png: it leads to a file on your own machine (put the file beside the "
        "brief, and write its name alone)"
    ),
    "![A map](\u00fcber.png)": "the image \u00fcber.png leads to no page or file of the site",
    "![A map](/images/map.png)": (
        "the image /images/map.png leads to no page or file of the site (images/map.png is no part "
        "of the site: move it beside the text or into static/)"
    ),
    "![A map](../images/map.png)": (
        "the image ../images/map.png leads to no page or file of the site (images/map.png is no "
        "part of the site: move it beside the text or into static/)"
    ),
    "[a](2026-01-15-air)": (
        "the link to 2026-01-15-air leads to no page or file of the site (write "
        "'2026-01-15-air.md', the name of the file)"
    ),
    "[a](air.md)": (f"the link to air.md leads nowhere: content/air.md does not exist, {AIR} does"),
    "![A map](my map.png)": (
        "'![A map](my map.png)' is left in the text: it is read as no link (write "
        "![A map](<my map.png>): there are blanks in the address)"
    ),
    "[a] (https://e.net)": (
        "'[a] (https://' is left in the text: it is read as no link (write no blank between ']' "
        "and '(')"
    ),
    "A[^1]": (
        "'[^1]' is left in the text: there is no such note (write '[^1]: where it comes from' "
        "below, on a line of its own)"
    ),
}


@pytest.mark.parametrize("text", SAID)
def test_what_a_beginner_writes_is_told_with_what_to_write_instead(
    make_site: MakeSite, text: str
) -> None:
    site = make_site({AIR: f"{HEAD}{text}\n", "static/smog.jpg": b"", "images/map.png": b""})

    said = [f"{f.message} ({f.hint})" if f.hint else f.message for f in found(site.root)]
    assert said == [SAID[text]]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: Clean air", f"title: {'Clean air ' * 8}", [("long-title", 2)]),
        ("image_alt: Smog over a city\n", "", [("missing-alt", 5)]),
        ("/smog.jpg", "/gone.jpg", [("missing-image", 5)]),
        ("Ann Lee", "Ann Lee, et al.", [("et-al-without-notes", 3)]),
        ("title:", "titel: x\ntitle:", [("build-warning", 2)]),
        ("<!--more-->", "", [("missing-standfirst", 8)]),
        (
            "_Standfirst._\n\n<!--more-->",
            "<!--more-->",
            [("build-warning", 2), ("missing-description", 2)],
        ),
    ],
)
def test_front_matter_is_held_to_the_rules_too(
    make_site: MakeSite, old: str, new: str, expected: list[tuple[str, int]]
) -> None:
    text = (HEAD + "Body.\n").replace(old, new)
    site = make_site({AIR: text, "static/smog.jpg": b""})

    assert [(f.rule, f.line) for f in found(site.root)] == expected


def test_every_rule_has_an_example() -> None:
    names = ("test_check.py", "test_external.py")
    text = "".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in names)

    assert {rule for rule in RULES if not re.search(rf'["\[ ]{rule}[":\]]', text)} == set()


def test_a_site_without_faults_has_no_findings(make_site: MakeSite) -> None:
    site = make_site({AIR: BRIEF, SEA: SEA_BRIEF})

    assert found(site.root) == []
    assert found(ROOT, drafts=True, future=True) == []


def test_what_a_template_or_a_setting_links_to_is_told_once_where_it_was_written(
    make_site: MakeSite,
) -> None:
    footer = (
        '<p>Imprint</p>\n<a href="{{ \'/imprint/\'|url }}">Imprint</a>\n<a href="/law/">Law</a>'
    )
    site = make_site(
        {
            "site.yaml": CONFIG + "navigation:\n  - {title: About, url: /about/}\n",
            FOOTER: footer + '\n<script src="https://cdn.example/a.js">',
            AIR: BRIEF,
            SEA: SEA_BRIEF,
        }
    )

    nowhere = "leads to no page or file of the site, on briefs/2026/air/index.html and 8 more"
    hint = "(a template writes {{ '/path/'|url }}) "
    assert [str(f) for f in found(site.root)] == [
        f"error: site.yaml:4: the link to /about/ {nowhere} [broken-link]",
        f"error: {FOOTER}:2: the link to /imprint/ {nowhere} [broken-link]",
        f"error: {FOOTER}:3: the link to /law/ {nowhere} {hint}[broken-link]",
        f"warning: {FOOTER}:4: the file https://cdn.example/a.js is loaded from another host, "
        "on briefs/2026/air/index.html and 8 more (put the file into static/) [third-party]",
    ]


def test_a_link_in_an_excerpt_is_told_at_its_brief_and_not_on_the_lists(
    make_site: MakeSite,
) -> None:
    site = make_site({AIR: BRIEF.replace("_Standfirst._", "[Gone](gone.html), they say.")})

    assert [str(f) for f in found(site.root)] == [
        f"error: {AIR}:6: the link to gone.html leads to no page or file of the site [broken-link]"
    ]


def test_a_link_to_what_is_withheld_says_why(make_site: MakeSite) -> None:
    text = BRIEF.replace("Body.", "See [the sea](2026-01-16-sea.md#first).")
    draft = SEA_BRIEF.replace("title:", "draft: true\ntitle:")
    site = make_site({AIR: text, SEA: draft})

    assert [str(f) for f in found(site.root)] == [
        f"error: {AIR}:12: the link to 2026-01-16-sea.md#first leads nowhere: {SEA} is not public: "
        "draft (it says 'draft: true') [broken-link]"
    ]
    assert found(site.root, drafts=True) == []


def test_pages_that_are_html_or_lead_on_are_looked_at_too(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/old.md": "---\ntitle: Old\nredirect_to: /gone/\n---\n",
            "content/page.html": '---\ndescription: D\n---\n<p>A</p>\n<a href="/no/">a</a>',
            "static/own.html": '<p>A</p>\n<a href="b.html#c">a</a> <a href="/repo/page/">p</a>',
            "templates/partials/footer.html": "<img src=\"{{ '/a.png'|url }}\">",
            "static/a.png": b"",
        }
    )

    assert [(f.rule, f.where, f.line) for f in found(site.root)] == [
        ("broken-link", "content/old.md", 3),
        ("broken-link", "content/page.html", 5),
        ("broken-link", "static/own.html", 2),
        ("missing-alt", FOOTER, 1),
    ]


def test_the_text_above_an_index_is_its_authors(make_site: MakeSite) -> None:
    text = "---\ntitle: Home\nlayout: index\n---\nWelcome.\n\n[a](/gone/)\n"
    site = make_site({"content/index.md": text, AIR: BRIEF})

    assert [(f.rule, f.where, f.line) for f in found(site.root)] == [
        ("broken-link", "content/index.md", 7)
    ]


def test_briefs_with_one_title_are_told_apart(make_site: MakeSite) -> None:
    site = make_site({AIR: BRIEF, SEA: BRIEF.replace("01-15", "01-16")})

    [finding] = found(site.root)

    assert (finding.rule, finding.where) == ("duplicate-title", SEA)
    assert AIR in finding.message


def test_notes_about_others_than_the_byline_are_told(make_site: MakeSite) -> None:
    notes = "\n---\n\n__Ann Lee__ is one.\n\n__Eve Fox__ is none of them.\n"
    site = make_site({AIR: BRIEF + notes})

    assert [(f.rule, f.line) for f in found(site.root)] == [("note-outside-byline", 3)]


def test_jekylls_sites_are_looked_at_with_their_liquid_filled_in(make_site: MakeSite) -> None:
    config = CONFIG + "dialect: jekyll\ncollections_dir: ''\nmarkdown: {flavor: kramdown}\n"
    text = BRIEF.replace("Body.", "{{ site.title }}\n\n[a]({{ site.baseurl }}/gone/)\n\n* b\n*\n")
    site = make_site({"site.yaml": config, "content/_posts/2026-01-15-air.md": text})

    findings = [(f.rule, f.line) for f in found(site.root)]

    assert findings == [("broken-link", 14), ("lone-marker", 17)]


def test_several_processes_find_what_one_does(make_site: MakeSite) -> None:
    files = {
        f"content/2026-01-15-{n}.md": BRIEF.replace("Clean air", f"Air {n}") + "[a](/gone/)\n"
        for n in range(40)
    }
    site = make_site(files)

    project = project_of(site.root)
    assert check(project, frozenset(RULES), Workers(2)) == found(site.root)
    assert len(found(site.root)) == 40


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("https://example.org/a", ""),
        ("mailto:ann@example.org", ""),
        ("/about/", ""),
        ("about.md", ""),
        ("#a:b", ""),
        ("tel:+49", ""),
        ("data:image/png;base64,AA", ""),
        ("htts://example.org", "'htts:' begins no address that browsers know"),
        ("javascript:alert(1)", "'javascript:' begins no address that browsers know"),
        ("HTTP://example.org", "'HTTP://' has capitals"),
        ("Mailto:ann@example.org", "'Mailto:' has capitals"),
        ("https:/example.org", "it does not begin with a scheme, '//' and a host"),
        ("https://https://example.org", "it does not begin with a scheme, '//' and a host"),
        ("http://[", "it does not begin with a scheme, '//' and a host"),
        ("https//example.org", "the ':' is missing"),
        ("//example.org", "it has no scheme"),
        ("www.example.org", "it has no scheme and leads to a page of this site"),
        ("example.org/a", "it has no scheme and leads to a page of this site"),
        ("ann@example.org", "it has no scheme and leads to a page of this site"),
    ],
)
def test_odd_addresses(address: str, wrong: str) -> None:
    assert (odd(address) or ("",))[0] == wrong


BASE = "https://example.org/repo"


@pytest.mark.parametrize(
    ("address", "page", "base", "expected"),
    [
        ("../x/#a%20b", "a/index.html", BASE, Lead("x/", "a b")),
        ("", "a/index.html", BASE, Lead("a/")),
        ("b.html", "a/c.html", "", Lead("a/b.html")),
        ("/repo/a/", "404.html", BASE, Lead("a/")),
        ("/repo", "404.html", BASE, Lead("")),
        ("/repository/", "404.html", BASE, Lead("../repository/")),
        (f"{BASE}/%C3%A9", "a.html", BASE, Lead("é")),
        ("http://example.org/other", "a.html", BASE, Lead(None, "", "http://example.org/other")),
        ("https://x.org/a#b", "a.html", BASE, Lead(None, "", "https://x.org/a#b")),
        ("mailto:a@b.c", "a.html", BASE, Lead(None, "", "mailto:a@b.c")),
        ("http://[", "a.html", BASE, Lead(None)),
        (f"{NOWHERE}/a", "b.html", "", Lead("a")),
    ],
)
def test_where_addresses_lead(address: str, page: str, base: str, expected: Lead) -> None:
    assert lead(address, page, base) == expected


FINDINGS = [
    Finding("broken-link", "a b,c:d.md", 3, "100% of\nit", "write, say, x:y"),
    Finding("heading-start", "é.md", None, "two"),
    Finding("broken-link", "", None, "three"),
]


def test_github_is_given_annotations_that_nothing_in_them_can_break() -> None:
    lines = list(FORMATS["github"](FINDINGS, "docs/"))

    assert lines == [
        "::error file=docs/a b%2Cc%3Ad.md,line=3,title=broken-link::"
        "100%25 of%0Ait (write, say, x:y)",
        "::notice file=docs/é.md,line=1,title=heading-start::two",
        "::error title=broken-link::three",
    ]


TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "required": ["id"],
                                            "properties": {
                                                "shortDescription": TEXT,
                                                "defaultConfiguration": {
                                                    "properties": {"level": LEVEL}
                                                },
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "type": "array",
                        "items": {
                            "required": ["message"],
                            "properties": {
                                "message": TEXT,
                                "level": LEVEL,
                                "ruleIndex": {"type": "integer", "minimum": -1},
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "properties": {
                                            "physicalLocation": {
                                                "required": ["artifactLocation"],
                                                "properties": {
                                                    "artifactLocation": {
                                                        "properties": {
                                                            "uri": {"format": "uri-reference"}
                                                        }
                                                    },
                                                    "region": {
                                                        "properties": {
                                                            "startLine": {
                                                                "type": "integer",
                                                                "minimum": 1,
                                                            }
                                                        }
                                                    },
                                                },
                                            }
                                        }
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
"""What SARIF 2.1.0 (OASIS, 3.13 to 3.30) requires of the parts that are written here."""


def test_sarif_has_the_structure_that_its_standard_requires() -> None:
    log = json.loads("".join(FORMATS["sarif"](FINDINGS, "docs/")))
    [it] = log["runs"]
    rules = it["tool"]["driver"]["rules"]

    jsonschema.validate(log, SARIF, format_checker=jsonschema.FormatChecker())
    assert [rules[item["ruleIndex"]]["id"] for item in it["results"]] == [f.rule for f in FINDINGS]
    assert [item["locations"] for item in it["results"]] == [
        [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "docs/a%20b%2Cc%3Ad.md"},
                    "region": {"startLine": 3},
                }
            }
        ],
        [{"physicalLocation": {"artifactLocation": {"uri": "docs/%C3%A9.md"}}}],
        [],
    ]
    assert it["results"][0]["message"] == {"text": "100% of\nit (write, say, x:y)"}


def test_json_names_what_the_text_says() -> None:
    assert json.loads("".join(FORMATS["json"](FINDINGS[:1], ""))) == [
        {
            "rule": "broken-link",
            "severity": "error",
            "file": "a b,c:d.md",
            "line": 3,
            "message": "100% of\nit",
            "hint": "write, say, x:y",
        }
    ]


def test_many_warnings_of_one_rule_are_counted_in_the_text() -> None:
    many = [Finding("missing-alt", "a.md", n, "m") for n in range(1, 13)]

    short, whole = list(FORMATS["text"](many, "")), list(FORMATS["text"](many, "", every=True))

    assert short[9:] == [
        "warning: a.md:10: m [missing-alt]",
        "warning: 2 more [missing-alt] (-v names them)",
        "0 errors, 12 warnings, 0 notes",
    ]
    assert len(whole) == 13


def test_the_exit_status_tells_of_errors_and_strictly_of_warnings(make_site: MakeSite) -> None:
    site = make_site({AIR: BRIEF + "\n![](/smog.jpg)\n", "static/smog.jpg": b""})
    sources = tree(site.root)

    lax, strict = run("check", cwd=site.root), run("check", "--strict", cwd=site.root)
    other = run(
        "check", "--ignore", "missing-alt", "--strict", str(site.root), cwd=site.root.parent
    )
    site.write({SEA: SEA_BRIEF.replace("Body.", "[a](/gone/)")})
    broken = run("check", "site", "--format=github", "--rule=broken-link", cwd=site.root.parent)

    assert (lax.returncode, strict.returncode, other.returncode, broken.returncode) == (0, 1, 0, 1)
    assert lax.stdout.splitlines()[-1] == "0 errors, 1 warning, 0 notes"
    assert other.stdout == "0 errors, 0 warnings, 0 notes\n"
    assert broken.stdout == (
        f"::error file=site/{SEA},line=12,title=broken-link::"
        "the link to /gone/ leads to no page or file of the site\n"
    )
    assert {path: tree(site.root)[path] for path in sources} == sources
    assert sorted(path.name for path in site.root.iterdir()) == ["content", "site.yaml", "static"]


def test_what_programs_read_is_printed_as_it_is(make_site: MakeSite) -> None:
    text = BRIEF.replace("Body.", "![1\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}2](/smog.jpg)")
    site = make_site({AIR: text, "static/smog.jpg": b""})

    [row] = json.loads(run("check", "--format", "json", cwd=site.root).stdout)
    log = json.loads(run("check", "--format", "sarif", cwd=site.root).stdout)

    assert (row["rule"], row["line"]) == ("placeholder-alt", 12)
    assert "1\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}2" in row["message"]
    assert row["message"] in log["runs"][0]["results"][0]["message"]["text"]


def test_site_yaml_names_rules_to_ignore_and_no_others(make_site: MakeSite) -> None:
    config = CONFIG + "check: {ignore: [missing-alt]}\n"
    site = make_site({"site.yaml": config, AIR: BRIEF + "\n![](/a.jpg)\n", "static/a.jpg": b""})

    ignored = run("check", cwd=site.root)
    asked = run("check", "--rule", "missing-alt", cwd=site.root)
    site.write({"site.yaml": config.replace("missing-alt", "missing-al")})
    unknown = run("check", cwd=site.root)

    assert ignored.stdout == "0 errors, 0 warnings, 0 notes\n"
    assert asked.stdout.splitlines()[-1] == "0 errors, 1 warning, 0 notes"
    assert unknown.stderr.splitlines()[0] == (
        "site.yaml: check.ignore: there is no rule 'missing-al' (did you mean 'missing-alt'?)"
    )


def test_a_site_that_cannot_be_built_is_not_checked(make_site: MakeSite) -> None:
    site = make_site({AIR: BRIEF.replace("title:", "doi: 1\ntitle:")})

    done = run("check", cwd=site.root)

    assert (done.returncode, done.stdout) == (1, "")
    assert f"{AIR}:2: doi '1'" in done.stderr


def test_every_rule_is_explained_in_the_docs() -> None:
    text = (ROOT / "content/guide/checks.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("### ")]

    assert rows == [f"### {name} ({rule.severity})" for name, rule in RULES.items()]
