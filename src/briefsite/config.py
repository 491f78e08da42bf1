"""What site.yaml may say, declared once: validation, defaults and the reference page come from
here."""

from datetime import datetime, tzinfo
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from briefsite.schema import Shape
from briefsite.sections import (
    Archives,
    Check,
    Collection,
    Defaults,
    Feed,
    HomeSection,
    Kind,
    MarkdownSettings,
    NavigationItem,
    Outputs,
    Publisher,
    Taxonomy,
    Theme,
    about,
)
from briefsite.values import Struct, field

CONFIG_FILE = "site.yaml"
SEPARATOR = "<!--more-->"


class Config(Shape, frozen=True):
    """Everything that site.yaml may say."""

    title: Annotated[str, about("Name of the site.", min_length=1)]
    description: Annotated[str, about("One sentence about the site.")] = ""
    url: Annotated[
        str, about("Full address of the site, path included: `https://org.github.io/briefs`.")
    ] = ""
    baseurl: Annotated[str, about("Jekyll's way to write the path: joined to `url`.")] = ""
    lang: Annotated[
        str, about("Language of the site, as a BCP 47 tag.", min_length=2, max_length=35)
    ] = "en"
    timezone: Annotated[
        str, about("Zone of dates that name none, and of the days in addresses: `Europe/Paris`.")
    ] = "UTC"
    publisher: Publisher = field(default_factory=Publisher)
    navigation: tuple[NavigationItem, ...] = ()
    dialect: Annotated[
        Literal["briefsite", "jekyll"],
        about(
            "`jekyll` reads files as Jekyll does: pages need front matter, only collections hold "
            "briefs, Liquid in bodies is understood, a layout without template is replaced."
        ),
    ] = "briefsite"
    content: Annotated[
        str, about("Folder of the Markdown files; `.` for the site's own.", min_length=1)
    ] = "content"
    static: Annotated[
        str, about("Folder of files that are published as they are.", min_length=1)
    ] = "static"
    templates: Annotated[str, about("Folder of your own templates.", min_length=1)] = "templates"
    data: Annotated[
        str, about("Folder in the content folder whose YAML, JSON and CSV is `site.data`.")
    ] = "_data"
    exclude: Annotated[
        tuple[str, ...],
        about("Paths in the content folder to leave out: beginnings, or patterns with `*`."),
    ] = ()
    include: Annotated[
        tuple[str, ...],
        about("Names and paths to take although they are excluded or begin with `_` or `.`."),
    ] = ()
    output: Annotated[str, about("Folder that the site is built into.", min_length=1)] = "_site"
    collections: dict[str, Collection] = field(default_factory=dict)
    collections_dir: Annotated[
        str, about("Folder in the content folder that holds the collections' folders.")
    ] = ""
    permalink: Annotated[
        str,
        about(
            "Addresses of briefs: `pretty`, `date`, `ordinal`, `weekdate`, `none`, or a pattern."
        ),
    ] = "/:collection/:year/:slug/"
    excerpt_separator: Annotated[
        str | None,
        about("Text that ends the excerpt; `<!--more-->` if not given, empty for no excerpts."),
    ] = None
    excerpt_fallback: Annotated[
        Literal["first-paragraph", "everything"],
        about("The excerpt of a brief without the separator; Jekyll takes everything."),
    ] = "first-paragraph"
    description_as: Annotated[
        Literal["subtitle", "summary"],
        about("What authors write as `description`: the second line of the title, or a summary."),
    ] = "subtitle"
    author_notes: Annotated[
        bool,
        about(
            "Whether paragraphs about the authors below the last `---` of a brief, "
            '`__Ann Lee__ is a fellow`, are notes of their own, which also complete "et al.".'
        ),
    ] = True
    naive_datetimes: Annotated[
        Literal["site", "utc"],
        about("Zone of a date with a time and seconds but no offset; Jekyll reads UTC."),
    ] = "site"
    paginate: Annotated[int, about("Briefs on a page of an index.", ge=1, le=1000)] = 20
    paginate_path: Annotated[
        str, about("Address of an index's further pages, from its own: `page/:num/`.")
    ] = "page/:num/"
    limit_posts: Annotated[
        int, about("Keep only so many of the newest posts; 0 for all.", ge=0)
    ] = 0
    feed: Feed = field(default_factory=Feed)
    archives: Archives = field(default_factory=Archives)
    taxonomies: dict[str, Taxonomy] = field(default_factory=dict)
    outputs: Outputs = field(default_factory=Outputs)
    redirects_json: Annotated[
        bool, about("Whether `/redirects.json` names every redirect, where there are any.")
    ] = True
    markdown: MarkdownSettings = field(default_factory=MarkdownSettings)
    defaults: tuple[Defaults, ...] = ()
    front_matter: Annotated[
        tuple[str, ...], about("Keys of your own in front matter, for your templates.")
    ] = ()
    robots: Annotated[
        Literal["open", "no-training", "closed"],
        about(
            "Whom `/robots.txt` lets in: all; all but the crawlers that gather text to train "
            "language models; or nobody."
        ),
    ] = "open"
    cname: Annotated[str, about("Host name for GitHub Pages, written into the file CNAME.")] = ""
    future: Annotated[bool, about("Publish briefs whose date lies ahead.")] = False
    drafts: Annotated[bool, about("Publish drafts.")] = False
    unpublished: Annotated[bool, about("Publish what says `published: false`.")] = False
    extra: Annotated[
        dict[str, Any], about("Anything your own templates need, as `site.fields`.")
    ] = field(default_factory=dict)
    license: Annotated[str, about("Licence of what names none: `CC-BY-4.0`, or an address.")] = ""
    scholar: Annotated[
        tuple[Kind, ...],
        about("Kinds of brief that Google Scholar is told of; it wants no opinion or news."),
    ] = ("brief", "report", "working-paper")
    check: Check = field(default_factory=Check)
    theme: Theme = field(default_factory=Theme)
    home: Annotated[
        tuple[HomeSection, ...],
        about(
            "Sections of the front page, in their order: each says one of `featured`, `latest`, "
            "`topic` and `collection`. A brief stands in the first that takes it; what none "
            "takes follows on further pages. `content/index.md` is the text above them."
        ),
    ] = ()

    def makes(self, name: str) -> bool:
        """Return whether the site has what `outputs` calls `name`: nothing new comes to an archive
        in Jekyll's dialect by itself."""
        said: bool | None = getattr(self.outputs, name)
        return self.dialect != "jekyll" if said is None else said

    @property
    def feed_formats(self) -> tuple[str, ...]:
        """The formats of every feed, each once; none where there are to be no feeds."""
        usual = ("rss",) if self.dialect == "jekyll" else ("rss", "atom", "json")
        said = usual if self.feed.formats is None else tuple(dict.fromkeys(self.feed.formats))
        return said if self.feed.limit else ()


