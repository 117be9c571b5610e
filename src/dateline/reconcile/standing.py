"""Standing: how well an account is supported, and what speaks against it.

Ten reports of one event are ten sources only if they know it from ten. What counts is the number of
independent origins, whether they are all of one side of the event, whether their figures agree, and
who denies it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from dateline.reconcile.account import Account
from dateline.reconcile.mention import Amount, EventMention, Key
from dateline.reconcile.origin import Origin
from dateline.reconcile.roles import HOSTILE, apart
from dateline.reconcile.when import OPEN

# A report that comes so many days after an event's last day, and names no source, recalls it.
BACKGROUND_DAYS = 1

Standing = Literal["single source", "repeated", "corroborated", "disputed", "denied"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something on which tellings differ: `what`, and by its value the reports that say so."""

    what: str
    values: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Path:
    """From a telling to its origin: the origin's id, the names from the publisher inward, `Origin.how`."""

    origin: str
    names: Sequence[str]
    how: str


@dataclass
class Evidence:
    """Why an account stands as it does.

    Attributes:
        standing: in one word or two.
        origins: root sources of those who assert it, by id.
        reports: ids of the reports that tell it, by the origin that they rest on.
        paths: for each telling ("report/event"), the way from its publisher to its origin.
        sides: countries among the parties that the origins belong to ("" for the others).
        deniers: names of those who deny it, with the report that says so.
        conflicts: figures, days and places that differ.
        background: reports that only recall it, in their own voice and after its days.
        planned: reports that told of it before it took place.
        outcome: reports that told that it took place, after it was planned.
        why: sentences for people.
    """

    standing: Standing
    origins: dict[str, Origin] = field(default_factory=dict)
    reports: dict[str, list[str]] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    sides: list[str] = field(default_factory=list)
    deniers: dict[str, str] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    background: list[str] = field(default_factory=list)
    planned: list[str] = field(default_factory=list)
    outcome: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)


def weigh(account: Account, origins: Mapping[Key, Origin]) -> Evidence:
    """Tell how an account stands.

    Args:
        account: the tellings of one occurrence.
        origins: the root source of each telling.
    """
    evidence = Evidence("single source")
    asserting = [m for m in account.mentions if m.factuality not in ("denied", "negated")]
    for m in account.mentions:
        way = origins[m.key]
        evidence.paths["/".join(m.key)] = Path(way.id, way.path, way.how)
    denying = [m for m in account.mentions if m.factuality == "denied"]
    attributed = {m.key[0] for m in asserting if origins[m.key].how == "statement"}
    recalled = [m for m in asserting if _recalls(m, origins[m.key])]
    if len(recalled) < len(asserting):
        evidence.background = sorted({m.key[0] for m in recalled} - {m.key[0] for m in asserting if m not in recalled})
    else:
        recalled = []
    texts: set[str] = set()
    for m in asserting:
        origin = origins[m.key]
        if origin.how != "statement" and m.key[0] in attributed:
            continue  # the report says from whom it knows; telling it again is no second source
        if m in recalled:
            continue  # long known by then: whoever recalls it in passing has not found it out
        evidence.origins.setdefault(origin.id, origin)
        texts.add(origin.text or m.key[0])
        told = evidence.reports.setdefault(origin.id, [])
        if m.key[0] not in told:
            told.append(m.key[0])
    for m in denying:
        evidence.deniers.setdefault(origins[m.key].name, m.key[0])
    parties = {c for m in account.mentions for c in m.actor_countries | m.recipient_countries}
    evidence.sides = sorted({_side(o, parties) for o in evidence.origins.values()})
    evidence.conflicts = find_conflicts(asserting, origins)
    leads: dict[str, EventMention] = {}
    for m in sorted(asserting, key=lambda m: m.order):
        leads.setdefault(m.key[0], m)  # the first telling says what the report knows; "the trip" comes later
    plans = sorted(report for report, m in leads.items() if m.factuality in OPEN)
    done = sorted(report for report, m in leads.items() if m.factuality not in OPEN)
    if plans and done:
        evidence.planned, evidence.outcome = plans, done
    _judge(evidence, {m.key[0] for m in account.mentions}, len(texts))
    evidence.why += _revisions(asserting, origins)
    return evidence


def _recalls(mention: EventMention, origin: Origin) -> bool:
    """Whether a telling recalls in the report's own voice what the days before had told."""
    if origin.how == "statement" or mention.factuality in OPEN or not mention.told:
        return False
    return bool(mention.end and mention.published and (mention.published - mention.end).days >= BACKGROUND_DAYS)


def _side(origin: Origin, parties: Collection[str]) -> str:
    """The party that an origin speaks for: officials and state media do, reporters do not."""
    speaks = origin.kind in ("official", "unnamed") or origin.state
    return origin.country if speaks and origin.country and origin.country in parties else ""


