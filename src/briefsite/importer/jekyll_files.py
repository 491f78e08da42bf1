"""Walks a Jekyll checkout, and says of each file what becomes of it."""

import re
from pathlib import PurePosixPath

from briefsite.config import Project
from briefsite.errors import BriefsiteError
from briefsite.importer.jekyll_documents import DATED, Document, Notes, is_template, read
from briefsite.importer.report import Report
from briefsite.loader import find, has_front_matter, is_html, is_markdown
from briefsite.model import Withheld
from briefsite.sections import Collection
from briefsite.sieve import DRAFTS, POSTS
from briefsite.spots import collection_of
from briefsite.urls import UrlError, output_path
from briefsite.values import Struct, field

FEEDS = ("feed.xml", "atom.xml", "rss.xml")
_PASSED_OVER = "file of those hidden by '_', which Jekyll passes over, too"
_SASS = (".scss", ".sass")
_ARCHIVES = re.compile(r"archive|tag|categor|year", re.I)
_LISTED = re.compile(r"\b(?:site|paginator)\.(\w+)")
_BLOGS = ("blog", "news", "posts", "articles")
"""What a page is called that is the posts' index, and nothing else."""
_PAPERS = {"readme", "license", "contributing", "code_of_conduct"}


class Found(Struct):
    """What a checkout holds, and where it belongs; paths are from the folder that Jekyll reads."""

    content: list[str] = field(default_factory=list)
    static: list[str] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    """Files whose front matter is cut off: path among the static files, and text."""
    left: list[str] = field(default_factory=list)
    """What is not taken as it lies."""
    feed: str = ""
    """The site's own template of a feed."""
    indexes: dict[str, str] = field(default_factory=dict)
    """Address of the page that listed a collection."""


