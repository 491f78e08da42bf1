"""What site.yaml may say, declared once: validation, defaults and the reference page come from
here."""

from datetime import UTC, datetime, tzinfo
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from briefsite import colors, identifiers
from briefsite.dates import DateError, parse_date
from briefsite.errors import BriefsiteError, Problem
from briefsite.front_matter import Yaml, load
from briefsite.languages import is_tag
from briefsite.licenses import KNOWN, license_of
from briefsite.schema import Meta, Reader, Shape, suggest
from briefsite.urls import UrlError, output_path, safe_url
from briefsite.values import Struct, field

CONFIG_FILE = "site.yaml"
Kind = Literal["brief", "report", "working-paper", "testimony", "commentary", "column"]
SEPARATOR = "<!--more-->"


def about(text: str, **limits: Any) -> Meta:
    """Return the documentation of one key, with its limits."""
    return Meta(description=text, **limits)


class Policies(Shape, frozen=True):
    """Where the publisher says how it works: paths on the site or addresses."""

    editorial: Annotated[str, about("Editorial policy.")] = ""
    corrections: Annotated[
        str, about("Policy on corrections; the list of corrections if not given.")
    ] = ""
    funding: Annotated[str, about("Who owns and pays for it.")] = ""


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
    ror: Annotated[str, about("Its ROR id.")] = ""
    same_as: Annotated[
        tuple[str, ...], about("Other addresses that are about it, such as Wikidata's.")
    ] = ()
    x: Annotated[str, about("Its handle on X: `@institute`.")] = ""
    fediverse: Annotated[str, about("Its handle on the fediverse: `@name@host`.")] = ""
    policies: Policies = field(default_factory=Policies)


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
        tuple[str, ...],
        about(
            "Its documents' files in their order, over `sort_by`; of pages without date each leads "
            "to the next."
        ),
    ] = ()
    future: Annotated[bool, about("Publish its documents whose date lies ahead.")] = False


