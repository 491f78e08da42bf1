"""Citations: the styles word for word, and formats that other programs' parsers read back."""

import json
import re
from datetime import date
from typing import Any

import jsonschema
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import (
    LatexDecodingMiddleware,
    SeparateCoAuthors,
    SplitNameParts,
)
from conftest import BRIEF, CONFIG, MakeSite, project_of
from hypothesis import given
from hypothesis import strategies as st

from briefsite.builder import plan_of
from briefsite.citations import STYLES, Citation, bibtex, csl_json, ris
from briefsite.citations.citation import full_title
from briefsite.model import Person
from briefsite.people import person_of
from briefsite.values import replace

URL = "https://ex.org/briefs/x/"
DAY = date(2025, 8, 8)
COMBE = Person("Peter C. Combe II", "Combe", "Peter C.", suffix="II")
SMIT = Person("Floris van Berckel Smit", "Berckel Smit", "Floris", "van")
WANG = Person("王飞凌", "王", "飞凌")
MINISTRY = Person("UK Ministry of Defence", kind="organization")


def people(*names: str) -> tuple[Person, ...]:
    """Return persons with these names."""
    return tuple(map(person_of, names))


def cited(*by: Person, **more: Any) -> Citation:
    """Return a citation of a brief by these people."""
    values = {"title": "T", "publisher": "Inst", "place": "London", "url": URL} | more
    return Citation(key="x2025t", people=by, published=DAY, **values)


