"""Jinja templates: found, checked, stamped and filled (the only door to Jinja)."""

import json
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.runtime import Context
from markupsafe import Markup

from briefsite import dates, urls
from briefsite.digest import digest
from briefsite.errors import BriefsiteError, Problem
from briefsite.values import Struct

_OBJECT = re.compile(r"'briefsite\.[\w.]*?(\w+) object'")
LISTS = frozenset({"briefs", "data", "documents"})
"""What `site` offers that is a list of the whole site: reading it is an input (design: narrow
views)."""


class Template(Struct, frozen=True):
    """What a template is made of and what it reads: the inputs that it adds to a page."""

    name: str
    stamp: str
    """Digest of its text and of every template that it uses."""
    lists: tuple[str, ...]
    """Lists of the whole site that it reads, sorted."""
    assets: tuple[str, ...]
    """Paths of the static files whose version it prints, sorted."""


def markup(html: str) -> Markup:
    """Return HTML of our own making as what a template prints unescaped."""
    return Markup(html)  # made by our renderer, which escapes


@jinja2.pass_context
def _url(context: Context, target: str) -> str:
    return urls.rebase(str(target), context["root"], context["page"].url)


@jinja2.pass_context
def _absolute(context: Context, target: str) -> str:
    base = context["site"].url
    return urls.rebase(str(target), f"{base}/", context["page"].url) if base else ""


@jinja2.pass_context
def _asset(context: Context, target: str) -> str:
    version = context["versions"].get(str(target))
    return _url(context, target) + (f"?v={version}" if version else "")


@jinja2.pass_context
def _date(context: Context, moment: datetime) -> str:
    return dates.long_date(moment, context["page"].lang)


def _json(value: Any) -> Markup:
    """JSON for a script element: nothing in it can end the element (publishing.md 2.3)."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for char in "&<>\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return markup(text)


FILTERS: dict[str, Callable[..., Any]] = {
    "url": _url,
    "absolute": _absolute,
    "asset": _asset,
    "date": _date,
    "iso": dates.iso,
    "rfc822": dates.rfc822,
    "json": _json,
}


class Templates:
    """The templates of one site: its own first, the theme's second."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        """Take folders in order of precedence, each under the name that messages call it by."""
        self._folders = folders
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([str(folder) for folder in folders.values()]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self._environment.filters |= FILTERS
        self._parsed: dict[str, tuple[str, nodes.Template]] = {}
        self._described: dict[str, Template] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return Templates, (self._folders,)  # what a process that was not forked begins with

    def names(self) -> list[str]:
        """Return the names of all templates, sorted."""
        return sorted(self._environment.list_templates(extensions=["html", "xml"]))

    def describe(self, name: str) -> Template:
        """Return what `name` is made of; BriefsiteError where it or one that it uses is missing or
        faulty."""
        if name not in self._described:
            closure = self._closure(name)
            lists: set[str] = set()
            assets: set[str] = set()
            for _, tree in closure.values():
                lists |= _lists_read(tree)
                assets |= set(_assets_used(tree))
            stamp = digest([(used, text) for used, (text, _) in sorted(closure.items())])
            self._described[name] = Template(
                name, stamp, tuple(sorted(lists)), tuple(sorted(assets))
            )
        return self._described[name]

    def _closure(self, name: str) -> dict[str, tuple[str, nodes.Template]]:
        found: dict[str, tuple[str, nodes.Template]] = {}
        waiting = [(name, "")]
        while waiting:
            current, user = waiting.pop()
            if current in found:
                continue
            found[current] = self._parse(current, user)
            for used in meta.find_referenced_templates(found[current][1]):
                # A name that is only known when the page is made: the page depends on every
                # template.
                waiting += [(used, current)] if used else [(each, current) for each in self.names()]
        return found

    def _parse(self, name: str, user: str) -> tuple[str, nodes.Template]:
        if name not in self._parsed:
            try:
                text, _, _ = self._environment.loader.get_source(self._environment, name)  # type: ignore[union-attr]
                self._parsed[name] = text, self._environment.parse(text, name)
                self._environment.get_template(name)
            except jinja2.TemplateNotFound:
                known = ", ".join(
                    n.removesuffix(".html")
                    for n in self.names()
                    if "/" not in n and n.endswith(".html")
                )
                where = self._shown(user) if user else ""
                problem = Problem(
                    where, f"there is no template '{name}'", hint=f"there are: {known}"
                )
                raise BriefsiteError(problem) from None
            except jinja2.TemplateSyntaxError as error:
                raise BriefsiteError(
                    Problem(self._shown(error.name or name), str(error.message), error.lineno)
                ) from None
            except UnicodeDecodeError:
                raise BriefsiteError(
                    Problem(self._shown(name), "this template is not UTF-8")
                ) from None
        return self._parsed[name]

    def _shown(self, name: str) -> str:
        """Return the path of a template as its author knows it."""
        for shown, folder in self._folders.items():
            if (folder / name).is_file():
                return f"{shown}/{name}"
        return name

    def render(self, name: str, context: Mapping[str, Any], source: str) -> str:
        """Return the template filled with `context`; BriefsiteError names template, line and
        `source`."""
        try:
            return self._environment.get_template(name).render(context)
        except BriefsiteError:
            raise
        except jinja2.TemplateError as error:
            raise BriefsiteError(self._fault(name, error, source)) from None
        except Exception as error:
            # A template is a program of its author's: whatever it raises is shown at its line.
            raise BriefsiteError(self._fault(name, error, source)) from error

    def _fault(self, name: str, error: Exception, source: str) -> Problem:
        files = {
            str(folder / used): used for folder in self._folders.values() for used in self.names()
        }
        place = [
            (files[frame.filename], frame.lineno)
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename in files
        ]
        where, line = place[-1] if place else (name, None)
        said = _OBJECT.sub(lambda found: found[1].lower(), str(error))
        return Problem(self._shown(where), f"{said}, while making the page of {source}", line)


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
