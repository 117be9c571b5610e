"""Who may read and change an archive through the web server."""

from alembic import op

from dateline.store.tables import users

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    users.create(op.get_bind(), checkfirst=True)


def downgrade() -> None:
    """Drop it."""
    users.drop(op.get_bind())