ONE = cited(
    *people("Saeme Kim"),
    title="Europe’s North Korea Policy",
    number="12",
    publisher="Example Institute",
)
WEB = replace(ONE, title="Title", kind="commentary", number="", place="")
MANY = people(
    "Scott Pence", "Krista Auchenbach", "Nathan “Smash” Lewis", "D D", "E E", "F F", "Guy Last"
)
BRONK = people("Justin Bronk", "Nick Reynolds", "Jack Watling")
PENCE = "Pence, S. <i>et al.</i>"
AIR = "briefs/2026/air/"
GOLDEN = {
    "one author, a numbered report": (
        ONE,
        "Kim, Saeme. <i>Europe’s North Korea Policy</i>. Policy Brief 12. Example Institute, 2025. "
        f"{URL}.",
        "Kim, S. (2025). <i>Europe’s North Korea Policy</i> (Policy Brief 12). Example Institute. "
        f"{URL}",
        "Kim, Saeme. <i>Europe’s North Korea Policy</i>. Policy brief 12, Example Institute, "
        f"8 Aug. 2025, {URL}.",
        "Kim, S. (2025) <i>Europe’s North Korea Policy</i>. Policy brief 12. London: Example "
        f"Institute. Available at: {URL}.",
    ),
    "two authors, no number": (
        cited(*people("Viacheslav Semenenko", "Andrii Ivashenko")),
        f"Semenenko, Viacheslav, and Andrii Ivashenko. <i>T</i>. Policy brief. Inst, 2025. {URL}.",
        f"Semenenko, V., &amp; Ivashenko, A. (2025). <i>T</i> [Policy brief]. Inst. {URL}",
        "Semenenko, Viacheslav, and Andrii Ivashenko. <i>T</i>. Policy brief. Inst, 8 Aug. 2025, "
        f"{URL}.",
        "Semenenko, V. and Ivashenko, A. (2025) <i>T</i>. Policy brief. London: Inst. Available "
        f"at: {URL}.",
    ),
    "three authors": (
        cited(*BRONK),
        "Bronk, Justin, Nick Reynolds, and Jack Watling. <i>T</i>. Policy brief. Inst, 2025. "
        f"{URL}.",
        f"Bronk, J., Reynolds, N., &amp; Watling, J. (2025). <i>T</i> [Policy brief]. Inst. {URL}",
        f"Bronk, Justin, et al. <i>T</i>. Policy brief. Inst, 8 Aug. 2025, {URL}.",
        "Bronk, J., Reynolds, N. and Watling, J. (2025) <i>T</i>. Policy brief. London: Inst. "
        f"Available at: {URL}.",
    ),
    "four authors": (
        cited(*MANY[:4]),
        "Pence, Scott, Krista Auchenbach, Nathan Lewis, and D D. <i>T</i>. Policy brief. Inst, "
        f"2025. {URL}.",
        "Pence, S., Auchenbach, K., Lewis, N., &amp; D, D. (2025). <i>T</i> [Policy brief]. Inst. "
        f"{URL}",
        f"Pence, Scott, et al. <i>T</i>. Policy brief. Inst, 8 Aug. 2025, {URL}.",
        "Pence, S. <i>et al.</i> (2025) <i>T</i>. Policy brief. London: Inst. Available at: "
        f"{URL}.",
    ),
    "seven authors": (
        cited(*MANY),
        "Pence, Scott, Krista Auchenbach, Nathan Lewis, et al. <i>T</i>. Policy brief. Inst, 2025. "
        f"{URL}.",
        "Pence, S., Auchenbach, K., Lewis, N., D, D., E, E., F, F., &amp; Last, G. (2025). "
        f"<i>T</i> [Policy brief]. Inst. {URL}",
        f"Pence, Scott, et al. <i>T</i>. Policy brief. Inst, 8 Aug. 2025, {URL}.",
        "Pence, S. <i>et al.</i> (2025) <i>T</i>. Policy brief. London: Inst. Available at: "
        f"{URL}.",
    ),
    "an organization": (
        cited(MINISTRY),
        f"UK Ministry of Defence. <i>T</i>. Policy brief. Inst, 2025. {URL}.",
        f"UK Ministry of Defence. (2025). <i>T</i> [Policy brief]. Inst. {URL}",
        f"UK Ministry of Defence. <i>T</i>. Policy brief. Inst, 8 Aug. 2025, {URL}.",
        f"UK Ministry of Defence (2025) <i>T</i>. Policy brief. London: Inst. Available at: {URL}.",
    ),
    "a particle and a suffix": (
        cited(SMIT, COMBE),
        "Berckel Smit, Floris van, and Peter C. Combe II. <i>T</i>. Policy brief. Inst, 2025. "
        f"{URL}.",
        "van Berckel Smit, F., &amp; Combe, P. C., II. (2025). <i>T</i> [Policy brief]. Inst. "
        f"{URL}",
        "van Berckel Smit, Floris, and Peter C. Combe II. <i>T</i>. Policy brief. Inst, 8 Aug. "
        f"2025, {URL}.",
        "van Berckel Smit, F. and Combe, P.C., II (2025) <i>T</i>. Policy brief. London: Inst. "
        f"Available at: {URL}.",
    ),
    "names written family name first": (
        cited(*people("Moon Jae-in", "Tsai Ing-wen")),
        f"Moon, Jae-in, and Tsai Ing-wen. <i>T</i>. Policy brief. Inst, 2025. {URL}.",
        f"Moon, J.-i., &amp; Tsai, I.-w. (2025). <i>T</i> [Policy brief]. Inst. {URL}",
        f"Moon, Jae-in, and Tsai Ing-wen. <i>T</i>. Policy brief. Inst, 8 Aug. 2025, {URL}.",
        f"Moon, J.-i. and Tsai, I.-w. (2025) <i>T</i>. Policy brief. London: Inst. Available at: "
        f"{URL}.",
    ),
    "a person in CJK": (
        cited(WANG, title="天道与人道"),
        f"王飞凌. <i>天道与人道</i>. Policy brief. Inst, 2025. {URL}.",
        f"王飞凌. (2025). <i>天道与人道</i> [Policy brief]. Inst. {URL}",
        f"王飞凌. <i>天道与人道</i>. Policy brief. Inst, 8 Aug. 2025, {URL}.",
        f"王飞凌. (2025) <i>天道与人道</i>. Policy brief. London: Inst. Available at: {URL}.",
    ),
    "a web page": (
        WEB,
        f"Kim, Saeme. “Title.” Example Institute, August 8, 2025. {URL}.",
        f"Kim, S. (2025, August 8). <i>Title</i>. Example Institute. {URL}",
        f"Kim, Saeme. “Title.” <i>Example Institute</i>, 8 Aug. 2025, {URL}.",
        f"Kim, S. (2025) <i>Title</i>, <i>Example Institute</i>, 8 August. Available at: {URL}.",
    ),
    "a title that asks, a series, a DOI": (
        cited(
            *people("Ann Lee"), title="Who & <why>?", series="Sea Papers", number="3", doi="10.12/a"
        ),
        "Lee, Ann. <i>Who &amp; &lt;why&gt;?</i> Policy Brief 3. Sea Papers. Inst, 2025. "
        "https://doi.org/10.12/a.",
        "Lee, A. (2025). <i>Who &amp; &lt;why&gt;?</i> (Policy Brief 3). Inst. "
        "https://doi.org/10.12/a",
        "Lee, Ann. <i>Who &amp; &lt;why&gt;?</i> Policy brief 3, Inst, 8 Aug. 2025, "
        "https://doi.org/10.12/a.",
        "Lee, A. (2025) <i>Who &amp; &lt;why&gt;?</i> Policy brief 3. London: Inst. Available at: "
        "https://doi.org/10.12/a.",
    ),
    "quotations in a title, the publisher as its author, no address": (
        cited(
            Person("Inst", kind="organization"),
            title="“20:40” Solution",
            kind="column",
            url="",
            place="",
        ),
        "Inst. “‘20:40’ Solution.” Inst, August 8, 2025.",
        "Inst. (2025, August 8). <i>“20:40” Solution</i>.",
        "Inst. “‘20:40’ Solution.” <i>Inst</i>, 8 Aug. 2025.",
        "Inst (2025) <i>“20:40” Solution</i>, <i>Inst</i>, 8 August.",
    ),
    "a web page that asks, with two authors": (
        replace(WEB, title="Why?", people=people("Ann Lee", "Bo Kim")),
        f"Lee, Ann, and Bo Kim. “Why?” Example Institute, August 8, 2025. {URL}.",
        f"Lee, A., &amp; Kim, B. (2025, August 8). <i>Why?</i> Example Institute. {URL}",
        f"Lee, Ann, and Bo Kim. “Why?” <i>Example Institute</i>, 8 Aug. 2025, {URL}.",
        "Lee, A. and Kim, B. (2025) <i>Why?</i>, <i>Example Institute</i>, 8 August. Available at: "
        f"{URL}.",
    ),
    "a web page that ends in a quotation": (
        replace(WEB, title='A "Test" of “Power”'),
        f"Kim, Saeme. “A ‘Test’ of ‘Power.’” Example Institute, August 8, 2025. {URL}.",
        f'Kim, S. (2025, August 8). <i>A "Test" of “Power”</i>. Example Institute. {URL}',
        f"Kim, Saeme. “A ‘Test’ of ‘Power.’” <i>Example Institute</i>, 8 Aug. 2025, {URL}.",
        'Kim, S. (2025) <i>A "Test" of “Power”</i>, <i>Example Institute</i>, 8 August. Available '
        f"at: {URL}.",
    ),
    "six authors, a suffix with a full stop": (
        cited(*people("Martin King, Jr."), *MANY[1:6]),
        "King, Martin, Jr., Krista Auchenbach, Nathan Lewis, D D, E E, and F F. <i>T</i>. Policy "
        f"brief. Inst, 2025. {URL}.",
        "King, M., Jr., Auchenbach, K., Lewis, N., D, D., E, E., &amp; F, F. (2025). <i>T</i> "
        f"[Policy brief]. Inst. {URL}",
        f"King, Martin, Jr., et al. <i>T</i>. Policy brief. Inst, 8 Aug. 2025, {URL}.",
        "King, M., Jr. <i>et al.</i> (2025) <i>T</i>. Policy brief. London: Inst. Available at: "
        f"{URL}.",
    ),
    "an organization and a person in CJK, and another": (
        cited(person_of("獨媒報導"), WANG, *people("Saeme Kim")),
        f"獨媒報導, 王飞凌, and Saeme Kim. <i>T</i>. Policy brief. Inst, 2025. {URL}.",
        f"獨媒報導, 王飞凌, &amp; Kim, S. (2025). <i>T</i> [Policy brief]. Inst. {URL}",
        f"獨媒報導, et al. <i>T</i>. Policy brief. Inst, 8 Aug. 2025, {URL}.",
        "獨媒報導, 王飞凌 and Kim, S. (2025) <i>T</i>. Policy brief. London: Inst. Available at: "
        f"{URL}.",
    ),
    "one who has a single name, a DOI in place of an address": (
        cited(*people("Plato"), url="", doi="10.12/a", place=""),
        "Plato. <i>T</i>. Policy brief. Inst, 2025. https://doi.org/10.12/a.",
        "Plato. (2025). <i>T</i> [Policy brief]. Inst. https://doi.org/10.12/a",
        "Plato. <i>T</i>. Policy brief. Inst, 8 Aug. 2025, https://doi.org/10.12/a.",
        "Plato (2025) <i>T</i>. Policy brief. Inst. Available at: https://doi.org/10.12/a.",
    ),
    "two organizations, a report": (
        cited(MINISTRY, Person("RUSI", kind="organization"), kind="report", place=""),
        f"UK Ministry of Defence and RUSI. <i>T</i>. Report. Inst, 2025. {URL}.",
        f"UK Ministry of Defence &amp; RUSI. (2025). <i>T</i> [Report]. Inst. {URL}",
        f"UK Ministry of Defence and RUSI. <i>T</i>. Report. Inst, 8 Aug. 2025, {URL}.",
        f"UK Ministry of Defence and RUSI (2025) <i>T</i>. Report. Inst. Available at: {URL}.",
    ),
}


