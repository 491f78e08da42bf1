"""Makes pages: reads a body, turns it into an article and pushes it through its template."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markupsafe import Markup

from briefsite import urls
from briefsite.assembler import Facts
from briefsite.config import Project
from briefsite.errors import Problem
from briefsite.library import THEME, File, theme_folder
from briefsite.loader import is_html, read_body
from briefsite.manifest import Part
from briefsite.model import LISTS, Article, AuthorNote, Brief, Editorial, Heading, Uses
from briefsite.people import Note, Notes, split_notes, whose
from briefsite.prose import excerpts, liquid_marks
from briefsite.prose.options import Options
from briefsite.templates import Template, Templates, markup
from briefsite.values import Struct, plain, replace

Links = tuple[tuple[str, str], ...]


NOTHING = Editorial()
TEXTS = ("disclosure", "ai_use", "acknowledgements", "disclaimer")


class Shared(Struct, frozen=True):
    """Stands in an Output's inputs for a large value that many pages read: its name and its
    digest."""

    name: str
    digest: str


class View(Struct, frozen=True):
    """How a template is used by a page: what it is made of and the versions of files that it
    prints."""

    template: Template
    versions: Links
    lists: tuple[Shared, ...]


class Entry(Struct, frozen=True):
    """What rendering a document's text needs: an input."""

    brief: Brief
    links: Links
    dead: Links = ()
    """Liquid's links that lead nowhere, with the reason."""
    partials: tuple[View, ...] = ()
    """Templates that stand for Liquid's includes."""
    data: Shared | None = None


class SiteView:
    """`site` in templates: the facts, and those lists that the template is known to read."""

    def __init__(self, facts: Facts, lists: Mapping[str, Callable[[], Any]]) -> None:
        self._facts, self._lists = facts, lists

    def __getattr__(self, name: str) -> Any:
        return self._lists[name]() if name in self._lists else getattr(self._facts, name)

    def __dir__(self) -> list[str]:
        return [*dir(self._facts), *LISTS]


