"""What the rest of the program must know of Liquid before there is any."""

from briefsite.values import Struct

LINK, POST = "link:", "post:"
"""How `{% link %}` and `{% post_url %}` are written among a brief's targets."""


class Needs(Struct, frozen=True):
    """What the Liquid in a body names."""

    targets: tuple[str, ...]
    """`link:PATH` and `post:NAME`, sorted."""
    includes: tuple[str, ...]
    """Names of included files, sorted."""


def may_hold(text: str) -> bool:
    """Return whether `text` may hold Liquid."""
    return "{{" in text or "{%" in text
