"""Which place a name means."""

from __future__ import annotations

import pytest


def place(read, text: str, name: str):  # type: ignore[no-untyped-def]
    record = read(text, published="2021-02-03", publisher="The Nowhere Courier")
    return next((e for e in record.entities if e.name == name), None)


def test_cities_have_coordinates(read) -> None:  # type: ignore[no-untyped-def]
    found = place(read, "Fishermen gathered in Bergen on Monday.", "Bergen")
    assert (found.kind, found.country) == ("place", "NOR")
    assert found.latitude == pytest.approx(60.4, abs=0.2)
    assert found.longitude == pytest.approx(5.3, abs=0.2)


@pytest.mark.parametrize(
    ("text", "country", "kind"),
    [
        ("Georgia and Armenia opened the border.", "GEO", "country"),
        ("Georgian troops left Georgia.", "GEO", "country"),
        ("Voters in Atlanta, Georgia, waited in the rain.", "USA", "place"),
        ("Georgia Gov. John Doe vetoed the bill.", "USA", "place"),
    ],
)
def test_georgia(read, text: str, country: str, kind: str) -> None:  # type: ignore[no-untyped-def]
    found = place(read, text, "Georgia")
    assert (found.country, found.kind) == (country, kind)


def test_paris_in_texas(read) -> None:  # type: ignore[no-untyped-def]
    record = read("The mayor flew from Paris to a town called Paris, Texas.", published="2021-02-03")
    assert sorted(e.country or "" for e in record.entities if e.name == "Paris") == ["FRA", "USA"]


def test_washington(read) -> None:  # type: ignore[no-untyped-def]
    text = "Washington protested to Ottawa. The envoy had been in Washington for a year."
    record = read(text, published="2021-02-03")
    kinds = {e.name: e.kind for e in record.entities}
    assert kinds["United States"] == "country"
    assert kinds["Washington"] == "place"


def test_a_town_that_no_gazetteer_has(read) -> None:  # type: ignore[no-untyped-def]
    found = place(read, "Shells hit the Syrian town of Tellquazim on Monday.", "Tellquazim")
    assert (found.kind, found.country, found.latitude) == ("place", "SYR", None)


def test_one_place_in_capitals_and_not(read) -> None:  # type: ignore[no-untyped-def]
    record = read("OSLO (Courier) - It snowed in Oslo on Monday.", published="2021-02-03")
    assert [e.name for e in record.entities if e.name.casefold() == "oslo"] == ["Oslo"]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Russian troops struck Kharkiv on Monday.", "Kharkiv", "UKR"),
        ("Congolese soldiers lost Goma and Bukavu.", "Goma", "COD"),
        ("Police in Chicago arrested a man, the Chicago Tribune reported. It was hot in Chicago.", "Chicago", "USA"),
        ("Joe Toledo, a Republican, sued the mayor. Voters in Toledo, Ohio, laughed.", "Toledo", "USA"),
    ],
)
def test_a_town_is_no_body_and_no_person(read, text: str, name: str, country: str) -> None:  # type: ignore[no-untyped-def]
    found = place(read, text, name)
    assert (found.kind, found.country) == ("place", country)


def test_who_has_the_name_of_a_town_is_a_person(read) -> None:  # type: ignore[no-untyped-def]
    text = "Senator Elizabeth Warren criticized the bank. The bank praised Warren."
    assert place(read, text, "Warren") is None
