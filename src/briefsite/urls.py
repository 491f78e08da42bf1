"""urls.py — addresses on the site, and the files that stand for them (jekyll.md U1–U9, B1–B4)."""

import re
import unicodedata
from collections.abc import Container, Mapping
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes, urljoin

STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
SEGMENT_BYTES = 200
PATH_BYTES = 1_000
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# An address that ends in one of these names a file of that kind; `v1.2` and `Dr.Who` do not.
_FILE_NAME = re.compile(
    r"[^/]\.(asc|atom|avif|bib|bmp|css|csv|docx?|enw|epub|geojson|gif|gz|html?|ico|ics|jpe?g|js"
    r"|jsonl?|m4a|map|md|mjs|mov|mp3|mp4|od[pst]|ogg|opml|otf|pdf|png|pptx?|ris|rss|svg|tar|tiff?"
    r"|tsv|ttf|txt|vcf|wasm|wav|webm|webmanifest|webp|woff2?|xhtml|xlsx?|xml|xsl|ya?ml|zip)\Z",
    re.IGNORECASE,
)
MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
# What RFC 3986 lets stand in a path as it is, besides letters, digits and `-._~`.
_PATH_CHARS = "/!$&'()*+,;=:@"
_TOKEN = re.compile(r":([a-z_]+)")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.ASCII | re.IGNORECASE)
# Paths that surely no rule of `_fault` is against.
_SOUND = re.compile(r"[\w-]{2,200}(?:/[\w-][\w.-]{0,199}){0,3}", re.ASCII)
_UNENCODED = re.compile(r"[\w./~-]*", re.ASCII)
# A site path in which nothing is to be encoded and no segment to be resolved: almost every one.
_PLAIN = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class UrlError(ValueError):
    """An address that no page of the site may have, in words for its author."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type["UrlError"], tuple[str, str]]:
        """Travel from a worker process with the hint."""
        return type(self), (self.message, self.hint)


def date_tokens(moment: datetime) -> dict[str, str]:
    """Return the placeholders of a permalink that a date fills, names in English (U4)."""
    week_year, week, week_day = moment.isocalendar()
    month, day = MONTHS[moment.month - 1], _DAYS.split()[moment.weekday()]
    return {
        "year": f"{moment.year:04}",
        "short_year": f"{moment.year % 100:02}",
        "month": f"{moment.month:02}",
        "i_month": str(moment.month),
        "short_month": month[:3],
        "long_month": month,
        "day": f"{moment.day:02}",
        "i_day": str(moment.day),
        "y_day": f"{moment.timetuple().tm_yday:03}",
        "w_year": f"{week_year:04}",
        "week": f"{week:02}",
        "w_day": str(week_day),
        "short_day": day[:3],
        "long_day": day,
        "hour": f"{moment.hour:02}",
        "minute": f"{moment.minute:02}",
        "second": f"{moment.second:02}",
    }


def expand(pattern: str, tokens: Mapping[str, str | None]) -> str:
    """Return the URL path that `pattern` gives, percent-encoded, starting with `/` (U4, U7, U8).

    `:token` takes its value, nothing for None; escapes that the pattern itself has are kept. A
    name of a style is not understood: look it up in STYLES. UrlError for an unknown token, and
    for a path that `output_path` refuses.
    """
    parts = _TOKEN.split(_text(pattern))
    for i, part in enumerate(parts):
        parts[i] = _value(part, tokens) if i % 2 else _encode(part, keep="%")
    url = re.sub(r"/{2,}", "/", "/" + "".join(parts))
    # Windows drops dots at the end of a folder's name, and so does Jekyll.
    url = re.sub(r"(?<=[^/.])\.+/", "/", url)
    output_path(url)
    return url


def _value(name: str, tokens: Mapping[str, str | None]) -> str:
    """Return what stands for `:name`, encoded; `:year_` is `:year` and an underscore (U7)."""
    known, rest = (name, "") if name in tokens else (name.removesuffix("_"), "_")
    if known not in tokens:
        import difflib  # only for faults

        near = difflib.get_close_matches(known, tokens, n=1)
        hint = f"did you mean :{near[0]}?" if near else f"known are :{', :'.join(sorted(tokens))}"
        raise UrlError(f"':{name}' is no placeholder", hint)
    return _encode(_text(tokens[known] or "")) + (rest if known != name else "")


def _text(text: str) -> str:
    """Return `text` in NFC, as typed on any system; UrlError where no UTF-8 can write it."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UrlError("this address holds bytes that are not UTF-8", "rename the file") from error
    return unicodedata.normalize("NFC", text)


def _encode(text: str, keep: str = "") -> str:
    """Return `text` percent-encoded; with `%` in `keep`, what is encoded already stays."""
    if _UNENCODED.fullmatch(text):
        return text
    encoded = quote(text, safe=_PATH_CHARS + keep, errors="replace")
    return _STRAY_PERCENT.sub("%25", encoded)


def url_of(path: str) -> str:
    """Return the address on the site of the file at `path` under the output folder."""
    return quote(f"/{path}", safe=_PATH_CHARS)


