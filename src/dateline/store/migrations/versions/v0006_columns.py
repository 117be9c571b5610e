"""Columns of events for counting, dropped by triggers when their rows change, and indexes for names."""

from alembic import op

from dateline.store.columns import RUN
from dateline.store.tables import entities, event_columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_EVENTS = {"insert": ("new",), "update": ("old", "new"), "delete": ("old",)}


def upgrade() -> None:
    """Create table and triggers; the columns of what is stored are kept by a later step."""
    connection = op.get_bind()
    event_columns.create(connection, checkfirst=True)
    for index in entities.indexes:
        if index.name == "ix_entities_folded_entity":
            index.create(connection, checkfirst=True)
    op.execute("DROP INDEX IF EXISTS ix_entities_folded")
    for trigger in _sqlite() if connection.dialect.name == "sqlite" else _postgresql():
        op.execute(trigger)


def _sqlite() -> list[str]:
    found = []
    for action, rows in _EVENTS.items():
        drops = " ".join(f"DELETE FROM event_columns WHERE run = {row}.key / {RUN};" for row in rows)
        found.append(
            f"CREATE TRIGGER IF NOT EXISTS event_columns_{action} AFTER {action.upper()} ON events BEGIN {drops} END"
        )
        drops = " ".join(
            f"DELETE FROM event_columns WHERE run = {row}.event / {RUN} AND name = 'standing';" for row in rows
        )
        found.append(_trigger(f"event_columns_account_{action}", action, "account_events", drops))
    return found


def _trigger(name: str, action: str, table: str, drops: str) -> str:
    return f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {action.upper()} ON {table} BEGIN {drops} END"


def _postgresql() -> list[str]:
    # Once a statement, not once a row: what changed is in tables of its own.
    found = []
    for table, key, only in (("events", "key", ""), ("account_events", "event", " AND name = 'standing'")):
        for action, rows in _EVENTS.items():
            name = f"event_columns_{table}_{action}"
            drops = " ".join(
                f"DELETE FROM event_columns WHERE run IN (SELECT DISTINCT {key} / {RUN} FROM {row}_rows){only};"
                for row in rows
            )
            given = " ".join(f"{row.upper()} TABLE AS {row}_rows" for row in rows)
            found.append(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN {drops} RETURN NULL; END $$"
            )
            found.append(
                f"CREATE OR REPLACE TRIGGER {name} AFTER {action.upper()} ON {table} REFERENCING {given}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            )
    return found


def downgrade() -> None:
    """Drop them."""
    connection = op.get_bind()
    for table in ("events", "account_events"):
        for action in _EVENTS:
            if connection.dialect.name == "sqlite":
                op.execute(f"DROP TRIGGER IF EXISTS event_columns_{'' if table == 'events' else 'account_'}{action}")
            else:
                op.execute(f"DROP FUNCTION IF EXISTS event_columns_{table}_{action} CASCADE")
    op.execute("CREATE INDEX ix_entities_folded ON entities (folded)")
    op.execute("DROP INDEX ix_entities_folded_entity")
    event_columns.drop(connection)
