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
from briefsite.outputs import corrections, feed_formats, hubs, metadata, sitemap, views
from briefsite.people import Author
from briefsite.schema import Setting, settings

HEAD = """\
---
title: Configuration
description: "Every key of site.yaml and of front matter, its value, its default and what it does"
---

_I want to know every key there is, and what it does._

<!--more-->

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


COMMANDS = """\
---
title: Commands
description: "Every command of briefsite, its options, and what they do"
---

_I want to know what a command can do, and how it is spelled._

<!--more-->

This is what `briefsite COMMAND --help` says. `[SOURCE]` is the site's folder, this one if none is
named. The exit status is 0 for success, 1 for a problem in the site and 2 for a mistake on the
command line. Where `--now` is not given, `SOURCE_DATE_EPOCH` sets the moment of a build.
"""


def cell(text: str) -> str:
    """Return a cell of a table."""
    return " ".join(text.split()).replace("|", r"\|")


def manual() -> str:
    """Return the page of the commands, made from their own help."""
    parts = [COMMANDS]
    for name, command in commands():
        context = click.Context(command, info_name=f"briefsite {name}")
        usage = " ".join(command.collect_usage_pieces(context))
        parts += [f"## briefsite {name}\n", f"`briefsite {name} {usage}`\n"]
        parts.append(f"{cell(command.help or '')}\n")
        options = [p for p in command.params if isinstance(p, click.Option)]
        records = [option.get_help_record(context) for option in options]
        rows = [f"| `{cell(record[0])}` | {cell(record[1])} |" for record in records if record]
        if rows:
            parts.append("\n".join(["| option | |", "|---|---|", *rows, ""]))
    return "\n".join(parts)


MADE = {"configuration": reference, "commands": manual}
"""The pages of the guide that say what the program says."""


@pytest.mark.parametrize("page", MADE)
def test_the_guide_says_what_the_program_says(page: str, request: pytest.FixtureRequest) -> None:
    file = ROOT / f"content/guide/{page}.md"
    if request.config.getoption("--update"):
        file.write_text(MADE[page](), encoding="utf-8")

    assert file.read_text(encoding="utf-8") == MADE[page]()


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_every_command_and_option_has_help(name: str, command: click.Command) -> None:
    options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]

    assert command.help
    assert [option.opts for option in options if not option.help] == []


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [name for name, _ in commands() if f"briefsite {name}" not in text] == []


def of_templates() -> str:
    """Return what the guide says of templates."""
    return "".join((ROOT / f"content/guide/{name}.md").read_text("utf-8") for name in ABOUT_THEM)


ABOUT_THEM = ("templates", "themes")
KINDS: dict[str, Any] = {
    "site": assembler.Facts,
    "page": views.Page,
    "pager": views.Pager,
    "feed": feed_formats.Feed,
    "article": model.Article,
}


@pytest.mark.parametrize("name", KINDS)
def test_every_template_variable_is_documented(name: str) -> None:
    text = of_templates()
    names = {item.name for item in msgspec.structs.fields(KINDS[name])} - HIDDEN

    assert {item for item in names if f"`{name}.{item}`" not in text} == set()


HIDDEN = {"source", "problems", "translation_of", "translations"}
"""What templates can reach and need not: the last two are what `page.editions` is made from."""
LISTED = (
    *KINDS.values(),
    views.Card,
    views.Section,
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
    text = of_templates()
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
        for line in of_templates().splitlines()
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
    text = of_templates()
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
    text = (ROOT / "content/guide/templates.md").read_text(encoding="utf-8")

    assert {name for name in filling.FILTERS if f"| `{name}` |" not in text} == set()


def inline() -> list[str]:
    """Return what stands between backticks in running text, in the guide and the README."""
    files = [ROOT / "README.md", *sorted((ROOT / "content/guide").glob("*.md"))]
    found = []
    for file in files:
        text = re.sub(r"```.*?```", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        found += [" ".join(code.split()) for code in re.findall(r"`([^`]+)`", text)]
    return found


def test_every_command_that_running_text_names_is_one_with_these_options() -> None:
    known = {
        f"briefsite {name}": {opt for p in command.params for opt in (*p.opts, *p.secondary_opts)}
        for name, command in commands()
    }
    known |= {"briefsite": {"--help", "--version", "--debug"}}
    wrong = []
    for code in (code for code in inline() if re.match(r"briefsite( |$)", code)):
        named = max((name for name in known if f"{code} ".startswith(f"{name} ")), key=len)
        options = set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", code.removeprefix(named)))
        rest = code.removeprefix(named).split()
        if not options <= known[named] | {"--help"} or (named == "briefsite" and rest):
            wrong.append(code)

    assert wrong == ["briefsite COMMAND --help"]


def test_every_key_with_a_value_that_running_text_names_is_read() -> None:
    rows = [*settings(Config), *settings(FrontMatter), *settings(Author)]
    known = {part.removesuffix("[]") for item in rows for part in item.name.split(".")}
    said = {match[1] for code in inline() if (match := re.match(r"([a-z_]+):( |$)", code))}

    # A key of one's own, one of kramdown's, the form itself, and a scheme.
    assert said - known == {"position", "auto_ids", "key", "mailto"}
    assert len(said) > 20
