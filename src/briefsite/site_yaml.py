"""Reads site.yaml, with everything that is wrong with it."""

from datetime import UTC
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from briefsite import colors, identifiers
from briefsite.config import CONFIG_FILE, Config
from briefsite.dates import DateError, parse_date
from briefsite.errors import BriefsiteError, Problem
from briefsite.front_matter import Yaml, load
from briefsite.languages import is_tag
from briefsite.licenses import KNOWN, license_of
from briefsite.schema import Reader, suggest
from briefsite.urls import UrlError, output_path, safe_url


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
