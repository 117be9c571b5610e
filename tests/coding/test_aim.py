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


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("Threats from Iran against Oman continue.", "THREATEN", "Iran", "Oman"),
        ("An appeal from Ghana to Togo went unanswered.", "REQUEST", "Ghana", "Togo"),
        ("Congratulations to Benin came from Mali.", "SUPPORT", "Mali", "Benin"),
    ],
)
def test_words_come_from_those_whose_they_are(read: Read, text: str, kind: str, actor: str, recipient: str) -> None:
    record = read(text)
    assert [argument.entity for argument in event(record, kind).actor] != []
    assert actor in record.report.text[slice(*event(record, kind).actor[0].span or (0, 0))]
    assert recipients(record, kind) == [recipient]


def test_a_danger_is_no_threat_of_somebody(read: Read) -> None:
    assert not any(event.actor for event in read("The threat from Iran worries Oman.").events)


def test_whoever_gives_way_does_so_to_the_one_who_presses_him(read: Read) -> None:
    record = read("Under pressure from Ghana, the minister stepped down.")
    assert any("Ghana" in phrase for phrase in recipients(record, "RETREAT"))


def test_harm_announced_on_a_condition_is_a_threat_of_the_one_who_says_it(read: Read) -> None:
    record = read("The militia said that Kenyan bases would be attacked unless Nairobi withdrew.")
    found = event(record, "ASSAULT")
    assert found.plover is not None
    assert found.plover.type == "THREATEN"
    assert [record.report.text[slice(*argument.span)] for argument in found.actor if argument.span] == ["The militia"]


@pytest.mark.parametrize(
    ("text", "kind", "actor"),
    [
        ("Two Chilean envoys were told to leave by Peru.", "SANCTION", "Peru"),
        ("Kenya's ambassador to Chad was recalled.", "SANCTION", "Kenya"),
    ],
)
def test_the_passive_tells_who_ordered_and_whose_envoy_it_is(read: Read, text: str, kind: str, actor: str) -> None:
    record = read(text)
    assert [record.report.text[slice(*a.span)] for a in event(record, kind).actor if a.span] == [actor]


def test_thousands_are_people(read: Read) -> None:
    assert event(read("Thousands have taken to the streets of Lima."), "PROTEST").actor


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Latvia strengthened its defences on the border with Belarus.", "Belarus"),
        ("The Danish army was put on alert after Russia fired a missile.", "Russia"),
        ("Iran tested a missile that can hit Oman.", "Oman"),
        ("Norway deployed missiles on Svalbard against the Russian navy.", "Russian navy"),
        ("Two Danish frigates took up position in the Baltic amid tension with Russia.", "Russia"),
        ("Latvia deployed 500 soldiers along its southern border.", "its southern border"),
        ("Togo's army put its forces on alert, citing a growing threat of attack by Ghana.", "Ghana"),
        ("Latvia deployed soldiers along its eastern border with Belarus after a rise in crossings.", "Belarus"),
    ],
)
def test_troops_and_arms_are_aimed_at_those_across_the_border(read: Read, text: str, recipient: str) -> None:
    assert any(recipient in phrase for phrase in recipients(read(text), "MOBILIZE"))


def test_the_temper_of_a_crowd_tells_against_whom_it_is(read: Read) -> None:
    record = read("Farmers camped out in Lima in defiance of the Chilean government's ban.")
    assert any("Chilean government" in phrase for phrase in recipients(record, "PROTEST"))


def test_harm_hangs_on_the_doing_of_somebody(read: Read) -> None:
    record = read("Ivorian farmers said they would stop deliveries unless the government paid a bonus.")
    assert any("government" in phrase for phrase in recipients(record, "SANCTION"))


def test_a_people_is_a_crowd(read: Read) -> None:
    assert event(read("Iraqis blocked roads in Basra."), "PROTEST").actor


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Latvia's prime minister quit after prosecutors searched his office.", "prosecutors"),
        ("Peru's president tendered his resignation after a vote by the Congress.", "Congress"),
    ],
)
def test_who_steps_down_yields_to_those_who_pressed_him(read: Read, text: str, recipient: str) -> None:
    assert any(recipient in phrase for phrase in recipients(read(text), "RETREAT"))


def test_who_leads_a_protest_is_not_protested_against(read: Read) -> None:
    record = read("Prisoners in Chile launched a hunger strike led by Pablo Rojas.")
    assert not any("Rojas" in phrase for phrase in recipients(record, "PROTEST"))


@pytest.mark.parametrize(
    ("text", "kind", "recipient"),
    [
        ("Greece dropped its objections after Cyprus signed the accord.", "CONCEDE", "Cyprus"),
        ("The Kenyan premier resigned after the deputies censured him.", "RETREAT", "deputies"),
        ("Latvia extradited a banker to Canada.", "COOPERATE", "Canada"),
    ],
)
def test_the_only_other_one_or_what_went_before_tells_whom_it_concerns(
    read: Read, text: str, kind: str, recipient: str
) -> None:
    assert any(recipient in phrase for phrase in recipients(read(text), kind))


def test_those_included_in_the_actor_are_not_whom_it_concerns(read: Read) -> None:
    record = read("Several ministers, including Foreign Minister Ana Palacio, resigned in protest.")
    assert recipients(record, "RETREAT") == []
