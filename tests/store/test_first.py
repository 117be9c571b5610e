"""What comes first is the same whether the database or columns tell it, page by page, in both databases."""

import msgspec
import pytest

from dateline.records import EventTime
from dateline.store import Question, ask_events, first
from dateline.store.find import find_events
from dateline.store.reconciled import reconcile

QUESTIONS = [
    {"text": "Putin"},
    {"text": "nosuchword"},
    {"standing": "single source"},
    {"published_since": "2018-01-01"},
    {"published_until": "2018-07-17"},
    {"place": "Helsinki"},
    {"country": "USA", "factuality": "occurred"},
    {"confidence": 0.1},
    {"confidence": 0.1, "rejected": True, "distinct": True},
]


@pytest.fixture
def filled(archive, sample_records):
    """Reports, some without any day, each event twice on its day, one report in two versions."""
    undated = [
        msgspec.structs.replace(
            record,
            report=msgspec.structs.replace(record.report, id=f"undated-{n}", published=None),
            events=[msgspec.structs.replace(e, time=EventTime()) for e in record.events],
        )
        for n, record in enumerate(sample_records[:2])
    ]
    again = [
        msgspec.structs.replace(record, report=msgspec.structs.replace(record.report, id=f"again-{n}"))
        for n, record in enumerate(sample_records[:3])
    ]
    report = sample_records[0].report
    changed = msgspec.structs.replace(
        sample_records[0], report=msgspec.structs.replace(report, text=report.text + " It ended.")
    )
    archive.add([*sample_records, *undated, *again, changed], "test")
    reconcile(archive)
    return archive


def pages(archive, question, limit):
    found, after = [], None
    while True:
        page = find_events(archive, question, after=after, limit=limit)
        found.append([(row["key"], row["day"], row["title"], row["standing"]) for row in page.rows])
        if page.after is None:
            return found
        after = page.after


def test_columns_and_rows_tell_the_same_events_in_the_same_order(filled, monkeypatch):
    for asked in QUESTIONS:
        question = Question(**asked)
        by_rows = {n: (pages(filled, question, n), list(ask_events(filled, question, limit=n))) for n in (4, 1000)}
        assert bool(by_rows[4][1]) == (asked != {"text": "nosuchword"})
        for looked_through in (0, 9):
            with monkeypatch.context() as patch:
                patch.setattr(first, "_FEW", 0)
                patch.setattr(first, "_WINDOW", looked_through)
                assert not first.in_order(filled, question)
                for n, (found, listed) in by_rows.items():
                    assert pages(filled, question, n) == found, (asked, n, looked_through)
                    assert list(ask_events(filled, question, limit=n)) == listed, (asked, n, looked_through)


def test_a_filter_with_an_index_is_left_to_the_database(filled, monkeypatch):
    monkeypatch.setattr(first, "_FEW", 0)
    assert first.in_order(filled, Question(type="CONSULT", distinct=True))
    assert not first.in_order(filled, Question(type="CONSULT", actor="RUS"))
    assert not first.in_order(filled, Question(text="Putin"))
