"""What Jinja knows: our filters, how templates are found, and how they are compiled."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from briefsite import dates, languages, urls
from briefsite.filling.compiled import Compiled

_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_SPECIAL = re.compile("[&<>\"']")
_OF_MAPPINGS = frozenset(dir(dict))
_PLACES = frozenset({"self", "loop", "caller", "varargs", "kwargs"})


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
    text = _JSON.encode(value)
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


class Missing(jinja2.UndefinedError):
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
            return Missing(message, str(name), obj if isinstance(obj, Mapping) else dir(obj))

        # Jinja calls what it is given and raises what comes back.
        super().__init__(hint, obj, name, fail if name else exc)  # type: ignore[arg-type]


class _Environment(jinja2.Environment):
    """Knows each template by its name, which Jinja looks up for every include of every page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._made: dict[Any, jinja2.Template] = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what Jinja does, sooner for a mapping's own keys: the theme's words are in one."""
        if type(obj) is dict and attribute in obj and attribute not in _OF_MAPPINGS:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

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


class Files(jinja2.BaseLoader):
    """Gives the templates that there are, each by its name."""

    def __init__(self, files: Mapping[str, Path], read: Callable[[str], str]) -> None:
        self.files, self.read = files, read

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, None]:
        """Return (text, file, nothing that says whether it is still so) of a template."""
        if template not in self.files:
            raise jinja2.TemplateNotFound(template)
        return self.read(template), str(self.files[template]), None


class Loader(Files):
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
        bucket = self._kept.bucket(environment, name) if self._kept else None
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
        self, loader: Loader, environment: jinja2.Environment, users: tuple[str, ...]
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


def environment(loader: Files) -> jinja2.Environment:
    """Return what fills the templates that `loader` gives."""
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
