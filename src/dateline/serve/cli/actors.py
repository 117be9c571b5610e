"""``dateline actors``: the user's own actors, and questions to the roster."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from dateline.serve.cli.add import archive_option
from dateline.serve.cli.questions import filters, opened, output_options, tell_counts

if TYPE_CHECKING:
    from dateline.resolve.actors.merge import ImportReport

_KINDS = ("person", "organization", "outlet", "group", "country")


@click.group(invoke_without_command=True, no_args_is_help=False)
@archive_option
@filters("actors")
@output_options
@click.pass_context
def actors(context: click.Context, /, archive: str | None, form: str, output: str | None, **asked: Any) -> None:
    """List the actors of an archive; add actors of your own, import dictionaries, ask who holds an office.

    With --archive: everybody whom its reports name, the most reported first. Your actors are kept in
    the file that DATELINE_ACTORS names, else in your data folder.
    """
    if context.invoked_subcommand is not None:
        if archive is not None:
            raise click.UsageError(f"`actors {context.invoked_subcommand}` does not ask an archive")
        return
    if archive is None and not os.environ.get("DATELINE_ARCHIVE"):
        click.echo(context.get_help())
        return
    from dateline.serve.answers import write_rows
    from dateline.store import Question, ask_actors, count_actors

    question = Question(**asked)
    columns = ("entity", "name", "kind", "country", "sector", "reports", "mentions")
    with opened(archive) as store:
        write_rows(ask_actors(store, question), form, columns, output)
        tell_counts(count_actors(store, question), "actors")


@actors.command("add")
@click.argument("name")
@click.option("--country", metavar="CODE", help="ISO 3166-1 alpha-3 code.")
@click.option("--sector", metavar="CODE", help="PLOVER or CAMEO sector: GOV, MIL, OPP, REB and so on.")
@click.option("--kind", type=click.Choice(_KINDS), default="person", show_default=True)
@click.option("--alias", "aliases", multiple=True, metavar="NAME", help="Another name; may be given again.")
@click.option("--title", help="The wording of the office.")
@click.option("--begin", metavar="DATE", help="Since when: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--end", metavar="DATE", help="Until when (this day no more).")
@click.option("--wikidata", metavar="ID", help="Wikidata id, such as Q42.")
def add(
    name: str,
    country: str | None,
    sector: str | None,
    kind: Literal["person", "organization", "outlet", "group", "country"],
    aliases: tuple[str, ...],
    title: str | None,
    begin: str | None,
    end: str | None,
    wikidata: str | None,
) -> None:
    """Add one actor, or what is new of one that is known."""
    from dateline.resolve.actors.actor import Actor, Period
    from dateline.resolve.actors.adding import add_actor
    from dateline.resolve.actors.store import ActorStore, actors_path

    period = Period(country=country, sector=sector, begin=begin, end=end, title=title)
    actor = Actor(
        name=name,
        kind=kind,
        aliases=list(aliases),
        periods=[period] if any((country, sector, begin, end, title)) else [],
        ids={"wikidata": wikidata} if wikidata else {},
    )
    _tell(add_actor(actor, ActorStore(actors_path())))


@actors.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["phoenix", "ftm", "wikidata"]),
    required=True,
    help="phoenix: TABARI, PETRARCH and Phoenix dictionaries; ftm: FollowTheMoney JSON lines; wikidata: a dump.",
)
def import_file(file: Path, form: Literal["phoenix", "ftm", "wikidata"]) -> None:
    """Import a file of actors; malformed lines are told and skipped, and the exit status is 1."""
    from dateline.resolve.actors.adding import import_actors
    from dateline.resolve.actors.store import ActorStore, actors_path

    _tell(import_actors(file, form, ActorStore(actors_path())))


@actors.command("search")
@click.argument("name")
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True)
def search(name: str, limit: int) -> None:
    """Find actors by name, in the roster and among your own."""
    from rich.console import Console

    from dateline.resolve.actors.store import ActorStore, actors_path
    from dateline.resolve.actors.who import search as find
    from dateline.serve.terminal import print_plainly, table_of

    path = actors_path()
    found = find(name, ActorStore(path) if path.is_file() else None, limit)
    if not found:
        click.echo("no actor of that name")
        return
    cells = [(item.id, item.name, item.kind, item.country or "", "yours" if item.own else "") for item in found]
    table = table_of(("id", "name", "kind", "country", ""), cells)
    print_plainly([table], Console(markup=False, emoji=False, highlight=False))


@actors.command("show")
@click.argument("name")
def show(name: str) -> None:
    """Show all that is known of one actor: NAME is an id, or a name that only one actor has."""
    from dateline.errors import RosterError
    from dateline.resolve.actors.show import described
    from dateline.resolve.actors.store import ActorStore, actors_path
    from dateline.resolve.actors.who import search as find
    from dateline.serve.wording import printable

    path = actors_path()
    store = ActorStore(path) if path.is_file() else None
    lines = described(name, store)
    if lines is None:
        found = find(name, store, 10)
        exact = [item for item in found if item.name.casefold() == name.casefold()]
        if len(exact) == 1 or len(found) == 1:
            lines = described((exact or found)[0].id, store)
        elif found:
            raise RosterError(f"{name!r} may be " + ", ".join(f"{i.id} ({i.name})" for i in found) + "; name its id")
    if lines is None:
        raise RosterError(f"no actor is called {name!r}; `dateline actors search` finds parts of names")
    for line in lines:
        told = printable(line)
        click.echo(told if line == lines[0] else f"  {told.strip()}")


@actors.command("who")
@click.argument("office")
@click.option("--on", metavar="DATE", help="On that day, month or year; without it, all known holders.")
def who(office: str, on: str | None) -> None:
    """Say who held an OFFICE, such as "foreign minister of Russia"."""
    from dateline.resolve.actors.who import who as ask
    from dateline.serve.wording import printable

    holders = ask(office, on)
    if not holders:
        click.echo("nobody is known to have held it then" if on else "no holder is known")
    for holder in holders:
        click.echo(
            printable(f"{holder.begin or '…'} to {holder.end or 'now'}  {holder.name}, {holder.title} of {holder.of}")
        )


def _tell(report: ImportReport) -> None:
    for skipped in report.skipped:
        click.echo(f"dateline: line {skipped.line}: {skipped.reason}", err=True)
    for conflict in report.conflicts:
        click.echo(f"dateline: {conflict}", err=True)
    click.echo(
        f"{report.added:,} added, {report.merged:,} completed, {report.unchanged:,} known already, "
        f"{len(report.skipped):,} lines skipped"
    )
    if report.skipped:
        sys.exit(1)
