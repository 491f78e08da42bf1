"""What front matter may say, declared once, and how its values become a brief's."""

import re
import unicodedata
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Annotated, Any

from briefsite import identifiers
from briefsite.config import TERMS, Config, term_keys
from briefsite.editorial import EditorialFields
from briefsite.front_matter import Yaml
from briefsite.model import Imprint
from briefsite.schema import Reader, nearest, suggest
from briefsite.sections import Defaults, Kind, about
from briefsite.values import replace

MAX_TITLE = 500
MAX_TERMS = 200
Words = str | list[str]
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_SWITCHES = {"none": False, "no": False, "false": False, "off": False, "yes": True, "true": True}
"""What `published:` means where YAML has no boolean; nothing at all keeps a post off the site."""
_SPACES = re.compile(r"[^\S\u3000]+")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


class FrontMatter(EditorialFields, frozen=True):
    """Every key that briefsite reads in a brief or a page."""

    title: Annotated[str, about("Headline; made from the file name if not given.")] = ""
    subtitle: Annotated[str, about("Second line of the title.")] = ""
    description: Annotated[
        str, about("One plain sentence: the subtitle, or a summary (`description_as`).")
    ] = ""
    author: Annotated[
        Any, about("Who wrote it: a name, or several: `A and B`, `A, B and C`, `A, et al.`.")
    ] = None
    authors: Annotated[
        Any,
        about(
            "The same as a list: names, keys of `_data/authors.yml`, or mappings with `name`, "
            "`family`, `given`, `suffix`, `orcid`, `affiliation`, `url` and `role`."
        ),
    ] = None
    date: Annotated[Any, about("When it was published: `2026-03-12 09:00:00 +0100`.")] = None
    updated: Annotated[Any, about("When it was last changed in substance.")] = None
    expires: Annotated[Any, about("When it leaves the site again.")] = None
    last_modified_at: Annotated[Any, about("Jekyll's word for `updated`.")] = None
    layout: Annotated[str, about("Template: `post` is post.html; `none` for no template.")] = ""
    lang: Annotated[str, about("Language, as a BCP 47 tag; the site's if not given.")] = ""
    image: Annotated[
        Any, about("Lead image: a file beside the brief, a path on the site, or an address.")
    ] = None
    image_alt: Annotated[str, about("What the lead image shows, for those who cannot see it.")] = ""
    image_caption: Annotated[str, about("Caption of the lead image.")] = ""
    slug: Annotated[
        str, about("Name in the address; the file name without its date if not given.")
    ] = ""
    permalink: Annotated[str, about("Address of this page, or a pattern for it.")] = ""
    category: Annotated[Words, about("One category.")] = ""
    categories: Annotated[Words, about("Categories.")] = ""
    tag: Annotated[Words, about("One tag.")] = ""
    tags: Annotated[Words, about("Tags: a list, or words between commas.")] = ""
    excerpt: Annotated[str, about("Excerpt as plain text, over the one in the body.")] = ""
    excerpt_separator: Annotated[str, about("Text that ends the excerpt in this brief.")] = ""
    published: Annotated[bool, about("`false` keeps it off the site.")] = True
    draft: Annotated[bool, about("`true` while it is being written: not on the site.")] = False
    unlisted: Annotated[
        bool, about("`true`: has a page, but stands in no list, feed or sitemap.")
    ] = False
    featured: Annotated[
        bool, about("`true`: stands among the featured briefs of the front page (`home`).")
    ] = False
    sitemap: Annotated[bool, about("`false` leaves it out of the sitemap.")] = True
    redirect_from: Annotated[Words, about("Former addresses, which lead here: a list.")] = ""
    redirect_to: Annotated[Words, about("Address that this page only leads on to.")] = ""
    feed_id: Annotated[
        str, about("Its id in feeds, to keep when the address changes; never show it anew.")
    ] = ""
    kind: Annotated[
        Kind,
        about("What it is; citations name it. Commentaries and columns are cited as web pages."),
    ] = "brief"
    series: Annotated[str, about("Series that it belongs to.")] = ""
    number: Annotated[str, about("Its number in the series.")] = ""
    part: Annotated[
        int, about("Its place in a series that is read in order: 1, 2 ...", ge=0, le=9999)
    ] = 0
    topics: Annotated[Words, about("What it is about: a list, or terms between commas.")] = ""
    regions: Annotated[Words, about("Which parts of the world it is about.")] = ""
    doi: Annotated[str, about("DOI: `10.1234/abc` or `https://doi.org/10.1234/abc`.")] = ""
    isbn: Annotated[str, about("ISBN.")] = ""
    issn: Annotated[str, about("ISSN of its series.")] = ""
    sentence_title: Annotated[
        str, about("The title with a sentence's capitals, as APA has it, where yours has others.")
    ] = ""
    pdf: Annotated[
        str,
        about(
            "The same text as a PDF: a file beside the brief, which is published in the folder "
            "of its page, a path on the site, or an address."
        ),
    ] = ""
    render_with_liquid: Annotated[
        bool, about("`false` leaves Liquid in the body as it is (Jekyll sites only).")
    ] = True


KEYS = frozenset(FrontMatter.__struct_fields__)
_KEEP_BACK = ("draft", "embargo", "publish_at", "expires", "unlisted")


