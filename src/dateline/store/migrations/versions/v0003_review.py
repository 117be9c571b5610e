"""Flags as rows of their own, and what nobody has looked at yet in the order of review."""

from alembic import op
from sqlalchemy import Connection, Index, insert, select

from dateline.store.rows import flag_rows, unpack
from dateline.store.tables import events, flags, reports

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_CHUNK = 500
_INDEXES = ("ix_events_review", "ix_events_open", "ix_events_reviewed")  # those of this database are made


def upgrade() -> None:
    """Create what a new archive has from the first step, and fill the table."""
    connection = op.get_bind()
    flags.create(connection, checkfirst=True)
    for index in _indexes():
        index.create(connection, checkfirst=True)
    last = 0
    while True:
        rows = connection.execute(
            select(reports.c.key, reports.c.current, reports.c.record)
            .where(reports.c.key > last)
            .order_by(reports.c.key)
            .limit(_CHUNK)
        ).all()
        if not rows:
            return
        last = rows[-1].key
        _fill(connection, [(row.key, row.current, row.record) for row in rows])


def _indexes() -> list[Index]:
    return [index for index in events.indexes if index.name in _INDEXES]


def _fill(connection: Connection, rows: list[tuple[int, bool, bytes]]) -> None:
    found = [{**flag, "current": current} for key, current, record in rows for flag in flag_rows(unpack(record), key)]
    if found:
        connection.execute(insert(flags), found)


def downgrade() -> None:
    """Drop them."""
    connection = op.get_bind()
    for index in _indexes():
        index.drop(connection, checkfirst=True)
    flags.drop(connection)
