"""Circumstances: the place of an event and the amounts that belong to it.

Both hang somewhere below the trigger; from each place name and each amount the parse is climbed
until a trigger is met, so that the work grows with their number and not with that of the events.
"""

from __future__ import annotations

from dateline.annotate import Syntax
from dateline.coding.coded import Coded
from dateline.records import Quantity
from dateline.resolve import Resolution

_PLACING = frozenset(
    ("in", "at", "near", "outside", "inside", "off", "across", "over", "along", "around", "throughout")
)
_CLIMB = 8


def _triggers(events: list[Coded]) -> dict[int, int]:
    """Tokens that belong to a trigger, with the number of its event."""
    found: dict[int, int] = {}
    for number, event in enumerate(events):
        for token in (event.match.token, event.shown, *event.match.taken):
            found.setdefault(token, number)
    return found


def _climb(syntax: Syntax, token: int, triggers: dict[int, int]) -> int | None:
    """The event in whose clause a token stands."""
    at = token
    for _ in range(_CLIMB):
        if at in triggers:
            return triggers[at]
        head = syntax.head[at]
        if head == at:
            return None
        if syntax.pos[at] == "VERB" and syntax.dep[at] in ("relcl", "advcl", "ccomp", "acl"):
            return None
        at = head
    return None


def places_of(events: list[Coded], syntax: Syntax, resolution: Resolution) -> dict[int, str]:
    """The place of each event that names one.

    Returns:
        Number of the event to the entity id of a country or place: the one after "in", "at", "near";
        of a visit the one visited.
    """
    triggers = _triggers(events)
    out: dict[int, str] = {}
    for reference in resolution.references:
        if reference.entity is None or syntax.dep[reference.head] != "pobj":
            continue
        preposition = syntax.head[reference.head]
        if syntax.lower[preposition] not in _PLACING:
            continue
        if resolution.entity(reference.entity).kind not in ("place", "country"):
            continue
        number = _climb(syntax, syntax.head[preposition], triggers)
        if number is None:
            continue
        recipient = any(party.head == reference.head for party in events[number].recipients)
        if not recipient or syntax.lower[preposition] == "in":  # "lashed out at Washington" is nowhere
            out.setdefault(number, reference.entity)
    numbers = {id(event): number for number, event in enumerate(events)}
    for number, event in enumerate(events):
        if event.mode == "visit" and number not in out:
            for party in event.recipients:
                if party.entity is not None and resolution.entity(party.entity).kind in ("place", "country"):
                    out[number] = party.entity
                    break
        elif number not in out and event.same is not None:
            known = numbers[id(event.same)]
            if known in out:
                out[number] = out[known]
    return out


def amounts_of(events: list[Coded], syntax: Syntax, quantities: list[Quantity]) -> dict[int, list[str]]:
    """The amounts that belong to each event, by its number: "killed *311 people*", "aid of *$61bn*"."""
    triggers = _triggers(events)
    out: dict[int, list[str]] = {}
    for quantity in quantities:
        first, last = syntax.chars_to_tokens(*quantity.span)
        top = next((k for k in range(first, last) if not first <= syntax.head[k] < last or syntax.head[k] == k), None)
        if top is None:
            continue
        number = _climb(syntax, top, triggers)
        if number is not None:
            out.setdefault(number, []).append(quantity.id)
    return out
