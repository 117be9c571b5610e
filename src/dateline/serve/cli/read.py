"""``dateline read``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dateline.serve.cli.options import record_of_report, report_of, report_options

if TYPE_CHECKING:
    from dateline.records import Record


@click.command()
@report_options
@click.option("--json", "as_json", is_flag=True, help="Print the record as JSON.")
@click.option("--html", metavar="FILE", help="Write the record as one self-contained web page (- for standard output).")
def read(
    file: str | None,
    sample: str | None,
    published: str | None,
    publisher: str | None,
    title: str | None,
    url: str | None,
    model: str | None,
    codebooks: tuple[str, ...],
    alone: bool,
    cues: tuple[str, ...],
    as_json: bool,
    html: str | None,
) -> None:
    """Read one report and show what it says.

    FILE is plain text or a saved web page; - is standard input.
    """
    if as_json and html == "-":
        raise click.UsageError("--json and --html - both write to standard output")
    report = report_of(file, sample, published=published, publisher=publisher, title=title, url=url)
    record = record_of_report(report, model, codebooks, alone, cues)
    if as_json:
        click.echo(record.to_json())
    if html is not None:
        _write_page(html, record)
    if not as_json and html is None:
        from rich.console import Console

        from dateline.serve.terminal import show

        show(record, Console(markup=False, emoji=False, highlight=False))


def _write_page(target: str, record: Record) -> None:
    from dateline.errors import InputError
    from dateline.serve.page import page

    whole = page(record).encode()
    if target == "-":
        click.echo(whole, nl=False)
        return
    try:
        with open(target, "wb") as file:
            file.write(whole)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"cannot write {target}: {reason}") from error
