"""Files for reference managers: beside each brief, and of the whole site (publishing.md 6)."""

from collections.abc import Iterator

from briefsite.assembler import Site
from briefsite.citations import FORMATS, Citation, beside
from briefsite.outputs.output import Desk, Output
from briefsite.outputs.pages import narrow
from briefsite.outputs.views import Listed
from briefsite.renderer import Entry, Renderer
from briefsite.values import replace

_WHOLE = {"BibTeX": "citations.bib", "CSL-JSON": "citations.json"}


def plan(site: Site, desk: Desk) -> Iterator[Output]:
    """Yield the files beside each dated brief, with an abstract, and those of the listed briefs
    together, without; a file of the site's own at their path wins."""
    taken = {asset.output for asset in site.assets}
    outputs = (*_beside(site, desk), *_whole(site))
    yield from (output for output in outputs if output.path not in taken)


def _beside(site: Site, desk: Desk) -> Iterator[Output]:
    listed: tuple[Listed, ...] = desk.shared["briefs"]
    entries = {item.entry.brief.source: item.entry for item in listed}
    for brief in site.documents:
        citation = site.citations.get(brief.source)
        if citation is not None:
            entry = entries.get(brief.source) or narrow(desk.entry(brief))
            stem = beside(brief.output)
            for form in FORMATS:
                inputs = (form.name, citation, entry)
                yield Output(stem + form.ending, make, inputs, brief.source)


def _whole(site: Site) -> Iterator[Output]:
    cited = tuple(c for brief in site.briefs if (c := site.citations.get(brief.source)))
    for name, path in _WHOLE.items() if cited else ():
        yield Output(path, make_whole, (name, cited), "the citations of the whole site")


def make(renderer: Renderer, name: str, citation: Citation, entry: Entry) -> bytes:
    """Make one file of one brief."""
    return make_whole(renderer, name, (replace(citation, abstract=renderer.summary(entry)),))


def make_whole(_: Renderer, name: str, citations: tuple[Citation, ...]) -> bytes:
    """Make one file of many briefs."""
    form = next(form for form in FORMATS if form.name == name)
    return form.write(citations).encode()
