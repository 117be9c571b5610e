"""Counting from columns finds what the rows hold, whatever was written in between, in both databases."""

import msgspec
import pytest
from sqlalchemy import delete, func, select, update

from dateline.store import Question, ask_events, count_events
from dateline.store.columns import RUN, runs
from dateline.store.correction import correct, store_anew
from dateline.store.invariants import problems
from dateline.store.kept import EVENTS, seal, untrue
from dateline.store.overview import country_matrix, events_over_time
from dateline.store.reconciled import reconcile
from dateline.store.tables import arguments, event_columns, events

QUESTIONS = [
    {},
    {"actor": "RUS"},
    {"actor": "donald trump"},
    {"actor": "USA", "between": "RUS"},
    {"between": "PRK"},
    {"recipient": "vladimir_putin"},
    {"country": "KOR", "type": "consult"},
    {"sector": "GOV", "factuality": "occurred"},
    {"mode": "visit"},
    {"plover": "CONSULT"},
    {"context": "military"},
    {"standing": "repeated"},
    {"standing": "single source", "rejected": True},
    {"source": "Vladimir Putin"},
    {"source": "vladimir_putin", "distinct": True},
    {"place": "Helsinki"},
    {"since": "2018-07"},
    {"since": "2018", "until": "2018-07-17"},
    {"confidence": 0.8},
    {"published_since": "2018-07-17", "published_until": "2020"},
    {"publisher": "Elsewhere"},
    {"text": "missiles -sanctions"},
]


def agree(archive):
    for asked in QUESTIONS:
        counts = count_events(archive, Question(**asked))
        assert counts.found == len(list(ask_events(archive, Question(**asked)))), asked
        # Each filter alone, beside what is always left out.
        for name in Question(**asked).given():
            if name in counts.left_out and not (name == "actor" and "between" in asked):
                alone = Question(**{name: asked[name], "rejected": True})
                assert counts.left_out[name] == counts.all - len(list(ask_events(archive, alone))), (asked, name)


def held(archive):
    """The runs that are sealed, all of them as the rows would have it now."""
    with archive.read() as connection:
        assert list(untrue(connection)) == []
        return set(connection.execute(select(event_columns.c.run)).scalars())


def test_a_column_that_is_not_of_its_rows_is_found(far):
    with far.write() as connection:
        connection.execute(update(event_columns).where(event_columns.c.name == "type").values(data=b"\x93\xa3|u1"))
    assert len([p for p in problems(far) if "'type'" in p]) == 3


def test_counts_from_columns_are_those_of_the_rows(shelf):
    agree(shelf)


@pytest.fixture
def far(archive, sample_records):
    """An archive whose first events are in a full run, as if many others had come since."""
    archive.add(sample_records[:2], "test")
    with archive.write() as connection:
        last = connection.scalar(select(func.max(events.c.key)))
        connection.execute(update(arguments).where(arguments.c.event == last).values(event=last - 1, position=90))
        connection.execute(update(events).where(events.c.key == last).values(key=2 * RUN))
        if archive.engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT setval('events_key_seq', {2 * RUN})")
    archive.optimize()
    return archive


def test_what_changes_in_a_full_run_is_counted(far, sample_records):
    first, second, third = sample_records
    assert held(far) == {0, 1, 2}
    agree(far)
    correct(far, first.report.id, first.events[0].id, "reject", who="ana")
    assert held(far) == {1, 2}
    agree(far)
    correct(far, first.report.id, first.events[1].id, "change", field="actor", value=["PRK"], who="ana")
    agree(far)
    far.optimize()
    assert held(far) == {0, 1, 2}
    agree(far)
    changed = msgspec.structs.replace(first.report, text=first.report.text + " It ended.")
    far.add([msgspec.structs.replace(first, report=changed), third], "test")
    held(far)
    agree(far)
    reconcile(far)
    held(far)
    agree(far)
    assert store_anew(far, [second], "newer") == 1
    held(far)
    agree(far)
    reconcile(far, full=True)
    with far.read() as connection:
        standing = connection.execute(select(event_columns.c.run).where(event_columns.c.name == "standing"))
        assert set(standing.scalars()) == {0, 1, 2}
    far.optimize()
    held(far)
    agree(far)


def test_a_full_run_is_sealed_by_the_report_that_fills_it(far, sample_records):
    with far.write() as connection:
        connection.execute(delete(event_columns))
    with far.write() as connection:
        assert seal(connection, least=3, tail=2) == 0
        assert seal(connection, tail=2) == 2
        assert seal(connection) == 1
        assert seal(connection) == 0
    assert held(far) == {0, 1, 2}
    with far.read() as connection:
        assert len(list(runs(connection, EVENTS, EVENTS.names))) == 3


def test_an_empty_archive_has_nothing_to_count(archive):
    assert count_events(archive, Question(actor="RUS")).all == 0
    assert events_over_time(archive) == []
    assert country_matrix(archive) == []
