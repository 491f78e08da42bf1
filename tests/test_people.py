"""Bylines, lists of authors and the registry become persons; nobody is merged by guess."""

import pytest
from conftest import BRIEF, MakeSite, project_of
from hypothesis import given
from hypothesis import strategies as st

from briefsite.builder import plan_of
from briefsite.errors import BriefsiteError
from briefsite.model import Affiliation, Brief, Person
from briefsite.people import key_of, person_of, split_authors

AUTHOR = "author: Ann Lee"
REGISTRY = """\
ann-lee:
  name: Ann B. Lee
  aliases: [Dr Anne Lee, A. B. Lee]
  orcid: https://orcid.org/0000-0002-1825-0097
  affiliation: {name: Sea Institute, ror: 04wxnsj81}
  bio: Ann writes about _seas_.
  twitter: ann
marine:
  name: Ministry of Tides and Winds
  type: org
  ror: 05dxps055
wang: {name: 王飞凌, family: 王}
gonzalo:
  name: Gonzalo Saiz Erausquin
  family: Saiz Erausquin
  affiliations: [marine, Port Office]
"""


def row(person: Person) -> tuple[str, ...]:
    """Return given name, particle, family name and suffix; the whole name where it has none."""
    if not person.family:
        return (person.name,)
    return (person.given, person.particle, person.family, person.suffix)


