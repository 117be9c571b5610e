"""The order of the stages, in one place: a report goes in, its record comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from dateline.annotate import Syntax, find_zones, parse
from dateline.attribute import find_statements
from dateline.coding import Codebook, code_events
from dateline.coding.framing import find_framings
from dateline.mentions import find_quantities, find_times
from dateline.records import Record, Report
from dateline.resolve import resolve
from dateline.resolve.publisher import publisher_country

if TYPE_CHECKING:
    from spacy.language import Language


def record_of(report: Report, syntax: Syntax, codebook: Codebook | None = None) -> Record:
    """Run every stage after the parse on one report; without a codebook, with the one that comes along."""
    zones = find_zones(report.text, report.title)
    times = find_times(syntax, report.published, publisher_country(report.publisher))
    quantities = find_quantities(syntax, times)
    resolution = resolve(syntax, zones, report, times)
    if report.published is None and resolution.window is not None:
        report = msgspec.structs.replace(report, published_window=resolution.window, published_basis="inferred")
    statements = find_statements(syntax, zones, resolution, times, report)
    events = code_events(syntax, zones, resolution, times, quantities, statements, report, codebook)
    return Record(
        report=report,
        entities=resolution.entities,
        times=times,
        quantities=quantities,
        statements=statements,
        events=events,
        framings=find_framings(syntax, resolution, statements, events),
        flags=resolution.flags,
    )


def records_of(
    reports: Iterable[Report], nlp: Language, batch_size: int = 32, codebook: Codebook | None = None
) -> Iterator[Record]:
    """Parse reports in batches and run every stage: one record a report, in order."""
    waiting: list[Report] = []

    def texts() -> Iterator[str]:
        for report in reports:
            waiting.append(report)
            yield report.text

    for syntax in parse(texts(), nlp, batch_size):
        yield record_of(waiting.pop(0), syntax, codebook)
