"""The cards of a report that lies in an archive: they lead on to actors and accounts, and tell what people said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from dateline.records import Entity, Event, Flag, Link, Statement
from dateline.serve.page.cards import Cards
from dateline.serve.page.html import escaped, line
from dateline.serve.page.marks import Marks
from dateline.serve.web.addresses import account_address, actor_address, with_query
from dateline.serve.wording import Wording, day, printable
from dateline.store.correction import found_item, table_and_name
from dateline.store.rows import flag_name
from dateline.store.said import Row, Whole

_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})


def states(whole: Whole, marks: Marks) -> dict[str, str]:
    """Classes of the cards of items that people said something of."""
    found = {
        marks.keys["events"][id]: f"was-{row['review']}"
        for id, row in whole.events.items()
        if row["review"] is not None
    }
    found |= {
        marks.keys["statements"][id]: f"was-{row['review']}"
        for id, row in whole.statements.items()
        if row["review"] is not None
    }
    return found | {id: f"was-{row['review']}" for id, row in whole.flags.items() if row["review"] is not None}


class ArchiveCards(Cards):
    """Writes the cards of one report of an archive."""

    def __init__(self, whole: Whole, words: Wording, marks: Marks, *, editor: bool) -> None:
        super().__init__(words, marks, "")
        self._whole = whole
        self._editor = editor and whole.version.current
        self._said: dict[tuple[str, str], list[Row]] = {}
        for entry in whole.log:
            item = found_item(whole.record, entry["machine"])
            if item is not None:
                table, name = table_and_name(whole.record, item)
                self._said.setdefault((table.name, name), []).append(entry)

    def name(self, id: str | None) -> str | None:
        """An entity's name, leading to the actor's page."""
        name = self.words.entity(id)
        if id is None or name is None:
            return None
        entity = self.words.entities.get(id)
        return _person(id if entity is None or _stored(entity) else None, name)

    def title(self, entity: Entity) -> str:
        """The name, leading to the actor's page."""
        return _person(entity.id if _stored(entity) else None, entity.name)

    def told(self, statement: Statement) -> str:
        """The mouths that a statement came through, drawn one below the other."""
        last = len(statement.chain) - 1
        mouths = "".join(self._drawn(link, n, last) for n, link in enumerate(statement.chain))
        return f'<ol class="mouths" aria-label="Came through">{mouths}</ol>'

    def _drawn(self, link: Link, place: int, last: int) -> str:
        entity = self.words.entities.get(link.entity) if link.entity else None
        name = (
            _person(entity.id if _stored(entity) else None, entity.name)
            if entity
            else line(self.words.link(msgspec.structs.replace(link, medium=None)))
        )
        role = _mouth(entity, place, last)
        how = f", {line(link.medium)}" if link.medium else ""
        return f'<li class="mouth is-{role.split()[0]}">{name} <small>{role}{how}</small></li>'

    def more(self, item: Event | Statement | Flag) -> str:
        """The account of an event, what people said, and the way to say something."""
        if isinstance(item, Event):
            kind, name = "events", item.id
        elif isinstance(item, Statement):
            kind, name = "statements", item.id
        else:
            kind, name = "flags", flag_name(next(n for n, f in enumerate(self.words.record.flags) if f is item))
        row = getattr(self._whole, kind).get(name)
        return "".join(self._end(row, name, self._said.get((kind, name), ()))) if row else ""

    def _end(self, row: Mapping[str, Any], name: str, said: Sequence[Row]) -> Iterator[str]:
        if said:
            yield f'<ul class="people-said">{"".join(f"<li>{_said(entry)}</li>" for entry in said)}</ul>'
        links = []
        if row.get("account") is not None:
            standing = line(row["standing"])
            told = row["account_reports"]
            links.append(
                f'<a class="to-account stands-{standing.replace(" ", "-")}" href="{account_address(row["account"])}">'
                f'<span class="standing">{standing}</span> '
                + (f"told in {told} reports</a>" if told > 1 else "its account</a>")
            )
        if self._editor:
            way = with_query("/review/item", {"report": self._whole.record.report.id, "item": name})
            links.append(
                f'<a class="to-review" href="{escaped(way)}">{"Review" if not row["review"] else "Review again"}</a>'
            )
        if links:
            yield f'<p class="end">{"".join(links)}</p>'


def _stored(entity: Entity) -> bool:
    """Whether an archive has a page for somebody: those whom only a correction names are in no report."""
    return bool(entity.mentions) or entity.kind != "organization"


def _person(id: str | None, name: str) -> str:
    if id is None:
        return line(name)
    return f'<a href="{escaped(actor_address(id))}">{line(name)}</a>'


def _mouth(entity: Entity | None, place: int, last: int) -> str:
    """What a mouth is in its chain: in the words that a reader has for it."""
    if place == 0:
        return "publisher"
    if place == last:
        return "speaker"
    if entity is not None and entity.kind == "outlet":
        return "agency or outlet"
    if entity is not None and (entity.sector in _OFFICIAL or entity.kind == "country"):
        return "official"
    return "passed on by"


def _said(entry: Row) -> str:
    who, at = f"<b>{line(entry['who'])}</b>", f"<small>{line(day(entry['at'][:10]))}</small>"
    why = f" <q>{line(entry['why'])}</q>" if entry["why"] else ""
    if entry["action"] == "change":
        machine, human = shown_value(entry["machine"]["value"]), shown_value(entry["human"])
        what = f"{line(entry['field'])}: <del>{line(machine)}</del> <ins>{line(human)}</ins>"
        return f"{who} changed {what}{why} {at}"
    return f"{who} {'accepted' if entry['action'] == 'accept' else 'rejected'} this{why} {at}"


def shown_value(value: Any) -> str:
    """A value of a field as people read it."""
    if isinstance(value, list):
        return ", ".join(printable(str(v)) for v in value if v) or "nobody"
    return printable(str(value)) if value not in (None, "") else "nothing"
