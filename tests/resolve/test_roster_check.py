"""The roster's checks: overlaps, gaps, and the comparison with another dictionary."""

from __future__ import annotations

import pytest

from dateline.resolve.compile import RESOURCES
from dateline.resolve.roster import FORMAT, Compiled, Country, Office, Person, Roster, Term
from dateline.resolve.roster_check import (
    compare,
    first_day,
    gaps,
    last_day,
    main,
    missing_leaders,
    overlaps,
    read_phoenix,
)


def roster_of(*persons, begin=None):
    president = Office(id="president", sector="GOV", titles=("president",))
    state = Country(id="UTO", name="Utopia", iso2="UT", capital="Amaurot", leader=("president",), begin=begin)
    empty: dict[str, tuple[str, ...]] = {}
    return Roster(
        Compiled(
            format=FORMAT, source="", countries=(state,), offices=(president,),
            bodies=(), persons=persons, organisations=(), outlets=(), agents=(), groups=(), names=(), families=empty,
            titles={}, body_words={},
        )
    )  # fmt: skip


def person(name, *terms, **more):
    return Person(
        id=name.lower().replace(" ", "_"),
        name=name,
        country="UTO",
        terms=tuple(Term("president", "UTO", *t) for t in terms),
        **more,
    )


def test_two_presidents_at_once_are_told():
    table = roster_of(person("Ada Bar", ("2001-01-01", "2005-01-01")), person("Bo Car", ("2003-01-01", None)))
    assert list(overlaps(table)) == [
        "UTO: president: Ada Bar (2001-01-01 to 2005-01-01) and Bo Car (2003-01-01 to None) overlap"
    ]


@pytest.mark.parametrize(
    ("end", "begin"), [("2003-01-01", "2003-01-01"), ("2003", "2003"), ("2003-02-20", "2003-01-01"), ("2002", "2003")]
)
def test_a_handover_is_no_overlap(end, begin):
    table = roster_of(person("Ada Bar", ("2001", end)), person("Bo Car", (begin, None)))
    assert list(overlaps(table)) == []


def test_a_gap_between_holders_is_told():
    table = roster_of(person("Ada Bar", ("2001", "2003-01-01")), person("Bo Car", ("2006-01-01", None)))
    assert len(list(gaps(table))) == 1
    assert list(missing_leaders(table, 2002, 2006)) == ["UTO: no head of state or government in 2004 to 2005"]


def test_years_before_a_state_are_not_asked_for():
    table = roster_of(person("Ada Bar", ("2005", None)), begin="2005-01-01")
    assert list(missing_leaders(table, 2000, 2010)) == []


def test_dates_by_month_and_year_span_them():
    assert (first_day("2004-02").isoformat(), last_day("2004-02").isoformat()) == ("2004-02-01", "2004-02-29")
    assert (first_day("2004").isoformat(), last_day("2004").isoformat()) == ("2004-01-01", "2004-12-31")


PHOENIX = """
ADA_BAR_  # a comment
+PRESIDENT_BAR
\t[UTOGOV 010101-041231]
\t[UTOELI >050101]
BO_CAR_
+BO_K._CAR
\t[UTOGOV >060101]
\t[UTOELI]
CY_DOR_ [NOOGOV 030101-031231]
"""


def test_phoenix_actors_are_read():
    actors = read_phoenix(PHOENIX.splitlines())
    assert [a.names for a in actors] == [["ada bar", "president bar"], ["bo car", "bo k. car"], ["cy dor"]]
    assert actors[0].roles == [("UTOGOV", 2001, 2004), ("UTOELI", 2005, 9999)]
    assert actors[1].roles == [("UTOGOV", 2006, 9999)]


def test_agreement_counts_name_country_and_years():
    table = roster_of(
        person("Ada Bar", ("2001", "2005")), person("Bo Car", ("1990", "1995")), person("Cy Dor", ("2003", "2004"))
    )
    result = compare(table, read_phoenix(PHOENIX.splitlines()))
    assert result.both == 3
    assert result.names == ["Bo Car", "Cy Dor"]
    assert "here president 1990 to 1995" in result.differences[0]
    assert result.differences[1] == "Cy Dor: is UTO here, NOO there"
    assert result.agreement == pytest.approx(1 / 3)


def test_offices_after_the_dictionarys_end_are_not_compared():
    result = compare(roster_of(person("Bo Car", ("2020", None))), read_phoenix(["BO_CAR_", "\t[UTOGOV 060101-070101]"]))
    assert (result.both, result.differences) == (1, [])


@pytest.mark.skipif(not RESOURCES.is_dir(), reason="needs the source tree")
def test_the_roster_agrees_with_itself(tmp_path, capsys):
    dictionary = tmp_path / "actors.txt"
    dictionary.write_text("CHOE_SON_HUI_\n\t[PRKGOV >120101]\n", encoding="utf-8")
    assert main(["--phoenix", str(dictionary)]) == 0
    assert "1 of 1 persons agree" in capsys.readouterr().out
    assert main(["--phoenix", str(tmp_path / "none.txt")]) == 1
    assert "none.txt: cannot be read" in capsys.readouterr().err
