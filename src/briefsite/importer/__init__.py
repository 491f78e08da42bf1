"""Moves the archive of another generator in."""

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from briefsite.builder import plan_of
from briefsite.config import CONFIG_FILE, Project, base_url_of
from briefsite.errors import BriefsiteError, Problem
from briefsite.importer import jekyll_settings as say
from briefsite.importer.jekyll_config import EXCLUDED, INCLUDED, Old, exists, read_old
from briefsite.importer.jekyll_files import Found, Sorter
from briefsite.importer.jekyll_settings import filled
from briefsite.importer.plugins import report_plugins
from briefsite.importer.report import Report, number
from briefsite.importer.yaml_text import Groups, text_of
from briefsite.site_yaml import read_config

__all__ = ["Report", "import_jekyll"]

_IN_PLACE = {
    "content": ".",
    "static": "_static",
    "templates": "_templates",
    "output": "_briefsite",
}


def import_jekyll(
    source: Path, dest: Path | None, *, in_place: bool = False, today: date | None = None
) -> Report:
    """Write the Jekyll site at `source` as a site at `dest`, or site.yaml beside it.

    BriefsiteError, with nothing written, where there is no place for it.
    """
    source = source.resolve()
    target = source if in_place or dest is None else dest.resolve()
    _refuse(source, target, in_place=in_place)
    report = Report()
    old = read_old(source, report)
    project = _project(old, today or datetime.now(UTC).date())
    bare_pages = bool({"jekyll-optional-front-matter", "github-pages"} & set(old.plugins or ()))
    sorter = Sorter(project, report, in_place=in_place, bare_pages=bare_pages)
    found, notes = sorter.walk(), sorter.notes
    groups = _groups(old, found, notes.own_keys(report), project, in_place=in_place)
    notes.tell_layouts(project.content / "_layouts", report)
    notes.tell_liquid(report)
    report_plugins(old)
    _tell_folders(project, report)
    if not in_place:
        _copy(project, found, target, report)
    target.mkdir(parents=True, exist_ok=True)
    (target / CONFIG_FILE).write_text(text_of(groups), encoding="utf-8", newline="\n")
    for kind, count in sorted(notes.kinds.items(), reverse=True):
        noun, of, name = kind.partition(" of ")
        report.taken.insert(0, number(count, noun) + of + name)
    report.taken.append(f"settings: {', '.join(key for _, said in groups for key in said)}")
    _check(target, project, report)
    return report


def _refuse(source: Path, target: Path, *, in_place: bool) -> None:
    """Raise BriefsiteError where the import would write over something."""
    if not source.is_dir():
        raise _problem(f"there is no folder {source}", "name a checkout of a Jekyll site")
    if in_place:
        if (target / CONFIG_FILE).exists():
            raise _problem(f"there is a {CONFIG_FILE} in {source}", "move it away first")
    elif target.is_relative_to(source) or source.is_relative_to(target):
        raise _problem(f"{target} and {source} lie in each other", "name a folder elsewhere")
    elif target.exists() and (not target.is_dir() or {p.name for p in target.iterdir()} - {".git"}):
        raise _problem(f"{target} is not an empty folder", "name a new or an empty one")


def _problem(message: str, hint: str) -> BriefsiteError:
    return BriefsiteError(Problem("", message, hint=hint))


def _project(old: Old, today: date) -> Project:
    """Return the checkout as a site, for walking through it."""
    return Project(
        root=old.source,
        config=old.config(),
        base_url="",
        zone=UTC,
        now=datetime(today.year, today.month, today.day, tzinfo=UTC),
        output=(old.source / (old.text("destination") or "_site")).resolve(),
    )


