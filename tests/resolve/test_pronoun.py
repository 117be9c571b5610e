from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Record


@pytest.mark.parametrize(
    ("text", "pronoun", "entity"),
    [
        ("Allies punished Kenya for its role in the raid on Somalia.", "its", "KEN"),
        ("Chad said that Libya attacked Niger in its first raid.", "its", "LBY"),
        ("Chad voted for sanctions, and Libya opened its ports.", "its", "LBY"),
        ("Libya detained a Chadian boat, and Chad demanded its release.", "its", "LBY"),
        ("Germany hosted Angela Merkel’s guest Theresa May; she thanked her.", "she", "theresa_may"),
    ],
)
def test_a_pronoun_means_the_one_that_its_clause_allows(
    read: Callable[..., Record], text: str, pronoun: str, entity: str
) -> None:
    at = text.index(f" {pronoun} ") + 1
    (found,) = [e.id for e in read(text).entities for m in e.mentions if m.span == (at, at + len(pronoun))]
    assert found == entity


@pytest.mark.parametrize("address", ["Mr", "Mr."])
def test_an_address_is_no_part_of_a_name(read: Callable[..., Record], address: str) -> None:
    record = read(f"Emmanuel Macron flew to Rabat. {address} Macron will meet the king.", published="2018-06-20")
    assert [e.id for e in record.entities if e.kind == "person"][:1] == ["emmanuel_macron"]
    assert not any("mr" in e.id.split("_") for e in record.entities)


def test_the_one_to_be_extradited_is_another_than_who_asks(read: Callable[..., Record]) -> None:
    text = "Emmanuel Macron blamed Hassan Rouhani and asked the United States to extradite him."
    record = read(text, published="2018-06-20")
    at = text.index("him")
    assert [e.id for e in record.entities for m in e.mentions if m.span == (at, at + 3)] == ["hassan_rouhani"]


def test_its_neighbor_is_the_other_country(read: Callable[..., Record]) -> None:
    text = "India accused Pakistan of shelling a village. New Delhi withdrew trade privileges from its neighbor."
    record = read(text)
    at = text.index("its neighbor")
    found = [e.id for e in record.entities for m in e.mentions if m.span == (at, at + len("its neighbor"))]
    assert found == ["PAK"]