@pytest.mark.parametrize("case", GOLDEN)
@pytest.mark.parametrize(("style", "at"), [("Chicago", 1), ("APA", 2), ("MLA", 3), ("Harvard", 4)])
def test_a_citation_reads_as_its_style_has_it(case: str, style: str, at: int) -> None:
    assert STYLES[style](GOLDEN[case][0]) == GOLDEN[case][at]


def test_initials_keep_hyphens_and_part_glued_letters() -> None:
    names = people("A.E. Stahl", "Jean-Paul Ray", "H A Hellyer", "John N.T. Shaw")

    assert STYLES["APA"](cited(*names)).startswith(
        "Stahl, A. E., Ray, J.-P., Hellyer, H. A., &amp; Shaw, J. N. T. (2025)"
    )
    assert STYLES["Harvard"](cited(*names[:3])).startswith(
        "Stahl, A.E., Ray, J.-P. and Hellyer, H.A. ("
    )


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (20, ", ".join(f"N{n}, A." for n in range(19)) + ", &amp; N19, A. (2025)"),
        (21, ", ".join(f"N{n}, A." for n in range(19)) + ", … N20, A. (2025)"),
        (23, ", ".join(f"N{n}, A." for n in range(19)) + ", … N22, A. (2025)"),
    ],
)
def test_apa_names_twenty_authors_and_then_nineteen_and_the_last(count: int, shown: str) -> None:
    crowd = [Person(f"A N{n}", f"N{n}", "A") for n in range(count)]

    assert STYLES["APA"](cited(*crowd)).startswith(shown)


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (1, ["Pence, Scott, et al.", "Pence, S., et al.", "Pence, Scott, et al.", PENCE]),
        (
            2,
            [
                "Pence, Scott, Krista Auchenbach, et al.",
                "Pence, S., Auchenbach, K., et al.",
                "Pence, Scott, et al.",
                PENCE,
            ],
        ),
    ],
)
def test_authors_whom_nobody_names_are_said_to_be_there(names: int, shown: list[str]) -> None:
    more = cited(*MANY[:names], others=True)
    alone = cited(*MANY[:names])

    lines = [style(more) for style in STYLES.values()]
    assert [line.partition(" <i>T")[0].partition(" (2025)")[0] for line in lines] == shown
    assert bibtex([more]) == bibtex([alone]).replace("},\n  title", " and others},\n  title", 1)
    assert (ris([more]), csl_json([more])) == (ris([alone]), csl_json([alone]))


