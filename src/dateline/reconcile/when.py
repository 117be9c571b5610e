"""When it was, in two tellings: one day, days that can be one, a plan and its outcome, or two occasions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from dateline.reconcile.mention import TOLD_DAYS, EventMention

PLAN_DAYS = 120  # a plan and what became of it are told at most so far apart
_RECALLED_DAYS = 40  # a report that gives no time may recall what another told so long before
_CLAIMED_DAYS = 4  # whoever claims a town captured may name a day so far from what another names

OPEN = frozenset({"planned", "possible", "requested", "threatened", "hypothetical"})


@dataclass(frozen=True, slots=True)
class Times:
    """How far two times agree: what it adds to a match, what agrees, and whether that alone is telling (1 or 0)."""

    score: float
    why: tuple[str, ...]
    plain: int


_UNKNOWN = Times(0.0, (), 0)


def compare_times(a: EventMention, b: EventMention, *, exact: bool) -> Times | None:
    """Compare when two acts took place.

    Args:
        a: a telling.
        b: another.
        exact: whether both are done to the same one in particular.

    Returns:
        How far the times agree, or None where they are of two occasions.
    """
    if (a.factuality in OPEN) != (b.factuality in OPEN):
        return _plan(a, b)
    if exact and a.once and b.once and (gap := _gap(a, b)) and gap <= _CLAIMED_DAYS:
        return Times(0.25, ("days differ, but it is done only once",), 0)
    if _news_of_two_days(a, b):
        return _of_denial(a, b)
    if a.begin and b.begin and a.end and b.end and a.told and b.told:
        if a.begin < b.end and b.begin < a.end:
            if (a.end - a.begin).days <= 1 and (b.end - b.begin).days <= 1:
                return Times(1.5, (f"both on {a.begin}",), 1)
            return Times(0.75, ("at times that overlap",), 0)
        gap = min(abs((a.begin - b.end).days), abs((b.begin - a.end).days))
        # Reports in different time zones, and "on Monday" for the night before, differ by a day, so that one
        # begins where the other ends; "two weeks ago" means thirteen days as well.
        slack = min(7, max((a.end - a.begin).days, (b.end - b.begin).days)) // 2
        return Times(0.25, ("about the same time",), 0) if gap <= slack else _of_denial(a, b)
    if a.begin and b.begin and a.begin == b.begin and a.end == b.end and (a.told or b.told):
        return Times(1.0, (f"both on {a.begin}, as it seems",), 1)
    return _untold(a, b)


def _gap(a: EventMention, b: EventMention) -> int:
    """Days between two times that both reports tell and that do not meet; 0 where they do, or one is not told."""
    if not (a.begin and b.begin and a.end and b.end and a.told and b.told):
        return 0
    return max((a.begin - b.end).days + 1, (b.begin - a.end).days + 1, 0)


def _untold(a: EventMention, b: EventMention) -> Times | None:
    if a.begin and b.begin and a.end and b.end and (a.told or b.told) and a.begin <= b.end and b.begin <= a.end:
        return Times(0.5, ("about the same time, as it seems",), 0)
    days = [m.begin if m.told and m.begin else m.published for m in (a, b)]
    if not days[0] or not days[1]:
        return _UNKNOWN
    between = abs((days[0] - days[1]).days)
    if between <= 2:
        return Times(0.5, ("told in the same days",), 0)
    if between <= TOLD_DAYS:
        return _UNKNOWN
    later, first = (a, b) if days[0] > days[1] else (b, a)
    # Whoever gives no time may recall it; that nothing then tells the time has to be made up for.
    if between <= _RECALLED_DAYS and not (later.told and later.begin) and first.told:
        return Times(-0.5, (), -1)
    return None


def _of_denial(a: EventMention, b: EventMention) -> Times | None:
    """What is denied is often dated by its denial: then the days do not tell against it."""
    for denial, other in ((a, b), (b, a)):
        if denial.factuality == "denied" and denial.begin and denial.published and other.begin:
            late = (denial.published - denial.begin).days <= 1
            if late and 0 <= (denial.begin - other.begin).days <= TOLD_DAYS:
                return _UNKNOWN
    return None


def _news_of_two_days(a: EventMention, b: EventMention) -> bool:
    """Whether each report tells of its own day: shells that fall on Friday and on Saturday are two occurrences."""
    if a.begin is None or b.begin is None or a.begin == b.begin:
        return False
    return all(
        (m.told or m.guessed) and m.published == m.begin and m.end and (m.end - m.begin).days <= 1
        for m in (a, b)
        if m.begin
    )


def _plan(a: EventMention, b: EventMention) -> Times | None:
    plan, outcome = (a, b) if a.factuality in OPEN else (b, a)
    when = outcome.begin or outcome.published
    if plan.begin and plan.end and plan.told and when:
        if not plan.begin - timedelta(1) <= when < plan.end + timedelta(1):
            return None
        return Times(1.5, ("took place when it was planned for",), 1)
    if plan.published and when:
        if not 0 <= (when - plan.published).days <= PLAN_DAYS:
            return None
        return Times(0.25, ("planned before, took place after",), 0)
    return _UNKNOWN
