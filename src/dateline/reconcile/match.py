"""Do two mentions tell of one occurrence? A score with its reasons, or a contradiction.

Event coreference across documents by comparing arguments, after Bejan & Harabagiu (2010) and the
"same event" test of the GVDB and ECB+ annotations: same kind of act, same people in the same roles,
same time and place, as far as both say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from dateline.reconcile.mention import EventMention

SAME = 4.0  # least score of one occurrence
SAME_IN_REPORT = 6.0  # within a report its own `same_as` decides; only near identity overrules it
PLAN_DAYS = 120  # a plan and what became of it are told at most so far apart
TOLD_DAYS = 12  # two tellings without a time of the event are of one event at most so far apart

_FAMILIES = (
    frozenset({"ASSAULT", "COERCE"}),
    frozenset({"SANCTION", "COERCE"}),
    frozenset({"AGREE", "COOPERATE"}),
    frozenset({"AID", "COOPERATE"}),
    frozenset({"CONCEDE", "RETREAT"}),
    frozenset({"ACCUSE", "REJECT"}),
    frozenset({"REQUEST", "THREATEN"}),
)
RECIPROCAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
OPEN = frozenset({"planned", "possible", "requested", "threatened", "hypothetical"})


@dataclass(frozen=True, slots=True)
class Match:
    """How alike two mentions are; `why` names what counted."""

    score: float
    why: tuple[str, ...]


def compare(a: EventMention, b: EventMention, *, one_story: bool) -> Match | None:
    """Compare two mentions.

    Args:
        a: a mention.
        b: another.
        one_story: whether their reports are about the same main event.

    Returns:
        The match, or None where something says that they are two occurrences.
    """
    score, why = 0.0, []
    if a.type == b.type:
        score += 2.0
        why.append(f"both {a.type}")
    elif any(a.type in f and b.type in f for f in _FAMILIES):
        score += 1.0
        why.append(f"{a.type} and {b.type}")
    else:
        return None
    people = _people(a, b)
    if people is None:
        return None
    score += people[0]
    why += people[1]
    time = _time(a, b)
    if time is None:
        return None
    score += time[0]
    why += time[1]
    if a.place and b.place:
        if a.place == b.place:
            score += 1.0
            why.append(f"both in {a.place}")
        elif a.place not in b.people and b.place not in a.people:
            score -= 1.0
    if a.mode and a.mode == b.mode:
        score += 0.5
        why.append(f"mode {a.mode}")
    if _stem(a.trigger) == _stem(b.trigger):
        score += 1.0
        why.append(f"“{a.trigger}”")
    if any(x.unit == y.unit and x.low == y.low and x.high == y.high for x in a.amounts for y in b.amounts):
        score += 1.0
        why.append("the same amount")
    if one_story:
        score += 1.0
        why.append("one story")
    elif people[0] < 2.0 or time[0] < 0.75:
        return None  # across stories, who and when must both be plain
    return Match(score, tuple(why))


def enough(match: Match | None, a: EventMention, b: EventMention) -> bool:
    """Is the match good enough to say that it is one occurrence?"""
    return match is not None and match.score >= (SAME_IN_REPORT if a.key[0] == b.key[0] else SAME)


def _people(a: EventMention, b: EventMention) -> tuple[float, list[str]] | None:
    if a.type in RECIPROCAL and b.type in RECIPROCAL:
        mine, other = a.people, b.people
        shared = mine & other
        if not shared:
            return None
        sides = len(shared & (a.actors | a.recipients) & (b.actors | b.recipients))
        countries_a = a.actor_countries | a.recipient_countries
        countries_b = b.actor_countries | b.recipient_countries
        if min(len(countries_a), len(countries_b)) > 1 and len(countries_a & countries_b) < 2:
            return None  # two meetings with one participant in common
        return min(2.5, 0.75 * len(shared) + 0.5 * sides), [f"both with {', '.join(sorted(shared))}"]
    score, why = 0.0, []
    for role, x, y, xc, yc in (
        ("actor", a.actors, b.actors, a.actor_countries, b.actor_countries),
        ("recipient", a.recipients, b.recipients, a.recipient_countries, b.recipient_countries),
    ):
        if not x or not y:
            continue  # not told by one of them
        if x & y:
            score += 1.5
            why.append(f"{role} {', '.join(sorted(x & y))}")
        elif xc & yc:
            score += 1.0
            why.append(f"{role} of {', '.join(sorted(xc & yc))}")
        elif (xc and yc) or role == "actor":
            return None
    return (score, why) if why else None


def _time(a: EventMention, b: EventMention) -> tuple[float, list[str]] | None:
    if (a.factuality in OPEN) != (b.factuality in OPEN):
        return _plan(a, b)
    if a.begin and b.begin and a.end and b.end:
        if a.begin < b.end and b.begin < a.end:
            exact = (a.end - a.begin).days <= 1 and (b.end - b.begin).days <= 1
            return (1.5 if exact else 0.75), [f"both on {a.begin}" if exact else "at times that overlap"]
        gap = min(abs((a.begin - b.end).days), abs((b.begin - a.end).days))
        # Reports in different time zones, and "on Monday" for the night before, differ by a day.
        return (0.25, ["a day apart"]) if gap <= 1 else None
    if a.published and b.published and abs((a.published - b.published).days) > TOLD_DAYS:
        return None
    return 0.0, []


def _plan(a: EventMention, b: EventMention) -> tuple[float, list[str]] | None:
    plan, outcome = (a, b) if a.factuality in OPEN else (b, a)
    when = outcome.begin or outcome.published
    if plan.begin and plan.end and when:
        if not plan.begin - timedelta(1) <= when < plan.end + timedelta(1):
            return None
        return 1.5, ["took place when it was planned for"]
    if plan.published and when:
        if not 0 <= (when - plan.published).days <= PLAN_DAYS:
            return None
        return 0.5, ["planned before, took place after"]
    return 0.0, []


def _stem(trigger: str) -> str:
    word = trigger.split()[0] if trigger else ""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