class Project(Struct, frozen=True):
    """One site on one machine at one moment: everything that a build is told from outside."""

    root: Path
    """Folder that holds site.yaml; absolute, links resolved."""
    config: Config
    base_url: str
    """Scheme, host and path of the site, no `/` at the end; empty where none is known."""
    zone: tzinfo
    now: datetime
    """The build's one clock: what lies after it is scheduled."""
    output: Path
    drafts: bool = False
    future: bool = False
    unpublished: bool = False

    @property
    def content(self) -> Path:
        """The folder of the Markdown files."""
        return self.root / self.config.content

    def inside(self, path: str) -> str:
        """Return a path from the site's root as one from the content folder."""
        base = self.content_path
        return path.removeprefix(f"{base}/") if base else path

    @property
    def content_path(self) -> str:
        """The content folder's path from the site's root; empty for the root itself."""
        return self.config.content.strip("/").removesuffix(".").strip("/")

    @property
    def static_path(self) -> str:
        """The path from the site's root of the folder of files that are published as they are."""
        return self.config.static.strip("/")

    @property
    def base_path(self) -> str:
        """The path part of the site's address, as GitHub Pages has it: `/briefs`, or nothing."""
        return urlsplit(self.base_url).path.rstrip("/")


def base_url_of(config: Config, override: str | None = None) -> str:
    """Return the site's address without a `/` at its end: `override`, else `url` and `baseurl`
    joined."""
    joined = override if override is not None else config.url.rstrip("/") + config.baseurl
    return joined.rstrip("/")


TERMS = ("topics", "regions")
"""Front matter keys whose terms have pages without having been named in `taxonomies`."""
HUBS = ("series", "authors", "archive")
"""Taxonomies that group briefs by something else than a key's terms."""


def taxonomies_of(config: Config) -> dict[str, Taxonomy]:
    """Return the taxonomies that have pages, in the order in which menus name them."""
    own = config.taxonomies

    def wanted(name: str) -> bool:
        switch = name if name in HUBS else "taxonomies"
        asked = name in own and getattr(config.outputs, switch) is None
        return asked or config.makes(switch)

    names = dict.fromkeys((*TERMS, *own, *HUBS))
    return {name: own.get(name, Taxonomy()) for name in names if wanted(name)}


def term_keys(config: Config) -> tuple[str, ...]:
    """Return the front matter keys that hold terms, but for Jekyll's tags and categories."""
    plain = config.dialect != "jekyll" or config.outputs.taxonomies
    names = dict.fromkeys((*(TERMS if plain else ()), *config.taxonomies))
    return tuple(name for name in names if name not in (*HUBS, "tags", "categories"))
