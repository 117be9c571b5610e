"""Compare a file of records with gold: what ``dateline evaluate`` does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from dateline.errors import InputError, RecordError
from dateline.evaluate.annotation import read_annotation
from dateline.evaluate.events import score_events
from dateline.evaluate.gold import GoldDocument, GoldPair, read_expected, read_jsonl
from dateline.evaluate.records import score_records
from dateline.evaluate.statements import score_statements
from dateline.evaluate.times import score_times
from dateline.records import Record, decode


class Outcome(Protocol):
    """What every scorer returns."""

    def figures(self) -> dict[str, float]:
        """Name and value of each figure."""

    def lines(self) -> list[str]:
        """The outcome for people."""

    @property
    def differences(self) -> Sequence[str]:
        """One line a difference between gold and record."""


def _times(gold: Sequence[GoldDocument], records: Sequence[Record]) -> Outcome:
    return score_times([(d.report.text, d.times) for d in gold], records)


def _statements(gold: Sequence[GoldDocument], records: Sequence[Record]) -> Outcome:
    return score_statements([(d.report.text, d.statements) for d in gold], records)


def _events(gold: Sequence[GoldDocument], records: Sequence[Record]) -> Outcome:
    pairs: list[GoldPair] = []
    for document in gold:
        if document.pair is None:
            raise InputError(f"gold {document.report.id!r} has no source, target and label to score events by")
        pairs.append(document.pair)
    return score_events(pairs, records)


SCORERS: dict[str, Callable[[Sequence[GoldDocument], Sequence[Record]], Outcome]] = {
    "times": _times,
    "statements": _statements,
    "events": _events,
    "records": score_records,
}


def read_gold(path: Path) -> list[GoldDocument]:
    """Read gold of any form by its file name: ``.jsonl``, ``.yaml``, or ``.json`` (one report).

    Raises:
        InputError: the file cannot be read, or its name has another ending.
    """
    match path.suffix:
        case ".jsonl":
            return read_jsonl(path)
        case ".yaml" | ".yml":
            return read_annotation(path)
        case ".json":
            return [read_expected(path)]
    raise InputError(f"{path}: gold is .jsonl, .yaml or .json, not {path.suffix or 'a file without an ending'!r}")


def read_records(path: Path) -> list[Record]:
    """Read a file of records, one a line.

    Raises:
        InputError: the file cannot be read.
        RecordError: a line is no valid record; the message names file and line.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    records = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                records.append(decode(line))
            except RecordError as error:
                raise RecordError(f"{path}, line {number}: {error}") from error
    return records


def evaluate(scorer: str, gold_paths: Sequence[Path], records_path: Path) -> Outcome:
    """Score a file of records.

    Args:
        scorer: ``times``, ``statements``, ``events`` or ``records``.
        gold_paths: gold files, read one after the other.
        records_path: the records; each gold text is compared with the record that has its id, or,
            where an id is not found, every one with the record at the same place.

    Raises:
        InputError: a file cannot be read, a record is missing, or its text is not the gold text.
        RecordError: a line is no valid record.
    """
    gold = [document for path in gold_paths for document in read_gold(path)]
    records = read_records(records_path)
    by_id = {record.report.id: record for record in records}
    missing = [d.report.id for d in gold if d.report.id not in by_id]
    if missing and len(gold) != len(records):
        raise InputError(
            f"{records_path}: no record for {missing[0]!r} ({len(missing)} of {len(gold)} gold texts have none)"
        )
    ordered = records if missing else [by_id[d.report.id] for d in gold]
    for document, record in zip(gold, ordered, strict=True):
        if document.report.text != record.report.text:
            raise InputError(f"{records_path}: record {record.report.id!r} is of another text than the gold's")
    return SCORERS[scorer](gold, ordered)
