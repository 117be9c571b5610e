"""Do two mentions tell of one occurrence? A score with its reasons, or a contradiction.

Event coreference across documents by comparing arguments, after Bejan & Harabagiu (2010) and the
"same event" test of the GVDB and ECB+ annotations: same kind of act, same people in the same roles,
same time and place, as far as both say.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

from dateline.reconcile.mention import EventMention, stem

SAME = 4.0  # least score of one occurrence
SAME_IN_REPORT = 6.0  # within a report its own `same_as` decides; only near identity overrules it
PLAN_DAYS = 120  # a plan and what became of it are told at most so far apart
TOLD_DAYS = 12  # two tellings without a time of the event are of one event at most so far apart
NEAR_PLACES = 60.0  # kilometres: places so near can be one place, or one in the other

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
# What is said in general or only imagined is no occurrence that another report could tell of.
NOWHERE = frozenset({"general", "hypothetical"})
# Words and stances are repeated every day by the same people against the same people: that the kind of
# act and those who do it agree says little, the words and the day must agree too.
VERBAL = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})


@dataclass(frozen=True, slots=True)
class Match:
    """How alike two mentions are; `why` names what counted, `plain` counts what alone is telling."""

    score: float
    why: tuple[str, ...]
    plain: int


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
    one_word = stem(a.trigger) == stem(b.trigger)
    if a.type == b.type:
        score += 1.0
        why.append(f"both {a.type}")
    elif one_word or any(a.type in f and b.type in f for f in _FAMILIES):
        why.append(f"{a.type} and {b.type}")
    else:
        return None
    people = _people(a, b)
    if people is None:
        return None
    time = _time(a, b)
    if time is None:
        return None
    score += people.score + time.score
    why += (*people.why, *time.why)
    plain = time.plain + (people.plain > 1)
    somebody = a.people & b.people & a.particular & b.particular
    if somebody and time.plain and a.mode == b.mode and people.plain <= 1:
        plain += 1  # on one day, in one way, with somebody in particular
    if a.place and b.place and a.place not in b.people and b.place not in a.people:
        if a.place == b.place:
            score += 1.0
            plain += 1
            why.append(f"both in {a.place}")
        elif apart(a.where, b.where):
            return None
        else:
            score -= 0.5
    if one_word:
        score += 1.0
        plain += 1
        why.append(f"“{a.trigger}”")
    elif a.mode and a.mode == b.mode and a.type not in VERBAL:
        score += 0.5
        why.append(f"mode {a.mode}")
    elif a.type != b.type:
        plain -= 1  # another kind of act in another word
    if any(x.unit == y.unit and x.low == y.low and x.high == y.high for x in a.amounts for y in b.amounts):
        score += 1.0
        plain += 1
        why.append("the same amount")
    if one_story:
        score += 0.5
        why.append("one story")
        if a.leads and b.leads and people.score >= 1.5:
            score += 0.5
            plain += 1
            why.append("both reports open with it")
    elif people.score < 1.5 or not time.plain:
        plain -= 1  # across stories, who and when must both be plain
    return Match(score, tuple(why), plain)


def enough(match: Match | None, a: EventMention, b: EventMention) -> bool:
    """Is the match good enough to say that it is one occurrence?

    Joining two occurrences makes a source out of nothing; missing a telling only leaves one out. So
    at least two things that are telling in themselves must agree: the word, the day, both parties,
    the place, an amount; for words and stances three.
    """
    if match is None or a.factuality in NOWHERE or b.factuality in NOWHERE:
        return False
    if a.key[0] == b.key[0]:
        return match.score >= SAME_IN_REPORT and match.plain >= 3
    return match.score >= SAME and match.plain >= (3 if a.type in VERBAL or b.type in VERBAL else 2)


def _people(a: EventMention, b: EventMention) -> Match | None:
    if a.type in RECIPROCAL and b.type in RECIPROCAL:
        return _circle(a, b)
    score, why, roles = 0.0, [], 0
    for role, x, y, xc, yc in (
        ("actor", a.actors, b.actors, a.actor_countries, b.actor_countries),
        ("recipient", a.recipients, b.recipients, a.recipient_countries, b.recipient_countries),
    ):
        if not x or not y:
            continue  # not told by one of them
        if x & y:
            roles += 1
            score += 1.5
            why.append(f"{role} {', '.join(sorted(x & y))}")
        elif xc & yc and not (x & a.particular and y & b.particular):
            roles += 1
            score += 1.0
            why.append(f"{role} of {', '.join(sorted(xc & yc))}")
        elif (xc and yc) or role == "actor":
            return None
    return Match(score, tuple(why), roles) if why else None


def _circle(a: EventMention, b: EventMention) -> Match | None:
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
    return Match(min(3.0, 1.5 * max(len(shared), sides)), (f"both with {', '.join(sorted(named))}",), min(sides, 2))


def _time(a: EventMention, b: EventMention) -> Match | None:
    if (a.factuality in OPEN) != (b.factuality in OPEN):
        return _plan(a, b)
    if _news_of_two_days(a, b):
        return None
    if a.begin and b.begin and a.end and b.end and a.told and b.told:
        if a.begin < b.end and b.begin < a.end:
            exact = (a.end - a.begin).days <= 1 and (b.end - b.begin).days <= 1
            if exact:
                return Match(1.5, (f"both on {a.begin}",), 1)
            return Match(0.75, ("at times that overlap",), 0)
        gap = min(abs((a.begin - b.end).days), abs((b.begin - a.end).days))
        # Reports in different time zones, and "on Monday" for the night before, differ by a day; "two weeks
        # ago" means thirteen days as well.
        slack = max(1, min(7, max((a.end - a.begin).days, (b.end - b.begin).days)) // 2)
        return Match(0.25, ("about the same time",), 0) if gap <= slack else None
    if a.begin and b.begin and a.begin == b.begin and a.end == b.end and (a.told or b.told):
        return Match(1.0, (f"both on {a.begin}, as it seems",), 1)
    days = [m.begin if m.told and m.begin else m.published for m in (a, b)]
    if days[0] and days[1]:
        between = abs((days[0] - days[1]).days)
        if between > TOLD_DAYS:
            return None
        return Match(0.5 if between <= 2 else 0.0, ("told in the same days",) if between <= 2 else (), 0)
    return Match(0.0, (), 0)


def _news_of_two_days(a: EventMention, b: EventMention) -> bool:
    """Whether each report tells of its own day: shells that fall on Friday and on Saturday are two occurrences."""
    if a.begin is None or b.begin is None or a.begin == b.begin:
        return False
    return all(
        (m.told or m.guessed) and m.published == m.begin and m.end and (m.end - m.begin).days <= 1
        for m in (a, b)
        if m.begin
    )


def _plan(a: EventMention, b: EventMention) -> Match | None:
    plan, outcome = (a, b) if a.factuality in OPEN else (b, a)
    when = outcome.begin or outcome.published
    if plan.begin and plan.end and plan.told and when:
        if not plan.begin - timedelta(1) <= when < plan.end + timedelta(1):
            return None
        return Match(1.5, ("took place when it was planned for",), 1)
    if plan.published and when:
        if not 0 <= (when - plan.published).days <= PLAN_DAYS:
            return None
        return Match(0.25, ("planned before, took place after",), 0)
    return Match(0.0, (), 0)


def apart(a: tuple[float, float] | None, b: tuple[float, float] | None) -> bool:
    """Are two places certainly not one, and neither in the other?

    The distance is the equirectangular one: rough, and good enough for tens of kilometres.
    """
    if a is None or b is None:
        return False
    north = a[0] - b[0]
    east = ((a[1] - b[1] + 180.0) % 360.0 - 180.0) * math.cos(math.radians((a[0] + b[0]) / 2))
    return 111.2 * math.hypot(north, east) > NEAR_PLACES
