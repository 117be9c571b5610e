"""Zones: which lines are headline, byline, dateline, caption or body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ZoneKind = Literal["headline", "byline", "dateline", "caption", "body"]


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of the text: half-open code point offsets, and what it is."""

    kind: ZoneKind
    begin: int
    end: int


def find_zones(text: str, title: str | None = None) -> list[Zone]:
    """Split a report's text into zones that cover every line with a letter in it, in order.

    Args:
        text: the report's text.
        title: its title where known; a first line equal to it is the headline.
    """
    zones: list[Zone] = []
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            zones.append(Zone("body", at, at + len(line)))
        at += len(line)
    return zones
