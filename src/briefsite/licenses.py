"""Licences: from what authors write to a name and the address of the terms (publishing.md 9)."""

import re

_CREATIVE_COMMONS = "https://creativecommons.org"
_CC = re.compile(r"CC-(BY(?:-NC)?(?:-ND|-SA)?)(?:-(1\.0|2\.0|2\.5|3\.0|4\.0))?")
_ENDING = re.compile(r"(/legalcode|/deed)?(\.[a-z]{2})?/?$")
"""How addresses of one licence's pages differ."""
KNOWN = {
    **{
        f"CC-{kind}-4.0": (
            f"CC {kind} 4.0",
            f"{_CREATIVE_COMMONS}/licenses/{kind.lower()}/4.0/",
        )
        for kind in ("BY", "BY-SA", "BY-ND", "BY-NC", "BY-NC-SA", "BY-NC-ND")
    },
    "CC0-1.0": ("CC0 1.0", f"{_CREATIVE_COMMONS}/publicdomain/zero/1.0/"),
    "PDM-1.0": ("Public domain", f"{_CREATIVE_COMMONS}/publicdomain/mark/1.0/"),
    "OGL-UK-3.0": (
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    "ALL-RIGHTS-RESERVED": ("All rights reserved", ""),
}
"""Name and address by id, in capitals."""
_NAMES = {url: name for name, url in KNOWN.values() if url}


def license_of(said: str) -> tuple[str, str] | None:
    """Return name and address of the licence in words of an author: an id of SPDX such as
    `CC-BY-4.0`, the same with spaces, or the address of any licence; None for anything else."""
    if said.startswith(("https://", "http://")):
        plain = _ENDING.sub("/", said.replace("http:", "https:", 1), count=1)
        return (_NAMES[plain], plain) if plain in _NAMES else (said, said)
    id_ = re.sub(r"[\s_]+", "-", said.strip()).upper()
    older = _CC.fullmatch(id_)
    if older and id_ not in KNOWN:
        kind, version = older[1], older[2] or "4.0"
        url = f"{_CREATIVE_COMMONS}/licenses/{kind.lower()}/{version}/"
        return f"CC {kind} {version}", url
    return KNOWN.get(id_)
