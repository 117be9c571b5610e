"""Filters of a question on columns: which events or statements of a run meet each, and what those are."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, select

from dateline.store.columns import Kind, Mask, Numbers, Words, runs
from dateline.store.kept import EVENTS, STATEMENTS
from dateline.store.question import COUNTRY, Question, entity_ids, held_words, words_match
from dateline.store.tables import reports

MONTH = 7  # characters of a day that tell its month
_LAST = "\U0010ffff"  # sorts behind all that stands in a day
PEOPLE = ("at", "acts", "entity", "folded", "country")


class Run:
    """Columns of one run of rows."""

    def __init__(self, columns: Mapping[str, Any]) -> None:
        self._columns = columns

    def words(self, name: str) -> Words:
        """A column of strings."""
        found: Words = self._columns[name]
        return found

    def numbers(self, name: str) -> Numbers:
        """A column of numbers or truth values."""
        found: Numbers = self._columns[name]
        return found

    def of(self, people: Mask) -> Mask:
        """Events with one of these people in them."""
        found = np.zeros(len(self.numbers("current")), dtype=np.bool_)
        found[self.numbers("at")[people]] = True
        return found


@dataclass(frozen=True)
class Filter:
    """Which rows meet one filter, and the columns that tell."""

    needs: tuple[str, ...]
    of: Callable[[Run], Mask]


@dataclass
class Sifted:
    """One run, and of the rows of newest versions those that meet each filter."""

    run: Run
    current: Mask
    by: Mapping[str, Mask] = field(default_factory=dict)

    def found(self, *, but: Sequence[str] = ()) -> Mask:
        """Rows that meet all filters but those named."""
        mask = self.current
        for name, other in self.by.items():
            if name not in but:
                mask = mask & other
        return mask

    def met(self) -> Mask:
        """Rows that meet all filters, also of older versions."""
        mask = np.ones(len(self.current), dtype=np.bool_)
        for other in self.by.values():
            mask = mask & other
        return mask


def sift(connection: Connection, question: Question, names: Sequence[str] = ()) -> Iterator[Sifted]:
    """Go through all events with the filters of a question.

    Args:
        connection: to ask with.
        question: what is asked for.
        names: columns that are wanted besides those that the filters need.
    """
    return _sift(connection, EVENTS, event_filters(connection, question), names)


def sift_statements(
    connection: Connection, question: Question, names: Sequence[str] = (), *, said: bool = False
) -> Iterator[Sifted]:
    """Go through all statements with the filters of a question.

    Args:
        connection: to ask with.
        question: what is asked for.
        names: columns that are wanted besides those that the filters need.
        said: a filter ``said``, too: the words of the question are in what is said, not only in the report.
    """
    filters = statement_filters(connection, question)
    if said and question.text:
        filters["said"] = said_filter(connection, question.text)
    return _sift(connection, STATEMENTS, filters, names)


def _sift(connection: Connection, kind: Kind, filters: Mapping[str, Filter], names: Sequence[str]) -> Iterator[Sifted]:
    yield from sift_rows(connection, kind, filters, ("current", *names), lambda run: run.numbers("current"))


def sift_rows(
    connection: Connection,
    kind: Kind,
    filters: Mapping[str, Filter],
    names: Sequence[str],
    current: Callable[[Run], Mask],
) -> Iterator[Sifted]:
    """Go through all rows of a table with filters.

    Args:
        connection: to ask with.
        kind: which table's columns.
        filters: by their names.
        names: columns that are wanted besides those that the filters need.
        current: tells the rows of newest versions.
    """
    needs = {*names, *(need for f in filters.values() for need in f.needs)}
    for columns in runs(connection, kind, needs):
        run = Run(columns)
        yield Sifted(run, current(run), {name: f.of(run) for name, f in filters.items()})


def event_filters(connection: Connection, question: Question) -> dict[str, Filter]:
    """A filter for each that is set; what each means is told by `dateline.store.question.event_conditions`."""
    q = question
    found: dict[str, Filter] = {}
    if q.actor and q.between:
        found["actor"] = _between(q.actor, q.between)
    elif q.actor:
        found["actor"] = _acts(q.actor, "actor")
    elif q.between:
        found["between"] = _acts(q.between, None)
    if q.recipient:
        found["recipient"] = _acts(q.recipient, "recipient")
    if q.country:
        found["country"] = _acts(q.country.upper(), None)
    if q.sector:
        sector = q.sector.upper()
        found["sector"] = Filter(("at", "sector"), lambda run: run.of(run.words("sector").equal(sector)))
    for name in ("type", "plover"):
        if value := getattr(q, name):
            found[name] = equal(name, value.upper())
    for name in ("mode", "factuality", "standing"):
        if value := getattr(q, name):
            found[name] = equal(name, value)
    if q.context:
        context = f",{q.context},"
        found["context"] = Filter(("contexts",), lambda run: run.words("contexts").where(lambda c: context in c))
    if q.source:
        speakers = {q.source, q.source.upper(), *entity_ids(connection, q.source)}
        found["source"] = Filter(("speaker",), lambda run: run.words("speaker").among(speakers))
    if place := q.place:
        found["place"] = Filter(
            ("place", "place_name"), lambda run: run.words("place").equal(place) | run.words("place_name").equal(place)
        )
    if q.since:
        found["since"] = _since(q.since)
    if until := q.until:
        found["until"] = Filter(
            ("begin", "day"), lambda run: run.words("begin").below(until) & run.words("day").below(until)
        )
    if (confidence := q.confidence) is not None:
        found["confidence"] = Filter(("confidence",), lambda run: run.numbers("confidence") >= confidence)
    if q.distinct:
        found["distinct"] = Filter(("repeats",), lambda run: ~run.numbers("repeats"))
    if not q.rejected:
        found["rejected"] = Filter(("review",), lambda run: ~run.words("review").equal("rejected"))
    return found | of_reports(connection, q)


def statement_filters(connection: Connection, question: Question) -> dict[str, Filter]:
    """A filter for each that is set and applies; see `dateline.store.question.statement_conditions`."""
    q, found = question, {}
    if q.source:
        speakers = {q.source, q.source.upper(), *entity_ids(connection, q.source)}
        found["source"] = Filter(("speaker",), lambda run: run.words("speaker").among(speakers))
    if q.quote:
        found["quote"] = equal("quote", q.quote)
    if q.country:
        found["country"] = equal("country", q.country.upper())
    if not q.rejected:
        found["rejected"] = Filter(("review",), lambda run: ~run.words("review").equal("rejected"))
    return found | of_reports(connection, q)


def said_filter(connection: Connection, words: str) -> Filter:
    """Statements whose content holds words, letter for letter but for case; see `dateline.store.find.said_words`."""
    wanted, unwanted = held_words(words)
    ascii = connection.dialect.name == "sqlite"  # in which letters SQLite knows case

    def meets(run: Run) -> Mask:
        mask = np.ones(len(run.numbers("key")), dtype=np.bool_)
        for term in wanted:
            mask &= holds(run, term, ascii=ascii)
        for term in unwanted:
            mask &= ~holds(run, term, ascii=ascii)
        return mask

    return Filter(("key", "word", "word_at"), meets)


def holds(run: Run, term: str, *, ascii: bool) -> Mask:
    """Statements of a run whose content holds a term, letter for letter but for case, see `Words.holding`."""
    words, at = run.words("word"), run.numbers("word_at")
    parts = term.split(" ")
    last = len(parts) - 1
    starts = max(len(at) - last, 0)
    # Where a term of several parts may begin: all of them are in one statement, one behind the other.
    hits = at[:starts] == at[last:]
    for n, part in enumerate(parts):
        taken = words.holding(part, begins=n > 0, ends=n < last, ascii=ascii)
        hits &= taken[words.codes[n : n + starts]]
    mask = np.zeros(len(run.numbers("key")), dtype=np.bool_)
    mask[at[:starts][hits]] = True
    return mask


def of_reports(connection: Connection, q: Question) -> dict[str, Filter]:
    """A filter for each on the report that is set."""
    found: dict[str, Filter] = {}
    if q.publisher:
        found["publisher"] = equal("publisher", q.publisher)
    if since := q.published_since:
        found["published_since"] = Filter(("published",), lambda run: run.words("published").least(since))
    if until := q.published_until:
        found["published_until"] = Filter(("published",), lambda run: run.words("published").below(until))
    if q.text:
        wanted = select(reports.c.key).where(words_match(q.text, connection.dialect.name))
        keys = keys_of(connection, wanted)
        held = np.zeros(int(keys.max(initial=0)) + 2, dtype=np.bool_)
        held[keys] = True  # the last stays false: it is for keys beyond
        found["text"] = Filter(("report",), lambda run: held[np.minimum(run.numbers("report"), len(held) - 1)])
    return found


def equal(name: str, value: str) -> Filter:
    """The filter that a column has this value."""
    return Filter((name,), lambda run: run.words(name).equal(value))


def _since(day: str) -> Filter:
    def meets(run: Run) -> Mask:
        end = run.words("end")
        return end.above(day) | (end.null() & run.words("begin").least(day))

    return Filter(("begin", "end"), meets)


def names_of(run: Run, who: str) -> Mask:
    """People of a run that are meant, see `dateline.store.question.names`."""
    mask = run.words("entity").equal(who)
    if COUNTRY.fullmatch(who):
        return mask | run.words("country").equal(who)
    return mask | run.words("folded").equal(who.casefold())


def acting(run: Run, who: str, role: str | None) -> Mask:
    """Events of a run in which somebody acts, is acted upon, or either."""
    people = names_of(run, who)
    if role is not None:
        people = people & (run.numbers("acts") == (role == "actor"))
    return run.of(people)


def _acts(who: str, role: str | None) -> Filter:
    return Filter(PEOPLE, lambda run: acting(run, who, role))


def _between(one: str, other: str) -> Filter:
    def meets(run: Run) -> Mask:
        acts = acting(run, one, "actor"), acting(run, other, "actor")
        return (
            (acts[0] & acting(run, other, "recipient"))
            | (acts[1] & acting(run, one, "recipient"))
            | (acts[0] & acts[1])
        )

    return Filter(PEOPLE, meets)


def tally(into: Counter[str], words: Words, codes: Numbers) -> None:
    """Count strings: add to `into` how often each code of `words` is in `codes`; null is not counted."""
    counts = np.bincount(codes, minlength=1)
    counts[0] = 0
    present = np.flatnonzero(counts)
    had = into.get
    for code, count in zip(present.tolist(), counts[present].tolist(), strict=True):
        word = words.words[code - 1]
        into[word] = had(word, 0) + count


def tally_months(into: Counter[str], words: Words, codes: Numbers) -> None:
    """Count the months of days: add to `into` how often one of each month is in `codes`, see `tally`."""
    counts = np.bincount(codes, minlength=len(words.words) + 1)[1:].tolist()
    days, first = words.words, 0
    while first < len(days):
        month = days[first][:MONTH]
        last = bisect_right(days, month + _LAST, first) if len(month) == MONTH else first + 1
        into[month] += sum(counts[first:last])
        first = last


def keys_of(connection: Connection, wanted: Select[tuple[int]]) -> Numbers:
    """The keys that a query finds."""
    # Straight from the driver: a hundred thousand rows as objects take longer than finding them.
    with connection.execute(wanted) as result:
        return np.array([row[0] for row in result.cursor.fetchall()], dtype=np.int64)
