"""``dateline times``, ``dateline statements`` and ``dateline events``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dateline.serve.cli.options import record_of_report, report_of, report_options

if TYPE_CHECKING:
    from dateline.records import Record

# What the table shows of each kind; the JSON holds everything.
_SHOWN = {
    "times": ("id", "text", "type", "value", "begin", "end"),
    "statements": ("id", "chain", "cue", "content"),
    "events": ("id", "factuality", "actor", "act", "recipient", "begin", "end", "place"),
}


def _command(kind: str, summary: str) -> click.Command:
    @click.command(kind, help=f"{summary}\n\nFILE is plain text or a saved web page; - is standard input.")
    @report_options
    @click.option(
        "--format",
        "style",
        type=click.Choice(["table", "json", "jsonl"]),
        default="table",
        show_default=True,
        help="A table, one JSON array, or one JSON object a line.",
    )
    def command(
        file: str | None,
        sample: str | None,
        published: str | None,
        publisher: str | None,
        title: str | None,
        url: str | None,
        model: str | None,
        codebooks: tuple[str, ...],
        alone: bool,
        style: str,
    ) -> None:
        report = report_of(file, sample, published=published, publisher=publisher, title=title, url=url)
        _print(record_of_report(report, model, codebooks, alone), kind, style)

    return command


times = _command("times", "Print the time expressions of one report.")
statements = _command("statements", "Print the statements of one report.")
events = _command("events", "Print the events of one report.")


def _print(record: Record, kind: str, style: str) -> None:
    import msgspec

    items = getattr(record, kind)
    if style == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(items), indent=2))
        return
    if style == "jsonl":
        for item in items:
            click.echo(msgspec.json.encode(item))
        return
    from rich.console import Console

    from dateline.serve.rows import rows
    from dateline.serve.terminal import print_plainly, table_of
    from dateline.serve.wording import printable

    if not items:
        click.echo(f"no {kind} found")
        return
    cells = []
    for row in rows(record, kind):
        row["act"] = f"{row.get('type')} {row.get('mode') or ''}".strip()
        cells.append([printable(str(row[name])) if row[name] is not None else "" for name in _SHOWN[kind]])
    print_plainly([table_of(_SHOWN[kind], cells)], Console(markup=False, emoji=False, highlight=False))
