"""Corrections hold: through questions, new versions and re-coding; both values stay, and each can be taken back."""

import msgspec
import pytest
from sqlalchemy import select

from dateline.errors import InputError
from dateline.records import Flag
from dateline.store import Question, ask_events, ask_statements
from dateline.store.correction import correct, log, store_anew, undo
from dateline.store.invariants import problems
from dateline.store.tables import entities, flags


@pytest.fixture
def filled(archive, sample_records):
    archive.add(sample_records, "test")
    return archive


@pytest.fixture
def invasion(sample_records):
    return next(e for e in sample_records[2].events if sample_records[2].report.text[slice(*e.trigger)] == "invaded")


def row(archive, event_id, **asked):
    rows = ask_events(archive, Question(rejected=True, **asked))
    return next(r for r in rows if r["report_id"] == "arms" and r["event"] == event_id)


def test_a_change_is_asked_for_like_any_value_and_the_machine_value_stays(filled, invasion, sample_records):
    number = correct(filled, "arms", invasion.id, "change", who="ana", why="test", field="factuality", value="denied")
    found = row(filled, invasion.id, factuality="denied")
    assert (found["factuality"], found["review"]) == ("denied", "changed")
    assert filled.record("arms") == sample_records[2]
    (entry,) = log(filled)
    assert (entry["key"], entry["who"], entry["human"], entry["holds"]) == (number, "ana", "denied", True)
    assert entry["machine"] == {"kind": "event", "words": "invaded", "begin": invasion.trigger[0], "value": "occurred"}


def test_rejected_items_are_left_out_unless_asked_for(filled, invasion, sample_records):
    before = len(list(ask_events(filled, Question())))
    correct(filled, "arms", invasion.id, "reject", who="ana")
    statement = sample_records[2].statements[0].id
    correct(filled, "arms", statement, "reject", who="ana")
    assert len(list(ask_events(filled, Question()))) == before - 1
    assert len(list(ask_events(filled, Question(rejected=True)))) == before
    assert statement not in [s["statement"] for s in ask_statements(filled, Question()) if s["report_id"] == "arms"]


def test_people_are_changed_by_id_or_name(filled, invasion):
    correct(filled, "arms", invasion.id, "change", who="ana", field="recipient", value=["UKR", "Atlantis"])
    found = row(filled, invasion.id)
    assert [p["name"] for p in found["recipient"]] == ["Ukraine", "Atlantis"]
    assert [p["country"] for p in found["recipient"]] == ["UKR", None]
    assert row(filled, invasion.id, recipient="atlantis")


def test_taking_back_restores_the_machine_and_keeps_the_log(filled, invasion):
    machine = row(filled, invasion.id)
    first = correct(filled, "arms", invasion.id, "change", who="ana", field="actor", value=["UKR"])
    second = correct(filled, "arms", invasion.id, "change", who="ben", field="type", value="AID")
    undo(filled, first, who="ana")
    found = row(filled, invasion.id)
    assert found["actor"] == machine["actor"]
    assert found["type"] == "AID"
    undo(filled, second, who="ben")
    assert row(filled, invasion.id) == machine
    assert [e["action"] for e in log(filled, "arms")] == ["change", "change", "undo", "undo"]
    assert [e["holds"] for e in log(filled)] == [False] * 4
    with pytest.raises(InputError, match="already"):
        undo(filled, first, who="ana")
    with pytest.raises(InputError, match="no correction 99"):
        undo(filled, 99, who="ana")


def test_a_person_is_not_overwritten_by_a_new_version_or_by_coding_again(filled, invasion, sample_records):
    correct(filled, "arms", invasion.id, "change", who="ana", field="type", value="MOBILIZE")
    # Coded again, the same words have another number.
    shifted = [
        msgspec.structs.replace(e, id=f"x{n}", same_as=None, quantities=[])
        for n, e in enumerate(sample_records[2].events)
    ]
    assert store_anew(filled, [msgspec.structs.replace(sample_records[2], events=shifted)], "newer") == 1
    again = next(r for r in ask_events(filled, Question(type="MOBILIZE")) if r["trigger"] == "invaded")
    assert again["review"] == "changed"
    title = msgspec.structs.replace(sample_records[2].report, title="Changed")
    filled.add([msgspec.structs.replace(sample_records[2], report=title)], "test")
    found = next(r for r in ask_events(filled, Question(type="MOBILIZE")) if r["trigger"] == "invaded")
    assert found["review"] == "changed"
    assert list(problems(filled)) == []


