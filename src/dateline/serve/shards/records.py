"""Parquet files of this package's own: records read from parts, rows written."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dateline.intake.table import parquet
from dateline.records import Record, decode
from dateline.serve.shards.place import Place


def records_in_part(place: Place) -> list[str]:
    """The records of a part, as JSON.

    Raises:
        InputError: it cannot be read.
    """
    with place.opened() as stream:
        found: list[str] = parquet().read_table(stream, columns=["record"]).column("record").to_pylist()
    return found


def records_of_part(place: Place) -> Iterator[tuple[int, Record]]:
    """The records of a part with their rows, from 0.

    Raises:
        InputError: it cannot be read.
        RecordError: it holds something else.
    """
    for row, packed in enumerate(records_in_part(place)):
        yield row, decode(packed.encode())


def table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> bytes:
    """Rows as a Parquet file.

    Args:
        rows: the rows.
        columns: the columns, and the Arrow type of each by its name.
    """
    module = parquet()
    import pyarrow as pa

    schema = pa.schema([(name, pa.type_for_alias(kind)) for name, kind in columns.items()])
    whole = io.BytesIO()
    module.write_table(pa.Table.from_pylist([dict(row) for row in rows], schema=schema), whole, compression="zstd")
    return whole.getvalue()


def count_records(folder: Place) -> int:
    """The rows of all parts of a folder."""
    return sum(_rows(place) for place in folder.files())


def count_accounts(folder: Place) -> tuple[int, int]:
    """How many accounts a folder holds, and how many of them more than one report tells."""
    number = several = 0
    for place in folder.files():
        with place.opened() as stream:
            told = parquet().read_table(stream, columns=["reports"]).column("reports").to_pylist()
        number += len(told)
        several += sum(reports > 1 for reports in told)
    return number, several


def _rows(place: Place) -> int:
    with place.opened() as stream:
        return int(parquet().ParquetFile(stream).metadata.num_rows)
