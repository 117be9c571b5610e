"""The record ``dateline/1``: what Dateline writes down about one report.

This module is the only definition of the record. Every span is ``(start, end)``,
half-open, in Unicode code points of ``report.text``, which is the input text unchanged.
Dates are ISO 8601 strings; ``begin``/``end`` pairs are half-open.

`Record` holds everything; `decode` reads one from JSON and checks it, `check` verifies what
types alone cannot say (spans lie in the text, ids exist), `json_schema` describes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, Protocol

import msgspec

from dateline.errors import RecordError

SCHEMA = "dateline/1"

Span = tuple[int, int]

PublishedBasis = Literal["given", "metadata", "inferred", "unknown"]
EntityKind = Literal["person", "organization", "outlet", "country", "group", "place"]
MentionHow = Literal["name", "alias", "description", "demonym", "metonym", "pronoun"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
TimexMod = Literal[
    "BEFORE",
    "AFTER",
    "ON_OR_BEFORE",
    "ON_OR_AFTER",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
    "START",
    "MID",
    "END",
    "APPROX",
]
QuoteKind = Literal["direct", "indirect", "mixed"]
Medium = Literal["statement", "report", "call", "interview", "speech", "post", "document"]
Factuality = Literal[
    "occurred",
    "ongoing",
    "planned",
    "possible",
    "requested",
    "threatened",
    "hypothetical",
    "general",
    "negated",
    "denied",
]
PloverType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
Granularity = Literal[
    "minute", "hour", "day", "week", "month", "quarter", "season", "year", "decade", "century", "unknown"
]
TimeBasis = Literal["expression", "clause", "statement", "previous", "publication", "unknown"]
FramingOf = Literal["event", "entity"]


class Window(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """When an undated report was published, as far as it tells: ISO dates, ends included."""

    not_before: str | None = None
    not_after: str | None = None
    why: list[str] = []


class Report(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What was read. ``published`` is an ISO date or date-time, or None where nobody knows."""

    id: str
    text: str
    title: str | None = None
    language: str = "en"
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published: str | None = None
    published_basis: PublishedBasis = "unknown"
    published_window: Window | None = None


