"""``dateline times``, ``dateline statements`` and ``dateline events``: of one report, or of an archive."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

import click
from click.core import ParameterSource

from dateline.serve.cli.add import archive_option
from dateline.serve.cli.options import record_of_report, report_of, report_options
from dateline.serve.cli.questions import filters, glanced, opened, output_options, tell_counts, tell_similar

if TYPE_CHECKING:
    from dateline.records import Record, Report

Kind = Literal["times", "statements", "events"]

# What the table shows of each kind; the other formats hold everything.
_SHOWN = {
    "times": ("id", "text", "type", "value", "begin", "end"),
    "statements": ("id", "chain", "cue", "content"),
    "events": ("id", "day", "actor", "act", "recipient", "factuality", "place"),
}
_SHOWN_OF_ARCHIVE = {
    "statements": ("published", "speaker_name", "content", "publisher", "item"),
    "events": ("day", "actor", "act", "recipient", "factuality", "item"),
}
# What says which report is read, and how: nothing that an archive could be asked for.
_OF_FILE = ("file", "sample", "published", "title", "url", "model", "codebooks", "alone", "cues")
_FILE = "FILE is plain text or a saved web page; - is standard input."


@click.command()
@report_options
@output_options
@click.option("--timeml", is_flag=True, help="Write the text with its times as TimeML; FILE may be TimeML, too.")
def times(form: str, output: str | None, timeml: bool, **given: Any) -> None:
    """Print the time expressions of one report.

    FILE is plain text or a saved web page; - is standard input.
    """
    if timeml:
        _write_timeml(given, output)
    else:
        _print(_record(given), "times", form, output)


def _write_timeml(given: dict[str, Any], output: str | None) -> None:
    """Write a report as TimeML, from a file of any kind or from one in TimeML."""
    from dateline.mentions.times import to_timeml

    report = _report_in_timeml(given)
    reading = {name: given.pop(name) for name in ("model", "codebooks", "alone", "cues")}
    if report is None:
        report = report_of(given.pop("file"), given.pop("sample"), **given)
    times = record_of_report(report, **reading).times
    with click.open_file(output or "-", "w", encoding="utf-8") as target:
        target.write(to_timeml(report.text, times, report.published, report.id))


def _report_in_timeml(given: dict[str, Any]) -> Report | None:
    """The report in a TimeML file, or None where the file is something else."""
    from pathlib import Path

    from dateline.intake import make_report
    from dateline.mentions.times import read_timeml

    try:
        source = Path(given["file"] or "").read_bytes()
    except OSError:
        return None  # the usual way tells what is wrong
    if b"<TimeML" not in source[:2000]:
        return None
    found = read_timeml(source)[0]
    published = given["published"] or found.published
    return make_report(found.text, id=found.id, published=published, title=given["title"] or found.title)


def _command(kind: Literal["statements", "events"], fields: Callable[[Any], Any]) -> click.Command:
    words = (
        f"Print the {kind} of one report, or those of an archive.\n\n{_FILE} Without FILE the archive is asked, and "
        f"the filters say for which {kind}: all that are given must hold, and standard error tells how many "
        "each leaves out."
    )

    @click.command(kind, help=words)
    @report_options
    @archive_option
    @fields
    @output_options
    @click.pass_context
    def command(
        context: click.Context,
        /,
        archive: str | None,
        form: str,
        output: str | None,
        publisher: str | None,
        **given: Any,
    ) -> None:
        asked = {name: value for name, value in given.items() if name not in _OF_FILE}
        of_file = {name: given[name] for name in _OF_FILE}
        if _asks_archive(context, asked):
            _ask(kind, archive, {**asked, "publisher": publisher}, form, output)
        else:
            _print(_record({**of_file, "publisher": publisher}), kind, form, output)

    return command


statements = _command("statements", filters("statements", publisher=False))
events = _command("events", filters("events", publisher=False))


def _asks_archive(context: click.Context, asked: dict[str, Any]) -> bool:
    """Whether the options mean an archive and not one report.

    Raises:
        UsageError: they mean both.
    """
    import os

    def named(names: Any) -> list[str]:
        chosen = [n for n in names if context.get_parameter_source(n) is not ParameterSource.DEFAULT]
        return [p.opts[-1] for p in context.command.params if p.name in chosen]

    if context.params["file"] is None and context.params["sample"] is None:
        if context.params["archive"] or os.environ.get("DATELINE_ARCHIVE"):
            if reading := named(_OF_FILE):
                raise click.UsageError(f"{', '.join(reading)} is for reading a FILE; an archive takes filters")
            return True
        if filtering := named(asked):
            raise click.UsageError(f"{', '.join(filtering)} filters an archive: name it with --archive")
        raise click.UsageError("name a file, or - for standard input, or --sample NAME, or --archive FILE")
    if filtering := named((*asked, "archive")):
        raise click.UsageError(f"name a report or an archive, not both: {', '.join(filtering)} is for an archive")
    return False


def _ask(kind: Literal["statements", "events"], archive: str | None, asked: Any, form: str, output: str | None) -> None:
    from dateline.serve.answers import write_rows
    from dateline.store import Question, ask_events, ask_statements, count_events, count_statements

    ask, count = (ask_events, count_events) if kind == "events" else (ask_statements, count_statements)
    question = Question(**asked)
    with opened(archive) as store:
        rows = ask(store, question)
        found = write_rows(map(glanced, rows) if form == "table" else rows, form, _SHOWN_OF_ARCHIVE[kind], output)
        tell_counts(count(store, question), kind)
        if not found:
            tell_similar(store, question.actor, question.recipient, question.between, question.source)


def _record(given: dict[str, Any]) -> Record:
    reading = {name: given.pop(name) for name in ("model", "codebooks", "alone", "cues")}
    return record_of_report(report_of(given.pop("file"), given.pop("sample"), **given), **reading)


def _print(record: Record, kind: Kind, form: str, output: str | None) -> None:
    import msgspec

    from dateline.serve.answers import write_rows
    from dateline.serve.rows import rows

    items = getattr(record, kind)
    if form == "table" and output is None:
        _table(record, kind)
    elif form in ("json", "jsonl"):
        write_rows(msgspec.to_builtins(items), form, (), output)
    else:
        write_rows(rows(record, kind), form, _SHOWN[kind], output)


def _table(record: Record, kind: Kind) -> None:
    from dateline.serve.answers import write_rows
    from dateline.serve.rows import rows

    if not getattr(record, kind):
        click.echo(f"no {kind} found")
        return
    write_rows(({**row, **_glance(row)} for row in rows(record, kind)), "table", _SHOWN[kind])


def _glance(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"act": f"{row.get('type')} {row.get('mode') or ''}".strip(), "day": row.get("begin")}
