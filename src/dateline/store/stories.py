"""Stories in the archive: told anew from all reports, kept with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from dateline.reconcile.mention import day_of
from dateline.reconcile.story import LONGEST, Document, find_stories
from dateline.store.archive import Archive
from dateline.store.tables import reports, stories

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Told:
    """How many stories there are, and the reports that changed theirs or got one."""

    stories: int
    moved: frozenset[str]


def tell_stories(archive: Archive, *, full: bool = True) -> Told:
    """Group the newest versions of reports into stories and keep them.

    A story is named for its earliest report.

    Args:
        archive: an open archive.
        full: group all reports anew. Else those that have no story yet, with the reports of the days
            around them; the others keep theirs.
    """
    with archive.read() as connection:
        before: dict[str, str] = {}
        days: dict[str, date | None] = {}
        keys: dict[str, int] = {}
        for row in connection.execute(
            select(reports.c.key, reports.c.id, reports.c.published, stories.c.story)
            .outerjoin(stories, stories.c.report == reports.c.key)
            .where(reports.c.current)
            .order_by(reports.c.key)
        ):
            keys[row.id], days[row.id] = row.key, day_of(row.published)
            if row.story is not None:
                before[row.id] = row.story
        fresh = [name for name in keys if name not in before]
        if not full and not fresh:
            return Told(len(set(before.values())), frozenset())
        near = _near(fresh, days) if not full and len(fresh) < len(keys) / 2 else None
        documents = list(_documents(connection, None if near is None else [keys[name] for name in near]))
    groups = find_stories(documents)
    after = {member: group[0] for group in groups for member in group}
    if near is not None:
        after = _beside(before, after, set(fresh), days)
    moved = frozenset(name for name, story in after.items() if before.get(name) != story)
    with archive.write() as connection:
        told = [{"report": keys[name], "story": after[name]} for name in keys if name in moved]
        for k in range(0, len(told), _CHUNK):
            part = told[k : k + _CHUNK]
            connection.execute(delete(stories).where(stories.c.report.in_([row["report"] for row in part])))
            connection.execute(insert(stories), part)
    return Told(len(set((before | after).values())), moved)


def _near(fresh: Sequence[str], days: Mapping[str, date | None]) -> list[str] | None:
    """Reports of the days that a story of these reports can reach; None: any (one of them is undated)."""
    spans: set[date] = set()
    for name in fresh:
        day = days[name]
        if day is None:
            return None
        spans.update(day + timedelta(n) for n in range(-2 * LONGEST, 2 * LONGEST + 1) if abs(day.year - 5000) < 4998)
    return [name for name, day in days.items() if day is None or day in spans]


def _documents(connection: Connection, keys: Sequence[int] | None) -> Iterator[Document]:
    wanted = select(reports.c.id, reports.c.published, reports.c.title, reports.c.text).where(reports.c.current)
    parts = [None] if keys is None else [keys[k : k + _CHUNK] for k in range(0, len(keys), _CHUNK)]
    for part in parts:
        chosen = wanted if part is None else wanted.where(reports.c.key.in_(part))
        for row in connection.execute(chosen.order_by(reports.c.key)):
            yield Document(row.id, day_of(row.published), row.title, row.text)


def _beside(
    before: Mapping[str, str], found: Mapping[str, str], fresh: set[str], days: Mapping[str, date | None]
) -> dict[str, str]:
    """Stories of the new reports and of those that they are grouped with; what is left of a story is named anew."""
    joined = {found[name] for name in fresh}
    after = {name: story for name, story in found.items() if story in joined}
    touched = {before[name] for name in after if name in before}
    left: dict[str, list[str]] = {}
    for name, story in before.items():
        if story in touched and name not in after:
            left.setdefault(story, []).append(name)
    for members in left.values():
        first = min(members, key=lambda name: (days[name] or date.min, name))
        after.update(dict.fromkeys(members, first))
    return after


def story_rows(archive: Archive) -> Iterator[dict[str, Any]]:
    """``{"report", "story", …}`` of every report; stories are told first where a report has none yet."""
    with archive.read() as connection:
        untold = connection.execute(
            select(reports.c.key)
            .outerjoin(stories, stories.c.report == reports.c.key)
            .where(reports.c.current, stories.c.story.is_(None))
            .limit(1)
        ).first()
    if untold:
        tell_stories(archive, full=False)
    with archive.read() as connection:
        found = connection.execute(
            select(
                reports.c.id.label("report"),
                stories.c.story,
                reports.c.published,
                reports.c.publisher,
                reports.c.title,
            )
            .join(stories, stories.c.report == reports.c.key)
            .where(reports.c.current)
            .order_by(stories.c.story, reports.c.published, reports.c.key)
        ).mappings()
        rows = [dict(row) for row in found]
    yield from rows
