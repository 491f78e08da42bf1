"""Makes pages: reads a body, turns it into an article and pushes it through its template."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markupsafe import Markup

from briefsite import urls
from briefsite.assembler import Facts
from briefsite.config import Project
from briefsite.errors import BriefsiteError, Problem
from briefsite.front_matter import split
from briefsite.library import THEME, File, theme_folder
from briefsite.loader import read_text
from briefsite.model import Article, Brief, Heading
from briefsite.prose import excerpts, markdown
from briefsite.templates import Template, Templates, markup

Links = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """Stands in an Output's inputs for a large value that many pages read: its name and its
    digest."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class View:
    """How a template is used by a page: what it is made of and the versions of files that it
    prints."""

    template: Template
    versions: Links
    lists: tuple[Shared, ...]


class SiteView:
    """`site` in templates: the facts, and those lists that the template is known to read."""

    def __init__(self, facts: Facts, lists: Mapping[str, Callable[[], Any]]) -> None:
        self._facts, self._lists = facts, lists

    def __getattr__(self, name: str) -> Any:
        return self._lists[name]() if name in self._lists else getattr(self._facts, name)


class Renderer:
    """What making an output may use besides its inputs: folders, templates, the parser, shared
    values."""

    def __init__(self, project: Project, shared: Mapping[str, Any]) -> None:
        self.project = project
        self.templates = site_templates(project)
        self.options = options_of(project)
        self.shared = shared
        self.problems: list[Problem] = []
        self._lists: dict[tuple[str, str], tuple[Any, ...]] = {}

    def body(self, brief: Brief) -> str:
        """Return the body of `brief`, with the excerpt's end marked; BriefsiteError where the file
        has changed."""
        text = read_text(self.project, brief.source)
        if text.digest != brief.digest:
            raise BriefsiteError(
                Problem(brief.source, "this file changed during the build", hint="build again")
            )
        return excerpts.mark(split(text.text, brief.source)[1], brief.separator)

    def article(self, brief: Brief, links: Links, root: str) -> Article:
        """Return the article of `brief` for a page whose links begin with `root`; its warnings are
        kept."""
        resolve = resolver(dict(links), root, brief.url)
        article = markdown.render(
            self.body(brief),
            resolve,
            self.options,
            separator=brief.separator,
            source=brief.source,
            first_line=brief.body_line,
        )
        self.problems += article.problems
        return Article(
            html=markup(article.html),
            standfirst=markup(article.standfirst),
            body=markup(article.body),
            toc=tuple(map(_printable, article.toc)),
        )

    def excerpt(self, brief: Brief, links: Links, root: str) -> Markup:
        """Return the excerpt of `brief` as HTML for a page whose links begin with `root`."""
        if brief.excerpt_is_text:
            return Markup("<p>{}</p>").format(brief.excerpt)
        here = resolver(dict(links), root, brief.url)

        def resolve(target: str) -> str:
            # The excerpt stands on other pages, where the brief's own anchors do not exist.
            return here(brief.url + target if target.startswith("#") else target)

        return markup(markdown.render_excerpt(brief.excerpt, resolve, self.options))

    def summary(self, brief: Brief) -> str:
        """Return one or two plain sentences about `brief`: its excerpt, else its description."""
        if self.project.config.description_as == "summary" and brief.description:
            return brief.description
        if brief.excerpt_is_text:
            return brief.excerpt
        return markdown.plain_text(brief.excerpt, self.options) or brief.description

    def fill(self, view: View, page: Any, root: str, **values: Any) -> bytes:
        """Return the template of `view` filled for `page`."""
        lists = {item.name: lambda name=item.name: self.list_of(name, root) for item in view.lists}
        facts: Facts = self.shared["facts"]
        context = {
            "site": SiteView(facts, lists),
            "page": page,
            "root": root,
            "versions": dict(view.versions),
            **values,
        }
        return self.templates.render(view.template.name, context, page.source).encode()

    def list_of(self, name: str, root: str) -> tuple[Any, ...]:
        """Return a list of the whole site as its cards, made once for each depth of page."""
        if (name, root) not in self._lists:
            self._lists[name, root] = tuple(item.card(self, root) for item in self.shared[name])
        return self._lists[name, root]

    def file(self, file: File) -> Path:
        """Return where a file that is published as it is lies on disk."""
        return (theme_folder() if file.base == THEME else self.project.root) / file.path


def _printable(heading: Heading) -> Heading:
    return Heading(
        heading.level, heading.id, markup(heading.html), tuple(map(_printable, heading.children))
    )


def options_of(project: Project) -> markdown.Options:
    """Return how the site's Markdown is read."""
    settings = project.config.markdown
    return markdown.Options(
        typography=settings.typography,
        html=settings.html,
        flavor=settings.flavor,
        parse_block_html=settings.parse_block_html,
    )


def site_templates(project: Project) -> Templates:
    """Return the site's own templates over the theme's."""
    own, theme = project.root / "templates", theme_folder() / "templates"
    folders = (
        {"templates": own, "theme templates": theme}
        if own.resolve() != theme.resolve()
        else {"templates": own}
    )
    return Templates(folders)


def resolver(links: Mapping[str, str], root: str, page_url: str) -> Callable[[str], str]:
    """Return what turns an address in Markdown into one that works on the page printed with `root`.

    A relative target that is a file of the site leads to that file's page; every other one is
    resolved against the page's own address, as a browser would.
    """

    def resolve(target: str) -> str:
        path, mark, rest = _cut(target)
        found = links.get(path) or links.get(unquote(path))
        return urls.rebase(found + mark + rest if found else target, root, page_url)

    return resolve


def _cut(target: str) -> tuple[str, str, str]:
    at = min((n for n in (target.find("?"), target.find("#")) if n >= 0), default=len(target))
    return target[:at], target[at : at + 1], target[at + 1 :]
