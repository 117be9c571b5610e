"""``dateline date``."""

from __future__ import annotations

import click

from dateline.serve.cli.options import record_of_report, report_of, report_options


@click.command()
@report_options
@click.option("--json", "as_json", is_flag=True, help="Print the date and the window as JSON.")
def date(
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
) -> None:
    """Tell when a report was published, or for an undated one the window that its text leaves, and why."""
    import msgspec

    from dateline.serve.wording import published as in_words

    given = report_of(file, sample, published=published, publisher=publisher, title=title, url=url)
    report = record_of_report(given, model, codebooks, alone, cues).report
    if as_json:
        names = ("id", "published", "published_basis", "published_window")
        click.echo(msgspec.json.encode({name: getattr(report, name) for name in names}))
        return
    for line in in_words(report):
        click.echo(line)
