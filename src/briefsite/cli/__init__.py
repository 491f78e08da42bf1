"""The command line: the only place that prints or exits."""

import signal
import sys
from importlib import import_module
from types import FrameType

import click

from briefsite import __version__
from briefsite.cli.words import number, say, show_problems

PLACES = {
    "build": "build",
    "check": "check",
    "compare": "archive",
    "import": "archive",
    "init": "begin",
    "ledger": "archive",
    "list": "ask",
    "new": "begin",
    "schema": "ask",
    "serve": "serve",
    "theme": "theme",
    "why": "ask",
}
"""The commands, and the module here that holds each: only that of the one that runs is loaded."""


class _Commands(click.Group):
    """The commands, each found when it is asked for."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(PLACES)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in PLACES:
            return None
        module = import_module(f"briefsite.cli.{PLACES[name]}")
        return next(
            value
            for value in vars(module).values()
            if isinstance(value, click.Command) and value.name == name
        )


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefsite", message="%(prog)s %(version)s")
@click.option(
    "--debug", is_flag=True, help="Show where in the program an unexpected failure happened."
)
def main(debug: bool) -> None:
    """Make a website from policy briefs, one Markdown file each."""
    if click.get_current_context().invoked_subcommand != "build":
        from briefsite.pools import calm

        calm()


def run() -> int:
    """Run the command line and return its exit status."""
    signal.signal(signal.SIGTERM, _stop)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # text streams have it
    try:
        return main(standalone_mode=False) or 0
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        raise
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> int:
    """Say what went wrong and return the exit status."""
    from briefsite.errors import BriefsiteError

    if isinstance(error, BriefsiteError):
        show_problems(error.problems)
        count = sum(not problem.warning for problem in error.problems)
        say(f"{number(count or len(error.problems), 'problem')}; nothing was changed")
        return error.exit_code
    if "--debug" in sys.argv:
        raise error
    if isinstance(error, OSError):
        where = f" in {error.filename}" if error.filename else ""
        say(f"{(error.strerror or str(error)).lower()}{where}; the site stands as it was")
        return 1
    say(f"briefsite failed at something it did not expect: {type(error).__name__}: {error}")
    say("run it again with --debug and report what it shows; the site stands as it was")
    return 1


def _stop(_: int, __: FrameType | None) -> None:
    raise SystemExit(143)
