"""An event while it is coded."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.coding.party import Party
from dateline.coding.trigger import Match


@dataclass(slots=True)
class Coded:
    """An event before it gets its id, factuality and time."""

    match: Match
    actors: list[Party]
    recipients: list[Party]
    how: str
    mode: str | None
    contexts: list[str]
    confidence: float = 0.0
    statement: str | None = None
    reciprocal: bool = False
    shown: int = -1
    doubtful: bool = False
    same: Coded | None = None
