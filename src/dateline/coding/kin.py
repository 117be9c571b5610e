"""Who stands for whom: an entity, and the country it belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.coding.party import Party
from dateline.resolve import Resolution


class Kin:
    """The names under which the parties of a report may be one: their own and their country's."""

    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution
        self._country: dict[str, str | None] = {}

    def names(self, parties: Iterable[Party]) -> set[str]:
        """The entities of some parties, and their countries."""
        out: set[str] = set()
        for party in parties:
            if party.entity is not None:
                out.add(party.entity)
                country = self._country.get(party.entity)
                if party.entity not in self._country:
                    country = self._country[party.entity] = self.resolution.entity(party.entity).country
                if country:
                    out.add(country)
        return out
