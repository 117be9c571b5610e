"""The user's own actors: added, imported, merged, asked for."""

from __future__ import annotations

import bz2
import gzip
import json
from pathlib import Path

import pytest

from dateline.annotate import find_zones, parse
from dateline.errors import InputError, RosterError
from dateline.records import Report
from dateline.resolve import resolve
from dateline.resolve.actors.actor import Actor, Period, split_code
from dateline.resolve.actors.adding import add_actor, import_actors
from dateline.resolve.actors.store import ActorStore
from dateline.resolve.actors.who import search, who
from dateline.resolve.lexicon import Lexicon
from dateline.resolve.roster import roster

DICTIONARY = """\
# a comment
ODA_TESTPERSON_ # somebody
+ODA_NORDMANN_
\t[NORGOV 030101-041231]
\t[NORELI >041231]

LEAGUE_OF_QUIET_READERS_ [SWEREB]
BROKEN_ONE_ [NORGOV 20031341-20040101]
\t[NORMIL]
NAMELESS_WITHOUT_CODE_
HARBOUR_MASTER [~GOV]
"""


@pytest.fixture
def store(tmp_path: Path) -> ActorStore:
    return ActorStore(tmp_path / "actors.sqlite")


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_codes_are_taken_apart() -> None:
    countries = {"NOR", "USA"}
    assert split_code("NORGOVMIL", countries) == ("NOR", "GOV")
    assert split_code("NGOUSAHRI", countries) == ("USA", "NGO")
    assert split_code("MEAREB", countries) == (None, "REB")
    assert split_code("MNCUSA", countries) == ("USA", "BUS")


def test_phoenix(store: ActorStore, tmp_path: Path) -> None:
    report = import_actors(write(tmp_path / "d.txt", DICTIONARY), "phoenix", store)
    assert report.added == 3
    assert {s.line for s in report.skipped} == {8, 10, 11}
    (oda,) = store.named("oda nordmann")
    assert oda.name == "Oda Testperson"
    assert oda.kind == "person"
    assert oda.periods == [Period("NOR", "GOV", "2003-01-01", "2005-01-01"), Period("NOR", "ELI", "2004-12-31")]
    (league,) = store.named("League of Quiet Readers")
    assert league.kind == "organization"


def test_a_second_import_changes_nothing(store: ActorStore, tmp_path: Path) -> None:
    path = write(tmp_path / "d.txt", DICTIONARY)
    import_actors(path, "phoenix", store)
    before = list(store)
    report = import_actors(path, "phoenix", store)
    assert (report.added, report.merged, report.unchanged) == (0, 0, 3)
    assert list(store) == before


def test_duplicates_merge_and_contradictions_are_listed(store: ActorStore) -> None:
    add_actor(Actor(name="Liv Prøveson", periods=[Period("NOR", "GOV", "2010", "2012")]), store)
    report = add_actor(
        Actor(name="Liv Proveson", aliases=["L. P."], periods=[Period("NOR", "MIL", "2010", "2012")]), store
    )
    assert report.merged == 1
    assert "NORGOV from 2010 to 2012 is known" in report.conflicts[0]
    (liv,) = store.named("Liv Prøveson")
    assert liv.aliases == ["Liv Proveson", "L. P."]
    assert [p.sector for p in liv.periods] == ["GOV"]
    report = add_actor(Actor(name="Liv Prøveson", periods=[Period("KEN", "BUS")]), store)
    assert report.added == 1
    assert "kept as two actors" in report.conflicts[0]


def test_what_the_roster_has_is_not_copied(store: ActorStore) -> None:
    report = add_actor(Actor(name="Angela Merkel", periods=[Period("DEU", "GOV", "2006", "2008")]), store)
    assert (report.added, report.unchanged, len(store)) == (0, 1, 0)


@pytest.mark.parametrize(
    ("actor", "message"),
    [
        (Actor(name=" "), "needs a name"),
        (Actor(name="X Y", periods=[Period("XX1")]), "'XX1' is no country"),
        (Actor(name="X Y", periods=[Period("NOR", begin="soon")]), "'soon' is no date"),
        (Actor(name="X Y", periods=[Period("NOR", begin="2010", end="2009")]), "before it begins"),
    ],
)
def test_actors_that_cannot_be_coded(store: ActorStore, actor: Actor, message: str) -> None:
    with pytest.raises(RosterError, match=message):
        add_actor(actor, store)


def test_follow_the_money(store: ActorStore, tmp_path: Path) -> None:
    rows = [
        {
            "id": "Q1",
            "schema": "Person",
            "properties": {"name": ["Ola Eksempel"], "nationality": ["no"], "topics": ["role.pep"]},
        },
        {"id": "p1", "schema": "Position", "properties": {"name": ["Minister of Fisheries"], "country": ["no"]}},
        {
            "id": "o1",
            "schema": "Occupancy",
            "properties": {"holder": ["Q1"], "post": ["p1"], "startDate": ["2011-02-03"]},
        },
        {"id": "c1", "schema": "Company", "properties": {"name": ["Eksempel Shipping"], "jurisdiction": ["no"]}},
        {"id": "v1", "schema": "Vessel", "properties": {"name": ["Eksempel I"]}},
    ]
    text = "\n".join([json.dumps(rows[0]), "{not json", *map(json.dumps, rows[1:])])
    report = import_actors(write(tmp_path / "f.jsonl", text), "ftm", store)
    assert [s.line for s in report.skipped] == [2]
    assert (report.added, report.merged) == (2, 1)
    (ola,) = store.named("Ola Eksempel")
    assert Period("NOR", "GOV", "2011-02-03", None, "Minister of Fisheries") in ola.periods
    assert store.identified("wikidata", "Q1") == ola


