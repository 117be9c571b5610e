"""Commands on what reports have to do with each other: reconcile, accounts, account, sources."""

from __future__ import annotations

import sys
from typing import Any

import click

from dateline.serve.cli.add import archive_option
from dateline.serve.cli.options import engine_option
from dateline.serve.cli.questions import opened, output_options, tell_similar

# Those of `dateline.reconcile.standing.Standing`, which takes long to import.
_STANDINGS = ("single source", "repeated", "corroborated", "disputed", "denied")


@click.command()
@archive_option
@click.option("--full", is_flag=True, help="Look at all reports anew, not only at those that came or changed.")
@click.option("--records", metavar="FOLDER", help="Reconcile the records that `code -o FOLDER/` wrote, not an archive.")
@click.option("-o", "--output", metavar="FOLDER", help="With --records: where accounts and stories go, as Parquet.")
@engine_option
@click.option("-j", "--jobs", type=click.IntRange(1, 4096), help="With --records: number of processes.")
@click.option("--resume", is_flag=True, help="With --records: go on where an interrupted run stopped.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
def reconcile(
    archive: str | None,
    full: bool,
    records: str | None,
    output: str | None,
    engine: str,
    jobs: int | None,
    resume: bool,
    quiet: bool,
) -> None:
    """Tell which reports are one story and which events one occurrence, and how each is supported.

    In an archive only what is new is looked at, and what it touches; accounts keep their names. What
    people merged or split stays so. Records in files (--records) are looked at all together, in blocks
    that go to processes of this machine or to Ray; folders may be addresses (s3://bucket/coded/).
    """
    if (records is None) != (output is None):
        raise click.UsageError("--records and --output go together")
    if records is None and (engine != "local" or jobs or resume):
        raise click.UsageError(
            "--engine, --jobs and --resume go with --records; an archive is reconciled in one process"
        )
    if records is not None and (archive or full):
        raise click.UsageError("--records stands instead of an archive")

    def progress(step: str) -> None:
        if not quiet and sys.stderr.isatty():
            click.echo(f"\r{step:<20}", nl=False, err=True)

    if records is not None and output is not None:
        from dateline.serve.blocks import reconcile_records

        found = reconcile_records(records, output, engine=engine, jobs=jobs, resume=resume, on_progress=progress)
    else:
        from dateline.store.reconciled import reconcile as run
        from dateline.store.reconciled import totals

        with opened(archive) as store:
            run(store, full=full, on_progress=progress)
            found = totals(store)
    if not quiet:
        if sys.stderr.isatty():
            click.echo("\r", nl=False, err=True)
        click.echo(
            f"{found.reports:,} reports, {found.stories:,} stories, {found.accounts:,} accounts, "
            f"{found.told_more_than_once:,} of them told by more than one report",
            err=True,
        )


@click.command()
@archive_option
@click.option("--standing", type=click.Choice(_STANDINGS), help="How it is supported.")
@click.option("--type", "type", metavar="TYPE", help="PLOVER type: CONSULT, ASSAULT, …")
@click.option("--who", metavar="WHO", help="Somebody in it: RUS, an entity's id, or a name.")
@click.option("--since", metavar="DATE", help="Took place on this day or later.")
@click.option("--until", metavar="DATE", help="Took place before this day.")
@click.option(
    "--least-reports", type=click.IntRange(1), default=1, show_default=True, help="Told by at least so many reports."
)
@output_options
def accounts(archive: str | None, form: str, output: str | None, **asked: Any) -> None:
    """List the accounts of an archive: one occurrence each, with how it is supported."""
    from dateline.serve.answers import write_rows
    from dateline.store.accounts import ask_accounts, count_accounts

    columns = ("day", "key", "standing", "reports", "origins", "headline")
    with opened(archive) as store:
        found = write_rows(ask_accounts(store, **asked), form, columns, output)
        click.echo(f"{found:,} of {count_accounts(store):,} accounts", err=True)
        if not found:
            tell_similar(store, asked["who"])


@click.command()
@click.argument("account_id", metavar="ID")
@archive_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def account(account_id: str, archive: str | None, as_json: bool) -> None:
    """Show an account: its sources as a tree, why it stands as it does, what conflicts.

    ID is what `dateline accounts` prints in the column key, or report/event of any of its tellings.
    """
    from dateline.store.accounts import account_tree

    with opened(archive) as store:
        found = account_tree(store, account_id)
    if as_json:
        import json

        click.echo(json.dumps(found, ensure_ascii=False))
        return
    from rich.console import Console

    from dateline.serve.testimony import show_account

    show_account(found, Console(emoji=False, markup=False, highlight=False))


@click.command()
@archive_option
@output_options
def sources(archive: str | None, form: str, output: str | None) -> None:
    """List the root sources: how many accounts rest on each, how many on it alone, who relies on it."""
    from dateline.serve.answers import write_rows
    from dateline.store.accounts import ask_sources

    columns = ("name", "kind", "country", "accounts", "alone", "reports", "relied_on_by")
    with opened(archive) as store:
        rows = ask_sources(store)
        if form in ("table", "csv"):
            rows = (
                {**r, "relied_on_by": [f"{p['publisher']} {p['accounts']}" for p in r["relied_on_by"]]} for r in rows
            )
        found = write_rows(rows, form, columns, output)
        click.echo(f"{found:,} {'source' if found == 1 else 'sources'}", err=True)