NAMES: dict[str, tuple[str, ...]] = {
    "Ann Lee": ("Ann", "", "Lee", ""),
    "Ann  B. Lee": ("Ann B.", "", "Lee", ""),
    "Floris van\u202fBerg\u00a0Smit": ("Floris", "van", "Berg Smit", ""),
    "Joana de Deus Pereira": ("Joana", "de", "Deus Pereira", ""),
    "Maria de la Osa": ("Maria", "de la", "Osa", ""),
    "Stijn Van Hoof": ("Stijn", "", "Van Hoof", ""),
    "Van Jackson": ("Van", "", "Jackson", ""),
    "Mohammed bin Salman": ("Mohammed", "bin", "Salman", ""),
    "Faris Al-Sulayman": ("Faris", "", "Al-Sulayman", ""),
    "Peter C. Combe II": ("Peter C.", "", "Combe", "II"),
    "Martin Luther King, Jr.": ("Martin Luther", "", "King", "Jr."),
    "Ann Lee, PhD": ("Ann", "", "Lee", ""),
    "Ann Lee PhD": ("Ann", "", "Lee", ""),
    "Peter K. Ma": ("Peter K.", "", "Ma", ""),
    "Dr Ann Lee": ("Ann", "", "Lee", ""),
    "Lieutenant Colonel Bo Kim": ("Bo", "", "Kim", ""),
    "Bo “Sky” Kim": ("Bo", "", "Kim", ""),
    "Bo Kim (Colonel, ret.)": ("Bo", "", "Kim", ""),
    "Baroness Helić": ("", "", "Helić", ""),
    "A.E. Stahl": ("A.E.", "", "Stahl", ""),
    "H A Hellyer": ("H A", "", "Hellyer", ""),
    "ANN MARGARET LEE": ("ANN MARGARET".title(), "", "Lee", ""),
    "Éva D’Arc": ("Éva", "", "D’Arc", ""),
    "Plato": ("Plato",),
    "Ann\u00ad Lee\u200b": ("Ann", "", "Lee", ""),
    "Moon Jae-in": ("Jae-in", "", "Moon", ""),
    "Jae-in Moon": ("Jae-in", "", "Moon", ""),
    "Ann Burna-Asefi": ("Ann", "", "Burna-Asefi", ""),
    "Vo Kieu Bao Uyen": ("Kieu Bao Uyen", "", "Vo", ""),
    "Nguyễn Văn Thiệu": ("Văn Thiệu", "", "Nguyễn", ""),
    "Le Van Hoa": ("Van Hoa", "", "Le", ""),
    "Kim Anh Nguyen": ("Kim Anh", "", "Nguyen", ""),
    "Dang Le Tran": ("Dang", "", "Le Tran", ""),
    "Le Bon Pierre": ("Le Bon", "", "Pierre", ""),
    "王飞凌": ("王飞凌",),
    "去非子（刘师培）": ("去非子（刘师培）",),
    "Ministry of Tides": ("Ministry of Tides",),
    "The editors": ("The editors",),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_has_these_parts(name: str) -> None:
    assert row(person_of(name)) == NAMES[name]


def test_an_organization_is_told_by_its_words() -> None:
    names = ["Ministry of Tides", "North Sea Team", "The editors", "潮汐新聞", "Ann Lee", "RUSI"]

    assert [person_of(name).kind for name in names] == ["organization"] * 4 + ["person"] * 2


BYLINES: dict[str, list[tuple[str, ...]]] = {
    "": [],
    "Ann Lee": [("Ann", "", "Lee", "")],
    "Ann Lee and Bo Kim": [("Ann", "", "Lee", ""), ("Bo", "", "Kim", "")],
    "Ann Lee, Bo Kim and Cy Orr": [
        ("Ann", "", "Lee", ""),
        ("Bo", "", "Kim", ""),
        ("Cy", "", "Orr", ""),
    ],
    "Ann Lee, Bo Kim, and Cy Orr": [
        ("Ann", "", "Lee", ""),
        ("Bo", "", "Kim", ""),
        ("Cy", "", "Orr", ""),
    ],
    "Ann Lee & Bo Kim": [("Ann", "", "Lee", ""), ("Bo", "", "Kim", "")],
    "Ann Lee; Bo Kim": [("Ann", "", "Lee", ""), ("Bo", "", "Kim", "")],
    "Ann Lee and Ann Lee": [("Ann", "", "Lee", "")],
    "Sandy Anderson": [("Sandy", "", "Anderson", "")],
    "Bo King, Jr. and Ann Lee, PhD": [("Bo", "", "King", "Jr."), ("Ann", "", "Lee", "")],
    "Bo Kim (Colonel, ret.) and Ann Lee": [("Bo", "", "Kim", ""), ("Ann", "", "Lee", "")],
    "张三、李四": [("张三",), ("李四",)],
}


@pytest.mark.parametrize("line", BYLINES)
def test_a_byline_names_these_people(line: str) -> None:
    found = split_authors(line)

    assert ([row(person) for person in found.people], found.others) == (BYLINES[line], False)


@pytest.mark.parametrize("ending", [", et al.", " et al", ", et. al.", " et al.", " and others"])
def test_a_byline_may_stop_short(ending: str) -> None:
    found = split_authors(f"Ann Lee, Bo Kim{ending}")

    assert [person.name for person in found.people] == ["Ann Lee", "Bo Kim"]
    assert (found.others, found.shown) == (True, (f"Ann Lee, Bo Kim{ending}",))


def test_a_slash_between_names_in_cjk_parts_author_translator_and_outlet() -> None:
    found = split_authors("陈一 / 机器-4译 / 李二校/潮報")

    assert [(person.name, person.role, person.kind) for person in found.people] == [
        ("陈一", "author", "person"),
        ("机器-4", "translator", "person"),
        ("李二", "reviser", "person"),
        ("潮報", "outlet", "organization"),
    ]
    assert found.shown == ("陈一 / 机器-4译 / 李二校/潮報",)


def test_a_wide_slash_before_a_name_in_another_script_parts_two_authors() -> None:
    lines = ["李甬／Ann Lee", "李甬／潮報", "李甬／Reuters", "李甬/Ann Lee", "李甬／Ann Lee译"]

    assert [[p.role for p in split_authors(line).people] for line in lines] == [
        ["author", "author"],
        ["author", "outlet"],
        ["author", "outlet"],
        ["author", "outlet"],
        ["author", "translator"],
    ]


CALLED: dict[tuple[str, str], tuple[str, ...]] = {
    ("Ana Saiz Ruiz", "Ms Saiz Ruiz wrote it."): ("Ana", "", "Saiz Ruiz", ""),
    ("Ana Saiz Ruiz", "Before, Dr. Saiz Ruiz’s work was"): ("Ana", "", "Saiz Ruiz", ""),
    ("Ana Saiz Ruiz", "Dr. Ana Saiz Ruiz and Ms Orr"): ("Ana Saiz", "", "Ruiz", ""),
    ("Ana Saiz Ruiz", "Ana Saiz Ruiz was in Saiz Ruiz."): ("Ana Saiz", "", "Ruiz", ""),
    ("Ana Saiz Ruiz", "Ms Saiz Ruizo is another."): ("Ana Saiz", "", "Ruiz", ""),
    ("Ana Orr Lee", "Mrs Lee is a fellow."): ("Ana Orr", "", "Lee", ""),
    ("Ana de la Osa Ruiz", "Prof. de la Osa Ruiz"): ("Ana", "de la", "Osa Ruiz", ""),
    ("Choi Kang", "Dr. Choi is a fellow."): ("Kang", "", "Choi", ""),
    ("Choi Kang", "Dr Choi Kang is a fellow."): ("Choi", "", "Kang", ""),
    ("Choi Kang", "Mr Kang is a fellow."): ("Choi", "", "Kang", ""),
}


@pytest.mark.parametrize(("name", "note"), CALLED)
def test_a_family_name_is_what_the_notes_call_somebody_by(
    make_site: MakeSite, name: str, note: str
) -> None:
    text = BRIEF.replace("Ann Lee", name) + f"\n---\n\n__{name}__ is a fellow. {note}\n"
    [brief] = plan_of(
        project_of(make_site({"content/2026-01-15-air.md": text}).root)
    ).site.documents

    assert ([row(p) for p in brief.people], brief.bios) == ([CALLED[name, note]], (name,))


def test_what_the_author_or_the_registry_says_of_a_name_goes_over_its_notes(
    make_site: MakeSite,
) -> None:
    note = "\n---\n\n__Ana Saiz Ruiz__ is a fellow. Ms Saiz Ruiz wrote it.\n"
    said = "authors: [{name: Ana Saiz Ruiz, family: Ruiz, given: Ana Saiz}]"
    files = {
        "content/2026-01-15-air.md": BRIEF.replace(AUTHOR, said) + note,
        "content/2026-01-16-sea.md": BRIEF.replace("Ann Lee", "Ana Saiz Ruiz") + note,
    }
    registry = {"content/_data/authors.yml": "ana: {name: Ana Saiz Ruiz, family: Ruiz}\n"}
    site = make_site(files)
    plain = plan_of(project_of(site.root)).site.documents
    known = plan_of(project_of(site.write(registry).root)).site.documents

    assert [b.people[0].family for b in plain] == ["Ruiz", "Saiz Ruiz"]
    assert [b.people[0].family for b in known] == ["Ruiz", "Ruiz"]


def test_a_slash_in_other_scripts_parts_nothing() -> None:
    assert [p.name for p in split_authors("Tide/Wind Office").people] == ["Tide/Wind Office"]


def test_two_spellings_share_a_key_only_by_initial_and_family_name() -> None:
    alike = ["José Ruiz", "Jose M. Ruiz", "J. Ruiz III", "Jose “Pepe” Ruiz"]

    assert {key_of(person_of(name)) for name in alike} == {"j ruiz"}
    assert key_of(person_of("Maria de Ruiz")) == "m ruiz"


def test_the_same_letters_are_one_person_and_other_letters_are_not() -> None:
    same = ["Ann B. Lee", "ann b lee", "ANN-B LEE", "Dr Ann B.  Lee"]
    other = ["Ann Lee", "Anne B. Lee", "Änn B. Lee"]

    assert {person_of(name).id for name in same} == {"ann-b-lee"}
    assert "ann-b-lee" not in {person_of(name).id for name in other}


@given(st.text(max_size=80))
def test_whatever_a_byline_holds_everybody_has_a_name_and_an_id(line: str) -> None:
    found = split_authors(line).people

    assert all(person.name and person.id for person in found)
    assert len({person.id for person in found}) == len(found)


@pytest.mark.parametrize("odd", ["(", "“", "(,", "Ann, ", " and ", "/译", "et al. "])
def test_a_long_line_of_one_mark_is_read_all_the_same(odd: str) -> None:
    assert split_authors(odd * 20_000).shown != ()


def briefs_of(make_site: MakeSite, front: str, **files: str) -> tuple[Brief, list[str]]:
    """Return the one brief of a site with this line for its author, and the problems."""
    named = {f"content/_data/{name}.yml": text for name, text in files.items()}
    site = make_site({"content/2026-01-15-air.md": BRIEF.replace(AUTHOR, front)} | named)
    plan = plan_of(project_of(site.root))
    briefs = plan.site.documents or plan.library.briefs
    return briefs[0], [str(problem) for problem in plan.problems]


LISTS: dict[str, list[tuple[str, ...]]] = {
    "authors: [Ann Lee, 'Kim, Bo']": [("Ann", "", "Lee", ""), ("Bo", "", "Kim", "")],
    "authors:\n- {name: Bo van Kim Orr, family: van Kim Orr}": [("Bo", "van", "Kim Orr", "")],
    "authors: [{family: Saiz Ruiz, given: Ana, suffix: III}]": [("Ana", "", "Saiz Ruiz", "III")],
    "authors: [{name: Sea and Sky, type: org}, Office of Sea and Sky]": [
        ("Sea and Sky",),
        ("Office of Sea and Sky",),
    ],
    "author: {name: Ann Lee}": [("Ann", "", "Lee", "")],
    "author: [Ann Lee, Bo and Kim]": [("Ann", "", "Lee", ""), ("Bo and", "", "Kim", "")],
    "authors: []": [],
    "authors: [anonymous]": [("anonymous",)],
}


@pytest.mark.parametrize("front", LISTS)
def test_a_list_names_one_author_an_item(make_site: MakeSite, front: str) -> None:
    brief, problems = briefs_of(make_site, front)

    assert ([row(person) for person in brief.people], problems) == (LISTS[front], [])


def test_a_list_may_say_more_of_an_author(make_site: MakeSite) -> None:
    said = (
        "authors:\n- name: Ann Lee\n  orcid: 0000-0002-1825-0097\n  url: https://example.org/ann\n"
        "  affiliations: [Sea Institute, {name: Sky, ror: 04wxnsj81}]\n"
        "- {name: Bo Kim, role: translator}"
    )
    brief, _ = briefs_of(make_site, said)

    assert brief.people == (
        Person(
            name="Ann Lee",
            family="Lee",
            given="Ann",
            id="ann-lee",
            orcid="0000-0002-1825-0097",
            affiliations=(
                Affiliation("Sea Institute"),
                Affiliation("Sky", "https://ror.org/04wxnsj81"),
            ),
            url="https://example.org/ann",
        ),
        Person(name="Bo Kim", family="Kim", given="Bo", id="bo-kim", role="translator"),
    )
    assert brief.authors == ("Ann Lee",)


WRONG = {
    "authors:\n- {name: Ann Lee, orcid: 0000-0002-1825-0098}": (
        "4: orcid '0000-0002-1825-0098': its check digit is wrong: a digit was mistyped"
    ),
    "authors:\n- name: Ann Lee\n  affiliation:\n    ror: 04wxnsj82": (
        "6: ror '04wxnsj82': its check digit is wrong: a digit was mistyped"
    ),
    "authors:\n- {orcid: 0000-0002-1825-0097}": (
        "4: an author has no name (write 'name: Ann Lee')"
    ),
    "authors:\n- {name: Ann Lee, url: 'javascript:x'}": (
        "4: 'javascript:x' is no address to link to"
    ),
    "authors:\n- {name: Ann Lee, role: boss}": (
        "4: authors[0].role is 'boss', not one of author, translator, editor, reviser, writer, "
        "outlet"
    ),
    "authors:\n- {name: Ann Lee, orchid: x}": "4: unknown key 'orchid' (did you mean 'orcid'?)",
    "authors:\n- {id: ann-lee}": (
        "4: there is no author 'ann-lee' in _data/authors.yml (add it there, or write 'name: "
        "ann-lee')"
    ),
}


@pytest.mark.parametrize("front", WRONG)
def test_what_is_wrong_with_an_author_is_told_with_its_line(
    make_site: MakeSite, front: str
) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF.replace(AUTHOR, front)})
    problems = [str(p) for p in plan_of(project_of(site.root)).problems]

    assert problems == [f"content/2026-01-15-air.md:{WRONG[front]}"]


