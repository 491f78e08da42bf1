"""How large a picture is, from the first bytes of its file."""

import struct
from pathlib import Path
from typing import BinaryIO

Size = tuple[int, int]
"""Width and height in pixels."""
_MOST = 200
"""Segments of a JPEG before the one that tells its size: a camera's previews fill some dozen."""


def size_of(path: Path) -> Size | None:
    """Return the size of a PNG, GIF, JPEG or WebP file; None of any other, of one that is broken
    and of one that cannot be read."""
    try:
        with path.open("rb") as file:
            size = _size(file, file.read(30))
    except (OSError, struct.error):
        return None
    return size if size and all(size) else None


def _size(file: BinaryIO, head: bytes) -> Size | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        return _two(">II", head, 16)
    if head.startswith((b"GIF87a", b"GIF89a")):
        return _two("<HH", head, 6)
    if head.startswith(b"\xff\xd8"):
        file.seek(2)
        return _jpeg(file)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return _webp(head)
    return None


def _two(form: str, data: bytes, start: int) -> Size:
    width, height = struct.unpack_from(form, data, start)
    return width, height


def _jpeg(file: BinaryIO) -> Size | None:
    """Return what the frame's header says (ITU T.81, B.2.2)."""
    for _ in range(_MOST):
        mark, code, length = struct.unpack(">BBH", file.read(4))
        if mark != 0xFF:
            return None
        if 0xC0 <= code <= 0xCF and code not in (0xC4, 0xC8, 0xCC):
            height, width = _two(">HH", file.read(5), 1)
            return width, height
        file.seek(length - 2, 1)
    return None


def _webp(head: bytes) -> Size | None:
    """Return what the first chunk says, whichever of the three kinds it is (RFC 9649)."""
    kind = head[12:16]
    if kind == b"VP8 ":
        width, height = _two("<HH", head, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        sides = head[24:27], head[27:30]
        width, height = (int.from_bytes(side, "little") + 1 for side in sides)
        return width, height
    return None
