"""Finding page by page, the newest first: a page begins behind the last row of the one before.

What has no day comes after all that has one. A page costs the same however far back it lies
(keyset paging).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, Table, select

from dateline.errors import InputError
from dateline.store.accounts import account_conditions, accounts_in_order
from dateline.store.archive import Archive
from dateline.store.ask import (
    rows_of,
    shown_events,
    shown_statements,
    statements_in_order,
    wanted_events,
    wanted_reports,
    wanted_statements,
    with_people,
)
from dateline.store.first import behind, first_keys, in_order, window
from dateline.store.question import Question, held_words
from dateline.store.rows import UNKNOWN_DAY
from dateline.store.sift import sift, sift_statements
from dateline.store.sift_accounts import sift_accounts
from dateline.store.tables import account_events, accounts, arguments, events, reports, statements, stories

Row = dict[str, Any]

_PLACE = re.compile(r"(\d[\dT:.+Z-]{3,40}|):(\d{1,18})")


@dataclass(frozen=True)
class Page:
    """Some rows, and where the next page begins; None: there is none."""

    rows: Sequence[Row]
    after: str | None


def find_events(archive: Archive, question: Question, *, after: str | None = None, limit: int = 25) -> Page:
    """Events that meet a question, the latest day first.

    Args:
        archive: an open archive.
        question: what is asked for.
        after: where the page before ended (`Page.after`).
        limit: rows a page.

    Raises:
        InputError: `after` is no place of such a list, or the question cannot be asked.
    """
    wanted = wanted_events(archive, question).add_columns(reports.c.title)
    if in_order(archive, question):
        page = _newest(archive, wanted, events.c.day, events.c.key, after, limit)
    else:
        page = _first(archive, question, wanted, after, limit)
    with archive.read() as connection:
        return Page(list(with_people(connection, page.rows)), page.after)


def _first(archive: Archive, question: Question, wanted: Select[Any], after: str | None, limit: int) -> Page:
    place = _place(after) if after is not None else None
    with archive.read() as connection:
        page = _near(connection, wanted, events, place, limit)
        if page is not None:
            return page
        found = sift(connection, question, ("day", "key"))
        keys = first_keys(found, limit + 1, newest=True, after=place)
        return _page(rows_of(connection, shown_events().add_columns(reports.c.title), events, keys), "day", limit)


def _near(
    connection: Connection, wanted: Select[Any], table: Table, place: tuple[str, int] | None, limit: int
) -> Page | None:
    """A page of what is near in the order of the days; None: it is not full."""
    if place is not None and not place[0]:
        return None
    near = wanted.where(table.c.key.in_(window(table, newest=True, after=place)))
    near = near.order_by(table.c.day.desc(), table.c.key.desc()).limit(limit + 1)
    rows = [dict(row) for row in connection.execute(near).mappings()]
    return _page(rows, "day", limit) if len(rows) > limit else None


def find_statements(archive: Archive, question: Question, *, after: str | None = None, limit: int = 25) -> Page:
    """Statements that meet a question, the last published first; see `find_events`.

    The words of the question are looked for in what is said, not only in the report.
    """
    wanted = wanted_statements(archive, question).add_columns(reports.c.title).where(*said_words(question))
    if statements_in_order(archive, question):
        page = _newest(archive, wanted, statements.c.day, statements.c.key, after, limit)
    else:
        place = _place(after) if after is not None else None
        with archive.read() as connection:
            near = _near(connection, wanted, statements, place, limit)
            page = near or _sifted(connection, question, place, limit)
    return Page([row | {"day": None} if row["day"] == UNKNOWN_DAY else row for row in page.rows], page.after)


def _sifted(connection: Connection, question: Question, place: tuple[str, int] | None, limit: int) -> Page:
    found = sift_statements(connection, question, ("day", "key"), said=True)
    keys = first_keys(found, limit + 1, newest=True, after=place)
    shown = shown_statements().add_columns(reports.c.title)
    return _page(rows_of(connection, shown, statements, keys), "day", limit)


def said_words(question: Question) -> list[ColumnElement[bool]]:
    """Conditions that a statement's content holds the words of a question, letter for letter but for case."""
    wanted, unwanted = held_words(question.text) if question.text else ((), ())
    held = [statements.c.content.icontains(word, autoescape=True) for word in wanted]
    return held + [~statements.c.content.icontains(word, autoescape=True) for word in unwanted]


def find_reports(archive: Archive, question: Question, *, after: str | None = None, limit: int = 25) -> Page:
    """Reports that meet a question, the last published first; see `find_events`."""
    return _newest(archive, wanted_reports(archive, question), reports.c.published, reports.c.key, after, limit)


