"""Overviews count what the questions find, in both databases."""

from collections import Counter
from datetime import date, timedelta

import pytest

from dateline.store import Question, ask_events, ask_statements
from dateline.store.correction import correct
from dateline.store.overview import (
    actor_timeline,
    country_matrix,
    events_by_country,
    events_by_place,
    events_over_time,
)

QUESTIONS = [
    Question(),
    Question(type="CONSULT"),
    Question(actor="RUS", factuality="occurred"),
    Question(publisher="Elsewhere"),
    Question(text="missiles", since="2018"),
]


def countries(people):
    return {p["country"] for p in people if p["country"]}


def begin_of(day, by):
    at = date.fromisoformat(day[:10])
    first = {"day": at, "week": at - timedelta(at.weekday()), "month": at.replace(day=1)}
    return str(first.get(by, at.replace(day=1, month=1)))


@pytest.mark.parametrize("by", ["day", "week", "month", "year"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_events_over_time_are_those_that_a_question_finds(shelf, question, by):
    found = Counter((begin_of(e["day"], by), e["type"]) for e in ask_events(shelf, question) if e["day"])
    told = events_over_time(shelf, question, by=by)
    assert {(t.begin, t.type): t.events for t in told} == found
    assert [(t.begin, t.type) for t in told] == sorted(found)
    assert found


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_matrix_counts_each_pair_of_countries_once_an_event(shelf, question):
    found = Counter(
        (one, other)
        for e in ask_events(shelf, question)
        for one in countries(e["actor"])
        for other in countries(e["recipient"])
    )
    told = country_matrix(shelf, question)
    assert {(p.actor, p.recipient): p.events for p in told} == found
    assert told == sorted(told, key=lambda p: (-p.events, p.actor, p.recipient))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_country_counts_once_an_event(shelf, question):
    found = Counter(c for e in ask_events(shelf, question) for c in countries([*e["actor"], *e["recipient"]]))
    told = events_by_country(shelf, question)
    assert {c.country: c.events for c in told} == found
    assert told == sorted(told, key=lambda c: (-c.events, c.country))


def test_a_persons_correction_counts(archive, sample_records):
    archive.add(sample_records, "test")
    before = {(p.actor, p.recipient): p.events for p in country_matrix(archive)}
    event = next(e for e in ask_events(archive, Question(actor="RUS")) if countries(e["recipient"]) == {"USA"})
    correct(archive, event["report_id"], event["event"], "change", field="recipient", value=["KOR"], who="ana")
    after = {(p.actor, p.recipient): p.events for p in country_matrix(archive)}
    assert after["RUS", "USA"] == before["RUS", "USA"] - 1
    assert after["RUS", "KOR"] == before.get(("RUS", "KOR"), 0) + 1


@pytest.mark.parametrize("question", QUESTIONS)
def test_places_are_those_of_the_events_with_coordinates(shelf, sample_records, question):
    known = {e.id: e for r in sample_records for e in r.entities if e.latitude is not None}
    found = Counter(e["place"] for e in ask_events(shelf, question) if e["place"] in known)
    told = events_by_place(shelf, question)
    assert {p.place: p.events for p in told} == found
    for place in told:
        assert (place.latitude, place.longitude) == (known[place.place].latitude, known[place.place].longitude)
        assert place.name == known[place.place].name


@pytest.mark.parametrize("who", ["RUS", "vladimir_putin", "vladimir putin", "nobody at all"])
def test_an_actors_timeline_is_what_the_questions_find(shelf, who):
    found = Counter()
    for role in ("actor", "recipient"):
        for event in ask_events(shelf, Question(**{role: who})):
            if event["day"]:
                found[begin_of(event["day"], "month"), role, event["type"]] += 1
    for said in ask_statements(shelf, Question(source=who)):
        found[begin_of(said["day"], "month"), "speaker", None] += 1
    told = actor_timeline(shelf, who)
    assert {(t.begin, t.role, t.type): t.count for t in told} == found
    assert bool(found) == (who != "nobody at all")
