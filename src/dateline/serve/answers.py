"""Rows as people and programs want them: a table, JSON, JSON lines, CSV, Parquet."""

from __future__ import annotations

import csv
import json
import sys
from calendar import isleap, monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any

from dateline.errors import InputError, MissingExtraError

FORMATS = ("table", "json", "jsonl", "csv", "parquet")
Row = dict[str, Any]

# Columns that are read, not glanced at.
_READ = {"title", "content", "headline", "why", "said", "relied_on_by", "chain"}
# Names, and what they stand for, may be long; they are shown whole, in as many lines as it takes.
_NAMES = {"actor", "recipient", "item", "id", "report", "story", "entity", "name", "speaker_name", "publisher"}
_DAYS = {"day": 10, "at": 16, "published": 10, "begin": 10, "end": 10}
_LEAST, _LEAST_READ = 11, 16  # characters of a name, of what is read
_MOST, _MOST_READ = 30, 60
_GLANCE = 14  # what is glanced at needs no more
_GAP = 2  # between two columns
# Where there is no room for all, these are left out, the first first.
_SPARED = ("version", "kind", "chain", "publisher", "place_name", "place")
_CHUNK = 5_000  # rows of a Parquet row group


def write_rows(rows: Iterable[Row], form: str, columns: Sequence[str], output: str | None = None) -> int:
    """Write rows to a file or standard output.

    Args:
        rows: each with the same keys; values of any JSON kind.
        form: one of `FORMATS`.
        columns: what a table shows, in this order; the other formats write all keys.
        output: a file; None: standard output.

    Returns:
        How many rows were written.

    Raises:
        InputError: Parquet without a file, or the file cannot be written.
        MissingExtraError: Parquet without pyarrow.
    """
    counted = _Counted(rows)
    if form == "parquet":
        if output is None:
            raise InputError("Parquet goes to a file: name it with -o")
        _parquet(counted, Path(output))
        return counted.count
    try:
        with open(output, "w", encoding="utf-8", newline="") if output else _standard() as stream:
            if form == "table":
                _table(counted, columns, stream)
            elif form == "csv":
                _csv(counted, stream)
            else:
                _json(counted, stream, lines=form == "jsonl")
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise InputError(f"cannot write {output}: {error.strerror or error}") from error
    return counted.count


class _Counted:
    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.count += 1
            yield row


class _standard:
    def __enter__(self) -> Any:
        return sys.stdout

    def __exit__(self, *_: object) -> None:
        sys.stdout.flush()


def _json(rows: Iterable[Row], stream: Any, *, lines: bool) -> None:
    if lines:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    stream.write("[")
    for n, row in enumerate(rows):
        stream.write(("," if n else "") + "\n" + json.dumps(row, ensure_ascii=False))
    stream.write("\n]\n")


def _csv(rows: Iterable[Row], stream: Any) -> None:
    it = iter(rows)
    first = next(it, None)
    if first is None:
        return
    writer = csv.DictWriter(stream, list(first), lineterminator="\n")
    writer.writeheader()
    for row in chain([first], it):
        writer.writerow({k: _flat(v) for k, v in row.items()})


