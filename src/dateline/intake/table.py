"""Reports in tables: CSV with a header line, and Parquet; a row a report."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from dateline.errors import InputError, MissingExtraError
from dateline.intake.encoding import GZIP
from dateline.intake.lines import LONGEST_LINE, report_from_object
from dateline.intake.sources import BadSource, Found
from dateline.records import Report

_ROWS = 256  # rows of a Parquet file held at once
_NEEDED = "text"


def reports_in_csv(path: Path) -> Iterator[Found]:
    """Read a CSV (or tab-separated) file: a header line with at least ``text``, then a row a report.

    Raises:
        InputError: there is no header line with a column ``text``.
    """
    csv.field_size_limit(LONGEST_LINE)
    with path.open("rb") as raw:
        packed = raw.read(2) == GZIP
        raw.seek(0)
        stream = io.TextIOWrapper(gzip.GzipFile(fileobj=raw) if packed else raw, encoding="utf-8-sig", newline="")
        rows = csv.DictReader(stream, delimiter="\t" if ".tsv" in path.suffixes else ",", strict=True)
        try:
            header = rows.fieldnames or []
        except (csv.Error, UnicodeDecodeError) as error:
            raise InputError(f"no CSV: {error}") from error
        if _NEEDED not in header:
            raise InputError(f"the header line has no column {_NEEDED!r}; it has {', '.join(header) or 'nothing'}")
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield BadSource(f"{path}, line {rows.line_num}", f"no CSV row: {error}")
                continue
            except (UnicodeDecodeError, OSError, EOFError) as error:
                yield BadSource(f"{path}, after line {rows.line_num}", f"cannot be read further: {error}")
                return
            found = _report(row)
            yield BadSource(f"{path}, line {rows.line_num}", found) if isinstance(found, str) else found


def reports_in_parquet(path: Path) -> Iterator[Found]:
    """Read a Parquet file with a column ``text``; other columns as in input objects.

    Raises:
        InputError: it is no Parquet file, or has no such column.
        MissingExtraError: pyarrow is not installed.
    """
    for number, found in rows_in_parquet(str(path)):
        yield BadSource(f"{path}, row {number}", found) if isinstance(found, str) else found


def parquet() -> Any:
    """The module `pyarrow.parquet`.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtraError("pyarrow", "parquet", "Parquet") from error
    return pyarrow.parquet


def rows_in_parquet(
    source: str | BinaryIO, first: int = 0, last: int | None = None
) -> Iterator[tuple[int, Report | str]]:
    """Read rows of a Parquet file with a column ``text``; other columns as in input objects.

    Args:
        source: a path, or the file opened.
        first: rows to pass over; whole row groups of them are not read.
        last: the row, counted from 1, to end with.

    Yields:
        The number of a row in the file, counted from 1, and its report or the reason why it gives none.

    Raises:
        InputError: it is no Parquet file, or has no such column.
        MissingExtraError: pyarrow is not installed.
    """
    module = parquet()
    from pyarrow import ArrowException

    try:
        file = module.ParquetFile(source)
        names = file.schema_arrow.names
        if _NEEDED not in names:
            raise InputError(f"there is no column {_NEEDED!r}; there are {', '.join(names)}")
        wanted = [
            n for n in names if n in ("id", "text", "published", "publisher", "title", "byline", "url", "language")
        ]
        groups, number, at = [], None, 0
        for k in range(file.num_row_groups):
            after = at + file.metadata.row_group(k).num_rows
            if after > first and (last is None or at < last):
                groups.append(k)
                number = at if number is None else number
            at = after
        number = number or 0
        for batch in file.iter_batches(batch_size=_ROWS, columns=wanted, row_groups=groups) if groups else ():
            for row in batch.to_pylist():
                number += 1
                if number > first and (last is None or number <= last):
                    yield number, _report(row)
    except (ArrowException, OSError) as error:
        raise InputError(f"no Parquet file, or damaged: {error}") from error


def _report(row: Mapping[str, Any]) -> Report | str:
    fields = {k: _plain(v) for k, v in row.items() if k is not None and v not in (None, "")}
    try:
        return report_from_object(fields)
    except InputError as error:
        return str(error)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.isoformat() if isinstance(value, date) else value
