"""The reports of one shard."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import BinaryIO

from dateline.errors import DatelineError
from dateline.intake import BadLine
from dateline.intake.encoding import GZIP
from dateline.intake.lines import Cut, each_line, items_of_lines
from dateline.intake.sources import BadSource, reports_in
from dateline.intake.table import rows_in_parquet
from dateline.records import Report
from dateline.serve.shards.place import Place
from dateline.serve.shards.plan import Shard

Item = tuple[int, Report | BadLine | Cut]


def items_of(shard: Shard) -> Iterator[Item]:
    """The reports of a shard and what gives none, numbered from 1 within it.

    What cannot be read further ends the shard with a `BadLine`; it costs nothing that was read before.
    """
    number = 0
    try:
        for item in _items(shard):
            number = item[0]
            yield item
    except (DatelineError, OSError, EOFError, zlib.error) as error:
        yield number + 1, BadLine(number + 1, f"cannot be read from here on: {error}")


def _items(shard: Shard) -> Iterator[Item]:
    place = Place.of(shard.file)
    if shard.kind == "lines":
        with place.opened() as stream:
            offset = _first_line(stream, shard.begin)
            lines = _until(stream, offset, shard.end)
            yield from items_of_lines(lines, 0, offset)
    elif shard.kind == "rows":
        with place.opened() as stream:
            for number, found in rows_in_parquet(stream, shard.begin, shard.end):
                inner = number - shard.begin
                yield inner, BadLine(inner, found) if isinstance(found, str) else found
    else:
        yield from _whole(place)


def _first_line(stream: BinaryIO, begin: int) -> int:
    """Go to the first line that begins at `begin` or after it, and tell where that is."""
    if begin == 0:
        return 0
    stream.seek(begin - 1)
    offset = begin - 1
    while piece := stream.readline(1 << 20):
        offset += len(piece)
        if piece.endswith(b"\n"):
            break
    return offset


def _until(stream: BinaryIO, offset: int, end: int) -> Iterator[tuple[int, bytes | None]]:
    # A line belongs to the shard in which it begins.
    if offset >= end:
        return
    for size, line in each_line(stream.readline, at_start=offset == 0):
        yield size, line
        offset += size
        if offset >= end:
            return


def _whole(place: Place) -> Iterator[Item]:
    name = PurePath(place.path).name
    if ".jsonl" in name.lower() or ".ndjson" in name.lower():
        with place.opened() as stream:
            packed = stream.read(2) == GZIP
            stream.seek(0)
            lines = gzip.GzipFile(fileobj=stream) if packed else stream
            yield from items_of_lines(each_line(lines.readline))
        return
    if place.local:
        yield from _numbered(Path(place.path))
        return
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        copy = Path(folder) / name
        place.system.get_file(place.path, str(copy))
        yield from _numbered(copy)


def _numbered(path: Path) -> Iterator[Item]:
    for number, found in enumerate(reports_in(path), 1):
        if isinstance(found, BadSource):
            where = found.where.removeprefix(str(path)).lstrip(", ")
            reason = found.reason.removeprefix(f"{path}: ")
            yield number, BadLine(number, f"{where}: {reason}" if where else reason)
        else:
            yield number, found
