"""Says in the words of site.yaml what a Jekyll site's configuration said."""

import re
from datetime import date
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from briefsite.importer.jekyll_config import Old, exists
from briefsite.urls import safe_url

Values = dict[str, Any]
_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
_ARCHIVES = {
    "year": ("year", "/:year/"),
    "month": ("month", "/:year/:month/"),
    "day": ("day", "/:year/:month/:day/"),
    "categories": ("category", "/category/:name/"),
    "tags": ("tag", "/tag/:name/"),
}
"""What jekyll-archives lists, with the name of each one's permalink and its default."""
_KRAMDOWN = {
    "input": "GFM",
    "auto_ids": True,
    "auto_id_prefix": "",
    "footnote_nr": 1,
    "hard_wrap": False,
    "smart_quotes": "lsquo,rsquo,ldquo,rdquo",
}
"""What of kramdown's settings changes pages, and the only value understood here."""
_SAID = (
    "title description url baseurl lang timezone permalink collections collections_dir "
    "excerpt_separator exclude include defaults limit_posts future show_drafts unpublished "
    "paginate paginate_path pagination feed jekyll-archives redirect_from source destination "
    "data_dir plugins gems theme remote_theme markdown kramdown"
).split()
_MACHINERY = set(
    "whitelist sass scss highlighter port host livereload incremental watch detach "
    "open_url show_dir_listing ssl_cert ssl_key serving lsi safe encoding markdown_ext "
    "strict_front_matter keep_files quiet verbose profile trace cache_dir disable_disk_cache "
    "liquid rdiscount redcarpet maruku commonmark coffeescript compress_html less plugins_dir "
    "layouts_dir includes_dir pygments relative_permalinks optional_front_matter readme_index "
    "titles_from_headings default_layout relative_links server".split()
)


def site(old: Old) -> Values:
    """Return what the site is called, in which language, and where it stands."""
    langs = (old.text(key).replace("_", "-") for key in ("lang", "locale", "language"))
    lang = next(filter(_LANG.fullmatch, langs), "en")
    return filled(
        {
            "title": _title(old) or old.source.name or "Site",
            "description": old.text("description"),
            "url": _url(old),
            "baseurl": f"/{old.text('baseurl').strip('/')}".rstrip("/"),
            "lang": "" if lang == "en" else lang,
        }
    )


def _title(old: Old) -> str:
    return old.text("title") or old.text("name")


def _url(old: Old) -> str:
    """Return the site's address; GitHub Pages takes the host from the file CNAME."""
    url = old.text("url").rstrip("/")
    parts = urlsplit(url if re.fullmatch(r"https?://[\w.:/~%-]+", url) else "")
    if parts.netloc and not parts.netloc.startswith(("localhost", "127.0.0.1", "0.0.0.0")):
        return url
    if url:
        old.hand(("url",), f"url {url!r} is not the address of a site", "write it into site.yaml")
    elif not re.fullmatch(r"[\w.-]+", old.cname):
        todo = "write 'url: https://...' into site.yaml: feeds and the sitemap need it"
        line = old.yaml.line(("url",)) if "url" in old.yaml.values else None
        old.report.hand(old.yaml.where, "it does not say where the site stands", todo, line)
    return f"https://{old.cname}" if re.fullmatch(r"[\w.-]+", old.cname) else ""


def publisher(old: Old) -> Values:
    """Return who publishes."""
    logo = old.text("logo") if isinstance(old.at(("logo",)), str) else ""
    return filled(
        {"publisher": filled({"name": _title(old), "logo": logo if safe_url(logo) else ""})}
    )


def dates(old: Old) -> Values:
    """Return the zone of dates (jekyll.md D2, D4)."""
    zone = old.text("timezone")
    try:
        known = bool(zone) and bool(ZoneInfo(zone))
    except (ValueError, OSError, KeyError):
        known = False
        old.hand(("timezone",), f"timezone {zone!r} is not known", "write one like 'Europe/Paris'")
    if not zone:
        why = "none was named; Jekyll took that of its machine, and GitHub's have UTC"
        old.report.taken.append(f"timezone: {why}, which is written")
    return {"timezone": zone if known else "UTC", "naive_datetimes": "utc"}


def addresses(old: Old, indexes: dict[str, str]) -> Values:
    """Return the patterns of addresses, collections and `indexes` included (jekyll.md U1, F5)."""
    style = old.text("permalink") or "date"
    pages, index = _pagination(old)
    found = {name: _collection(old, name, style) for name in old.collections()}
    for name, url in (indexes | ({"posts": index} if index else {})).items():
        found.setdefault(name, {})["index"] = url
    rest = {
        "collections_dir": old.text("collections_dir").strip("/"),
        "collections": filled(found),
    }
    return {"permalink": style} | filled(rest) | pages


def _collection(old: Old, name: str, style: str) -> Values:
    """Return what a collection says (jekyll.md F5, F6, U2)."""
    at, posts = ("collections", name), name == "posts"
    same = style in ("date", "ordinal", "none") or style.endswith(":output_ext")
    suffix = "/" if style == "pretty" or style.endswith("/") else ":output_ext" if same else ""
    said = {
        "folder": "" if posts else f"_{name}",
        "title": old.text(*at, "title"),
        "permalink": old.text(*at, "permalink") or ("" if posts else f"/:collection/:path{suffix}"),
        "sort_by": old.text(*at, "sort_by"),
        "order": old.texts(*at, "order"),
        "future": old.at((*at, "future")) is True,
    }
    output = posts or old.at((*at, "output")) is True
    return filled(said) | ({} if output else {"output": False})


