from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Record


@pytest.mark.parametrize(
    "text",
    [
        "Fifa banned Russia from the tournament after the invasion.",
        "China sent rescuers to Turkey after the earthquake.",
        "The police arrested forty fans at the stadium in Milan.",
        "Storm Ada: the government declared an emergency in Wales.",
        "Denmark shipped rice and beans to Chad.",
        "Iran and Oman held an eighth round of talks in Muscat.",
        "Peru reduced its aid to Bolivia.",
        "Nigeria, Ghana and Togo met on Monday.",
        "Teachers went on strike in Quito.",
        "Ethiopia complained to Kenya that Egypt was stirring up trouble on its border.",
        "Macron urged Merkel to wait.",
        "Macron visited Beijing.",
        "Lavrov arrived in Hanoi.",
        "Zelensky thanked Poland.",
        "Russia struck Kharkiv.",
        "Rebels attacked the outskirts of Goma.",
        "Kurdish forces left their positions in Kirkuk.",
        "Thirty countries signed a letter urging Cuba to free the poet.",
        "Somali pirates released a Danish family.",
        "Jordan's president has requested an apology from Malta over insults at a stadium.",
        "Dozens of nurses took to the streets of Kabul, chanting for bread and work.",
        "Opposition supporters marched through Lima against President Fujimori.",
        "Merkel met Scholz in Berlin.",
        "The Chadian premier asked Niger for help after the storm.",
        "Residents took the mining firm to court.",
        "The government of Mauritius imposed a curfew after the riots in the rain.",
        "Togo, Mali and Benin met in Lome.",
    ],
)
def test_politics_stands_beside_words_of_other_fields_and_in_short_sentences(
    read: Callable[..., Record], text: str
) -> None:
    assert read(text).events


@pytest.mark.parametrize(
    "text",
    [
        "Campbell signalled his readiness to move abroad.",
        "We had a talk with Steve last year.",
        "The Syrian sisters run a small kitchen in Athens.",
        "The Spaniard gave his prize money to charity.",
        "He went to Madrid as the only competitor from Lagos.",
        "Their clash with Honduras decides it.",
        "Mali beat Togo to set up a meeting with Egypt.",
        "The tennis chief condemned the leak.",
        "Norway hosted Belgium on Tuesday.",
        "The typhoon forced Japan to cancel flights.",
        "The president of the club demanded patience.",
        "Her spokesman insisted that she had only been late.",
        "United chief executive Daniel Harte agreed a deal with the agent.",
        "The governor congratulated the volleyball team.",
        "Cameroon go home after losing to Serbia and Brazil.",
        "Fiji rallied to force a tense finish.",
        "India fought their way out of trouble in Colombo.",
        "Cyprus will meet Malta and Andorra.",
        "Senators beat Bruins 4-2 in Ottawa.",
        "Lens held talks with the agent of the Senegal forward.",
        "The judges praised her cheese and marked down the bread.",
        "Ferry services between Spain and Morocco were suspended because of strong winds.",
        "The government of Mauritius closed schools before the cyclone.",
        "Grandmother fought a war against lumps in the flour.",
        "The Premier League and the police agreed on an early start.",
        "Bangladesh evacuated thousands before the cyclone came ashore.",
        "The agency raised its alert to red for the northern Philippines.",
    ],
)
def test_acts_without_evidence_of_politics_are_none(read: Callable[..., Record], text: str) -> None:
    assert [event.rule for event in read(text).events] == []


def test_a_text_of_politics_lends_its_evidence_to_sentences_without_any(read: Callable[..., Record]) -> None:
    alone = "Kovacs met Farkas in Szeged."
    text = (
        "The army of Chad and the rebels broke the truce on Monday. The government blamed the rebels. "
        "Chadian soldiers shelled two villages. " + alone + " The ministry promised an inquiry."
    )
    assert read(alone).events == []
    begin = text.index(alone)
    assert any(begin <= event.trigger[0] < begin + len(alone) for event in read(text).events)


def test_a_noun_that_says_who_acts_is_no_act_told_again(read: Callable[..., Record]) -> None:
    record = read(
        "The union voiced its opposition to the president of Peru. The opposition in Peru criticised the president."
    )
    assert [event.rule for event in record.events if event.rule == "ACCUSE/opposition"] == []


def test_what_does_not_stop_stops_nobody(read: Callable[..., Record]) -> None:
    record = read("The minister threatened to bomb the camps in Sudan if the shelling of Kaya did not stop.")
    assert not any(event.type == "COERCE" for event in record.events)
