"""Which site a command is about, and as of when."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from briefsite.config import Project

FOLDER = click.Path(file_okay=False, path_type=Path)
ARGUMENT = click.argument("source", type=FOLDER, default=".")
SOURCE = click.option("--source", type=FOLDER, default=".", help="The site's folder.")


def moment(_: Any, __: Any, value: str | None) -> datetime | None:
    """Return the moment that an option names."""
    from briefsite.dates import DateError, parse_date

    try:
        return parse_date(value, UTC)
    except DateError as error:
        raise click.BadParameter(f"{error.message} ({error.hint})") from None


def project_of(source: Path, options: dict[str, Any]) -> "Project":
    """Return the site in `source` at this moment, or at the one that was asked for."""
    from zoneinfo import ZoneInfo

    from briefsite.config import Project, base_url_of
    from briefsite.site_yaml import read_config

    base_url = options.get("base_url")
    if base_url and not base_url.startswith(("http://", "https://")):
        hint = "write it whole: https://org.github.io/briefs"
        raise click.BadParameter(hint, param_hint="--base-url")
    root = source.resolve()
    if not root.is_dir():
        raise click.BadParameter(f"there is no folder {source}", param_hint="SOURCE")
    config = read_config(root)
    zone = ZoneInfo(config.timezone)
    output = options.get("output")
    return Project(
        root=root,
        config=config,
        base_url=base_url_of(config, base_url),
        zone=zone,
        now=options.get("now") or _epoch() or datetime.now(zone),
        output=Path.cwd().joinpath(output).resolve()
        if output
        else (root / config.output).resolve(),
        drafts=options.get("drafts", False),
        future=options.get("future", False),
        unpublished=options.get("unpublished", False),
    )


def _epoch() -> datetime | None:
    """Return the moment that SOURCE_DATE_EPOCH names (reproducible-builds.org)."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not said:
        return None
    try:
        return datetime.fromtimestamp(int(said), UTC)
    except (ValueError, OverflowError, OSError):
        what = f"SOURCE_DATE_EPOCH is {said!r}, not seconds since 1970"
        raise click.UsageError(what) from None
