"""Evaluate: Dateline's own scorers, by the definitions of the field's benchmarks."""

from dateline.evaluate.events import score_events
from dateline.evaluate.gold import GoldDocument, read_expected, read_jsonl
from dateline.evaluate.records import score_records
from dateline.evaluate.statements import score_statements
from dateline.evaluate.times import score_times

__all__ = [
    "GoldDocument",
    "read_expected",
    "read_jsonl",
    "score_events",
    "score_records",
    "score_statements",
    "score_times",
]