def _groups(old: Old, found: Found, keys: list[str], project: Project, *, in_place: bool) -> Groups:
    """Return what site.yaml says, a comment above each group."""
    today = project.now.date()
    place = _places(old, project) if in_place else {}
    chosen = {
        "exclude": old.texts("exclude") + (_unwanted(old, found, project) if in_place else []),
        "include": old.texts("include")
        or [name for name in INCLUDED if in_place and (project.content / name).exists()],
    }
    return (
        (f"Made from {old.yaml.where} by 'briefsite import jekyll' on {today}.", say.site(old)),
        ("Who publishes: shown in the footer, told to search engines.", say.publisher(old)),
        ("Files are read as Jekyll reads them.", {"dialect": "jekyll"} | place),
        ("A time with seconds and without offset is UTC, as in Jekyll.", say.dates(old)),
        ("Addresses of posts, collections and indexes.", say.addresses(old, found.indexes)),
        ("Lists of jekyll-archives, and redirects.", say.archives(old)),
        ("Excerpts: without the separator Jekyll takes everything.", say.excerpts(old)),
        (
            "Jekyll let all HTML through; 'html: safe' leaves scripts, iframes and the like out.",
            say.markdown(old),
        ),
        ("What is read, and what is published.", filled(chosen) | say.choice(old)),
        ("Front matter for many documents at once.", filled({"defaults": old.defaults()})),
        (
            "Front matter keys of this site's own, for its templates.",
            filled({"front_matter": keys}),
        ),
        ("Feeds, and the ids that readers know.", say.feed(old, today, found.feed)),
        (
            "Everything else: 'site.fields' in templates, 'site' in bodies.",
            filled({"extra": say.extra(old)}),
        ),
    )


def _places(old: Old, project: Project) -> dict[str, Any]:
    data = project.config.data
    return _IN_PLACE | {"content": old.base} | ({"data": data} if data != "_data" else {})


def _unwanted(old: Old, found: Found, project: Project) -> list[str]:
    """Return what lies in the checkout and is no content of the new site."""
    top = project.content
    idle = [name for name in EXCLUDED if name[0] != "." and exists(top / name.rstrip("/"))]
    site = old.text("destination").strip("/").removeprefix("./")
    made = [f"{site}/"] if site and site[0] not in "._" and exists(top / site) else []
    return [*idle, *made, *sorted(found.left)]


def _tell_folders(project: Project, report: Report) -> None:
    names = [n for n in ("_includes", "_layouts", "_sass") if (project.content / n).is_dir()]
    if names:
        said = "briefsite has a theme; for templates of your own see the guide"
        report.idle.append(f"{', '.join(names)}: {said}")


def _copy(project: Project, found: Found, target: Path, report: Report) -> None:
    """Copy every file that is taken over, byte for byte; times too, since a draft's may be its
    date (jekyll.md F4)."""
    data = f"{project.config.data}/"
    for folder, names in (("content", found.content), ("static", found.static)):
        for name in names:
            inner = f"_data/{name.removeprefix(data)}" if name.startswith(data) else name
            try:
                file = target / folder / inner
                file.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(project.content / name, file)
            except OSError as error:
                report.hand(name, f"this file could not be copied: {error.strerror or error}")
    for name, text in found.written.items():
        file = target / "static" / name
        if file.exists():
            report.hand(name, "two files have this address", "one of them was left out")
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")


def _check(target: Path, source: Project, report: Report) -> None:
    """Read the new site as a build would, and report what is wrong with it."""
    try:
        config = read_config(target)
        zone = ZoneInfo(config.timezone)
        output = (target / config.output).resolve()
        now = datetime.now(zone)
        project = Project(target, config, base_url_of(config), zone, now, output)
        plan = plan_of(project)
        odd = [item for item in plan.site.left_out if item.reason == "impossible date"]
        hint = "Jekyll published it all the same: date it if it is a text, else leave it"
        dated = [Problem(i.source, i.detail, hint=hint) for i in odd]
        problems = (*plan.problems, *dated)
    except BriefsiteError as error:
        problems = error.problems
    for problem in problems:
        if not problem.warning:
            where, message = (problem.where, problem.message)
            if target != source.root:
                where, message = (_back(text, source) for text in (where, message))
            report.also([Problem(where, message, problem.line, problem.hint)])


def _back(text: str, source: Project) -> str:
    """Return `text` with paths as they were in the checkout."""
    base = f"{source.content_path}/".lstrip("/")
    return re.sub(r"(?:^|(?<= ))(?:content|static)/", lambda _: base, text)
