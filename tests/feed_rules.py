"""The rules of the W3C's feed validator that could concern our feeds (github.com/w3c/feedvalidator,
src/feedvalidator), of RFC 4287 and 5005, and of JSON Feed 1.1: each function yields what breaks
one."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from html.entities import name2codepoint
from typing import Any

import html5lib
import jsonschema
from html5lib.html5parser import ParseError
from lxml import etree, html

ATOM, FH = "{http://www.w3.org/2005/Atom}", "{http://purl.org/syndication/history/1.0}"
DC, MEDIA = "{http://purl.org/dc/elements/1.1/}", "{http://search.yahoo.com/mrss/}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
CHANNEL = {"title", "link", "description", "language", "lastBuildDate", "docs", "generator"}
ITEM = {"title", "link", "guid", "pubDate", "category", "description", "enclosure", ENCODED}
FEED = {"id", "title", "subtitle", "updated", "link", "author", "generator", "entry"}
ENTRY = {"id", "title", "updated", "published", "link", "author", "contributor", "category"}
RELATIONS = {"self", "alternate", "enclosure", "current", "prev-archive", "next-archive", "license"}
HISTORY = {"current", "prev-archive", "next-archive"}
MEDIUMS = {"image", "audio", "video", "document"}
_ADDRESS = re.compile(r"https?://[!#-;=?-\[\]_a-z~]+")
_MIME = re.compile(r"[\w.+-]+/[\w.+-]+")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_ODD = re.compile("[\u0080-\u009f\ufffd]")
# What HTML in a feed may hold without a warning of a security risk; MathML is ours.
ELEMENTS = set(
    "a abbr address article aside audio b bdi blockquote br caption cite code col colgroup dd del"
    " details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd"
    " li mark ol p picture pre q rp rt ruby s samp section small source span strong sub summary sup"
    " table tbody td tfoot th thead time tr tt u ul var video wbr".split()
)
ATTRIBUTES = set(
    "abbr align alt cite colspan controls datetime decoding dir headers height href hreflang lang"
    " loading open poster rel reversed rowspan scope span src start summary title type valign value"
    " width".split()
)
MATHML = "{http://www.w3.org/1998/Math/MathML}"


def of_text(where: str, value: str | None) -> Iterator[str]:
    """Yield what is wrong with a text that is no HTML."""
    if not (value or "").strip():
        yield f"{where}: NotBlank"
    if any(tag in ELEMENTS for tag in re.findall(r"</(\w+)>", value or "")):
        yield f"{where}: ContainsHTML"
    for name in re.findall(r"&(#?\w+);", value or ""):
        if name in name2codepoint or name == "apos" or not name.isalpha():
            yield f"{where}: ContainsHTML"
    if _ODD.search(value or ""):
        yield f"{where}: BadCharacters"


def of_html(where: str, value: str) -> Iterator[str]:
    """Yield what is wrong with a text that is HTML, read as strictly as the validator does."""
    try:
        tree = html5lib.HTMLParser(strict=True).parseFragment(value)
    except ParseError as error:
        yield f"{where}: NotHtml ({error})"
        return
    for node in tree.iter():
        if callable(node.tag) or node.tag == "DOCUMENT_FRAGMENT" or MATHML in node.tag:
            continue
        tag = node.tag.rpartition("}")[2]
        if tag not in ELEMENTS:
            yield f"{where}: SecurityRisk <{tag}>"
        for name in set(node.attrib) - ATTRIBUTES:
            yield f"{where}: SecurityRiskAttr {tag} {name}"
    part = html.fragment_fromstring(value or "<p>", create_parent=True)
    for link in part.xpath("//@href | //@src | //@cite | //@poster"):
        if not re.match(r"(https?|mailto|tel|ftp|data):", link):
            yield f"{where}: ContainsRelRef {link}"
    if _ODD.search(value):
        yield f"{where}: BadCharacters"


def of_address(where: str, value: str | None) -> Iterator[str]:
    """Yield what is wrong with an absolute address."""
    if not _ADDRESS.fullmatch(value or ""):
        yield f"{where}: InvalidFullLink {value}"


def of_822(where: str, value: str | None) -> Iterator[str]:
    """Yield what is wrong with a date of RSS: its very form, its weekday, its year."""
    try:
        day = parsedate_to_datetime(value or "")
    except ValueError:
        yield f"{where}: InvalidRFC2822Date"
        return
    if format_datetime(day) != value:
        yield f"{where}: IncorrectDOW or ProblematicalRFC822Date {value}"


def of_3339(where: str, value: str | None) -> Iterator[str]:
    """Yield what is wrong with a date of Atom and JSON Feed."""
    if not _RFC3339.fullmatch(value or ""):
        yield f"{where}: InvalidRFC3339Date {value}"


def _once(where: str, node: Any, allowed: set[str], needed: set[str], many: set[str]) -> Any:
    """Yield what is missing from the children of `node`, strange, or there twice."""
    counts = Counter(child.tag for child in node)
    yield from (f"{where}: MissingElement {tag}" for tag in sorted(needed - set(counts)))
    yield from (f"{where}: UndefinedElement {tag}" for tag in sorted(set(counts) - allowed))
    twice = (tag for tag, count in counts.items() if count > 1 and tag not in many)
    yield from (f"{where}: DuplicateElement {tag}" for tag in twice)


def _parse(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def rss(data: bytes, url: str) -> Iterator[str]:
    """Yield what the RSS feed at `url` breaks."""
    root = _parse(data)
    if (root.tag, root.get("version")) != ("rss", "2.0") or b"<rss" not in data[:512]:
        yield "rss: InvalidRSSVersion"
    [channel] = root
    links = {ATOM + "link"}
    needed = {"title", "link", "description"} | links
    yield from _once("channel", channel, CHANNEL | links | {"item"}, needed, {"item", *links})
    if [c.tag for c in channel] != sorted((c.tag for c in channel), key="item".__eq__):
        yield "channel: MisplacedItem"
    for name in ("title", "description"):
        yield from of_text(name, channel.findtext(name))
    yield from of_address("link", channel.findtext("link"))
    if not _LANGUAGE.fullmatch(channel.findtext("language") or ""):
        yield "channel: InvalidLanguage"
    if channel.find("lastBuildDate") is not None:
        yield from of_822("lastBuildDate", channel.findtext("lastBuildDate"))
    yield from _links(channel, url, "application/rss+xml")
    guids = [item.findtext("guid") for item in channel.iterfind("item")]
    yield from (f"guid {g}: DuplicateValue" for g, n in Counter(guids).items() if n > 1)
    for item in channel.iterfind("item"):
        yield from _item(item)


def _item(item: Any) -> Iterator[str]:
    name = f"item {item.findtext('guid')}"
    many = {DC + "creator", "category"}
    allowed = ITEM | many | {MEDIA + "content"}
    yield from _once(name, item, allowed, {"title", "link", "guid", "description"}, many)
    tags = [child.tag for child in item]
    if ENCODED in tags and tags.index(ENCODED) < tags.index("description"):
        yield f"{name}: NeedDescriptionBeforeContent"
    for child in item:
        where = f"{name} {child.tag.rpartition('}')[2]}"
        if child.tag in ("title", DC + "creator", "category"):
            yield from of_text(where, child.text)
        elif child.tag in ("description", ENCODED):
            yield from of_html(where, child.text or "")
        elif child.tag == "pubDate":
            yield from of_822(where, child.text)
        elif child.tag == "link":
            yield from of_address(where, child.text)
        elif child.tag == "enclosure":
            yield from _enclosure(where, child.get("url"), child)
        elif child.tag == MEDIA + "content":
            yield from _media(where, child)
    guid = item.find("guid")
    permanent = guid.get("isPermaLink")
    if permanent not in ("true", "false"):
        yield f"{name}: InvalidBooleanAttribute"
    elif permanent == "true":
        yield from of_address(f"{name} guid: InvalidHttpGUID", guid.text)
    elif guid.text.isdigit() and len(guid.text) < 9:
        yield f"{name}: NotSufficientlyUnique"


def _enclosure(where: str, url: str | None, node: Any) -> Iterator[str]:
    yield from of_address(where, url)
    if not (node.get("length") or "").isdigit():
        yield f"{where}: InvalidIntegerAttribute"
    if not _MIME.fullmatch(node.get("type") or ""):
        yield f"{where}: InvalidMIMEAttribute"


def _media(where: str, node: Any) -> Iterator[str]:
    yield from of_address(where, node.get("url"))
    if node.get("medium") not in MEDIUMS:
        yield f"{where}: InvalidMediaMedium"
    for child in node:
        if child.get("type") not in ("plain", "html"):
            yield f"{where}: InvalidMediaTextType"
        yield from of_text(where, child.text)


def _links(node: Any, url: str, own: str) -> Iterator[str]:
    """Yield what is wrong with the links of a feed or an entry; `url` is a feed's own address."""
    found = [dict(link.attrib) for link in node.iterfind(f"{ATOM}link")]
    for link in found:
        where = f"link {link.get('rel')}"
        yield from of_address(where, link.get("href"))
        if link.get("rel") not in RELATIONS:
            yield f"{where}: UnregisteredAtomLinkRel"
        if not _MIME.fullmatch(link.get("type", "")):
            yield f"{where}: InvalidMIMEType"
        if not url and link.get("rel") in HISTORY:
            yield f"{where}: FeedHistoryRelInEntry"
        if not link.get("length", "0").isdigit():
            yield f"{where}: InvalidNonNegativeInteger"
    kinds = Counter((link.get("rel"), link.get("type")) for link in found)
    yield from (f"link {k}: DuplicateAtomLink" for k, n in kinds.items() if n > 1)
    selves = [(k.get("href"), k.get("type")) for k in found if k.get("rel") == "self"]
    if url and selves != [(url, own)]:
        yield "feed: MissingSelf or SelfDoesntMatchLocation"


