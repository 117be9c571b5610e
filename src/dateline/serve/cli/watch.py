"""``dateline watch``."""

from __future__ import annotations

import re
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from dateline.serve.cli.add import allow_option, archive_option, fetcher_for, reconcile_option
from dateline.serve.cli.options import economy_options, model_option

if TYPE_CHECKING:
    from dateline.intake.sources import BadSource
    from dateline.serve.watching import Round

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def _interval(context: click.Context, option: click.Parameter, value: str) -> timedelta:
    found = re.fullmatch(r"(\d{1,6})([smhd])", value.strip())
    if not found:
        raise click.BadParameter(f"{value!r} is no time: write 90s, 15m, 2h or 1d")
    seconds = int(found[1]) * _UNITS[found[2]]
    if not 10 <= seconds <= 30 * 86400:
        raise click.BadParameter(f"{value!r}: from 10s to 30d")
    return timedelta(seconds=seconds)


@click.command()
@click.argument("file", metavar="FEEDS.txt")
@archive_option
@click.option(
    "--every",
    metavar="TIME",
    callback=_interval,
    default="15m",
    show_default=True,
    help="How often each feed is asked.",
)
@click.option("--once", is_flag=True, help="Ask each feed once and end, for cron.")
@allow_option
@model_option
@economy_options
@reconcile_option
@click.option("-q", "--quiet", is_flag=True, help="No summaries; what is bad is still told.")
def watch(
    file: str,
    archive: str | None,
    every: timedelta,
    once: bool,
    allowed: tuple[str, ...],
    model: str | None,
    triage: bool,
    cache: str | None,
    reconciling: bool,
    quiet: bool,
) -> None:
    """Watch feeds, and read what they announce into an archive.

    FEEDS.txt lists RSS or Atom feeds, one address a line. Each page that is new is fetched, coded and
    stored. Servers are treated politely: robots.txt is obeyed, a host is asked once a second at most, what
    has not changed is not sent again, and what fails is asked ever later. Addresses in private networks
    are refused unless --allow-host names them. With --once the exit status is 1 where a feed failed.
    """
    from dateline.serve.archiving import require
    from dateline.serve.setup import Setup
    from dateline.serve.watching import feeds_in, watch_once
    from dateline.serve.watching import watch as go_on
    from dateline.serve.wording import printable
    from dateline.store import Archive

    def tell(bad: BadSource) -> None:
        reason = bad.reason.removeprefix(f"{bad.where}: ")
        click.echo(printable(f"dateline: {bad.where}: {reason}"), err=True)

    def finish(done: Round) -> None:
        if reconciling and done.new + done.changed:
            from dateline.store.reconciled import reconcile

            reconcile(opened)
        later = (
            f"; {done.later:,} that failed before {'waits' if done.later == 1 else 'wait'}"
            if once and done.later
            else ""
        )
        if not quiet and (done.asked or done.new or done.changed or later):
            failed = f", {done.failed:,} failed" if done.failed else ""
            bad = f", {done.bad:,} pages not read" if done.bad else ""
            left = f"; {done.waiting:,} pages wait for the next round" if done.waiting else ""
            asked = f"{done.asked:,} {'feed' if done.asked == 1 else 'feeds'} asked{failed}"
            click.echo(f"{asked}: {done.new:,} new, {done.changed:,} changed{bad}{left}{later}", err=True)

    feeds = feeds_in(file)
    setup = Setup.of(model, None, triage=triage, cache=cache)
    with Archive.open(require(archive)) as opened:
        if not once:
            go_on(opened, feeds, fetcher_for(allowed), every=every, setup=setup, tell=tell, on_round=finish)
            return
        done = watch_once(opened, feeds, fetcher_for(allowed), every=every, setup=setup, tell=tell)
        finish(done)
    if done.failed:
        sys.exit(1)
