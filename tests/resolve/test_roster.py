"""The roster that ships: what it knows and how it is asked."""

from __future__ import annotations

import pytest

from dateline.errors import RosterError
from dateline.resolve.roster import Term, decode, roster


def test_knows_who_held_an_office_on_a_day():
    assert roster().holder("supreme_leader", "PRK", "2011-12-16").name == "Kim Jong Il"
    assert roster().holder("supreme_leader", "PRK", "2011-12-17").name == "Kim Jong Un"
    assert [p.name for p in roster().holders("foreign_minister", "PRK", "2016")] == ["Ri Su Yong", "Ri Yong Ho"]
    assert roster().holder("foreign_minister", "PRK", "1970-01-01") is None


def test_leader_is_the_first_filled_leading_office():
    assert roster().leader("PRK", "2024-01-21").name == "Kim Jong Un"
    assert roster().leader("PRK", "1900-01-01") is None


@pytest.mark.parametrize(
    ("begin", "end", "on", "held"),
    [
        ("2004-03-09", "2008-05-07", "2008-05-06", True),
        ("2004-03-09", "2008-05-07", "2008-05-07", False),
        ("2004-03-09", "2008-05-07", "2004-03-08", False),
        ("2004-03-09", None, "2030", True),
        ("2004-03", "2008-05", "2004-03-01", True),
        ("2004-03", "2008-05", "2008-05-31", True),
        ("2004-03", "2008-05", "2008-06-01", False),
        ("2004-03-09", "2008-05-07", "2004", True),
        ("2004-03-09", "2008-05-07", "2008-05", True),
        (None, "2008", "2008-12-31", True),
        (None, "2008", "2009", False),
    ],
)
def test_a_date_known_by_the_month_leaves_the_month_open(begin, end, on, held):
    assert Term("president", "USA", begin, end).held(on) is held


def test_names_are_found_by_the_parsers_tokens():
    table = roster()
    assert table.named(["kim", "jong", "-", "un"]).senses[0] == ("kim_jong_un", "alias")
    words = ["KCNA", "quoted", "Kim", "Jong", "Un", "as", "saying"]
    length, name = table.longest_name([w.lower() for w in words], 2, words)
    assert (length, name.senses[0]) == (3, ("kim_jong_un", "name"))


def test_an_acronym_counts_only_in_capitals():
    table = roster()
    assert table.longest_name(["us"], 0, ["us"]) is None
    assert table.longest_name(["us"], 0, ["US"])[1].senses[0][0] == "USA"
    assert table.longest_name(["turkey"], 0, ["turkey"]) is None
    assert table.longest_name(["turkey"], 0, ["TURKEY"])[1].senses[0][0] == "TUR"


def test_plain_words_are_no_names():
    table = roster()
    assert table.longest_name(["the", "hill"], 0, ["The", "hill"]) is None
    assert table.longest_name(["the", "hill"], 0, ["the", "Hill"]) is None
    assert table.longest_name(["the", "hill"], 0, ["The", "Hill"])[1].senses[0][0] == "the_hill"
    assert table.longest_name(["let", "us"], 0, ["Let", "us"]) is None


@pytest.mark.parametrize(
    ("text", "entity", "sense"),
    [
        ("moscow", "RUS", "capital"),
        ("kremlin", "RUS", "seat"),
        ("élysée", "FRA", "seat"),
        ("elysee", "FRA", "seat"),
        ("knesset", "isr_legislature", "legislature"),
        ("cia", "usa_cia", "service"),
        ("dutch", "NLD", "demonym"),
        ("foggy bottom", "usa_foreign_ministry", "alias"),
        ("côte d’ivoire", "CIV", "alias"),
    ],
)
def test_names_say_in_which_sense_they_stand(text, entity, sense):
    assert (entity, sense) in roster().names[text].senses


def test_bodies_of_a_country_follow_by_rule():
    ministry = roster().entry("prk_foreign_ministry")
    assert ministry.name == "Ministry of Foreign Affairs of North Korea"
    assert "North Korean foreign ministry" in ministry.aka
    assert (ministry.country, ministry.sector) == ("PRK", "GOV")
    assert roster().entry("usa_foreign_ministry").name == "State Department"
    assert roster().entry("xyz_foreign_ministry") is None


def test_titles_know_their_country():
    table = roster()
    assert table.offices_titled("foreign secretary", "GBR")[0] == "foreign_minister"
    assert table.offices_titled("foreign minister", "JPN") == ["foreign_minister"]
    assert table.offices_titled("chancellor", "GBR")[0] == "finance_minister"
    assert table.title("foreign_minister", "USA") == "secretary of state"


def test_sector_follows_the_date():
    table = roster()
    choe = table.persons["choe_son_hui"]
    assert table.sector(choe, "2024-01-21") == "GOV"
    assert table.sector(choe, "1990-01-01") is None


def test_family_names_lead_to_persons():
    assert "choe_son_hui" in [p.id for p in roster().persons_called("choe")]
    assert roster().persons_called("nobody") == []


def test_agents_know_their_number():
    agent, plural = roster().agents["rebels"]
    assert (agent.sector, plural) == ("REB", True)
    assert roster().agents["riot police"][0].sector == "COP"


def test_every_member_of_the_united_nations_is_there():
    states = [c for c in roster().countries.values() if c.iso2 and not c.disputed]
    assert len(states) >= 193
    assert all(len(c.id) == 3 and c.id.isupper() and c.capital for c in roster().countries.values())


def test_the_highest_of_several_offices_counts():
    table = roster()
    assert table.standing(table.persons["joe_biden"], "2024-01-21") == ("USA", "GOV")
    assert table.standing(table.persons["dmitry_medvedev"], "2016-05-01") == ("RUS", "GOV")
    assert table.standing(table.persons["joe_biden"], "2018-05-01") == ("USA", None)
    assert table.standing(table.persons["antonio_guterres"], "2020-01-01") == ("united_nations", "IGO")


def test_the_roster_is_loaded_once():
    assert roster() is roster()


@pytest.mark.parametrize("data", [b"", b"nonsense", b"\x80"])
def test_what_is_no_roster_is_refused_with_advice(data):
    with pytest.raises(RosterError, match=r"dateline\.resolve\.compile"):
        decode(data)