def atom(data: bytes, url: str) -> Iterator[str]:
    """Yield what the Atom feed at `url` breaks."""
    feed = _parse(data)
    if feed.tag != f"{ATOM}feed" or b"<feed" not in data[:512]:
        yield "feed: InvalidNamespace"
    needed = {ATOM + name for name in ("id", "title", "updated", "author")}
    allowed = {ATOM + name for name in FEED} | {f"{FH}archive"}
    many = {ATOM + name for name in ("link", "author", "entry")}
    yield from _once("feed", feed, allowed, needed, many)
    yield from _construct("feed", feed)
    yield from _links(feed, url, "application/atom+xml")
    rels = {link.get("rel") for link in feed.iterfind(f"{ATOM}link")}
    if feed.find(f"{FH}archive") is not None and "current" not in rels:
        yield "feed: MissingCurrentInArchive"
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iterfind(f"{ATOM}entry")]
    yield from (f"entry {i}: DuplicateIds" for i, n in Counter(ids).items() if n > 1)
    moments = [entry.findtext(f"{ATOM}updated") for entry in feed.iterfind(f"{ATOM}entry")]
    newest = max(map(datetime.fromisoformat, moments), default=None)
    if newest and datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) != newest:
        yield "feed: its date is not that of its newest entry"
    for entry in feed.iterfind(f"{ATOM}entry"):
        yield from _atom_entry(entry)


