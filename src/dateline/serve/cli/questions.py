"""Commands that ask an archive: reports, search, stories, timeline, who-said."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import click

from dateline.serve.cli.add import archive_option

if TYPE_CHECKING:
    from dateline.store import Archive, Counts

_FORMATS = ("table", "json", "jsonl", "csv", "parquet")

_REJECTED = click.option("--rejected", is_flag=True, help="Also what people rejected.")
_REPORT = (
    click.option("--text", metavar="WORDS", help='Reports that hold these words; "a phrase"; -word: without it.'),
    click.option("--published-since", metavar="DATE", help="Published on this day or later."),
    click.option("--published-until", metavar="DATE", help="Published before this day."),
)
_PUBLISHER = click.option("--publisher", metavar="NAME", help="Published by.")
_STATEMENT = (
    click.option("--source", metavar="WHO", help="According to whom."),
    click.option("--country", metavar="CODE", help="The speaker is of this country (ISO 3166-1 alpha-3)."),
    _REJECTED,
)
_EVENT = (
    click.option("--actor", metavar="WHO", help="Who acts: RUS, an entity's id, or a name."),
    click.option("--recipient", metavar="WHO", help="Who is acted upon."),
    click.option("--with", "between", metavar="WHO", help="The other side, whoever of the two acts."),
    click.option("--country", metavar="CODE", help="Either side is of this country (ISO 3166-1 alpha-3)."),
    click.option("--sector", metavar="CODE", help="Either side is of this sector: GOV, MIL, REB, …"),
    click.option("--type", "type", metavar="TYPE", help="PLOVER type: CONSULT, ASSAULT, …"),
    click.option("--mode", metavar="MODE", help="PLOVER mode: visit, aerial, …"),
    click.option("--context", metavar="CONTEXT", help="PLOVER context: military, economic, …"),
    click.option("--plover", metavar="TYPE", help="Type by PLOVER's rules for planned, refused and threatened acts."),
    click.option("--factuality", metavar="WORD", help="occurred, planned, denied, …"),
    click.option("--standing", metavar="WORD", help="corroborated, single source, disputed, …"),
    click.option("--source", metavar="WHO", help="According to whom."),
    click.option("--place", metavar="NAME", help="Where."),
    click.option("--since", metavar="DATE", help="Took place on this day or later."),
    click.option("--until", metavar="DATE", help="Took place before this day."),
    click.option("--min-confidence", "confidence", type=click.FloatRange(0, 1), help="Least confidence."),
    click.option("--distinct", is_flag=True, help="Without repeated mentions of one event in a report."),
    _REJECTED,
)
_ACTOR = (
    click.option("--country", metavar="CODE", help="Of this country (ISO 3166-1 alpha-3)."),
    click.option("--sector", metavar="CODE", help="Of this sector: GOV, MIL, REB, …"),
)
_OF = {"reports": (), "statements": _STATEMENT, "events": _EVENT, "actors": _ACTOR}
# Filters whose option has another name.
_OPTION = {"between": "with", "confidence": "min-confidence"}


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say how its answer is written."""
    command = click.option("-o", "--output", metavar="FILE", help="Write to a file.")(command)
    return click.option(
        "--format", "form", type=click.Choice(_FORMATS), default="table", show_default=True, help="How it is written."
    )(command)


