"""The gate: what may be public now."""

from typing import Any

import pytest
from conftest import BRIEF, MakeSite

from briefsite.model import Withheld

CASES: dict[str, tuple[str, dict[str, Any], tuple[str, str]]] = {
    "draft": ("draft: true\n", {"drafts": True}, ("draft", "it says 'draft: true'")),
    "unpublished": (
        "published: false\n",
        {"unpublished": True},
        ("unpublished", "it says 'published: false'"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_brief_is_withheld_with_its_reason_unless_asked_for(
    make_site: MakeSite, name: str
) -> None:
    line, option, reason = CASES[name]
    site = make_site({"content/2026-01-15-air.md": BRIEF.replace("author:", line + "author:")})

    report = site.build()

    assert report.left_out == (Withheld("content/2026-01-15-air.md", *reason),)
    assert "briefs/2026/air/index.html" not in site.output()
    assert site.build(**option).left_out == ()
    assert "briefs/2026/air/index.html" in site.output()


def test_a_brief_of_the_future_is_scheduled_until_its_moment(make_site: MakeSite) -> None:
    late = BRIEF.replace("2026-01-15 09:00:00 +0100", "2026-06-01 14:00:01 +0200")
    site = make_site({"content/2026-06-01-air.md": late})

    report = site.build()

    [withheld] = report.left_out
    assert (withheld.reason, withheld.detail) == ("scheduled", "until 2026-06-01T14:00:01+02:00")
    assert site.build(future=True).left_out == ()
    assert (
        make_site({"content/2026-06-01-air.md": late.replace("00:01", "00:00")}).build().left_out
        == ()
    )


def test_nothing_of_a_withheld_brief_is_anywhere_in_the_output(make_site: MakeSite) -> None:
    secret = """\
---
title: Xylophone titles
date: 2026-01-20
draft: true
tags: [xylotag]
image: xylophone.svg
---
Xylophone body with ![a](xylophone.svg) and [a file](xylophone.pdf).
"""
    site = make_site(
        {
            "content/2026-01-15-air.md": BRIEF,
            "content/2026-01-20-xylophone.md": secret,
            "content/xylophone.svg": "<svg>xylophone</svg>",
            "content/xylophone.pdf": "xylophone",
            "content/2026-02-01-xylobundle/index.md": secret,
            "content/2026-02-01-xylobundle/xyloextra.csv": "xylophone",
        }
    )

    report = site.build()

    leaks = [
        path for path, data in site.output().items() if b"xylo" in data.lower() or "xylo" in path
    ]
    assert leaks == []
    assert [(item.source, item.reason) for item in report.left_out] == [
        ("content/2026-01-20-xylophone.md", "draft"),
        ("content/2026-02-01-xylobundle/index.md", "draft"),
        ("content/2026-02-01-xylobundle/xyloextra.csv", "belongs to what is withheld"),
        ("content/xylophone.pdf", "belongs to what is withheld"),
        ("content/xylophone.svg", "belongs to what is withheld"),
    ]
