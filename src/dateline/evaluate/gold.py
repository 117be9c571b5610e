"""Gold data: the shapes that the scorers compare with, read from JSON lines or from YAML for people.

JSON lines hold character spans. The YAML form quotes the text instead, so that a person can
write and check it: each sentence with the words that are times, sources, cues, contents, triggers.
``"word"`` is its first occurrence, ``"word#2"`` the second.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.errors import InputError
from dateline.records import Report, Span


@dataclass(frozen=True, slots=True)
class GoldTime:
    """A time expression with its TIMEX3 type and value, and the interval that it means."""

    span: Span
    type: str
    value: str
    begin: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """Source, cue and content, each a list of spans; `chain` holds names of entities."""

    source: Sequence[Span]
    cue: Sequence[Span]
    content: Sequence[Span]
    id: str = ""
    parent: str | None = None
    chain: Sequence[Sequence[str]] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldPair:
    """A sentence's actor and recipient, as wordings, and the PLOVER type between them."""

    source: Sequence[str]
    target: Sequence[str]
    label: str


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event of a fully annotated report.

    `types`: the type, then others equally right; `timed`: whether its time was annotated.
    """

    types: Sequence[str]
    trigger: Span
    actor: Sequence[str]
    recipient: Sequence[str]
    factuality: str
    begin: str | None = None
    end: str | None = None
    id: str = ""
    optional: bool = False
    timed: bool = True


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity by all its names; countries also by their code."""

    names: frozenset[str]
    kind: str
    country: str | None


@dataclass(frozen=True, slots=True)
class GoldFlag:
    """A place that an editor would query."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One annotated text. Lists that a file does not annotate are empty."""

    report: Report
    times: Sequence[GoldTime] = ()
    statements: Sequence[GoldStatement] = ()
    events: Sequence[GoldEvent] = ()
    entities: Mapping[str, GoldEntity] = field(default_factory=dict)
    flags: Sequence[GoldFlag] = ()
    pair: GoldPair | None = None


def read_jsonl(path: Path) -> list[GoldDocument]:
    """Read gold JSON lines: ``timexes``, ``attributions``, or ``source``/``target``/``label``.

    Raises:
        InputError: naming the file and line that cannot be read.
    """
    documents = []
    for number, line in _lines(path):
        try:
            row = json.loads(line)
            documents.append(_row(row))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}, line {number}: not a gold row ({error!r})") from error
    return documents


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _row(row: Mapping[str, Any]) -> GoldDocument:
    report = Report(
        id=row["id"],
        text=row["text"],
        published=row.get("published"),
        publisher=row.get("publisher"),
        published_basis="given" if row.get("published") else "unknown",
    )
    pair = None
    if "label" in row:
        pair = GoldPair(row["source"], row["target"], row["label"])
    return GoldDocument(
        report,
        times=[
            GoldTime((t["start"], t["end"]), t["type"], t["value"], t.get("begin"), t.get("end_date"))
            for t in row.get("timexes", ())
        ],
        statements=[
            GoldStatement(_spans(a.get("source")), _spans(a.get("cue")), _spans(a.get("content")))
            for a in row.get("attributions", ())
        ],
        pair=pair,
    )


def _spans(value: Sequence[Any] | None) -> list[Span]:
    if not value:
        return []
    pairs = [value] if isinstance(value[0], int) else value
    return [(int(begin), int(end)) for begin, end in pairs]


def key(name: str) -> str:
    """A name as names are compared: case and punctuation do not count."""
    kept = "".join(c if c.isalnum() or c == "_" else " " for c in name)
    return " ".join(kept.split()).casefold()


def read_expected(path: Path) -> GoldDocument:
    """Read a fully annotated report: JSON with spans, its text in a file beside it.

    Raises:
        InputError: the file or its text cannot be read, or a field is missing.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        head = data["report"]
        beside = path.parent / head["text"] if "\n" not in head["text"] and len(head["text"]) < 255 else None
        text = head["text"]
        if beside is not None and beside.is_file():
            with beside.open(encoding="utf-8", newline="") as file:
                text = file.read()
        return document(data, text, head.get("id") or path.name.split(".")[0])
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not an annotated report ({error!r})") from error


def document(data: Mapping[str, Any], text: str, document_id: str) -> GoldDocument:
    """Build a document from an annotation whose spans are character offsets."""
    head = data["report"]
    published = head.get("published")
    times = [
        GoldTime(_spans(t["span"])[0], t.get("type", ""), t["value"], t.get("begin"), t.get("end"))
        for t in data.get("times", ())
        if not t.get("optional")
    ]
    interval = {t["value"]: (t.get("begin"), t.get("end")) for t in data.get("times", ())}
    events = []
    for e in data.get("events", ()):
        begin, end = e["time_span"] if "time_span" in e else interval.get(e.get("time"), (None, None))
        events.append(
            GoldEvent(
                types=(e["type"], *e.get("also", ())),
                trigger=_spans(e["trigger"])[0],
                actor=e["actor"],
                recipient=e["recipient"],
                factuality=e["factuality"],
                begin=begin,
                end=end,
                id=e["id"],
                optional=bool(e.get("optional")),
            )
        )
    return GoldDocument(
        report=Report(
            id=document_id,
            text=text,
            title=head.get("title"),
            publisher=head.get("publisher"),
            published=published,
            published_basis="given" if published else "unknown",
        ),
        times=times,
        statements=[
            GoldStatement(
                _spans(s.get("source")),
                _spans(s.get("cue")),
                _spans(s["content"]),
                s["id"],
                s.get("parent"),
                [x if isinstance(x, list) else [x] for x in s["chain"]],
                bool(s.get("optional")),
            )
            for s in data.get("statements", ())
        ],
        events=events,
        entities={
            name: GoldEntity(
                frozenset(key(n) for n in (e.get("name"), *e.get("aka", ())) if n), e["kind"], e.get("country")
            )
            for name, e in data.get("entities", {}).items()
        },
        flags=[GoldFlag(f["kind"], _spans(f["span"])[0]) for f in data.get("flags", ())],
    )