def test_the_registry_knows_names_aliases_and_ids(make_site: MakeSite) -> None:
    ann = Person(
        name="Ann B. Lee",
        family="Lee",
        given="Ann B.",
        id="ann-lee",
        orcid="0000-0002-1825-0097",
        affiliations=(Affiliation("Sea Institute", "https://ror.org/04wxnsj81"),),
        bio="Ann writes about _seas_.",
    )
    found = {
        front: briefs_of(make_site, front, authors=REGISTRY)
        for front in (
            "author: A.B. Lee",
            "author: Anne Lee",
            "authors: [ann-lee]",
            "author: ann-lee",
        )
    }

    people = {front: brief.people for front, (brief, _) in found.items()}
    assert people == dict.fromkeys(found, (ann,))
    assert [brief.authors for brief, _ in found.values()] == [
        ("A.B. Lee",),
        ("Anne Lee",),
        ("Ann B. Lee",),
        ("Ann B. Lee",),
    ]
    assert [problems for _, problems in found.values()] == [[], [], [], []]


def test_the_registry_says_what_no_rule_can(make_site: MakeSite) -> None:
    whole, _ = briefs_of(make_site, "author: Ministry of Tides and Winds", authors=REGISTRY)
    listed, _ = briefs_of(make_site, "authors: [王飞凌, gonzalo]", authors=REGISTRY)

    tides = Affiliation("Ministry of Tides and Winds", "https://ror.org/05dxps055")
    assert whole.people == (
        Person(
            name="Ministry of Tides and Winds",
            id="marine",
            kind="organization",
            affiliations=(tides,),
        ),
    )
    assert whole.authors == ("Ministry of Tides and Winds",)
    assert [row(person) for person in listed.people] == [
        ("飞凌", "", "王", ""),
        ("Gonzalo", "", "Saiz Erausquin", ""),
    ]
    assert listed.people[1].affiliations == (tides, Affiliation("Port Office"))


