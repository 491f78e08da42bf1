"""The values that travel through a build: one frozen type a stage, never refilled."""

from datetime import date, datetime
from typing import Any, Literal

from briefsite.errors import Problem
from briefsite.titles import title_in
from briefsite.values import Struct, field


class Source(Struct, frozen=True):
    """A file of the site as it was found on disk."""

    path: str
    """POSIX path from the site's root: `content/briefs/2026-01-15-open-web.md`."""
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Affiliation(Struct, frozen=True, omit_defaults=True):
    """Where somebody works."""

    name: str
    ror: str = ""
    """Address in the Research Organization Registry."""


class Person(Struct, frozen=True):
    """Somebody who had a part in a brief: a person or an organization."""

    name: str
    """As it is printed, without rank and degree."""
    family: str = ""
    """Empty where the parts of the name are not known: the name is one whole."""
    given: str = ""
    particle: str = ""
    """What stands before the family name and is not sorted by: `van`, `de la`."""
    suffix: str = ""
    """`Jr`, `II`."""
    id: str = ""
    """Key in the registry, else the name as a slug: equal only for one person."""
    kind: Literal["person", "organization"] = "person"
    role: str = "author"
    """`author`, `translator`, `editor`, `reviser`, `writer` or `outlet`."""
    orcid: str = ""
    """`0000-0002-1825-0097`, its check digit right."""
    affiliations: tuple[Affiliation, ...] = ()
    url: str = ""
    photo: str = ""
    bio: str = ""
    """Markdown, from the registry."""
    x: str = ""
    """Handle on X: `@ann`."""
    fediverse: str = ""
    """Handle on the fediverse: `@ann@example.social`."""


class Imprint(Struct, frozen=True):
    """What a brief says of itself as a publication: for citations and metadata."""

    kind: str = "brief"
    """`brief`, `report`, `working-paper`, `testimony`, `commentary` or `column`."""
    series: str = ""
    number: str = ""
    """Its number in the series."""
    part: int = 0
    """Its place in a series of parts, from 1; 0 for none."""
    doi: str = ""
    """Bare, in lower case: `10.1234/x`."""
    isbn: str = ""
    issn: str = ""
    sentence_title: str = ""
    """The title with capitals only where a sentence has them; empty where it was not given."""


class License(Struct, frozen=True, omit_defaults=True):
    """What others may do with a text or a picture."""

    name: str
    """As it is printed: `CC BY 4.0`."""
    url: str = ""
    """Where its terms stand; empty where nobody knows."""


class Update(Struct, frozen=True, omit_defaults=True):
    """A change after publication, and what was wrong."""

    published: datetime
    kind: str
    """`correction`, `clarification`, `update`, `retraction` or `editors-note`."""
    text: str
    """Markdown; HTML where templates see it."""


class Origin(Struct, frozen=True, omit_defaults=True):
    """Where a text was published first that is republished or translated here."""

    publisher: str = ""
    url: str = ""
    published: date | None = None
    canonical: bool = False
    """Whether search engines are to keep that page instead of ours."""


class Funder(Struct, frozen=True, omit_defaults=True):
    """Who paid for the work."""

    name: str
    ror: str = ""
    award: str = ""
    statement: str = ""


class Editorial(Struct, frozen=True, omit_defaults=True):
    """What its publisher says about a brief; its own page alone shows it. Texts are Markdown,
    HTML where templates see them."""

    key_points: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    updates: tuple[Update, ...] = ()
    """Newest first."""
    version: str = ""
    license: License | None = None
    origin: Origin | None = None
    funding: tuple[Funder, ...] = ()
    disclosure: str = ""
    ai_use: str = ""
    acknowledgements: str = ""
    disclaimer: str = ""
    image_credit: str = ""
    image_license: License | None = None
    translation_of: str = ""
    """As written: a file, a path on the site or an address."""
    translations: tuple[tuple[str, str], ...] = ()
    """Languages and files, paths or addresses, as written."""

    @property
    def credited(self) -> bool:
        """Return whether there is something to print below the text."""
        texts = self.disclosure, self.ai_use, self.acknowledgements, self.disclaimer, self.version
        return bool(self.funding or self.license or any(texts))

    @property
    def texts(self) -> str:
        """Return every text in it that may hold a link."""
        own = (self.disclosure, self.ai_use, self.acknowledgements, self.disclaimer)
        updates = (update.text for update in self.updates)
        statements = (funder.statement for funder in self.funding)
        return "\n".join((*self.key_points, *self.recommendations, *own, *updates, *statements))


