from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Record


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        ("Kenya's president said Somalia had a right to complain and urged both countries to talk.", "urged", "KEN"),
        (
            "Kenya accused Somalia of sending weapons across the border and called on Ethiopia to mediate.",
            "called",
            "KEN",
        ),
        ("Kenya retaliated by expelling Somali envoys and by closing the Somali embassy.", "closing", "KEN"),
        ("Kenya summoned the Somali ambassador to demand an apology.", "demand", "KEN"),
        ("Kenya summoned the Somali ambassador and accused him of lying.", "accused", "KEN"),
        ("On 16 March 1978 Kenyan warplanes dropped bombs on the Somali town of Kismayo.", "bombs", "KEN"),
    ],
)
def test_who_acts_in_a_joined_clause(read: Callable[..., Record], text: str, trigger: str, actor: str) -> None:
    record = read(text)
    country = {entity.id: entity.country for entity in record.entities}
    (event,) = [e for e in record.events if text[slice(*e.trigger)] == trigger]
    assert [country[a.entity] for a in event.actor if a.entity is not None] == [actor]


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("The leaders of Kenya and Somalia urged restraint and condemned Ethiopia.", "condemned", {"KEN", "SOM"}),
        ("Kenya, Somalia and Chad each said they would expel the Libyan envoy.", "expel", {"KEN", "SOM", "TCD"}),
        (
            "Kenya, which sells more tea than any other country, called on Somalia to withdraw its troops.",
            "called",
            {"KEN"},
        ),
    ],
)
def test_all_who_act_together(read: Callable[..., Record], text: str, trigger: str, actors: set[str]) -> None:
    record = read(text)
    (event,) = [e for e in record.events if text[slice(*e.trigger)] == trigger]
    assert {a.entity for a in event.actor} == actors


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        ("Ten people were killed when Chadian troops bombed a bus, fired on nurses and fled.", "fired", "tcd_military"),
        ("Kenya demanded that Somalia return the rifles, likening the Somali troops to pirates.", "likening", "KEN"),
        ("Kenya told Somalia in a telephone call that the road was closed.", "call", "KEN"),
    ],
)
def test_who_acts_in_a_clause_without_subject(read: Callable[..., Record], text: str, trigger: str, actor: str) -> None:
    events = [e for e in read(text).events if text[slice(*e.trigger)] == trigger]
    assert actor in [a.entity for e in events for a in e.actor]


def test_who_acts_before_a_semicolon(read: Callable[..., Record]) -> None:
    text = "Kenya, the former ally, called on Somalia to show restraint; Ethiopia told Chad that nobody wanted a war."
    events = [e for e in read(text).events if text[slice(*e.trigger)] == "called"]
    assert [a.entity for e in events for a in e.actor] == ["KEN"]
