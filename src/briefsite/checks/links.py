"""Whether what pages link to is there, and in which file an address was written."""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from briefsite.checks.addresses import Lead, odd, readable
from briefsite.checks.findings import Finding
from briefsite.checks.pages import Link, Seen
from briefsite.config import CONFIG_FILE, Project
from briefsite.schema import suggest
from briefsite.urls import file_at

_ENDINGS = frozenset({".html", ".xml", ".yml", ".yaml", ".json", ".csv"})
_LONGEST = 250
"""Of a path that is looked for: file systems refuse longer names."""
_NOUNS = {"link": "the link to", "image": "the image", "file": "the file"}
Place = tuple[str, int | None]


class Frame:
    """The files that addresses may come from which no author wrote into a text."""

    def __init__(self, project: Project) -> None:
        self.root = project.root
        self.inside = (project.content, project.root / project.static_path)
        data = "/".join(filter(None, (project.content_path, project.config.data)))
        folders = [project.root / name for name in (project.config.templates, data)]
        own = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
        files = [project.root / CONFIG_FILE, *(p for p in own if p.suffix in _ENDINGS)]
        self.lines = {file: _lines(file) for file in files}

    def find(self, origin: str, link: Link) -> Place:
        """Return the file and line where `link`, on a page made from `origin`, was written; the
        origin alone where it cannot be found, and nothing where that is no file."""
        anchor = f"#{link.lead.anchor}" if link.lead.anchor else ""
        short = link.lead.path.rstrip("/").removeprefix("../") if link.lead.path else ""
        for needle in dict.fromkeys((f"{short}/{anchor}", f"{short}{anchor}", link.written, short)):
            pattern = re.compile(rf"(?<![\w.-]){re.escape(needle)}(?![\w-])")
            files = {self.root / origin: _lines(self.root / origin)} | self.lines
            for file, lines in files.items() if needle.strip("/") else ():
                for number, line in enumerate(lines, start=1):
                    if pattern.search(line):
                        return file.relative_to(self.root).as_posix(), number
        return (origin if (self.root / origin).is_file() else ""), None

    def meant(self, origin: str, link: Link) -> str:
        """Return what to write for a text that `link` in `origin` names without its ending, or what
        to do with a file that lies where nothing is published from; empty where there is none."""
        path = unquote(re.split("[?#]", link.written)[0])
        if "\0" in path or not 0 < len(path) < _LONGEST:
            return ""
        for start in (self.root / origin).parent, self.root:
            file = Path(os.path.normpath(start / path.strip("/")))
            if not file.is_relative_to(self.root):
                continue
            if any(map(file.is_relative_to, self.inside)):
                if file.with_name(f"{file.name}.md").is_file() and not path.startswith("/"):
                    return f"write '{path.rstrip('/')}.md', the name of the file"
            elif file.is_file():
                place = file.relative_to(self.root).as_posix()
                return f"{place} is no part of the site: move it beside the text or into static/"
        return ""


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError):
        return []


def findings(pages: Iterable[Seen], files: frozenset[str], frame: Frame) -> Iterator[Finding]:
    """Yield links that lead nowhere; `files` is everything that the site will have.

    What an author wrote is named at its line, and not again for lists that show it too; what
    templates and settings put into many pages is named once.
    """
    pages = tuple(pages)
    by_path = {page.path: page for page in pages}
    texts = {link.lead for page in pages for link in page.links if link.line}
    others: dict[tuple[str, Lead], list[tuple[Seen, Link, str, str]]] = defaultdict(list)
    for page in pages:
        for link in page.links:
            fault = _fault(link, files, by_path)
            if fault and link.line:
                what, hint = _said(link, fault)
                hint = hint or frame.meant(page.origin, link)
                yield Finding(fault[0], page.origin, link.line, what, hint)
            elif fault:
                others[fault[0], link.lead].append((page, link, *fault[1:]))
    for (rule, lead), found in others.items():
        if lead not in texts:
            page, link, what, hint = found[0]
            where, line = frame.find(page.origin, link)
            what, hint = _said(link, (rule, what, hint))
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            yield Finding(rule, where, line, f"{what}, on {page.path}{more}", hint)


def _said(link: Link, fault: tuple[str, str, str]) -> tuple[str, str]:
    inside = link.line is None and link.lead.path and not link.lead.path.startswith("../")
    anchor = f"#{link.lead.anchor}" if link.lead.anchor else ""
    shown = f"/{link.lead.path}{anchor}" if inside else readable(link.written)
    return f"{_NOUNS[link.kind]} {shown} {fault[1]}", fault[2]


def _fault(
    link: Link, files: frozenset[str], pages: dict[str, Seen]
) -> tuple[str, str, str] | None:
    """Return the rule that `link` breaks, what is wrong and what to write instead."""
    path = link.lead.path
    if link.bare and (path is None or file_at(path, files)):
        return "missing-alt", "has no alternative text", 'write alt="..."'
    if path is None:
        if link.kind == "file" and link.lead.url.startswith("http"):
            return "third-party", "is loaded from another host", "put the file into static/"
        wrong = None if link.line else odd(link.written)
        return ("odd-address", wrong[0], wrong[1]) if wrong else None
    at = file_at(path, files)
    if not at:
        rule = "missing-image" if link.kind == "image" else "broken-link"
        hint = "a template writes {{ '/path/'|url }}" if path.startswith("../") else ""
        return rule, "leads to no page or file of the site", hint or _like(path, files)
    page = pages.get(at)
    anchor = link.lead.anchor
    known = page is None or page.leads_on or anchor in page.ids
    if not anchor or known or anchor == "top" or anchor.startswith(":~:"):
        return None
    return (
        "broken-anchor",
        f"leads to no place: no id there is '{anchor}'",
        suggest(anchor, page.ids if page else ()),
    )


def _like(path: str, files: frozenset[str]) -> str:
    """Return a question that names the only file of this name elsewhere, or in other capitals."""
    same = [file for file in files if _name(file) == _name(path)] if _name(path) else []
    return f"did you mean '/{same[0].removesuffix('index.html')}'?" if len(same) == 1 else ""


def _name(path: str) -> str:
    short = path.removesuffix("index.html").rstrip("/").removesuffix(".html")
    return short.rpartition("/")[2].casefold()
