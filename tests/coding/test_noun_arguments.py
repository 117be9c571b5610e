from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Record


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        ("Chadian troops responded with an offensive against the rebels.", "offensive", "tcd_military"),
        ("Kenya cut fuel prices in a concession to the Somali traders.", "concession", "KEN"),
        ("Kenya announced measures of its own, including a ban on Somali imports.", "ban", "KEN"),
        ("Talks between Kenya and Somalia began in Oslo.", "Talks", "KEN"),
    ],
)
def test_a_noun_has_the_actor_of_the_clause(read: Callable[..., Record], text: str, trigger: str, actor: str) -> None:
    record = read(text)
    (event,) = [e for e in record.events if text[slice(*e.trigger)] == trigger]
    assert actor in [a.entity for a in event.actor]
