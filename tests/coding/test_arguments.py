from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Argument, Event, Record

Read = Callable[..., Record]


def phrases(record: Record, arguments: list[Argument]) -> list[str]:
    return [record.report.text[slice(*a.span)] for a in arguments if a.span is not None]


def event(record: Record, kind: str) -> Event:
    return next(event for event in record.events if event.type == kind)


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("Chad was condemned by Mali.", "ACCUSE", ["Mali"], ["Chad"]),
        ("Rebels who attacked the Malian army fled.", "ASSAULT", ["Rebels"], ["the Malian army"]),
        ("Kenya plans to attack Eritrea.", "ASSAULT", ["Kenya"], ["Eritrea"]),
        ("Peru urged Bolivia to condemn Chile.", "REQUEST", ["Peru"], ["Bolivia"]),
        ("Peru urged Bolivia to condemn Chile.", "ACCUSE", ["Bolivia"], ["Chile"]),
        ("Ghana condemned Togo and praised Benin.", "SUPPORT", ["Ghana"], ["Benin"]),
        ("Russia's invasion of Georgia shocked Finland.", "ASSAULT", ["Russia"], ["Georgia"]),
        ("Talks between Oman and Iran resumed.", "CONSULT", ["Oman", "Iran"], ["Iran", "Oman"]),
        ("Norway gave Senegal ambulances and tents.", "AID", ["Norway"], ["Senegal"]),
        ("Malta and Cyprus recognised each other.", "SUPPORT", ["Malta", "Cyprus"], ["Cyprus", "Malta"]),
        ("Malta was the first country to recognise Kosovo.", "SUPPORT", ["Malta"], ["Kosovo"]),
        ("The premier of Malta has ruled out recognising Kosovo.", "REJECT", ["The premier of Malta"], ["Kosovo"]),
        ("Chad's parliament ratified the accession of Mali to the union.", "SUPPORT", ["Chad's parliament"], ["Mali"]),
        ("A UN panel said Libya had armed the Chadian rebels.", "ACCUSE", ["A UN panel"], ["Libya"]),
        ("Poland and Latvia condemned Belarus.", "ACCUSE", ["Poland", "Latvia"], ["Belarus"]),
        ("Austria imposed sanctions on Syria.", "SANCTION", ["Austria"], ["Syria"]),
        ("Sudan faces criticism from Norway.", "ACCUSE", ["Norway"], ["Sudan"]),
        ("Norway said Sudan must free the prisoners.", "REQUEST", ["Norway"], ["Sudan"]),
        ("Israel rejected the appeal of a Palestinian lawyer.", "REJECT", ["Israel"], ["a Palestinian lawyer"]),
        ("Chad removed the Malian envoy from office.", "SANCTION", ["Chad"], ["the Malian envoy"]),
        ("Niger would not recognise the council and appealed to the UN.", "REJECT", ["Niger"], ["the council"]),
        ("The Malian envoy was removed from office.", "SANCTION", [], ["The Malian envoy"]),
        ("Chad lodged a protest against Mali over the raid on its camp.", "ACCUSE", ["Chad"], ["Mali"]),
        (
            "Chad's president said his government had agreed to grant Niger a loan.",
            "AGREE",
            ["Chad's president"],
            ["Niger"],
        ),
        ("Several ministers, including the Malian envoy, resigned.", "RETREAT", ["Several ministers"], []),
        ("Britain gave Nepal a grant.", "AID", ["Britain"], ["Nepal"]),
        (
            "Sudanese troops fought the Chadian rebels for control of Adre.",
            "ASSAULT",
            ["Sudanese troops"],
            ["the Chadian rebels"],
        ),
        ("Belarus sent the Polish editor to jail for 15 days.", "COERCE", ["Belarus"], ["the Polish editor"]),
        ("Chad called for the release of the bishop by Libya.", "REQUEST", ["Chad"], ["Libya"]),
        ("Togo's parliament voted on a resolution asking Benin to leave.", "REQUEST", ["Togo's parliament"], ["Benin"]),
        ("Two Iraqi soldiers were killed by Turkish fire.", "ASSAULT", ["Turkish"], ["Two Iraqi soldiers"]),
        ("Russian forces shelled the port of Odesa.", "ASSAULT", ["Russian forces"], ["Odesa"]),
        ("Gunmen set a Danish refinery ablaze in the Samara region.", "ASSAULT", ["Gunmen"], ["a Danish refinery"]),
        ("The foreign ministers of Kenya and Uganda met.", "CONSULT", ["Kenya", "Uganda"], ["Uganda", "Kenya"]),
        ("LIMA, Peru - Bolivian police arrested two Chileans.", "COERCE", ["Bolivian police"], ["two Chileans"]),
        (
            "BAKU - President Ilham Aliyev met Antony Blinken.",
            "CONSULT",
            ["President Ilham Aliyev"],
            ["Antony Blinken"],
        ),
        ("Qatar gave Jordan access to the port.", "RETREAT", ["Qatar"], ["Jordan"]),
        ("Mali closed its border with Niger.", "COERCE", ["Mali"], ["Niger"]),
        ("Spain recalled its ambassador to Peru.", "SANCTION", ["Spain"], ["Peru"]),
        ("Norway pleaded with Sudan to free the prisoners.", "RETREAT", ["Sudan"], ["the prisoners"]),
        ("Chile vowed to expel the Bolivian envoy.", "THREATEN", ["Chile"], ["the Bolivian envoy"]),
        ("Ghana withdrew from the African Union.", "SANCTION", ["Ghana"], ["the African Union"]),
        ("Kenya said Uganda was to blame.", "ACCUSE", ["Kenya"], ["Uganda"]),
        ("A car bomb exploded outside the Kenyan embassy.", "ASSAULT", ["A car bomb"], ["the Kenyan embassy"]),
        ("Rebels set the prisoners free.", "RETREAT", ["Rebels"], ["the prisoners"]),
        ("Peru's decree drew criticism from Brazil.", "ACCUSE", ["Brazil"], ["Peru's decree"]),
        ("Norway threw Malawi a lifeline.", "AID", ["Norway"], ["Malawi"]),
        ("Fighting broke out between Chad and Mali.", "ASSAULT", ["Chad", "Mali"], ["Mali", "Chad"]),
        ("Oman hosted talks between Chad and Mali.", "CONSULT", ["Oman", "Chad", "Mali"], ["Mali", "Chad"]),
        (
            "A Minsk court handed the Polish editor nine years in prison.",
            "COERCE",
            ["A Minsk court"],
            ["the Polish editor"],
        ),
        ("Howitzers donated by Oslo reached Ukraine.", "AID", ["Oslo"], ["Ukraine"]),
        ("Ghana was accused of fraud in a report by the bank.", "ACCUSE", ["the bank"], ["Ghana"]),
        ("Turkey gave money to Turkish schools.", "AID", ["Turkey"], ["Turkish schools"]),
        (
            "Under a pact with Chad, the prime minister of Mali pardoned the rebels.",
            "CONCEDE",
            ["the prime minister of Mali"],
            ["the rebels"],
        ),
        ("Seven soldiers died in an attack by Tuareg rebels.", "ASSAULT", ["Tuareg rebels"], ["Seven soldiers"]),
        (
            "The Polish minister, who spoke by telephone with Libya's premier, left.",
            "CONSULT",
            ["The Polish minister"],
            ["Libya's premier"],
        ),
    ],
)
def test_who_did_what_to_whom(read: Read, text: str, kind: str, actor: list[str], recipient: list[str]) -> None:
    record = read(text)
    found = event(record, kind)
    assert phrases(record, found.actor) == actor
    assert phrases(record, found.recipient) == recipient