class Edition(Struct, frozen=True, omit_defaults=True):
    """A text in one of the languages that it exists in."""

    lang: str
    """Empty where nobody says."""
    url: str
    """Path on the site or absolute address."""
    title: str = ""
    original: bool = False


# Only where each default is empty or a small number: other defaults are left out where they are the
# very object, which a value from another process is not, and addresses would differ.
class Brief(Struct, frozen=True, omit_defaults=True):
    """What a Markdown file says of itself; its body stays on disk."""

    source: str
    """POSIX path from the site's root."""
    digest: str
    """Digest of the file's bytes: stands for the body wherever the body is an input."""
    collection: str
    """Name of the collection whose folder holds the file."""
    dated: bool
    """Whether this is a brief (has a date) or a page such as about or contact."""
    title: str
    """Plain text."""
    slug: str
    """The name in addresses: `slug` in front matter, else the file name without its date."""
    url: str
    """Path of the page on the site, percent-encoded, starts with `/`: `/briefs/2026/open-web/`."""
    output: str
    """POSIX path under the output folder: `briefs/2026/open-web/index.html`."""
    layout: str
    """Name of the template without `.html`; empty for a bare article."""
    body_line: int = 1
    """Line of the file on which the body starts, counted from 1."""
    plain: bool = False
    """Whether the file's bytes are its text as they stand, with nothing to mend in it."""
    subtitle: str = ""
    """Second line of the title, plain text (spec of `description_as`)."""
    description: str = ""
    """One plain sentence from front matter; empty where none was written."""
    published: datetime | None = None
    """Aware; in the offset that the author wrote."""
    updated: datetime | None = None
    """Aware; never before `published`."""
    expires: datetime | None = None
    """When it leaves the site again."""
    authors: tuple[str, ...] = ()
    """Names as the byline shows them, in order; one text where it is no plain list of names."""
    people: tuple[Person, ...] = ()
    """Everybody who had a part in it, authors first: for metadata, complete where the byline says
    "et al."."""
    bios: tuple[str, ...] = ()
    """Whom the notes at its end tell of, in order."""
    imprint: Imprint = Imprint()
    lang: str = ""
    """BCP 47 tag."""
    image: str = ""
    """Lead image: absolute URL, path on the site, or file beside the brief."""
    image_alt: str = ""
    image_caption: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Its topics, regions and terms of the site's own taxonomies, by front matter key."""
    excerpt: str = ""
    """Markdown that can be rendered on its own: the text above the separator, or the first
    paragraph, with the link definitions that it needs (jekyll.md E1 to E10)."""
    excerpt_is_text: bool = False
    """Whether the excerpt is plain text from front matter, not Markdown (jekyll.md E1)."""
    separator: str = ""
    """The excerpt separator in force; empty where the brief wants no excerpt."""
    words: int = 0
    """Words of the body; each Han, Hiragana or Katakana character counts as one."""
    targets: tuple[str, ...] = ()
    """Relative link and image targets in the body, as written, without query or fragment."""
    includes: tuple[str, ...] = ()
    """Names of the partials that Liquid in the body includes."""
    reads_data: bool = False
    """Whether Liquid in the body reads data files."""
    feed_id: str = ""
    """Its id in feeds where the author wrote one; else it is made from the address."""
    redirect_from: tuple[str, ...] = ()
    """Paths on the site that lead here, as written but for a `/` in front."""
    redirect_to: str = ""
    """Where this page only leads on to; empty for pages of their own."""
    draft: bool = False
    hidden: bool = False
    """`published: false` in front matter (jekyll.md P1)."""
    unlisted: bool = False
    """Has a page, but stands in no list, feed or sitemap."""
    has_page: bool = True
    """Whether its collection has pages, or is data for templates only."""
    in_sitemap: bool = True
    fields: dict[str, Any] = field(default_factory=dict)
    """Every front matter value as YAML gave it, defaults merged in; for templates only."""
    editorial: Editorial = Editorial()
    retracted: bool = False
    embargo: datetime | None = None
    """Before this moment nothing of it goes out, whatever else says so."""
    pdf: str = ""
    """The same text as a PDF: a file beside the brief, a path on the site or an address."""

    @property
    def headline(self) -> str:
        """Return the title as it is printed; that of a retracted brief says so (NISO RP-45)."""
        return title_in(self.lang, "retracted").format(self.title) if self.retracted else self.title

    @property
    def keywords(self) -> tuple[str, ...]:
        """Return its terms and tags, each once: what metadata calls its subjects."""
        terms = (term for terms in self.terms.values() for term in terms)
        return tuple(dict.fromkeys((*terms, *self.tags)))


