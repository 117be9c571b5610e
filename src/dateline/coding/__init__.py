"""Coding: events, their factuality, framings."""

from __future__ import annotations

from dateline.annotate import Syntax, Zone
from dateline.records import Event, Quantity, Report, Statement, Time
from dateline.resolve import Resolution


def code_events(
    syntax: Syntax,
    zones: list[Zone],
    resolution: Resolution,
    times: list[Time],
    quantities: list[Quantity],
    statements: list[Statement],
    report: Report,
) -> list[Event]:
    """Code the events of a report."""
    return []