def test_a_pronoun_is_shown_by_the_name_in_its_sentence(read: Read) -> None:
    record = read("Estonia said it would condemn Belarus.")
    assert phrases(record, event(record, "ACCUSE").actor) == ["Estonia"]


def test_nobody_of_political_kind_no_event(read: Read) -> None:
    assert read("The dog attacked the cat.").events == []


def test_storms_attack_nobody(read: Read) -> None:
    assert read("A storm struck Cuba and killed two people.").events == []


def test_a_denial_accuses_nobody(read: Read) -> None:
    record = read("Serbia denied that its agents had meddled in Montenegro.")
    assert [event.factuality for event in record.events if event.type == "COERCE"] == ["denied"]
    assert all(event.type != "ACCUSE" for event in record.events)


def test_the_trigger_of_a_light_verb_is_its_noun(read: Read) -> None:
    record = read("Turkey launched an attack on Syria.")
    (found,) = record.events
    assert record.report.text[slice(*found.trigger)] == "attack"


def test_amounts_and_places_belong_to_their_event(read: Read) -> None:
    record = read("Rebels killed 48 soldiers in Mali. France sent 20 tanks to Ukraine.")
    amounts = {quantity.id: quantity.value for quantity in record.quantities}
    assault, aid = event(record, "ASSAULT"), event(record, "AID")
    assert [amounts[q] for q in assault.quantities] == [48]
    assert assault.place == "MLI"
    assert [amounts[q] for q in aid.quantities] == [20]


