"""Questions to an archive: filters as one value, turned into conditions on the tables.

Every filter is optional and all that are given must hold. Actors are named by ISO 3166-1 alpha-3
code (the country and everybody of it), by entity id, or by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, Connection, Select, and_, column, exists, func, or_, select, text

from dateline.errors import InputError
from dateline.store.tables import (
    account_events,
    accounts,
    arguments,
    entities,
    entity_names,
    events,
    reports,
    statements,
)

Rare = Callable[[ColumnElement[bool]], bool]

COUNTRY = re.compile(r"[A-Z]{3}")
# A year, month or day that there is; the 29th of February in any year.
DATE = (
    r"[0-9]{4}(-(0[1-9]|1[0-2]))?|[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    r"|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))"
)
_DATE = re.compile(rf"(?:{DATE})(T\d{{2}}:.*)?")


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked for.

    Attributes:
        actor, recipient: who acts, who is acted upon.
        between: with `actor`: the other side, whichever acts.
        country: country code of either side.
        sector: PLOVER sector of either side (GOV, MIL, REB …).
        type, mode, context, factuality: of the event; `plover`: the type after PLOVER's rules.
        standing: of the account that an event belongs to.
        source: who says it: the speaker at the end of the chain.
        quote: of the statement: direct, indirect, mixed.
        place: entity id or name.
        since, until: time of the event, half-open ISO dates.
        published_since, published_until: publication, half-open ISO dates.
        publisher: who published it.
        text: words of the report, as the full-text index takes them.
        confidence: the least confidence.
        distinct: leave out events that repeat an earlier one of the same report.
        rejected: find also what a person rejected.
    """

    actor: str | None = None
    recipient: str | None = None
    between: str | None = None
    country: str | None = None
    sector: str | None = None
    type: str | None = None
    mode: str | None = None
    context: str | None = None
    plover: str | None = None
    factuality: str | None = None
    standing: str | None = None
    source: str | None = None
    quote: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    published_since: str | None = None
    published_until: str | None = None
    publisher: str | None = None
    text: str | None = None
    confidence: float | None = None
    distinct: bool = False
    rejected: bool = False

    def __post_init__(self) -> None:
        for name in ("since", "until", "published_since", "published_until"):
            value = getattr(self, name)
            if value is not None and not _DATE.fullmatch(value):
                raise InputError(f"{name.replace('_', '-')}: {value!r} is no ISO date (2024, 2024-01 or 2024-01-21)")

    def given(self) -> Iterator[str]:
        """Names of the filters that are set, in the order above."""
        for field in fields(self):
            if getattr(self, field.name) not in (None, False):
                yield field.name


def event_conditions(
    question: Question, dialect: str, rare: Rare = lambda condition: True
) -> dict[str, ColumnElement[bool]]:
    """A condition on ``events`` (joined with ``reports``) for each filter that is set.

    Args:
        question: what is asked for.
        dialect: ``sqlite`` or ``postgresql``.
        rare: tells of a condition on ``arguments`` whether few rows meet it.
    """
    q, found = question, {}
    if q.actor and q.between:
        one = and_(_acts(q.actor, "actor", rare), _acts(q.between, "recipient", rare))
        other = and_(_acts(q.between, "actor", rare), _acts(q.actor, "recipient", rare))
        both = and_(_acts(q.actor, "actor", rare), _acts(q.between, "actor", rare))
        found["actor"] = or_(one, other, both)
    elif q.actor:
        found["actor"] = _acts(q.actor, "actor", rare)
    elif q.between:
        found["between"] = _acts(q.between, None, rare)
    if q.recipient:
        found["recipient"] = _acts(q.recipient, "recipient", rare)
    if q.country:
        found["country"] = _acts(q.country.upper(), None, rare)
    if q.sector:
        found["sector"] = _arguments(arguments.c.sector == q.sector.upper(), None, rare)
    for name in ("type", "plover"):
        if value := getattr(q, name):
            found[name] = events.c[name] == value.upper()
    for name in ("mode", "factuality"):
        if value := getattr(q, name):
            found[name] = events.c[name] == value
    if q.context:
        found["context"] = events.c.contexts.contains(f",{q.context},", autoescape=True)
    if q.standing:
        found["standing"] = exists(
            select(account_events.c.event)
            .join(accounts, accounts.c.key == account_events.c.account)
            .where(account_events.c.event == events.c.key, accounts.c.standing == q.standing)
        )
    if q.source:
        found["source"] = or_(
            events.c.speaker == q.source, events.c.speaker.in_(_named(q.source)), events.c.speaker == q.source.upper()
        )
    if q.place:
        found["place"] = or_(events.c.place == q.place, events.c.place_name == q.place)
    # An event without a known time is sorted by its report's day, but not found by a time of the event.
    if q.since:
        found["since"] = or_(events.c.end > q.since, and_(events.c.end.is_(None), events.c.begin >= q.since))
    if q.until:
        found["until"] = and_(events.c.begin < q.until, events.c.day < q.until)
    if q.confidence is not None:
        found["confidence"] = events.c.confidence >= q.confidence
    if q.distinct:
        found["distinct"] = events.c.same_as.is_(None)
    if not q.rejected:
        found["rejected"] = events.c.review.is_distinct_from("rejected")
    return found | report_conditions(q, dialect)


