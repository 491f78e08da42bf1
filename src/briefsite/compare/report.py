"""What `compare` prints: what breaks first, with what mends it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from briefsite.compare.differences import Change, Differences, diff

FEW = 3
LONG = 160


def lines(found: Differences, *, every: bool = False) -> Iterator[str]:
    """Yield the report; of equal differences the first few, or all of them."""
    if found.lost:
        count = len(found.lost)
        yield f"{_number(count, 'address', 'es')} would break"
        for lost in found.lost:
            yield f"  {lost.address}"
            if lost.successor:
                yield f"    now at {lost.successor}? Add to its front matter:"
                yield f"      redirect_from: [{lost.address}]"
    yield from _group("Redirects", found.redirects, every)
    yield from _group("Feeds", found.feeds, every)
    yield from _group("Pages", found.pages, every)
    yield from _group("Files with other bytes", found.files, every)
    if found.moved:
        yield f"{_number(len(found.moved), 'page')} moved, and the old address leads there"
        yield from _some([f"  {link.url} to {link.title}" for link in found.moved], every)
    if found.appeared:
        yield f"{_number(len(found.appeared), 'page')} appeared"
        yield from _some([f"  {address}" for address in found.appeared], every)
    yield (
        f"{_number(found.compared, 'page')} compared, {found.same} the same in every aspect; "
        + ("this would break what others rely on" if found.breaks else "no address is lost")
    )


def _group(title: str, changes: list[Change], every: bool) -> Iterator[str]:
    """Yield the differences of one kind of thing, by aspect."""
    aspects: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        aspects[change.aspect].append(change)
    for aspect, items in aspects.items():
        yield f"{title}, {aspect}: {len(items)}"
        for change in items if every else items[:FEW]:
            yield f"  {change.address}"
            for line in diff(change.old, change.new, LONG if every else 2 * FEW):
                yield f"    {line[:LONG]}{'…' if len(line) > LONG else ''}"
        if len(items) > FEW and not every:
            yield f"  and {len(items) - FEW} more (--all shows them)"


def _some(items: list[str], every: bool) -> Iterable[str]:
    if every or len(items) <= FEW:
        return items
    return [*items[:FEW], f"  and {len(items) - FEW} more (--all shows them)"]


def _number(count: int, noun: str, plural: str = "s") -> str:
    return f"{count} {noun}{'' if count == 1 else plural}"
