"""The order of the stages, in one place: a report goes in, its record comes out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from dateline.annotate import Syntax, find_zones, parse
from dateline.attribute import Lexicon, find_statements
from dateline.coding import Codebook, code_events
from dateline.coding.framing import find_framings
from dateline.coding.triage import Triage
from dateline.mentions import find_quantities, find_times
from dateline.mentions.times import times as times_by_words
from dateline.records import Flag, Record, Report
from dateline.resolve import resolve
from dateline.resolve.publisher import publisher_country

if TYPE_CHECKING:
    from spacy.language import Language


def record_of(report: Report, syntax: Syntax, codebook: Codebook | None = None, cues: Lexicon | None = None) -> Record:
    """Run every stage after the parse on one report; without a codebook or cues, with those that come along."""
    zones = find_zones(report.text, report.title)
    times = find_times(syntax, report.published, publisher_country(report.publisher))
    quantities = find_quantities(syntax, times)
    resolution = resolve(syntax, zones, report, times)
    if report.published is None and resolution.window is not None:
        report = msgspec.structs.replace(report, published_window=resolution.window, published_basis="inferred")
    statements = find_statements(syntax, zones, resolution, times, report, cues)
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


def unparsed_record(report: Report) -> Record:
    """What is written down of a report that triage found not worth parsing: its times, by the words
    alone, and a flag ``not_parsed``, so that nobody takes it for a report that was read and says nothing.
    """
    text = report.text
    begin = len(text) - len(text.lstrip())
    end = begin + len(text[begin:].split("\n", 1)[0].rstrip())
    flag = Flag(
        kind="not_parsed",
        span=(begin, end),
        suggestion=None,
        why="no sign of a political act: who it names, what they say and do was not looked for",
    )
    times = times_by_words(text, report.published, publisher_country(report.publisher))
    return Record(report=report, times=times, flags=[flag])


def worth_parsing(report: Report, triage: Triage | None) -> bool:
    """Whether a report is to be parsed: without triage, all are."""
    return triage is None or not report.text.strip() or triage(f"{report.title or ''}\n{report.text}")


def records_of(
    reports: Iterable[Report],
    nlp: Language,
    batch_size: int = 16,
    codebook: Codebook | None = None,
    triage: Triage | None = None,
    cues: Lexicon | None = None,
) -> Iterator[Record]:
    """Parse reports in batches and run every stage: one record a report, in order.

    With triage, reports that it finds not worth parsing get an `unparsed_record`.
    """
    waiting: deque[tuple[Report, bool]] = deque()

    def texts() -> Iterator[str]:
        for report in reports:
            worth = worth_parsing(report, triage)
            waiting.append((report, worth))
            if worth:
                yield report.text

    for syntax in parse(texts(), nlp, batch_size):
        while not waiting[0][1]:
            yield unparsed_record(waiting.popleft()[0])
        yield record_of(waiting.popleft()[0], syntax, codebook, cues)
    while waiting:
        yield unparsed_record(waiting.popleft()[0])
