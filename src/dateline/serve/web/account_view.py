"""An account as its page shows it: sources drawn, figures and words by day, conflicts side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dateline.records import Event, Record
from dateline.serve.web.addresses import report_address
from dateline.serve.web.reviewing import pieces_around
from dateline.serve.wording import Wording, number

MOST = 120  # tellings whose reports are read for the page

_HEADLINE = re.compile(r"(?P<who>.*?) – [^“]*“(?P<did>.*)”(?: → (?P<whom>.*))?", re.S)
_HOW = {
    "voice": "its own reporting",
    "statement": "quotes it",
    "credit": "credits it for the text",
    "reuse": "takes over its text",
}


@dataclass(frozen=True)
class Telling:
    """One report's telling of an account; `order` is the place of its report among those that tell it."""

    row: Mapping[str, Any]
    order: int
    address: str
    how: str
    pieces: Sequence[tuple[str, str]]

    @property
    def name(self) -> str:
        """What a split calls it."""
        return f"{self.row['report']}/{self.row['event']}"

    @property
    def against(self) -> bool:
        """Does it deny what the others tell?"""
        return self.row["factuality"] in ("denied", "negated")


@dataclass(frozen=True)
class Figure:
    """A figure that a telling gives; `low` and `high` where it gives bounds."""

    day: str
    publisher: str
    origin: str
    words: str
    shown: str
    value: float
    low: float
    high: float
    address: str


@dataclass(frozen=True)
class Box:
    """A mouth in the drawing: where it stands (in units of the drawing) and what is written."""

    x: int
    y: int
    name: str
    under: str
    kind: str
    href: str | None


@dataclass(frozen=True)
class Drawing:
    """The sources, roots at the left, reports at the right."""

    width: int
    height: int
    boxes: Sequence[Box]
    lines: Sequence[tuple[str, str]]  # path data, class


@dataclass
class Frame:
    """Different words for one thing in one report."""

    publisher: str
    address: str
    terms: list[tuple[str, str]] = field(default_factory=list)  # words, whose


def headline_parts(headline: str) -> Mapping[str, str]:
    """Who, did, whom of an account's headline; the headline itself as `did` where it is written in another way."""
    found = _HEADLINE.fullmatch(headline)
    if found is None:
        return {"who": "", "did": headline, "whom": ""}
    return {"who": found["who"].replace("?", "somebody"), "did": found["did"], "whom": (found["whom"] or "")}


def tellings_of(tree: Mapping[str, Any], records: Mapping[str, Record]) -> list[Telling]:
    """The tellings with the sentence that each was read from."""
    found = []
    order: dict[str, int] = {}
    for row in tree["tellings"]:
        event = event_of(records, row)
        pieces: Sequence[tuple[str, str]] = [(row["trigger"], "trigger")]
        if event is not None:
            spans = [(event.trigger, "trigger")]
            spans += [(a.span, "actor") for a in event.actor if a.span]
            spans += [(a.span, "recipient") for a in event.recipient if a.span]
            pieces = pieces_around(records[row["report"]].report.text, spans)
        address = report_address(row["report"], anchor=row["event"])
        found.append(
            Telling(row, order.setdefault(row["report"], len(order)), address, _HOW.get(row["how"], row["how"]), pieces)
        )
    return found


def event_of(records: Mapping[str, Record], row: Mapping[str, Any]) -> Event | None:
    """The event of a telling in the record of its report."""
    record = records.get(row["report"])
    return next((e for e in record.events if e.id == row["event"]), None) if record else None


