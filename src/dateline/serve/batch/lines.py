"""The input of a batch job as lines: plain or gzip, any length, with a running digest so that a
resumed job can tell whether it is still the same input.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Iterator
from hashlib import blake2b
from typing import IO

from dateline.errors import InputError
from dateline.intake.encoding import GZIP
from dateline.intake.lines import each_line

_BLOCK = 1 << 20


class Lines:
    """Numbered lines of a file or of standard input (``-``).

    Attributes:
        where: the input's name, for messages.
        number: lines read so far.
        offset: bytes read so far, after unpacking.
        size: bytes of the file as it lies on disk, or None where nobody knows.
    """

    def __init__(self, path: str) -> None:
        self.where = "standard input" if path == "-" else path
        try:
            raw = sys.stdin.buffer if path == "-" else open(path, "rb")  # noqa: SIM115  closed by `close`
            about = os.fstat(raw.fileno()) if path != "-" else None
            self.size = about.st_size if about is not None and stat.S_ISREG(about.st_mode) else None
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise InputError(f"cannot read {self.where}: {reason}") from error
        self._raw: IO[bytes] = raw
        self._stream: IO[bytes] = raw
        try:
            packed = raw.peek(2)[:2] == GZIP if isinstance(raw, io.BufferedReader) else False
        except OSError as error:
            raise InputError(f"cannot read {self.where}: {error.strerror or error}") from error
        if packed:
            self._stream = io.BufferedReader(gzip.GzipFile(fileobj=raw))
        self._digest = blake2b(digest_size=16)
        self.number = 0
        self.offset = 0

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        """The lines that are left; see `each_line`."""
        for size, line in each_line(self._read, at_start=self.number == 0):
            self.number += 1
            yield size, line

    def skip(self, offset: int, number: int, digest: str) -> bool:
        """Go to `offset`, just after line `number`, if what lies before still has this digest."""
        while self.offset < offset:
            if not self._read_block(min(_BLOCK, offset - self.offset)):
                return False
        self.number = number
        return self.digest() == digest

    def digest(self) -> str:
        """Digest of all that was read so far."""
        return self._digest.hexdigest()

    def position(self) -> int:
        """Bytes of the file read so far as it lies on disk, to compare with `size`."""
        return self._raw.tell() if self.size is not None else self.offset

    def close(self) -> None:
        """Close the file."""
        if self._raw is not sys.stdin.buffer:
            self._raw.close()

    def _read(self, size: int) -> bytes:
        try:
            line = self._stream.readline(size)
        except (OSError, EOFError, zlib.error) as error:
            raise self._broken(error) from error
        self.offset += len(line)
        self._digest.update(line)
        return line

    def _read_block(self, size: int) -> bytes:
        try:
            block = self._stream.read(size)
        except (OSError, EOFError, zlib.error) as error:
            raise self._broken(error) from error
        self.offset += len(block)
        self._digest.update(block)
        return block

    def _broken(self, error: Exception) -> InputError:
        return InputError(f"{self.where} cannot be read after line {self.number}: {error}")
