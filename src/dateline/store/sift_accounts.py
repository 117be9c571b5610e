"""Filters of a question on accounts, told from columns of accounts and of the events that tell them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from sqlalchemy import Connection, func, select

from dateline.store.columns import Mask, runs
from dateline.store.kept import ACCOUNTS, EVENTS
from dateline.store.question import Question
from dateline.store.sift import PEOPLE, Filter, Run, Sifted, names_of, of_reports, sift_rows
from dateline.store.tables import accounts


def sift_accounts(
    connection: Connection, question: Question, names: Sequence[str] = (), *, least_reports: int = 1
) -> Iterator[Sifted]:
    """Go through all accounts with the filters of a question that apply to them.

    What each filter means is told by `dateline.store.accounts.account_conditions`.

    Args:
        connection: to ask with.
        question: what is asked for.
        names: columns that are wanted besides those that the filters need.
        least_reports: told by at least so many reports.
    """
    q = question
    told = told_in(connection, telling_filters(connection, q))
    filters = {name: _among(held) for name, held in told.items()}
    if least_reports > 1:
        filters["least_reports"] = Filter(("reports",), lambda run: run.numbers("reports") >= least_reports)
    if standing := q.standing:
        filters["standing"] = Filter(("standing",), lambda run: run.words("standing").equal(standing))
    if type_ := q.type:
        filters["type"] = Filter(("type",), lambda run: run.words("type").equal(type_.upper()))
    if since := q.since:
        filters["since"] = Filter(("day",), lambda run: run.words("day").least(since))
    if until := q.until:
        filters["until"] = Filter(("day",), lambda run: run.words("day").below(until))
    yield from sift_rows(connection, ACCOUNTS, filters, ("key", *names), _all)


def _all(run: Run) -> Mask:
    return np.ones(len(run.numbers("key")), dtype=np.bool_)


def _among(held: Mask) -> Filter:
    return Filter(("key",), lambda run: held[run.numbers("key")])


def telling_filters(connection: Connection, question: Question) -> dict[str, Filter]:
    """A filter on events for each that holds for an account if it holds for one of its tellings."""
    q, found = question, {}
    if who := q.actor:
        found["actor"] = Filter(PEOPLE, lambda run: part_taken(run, who))
    if country := q.country:
        found["country"] = Filter(PEOPLE, lambda run: run.of(run.words("country").equal(country.upper())))
    if factuality := q.factuality:
        found["factuality"] = Filter(("factuality",), lambda run: run.words("factuality").equal(factuality))
    if source := q.source:
        speakers = {source, source.upper()}
        found["source"] = Filter(("speaker",), lambda run: run.words("speaker").among(speakers))
    return found | of_reports(connection, q)


def part_taken(run: Run, who: str) -> Mask:
    """Events of a run in which somebody takes part, see `dateline.store.accounts.takes_part`."""
    return run.of(names_of(run, who) | run.words("country").equal(who.upper()))


def told_in(connection: Connection, filters: Mapping[str, Filter]) -> dict[str, Mask]:
    """For each filter on events the accounts, by their keys, that one of its events is told in."""
    if not filters:
        return {}
    size = (connection.scalar(select(func.max(accounts.c.key))) or 0) + 1
    found = {name: np.zeros(size, dtype=np.bool_) for name in filters}
    for columns in runs(connection, EVENTS, {"current", "account", *(n for f in filters.values() for n in f.needs)}):
        run = Run(columns)
        account = run.numbers("account")
        for name, f in filters.items():
            found[name][account[f.of(run)]] = True
    return found
