"""``dateline serve``."""

from __future__ import annotations

import click


@click.command()
@click.argument("archive", required=False, metavar="[FILE|postgresql://…]", envvar="DATELINE_ARCHIVE")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="Port to listen on.")
@click.option("--demo", is_flag=True, help="Serve a temporary archive of reports that come along.")
def serve(archive: str | None, host: str, port: int, demo: bool) -> None:
    """Open pages on an archive: read reports, follow events through time and sources, correct the machine."""
    from dateline.errors import MissingExtraError

    if (archive is None) != demo:
        raise click.UsageError("name an archive, or --demo, not both")
    try:
        import fastapi  # noqa: F401
        import uvicorn
    except ImportError as error:
        raise MissingExtraError("fastapi", "web", "dateline serve") from error
    from dateline.serve.web import Settings, create_app
    from dateline.serve.web.demo import demo_archive

    if demo:
        click.echo("reading the reports of the demonstration", err=True)
        archive = demo_archive()
    assert archive is not None
    click.echo(f"http://{host}:{port}/", err=True)
    uvicorn.run(create_app(Settings(archive, host, port)), host=host, port=port, log_level="warning")
