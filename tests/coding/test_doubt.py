from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Record


@pytest.mark.parametrize(
    "text",
    [
        "Italy were destroyed by a ruthless Brazil.",
        "The Dane struck a cross-court winner.",
        "Peru beat Chile in the rain.",
        "Two buses collided in Peru and eleven people were injured.",
        "The teacher punished the boy for talking.",
        "An elephant killed a farmer in Sri Lanka.",
        "Farkas met Olsen in the spring.",
        "The Thai noodles demand a hot pan.",
    ],
)
def test_teams_mishaps_and_strangers_do_nothing(read: Callable[..., Record], text: str) -> None:
    assert read(text).events == []


@pytest.mark.parametrize(
    "text",
    [
        "Iran attacked Iraq on Monday.",
        "Mongolian police beat the students after the match.",
        "Russia jailed the American basketball player.",
        "Japan sent blankets to Nepal after the storm.",
        "The minister met Olsen in the spring.",
        "Eleven people were killed in a shooting in Peru.",
        "Kenya banned imports of chicken from Brazil.",
    ],
)
def test_politics_is_coded_whatever_the_field(read: Callable[..., Record], text: str) -> None:
    assert read(text).events


def test_what_is_coded_in_doubt_says_so(read: Callable[..., Record]) -> None:
    (sure,) = read("Oman praised the aid of Qatar on Monday.").events[:1]
    (doubtful,) = read("Oman praised the aid of Qatar after the match.").events[:1]
    assert doubtful.confidence < sure.confidence
