from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Record


def parties(record: Record, trigger: str) -> tuple[list[str | None], list[str | None]]:
    text = record.report.text
    event = [e for e in record.events if text[slice(*e.trigger)] == trigger][-1]
    return [a.entity for a in event.actor], [a.entity for a in event.recipient]


@pytest.mark.parametrize(
    ("text", "trigger", "accused"),
    [
        ("Chad shelled a Libyan border post on Monday. Ghana condemned the attack.", "condemned", "TCD"),
        ("Chad expelled the Libyan ambassador on Monday. Ghana denounced the move.", "denounced", "TCD"),
        ("Chadian jets bombed Libya. Ghana demanded an end to the bombing.", "demanded", "tcd_air_force"),
    ],
)
def test_words_about_an_act_are_about_who_did_it(
    read: Callable[..., Record], text: str, trigger: str, accused: str
) -> None:
    assert accused in parties(read(text), trigger)[1]


def test_the_same_doer_is_behind_what_is_told_in_the_passive(read: Callable[..., Record]) -> None:
    record = read("Kenya imposed sanctions on three Somali banks. Two Somali ministers were also sanctioned.")
    assert "KEN" in parties(record, "sanctioned")[0]


def test_where_two_may_have_done_it_nobody_is_named(read: Callable[..., Record]) -> None:
    record = read("Chad shelled a Nigerien town. Libya bombed a Nigerien village. A Sudanese minister was killed.")
    assert parties(record, "killed")[0] == []


def test_an_official_tells_in_the_passive_what_his_state_will_do(read: Callable[..., Record]) -> None:
    record = read("Kenyan Foreign Minister Amina Mohamed said that three Somali diplomats would be expelled.")
    assert parties(record, "expelled") == (["amina_mohamed"], ["SOM"])


def test_what_is_shot_down_is_that_of_the_only_enemy(read: Callable[..., Record]) -> None:
    record = read("Chadian troops attacked the Libyan army near Aouzou on Monday. They shot down a helicopter.")
    assert "lby_military" in parties(record, "shot")[1]


@pytest.mark.parametrize(
    ("text", "trigger", "recipient"),
    [
        ("Kenya demanded the release of nurses who were seized by Somalia.", "demanded", "SOM"),
        ("Kenya sent troops to the border in response to Somali tests.", "sent", "SOM"),
        ("Kenya closed its border with Somalia, threatening to expel diplomats.", "threatening", "SOM"),
    ],
)
def test_whom_an_act_is_aimed_at(read: Callable[..., Record], text: str, trigger: str, recipient: str) -> None:
    assert recipient in parties(read(text), trigger)[1]


@pytest.mark.parametrize(
    ("text", "trigger", "recipient"),
    [
        ("Kenya said its troops had fired on a Somali base, a claim that Ethiopia denied.", "denied", "KEN"),
        ("Kenyan President Uhuru Kenyatta reaffirmed that Kenya will defend Somalia.", "reaffirmed", "SOM"),
    ],
)
def test_whom_words_are_about(read: Callable[..., Record], text: str, trigger: str, recipient: str) -> None:
    assert recipient in parties(read(text), trigger)[1]


def test_who_jailed_the_pastor_arrested_him(read: Callable[..., Record]) -> None:
    record = read("Kenya jailed an American pastor in May. The pastor was arrested in Nairobi and accused of spying.")
    assert "KEN" in parties(record, "arrested")[0]
    assert "KEN" in parties(record, "accused")[0]