def test_et_al_stands_in_citations_until_a_note_names_the_others(make_site: MakeSite) -> None:
    brief = BRIEF.replace("author: Ann Lee", "author: Ann Lee, et al.")
    site = make_site({"site.yaml": CONFIG, "content/2026-01-15-air.md": brief})
    site.build()
    before = site.page(f"{AIR}air.bib")
    site.write({"content/2026-01-15-air.md": brief + "\n---\n\n__Ann Lee__ a.\n\n__Jo Bell__ b.\n"})
    site.build()

    assert "  author = {Lee, Ann and others},\n" in before
    assert "  author = {Lee, Ann and Bell, Jo},\n" in site.page(f"{AIR}air.bib")


def test_an_apa_title_can_have_a_sentences_capitals() -> None:
    text = STYLES["APA"](replace(ONE, sentence_title="Europe’s policy"))

    assert text.startswith("Kim, S. (2025). <i>Europe’s policy</i> (Policy Brief 12).")


def test_translators_are_named_by_formats_and_not_by_styles() -> None:
    helper = replace(person_of("Bo Kim"), role="translator")
    both = cited(*people("Ann Lee"), helper)

    assert all("Kim" not in style(both) for style in STYLES.values())
    assert entry(both)["translator"] == "Kim, Bo"
    assert rispy.loads(ris([both]))[0]["subsidiary_authors"] == ["Kim, Bo"]
    assert json.loads(csl_json([both]))[0]["translator"] == [{"family": "Kim", "given": "Bo"}]


