"""The records as cards, each linked to its places in the text.

What a page adds to a card (links that lead on, what people said of the record) it adds by overriding
`name`, `told`, `title`, `more`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from dateline.records import Argument, Entity, Event, Flag, Framing, Link, Quantity, Span, Statement, Time
from dateline.serve.excerpt import sentence_around
from dateline.serve.outline import groups, outline
from dateline.serve.page.html import flow, line
from dateline.serve.page.marks import Mark, Marks
from dateline.serve.wording import Wording, interval, number

Item = TypeVar("Item")


class Cards:
    """Writes the cards of one record."""

    def __init__(self, words: Wording, marks: Marks, prefix: str) -> None:
        self.words = words
        self.marks = marks
        self._prefix = prefix
        self._roles: dict[str, list[str]] | None = None

    def sections(self) -> Iterator[tuple[str, str, str]]:
        """Yield name, title and cards of each kind that the record holds."""
        record = self.words.record
        if record.flags:
            yield "flags", "For the editor", self._list(record.flags, "f", self._flag)
        if record.events:
            cards = [self._event(first, again) for first, again in groups(record.events)]
            yield "events", "Events", f'<ol class="cards">{"".join(cards)}</ol>'
        if record.statements:
            yield "statements", "Statements", self._statements(record.statements)
        if record.times:
            yield "times", "Times", self._list(record.times, "t", self._time)
        if record.quantities:
            yield "quantities", "Quantities", self._list(record.quantities, "q", self._quantity)
        if record.framings:
            yield "framings", "Different words for one thing", self._list(record.framings, "w", self._framing)
        if record.entities:
            yield "entities", "Who and where", self._list(record.entities, "n", self._entity)

    # -- links -------------------------------------------------------------------------------

    def _card(self, key: str, classes: str, content: str) -> str:
        return f'<li class="card {classes}" id="{self._prefix}{key}" data-k="{key}" data-r="{key}">{content}</li>'

    def to_text(self, mark: Mark | None, content: str, classes: str = "in-text") -> str:
        """A link from a card to a place in the text; the content alone where there is no such place."""
        if mark is None:
            return content
        return f'<a class="{classes}" href="#{self._prefix}{mark.anchor}" data-r="{mark.key}">{content}</a>'

    def _cut(self, key: str, span: Span) -> str:
        return self.to_text(self.marks.at(key, span), line(self.words.cut(span)))

    def to_card(self, kind: str, id: str | None, content: str) -> str:
        """A link to another card; the content alone where there is none."""
        key = self.marks.keys[kind].get(id) if id is not None else None
        return f'<a href="#{self._prefix}{key}">{content}</a>' if key else content

    def name(self, id: str | None) -> str | None:
        """An entity's name, leading to its card; None where the record does not know it."""
        name = self.words.entity(id)
        return None if name is None else self.to_card("entities", id, line(name))

    def _argument(self, key: str, argument: Argument) -> str:
        name = self.name(argument.entity)
        if name is None:
            return f"“{self._cut(key, argument.span)}”" if argument.span else "not named"
        mark = self.marks.at(key, argument.span)
        return name + ("&nbsp;" + self.to_text(mark, "↗", "back") if mark else "")

    def _arguments(self, key: str, arguments: list[Argument]) -> str:
        return " and ".join(dict.fromkeys(self._argument(key, argument) for argument in arguments))

    def _chain(self, statement: Statement | None) -> str:
        if statement is None:
            return f'<span class="chain">{line(self.words.chain(None)[0])}</span>'
        key = self.marks.keys["statements"][statement.id]
        links = [self._mouth(key, link) for link in statement.chain]
        return '<span class="chain">' + '<span class="arrow"> → </span>'.join(links) + "</span>"

    def _mouth(self, key: str, link: Link) -> str:
        name = self.name(link.entity)
        if name is None:
            name = f"“{self._cut(key, link.span)}”" if link.span else line(self.words.link(link))
        return f"{name} <small>({line(link.medium)})</small>" if link.medium else name

    def _list(self, items: list[Item], letter: str, write: Callable[[str, Item], str]) -> str:
        cards = [self._card(f"{letter}{k}", letter, write(f"{letter}{k}", item)) for k, item in enumerate(items, 1)]
        return f'<ol class="cards">{"".join(cards)}</ol>'

    # -- events ------------------------------------------------------------------------------

    def _event(self, event: Event, again: list[Event]) -> str:
        key = self.marks.keys["events"][event.id]
        who = self._arguments(key, event.actor) if event.actor else '<span class="nobody">somebody unnamed</span>'
        code = line(f"{event.type} {event.mode}" if event.mode else event.type)
        did = self.to_text(self.marks.of(key, "trigger")[0], line(self.words.cut(event.trigger)), "did")
        whom = self.words.recipients(event)
        if whom and whom != "each other":
            whom = self._arguments(key, event.recipient)
        whom = f' <span class="arrow">→</span> {whom}' if whom else ""
        fact = f'<span class="fact is-{event.factuality}">{event.factuality}</span>'
        head = f'<h3>{who} <span class="arrow">─</span> {did}{whom}</h3>'
        rows = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in self._details(event))
        top = f'<p class="top">{fact} <span class="act">{code}</span> {self._id(event.id)}</p>'
        card = f"{top}{head}<dl>{rows}</dl>{self._quote(key, event)}{self.more(event)}"
        inner = "".join(self._again(other) for other in again)
        if inner:
            card += f'<ol class="again" aria-label="told again">{inner}</ol>'
        return self._card(key, f"e is-{event.factuality}", card)

    def _again(self, event: Event) -> str:
        key = self.marks.keys["events"][event.id]
        statement = self.words.statements.get(event.statement or "")
        top = (
            f'<p class="top"><span class="fact is-{event.factuality}">{event.factuality}</span> '
            f"<span>again</span> {self._id(event.id)}</p><p>{self._chain(statement)}</p>"
        )
        return self._card(key, f"e is-{event.factuality}", top + self._quote(key, event) + self.more(event))

    def told(self, statement: Statement) -> str:
        """The mouths that a statement came through, as the head of its card."""
        return f"<h3>{self._chain(statement)}</h3>"

    def title(self, entity: Entity) -> str:
        """An entity's name as the head of its card."""
        return line(entity.name)

    def more(self, item: Event | Statement | Flag) -> str:
        """What stands at the end of a card."""
        return ""

    def _details(self, event: Event) -> Iterator[tuple[str, str]]:
        when = self.words.event_time(event.time)
        if when:
            yield "when", self.to_card("times", event.time.time, line(when))
        place = self.name(event.place) or line(event.place or "")
        if place:
            yield "where", place
        amounts = [
            self.to_card("quantities", id, line(self.words.cut(self.words.quantities[id].span)))
            for id in event.quantities
            if id in self.words.quantities
        ]
        if amounts:
            yield "how much", ", ".join(amounts)
        if event.contexts:
            yield "context", line(", ".join(event.contexts))
        coded = event.plover
        if coded and (coded.type, coded.mode) != (event.type, event.mode):
            yield "in PLOVER", line(f"{coded.type} {coded.mode}" if coded.mode else coded.type)
        statement = self.words.statements.get(event.statement or "")
        told = self._chain(statement)
        if statement:
            told += " " + self.to_card("statements", statement.id, f"<small>{line(statement.id)}</small>")
        yield "told by", told

    def _quote(self, key: str, event: Event) -> str:
        text = self.words.record.report.text
        begin, end = sentence_around(text, event.trigger)
        before, after = flow(text[begin : event.trigger[0]]), flow(text[event.trigger[1] : end])
        trigger = self.to_text(self.marks.of(key, "trigger")[0], flow(text[slice(*event.trigger)]), "in-text hit")
        return f"<blockquote>{before}{trigger}{after}</blockquote>"

    @staticmethod
    def _id(id: str) -> str:
        return f'<small class="id">{line(id)}</small>'

    # -- the others --------------------------------------------------------------------------

    def _statements(self, statements: list[Statement]) -> str:
        out = ['<ol class="cards">']
        before = -1
        for depth, statement in outline(statements):
            if before >= 0:
                if depth > before:
                    out.append('<ol class="nested">')
                else:
                    out.append("</li>" + "</ol></li>" * (before - depth))
            card = self._card(self.marks.keys["statements"][statement.id], "s", self._statement(statement))
            out.append(card.removesuffix("</li>"))
            before = depth
        out.append("</li>" + "</ol></li>" * before + "</ol>")
        return "".join(out)

    def _statement(self, statement: Statement) -> str:
        key = self.marks.keys["statements"][statement.id]
        cue = " … ".join(self._cut(key, span) for span in statement.cue)
        source = " … ".join(self._cut(key, span) for span in statement.source)
        said = " … ".join(
            self.to_text(mark, line(self.words.cut((mark.begin, mark.end)))) for mark in self.marks.of(key, "content")
        )
        rows = []
        if source:
            rows.append(("source", source))
        if cue:
            rows.append(("cue", cue))
        addressee, place = self.name(statement.addressee), self.name(statement.place)
        if addressee:
            rows.append(("to", addressee))
        time = self.words.times.get(statement.time or "")
        if time:
            rows.append(("when", self.to_card("times", time.id, line(self.words.cut(time.span)))))
        if place:
            rows.append(("where", place))
        if statement.inherited:
            rows.append(("note", "goes on without a cue of its own"))
        return (
            f'<p class="top"><span class="kind">{statement.quote}</span> {self._id(statement.id)}</p>'
            f"{self.told(statement)}<blockquote>{said}</blockquote><dl>"
            + "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in rows)
            + f"</dl>{self.more(statement)}"
        )

    def _time(self, key: str, item: Time) -> str:
        means = interval(item.begin, item.end)
        value = line(f"{item.value} {item.mod}" if item.mod else item.value)
        return (
            f'<span class="words">{self._cut(key, item.span)}</span> <span class="kind">{item.type}</span> '
            f"<code>{value}</code>" + (f" <span>{line(means)}</span>" if means else "")
        )

    def _quantity(self, key: str, item: Quantity) -> str:
        parts = [f'<span class="words">{self._cut(key, item.span)}</span>']
        if item.value is not None:
            parts.append(f"<code>{'about ' if item.approximate else ''}{number(item.value)}</code>")
        if item.unit:
            parts.append(line(item.unit))
        bounds = [number(bound) if bound is not None else "…" for bound in (item.low, item.high)]
        if item.low is not None or item.high is not None:
            parts.append(f"<small>{bounds[0]} to {bounds[1]}</small>")
        return " ".join(parts)

    def _framing(self, key: str, item: Framing) -> str:
        of = "events" if item.of == "event" else "entities"
        head = self.to_card(of, item.referent, line(item.referent)) if item.referent else item.of
        terms = []
        for term in item.terms:
            speaker = self.name(term.used_by)
            terms.append(
                f"<li>“{self._cut(key, term.span)}”" + (f" <small>{speaker}</small>" if speaker else "") + "</li>"
            )
        return f'<p class="top">{head}</p><ul>{"".join(terms)}</ul>'

    def _flag(self, key: str, item: Flag) -> str:
        fix = ""
        if item.suggestion:
            fix = f' <span class="arrow">→</span> {self.name(item.suggestion) or line(item.suggestion)}'
        kind = line(item.kind.replace("_", " "))
        head = f'<p class="top"><span class="kind">{kind}</span></p><h3>“{self._cut(key, item.span)}”{fix}</h3>'
        return f"{head}<p>{line(item.why)}</p>{self.more(item)}"

    def _entity(self, key: str, item: Entity) -> str:
        facts = [item.kind, *(line(fact) for fact in (item.code,) if fact)]
        roles = line(self.words.roles(item))
        mentions = ", ".join(self._cut(key, mention.span) for mention in item.mentions)
        rows = [("roles", roles), ("in the text", mentions), ("in records", ", ".join(self._where(item.id)))]
        return (
            f'<h3>{self.title(item)}</h3><p class="top"><span class="kind">{" · ".join(facts)}</span></p><dl>'
            + "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in rows if value)
            + "</dl>"
        )

    def _where(self, id: str) -> list[str]:
        """Links to the records that an entity has a part in."""
        if self._roles is None:
            self._roles = {}
            record = self.words.record
            for event in record.events:
                link = self.to_card("events", event.id, line(event.id))
                ids = [argument.entity for argument in (*event.actor, *event.recipient)]
                for found in dict.fromkeys([*ids, event.place]):
                    if found is not None:
                        self._roles.setdefault(found, []).append(link)
            for statement in record.statements:
                link = self.to_card("statements", statement.id, line(statement.id))
                for found in dict.fromkeys(mouth.entity for mouth in statement.chain):
                    if found is not None:
                        self._roles.setdefault(found, []).append(link)
        return self._roles.get(id, [])
