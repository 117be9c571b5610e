"""Attribute: who says what, through whom."""

from __future__ import annotations

from dateline.annotate import Syntax, Zone
from dateline.records import Report, Statement, Time
from dateline.resolve import Resolution


def find_statements(
    syntax: Syntax, zones: list[Zone], resolution: Resolution, times: list[Time], report: Report
) -> list[Statement]:
    """Find the statements of a report, nested ones with their parents."""
    return []
