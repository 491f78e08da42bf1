"""What each part of site.yaml may say, declared once: validation, defaults and the reference page
come from here."""

from typing import Annotated, Any, Literal

from briefsite.schema import Meta, Shape
from briefsite.values import field

Kind = Literal["brief", "report", "working-paper", "testimony", "commentary", "column"]


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
