"""Fills Jinja templates (the only door to Jinja, opened only when a page is made)."""

import contextlib
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from briefsite import dates, languages, urls
from briefsite.compiled import Compiled
from briefsite.errors import MAKING, BriefsiteError, Problem
from briefsite.model import BUILT_IN, LISTS, Uses
from briefsite.schema import pack, suggest

_SPECIAL = re.compile("[&<>\"']")
_PLACES = frozenset({"self", "loop", "caller", "varargs", "kwargs"})
_OBJECT = re.compile(r"'briefsite\.[\w.]*?(\w+?)(View)? object'")
_UNKNOWN = re.compile(r"No (filter|test) named '(.*?)'")


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
    text = pack(value).decode()
    for char in "&<>\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # nothing in it can end the element


FILTERS: dict[str, Callable[..., Any]] = {
    "url": _url,
    "absolute": _absolute,
    "asset": _asset,
    "date": _date,
    "iso": dates.iso,
    "rfc822": dates.rfc822,
    "json": _json,
    "language": languages.own_name,
}


def _escape(value: Any) -> str:
    """Return `value` as HTML. Most values are text that stays as it is: to see that is quicker
    than to have markupsafe make a Markup of it."""
    if type(value) is Markup or (type(value) is str and not _SPECIAL.search(value)):
        return value
    return escape(value)


class _Missing(jinja2.UndefinedError):
    """A name that does not exist was used; `names` are those that do."""

    def __init__(self, message: str, name: str, names: Iterable[str]) -> None:
        super().__init__(message)
        self.name, self.names = name, names


class _Undefined(jinja2.StrictUndefined):
    """Knows which names there are instead."""

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = jinja2.utils.missing,
        name: str | None = None,
        exc: Any = jinja2.UndefinedError,
    ) -> None:
        def fail(message: str) -> jinja2.UndefinedError:
            return _Missing(message, str(name), obj if isinstance(obj, Mapping) else dir(obj))

        # Jinja calls what it is given and raises what comes back.
        super().__init__(hint, obj, name, fail if name else exc)  # type: ignore[arg-type]


class _Environment(jinja2.Environment):
    """Knows each template by its name, which Jinja looks up for every include of every page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._made: dict[Any, jinja2.Template] = {}

    def get_template(
        self, name: Any, parent: str | None = None, globals: Any = None
    ) -> jinja2.Template:
        """Return the template `name`."""
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = super().get_template(name, parent, globals)
            # What is printed is joined and nothing else: it need not be Markup.
            made.root_render_func.__globals__["escape"] = _escape
            made.globals = dict(made.globals)  # read for every include; a ChainMap is slow
        return made


class _Files(jinja2.BaseLoader):
    """Gives the templates that there are, each by its name."""

    def __init__(self, files: Mapping[str, Path], read: Callable[[str], str]) -> None:
        self.files, self.read = files, read

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, None]:
        """Return (text, file, nothing that says whether it is still so) of a template."""
        if template not in self.files:
            raise jinja2.TemplateNotFound(template)
        return self.read(template), str(self.files[template]), None


class _Loader(_Files):
    """Compiles a template together with what it includes: a page is filled with some twenty
    partials, and to call each of them costs more than most of them do."""

    def __init__(
        self, files: Mapping[str, Path], read: Callable[[str], str], kept: Compiled | None
    ) -> None:
        super().__init__(files, read)
        self._kept = kept
        self._included: dict[str, list[nodes.Node] | None] = {}
        self.trees: dict[str, nodes.Template] = {}
        """Templates that were looked at: each is compiled without being read anew."""

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: Any = None,  # Jinja's
    ) -> jinja2.Template:
        """Return the template `name`."""
        _, path, _ = self.get_source(environment, name)
        bucket = self._kept.bucket(environment, name, path) if self._kept else None
        code = bucket.code if bucket else None
        if code is None:
            tree = _Inclusion(self, environment, (name,)).visit(self.parsed(environment, name))
            code = environment.compile(tree, name, path)
            if self._kept and bucket:
                bucket.code = code
                self._kept.dump_bytecode(bucket)
        return jinja2.Template.from_code(environment, code, globals or {})

    def parsed(self, environment: jinja2.Environment, name: str) -> nodes.Template:
        """Return what the template `name` says, for the one who asks to change."""
        text, path, _ = self.get_source(environment, name)
        return self.trees.pop(name, None) or environment.parse(text, name, path)

    def included(
        self, environment: jinja2.Environment, name: str, users: tuple[str, ...]
    ) -> list[nodes.Node] | None:
        """Return what stands for the template `name` where `users` include it; None where it has to
        be called. Many include the same: each is read once."""
        if name not in self._included:
            tree = self.parsed(environment, name)
            called = any(tree.find_all((nodes.Extends, nodes.Block))) or _speaks_of_place(tree)
            within = _Inclusion(self, environment, (*users, name))
            self._included[name] = None if called else within.visit(tree).body
        return self._included[name]


class _Inclusion(NodeTransformer):
    """Puts what a template includes in the place of the `include`, in a scope of its own as there;
    not what has blocks or speaks of its place, or a name that is known only when it is filled."""

    def __init__(
        self, loader: _Loader, environment: jinja2.Environment, users: tuple[str, ...]
    ) -> None:
        self.loader, self.environment, self.users = loader, environment, users

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802  # Jinja's
        """Return what is to stand for `node`."""
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if not isinstance(name, str) or not node.with_context or node.ignore_missing:
            return node
        if name in self.users:  # one that includes itself
            return node
        body = self.loader.included(self.environment, name, self.users)
        return node if body is None else nodes.Scope(body, lineno=node.lineno)


def _speaks_of_place(tree: nodes.Template) -> bool:
    """Return whether a template reads a name that Jinja gives to what stands around it: it is given
    by the place where a text is written, and not to what is included there."""
    named = any(node.name in _PLACES for node in tree.find_all(nodes.Name))
    return named and not _PLACES.isdisjoint(meta.find_undeclared_variables(tree))


def _environment(loader: _Files) -> jinja2.Environment:
    made = _Environment(
        loader=loader,
        autoescape=True,
        undefined=_Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.filters |= FILTERS
    return made


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
        self._loader = _Loader(files, read, kept)
        self._environment = _environment(self._loader)
        """What pages are filled with."""

    @cached_property
    def _plain(self) -> jinja2.Environment:
        """Return what knows for each fault the template and the line in which it lies."""
        return _environment(_Files(self._files, self._read))

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
        hint = _near(error, context) if isinstance(error, _Missing) else self._near(said)
        return Problem(where, f"{said}{MAKING}{source}", line, hint)

    def _near(self, said: str) -> str:
        """Return what may have been meant instead of a filter, test or tag that does not exist."""
        if "unknown tag" in said:
            return "templates are Jinja's, not Liquid's: {% set x = 1 %}, {% if %}, {% for %} ..."
        unknown = _UNKNOWN.match(said)
        known = getattr(self._environment, f"{unknown[1]}s") if unknown else ()
        return suggest(unknown[2], known) if unknown else ""


def _near(error: _Missing, context: Mapping[str, Any]) -> str:
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
