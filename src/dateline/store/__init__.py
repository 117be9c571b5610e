"""Store: an archive of reports and records, and the questions one asks of it."""

from dateline.store.archive import Archive, Stored
from dateline.store.ask import (
    Counts,
    ask_actors,
    ask_events,
    ask_reports,
    ask_statements,
    count_actors,
    count_events,
    count_reports,
    count_statements,
)
from dateline.store.question import Question

__all__ = [
    "Archive",
    "Counts",
    "Question",
    "Stored",
    "ask_actors",
    "ask_events",
    "ask_reports",
    "ask_statements",
    "count_actors",
    "count_events",
    "count_reports",
    "count_statements",
]
