"""How long questions to an archive may take: a server gives up what nobody waits for any more.

Whoever asks says until when (`waiting`); the database stops by itself: SQLite looks at the clock while
it works (`sqlite3_progress_handler`), PostgreSQL has its ``statement_timeout``. What changes an archive
is never stopped half-way.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from dateline.errors import DatelineError

_OPCODES = 50_000  # of SQLite's machine between two looks at the clock: some milliseconds
_now: ContextVar[Patience | None] = ContextVar("patience", default=None)


class Patience:
    """Until when the answer to a question is waited for.

    Attributes:
        until: the time (`time.monotonic`), or None: for ever.
    """

    def __init__(self, until: float | None = None) -> None:
        self.until = until

    def over(self) -> bool:
        """Does nobody wait any more?"""
        return self.until is not None and time.monotonic() > self.until


@contextmanager
def waiting(seconds: float | None) -> Iterator[Patience]:
    """Questions asked inside may take so long in all; also from threads that run in this context.

    Args:
        seconds: None: for ever. What is given may be made longer or shorter meanwhile.
    """
    patience = Patience(None if seconds is None else time.monotonic() + seconds)
    token = _now.set(patience)
    try:
        yield patience
    finally:
        patience.until = 0.0  # a thread that still works on it may stop
        _now.reset(token)


class TooLate(DatelineError):
    """Nobody waits for this answer any more."""


def left(longest: float) -> float:
    """For how many seconds the answer is still waited for, at most `longest`."""
    patience = _now.get()
    if patience is None or patience.until is None:
        return longest
    return min(longest, max(0.0, patience.until - time.monotonic()))


def given_up(error: DBAPIError | TooLate) -> bool:
    """Did the database stop because nobody waits, or because another process keeps it busy?"""
    if isinstance(error, TooLate):
        return True
    words = str(error.orig)
    return isinstance(error, OperationalError) and any(
        said in words for said in ("interrupted", "database is locked", "statement timeout")
    )


def teach(engine: Engine) -> None:
    """Let the connections of an engine stop when nobody waits any more."""
    sqlite = engine.dialect.name == "sqlite"

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        patience = _now.get()
        driver: Any = connection.connection.driver_connection
        if connection.get_execution_options().get("sqlite_begin") == "IMMEDIATE":
            patience = None
        if sqlite:
            driver.set_progress_handler(patience and patience.over, _OPCODES)
        elif patience is not None and patience.until is not None:
            left = max(1, round(1000 * (patience.until - time.monotonic())))
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {left}")
