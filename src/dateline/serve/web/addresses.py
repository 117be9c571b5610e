"""Addresses of things in the archive: any id may stand in them, whatever characters it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode


def report_address(report_id: str, version: int | None = None, anchor: str | None = None) -> str:
    """The page of a report, ``/reports/…``; ``anchor`` names a place in it, such as an event's card."""
    if report_id in ("", ".", "..") or "%" in report_id:
        # Browsers take dots in a path for something else in whatever way they are written; servers between
        # here and there may read a per cent sign twice.
        path = with_query("/report", {"id": report_id, "version": version})
    else:
        path = with_query("/reports/" + quote(report_id, safe=""), {"version": version})
    return f"{path}#{quote(anchor)}" if anchor else path


def account_address(key: int) -> str:
    """The page of an account, by its number."""
    return f"/accounts/{key}"


def actor_address(entity: str) -> str:
    """The page of an actor, by the entity's id."""
    return "/actors/" + quote(entity, safe="")


def with_query(path: str, asked: Mapping[str, Any]) -> str:
    """A path with a query; what is None, false or empty is left out.

    Several values of a name stand one behind the other.
    """
    given = {name: value for name, value in asked.items() if value not in (None, "", False, [])}
    query = urlencode({n: 1 if v is True else v for n, v in given.items()}, doseq=True, quote_via=quote)
    return f"{path}?{query}" if query else path
