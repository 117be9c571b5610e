"""Records as data frames of pandas or polars, where one of them is installed."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any, Literal

from dateline.errors import MissingExtraError
from dateline.records import Record
from dateline.serve.rows import columns, rows


def frame(records: Iterable[Record], kind: str, library: Literal["pandas", "polars"] | None = None) -> Any:
    """One kind of items of many records as one data frame, one row an item.

    Args:
        records: the records.
        kind: ``times``, ``statements`` or ``events``.
        library: whose frame; None takes pandas, or polars where pandas is not installed.

    Returns:
        A `pandas.DataFrame` or `polars.DataFrame` with the columns of `dateline.serve.rows`,
        also where there is no row.

    Raises:
        MissingExtraError: the library is not installed.
    """
    # By column and with types told, so that a column of nothing but None has the same type as a full one.
    found = [row for record in records for row in rows(record, kind)]
    data = {name: [row[name] for row in found] for name in columns(kind)}
    module = _library(library)
    if module.__name__ == "polars":
        numbers = {"start": module.Int64, "stop": module.Int64, "confidence": module.Float64}
        return module.DataFrame(data, schema={name: numbers.get(name, module.String) for name in data})
    kinds = {"start": "Int64", "stop": "Int64", "confidence": "Float64"}
    return module.DataFrame({name: module.array(data[name], dtype=kinds.get(name, "string")) for name in data})


def _library(name: str | None) -> Any:
    for candidate in (name,) if name else ("pandas", "polars"):
        try:
            return import_module(candidate)
        except ImportError:
            continue
    raise MissingExtraError(name or "pandas", "frames", "a data frame")
