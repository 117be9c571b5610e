"""What comes first is the same whether the database or columns tell it, page by page, in both databases."""

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.store import Question, ask_events, ask_statements, count_statements, first
from dateline.store.accounts import ask_accounts
from dateline.store.columns import Words
from dateline.store.facets import account_facets, statement_facets
from dateline.store.find import find_accounts_of, find_events, find_statements
from dateline.store.reconciled import reconcile
from dateline.store.sift import Run, holds

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
def filled(archive, sample_records, undated_records):
    """Reports, some without any day, each event twice on its day, one report in two versions."""
    again = [
        msgspec.structs.replace(record, report=msgspec.structs.replace(record.report, id=f"again-{n}"))
        for n, record in enumerate(sample_records[:3])
    ]
    report = sample_records[0].report
    changed = msgspec.structs.replace(
        sample_records[0], report=msgspec.structs.replace(report, text=report.text + " It ended.")
    )
    archive.add([*sample_records, *undated_records, *again, changed], "test")
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


STATEMENTS = [
    {"source": "vladimir_putin"},
    {"source": "Vladimir Putin", "rejected": True},
    {"quote": "direct"},
    {"country": "USA", "publisher": "Elsewhere"},
    {"published_since": "2018-07-16", "published_until": "2018-07-17"},
    {"text": "the"},
    {"text": '"of the"'},
    {"text": "putin -said"},
    {"text": "THE", "quote": "indirect"},
    {"text": "nosuchword"},
]
ACCOUNTS = [
    {"actor": "RUS"},
    {"actor": "rus", "type": "CONSULT"},
    {"country": "USA", "standing": "single source"},
    {"factuality": "denied"},
    {"source": "vladimir_putin"},
    {"text": "Putin", "since": "2018-07"},
    {"until": "2018-07-16"},
    {"publisher": "Elsewhere", "actor": "Donald Trump"},
]


def all_pages(find, archive, question, limit):
    found, after = [], None
    while True:
        page = find(archive, question, after=after, limit=limit)
        found += [row["key"] for row in page.rows]
        if page.after is None:
            return found
        after = page.after


def test_statements_and_accounts_are_the_same_from_columns_and_from_rows(filled, monkeypatch):
    several = [
        ([Question(**asked) for asked in STATEMENTS], find_statements, lambda q: statement_facets(filled, q).found),
        ([Question(**asked) for asked in ACCOUNTS], find_accounts_of, lambda q: account_facets(filled, q).found),
    ]
    for questions, find, count in several:
        by_rows = [all_pages(find, filled, question, 1000) for question in questions]
        assert sum(map(bool, by_rows)) > len(by_rows) / 2
        for looked_through in (0, 9):
            with monkeypatch.context() as patch:
                patch.setattr(first, "_FEW", 0)
                patch.setattr(first, "_WINDOW", looked_through)
                for question, rows in zip(questions, by_rows, strict=True):
                    assert all_pages(find, filled, question, 4) == rows, (question, looked_through)
                    assert count(question) == len(rows), question
    for asked in STATEMENTS:
        question = Question(**asked)
        listed = list(ask_statements(filled, question))
        assert count_statements(filled, question).found == len(listed)
        with monkeypatch.context() as patch:
            patch.setattr(first, "_FEW", 0)
            assert list(ask_statements(filled, question)) == listed
            assert list(ask_statements(filled, question, limit=3)) == listed[:3]
    for asked in ({"who": "RUS"}, {"type": "CONSULT", "least_reports": 2}, {"standing": "repeated"}):
        listed = list(ask_accounts(filled, **asked))
        with monkeypatch.context() as patch:
            patch.setattr(first, "_FEW", 0)
            assert listed
            assert list(ask_accounts(filled, **asked)) == listed


WORDS = st.lists(st.text("aAbéÉ '.\n", max_size=4), max_size=9)


@given(contents=st.lists(WORDS.map(" ".join), min_size=1, max_size=6), term=WORDS.map(" ".join))
def test_what_is_said_is_found_letter_for_letter_but_for_case(contents, term):
    """As SQLite looks for it: case is known of the letters of ASCII."""
    split = [(n, word) for n, content in enumerate(contents) for word in content.split(" ")]
    words = sorted({word for _, word in split})
    run = Run(
        {
            "key": np.arange(len(contents)),
            "word": Words(words, np.array([1 + words.index(word) for _, word in split])),
            "word_at": np.array([n for n, _ in split]),
        }
    )
    folded = term.encode().lower()
    assert holds(run, term, ascii=True).tolist() == [folded in content.encode().lower() for content in contents]
