"""Compiled templates, kept between builds: to compile a page's takes longer than to fill it."""

import contextlib
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from briefsite.digest import digest_bytes

_DIGEST = len(digest_bytes(b""))


class Compiled(jinja2.BytecodeCache):
    """Keeps the code of each template in a file of its own. What cannot be read, or was made from
    other texts, is as good as none; where nothing can be written each build compiles anew."""

    def __init__(self, folder: Path, stamp: Callable[[], str]) -> None:
        """Take the folder, and what gives the digest of all that code is made from."""
        self.folder, self._stamp_of = folder, stamp

    @cached_property
    def _stamp(self) -> str:
        return f"{sys.implementation.cache_tag} {sys.hexversion} {self._stamp_of()}"

    def bucket(self, environment: jinja2.Environment, name: str) -> Bucket:
        """Return the place of a template's code, which is in it if it is kept."""
        return self.get_bucket(environment, name, None, self._stamp)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket` with what is kept: marshal would trust bytes that a disk has damaged."""
        with contextlib.suppress(OSError):
            data = self._file(bucket).read_bytes()
            said, code = data[:_DIGEST], data[_DIGEST:]
            if said == digest_bytes(code).encode():
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in `bucket`."""
        code, file = bucket.bytecode_to_string(), self._file(bucket)
        with contextlib.suppress(OSError):
            file.parent.mkdir(exist_ok=True)
            temporary = file.with_suffix(".new")
            temporary.write_bytes(digest_bytes(code).encode() + code)
            temporary.replace(file)

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key[:16]}.code"