class Sorter:
    """One walk: decides file by file, and gathers what a person has to know."""

    def __init__(
        self, project: Project, report: Report, *, in_place: bool, bare_pages: bool
    ) -> None:
        self.project, self.config, self.report = project, project.config, report
        self.in_place, self.bare_pages = in_place, bare_pages
        self.static = "_static" if in_place else "static"
        self.lists = {"posts": "post"} | {n: f"document of {n}" for n in self.config.collections}
        self.listings: list[tuple[Document, str]] = []
        self.found, self.notes = Found(), Notes("_templates" if in_place else "templates")

    def walk(self) -> Found:
        """Return what becomes of every file that Jekyll reads."""
        walked = find(self.project, self.project.content_path, hide=True)
        self.report.hands += walked.problems
        for item in walked.left_out:
            self.passed_over(item)
        for source in walked.sources:
            try:
                self.file(source.path, self.project.inside(source.path))
            except OSError as error:
                self.report.hand(source.path, f"this file cannot be read: {error.strerror}")
            except BriefsiteError as error:
                self.report.hands += error.problems
        for document, inside in self.listings:
            self.listing(document, inside)
        return self.found

    def passed_over(self, item: Withheld) -> None:
        """Report what cannot be read; keep what only an underscore hides among documents
        (jekyll.md F5)."""
        if item.reason in ("broken link", "not a file"):
            self.report.hand(item.source, f"this is passed over: {item.reason}, {item.detail}")
        inside = self.project.inside(item.source)
        among = self.collection(inside) or POSTS in inside.split("/")[:-1]
        if item.reason == "hidden name" and among and inside.rpartition("/")[2][0] == "_":
            top = self.project.root / item.source
            for file in sorted(top.rglob("*")) if top.is_dir() else [top]:
                if file.is_file() and not file.is_symlink():
                    self.take(file.relative_to(self.project.content).as_posix(), _PASSED_OVER)

    def collection(self, inside: str) -> Collection | None:
        """Return the declared collection in whose folder a file lies."""
        name, folder = collection_of(self.project, inside)
        return self.config.collections.get(name) if folder else None

    def take(self, inside: str, kind: str = "", *, static: bool = False) -> None:
        """Take a file over as it is."""
        (self.found.static if static else self.found.content).append(inside)
        self.notes.kinds.update([kind] if kind else [])

    def file(self, path: str, inside: str) -> None:
        """Decide about the file at `path`, which is `inside` for Jekyll."""
        page, collection = is_markdown(path) or is_html(path), self.collection(inside)
        if inside.startswith(f"{self.config.data}/"):
            self.take(inside, "data file")
        elif {POSTS, DRAFTS} & set(inside.split("/")[:-1]):
            self.take(inside)
            self.post(path, page)
        elif not has_front_matter(self.project, path):
            self.bare(path, inside, in_collection=collection is not None)
        elif collection is not None or page:
            self.take(inside)
            document = read(self.project, path)
            if collection is None and is_template(document.body, html=is_html(path)):
                self.found.left.append(self.found.content.pop())
                self.listings.append((document, inside))
            else:
                self.notes.take(document, collection or Collection())
            if not page:
                todo = f"copy what Jekyll made of it to {self.static}/"
                self.report.hand(path, "it is published together with its front matter", todo)
        else:
            self.filled(read(self.project, path), inside)

    def bare(self, path: str, inside: str, *, in_collection: bool) -> None:
        """Take a file without front matter: Jekyll publishes it as it is (jekyll.md F2)."""
        self.take(inside, "static file", static=not in_collection)
        paper = PurePosixPath(path).stem.lower() in _PAPERS
        if self.bare_pages and is_markdown(path) and not in_collection and not paper:
            todo = "give it front matter: two lines '---' above its text"
            self.report.hand(path, "GitHub's Jekyll made a page of this file without it", todo)

    def post(self, path: str, page: bool) -> None:
        """Read a post or draft; report what Jekyll passes over without a word (jekyll.md F3)."""
        if POSTS in path.split("/") and not DATED.fullmatch(PurePosixPath(path).name):
            todo = "rename it to YYYY-MM-DD-name.md"
            self.report.hand(path, "its name has no date, so Jekyll passes over it too", todo)
        elif page:
            self.notes.take(read(self.project, path), Collection())
        else:
            todo = f"move it to {self.static}/"
            self.report.hand(path, "it lies among posts and is neither Markdown nor HTML", todo)

    def listing(self, document: Document, inside: str) -> None:
        """Report a page that consists of Liquid, with what takes its place."""
        url, path = self.url(document, inside), document.path
        dated = (n for n in _LISTED.findall(document.body) if self.lists.get(n) in self.notes.dated)
        name = next(dated, "")
        if url in ("/", "/404", "/404.html"):
            own = "index" if url == "/" else "404.html"
            self.report.idle.append(f"{path}: it consists of Liquid; briefsite makes its own {own}")
        elif (
            name
            and name not in self.found.indexes
            and url in {f"/{blog}/" for blog in (*_BLOGS, name)}
        ):
            self.found.indexes[name] = url
            own = f"index of {name} at {url}"
            self.report.idle.append(f"{path}: it consists of Liquid; briefsite makes the {own}")
        else:
            todo = "see 'archives' in site.yaml, or " if _ARCHIVES.search(url) else ""
            stem = PurePosixPath(inside).stem
            todo += f"write {self.notes.templates}/{stem}.html, and a page with that layout"
            self.report.hand(path, "it consists of Liquid, and is left out", todo)

    def url(self, document: Document, inside: str) -> str:
        """Return the address that a page has (jekyll.md U3)."""
        pure, style = PurePosixPath(inside), self.config.permalink
        stem = str(pure.parent if pure.stem == "index" else pure.with_suffix("")).strip(".")
        end = "/" if pure.stem == "index" or style == "pretty" or style.endswith("/") else ".html"
        own = str(document.values.get("permalink") or stem + end)
        return f"/{own.lstrip('/')}"

    def filled(self, document: Document, inside: str) -> None:
        """Take the text of a file that is no page, where Jekyll fills nothing in."""
        pure, path, body = PurePosixPath(inside), document.path, document.body
        sass, liquid = pure.suffix in _SASS, "{{" in body or "{%" in body
        self.found.left.append(inside)
        self.found.feed = self.found.feed or (inside if inside in FEEDS else "")
        if inside in (*FEEDS, "sitemap.xml", "robots.txt"):
            self.report.idle.append(f"{path}: briefsite makes its own")
        elif not (self.in_place or sass or liquid):
            self.found.written[self.address(document, inside)] = body
            self.notes.kinds["static file"] += 1
        else:
            plain = "Jekyll fills it in" if liquid else "Jekyll cuts its front matter off"
            what = "briefsite brings its own stylesheet" if sass else plain
            name = pure.with_suffix(".css") if sass else inside
            todo = f"if it is needed, copy what Jekyll made of it to {self.static}/{name}"
            self.report.hand(path, f"{what}; it is left out", todo)

    def address(self, document: Document, inside: str) -> str:
        """Return where Jekyll writes a file that is no page (jekyll.md U3)."""
        own = str(document.values.get("permalink") or "")
        try:
            return output_path(f"/{own.lstrip('/')}") if own else inside
        except UrlError as error:
            self.report.hand(document.path, f"permalink: {error}", "it keeps its own name")
            return inside
