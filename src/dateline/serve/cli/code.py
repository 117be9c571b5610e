"""``dateline code``."""

from __future__ import annotations

import sys

import click

from dateline.serve.cli.options import setup_options


@click.command()
@click.argument("source", metavar="IN.jsonl|-")
@click.option("-o", "--output", required=True, metavar="OUT.jsonl|-", help="Where the records go.")
@click.option("-j", "--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Number of processes.")
@click.option("--resume", is_flag=True, help="Go on where an interrupted run for the same output stopped.")
@setup_options
@click.option(
    "--batch-size", type=click.IntRange(1, 10_000), default=32, show_default=True, help="Reports parsed together."
)
@click.option("-q", "--quiet", is_flag=True, help="No progress bar and no summary; bad lines are still reported.")
def code(
    source: str,
    output: str,
    jobs: int,
    resume: bool,
    model: str | None,
    codebooks: tuple[str, ...],
    alone: bool,
    batch_size: int,
    quiet: bool,
) -> None:
    """Code a file of reports: JSON lines in, one record a line out, in the same order.

    Each input line is an object {"text", "id"?, "published"?, "publisher"?, "title"?, "url"?}; the file may
    be packed with gzip. A line that is no report is told on standard error and skipped, and the exit
    status is 1. The output appears when it is whole.
    """
    from dateline.serve.batch import code_file
    from dateline.serve.cli.progress import Progress
    from dateline.serve.setup import Setup

    with Progress(quiet=quiet) as progress:
        try:
            tally = code_file(
                source,
                output,
                setup=Setup.of(model, codebooks, not alone),
                jobs=jobs,
                batch_size=batch_size,
                resume=resume,
                on_bad=progress.tell,
                on_progress=progress.update,
            )
        except KeyboardInterrupt:
            if output != "-":
                click.echo(f"dateline: stopped; --resume goes on with {output}", err=True)
            raise
    if not quiet:
        resumed = f", {tally.resumed:,} of them earlier" if tally.resumed else ""
        bad = f"; {len(tally.bad):,} {'line' if len(tally.bad) == 1 else 'lines'} skipped" if tally.bad else ""
        click.echo(f"{tally.records:,} {'record' if tally.records == 1 else 'records'}{resumed}{bad}", err=True)
    if tally.bad:
        sys.exit(1)
