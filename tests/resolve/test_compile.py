"""Compiling the roster and the gazetteer: what is written comes out, mistakes are named."""

from __future__ import annotations

import shutil

import pytest

from dateline.errors import RosterError
from dateline.resolve import compile as roster_compile
from dateline.resolve import compile_places
from dateline.resolve.compile import RESOURCES, compile_roster, tokens
from dateline.resolve.gazetteer import Place, decode_places, gazetteer, key
from dateline.resolve.roster import Roster, decode

pytestmark = pytest.mark.skipif(not RESOURCES.is_dir(), reason="needs the source tree")

COUNTRIES = """
UTO:
  name: Utopia
  iso2: UT
  demonyms: [Utopian, Utopians]
  capital: [Amaurot, 10.5, -20.25]
  seats: [Water Palace]
  services: {Night Watch: [COP, NW]}
  leader: [president]
NOO: {name: Noland, iso2: 'NO', capital: [Nocity, 1, 2]}
"""
FILES = {
    "countries.yaml": COUNTRIES,
    "offices.yaml": "president: {sector: GOV, titles: [president], national: {NOO: [first citizen]}}\n"
    "secretary_general: {sector: IGO, titles: [secretary-general]}\n",
    "bodies.yaml": "foreign_ministry: {name: Ministry of Foreign Affairs, sector: GOV, words: [foreign ministry]}\n",
    "organisations.yaml": "league: {name: League of Isles, aka: [LI], sector: IGO}\n",
    "outlets.yaml": "mail: {name: The Island Mail, country: UTO, article: true, domains: [islandmail.example]}\n",
    "agents.yaml": "rebel: {sector: REB, singular: [rebel], plural: [rebels]}\n",
    "groups.yaml": "isles: {name: the Isles, members: [UTO, NOO]}\n",
    "persons/UTO.yaml": "country: UTO\nterms:\n  president:\n  - [Ada al-Bar, 2001-02, 2005-03-04]\n"
    "  - [José Núñez, 2005-03-04, null]\npeople:\n  Ada al-Bar: {gender: f, aka: [Aida Bar]}\n"
    "others:\n  Kim Min Su: {sector: OPP, terms: [[opposition leader, 2003, 2004]]}\n",
    "persons/IGO.yaml": "organisations:\n  league:\n    secretary_general:\n    - [Ada al-Bar, 2006-01-01, null]\n"
    "people:\n  Ada al-Bar: {country: UTO}\n",
}


