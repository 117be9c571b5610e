"""``docs/cli.md``, written from the commands themselves: ``python -m dateline.serve.docs`` writes it
anew, and a test compares.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from dateline.errors import InputError
from dateline.serve.cli import cli

_HEAD = """# The command line

<!-- Written from the commands by `make docs`; change their help, not this file. -->

Exit status: 0 done; 1 done, but something in the input was not in order (lines skipped, an example that fails);
2 not done (the message says why); 130 interrupted. Messages and progress go to standard error, results to
standard output. `NO_COLOR` turns colours off; there are none where the output is piped. `DATELINE_DEBUG=1` shows
where in the program an unexpected fault happened.
"""


def cli_page() -> str:
    """The page: each command with its usage, what it does, its arguments and options."""
    return "\n".join([_HEAD, *_command(cli, "dateline", 2)]).rstrip() + "\n"


def check_cli_page(path: Path) -> None:
    """Compare the page on disk with the commands.

    Raises:
        InputError: it is missing, or says something else than the commands do.
    """
    try:
        there = path.read_text("utf-8")
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}; write it with make docs") from error
    if there != cli_page():
        raise InputError(f"{path} is not what the commands say; write it anew with make docs")


def _command(command: click.Command, name: str, depth: int) -> Iterator[str]:
    context = click.Context(command, info_name=name)
    pieces = " ".join(command.collect_usage_pieces(context))
    if command is not cli:
        yield f"{'#' * depth} `{name}`\n"
        yield f"```\n{name} {pieces}\n```\n"
        yield _prose(command.help or "") + "\n"
    options = [row for option in command.params if (row := _option(option, context))]
    if options:
        yield "| option | what it does |\n|---|---|"
        yield from options
        yield ""
    if isinstance(command, click.Group):
        for key in command.list_commands(context):
            child = command.get_command(context, key)
            if child is not None and not child.hidden:
                yield from _command(child, f"{name} {key}", depth if command is cli else depth + 1)


def _option(option: click.Parameter, context: click.Context) -> str | None:
    record = option.get_help_record(context)
    if record is None or not record[1]:
        return None  # an argument; the usage line shows it
    names, words = (part.replace("|", "\\|") for part in record)
    return f"| `{names}` | {_prose(words)} |"


def _prose(help: str) -> str:
    # Paragraphs stay, lines within them are joined; \b marks blocks that keep their lines.
    blocks = []
    for block in re.split(r"\n\s*\n", help.strip()):
        if block.startswith("\b"):
            blocks.append("```\n" + "\n".join(line.rstrip() for line in block.splitlines()[1:]) + "\n```")
        else:
            blocks.append(" ".join(block.split()))
    return "\n\n".join(blocks)


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/cli.md")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(cli_page(), "utf-8")
