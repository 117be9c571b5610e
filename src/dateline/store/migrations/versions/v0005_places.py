"""Where the places of events lie."""

from alembic import op
from sqlalchemy import select

from dateline.store.items import keep_places
from dateline.store.rows import place_rows, unpack
from dateline.store.tables import places, reports

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_CHUNK = 500


def upgrade() -> None:
    """Create the table; fill it from the records, unless the archive is new."""
    connection = op.get_bind()
    places.create(connection, checkfirst=True)
    last = 0
    known: set[str] = set()
    while rows := connection.execute(
        select(reports.c.key, reports.c.record).where(reports.c.key > last).order_by(reports.c.key).limit(_CHUNK)
    ).all():
        last = rows[-1].key
        found = {place["place"]: place for row in rows for place in place_rows(unpack(row.record))}
        keep_places(connection, [place for name, place in found.items() if name not in known])
        known.update(found)


def downgrade() -> None:
    """Drop it."""
    places.drop(op.get_bind())
