from __future__ import annotations

import pytest

from dateline.errors import InputError
from dateline.store import Question, ask_actors, ask_events
from dateline.store.actors import counterparts, find_actors, known_actor, said_beside


def test_pages_of_actors_are_all_of_them_once(shelf):
    found, after = [], None
    while True:
        page = find_actors(shelf, Question(), after=after, limit=7)
        found += [row["entity"] for row in page.rows]
        after = page.after
        if after is None:
            break
    assert found == [row["entity"] for row in ask_actors(shelf, Question())]


def test_actors_by_part_of_the_name_kind_and_country(shelf):
    rows = find_actors(shelf, Question(country="RUS"), name="puT", kind="person").rows
    assert [row["entity"] for row in rows] == ["vladimir_putin"]
    assert not find_actors(shelf, Question(), name="%").rows


@pytest.mark.parametrize("after", ["x", "1", "x:y", "1:"])
def test_a_place_that_is_none_is_told(shelf, after):
    with pytest.raises(InputError, match="no place"):
        find_actors(shelf, Question(), after=after)


def test_an_actor_is_known_by_its_id(shelf):
    found = known_actor(shelf, "vladimir_putin")
    assert (found["name"], found["kind"], found["country"]) == ("Vladimir Putin", "person", "RUS")
    assert found["first"] <= found["last"]
    assert known_actor(shelf, "nobody_at_all") is None


def test_counterparts_count_the_events_of_both(shelf):
    for other in counterparts(shelf, "vladimir_putin", "actor", limit=3):
        both = [
            e
            for e in ask_events(shelf, Question())
            if any(p["entity"] == "vladimir_putin" for p in e["actor"])
            and any(p["entity"] == other.entity for p in e["recipient"])
        ]
        assert len(both) == other.events


def test_what_others_say_in_reports_that_name_somebody(shelf):
    rows = said_beside(shelf, "vladimir_putin", limit=10)
    assert rows
    assert all(row["speaker"] != "vladimir_putin" for row in rows)
    assert [r["day"] for r in rows] == sorted((r["day"] for r in rows), reverse=True)