def test_two_spellings_of_one_author_in_one_brief_are_one_person(make_site: MakeSite) -> None:
    brief, _ = briefs_of(make_site, "author: Anne Lee and A. B. Lee", authors=REGISTRY)

    assert [person.id for person in brief.people] == ["ann-lee"]


def test_what_a_brief_says_of_an_author_goes_over_the_registry(make_site: MakeSite) -> None:
    said = "authors: [{id: ann-lee, affiliation: Sky, role: editor}]"
    brief, _ = briefs_of(make_site, said, authors=REGISTRY)

    [ann] = brief.people
    assert (ann.name, ann.role, ann.affiliations) == ("Ann B. Lee", "editor", (Affiliation("Sky"),))


FAULTS = {
    "a: {name: Ann Lee}\nb: {name: Bo Kim, aliases: [ANN LEE]}\n": (
        "2: 'ANN LEE' names both 'a' and 'b' (an alias may belong to one author only)"
    ),
    "a:\n  name: Ann\n  orcid: 0000-0002-1825-0098\n": (
        "3: orcid '0000-0002-1825-0098': its check digit is wrong: a digit was mistyped"
    ),
    "a:\n  family: Lee\n  orcd: x\n": "3: unknown key 'orcd' (did you mean 'orcid'?)",
    "a: Ann\n": "1: a is 'Ann', not a mapping of keys and values (write 'a: {name: ...}')",
    "- name: Ann\n": " the registry of authors is no mapping (write 'ann-lee: {name: ...}')",
}


