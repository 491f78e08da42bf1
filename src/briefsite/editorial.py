"""What a publisher says about a brief in front matter: corrections, licence, funding, sources."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Annotated, Any, Literal

from briefsite import dates, identifiers
from briefsite.languages import is_tag
from briefsite.licenses import KNOWN, license_of
from briefsite.model import Editorial, Funder, License, Origin, Update
from briefsite.schema import Key, Reader, Shape, dotted, suggest
from briefsite.sections import about
from briefsite.urls import is_absolute, safe_url
from briefsite.values import field

Path = tuple[Key, ...]


class Change(Shape, frozen=True):
    """A change after publication. Corrections and retractions stand above the text."""

    date: Annotated[Any, about("Day on which it was made.")]
    text: Annotated[str, about("What was wrong, and what it says now. Markdown.", min_length=1)]
    type: Annotated[
        Literal["correction", "clarification", "update", "retraction", "editors-note"],
        about("A retraction also marks the title, and leaves lists of related briefs."),
    ] = "update"


class FirstPublished(Shape, frozen=True):
    """Where a republished or translated text was published first."""

    publisher: Annotated[str, about("Who published it.")] = ""
    url: Annotated[str, about("Its address.")] = ""
    published: Annotated[Any, about("The day.")] = None


class Grant(Shape, frozen=True):
    """Who paid for the work."""

    name: Annotated[str, about("Name of the funder.", min_length=1)]
    ror: Annotated[str, about("Its ROR id.")] = ""
    award: Annotated[str, about("Number of the grant.")] = ""
    statement: Annotated[str, about("A sentence of its own, in Markdown.")] = ""


class EditorialFields(Shape, frozen=True):
    """The editorial part of front matter."""

    key_points: Annotated[
        tuple[str, ...], about("What the brief finds, in a box above it: Markdown.")
    ] = ()
    recommendations: Annotated[
        tuple[str, ...], about("What the brief recommends, in a box above it: Markdown.")
    ] = ()
    updates: tuple[Change, ...] = ()
    version: Annotated[str, about("Number of this version: `1.1`.")] = ""
    embargo: Annotated[
        Any, about("Until this moment nothing of it goes out, even with `--future`.")
    ] = None
    publish_at: Annotated[Any, about("The same as `embargo`.")] = None
    license: Annotated[
        str, about("Licence of the text: `CC-BY-4.0`, `all-rights-reserved`, or an address.")
    ] = ""
    source: FirstPublished = FirstPublished()
    canonical: Annotated[
        Literal["self", "source"],
        about("Which page search engines are to keep: this one, or that of `source`."),
    ] = "self"
    translation_of: Annotated[
        str, about("The text that this one translates: a file, a path on the site or an address.")
    ] = ""
    translations: Annotated[
        dict[str, str], about("Its translations: languages, and files, paths or addresses.")
    ] = field(default_factory=dict)
    funding: tuple[Grant, ...] = ()
    disclosure: Annotated[str, about("Conflicts of interest. Markdown.")] = ""
    ai_use: Annotated[str, about("What machines had a part in. Markdown.")] = ""
    acknowledgements: Annotated[str, about("Thanks. Markdown.")] = ""
    disclaimer: Annotated[
        str, about("Whose views these are; `defaults` give many briefs the same. Markdown.")
    ] = ""
    image_credit: Annotated[str, about("Who made the lead image.")] = ""
    image_license: Annotated[str, about("Licence of the lead image.")] = ""


def read_editorial(
    fields: EditorialFields,
    published: datetime | None,
    site_license: str,
    reader: Reader,
    zone: tzinfo,
) -> Editorial:
    """Return what is said about a brief, checked; what is wrong is noted on `reader`.

    The site's own licence does not cover what was published elsewhere first.
    """
    work = _Checks(reader, zone)
    origin = work.origin(fields)
    license_ = fields.license or ("" if origin else site_license)
    return Editorial(
        key_points=fields.key_points,
        recommendations=fields.recommendations,
        updates=work.updates(fields.updates, published),
        version=fields.version,
        license=work.license("license", license_),
        origin=origin,
        funding=tuple(work.funder(n, grant) for n, grant in enumerate(fields.funding)),
        disclosure=fields.disclosure,
        ai_use=fields.ai_use,
        acknowledgements=fields.acknowledgements,
        disclaimer=fields.disclaimer,
        image_credit=fields.image_credit,
        image_license=work.license("image_license", fields.image_license),
        translation_of=work.address(("translation_of",), fields.translation_of),
        translations=work.translations(fields.translations),
    )


class _Checks:
    """Makes values of what was declared, and notes what is impossible."""

    def __init__(self, reader: Reader, zone: tzinfo) -> None:
        self.reader, self.zone = reader, zone

    def day(self, path: Path, said: Any) -> datetime | None:
        """Return the moment that `said` means."""
        try:
            return dates.parse_date(said, self.zone)
        except dates.DateError as error:
            self.reader.fault(path, f"{dotted(path)}: {error.message}", error.hint)
        return None

    def updates(
        self, changes: tuple[Change, ...], published: datetime | None
    ) -> tuple[Update, ...]:
        """Return the changes, newest first; none lies before the day of publication."""
        found = []
        for number, change in enumerate(changes):
            path: Path = ("updates", number, "date")
            moment = self.day(path, change.date)
            if moment and published and moment.date() < published.date():
                what = f"{dotted(path)} lies before the day of publication, {published:%Y-%m-%d}"
                self.reader.fault(path, what, "write the day on which the text was changed")
            elif moment:
                found.append(Update(moment, change.type, change.text))
        return tuple(sorted(found, key=lambda update: update.published, reverse=True))

    def license(self, key: str, said: str) -> License | None:
        """Return the licence that `said` names; one that nobody knows is printed as it is."""
        if not said:
            return None
        known = license_of(said)
        if known is None:
            other = "write an id such as CC-BY-4.0, or the address of the licence"
            hint = suggest(said, KNOWN) or other
            self.reader.warn((key,), f"{key} {said!r} is not known", hint)
        return License(*known) if known else License(said)

    def origin(self, fields: EditorialFields) -> Origin | None:
        """Return where the text was published first."""
        said, own = fields.source, fields.canonical == "source"
        if own and not is_absolute(said.url):
            hint = "write 'source: {publisher: ..., url: https://...}'"
            self.reader.fault(("canonical",), "canonical: the source has no address", hint)
        if said == FirstPublished():
            return None
        day = self.day(("source", "published"), said.published)
        url = self.address(("source", "url"), said.url)
        return Origin(said.publisher, url, day.date() if day else None, own)

    def funder(self, number: int, grant: Grant) -> Funder:
        """Return who paid, the ROR id checked."""
        ror = ""
        try:
            ror = identifiers.ror(grant.ror) if grant.ror else ""
        except ValueError as error:
            self.reader.fault(("funding", number, "ror"), f"ror {grant.ror!r}: {error}")
        return Funder(grant.name, ror, grant.award, grant.statement)

    def translations(self, said: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Return languages and where the text stands in them."""
        for lang, target in said.items():
            if not is_tag(lang):
                what = f"translations: {lang!r} is no language"
                self.reader.fault(("translations", lang), what, "write a tag such as zh-Hant")
            self.address(("translations", lang), target)
        return tuple(said.items())

    def address(self, path: Path, url: str) -> str:
        """Return `url`, where a page may link to it."""
        if not safe_url(url):
            self.reader.fault(path, f"{dotted(path)} {url!r} is no address to link to")
        return url
