"""`briefsite why`, `briefsite list` and `briefsite schema`."""

import os
from datetime import datetime
from pathlib import Path

import click

from briefsite.cli.site import SOURCE, moment, project_of
from briefsite.cli.words import say, show


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@SOURCE
def why(file: Path, source: Path) -> None:
    """Say what becomes of FILE and why: published where, or left out for which reason."""
    from briefsite.builder import plan_of
    from briefsite.status import why as words_of

    project = project_of(source, {})
    path = Path(os.path.abspath(file))  # noqa: PTH100  # a link is answered for itself
    if not path.exists() and not path.is_symlink():
        raise click.BadParameter(f"there is no file {file}", param_hint="FILE")
    words = words_of(project, plan_of(project), path.parent.resolve() / path.name)
    if not words:
        say(f"{file} is no part of the site in {project.root}: nothing reads it")
        raise click.exceptions.Exit(1)
    for line in words:
        show(f"{file}: {line}")


@click.command("list")
@click.option("--drafts", is_flag=True, help="Drafts.")
@click.option("--scheduled", is_flag=True, help="What is published at a later moment.")
@click.option("--expired", is_flag=True, help="What has left the site.")
@click.option("--withheld", is_flag=True, help="Everything that is left out.")
@click.option("--all", "every", is_flag=True, help="Everything, published or not.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--now", callback=moment, help="As if at this moment.")
@SOURCE
def list_(source: Path, as_json: bool, now: datetime | None, **wanted: bool) -> None:
    """List the published documents, or those that are not."""
    import json

    from briefsite.builder import plan_of
    from briefsite.status import rows

    plan = plan_of(project_of(source, {"now": now}))
    chosen = {"draft"} if wanted["drafts"] else set()
    chosen |= {"scheduled", "embargoed"} if wanted["scheduled"] else set()
    chosen |= {"expired"} if wanted["expired"] else set()
    some = bool(chosen) or wanted["withheld"] or wanted["every"]
    shown = [
        row
        for row in rows(plan)
        if wanted["every"]
        or (row.status == "published" and not some)
        or row.status in chosen
        or (wanted["withheld"] and row.status != "published")
    ]
    if as_json:
        click.echo(json.dumps([row.values() for row in shown], ensure_ascii=False, indent=2))
        return
    for row in shown:
        parts = (row.status, row.source, row.published, row.url, row.title, row.detail)
        show("  ".join(filter(None, parts)))


@click.command()
@click.argument("what", type=click.Choice(["site", "front-matter", "snippets"]))
@SOURCE
def schema(what: str, source: Path) -> None:
    """Print what editors complete and check keys by: the JSON Schema of site.yaml (site) or of a
    brief's front matter (front-matter), or snippets of front matter for VS Code (snippets); with
    the keys that the site's own templates want."""
    from briefsite.config import CONFIG_FILE
    from briefsite.editors import made
    from briefsite.site_yaml import read_config

    own = read_config(source).front_matter if (source / CONFIG_FILE).is_file() else ()
    click.echo(made(what, own), nl=False)