def _atom_entry(entry: Any) -> Iterator[str]:
    name = f"entry {entry.findtext(ATOM + 'id')}"
    both = {ATOM + "content", ATOM + "summary"}
    needed = {ATOM + tag for tag in ("id", "title", "updated", "link")}
    many = {ATOM + tag for tag in ("link", "author", "contributor", "category")}
    yield from _once(name, entry, {ATOM + tag for tag in ENTRY} | both, needed, many)
    yield from _construct(name, entry)
    yield from _links(entry, "", "")
    published = entry.findtext(f"{ATOM}published")
    if published and datetime.fromisoformat(published) > datetime.fromisoformat(
        entry.findtext(f"{ATOM}updated")
    ):
        yield f"{name}: published after it was updated"
    for link in entry.iterfind(f"{ATOM}link[@rel='enclosure']"):
        yield from _enclosure(name, link.get("href"), link)
    for category in entry.iterfind(f"{ATOM}category"):
        yield from of_text(f"{name} category", category.get("term"))


def _construct(where: str, node: Any) -> Iterator[str]:
    """Yield what is wrong with the texts, dates and people of a feed or an entry."""
    yield from of_address(f"{where} id", node.findtext(f"{ATOM}id"))
    for child in node:
        tag, own = child.tag.rpartition("}")[2], f"{where} {child.tag.rpartition('}')[2]}"
        if tag in ("updated", "published"):
            yield from of_3339(own, child.text)
        elif tag in ("author", "contributor"):
            yield from of_text(own, child.findtext(f"{ATOM}name"))
            if child.find(f"{ATOM}uri") is not None:
                yield from of_address(own, child.findtext(f"{ATOM}uri"))
        elif tag in ("title", "subtitle", "summary", "content"):
            check = of_html if child.get("type") == "html" else of_text
            yield from check(own, child.text or "")
    lang = node.get("{http://www.w3.org/XML/1998/namespace}lang")
    if lang is not None and not _LANGUAGE.fullmatch(lang):
        yield f"{where}: InvalidLanguage {lang}"


