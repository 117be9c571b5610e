"""``dateline check``."""

from __future__ import annotations

import sys

import click

from dateline.serve.cli.add import archive_option


@click.command()
@archive_option
def check(archive: str | None) -> None:
    """Verify an archive: its records can be read, nothing is missing, twice, or left over."""
    from dateline.serve.cli.questions import opened
    from dateline.store.invariants import problems

    with opened(archive) as store:
        found = 0
        for problem in problems(store):
            found += 1
            click.echo(problem)
        counts = store.counts()
    if found:
        click.echo(f"{found:,} {'problem' if found == 1 else 'problems'}", err=True)
        sys.exit(1)
    click.echo("sound: " + ", ".join(f"{n:,} {what}" for what, n in counts.items()), err=True)
