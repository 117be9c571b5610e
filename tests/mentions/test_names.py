"""Names in the token columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.annotate import parse
from dateline.mentions.names import NameIndex, Words, find_names, fold, name_words, surface


@pytest.fixture(scope="module")
def index() -> NameIndex[str]:
    found: NameIndex[str] = NameIndex()
    for name in (
        "North Korea",
        "Kim Jong Un",
        "Workers' Party of Korea",
        "Recep Tayyip Erdoğan",
        "al-Shabaab",
        "Norway",
    ):
        found.add(name, name)
    found.add("US", "USA", exact=True)
    found.add("U.S.", "USA", exact=True)
    found.add("foreign minister", "title", plain=True)
    return found


def matches(nlp, index: NameIndex[str], text: str) -> list[tuple[str, list[str]]]:  # type: ignore[no-untyped-def]
    syntax = next(parse([text], nlp))
    return [(surface(syntax, begin, end), values) for begin, end, values in index.matches(Words(syntax))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kim Jong-un spoke in North Korea.", [("Kim Jong-un", ["Kim Jong Un"]), ("North Korea", ["North Korea"])]),
        ("The Workers’ Party of Korea met.", [("Workers’ Party of Korea", ["Workers' Party of Korea"])]),
        ("Recep Tayyip Erdogan left.", [("Recep Tayyip Erdogan", ["Recep Tayyip Erdoğan"])]),
        ("Al-Shabaab and al Shabaab.", [("Al-Shabaab", ["al-Shabaab"]), ("al Shabaab", ["al-Shabaab"])]),
        ("They told us about the US and the U.S.", [("US", ["USA"]), ("U.S.", ["USA"])]),
        ("A U.S.-North Korea summit.", [("U.S.-North", ["USA"]), ("U.S.-North Korea", ["North Korea"])]),
        ("norway spruce", []),
        (
            "The Foreign Minister and a foreign minister.",
            [("Foreign Minister", ["title"]), ("foreign minister", ["title"])],
        ),
    ],
)
def test_matching(nlp, index: NameIndex[str], text: str, expected: list[tuple[str, list[str]]]) -> None:  # type: ignore[no-untyped-def]
    assert matches(nlp, index, text) == expected


def test_the_longest_name_wins(nlp) -> None:  # type: ignore[no-untyped-def]
    index: NameIndex[str] = NameIndex()
    index.add("Bank", "bank")
    index.add("Bank of Norway", "central bank")
    assert matches(nlp, index, "The Bank of Norway said so.") == [("Bank of Norway", ["central bank"])]


def test_several_bearers_keep_their_order() -> None:
    index: NameIndex[str] = NameIndex()
    index.add("Georgia", "state")
    index.add("Georgia", "country")
    index.add("Georgia", "state")
    assert index.get("GEORGIA") == ["state", "country"]
    assert len(index) == 1


def test_unknown_names_come_from_the_model(nlp, index: NameIndex[str]) -> None:  # type: ignore[no-untyped-def]
    syntax = next(parse(["Ingrid Solberg of the Nordic Fisheries Board visited Norway."], nlp))
    found = {surface(syntax, m.begin, m.end): m for m in find_names(syntax, index)}
    assert found["Norway"].values == ["Norway"]
    assert found["Ingrid Solberg"].label == "PERSON"
    assert found["Nordic Fisheries Board"].values == []


def test_common_nouns_in_capitals_are_no_name(nlp, index: NameIndex[str]) -> None:  # type: ignore[no-untyped-def]
    syntax = next(parse(["Norway's Foreign Minister Ingrid Solberg left."], nlp))
    common = bytearray(len(syntax))
    begin, end, _ = next(m for m in index.matches(Words(syntax)) if m[2] == ["title"])
    for i in range(begin, end):
        common[i] = 1
    names = [surface(syntax, m.begin, m.end) for m in find_names(syntax, index, common=common)]
    assert names == ["Norway", "Ingrid Solberg"]


def test_fold() -> None:
    assert fold("u.s.") == "us"
    assert fold("łódź") == "lodz"
    assert name_words("Côte d’Ivoire's  North-East") == ("cote", "d'ivoire", "'s", "north", "east")


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    words = name_words(text)
    assert all(words)
    index: NameIndex[int] = NameIndex()
    index.add(text, 1)
    assert index.get(text) == ([1] if words else [])