def defaults_for(defaults: tuple[Defaults, ...], path: str, kind: str) -> dict[str, Any]:
    """Return the front matter that `defaults` give to the document at `path` in the content folder.

    A longer scope path wins, then one with a type, then the later one (jekyll.md T3, T4).
    """
    chosen = [
        (len(item.scope.path), bool(item.scope.type), number, item.values)
        for number, item in enumerate(defaults)
        if item.scope.type in ("", kind) and _covers(item.scope.path.strip("/"), path)
    ]
    merged: dict[str, Any] = {}
    for *_, values in sorted(chosen, key=lambda entry: entry[:3]):
        merged = merge(merged, values)
    return merged


def _covers(scope: str, path: str) -> bool:
    return fnmatchcase(path, scope + "*") if "*" in scope else path.startswith(scope)


def merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return `below` overlaid with `above`, mappings merged deeply; a null does not override
    (T4)."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            merged[key] = merge(old, value)
        elif value is not None or key not in merged:
            merged[key] = value
    return merged


def read_fields(
    yaml: Yaml, values: dict[str, Any], config: Config, reader: Reader
) -> FrontMatter | None:
    """Return the declared fields in `values`; faults and unknown keys are noted on `reader`."""
    own = {*config.front_matter, *config.taxonomies}
    unknown = [key for key in values if key not in KEYS and key not in own]
    for key in unknown:
        near = nearest(key, KEYS)
        yours = f"if it is yours, add it to 'front_matter: [{key}]' in site.yaml"
        # A slip in what keeps a text back would make it public.
        keeps = near in _KEEP_BACK and config.dialect != "jekyll"
        note = reader.fault if keeps else reader.warn
        note((key,), f"unknown key '{key}'", f"did you mean '{near}'?" if near else yours)
    known = {key: value for key, value in values.items() if key in KEYS}
    fields = _lenient(yaml, known, reader) if config.dialect == "jekyll" else None
    fields = fields or reader.read(FrontMatter, known)
    if fields is not None and len(fields.title) > MAX_TITLE:
        reader.fault(("title",), f"the title has more than {MAX_TITLE} characters")
    for key in ("tags", "categories", *term_keys(config)):
        if isinstance(found := values.get(key), list) and len(found) > MAX_TERMS:
            reader.fault((key,), f"more than {MAX_TERMS} {key}")
    for key, value in values.items():
        if isinstance(value, str) and _BIDI.search(value):
            reader.warn(
                (key,), f"'{key}' holds an invisible character that reorders text", "type it again"
            )
    return fields


def _lenient(yaml: Yaml, known: dict[str, Any], reader: Reader) -> FrontMatter | None:
    """Return the fields of a Jekyll document: a value of a kind that Jekyll let pass is left out
    with a warning, but never one that keeps a document off the site (jekyll.md P1)."""
    own = Reader(yaml)
    for key in ("published", "draft"):
        word = str(known.get(key)).strip().lower()
        if key in known and not isinstance(known[key], bool) and word in _SWITCHES:
            known[key] = _SWITCHES[word]
            reader.warn((key,), f"{key} is neither true nor false; taken for {known[key]}".lower())
    fields = own.read(FrontMatter, known)
    strict = {own.place.line((key,)) for key in ("published", "draft") if key in known}
    reader.problems += [
        replace(problem, warning=problem.line not in strict or problem.line is None)
        for problem in own.problems
    ]
    return fields


def plain(text: str) -> str:
    """Return one line of plain text: tags stripped, spaces folded but for the wide one of CJK,
    NFC."""
    if not text:
        return ""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _TAG.sub(" ", text))).strip()


def imprint_of(fields: FrontMatter, reader: Reader) -> Imprint:
    """Return what a brief says of itself as a publication, its identifiers checked."""
    checked = {}
    for key in ("doi", "isbn", "issn"):
        said = getattr(fields, key)
        try:
            checked[key] = getattr(identifiers, key)(said) if said else ""
        except ValueError as error:
            reader.fault((key,), f"{key} {said!r}: {error}")
    texts = {key: plain(getattr(fields, key)) for key in ("series", "number", "sentence_title")}
    return Imprint(fields.kind, part=fields.part, **texts, **checked)


def terms(one: Words, many: Words, *, commas: bool = True) -> tuple[str, ...]:
    """Return categories or tags without repeats (jekyll.md T1, T2); `commas` part words too."""
    mark = "," if commas and "," in many else None
    found = list(many) if isinstance(many, list) else many.split(mark)
    found += one if isinstance(one, list) else [one]
    return tuple(dict.fromkeys(text for text in map(plain, found) if text))


def terms_of(
    fields: FrontMatter, values: Mapping[str, Any], config: Config, reader: Reader
) -> dict[str, tuple[str, ...]]:
    """Return the terms under each front matter key that holds some; a warning for each that the
    site does not know."""
    found = {}
    for name in term_keys(config):
        known = name in TERMS  # read with the other fields
        own = "" if known else values.get(name) or ""
        said = getattr(fields, name) if known else reader.value(Words, own, (name,))
        listed = said if isinstance(said, list) else (said or "").split(",")
        if texts := tuple(dict.fromkeys(text for text in map(plain, listed) if text)):
            found[name] = texts
        allowed = config.taxonomies[name].terms if name in config.taxonomies else ()
        for text in texts if allowed else ():
            if text not in allowed:
                hint = suggest(text, allowed) or f"the terms are {', '.join(allowed)}"
                reader.warn((name,), f"'{text}' is none of the site's {name}", hint)
    return found


def image_of(fields: FrontMatter) -> tuple[str, str, str]:
    """Return address, alternative text and caption of the lead image, each possibly empty."""
    image = fields.image if isinstance(fields.image, dict) else {"path": fields.image}
    path = str(image.get("path") or "").strip()
    return path, plain(fields.image_alt or str(image.get("alt") or "")), plain(fields.image_caption)