@pytest.mark.parametrize("registry", FAULTS)
def test_what_is_wrong_in_the_registry_is_told_with_its_line(
    make_site: MakeSite, registry: str
) -> None:
    _, problems = briefs_of(make_site, AUTHOR, authors=registry)

    assert problems == [f"content/_data/authors.yml:{FAULTS[registry]}"]


def test_an_unknown_id_is_an_error_with_a_suggestion(make_site: MakeSite) -> None:
    front = "authors:\n- Ann Lee\n- ann-le"
    site = make_site(
        {
            "content/2026-01-15-air.md": BRIEF.replace(AUTHOR, front),
            "content/_data/authors.yml": REGISTRY,
        }
    )

    with pytest.raises(BriefsiteError) as caught:
        site.build()

    assert str(caught.value) == (
        "content/2026-01-15-air.md:5: there is no author 'ann-le' in content/_data/authors.yml "
        "(did you mean 'ann-lee'?)"
    )


def test_a_jekyll_site_may_use_these_words_for_its_own_ends(make_site: MakeSite) -> None:
    config = "title: T\nurl: https://example.org\ndialect: jekyll\ncontent: .\n"
    site = make_site(
        {
            "site.yaml": config + "static: _static\ntemplates: _templates\n",
            "_posts/2026-01-15-air.md": BRIEF.replace(
                AUTHOR, "authors: [jane, {name: Bo, role: boss}]"
            ),
            "_data/authors.yml": "- name: Ann\n",
        }
    )
    report = site.build()

    post = "_posts/2026-01-15-air.md"
    assert [(p.where, p.line, p.warning) for p in report.problems] == [
        (post, 3, True),
        ("_data/authors.yml", None, True),
    ]


def test_a_change_of_the_registry_remakes_the_pages_of_its_people(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/2026-01-15-air.md": BRIEF.replace("Ann Lee", "Anne Lee"),
            "content/2026-01-16-sea.md": BRIEF.replace("Ann Lee", "Bo Kim"),
            "content/_data/authors.yml": REGISTRY,
        }
    )
    site.build()
    site.write({"content/_data/authors.yml": REGISTRY.replace("_seas_", "_skies_")})

    made = site.build().made
    assert "briefs/2026/air/index.html" in made
    assert [path for path in made if "sea" in path] == []
