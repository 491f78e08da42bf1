"""Addresses: short names for values, equal only where the values are."""

import hashlib
from pathlib import Path
from typing import Any

from briefsite.schema import pack

_CHUNK = 1 << 20


def digest(*values: Any) -> str:
    """Return 32 hexadecimal digits that stand for `values`, the same in every process and on every
    machine."""
    return digest_bytes(pack(values))


def digest_bytes(data: bytes | memoryview) -> str:
    """Return 32 hexadecimal digits that stand for `data`."""
    return hashlib.sha256(data).hexdigest()[:32]


class Seal:
    """Makes a digest of bytes that come one after another."""

    def __init__(self) -> None:
        self._state = hashlib.sha256()
        self.update = self._state.update

    def digest(self) -> str:
        """Return what `digest_bytes` would of all bytes so far."""
        return self._state.hexdigest()[:32]


def digest_file(path: Path) -> str:
    """Return the digest of a file's bytes, read in chunks; OSError where it cannot be read."""
    seal = Seal()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            seal.update(chunk)
    return seal.digest()
