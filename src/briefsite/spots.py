"""Where a document lies, and the address that it has by that."""

from datetime import datetime
from pathlib import PurePosixPath
from posixpath import basename, splitext

from briefsite import urls
from briefsite.config import Config, Project
from briefsite.sections import Collection
from briefsite.sieve import DRAFTS, POSTS
from briefsite.slugs import slugify
from briefsite.values import Struct

DEFAULT_COLLECTION = "briefs"


class Spot(Struct, frozen=True):
    """Where a document lies: what its path alone tells."""

    path: str
    """From the content folder: `briefs/2026-02-05-open/index.md`."""
    collection: str
    """Empty for a page of a Jekyll site, which belongs to none."""
    inner: str
    """From the collection's folder, without extension; a bundle's is its folder."""
    stem: str
    """File name without extension; a bundle's is its folder's name."""
    folders: tuple[str, ...] = ()
    """Folders above `_posts`: categories (jekyll.md T1)."""
    draft: bool = False
    """Whether it lies in `_drafts` (jekyll.md F4)."""


def spot_of(project: Project, path: str) -> Spot:
    """Return what the place of the file at `path` (from the site's root) says about it."""
    inside, config = project.inside(path), project.config
    above = config.collections_dir.strip("/")
    scoped = inside.removeprefix(f"{above}/") if above else inside
    parts = scoped.split("/")
    at = next((n for n, part in enumerate(parts[:-1]) if part in (POSTS, DRAFTS)), None)
    if at is not None:
        inner = splitext("/".join((*parts[:at], *parts[at + 1 :])))[0]
        draft = parts[at] == DRAFTS
        return Spot(scoped, "posts", inner, basename(inner), tuple(parts[:at]), draft)
    name, folder = collection_of(project, inside)
    jekyll = config.dialect == "jekyll"
    inner = splitext(inside.removeprefix(f"{folder}/") if folder else inside)[0]
    if inner.endswith("/index") and not jekyll:  # a bundle
        inner = inner.removesuffix("/index")
    loose = jekyll and not folder
    return Spot(scoped if name else inside, "" if loose else name, inner, basename(inner))


def collection_of(project: Project, inside: str) -> tuple[str, str]:
    """Return (name, folder) of the collection for a path in the content folder; the deepest
    wins."""
    config = project.config
    above = config.collections_dir.strip("/")
    folders = {
        name: str(PurePosixPath(above, item.folder or name)).strip("/")
        for name, item in config.collections.items()
        if name != "posts" or item.folder
    }
    fitting = [
        (len(folder), name, folder)
        for name, folder in folders.items()
        if not folder or folder == "." or inside.startswith(folder + "/")
    ]
    if not fitting:
        return DEFAULT_COLLECTION, ""
    _, name, folder = max(fitting)
    return name, "" if folder == "." else folder


class Name(Struct, frozen=True):
    """What an address is made from."""

    slug: str
    published: datetime | None
    categories: tuple[str, ...]
    dated: bool


def pattern_of(config: Config, spot: Spot, dated: bool) -> str:
    """Return the address pattern for a document that names none of its own (jekyll.md U2,
    U3)."""
    site = config.permalink
    own = config.collections.get(spot.collection, Collection()).permalink
    if dated or (own and config.dialect == "jekyll"):
        return urls.STYLES.get(own or site, own or site)
    if PurePosixPath(spot.path).stem == "index":
        return "/:path/"
    ends_in_slash = site == "pretty" or site.endswith("/")
    html = site in ("date", "ordinal", "none") or site.endswith(":output_ext")
    return "/:path" + ("/" if ends_in_slash else ":output_ext" if html else "")


def tokens_of(project: Project, spot: Spot, name: Name) -> dict[str, str | None]:
    """Return the placeholders of an address (jekyll.md U3 to U6)."""
    jekyll = project.config.dialect == "jekyll"
    in_collection = name.dated or (jekyll and spot.collection)
    tokens: dict[str, str | None] = {
        "title": slugify(name.slug, "pretty", cased=True),
        "slug": slugify(name.slug),
        "name": slugify(spot.stem),
        "path": spot.inner if in_collection else _page_path(spot, jekyll),
        "basename": spot.stem,
        "collection": spot.collection,
        "categories": "/".join(dict.fromkeys(word.lower() for word in name.categories)),
        "slugified_categories": "/".join(dict.fromkeys(map(slugify, name.categories))),
        "output_ext": ".html",
    }
    if not tokens["slug"] and not (jekyll and name.slug.strip()):
        raise urls.UrlError(
            "the file name leaves no word for the address", "write 'slug: a-few-words'"
        )
    if name.published is not None:
        tokens |= urls.date_tokens(name.published.astimezone(project.zone))
    return tokens


def _page_path(spot: Spot, jekyll: bool) -> str:
    """Return a page's path in the content folder, collections by their names."""
    path = PurePosixPath(spot.path)
    inner = path.parent if path.stem == "index" else path.with_suffix("")
    strip = "" if jekyll else "_"
    return "/".join(part.removeprefix(strip) for part in inner.parts)
