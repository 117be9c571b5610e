"""The order in which records are shown: events by what is one event, statements by what holds what."""

from __future__ import annotations

from dateline.records import Event, Record, Span, Statement
from dateline.serve.excerpt import sentence_around


def groups(events: list[Event]) -> list[tuple[Event, list[Event]]]:
    """Events with the later mentions of the same event, in the order of the text."""
    by_id = {event.id: event for event in events}
    members: dict[str, list[Event]] = {}
    for event in events:
        root = event
        seen = {event.id}
        while root.same_as and root.same_as in by_id and root.same_as not in seen:
            seen.add(root.same_as)
            root = by_id[root.same_as]
        # In a ring of mentions the first of them stands for all.
        key = min(seen, key=lambda id: by_id[id].trigger) if root.same_as in seen else root.id
        members.setdefault(key, []).append(event)
    out = []
    for key, group in members.items():
        first = by_id[key]
        out.append((first, [event for event in group if event is not first]))
    return sorted(out, key=lambda group: min(e.trigger for e in (group[0], *group[1])))


def outline(statements: list[Statement]) -> list[tuple[int, Statement]]:
    """Statements as a tree written flat: (depth, statement), children after their parent."""
    known = {statement.id for statement in statements}
    children: dict[str | None, list[Statement]] = {}
    for statement in statements:
        parent = statement.parent if statement.parent in known and statement.parent != statement.id else None
        children.setdefault(parent, []).append(statement)
    out: list[tuple[int, Statement]] = []
    seen: set[str] = set()
    # After the roots, all: of a ring of parents none is a root.
    for root in (*children.get(None, []), *statements):
        stack = [(0, root)]
        while stack:
            depth, statement = stack.pop()
            if statement.id in seen:
                continue
            seen.add(statement.id)
            out.append((depth, statement))
            stack += [(depth + 1, child) for child in reversed(children.get(statement.id, []))]
    return out


def by_sentence(record: Record) -> list[tuple[Span, list[Event]]]:
    """Events by the sentence of their trigger: its offsets and the events, both in the order of the text."""
    out: list[tuple[Span, list[Event]]] = []
    for event in sorted(record.events, key=lambda event: event.trigger):
        begin, end = sentence_around(record.report.text, event.trigger)
        # A long sentence is cut differently around each trigger; one that lies in the cut before joins it.
        if out and out[-1][0][0] <= event.trigger[0] and event.trigger[1] <= out[-1][0][1]:
            out[-1][1].append(event)
        else:
            out.append(((begin, end), [event]))
    return out
