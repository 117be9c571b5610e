"""Records in words: names, chains and times as a reader would write them. Nothing is added that
the record does not hold.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta

from dateline.records import (
    Argument,
    Entity,
    Event,
    EventTime,
    Link,
    Quantity,
    Record,
    Report,
    Role,
    Span,
    Statement,
    Time,
)

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
BASES = {"given": "as given", "metadata": "from the page", "inferred": "inferred from the text"}
TIME_BASES = {
    "clause": "time of the clause",
    "statement": "time of the statement",
    "previous": "time of the event before",
    "publication": "date of publication",
}


def printable(text: str) -> str:
    """A text as one line that is safe to print: white space is one space, and characters that
    would steer a terminal or turn the reading direction of what follows become U+FFFD.
    """
    out = []
    for word in text.split():
        if word.isascii() and word.isprintable():
            out.append(word)
            continue
        out.append("".join("\ufffd" if _steers(character) else character for character in word))
    return " ".join(out)


def flowing(text: str) -> str:
    """Like `printable`, but white space at either end stays one space, so that pieces can be joined."""
    line = printable(text)
    if not line:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + line + (" " if text[-1].isspace() else "")


def _steers(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in (
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"
    )


class Wording:
    """The words for one record's entities, chains and times."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.entities: dict[str, Entity] = {entity.id: entity for entity in record.entities}
        self.times: dict[str, Time] = {time.id: time for time in record.times}
        self.statements: dict[str, Statement] = {statement.id: statement for statement in record.statements}
        self.quantities: dict[str, Quantity] = {quantity.id: quantity for quantity in record.quantities}

    def cut(self, span: Span) -> str:
        """What the text says at a span, on one line."""
        return printable(self.record.report.text[span[0] : span[1]])

    def pieces(self, spans: list[Span]) -> str:
        """Like `cut` for several spans, with an ellipsis between them."""
        return " … ".join(self.cut(span) for span in spans)

    def entity(self, id: str | None) -> str | None:
        """An entity's name."""
        found = self.entities.get(id) if id else None
        return printable(found.name) if found else None

    def roles(self, entity: Entity) -> str:
        """The offices that somebody holds on the day of the report, else the last one held before.

        Without a day, all of them with their years.
        """
        today = (self.record.report.published or "")[:10]
        if not today:
            return printable("; ".join(dict.fromkeys(role.title + _years(role) for role in entity.roles)))
        held = [role for role in entity.roles if (role.begin or "") <= today < (role.end or "9999")]
        if held:
            return printable("; ".join(dict.fromkeys(role.title for role in held)))
        before = [role for role in entity.roles if role.end and role.end <= today]
        return printable(f"former {max(before, key=_end).title}") if before else ""

    def argument(self, argument: Argument) -> str:
        """Who acts or is acted upon: the entity's name, else the words of the text."""
        name = self.entity(argument.entity)
        if name:
            return name
        return f"“{self.cut(argument.span)}”" if argument.span else "not named"

    def arguments(self, arguments: list[Argument]) -> str:
        """Several of them, as a list in words."""
        return " and ".join(dict.fromkeys(self.argument(argument) for argument in arguments))

    def recipients(self, event: Event) -> str:
        """To whom it was done; of those who did it to one another, that."""
        actors = {argument.entity for argument in event.actor}
        if len(actors) > 1 and None not in actors and actors == {argument.entity for argument in event.recipient}:
            return "each other"
        return self.arguments(event.recipient)

    def link(self, link: Link) -> str:
        """One mouth of a chain: the entity's name, else the words of the text, else the publisher."""
        name = self.entity(link.entity)
        if name is None and link.span is not None:
            name = f"“{self.cut(link.span)}”"
        if name is None:
            publisher = self.record.report.publisher
            name = printable(publisher) if publisher else "the report"
        return f"{name} ({link.medium})" if link.medium else name

    def chain(self, statement: Statement | None) -> list[str]:
        """The mouths a statement came through, outermost first; the report's own voice for None."""
        if statement is None:
            publisher = self.record.report.publisher
            return [printable(publisher) if publisher else "the report"]
        return [self.link(link) for link in statement.chain]

    def event_time(self, time: EventTime) -> str | None:
        """When an event took place, and what told it; None where the record does not say."""
        expression = self.times.get(time.time) if time.time else None
        told = f"“{self.cut(expression.span)}”" if expression else TIME_BASES.get(time.basis)
        extent = interval(time.begin, time.end)
        if extent is None:
            return told if expression else None
        return f"{extent} ({told})" if told else extent


def published(report: Report) -> list[str]:
    """When a report was published and how that is known; for an undated one the window and its reasons."""
    if report.published:
        return [f"{day(report.published)} ({BASES.get(report.published_basis, report.published_basis)})"]
    window = report.published_window
    if window is None:
        return ["date unknown"]
    extent = [f"not before {day(window.not_before)}"] if window.not_before else []
    extent += [f"not after {day(window.not_after)}"] if window.not_after else []
    return [f"undated: {', '.join(extent) or 'nothing tells when'}", *(f"  {printable(why)}" for why in window.why)]


def _end(role: Role) -> str:
    return role.end or ""


def _years(role: Role) -> str:
    if not role.begin and not role.end:
        return ""
    return f" ({(role.begin or '')[:4]}–{(role.end or '')[:4]})"


def interval(begin: str | None, end: str | None) -> str | None:
    """A half-open interval of ISO dates or date-times as a reader would write it.

    Returns:
        For example ``14 to 20 January 2024`` for 2024-01-14 and 2024-01-21; None where both are None.
    """
    if begin is None and end is None:
        return None
    if begin is None:
        return f"before {day(end)}"
    if end is None:
        return f"from {day(begin)}"
    if len(begin) > 10 or len(end) > 10:
        if begin[:10] == end[:10]:
            return f"{day(begin[:10])}, {_clock(begin)} to {_clock(end)}"
        return f"{day(begin)} to {day(end)}"
    try:
        first = date.fromisoformat(begin)
        last = date.fromisoformat(end) - timedelta(days=1)
    except (ValueError, OverflowError):
        return f"{printable(begin)} to {printable(end)}"
    if last <= first:
        return day(begin)
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        if (first.month, last.month) == (1, 12):
            return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
        if first.year == last.year:
            months = dict.fromkeys(_MONTHS[d.month - 1] for d in (first, last))
            return f"{' to '.join(months)} {first.year}"
    if first.year != last.year:
        return f"{day(begin)} to {day(last.isoformat())}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month - 1]} to {day(last.isoformat())}"
    return f"{first.day} to {day(last.isoformat())}"


def day(iso: str | None) -> str:
    """An ISO date or date-time in words: ``21 January 2024``, ``21 January 2024, 15:30 UTC``."""
    if iso is None:
        return ""
    try:
        when = date.fromisoformat(iso[:10])
        words = f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
        return f"{words}, {_clock(iso)}" if len(iso) > 10 else words
    except ValueError:
        return printable(iso)


def _clock(iso: str) -> str:
    if len(iso) <= 10:
        return "00:00"
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return printable(iso[11:])
    zone = ""
    if moment.utcoffset() is not None:
        zone = f" UTC{moment.isoformat()[-6:]}" if moment.utcoffset() else " UTC"
    return f"{moment:%H:%M}{zone}"


def number(value: float) -> str:
    """A figure with thousands parted by commas, whole where it is whole."""
    return f"{int(value):,}" if abs(value) < 1e15 and value == int(value) else f"{value:,}"