def claim(item: str, **qualifiers: str) -> dict[str, object]:
    out: dict[str, object] = {"mainsnak": {"datavalue": {"value": {"id": item}}}, "rank": "normal"}
    if qualifiers:
        out["qualifiers"] = {
            key: [{"datavalue": {"value": {"time": f"+{day}T00:00:00Z", "precision": 11}}}]
            for key, day in qualifiers.items()
        }
    return out


def dump() -> bytes:
    person = {
        "id": "Q900001",
        "labels": {"en": {"value": "Tuva Utvalg"}},
        "aliases": {"en": [{"value": "T. Utvalg"}]},
        "claims": {
            "P31": [claim("Q5")],
            "P27": [claim("Q20")],
            "P39": [claim("Q900002", P580="2012-01-05", P582="2013-10-16")],
        },
    }
    office = {
        "id": "Q900002",
        "labels": {"en": {"value": "Minister of Finance of Norway"}},
        "claims": {"P31": [claim("Q4164871")]},
    }
    country = {
        "id": "Q20",
        "labels": {"en": {"value": "Norway"}},
        "claims": {"P298": [{"mainsnak": {"datavalue": {"value": "NOR"}}}]},
    }
    other = {"id": "Q900003", "labels": {"en": {"value": "A fjord"}}, "claims": {"P31": [claim("Q45776")]}}
    lines = ["[", *(json.dumps(e) + "," for e in (person, office, other)), "{broken,", json.dumps(country), "]"]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("ending", "pack"), [(".json", bytes), (".json.gz", gzip.compress), (".json.bz2", bz2.compress)]
)
def test_wikidata(store: ActorStore, tmp_path: Path, ending: str, pack) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / f"dump{ending}"
    path.write_bytes(pack(dump()))
    report = import_actors(path, "wikidata", store)
    assert [s.line for s in report.skipped] == [5]
    assert report.added == 1
    (tuva,) = store.named("tuva utvalg")
    assert tuva.periods == [Period("NOR", "GOV", "2012-01-05", "2013-10-16", "Minister of Finance of Norway")]


def test_files_that_cannot_be_read(store: ActorStore, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.txt cannot be read"):
        import_actors(tmp_path / "nowhere.txt", "phoenix", store)
    with pytest.raises(InputError, match="cannot be read"):
        import_actors(write(tmp_path / "no.gz", "plain"), "wikidata", store)
    with pytest.raises(RosterError, match="cannot be used as a store"):
        ActorStore(write(tmp_path / "no.sqlite", "plain text, and enough of it to be no database" * 40))


def test_an_added_actor_is_found_in_a_text_with_the_code_of_the_day(store: ActorStore, tmp_path: Path, nlp) -> None:  # type: ignore[no-untyped-def]
    import_actors(write(tmp_path / "d.txt", DICTIONARY), "phoenix", store)
    known = Lexicon(roster(), store)
    text = "Oda Testperson warned the League of Quiet Readers on Monday."
    for published, code in (("2004-05-01", "NORGOV"), ("2010-05-01", "NORELI")):
        syntax = next(parse([text], nlp))
        report = Report(id="r", text=text, published=published)
        resolution = resolve(syntax, find_zones(text), report, known=known)
        assert [e.code for e in resolution.entities] == [code, "SWEREB"]
    assert "my_oda_testperson" not in roster().persons


def test_who() -> None:
    assert [h.id for h in who("foreign minister of Russia", on="2005-06-01")] == ["sergei_lavrov"]
    assert [h.id for h in who("Russia's foreign minister", on="2005")] == ["sergei_lavrov"]
    assert [h.id for h in who("Who was the German chancellor?", on="2010-01-01")] == ["angela_merkel"]
    assert [h.id for h in who("Russian leader", on="2010")] == ["dmitry_medvedev"]
    terms = who("president of Russia")
    assert [h.begin for h in terms] == sorted(h.begin or "" for h in terms)
    assert len(terms) >= 4


@pytest.mark.parametrize(
    ("question", "on", "message"),
    [
        ("keeper of the seals of Atlantis", None, "no country or organisation"),
        ("chief yodeller of Austria", None, "is no office"),
        ("president of France", "yesterday", "is no date"),
        ("president of France", "2010-02-31", "not in the calendar"),
    ],
)
def test_questions_without_an_answer(question: str, on: str | None, message: str) -> None:
    with pytest.raises(RosterError, match=message):
        who(question, on)


def test_search(store: ActorStore) -> None:
    add_actor(Actor(name="Putinova Testname", periods=[Period("NOR")]), store)
    found = search("putin", store)
    assert found[0].id == "vladimir_putin"
    assert found[-1].own
    assert search("   ") == []
    assert search("%", store) == []
