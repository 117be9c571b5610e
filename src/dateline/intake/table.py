"""Reports in tables: CSV with a header line, and Parquet; a row a report."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dateline.errors import InputError, MissingExtraError
from dateline.intake.encoding import GZIP
from dateline.intake.lines import LONGEST_LINE, report_from_object
from dateline.intake.sources import BadSource, Found

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
            yield _report(row, f"{path}, line {rows.line_num}")


def reports_in_parquet(path: Path) -> Iterator[Found]:
    """Read a Parquet file with a column ``text``; other columns as in input objects.

    Raises:
        InputError: it is no Parquet file, or has no such column.
        MissingExtraError: pyarrow is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtraError("pyarrow", "parquet", "Reading Parquet") from error
    try:
        file = pyarrow.parquet.ParquetFile(path)
        names = file.schema_arrow.names
        if _NEEDED not in names:
            raise InputError(f"there is no column {_NEEDED!r}; there are {', '.join(names)}")
        wanted = [
            n for n in names if n in ("id", "text", "published", "publisher", "title", "byline", "url", "language")
        ]
        number = 0
        for batch in file.iter_batches(batch_size=_ROWS, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                yield _report(row, f"{path}, row {number}")
    except pyarrow.ArrowException as error:
        raise InputError(f"no Parquet file, or damaged: {error}") from error


def _report(row: Mapping[str, Any], where: str) -> Found:
    fields = {k: _plain(v) for k, v in row.items() if k is not None and v not in (None, "")}
    try:
        return report_from_object(fields)
    except InputError as error:
        return BadSource(where, str(error))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.isoformat() if isinstance(value, date) else value
