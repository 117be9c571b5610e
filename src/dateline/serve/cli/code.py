"""``dateline code``."""

from __future__ import annotations

import sys

import click

from dateline.serve.cli.options import economy_options, engine_option, setup_options


@click.command()
@click.argument("source", metavar="IN|-")
@click.option("-o", "--output", required=True, metavar="OUT.jsonl|FOLDER|-", help="Where the records go.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, 4096),
    help="Number of processes; without it 1, or on Ray one for each processor of the cluster.",
)
@engine_option
@click.option("--resume", is_flag=True, help="Go on where an interrupted run for the same output stopped.")
@setup_options
@click.option(
    "--batch-size", type=click.IntRange(1, 10_000), default=16, show_default=True, help="Reports parsed together."
)
@economy_options
@click.option("-q", "--quiet", is_flag=True, help="No progress bar and no summary; bad lines are still reported.")
def code(
    source: str,
    output: str,
    jobs: int | None,
    engine: str,
    resume: bool,
    model: str | None,
    codebooks: tuple[str, ...],
    alone: bool,
    cues: tuple[str, ...],
    batch_size: int,
    triage: bool,
    cache: str | None,
    quiet: bool,
) -> None:
    """Code a file of reports: JSON lines in, one record a line out, in the same order.

    Each input line is an object {"text", "id"?, "published"?, "publisher"?, "title"?, "url"?}; the file may
    be packed with gzip. A line that is no report is told on standard error and skipped, and the exit
    status is 1. The output appears when it is whole.

    IN may also be Parquet (a column text), WARC or CSV, a folder or a pattern of such files, or an address
    (s3://bucket/news/); OUT may be a folder (coded/), also an address, and then gets a Parquet file for each shard of
    the input. Such work is done shard by shard, with the same records on any engine and any number of
    processes.
    """
    from dateline.serve.cli.progress import Progress
    from dateline.serve.setup import Setup

    setup = Setup.of(model, codebooks, not alone, triage, cache, cues)
    with Progress(quiet=quiet) as progress:
        try:
            if engine == "local" and not _by_shards(source, output):
                from dateline.serve.batch import code_file

                tally = code_file(
                    source,
                    output,
                    setup=setup,
                    jobs=jobs or 1,
                    batch_size=batch_size,
                    resume=resume,
                    on_bad=progress.tell,
                    on_progress=progress.update,
                )
            else:
                from dateline.serve.shards import code_shards

                if "-" in (source, output):
                    raise click.UsageError("work by shards needs files: name the input and the output")
                tally = code_shards(
                    [source],
                    output,
                    setup=setup,
                    engine=engine,
                    jobs=jobs,
                    batch_size=batch_size,
                    resume=resume,
                    on_bad=lambda file, line: progress.tell(line, file),
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


def _by_shards(source: str, output: str) -> bool:
    """Is this more than one local file of JSON lines into one local file?"""
    import os

    if "://" in source or "://" in output or os.path.isdir(source) or os.path.isdir(output) or output.endswith("/"):
        return True
    if source != "-" and not os.path.exists(source) and any(mark in source for mark in "*?["):
        return True
    return source.lower().removesuffix(".gz").endswith((".parquet", ".warc", ".csv", ".tsv"))
