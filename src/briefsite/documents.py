"""A Markdown file becomes a Brief: front matter, date, address and excerpt, but not its body."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from briefsite import dates, languages, urls
from briefsite.config import SEPARATOR, Project
from briefsite.editorial import read_editorial
from briefsite.errors import BriefsiteError
from briefsite.fields import (
    FrontMatter,
    Words,
    defaults_for,
    image_of,
    imprint_of,
    merge,
    plain,
    read_fields,
    terms,
    terms_of,
)
from briefsite.front_matter import Yaml, load, split
from briefsite.loader import Text, is_html
from briefsite.model import Brief, Editorial, Loaded, Withheld
from briefsite.people import Byline, Notes, complete, read_byline, split_notes
from briefsite.prose import excerpts, liquid_marks
from briefsite.prose.targets import targets
from briefsite.schema import Reader
from briefsite.sections import Collection
from briefsite.sieve import DRAFTS, POSTS
from briefsite.slugs import title_of
from briefsite.spots import Name, pattern_of, spot_of, tokens_of
from briefsite.values import Struct, replace

T = TypeVar("T")
_NEARLY_DATED = re.compile(
    r"(?:19|20)\d\d([-_. ]?)\d\d?\1\d\d?(?!\d)|\d\d?([-_. ])\d\d?\2(?:19|20)\d\d(?!\d)"
)


def read_document(project: Project, path: str, text: Text, mtime_ns: int = 0) -> Loaded:
    """Return the Brief in a source, or why there is none; never raises for what authors do.

    `mtime_ns` dates a draft that has no other date (jekyll.md F4).
    """
    try:
        block, body, body_line = split(text.text, path)
        yaml = load(block, path, 2) if block is not None else Yaml(path, {})
    except BriefsiteError as error:
        draft = Withheld(path, "draft", f"it lies in {DRAFTS}")
        own = draft if spot_of(project, path).draft else None
        return Loaded(None, (*text.problems, *error.problems), own)
    document = _Document(project, path, yaml, body, body_line)
    document.mtime_ns = mtime_ns
    return document.load(text)


class _Document:
    """One document on its way from text to Brief: gathers its problems."""

    def __init__(self, project: Project, path: str, yaml: Yaml, body: str, body_line: int) -> None:
        self.project, self.config = project, project.config
        self.path, self.yaml, self.body, self.body_line = path, yaml, body, body_line
        self.spot = spot_of(project, path)
        self.jekyll = project.config.dialect == "jekyll"
        self.reader = Reader(yaml)
        self.withheld: Withheld | None = None
        self.mtime_ns = 0

    def load(self, text: Text) -> Loaded:
        """Return the brief with its problems; no brief where one of them is an error."""
        spot, config = self.spot, self.config
        named = self.named_date()
        if (
            spot.collection == "posts"
            and not named.date
            and not spot.draft
            and POSTS in self.path.split("/")
        ):
            detail = "Jekyll passes over it too; rename it to YYYY-MM-DD-name.md"
            return Loaded(None, text.problems, Withheld(self.path, "no date in its name", detail))
        belongs = spot.collection if self.jekyll or named.published else ""
        kind = "drafts" if spot.draft else belongs or "pages"
        values = merge(defaults_for(config.defaults, spot.path, kind), self.yaml.values)
        fields = read_fields(self.yaml, values, config, self.reader)
        brief = self.brief(fields, named, text, values) if fields else None
        problems = (*text.problems, *self.reader.problems)
        failed = any(not problem.warning for problem in problems)
        if failed and not self.withheld and (spot.draft or (fields and fields.draft)):
            self.withheld = Withheld(self.path, "draft", "it has problems, too")
        return Loaded(None if failed or self.withheld else brief, problems, self.withheld)

    def named_date(self) -> "_Named":
        """Return what the file name says: a date or none, and the slug (jekyll.md F3, D1)."""
        if self.jekyll and not self.spot.collection:
            return _Named("", self.spot.stem)
        try:
            found = dates.date_of_file_name(self.spot.stem)
        except dates.Template:
            return _Named("", self.spot.stem[11:], template=True)
        except dates.DateError as error:
            self.reader.fault((), f"file name: {error.message}", error.hint)
            return _Named("", self.spot.stem)
        return _Named(found.date, found.slug)

    def brief(
        self, fields: FrontMatter, named: "_Named", text: Text, values: dict[str, Any]
    ) -> Brief | None:
        """Return the Brief; None where its address or its date is at fault."""
        published = self.moment("date", fields.date) or self.moment("", named.published)
        if self.spot.draft and published is None:
            published = datetime.fromtimestamp(self.mtime_ns // 10**9, self.project.zone)
        if self.withheld or (named.template and published is None):
            self.withheld = self.withheld or Withheld(
                self.path, "impossible date", "its file name is a template's"
            )
            return None
        slug = (fields.slug or named.slug).rstrip(".")
        categories = self.terms("categories", fields.category, fields.categories)
        categories = tuple(dict.fromkeys((*self.spot.folders, *categories)))
        dated = published is not None and bool(self.spot.collection)
        address = self.address(fields.permalink, Name(slug, published, categories, dated))
        if address is None:
            return None
        self.compare_days(named, published)
        self.check_name(published)
        image, image_alt, image_caption = image_of(fields)
        self.check_image(image)
        pdf = self.pdf(fields)
        excerpt = self.excerpt(fields, values, dated)
        needs = self.needs(values)
        byline = self.heeded(read_byline, fields)
        notes = self.notes(values, dated, byline)
        words, han = excerpts.measure(self.body)
        editorial = self.editorial(fields, published)
        description = plain(fields.description)
        as_subtitle = self.config.description_as == "subtitle"
        collection = self.config.collections.get(self.spot.collection, Collection())
        return Brief(
            source=self.path,
            digest=text.digest,
            collection=self.spot.collection,
            dated=dated,
            title=self.title(fields) or title_of(named.slug.rstrip(".")),
            slug=slug,
            url=address[0],
            output=address[1],
            layout=self.layout(values, dated),
            body_line=self.body_line,
            plain=text.plain,
            subtitle=plain(fields.subtitle) or (description if as_subtitle else ""),
            description=description,
            published=published,
            updated=self.updated(fields, published, editorial),
            expires=self.moment("expires", fields.expires),
            authors=byline.shown,
            people=complete(byline, notes),
            bios=notes.bios,
            imprint=imprint_of(fields, self.reader),
            lang=self.lang(fields) or self.language(words, han),
            image=image,
            image_alt=image_alt,
            image_caption=image_caption,
            categories=categories,
            tags=self.terms("tags", fields.tag, fields.tags),
            terms=self.heeded(terms_of, fields, values, self.config),
            excerpt=excerpt.source,
            excerpt_is_text=bool(fields.excerpt),
            separator=self.separator(values)[0],
            words=words,
            targets=tuple(
                sorted(
                    {
                        *targets(self.body, image),
                        *needs.targets,
                        *targets(editorial.texts, pdf),
                    }
                )
            ),
            includes=needs.includes,
            reads_data=self.jekyll and "site.data" in self.body,
            feed_id=fields.feed_id,
            redirect_from=self.redirects(fields),
            redirect_to=self.redirect_to(fields),
            draft=fields.draft or self.spot.draft,
            hidden=not fields.published,
            unlisted=fields.unlisted,
            has_page=collection.output,
            in_sitemap=fields.sitemap and fields.canonical == "self",
            fields=values,
            editorial=editorial,
            retracted=any(update.kind == "retraction" for update in editorial.updates),
            embargo=self.embargo(fields),
            pdf=pdf,
        )

    def heeded(self, read: Callable[..., T], *values: Any) -> T:
        """Return what `read` reads from `values`; what Jekyll let pass is a warning."""
        own = Reader(self.yaml)
        found = read(*values, own)
        self.reader.problems += [
            replace(problem, warning=problem.warning or self.jekyll) for problem in own.problems
        ]
        return found

    def editorial(self, fields: FrontMatter, published: datetime | None) -> Editorial:
        """Return what its publisher says about it."""
        zone, license_ = self.project.zone, self.config.license
        return self.heeded(lambda own: read_editorial(fields, published, license_, own, zone))

    def embargo(self, fields: FrontMatter) -> datetime | None:
        """Return the moment before which it must not go out; what is no moment is an error even
        on a Jekyll site."""
        moments = [self.moment(key, getattr(fields, key)) for key in ("embargo", "publish_at")]
        return max((moment for moment in moments if moment), default=None)

    def lang(self, fields: FrontMatter) -> str:
        """Return the language that it names; empty, with a problem, where that is none."""
        said = fields.lang
        if not said or languages.is_tag(said):
            return said
        what, hint = f"lang {said!r} is no language", "write a tag such as en-GB or zh-Hant"
        self.heeded(lambda own: own.fault(("lang",), what, hint))
        return ""

    def language(self, words: int, han: int) -> str:
        """Return the language of a text that names none (publishing.md A9)."""
        site = self.config.lang
        return languages.of_han(self.body, site) if han > words - han else site

    def notes(self, values: dict[str, Any], dated: bool, byline: Byline) -> Notes:
        """Return the body of a brief parted from the notes about its authors, where the site wants
        that."""
        if not dated or not self.config.author_notes or is_html(self.path):
            return Notes(self.body)
        return split_notes(self.body, self.separator(values)[0], byline.shown)

    def title(self, fields: FrontMatter) -> str:
        """Return the title as plain text; Jekyll's authors wrote some as HTML."""
        if self.jekyll and "&" in fields.title:
            from html import unescape  # most sites need none of its names

            return plain(unescape(fields.title))
        return plain(fields.title)

    def terms(self, key: str, one: Words, many: Words) -> tuple[str, ...]:
        """Return categories or tags (jekyll.md T1, T2)."""
        if self.jekyll and key == "tags" and one:
            many = ""
        commas = isinstance(many, str) and "," in many
        if commas and self.jekyll:
            said = "commas part them here, spaces in Jekyll" if key == "tags" else "they stay"
            self.reader.warn((key,), f"{key} hold commas: {said}", f"write '{key}: [one, two]'")
        return terms(one, many, commas=key == "tags" or not self.jekyll)

    def needs(self, values: dict[str, Any]) -> liquid_marks.Needs:
        """Return what the Liquid in the body of a Jekyll site's document names."""
        wanted = self.jekyll and values.get("render_with_liquid") is not False
        if not wanted or not liquid_marks.may_hold(self.body):
            return liquid_marks.Needs((), ())
        from briefsite.prose import liquid  # most sites have none

        return liquid.needs(self.body)

    def redirects(self, fields: FrontMatter) -> tuple[str, ...]:
        """Return the addresses that lead to this page, as paths on the site (jekyll.md R1)."""
        found = fields.redirect_from
        listed = found if isinstance(found, list) else [found]
        paths = dict.fromkeys(f"/{path.lstrip('/')}" for path in listed if path)
        for path in paths:
            try:
                urls.output_path(path)
            except urls.UrlError as error:
                self.reader.fault(("redirect_from",), f"redirect_from: {error.message}", error.hint)
            if "://" in path and not self.jekyll:
                what, hint = f"redirect_from: {path[1:]} is no path on this site", "write '/old/'"
                self.reader.fault(("redirect_from",), what, hint)
        return tuple(paths)

    def redirect_to(self, fields: FrontMatter) -> str:
        """Return the address that this page leads on to; the first of several (jekyll.md R4)."""
        found = fields.redirect_to
        target = (found[0] if found else "") if isinstance(found, list) else found
        if not urls.safe_url(target):
            self.reader.fault(("redirect_to",), f"{target!r} is not an address to lead to")
        return target

    def moment(self, key: str, value: object) -> datetime | None:
        """Return the moment that `value` means (jekyll.md D1 to D4), noting what is wrong with
        it."""
        if value is None:
            return None
        # What stands in quotes is text to YAML, and so to Jekyll in the site's zone (D3).
        naive = "site" if self.yaml.quoted((key,)) else self.config.naive_datetimes
        try:
            return dates.parse_date(value, self.project.zone, naive=naive)
        except dates.Template:
            self.withheld = Withheld(
                self.path, "impossible date", f"its date is {value}, a template's"
            )
        except dates.DateError as error:
            self.reader.fault((key,), f"{key or 'file name'}: {error.message}", error.hint)
        return None

    def updated(
        self, fields: FrontMatter, published: datetime | None, editorial: Editorial
    ) -> datetime | None:
        """Return when it was last changed, never before it was published; the newest of its
        updates tells where nothing else does."""
        key = "updated" if fields.updated is not None else "last_modified_at"
        updated = self.moment(key, getattr(fields, key))
        if updated is None and editorial.updates:
            newest = editorial.updates[0].published
            return max(newest, published) if published else newest
        if updated and published and updated < published:
            what = f"{key} lies before the date of publication"
            self.reader.warn((key,), what, "write the day on which the text was changed")
            return published
        return updated

    def compare_days(self, named: "_Named", published: datetime | None) -> None:
        """Warn where the file name and the front matter name different days (jekyll.md D4)."""
        if not named.published or published is None:
            return
        if named.published != published.date().isoformat():
            days = f"the file name says {named.published}, the date {published:%Y-%m-%d}"
            self.reader.warn(("date",), f"{days}; the date counts")

    def check_name(self, published: datetime | None) -> None:
        """Warn where a file name was meant to begin with a date and does not, so that there is
        none."""
        if published is None and not self.jekyll and _NEARLY_DATED.match(self.spot.stem):
            what = "the file name begins with no date that is read, and 'date:' is missing"
            hint = "without one it is no brief, but a page: name it 2026-03-12-a-few-words.md"
            self.reader.warn((), what, hint)

    def address(self, own: str, name: Name) -> tuple[str, str] | None:
        """Return (URL path, output path) by the permalink in force (jekyll.md U1 to U9)."""
        pattern = own or pattern_of(self.config, self.spot, name.dated)
        try:
            url = urls.expand(pattern, tokens_of(self.project, self.spot, name))
            return url, urls.output_path(url)
        except urls.UrlError as error:
            where = ("permalink",) if own else ("slug",)
            self.reader.fault(where, f"permalink {pattern!r}: {error.message}", error.hint)
        return None

    def layout(self, values: dict[str, Any], dated: bool) -> str:
        """Return the name of the template; empty for `layout: none` and for null (jekyll.md M7)."""
        layout = values.get("layout", "post" if dated else "page")
        return "" if layout in (None, "none") else str(layout).removesuffix(".html")

    def pdf(self, fields: FrontMatter) -> str:
        """Return its PDF; empty, with a problem, where it is none that a page may link to."""
        said = fields.pdf
        if not said or (urls.safe_url(said) and said.lower().endswith(".pdf")):
            return said
        what, hint = f"pdf {said!r} is no PDF", "write the name of a file that ends in .pdf"
        self.heeded(lambda own: own.fault(("pdf",), what, hint))
        return ""

    def check_image(self, image: str) -> None:
        """Refuse an image address that no page may link to (robustness.md 3.1)."""
        if not urls.safe_url(image):
            what = f"image {image!r} is not an address that a page may show"
            self.reader.fault(("image",), what, "put the file beside this one and write its name")

    def separator(self, values: dict[str, Any]) -> tuple[str, bool]:
        """Return the separator in force and whether somebody chose it (jekyll.md E1, E2)."""
        own = values.get("excerpt_separator")
        if own is not None:
            return str(own), True
        site = self.config.excerpt_separator
        return (SEPARATOR, False) if site is None else (site, True)

    def excerpt(self, fields: FrontMatter, values: dict[str, Any], dated: bool) -> excerpts.Excerpt:
        """Return the excerpt, with warnings about one that is missing or empty."""
        if fields.excerpt:
            return excerpts.Excerpt(fields.excerpt, found=True)
        separator, chosen = self.separator(values)
        found = excerpts.excerpt(self.body, separator, absent=self.config.excerpt_fallback)
        if not dated or not separator:
            return found
        if not found.found and chosen and separator.strip():
            self.reader.warn(
                ("excerpt_separator",),
                f"the excerpt separator {separator} never occurs",
                f"write {separator} on a line of its own below the standfirst",
            )
        elif found.found and not found.source.replace(excerpts.CUT, "").strip():
            self.reader.warn(
                ("excerpt_separator",), "the excerpt is empty: nothing stands above the separator"
            )
        return found


class _Named(Struct, frozen=True):
    """What a file name says."""

    published: str
    slug: str
    template: bool = False

    @property
    def date(self) -> bool:
        """Whether the name begins with a date, possible or not."""
        return bool(self.published) or self.template
