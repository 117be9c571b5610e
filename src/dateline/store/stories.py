"""Stories in the archive: told anew from all reports, kept with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from dateline.reconcile.story import Document, find_stories
from dateline.store.archive import Archive
from dateline.store.tables import reports, stories


def tell_stories(archive: Archive) -> int:
    """Group the newest versions of all reports into stories and keep them.

    A story is named for its earliest report.

    Returns:
        The number of stories.
    """
    with archive.read() as connection:
        rows = connection.execute(
            select(reports.c.key, reports.c.id, reports.c.published, reports.c.title, reports.c.text)
            .where(reports.c.current)
            .order_by(reports.c.key)
        ).all()
    keys = {row.id: row.key for row in rows}
    documents = [Document(row.id, _day(row.published), row.title, row.text) for row in rows]
    groups = find_stories(documents)
    with archive.write() as connection:
        connection.execute(delete(stories))
        told = [{"report": keys[member], "story": group[0]} for group in groups for member in group]
        if told:
            connection.execute(insert(stories), told)
    return len(groups)


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
        tell_stories(archive)
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


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published[:10]) if published else None
