"""Archives of earlier versions are brought to today's tables, in both databases, and hold what they held."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect

from dateline.store import Archive, Question, ask_events
from dateline.store.accounts import ask_accounts
from dateline.store.database import MIGRATIONS
from dateline.store.invariants import problems
from dateline.store.reconciled import reconcile


def schema(archive):
    """Tables with their columns, and the indexes."""
    found = inspect(archive.engine)
    names = [name for name in found.get_table_names() if not name.startswith(("report_words", "sqlite_"))]
    return {
        name: (
            sorted(column["name"] for column in found.get_columns(name)),
            sorted(str(index["name"]) for index in found.get_indexes(name)),
        )
        for name in names
    }


def go_back(archive, revision):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with archive.write() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


@pytest.mark.parametrize("revision", ["0005", "0007", "0008", "0009"])
def test_an_earlier_archive_is_brought_up(address, sample_records, revision):
    with Archive.open(address) as archive:
        archive.add(sample_records, "test")
        reconcile(archive)
        told, held, tables = list(ask_accounts(archive)), list(ask_events(archive, Question())), schema(archive)
        go_back(archive, revision)
        assert schema(archive) != tables
    with Archive.open(address) as archive:
        assert schema(archive) == tables
        assert list(problems(archive)) == []
        assert list(ask_events(archive, Question())) == held
        assert list(ask_accounts(archive)) == told
        reconcile(archive)
        assert list(ask_accounts(archive)) == told
        archive.add(sample_records, "test")
        assert list(problems(archive)) == []
