"""What one more report costs a large archive, and what it costs one that was empty: in turn, the same reports."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from spacy.language import Language

from dateline.pipeline import records_of
from dateline.records import Record, Report
from dateline.store import Archive
from dateline.store.reconciled import reconcile

STEPS = ("read", "stored", "reconciled")


def one_more(archive: Archive, empty: Archive, extra: Iterator[Record], nlp: Language, count: int = 60) -> str:
    """Add reports one by one to either archive, each read, stored and reconciled by itself.

    Args:
        archive: a reconciled one.
        empty: to hold it against; at the end it has `count` reports.
        extra: records, of whose reports `count` are read anew.
        nlp: the pipeline.
        count: how many; the first ten are not counted.

    Returns:
        Lines to print: medians of processor time in milliseconds, and how they compare.
    """
    reconcile(archive)
    spent: dict[tuple[int, str], list[float]] = defaultdict(list)
    for n in range(count):
        report = next(extra).report
        for which in (0, 1) if n % 2 else (1, 0):
            taken = _steps((archive, empty)[which], [report], nlp)
            if n >= 10:
                for step, seconds in zip(STEPS, taken, strict=True):
                    spent[which, step].append(seconds)
    lines = [f"{'one more report, ms of processor time':42s}{'here':>10}{'empty':>10}   ratio"]
    for last in range(len(STEPS)):
        steps = STEPS[: last + 1]
        here, there = (_median([spent[which, step] for step in steps]) for which in (0, 1))
        lines.append(_line(", ".join(steps), 1000 * here, 1000 * there))
        if last == 1:
            lines.append(_line("stored alone", *(1000 * statistics.median(spent[which, "stored"]) for which in (0, 1))))
    if archive.engine.dialect.name == "sqlite":
        pages = [statistics.median(_pages(one, extra)) for one in (archive, empty)]
        lines.append(_line("pages that storing it writes", *pages))
    return "\n".join(lines)


def _line(what: str, here: float, there: float) -> str:
    return f"  {what:40s}{here:10.1f}{there:10.1f}{here / there:8.2f}"


def _median(steps: Sequence[Sequence[float]]) -> float:
    return float(statistics.median([sum(times) for times in zip(*steps, strict=True)]))


def _steps(archive: Archive, reports: list[Report], nlp: Language) -> list[float]:
    at = [time.process_time()]
    records = list(records_of(reports, nlp))
    at.append(time.process_time())
    archive.add(records, "bench")
    at.append(time.process_time())
    reconcile(archive)
    at.append(time.process_time())
    return [after - before for before, after in pairwise(at)]


def _pages(archive: Archive, extra: Iterator[Record]) -> Iterator[int]:
    for _ in range(20):
        with archive.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        archive.add([next(extra)], "bench")
        with archive.engine.connect() as connection:
            yield connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").one()[1]


def empty_beside(folder: str, size: int) -> Archive:
    """An empty archive in a folder."""
    return Archive.open(Path(folder) / f"empty-{size}.db")