@pytest.mark.parametrize(
    ("title", "subtitle", "expected"),
    [("A", "", "A"), ("A", "B", "A: B"), ("A?", "B", "A? B"), ("A!", "B", "A! B")],
)
def test_a_title_goes_on_with_its_subtitle(title: str, subtitle: str, expected: str) -> None:
    assert full_title(title, subtitle) == expected


FULL = cited(
    *people("Saeme Kim"),
    SMIT,
    COMBE,
    MINISTRY,
    WANG,
    person_of("獨媒報導"),
    Person("Sea, Sky and Land", kind="organization"),
    title="R&D: 5 % of $10 #1 a_b ~ \\y “Q” – é",
    number="12",
    series="Sea & Sky Papers",
    isbn="978-3-16-148410-0",
    issn="2049-3630",
    doi="10.1234/a_b",
    lang="en-GB",
    keywords=("North Korea", "R&D"),
    abstract="One\nline & more.",
)
AUTHORS = [
    {"family": "Kim", "given": "Saeme"},
    {"family": "Berckel Smit", "given": "Floris", "non-dropping-particle": "van"},
    {"family": "Combe", "given": "Peter C.", "suffix": "II"},
    {"literal": "UK Ministry of Defence"},
    {"family": "王", "given": "飞凌"},
    {"literal": "獨媒報導"},
    {"literal": "Sea, Sky and Land"},
]


