"""Places where inputs lie and outputs go: local paths, and any address that fsspec opens."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from dateline.errors import InputError, MissingExtraError


@dataclass(frozen=True, slots=True)
class Place:
    """A file or folder of a file system.

    Attributes:
        system: the fsspec file system.
        path: the path within it.
    """

    system: Any
    path: str

    @classmethod
    def of(cls, address: str) -> Place:
        """The place of a path (``data/in.jsonl``) or an address (``s3://bucket/in``, ``memory://in``).

        Raises:
            InputError: fsspec knows no such kind of address, or lacks the package for it.
            MissingExtraError: fsspec is not installed.
        """
        try:
            from fsspec.core import url_to_fs
        except ImportError as error:
            raise MissingExtraError("fsspec", "parquet", "Coding by shards") from error
        try:
            system, path = url_to_fs(address)
        except (ValueError, ImportError) as error:
            raise InputError(f"cannot open {address}: {error}") from error
        return cls(system, path)

    @property
    def address(self) -> str:
        """The whole address, that other processes can open."""
        return str(self.system.unstrip_protocol(self.path))

    @property
    def local(self) -> bool:
        """Whether it lies on this machine's own disk."""
        return "file" in self._protocols

    @property
    def _protocols(self) -> tuple[str, ...]:
        protocol = self.system.protocol
        return (protocol,) if isinstance(protocol, str) else tuple(protocol)

    def __truediv__(self, name: str) -> Place:
        return Place(self.system, f"{self.path.rstrip('/')}/{name}")

    def exists(self) -> bool:
        """Is there a file or folder?"""
        return bool(self.system.exists(self.path))

    def is_folder(self) -> bool:
        """Is it a folder?"""
        return bool(self.system.isdir(self.path))

    def size(self) -> int:
        """The size of the file in bytes."""
        return int(self.system.size(self.path) or 0)

    def key(self) -> str:
        """What changes when the file does: the size, and when it was written or its tag."""
        about = self.system.info(self.path)
        stamp = about.get("ETag") or about.get("mtime") or about.get("LastModified") or about.get("created")
        return f"{about.get('size')} {stamp}"

    def files(self) -> list[Place]:
        """The files below a folder or matched by a pattern, in the order of their names; hidden ones are left."""
        if any(mark in self.path for mark in "*?["):
            found = self.system.glob(self.path)
            return [Place(self.system, path) for path in sorted(found) if self.system.isfile(path)]
        if not self.is_folder():
            return [self]
        start = len(self.path.rstrip("/")) + 1
        return [
            Place(self.system, path)
            for path in sorted(self.system.find(self.path))
            if not any(part[:1] in "._" for part in path[start:].split("/"))
        ]

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The file, open for reading.

        Raises:
            InputError: it cannot be opened.
        """
        try:
            stream = self.system.open(self.path, "rb")
        except OSError as error:
            raise InputError(f"cannot read {self.address}: {error.strerror or error}") from error
        with stream:
            yield cast(BinaryIO, stream)

    def read(self) -> bytes:
        """The bytes of the file.

        Raises:
            InputError: it cannot be read.
        """
        with self.opened() as stream:
            return stream.read()

    def write(self, data: bytes) -> None:
        """Write the file as a whole: who looks sees all of it, or what was there before.

        Object stores do so of themselves; on a disk the file gets its name when it is complete.

        Raises:
            InputError: it cannot be written.
        """
        try:
            self.system.makedirs(os.path.dirname(self.path), exist_ok=True)
            if not self.local:
                self.system.pipe_file(self.path, data)
                return
            # Two tries of one shard may write at the same time: each has a file of its own.
            aside = f"{os.path.dirname(self.path)}/.{os.path.basename(self.path)}.{os.getpid()}"
            try:
                with open(aside, "wb") as stream:
                    stream.write(data)
                    stream.flush()
                    os.fsync(stream.fileno())
                os.replace(aside, self.path)
            except BaseException:
                if os.path.exists(aside):
                    os.unlink(aside)
                raise
        except OSError as error:
            raise InputError(f"cannot write {self.address}: {error.strerror or error}") from error

    def remove(self) -> None:
        """Remove the file or folder, if it is there."""
        if self.exists():
            self.system.rm(self.path, recursive=True)
