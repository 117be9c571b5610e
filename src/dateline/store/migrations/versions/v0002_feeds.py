"""Feeds that are watched, and the pages that they announce."""

from alembic import op

from dateline.store.tables import announced, feeds

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; an archive that is new has them from the first step."""
    for table in (feeds, announced):
        table.create(op.get_bind(), checkfirst=True)


def downgrade() -> None:
    """Drop them."""
    for table in (announced, feeds):
        table.drop(op.get_bind())
