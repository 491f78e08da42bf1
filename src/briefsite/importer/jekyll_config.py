"""Reads what a Jekyll checkout says about itself: _config.yml, Gemfile, CNAME."""

import re
from pathlib import Path
from typing import Any

from briefsite.config import Config
from briefsite.errors import BriefsiteError, Problem
from briefsite.front_matter import Yaml, load
from briefsite.importer.report import Report
from briefsite.sections import Collection, Defaults, Scope
from briefsite.values import Struct, replace

EXCLUDED = (
    ".sass-cache .jekyll-cache .ruby-lsp gemfiles Gemfile Gemfile.lock node_modules "
    "vendor/bundle/ vendor/cache/ vendor/gems/ vendor/ruby/"
).split()
"""What Jekyll never publishes (jekyll.md F1)."""
INCLUDED = [".htaccess"]
_NAMES = ("_config.yml", "_config.yaml")
_TOP = re.compile(r"[^\s#\-\]}]")
_GEM = re.compile(r"""\s*gem\s*\(?\s*["']((?:jekyll|octopress)-[\w-]+|jemoji|github-pages)["']""")
_TRIES = 20
_KINDS = {"post": "posts", "page": "pages", "draft": "drafts"}


class Old(Struct):
    """A Jekyll checkout's own words, read as far as they can be."""

    source: Path
    yaml: Yaml
    report: Report
    plugins: dict[str, tuple[str, int]] | None = None
    """Place of each plug-in's name; None where nothing names any."""
    cname: str = ""

    def at(self, path: tuple[str, ...]) -> Any:
        """Return the value at `path`; None where there is none."""
        value: Any = self.yaml.values
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def get(self, kinds: type | tuple[type, ...], wanted: str, *path: str) -> Any:
        """Return the value at `path`; None, with a word about it, where it is no `wanted`."""
        value = self.at(path)
        if value is None or isinstance(value, kinds):
            return value
        self.hand(path, f"{'.'.join(path)} is not {wanted}, and left out", f"write {wanted}")
        return None

    def text(self, *path: str) -> str:
        """Return the text at `path` as one line."""
        value = self.get((str, int, float), "text", *path)
        written = value if isinstance(value, str) else self.yaml.written(path) or ""
        return " ".join(written.split()) if value is not None else ""

    def number(self, *path: str) -> int | None:
        """Return the whole number at `path`."""
        value: int | None = self.get(int, "a number", *path)
        return value

    def texts(self, *path: str) -> list[str]:
        """Return the list of texts at `path`; one text is a list too."""
        value = self.get((list, str), "a list of text", *path)
        return [str(item) for item in ([value] if isinstance(value, str) else value or []) if item]

    def hand(self, path: tuple[str, ...], what: str, todo: str = "") -> None:
        """Note what needs a hand about the value at `path`."""
        self.report.hand(self.yaml.where, what, todo, self.yaml.line(path))

    @property
    def base(self) -> str:
        """The folder that Jekyll reads, from the checkout's; `.` for itself."""
        folder = self.text("source").strip("/").removeprefix("./") or "."
        inside = (self.source / folder).resolve().is_relative_to(self.source.resolve())
        return folder if inside and exists(self.source / folder) else "."

    def config(self) -> Config:
        """Return the configuration by which briefsite finds what Jekyll would read."""
        found = self.collections()
        return Config(
            title=self.source.name or "site",
            dialect="jekyll",
            content=self.base,
            static="_static",
            templates="_templates",
            data=self.text("data_dir").strip("/") or "_data",
            exclude=(*EXCLUDED, *self.texts("exclude")),
            include=tuple(self.texts("include") or INCLUDED),
            collections={
                name: Collection(folder=f"_{name}", output=item.get("output") is True)
                for name, item in found.items()
                if name != "posts"
            },
            collections_dir=self.text("collections_dir").strip("/"),
            permalink=self.text("permalink") or "date",
            defaults=tuple(
                Defaults(item["values"], Scope(**item.get("scope", {}))) for item in self.defaults()
            ),
        )

    def collections(self) -> dict[str, dict[str, Any]]:
        """Return the settings of each collection (jekyll.md F5)."""
        value = self.get((dict, list), "a list or a mapping", "collections") or {}
        found = value if isinstance(value, dict) else {str(name): {} for name in value}
        named = {name: item if isinstance(item, dict) else {} for name, item in found.items()}
        odd = [name for name in named if "/" in name or not name.strip(".")]
        for name in odd:
            self.hand(("collections", name), f"collection {name!r} has no folder, and is left out")
        return {name: item for name, item in named.items() if name not in odd}

    def defaults(self) -> list[dict[str, Any]]:
        """Return the front matter defaults that can be read (jekyll.md T3)."""
        found = []
        for item in self.get(list, "a list", "defaults") or []:
            values = item.get("values") if isinstance(item, dict) else None
            scope = item.get("scope") or {} if isinstance(item, dict) else None
            if isinstance(values, dict) and isinstance(scope, dict):
                path, kind = str(scope.get("path") or ""), str(scope.get("type") or "")
                named = {"path": path, "type": _KINDS.get(kind, kind)}
                scope = {key: text for key, text in named.items() if text}
                found.append(({"scope": scope} if scope else {}) | {"values": values})
            else:
                self.hand(("defaults",), "one of the defaults has no values, and is left out")
        return found