def write(folder, **changed):
    for name, text in {
        **FILES,
        **{k.replace("__", "/").replace("_yaml", ".yaml"): v for k, v in changed.items()},
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def small(tmp_path):
    return Roster(decode(compile_roster(write(tmp_path))))


def test_compiled_file_is_that_of_the_yaml():
    roster_compile.check_fresh()


def test_compiled_gazetteer_is_that_of_the_yaml():
    compile_places.check_fresh()


def test_the_same_source_gives_the_same_bytes(tmp_path):
    write(tmp_path)
    assert compile_roster(tmp_path) == compile_roster(tmp_path)


def test_a_change_of_the_yaml_makes_the_file_stale(tmp_path, capsys):
    folder = write(tmp_path / "source")
    target = tmp_path / "roster.msgpack"
    options = ["--resources", str(folder), "--target", str(target)]
    assert roster_compile.main(options) == 0
    assert roster_compile.main([*options, "--check"]) == 0
    write(folder, agents_yaml="rebel: {sector: REB, singular: [rebel]}\n")
    assert roster_compile.main([*options, "--check"]) == 1
    assert "stale" in capsys.readouterr().err


def test_countries_bring_their_bodies_and_services(small):
    assert small.names["amaurot"].senses == (("UTO", "capital"),)
    assert small.names["water palace"].senses == (("UTO", "seat"),)
    assert small.entry("uto_night_watch").sector == "COP"
    assert small.names["nw"].exact
    assert small.entry("noo_foreign_ministry").name == "Ministry of Foreign Affairs of Noland"


def test_no_is_a_code_and_not_a_truth_value(small):
    assert small.countries["NOO"].iso2 == "NO"


def test_a_person_in_two_files_is_one(small):
    ada = small.persons["ada_al_bar"]
    assert (ada.country, ada.gender) == ("UTO", "f")
    assert [(t.office, t.of) for t in ada.terms] == [("president", "UTO"), ("secretary_general", "league")]
    assert small.sector(ada, "2003-01-01") == "GOV"
    assert small.sector(ada, "2010-01-01") == "IGO"
    assert small.sector(ada, "2005-06-01") is None


def test_one_spelling_with_and_one_without_accents_are_one_person(tmp_path):
    more = FILES["persons/IGO.yaml"].replace("people:", "    - [Jose Nunez, 2001, 2002]\npeople:")
    table = Roster(decode(compile_roster(write(tmp_path, persons__IGO_yaml=more))))
    assert [t.of for t in table.persons["jose_nunez"].terms] == ["league", "UTO"]


def test_a_qualifier_keeps_two_people_of_one_name_apart(tmp_path):
    more = FILES["persons/UTO.yaml"] + "  José Núñez (general): {sector: MIL}\n"
    table = Roster(decode(compile_roster(write(tmp_path, persons__UTO_yaml=more))))
    assert table.persons["jose_nunez_general"].name == "José Núñez"
    assert [e for e, _ in table.named(["josé", "núñez"]).senses] == ["jose_nunez", "jose_nunez_general"]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Ada Al-Bar", "ada_al_bar"),
        ("Ada Bar", "ada_al_bar"),
        ("Aida Bar", "ada_al_bar"),
        ("Jose Nunez", "jose_nunez"),
        ("The Island Mail", "mail"),
        ("islandmail.example", "mail"),
    ],
)
def test_spellings_follow_by_rule(small, text, entity):
    assert small.names[tokens(text)].senses[0][0] == entity


def test_an_outlet_that_needs_its_article_has_no_name_without(small):
    assert "island mail" not in small.names


def test_family_names_without_the_arabic_article(small):
    assert [p.id for p in small.persons_called("bar")] == ["ada_al_bar"]
    assert [p.id for p in small.persons_called(tokens("al-Bar"))] == ["ada_al_bar"]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("outlets_yaml", "mail: {name: Mail, country: XXX}\n", r"outlets\.yaml: mail: names the unknown country 'XXX'"),
        ("outlets_yaml", "mail: {nam: Mail}\n", r"outlets\.yaml: mail: has unknown fields nam"),
        ("outlets_yaml", "mail: {name: Mail, aka: Post}\n", r"outlets\.yaml: mail: .*array"),
        ("outlets_yaml", "mail: [\n", r"outlets\.yaml: file: is not YAML"),
        ("outlets_yaml", "- mail\n", r"outlets\.yaml: file: must be a mapping"),
        ("outlets_yaml", "mail: {name: A}\nmail: {name: B}\n", r"outlets\.yaml: mail: is defined twice"),
        ("organisations_yaml", "x: {name: X, sector: QQQ}\n", r"organisations\.yaml: x: has the unknown sector 'QQQ'"),
        ("groups_yaml", "UTO: {name: Us}\n", r"groups\.yaml: UTO: this id is also used in countries\.yaml"),
        (
            "persons__UTO_yaml",
            "country: UTO\nterms: {king: [[A B, 2001, null]]}\n",
            r"persons/UTO\.yaml: king: is no office",
        ),
        (
            "persons__UTO_yaml",
            "country: UTO\nterms: {president: [[A B, 2001-13, null]]}\n",
            r"persons/UTO\.yaml: president A B: '2001-13' is no date",
        ),
        (
            "persons__UTO_yaml",
            "country: UTO\nterms: {president: [[A B, 2004, 2003]]}\n",
            r"president A B: ends 2003, before it begins 2004",
        ),
        ("persons__UTO_yaml", "country: UTO\npeople: {A B: {gender: f}}\n", r"UTO\.yaml: A B: .*holds no office"),
        (
            "persons__UTO_yaml",
            "country: UTO\nterms: {president: [A B]}\n",
            r"president: a term is \[name, begin, end\]",
        ),
    ],
)
def test_a_mistake_is_named_with_file_entry_and_reason(tmp_path, file, text, said):
    with pytest.raises(RosterError, match=said):
        compile_roster(write(tmp_path, **{file: text}))


