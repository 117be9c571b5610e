"""An index to count reports by, without reading their texts."""

from alembic import op

from dateline.store.tables import reports

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create what a new archive has from the first step."""
    for index in reports.indexes:
        if index.name == "ix_reports_current":
            index.create(op.get_bind(), checkfirst=True)


def downgrade() -> None:
    """Drop it."""
    op.execute("DROP INDEX ix_reports_current")
