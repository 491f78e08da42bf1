"""The manual is complete: every key, every command, every template variable."""

from typing import Any

import click
import msgspec
import pytest
from conftest import ROOT

from briefsite import assembler, cli, filling, model
from briefsite.config import Config
from briefsite.editorial import EditorialFields
from briefsite.fields import FrontMatter
from briefsite.outputs import feed_formats, pages
from briefsite.people import Author
from briefsite.schema import Setting, settings

HEAD = """\
# Configuration

Everything that `site.yaml` and the front matter of a brief may say. A key that is not here is a
mistake in `site.yaml`, and a warning in front matter: keys of your own are named under
`front_matter:` in `site.yaml`. The last table is what may be said of an author, under `authors:`
in front matter and in `_data/authors.yml`.
"""


def row(item: Setting) -> str:
    """Return one line of a table."""
    default = "" if item.default in ("", (), {}, None) else f"`{item.default}`"
    if item.default is True or item.default is False:
        default = f"`{str(item.default).lower()}`"
    return f"| `{item.name}` | {item.kind} | {default} | {item.about} |"


def reference() -> str:
    """Return the reference page, made from the declarations."""
    parts = [HEAD]
    editorial = list(settings(EditorialFields))
    for title, found in (
        ("site.yaml", list(settings(Config))),
        ("Front matter", [item for item in settings(FrontMatter) if item not in editorial]),
        ("Front matter: what the publisher says", editorial),
        ("An author", list(settings(Author))),
    ):
        rows = "\n".join(map(row, found))
        parts.append(f"## {title}\n\n| key | value | default | |\n|---|---|---|---|\n{rows}\n")
    return "\n".join(parts)


def test_the_reference_says_what_the_declarations_say(request: pytest.FixtureRequest) -> None:
    file = ROOT / "docs/configuration.md"
    if request.config.getoption("--update"):
        file.write_text(reference(), encoding="utf-8")

    assert file.read_text(encoding="utf-8") == reference()


def commands(group: click.Group = cli.main, above: str = "") -> list[tuple[str, click.Command]]:
    """Return every command with its name, those of groups too."""
    found = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        found.append((above + name, command))
        if isinstance(command, click.Group):
            found += commands(command, f"{above}{name} ")
    return found


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_every_command_and_option_is_in_the_readme_and_has_help(
    name: str, command: click.Command
) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]

    assert f"briefsite {name}" in text
    assert command.help
    assert [option.opts[-1] for option in options if option.opts[-1] not in text] == []
    assert [option.opts for option in options if not option.help] == []


KINDS: dict[str, Any] = {
    "site": assembler.Facts,
    "page": pages.Page,
    "pager": pages.Pager,
    "feed": feed_formats.Feed,
    "article": model.Article,
}


@pytest.mark.parametrize("name", KINDS)
def test_every_template_variable_is_documented(name: str) -> None:
    text = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
    hidden = {"source", "problems"}
    names = {item.name for item in msgspec.structs.fields(KINDS[name])} - hidden

    assert {item for item in names if f"`{name}.{item}`" not in text} == set()


@pytest.mark.parametrize("kind", [pages.Card, feed_formats.FeedEntry], ids=["card", "entry"])
def test_every_field_of_a_list_is_documented(kind: type) -> None:
    text = (ROOT / "docs/templates.md").read_text(encoding="utf-8")

    assert {i.name for i in msgspec.structs.fields(kind) if f"`{i.name}`" not in text} == set()


def test_every_filter_is_documented() -> None:
    text = (ROOT / "docs/templates.md").read_text(encoding="utf-8")

    assert {name for name in filling.FILTERS if f"| `{name}` |" not in text} == set()
