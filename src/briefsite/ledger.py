"""published.lock: what was published, so that no build loses an address or a feed id unseen."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from briefsite.assembler import Site
from briefsite.config import Project, base_url_of
from briefsite.errors import BriefsiteError, Problem
from briefsite.sieve import LEDGER
from briefsite.urls import UrlError, fold, output_path
from briefsite.values import Struct

HEAD = "# briefsite publication ledger: file, address, feed id, first published. Keep it in git.\n"
_FIELDS = 4


class Line(Struct, frozen=True, order=True):
    """One published document."""

    id: str
    """Its file, from the content folder: what tells documents apart when addresses change."""
    url: str
    feed_id: str
    published: str
    """The day, or `-`."""

    def __str__(self) -> str:
        return "\t".join((self.id, self.url, self.feed_id, self.published))


def lines_of(project: Project, site: Site) -> tuple[Line, ...]:
    """Return the line of each public document, sorted.

    Feed ids hold the site's address: one that is only lent for this build gives none.
    """
    found = []
    lasting = bool(project.base_url) and project.base_url == base_url_of(project.config)
    for brief in site.documents:
        moment = brief.published
        day = f"{moment.astimezone(project.zone):%Y-%m-%d}" if moment else "-"
        feed_id = site.ids[brief.source][0] if brief.dated and lasting else "-"
        found.append(Line(project.inside(brief.source), brief.url, feed_id, day))
    return tuple(sorted(found))


def read(root: Path) -> tuple[Line, ...] | None:
    """Return the ledger of the site in `root`; None where it keeps none."""
    try:
        text = (root / LEDGER).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise BriefsiteError(Problem(LEDGER, "this file is not UTF-8")) from None
    found, faults = [], []
    for number, line in enumerate(text.split("\n"), start=1):
        parts = line.rstrip("\r").split("\t")
        if len(parts) == _FIELDS:
            found.append(Line(*parts))
        elif line.strip() and not line.startswith("#"):
            what = "this is no line of the ledger: file, address, feed id and day between tabs"
            faults.append(Problem(LEDGER, what, number, "take back the last change of this file"))
    if faults:
        raise BriefsiteError(*faults)
    return tuple(found)


def write(root: Path, lines: Iterable[Line]) -> None:
    """Write the ledger at once, sorted."""
    new = root / f"{LEDGER}.new"
    new.write_text(HEAD + "".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
    new.replace(root / LEDGER)


def merged(kept: Iterable[Line], now: Iterable[Line]) -> tuple[Line, ...]:
    """Return what stands in the ledger and all that is new: nothing published leaves it."""
    known = {(line.id, line.url): line for line in now}
    for line in kept:
        new = known.get((line.id, line.url))
        if new is None or line.feed_id != "-":
            known[line.id, line.url] = line
    return tuple(sorted(known.values()))


def check(
    project: Project, kept: Iterable[Line], now: Iterable[Line], outputs: Iterable[str]
) -> Iterator[Problem]:
    """Yield an error, with the line that mends it, for each address that would be lost and each
    feed id that would change."""
    alive = {fold(path) for path in outputs}
    present = {line.id: line for line in now}
    for line in kept:
        found = present.get(line.id)
        file = "/".join(filter(None, (project.content_path, line.id)))
        if not _is_alive(line.url, alive):
            gone = "" if found else f"; its file {file} is gone or not public"
            what = f"the published address {line.url} would be lost{gone}"
            whose = "its front matter" if found else "the front matter of what takes its place"
            hint = f"add to {whose} 'redirect_from: [{line.url}]'"
            yield Problem(file if found else LEDGER, what, hint=hint)
        if found and "-" not in (line.feed_id, found.feed_id) and line.feed_id != found.feed_id:
            what = f"its feed id would change from {line.feed_id} to {found.feed_id}"
            yield Problem(file, what, hint=f"add to its front matter 'feed_id: {line.feed_id}'")


def _is_alive(url: str, outputs: set[str]) -> bool:
    try:
        path = fold(output_path(url))
    except UrlError:
        return False
    return path in outputs or f"{path}.html" in outputs
