"""``dateline add``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from dateline.serve.cli.options import economy_options, model_option

if TYPE_CHECKING:
    from dateline.intake.fetch import Fetcher
    from dateline.intake.sources import BadSource
    from dateline.serve.archiving import AddTally

archive_option = click.option(
    "-a",
    "--archive",
    metavar="FILE|postgresql://…",
    help="The archive: a SQLite file or a PostgreSQL address [env: DATELINE_ARCHIVE].",
)

allow_option = click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar="NAME",
    help="A host that may lie in a private network; may be given again.",
)

reconcile_option = click.option(
    "--reconcile/--no-reconcile",
    "reconciling",
    default=True,
    help="At the end, tell what the new reports have to do with the others (`dateline reconcile`).",
)


def fetcher_for(allowed: tuple[str, ...]) -> Fetcher:
    """What fetches for a command."""
    from dateline import __version__
    from dateline.intake.fetch import Fetcher

    return Fetcher(allow_hosts=allowed, version=__version__)


@click.command()
@click.argument("places", nargs=-1, required=True, metavar="PATH|URL…")
@archive_option
@click.option("-j", "--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Number of processes.")
@allow_option
@model_option
@economy_options
@reconcile_option
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary; what is bad is still told.")
def add(
    places: tuple[str, ...],
    archive: str | None,
    jobs: int,
    allowed: tuple[str, ...],
    model: str | None,
    triage: bool,
    cache: str | None,
    reconciling: bool,
    quiet: bool,
) -> None:
    """Read reports into an archive.

    PATH is a file or folder: text, Markdown, saved web pages, JSON lines, CSV, Parquet, WARC, RSS or
    Atom, any of them packed with gzip. URL is the http or https address of a page, or of a feed, whose
    entries are fetched; addresses in private networks are refused unless --allow-host names them.

    Reading the same report twice changes nothing; a changed one becomes a new version, and both stay.
    What cannot be read is told and skipped, and the exit status is 1. A run that is stopped goes on
    where it stopped when it is started again.
    """
    from dateline.serve.archiving import add_reports, reports_of, require
    from dateline.serve.setup import Setup
    from dateline.store import Archive

    def tell(bad: BadSource) -> None:
        click.echo(f"dateline: {bad.reason if bad.where in bad.reason else f'{bad.where}: {bad.reason}'}", err=True)

    last = 0

    def progress(tally: AddTally) -> None:
        nonlocal last
        if not quiet and sys.stderr.isatty() and tally.read != last:
            last = tally.read
            click.echo(f"\r{tally.read:,} reports read, {tally.new + tally.changed:,} stored ", nl=False, err=True)

    with Archive.open(require(archive)) as opened:
        found = reports_of(places, fetcher_for(allowed))
        setup = Setup.of(model, None, triage=triage, cache=cache)
        tally = add_reports(opened, found, jobs=jobs, setup=setup, on_bad=tell, on_progress=progress)
        if reconciling and tally.new + tally.changed:
            from dateline.store.reconciled import reconcile

            reconcile(opened)
    if not quiet:
        if sys.stderr.isatty():
            click.echo("\r", nl=False, err=True)
        bad = f"; {len(tally.bad):,} could not be read" if tally.bad else ""
        click.echo(f"{tally.new:,} new, {tally.changed:,} changed, {tally.known:,} known{bad}", err=True)
    if tally.bad:
        sys.exit(1)