def figures_of(tree: Mapping[str, Any], records: Mapping[str, Record]) -> dict[str, list[Figure]]:
    """Figures by what they count, in the order of the days on which they were published."""
    origins = tree["evidence"]["origins"]
    found: dict[str, list[Figure]] = {}
    for row in tree["tellings"]:
        event = event_of(records, row)
        if event is None:
            continue
        record = records[row["report"]]
        wanted = set(event.quantities)
        for quantity in record.quantities:
            if quantity.id not in wanted or quantity.value is None:
                continue
            unit = (quantity.unit or "number").lower().split()[-1] if (quantity.unit or "").strip() else "number"
            low = quantity.low if quantity.low is not None else quantity.value
            high = quantity.high if quantity.high is not None else quantity.value
            origin = origins.get(row["origin"])
            figure = Figure(
                day=(row["published"] or "")[:10],
                publisher=row["publisher"] or row["report"],
                origin=origin["name"] if origin else (row["path"][-1] or ""),
                words=" ".join(record.report.text[slice(*quantity.span)].split()),
                shown=number(quantity.value),
                value=quantity.value,
                low=min(low, quantity.value),
                high=max(high, quantity.value),
                address=report_address(row["report"], anchor=row["event"]),
            )
            held = found.setdefault(unit, [])
            if figure not in held:
                held.append(figure)
    return dict(sorted(found.items(), key=lambda f: -len(f[1])))


def frames_of(tree: Mapping[str, Any], records: Mapping[str, Record]) -> list[Frame]:
    """Where a report words the event, or somebody in it, in the words of several."""
    found = []
    for report in dict.fromkeys(row["report"] for row in tree["tellings"]):
        record = records.get(report)
        if record is None or not record.framings:
            continue
        mine = {row["event"] for row in tree["tellings"] if row["report"] == report}
        parties = {
            a.entity for e in record.events if e.id in mine for a in (*e.actor, *e.recipient) if a.entity is not None
        }
        words = Wording(record)
        for framing in record.framings:
            if framing.referent not in (mine if framing.of == "event" else parties):
                continue
            frame = Frame(record.report.publisher or report, report_address(report))
            for term in framing.terms:
                whose = words.entity(term.used_by) or record.report.publisher or "the report"
                frame.terms.append((words.cut(term.span), whose))
            found.append(frame)
    return found


_ROW, _COLUMN, _BOX = 54, 300, 240


def drawing_of(tree: Mapping[str, Any]) -> Drawing:
    """Draw the ways from the origins (left) through the mouths between to the reports (right)."""
    origins = tree["evidence"]["origins"]
    deniers = tree["evidence"]["deniers"]
    ways = []
    attributed = {row["report"] for row in tree["tellings"] if row["origin"] in origins}
    for row in tree["tellings"]:
        if row["origin"] not in origins and row["factuality"] != "denied" and row["report"] in attributed:
            continue  # the report says elsewhere from whom it knows
        way = [str(name or "?") for name in reversed(row["path"])]
        if row["origin"] in origins:
            way[0] = origins[row["origin"]]["name"]
        against = row["factuality"] == "denied" or (row["origin"] not in origins and way[0] in deniers)
        ways.append((way, against, row))
    ways.sort(key=lambda w: (w[1], list(origins).index(w[2]["origin"]) if w[2]["origin"] in origins else 99))
    deepest = max(1, max((len(way) for way, _, _ in ways), default=1) - 1)
    columns: list[dict[str, Box]] = [{} for _ in range(deepest + 1)]
    lines: dict[tuple[str, str], None] = {}
    for way, against, row in ways:
        kind = "against" if against else "root"
        ends: list[Box] = []
        for n, name in enumerate(way):
            last = n == len(way) - 1
            # The report stands in the last column, one box each; mouths before it are shared.
            if last:
                continue
            ends.append(_box(columns, n, name, kind if n == 0 else "between", origins, against))
        if len(way) == 1:
            ends.append(_box(columns, 0, way[0], kind, origins, against))
        report = _report_box(columns, deepest, way[-1], row, against)
        for left, right in zip([*ends], [*ends[1:], report], strict=True):
            lines[_line(left, right), "against" if against else ""] = None
    height = max((len(column) for column in columns), default=1) * _ROW + 6
    placed = [box for column in columns for box in column.values()]
    return Drawing(deepest * _COLUMN + _BOX + 4, height, placed, list(lines))


