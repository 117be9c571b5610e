from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Record


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("A Chadian aircraft crossed into Libya on Monday. Libyan troops fired on the plane.", "TCD"),
        ("Chad launched ten drones on Monday. Libyan troops shot down the drones.", "TCD"),
        ("Two helicopters believed to be Chadian were seen. Libyan troops fired on the helicopters.", "TCD"),
    ],
)
def test_a_thing_spoken_of_again_is_still_its_owners(read: Callable[..., Record], text: str, owner: str) -> None:
    record = read(text)
    country = {entity.id: entity.country for entity in record.entities}
    (event,) = [e for e in record.events if e.type == "ASSAULT"]
    assert [country[a.entity] for a in event.recipient if a.entity is not None] == [owner]


def test_any_thing_is_nobodys(read: Callable[..., Record]) -> None:
    record = read("A Chadian aircraft crossed into Libya on Monday. Libyan troops fired on a plane.")
    (event,) = [e for e in record.events if e.type == "ASSAULT"]
    assert all(a.entity is None or not a.entity.startswith(("TCD", "tcd")) for a in event.recipient)
