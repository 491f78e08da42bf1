"""The guide says what each message means: every one that the program's source holds."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from conftest import ROOT

SOURCE = ROOT / "src/briefsite"
TEXT = (ROOT / "content/guide/errors.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(.+?)` \| (.+) \|$", TEXT, re.MULTILINE)
"""Message and meaning; `…` stands for what differs from case to case."""
CALLS = {"Problem", "DateError", "UrlError", "fault", "warn"}
CALLS |= {"_problem", "_fault", "_warn", "_in_the_way"}
"""What makes a message, or hands one on: it is the first argument with a space in it."""
PAIRS = ["… is also made from …", "… needs a folder where … puts a file"]
"""What outputs yields with the two outputs that it tells of."""
ELSEWHERE = {
    "checks/findings.py": "findings have a page of their own, checks.md",
    "checks/pages.py": "what a build says of a page that cannot be made",
    "importer/__init__.py": "the report of an import is explained in jekyll.md",
    "importer/report.py": "the same",
}
"""Whose messages are said elsewhere."""
Names: TypeAlias = dict[str, list[ast.expr]]


def texts(node: ast.expr, names: Names) -> list[str]:
    """Return every text that an expression can be, with `…` for what is not known."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp():
            return texts(node.body, names) + texts(node.orelse, names)
        case ast.Name() if node.id in names:
            return [text for value in names[node.id] for text in texts(value, names)]
        case ast.Call(func=ast.Attribute(attr="lower", value=inner)):
            return texts(inner, names)
        case ast.JoinedStr():
            found = [""]
            for part in node.values:
                inside = part.value if isinstance(part, ast.FormattedValue) else part
                known = texts(inside, names)
                rest = known if any(known) else ["…"]
                found = [one + other for one in found for other in rest]
            return found
    return []


def scopes(tree: ast.Module) -> Iterator[list[ast.AST]]:
    """Yield the nodes of each function, and of the module, without those of functions inside."""
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef | ast.Module):
            found: list[ast.AST] = []
            waiting = list(ast.iter_child_nodes(scope))
            while waiting:
                node = waiting.pop()
                found.append(node)
                if not isinstance(node, ast.FunctionDef):
                    waiting += ast.iter_child_nodes(node)
            yield found


def messages(file: Path) -> Iterator[str]:
    """Yield every message that the source file `file` can give."""
    for nodes in scopes(ast.parse(file.read_text(encoding="utf-8"))):
        names: Names = {}
        for node in nodes:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                names.setdefault(node.targets[0].id, []).append(node.value)
        for node in nodes:
            if (said := spoken(node, file.parent.name)) is not None:
                found = (texts(item, names) for item in said)
                yield from next((t for t in found if any(re.search(r"\S \S", x) for x in t)), [])


def spoken(node: ast.AST, folder: str) -> list[ast.expr] | None:
    """Return what a call that makes a message is given, or what an output's fault yields."""
    match node:
        case ast.Call() if called(node) in CALLS:
            return node.args
        case ast.Yield(value=ast.Tuple(elts=[_, message, *_])) if folder == "outputs":
            return [message]
    return None


def called(call: ast.Call) -> str:
    """Return the name of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def said() -> set[str]:
    """Return every message of the program that says something by itself."""
    found = {
        message
        for file in SOURCE.rglob("*.py")
        if file.relative_to(SOURCE).as_posix() not in ELSEWHERE
        for message in messages(file)
    }
    return {message for message in found if re.search(r"[a-z]{2}", message.replace("…", ""))}


def test_the_guide_explains_every_message_of_the_program_and_no_other() -> None:
    explained = {message for message, _ in ROWS}
    every = said() | {*PAIRS}

    assert sorted(every - explained) == []
    assert sorted(explained - every) == []