@pytest.mark.parametrize(
    ("item", "action", "field", "value", "problem"),
    [
        ("e999", "accept", None, None, "no event, statement or flag 'e999'"),
        ("e1", "change", "colour", "red", "one of type, mode"),
        ("e1", "change", "factuality", "perhaps", "factuality is one of occurred"),
        ("e1", "change", "begin", "yesterday", "ISO date"),
        ("e1", "change", "begin", "20240621", "ISO date"),
        ("e1", "change", "end", "1990-01-01", "does not come after the begin"),
        ("e1", "change", "actor", "RUS", "takes a list"),
        ("e1", "change", "type", None, "cannot be empty"),
        ("e1", "change", "type", "asault", "did you mean ASSAULT"),
        ("e1", "accept", "type", "AID", "takes no field"),
    ],
)
def test_what_cannot_be_said_is_refused(filled, item, action, field, value, problem):
    with pytest.raises(InputError, match=problem):
        correct(filled, "arms", item, action, who="ana", field=field, value=value)
    assert list(log(filled)) == []


def test_another_begin_takes_the_end_and_the_day_with_it(filled, invasion, sample_records):
    def change(field, value):
        correct(filled, "arms", invasion.id, "change", who="ana", field=field, value=value)
        found = row(filled, invasion.id)
        return found["begin"], found["end"], found["day"]

    change("begin", "2024-06-01")
    assert change("end", "2024-06-11") == ("2024-06-01", "2024-06-11", "2024-06-01")
    assert change("begin", "2024-06-05") == ("2024-06-05", "2024-06-11", "2024-06-05")
    assert change("begin", "2024-06-11") == ("2024-06-11", "2024-06-12", "2024-06-11")
    assert change("begin", "9999-12-31") == ("9999-12-31", None, "9999-12-31")
    assert change("begin", None)[2] == sample_records[2].report.published[:10]
    assert list(problems(filled)) == []


def test_unknown_reports_and_nobody_are_refused(filled):
    with pytest.raises(InputError, match="no report 'nothing'"):
        correct(filled, "nothing", "e1", "accept", who="ana")
    with pytest.raises(InputError, match="who says it"):
        correct(filled, "arms", "e1", "accept", who=" ")


def test_flags_are_accepted_or_rejected_and_that_holds(filled, sample_records):
    begin = sample_records[2].report.text.index("Russia")
    flag = Flag(kind="name_mismatch", span=(begin, begin + 6), suggestion="RUS", why="test")
    assert store_anew(filled, [msgspec.structs.replace(sample_records[2], flags=[flag])], "newer") == 1
    number = correct(filled, "arms", "f1", "reject", who="ana")
    assert reviews(filled) == [("f1", "rejected")]
    with pytest.raises(InputError, match="accepted or rejected, not changed"):
        correct(filled, "arms", "f1", "change", who="ana", field="why", value="x")
    # Coded again it is another flag's neighbour.
    before = Flag(kind="undated", span=(0, 3), suggestion=None, why="test")
    assert store_anew(filled, [msgspec.structs.replace(sample_records[2], flags=[before, flag])], "newest") == 1
    assert reviews(filled) == [("f1", None), ("f2", "rejected")]
    undo(filled, number, who="ana")
    assert reviews(filled) == [("f1", None), ("f2", None)]
    assert list(problems(filled)) == []


def reviews(archive):
    with archive.read() as connection:
        rows = connection.execute(select(flags.c.flag, flags.c.review).where(flags.c.current).order_by(flags.c.flag))
        return [tuple(row) for row in rows]


def test_people_of_other_reports_are_known_by_id_or_name(filled, sample_records):
    with filled.read() as connection:
        here = {e.id for e in sample_records[2].entities}
        other = next(e for r in sample_records[:2] for e in r.entities if e.id not in here and e.country)
        assert connection.scalar(select(entities.c.key).where(entities.c.entity == other.id))
    event = sample_records[2].events[0]
    correct(filled, "arms", event.id, "change", who="ana", field="actor", value=[other.id, other.name.upper()])
    found = row(filled, event.id)
    assert [(p["entity"], p["name"], p["country"]) for p in found["actor"]] == [
        (other.id, other.name, other.country)
    ] * 2
    assert list(problems(filled)) == []
