"""Columns of statements, entities and accounts beside those of events; columns that reach up to a row."""

from alembic import op
from sqlalchemy import inspect

from dateline.store.kept import ACCOUNTS, ENTITIES, EVENTS, STATEMENTS, seal
from dateline.store.tables import account_columns, entity_columns, event_columns, statement_columns

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NEW = (statement_columns, entity_columns, account_columns)
_EVENT = ("INSERT", "UPDATE", "DELETE")
# Table, its columns, keys in a run, what tells a row's key in both, and the names that are dropped ("": all).
_WATCHED = (
    ("events", "event_columns", EVENTS.run, "key", ""),
    ("account_events", "event_columns", EVENTS.run, "event", " AND name IN ('standing', 'account')"),
    ("statements", "statement_columns", STATEMENTS.run, "key", ""),
    ("entities", "entity_columns", ENTITIES.run, "key", ""),
    ("accounts", "account_columns", ACCOUNTS.run, "key", ""),
)


def upgrade() -> None:
    """Create tables and triggers; keep the columns of what is stored."""
    connection = op.get_bind()
    sqlite = connection.dialect.name == "sqlite"
    if "last" not in {column["name"] for column in inspect(connection).get_columns("event_columns")}:
        op.execute("DROP TABLE event_columns")
        event_columns.create(connection)
    for table in _NEW:
        table.create(connection, checkfirst=True)
    for name in (*_old_triggers(), *_new_triggers()):
        op.execute(f"DROP TRIGGER IF EXISTS {name}" if sqlite else f"DROP FUNCTION IF EXISTS {name}() CASCADE")
    for trigger in _sqlite() if sqlite else _postgresql():
        op.execute(trigger)
    seal(connection)


def _old_triggers() -> list[str]:
    found = []
    for action in ("insert", "update", "delete"):
        found += [f"event_columns_{action}", f"event_columns_account_{action}"]
        found += [f"event_columns_events_{action}", f"event_columns_account_events_{action}"]
    return found


def _new_triggers() -> list[str]:
    # There already where an archive was brought back to an older version by hand, as tests do.
    return [f"kept_{table}_{action.lower()}" for table, *_ in _WATCHED for action in _EVENT] + [
        "kept_accounts_standing"
    ]


def _sqlite() -> list[str]:
    found = []
    for table, columns, run, key, only in _WATCHED:
        drop = f"DELETE FROM {columns} WHERE run = %s.{key} / {run}{only}"
        # Behind the rows that columns tell of others may come; nothing but those is stored in an archive that grows.
        drops = {
            "INSERT": f"{drop % 'new'} AND last >= new.{key};",
            "UPDATE": f"{drop % 'old'}; {drop % 'new'};",
            "DELETE": f"{drop % 'old'};",
        }
        for action in _EVENT:
            name = f"kept_{table}_{action.lower()}"
            found.append(f"CREATE TRIGGER {name} AFTER {action} ON {table} BEGIN {drops[action]} END")
    found.append(
        "CREATE TRIGGER kept_accounts_standing AFTER UPDATE OF standing ON accounts BEGIN"
        " DELETE FROM event_columns WHERE name = 'standing' AND run IN"
        f" (SELECT event / {EVENTS.run} FROM account_events WHERE account = new.key); END"
    )
    return found


def _postgresql() -> list[str]:
    # Once a statement, not once a row: what changed is in tables of its own.
    found = []
    for table, columns, run, key, only in _WATCHED:
        drop = f"DELETE FROM {columns} WHERE run IN (SELECT DISTINCT {key} / {run} FROM %s_rows){only};"
        fresh = f" WHERE run * {run} <= k AND k < (run + 1) * {run} AND last >= k"
        drops = {
            # Transactions may end in another order than that in which their keys were drawn.
            "INSERT": f"DELETE FROM {columns} USING (SELECT {key} AS k FROM new_rows) AS came{fresh}{only};",
            "UPDATE": drop % "old" + " " + drop % "new",
            "DELETE": drop % "old",
        }
        if table == "accounts":
            drops["UPDATE"] += (
                f" DELETE FROM event_columns WHERE name = 'standing' AND run IN (SELECT a.event / {EVENTS.run}"
                " FROM account_events a JOIN new_rows n ON a.account = n.key);"
            )
        for action in _EVENT:
            name = f"kept_{table}_{action.lower()}"
            given = {"INSERT": ("new",), "UPDATE": ("old", "new"), "DELETE": ("old",)}[action]
            tables = " ".join(f"{row.upper()} TABLE AS {row}_rows" for row in given)
            found.append(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN {drops[action]} RETURN NULL; END $$"
            )
            found.append(
                f"CREATE TRIGGER {name} AFTER {action} ON {table} REFERENCING {tables}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            )
    return found


def downgrade() -> None:
    """Drop them; events are counted from their rows then."""
    connection = op.get_bind()
    for table, *_ in _WATCHED:
        for action in _EVENT:
            name = f"kept_{table}_{action.lower()}"
            op.execute(
                f"DROP TRIGGER {name}" if connection.dialect.name == "sqlite" else f"DROP FUNCTION {name} CASCADE"
            )
    if connection.dialect.name == "sqlite":
        op.execute("DROP TRIGGER kept_accounts_standing")
    op.execute("DELETE FROM event_columns")
    for new in _NEW:
        new.drop(connection)
