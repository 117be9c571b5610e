"""``dateline correct`` and ``dateline corrections``: what people say of the machine's records."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, Literal

import click

from dateline.serve.cli.add import archive_option
from dateline.serve.cli.questions import opened, output_options

Action = Literal["accept", "reject", "change"]

_ACTIONS: dict[str, Action] = {"accept": "accept", "reject": "reject", "change": "change"}
_LISTS = ("actor", "recipient")
_SHOWN = ("number", "at", "who", "item", "said", "holds", "why")


@click.command()
@click.argument("words", nargs=-1, metavar="[REPORT ITEM accept|reject|change | ACCOUNT ACCOUNT merge | ...]")
@archive_option
@click.option(
    "--field",
    metavar="FIELD",
    help="What to change: type, mode, factuality, begin, end, place, actor or recipient of an event; speaker of a "
    "statement.",
)
@click.option("--value", "values", multiple=True, metavar="VALUE", help="Its new value; several actors: give it again.")
@click.option("--empty", is_flag=True, help="The field has no value.")
@click.option("--who", metavar="NAME", envvar="DATELINE_WHO", help="Who says so [env: DATELINE_WHO].")
@click.option("--why", metavar="TEXT", help="Why.")
@click.option(
    "--labelstudio",
    "annotated",
    metavar="FILE",
    help="Take the corrections from Label Studio's JSON export of tasks that `export --to labelstudio` wrote.",
)
@click.option(
    "--accept", is_flag=True, help="With --labelstudio: accept the events that an annotator left as they were."
)
@click.option("--undo", "undone", type=int, metavar="NUMBER", help="Take the correction of this number back.")
def correct(
    words: tuple[str, ...],
    archive: str | None,
    field: str | None,
    values: tuple[str, ...],
    empty: bool,
    who: str | None,
    why: str | None,
    annotated: str | None,
    accept: bool,
    undone: int | None,
) -> None:
    """Accept, reject or change an event or statement of an archive; merge or split accounts.

    REPORT is the report's id, ITEM that of an event or statement of it, as `dateline events` and
    `dateline statements` print them. What the machine read stays beside what a person says, and what
    a person says holds when the report is coded again. Every correction has a number in a log, which
    `dateline corrections` prints; --undo NUMBER takes one back.

    ACCOUNT is what `dateline accounts` prints as its key or id; a split names the tellings (reports, or
    report/event) that are another occurrence.

    \b
    dateline correct arms e3 reject --who ana --why "a figure of speech"
    dateline correct arms e4 change --field recipient --value UKR --value POL --who ana
    dateline correct 12 31 merge --who ana
    dateline correct 12 arms/e4 note/e1 split --who ana
    dateline correct --undo 7 --who ana
    dateline correct --labelstudio project-1.json
    """
    from dateline.store import correction
    from dateline.store.reconciled import reconcile

    if annotated is not None:
        if words or field or values or empty or undone is not None:
            raise click.UsageError("--labelstudio takes a file and nothing else but --who and --accept")
        _take(annotated, archive, who, accept)
        return
    if accept:
        raise click.UsageError("--accept goes with --labelstudio")
    if not who:
        raise click.UsageError("say who you are: --who NAME (or set DATELINE_WHO)")
    if undone is not None:
        if words or field or values or empty:
            raise click.UsageError("--undo takes the number of a correction and no item")
        with opened(archive) as store:
            number = correction.undo(store, undone, who=who, why=why)
            if any(e["key"] == undone and e["action"] in ("merge", "split") for e in correction.log(store)):
                reconcile(store)  # the accounts are told anew
        click.echo(f"correction {number}: {undone} is taken back", err=True)
        return
    action = words[-1] if words else ""
    if action in ("merge", "split"):
        if field or values or empty:
            raise click.UsageError(f"{action} takes no --field, --value or --empty")
        _correct_account(action, words[:-1], archive, who, why)
        return
    if len(words) != 3 or action not in _ACTIONS:
        raise click.UsageError(
            "name REPORT ITEM and accept, reject or change; or ACCOUNT ACCOUNT merge; or ACCOUNT TELLING… split; or "
            "--undo NUMBER"
        )
    report, item, _ = words
    value = _value(_ACTIONS[action], field, values, empty)
    with opened(archive) as store:
        number = correction.correct(store, report, item, _ACTIONS[action], who=who, why=why, field=field, value=value)
    click.echo(f"correction {number}: {item} of {report!r}: {_told(_ACTIONS[action], field, value)}", err=True)


def _take(annotated: str, archive: str | None, who: str | None, accept: bool) -> None:
    from pathlib import Path

    from dateline.store.labelstudio import take_labelstudio

    with opened(archive) as store:
        taken = take_labelstudio(store, Path(annotated), who=who, accept=accept)
    for report, reason in taken.left:
        click.echo(f"dateline: {report}: {reason}", err=True)
    known = f", {taken.known:,} held already" if taken.known else ""
    click.echo(f"{taken.tasks:,} annotated tasks, {len(taken.corrections):,} corrections{known}", err=True)
    if taken.left:
        sys.exit(1)


def _correct_account(action: str, words: tuple[str, ...], archive: str | None, who: str, why: str | None) -> None:
    from dateline.store.reconciled import merge_accounts, split_account

    if action == "merge":
        if len(words) != 2:
            raise click.UsageError("merge takes two accounts: ACCOUNT ACCOUNT merge")
        with opened(archive) as store:
            number = merge_accounts(store, *words, who=who, why=why)
        click.echo(f"correction {number}: {words[0]} and {words[1]} are one occurrence", err=True)
        return
    if len(words) < 2:
        raise click.UsageError("split takes an account and some of its tellings: ACCOUNT TELLING… split")
    with opened(archive) as store:
        number = split_account(store, words[0], words[1:], who=who, why=why)
    click.echo(f"correction {number}: {', '.join(words[1:])}: not that of account {words[0]}", err=True)


@click.command()
@archive_option
@click.option("--report", metavar="ID", help="Those of one report.")
@output_options
def corrections(archive: str | None, report: str | None, form: str, output: str | None) -> None:
    """Print the log of corrections, in the order in which they were said, and whether each still holds."""
    from dateline.serve.answers import write_rows

    with opened(archive) as store:
        entries = _entries(store, report)
        found = write_rows(map(_glanced, entries) if form == "table" else entries, form, _SHOWN, output)
    click.echo(f"{found:,} {'correction' if found == 1 else 'corrections'}", err=True)


def _value(action: Action, field: str | None, values: tuple[str, ...], empty: bool) -> str | list[str] | None:
    if action != "change":
        if field or values or empty:
            raise click.UsageError(f"{action} changes nothing: leave out --field, --value and --empty")
        return None
    if field is None:
        raise click.UsageError("change needs --field, and --value or --empty")
    if bool(values) == empty:
        raise click.UsageError("give --value or --empty, one of the two")
    if field in _LISTS:
        return list(values)
    if len(values) > 1:
        raise click.UsageError(f"{field} takes one --value, {len(values)} are given")
    return values[0] if values else None


def _told(action: Action, field: str | None, value: str | list[str] | None) -> str:
    if action != "change":
        return f"{action}ed"
    shown = ", ".join(value) if isinstance(value, list) else value
    return f"{field} is {shown or 'empty'}"


def _glanced(entry: dict[str, Any]) -> dict[str, Any]:
    said = f"undo {entry['undoes']}" if entry["undoes"] else entry["action"]
    if entry["action"] == "change":
        said = _told("change", entry["field"], entry["human"])
    elif entry["action"] in ("merge", "split"):
        other = entry["human"][1][0]
        said = f"{'one with' if entry['action'] == 'merge' else 'not that of'} {other['report']} {other['event']}"
    return entry | {
        "item": f"{entry['report']} {entry['item']}",
        "said": said,
        "holds": "yes" if entry["holds"] else "",
    }


def _entries(store: Any, report: str | None) -> Iterator[dict[str, Any]]:
    from dateline.store.correction import log

    for entry in log(store, report):
        machine = entry["machine"] or {}
        yield {
            "number": entry["key"],
            "at": entry["at"],
            "who": entry["who"],
            "action": entry["action"],
            "report": entry["report"],
            "item": entry["item"],
            "words": machine.get("words"),
            "field": entry["field"],
            "machine": machine.get("value"),
            "human": entry["human"],
            "undoes": entry["undoes"],
            "holds": entry["holds"],
            "why": entry["why"],
        }
