"""The progress of a batch job on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dateline.intake import BadLine
    from dateline.serve.batch import Tally


class Progress:
    """A context manager; `update` moves the bar, `tell` reports a bad line above it."""

    def __init__(self, *, quiet: bool) -> None:
        self._bar = None
        if not quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, TaskProgressColumn, TextColumn
            from rich.progress import Progress as Bar

            self._bar = Bar(
                TextColumn("{task.description}"),
                BarColumn(bar_width=None),
                TaskProgressColumn(),
                TextColumn("{task.fields[rate]}"),
                TextColumn("{task.fields[left]}", style="cyan"),
                console=Console(stderr=True, markup=False, highlight=False, emoji=False),
                transient=True,
                refresh_per_second=4,
            )
            self._task = self._bar.add_task("loading the pipeline", total=None, rate="", left="")
        self._begun: float | None = None
        self._first = 0

    def __enter__(self) -> Progress:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def tell(self, line: BadLine, file: str | None = None) -> None:
        """Report a line that gave no record, and of several files which."""
        message = f"dateline: {f'{file}, ' if file else ''}line {line.number}: {line.reason}"
        if self._bar is not None:
            self._bar.console.print(message, soft_wrap=True)
        else:
            click.echo(message, err=True)

    def update(self, tally: Tally) -> None:
        """Show how far the job is; called first when the work begins, then after each chunk."""
        if self._bar is None:
            return
        now = time.monotonic()
        if self._begun is None:
            self._begun, self._first = now, tally.position
        spent = now - self._begun
        coded = tally.records - tally.resumed
        rate = f"{coded / spent:,.1f}/s" if spent > 0 and coded else ""
        left = ""
        gone = tally.position - self._first
        if tally.size and gone > 0 and spent > 0:
            left = f"{_span(spent * (tally.size - tally.position) / gone)} left"
        self._bar.update(
            self._task,
            description=f"{tally.records:,} records",
            total=tally.size,
            completed=tally.position,
            rate=rate,
            left=left,
        )


def _span(seconds: float) -> str:
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