def _judge(evidence: Evidence, reports: set[str], texts: int) -> None:
    names = ", ".join(o.name for o in evidence.origins.values())
    independent = _independent(evidence, texts)
    if evidence.deniers:
        evidence.standing = "denied"
        evidence.why.append(f"denied by {', '.join(evidence.deniers)}")
    elif evidence.conflicts:
        evidence.standing = "disputed"
        evidence.why += [f"{c.what} differs: {', '.join(c.values)}" for c in evidence.conflicts]
    elif independent >= 2:
        evidence.standing = "corroborated"
        evidence.why.append(f"{independent} independent origins: {names}")
    elif len(reports) > 1:
        evidence.standing = "repeated"
        if len(evidence.origins) > 1:
            evidence.why.append(f"{len(reports)} reports, and their origins do not stand apart: {names}")
        else:
            evidence.why.append(f"{len(reports)} reports rest on one origin: {names or 'none that asserts it'}")
    else:
        evidence.why.append(f"one report, from {names}")
    if evidence.background:
        evidence.why.append(f"recalled later in {', '.join(evidence.background)}")
    if evidence.outcome:
        evidence.why.append(f"planned in {', '.join(evidence.planned)}; told as done in {', '.join(evidence.outcome)}")


def _independent(evidence: Evidence, texts: int) -> int:
    """Origins that do not stand or fall together: each side of the event counts once, others each.

    What one report says that two sources say is that report's word: if it errs, both are gone. So two
    origins count only where two texts tell of them, copies being one text; a report alone corroborates
    only where it names somebody from each side of the event, none of whom had to agree with the other.
    """
    sides = [side for side in evidence.sides if side]
    if texts < 2:
        return len(sides) if all(o.kind == "official" for o in evidence.origins.values()) else min(len(sides), 1)
    outside = [o for o in evidence.origins.values() if not _side(o, sides)]
    return _apart(outside) + len(sides)


def _apart(origins: Sequence[Origin]) -> int:
    """How many groups some origins are: who speaks jointly with another is in one group with it.

    An outlet's reporters can be wrong together with nobody else; an unnamed source only with its outlet.
    """
    groups: list[set[str]] = []
    for origin in origins:
        group = set(origin.members) or {origin.id.removeprefix("unnamed:")}
        for other in [g for g in groups if g & group]:
            groups.remove(other)
            group |= other
        groups.append(group)
    return len(groups)


def _figures(
    mentions: Sequence[EventMention], origins: Mapping[Key, Origin]
) -> dict[str, dict[str, list[tuple[Amount, str, date | None]]]]:
    """Figures by their unit and their origin, each with the report that gives it and its day."""
    found: dict[str, dict[str, list[tuple[Amount, str, date | None]]]] = defaultdict(lambda: defaultdict(list))
    for m in mentions:
        for amount in m.amounts:
            found[amount.unit][origins[m.key].id].append((amount, m.key[0], m.published))
    return found


def _latest(told: Sequence[tuple[Amount, str, date | None]]) -> date | None:
    return max((day for _, _, day in told if day is not None), default=None)


def _revisions(mentions: Sequence[EventMention], origins: Mapping[Key, Origin]) -> list[str]:
    """Sentences on the figures that a source itself replaced on a later day."""
    out = []
    names = {origins[m.key].id: origins[m.key].name for m in mentions}
    for _, by_origin in sorted(_figures(mentions, origins).items()):
        for origin, told in sorted(by_origin.items()):
            last = _latest(told)
            now = list(dict.fromkeys(amount.words for amount, _, day in told if day == last))
            late = [amount for amount, _, day in told if day == last]
            before = [amount for amount, _, day in told if day is not None and last is not None and day < last]
            old = list(dict.fromkeys(a.words for a in before if all(a.low > b.high or b.low > a.high for b in late)))
            if old:
                out.append(f"{names[origin]} said {', '.join(old)} first, later {', '.join(now)}")
    return out


def find_conflicts(mentions: Sequence[EventMention], origins: Mapping[Key, Origin]) -> list[Conflict]:
    """Figures of one unit whose bounds do not meet, days and places that differ, sides that blame each other.

    A source that gives another figure on a later day corrects itself: its last one counts.

    Args:
        mentions: tellings of one occurrence that assert it.
        origins: the root source of each.
    """
    out = []
    for unit, by_origin in sorted(_figures(mentions, origins).items()):
        told = [
            (amount, report)
            for figures in by_origin.values()
            for amount, report, day in figures
            if day is None or day == _latest(figures)
        ]
        low = max(a.low for a, _ in told)
        high = min(a.high for a, _ in told)
        if low > high and len({report for _, report in told}) > 1:
            out.append(Conflict(unit or "number", _by_value((a.words, report) for a, report in told)))
    held = [m for m in mentions if m.factuality not in OPEN]
    days = [(m.begin, m.key[0]) for m in held if m.told and m.begin and m.end and (m.end - m.begin).days == 1]
    if len({day for day, _ in days}) > 1 and len({report for _, report in days}) > 1:
        out.append(Conflict("day", _by_value((str(day), report) for day, report in days)))
    places = [
        (m.place_name or m.place, m.where, m.key[0]) for m in held if m.place and m.where and m.place not in m.people
    ]
    if any(apart(x, y) and r != q for _, x, r in places for _, y, q in places):
        out.append(Conflict("place", _by_value((place, report) for place, _, report in places)))
    blamed = [m for m in held if m.type in HOSTILE and m.speaker and m.actor_countries]
    if any(not m.actor_countries & n.actor_countries for m in blamed for n in blamed):
        out.append(Conflict("who did it", _by_value((", ".join(m.who), m.key[0]) for m in blamed)))
    return out


def _by_value(told: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for value, report in told:
        reports = out.setdefault(value, [])
        if report not in reports:
            reports.append(report)
    return out
