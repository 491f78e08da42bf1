"""Data files: YAML, JSON, CSV and TSV for templates, as `site.data` (jekyll.md F7)."""

import io
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from briefsite.config import Project
from briefsite.errors import BriefsiteError, Problem
from briefsite.front_matter import Yaml, load, load_any
from briefsite.library import File
from briefsite.loader import read_text

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
