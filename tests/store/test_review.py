"""The queue of review: in the order of doubt, page by page, without what people have said something of."""

import msgspec
import pytest

from dateline.errors import InputError
from dateline.records import Flag
from dateline.store.correction import correct, undo
from dateline.store.review import (
    Wanted,
    count_to_review,
    events_to_review,
    flag_kinds,
    flags_to_review,
    log_page,
)


@pytest.fixture
def filled(archive, sample_records):
    flagged = [
        msgspec.structs.replace(
            record,
            flags=[
                Flag(kind="name_mismatch", span=(n, n + 4), suggestion=record.entities[0].id, why=f"query {n}")
                for n in range(3)
            ],
        )
        for record in sample_records
    ]
    archive.add(flagged, "test")
    return archive


def walk(ask, archive, wanted, limit):
    rows, after = [], None
    while True:
        page = ask(archive, wanted, after=after, limit=limit)
        assert len(page.rows) <= limit
        rows += page.rows
        if page.after is None:
            return rows
        after = page.after


@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_all_events_come_once_the_least_certain_first(filled, sample_records, limit):
    rows = walk(events_to_review, filled, Wanted(), limit)
    places = [(row["confidence"], row["key"]) for row in rows]
    assert places == sorted(places)
    assert {(row["report_id"], row["event"]) for row in rows} == {
        (record.report.id, event.id) for record in sample_records for event in record.events
    }
    assert len(rows) == len(set(places)) == count_to_review(filled, Wanted())[0]


def test_events_come_with_who_acts(filled, sample_records):
    row = next(r for r in walk(events_to_review, filled, Wanted(), 50) if r["actor"] and r["recipient"])
    record = next(r for r in sample_records if r.report.id == row["report_id"])
    event = next(e for e in record.events if e.id == row["event"])
    assert [p["entity"] for p in row["actor"]] == [a.entity for a in event.actor]
    assert [p["entity"] for p in row["recipient"]] == [a.entity for a in event.recipient]
    assert row["contexts"] == event.contexts


def test_what_a_person_looked_at_leaves_the_queue_and_comes_back_when_taken_back(filled):
    first = events_to_review(filled, Wanted(), limit=1).rows[0]
    number = correct(filled, first["report_id"], first["event"], "accept", who="ana")
    events, flags = count_to_review(filled, Wanted())
    assert first["key"] not in [row["key"] for row in walk(events_to_review, filled, Wanted(), 50)]
    (accepted,) = events_to_review(filled, Wanted(said="accepted")).rows
    assert accepted["key"] == first["key"]
    undo(filled, number, who="ana")
    assert count_to_review(filled, Wanted()) == (events + 1, flags)
    assert events_to_review(filled, Wanted(), limit=1).rows[0]["key"] == first["key"]


def test_filters_keep_what_they_name(filled, sample_records):
    everything = walk(events_to_review, filled, Wanted(), 100)
    assert flag_kinds(filled, Wanted()) == {"name_mismatch": 9}
    assert flag_kinds(filled, Wanted(said="accepted")) == {}
    for name in ("type", "factuality"):
        for value in {row[name] for row in everything}:
            wanted = Wanted(**{name: value})
            found = walk(events_to_review, filled, wanted, 100)
            assert len(found) == count_to_review(filled, wanted)[0] == sum(r[name] == value for r in everything)
    here = Wanted(report="arms")
    assert {row["report_id"] for row in events_to_review(filled, here, limit=100).rows} == {"arms"}
    assert count_to_review(filled, here) == (len(sample_records[2].events), 3)
    russia = events_to_review(filled, Wanted(who="rus"), limit=200).rows
    assert russia
    assert all(
        "RUS" in {p[f] for p in row["actor"] + row["recipient"] for f in ("entity", "country")} for row in russia
    )
    assert count_to_review(filled, Wanted(who="nobody at all"))[0] == 0


def test_flags_come_newest_report_first_and_leave_when_looked_at(filled):
    rows = walk(flags_to_review, filled, Wanted(), 2)
    assert [row["key"] for row in rows] == sorted((row["key"] for row in rows), reverse=True)
    assert len(rows) == 9
    assert rows[0]["suggestion_name"]
    correct(filled, rows[0]["report_id"], rows[0]["flag"], "reject", who="ana")
    assert count_to_review(filled, Wanted())[1] == 8
    assert flags_to_review(filled, Wanted(said="rejected")).rows[0]["key"] == rows[0]["key"]
    assert len(walk(flags_to_review, filled, Wanted(kind="undated"), 2)) == 0


def test_the_log_comes_latest_first_and_tells_what_was_taken_back(filled):
    rows = events_to_review(filled, Wanted(), limit=4).rows
    numbers = [
        correct(filled, row["report_id"], row["event"], "accept", who=who)
        for row, who in zip(rows, ("ana", "ben", "ana", "ben"), strict=True)
    ]
    back = undo(filled, numbers[1], who="ana", why="too soon")
    page = log_page(filled, limit=2)
    assert [row["key"] for row in page.rows] == [back, numbers[3]]
    rest = log_page(filled, after=int(page.after), limit=10)
    assert [row["key"] for row in rest.rows] == [numbers[2], numbers[1], numbers[0]]
    assert rest.after is None
    assert [row["undone_by"] for row in rest.rows] == [None, back, None]
    assert [row["key"] for row in log_page(filled, who="ben").rows] == [numbers[3], numbers[1]]
    assert [row["why"] for row in log_page(filled, action="undo").rows] == ["too soon"]
    assert log_page(filled, report="nothing").rows == []


@pytest.mark.parametrize("after", ["", "x", "1", "0.5:", "nan:1", "0.5:1;drop", "0.5:1:2"])
def test_a_place_that_is_none_is_refused(filled, after):
    with pytest.raises(InputError, match="no place"):
        events_to_review(filled, Wanted(), after=after)


def test_an_unknown_state_is_refused():
    with pytest.raises(InputError, match="open, accepted"):
        Wanted(said="perhaps")