class Feed(Shape, frozen=True):
    """The feeds: of the site, of each collection and each language where there are several."""

    limit: Annotated[
        int, about("How many of the newest briefs a feed holds; 0 for no feeds.", ge=0, le=500)
    ] = 50
    content: Annotated[
        Literal["full", "excerpt"], about("Whether an entry holds the whole brief or its excerpt.")
    ] = "full"
    path: Annotated[
        str,
        about(
            "Address of the site's RSS; its other formats stand beside it. It holds the posts, "
            "where there are any."
        ),
    ] = "/feed.xml"
    collections: Annotated[
        dict[str, str],
        about("Other addresses for feeds of single collections; `feed.xml` below their index."),
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
    formats: Annotated[
        tuple[Literal["rss", "atom", "json"], ...] | None,
        about("Formats of every feed: all three if not given, `rss` alone in Jekyll's dialect."),
    ] = None


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


class Taxonomy(Shape, frozen=True):
    """Front matter keys whose terms have pages; `series`, `authors` and `archive` are some too."""

    title: Annotated[str, about("Its heading; made from the name if not given.")] = ""
    path: Annotated[
        str,
        about(
            "Addresses of its terms, such as `/topics/:name/`; the list of all stands in the "
            "folder before `:name`."
        ),
    ] = ""
    terms: Annotated[
        tuple[str, ...], about("The terms that there are: any other is a warning. All if none.")
    ] = ()
    feed: Annotated[
        bool | None,
        about(
            "Whether each term has feeds, with excerpts, at its page's address. If not given, all "
            "have but authors, years and those of Jekyll sites."
        ),
    ] = None


class Outputs(Shape, frozen=True):
    """What is made beside the pages: all of it if nothing is said, but in Jekyll's dialect only
    what has a default here."""

    citations: Annotated[
        bool,
        about(
            "Citations: files for reference managers beside each brief, `/citations.bib` and "
            "`/citations.json`, and how to cite on each brief's page."
        ),
    ] = True
    taxonomies: Annotated[
        bool | None, about("A page for each topic, region and term of your own `taxonomies`.")
    ] = None
    series: Annotated[bool | None, about("A page for each series.")] = None
    authors: Annotated[bool | None, about("A page for each author.")] = None
    archive: Annotated[bool | None, about("Lists of all briefs by year.")] = None
    related: Annotated[
        bool | None, about("Up to four related briefs on the page of each brief.")
    ] = None
    feed_archives: Annotated[
        bool | None,
        about(
            "Archives by year, `/feeds/archive/2025.atom`, of what the site's Atom feed no longer "
            "holds; they hold excerpts."
        ),
    ] = None
    feeds_page: Annotated[
        bool | None, about("A page `/feeds/` for people that lists every feed.")
    ] = None
    index_json: Annotated[
        bool | None, about("`/index.json`: what every brief says of itself, as plain data.")
    ] = None
    markdown: Annotated[
        bool | None, about("The text of each brief as Markdown beside its page: `index.md`.")
    ] = None
    llms: Annotated[
        bool | None, about("`/llms.txt`: for language models, what is where on the site.")
    ] = None


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


class Theme(Shape, frozen=True):
    """How the built-in theme looks."""

    accent: Annotated[
        str,
        about(
            'Colour of links and marks, in quotation marks: `"#0a5c5c"`. Where it could not be '
            "read on light or on dark pages, a darker or lighter one of its hue stands in.",
            extra_json_schema={"pattern": "^#?([0-9a-fA-F]{3}){1,2}$"},
        ),
    ] = ""


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
    caption_mark: Annotated[
        str,
        about("What begins the captions of an archive, such as `▲`: it is left out."),
    ] = ""
    pull_quotes: Annotated[
        bool, about("A paragraph or item that is a code span and nothing else is a pull-quote.")
    ] = False


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


class HomeSection(Shape, frozen=True):
    """One section of the front page: says one of `featured`, `latest`, `topic`, `collection`."""

    featured: Annotated[
        int, about("The newest briefs that say `featured: true`: so many.", ge=0, le=100)
    ] = 0
    latest: Annotated[int, about("The newest briefs: so many.", ge=0, le=1000)] = 0
    topic: Annotated[str, about("The newest briefs of this topic.")] = ""
    collection: Annotated[str, about("The newest briefs of this collection.")] = ""
    taxonomy: Annotated[
        str,
        about("What `topic` is a term of: `regions`, `series`, `authors`, one of `taxonomies`."),
    ] = "topics"
    count: Annotated[int, about("How many of a topic or a collection.", ge=1, le=100)] = 4
    title: Annotated[
        str, about("Its heading; the theme's word, or the topic's name, if not given.")
    ] = ""

    @property
    def kind(self) -> str:
        """Which of its keys says what it shows; empty where none does, or several do."""
        said = [k for k in ("featured", "latest", "topic", "collection") if getattr(self, k)]
        return said[0] if len(said) == 1 else ""


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


def read_config(root: Path) -> Config:
    """Return what `root`/site.yaml says; BriefsiteError with everything that is wrong with it."""
    file = root / CONFIG_FILE
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        above = next((up for up in root.parents if (up / CONFIG_FILE).is_file()), None)
        hint = "write one with a line 'title: ...', or begin a new site with 'briefsite init DIR'"
        hint = f"there is one in {above}: go there" if above else hint
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
    _check_names(config, reader)
    _check_theme(config, reader)
    try:
        ZoneInfo(config.timezone)
    except (ValueError, OSError, KeyError):
        reader.fault(
            ("timezone",),
            f"timezone {config.timezone!r} is not known",
            "write one like 'Europe/Paris'",
        )
    if not is_tag(config.lang):
        what, hint = f"lang {config.lang!r} is no language", "write a tag such as en-GB or zh-Hant"
        reader.fault(("lang",), what, hint)
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
    for number, section in enumerate(config.home):
        if not section.kind and not reader.problems:
            hint = "write 'featured: 3', 'latest: 10', 'topic: NAME' or 'collection: NAME'"
            what = f"home[{number}] must say one thing that it shows"
            reader.fault(("home", number), what, hint)
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


def _check_names(config: Config, reader: Reader) -> None:
    """Note a licence and a publisher's id that are none."""
    if config.license and not license_of(config.license):
        hint = suggest(config.license, KNOWN) or "write an id of SPDX, or the licence's address"
        reader.fault(("license",), f"license {config.license!r} is not known", hint)
    try:
        _ = config.publisher.ror and identifiers.ror(config.publisher.ror)
    except ValueError as error:
        reader.fault(("publisher", "ror"), f"publisher.ror {config.publisher.ror!r}: {error}")


def _check_theme(config: Config, reader: Reader) -> None:
    """Note an accent that is no colour; one without quotation marks is a comment."""
    path, accent = ("theme", "accent"), config.theme.accent
    hint = "write 'accent: \"#0a5c5c\"', with the quotation marks"
    try:
        _ = accent and colors.parse(accent)
    except ValueError:
        reader.fault(path, f"theme.accent {accent!r} is not a colour", hint)
    if reader.place.written(path) == "":
        reader.fault(path, "theme.accent is empty: what follows '#' is a comment", hint)


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
    for name, taxonomy in config.taxonomies.items():
        if taxonomy.path and ":name" not in taxonomy.path:
            reader.fault(
                ("taxonomies", name, "path"),
                f"taxonomies.{name}.path {taxonomy.path!r} does not say where the term stands",
                f"write 'path: /{name}/:name/'",
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
    policies = config.publisher.policies
    links |= {
        ("publisher", "policies", key): getattr(policies, key)  # type: ignore[misc]
        for key in policies.__struct_fields__
    }
    same = config.publisher.same_as
    links |= {("publisher", "same_as", n): url for n, url in enumerate(same)}  # type: ignore[misc]
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


def line_in_config(root: Path, path: tuple[str | int, ...]) -> int | None:
    """Return the line of the value at `path` in site.yaml, read once more."""
    return load((root / CONFIG_FILE).read_text(encoding="utf-8-sig"), CONFIG_FILE).line(path)


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