def statement_conditions(question: Question, dialect: str) -> dict[str, ColumnElement[bool]]:
    """A condition on ``statements`` (joined with ``reports``) for each filter that is set and applies."""
    q, found = question, {}
    if q.source:
        found["source"] = or_(
            statements.c.speaker == q.source,
            statements.c.speaker == q.source.upper(),
            statements.c.speaker.in_(_named(q.source)),
        )
    if q.quote:
        found["quote"] = statements.c.quote == q.quote
    if q.country:
        found["country"] = exists(
            select(entities.c.key).where(
                entities.c.report == statements.c.report,
                entities.c.entity == statements.c.speaker,
                entities.c.country == q.country.upper(),
            )
        )
    if not q.rejected:
        found["rejected"] = statements.c.review.is_distinct_from("rejected")
    found |= report_conditions(q, dialect)
    # Statements are kept in the order of their days of publication: an index is entered by those.
    if since := q.published_since:
        found["published_since"] &= statements.c.day >= since[:10]
    if until := q.published_until:
        found["published_until"] &= statements.c.day <= until[:10]
    return found


def report_conditions(question: Question, dialect: str) -> dict[str, ColumnElement[bool]]:
    """A condition on ``reports`` for each filter on the report that is set."""
    q, found = question, {}
    if q.publisher:
        found["publisher"] = reports.c.publisher == q.publisher
    if q.published_since:
        found["published_since"] = reports.c.published >= q.published_since
    if q.published_until:
        found["published_until"] = reports.c.published < q.published_until
    if q.text:
        found["text"] = words_match(q.text, dialect)
    return found


def words_match(words: str, dialect: str, key: ColumnElement[int] = reports.c.key) -> ColumnElement[bool]:
    """The condition that a report holds the words: all of them, ``"phrases"`` together, ``-word`` not.

    Args:
        words: see above.
        dialect: of the database.
        key: the report's; by an expression SQLite finds no report, but looks whether one found is among them.

    Raises:
        InputError: there is no word to look for.
    """
    if dialect == "postgresql":
        found = func.websearch_to_tsquery("simple", words)
        held = column("words").op("@@", is_comparison=True)(found)
        inner = reports.alias()
        return key.in_(select(inner.c.key).where(held))
    query = fts5_query(words)
    return key.in_(text("SELECT rowid FROM report_words WHERE report_words MATCH :words").bindparams(words=query))


def held_words(words: str) -> tuple[list[str], list[str]]:
    """The words and phrases that are wanted, and those that are not.

    Raises:
        InputError: there is no word to look for.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in re.findall(r'(-?)(?:"([^"]*)"|([^\s"]+))', words):
        term = phrase or word
        if re.search(r"\w", term):
            (unwanted if minus else wanted).append(term)
    if not wanted:
        raise InputError(f"search: {words!r} holds no word to look for")
    return wanted, unwanted


def fts5_query(words: str) -> str:
    """Words as FTS5 takes them: quoted, so that nothing a user types is read as its syntax.

    Raises:
        InputError: there is no word to look for.
    """
    wanted, unwanted = (['"' + term.replace('"', '""') + '"' for term in terms] for terms in held_words(words))
    query = " AND ".join(wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query


def _named(name: str) -> Select[tuple[str]]:
    return select(entity_names.c.entity).where(entity_names.c.folded == name.casefold())


def entity_ids(connection: Connection, name: str) -> set[str]:
    """Ids of the entities of this name."""
    return {str(row[0]) for row in connection.execute(_named(name).distinct())}


def similar_names(connection: Connection, name: str, limit: int = 5) -> list[str]:
    """Names that hold this one in the archive, the shortest first: of whom somebody may think who finds nobody."""
    wanted = select(entity_names.c.folded).where(entity_names.c.folded.contains(name.casefold(), autoescape=True))
    wanted = (
        wanted.group_by(entity_names.c.folded)
        .order_by(func.length(entity_names.c.folded), entity_names.c.folded)
        .limit(limit)
    )
    found = connection.execute(wanted).scalars().all()
    shown = select(entities.c.name).order_by(entities.c.key).limit(1)
    return [connection.scalar(shown.where(entities.c.folded == folded)) or folded for folded in found]


def names(who: str) -> ColumnElement[bool]:
    """The condition on ``arguments`` that somebody is meant: by country code, entity's id, or name."""
    if COUNTRY.fullmatch(who):
        return or_(arguments.c.entity == who, arguments.c.country == who)
    return or_(arguments.c.entity == who, arguments.c.folded == who.casefold())


def _acts(who: str, role: str | None, rare: Rare) -> ColumnElement[bool]:
    return _arguments(names(who), role, rare)


def _arguments(condition: ColumnElement[bool], role: str | None, rare: Rare) -> ColumnElement[bool]:
    wanted = select(arguments.c.event).where(condition)
    if role:
        wanted = wanted.where(arguments.c.role == role)
    if rare(condition):
        return events.c.key.in_(wanted)
    return exists(wanted.where(arguments.c.event == events.c.key))
