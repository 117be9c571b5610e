"""Opening an archive: SQLite by default, PostgreSQL for teams, brought to the newest tables."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from dateline.errors import ArchiveError, MissingExtraError
from dateline.store.patience import teach

MIGRATIONS = Path(__file__).parent / "migrations"
_SQLITE_WAIT = 30.0  # seconds to wait for another process that writes
# Threads that ask at once have a connection each, and some two: the threads are what is bounded.
_CONNECTIONS = 20
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    # A report goes to some hundred pages of the indexes, most of which the next one goes to as well: with the
    # usual 2 MB they would be read, and with a log of 1,000 pages be written back, again and again.
    "cache_size=-16000",
    "wal_autocheckpoint=4000",
)
_FEW = 500  # reports: with fewer it does not matter in which order SQLite looks


def open_database(address: str | Path, *, create: bool = True) -> Engine:
    """Connect to an archive and bring its tables to this version.

    Args:
        address: a file (SQLite), or a ``postgresql://`` address.
        create: make a SQLite file that is not there.

    Raises:
        ArchiveError: it cannot be opened, is no archive, or was written by a newer Dateline.
        MissingExtraError: a PostgreSQL address without the ``postgres`` extra.
    """
    engine = _engine(address, create)
    try:
        changed = _migrate(engine, str(address))
    except DBAPIError as error:
        hint = ""
        if "readonly" in str(error.orig):
            hint = "; an archive keeps a log beside it: make its folder writable, or copy it to one that is"
        raise ArchiveError(f"archive {address}: cannot be opened: {error.orig}{hint}") from error
    _learn(engine, anew=changed)
    return engine


def _learn(engine: Engine, *, anew: bool) -> None:
    """Let SQLite learn how values are spread where it does not know, or the archive has grown much since.

    Without that it may walk through all reports that are current to find one by its id, or prefer an index
    that is new to it to all that it knows. PostgreSQL does so by itself.

    Args:
        engine: of the archive.
        anew: its tables were changed.
    """
    if engine.dialect.name != "sqlite":
        return
    # Another process that writes, or a file that cannot be written: then the next one to open it learns.
    with suppress(OperationalError), engine.connect() as connection:
        newest = connection.exec_driver_sql("SELECT max(key) FROM reports").scalar() or 0
        known = 0
        with suppress(OperationalError):
            said = "SELECT stat FROM sqlite_stat1 WHERE tbl = 'reports' AND idx = 'sqlite_autoindex_reports_1'"
            known = int((connection.exec_driver_sql(said).scalar() or "0").split()[0])
        if newest < _FEW or (newest < 5 * known and not anew):
            return
        connection.rollback()
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA busy_timeout=0")
        try:
            driver.execute("PRAGMA analysis_limit=1000")
            driver.execute("ANALYZE")
        except sqlite3.OperationalError:
            pass
        finally:
            driver.execute(f"PRAGMA busy_timeout={round(1000 * _SQLITE_WAIT)}")


def _engine(address: str | Path, create: bool) -> Engine:
    text = str(address)
    if "://" in text:
        return _server(text)
    path = Path(address)
    if not path.exists():
        if not create:
            raise ArchiveError(f"archive {path}: there is no such file; `dateline add --archive {path} …` makes one")
        if not path.parent.is_dir():
            raise ArchiveError(f"archive {path}: the folder {path.parent} does not exist")
    elif path.is_dir():
        raise ArchiveError(f"archive {path}: is a folder; name a file such as {path / 'news.db'}")
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": _SQLITE_WAIT}, pool_size=_CONNECTIONS, max_overflow=-1
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _: Any) -> None:
        # pysqlite begins transactions late and implicitly; Dateline begins them itself (see below).
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        # A reader takes no lock; `write` in archive.py asks for the writer's lock at once.
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    teach(engine)
    return engine


def _server(text: str) -> Engine:
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise ArchiveError(f"archive {text}: not an address: {error}") from error
    if url.get_backend_name() != "postgresql":
        raise ArchiveError(
            f"archive {text}: Dateline keeps archives in SQLite files and PostgreSQL, not {url.drivername}"
        )
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("psycopg", "postgres", "An archive in PostgreSQL") from error
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_size=_CONNECTIONS,
        max_overflow=3 * _CONNECTIONS,
    )
    teach(engine)
    return engine


def _migrate(engine: Engine, shown: str) -> bool:
    """Bring the tables to this version; gives whether they were changed."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    newest = ScriptDirectory.from_config(config).get_current_head()
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except OperationalError as error:
        raise ArchiveError(f"archive {shown}: cannot be opened: {error.orig}") from error
    except DBAPIError as error:
        raise ArchiveError(f"archive {shown}: is not an archive of Dateline ({error.orig})") from error
    if found == newest:
        return False
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise ArchiveError(f"archive {shown}: was written by a newer Dateline (tables {found}); update Dateline")
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return True
