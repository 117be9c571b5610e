"""Who did it to whom, in two tellings: the same people, people of one side, or sides that blame each other."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dateline.reconcile.mention import EventMention, kind_of

RECIPROCAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
NEAR_PLACES = 60.0  # kilometres: places so near can be one place, or one in the other
HOSTILE = frozenset({"ASSAULT", "COERCE"})


@dataclass(frozen=True, slots=True)
class Roles:
    """How far those of two tellings agree.

    Attributes:
        score: what it adds to a match.
        why: what agrees.
        plain: how many roles agree.
        exact: how many agree in somebody or something in particular.
        blame: whether each names the other's side as the one who did it.
    """

    score: float
    why: tuple[str, ...]
    plain: int
    exact: int = 0
    blame: bool = False


def compare_roles(a: EventMention, b: EventMention, *, one_story: bool) -> Roles | None:
    """Compare those who take part in two acts.

    Args:
        a: a telling.
        b: another.
        one_story: whether their reports are about the same main event.

    Returns:
        How far they agree, or None where they are of others.
    """
    if kind_of(a.type, a.trigger) in RECIPROCAL and kind_of(b.type, b.trigger) in RECIPROCAL:
        return _circle(a, b)
    if a.spots and b.spots and all(apart(x[1:], y[1:]) for x in a.spots for y in b.spots):
        if not one_story or not a.objects & b.objects:
            return None
    whom = _recipient(a, b, one_story)
    if whom is None:
        return None
    who = _actor(a, b, one_story and whom.exact > 0)
    if who is None:
        return _blame(a, b, whom) if one_story else None
    return Roles(who.score + whom.score, who.why + whom.why, who.plain + whom.plain, who.exact + whom.exact)


_NOBODY = Roles(0.0, (), 0)


def _actor(a: EventMention, b: EventMention, to_the_same: bool) -> Roles | None:
    x, y = a.actors, b.actors
    if not x or not y:
        if not x and not y and (same := a.vague & b.vague):
            return Roles(0.5, (f"actor {', '.join(sorted(same))}",), 0)
        return _NOBODY
    if shared := x & y:
        return Roles(1.5, (f"actor {', '.join(sorted(shared))}",), 1, int(bool(shared & a.particular)))
    countries = a.actor_countries & b.actor_countries
    if not countries or (x & a.particular and y & b.particular):
        return None
    if not to_the_same and (_against(a, b) or _against(b, a)):
        return None
    one_side = not (x & a.particular or y & b.particular) and x & a.organs and y & b.organs
    return Roles(1.5 if one_side else 1.0, (f"actor of {', '.join(sorted(countries))}",), 1)


def _against(a: EventMention, b: EventMention) -> bool:
    """Whether the first's actors are arms of a state, and the second's are others of the same country: its rebels."""
    arms = a.actors <= a.organs and not a.actors & a.actor_countries
    return arms and not b.actors & (b.organs | b.particular)


def _recipient(a: EventMention, b: EventMention, one_story: bool) -> Roles | None:
    x, y = a.recipients, b.recipients
    particular = a.particular & b.particular
    if shared := x & y:
        exact = shared & (particular | a.sites)
        return Roles(1.5, (f"recipient {', '.join(sorted(shared))}",), 1, int(bool(exact)))
    if x & a.persons and y & b.persons:
        return None
    countries = a.recipient_countries & b.recipient_countries
    disjoint = a.recipient_countries and b.recipient_countries and not countries
    if (objects := a.objects & b.objects) and (one_story or not disjoint):
        return Roles(1.5, (f"“{', '.join(sorted(objects))}”",), 1, 1)
    if countries:
        return Roles(1.0, (f"recipient of {', '.join(sorted(countries))}",), 1)
    if disjoint:
        # One says who was hit, the other where.
        if one_story and (x <= a.sites) != (y <= b.sites):
            return _NOBODY
        if a.land in y or b.land in x:
            return Roles(0.5, (f"in {a.land if a.land in y else b.land}",), 1)
        if (a.recipient_countries | _one(a.land)) & (b.recipient_countries | _one(b.land)):
            return _NOBODY
        return None
    return _NOBODY


def _one(country: str | None) -> frozenset[str]:
    return frozenset((country,)) if country else frozenset()


def _blame(a: EventMention, b: EventMention, whom: Roles) -> Roles | None:
    """Each side says that the other did it: one deed, two versions."""
    if a.type not in HOSTILE or b.type not in HOSTILE or not whom.exact:
        return None
    if not a.speaker or not b.speaker or a.speaker in a.actor_countries or b.speaker in b.actor_countries:
        return None
    if a.speaker not in b.actor_countries and b.speaker not in a.actor_countries:
        return None
    return Roles(2.5, (*whom.why, "each names another who did it"), 2, whom.exact, blame=True)


def _circle(a: EventMention, b: EventMention) -> Roles | None:
    """Meetings and agreements: who is named first as their subject is a matter of the telling."""
    shared = (a.actors | a.recipients) & (b.actors | b.recipients)
    countries_a = a.actor_countries | a.recipient_countries
    countries_b = b.actor_countries | b.recipient_countries
    states = countries_a & countries_b
    if not shared and not states:
        return None
    if min(len(countries_a), len(countries_b)) > 1 and len(states) < 2:
        return None  # two meetings with one participant in common
    sides = max(len(shared), len(states)) if len(countries_a | countries_b) > 1 else len(shared)
    if not shared and sides < 2:
        return None
    named = shared or states
    score = min(3.0, 1.5 * max(len(shared), sides))
    return Roles(score, (f"both with {', '.join(sorted(named))}",), min(sides, 2), min(len(shared & a.particular), 2))


def apart(a: tuple[float, float] | None, b: tuple[float, float] | None) -> bool:
    """Are two places certainly not one, and neither in the other?

    The distance is the equirectangular one: rough, and good enough for tens of kilometres.
    """
    if a is None or b is None:
        return False
    north = a[0] - b[0]
    east = ((a[1] - b[1] + 180.0) % 360.0 - 180.0) * math.cos(math.radians((a[0] + b[0]) / 2))
    return 111.2 * math.hypot(north, east) > NEAR_PLACES
