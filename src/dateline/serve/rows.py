"""Records as flat rows, one a time, statement or event, for tables and data frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from dateline.errors import InputError
from dateline.records import Argument, Record
from dateline.serve.wording import Wording

Value = str | int | float | bool | None
Row = dict[str, Value]
Kind = Literal["times", "statements", "events"]

# Several names in one cell are parted by this.
SEPARATOR = "; "


def rows(record: Record, kind: str) -> list[Row]:
    """The items of one kind as flat rows with the same keys, in the order of the record.

    Offsets (`start`, `stop`, half-open) are code points of the report's text; `text` is what stands there.

    Args:
        record: the record.
        kind: ``times``, ``statements`` or ``events``.

    Raises:
        InputError: there are no rows of that kind.
    """
    make = _MAKERS.get(kind)
    if make is None:
        raise InputError(f"no rows of kind {kind!r}: there are {', '.join(_MAKERS)}")
    return make(Wording(record))


def columns(kind: str) -> list[str]:
    """The keys of the rows of one kind, also where a record has no such item."""
    return list(_COLUMNS[kind])


def _times(words: Wording) -> list[Row]:
    report = words.record.report
    return [
        dict(
            zip(
                _COLUMNS["times"],
                (
                    report.id,
                    time.id,
                    report.text[slice(*time.span)],
                    time.type,
                    time.value,
                    time.mod,
                    time.begin,
                    time.end,
                    time.anchor,
                    *time.span,
                ),
                strict=True,
            )
        )
        for time in words.record.times
    ]


def _statements(words: Wording) -> list[Row]:
    report = words.record.report

    def text(spans: list[tuple[int, int]]) -> str:
        return " … ".join(report.text[slice(*span)] for span in spans)

    return [
        dict(
            zip(
                _COLUMNS["statements"],
                (
                    report.id,
                    statement.id,
                    statement.parent,
                    statement.quote,
                    text(statement.source),
                    text(statement.cue),
                    text(statement.content),
                    statement.chain[-1].entity if statement.chain else None,
                    " → ".join(words.chain(statement)),
                    SEPARATOR.join(link.entity or "" for link in statement.chain),
                    statement.addressee,
                    statement.time,
                    statement.place,
                    min((span[0] for span in statement.content), default=None),
                    max((span[1] for span in statement.content), default=None),
                ),
                strict=True,
            )
        )
        for statement in words.record.statements
    ]


def _events(words: Wording) -> list[Row]:
    report = words.record.report

    def ids(arguments: list[Argument]) -> str:
        return SEPARATOR.join(argument.entity or "" for argument in arguments)

    def names(arguments: list[Argument]) -> str:
        return SEPARATOR.join(words.argument(argument) for argument in arguments)

    return [
        dict(
            zip(
                _COLUMNS["events"],
                (
                    report.id,
                    event.id,
                    event.type,
                    event.mode,
                    SEPARATOR.join(event.contexts),
                    event.plover.type if event.plover else None,
                    event.plover.mode if event.plover else None,
                    report.text[slice(*event.trigger)],
                    names(event.actor),
                    names(event.recipient),
                    ids(event.actor),
                    ids(event.recipient),
                    words.entity(event.place),
                    event.time.begin,
                    event.time.end,
                    event.time.granularity,
                    event.factuality,
                    event.statement,
                    " → ".join(words.chain(words.statements.get(event.statement or ""))),
                    event.same_as,
                    event.rule,
                    event.confidence,
                    *event.trigger,
                ),
                strict=True,
            )
        )
        for event in words.record.events
    ]


_COLUMNS: dict[str, tuple[str, ...]] = {
    "times": ("report", "id", "text", "type", "value", "mod", "begin", "end", "anchor", "start", "stop"),
    "statements": (
        "report",
        "id",
        "parent",
        "quote",
        "source",
        "cue",
        "content",
        "speaker",
        "chain",
        "chain_ids",
        "addressee",
        "time",
        "place",
        "start",
        "stop",
    ),
    "events": (
        "report",
        "id",
        "type",
        "mode",
        "contexts",
        "plover_type",
        "plover_mode",
        "text",
        "actor",
        "recipient",
        "actor_ids",
        "recipient_ids",
        "place",
        "begin",
        "end",
        "granularity",
        "factuality",
        "statement",
        "chain",
        "same_as",
        "rule",
        "confidence",
        "start",
        "stop",
    ),
}
_MAKERS: dict[str, Callable[[Wording], list[Row]]] = {"times": _times, "statements": _statements, "events": _events}
