"""An actor of the user's own, and CAMEO's actor codes."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Literal

import msgspec

from dateline.mentions.names import word_set

ActorKind = Literal["person", "organization", "outlet", "group", "country"]

# CAMEO's and PLOVER's codes of what somebody acts as.
SECTORS = word_set(
    "GOV MIL LEG JUD OPP REB COP SPY MED IGO NGO BUS CVL PTY EDU HLH REL LAB CRM UAF ELI REF AGR ENV HRI IMG "
    "MNC NGM SET RAD SEP INS DEV TOP MOD"
)
_BUSINESS = {
    "MNC": "BUS",
    "SET": "CVL",
    "INS": "REB",
    "SEP": "REB",
    "RAD": "OPP",
    "IMG": "REB",
    "NGM": "NGO",
    "HRI": "NGO",
}
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\Z")


class Period(msgspec.Struct, frozen=True, omit_defaults=True):
    """What somebody was coded as from `begin` until `end` (exclusive; None: open).

    `title` is the wording of the role where the source gives one.
    """

    country: str | None = None
    sector: str | None = None
    begin: str | None = None
    end: str | None = None
    title: str | None = None


class Actor(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Somebody whom a user adds to the roster.

    Attributes:
        id: unique among the user's actors; "" until it is stored.
        name: the usual name; `aliases` other ones.
        kind: what it is; "country" for other names of a country.
        periods: what it acts as, when; the first without dates holds always.
        gender: "m", "f" or "".
        ids: identifiers elsewhere (``wikidata``, ``opensanctions``).
        source: where it comes from ("phoenix", "ftm", "wikidata", "user").
    """

    id: str = ""
    name: str
    kind: ActorKind = "person"
    aliases: list[str] = []
    periods: list[Period] = []
    gender: str = ""
    ids: dict[str, str] = {}
    source: str = "user"

    @property
    def country(self) -> str | None:
        """The country of the latest period that has one."""
        for period in reversed(self.periods):
            if period.country is not None:
                return period.country
        return None


def split_code(code: str, countries: Container[str]) -> tuple[str | None, str | None]:
    """Take a CAMEO code apart: ``"RUSGOVMIL"`` -> ``("RUS", "GOV")``, ``"NGOUSAHRI"`` -> ``("USA", "NGO")``.

    Args:
        code: three letters a part.
        countries: known alpha-3 codes; other first parts (regions) are no country.

    Returns:
        Country and sector, each None where the code has none. Of several sectors the first counts.
    """
    parts = [code[i : i + 3] for i in range(0, len(code) - len(code) % 3, 3)]
    country = next((part for part in parts if part in countries and part not in SECTORS), None)
    sector = next((part for part in parts if part in SECTORS), None)
    return country, _BUSINESS.get(sector or "", sector)


def is_day(text: str) -> bool:
    """Whether a text is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    return _DAY.match(text) is not None
