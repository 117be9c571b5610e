from __future__ import annotations

import pytest
from sqlalchemy import select

from dateline.errors import InputError
from dateline.store.tables import users
from dateline.store.users import (
    User,
    add_user,
    change_user,
    count_users,
    find_user,
    list_users,
    new_token,
    remove_user,
    user_by_password,
    user_by_token,
)

pytest.importorskip("argon2")


def test_users_come_in_by_password_or_token_and_not_otherwise(archive):
    add_user(archive, "ana", "editor", "correct horse")
    add_user(archive, "ben", "reader", "battery staple")
    assert user_by_password(archive, "ana", "correct horse") == User("ana", "editor")
    assert user_by_password(archive, "ana", "battery staple") is None
    assert user_by_password(archive, "nobody", "correct horse") is None
    token = new_token(archive, "ben")
    assert user_by_token(archive, token) == User("ben", "reader")
    assert user_by_token(archive, token + "x") is None
    assert user_by_token(archive, "") is None
    other = new_token(archive, "ben")
    assert (user_by_token(archive, token), user_by_token(archive, other)) == (None, User("ben", "reader"))
    assert [(u["name"], u["role"], u["token"]) for u in list_users(archive)] == [
        ("ana", "editor", False),
        ("ben", "reader", True),
    ]


def test_roles_and_passwords_change_and_users_go(archive):
    add_user(archive, "ana", "editor", "correct horse")
    change_user(archive, "ana", role="reader", password="battery staple")
    assert user_by_password(archive, "ana", "correct horse") is None
    assert user_by_password(archive, "ana", "battery staple") == User("ana", "reader")
    remove_user(archive, "ana")
    assert (count_users(archive), find_user(archive, "ana")) == (0, None)
    for call in (remove_user, new_token, lambda a, n: change_user(a, n, role="reader")):
        with pytest.raises(InputError, match="no user"):
            call(archive, "ana")


def test_nothing_that_lets_in_is_kept_as_it_is(archive):
    add_user(archive, "ana", "editor", "correct horse")
    token = new_token(archive, "ana")
    with archive.read() as connection:
        row = connection.execute(select(users)).one()
    assert row.password.startswith("$argon2id$")
    assert "horse" not in row.password
    assert token not in row.token


@pytest.mark.parametrize(
    ("name", "role", "password", "message"),
    [
        ("a b", "editor", "long enough", "no name"),
        ("", "editor", "long enough", "no name"),
        ("ana", "king", "long enough", "a role is"),
        ("ana", "editor", "short", "at least 10"),
        ("ben", "editor", "long enough", "already"),
    ],
)
def test_what_will_not_do_is_said(archive, name, role, password, message):
    add_user(archive, "ben", "reader", "battery staple")
    with pytest.raises(InputError, match=message):
        add_user(archive, name, role, password)
