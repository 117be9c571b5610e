"""Questions find what they should, in a stable order, and say what they leave out."""

import pytest

from dateline.errors import InputError
from dateline.records import Argument, Entity, Event, EventTime, Link, Record, Report, Statement
from dateline.store import (
    Question,
    ask_actors,
    ask_events,
    ask_reports,
    ask_statements,
    count_events,
    count_reports,
)
from dateline.store.ask import ask_wording
from dateline.store.correction import correct
from dateline.store.question import fts5_query, similar_names

COUNTRIES = {"RUS": "Russia", "UKR": "Ukraine", "PRK": "North Korea"}


def report(id, type, actor, recipient, day, factuality="occurred", published="2024-01-21", text="Talks in Pyongyang."):
    return Record(
        report=Report(id=id, text=text, published=published, published_basis="given", publisher="Test", title=id),
        entities=[
            *(Entity(id=c, name=n, kind="country", country=c) for c, n in COUNTRIES.items()),
            Entity(id="putin", name="Vladimir Putin", kind="person", country="RUS", sector="GOV"),
        ],
        statements=[
            Statement(
                id="s1",
                quote="indirect",
                source=[(0, 5)],
                cue=[],
                content=[(6, 18)],
                chain=[Link(), Link(entity="putin", span=(0, 5))],
            )
        ],
        events=[
            Event(
                id="e1",
                type=type,
                mode="visit",
                contexts=["military", "diplomatic"],
                plover=None,
                trigger=(0, 5),
                actor=[Argument(entity=actor, span=(0, 5))],
                recipient=[Argument(entity=recipient, span=(9, 18))],
                place=None,
                time=EventTime(begin=day, end=day and f"{day[:-2]}{int(day[-2:]) + 1:02d}"),
                factuality=factuality,
                statement="s1",
                quantities=[],
                same_as=None,
                rule="r",
                confidence=0.5,
            )
        ],
    )


@pytest.fixture
def filled(archive):
    archive.add(
        [
            report("a", "CONSULT", "putin", "PRK", "2024-01-10"),
            report("b", "ASSAULT", "RUS", "UKR", "2024-01-05", text='A missile struck the port. "Never" again.'),
            report("c", "CONSULT", "PRK", "RUS", None, factuality="planned", published="2024-02-01"),
        ],
        "test",
    )
    return archive


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (Question(), ["b", "a", "c"]),
        (Question(type="consult"), ["a", "c"]),
        (Question(actor="RUS"), ["b", "a"]),
        (Question(actor="putin"), ["a"]),
        (Question(actor="vladimir putin"), ["a"]),
        (Question(actor="RUS", recipient="PRK"), ["a"]),
        (Question(actor="PRK", between="RUS"), ["a", "c"]),
        (Question(country="ukr"), ["b"]),
        (Question(sector="gov"), ["a"]),
        (Question(factuality="planned"), ["c"]),
        (Question(context="military", mode="visit"), ["b", "a", "c"]),
        (Question(context="milit"), []),
        (Question(since="2024-01-06", until="2024-02-01"), ["a"]),
        (Question(published_since="2024-02"), ["c"]),
        (Question(source="Vladimir Putin", type="ASSAULT"), ["b"]),
        (Question(text="missile"), ["b"]),
        (Question(text="never port"), ["b"]),
        (Question(text='"missile struck"'), ["b"]),
        (Question(text="talks -missile", type="CONSULT"), ["a", "c"]),
        (Question(confidence=0.6), []),
        (Question(publisher="Test", distinct=True), ["b", "a", "c"]),
        (Question(publisher="' OR 1=1 --"), []),
    ],
)
def test_filters(filled, question, found):
    assert [row["report_id"] for row in ask_events(filled, question)] == found
    assert count_events(filled, question).found == len(found)


def test_rows_carry_their_people(filled):
    row = next(ask_events(filled, Question(actor="putin")))
    assert row["actor"] == [{"entity": "putin", "name": "Vladimir Putin", "country": "RUS", "sector": "GOV"}]
    assert row["recipient"][0]["country"] == "PRK"
    assert row["contexts"] == ["military", "diplomatic"]


def test_counts_tell_what_each_filter_leaves_out(filled):
    counts = count_events(filled, Question(type="CONSULT", country="UKR"))
    assert (counts.all, counts.found, dict(counts.left_out)) == (3, 0, {"country": 2, "type": 1})
    assert count_reports(filled, Question(text="missile")).left_out == {"text": 2}


def test_statements_reports_and_actors(filled):
    assert [s["speaker_name"] for s in ask_statements(filled, Question(source="putin"))] == ["Vladimir Putin"] * 3
    assert list(ask_statements(filled, Question(source="nobody"))) == []
    assert [r["id"] for r in ask_reports(filled, Question(text="talks"))] == ["a", "c"]
    actors = list(ask_actors(filled, Question(country="RUS")))
    assert {a["entity"]: a["reports"] for a in actors} == {"RUS": 3, "putin": 3}
    assert len(list(ask_events(filled, Question(), limit=2))) == 2


def test_old_versions_are_not_found(filled):
    filled.add([report("a", "AID", "PRK", "RUS", "2024-01-10", text="Aid, not talks.")], "test")
    assert list(ask_events(filled, Question(type="CONSULT", factuality="occurred"))) == []
    assert [r["report_id"] for r in ask_events(filled, Question(type="AID"))] == ["a"]


@pytest.mark.parametrize(
    "value", ["yesterday", "2024-13", "2024-02-30", "2024-06-31", "2024-00", "2024-01-21Tnoon", "20240121"]
)
def test_dates_that_are_none_are_refused(value):
    with pytest.raises(InputError, match=f"published-since: '{value}'"):
        Question(published_since=value)


@pytest.mark.parametrize("value", ["2024", "2024-02", "2024-02-29", "2024-01-21T10:00", "2024-01-21T10:00:00+04:00"])
def test_dates_may_be_as_wide_as_a_year(value):
    assert Question(since=value).since == value


@pytest.mark.parametrize("many", [0, 1_000])
def test_who_used_words_is_told_but_for_what_people_rejected(filled, monkeypatch, many):
    monkeypatch.setattr("dateline.store.ask._MANY", many)  # in order of the statements, or found by the words
    wording = "in Pyongyang"
    assert [row["report_id"] for row in ask_wording(filled, wording)] == ["a", "c"]
    correct(filled, "a", "s1", "reject", who="ana")
    assert [row["report_id"] for row in ask_wording(filled, wording)] == ["c"]
    with pytest.raises(InputError, match="words to look for are empty"):
        list(ask_wording(filled, " "))


def test_names_that_hold_a_part_are_told(filled):
    with filled.read() as connection:
        assert similar_names(connection, "PUTIN") == ["Vladimir Putin"]
        assert similar_names(connection, "kor") == ["North Korea"]
        assert similar_names(connection, "%") == []


def test_search_words_are_never_read_as_syntax():
    assert fts5_query('a OR b" NEAR(x) col:y') == '"a" AND "OR" AND "b" AND "NEAR(x)" AND "col:y"'
    with pytest.raises(InputError, match="no word"):
        fts5_query("-only --")
