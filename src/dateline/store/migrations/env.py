"""Alembic's entry: migrations run on the connection that `open_database` hands over."""

from alembic import context

from dateline.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
    render_as_batch=True,
)
context.run_migrations()
