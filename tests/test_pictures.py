"""Sizes of pictures, from the first bytes that each format begins with."""

import struct
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from briefsite.pictures import size_of

JPEG = b"\xff\xd8" + b"\xff\xe0\x00\x10JFIF\x00" + bytes(9) + b"\xff\xe1\x40\x00" + bytes(0x3FFE)
FRAME = b"\xff\xc2\x00\x11\x08" + struct.pack(">HH", 123, 321) + bytes(10)
RIFF = b"RIFF\x26\x00\x00\x00WEBP"
FILES = {
    "gif": (b"GIF89a" + struct.pack("<HH", 321, 123) + bytes(20), (321, 123)),
    "jpeg": (JPEG + FRAME, (321, 123)),
    "webp, lossy": (RIFF + b"VP8 " + bytes(7) + b"\x9d\x01\x2a\x41\x01\x7b\x40", (321, 123)),
    "webp, lossless": (RIFF + b"VP8L\x1a\x00\x00\x00\x2f\x40\x81\x1e\x00" + bytes(9), (321, 123)),
    "webp, extended": (RIFF + b"VP8X" + bytes(8) + b"\x40\x01\x00\x7a\x00\x00", (321, 123)),
    "webp, another": (RIFF + b"VP9 " + bytes(14), None),
    "jpeg, cut off": (JPEG[:900], None),
    "jpeg, no frame": (JPEG + b"\x00\x00\x00\x00", None),
    "gif of no size": (b"GIF89a" + bytes(20), None),
    "svg": (b"<svg width='9' height='9'/>" + bytes(9), None),
    "empty": (b"", None),
}


@pytest.mark.parametrize("name", FILES)
def test_a_picture_tells_its_size(tmp_path: Path, name: str) -> None:
    data, size = FILES[name]
    (tmp_path / "x").write_bytes(data)

    assert size_of(tmp_path / "x") == size


def test_a_real_picture_tells_its_size_and_what_is_not_there_none(tmp_path: Path) -> None:
    assert size_of(ROOT / "docs/light.png") == (1280, 800)
    assert size_of(tmp_path / "x") is None


@given(st.sampled_from([b"\x89PNG\r\n\x1a\n", b"GIF87a", b"\xff\xd8", RIFF]), st.binary())
def test_whatever_follows_is_read_without_an_error(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, rest: bytes
) -> None:
    path = tmp_path_factory.mktemp("picture") / "x"
    path.write_bytes(start + rest)
    size = size_of(path)

    assert size is None or min(size) > 0
