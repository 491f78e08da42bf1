"""scaffold.py — the files that `briefsite init` and `briefsite new` write for an author to fill
in."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from briefsite.errors import BriefsiteError, Problem
from briefsite.slugs import slugify

DEFAULT_TITLE = "Policy Briefs"
MAX_TITLE = 500
MAX_SLUG_BYTES = 150
# Line breaks, and what neither YAML nor XML can carry.
_REFUSED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# What a folder may hold and still be a place for a new site.
_IGNORED = frozenset({".git"})

_BRIEF = """\
---
layout: post
title: {title}
description:   # one plain sentence: the second line of the title
author:        # a name, or a list: [Ana Cruz, Jo Bell]
date: {date}
tags: []
draft: true    # take this line out to publish
---

_The standfirst: in two or three sentences, what you found and what should be done._

<!--more-->

Begin with the decision at hand and who takes it. What stands above the line `<!--more-->` is shown
on the front page and in the feed.

## What we know

Give a claim that matters its source.[^1]

## What to do

1. Who does what, by when, and at what cost.

[^1]: Author, *Title*, year, and a link.
"""


def init(folder: Path, *, title: str | None, today: date) -> list[Path]:
    """Write a small working site into `folder` and return its files, sorted.

    The folder must be new or empty (but for `.git`); nothing that is there is ever overwritten.
    """
    _refuse_occupied(folder)
    words = _words(DEFAULT_TITLE if title is None else title, today)
    made = [(folder / _fill(path, words), _fill(text, words)) for path, text in _scaffold()]
    for file, text in made:
        _write(file, text, str(file))
    return sorted(file for file, _ in made)


def new(content: Path, title: str, *, moment: datetime, folder: str = "briefs") -> Path:
    """Write a draft called `title` into `content`/`folder` and return its file; overwrites nothing.

    `moment` is aware; its day, in its own offset, begins the name of the file.
    """
    title = _checked(title)
    slug = _short(slugify(title))
    if not slug:
        raise _problem(
            f"no file name can be made of the title {title!r}", "use a letter or a digit"
        )
    target = content / folder
    if not target.resolve().is_relative_to(content.resolve()):
        raise _problem(f"the folder {folder!r} lies outside {content}", "name a folder inside it")
    file = target / f"{moment.date().isoformat()}-{slug}.md"
    stamp = moment.isoformat(sep=" ", timespec="seconds")
    _write(file, _BRIEF.format(title=_quoted(title), date=stamp), f"{folder}/{file.name}")
    return file


def _refuse_occupied(folder: Path) -> None:
    try:
        found = sorted(path.name for path in folder.iterdir() if path.name not in _IGNORED)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _problem(
            f"no site can be made at {folder}: {error.strerror}", "name a new folder"
        ) from None
    if found:
        shown = ", ".join(found[:3]) + (" ..." if len(found) > 3 else "")
        raise _problem(
            f"the folder {folder} is not empty: {shown}", "name a new or an empty folder"
        )


def _words(title: str, today: date) -> dict[str, str]:
    """Return what the scaffold's placeholders stand for.

    The newest brief is from yesterday: where the author's day is already tomorrow for the site
    (UTC, until the author names one), a brief from today would be held back as scheduled.
    """
    newer, older = today - timedelta(days=1), today - timedelta(days=8)
    return {
        "@TITLE@": _quoted(_checked(title)),
        "@NEWER@": newer.isoformat(),
        "@OLDER@": older.isoformat(),
    }


def _fill(text: str, words: dict[str, str]) -> str:
    """Return `text` with its placeholders replaced, all at once: a title may look like one."""
    return re.sub("|".join(words), lambda match: words[match[0]], text)


def _scaffold() -> Iterator[tuple[str, str]]:
    """Yield path and text of every file of a new site, placeholders unfilled."""
    for path, entry in _walk(files("briefsite").joinpath("scaffold"), PurePosixPath()):
        # Tools that pack or ignore by name would trip over the real names: they are stored without
        # dots.
        parts = [re.sub(r"^dot-", ".", part) for part in path.parts]
        yield "/".join(parts), entry.read_text(encoding="utf-8")


def _walk(entry: Traversable, path: PurePosixPath) -> Iterator[tuple[PurePosixPath, Traversable]]:
    for child in sorted(entry.iterdir(), key=lambda child: child.name):
        if child.is_dir():
            yield from _walk(child, path / child.name)
        else:
            yield path / child.name, child


def _checked(title: str) -> str:
    """Return `title` without white space around it; BriefsiteError where it cannot head a page."""
    if not title.strip():
        raise _problem("the title is empty", 'give the title in quotes: "Housing: the next step"')
    if len(title) > MAX_TITLE:
        raise _problem(f"the title has more than {MAX_TITLE} characters", "write a shorter one")
    if _REFUSED.search(title.strip()):
        raise _problem(
            "the title holds a line break or a control character", "write it as one line"
        )
    return title.strip()


def _quoted(text: str) -> str:
    """Return `text` as a YAML scalar: JSON's strings are YAML's too, once `_REFUSED` is kept
    out."""
    return json.dumps(text, ensure_ascii=False)


def _short(slug: str) -> str:
    """Return as many whole words of `slug` as fit a file name, and at least a part of one."""
    cut = slug.encode()[:MAX_SLUG_BYTES].decode(errors="ignore")
    whole = cut == slug or slug[len(cut)] == "-"
    return cut if whole else cut.rpartition("-")[0] or cut


def _write(file: Path, text: str, name: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as handle:
            handle.write(text)
    except FileExistsError:
        hint = "it was left as it is: choose another title, or edit the file"
        raise BriefsiteError(Problem(name, "there is such a file already", hint=hint)) from None
    except OSError as error:
        raise BriefsiteError(Problem(name, f"cannot be written: {error.strerror}")) from None


def _problem(message: str, hint: str) -> BriefsiteError:
    return BriefsiteError(Problem("", message, hint=hint))
