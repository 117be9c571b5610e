from __future__ import annotations

from dateline.coding.kin import Kin
from dateline.coding.party import Party
from dateline.records import Entity
from dateline.resolve import Resolution


def test_a_party_goes_by_its_own_name_and_its_countrys() -> None:
    entities = [Entity(id="tcd_military", name="Armed Forces of Chad", kind="organization", country="TCD")]
    kin = Kin(Resolution(entities))
    assert kin.names([Party(0, 0, 1, "tcd_military", 2), Party(1, 1, 2, None, 2)]) == {"tcd_military", "TCD"}
