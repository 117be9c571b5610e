"""Who the phrases of a report mean."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate import Syntax, find_zones, parse
from dateline.records import Record, Report, check
from dateline.resolve import Resolution, resolve

Resolve = Callable[..., Resolution]


@pytest.fixture(scope="module")
def resolved(nlp) -> Resolve:
    def run(text: str, published: str | None = "2023-05-10", publisher: str | None = "Reuters") -> Resolution:
        syntax = next(parse([text], nlp))
        report = Report(id="r", text=text, published=published, publisher=publisher)
        resolution = resolve(syntax, find_zones(text), report)
        resolution.syntax = syntax  # type: ignore[attr-defined]
        return resolution

    return run


def meaning(resolution: Resolution, phrase: str, nth: int = 0) -> str | tuple[str, ...] | None:
    """What the nth reference whose text is, or whose head ends, a phrase means."""
    syntax: Syntax = resolution.syntax  # type: ignore[attr-defined]
    hits = []
    for r in resolution.references:
        text = syntax.text[syntax.begin[r.begin] : syntax.end[r.end - 1]]
        if text == phrase or syntax.word[r.head] == phrase:
            hits.append(r.entity or r.members or None)
    return hits[nth] if nth < len(hits) else None


def test_titles_and_surnames(resolved):
    r = resolved("Ukrainian President Volodymyr Zelensky flew to London. Zelensky thanked his hosts.")
    assert meaning(r, "Zelensky") == meaning(r, "Zelensky", 1) == meaning(r, "his") == "volodymyr_zelensky"
    assert r.entity("volodymyr_zelensky").code == "UKRGOV"


def test_office_and_name_with_its_complement_between_them(resolved):
    r = resolved(
        "Iran's ambassador to Syria, Hossein Akbari, said he was fine. A spokesman for the country's space agency, "
        "Hossein Dalirian, wrote on X. The two sides' envoy to Norway, Sweden and Finland left.",
    )
    assert meaning(r, "ambassador") == "hossein_akbari"
    assert meaning(r, "spokesman") == "hossein_dalirian"
    assert meaning(r, "envoy") not in ("SWE", "FIN")


def test_a_body_that_several_countries_have_is_that_of_the_report(resolved):
    r = resolved("South Korea's Joint Chiefs of Staff said that shells fell. The Joint Chiefs called it a provocation.")
    assert meaning(r, "Chiefs") == meaning(r, "Chiefs", 1) == "kor_military"


def test_whose_leader_leads_no_state_is_not_its_president(resolved):
    r = resolved("Israel said that Hamas released two women, and that the group's leader had fled.", "2023-11-28")
    assert meaning(r, "leader") == "hamas"
    assert meaning(resolved("Russia's leader spoke."), "leader") == "vladimir_putin"


def test_nobody_knows_who_the_unidentified_are(resolved):
    r = resolved("Rebels attacked pipelines in Mali. Unidentified gunmen killed a mayor. The gunmen fled.")
    assert meaning(r, "gunmen") == meaning(r, "gunmen", 1) != meaning(r, "Rebels")


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("The National Assembly voted.", "lawmaker"),
        ("The Independent Electoral Commission voted.", "independent_electoral_commission"),
        ("The Independent voted.", "independent"),
        ("The Labour Party voted.", "labour_party_uk"),
        ("Nigeria voted. In Nigeria the Labour Party won.", "labour_party_nigeria"),
    ],
)
def test_a_paper_is_not_the_beginning_of_a_longer_name(resolved, text, entity):
    r = resolved(text)
    assert any(reference.entity == entity for reference in r.references)
    assert entity == "independent" or "independent" not in {reference.entity for reference in r.references}


def test_capital_as_government_and_as_place(resolved):
    r = resolved("Moscow rejected the offer. The envoys had met in Moscow a week before.")
    assert meaning(r, "Moscow") == "RUS"
    assert r.entity(meaning(r, "Moscow", 1)).kind == "place"
    assert r.entity(meaning(r, "Moscow", 1)).country == "RUS"


def test_leader_by_country_and_date(resolved):
    text = "The Russian leader arrived late."
    assert meaning(resolved(text, "2010-03-01"), "leader") == "dmitry_medvedev"
    assert meaning(resolved(text, "2014-03-01"), "leader") == "vladimir_putin"


def test_ministry_by_rule(resolved):
    r = resolved("Kenya's foreign ministry summoned the envoy. The ministry gave no reason.")
    assert meaning(r, "ministry") == meaning(r, "ministry", 1) == "ken_foreign_ministry"
    assert r.entity("ken_foreign_ministry").name == "Ministry of Foreign Affairs of Kenya"


def test_a_body_that_two_countries_call_alike_is_that_of_the_publisher(read):
    text = "Troops crossed into Iran on Monday, the Foreign Office said."
    for publisher, body in (("Dawn", "pak_foreign_ministry"), ("BBC", "gbr_foreign_ministry")):
        (statement,) = read(text, publisher=publisher).statements
        assert statement.chain[-1].entity == body


def test_both_sides(resolved):
    r = resolved("Norway and Finland opened talks on fishing. Both sides said they were content.")
    assert meaning(r, "sides") == ("NOR", "FIN") == meaning(r, "they")


def test_pronouns_by_gender(resolved):
    r = resolved("Maria Lopez met Peter Miller on Monday. She thanked him for the gift.")
    assert meaning(r, "She") == "maria_lopez"
    assert meaning(r, "him") == "peter_miller"


def test_speaker_of_a_quotation(resolved):
    r = resolved("\u201cI will not resign,\u201d Hungarian Prime Minister Viktor Orban told reporters.")
    assert meaning(r, "I") == meaning(r, "Orban")


def test_army_and_rebels(resolved):
    r = resolved("Ethiopian troops fought rebels in the hills. The rebels withdrew.")
    assert r.entity(meaning(r, "troops")).code == "ETHMIL"
    assert r.entity(meaning(r, "rebels")).code == "ETHREB"
    assert meaning(r, "rebels") == meaning(r, "rebels", 1)


def test_publisher_is_always_there(resolved):
    r = resolved("It rained.", publisher="The Nowhere Courier")
    assert r.entity(r.publisher).kind == "outlet"
    assert r.entity(r.publisher).name == "The Nowhere Courier"
    assert resolved("It rained.", publisher=None).publisher is None


def test_mentions_lie_in_the_text(resolved):
    text = "Brazil\u2019s president said Brazilian officials would meet Chile's foreign minister in Santiago."
    r = resolved(text)
    record = Record(report=Report(id="r", text=text), entities=r.entities)
    assert list(check(record)) == []
    assert all(e.mentions for e in r.entities if e.id != r.publisher)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Putin", "the", "president", "of", "France", "\u201c", "\u201d", "'s", "I", "both", "sides", "\n", "-",
             "U.S.", "army", "said", ",", "he", "who", "(", "ABC", ")", "\u00e9", "\U0001f600", " ",
             "statement", "in", "Paris"]
        ),
        max_size=30,
    ),
)  # fmt: skip
def test_no_text_breaks_it(nlp, words):
    text = " ".join(words)
    syntax = next(parse([text], nlp))
    report = Report(id="r", text=text, published="2020-01-01", publisher="AP")
    resolution = resolve(syntax, find_zones(text), report)
    ids = {e.id for e in resolution.entities}
    for r in resolution.references:
        assert 0 <= r.begin < r.end <= len(syntax)
        assert all(e in ids for e in (*r.members, *([r.entity] if r.entity else [])))


def test_the_two_that_no_noun_follows(resolved):
    r = resolved(
        "Antonio Guterres was silent. President Recep Tayyip Erdogan said that he believed Vladimir Putin wanted "
        "talks and that the two would meet in August.",
        published="2023-07-17",
    )
    assert meaning(r, "two") == ("recep_tayyip_erdogan", "vladimir_putin")


def test_both_capitals_are_those_called_by_their_capitals(resolved):
    r = resolved(
        "South Korea and the United States accuse Pyongyang of supplying Moscow with shells. Both capitals deny it.",
        published="2024-06-17",
    )
    assert set(meaning(r, "capitals")) == {"PRK", "RUS"}


def test_the_leaders_are_no_aides(resolved):
    r = resolved(
        "Vladimir Putin will visit Kim Jong Un. Kremlin aide Yuri Ushakov said that the leaders might sign a treaty. "
        "The two men last met in September.",
        published="2024-06-17",
    )
    assert set(meaning(r, "leaders")) == set(meaning(r, "men")) == {"vladimir_putin", "kim_jong_un"}


def test_an_embassy_is_not_that_of_the_city_where_it_stands(resolved):
    r = resolved("Iran's consulate burned. Guards left the consulate in Damascus on Monday.")
    assert meaning(r, "consulate") == meaning(r, "consulate", 1) == "irn_embassy"


def test_a_bare_body_is_that_of_who_acts_not_of_who_comes_up(resolved):
    r = resolved(
        "TBILISI — Georgia's parliament passed a law on Tuesday. Georgia's opposition compares it to a Russian law "
        "that was used against critics of the Kremlin. Riot police beat demonstrators; the interior ministry reported "
        "arrests.",
        published="2024-05-14",
    )
    assert meaning(r, "police") == "geo_police"
    assert meaning(r, "ministry") == "geo_interior_ministry"
