from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Record


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Chad's premier met the Malian president to discuss the border.", "met", "discuss"),
        ("Rebels attacked a camp in Niger, killing six soldiers.", "attacked", "killing"),
        ("Militants killed two guards and wounded nine soldiers in Kabul.", "killed", "wounded"),
        ("Uganda condemned Rwanda, accusing the Rwandan army of arming the rebels.", "condemned", "accusing"),
        ("The attack targeting Kenyan soldiers was condemned by Somalia.", "attack", "targeting"),
    ],
)
def test_a_verb_that_tells_more_of_an_act_is_a_second_mention(
    read: Callable[..., Record], text: str, first: str, second: str
) -> None:
    by_word = {text[event.trigger[0] : event.trigger[1]]: event for event in read(text).events}
    assert by_word[second].same_as == by_word[first].id


@pytest.mark.parametrize(
    "text",
    [
        "The judge was arrested in Minsk and expelled from Belarus.",
        "Rebels shelled Gao and kidnapped two nurses.",
        "Peru condemned Chile and asked Bolivia to intervene.",
    ],
)
def test_acts_of_other_kinds_are_no_second_mentions(read: Callable[..., Record], text: str) -> None:
    assert [event.same_as for event in read(text).events] == [None, None]


def test_what_is_promised_is_coded_once_in_plover(read: Callable[..., Record]) -> None:
    promise, act = read("Ghana promised to help Togo.").events
    assert (promise.type, act.type, act.factuality) == ("AGREE", "AID", "planned")
    assert promise.plover is not None
    assert promise.plover.type == "AGREE"
    assert act.plover is None


def test_who_denies_responsibility_rejects_nothing(read: Callable[..., Record]) -> None:
    record = read("Moscow denied responsibility for the attack on the Polish airport.")
    assert [(event.type, event.factuality) for event in record.events] == [("ASSAULT", "denied")]


def test_who_indicts_is_not_the_one_who_alleged(read: Callable[..., Record]) -> None:
    record = read(
        "Mali condemned as baseless allegations by Chad that it had armed the rebels, as the premier said he hoped "
        "Malian officials would be indicted."
    )
    (indicted,) = [event for event in record.events if event.rule == "ACCUSE/indict"]
    assert indicted.actor == []
