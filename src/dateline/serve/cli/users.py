"""``dateline users``: who may use the web server of an archive."""

from __future__ import annotations

import sys

import click

from dateline.serve.cli.add import archive_option
from dateline.serve.cli.questions import opened

_ROLE = click.Choice(["reader", "editor"])
_password = click.option(
    "--password-stdin", "piped", is_flag=True, help="Take the password from standard input instead of asking for it."
)


@click.group()
def users() -> None:
    """Say who may read and correct an archive through `dateline serve`."""


@users.command("add")
@click.argument("name")
@archive_option
@click.option("--role", type=_ROLE, default="reader", show_default=True, help="An editor may also correct.")
@_password
def add(name: str, archive: str | None, role: str, piped: bool) -> None:
    """Let somebody in; the password is asked for."""
    from dateline.store.users import add_user

    with opened(archive) as store:
        add_user(store, name, role, _asked(piped))  # type: ignore[arg-type]  # click checked it
    click.echo(f"{name} may {'read and correct' if role == 'editor' else 'read'}", err=True)


@users.command("change")
@click.argument("name")
@archive_option
@click.option("--role", type=_ROLE, help="Another role.")
@click.option("--password", is_flag=True, help="Another password, which is asked for.")
@_password
def change(name: str, archive: str | None, role: str | None, password: bool, piped: bool) -> None:
    """Give somebody another role or password."""
    from dateline.store.users import change_user

    if role is None and not (password or piped):
        raise click.UsageError("name what changes: --role or --password")
    with opened(archive) as store:
        change_user(
            store,
            name,
            role=role,  # type: ignore[arg-type]  # click checked it
            password=_asked(piped) if password or piped else None,
        )
    click.echo(f"{name} is changed", err=True)


@users.command("remove")
@click.argument("name")
@archive_option
def remove(name: str, archive: str | None) -> None:
    """Let somebody in no more."""
    from dateline.store.users import remove_user

    with opened(archive) as store:
        remove_user(store, name)
    click.echo(f"{name} is removed", err=True)


@users.command("token")
@click.argument("name")
@archive_option
def token(name: str, archive: str | None) -> None:
    """Print a new token with which somebody's programs use the API; the one before is no longer good."""
    from dateline.store.users import new_token

    with opened(archive) as store:
        click.echo(new_token(store, name))


@users.command("list")
@archive_option
def list_(archive: str | None) -> None:
    """Print who may use the server."""
    from dateline.store.users import list_users

    with opened(archive) as store:
        for user in list_users(store):
            click.echo(f"{user['name']}\t{user['role']}\t{'token' if user['token'] else ''}\t{user['added']}")


def _asked(piped: bool) -> str:
    if piped:
        return sys.stdin.readline().rstrip("\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
