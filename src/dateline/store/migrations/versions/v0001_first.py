"""The first tables, and the full-text index of either database."""

from alembic import op

from dateline.store.tables import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create everything."""
    connection = op.get_bind()
    metadata.create_all(connection)
    if connection.dialect.name == "sqlite":
        # External content: the texts stay in `reports`; triggers keep the index in step.
        for statement in (
            "CREATE VIRTUAL TABLE report_words USING fts5(title, text, content='reports', content_rowid='key',"
            " tokenize='unicode61 remove_diacritics 2')",
            "CREATE TRIGGER report_words_add AFTER INSERT ON reports BEGIN"
            " INSERT INTO report_words(rowid, title, text) VALUES (new.key, new.title, new.text); END",
            "CREATE TRIGGER report_words_drop AFTER DELETE ON reports BEGIN"
            " INSERT INTO report_words(report_words, rowid, title, text)"
            " VALUES ('delete', old.key, old.title, old.text); END",
        ):
            op.execute(statement)
    else:
        op.execute(
            "ALTER TABLE reports ADD COLUMN words tsvector GENERATED ALWAYS AS ("
            "to_tsvector('simple', left(coalesce(title, '') || ' ' || text, 900000))) STORED"
        )
        op.execute("CREATE INDEX ix_reports_words ON reports USING gin (words)")


def downgrade() -> None:
    """Drop everything."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute("DROP TABLE report_words")
    metadata.drop_all(connection)
