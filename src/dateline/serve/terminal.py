"""A record in the terminal, for people: head, events, statements, times, names, flags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dateline.records import Event, Record, Statement
from dateline.serve.outline import by_sentence, outline
from dateline.serve.wording import Wording, flowing, interval, number, printable, published

# Prose wider than this is hard to read.
WIDEST = 110
_LABEL = 13

COLOURS = {
    "occurred": "green",
    "ongoing": "green",
    "planned": "cyan",
    "possible": "yellow",
    "requested": "magenta",
    "threatened": "red",
    "hypothetical": "yellow",
    "general": "blue",
    "negated": "bright_red",
    "denied": "bright_red",
}


def show(record: Record, console: Console) -> None:
    """Print a record, at most `WIDEST` columns wide."""
    print_plainly(render(record), console, min(console.width, WIDEST))


def print_plainly(parts: Iterable[RenderableType], console: Console, width: int | None = None) -> None:
    """Print; where it is piped, without the spaces at line ends that fill a table's columns."""
    if console.is_terminal:
        for part in parts:
            console.print(part, width=width)
        return
    with console.capture() as capture:
        for part in parts:
            console.print(part, width=width)
    for line in capture.get().splitlines():
        console.file.write(line.rstrip() + "\n")


def render(record: Record) -> Iterator[RenderableType]:
    """The parts of the print, in order."""
    words = Wording(record)
    yield _head(record)
    if record.flags:
        yield _title("For the editor", len(record.flags))
        yield _flags(words)
    if record.events:
        yield _title("Events", len(record.events))
        for (begin, end), events in by_sentence(record):
            yield _sentence(words, begin, end, events)
    if record.statements:
        yield _title("Statements", len(record.statements))
        for depth, statement in outline(record.statements):
            yield _statement(words, statement, depth)
    if record.times:
        yield _title("Times", len(record.times))
        yield _times(words)
    if record.quantities:
        yield _title("Quantities", len(record.quantities))
        yield _quantities(words)
    if record.framings:
        yield _title("Different words for one thing", len(record.framings))
        yield _framings(words)
    if record.entities:
        yield _title("Who and where", len(record.entities))
        yield _entities(words)
    if not record.report.text.strip():
        yield Text("\nThe text is empty.")
    elif not (record.events or record.statements or record.times or record.entities):
        yield Text("\nNothing found: no event, no statement, no time, no name.")


def _title(words: str, count: int) -> RenderableType:
    return Padding(Rule(Text.assemble((words, "bold"), (f"  {count}", "dim")), align="left", style="dim"), (1, 0, 0, 0))


def _head(record: Record) -> RenderableType:
    report = record.report
    lines = []
    if report.title:
        lines.append(Text(printable(report.title), style="bold"))
    facts = [printable(report.publisher)] if report.publisher else ["publisher unknown"]
    if report.byline:
        facts.append(printable(report.byline))
    when, *why = published(report)
    lines.append(Text(" · ".join([*facts, when])))
    lines += [Text(reason, style="dim") for reason in why]
    if report.url:
        lines.append(Text(printable(report.url), style="dim"))
    return Group(*lines)


def _grid() -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_LABEL, no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _arrow(names: Iterable[str]) -> Text:
    line = Text()
    for k, name in enumerate(names):
        if k:
            line.append(" → ", style="dim")
        line.append(name)
    return line


def _sentence(words: Wording, begin: int, end: int, events: list[Event]) -> RenderableType:
    grid = _grid()
    for event in events:
        colour = COLOURS[event.factuality]
        left = Text(event.factuality, style=f"bold {colour}")
        left.append(f"\n{printable(event.type)}", style=f"not bold {colour}")
        left.append(f" {printable(event.id)}", style="not bold dim")
        grid.add_row(left, _event(words, event))
    grid.add_row(Text(), _quoted(words, begin, end, events))
    return Padding(grid, (1, 0, 0, 0))


def _event(words: Wording, event: Event) -> Text:
    colour = COLOURS[event.factuality]
    line = Text()
    line.append(words.arguments(event.actor) or "somebody unnamed", style="bold" if event.actor else "italic")
    line.append(" ─ ", style="dim")
    line.append(words.cut(event.trigger), style=f"bold {colour}")
    recipients = words.recipients(event)
    if recipients:
        line.append(" → ", style="dim")
        line.append(recipients, style="bold")
    details = list(_details(words, event))
    if details:
        line.append("\n")
    for k, (label, value) in enumerate(details):
        if k:
            line.append(" · ", style="dim")
        if label:
            line.append(f"{label} ", style="dim")
        line.append(value)
    line.append("\naccording to ", style="dim")
    line.append_text(_arrow(words.chain(words.statements.get(event.statement or ""))))
    return line


