"""All that is known of one actor, as lines for people."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.resolve.actors.actor import Actor
from dateline.resolve.actors.store import ActorStore
from dateline.resolve.lexicon import Lexicon, lexicon
from dateline.resolve.roster import Person, Roster


def described(actor_id: str, store: ActorStore | None, known: Lexicon | None = None) -> list[str] | None:
    """Describe an actor.

    Args:
        actor_id: id in the roster, or among the user's own actors (which are shown first).
        store: the user's actors, where there are any.
        known: the roster and its indexes; by default those that come with the package.

    Returns:
        Lines; None where no actor has this id.
    """
    roster = (known or lexicon()).roster
    own = store.get(actor_id) if store is not None else None
    if own is not None:
        return _own(own)
    entry = roster.entry(actor_id)
    if entry is None:
        return None
    lines = [f"{entry.name}  ({actor_id}, {type(entry).__name__.lower()}, from the roster)"]
    for field in ("country", "sector", "gender", "family", "capital", "kind", "father", "wikidata"):
        value = getattr(entry, field, None)
        if value:
            lines.append(f"  {field:9s} {value}")
    lines += _list("also", getattr(entry, "aka", ()))
    lines += _list("demonyms", getattr(entry, "demonyms", ()))
    lines += _list("seats", getattr(entry, "seats", ()))
    if getattr(entry, "state", False):
        lines.append("  state media")
    if isinstance(entry, Person):
        lines += [f"  {line}" for line in _terms(entry, roster)]
    return lines


def _own(actor: Actor) -> list[str]:
    lines = [f"{actor.name}  ({actor.id}, {actor.kind}, yours, from {actor.source})"]
    lines += _list("also", actor.aliases)
    lines += [f"  {scheme:9s} {value}" for scheme, value in sorted(actor.ids.items())]
    for period in actor.periods:
        what = " ".join(part for part in (period.title, period.country, period.sector) if part)
        lines.append(f"  {period.begin or '…'} to {period.end or 'now'}  {what}")
    return lines


def _terms(person: Person, roster: Roster) -> Iterable[str]:
    for term in sorted(person.terms, key=lambda t: t.begin or ""):
        of = roster.entry(term.of)
        title = term.title or roster.title(term.office, term.of)
        yield f"{term.begin or '…'} to {term.end or 'now'}  {title} of {of.name if of else term.of}"


def _list(name: str, values: Iterable[str]) -> list[str]:
    joined = ", ".join(values)
    return [f"  {name:9s} {joined}"] if joined else []
