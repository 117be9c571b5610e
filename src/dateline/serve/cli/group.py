"""The command group: its commands, and what becomes of errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from dateline import __version__
from dateline.errors import DatelineError
from dateline.serve.cli.accounts import account, accounts, reconcile, sources
from dateline.serve.cli.actors import actors
from dateline.serve.cli.add import add
from dateline.serve.cli.check import check
from dateline.serve.cli.code import code
from dateline.serve.cli.codebook import codebook
from dateline.serve.cli.correct import correct, corrections
from dateline.serve.cli.date import date
from dateline.serve.cli.evaluate import evaluate
from dateline.serve.cli.export import export
from dateline.serve.cli.questions import reports, search, stories, timeline, who_said
from dateline.serve.cli.read import read
from dateline.serve.cli.recode import recode
from dateline.serve.cli.schema import schema
from dateline.serve.cli.serve import serve
from dateline.serve.cli.tables import events, statements, times
from dateline.serve.cli.users import users
from dateline.serve.cli.watch import watch

INTERRUPTED = 130
FAULT = 70


class DatelineGroup(click.Group):
    """Errors of the family end the command with one line on standard error, never a traceback.

    Commands are listed in the order in which they were added.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, what is used most first."""
        return list(self.commands)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and exit: 0 done, 1 done but for some lines, 2 not done, 130 interrupted."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")  # a terminal that knows only ASCII
        try:
            status = super().main(args, "dateline", complete_var, standalone_mode=False, **extra)
        except click.ClickException as error:
            error.show()
            status = error.exit_code
        except click.Abort:
            click.echo("dateline: interrupted", err=True)
            status = INTERRUPTED
        except DatelineError as error:
            click.echo(f"dateline: {error}", err=True)
            status = 2
        except OSError as error:
            # Not the program's fault: the disk is full, standard output is closed.
            if os.environ.get("DATELINE_DEBUG"):
                raise
            click.echo(
                f"dateline: {error.strerror or error}" + (f": {error.filename}" if error.filename else ""), err=True
            )
            status = 2
        except Exception as error:
            if os.environ.get("DATELINE_DEBUG"):
                raise
            if (said := _of_database(error)) is not None:
                click.echo(f"dateline: {said}", err=True)
                sys.exit(2)
            click.echo(
                f"dateline: a fault of the program ({type(error).__name__}: {error}); please report it with the "
                "input. DATELINE_DEBUG=1 shows where it happened.",
                err=True,
            )
            status = FAULT
        sys.exit(status if isinstance(status, int) else 0)


def _of_database(error: Exception) -> str | None:
    """What to tell of a database that is locked, full, read-only or away; None: the error is another."""
    exc = sys.modules.get("sqlalchemy.exc")
    if exc is None or not isinstance(error, exc.OperationalError):
        return None
    words = " ".join(str(error.orig).split())
    if "database is locked" in words:
        return "the archive is being written by another process; try again when it is done"
    return f"the archive cannot be used: {words}"


@click.group(cls=DatelineGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="dateline %(version)s")
def cli() -> None:
    """Read news reports and write down who did what to whom, where, when, whether it happened, and
    through whose mouths we know.
    """


# The order of the help: one report, many, an archive of them, and what serves all of this.
_COMMANDS = (
    read,
    code,
    times,
    statements,
    events,
    date,
    add,
    watch,
    reports,
    search,
    stories,
    timeline,
    who_said,
    reconcile,
    accounts,
    account,
    sources,
    serve,
    users,
    correct,
    corrections,
    recode,
    check,
    export,
    codebook,
    actors,
    evaluate,
    schema,
)
for _command in _COMMANDS:
    cli.add_command(_command)


def main() -> None:
    """Run the command line."""
    cli.main()
