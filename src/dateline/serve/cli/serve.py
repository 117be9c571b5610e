"""``dateline serve``."""

from __future__ import annotations

import errno
import logging
import socket
from contextlib import suppress

import click

from dateline.serve.cli.add import archive_option


@click.command()
@click.argument("place", required=False, metavar="[FILE|postgresql://…]")
@archive_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="Port to listen on.")
@click.option("--demo", is_flag=True, help="Serve a temporary archive of reports that come along.")
@click.option(
    "--login/--no-login",
    default=None,
    help="Readers log in (see `dateline users`). Without a word: only where others than this machine can reach it.",
)
@click.option("--https", is_flag=True, help="Readers come by https, through a proxy: keep cookies to it.")
@click.option("--open", "look", is_flag=True, help="Open the page in a browser.")
def serve(
    place: str | None,
    archive: str | None,
    host: str,
    port: int,
    demo: bool,
    login: bool | None,
    https: bool,
    look: bool,
) -> None:
    """Open pages on an archive: read reports, follow events through time and sources, correct the machine.

    On this machine alone (the default) nobody needs to log in. On any other address readers log in with a
    name and password, programs with a token. There is an API under /api/v1, described by
    /api/v1/openapi.json.

    \b
    dateline serve news.db
    dateline serve --demo --open
    dateline users add ana --role editor -a news.db
    dateline serve news.db --host 0.0.0.0
    """
    from dateline.errors import InputError, MissingExtraError

    if place is not None and archive is not None:
        raise click.UsageError("name the archive once")
    place = place or archive
    if demo and place is not None:
        raise click.UsageError("--demo serves an archive of its own: name none")
    try:
        import fastapi  # noqa: F401
        import jinja2  # noqa: F401
        import python_multipart  # noqa: F401
        import uvicorn
    except ImportError as error:
        raise MissingExtraError(str(error.name), "web", "dateline serve") from error
    from dateline.serve.archiving import require
    from dateline.serve.web import Settings, create_app
    from dateline.serve.web.demo import demo_archive
    from dateline.serve.web.settings import is_loopback

    settings = Settings("", host, port, login, https)
    if not settings.protected and not is_loopback(host):
        raise InputError(
            f"others than this machine can reach {host}: without a login anybody could read and change the archive; "
            "listen on 127.0.0.1, or let readers log in"
        )
    if demo and settings.protected:
        raise InputError("--demo is for this machine alone: its archive has no users who could log in")
    place = "" if demo else require(place)
    if settings.protected:
        _must_have_users(place, host)
    with _listening(host, port) as ours:
        port = ours.getsockname()[1]
        if demo:
            click.echo("reading the reports of the demonstration …", err=True)
            place = demo_archive()
        app = create_app(Settings(place, host, port, login, https))
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        click.echo(f"{address}  (Ctrl-C ends it)", err=True)
        if look:
            click.launch(address)
        logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=3)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[ours])


def _must_have_users(place: str, host: str) -> None:
    from dateline.errors import InputError
    from dateline.store import Archive
    from dateline.store.users import count_users

    with Archive.open(place, create=False) as store:
        if not count_users(store):
            raise InputError(
                f"readers of {host} must log in, and there are no users in this archive: "
                f"dateline users add NAME --role editor --archive {place}"
            )


def _listening(host: str, port: int) -> socket.socket:
    """Listen before anything else is done: a port that is taken is told at once."""
    from dateline.errors import InputError

    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        how = "another program listens there; name another port with --port" if taken else error.strerror or str(error)
        raise InputError(f"cannot listen on {host} port {port}: {how}") from error
