from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Event, Record


def parties(record: Record, event: Event) -> tuple[list[str], list[str]]:
    text = record.report.text
    actors = [text[slice(*argument.span)] for argument in event.actor if argument.span is not None]
    recipients = [text[slice(*argument.span)] for argument in event.recipient if argument.span is not None]
    return actors, recipients


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("Nine herders were killed when Malian jets hit their camp.", "ASSAULT", "Malian jets", "Nine herders"),
        ("Six villagers died after rebels opened fire on a market in Gao.", "ASSAULT", "rebels", "Six villagers"),
        ("Chile and Peru staged naval exercises in the Pacific.", "COOPERATE", "Chile", "Peru"),
        ("Serbia's government told the bank it was open to talks on the debt.", "AGREE", "Serbia's government", "bank"),
        ("The Chadian army and the rebels agreed to a truce.", "RETREAT", "The Chadian army", "the rebels"),
    ],
)
def test_the_acts_around_one_say_who_takes_part(
    read: Callable[..., Record], text: str, kind: str, actor: str, recipient: str
) -> None:
    record = read(text)
    found = [parties(record, event) for event in record.events if event.type == kind]
    assert any(actor in actors and any(recipient in phrase for phrase in to) for actors, to in found), found


def test_the_words_of_an_accusation_are_no_second_one(read: Callable[..., Record]) -> None:
    record = read("Bolivia condemned the Chilean decree, calling it a disgrace.")
    assert [event.type for event in record.events] == ["ACCUSE"]


def test_a_joint_attack_is_no_joint_work_but_for_those_it_hits(read: Callable[..., Record]) -> None:
    attack = read("Kenya and Somalia launched a joint attack on the rebels.")
    assert [event.type for event in attack.events] == ["ASSAULT"]
    assert parties(attack, attack.events[0]) == (["Kenya", "Somalia"], ["the rebels"])
    assert read("Kenyan and Somali troops launched a joint operation.").events[0].type == "COOPERATE"


@pytest.mark.parametrize(
    "text",
    [
        "Chad told the Libyan rebels to leave or face an attack.",
        "The rebels gave mayors in Mali 72 hours to quit or be killed.",
        "The Taliban vowed in a video to attack the Afghan army.",
    ],
)
def test_do_it_or_be_harmed_and_what_is_vowed_are_threats(read: Callable[..., Record], text: str) -> None:
    assert any(event.type == "THREATEN" for event in read(text).events)


def test_words_that_say_at_whom_an_attack_is_aimed_tell_of_no_other(read: Callable[..., Record]) -> None:
    record = read("Somali militants claimed responsibility for an attack targeting Kenyan soldiers in Garissa.")
    attack, *again = [event for event in record.events if event.type == "ASSAULT"]
    assert parties(record, attack)[1] == ["Kenyan soldiers"]
    assert [event.same_as for event in again] == [attack.id]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Chad protested to Libya over the raid.", "ACCUSE"),
        ("Chadians protested in Paris.", "PROTEST"),
        ("Thousands of Chadians protested against the decree in Paris.", "PROTEST"),
    ],
)
def test_a_state_protests_with_words(read: Callable[..., Record], text: str, kind: str) -> None:
    assert [event.type for event in read(text).events] == [kind]


def test_those_who_are_handed_over_are_no_aid(read: Callable[..., Record]) -> None:
    record = read("Guerrillas released two Chadian soldiers, handing them over to the Red Cross.")
    assert {event.type for event in record.events} == {"RETREAT"}