class Role(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An office somebody held, from `begin` until `end` (exclusive; None: open)."""

    title: str
    begin: str | None = None
    end: str | None = None


class Mention(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One place in the text that names an entity, and how it was recognised."""

    span: Span
    how: MentionHow


class Entity(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Somebody or something that acts, speaks or is acted upon.

    `country` is an ISO 3166-1 alpha-3 code, `sector` a PLOVER/CAMEO one, `code` both together.
    """

    id: str
    name: str
    kind: EntityKind
    country: str | None = None
    sector: str | None = None
    code: str | None = None
    aliases: list[str] = []
    roles: list[Role] = []
    ids: dict[str, str] = {}
    mentions: list[Mention] = []
    latitude: float | None = None
    longitude: float | None = None


class Time(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A time expression: its TIMEX3 value (TimeML) and the interval that it means.

    `anchor` is what a relative value was counted from: ``"published"``, another time's id, or None.
    """

    id: str
    span: Span
    type: TimexType
    value: str
    begin: str | None = None
    end: str | None = None
    mod: TimexMod | None = None
    anchor: str | None = None


class Quantity(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An amount: `value` is the figure given, `low` and `high` the bounds it stands for."""

    id: str
    span: Span
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    approximate: bool = False


class Link(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One mouth a statement came through. ``span`` None: the publisher itself."""

    entity: str | None = None
    span: Span | None = None
    medium: Medium | None = None


class Statement(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A source holds a content (PARC 3: source, cue, content; each may be discontinuous).

    `chain` runs from the publisher to the innermost speaker. `inherited` is true where the text
    goes on with a speaker's words without a cue of its own.
    """

    id: str
    quote: QuoteKind
    source: list[Span]
    cue: list[Span]
    content: list[Span]
    chain: list[Link]
    parent: str | None = None
    addressee: str | None = None
    time: str | None = None
    place: str | None = None
    inherited: bool = False


class Argument(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Who acts or is acted upon: the entity, and the phrase that names it here."""

    entity: str | None = None
    span: Span | None = None


class Plover(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """How PLOVER codes an act after its rules for planned, refused, demanded, threatened acts."""

    type: str
    mode: str | None = None


class EventTime(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """When an event took place; `basis` says what told it, `time` the id of the expression."""

    begin: str | None = None
    end: str | None = None
    granularity: Granularity = "unknown"
    basis: TimeBasis = "unknown"
    time: str | None = None


class Event(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Who did what to whom. `type`, `mode`, `contexts` are PLOVER's (or a user codebook's)."""

    id: str
    type: str
    mode: str | None
    contexts: list[str]
    plover: Plover | None
    trigger: Span
    actor: list[Argument]
    recipient: list[Argument]
    place: str | None
    time: EventTime
    factuality: Factuality
    statement: str | None
    quantities: list[str]
    same_as: str | None
    rule: str
    confidence: float


class Term(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One wording, and the entity whose word it is."""

    span: Span
    used_by: str | None = None


class Framing(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Different words by different speakers for one referent (an event's or entity's id)."""

    of: FramingOf
    referent: str | None
    terms: list[Term]


class Flag(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a careful editor would query."""

    kind: str
    span: Span
    suggestion: str | None
    why: str


class Record(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """All that Dateline read in one report."""

    schema: str = SCHEMA
    report: Report
    entities: list[Entity] = []
    times: list[Time] = []
    quantities: list[Quantity] = []
    statements: list[Statement] = []
    events: list[Event] = []
    framings: list[Framing] = []
    flags: list[Flag] = []

    def to_json(self) -> bytes:
        """The record as one line of UTF-8 JSON, keys in the order of this module."""
        return encode(self)

    def to_dict(self) -> dict[str, Any]:
        """The record as plain dicts and lists."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return built

    def events_frame(self, library: Literal["pandas", "polars"] | None = None) -> Any:
        """The events as a data frame, one row an event.

        Args:
            library: whose frame; None takes pandas, or polars where pandas is not installed.

        Raises:
            MissingExtraError: the library is not installed.
        """
        return _shown().frame(self, "events", library)

    def statements_frame(self, library: Literal["pandas", "polars"] | None = None) -> Any:
        """The statements as a data frame, one row a statement; see `events_frame`."""
        return _shown().frame(self, "statements", library)

    def times_frame(self, library: Literal["pandas", "polars"] | None = None) -> Any:
        """The time expressions as a data frame, one row each; see `events_frame`."""
        return _shown().frame(self, "times", library)

    def _repr_html_(self) -> str:
        # What a notebook shows for a record.
        return _shown().html(self)


class Views(Protocol):
    """How records show themselves. The layers above bring it, see `show_records_with`."""

    def frame(self, record: Record, kind: str, library: Literal["pandas", "polars"] | None) -> Any:
        """One kind of a record's items as a data frame."""

    def html(self, record: Record) -> str:
        """A record as a piece of HTML."""


_views: list[Views] = []


def show_records_with(views: Views) -> None:
    """Give records their frames and pages; `dateline.serve.views` does so when it is imported."""
    _views[:] = [views]


def _shown() -> Views:
    if not _views:
        raise RecordError("records have no frames and pages yet: first import dateline.serve.views")
    return _views[0]


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Record)


def encode(record: Record) -> bytes:
    """Write a record as one line of UTF-8 JSON, the same bytes for the same record."""
    return _encoder.encode(record)


def decode(line: bytes | str) -> Record:
    """Read a record from JSON and check it.

    Raises:
        RecordError: the line is not JSON, not a ``dateline/1`` record, or inconsistent.
    """
    try:
        record = _decoder.decode(line)
    except msgspec.DecodeError as error:
        raise RecordError(f"not a {SCHEMA} record: {error}") from error
    except UnicodeDecodeError as error:
        raise RecordError(f"not UTF-8: {error}") from error
    problems = list(check(record))
    if problems:
        raise RecordError(f"record {record.report.id!r}: {problems[0]}")
    return record


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record."""
    schema = msgspec.json.schema(Record)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA, **schema}


def _spans(record: Record) -> Iterator[tuple[str, Span]]:
    for entity in record.entities:
        for mention in entity.mentions:
            yield f"entity {entity.id}", mention.span
    for time in record.times:
        yield f"time {time.id}", time.span
    for quantity in record.quantities:
        yield f"quantity {quantity.id}", quantity.span
    for statement in record.statements:
        for span in (*statement.source, *statement.cue, *statement.content):
            yield f"statement {statement.id}", span
        for link in statement.chain:
            if link.span is not None:
                yield f"chain of statement {statement.id}", link.span
    for event in record.events:
        yield f"event {event.id}", event.trigger
        for argument in (*event.actor, *event.recipient):
            if argument.span is not None:
                yield f"argument of event {event.id}", argument.span
    for framing in record.framings:
        for term in framing.terms:
            yield "framing", term.span
    for flag in record.flags:
        yield f"flag {flag.kind}", flag.span


def _references(record: Record) -> Iterator[tuple[str, str | None, set[str]]]:
    entities = {entity.id for entity in record.entities}
    times = {time.id for time in record.times}
    quantities = {quantity.id for quantity in record.quantities}
    statements = {statement.id for statement in record.statements}
    events = {event.id for event in record.events}
    for time in record.times:
        yield f"anchor of {time.id}", time.anchor, times | {"published"}
    for statement in record.statements:
        yield f"parent of {statement.id}", statement.parent, statements
        yield f"addressee of {statement.id}", statement.addressee, entities
        yield f"time of {statement.id}", statement.time, times
        yield f"place of {statement.id}", statement.place, entities
        for link in statement.chain:
            yield f"chain of {statement.id}", link.entity, entities
    for event in record.events:
        for argument in (*event.actor, *event.recipient):
            yield f"argument of {event.id}", argument.entity, entities
        yield f"place of {event.id}", event.place, entities
        yield f"time of {event.id}", event.time.time, times
        yield f"statement of {event.id}", event.statement, statements
        yield f"same_as of {event.id}", event.same_as, events
        for quantity in event.quantities:
            yield f"quantity of {event.id}", quantity, quantities
    for framing in record.framings:
        yield "referent of a framing", framing.referent, events if framing.of == "event" else entities
        for term in framing.terms:
            yield "speaker of a framing", term.used_by, entities


def check(record: Record) -> Iterator[str]:
    """Say what is wrong with a record that has the right types: nothing, for a good one.

    Yields:
        One sentence a problem: a span outside the text or empty, an id given twice or named
        but not defined, an interval that ends before it begins, a confidence outside 0 to 1.
    """
    if record.schema != SCHEMA:
        yield f"schema is {record.schema!r}, expected {SCHEMA!r}"
    size = len(record.report.text)
    for where, (begin, end) in _spans(record):
        if not 0 <= begin < end <= size:
            yield f"{where}: span [{begin}, {end}) does not lie in the text of {size} characters"
    for kind, ids in (
        ("entities", [e.id for e in record.entities]),
        ("times", [t.id for t in record.times]),
        ("quantities", [q.id for q in record.quantities]),
        ("statements", [s.id for s in record.statements]),
        ("events", [e.id for e in record.events]),
    ):
        for repeated in sorted({i for i in ids if ids.count(i) > 1} if len(set(ids)) < len(ids) else ()):
            yield f"{kind}: id {repeated!r} is given twice"
    for where, target, known in _references(record):
        if target is not None and target not in known:
            yield f"{where}: {target!r} is not defined"
    for time in record.times:
        if time.begin and time.end and time.begin > time.end:
            yield f"time {time.id}: begins {time.begin}, after its end {time.end}"
    for event in record.events:
        when = event.time
        if when.begin and when.end and when.begin > when.end:
            yield f"event {event.id}: begins {when.begin}, after its end {when.end}"
        if not 0.0 <= event.confidence <= 1.0:
            yield f"event {event.id}: confidence {event.confidence} is not between 0 and 1"