class Renderer:
    """What making an output may use besides its inputs: folders, templates, the parser, shared
    values."""

    def __init__(self, project: Project, shared: Mapping[str, Any], templates: Templates) -> None:
        self.project = project
        self.templates = templates
        self.shared = shared
        self.problems: list[Problem] = []
        self.parts: dict[str, Part] = {}
        """What took long and other outputs hold too, by the digest of what it was made from."""
        self.remembered: frozenset[str] = frozenset()
        """The digests of those that the next build will find."""
        self._lists: dict[tuple[str, str], Any] = {}
        self._told: tuple[Entry | None, str] = (None, "")
        self._last = ("", "", "")

    @cached_property
    def options(self) -> Options:
        """Return how the site's Markdown is read."""
        return Options(**plain(self.project.config.markdown))

    def body(self, entry: Entry) -> Notes:
        """Return the body of a brief, with the excerpt's end marked and the notes about its authors
        cut off where reading found them; BriefsiteError where the file has changed."""
        brief = entry.brief
        body = self._body(brief)
        parts = split_notes(body, brief.separator, brief.bios) if brief.bios else Notes(body)
        marked = excerpts.mark(parts.body, brief.separator)
        filled, problems = self.liquid(entry, marked, "/")
        self.problems += problems
        return Notes(filled, parts.notes)

    def _body(self, brief: Brief) -> str:
        """Return the body of a brief as it was written: read once for all that is made of it."""
        if self._last[:2] != (brief.source, brief.digest):
            self._last = brief.source, brief.digest, read_body(self.project, brief)
        return self._last[2]

    def liquid(self, entry: Entry, text: str, root: str) -> tuple[str, tuple[Problem, ...]]:
        """Return a text of a Jekyll site with its Liquid filled in, and what was not understood."""
        brief, project = entry.brief, self.project
        off = brief.fields.get("render_with_liquid") is False
        if project.config.dialect != "jekyll" or off or not liquid_marks.may_hold(text):
            return text, ()
        from briefsite.prose import liquid

        views = {view.template.name: view for view in entry.partials}

        def include(name: str, values: Mapping[str, str]) -> str | None:
            view = views.get(f"includes/{name}")
            return self.fill(view, brief, root, include=values).decode() if view else None

        scope = liquid.Scope(
            page=brief.fields | self._page(brief),
            site=self._site(entry),
            links=dict(entry.links),
            reasons=dict(entry.dead),
            include=include,
            relative=lambda path: urls.rebase("/" + path.lstrip("/"), "/", "/"),
            absolute=lambda path: urls.join(project.base_url, path),
        )
        return liquid.fill(text, scope, brief.source, brief.body_line)

    def _page(self, brief: Brief) -> dict[str, Any]:
        date = brief.published.astimezone(self.project.zone) if brief.published else None
        return {
            "title": brief.title,
            "url": brief.url,
            "date": date,
            "slug": brief.slug,
            "categories": list(brief.categories),
            "tags": list(brief.tags),
            "path": self.project.inside(brief.source),
            "collection": brief.collection,
        }

    def _site(self, entry: Entry) -> dict[str, Any]:
        """Return `site` in Liquid. Links are led to the site's own path afterwards, so `baseurl`
        is empty and `url` whole (jekyll.md B4)."""
        config = self.project.config
        site = config.extra | {
            "title": config.title,
            "description": config.description,
            "lang": config.lang,
            "url": self.project.base_url,
            "baseurl": "",
        }
        return site | ({"data": self.shared["data"]} if entry.data else {})

    def article(self, entry: Entry, root: str, *, bare: bool = False) -> Article:
        """Return the article of a brief for a page whose links begin with `root`; its warnings are
        kept. A `bare` one is the whole page: its headings stand below no title."""
        from briefsite.prose import html, markdown

        brief, text = entry.brief, self.body(entry)
        resolve = self.resolver(entry, root)
        options = replace(self.options, reading=not bare, lang=brief.lang)
        article = (
            html.render(text.body, resolve, options)
            if is_html(brief.source)
            else markdown.render(
                text.body,
                resolve,
                options,
                separator=brief.separator,
                source=brief.source,
                first_line=brief.body_line,
                led=bool(brief.image),
            )
        )
        self.problems += article.problems
        notes = tuple(self.notes(brief, text.notes, resolve))
        below = "\n".join(note.html for note in notes[: len(text.notes)])
        return Article(
            html=markup(article.html + (f"<hr>\n{below}\n" if below else "")),
            standfirst=markup(article.standfirst),
            body=markup(article.body),
            toc=tuple(map(_printable, article.toc)),
            notes=notes,
        )

    def notes(
        self, brief: Brief, notes: Iterable[Note], resolve: Callable[[str], str]
    ) -> Iterator[AuthorNote]:
        """Yield what the brief says of its authors, then what the registry says of those whom it
        says nothing of."""
        from briefsite.prose import markdown

        told = set()
        for note in notes:
            person = whose(note, brief.people)
            told.add(person)
            html = markdown.render_excerpt(note.text, resolve, self.options)
            yield AuthorNote(markup(html), person)
        for person in brief.people:
            if person.bio and person not in told:
                html = markdown.render_excerpt(person.bio, resolve, self.options)
                yield AuthorNote(markup(html), person)

    def editorial(self, entry: Entry, root: str) -> Editorial:
        """Return what the publisher says of a brief, its texts as HTML that is safe to print."""
        said = entry.brief.editorial
        if said == NOTHING:
            return said
        resolve = self.resolver(entry, root)
        blocks = {name: self.prose(getattr(said, name), resolve) for name in TEXTS}
        lines = {
            name: tuple(_unwrapped(self.prose(text, resolve)) for text in getattr(said, name))
            for name in ("key_points", "recommendations")
        }
        return replace(
            said,
            updates=tuple(replace(u, text=self.prose(u.text, resolve)) for u in said.updates),
            funding=tuple(
                replace(funder, statement=self.prose(funder.statement, resolve))
                for funder in said.funding
            ),
            **blocks,
            **lines,
        )

    def prose(self, text: str, resolve: Callable[[str], str]) -> Markup:
        """Return Markdown from front matter as HTML."""
        if not text:
            return Markup()
        from briefsite.prose import markdown

        return markup(markdown.render_excerpt(text, resolve, self.options))

    def resolver(self, entry: Entry, root: str) -> Callable[[str], str]:
        """Return what turns an address in a brief into one for a page whose links begin with
        `root`."""
        jekyll = self.project.config.dialect == "jekyll"
        base = f"{self.project.base_path}/" if jekyll and self.project.base_path else ""
        return resolver(dict(entry.links), root, entry.brief.url, base)

    def elsewhere(self, entry: Entry, root: str) -> Callable[[str], str]:
        """Return the same for another page, where the brief's own anchors do not exist."""
        here, url = self.resolver(entry, root), entry.brief.url
        return lambda target: here(url + target if target.startswith("#") else target)

    def excerpt(self, entry: Entry, root: str) -> Markup:
        """Return the excerpt of a brief as HTML for a page whose links begin with `root`."""
        brief = entry.brief
        if brief.excerpt_is_text:
            return Markup("<p>{}</p>").format(brief.excerpt)
        resolve = self.elsewhere(entry, root)
        from briefsite.prose import html, markdown

        text, _ = self.liquid(entry, brief.excerpt, root)
        render = html.render_excerpt if is_html(brief.source) else markdown.render_excerpt
        return markup(render(text, resolve, self.options))

    def summary(self, entry: Entry) -> str:
        """Return one or two plain sentences about a brief: its excerpt, else its description."""
        if self._told[0] is not entry:  # several files of one brief are made one after another
            self._told = entry, self._summary(entry)
        return self._told[1]

    def _summary(self, entry: Entry) -> str:
        brief = entry.brief
        if self.project.config.description_as == "summary" and brief.description:
            return brief.description
        if brief.excerpt_is_text:
            return brief.excerpt
        from briefsite.prose import html, markdown

        text, _ = self.liquid(entry, brief.excerpt, "/")
        plain = html.plain_text if is_html(brief.source) else markdown.plain_text
        return plain(text, self.options) or brief.description

    def fill(self, view: View, page: Any, root: str, **values: Any) -> bytes:
        """Return the template of `view` filled for `page`."""
        lists = {item.name: lambda name=item.name: self.list_of(name, root) for item in view.lists}
        facts: Facts = self.shared["facts"]
        listed = next((values[name] for name in ("cards", "rows", "terms") if name in values), ())
        context = {
            "site": SiteView(facts, lists),
            "page": page,
            "root": root,
            "versions": dict(view.versions),
            "metadata": lambda: page.metadata(facts, listed),
            **values,
        }
        templates, name = self.templates, view.template.name
        return templates.filler.render(name, context, page.source).encode()

    def list_of(self, name: str, root: str) -> Any:
        """Return a list of the whole site as templates see it, made once for each depth of
        page."""
        value = self.shared[name]
        if name == "data":
            return value
        if (name, root) not in self._lists:
            made = (
                value.view(self, root)
                if name == "documents"
                else tuple(item.card(self, root) for item in value)
            )
            self._lists[name, root] = made
        return self._lists[name, root]

    def file(self, file: File) -> Path:
        """Return where a file that is published as it is lies on disk."""
        return (theme_folder() if file.base == THEME else self.project.root) / file.path


