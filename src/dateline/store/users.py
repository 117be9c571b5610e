"""Who may read and change an archive through the web server: names, roles, passwords and tokens.

Passwords are kept as Argon2id hashes (RFC 9106), tokens, which are long and random, as SHA-256.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any, Literal, get_args

from sqlalchemy import delete, func, insert, select, update

from dateline.errors import InputError, MissingExtraError
from dateline.store.archive import Archive
from dateline.store.tables import users

Role = Literal["reader", "editor"]

SHORTEST = 10  # characters of a password
_NAME = re.compile(r"[\w.@+-]{1,64}")
_TOKEN_START = "dl_"  # tells leaked tokens from other strings


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may read, or read and correct."""

    name: str
    role: Role


def add_user(archive: Archive, name: str, role: Role, password: str) -> None:
    """Let somebody in.

    Raises:
        InputError: the name is taken or none, or the password is too short.
        MissingExtraError: argon2-cffi is not installed.
    """
    if not _NAME.fullmatch(name):
        raise InputError(f"{name!r} is no name for a user: letters, digits and . _ @ + -, at most 64")
    if role not in get_args(Role):
        raise InputError(f"a role is {' or '.join(get_args(Role))}, not {role!r}")
    _check_password(password)
    with archive.write() as connection:
        if connection.scalar(select(users.c.name).where(users.c.name == name)):
            raise InputError(f"there is a user {name!r} already")
        connection.execute(
            insert(users).values(
                name=name,
                role=role,
                password=_hasher().hash(password),
                added=datetime.now(UTC).isoformat(timespec="seconds"),
            )
        )


def change_user(archive: Archive, name: str, *, role: Role | None = None, password: str | None = None) -> None:
    """Give a user another role or password.

    Raises:
        InputError: there is no such user, or the password is too short.
        MissingExtraError: argon2-cffi is not installed.
    """
    values: dict[str, Any] = {}
    if role is not None:
        values["role"] = role
    if password is not None:
        _check_password(password)
        values["password"] = _hasher().hash(password)
    with archive.write() as connection:
        _must_be(connection.execute(update(users).where(users.c.name == name).values(**values)).rowcount, name)


def remove_user(archive: Archive, name: str) -> None:
    """Let somebody in no more.

    Raises:
        InputError: there is no such user.
    """
    with archive.write() as connection:
        _must_be(connection.execute(delete(users).where(users.c.name == name)).rowcount, name)


def new_token(archive: Archive, name: str) -> str:
    """A token for programs of a user; the one before is no longer good. It cannot be shown again.

    Raises:
        InputError: there is no such user.
    """
    token = _TOKEN_START + secrets.token_urlsafe(32)
    with archive.write() as connection:
        changed = connection.execute(update(users).where(users.c.name == name).values(token=_digest(token)))
        _must_be(changed.rowcount, name)
    return token


def list_users(archive: Archive) -> Iterator[dict[str, Any]]:
    """All users by name: ``name, role, token`` (whether there is one), ``added``."""
    with archive.read() as connection:
        rows = connection.execute(select(users).order_by(users.c.name)).all()
    for row in rows:
        yield {"name": row.name, "role": row.role, "token": row.token is not None, "added": row.added}


def count_users(archive: Archive) -> int:
    """How many users there are."""
    with archive.read() as connection:
        return connection.scalar(select(func.count()).select_from(users)) or 0


def find_user(archive: Archive, name: str) -> User | None:
    """The user of this name as he is now."""
    with archive.read() as connection:
        row = connection.execute(select(users.c.name, users.c.role).where(users.c.name == name)).first()
    return User(row.name, row.role) if row else None


def user_by_password(archive: Archive, name: str, password: str) -> User | None:
    """The user with this name and password; an unknown name takes as long as a wrong password."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with archive.read() as connection:
        row = connection.execute(select(users).where(users.c.name == name)).first()
    try:
        _hasher().verify(row.password if row else _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return None
    return User(row.name, row.role) if row else None


def user_by_token(archive: Archive, token: str) -> User | None:
    """The user whose token this is."""
    if not token.startswith(_TOKEN_START):
        return None
    with archive.read() as connection:
        row = connection.execute(select(users).where(users.c.token == _digest(token))).first()
    return User(row.name, row.role) if row else None


def _must_be(changed: int, name: str) -> None:
    if not changed:
        raise InputError(f"there is no user {name!r}; `dateline users list` prints them")


def _check_password(password: str) -> None:
    if len(password) < SHORTEST:
        raise InputError(f"a password has at least {SHORTEST} characters")


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@cache
def _hasher() -> Any:
    try:
        from argon2 import PasswordHasher
    except ImportError as error:
        raise MissingExtraError("argon2-cffi", "web", "Keeping passwords") from error
    return PasswordHasher()


@cache
def _nobodys() -> str:
    return str(_hasher().hash(secrets.token_urlsafe(16)))
