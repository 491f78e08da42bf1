"""What a folder holds: files, and everything else named and never opened."""

import os
import unicodedata
from pathlib import Path

import pytest
from conftest import BRIEF, MakeSite

from briefsite import loader
from briefsite.errors import BriefsiteError

PAGE = "briefs/2026/air/index.html"


def test_what_is_no_source_is_named_with_its_reason(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/2026-01-15-air.md": BRIEF,
            "content/_notes/a.md": BRIEF,
            "content/_notes/b.md": BRIEF,
            "content/.DS_Store": "x",
            "content/2026-01-15-air.md~": "x",
            "content/2026-01-16-sea.md.txt": "---\ndraft: true\n---\nSecret.\n",
        }
    )
    content = site.root / "content"
    os.mkfifo(content / "pipe.md")
    (content / "nowhere.md").symlink_to("missing.md")
    (content / "loop").symlink_to(".")

    report = site.build()

    assert [(item.source, item.reason, item.detail) for item in report.left_out] == [
        ("content/.DS_Store", "hidden name", "the name begins with '.'"),
        ("content/2026-01-15-air.md~", "hidden name", "the name ends in '~'"),
        (
            "content/2026-01-16-sea.md.txt",
            "no Markdown",
            "the name ends in '.txt'; a brief's ends in '.md'",
        ),
        ("content/_notes", "hidden name", "the name begins with '_'; 2 files in it"),
        ("content/loop", "broken link", "leads nowhere or to itself"),
        ("content/nowhere.md", "broken link", "leads nowhere or to itself"),
        ("content/pipe.md", "not a file", "a pipe, socket or device"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + BRIEF.encode(),
        BRIEF.replace("\n", "\r\n").encode(),
        BRIEF.replace("\n", "\r").encode(),
        BRIEF.replace("---\n", "---  \n", 1).encode(),
        BRIEF.replace("0100\n---", "0100\n...", 1).encode(),
    ],
    ids=["byte order mark", "CRLF", "CR", "trailing spaces", "dots"],
)
def test_the_same_page_comes_of_the_same_words(make_site: MakeSite, data: bytes) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF})
    site.build()
    expected = site.page(PAGE)
    site.write({"content/2026-01-15-air.md": data}).build()

    assert site.page(PAGE) == expected


def test_text_in_another_form_of_unicode_gives_the_same_page(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF.replace("Body", "Caf\u00e9")})
    site.build()
    expected = site.page(PAGE)
    site.write({"content/2026-01-15-air.md": BRIEF.replace("Body", "Cafe\u0301")}).build()

    assert site.page(PAGE) == expected


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_other_encodings_are_refused_with_the_byte(make_site: MakeSite, encoding: str) -> None:
    site = make_site({"content/a.md": "Caf\u00e9.\n".encode(encoding)})

    with pytest.raises(BriefsiteError) as caught:
        site.build()

    byte = 1 if encoding == "utf-16" else 4
    assert str(caught.value) == f"content/a.md:1: byte {byte} is not UTF-8 (save the file as UTF-8)"


def test_a_file_name_that_is_not_utf_8_is_refused_and_can_be_printed(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF})
    Path(os.fsdecode(os.fsencode(site.root) + b"/content/\xff.md")).write_text("x", "utf-8")

    with pytest.raises(BriefsiteError, match="this file name is not UTF-8"):
        site.build()


def test_a_link_to_a_file_without_a_page_is_a_warning_that_says_why(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/about.md": "[a](gone.md), [b](2026-01-15-air.md), [c](2026-01-16-sea.md)\n",
            "content/2026-01-15-air.md": BRIEF.replace("title:", "draft: true\ntitle:"),
            "content/2026-01-16-sea.md": BRIEF.replace("-15 ", "-16 "),
        }
    )

    report = site.build()

    assert [str(problem) for problem in report.problems] == [
        "content/about.md: the link to 2026-01-15-air.md leads nowhere: content/2026-01-15-air.md "
        "is not public: draft (it says 'draft: true')",
        "content/about.md: the link to gone.md leads nowhere: content/gone.md does not exist",
    ]


def test_a_control_character_behind_cjk_is_left_out_and_named(make_site: MakeSite) -> None:
    site = make_site({"content/2026-01-15-air.md": BRIEF.replace("Body.", "海\x01b")})
    line = (site.root / "content/2026-01-15-air.md").read_text(encoding="utf-8").partition("海")[
        0
    ].count("\n") + 1

    assert [(p.message, p.line) for p in site.build().problems] == [
        ("a control character was left out", line)
    ]
    assert "海b" in site.page(PAGE)


def test_a_text_that_is_not_composed_is_brought_into_normal_form_c() -> None:
    for written in ("caf\u0065\u0301 \u2019", "\u304b\u3099", "\u2126", "\u1112\u1161"):
        composed = unicodedata.normalize("NFC", written)

        assert loader.decode("a.md", written.encode()).text == composed != written
