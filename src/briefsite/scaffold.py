"""scaffold.py — what `briefsite init` and `briefsite new` write for an author to fill in."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from briefsite.editors import made
from briefsite.errors import BriefsiteError, Problem
from briefsite.slugs import slugify

DEFAULT_TITLE = "Policy Briefs"
MAX_TITLE = 500
MAX_SLUG_BYTES = 150
EDITOR = {
    ".vscode/site.schema.json": "site",
    ".vscode/front-matter.code-snippets": "snippets",
}
"""What VS Code completes keys by; site.yaml names the first."""
_SHOWN = 3
_SITE = Path(__file__).with_name("scaffold")
_BRIEF = Path(__file__).with_name("new-brief.md")
# Line breaks, and what neither YAML nor XML can carry.
_REFUSED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def init(folder: Path, *, title: str | None, today: date) -> list[Path]:
    """Write a small working site into `folder`, new or empty but for `.git`; return its files."""
    _refuse_occupied(folder)
    words = {
        "@TITLE@": _quoted(DEFAULT_TITLE if title is None else title),
        # Not today: where the author's day begins before the site's, that would still lie ahead.
        "@NEWER@": (today - timedelta(days=1)).isoformat(),
        "@OLDER@": (today - timedelta(days=8)).isoformat(),
    }
    files = ((_fill(path, words), _fill(text, words)) for path, text in _site())
    helps = ((path, made(what)) for path, what in EDITOR.items())
    written = sorted((folder / path, text) for path, text in (*files, *helps))
    for file, text in written:
        _write(file, text, str(file))
    return [file for file, _ in written]


def new(content: Path, title: str, *, moment: datetime, folder: str = "briefs") -> Path:
    """Write a draft called `title` into `content`/`folder` and return its file.

    The day of `moment`, in its own offset, begins the file's name; nothing is overwritten.
    """
    words = {"@TITLE@": _quoted(title), "@DATE@": moment.isoformat(" ", "seconds")}
    text = _fill(_BRIEF.read_text(encoding="utf-8"), words)
    target = content / folder
    if not target.resolve().is_relative_to(content.resolve()):
        raise _problem(f"the folder {folder!r} lies outside {content}", "name one inside it")
    file = target / f"{moment.date().isoformat()}-{_short(slugify(title)) or 'brief'}.md"
    _write(file, text, f"{content.name}/{folder}/{file.name}")
    return file


def _refuse_occupied(folder: Path) -> None:
    try:
        found = sorted({path.name for path in folder.iterdir()} - {".git"})
    except FileNotFoundError:
        return
    except OSError as error:
        message = f"no site can be made at {folder}: {error.strerror}"
        raise _problem(message, "name a new folder") from None
    if found:
        shown = ", ".join(found[:_SHOWN]) + (" ..." if len(found) > _SHOWN else "")
        raise _problem(f"the folder {folder} is not empty: {shown}", "name a new or an empty one")


def _site() -> Iterator[tuple[str, str]]:
    """Yield path and text of every file of a new site, placeholders unfilled.

    Tools that pack or ignore by name would trip over names with dots: `dot-` stands for one.
    """
    for file in filter(Path.is_file, _SITE.rglob("*")):
        path = file.relative_to(_SITE).as_posix()
        yield re.sub(r"(^|/)dot-", r"\1.", path), file.read_text(encoding="utf-8")


def _fill(text: str, words: dict[str, str]) -> str:
    """Return `text` with its placeholders replaced, all at once: a title may look like one."""
    return re.sub("|".join(words), lambda match: words[match[0]], text)


def _quoted(title: str) -> str:
    """Return `title` as a YAML scalar (a JSON string is one); BriefsiteError where none can be."""
    title = title.strip()
    if not title:
        raise _problem("the title is empty", 'give it in quotes: "Housing: the next step"')
    if len(title) > MAX_TITLE:
        raise _problem(f"the title has more than {MAX_TITLE} characters", "write a shorter one")
    if _REFUSED.search(title):
        raise _problem(
            "the title holds a line break or a control character", "write it as one line"
        )
    return json.dumps(title, ensure_ascii=False)


def _short(slug: str) -> str:
    """Return as many whole words of `slug` as fit a file name, and at least a part of one."""
    while len(slug.encode()) > MAX_SLUG_BYTES and "-" in slug:
        slug = slug.rpartition("-")[0]
    return slug.encode()[:MAX_SLUG_BYTES].decode(errors="ignore")


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