def _details(words: Wording, event: Event) -> Iterator[tuple[str, str]]:
    if event.same_as:
        yield "same as", printable(event.same_as)
    if event.mode:
        yield "", printable(event.mode)
    when = words.event_time(event.time)
    if when:
        yield "when", when
    place = words.entity(event.place)
    if place:
        yield "where", place
    amounts = [words.cut(words.quantities[id].span) for id in event.quantities if id in words.quantities]
    if amounts:
        yield "how much", ", ".join(amounts)
    if event.contexts:
        yield "context", printable(", ".join(event.contexts))
    coded = event.plover
    if coded and (coded.type, coded.mode) != (event.type, event.mode):
        yield "in PLOVER", printable(f"{coded.type} {coded.mode}" if coded.mode else coded.type)


def _quoted(words: Wording, begin: int, end: int, events: list[Event]) -> Text:
    text = words.record.report.text
    line = Text("“", style="dim italic")
    at = begin
    for event in sorted(events, key=lambda event: event.trigger):
        first, last = max(event.trigger[0], at), min(event.trigger[1], end)
        if first >= last:
            continue
        line.append(flowing(text[at:first]))
        line.append(flowing(text[first:last]), style=f"not dim underline {COLOURS[event.factuality]}")
        at = last
    line.append(flowing(text[at:end]) + "”")
    return line


def _statement(words: Wording, statement: Statement, depth: int) -> RenderableType:
    body = Text()
    body.append_text(_arrow(words.chain(statement)))
    if statement.cue:
        body.append("  " + words.pieces(statement.cue), style="cyan")
    body.append("\n")
    body.append(words.pieces(statement.content), style="italic")
    for label, value in (
        ("to", words.entity(statement.addressee)),
        ("when", words.cut(words.times[statement.time].span) if statement.time in words.times else None),
        ("where", words.entity(statement.place)),
    ):
        if value:
            body.append(f"\n{label} ", style="dim")
            body.append(value)
    grid = _grid()
    kind = f"{statement.quote}"
    grid.add_row(Text.assemble((kind, ""), (f"\n{statement.id}", "dim")), body)
    return Padding(grid, (1, 0, 0, min(depth, 6) * 4))


def _times(words: Wording) -> RenderableType:
    return table_of(
        ("words", "type", "value", "means"),
        (
            (
                words.cut(time.span),
                Text(time.type, style="dim"),
                printable(f"{time.value} {time.mod}" if time.mod else time.value),
                interval(time.begin, time.end) or "",
            )
            for time in words.record.times
        ),
    )


def _quantities(words: Wording) -> RenderableType:
    cells = []
    for item in words.record.quantities:
        value = "" if item.value is None else f"{'about ' if item.approximate else ''}{number(item.value)}"
        low, high = ("" if bound is None else number(bound) for bound in (item.low, item.high))
        cells.append((words.cut(item.span), value, low, high, printable(item.unit or "")))
    return table_of(("words", "value", "from", "to", "unit"), cells)


def _framings(words: Wording) -> RenderableType:
    grid = _grid()
    for framing in words.record.framings:
        for k, term in enumerate(framing.terms):
            label = Text(printable(framing.referent or framing.of) if k == 0 else "", style="dim")
            speaker = words.entity(term.used_by)
            grid.add_row(label, Text(f"“{words.cut(term.span)}”" + (f" ({speaker})" if speaker else "")))
    return grid


def _entities(words: Wording) -> RenderableType:
    return table_of(
        ("name", "kind", "code", "role", "mentions"),
        (
            (
                printable(entity.name),
                Text(entity.kind, style="dim"),
                printable(entity.code or ""),
                words.roles(entity),
                str(len(entity.mentions)),
            )
            for entity in words.record.entities
        ),
    )


def _flags(words: Wording) -> RenderableType:
    grid = _grid()
    for flag in words.record.flags:
        line = Text.assemble((f"“{words.cut(flag.span)}”", "bold"))
        if flag.suggestion:
            line.append(" → ", style="dim")
            line.append(words.entity(flag.suggestion) or printable(flag.suggestion), style="bold")
        line.append("\n" + printable(flag.why))
        grid.add_row(Text(printable(flag.kind.replace("_", "\n")), style="yellow"), line)
    return grid


def table_of(columns: Sequence[str], cells: Iterable[Sequence[str | Text]]) -> Table:
    """A plain table without rules: what is in a cell is printed as it is."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in cells:
        table.add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in row))
    return table
