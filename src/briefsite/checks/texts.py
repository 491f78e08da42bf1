"""What the text of a brief says to its author: images, headings, marks left over."""

from collections.abc import Iterable, Iterator

from briefsite.checks.addresses import odd, readable
from briefsite.checks.authors import odd_notes
from briefsite.checks.findings import Finding
from briefsite.front_matter import Yaml, load, split
from briefsite.loader import is_html, read_text
from briefsite.model import Brief
from briefsite.prose import excerpts
from briefsite.prose.marks import Mark, html_marks, marks
from briefsite.prose.reading import is_drawn, is_placeholder
from briefsite.renderer import Entry, Renderer
from briefsite.values import Struct


class Written(Struct, frozen=True):
    """A document as its author wrote it."""

    brief: Brief
    marks: tuple[Mark, ...]
    yaml: Yaml
    """Its front matter, which knows its lines."""
    has_standfirst: bool

    def line(self, key: str) -> int:
        """Return the line of a key of front matter, of the first key where it is not there."""
        return self.yaml.line((key,)) or 1


def read(renderer: Renderer, entry: Entry) -> Written:
    """Return the document of `entry`; BriefsiteError where its file cannot be read."""
    brief = entry.brief
    block, body, _ = split(read_text(renderer.project, brief.source).text, brief.source)
    yaml = load(block, brief.source, 2) if block is not None else Yaml(brief.source, {})
    if is_html(brief.source):
        found = html_marks(body, brief.body_line)
    else:
        text, _ = renderer.liquid(entry, excerpts.mark(body, brief.separator), "/")
        found = marks(text, body.split("\n"), renderer.options, brief.body_line)
    cut = not brief.separator.strip() or brief.separator in body
    return Written(brief, tuple(found), yaml, cut or brief.excerpt_is_text)


def findings(written: Written) -> Iterator[Finding]:
    """Yield what the document's own file says, whatever page it becomes."""
    brief = written.brief
    for mark in written.marks:
        for rule, message, hint in _of_mark(mark):
            yield Finding(rule, brief.source, mark.line, message, hint)
    yield from _headings(brief, written.marks)
    if brief.image and not brief.image_alt:
        what, hint = "the lead image has no alternative text", "add 'image_alt: what it shows'"
        yield Finding("missing-alt", brief.source, written.line("image"), what, hint)
    if brief.dated and not written.has_standfirst:
        what = f"nothing ends the standfirst: {brief.separator} never occurs"
        hint = f"write {brief.separator} on a line of its own below it"
        yield Finding("missing-standfirst", brief.source, brief.body_line, what, hint)
    for rule, what in odd_notes(brief) if brief.dated else ():
        key = "authors" if "authors" in written.yaml.values else "author"
        yield Finding(rule, brief.source, written.line(key), what)


def _of_mark(mark: Mark) -> Iterator[tuple[str, str, str]]:
    if mark.kind in ("link", "image") and (found := odd(mark.value)):
        noun = "the link to" if mark.kind == "link" else "the image"
        yield "odd-address", f"{noun} {readable(mark.value)}: {found[0]}", found[1]
    if mark.kind == "image" and mark.words is not None:
        yield from _image(mark.value, mark.words.strip(), mark.caption)
    elif mark.kind == "link":
        if mark.words == "":
            hint = "write [what it leads to](address)"
            yield "empty-link", f"the link to {mark.value} has no words", hint
    elif mark.kind == "literal" and "[" in mark.value:
        yield "literal-markdown", *_untaken(mark.value)
    elif mark.kind == "literal":
        what = f"'{mark.value}' is left in the text: it begins or ends no emphasis"
        yield "literal-markdown", what, f"close it, or write '\\{mark.value}' if it is meant"
    elif mark.kind == "marker":
        what = f"a line with '{mark.value}' alone is an empty item, or makes a heading"
        yield "lone-marker", what, "delete it, or write '---' for a rule"


def _untaken(text: str) -> tuple[str, str]:
    """Return what is wrong with the mark of a note or a link that is left in the text, and what to
    write instead."""
    if text.startswith("[^"):
        hint = f"write '{text}: where it comes from' below, on a line of its own"
        return f"'{text}' is left in the text: there is no such note", hint
    words, _, address = text.removesuffix(")").partition("](")
    hint = f"write {words}](<{address}>): there are blanks in the address"
    if not address:
        hint = "write no blank between ']' and '('"
    elif odd(address):
        hint = (odd(address) or ("", ""))[1]
    return f"'{text}' is left in the text: it is read as no link", hint


def _image(address: str, words: str, caption: str) -> Iterator[tuple[str, str, str]]:
    drawn = is_drawn(caption)
    if not is_placeholder(words, address) or (caption and not drawn):
        return
    shown = address if len(address) < 100 else f"{address[:99]}…"
    but = ", and its caption does not say what it shows" if drawn else ""
    if not words:
        hint = 'write ![what it shows](file.png), or {: role="presentation"} behind decoration'
        yield "missing-alt", f"the image {shown} has no alternative text{but}", hint
    else:
        what = f"the alternative text of the image {shown} is '{words}'{but}"
        yield "placeholder-alt", what, "say what it shows, for those who cannot see it"


def _headings(brief: Brief, found: Iterable[Mark]) -> Iterator[Finding]:
    last = 0
    for mark in found:
        if mark.kind != "heading":
            continue
        rule = what = hint = ""
        if mark.level == 1:
            rule, hint = "second-title", "write <h2>"
            what = "a heading of level 1 stands beside the title"
        elif not last and mark.level > 2:
            rule, hint = "heading-start", "begin with the highest level that the text has"
            what = f"the first heading has level {mark.level}, below a title of level 1"
        elif last and mark.level > last + 1:
            rule, hint = "heading-jump", "put it one level below the heading above it"
            what = f"a heading of level {mark.level} follows one of level {last}"
        last = mark.level
        if rule:
            yield Finding(rule, brief.source, mark.line, what, hint)
