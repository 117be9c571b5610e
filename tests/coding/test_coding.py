from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.annotate import parse
from dateline.coding import code_events
from dateline.intake import make_report
from dateline.pipeline import record_of
from dateline.records import Record, Report, check
from dateline.resolve import Resolution

if TYPE_CHECKING:
    from spacy.language import Language


def test_one_act_with_actor_and_recipient(read: Callable[..., Record]) -> None:
    record = read("Norway condemned Russia on Tuesday.")
    (event,) = record.events
    text = record.report.text
    assert (event.id, event.type, event.mode) == ("e1", "ACCUSE", "disapprove")
    assert text[slice(*event.actor[0].span or (0, 0))] == "Norway"
    assert text[slice(*event.recipient[0].span or (0, 0))] == "Russia"


def test_a_passive_turns_the_roles(read: Callable[..., Record]) -> None:
    record = read("Turkey was condemned by Greece.")
    text = record.report.text
    assert [text[slice(*a.span or (0, 0))] for a in record.events[0].actor] == ["Greece"]


def test_an_object_that_is_no_actor_is_no_attack(read: Callable[..., Record]) -> None:
    assert read("The committee attacked the problem with energy.").events == []


def test_lifting_sanctions_is_no_sanction(read: Callable[..., Record]) -> None:
    types = [event.type for event in read("Canada lifted its sanctions against Chad.").events]
    assert types == ["RETREAT"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_no_text_breaks_the_coder(nlp: Language, text: str) -> None:
    report = Report(id="x", text=text)
    (syntax,) = parse([text], nlp)
    events = code_events(syntax, [], Resolution(), [], [], [], report)
    assert list(check(Record(report=report, events=events))) == []


def test_who_hosts_a_summit_is_told_once(read: Callable[..., Record]) -> None:
    record = read("The Finnish president hosted the summit in Helsinki.")
    assert [event.type for event in record.events] == ["CONSULT"]


def test_a_town_is_taken_and_a_general_kidnapped(read: Callable[..., Record]) -> None:
    assert [event.mode for event in read("The rebels captured Damascus on Sunday.").events] == [None]
    assert "abduct" in [event.mode for event in read("The rebels captured the Syrian general on Sunday.").events]


@pytest.mark.parametrize(
    "text",
    [
        "The plane was shot down over Mali. The aircraft had left Chad. The jet burned. ",
        "Rebels attacked a village in Mali. Chad condemned the attack. The town was bombed. ",
        "Niger jailed a pastor. Mali demanded the release of the pastor. The pastor was freed after the court ruled. ",
        "The army of Chad and the rebels fought. The two sides agreed to a truce. Niger hailed the two armies. ",
        "Workers marched in Lima to demand pay from the king. The move was condemned. Envoys will be expelled. ",
    ],
)
def test_what_a_report_tells_again_and_again_takes_linear_work(
    nlp: Language, text: str, steps: Callable[[Callable[[], object]], int]
) -> None:
    few, many = (next(parse([text * number], nlp)) for number in (100, 400))
    record_of(make_report(few.text), few)  # what is loaded once
    cost = [steps(lambda s=syntax: record_of(make_report(s.text), s)) for syntax in (few, many)]  # type: ignore[misc]
    assert cost[1] < 5 * cost[0]


def test_a_sentence_without_end_takes_little_work(nlp: Language, steps: Callable[[Callable[[], object]], int]) -> None:
    few, many = (next(parse(["Chad condemned the raid and Mali praised the deal and " * n], nlp)) for n in (50, 200))
    record_of(make_report(few.text), few)  # what is loaded once
    cost = [steps(lambda s=syntax: record_of(make_report(s.text), s)) for syntax in (few, many)]  # type: ignore[misc]
    assert cost[1] < 6 * cost[0]
