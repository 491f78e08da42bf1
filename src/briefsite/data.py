"""Data files: YAML, JSON, CSV and TSV for templates, as `site.data` (jekyll.md F7)."""

import io
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from briefsite.config import Project
from briefsite.errors import BriefsiteError, Problem
from briefsite.front_matter import Yaml, load, load_any
from briefsite.library import File
from briefsite.loader import line_of, read_text
from briefsite.model import Brief
from briefsite.people import Registry, read_registry, strangers
from briefsite.schema import Reader, suggest
from briefsite.values import replace

_MAPPINGS = (".yml", ".yaml", ".json")
_DELIMITERS = {".csv": ",", ".tsv": "\t"}


def read_data(
    project: Project, files: Iterable[File]
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return what the data files hold, folders as mappings, and what is wrong with them."""
    data: dict[str, Any] = {}
    problems: list[Problem] = []
    folder = project.config.data.strip("/")
    for file in files:
        inner = PurePosixPath(project.inside(file.path).removeprefix(f"{folder}/"))
        try:
            value = _read(project, file.path, inner.suffix.lower())
        except BriefsiteError as error:
            problems += error.problems
            continue
        branch = data
        for part in inner.parts[:-1]:
            branch = branch.setdefault(_key(part), {})
        key = _key(inner.stem)
        if isinstance(branch.get(key), dict) and isinstance(value, dict):
            branch[key] |= value
        else:
            branch[key] = value
    return data, tuple(problems)


class Place:
    """A data file, read once more only when somebody asks for a line in it."""

    def __init__(self, project: Project, where: str) -> None:
        self.project, self.where = project, where

    @cached_property
    def yaml(self) -> Yaml:
        """Return the file's mapping with the places of its values; JSON is YAML, too."""
        try:
            return load(read_text(self.project, self.where).text, self.where, large=True)
        except BriefsiteError:  # it is no mapping, and so has no places
            return Yaml(self.where, {})

    def line(self, path: tuple[str | int, ...]) -> int | None:
        """Return the line of the value at `path`."""
        return self.yaml.line(path)

    def written(self, path: tuple[str | int, ...]) -> str | None:
        """Return the scalar at `path` as its author wrote it."""
        return self.yaml.written(path)


def read_authors(
    project: Project, files: Iterable[File], data: Mapping[str, Any]
) -> tuple[Registry, tuple[Problem, ...]]:
    """Return the registry of authors among the data, and what is wrong with it; on a Jekyll site,
    whose themes have their own use for the file, those are warnings."""
    names = [f"{project.config.data.strip('/')}/authors{ending}" for ending in _MAPPINGS]
    path = next((file.path for file in files if project.inside(file.path) in names), "")
    if not path or "authors" not in data:
        return Registry("", {}, {}), ()
    reader = Reader(Place(project, path))
    registry = read_registry(data["authors"], path, reader)
    lenient = project.config.dialect == "jekyll"
    return registry, tuple(replace(p, warning=p.warning or lenient) for p in reader.problems)


def unknown_authors(
    project: Project, briefs: Iterable[Brief], registry: Registry
) -> Iterable[Problem]:
    """Yield a problem for each author whom a brief names by an id that the registry does not
    have."""
    where = registry.where or f"{project.config.data}/authors.yml"
    for brief in briefs:
        for path, id_ in strangers(brief, registry):
            line = line_of(project, brief.source, path)
            hint = suggest(id_, registry.people) or f"add it there, or write 'name: {id_}'"
            what = f"there is no author '{id_}' in {where}"
            lenient = project.config.dialect == "jekyll"
            yield Problem(brief.source, what, line, hint, warning=lenient)


def repeated(project: Project, briefs: Iterable[Brief]) -> Iterable[Problem]:
    """Yield a problem for each name that only one text may have and a second one has too."""
    held: dict[tuple[str, str], Brief] = {}
    for brief in briefs:
        for key, value in (("doi", brief.imprint.doi), ("feed_id", brief.feed_id)):
            other = held.setdefault((key, value), brief) if value else brief
            if other is not brief:
                what = f"{key}: '{value}' is also that of {other.source}"
                line = line_of(project, brief.source, (key,))
                yield Problem(
                    brief.source,
                    what,
                    line,
                    "each text has its own",
                    warning=project.config.dialect == "jekyll",
                )


def _key(name: str) -> str:
    return re.sub(r"\s+", "_", re.sub(r"[^\w\s-]+", "", name))


def _read(project: Project, path: str, suffix: str) -> Any:
    text = read_text(project, path).text
    if suffix in (".yml", ".yaml"):
        return load_any(text, path)
    if suffix in _DELIMITERS:
        import csv

        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=_DELIMITERS[suffix])
        return list(rows)
    if suffix == ".json":
        import json

        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", None)
            raise BriefsiteError(Problem(path, f"this is no JSON: {error}", line)) from None
    hint = "data files end in .yml, .yaml, .json, .csv or .tsv"
    raise BriefsiteError(Problem(path, "this kind of data is not read", hint=hint, warning=True))
