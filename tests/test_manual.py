"""The manual is complete: every key, every command, every template variable."""

import re
import typing
from typing import Any

import click
import jinja2
import msgspec
import pytest
from conftest import ROOT, tree
from jinja2 import meta, nodes

from briefsite import assembler, cli, filling, model
from briefsite.config import Config
from briefsite.editorial import EditorialFields
from briefsite.errors import Problem
from briefsite.fields import FrontMatter
from briefsite.outputs import corrections, feed_formats, hubs, metadata, pages, sitemap
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


TEMPLATES = ROOT / "docs/templates.md"
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
    names = {item.name for item in msgspec.structs.fields(KINDS[name])} - HIDDEN

    assert {item for item in names if f"`{name}.{item}`" not in text} == set()


HIDDEN = {"source", "problems", "translation_of", "translations"}
"""What templates can reach and need not: the last two are what `page.editions` is made from."""
LISTED = (
    *KINDS.values(),
    pages.Card,
    pages.Section,
    feed_formats.FeedEntry,
    hubs.Row,
    hubs.Tally,
    corrections.Correction,
    sitemap.Entry,
    metadata.Metadata,
)


def held(kind: Any, known: dict[type, None]) -> dict[type, None]:
    """Add every struct that values of type `kind` hold, however deep, to `known`."""
    for inner in typing.get_args(kind):
        held(inner, known)
    struct = isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    if struct and kind not in known and kind is not Problem:
        known[kind] = None
        for hint in typing.get_type_hints(kind).values():
            held(hint, known)
    return known


def test_every_field_that_a_template_can_reach_is_documented() -> None:
    text = TEMPLATES.read_text(encoding="utf-8")
    words = HIDDEN | set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", text))))
    kinds: dict[type, None] = {}
    for kind in LISTED:
        held(kind, kinds)

    missing = [
        f"{kind.__name__}.{name}"
        for kind in kinds
        for name in kind.__struct_fields__  # type: ignore[attr-defined]  # every one is a struct
        if name not in words
    ]
    assert missing == []


THEME = tree(ROOT / "templates")


@pytest.mark.parametrize("name", [name for name in THEME if "/" not in name])
def test_what_each_template_is_given_is_documented(name: str) -> None:
    """A template may use what its row names, and what templates that it uses set themselves."""
    [row] = [
        line
        for line in TEMPLATES.read_text(encoding="utf-8").splitlines()
        if re.match(rf"\|[^|]*`{re.escape(name)}`[^|]*\|[^|]*\|[^|]*\|$", line)
    ]
    given = set(re.findall(r"`(\w+)`", row.rsplit("|", 2)[1]))

    own = meta.find_undeclared_variables(parsed(name))
    frame = {"words", "direction", "metadata"}
    assert own - given - frame - ({"page", "site"} if name == "base.html" else set()) == set()


def parsed(name: str) -> nodes.Template:
    """Return the parsed template `name`."""
    environment = jinja2.Environment()
    environment.filters |= filling.FILTERS
    return environment.parse(THEME[name].decode())


def test_every_block_and_every_partial_that_expects_more_is_documented() -> None:
    text = TEMPLATES.read_text(encoding="utf-8")
    blocks = {
        (block.name, name)
        for name in THEME
        for tree_ in [parsed(name)]
        if not list(tree_.find_all(nodes.Extends))
        for block in tree_.find_all(nodes.Block)
    }
    own = {("about", "term.html")}  # a block of its own in a template that extends another
    expecting = [name for name, data in THEME.items() if b"Expects" in data.split(b"#}")[0]]

    assert [pair for pair in blocks | own if "| `{}` | `{}` |".format(*pair) not in text] == []
    assert [name for name in expecting if f"`{name}`" not in text] == []


def test_every_filter_is_documented() -> None:
    text = (ROOT / "docs/templates.md").read_text(encoding="utf-8")

    assert {name for name in filling.FILTERS if f"| `{name}` |" not in text} == set()
