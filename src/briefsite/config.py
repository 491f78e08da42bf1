"""What site.yaml may say, declared once: validation, defaults and the reference page come from
here."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from briefsite.dates import DateError, parse_date
from briefsite.errors import BriefsiteError, Problem
from briefsite.front_matter import Yaml, load
from briefsite.schema import Meta, Reader, Shape
from briefsite.urls import UrlError, output_path, safe_url
from briefsite.values import Struct, field

CONFIG_FILE = "site.yaml"
SEPARATOR = "<!--more-->"


def about(text: str, **limits: Any) -> Meta:
    """Return the documentation of one key, with its limits."""
    return Meta(description=text, **limits)


class Publisher(Shape, frozen=True):
    """Who publishes."""

    name: Annotated[
        str, about("Name of the institute; shown in the footer and given to search engines.")
    ] = ""
    logo: Annotated[str, about("Image of the logo: a path on the site or an absolute address.")] = (
        ""
    )
    url: Annotated[str, about("The institute's own home page.")] = ""
    place: Annotated[str, about("City where it is, for citations.")] = ""


class NavigationItem(Shape, frozen=True):
    """One entry of the menu."""

    title: Annotated[str, about("Words of the entry.", min_length=1)]
    url: Annotated[
        str, about("A path on the site (`/about/`) or an absolute address.", min_length=1)
    ]


class Collection(Shape, frozen=True):
    """A kind of document with a folder of its own."""

    folder: Annotated[
        str, about("Folder in the content folder; the collection's name if not given.")
    ] = ""
    title: Annotated[str, about("Heading of its index; made from the name if not given.")] = ""
    permalink: Annotated[str, about("Address pattern of its documents, over the site's.")] = ""
    index: Annotated[
        str, about("Address of its index; `/NAME/` where there are several collections.")
    ] = ""
    output: Annotated[
        bool, about("`false`: no pages, only data for templates (`site.documents.NAME`).")
    ] = True
    sort_by: Annotated[
        str, about("Front matter key that orders its documents; the date if not given.")
    ] = ""
    order: Annotated[
        tuple[str, ...], about("Its documents' files in their order, over `sort_by`.")
    ] = ()
    future: Annotated[bool, about("Publish its documents whose date lies ahead.")] = False


class Feed(Shape, frozen=True):
    """The RSS feeds."""

    limit: Annotated[
        int, about("How many of the newest briefs it holds; 0 for no feed.", ge=0, le=500)
    ] = 50
    content: Annotated[
        Literal["full", "excerpt"], about("Whether an entry holds the whole brief or its excerpt.")
    ] = "full"
    path: Annotated[
        str, about("Its address on the site. It holds the posts, where there are any.")
    ] = "/feed.xml"
    collections: Annotated[
        dict[str, str], about("Feeds of single collections: name and address.")
    ] = field(default_factory=dict)
    categories: Annotated[
        dict[str, str],
        about("Feeds of single categories: `category` or `collection/category`, and address."),
    ] = field(default_factory=dict)
    tags: Annotated[
        str, about("Addresses of feeds for every tag, such as `/feed/by_tag/:name.xml`.")
    ] = ""
    legacy_ids: Annotated[
        str, about("Day of the move from Jekyll: what is older keeps the feed id it had there.")
    ] = ""


class Archives(Shape, frozen=True):
    """Lists by day, category and tag; each with an address pattern, none if not given."""

    year: Annotated[str, about("Such as `/:year/`.")] = ""
    month: Annotated[str, about("Such as `/:year/:month/`.")] = ""
    day: Annotated[str, about("Such as `/:year/:month/:day/`.")] = ""
    categories: Annotated[str, about("Such as `/category/:name/`.")] = ""
    tags: Annotated[str, about("Such as `/tag/:name/`.")] = ""
    slug_mode: Annotated[
        Literal["raw", "default", "pretty", "ascii", "latin", "none"],
        about("How `:name` is made from a category or tag."),
    ] = "default"


class Outputs(Shape, frozen=True):
    """What is made beside the pages."""

    citations: Annotated[
        bool,
        about(
            "Citations: files for reference managers beside each brief, `/citations.bib` and "
            "`/citations.json`, and how to cite on each brief's page."
        ),
    ] = True


class Check(Shape, frozen=True):
    """What `briefsite check` passes over."""

    ignore: Annotated[
        tuple[str, ...], about("Rules that `briefsite check` does not hold the site to.")
    ] = ()
    hosts: Annotated[
        tuple[str, ...],
        about(
            "Hosts in a private network, `intranet.example.org` or `127.0.0.1:8080`, that "
            "`check --external` may ask; it asks no others there."
        ),
    ] = ()


class MarkdownSettings(Shape, frozen=True):
    """How Markdown is read."""

    flavor: Annotated[
        Literal["commonmark", "kramdown"],
        about("Whose rules decide where the two differ; Jekyll sites were written for kramdown."),
    ] = "commonmark"
    parse_block_html: Annotated[
        bool, about('kramdown only: Markdown inside every HTML block, not just `markdown="1"`.')
    ] = False
    typography: Annotated[
        bool, about("Straight quotes and `--` become curly quotes and dashes.")
    ] = True
    html: Annotated[
        Literal["safe", "trusted", "escaped"],
        about("HTML in Markdown: harmless elements only, everything as it is, or shown as text."),
    ] = "safe"


class Scope(Shape, frozen=True):
    """Which documents a set of defaults is for."""

    path: Annotated[
        str, about("Beginning of the path in the content folder, or a pattern with `*`.")
    ] = ""
    type: Annotated[str, about("A collection's name, or `pages`; empty for all.")] = ""


class Defaults(Shape, frozen=True):
    """Front matter for many documents at once."""

    values: Annotated[dict[str, Any], about("The front matter.")]
    scope: Scope = field(default_factory=Scope)


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
    outputs: Outputs = field(default_factory=Outputs)
    redirects_json: Annotated[
        bool, about("Whether `/redirects.json` names every redirect, where there are any.")
    ] = True
    markdown: MarkdownSettings = field(default_factory=MarkdownSettings)
    defaults: tuple[Defaults, ...] = ()
    front_matter: Annotated[
        tuple[str, ...], about("Keys of your own in front matter, for your templates.")
    ] = ()
    cname: Annotated[str, about("Host name for GitHub Pages, written into the file CNAME.")] = ""
    future: Annotated[bool, about("Publish briefs whose date lies ahead.")] = False
    drafts: Annotated[bool, about("Publish drafts.")] = False
    unpublished: Annotated[bool, about("Publish what says `published: false`.")] = False
    extra: Annotated[
        dict[str, Any], about("Anything your own templates need, as `site.fields`.")
    ] = field(default_factory=dict)
    check: Check = field(default_factory=Check)


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


def read_config(root: Path) -> Config:
    """Return what `root`/site.yaml says; BriefsiteError with everything that is wrong with it."""
    file = root / CONFIG_FILE
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        hint = "write one with a line 'title: ...', or begin a new site with 'briefsite init DIR'"
        raise BriefsiteError(Problem(CONFIG_FILE, f"there is none in {root}", hint=hint)) from None
    except UnicodeDecodeError as error:
        what = f"byte {error.start + 1} is not UTF-8"
        raise BriefsiteError(Problem(CONFIG_FILE, what, hint="save the file as UTF-8")) from None
    return parse_config(load(text, CONFIG_FILE))


def parse_config(yaml: Yaml) -> Config:
    """Return the Config in loaded YAML; BriefsiteError with every fault at once."""
    reader = Reader(yaml)
    config = reader.read(Config, yaml.values)
    if config is not None:
        _check(config, reader)
    if config is None or reader.problems:
        raise BriefsiteError(*dict.fromkeys(reader.problems))
    return config


def _check(config: Config, reader: Reader) -> None:
    """Note values that have the right type and are impossible all the same."""
    _check_address(config, reader)
    _check_links(config, reader)
    try:
        ZoneInfo(config.timezone)
    except (ValueError, OSError, KeyError):
        reader.fault(
            ("timezone",),
            f"timezone {config.timezone!r} is not known",
            "write one like 'Europe/Paris'",
        )
    for key in ("content", "output"):
        if _leaves(getattr(config, key)) and key == "content":
            reader.fault((key,), f"{key} must be a folder inside the site", f"write '{key}: {key}'")
    for key in ("static", "templates"):
        if PurePosixPath(getattr(config, key)) == PurePosixPath():
            reader.fault(
                (key,),
                f"{key} is the whole site: drafts would go out with it",
                f"write '{key}: {key}'",
            )
    for name, collection in config.collections.items():
        if _leaves(collection.folder) or "/" in name or not name.strip("."):
            reader.fault(
                ("collections", name),
                f"collection {name!r} needs a folder inside the content folder",
            )
    if config.cname and (not urlsplit(f"//{config.cname}").hostname or "/" in config.cname):
        reader.fault(
            ("cname",),
            f"cname {config.cname!r} is not a host name",
            "write 'cname: www.example.org'",
        )


def _check_address(config: Config, reader: Reader) -> None:
    parts = urlsplit(config.url)
    if config.url and (
        parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment
    ):
        reader.fault(
            ("url",),
            f"url {config.url!r} is not a web address",
            "write 'url: https://www.example.org'",
        )
    if config.baseurl and not config.baseurl.startswith("/"):
        reader.fault(
            ("baseurl",),
            f"baseurl {config.baseurl!r} must begin with '/'",
            "or put the path into 'url'",
        )
    feed = config.feed
    for path in (feed.path, *feed.collections.values(), *feed.categories.values()):
        try:
            output_path(path)
        except UrlError as error:
            reader.fault(("feed",), f"feed: {error}", "write an address such as /feed.xml")
    try:
        parse_date(feed.legacy_ids, UTC)
    except DateError as error:
        reader.fault(("feed", "legacy_ids"), f"feed.legacy_ids: {error.message}", error.hint)


def _check_links(config: Config, reader: Reader) -> None:
    links = {
        ("publisher", "url"): config.publisher.url,
        ("publisher", "logo"): config.publisher.logo,
    }
    links |= {("navigation", n, "url"): item.url for n, item in enumerate(config.navigation)}  # type: ignore[misc]
    for path, url in links.items():
        if not safe_url(url):
            reader.fault(
                path,
                f"{url!r} is not an address that a page may link to",
                "write http(s) or a path",
            )


def _leaves(folder: str) -> bool:
    return (
        folder.startswith(("/", "~"))
        or "\\" in folder
        or ".." in folder.split("/")
        or ":" in folder
    )


def base_url_of(config: Config, override: str | None = None) -> str:
    """Return the site's address without a `/` at its end: `override`, else `url` and `baseurl`
    joined."""
    joined = override if override is not None else config.url.rstrip("/") + config.baseurl
    return joined.rstrip("/")


def options_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keyword arguments among `values` that were given."""
    return {key: value for key, value in values.items() if value is not None}
