"""Why an output is made anew or kept: the last build's memory against what is there now."""

from collections.abc import Iterable, Iterator
from typing import Any

from briefsite.library import File, Library
from briefsite.manifest import Manifest
from briefsite.model import Brief, Link
from briefsite.outputs.output import Output
from briefsite.renderer import Shared, View
from briefsite.values import Struct, fields

SETTINGS = "site.yaml, the site's address or briefsite itself changed"


def why_made(
    output: Output, old: Manifest, reading: str, library: Library, texts: dict[str, str]
) -> tuple[str, ...]:
    """Return in words what made `output` stale; `texts` are the digests of the templates."""
    record = old.outputs.get(output.path)
    if record is None:
        return ("the last build did not make it",)
    found = [SETTINGS] if old.reading != reading else []
    found += dict.fromkeys(_changes(output.inputs, old, library, texts))
    gone = "its file in the output folder is missing, or something else changed it"
    return tuple(found) or (
        "something that it shows of other pages changed: their order, addresses or lists",
        f"or {gone}",
    )


def _changes(inputs: Any, old: Manifest, library: Library, texts: dict[str, str]) -> Iterator[str]:
    by_url = {brief.url: brief for brief in library.briefs}
    by_source = {brief.source: brief for brief in library.briefs}
    for value in _parts(inputs):
        if isinstance(value, Brief):
            yield from _brief(by_source.get(value.source, value), old)
        elif isinstance(value, Link) and value.url in by_url:
            yield from _brief(by_url[value.url], old, only=[item.name for item in fields(value)])
        elif isinstance(value, View):
            yield from _templates(value.template.uses, old, texts)
        elif isinstance(value, File):
            record = old.sources.get(value.path)
            if record is None or record.digest != value.digest:
                yield f"{value.path} is new or changed"


def _parts(value: Any) -> Iterator[Any]:
    """Yield every value in the inputs of an output."""
    yield value
    if isinstance(value, tuple | list):
        for item in value:
            yield from _parts(item)
    elif isinstance(value, Struct) and not isinstance(value, Brief | Link | Shared):
        for item in fields(value):
            yield from _parts(getattr(value, item.name))


def _brief(brief: Brief, old: Manifest, only: Iterable[str] = ()) -> Iterator[str]:
    record = old.sources.get(brief.source)
    before = record.loaded.brief if record and record.loaded else None
    if before is None:
        yield f"{brief.source} is new"
        return
    names = [item.name for item in fields(brief) if item.name != "digest"]
    changed = [
        name
        for name in names
        if getattr(brief, name) != getattr(before, name) and (not only or name in only)
    ]
    if changed and changed != ["words"]:
        yield f"{brief.source}: {', '.join(changed)} changed"
    elif before.digest != brief.digest and not only:
        yield f"{brief.source}: its text changed"


def _templates(names: Iterable[str], old: Manifest, texts: dict[str, str]) -> Iterator[str]:
    for name in names:
        if old.texts.get(name) != texts.get(name):
            yield f"the template {name} is new or changed"
