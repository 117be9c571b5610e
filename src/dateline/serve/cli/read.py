"""``dateline read``."""

from __future__ import annotations

import click

from dateline.serve.cli.options import record_of_report, report_of, report_options


@click.command()
@report_options
@click.option("--json", "as_json", is_flag=True, help="Print the record as JSON.")
def read(
    file: str | None,
    sample: str | None,
    published: str | None,
    publisher: str | None,
    title: str | None,
    url: str | None,
    model: str | None,
    as_json: bool,
) -> None:
    """Read one report and show what it says.

    FILE is plain text or a saved web page; - is standard input.
    """
    report = report_of(file, sample, published=published, publisher=publisher, title=title, url=url)
    record = record_of_report(report, model)
    if as_json:
        click.echo(record.to_json())
    else:
        from rich.console import Console

        from dateline.serve.terminal import show

        show(record, Console(markup=False, emoji=False, highlight=False))