def _flat(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(str(_flat(v)) for v in value)
    if isinstance(value, dict):
        return value.get("name") or json.dumps(value, ensure_ascii=False)
    return value


def _table(rows: Iterable[Row], columns: Sequence[str], stream: Any) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from dateline.serve.terminal import print_plainly

    console = Console(file=stream, emoji=False, markup=False, highlight=False)
    cells = [{c: _visible(row, c) for c in columns} for row in rows]
    if not cells:
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    widths = _widths(columns, cells, console.width)
    for column, width in widths.items():
        table.add_column(_heading(column), overflow="fold", width=width)
    for row in cells:
        table.add_row(*(Text(row[c]) for c in widths))
    print_plainly([table], console)


def _widths(columns: Sequence[str], cells: Sequence[Mapping[str, str]], width: int) -> dict[str, int]:
    """How wide each column is; those that can be spared are left out where there is no room for all.

    Args:
        columns: names of all columns.
        cells: what each row shows in them.
        width: characters of a line.
    """
    wanted = {c: max(len(_heading(c)), *(len(row[c]) for row in cells)) for c in columns}
    for c in columns:
        wanted[c] = min(wanted[c], _MOST_READ if c in _READ else _DAYS.get(c, _MOST))
    least = {c: min(wanted[c], _LEAST_READ if c in _READ else _LEAST if c in _NAMES else _GLANCE) for c in columns}
    for c in columns:
        least[c] = max(least[c], min(wanted[c], len(max(_heading(c).split(), key=len))))
    for spared in _SPARED:
        if sum(least.values()) + _GAP * len(least) <= width:
            break
        least.pop(spared, None)
    found = dict(least)
    fixed = [c for c in found if c in _DAYS or c not in _READ | _NAMES]
    for _ in range(sum(found.values()) + _GAP * len(found) - width):
        column = max(found, key=lambda c: (c not in fixed, found[c]))
        found[column] = max(found[column] - 1, 1)
    for _ in range(width - sum(least.values()) - _GAP * len(least)):
        column = max(found, key=lambda c: wanted[c] / found[c])  # the one that is squeezed most
        if found[column] >= wanted[column]:
            break
        found[column] += 1
    return found


def _heading(column: str) -> str:
    return column.removesuffix("_name").removesuffix("_id").replace("_", " ")


def _visible(row: Row, column: str) -> str:
    flat = _flat(row.get(column))
    if column == "day":
        return _day(row)
    if column in ("published", "at") and isinstance(flat, str):
        flat = flat[:10] if column == "published" else flat[:16].replace("T", " ")
    # Control characters of a hostile text would move the cursor or colour the screen.
    return "" if flat is None else "".join(c if c.isprintable() else " " for c in str(flat))


def _day(row: Row) -> str:
    """When an event took place, no more precise than it is known: a day, a month, a year, days from one to the last.

    The forms are those of ISO 8601: ``2024-06-18``, ``2024-06``, ``2024``, ``2024-06-17/23``, ``2024-06-29/07-02``;
    ``2015/..`` began then and has no end.
    """
    day, end = row.get("day"), row.get("end")
    if not day:
        return "–"
    first = date.fromisoformat(day[:10])
    if not end:
        known = day[:4] if (first.month, first.day) == (1, 1) else day[:10]
        return f"{known}/.." if row.get("begin") else known
    days = (date.fromisoformat(str(end)[:10]) - first).days
    if days <= 1:
        return str(day)[:10]
    if first.day == 1 and days == monthrange(first.year, first.month)[1]:
        return str(day)[:7]
    if (first.month, first.day) == (1, 1) and days == 365 + isleap(first.year):
        return str(day)[:4]
    last = (first + timedelta(days - 1)).isoformat()
    same = 8 if last[:7] == day[:7] else 5 if last[:4] == day[:4] else 0
    return f"{day[:10]}/{last[same:]}"


def _parquet(rows: Iterable[Row], path: Path) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("pyarrow", "parquet", "Writing Parquet") from error
    partial = path.with_name(path.name + ".partial")
    it = iter(rows)
    writer = None
    try:
        while group := list(islice(it, _CHUNK)):
            flat = [{k: _flat(v) for k, v in row.items()} for row in group]
            # Columns that are empty in the first rows must still be able to hold text later.
            schema = writer.schema if writer else _schema(pa, flat)
            table = pa.Table.from_pylist(flat, schema=schema)
            writer = writer or pq.ParquetWriter(partial, schema)
            writer.write_table(table)
        if writer is None:
            pq.write_table(pa.table({}), partial)
        else:
            writer.close()
        partial.replace(path)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)


def _schema(pa: Any, rows: Sequence[Row]) -> Any:
    kinds = {int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    fields = []
    for name in rows[0]:
        kind = next((type(row[name]) for row in rows if row[name] is not None), str)
        fields.append(pa.field(name, kinds.get(kind, pa.string())))
    return pa.schema(fields)


__all__ = ["FORMATS", "write_rows"]
