"""`briefsite serve`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefsite.cli.site import ARGUMENT, project_of
from briefsite.cli.words import show

if TYPE_CHECKING:
    from briefsite.config import Project


@click.command()
@ARGUMENT
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 for any that is free.",
)
@click.option("--open", "browser", is_flag=True, help="Open a browser.")
@click.option(
    "--drafts/--no-drafts", default=True, help="Show drafts; they are shown if not given."
)
@click.option(
    "--future/--no-future",
    default=True,
    help="Show briefs whose date lies ahead; they are shown if not given.",
)
@click.option(
    "--base-path/--no-base-path",
    default=True,
    help="Show the site under the path of its address, as it is published; so if not given.",
)
@click.option("--debug", is_flag=True, hidden=True)
def serve(
    source: Path, host: str, port: int, browser: bool, base_path: bool, **options: Any
) -> None:
    """Show the site in SOURCE (this folder if not given) in a browser, and follow what is saved."""
    from briefsite.pools import calm
    from briefsite.preview.pages import Preview
    from briefsite.preview.server import serve as run_server
    from briefsite.preview.web import Address
    from briefsite.values import replace

    calm()

    def load() -> "Project":
        project = project_of(source, options)
        cut = len(project.base_url) - len(project.base_path)
        return project if base_path else replace(project, base_url=project.base_url[:cut])

    project = load()
    run_server(
        Preview(project, load), Address(host, port, project.base_path), show, browser=browser
    )