def read_old(source: Path, report: Report) -> Old:
    """Return what the checkout at `source` says; what cannot be read is reported and left out."""
    old = Old(source, _read_yaml(source, report), report)
    lines = enumerate(_text(source / "Gemfile").splitlines(), 1)
    places = {match[1]: ("Gemfile", n) for n, line in lines if (match := _GEM.match(line))}
    keys = [key for key in ("gems", "plugins") if key in old.yaml.values]
    for key in keys:
        for n, name in enumerate(old.texts(key)):
            places[name.replace("/", "-")] = old.yaml.where, old.yaml.line((key, n)) or 1
    old.plugins = places if places or keys else None
    old.cname = next(iter(_text(source / old.base / "CNAME").split()), "")
    return old


def exists(path: Path) -> bool:
    """Return whether there is something at `path`, which may be too long for any file system."""
    try:
        return path.exists()
    except OSError:
        return False


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""


def _read_yaml(source: Path, report: Report) -> Yaml:
    file = next((source / name for name in _NAMES if (source / name).is_file()), source / _NAMES[0])
    for other in sorted(source.glob("_config*")):
        if other.name.endswith(".toml") and not file.is_file():
            report.hand(other.name, "TOML is not understood here", "write it as _config.yml")
        elif other != file and other.suffix in (".yml", ".yaml"):
            todo = "write into site.yaml what 'jekyll build --config' took from it"
            report.hand(other.name, "this second configuration is not read", todo)
    if not file.is_file():
        report.hand(file.name, "there is none", "is this a Jekyll site? Its defaults are written")
    return _salvaged(_text(file), file.name, report)


def _salvaged(text: str, where: str, report: Report) -> Yaml:
    """Return what can be read of a configuration: a key that YAML refuses is reported and left
    out."""
    for _ in range(_TRIES):
        try:
            return load(text, where)
        except BriefsiteError as error:
            twice = "the later one counts, as in Jekyll"
            report.hands += [
                replace(p, hint=twice) if "given twice" in p.message else p for p in error.problems
            ]
            text, before = _without(text, error.problems[0]), text
            if text == before:
                break
    report.hand(
        where, "the import went on with Jekyll's defaults", "mend the file and run it again"
    )
    return Yaml(where, {})


def _without(text: str, problem: Problem) -> str:
    """Return `text` without the top-level key at fault; of two with one name, the later stays."""
    lines = text.split("\n")
    tops = [n for n, line in enumerate(lines) if _TOP.match(line) and not line.startswith("%")]
    at = (problem.line or 0) - 1
    name = problem.message.partition("'")[2].partition("' is given twice")[0]
    twins = [n for n in tops if lines[n].partition(":")[0].strip("\"' ") == name]
    start = twins[0] if at in twins[1:] else max((n for n in tops if n <= at), default=-1)
    if start < 0:
        return text
    end = min((n for n in tops if n > start), default=len(lines))
    return "\n".join((*lines[:start], *[""] * (end - start), *lines[end:]))
