"""Fills Jinja templates (the only door to Jinja, opened only when a page is made)."""

import contextlib
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import meta, nodes

from briefsite.errors import MAKING, BriefsiteError, Problem
from briefsite.filling.compiled import Compiled
from briefsite.filling.environments import FILTERS, Files, Loader, Missing, environment
from briefsite.model import BUILT_IN, LISTS, Uses
from briefsite.schema import suggest

__all__ = ["FILTERS", "Compiled", "Filler"]

_OBJECT = re.compile(r"'briefsite\.[\w.]*?(\w+?)(View)? object'")
_UNKNOWN = re.compile(r"No (filter|test) named '(.*?)'")


class Filler:
    """Reads and fills the templates in some folders, the first of which win."""

    def __init__(
        self,
        folders: Mapping[str, Path],
        files: Mapping[str, Path],
        read: Callable[[str], str],
        kept: Compiled | None = None,
    ) -> None:
        """Take folders in order of precedence, each under the name that messages call it by, the
        file of each template, what reads one by its name, and what keeps them compiled."""
        self._folders, self._files, self._read = folders, files, read
        self._loader = Loader(files, read, kept)
        self._environment = environment(self._loader)
        """What pages are filled with."""

    @cached_property
    def _plain(self) -> jinja2.Environment:
        """Return what knows for each fault the template and the line in which it lies."""
        return environment(Files(self._files, self._read))

    def uses(self, name: str, text: str) -> Uses:
        """Return what the text of the template `name` uses; BriefsiteError where it is faulty."""
        try:
            tree = self._environment.parse(text, name)
            extends = self._extended(name, tree)
            used = set(meta.find_referenced_templates(tree))
            lists, assets = _lists_read(tree), tuple(_assets_used(tree))
        except jinja2.TemplateSyntaxError as error:
            raise self._slip(name, error) from None
        self._loader.trees[name] = tree
        named = tuple(sorted(name for name in used if name))
        blocks = tuple(block.name for block in tree.find_all(nodes.Block))
        fills = tuple(_fills(tree)) if extends else ()
        return Uses(named, None in used, tuple(sorted(lists)), assets, extends, blocks, fills)

    def _extended(self, name: str, tree: nodes.Template) -> str:
        """Return the template that this one extends, if it is known; BriefsiteError where that is
        itself, meaning the built-in one."""
        for node in tree.body:  # where a condition stands around it, nobody knows
            if not isinstance(node, nodes.Extends):
                continue
            extended = str(getattr(node.template, "value", ""))
            if extended == name:
                hint = f"write '{BUILT_IN}{name}' for the built-in one"
                what = "this template extends itself"
                raise BriefsiteError(Problem(self.shown(name), what, node.lineno, hint))
            return extended
        return ""

    def shown(self, name: str) -> str:
        """Return the path of a template as its author knows it."""
        for shown, folder in self._folders.items():
            if (folder / name).is_file():
                return f"{shown}/{name}"
        inner = name.removeprefix(BUILT_IN)
        return f"{list(self._folders)[-1]}/{inner}" if inner != name else name

    def compile(self, names: Iterable[str]) -> None:
        """Compile the first of `names`, which uses the others; BriefsiteError where one is
        faulty."""
        first, *_ = names = tuple(names)
        try:
            self._environment.get_template(first)
        except jinja2.TemplateError:
            self._find_fault(names)

    def _find_fault(self, names: Iterable[str]) -> None:
        for name in names:
            try:
                self._plain.get_template(name)
            except jinja2.TemplateSyntaxError as error:
                raise self._slip(name, error) from None

    def _slip(self, name: str, error: jinja2.TemplateSyntaxError) -> BriefsiteError:
        said = str(error.message)
        where = self.shown(error.name or name)
        return BriefsiteError(Problem(where, said, error.lineno, self._near(said)))

    def render(self, name: str, context: Mapping[str, Any], source: str) -> str:
        """Return the template filled with `context`; BriefsiteError names template, line and
        `source`."""
        with contextlib.suppress(Exception):  # the other way shows where the fault lies
            return self._environment.get_template(name).render(context)
        try:
            return self._plain.get_template(name).render(context)
        except BriefsiteError:
            raise
        except jinja2.TemplateError as error:
            raise BriefsiteError(self._fault(name, error, source, context)) from None
        except Exception as error:
            # A template is a program of its author's: whatever it raises is shown at its line.
            raise BriefsiteError(self._fault(name, error, source, context)) from error

    def _fault(
        self, name: str, error: Exception, source: str, context: Mapping[str, Any]
    ) -> Problem:
        folders = {str(folder): shown for shown, folder in self._folders.items()}
        place = [
            (folders[folder] + frame.filename.removeprefix(folder).replace("\\", "/"), frame.lineno)
            for frame in traceback.extract_tb(error.__traceback__)
            for folder in folders
            if Path(frame.filename).is_relative_to(folder)
        ]
        where, line = place[-1] if place else (self.shown(name), None)
        said = _OBJECT.sub(lambda found: found[1].lower(), str(error)).rstrip(".")
        hint = _near(error, context) if isinstance(error, Missing) else self._near(said)
        return Problem(where, f"{said}{MAKING}{source}", line, hint)

    def _near(self, said: str) -> str:
        """Return what may have been meant instead of a filter, test or tag that does not exist."""
        if "unknown tag" in said:
            return "templates are Jinja's, not Liquid's: {% set x = 1 %}, {% if %}, {% for %} ..."
        unknown = _UNKNOWN.match(said)
        known = getattr(self._environment, f"{unknown[1]}s") if unknown else ()
        return suggest(unknown[2], known) if unknown else ""


def _near(error: Missing, context: Mapping[str, Any]) -> str:
    """Return what may have been meant instead of a name that does not exist."""
    if error.name == "words":  # what the frame of the theme gives to its pages
        return "base.html must import them first: see 'briefsite theme show base.html'"
    if error.name == "content" and "article" in context:
        return "Jekyll's 'content' is 'article.html' here"
    names = context if str(error).endswith("is undefined") else error.names
    if names is context and hasattr(context.get("page"), error.name):
        return f"did you mean 'page.{error.name}'?"
    near = suggest(error.name, (name for name in map(str, names) if not name.startswith("_")))
    optional = f"write .get('{error.name}') where it may be missing"
    return near or (optional if isinstance(names, dict) and names is not context else "")


def _fills(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Yield name and line of each block outside any other, but where `self` may print it."""
    if any(node.name == "self" for node in tree.find_all(nodes.Name)):
        return
    blocks = list(tree.find_all(nodes.Block))
    inner = {id(block) for outer in blocks for block in outer.find_all(nodes.Block)}
    yield from ((block.name, block.lineno) for block in blocks if id(block) not in inner)


def _lists_read(tree: nodes.Template) -> frozenset[str]:
    """Return which lists of the whole site a template reads; all of them where that cannot be
    known."""
    read: set[str] = set()
    plain = 0
    for node in tree.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name == "site":
            plain += 1
            read |= {node.attr} & LISTS
    named = sum(1 for node in tree.find_all(nodes.Name) if node.name == "site")
    return LISTS if named > plain else frozenset(read)


def _assets_used(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all(nodes.Filter):
        if node.name == "asset" and isinstance(node.node, nodes.Const):
            yield str(node.node.value)