def entry(citation: Citation) -> dict[str, Any]:
    """Return the fields of one BibTeX entry as a parser reads them, LaTeX decoded."""
    library = parse_string(bibtex([citation]), append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    [found] = library.entries
    assert found.key == citation.key
    return {"ENTRYTYPE": found.entry_type} | {f.key: f.value for f in found.fields}


def test_every_field_comes_back_from_bibtex() -> None:
    assert entry(FULL) == {
        "ENTRYTYPE": "techreport",
        "author": "Kim, Saeme and van Berckel Smit, Floris and Combe, II, Peter C. and UK Ministry "
        "of Defence and 王, 飞凌 and 獨媒報導 and Sea, Sky and Land",
        "title": FULL.title,
        "institution": "Inst",
        "type": "Policy Brief",
        "series": "Sea & Sky Papers",
        "number": "12",
        "address": "London",
        "year": "2025",
        "month": "aug",
        "date": "2025-08-08",
        "doi": "10.1234/a_b",
        "isbn": "978-3-16-148410-0",
        "issn": "2049-3630",
        "url": URL,
        "language": "english",
        "langid": "british",
        "abstract": "One line & more.",
        "keywords": "North Korea, R&D",
    }


def test_no_character_of_latex_stays_bare_in_bibtex_but_in_addresses() -> None:
    odd = replace(ONE, title="a{b}c^d~e_f#g$h%i&j\\k", url="https://ex.org/%7Ea_b{c}")

    text = bibtex([odd])
    assert (
        r"title = {{a\textbraceleft{}b\textbraceright{}c\textasciicircum{}d\textasciitilde{}e\_f"
        r"\#g\$h\%i\&j\textbackslash{}k}},"
    ) in text
    assert "url = {https://ex.org/%7Ea_b%7Bc%7D}," in text


def test_bibtex_keeps_names_apart_and_whole() -> None:
    library = parse_string(
        bibtex([FULL]), append_middleware=[SeparateCoAuthors(), SplitNameParts()]
    )
    [found] = library.entries

    names = [
        (" ".join(n.von), " ".join(n.last), " ".join(n.jr), " ".join(n.first))
        for n in found["author"]
    ]
    assert names == [
        ("", "Kim", "", "Saeme"),
        ("van", "Berckel Smit", "", "Floris"),
        ("", "Combe", "II", "Peter C."),
        ("", "{UK Ministry of Defence}", "", ""),
        ("", "王", "", "飞凌"),
        ("", "{獨媒報導}", "", ""),
        ("", "{Sea, Sky and Land}", "", ""),
    ]


def test_every_field_comes_back_from_ris() -> None:
    text = ris([FULL])
    assert rispy.loads(text) == [
        {
            "type_of_reference": "RPRT",
            "authors": [
                "Kim, Saeme",
                "van Berckel Smit, Floris",
                "Combe, Peter C., II",
                "UK Ministry of Defence",
                "王, 飞凌",
                "獨媒報導",
                "Sea Sky and Land",
            ],
            "title": FULL.title,
            "year": "2025",
            "date": "2025/08/08/",
            "publisher": "Inst",
            "place_published": "London",
            "issn": "12",
            "type_of_work": "Policy Brief",
            "secondary_title": "Sea & Sky Papers",
            "abstract": "One line & more.",
            "keywords": ["North Korea", "R&D"],
            "language": "en-GB",
            "doi": "10.1234/a_b",
            "urls": [URL],
        }
    ]
    lines = text.split("\r\n")
    assert "\n" not in "".join(lines)
    assert (lines[0], lines[-2:]) == ("TY  - RPRT", ["ER  - ", ""])
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])


NAME = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        name: {"type": "string", "minLength": 1}
        for name in ("family", "given", "non-dropping-particle", "suffix", "literal")
    },
    "oneOf": [{"required": ["family"]}, {"required": ["literal"]}],
}
TEXTS = (
    "id title genre number collection-title container-title publisher publisher-place language"
    " abstract keyword URL DOI ISBN ISSN"
).split()
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type", "title", "author", "issued"],
        "additionalProperties": False,
        "properties": {name: {"type": "string", "minLength": 1} for name in TEXTS}
        | {
            "type": {"enum": ["report", "post-weblog"]},
            "author": {"type": "array", "items": NAME, "minItems": 1},
            "editor": {"type": "array", "items": NAME},
            "translator": {"type": "array", "items": NAME},
            "issued": {
                "type": "object",
                "required": ["date-parts"],
                "additionalProperties": False,
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "maxItems": 1,
                        "minItems": 1,
                        "items": {
                            "type": "array",
                            "minItems": 3,
                            "maxItems": 3,
                            "items": {"type": "integer"},
                        },
                    }
                },
            },
        },
    },
}
"""What of the schema of citation-style-language/schema (csl-data.json) these fields concern."""


