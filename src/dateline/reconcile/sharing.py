"""Many mentions in little memory: what is the same in them is held once."""

from __future__ import annotations

import sys
from dataclasses import fields
from operator import attrgetter
from typing import Any

from dateline.reconcile.mention import EventMention

_VALUES = attrgetter(*(field.name for field in fields(EventMention)[1:]))  # of all but the key
_PLAIN = (bool, int, float, type(None))
_MOST = 2_000_000  # different values: what comes after so many is not shared any more


class Sharing:
    """Values of mentions that were met: the same few parties, days and words stand in nearly all."""

    def __init__(self) -> None:
        self._met: dict[Any, Any] = {}

    def of(self, mention: EventMention) -> EventMention:
        """The mention with what it shares with others in the place of its own."""
        met = self._met
        held = []
        for value in _VALUES(mention):
            if value.__class__ not in _PLAIN:
                found = met.get(value)
                value = self._same(value) if found is None else found
            held.append(value)
        report, event = mention.key  # no other has it
        return EventMention((sys.intern(report), sys.intern(event)), *held)

    def _same(self, value: Any) -> Any:
        if isinstance(value, bool | int | float) or value is None:
            return value
        if isinstance(value, str):
            return sys.intern(value)
        found = self._met.get(value)
        if found is not None:
            return found
        if isinstance(value, frozenset | tuple):
            # A copy of the parts takes the least room, and they are shared in turn.
            value = type(value)([self._same(part) for part in value])
        if len(self._met) < _MOST:
            self._met[value] = value
        return value
