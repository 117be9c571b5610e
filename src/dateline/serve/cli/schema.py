"""``dateline schema``."""

from __future__ import annotations

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of a record (dateline/1)."""
    import msgspec

    from dateline.records import json_schema

    click.echo(msgspec.json.format(msgspec.json.encode(json_schema()), indent=2))