class Withheld(Struct, frozen=True):
    """A source that gives no page, with the reason in words."""

    source: str
    reason: str
    """Groups equal cases in the build's report: `draft`, `scheduled`, `hidden name` ..."""
    detail: str = ""
    """What is special about this one: `until 2026-12-01T09:00:00+01:00 (Europe/Paris)`."""
    until: datetime | None = None
    """When it becomes public by itself, if it does."""


class Loaded(Struct, frozen=True, omit_defaults=True):
    """What reading one source gave: a brief or the reason that there is none."""

    brief: Brief | None
    problems: tuple[Problem, ...] = ()
    withheld: Withheld | None = None


BUILT_IN = "theme/"
"""Before the name of a template: the built-in one, also where the site has its own."""

LISTS = frozenset({"briefs", "data", "documents"})
"""What `site` offers templates that is a list of the whole site: reading it is an input (design:
narrow views)."""


class Uses(Struct, frozen=True):
    """What the text of one template says that it uses."""

    templates: tuple[str, ...]
    """Names of other templates, sorted."""
    any_template: bool
    """Whether it uses one whose name is only known when the page is made."""
    lists: tuple[str, ...]
    """Lists of the whole site that it reads, sorted."""
    assets: tuple[str, ...]
    """Paths of the static files whose version it prints, in order."""
    extends: str = ""
    """The template that it extends; empty where there is none, or its name is not known."""
    blocks: tuple[str, ...] = ()
    """Every block that it has, in order."""
    fills: tuple[tuple[str, int], ...] = ()
    """Blocks, with their lines, that it prints only through the one that it extends."""


class Link(Struct, frozen=True):
    """A page and its name."""

    url: str
    """Path on the site or absolute URL."""
    title: str


class BriefLink(Link, frozen=True):
    """A brief that another page leads to."""

    lang: str


class Heading(Struct, frozen=True):
    """A heading of an article and those below it: a branch of the table of contents."""

    level: int
    id: str
    html: str
    """Inline HTML, safe to print; no links, no footnote marks."""
    children: tuple["Heading", ...] = ()


class AuthorNote(Struct, frozen=True):
    """A paragraph about the authors below an article."""

    html: str
    """Safe to print."""
    person: Person | None = None
    """Whom it tells of, where that is sure."""


class Article(Struct, frozen=True):
    """A rendered Markdown body."""

    html: str
    """The whole article, safe to print: `standfirst`, `body` and `notes` together."""
    standfirst: str
    """The blocks above the separator; empty where the author set none."""
    body: str
    """The blocks below the separator, notes included."""
    toc: tuple[Heading, ...]
    """The headings that have an id, outside quotations."""
    problems: tuple[Problem, ...] = ()
    """Warnings, lines counted in the file."""
    notes: tuple[AuthorNote, ...] = ()
    """What is said of the authors below the article, in order."""