def filters(
    of: Literal["reports", "statements", "events", "actors"], *, publisher: bool = True
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the filters on reports, and those on what it asks for.

    Args:
        of: what the command asks for.
        publisher: whether the command still lacks the option of this name.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed((*_OF[of], *_REPORT, *((_PUBLISHER,) if publisher else ()))):
            command = option(command)
        return command

    return decorate


def opened(archive: str | None) -> Archive:
    """The archive that the options name; it must exist.

    Raises:
        InputError: none is named.
        ArchiveError: it cannot be opened.
    """
    from dateline.serve.archiving import require
    from dateline.store import Archive

    return Archive.open(require(archive), create=False)


def glanced(row: dict[str, Any]) -> dict[str, Any]:
    """A row with what a table brings together: the act, and the names that `dateline correct` takes."""
    act = f"{row.get('type')} {row.get('mode') or ''}".strip()
    return row | {"act": act, "item": f"{row['report_id']} {row.get('event') or row['statement']}"}


def tell_similar(store: Archive, *whom: str | None) -> None:
    """Where nothing was found, say on standard error which names are like those that were asked for."""
    from dateline.store.question import similar_names

    for name in whom:
        if name:
            with store.read() as connection:
                found = [known for known in similar_names(connection, name) if known.casefold() != name.casefold()]
            if found:
                click.echo(f"a name is taken as a whole; those that hold {name!r}: {', '.join(found)}", err=True)


def tell_counts(counts: Counts, what: str) -> None:
    """Say on standard error how many were found, and what each filter left out."""
    parts = []
    for name, n in counts.left_out.items():
        if name == "rejected":
            parts.append(f"{n:,} that people rejected are left out without --rejected")
        elif n:
            parts.append(f"--{_OPTION.get(name, name).replace('_', '-')} leaves out {n:,}")
    left = f" ({'; '.join(parts)})" if parts else ""
    click.echo(f"{counts.found:,} of {counts.all:,} {what}{left}", err=True)


@click.command()
@archive_option
@filters("reports")
@output_options
def reports(archive: str | None, form: str, output: str | None, **asked: Any) -> None:
    """List the reports of an archive."""
    from dateline.serve.answers import write_rows
    from dateline.store import Question, ask_reports, count_reports

    question = Question(**asked)
    with opened(archive) as store:
        write_rows(ask_reports(store, question), form, ("published", "publisher", "title", "version", "id"), output)
        tell_counts(count_reports(store, question), "reports")


@click.command(context_settings={"allow_interspersed_args": False})
@click.argument("words", nargs=-1, required=True)
@archive_option
@output_options
def search(words: tuple[str, ...], archive: str | None, form: str, output: str | None) -> None:
    """Find reports by their words: all of them, "a phrase" together, -word without it."""
    from dateline.serve.answers import write_rows
    from dateline.store import Question, ask_reports, count_reports

    behind = [w for w in words if w.partition("=")[0] in ("-a", "--archive", "-o", "--output", "--format")]
    if behind:
        raise click.UsageError(f"{behind[0]} stands behind the words, which may begin with -: name options before them")
    question = Question(text=" ".join(f'"{w}"' if " " in w else w for w in words) or " ")
    with opened(archive) as store:
        write_rows(ask_reports(store, question), form, ("published", "publisher", "title", "id"), output)
        tell_counts(count_reports(store, question), "reports")


@click.command()
@archive_option
@output_options
def stories(archive: str | None, form: str, output: str | None) -> None:
    """Tell which reports are about the same main event: a line a report, with its story's name."""
    from dateline.serve.answers import write_rows
    from dateline.store.stories import story_rows

    with opened(archive) as store:
        found = write_rows(story_rows(store), form, ("story", "published", "publisher", "title", "report"), output)
        click.echo(f"{found:,} {'report' if found == 1 else 'reports'}", err=True)


@click.command()
@archive_option
@filters("events")
@output_options
def timeline(archive: str | None, form: str, output: str | None, **asked: Any) -> None:
    """Events in the order of their days, repeated mentions left out: --actor PRK --with RUS."""
    from dateline.serve.answers import write_rows
    from dateline.store import Question, ask_events, count_events

    question = Question(**(asked | {"distinct": True}))
    columns = ("day", "actor", "act", "recipient", "place_name", "factuality", "publisher", "item")
    with opened(archive) as store:
        rows = ask_events(store, question)
        found = write_rows(map(glanced, rows) if form == "table" else rows, form, columns, output)
        tell_counts(count_events(store, question), "events")
        if not found:
            tell_similar(store, question.actor, question.recipient, question.between, question.source)


@click.command("who-said")
@click.argument("words")
@archive_option
@output_options
def who_said(words: str, archive: str | None, form: str, output: str | None) -> None:
    """Tell who used these words: every statement that holds them, and by whom."""
    from dateline.serve.answers import write_rows
    from dateline.store.ask import ask_wording

    columns = ("published", "speaker_name", "content", "chain", "publisher", "item")
    with opened(archive) as store:
        rows = ask_wording(store, words)
        found = write_rows(map(glanced, rows) if form == "table" else rows, form, columns, output)
        click.echo(f"{found:,} {'statement holds' if found == 1 else 'statements hold'} {words!r}", err=True)
