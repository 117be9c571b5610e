"""``dateline recode``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from dateline.serve.cli.add import archive_option, reconcile_option
from dateline.serve.cli.options import economy_options, model_option
from dateline.serve.cli.questions import opened

if TYPE_CHECKING:
    from dateline.serve.recoding import RecodeTally


@click.command()
@archive_option
@click.option("--all", "everything", is_flag=True, help="Also those that this version coded.")
@click.option("-j", "--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Number of processes.")
@model_option
@economy_options
@reconcile_option
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary; what fails is still told.")
def recode(
    archive: str | None,
    everything: bool,
    jobs: int,
    model: str | None,
    triage: bool,
    cache: str | None,
    reconciling: bool,
    quiet: bool,
) -> None:
    """Code the reports of an archive again with this version of Dateline.

    What people said (see `dateline correct`) holds. Reports that this version of Dateline and of the
    parser coded are left alone, also those that --triage left unparsed, so that a run that is stopped goes
    on where it stopped; --all codes them, too.
    """
    from dateline.serve.recoding import recode as code_again
    from dateline.serve.setup import Setup

    def progress(tally: RecodeTally) -> None:
        if not quiet and sys.stderr.isatty():
            click.echo(f"\r{tally.done:,} of {tally.total:,} reports coded again ", nl=False, err=True)

    setup = Setup.of(model, None, triage=triage, cache=cache)
    with opened(archive) as store:
        tally = code_again(store, everything=everything, jobs=jobs, setup=setup, on_progress=progress)
        if reconciling and tally.done:
            from dateline.store.reconciled import reconcile

            reconcile(store)
    if not quiet and sys.stderr.isatty():
        click.echo("\r", nl=False, err=True)
    for report, reason in tally.bad:
        click.echo(f"dateline: report {report}: {reason}; its old record stays", err=True)
    if not quiet:
        failed = f", {len(tally.bad):,} failed" if tally.bad else ""
        click.echo(f"{tally.done:,} coded again, {tally.left:,} coded by this version already{failed}", err=True)
    if tally.bad:
        sys.exit(1)
