"""Which words of a parse are triggers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Record


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Prosecutors said the general had raped the prisoner.", "ASSAULT"),
        ("Finland has readied its troops near the Russian border.", "MOBILIZE"),
        ("Peru has unbanned the Chilean party.", "RETREAT"),
    ],
)
def test_forms_that_the_lemmatizer_gets_wrong_are_known(read: Callable[..., Record], text: str, kind: str) -> None:
    assert kind in [event.type for event in read(text).events]


def test_a_clause_below_the_object_tells_the_act(read: Callable[..., Record]) -> None:
    record = read("Norway gave the Iranian envoy two days to leave.")
    assert [event.type for event in record.events if event.actor] == ["SANCTION"]


def test_a_particle_hung_on_the_object_stands_with_its_verb(read: Callable[..., Record]) -> None:
    record = read("Lithuania ordered Russian envoys out after images of the killings emerged.")
    assert "SANCTION" in [event.type for event in record.events if event.recipient]