def _pagination(old: Old) -> tuple[Values, str]:
    """Return how indexes are cut into pages, and where the posts' is, if not at `/`."""
    second = old.at(("pagination", "enabled")) is True
    count = (old.number("pagination", "per_page") or 10) if second else old.number("paginate")
    if count is None or not 1 <= count <= 1000:
        return {}, ""
    path = old.text("pagination", "permalink") if second else old.text("paginate_path")
    path = path.strip("/") or ("page/:num" if second else "page:num")
    if ":num" not in path:
        old.hand(("paginate_path",), "paginate_path has no ':num'; 'page:num/' is written")
        path = "page:num"
    folder = PurePosixPath(path).parent
    while folder.name and not exists(old.source / old.base / folder / "index.html"):
        folder = folder.parent
    inner = f"{PurePosixPath(path).relative_to(folder)}/"
    return {"paginate": count, "paginate_path": inner}, f"/{folder}/" if folder.name else ""


def archives(old: Old) -> Values:
    """Return jekyll-archives' lists, and whether redirects.json is wanted (jekyll.md R5)."""
    name = "jekyll-archives"
    enabled, mode = old.at((name, "enabled")), old.text(name, "slug_mode")
    kinds = _ARCHIVES if enabled in ("all", True) else enabled if isinstance(enabled, list) else ()
    found: Values = {
        kind: old.text(name, "permalinks", key) or pattern
        for kind, (key, pattern) in _ARCHIVES.items()
        if kind in kinds
    }
    if found and mode in ("raw", "pretty", "ascii", "latin", "none"):
        found["slug_mode"] = mode
    json: Values = {"redirects_json": False} if old.at(("redirect_from", "json")) is False else {}
    return filled({"archives": found}) | json


def excerpts(old: Old) -> Values:
    """Return where excerpts end (jekyll.md E1, E2, E4)."""
    own = old.get(str, "text", "excerpt_separator")
    return {
        "excerpt_separator": "\n\n" if own is None else own,
        "excerpt_fallback": "everything",
    }


def markdown(old: Old) -> Values:
    """Return how Markdown is read."""
    engine = old.text("markdown").lower() or "kramdown"
    if engine.startswith("commonmark"):
        return {"markdown": {"html": "trusted"}}
    if engine not in ("kramdown", "gfm"):
        todo = "kramdown is written; look at a few pages"
        old.hand(("markdown",), f"the Markdown engine {engine!r} is not known here", todo)
    for key, value in _KRAMDOWN.items():
        own = old.at(("kramdown", key))
        if own is not None and str(own).lower() != str(value).lower():
            words = f"kramdown.{key} is {own!r}; here it is always {value!r}"
            old.hand(("kramdown", key), words, "look at the pages that need it")
    block: Values = {"parse_block_html": old.at(("kramdown", "parse_block_html")) is True}
    return {"markdown": {"flavor": "kramdown", "html": "trusted"} | filled(block)}


def choice(old: Old) -> Values:
    """Return which documents there are."""
    found = {
        "limit_posts": max(int(old.number("limit_posts") or 0), 0),
        "future": old.at(("future",)) is True,
        "drafts": old.at(("show_drafts",)) is True,
        "unpublished": old.at(("unpublished",)) is True,
    }
    return filled(found)


def feed(old: Old, today: date, own: str) -> Values:
    """Return the feeds of jekyll-feed (jekyll.md A1, A2), or the address of the site's `own`."""
    if "jekyll-feed" not in (old.plugins or {}):
        if old.plugins is not None and not old.at(("theme",)):
            return {"feed": {"path": f"/{own}"}} if own not in ("", "feed.xml") else {}
        old.report.taken.append("feed: nothing says whether jekyll-feed is used; it is assumed")
    at, groups = ("feed", "collections"), old.at(("feed", "collections"))
    names = list(groups) if isinstance(groups, dict) else old.texts(*at)
    paths = {name: old.text(*at, name, "path") for name in names}
    kinds = {name: old.texts(*at, name, "categories") for name in names}
    path = paths.pop("posts", "") or old.text("feed", "path")
    topics = kinds.pop("posts", []) or old.texts("feed", "categories")
    categories = {topic: f"/feed/{topic}.xml" for topic in topics}
    categories |= {f"{n}/{topic}": f"/feed/{n}/{topic}.xml" for n in kinds for topic in kinds[n]}
    limit = old.number("feed", "posts_limit")
    said = {
        "content": "excerpt" if old.at(("feed", "excerpt_only")) else "",
        "path": f"/{path.lstrip('/')}" if path.strip("/") not in ("", "feed.xml") else "",
        "collections": {name: own or f"/feed/{name}.xml" for name, own in paths.items()},
        "categories": categories,
        "tags": _tags(old),
        "legacy_ids": today.isoformat(),
    }
    return {"feed": {"limit": 10 if limit is None else min(max(limit, 0), 500)} | filled(said)}


def _tags(old: Old) -> str:
    tags = old.at(("feed", "tags"))
    for key in ("except", "only"):
        if old.at(("feed", "tags", key)):
            todo = "feeds are made for every tag that has a post"
            old.hand(("feed", "tags", key), f"feed.tags.{key} cannot be said here", todo)
    path = old.text("feed", "tags", "path") or "feed/by_tag/"
    return f"/{path.lstrip('/')}:name.xml" if tags else ""


def extra(old: Old) -> Values:
    """Return everything else; what only Jekyll's machinery reads is named as not needed."""
    values = old.yaml.values
    idle = sorted(_MACHINERY & set(values))
    if idle:
        old.report.idle.append(f"{old.yaml.where}: what only Jekyll reads: {', '.join(idle)}")
    return {key: value for key, value in values.items() if key not in (*_SAID, *idle)}


def filled(values: Values) -> Values:
    """Return `values` without those that say nothing."""
    return {key: value for key, value in values.items() if value not in ("", [], {}, False, 0)}
