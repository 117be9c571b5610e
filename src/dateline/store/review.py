"""What people still have to look at: events, the least certain first, and flags, the newest first.

Both are read page by page: a page begins behind the last row of the one before (keyset paging), so
that the thousandth page costs no more than the first.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, or_, select

from dateline.errors import InputError
from dateline.store.archive import Archive
from dateline.store.ask import with_people
from dateline.store.find import Page
from dateline.store.tables import account_events, accounts, arguments, corrections, events, flags, reports

Row = dict[str, Any]
Said = Literal["open", "accepted", "rejected", "changed"]

_SAID = ("open", "accepted", "rejected", "changed")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which items a reviewer asks for.

    Attributes:
        said: ``open`` for what nobody has looked at, else what people said of it.
        type, factuality: of events.
        kind: of flags.
        who: somebody who acts or is acted upon: entity id, country code or name.
        report: id of the report.
    """

    said: Said = "open"
    type: str | None = None
    factuality: str | None = None
    kind: str | None = None
    who: str | None = None
    report: str | None = None

    def __post_init__(self) -> None:
        if self.said not in _SAID:
            raise InputError(f"review is one of {', '.join(_SAID)}, not {self.said!r}")


def events_to_review(archive: Archive, wanted: Wanted, *, after: str | None = None, limit: int = 25) -> Page:
    """Events of the newest versions, the least confident first.

    Args:
        archive: an open archive.
        wanted: which.
        after: where the page before ended (`Page.after`).
        limit: rows a page.

    Raises:
        InputError: `after` is no place of this list.
    """
    conditions = _event_conditions(wanted)
    if after is not None:
        confidence, key = _place(after)
        conditions.append(
            or_(events.c.confidence > confidence, and_(events.c.confidence == confidence, events.c.key > key))
        )
    shown = (
        select(
            events,
            reports.c.id.label("report_id"),
            reports.c.title,
            reports.c.publisher,
            reports.c.published,
            account_events.c.account,
            accounts.c.standing,
        )
        .join(reports, reports.c.key == events.c.report)
        .outerjoin(account_events, account_events.c.event == events.c.key)
        .outerjoin(accounts, accounts.c.key == account_events.c.account)
        .where(*conditions)
        .order_by(events.c.confidence, events.c.key)
        .limit(limit + 1)
    )
    with archive.read() as connection:
        rows = list(with_people(connection, [dict(row) for row in connection.execute(shown).mappings()]))
    more = len(rows) > limit
    last = rows[limit - 1] if more else None
    return Page(rows[:limit], f"{last['confidence']!r}:{last['key']}" if last else None)


def flags_to_review(archive: Archive, wanted: Wanted, *, after: str | None = None, limit: int = 25) -> Page:
    """Flags of the newest versions, those of the reports that came last first; see `events_to_review`."""
    conditions = _flag_conditions(wanted)
    if after is not None:
        conditions.append(flags.c.key < _place(after)[1])
    shown = (
        select(flags, reports.c.id.label("report_id"), reports.c.title, reports.c.publisher, reports.c.published)
        .join(reports, reports.c.key == flags.c.report)
        .where(*conditions)
        .order_by(flags.c.key.desc())
        .limit(limit + 1)
    )
    with archive.read() as connection:
        rows = [dict(row) for row in connection.execute(shown).mappings()]
    more = len(rows) > limit
    return Page(rows[:limit], f"0:{rows[limit - 1]['key']}" if more else None)


def count_to_review(archive: Archive, wanted: Wanted) -> tuple[int, int]:
    """How many events and how many flags are wanted."""
    with archive.read() as connection:
        counts = []
        for table, conditions in ((events, _event_conditions(wanted)), (flags, _flag_conditions(wanted))):
            some = select(func.count()).select_from(table).where(*conditions)
            counts.append(connection.scalar(some) or 0)
    return counts[0], counts[1]


def flag_kinds(archive: Archive, wanted: Wanted) -> dict[str, int]:
    """How many flags of each kind are in a state of review (`Wanted.said`), the most frequent first."""
    with archive.read() as connection:
        found = connection.execute(
            select(flags.c.kind, func.count())
            .where(*_flag_conditions(Wanted(said=wanted.said)))
            .group_by(flags.c.kind)
            .order_by(func.count().desc(), flags.c.kind)
        )
        return {kind: count for kind, count in found}  # noqa: C416  (a Row is no pair to mypy)


def log_page(
    archive: Archive,
    *,
    report: str | None = None,
    who: str | None = None,
    action: str | None = None,
    after: int | None = None,
    limit: int = 50,
) -> Page:
    """Corrections, the latest first, each with whether it still holds and what took it back.

    Args:
        archive: an open archive.
        report: of this report.
        who: said by.
        action: ``accept, reject, change, merge, split, undo``.
        after: the number at which the page before ended.
        limit: rows a page.
    """
    conditions: list[ColumnElement[bool]] = []
    for column, value in ((corrections.c.report, report), (corrections.c.who, who), (corrections.c.action, action)):
        if value:
            conditions.append(column == value)
    if after is not None:
        conditions.append(corrections.c.key < after)
    back = corrections.alias()
    shown = (
        select(corrections, back.c.key.label("undone_by"))
        .outerjoin(back, back.c.undoes == corrections.c.key)
        .where(*conditions)
        .order_by(corrections.c.key.desc())
        .limit(limit + 1)
    )
    with archive.read() as connection:
        rows = [dict(row) for row in connection.execute(shown).mappings()]
    for row in rows:
        for name in ("machine", "human"):
            row[name] = json.loads(row[name]) if row[name] else None
    more = len(rows) > limit
    return Page(rows[:limit], str(rows[limit - 1]["key"]) if more else None)


def _event_conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [events.c.current, _said(events.c.review, wanted.said)]
    if wanted.type:
        found.append(events.c.type == wanted.type.upper())
    if wanted.factuality:
        found.append(events.c.factuality == wanted.factuality)
    if wanted.who:
        who = wanted.who
        found.append(
            events.c.key.in_(
                select(arguments.c.event).where(
                    or_(
                        arguments.c.entity == who,
                        arguments.c.country == who.upper(),
                        arguments.c.folded == who.casefold(),
                    )
                )
            )
        )
    if wanted.report is not None:
        found.append(events.c.report.in_(select(reports.c.key).where(reports.c.id == wanted.report)))
    return found


def _flag_conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [flags.c.current, _said(flags.c.review, wanted.said)]
    if wanted.kind:
        found.append(flags.c.kind == wanted.kind)
    if wanted.report is not None:
        found.append(flags.c.report.in_(select(reports.c.key).where(reports.c.id == wanted.report)))
    return found


def _said(column: ColumnElement[str], said: Said) -> ColumnElement[bool]:
    return column.is_(None) if said == "open" else column == said


def _place(after: str) -> tuple[float, int]:
    found = re.fullmatch(r"(\d+(?:\.\d+)?(?:e-?\d+)?):(\d{1,18})", after)
    if found is None:
        raise InputError(f"{after!r} is no place in this list")
    return float(found[1]), int(found[2])
