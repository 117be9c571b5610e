"""The plan of a job: which shards there are. It depends on the input alone, not on who codes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Literal

import msgspec

from dateline.errors import InputError
from dateline.intake.encoding import GZIP
from dateline.intake.lines import SHARD_BYTES
from dateline.intake.table import parquet
from dateline.serve.batch.partial import Settings
from dateline.serve.shards.place import Place

# Rows of a Parquet file that make a shard.
SHARD_ROWS = 1024

_LINES = (".jsonl", ".ndjson")
_WHOLE = (".warc", ".csv", ".tsv")
KINDS = (*_LINES, ".parquet", *_WHOLE)


class Shard(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of the input.

    Attributes:
        number: its place in the job, from 0.
        file: the address of the file.
        kind: ``lines``: the lines of JSON that begin at the bytes from `begin` up to `end`; ``rows``: the
            rows `begin` up to `end` of a Parquet file; ``file``: all of it (what is packed, or can only be
            read from its beginning: gzip, CSV, WARC).
        begin, end: see `kind`; for ``file`` 0 and its size.
    """

    number: int
    file: str
    kind: Literal["lines", "rows", "file"]
    begin: int
    end: int


class Input(msgspec.Struct, frozen=True):
    """An input file as it was when the job began: its address, and what changes when it changes."""

    file: str
    key: str


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What a job is: settings, inputs and shards. Kept beside the parts as ``_job.json``."""

    settings: Settings
    inputs: list[Input]
    shards: list[Shard]


def plan(sources: Sequence[str], settings: Settings) -> Job:
    """Find the input files and cut them into shards.

    Args:
        sources: files, folders or patterns; local, or addresses.
        settings: with what they are read.

    Raises:
        InputError: a source is not there, or holds no file that is read.
        MissingExtraError: pyarrow for Parquet, or fsspec, is not installed.
    """
    inputs: list[Input] = []
    shards: list[Shard] = []
    for source in sources:
        place = Place.of(source)
        try:
            if not any(mark in place.path for mark in "*?[") and not place.exists():
                raise InputError(f"cannot read {source}: there is no such file or folder")
            files = [file for file in place.files() if _kind(file) is not None]
        except OSError as error:
            raise InputError(f"cannot read {source}: {error}") from error
        if not files:
            raise InputError(f"{source}: there is nothing to read; read are {', '.join(KINDS)}, packed by gzip or not")
        for file in files:
            inputs.append(Input(file.address, file.key()))
            for kind, begin, end in _cut(file):
                shards.append(Shard(number=len(shards), file=file.address, kind=kind, begin=begin, end=end))
    return Job(settings=settings, inputs=inputs, shards=shards)


def _kind(file: Place) -> str | None:
    suffixes = [suffix.lower() for suffix in PurePath(file.path).suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return suffixes[-1] if suffixes and suffixes[-1] in KINDS else None


def _cut(file: Place) -> Iterator[tuple[Literal["lines", "rows", "file"], int, int]]:
    kind = _kind(file)
    size = file.size()
    if kind == ".parquet":
        rows = _row_count(file)
        for begin in range(0, rows, SHARD_ROWS):
            yield "rows", begin, min(begin + SHARD_ROWS, rows)
    elif kind in _LINES and not _packed(file):
        for begin in range(0, size, SHARD_BYTES):
            yield "lines", begin, min(begin + SHARD_BYTES, size)
    else:
        yield "file", 0, size


def _packed(file: Place) -> bool:
    with file.opened() as stream:
        return stream.read(2) == GZIP


def _row_count(file: Place) -> int:
    module = parquet()
    from pyarrow import ArrowException

    with file.opened() as stream:
        try:
            return int(module.ParquetFile(stream).metadata.num_rows)
        except (ArrowException, OSError) as error:
            raise InputError(f"{file.address}: no Parquet file, or damaged: {error}") from error
