"""Dateline reads news reports and writes down who did what to whom, where, when, whether it
happened, and through whose mouths we know.

    >>> import dateline
    >>> record = dateline.read("…", published="2024-01-21", publisher="POLITICO")  # doctest: +SKIP
    >>> record.events_frame()  # doctest: +SKIP

The names below are the public ones; each is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.errors import (
        CodebookError,
        DatelineError,
        InputError,
        MissingExtraError,
        ModelError,
        RecordError,
        RosterError,
    )
    from dateline.intake import BadLine
    from dateline.records import Record, Report, check, decode, encode, json_schema
    from dateline.serve.page import page
    from dateline.serve.reading import code, events, read, read_file, sample, statements, times

__version__ = "0.1.0"

_HOME = {
    "BadLine": "dateline.intake",
    "CodebookError": "dateline.errors",
    "DatelineError": "dateline.errors",
    "InputError": "dateline.errors",
    "MissingExtraError": "dateline.errors",
    "ModelError": "dateline.errors",
    "Record": "dateline.records",
    "RecordError": "dateline.errors",
    "Report": "dateline.records",
    "RosterError": "dateline.errors",
    "check": "dateline.records",
    "code": "dateline.serve.reading",
    "decode": "dateline.records",
    "encode": "dateline.records",
    "events": "dateline.serve.reading",
    "json_schema": "dateline.records",
    "page": "dateline.serve.page",
    "read": "dateline.serve.reading",
    "read_file": "dateline.serve.reading",
    "sample": "dateline.serve.reading",
    "statements": "dateline.serve.reading",
    "times": "dateline.serve.reading",
}

__all__ = [
    "BadLine",
    "CodebookError",
    "DatelineError",
    "InputError",
    "MissingExtraError",
    "ModelError",
    "Record",
    "RecordError",
    "Report",
    "RosterError",
    "__version__",
    "check",
    "code",
    "decode",
    "encode",
    "events",
    "json_schema",
    "page",
    "read",
    "read_file",
    "sample",
    "statements",
    "times",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used (PEP 562)."""
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    import_module("dateline.serve.views")  # gives records their tables and pages
    value = globals()[name] = getattr(import_module(home), name)
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
