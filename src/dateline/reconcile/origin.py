"""Origins: where the knowledge of each telling comes from, at the end of the chain of hearsay."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from dateline.reconcile.reuse import Reuse
from dateline.records import Entity, Record, Report, Span, Statement
from dateline.resolve.roster import Outlet, roster

# Who condemns, hails or names an act takes for granted that it took place and tells of no knowledge of it
# (factive emotives, Kiparsky and Kiparsky 1970): it is the one who tells of the stance that knows.
_STANCES = re.compile(
    r"(?:condemn|denounc|deplor|decr[iy]|critici[sz]|prais|welcom|hail|applaud|regret|lament|mourn|celebrat|thank|mock|scoff|call|describ|label|brand|dub)\w*",
    re.I,
)

# Agencies are credited before the text "(Reuters) -", in the byline, or in a closing line.
_CREDIT = re.compile(r"\((?P<agency>[A-Z][\w.& ]{1,40}?)\)\s*(?:[-–—_]{1,2}\s|\n)")
_LATE_CREDIT = re.compile(
    r"(?:^|\n)\W{0,3}(?:Source|Credit|With material from|Reporting from)\s*:\s*(?P<agency>[A-Z][\w.& /]{1,40})\W{0,3}$"
)
_SHORT = 80  # characters: longer words for a joint source are replaced by the names of those who speak
_HEAD = 400  # characters at the start in which a credit stands


@dataclass(frozen=True, slots=True)
class Origin:
    """A root source.

    Attributes:
        id: entity id, or the publisher's name, or a label for somebody unnamed.
        name: for people to read.
        country: alpha-3 code, where it is of one.
        kind: ``own reporting``, ``official``, ``person``, ``outlet``, ``document``, ``unnamed``, ``unknown``.
        path: names from the publisher inward.
        how: ``voice`` (the publisher's own), ``statement``, ``credit`` (an agency named for the text),
            ``reuse`` (the text is another's).
        state: an outlet that a government owns or runs.
        members: of a joint source ("Kyiv and Warsaw said"), the ids of those who speak.
        text: the report whose text it is: another one's, where this one copies it.
    """

    id: str
    name: str
    country: str | None
    kind: str
    path: tuple[str, ...]
    how: str
    state: bool = False
    members: tuple[str, ...] = ()
    text: str = ""


def origins_of(
    record: Record, wanted: Collection[str], reuse: Mapping[str, Reuse], records: Mapping[str, Record]
) -> dict[str, Origin]:
    """Follow tellings to their root.

    A statement's speaker is the root of what it holds. What a report says in its own voice is its
    publisher's own reporting, unless an agency is credited for the text or the text is taken from
    another report: then the root is theirs.

    Args:
        record: the report's record.
        wanted: ids of events of it.
        reuse: what reports take from others, see `find_reuse`.
        records: the records of the reports named in `reuse`.

    Returns:
        The origin of each event wanted, by its id.
    """
    entities = {e.id: e for e in record.entities}
    statements = {s.id: s for s in record.statements}
    publisher = _publisher(record, entities)
    voice = _voice(record, publisher, reuse, records)
    taken = reuse.get(record.report.id)
    text = taken.source if taken is not None else record.report.id
    voice = replace(voice, text=text)
    spoken: dict[str, Origin] = {}
    found = {}
    for event in record.events:
        if event.id not in wanted:
            continue
        statement = statements.get(event.statement) if event.statement else None
        while statement is not None and _is_stance(statement, record.report):
            statement = statements.get(statement.parent) if statement.parent else None
        if statement is None or len(statement.chain) < 2:
            found[event.id] = voice
            continue
        if statement.id not in spoken:
            spoken[statement.id] = replace(_speaker(statement, record.report, entities, publisher), text=text)
        found[event.id] = spoken[statement.id]
    return found


def _is_stance(statement: Statement, report: Report) -> bool:
    return any(_STANCES.fullmatch(word) for span in statement.cue for word in report.text[slice(*span)].split()[:2])


def _voice(record: Record, publisher: Origin, reuse: Mapping[str, Reuse], records: Mapping[str, Record]) -> Origin:
    """The root of what a report says itself."""
    agency = credit(record.report)
    if agency is not None:
        through = (publisher.name, agency.name)
        return Origin(agency.id, agency.name, agency.country, "outlet", through, "credit", agency.state)
    taken = reuse.get(record.report.id)
    source = records.get(taken.source) if taken else None
    if source is None:
        return publisher
    other = _publisher(source, {e.id: e for e in source.entities})
    credited = credit(source.report)
    root = _own(credited.id, credited.name, credited.country) if credited else other
    path = tuple(dict.fromkeys((publisher.name, other.name, root.name)))
    return Origin(root.id, root.name, root.country, root.kind, path, "reuse", root.state)


def credit(report: Report) -> Outlet | None:
    """The agency that a report credits for its text, if it is a known one other than its publisher."""
    head = report.text[:_HEAD]
    named = [m["agency"] for m in _CREDIT.finditer(head)]
    late = _LATE_CREDIT.search(report.text[-_HEAD:].rstrip())
    if late:
        named.append(late["agency"])
    named += re.split(r"\s*(?:,|/| and | with |\bby\b)\s*", report.byline or "")
    for name in named:
        outlet = _outlet(name)
        if outlet is not None and outlet.agency:
            own = _outlet(report.publisher or "")
            return None if own is not None and own.id == outlet.id else outlet
    return None


def _outlet(name: str) -> Outlet | None:
    tokens = name.strip().lower().split()
    found = roster().named(tokens) if tokens else None
    entries = (roster().entry(entry) for entry, _ in found.senses) if found is not None else ()
    return next((entry for entry in entries if isinstance(entry, Outlet)), None)


def _own(id: str, name: str, country: str | None) -> Origin:
    return Origin(id, name, country, "own reporting", (name,), "voice", _state(id))


def _state(id: str) -> bool:
    entry = roster().entry(id)
    return isinstance(entry, Outlet) and entry.state


def _publisher(record: Record, entities: Mapping[str, Entity]) -> Origin:
    for statement in record.statements:
        if statement.chain and statement.chain[0].span is None and statement.chain[0].entity:
            entity = entities[statement.chain[0].entity]
            return _own(entity.id, entity.name, entity.country)
    name = record.report.publisher
    if not name:
        # Reports read from files are named for them.
        label = f"unknown publisher, {record.report.id.rstrip('/').rsplit('/', 1)[-1]}"
        return Origin(f"publisher of {record.report.id}", label, None, "unknown", (label,), "voice")
    outlet = _outlet(name)
    if outlet is not None:
        return _own(outlet.id, outlet.name, outlet.country)
    return Origin(name, name, None, "own reporting", (name,), "voice")


def _speaker(statement: Statement, report: Report, entities: Mapping[str, Entity], publisher: Origin) -> Origin:
    path = [publisher.name]
    last: Entity | None = None
    for link in statement.chain[1:]:
        entity = entities.get(link.entity) if link.entity else None
        words = report.text[slice(*link.span)] if link.span else ""
        path.append(entity.name if entity else words or "?")
        if entity is not None and _named(entity, words):
            last = entity
            path[-1] = _shown(entity, words, link.span)
        elif entity is None and link.span and len(members := _members(link.span, entities)) > 1:
            return _joint(members, " ".join(words.split()), tuple(path[:-1]))
        else:
            # Somebody without a name is only as independent as the one that quotes him.
            through = last.id if last is not None else publisher.id
            country = entity.country if entity else None
            label = " ".join(words.split())
            return Origin(f"unnamed:{through}", f"{label} ({path[-2]})", country, "unnamed", tuple(path), "statement")
    if last is None:
        return publisher
    kind = {"outlet": "outlet", "person": "person"}.get(last.kind, "official" if last.sector in _STATE else "person")
    if last.sector in _STATE or last.kind == "country":
        kind = "official"
    return Origin(last.id, path[-1], last.country, kind, tuple(path), "statement", _state(last.id))


def _members(span: Span, entities: Mapping[str, Entity]) -> list[Entity]:
    """Those who are named in the words of a joint source: "the Kremlin and KCNA"."""
    inside = [
        (m.span, entity)
        for entity in entities.values()
        for m in entity.mentions
        if span[0] <= m.span[0] and m.span[1] <= span[1] and m.how != "pronoun" and entity.kind != "place"
    ]
    outer = [e for s, e in inside if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o, _ in inside)]
    return list({e.id: e for e in outer if _named(e, "")}.values())


def _joint(members: Collection[Entity], words: str, through: tuple[str, ...]) -> Origin:
    """Two or more who say one thing together are one source."""
    ids = tuple(sorted(e.id for e in members))
    name = (
        words.removeprefix("the ").removeprefix("The ")
        if len(words) <= _SHORT
        else " and ".join(e.name for e in members)
    )
    countries = {e.country for e in members}
    state = all(e.kind == "country" or e.sector in _STATE for e in members)
    return Origin(
        "+".join(ids),
        name,
        countries.pop() if len(countries) == 1 else None,
        "official" if state else "person",
        (*through, name),
        "statement",
        members=ids,
    )


def _shown(speaker: Entity, said: str, span: Span | None) -> str:
    """The name to show: the words of the report where they say more than the entity's name does.

    "The Kremlin" is Russia and the Joint Chiefs of Staff are the armed forces, but a reader wants to
    know which of their mouths it was.
    """
    if span is None or speaker.kind not in ("country", "organization"):
        return speaker.name
    words = " ".join(said.split())
    how = {m.how for m in speaker.mentions if span[0] <= m.span[0] and m.span[1] <= span[1]}
    longer = len([w for w in words.split() if w[:1].isupper() and w[1:2].islower()]) > 1
    if "metonym" in how or ("alias" in how and longer):
        return words.removeprefix("the ").removeprefix("The ")
    return speaker.name


_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})


def _named(entity: Entity, words: str) -> bool:
    """Has the speaker a name, or is it a state or body that can be held to its word?"""
    if entity.kind in ("country", "outlet", "organization"):
        # "two officials" stand for their country, but nobody in particular said it.
        return not re.search(r"\b(?:officials?|sources?|diplomats?|people|aides?|witness\w*|residents?)\b", words, re.I)
    if entity.kind == "person":
        return any(word[:1].isupper() for word in entity.name.split())
    return False