def _box(
    columns: list[dict[str, Box]], column: int, name: str, kind: str, origins: Mapping[str, Any], against: bool
) -> Box:
    key = f"{name}/{against}"
    if key not in columns[column]:
        origin = next((o for o in origins.values() if o["name"] == name), None)
        under = ""
        if kind == "against":
            under = "denies it"
        elif origin is not None and column == 0:
            parts = (origin["kind"], origin["country"], "state media" if origin["state"] else "")
            under = " · ".join(p for p in parts if p)
        columns[column][key] = Box(column * _COLUMN + 2, len(columns[column]) * _ROW + 4, name, under, kind, None)
    return columns[column][key]


def _report_box(
    columns: list[dict[str, Box]], column: int, publisher: str, row: Mapping[str, Any], against: bool
) -> Box:
    key = row["report"] + ("/against" if against else "")
    if key not in columns[column]:
        columns[column][key] = Box(
            column * _COLUMN + 2,
            len(columns[column]) * _ROW + 4,
            publisher,
            (row["published"] or "undated")[:10],
            "report",
            report_address(row["report"], anchor=row["event"]),
        )
    return columns[column][key]


def _line(left: Box, right: Box) -> str:
    x1, y1, x2, y2 = left.x + _BOX, left.y + 21, right.x, right.y + 21
    bend = (x2 - x1) // 2
    return f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"


@dataclass(frozen=True)
class Dot:
    """A figure in a chart: centre, bounds, and what it says."""

    x: float
    y: float
    low: float
    high: float
    title: str


@dataclass(frozen=True)
class Chart:
    """Figures by day: dots, the scale's lines with their labels, and the days below."""

    width: int
    height: int
    dots: Sequence[Dot]
    scale: Sequence[tuple[float, str]]
    days: Sequence[tuple[float, str, str]]


def chart_of(figures: Sequence[Figure]) -> Chart | None:
    """A small chart of figures by the day on which they were published; None for fewer than two."""
    known = [f for f in figures if f.day]
    if len(known) < 2:
        return None
    width, height, left, bottom, top = 560, 190, 58, 26, 14
    days = sorted({f.day for f in known})
    place = {day: left + 24 + (width - left - 60) * (n / max(1, len(days) - 1)) for n, day in enumerate(days)}
    finite = [v for f in known for v in (f.value, f.low, f.high) if abs(v) < 1e15]
    ends = _nice(max(finite))
    highest = ends[-1]

    def at(value: float) -> float:
        return round(height - bottom - (height - bottom - top) * max(0.0, min(value, highest)) / highest, 1)

    count: dict[str, int] = {}
    dots = []
    for f in known:
        n = count[f.day] = count.get(f.day, -1) + 1
        x = round(place[f.day] + 9 * ((n + 1) // 2) * (-1) ** n, 1)
        dots.append(Dot(x, at(f.value), at(f.low), at(f.high), f"{f.day}: {f.words} ({f.publisher}; {f.origin})"))
    step = max(1, len(days) // 6)
    return Chart(
        width,
        height,
        dots,
        [(at(v), number(v)) for v in ends],
        [
            (round(place[d], 1), d, "start" if n == 0 else "end" if n == len(days) - 1 else "middle")
            for n, d in enumerate(days)
            if n % step == 0 or n == len(days) - 1
        ],
    )


def _nice(highest: float) -> list[float]:
    """Round values from 0 to just over the highest, five at most."""
    if highest <= 0:
        return [0.0, 1.0]
    unit = 10.0 ** (len(str(int(highest))) - 1)
    for step in (unit / 5, unit / 2, unit, 2 * unit, 5 * unit):
        if highest / step <= 4:
            break
    count = int(highest / step) + (highest % step > 0)
    return [step * n for n in range(count + 1)]