@lru_cache(1 << 16)
def output_path(url: str) -> str:
    """Return the POSIX path, under the output folder, of the file that answers `url` (U9).

    The one maker of output paths (robustness.md 4): decodes once, then checks, and never decodes
    again. UrlError for a path that could leave the folder or that some system cannot hold.
    """
    if is_absolute(url):
        raise UrlError(f"{url!r} is the address of another site", "write a path such as /about/")
    if "?" in url or "#" in url:
        raise UrlError(f"{url!r} has a query or a fragment, which no file has", "leave it out")
    try:
        path = unquote_to_bytes(url).decode()
    except UnicodeError as error:
        raise UrlError(f"{url!r} is not UTF-8 once decoded", "write the characters") from error
    if not path:
        raise UrlError("the address is empty", "write / for the front page")
    return file_path(_with_file_name(path))


def _with_file_name(path: str) -> str:
    if path.endswith("/"):
        return f"{path}index.html"
    # `..` made `...html` would pass as a name: leave it for file_path to refuse.
    is_file = _FILE_NAME.search(path) or path.rpartition("/")[2] in {".", ".."}
    return path if is_file else f"{path}.html"


def file_path(path: str) -> str:
    """Return `path`, plain text and not percent-encoded, without needless slashes.

    For files that keep their name, such as assets. UrlError as `output_path` says.
    """
    segments = [segment for segment in path.split("/") if segment]
    reason = _fault(segments)
    if reason:
        raise UrlError(f"{path[:80]!r} {reason}", "use words, digits and hyphens")
    return "/".join(segments)


def _fault(segments: list[str]) -> str:
    """Return why no file may have this path; empty where it may."""
    path = "/".join(segments)
    if _SOUND.fullmatch(path):  # as nearly all are
        return ""
    faults = {
        "names no file": not segments,
        "holds a control character": any(unicodedata.category(c) in {"Cc", "Cs"} for c in path),
        "holds a backslash": "\\" in path,
        "holds the segment '.' or '..'": bool({".", ".."} & set(segments)),
        "starts like a Windows drive": re.match(r"[A-Za-z]:", path) is not None,
        f"has a part of more than {SEGMENT_BYTES} bytes": _longest(segments) > SEGMENT_BYTES,
        f"has more than {PATH_BYTES} bytes": _longest([path]) > PATH_BYTES,
    }
    return next((reason for reason, found in faults.items() if found), "")


def _longest(texts: list[str]) -> int:
    return max((len(text.encode(errors="replace")) for text in texts), default=0)


def fold(path: str) -> str:
    """Return `path` such that two which some file system takes for one are equal (U11)."""
    if path.isascii():
        return path.lower()
    folded = unicodedata.normalize("NFD", path).casefold()
    return unicodedata.normalize("NFC", folded)


def is_absolute(url: str) -> bool:
    """Whether `url` has a scheme or a host of its own; browsers read `\\` as `/`."""
    return bool(_SCHEME.match(url)) or url.replace("\\", "/").startswith("//")


def join(base_url: str, path: str) -> str:
    """Return the address of a site path at `base_url`; absolute ones come back unchanged (B2)."""
    if is_absolute(path) or not base_url:
        return path
    return f"{base_url.rstrip('/')}/{_encode(path.lstrip('/'), keep='%?#')}"


def root_of(url: str) -> str:
    """Return the way from the page at `url` back to the site's root: `../` from `/about/`."""
    return "../" * (url.count("/") - 1) or "./"


def rebase(target: str, root: str, page_url: str) -> str:
    """Return the link to print for `target` on the page at `page_url` (B4).

    `root` leads to the site's root: `../../`, `/repo/` or `https://x.org/repo/`. A relative target
    starts at the page's own folder and never climbs above the site. What belongs to another site
    stays; so does a fragment, unless `root` is absolute, as the text may then stand elsewhere.
    """
    target = target.strip()
    if target and _PLAIN.fullmatch(target):
        return root.rstrip("/") + target
    own_page = target.startswith("#") and not is_absolute(root)
    if not target or own_page or is_absolute(target):
        return target
    path = urljoin(page_url, target).lstrip("/")
    return f"{root.rstrip('/')}/{_encode(path, keep='%?#')}"


def file_at(path: str, files: Container[str]) -> str:
    """Return which of `files` GitHub Pages answers `path` with, both without `/` in front: for a
    folder without its `/` after a redirect; empty where none answers."""
    forms: tuple[str, ...] = (path, f"{path}.html", f"{path}/index.html")
    if not path or path.endswith("/"):
        forms = (f"{path}index.html",)
    return next((form for form in forms if form in files), "")


def safe_url(url: str) -> bool:
    """Whether a page may link to `url`: http, https, mailto, tel, or a path (robustness.md 4)."""
    # Browsers drop control characters and leading space before they look for the scheme.
    plain = "".join(char for char in url if unicodedata.category(char)[0] not in "CZ")
    scheme = _SCHEME.match(plain)
    return scheme is None or scheme[0][:-1].lower() in SCHEMES
