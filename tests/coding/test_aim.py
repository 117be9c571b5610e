"""At whom an act is directed, where none of its own slots says it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Event, Record

Read = Callable[..., Record]


def event(record: Record, kind: str) -> Event:
    return next(event for event in record.events if event.type == kind)


def recipients(record: Record, kind: str) -> list[str]:
    spans = [argument.span for argument in event(record, kind).recipient]
    return [record.report.text[slice(*span)] for span in spans if span is not None]


@pytest.mark.parametrize(
    ("text", "kind", "recipient"),
    [
        ("Peru sent troops to hunt the Bolivian rebels.", "MOBILIZE", "Bolivian rebels"),
        ("Miners rioted in Cusco after the Chilean police shut the market.", "PROTEST", "Chilean police"),
        ("A stoppage called by the miners paralysed Bolivia.", "PROTEST", "Bolivia"),
        ("Inmates in Cuba refused food.", "PROTEST", "Cuba"),
        ("A request by Ghana for grain was forwarded to Canada.", "REQUEST", "Canada"),
    ],
)
def test_purpose_grievance_and_belonging_tell_at_whom(read: Read, text: str, kind: str, recipient: str) -> None:
    assert any(recipient in phrase for phrase in recipients(read(text), kind))


def test_nobody_acts_against_himself(read: Read) -> None:
    record = read("Miners rioted in Cusco after the miners shut the market.")
    assert not any("miners" in phrase.lower() for phrase in recipients(record, "PROTEST"))


def test_a_protest_against_somebody_has_no_need_of_where_its_crowd_lives(read: Read) -> None:
    record = read("Students in Lima protested against the Chilean government.")
    assert recipients(record, "PROTEST") == ["the Chilean government"]
