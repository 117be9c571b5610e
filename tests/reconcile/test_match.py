"""What makes two tellings one occurrence, and what keeps them two."""

from __future__ import annotations

import pytest

from dateline.reconcile.account import find_accounts
from dateline.reconcile.mention import mentions_of


@pytest.fixture
def joined(read):
    def run(first: tuple[str, str, str], second: tuple[str, str, str], *words: str, story: bool = True) -> bool:
        """Whether an event of the first report (in one of the words) is told by the second; (publisher, day, text)."""
        records = [
            read(text, id=f"r{k}", publisher=publisher, published=day)
            for k, (publisher, day, text) in enumerate((first, second))
        ]
        mentions = [m for record in records for m in mentions_of(record)]
        stories = {"r0": "one", "r1": "one" if story else "other"}
        mine = {m.key for m in mentions if m.key[0] == "r0" and (not words or m.trigger in words)}
        assert mine, [(m.key, m.trigger) for m in mentions]
        return any(
            mine & {m.key for m in account.mentions} and len({m.key[0] for m in account.mentions}) == 2
            for account in find_accounts(mentions, stories)
        )

    return run


def test_an_army_and_its_state_are_one_side(joined):
    assert joined(
        ("Reuters", "2024-03-04", "Israeli warplanes struck the port of Latakia in Syria on Monday."),
        ("BBC", "2024-03-04", "Israel attacked the Syrian port of Latakia with missiles on Monday, residents said."),
    )


def test_an_army_and_the_rebels_of_its_country_are_two(joined):
    assert not joined(
        ("Reuters", "2024-03-04", "The Syrian army shelled a village on Monday."),
        ("BBC", "2024-03-04", "Syrian rebels shelled a market on Monday."),
    )


def test_one_city_a_week_later_is_another_strike(joined):
    assert not joined(
        (
            "Reuters",
            "2024-03-02",
            "Russian drones struck the Ukrainian city of Odesa on Saturday and killed seven people.",
        ),
        ("BBC", "2024-03-09", "Russian drones struck the Ukrainian city of Odesa on Saturday and killed two people."),
    )


def test_two_cities_on_one_day_are_two_strikes(joined):
    assert not joined(
        ("Reuters", "2024-03-02", "Russian missiles struck the Ukrainian city of Kharkiv on Saturday."),
        ("BBC", "2024-03-02", "Russian missiles struck the Ukrainian city of Odesa on Saturday."),
    )


def test_two_visits_of_one_capital_are_two(joined):
    assert not joined(
        ("Reuters", "2023-10-12", "U.S. Secretary of State Antony Blinken visited Israel on Thursday."),
        ("BBC", "2023-10-16", "U.S. Secretary of State Antony Blinken visited Israel on Monday."),
    )


def test_a_town_is_captured_once_whichever_day_is_claimed(joined):
    first = ("RIA Novosti", "2023-01-11", "The Wagner group captured the town of Soledar on Tuesday, its founder said.")
    assert joined(
        first,
        ("TASS", "2023-01-13", "Russian forces captured the town of Soledar on Thursday, the ministry said."),
        "captured",
    )
    assert not joined(
        ("Reuters", "2023-01-11", "Russian forces shelled the town of Soledar on Tuesday."),
        ("TASS", "2023-01-13", "Russian forces shelled the town of Soledar on Thursday."),
    )


def test_sides_that_blame_each_other_tell_of_one_deed(joined):
    ukraine = "Ukraine said that Russian forces had blown up the Kakhovka dam on Tuesday."
    russia = "Russia said that Ukrainian forces had blown up the dam."
    assert joined(("Reuters", "2023-06-06", ukraine), ("BBC", "2023-06-07", russia), "blown")
    assert not joined(("Reuters", "2023-06-06", ukraine), ("BBC", "2023-06-07", russia), "blown", story=False)


def test_the_denial_is_dated_and_not_the_deed(joined):
    assert joined(
        ("Al Jazeera", "2023-10-17", "Israel bombed a hospital in Gaza City on Tuesday, the health ministry said."),
        ("BBC", "2023-10-18", "The Israeli military on Wednesday denied bombing the hospital in Gaza City."),
        "bombed",
    )


def test_what_an_attack_did_is_no_other_attack(read):
    record = read(
        "Russian missiles struck Odesa on Friday and killed 20 people.", publisher="BBC", published="2024-03-15"
    )
    mentions = mentions_of(record)
    assert len(mentions) == 2
    assert len(find_accounts(mentions, {})) == 1


def test_of_a_month_is_of_a_day_in_it(joined):
    assert joined(
        (
            "Reuters",
            "2023-03-17",
            "The International Criminal Court issued an arrest warrant for Vladimir Putin on Friday.",
        ),
        (
            "BBC",
            "2023-07-19",
            "The International Criminal Court issued a warrant in March for the arrest of Vladimir Putin.",
        ),
        "warrant",
        story=False,
    )


REJECTED = "Serbia's foreign ministry rejected the accusation and said that Kosovo police had opened fire first."


def test_what_stands_in_both_in_the_same_sentence_is_one(joined):
    opening = "Kosovo police killed two men near the Serbian border on Monday. {}"
    assert joined(
        ("Reuters", "2023-09-25", opening.format(REJECTED)),
        ("BBC", "2023-09-25", opening.format(REJECTED.replace(" and", "  and"))),
        "rejected",
    )
    assert not joined(
        ("Reuters", "2023-09-25", opening.format(REJECTED)),
        ("BBC", "2023-09-25", opening.format("Serbia's foreign ministry rejected what it called a plan of Pristina.")),
        "rejected",
    )
