"""What the preview adds to a page: its reload script, what is not public, what is wrong."""

import re
from collections.abc import Iterable, Sequence
from html import escape, unescape
from itertools import islice
from pathlib import Path

from briefsite.errors import Problem, printable
from briefsite.model import Withheld

STYLE_PATH, SCRIPT_PATH = "/livereload.css", "/livereload.js"
AROUND = 3
"""Lines of a source that are shown above and below the one at fault."""
_LONGEST = 400
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
_POLICY = re.compile(
    rb"""<meta\s+http-equiv=["']?Content-Security-Policy["']?\s+content="([^"]*)"\s*/?>""",
    re.IGNORECASE,
)
_BARE = b"<!DOCTYPE html><html><head><title>Preview</title></head><body></body></html>"
STYLE = """\
.briefsite-preview {
  all: initial; display: block; box-sizing: border-box; position: relative; z-index: 2147483646;
  padding: .6em 1em; background: #7a4b00; color: #fff; font: 15px/1.5 system-ui, sans-serif;
}
.briefsite-preview * { all: revert; color: inherit }
.briefsite-preview strong { font-weight: 650 }
.briefsite-preview.fault {
  position: sticky; top: 0; max-height: 80vh; overflow: auto;
  background: #8b1a1a; box-shadow: 0 2px 12px #0006;
}
.briefsite-preview.fault ul { margin: .4em 0; padding: 0; list-style: none }
.briefsite-preview.fault li + li { margin-top: .8em }
.briefsite-preview.fault pre {
  margin: .4em 0 0; padding: .5em .7em; overflow: auto; background: #0005; tab-size: 4;
  font: 13px/1.5 ui-monospace, monospace;
}
.briefsite-preview.fault mark { display: block; background: #fff3; color: inherit }
.briefsite-preview ~ main .opening > .status { display: none }
@media print { .briefsite-preview { display: none } }
"""


def decorate(
    html: bytes,
    *,
    host: str,
    withheld: Sequence[Withheld] = (),
    own: bool = False,
    problems: Sequence[Problem] = (),
    roots: Sequence[Path] = (),
) -> bytes:
    """Return a page with what the preview adds to it and nothing else changed.

    `host` is where the reload script connects to; of files in `roots` lines may be quoted.
    """
    port = host.rpartition(":")[2] if ":" in host.rpartition("]")[2] else "80"
    head = f'<script src="{SCRIPT_PATH}?port={port}" defer></script>'
    top = ""
    if withheld or problems:
        head += f'<link rel="stylesheet" href="{STYLE_PATH}">'
    if withheld and own:
        head += '<meta name="robots" content="noindex">'
    if problems:
        top += _faults(problems, roots)
    if withheld:
        top += _banner(withheld, own)
    return _inserted(_allowed(html or _BARE, host), head.encode(), top.encode())


def _inserted(html: bytes, head: bytes, top: bytes) -> bytes:
    end, body = _HEAD_END.search(html), _BODY.search(html)
    if end is None:
        return head + top + html
    at = body.end() if body else len(html)
    return html[: end.start()] + head + html[end.start() : at] + top + html[at:]


def _allowed(html: bytes, host: str) -> bytes:
    """Return the page with its content security policy open for the preview's own parts alone."""

    def open_(found: "re.Match[bytes]") -> bytes:
        said = unescape(found[1].decode("utf-8", "replace"))
        policy = {
            name.lower(): values
            for name, *values in (words for words in map(str.split, said.split(";")) if words)
        }
        for name, needs in (
            ("script-src", ["'self'"]),
            ("style-src", ["'self'"]),
            ("connect-src", ["'self'", f"ws://{host}"]),
        ):
            given = [value for value in policy.get(name, []) if value != "'none'"]
            policy[name] = list(dict.fromkeys([*given, *needs]))
        text = "; ".join(" ".join([name, *values]) for name, values in policy.items())
        return f'<meta http-equiv="Content-Security-Policy" content="{escape(text)}">'.encode()

    return _POLICY.sub(open_, html, count=1)


def _banner(withheld: Sequence[Withheld], own: bool) -> str:
    if own:
        said = f"<strong>Not public: {escape(withheld[0].reason)}.</strong> {_when(withheld[0])}"
    else:
        items = "; ".join(f"{item.source} ({item.reason})" for item in withheld[:5])
        more = f" and {len(withheld) - 5} more" if len(withheld) > 5 else ""
        said = f"<strong>Shows what is not public yet:</strong> {escape(items)}{more}"
    return f'<aside class="briefsite-preview" role="note">{said}</aside>'


def _when(item: Withheld) -> str:
    if item.until is not None:
        return f"It appears by itself with the first build after {item.until:%Y-%m-%d %H:%M %Z}."
    return f"{escape(item.detail[:1].upper() + item.detail[1:])}; a build leaves it out."


def _faults(problems: Iterable[Problem], roots: Sequence[Path]) -> str:
    items = "".join(f"<li>{_fault(problem, roots)}</li>" for problem in problems)
    return (
        '<aside class="briefsite-preview fault" role="alert"><strong>This page is the last good '
        f"one: the sources need mending.</strong><ul>{items}</ul></aside>"
    )


def _fault(problem: Problem, roots: Sequence[Path]) -> str:
    shown = []
    if problem.line:
        for number, text in around(problem.where, problem.line, roots):
            row = escape(f"{number:>5}  {printable(text[:_LONGEST])}")
            shown.append(f"<mark>{row}</mark>" if number == problem.line else f"{row}\n")
    return escape(str(problem)) + (f"<pre>{''.join(shown)}</pre>" if shown else "")


def around(where: str, line: int, roots: Sequence[Path]) -> list[tuple[int, str]]:
    """Return the lines near `line` of the file `where`, each with its number; none where the file
    does not lie in one of `roots`."""
    for root in roots:
        file = (root / where.removeprefix("theme ")).resolve()
        if not (file.is_relative_to(root.resolve()) and file.is_file()):
            continue
        first = max(1, line - AROUND)
        with file.open(encoding="utf-8", errors="replace") as lines:
            found = islice(lines, first - 1, line + AROUND)
            return [(first + n, text.rstrip("\n")) for n, text in enumerate(found)]
    return []
