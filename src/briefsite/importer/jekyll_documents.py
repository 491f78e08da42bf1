"""What an import has to know about documents: their keys, their layouts, the Liquid in them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from briefsite.config import Project
from briefsite.fields import KEYS, defaults_for, merge
from briefsite.front_matter import load, split
from briefsite.importer.report import Report, number
from briefsite.library import theme_folder
from briefsite.loader import read_text
from briefsite.prose import liquid
from briefsite.schema import suggest
from briefsite.sections import Collection
from briefsite.spots import spot_of
from briefsite.values import Struct, field

DATED = re.compile(r"\d{2,4}-\d{1,2}-\d{1,2}-.*\.[^.]+", re.S)
"""The name of a file that Jekyll dates (jekyll.md F3)."""
_LOOPS = frozenset({"for", "tablerow", "paginate"})
_BLOCKS = _LOOPS | {"if", "unless", "case", "capture", "comment"}
_MAX_WORDS = 20
"""A page with fewer words of its own than this, and Liquid, consists of Liquid."""
_TAG = re.compile(r"\{%-?\s*(\w+)(?:\s+([\w./-]+))?")
_TOKEN = re.compile(
    r"\{%-?\s*(\w+)[^{}%]*%\}|\{\{[^{}]*\}\}|<(/?)(script|style)\b[^<>]*>|<[^<>]*>", re.I
)
_PLAIN_LAYOUTS = {"", "none", "null", "nil", "false", "default", "home", "compress"}


class Document(Struct, frozen=True):
    """A file with front matter, as far as an import has to know it."""

    path: str
    kind: str
    """`post`, `draft`, `page`, or `document of NAME`."""
    lines: dict[str, int | None]
    """Line of each key; none for one from the defaults."""
    values: dict[str, Any]
    """Front matter with its defaults."""
    body: str
    line: int
    """Where the body starts."""


def read(project: Project, path: str) -> Document:
    """Return the document at `path`; BriefsiteError where it cannot be read."""
    spot = spot_of(project, path)
    type_ = "drafts" if spot.draft else spot.collection or "pages"
    kind = {"drafts": "draft", "posts": "post", "pages": "page"}.get(type_, f"document of {type_}")
    below = defaults_for(project.config.defaults, spot.path, type_)
    block, body, line = split(read_text(project, path).text, path)
    yaml = load(block or "", path, 2)
    lines = dict.fromkeys(below) | {key: yaml.line((key,)) for key in yaml.values}
    return Document(path, kind, lines, merge(below, yaml.values), body, line)


def tags(body: str) -> Iterator[tuple[str, str, int]]:
    """Yield (name, first word after it, line from 0) of each Liquid tag that is not shown raw."""
    until, line, last = "", 0, 0
    for match in _TAG.finditer(body):
        line, last = line + body.count("\n", last, match.start()), match.start()
        if not until:
            yield match[1], match[2] or "", line
            until = f"end{match[1]}" if match[1] in ("raw", "comment") else ""
        elif match[1] == until:
            until = ""


def is_template(body: str, *, html: bool) -> bool:
    """Return whether a page consists of Liquid: loops in HTML, or hardly a word of its own."""
    names = {name for name, _, _ in tags(body)}
    return bool(html and names & _LOOPS) or (
        bool(names - liquid.TAGS) and _words(body) < _MAX_WORDS
    )


def _words(body: str) -> int:
    """Return how many words stand outside Liquid's blocks, scripts and styles."""
    count = depth = end = 0
    for match in _TOKEN.finditer(body):
        count += len(body[end : match.start()].split()) if depth <= 0 else 0
        end, name = match.end(), (match[1] or "").lower()
        depth += (name in _BLOCKS) - (name.removeprefix("end") in _BLOCKS - {name})
        depth += (-1 if match[2] else 1) if match[3] else 0
    return count + (len(body[end:].split()) if depth <= 0 else 0)


class Notes(Struct):
    """What documents need, gathered over all of them."""

    templates: str
    """Folder of the new site's templates."""
    kinds: Counter[str] = field(default_factory=Counter)
    dated: set[str] = field(default_factory=set)
    """Kinds of documents that have a date, and so an index."""
    layouts: Counter[tuple[str, str]] = field(default_factory=Counter)
    keys: dict[str, list[tuple[str, int | None]]] = field(default_factory=lambda: defaultdict(list))
    uses: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))

    def take(self, document: Document, collection: Collection) -> None:
        """Note what `document` needs."""
        self.kinds[document.kind] += 1
        for key in document.lines.keys() - KEYS:
            self.keys[key].append((document.path, document.lines[key]))
        if not collection.output:
            return
        dated = document.kind in ("post", "draft") or document.values.get("date")
        kind = "post" if dated or DATED.fullmatch(PurePosixPath(document.path).name) else "page"
        self.dated |= {document.kind} if kind == "post" else set()
        self.layouts[str(document.values.get("layout") or ""), kind] += 1
        if document.values.get("render_with_liquid") is not False:
            for name, word, line in tags(document.body):
                use = f"include {word}" if name == "include" else name
                self.uses[use].append((document.path, document.line + line))

    def own_keys(self, report: Report) -> list[str]:
        """Return the site's own keys; one that a single document has and that resembles one of
        briefsite's is a slip of the pen."""
        own = []
        for key, places in sorted(self.keys.items()):
            (path, line), close = places[0], suggest(key, KEYS)
            if close and len(places) == 1 and line:
                report.hand(path, f"unknown key '{key}'", close, line)
            else:
                own.append(key)
        return own

    def tell_layouts(self, layouts: Path, report: Report) -> None:
        """Report layouts, and the templates that take their places."""
        known = {path.stem for path in (theme_folder() / "templates").glob("*.html")}
        for (layout, kind), count in sorted(self.layouts.items()):
            if layout not in known and layout.lower() not in _PLAIN_LAYOUTS:
                file = f"{layout}.html"
                where = f"{layouts.name}/{file}" if (layouts / file).is_file() else ""
                what = f"layout '{layout}' of {number(count, 'document')} is not taken over"
                todo = f"{kind}.html is used; write {self.templates}/{file} to have another"
                report.hand(where, what, todo)

    def tell_liquid(self, report: Report) -> None:
        """Report tags that stay as they are, and includes, each where it is used first."""
        for use, places in sorted(self.uses.items()):
            (path, line), files = places[0], len({path for path, _ in places})
            more = f", and in {number(files - 1, 'other file')}" if files > 1 else ""
            name, _, file = use.partition(" ")
            if name == "include":
                todo = f"write {self.templates}/includes/{file} as its Jinja twin"
                report.hand(path, f"{{% {use} %}} is Liquid{more}", todo, line)
            elif name not in liquid.TAGS and not name.startswith("end"):
                what = f"{{% {name} %}} stays as it is written{more}"
                report.hand(path, what, "write what it stood for", line)
