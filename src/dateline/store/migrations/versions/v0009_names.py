"""Names of entities once each, in the place of an index of them all; one index less on what waits."""

from alembic import op
from sqlalchemy import insert, inspect, select

from dateline.store.tables import entities, entity_names

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create what a new archive has from the first step, and fill it; drop what took its place."""
    connection = op.get_bind()
    if not inspect(connection).has_table("entity_names"):
        entity_names.create(connection)
        known = select(entities.c.folded, entities.c.entity).distinct().order_by(entities.c.folded, entities.c.entity)
        connection.execute(insert(entity_names).from_select(["folded", "entity"], known))
    for name in ("ix_entities_folded_entity", "ix_pending_report"):
        op.execute(f"DROP INDEX IF EXISTS {name}")


def downgrade() -> None:
    """Drop it."""
    op.execute("CREATE INDEX ix_entities_folded_entity ON entities (folded, entity)")
    op.execute("CREATE INDEX ix_pending_report ON pending (report)")
    entity_names.drop(op.get_bind())
