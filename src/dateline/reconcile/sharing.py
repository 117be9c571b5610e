"""Many mentions in little memory: what is the same in them is held once."""

from __future__ import annotations

import sys
from dataclasses import fields
from typing import Any

from dateline.reconcile.mention import EventMention

_FIELDS = tuple(field.name for field in fields(EventMention) if field.name != "key")
_MOST = 2_000_000  # different values: what comes after so many is not shared any more


class Sharing:
    """Values of mentions that were met: the same few parties, days and words stand in nearly all."""

    def __init__(self) -> None:
        self._met: dict[Any, Any] = {}

    def of(self, mention: EventMention) -> EventMention:
        """The mention with what it shares with others in the place of its own."""
        held = {name: self._same(getattr(mention, name)) for name in _FIELDS}
        report, event = mention.key  # no other has it
        return EventMention(key=(sys.intern(report), sys.intern(event)), **held)

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
