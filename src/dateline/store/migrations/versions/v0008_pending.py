"""What waits to be reconciled, what reconciliation knows of reports, and indexes for what people said."""

from alembic import op
from sqlalchemy import Column, Float, Text, inspect, select

from dateline.store.pending import mark_all
from dateline.store.tables import bags, corrections, mention_blocks, mentions, pending, reports, word_blocks

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TABLES = (pending, mentions, bags, mention_blocks, word_blocks)
_INDEXES = ("ix_corrections_action", "ix_corrections_undoes")


def upgrade() -> None:
    """Create what a new archive has from the first step; all that is stored waits to be reconciled once more."""
    connection = op.get_bind()
    for table in _TABLES:
        table.create(connection, checkfirst=True)
    for index in corrections.indexes:
        if index.name in _INDEXES:
            index.create(connection, checkfirst=True)
    held = {column["name"] for column in inspect(connection).get_columns("stories")}
    for column in (Column("source", Text), Column("share", Float)):
        if column.name not in held:
            op.add_column("stories", column)
    if connection.execute(select(reports.c.key).limit(1)).first():
        mark_all(connection)


def downgrade() -> None:
    """Drop them."""
    connection = op.get_bind()
    for name in _INDEXES:
        op.execute(f"DROP INDEX {name}")
    for column in ("source", "share"):
        op.drop_column("stories", column)
    for table in _TABLES:
        table.drop(connection)
