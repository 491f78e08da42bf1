"""`briefsite check`: what people should look at; nothing is changed, nobody is merged."""

from conftest import BRIEF, MakeSite
from test_cli import run

NOTES = "\n---\n\n__Ann Lee__ is one.\n\n__Eve Fox__ is none of them.\n"
BYLINES = {
    "a": "José Ruiz and Ministry of Tides",
    "b": "Jose M. Ruiz",
    "c": "J. Ruiz",
    "d": "Jose M. Ruiz",
    "e": "Ann Lee",
    "f": "Anne “Sky” Lee",
    "g": "Bo Kim, et al.",
    "h": "Bob Kim",
    "i": "潮汐新聞",
    "j": "James Orr and Joe Orr",
}


def test_likely_variants_of_one_person_are_listed(make_site: MakeSite) -> None:
    files = {
        f"content/2026-01-15-{name}.md": BRIEF.replace("Ann Lee", line)
        for name, line in BYLINES.items()
    }
    files["content/2026-01-15-e.md"] += NOTES
    registry = "bob: {name: Bob Kim, aliases: [Bo Kim]}\ntides: {name: 潮汐新聞, type: org}\n"
    registry += "james: {name: James Orr}\njoe: {name: Joe Orr}\n"
    site = make_site(files | {"content/_data/authors.yml": registry})

    done = run("check", "authors", cwd=site.root)

    alike = "perhaps one person; if so, name one with the others as 'aliases' in authors.yml:"
    assert done.stdout.splitlines() == [
        alike,
        "  Ann Lee: content/2026-01-15-e.md",
        "  Anne Lee: content/2026-01-15-f.md",
        alike,
        "  Jose M. Ruiz: content/2026-01-15-b.md, content/2026-01-15-d.md",
        "  J. Ruiz: content/2026-01-15-c.md",
        "  José Ruiz: content/2026-01-15-a.md",
        "taken for an organization, by its words only: Ministry of Tides: content/2026-01-15-a.md",
        "content/2026-01-15-e.md: its notes tell of whom the byline does not name: Eve Fox",
        'content/2026-01-15-g.md: "et al.", and no notes at its end that name the others',
    ]
    assert (done.returncode, done.stderr) == (0, "")
    assert site.output() == {}


def test_a_site_with_errors_is_not_checked(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-a.md": BRIEF.replace("title:", "doi: 1\ntitle:")})

    done = run("check", "authors", cwd=site.root)

    assert done.returncode == 1
    assert "content/2026-01-15-a.md:2: doi '1'" in done.stderr