def test_every_field_comes_back_from_csl_json() -> None:
    found = json.loads(csl_json([FULL]))

    jsonschema.validate(found, CSL)
    assert found == [
        {
            "id": "x2025t",
            "type": "report",
            "title": FULL.title,
            "author": AUTHORS,
            "issued": {"date-parts": [[2025, 8, 8]]},
            "genre": "Policy Brief",
            "number": "12",
            "collection-title": "Sea & Sky Papers",
            "publisher": "Inst",
            "publisher-place": "London",
            "language": "en-GB",
            "abstract": "One\nline & more.",
            "keyword": "North Korea, R&D",
            "URL": URL,
            "DOI": "10.1234/a_b",
            "ISBN": "978-3-16-148410-0",
            "ISSN": "2049-3630",
        }
    ]


def test_a_commentary_is_an_online_text_in_every_format() -> None:
    fields = entry(WEB)
    [record] = rispy.loads(ris([WEB]))
    [item] = json.loads(csl_json([WEB]))

    jsonschema.validate([item], CSL)
    assert (fields["ENTRYTYPE"], fields["organization"]) == ("online", "Example Institute")
    assert (record["type_of_reference"], record["secondary_title"]) == ("BLOG", "Example Institute")
    assert (item["type"], item["container-title"]) == ("post-weblog", "Example Institute")


SAYS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40
).filter(lambda text: text.strip() and text == " ".join(text.split()))


@given(SAYS, SAYS, SAYS)
def test_whatever_a_title_holds_no_format_breaks(title: str, name: str, word: str) -> None:
    odd = cited(person_of(name), Person(name, name, word), title=title, keywords=(word,))
    library = parse_string(bibtex([odd, odd]))
    records = rispy.loads(ris([odd, odd]))
    items = json.loads(csl_json([odd, odd]))

    jsonschema.validate(items, CSL)
    assert (len(library.entries), library.failed_blocks[1:]) == (1, [])  # the second has its key
    assert [record["title"] for record in records] == [title, title]
    assert [item["title"] for item in items] == [title, title]
    for style in STYLES.values():
        assert re.sub(r"</?i>|&(amp|lt|gt);", "", style(odd)).count("<") == 0


KEYS = {
    "ann-lee": ("author: Ann Lee", "The seas of Europe’s north", "lee2026seas"),
    "orsted": ("author: Åse van Ørsted-Łuk", "Überall", "orstedluk2026uberall"),
    "ministry": ("author: UK Ministry of Tides", "What they would do", "ukmt2026x1b553f"),
    "one-word": ("author: {name: Watch, type: org}", "Tides", "watch2026tides"),
    "nobody": ("tags: [a]", "Tides", "test2026tides"),
    "cjk": ("author: 王飞凌", "天道与人道", "briefs2026x298d64"),
}


@pytest.mark.parametrize("slug", KEYS)
def test_a_key_is_made_of_family_name_year_and_word(make_site: MakeSite, slug: str) -> None:
    front, title, expected = KEYS[slug]
    brief = BRIEF.replace("author: Ann Lee", front).replace("Clean air", title)
    site = make_site({f"content/2026-01-15-{slug}.md": brief})

    [found] = plan_of(project_of(site.root)).site.citations.values()
    assert re.fullmatch("[a-z][a-z0-9]*", found.key)
    assert found.key == expected


def test_a_later_brief_takes_a_letter_and_leaves_the_earlier_key_alone(make_site: MakeSite) -> None:
    def brief(day: int, title: str = "Clean air") -> str:
        return BRIEF.replace("2026-01-15", f"2026-01-{day}").replace("Clean air", title)

    files = {f"content/2026-01-{day}-{n}.md": brief(day) for day, n in ((20, "a"), (15, "z"))}
    files["content/2026-01-10-c.md"] = brief(10, "Cleana")
    site = make_site(files | {"content/2026-01-20-b.md": brief(20), "content/about.md": "A.\n"})

    found = plan_of(project_of(site.root)).site.citations
    assert {source[8:]: citation.key for source, citation in found.items()} == {
        "2026-01-10-c.md": "lee2026cleana",
        "2026-01-15-z.md": "lee2026clean",
        "2026-01-20-a.md": "lee2026cleanb",
        "2026-01-20-b.md": "lee2026cleanc",
    }
