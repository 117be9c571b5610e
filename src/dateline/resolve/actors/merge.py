"""Taking actors into the store: duplicates are merged, contradictions listed, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from dateline.errors import RosterError
from dateline.resolve.actors.actor import Actor, Period, is_day
from dateline.resolve.actors.store import ActorStore
from dateline.resolve.roster import Country, Organisation, Outlet, Person, Roster

if TYPE_CHECKING:
    from dateline.resolve.lexicon import Lexicon


@dataclass
class Skipped:
    """A line of an imported file that was passed over: its number, from 1, and why."""

    line: int
    reason: str


@dataclass
class ImportReport:
    """What an import did.

    Attributes:
        added: how many new actors.
        merged: how many that were known already and got something new.
        unchanged: how many that were known with all of it.
        conflicts: one sentence for each contradiction between what was known and what came.
        skipped: malformed lines.
    """

    added: int = 0
    merged: int = 0
    unchanged: int = 0
    conflicts: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def check_actor(actor: Actor, roster: Roster) -> None:
    """Refuse an actor that cannot be coded.

    Raises:
        RosterError: no name, an unknown country or sector, a date that is none, a period that ends
            before it begins.
    """
    if not actor.name.strip():
        raise RosterError("an actor needs a name")
    for period in actor.periods:
        if period.country is not None and period.country not in roster.countries:
            raise RosterError(
                f"{actor.name}: {period.country!r} is no country: give an ISO 3166-1 alpha-3 code such as 'KEN'"
            )
        for day in (period.begin, period.end):
            if day is not None and not is_day(day):
                raise RosterError(f"{actor.name}: {day!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD")
        if period.begin and period.end and period.end[: len(period.begin)] < period.begin[: len(period.end)]:
            raise RosterError(f"{actor.name}: a period ends {period.end}, before it begins {period.begin}")


def take_in(
    store: ActorStore, lexicon: Lexicon, actors: Iterable[Actor], report: ImportReport | None = None
) -> ImportReport:
    """Add actors to a store, one transaction for all.

    An actor is one already known if they share an identifier, or a name and the country or lack
    of one. What is new in it is added; where both say different things of the same time the stored
    one stands and the contradiction is listed.

    Args:
        store: the user's actors.
        lexicon: the roster that comes with the package, indexed; its entries are not copied.
        actors: in any order.
        report: where to count on.
    """
    report = report or ImportReport()
    with store.writing():
        for actor in actors:
            _take(store, lexicon, actor, report)
    return report


def _take(store: ActorStore, lexicon: Lexicon, actor: Actor, report: ImportReport) -> None:
    builtin = _in_roster(lexicon, actor)
    if builtin is not None:
        conflict = _contradicts(builtin, actor)
        if conflict:
            report.conflicts.append(conflict)
        report.unchanged += 1
        return
    known = _known(store, actor, report)
    if known is None:
        store.put(actor)
        report.added += 1
        return
    merged = _merge(known, actor, report)
    if merged == known:
        report.unchanged += 1
    else:
        store.put(merged)
        report.merged += 1


def _known(store: ActorStore, actor: Actor, report: ImportReport) -> Actor | None:
    """The stored actor that is the same one, or None; a namesake of another country is noted."""
    for scheme, value in actor.ids.items():
        found = store.identified(scheme, value)
        if found is not None:
            return found
    for found in store.named(actor.name):
        shared = set(found.ids) & set(actor.ids)
        if any(found.ids[s] != actor.ids[s] for s in shared):
            continue
        if found.kind != actor.kind and "country" in (found.kind, actor.kind):
            continue
        if found.country is None or actor.country is None or found.country == actor.country:
            return found
        if found.name == actor.name:
            report.conflicts.append(
                f"{actor.name}: known with the country {found.country} ({found.id}), now {actor.country}; "
                "kept as two actors"
            )
    return None


def _merge(known: Actor, new: Actor, report: ImportReport) -> Actor:
    names = {known.name, *known.aliases}
    aliases = [*known.aliases, *(n for n in (new.name, *new.aliases) if n not in names)]
    periods = list(known.periods)
    for period in new.periods:
        if period in periods:
            continue
        rival = next((p for p in periods if _overlap(p, period) and _differ(p, period)), None)
        if rival is not None:
            report.conflicts.append(
                f"{known.name} ({known.id}): {_told(rival)} is known, {_told(period)} was not taken"
            )
            continue
        periods.append(period)
    periods.sort(key=lambda p: p.begin or "")
    ids = dict(new.ids) | known.ids
    for scheme, value in new.ids.items():
        if ids[scheme] != value:
            report.conflicts.append(
                f"{known.name} ({known.id}): {scheme} {ids[scheme]} is known, {value} was not taken"
            )
    return msgspec.structs.replace(
        known, aliases=list(dict.fromkeys(aliases)), periods=periods, ids=ids, gender=known.gender or new.gender
    )


def _overlap(a: Period, b: Period) -> bool:
    return (a.begin or "") < (b.end or "9999") and (b.begin or "") < (a.end or "9999")


def _differ(a: Period, b: Period) -> bool:
    """Whether two periods cannot both be: other countries, or other sectors for the very same days."""
    if a.country is not None and b.country is not None and a.country != b.country:
        return (a.begin, a.end) == (b.begin, b.end)
    return a.sector != b.sector and (a.begin, a.end) == (b.begin, b.end) and a.title == b.title


def _told(period: Period) -> str:
    code = (period.country or "") + (period.sector or "") or "no code"
    return f"{code} from {period.begin or '?'} to {period.end or 'now'}"


def _in_roster(lexicon: Lexicon, actor: Actor) -> Person | Country | Organisation | Outlet | None:
    """The entry of the roster that an actor is: same name, same country."""
    for entry_id, _ in lexicon.builtin.get(actor.name):
        entry = lexicon.roster.entry(entry_id)
        if isinstance(entry, (Person, Organisation, Outlet)):
            if actor.country is None or entry.country is None or actor.country == entry.country:
                if isinstance(entry, Person) == (actor.kind == "person"):
                    return entry
        elif isinstance(entry, Country) and (actor.kind == "country" or actor.country == entry.id):
            return entry
    return None


def _contradicts(entry: Person | Country | Organisation | Outlet, actor: Actor) -> str | None:
    """What an actor says that the roster's own entry does not bear out."""
    if not isinstance(entry, Person) or not entry.terms:
        return None
    for period in actor.periods:
        if period.sector != "GOV" or period.begin is None:
            continue
        held = [t for t in entry.terms if t.office and (t.end is None or period.begin[:4] <= t.end[:4])]
        if not any((t.begin or "")[:4] <= (period.end or "9999")[:4] for t in held):
            return f"{actor.name}: {_told(period)} came, the roster has no office then; the roster stands"
    return None