def find_accounts_of(
    archive: Archive, question: Question, *, least_reports: int = 1, after: str | None = None, limit: int = 25
) -> Page:
    """Accounts that meet the filters of a question that apply to them, the latest day first; see `find_events`."""
    wanted = select(accounts).where(*account_conditions(question, least_reports, archive.engine.dialect.name).values())
    if accounts_in_order(archive, question, least_reports):
        page = _newest(archive, wanted, accounts.c.day, accounts.c.key, after, limit)
    else:
        place = _place(after) if after is not None else None
        with archive.read() as connection:
            found = sift_accounts(connection, question, ("day",), least_reports=least_reports)
            keys = first_keys(found, limit + 1, newest=True, after=place)
            page = _page(rows_of(connection, select(accounts), accounts, keys), "day", limit)
    return Page([{**row, "evidence": json.loads(row["evidence"])} for row in page.rows], page.after)


def find_stories(archive: Archive, *, story: str | None = None, after: str | None = None, limit: int = 25) -> Page:
    """Reports and the stories that they are of, the last published first; see `find_events`.

    Args:
        archive: an open archive.
        story: of this one alone.
        after: where the page before ended (`Page.after`).
        limit: rows a page.

    Returns:
        Rows ``report, story`` (None where stories were not told since the report came), ``published,
        publisher, title, key``.

    Raises:
        InputError: `after` is no place of such a list.
    """
    shown = (reports.c.id.label("report"), stories.c.story, reports.c.published, reports.c.publisher, reports.c.title)
    wanted = select(reports.c.key, *shown).outerjoin(stories, stories.c.report == reports.c.key)
    wanted = wanted.where(reports.c.current, *([] if story is None else [stories.c.story == story]))
    return _newest(archive, wanted, reports.c.published, reports.c.key, after, limit)


def _newest(
    archive: Archive,
    wanted: Select[Any],
    day: ColumnElement[Any],
    key: ColumnElement[Any],
    after: str | None,
    limit: int,
) -> Page:
    at, number = _place(after) if after is not None else (None, 0)
    nullable = day.table.c[day.name].nullable
    unknown = day.is_(None) if nullable else day == UNKNOWN_DAY
    rows: list[Row] = []
    with archive.read() as connection:
        if at != "":
            dated = wanted.where(day.is_not(None) if nullable else day < UNKNOWN_DAY)
            if at is not None:
                dated = dated.where(*behind(day, key, at, number))
            dated = dated.order_by(day.desc(), key.desc()).limit(limit + 1)
            rows += [dict(row) for row in connection.execute(dated).mappings()]
        if len(rows) <= limit:
            undated = wanted.where(unknown)
            if at == "":
                undated = undated.where(key < number)
            undated = undated.order_by(key.desc()).limit(limit + 1 - len(rows))
            rows += [dict(row) for row in connection.execute(undated).mappings()]
    return _page(rows, day.name, limit)


def _page(rows: Sequence[Row], day: str, limit: int) -> Page:
    if len(rows) <= limit:
        return Page(rows, None)
    last = rows[limit - 1]
    shown = last[day]
    return Page(rows[:limit], f"{'' if shown in (None, UNKNOWN_DAY) else shown}:{last['key']}")


def _place(after: str) -> tuple[str, int]:
    found = _PLACE.fullmatch(after)
    if found is None:
        raise InputError(f"{after!r} is no place in this list")
    return found[1], int(found[2])


def count_accounts_of(archive: Archive, question: Question, *, least_reports: int = 1) -> int:
    """How many accounts meet the filters of a question that apply to them."""
    with archive.read() as connection:
        found = sift_accounts(connection, question, least_reports=least_reports)
        return sum(int(np.count_nonzero(run.found())) for run in found)


def near_accounts(archive: Archive, key: int, *, days: int = 10, limit: int = 8) -> list[Row]:
    """Accounts that could be the same occurrence: somebody in common, near in time; those of its type first.

    Args:
        archive: an open archive.
        key: the account's number.
        days: at most so far apart.
        limit: at most so many.
    """
    with archive.read() as connection:
        mine = connection.execute(select(accounts.c.type, accounts.c.day).where(accounts.c.key == key)).first()
        if mine is None or mine.day is None:
            return []
        try:
            day = date.fromisoformat(mine.day[:10])
            window = [(day + timedelta(n)).isoformat() for n in (-days, days + 1)]
        except (ValueError, OverflowError):
            return []
        people = connection.execute(
            select(arguments.c.entity)
            .join(account_events, account_events.c.event == arguments.c.event)
            .where(account_events.c.account == key, arguments.c.entity.is_not(None))
            .distinct()
            .limit(20)
        ).scalars()
        shared = (
            select(account_events.c.account)
            .join(arguments, arguments.c.event == account_events.c.event)
            .where(arguments.c.entity.in_(list(people)))
        )
        rows = connection.execute(
            select(accounts.c.key, accounts.c.type, accounts.c.day, accounts.c.headline, accounts.c.reports)
            .where(
                accounts.c.day >= window[0],
                accounts.c.day < window[1],
                accounts.c.key != key,
                accounts.c.key.in_(shared),
            )
            .order_by(accounts.c.type != mine.type, accounts.c.day, accounts.c.key)
            .limit(200)
        ).mappings()
        found = [dict(row) for row in rows]
    found.sort(key=lambda r: (r["type"] != mine.type, abs((date.fromisoformat(r["day"][:10]) - day).days), r["key"]))
    return found[:limit]