def _unwrapped(html: Markup) -> Markup:
    """Return the inside of a single paragraph, whatever else as it is."""
    inner = html.removeprefix("<p>").removesuffix("</p>")
    return markup(inner) if f"<p>{inner}</p>" == html and "<p>" not in inner else html


def _printable(heading: Heading) -> Heading:
    return Heading(
        heading.level, heading.id, markup(heading.html), tuple(map(_printable, heading.children))
    )


def site_templates(
    project: Project,
    known: Mapping[str, Uses] | None = None,
    kept: tuple[Path, str] | None = None,
) -> Templates:
    """Return the site's own templates over the theme's; what texts use is `known` by digest, and
    they are `kept` compiled in a folder, by what compiles them."""
    own, theme = project.root / project.config.templates, theme_folder() / "templates"
    folders = (
        {project.config.templates: own, "theme templates": theme}
        if own.resolve() != theme.resolve()
        else {project.config.templates: own}
    )
    return Templates(folders, known, kept)


def resolver(
    links: Mapping[str, str], root: str, page_url: str, base: str = ""
) -> Callable[[str], str]:
    """Return what turns an address in Markdown into one that works on the page printed with `root`.

    A relative target that is a file of the site leads to that file's page; every other one is
    resolved against the page's own address, as a browser would. `base` is the site's own path
    that authors had to write in front of their links (jekyll.md B4).
    """

    def resolve(target: str) -> str:
        if base and target.startswith(base):
            target = target[len(base) - 1 :]
        path, mark, rest = _cut(target)
        found = links.get(path) or links.get(unquote(path))
        return urls.rebase(found + mark + rest if found else target, root, page_url)

    return resolve


def _cut(target: str) -> tuple[str, str, str]:
    at = min((n for n in (target.find("?"), target.find("#")) if n >= 0), default=len(target))
    return target[:at], target[at : at + 1], target[at + 1 :]