def test_later_mentions_are_one_event(read: Read) -> None:
    record = read(
        "The Indian foreign minister visited Nepal on Monday. The visit lasted two days. "
        "Russia attacked Georgia on Tuesday. The attack was condemned by Sweden."
    )
    text = record.report.text
    by_trigger = {text[slice(*event.trigger)]: event for event in record.events}
    assert by_trigger["attack"].same_as == by_trigger["attacked"].id
    assert phrases(record, by_trigger["attack"].actor) == ["Russia"]
    assert by_trigger["visit"].same_as == by_trigger["visited"].id


def test_another_attack_is_another_event(read: Read) -> None:
    record = read("Russia attacked Georgia in May 2007. Russia launched a second attack on Georgia in August 2008.")
    assert [event.same_as for event in record.events if event.type == "ASSAULT"] == [None, None]


def test_the_lead_tells_what_the_headline_told(read: Read) -> None:
    title = "Iran attacks Israel with drones"
    record = read(
        f"{title}\n\nIran fired missiles and drones at Israel on Sunday.", title=title, published="2024-04-15"
    )
    headline, lead = record.events
    assert lead.same_as == headline.id
    assert headline.time.begin == "2024-04-14"
    other = read(f"{title}\n\nIsrael fired missiles at Iran on Sunday.", title=title, published="2024-04-15")
    assert [event.same_as for event in other.events] == [None, None]


def test_sanctions_keep_the_manuals_type_and_give_the_crosswalks(read: Read) -> None:
    found = event(read("Austria imposed sanctions on Syria."), "SANCTION")
    assert found.plover is not None
    assert (found.type, found.mode) == ("SANCTION", "discontinue")
    assert (found.plover.type, found.plover.mode) == ("COERCE", "restrict")


def test_confidence_tells_sure_from_unsure(read: Read) -> None:
    sure = event(read("Chad condemned Mali."), "ACCUSE").confidence
    unsure = event(read("The attack on the ministry in Kabul was loud."), "ASSAULT").confidence
    assert 0 < unsure < sure <= 1


def test_a_participle_that_looks_like_the_verb_has_its_subject_as_recipient(read: Callable[..., Record]) -> None:
    text = "The civilians imprisoned for acting against Moscow were released yesterday by Putin."
    jailed = next(event for event in read(text).events if event.type == "COERCE")
    assert not jailed.actor
    assert [text[slice(*argument.span)] for argument in jailed.recipient] == ["The civilians"]


def test_those_who_allow_an_act_do_not_do_it(read: Read) -> None:
    record = read("The police barred the workers from the square, but allowed them to protest in Lima.")
    found = event(record, "PROTEST")
    assert "The police" not in phrases(record, found.actor)


def test_two_who_speak_of_others_speak_with_each_other(read: Read) -> None:
    record = read("Peru and Chile discussed the rescue of Bolivian miners.")
    assert phrases(record, event(record, "CONSULT").recipient) == ["Chile", "Peru"]


def test_a_list_that_looks_like_an_apposition_has_all_its_actors(read: Callable[..., Record]) -> None:
    (event,) = read("The US, Russia, and Switzerland met yesterday").events
    assert [argument.entity for argument in event.actor] == ["USA", "RUS", "CHE"]


def test_they_are_shown_by_the_names_of_each(read: Read) -> None:
    record = read("Ireland and Norway said they would recognise Kosovo.")
    assert phrases(record, event(record, "SUPPORT").actor) == ["Ireland", "Norway"]


@pytest.mark.parametrize(
    "text",
    [
        "The Omani foreign ministry said the country had not armed any party in Chad.",
        "The rebels claimed that they had attacked Juba.",
    ],
)
def test_who_tells_of_his_own_side_or_that_nobody_did_it_accuses_nobody(read: Read, text: str) -> None:
    assert all(event.type != "ACCUSE" for event in read(text).events)