def test_all_mistakes_are_named_at_once(tmp_path):
    write(tmp_path, outlets_yaml="a: {nam: A}\nb: {nam: B}\n")
    with pytest.raises(RosterError, match=r"a: has unknown.*\n.*b: has unknown"):
        compile_roster(tmp_path)


def test_a_missing_file_is_named(tmp_path):
    write(tmp_path)
    (tmp_path / "agents.yaml").unlink()
    with pytest.raises(RosterError, match=r"agents\.yaml: file: is missing"):
        compile_roster(tmp_path)


def test_the_roster_is_large_enough():
    compiled = decode(roster_compile.TARGET.read_bytes())
    assert len(compiled.persons) >= 2500
    assert len(compiled.organisations) >= 500
    assert len(compiled.outlets) >= 250
    assert len(roster_compile.TARGET.read_bytes()) < 6_000_000


# The gazetteer


def test_places_are_found_in_any_spelling():
    (black_sea,) = gazetteer().named("the Black Sea")
    assert (black_sea.kind, black_sea.country) == ("sea", None)
    assert gazetteer().named("KIEV")[0].name == "Kyiv"
    assert gazetteer().named("Sanaa", "YEM")[0].country == "YEM"
    assert "Nowhere-upon-Nothing" not in gazetteer()
    assert gazetteer().named("Nowhere-upon-Nothing") == []


def test_the_larger_place_comes_first():
    cities = [place for place in gazetteer().named("Washington") if place.kind == "city"]
    assert cities[0].country == "USA"
    assert [c.population for c in cities] == sorted((c.population for c in cities), reverse=True)
    assert {place.country for place in gazetteer().named("Georgia")} == {"USA"}


def test_places_lie_on_the_globe():
    places = gazetteer().places
    assert len(places) > 25_000
    assert all(-90 <= p.latitude <= 90 and -180 <= p.longitude <= 180 for p in places)


@pytest.mark.parametrize(
    ("name", "same"), [("Saint-Denis", "saint denis"), ("Xi’an", "xian"), ("The Hague", "hague"), ("Łódź", "lodz")]
)
def test_keys_leave_out_what_typists_leave_out(name, same):
    assert key(name) == same


def test_places_compile_from_yaml_and_cities(tmp_path, monkeypatch):
    write(tmp_path)
    (tmp_path / "places.yaml").write_text(
        "places:\n- {name: Long Strait, kind: strait, at: [1.5, 2]}\n"
        "aliases:\n- {city: Amaurot, country: UTO, name: Amorote, aka: [Mistville]}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(
        compile_places, "cities", lambda countries: iter([Place("Amaurot", "city", countries["UT"], 1, 2, 9)])
    )
    compiled = decode_places(compile_places.compile_places(tmp_path))
    assert [p.name for p in compiled.places] == ["Long Strait", "Amorote"]
    assert compiled.names == {"amaurot": (1,), "amorote": (1,), "long strait": (0,), "mistville": (1,)}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("- {name: A, kind: hill, at: [1, 2]}", "A: has the unknown kind 'hill'"),
        ("- {name: A, kind: sea, at: [100, 2]}", "A: lies at"),
        ("- {name: A, kind: sea}", "needs name, kind and at"),
        ("- {name: A, kind: sea, country: XXX, at: [1, 2]}", "A: names the unknown country 'XXX'"),
    ],
)
def test_mistakes_in_places_are_named(tmp_path, monkeypatch, line, said):
    write(tmp_path)
    (tmp_path / "places.yaml").write_text(f"places:\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(compile_places, "cities", lambda countries: iter(()))
    with pytest.raises(RosterError, match=said):
        compile_places.compile_places(tmp_path)


def test_a_stale_gazetteer_is_told(tmp_path):
    folder = tmp_path / "source"
    shutil.copytree(RESOURCES, folder)
    compile_places.check_fresh(folder)
    (folder / "places.yaml").write_text("places: []\n", encoding="utf-8")
    with pytest.raises(RosterError, match="stale"):
        compile_places.check_fresh(folder)
