"""Events over time, a row a type: which period a column stands for, and how high its bars are."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dateline.serve.web.charts.periods import Tick, Unit, is_day, periods_of
from dateline.serve.web.wording import KIND_WORDS, by_kind, days, kind_of, plural

Day = tuple[str, str, int]  # ISO day, type, events

ROW = 24  # height of a type's row, px
TOP = 112  # height of the chart of all, px


@dataclass
class Bar:
    """A bar in a column; `top` and `height` in px from the top of its row or chart."""

    css: str
    top: float
    height: float


@dataclass
class Column:
    """A period: `begin` and `end` half-open ISO days, `left` and `width` in per cent of the plot."""

    begin: str
    end: str
    left: float
    width: float
    total: int = 0
    types: Counter[str] = field(default_factory=Counter)
    stack: list[Bar] = field(default_factory=list)
    cells: list[Bar] = field(default_factory=list)

    @property
    def said(self) -> str:
        """The column in words: when, how many, of what types."""
        most = ", ".join(f"{t} {n:,}" for t, n in sorted(self.types.items(), key=lambda p: (-p[1], p[0]))[:4])
        more = len(self.types) - 4
        rest = f" and {plural(more, 'more type')}" if more > 0 else ""
        return f"{days(self.begin, self.end)}: {plural(self.total, 'event')}" + (f" ({most}{rest})" if most else "")


@dataclass
class Row:
    """A type with the number of its events."""

    type: str
    kind: str
    total: int


@dataclass
class Timeline:
    """What the template draws.

    Attributes:
        unit: what a column is.
        columns, rows, ticks: from left to right, from top to bottom.
        greatest: the most events of a column.
        total: events in the columns.
        before, after: events that lie outside what is shown.
        kinds: the kinds of events that occur, with their words and totals.
        step: the figure at the line in the chart of all, and how high it is, px from the top.
    """

    unit: Unit
    columns: list[Column]
    rows: list[Row]
    ticks: Sequence[Tick]
    greatest: int
    total: int
    before: int
    after: int
    kinds: list[tuple[str, str, int]]
    step: tuple[int, float]

    @property
    def height(self) -> int:
        """Of all rows, px."""
        return len(self.rows) * ROW

    @property
    def row(self) -> int:
        """Of a row, px."""
        return ROW


def draw_timeline(counts: Iterable[Day], *, since: str | None = None, until: str | None = None) -> Timeline | None:
    """Lay out events over time.

    Args:
        counts: events of each type on each day, in any order.
        since: show nothing before this ISO day; None: from where most events begin.
        until: show nothing from this day on; None: to the last event.

    Returns:
        None where there is no event with a day.
    """
    found = [(day, type_, n) for day, type_, n in counts if is_day(day)]
    shown = periods_of(((day, n) for day, _, n in found), since=since, until=until)
    if shown is None:
        return None
    columns = [Column(p.begin, p.end, p.left, p.width) for p in shown.columns]
    before, after = _fill(columns, found)
    types = Counter[str]()
    for column in columns:
        types.update(column.types)
    rows = [Row(t, kind_of(t), types[t]) for t in sorted(types, key=by_kind)]
    greatest = max((c.total for c in columns), default=0)
    _stack(columns, greatest)
    _cells(columns, rows)
    kinds = [
        (kind, words, total)
        for kind, words in KIND_WORDS.items()
        if (total := sum(r.total for r in rows if r.kind == kind))
    ]
    step = _round_down(greatest)
    line = (step, round(TOP * (1 - step / greatest), 1)) if greatest else (0, float(TOP))
    total = sum(r.total for r in rows)
    return Timeline(shown.unit, columns, rows, shown.ticks, greatest, total, before, after, kinds, line)


def _fill(columns: list[Column], found: Sequence[Day]) -> tuple[int, int]:
    """Count what lies in each column; return what lies before all and after all."""
    begins = [column.begin for column in columns]
    before = after = 0
    for day, type_, n in found:
        k = bisect_right(begins, day[:10]) - 1
        if k < 0:
            before += n
        elif day[:10] >= columns[-1].end:
            after += n
        else:
            columns[k].types[type_] += n
            columns[k].total += n
    return before, after


def _stack(columns: list[Column], greatest: int) -> None:
    for column in columns:
        bottom = float(TOP)
        for kind in KIND_WORDS:
            amount = sum(n for t, n in column.types.items() if kind_of(t) == kind)
            if amount:
                height = TOP * amount / greatest
                bottom -= height
                column.stack.append(Bar(f"kind-{kind}", round(bottom, 2), round(height, 2)))


def _cells(columns: list[Column], rows: list[Row]) -> None:
    most = max((n for column in columns for n in column.types.values()), default=0)
    for k, row in enumerate(rows):
        for column in columns:
            amount = column.types[row.type]
            # One event among hundreds must still be seen.
            height = max(2.0, (ROW - 3) * amount / most) if amount else 0.0
            bottom = (k + 1) * ROW
            column.cells.append(Bar(f"kind-{row.kind}", round(bottom - height, 2), round(height, 2)))


def _round_down(number: int) -> int:
    """A round figure for the line in the chart, at most the greatest: 1, 2 or 5 times a power of ten."""
    power = 10 ** (len(str(number)) - 1)
    return max((n * power for n in (1, 2, 5) if n * power <= number), default=0)