_URL = {"type": "string", "pattern": f"^{_ADDRESS.pattern}$"}
_TEXT = {"type": "string", "minLength": 1}
_DATE = {"type": "string", "pattern": f"^{_RFC3339.pattern}$"}


def _shape(needed: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": needed.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def _list(of: dict[str, Any], least: int = 1) -> dict[str, Any]:
    return {"type": "array", "items": of, "minItems": least}


_PEOPLE = _list(_shape("name", name=_TEXT, url=_URL, avatar=_URL))
_ATTACHED = _list(
    _shape(
        "url mime_type",
        url=_URL,
        mime_type={"type": "string", "pattern": f"^{_MIME.pattern}$"},
        title=_TEXT,
        size_in_bytes={"type": "integer", "minimum": 0},
    )
)
SCHEMA = _shape(
    "version title items",
    version={"const": "https://jsonfeed.org/version/1.1"},
    title=_TEXT,
    home_page_url=_URL,
    feed_url=_URL,
    description=_TEXT,
    language={"type": "string", "pattern": f"^{_LANGUAGE.pattern}$"},
    authors=_PEOPLE,
    icon=_URL,
    favicon=_URL,
    next_url=_URL,
    items=_list(
        _shape(
            "id url title content_html",
            id=_TEXT,
            url=_URL,
            title=_TEXT,
            content_html=_TEXT,
            summary=_TEXT,
            image=_URL,
            date_published=_DATE,
            date_modified=_DATE,
            authors=_PEOPLE,
            tags=_list(_TEXT),
            language={"type": "string", "pattern": f"^{_LANGUAGE.pattern}$"},
            attachments=_ATTACHED,
        ),
        0,
    ),
)
"""JSON Feed 1.1, in so far as we use it: the format allows more keys than these."""


def json_feed(data: bytes, url: str) -> Iterator[str]:
    """Yield what the JSON Feed at `url` breaks."""
    feed = json.loads(data)
    for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(feed):
        yield f"{error.json_path}: {error.message[:80]}"
    if feed["feed_url"] != url:
        yield "feed_url: SelfDoesntMatchLocation"
    ids = Counter(item["id"] for item in feed["items"])
    yield from (f"item {id_}: DuplicateIds" for id_, count in ids.items() if count > 1)
    for item in feed["items"]:
        yield from of_text(f"item {item['id']}", item["title"])
        yield from of_html(f"item {item['id']}", item["content_html"])
