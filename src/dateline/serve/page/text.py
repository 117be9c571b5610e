"""The report's text with its marks."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.records import Record
from dateline.serve.page.html import escaped, line
from dateline.serve.page.marks import Marks, Piece

_KINDS = {"e": "event", "s": "statement", "t": "time", "q": "quantity", "n": "name", "f": "query", "w": "wording"}

# A name's card leads on to the records that the name has a part in, the mark of a content to its statement.
_LED = ("argument", "link", "source", "cue")


def marked_text(record: Record, marks: Marks, prefix: str, states: Mapping[str, str] | None = None) -> str:
    """The text as HTML: pieces with the classes of their layers, linked to the cards.

    A piece links to the card of its foremost mark; a mark that is foremost nowhere gets a small
    link of its own where it begins, unless another leads to its card.

    Args:
        record: the record.
        marks: its marks.
        prefix: of all names in the page.
        states: further classes of the pieces whose foremost mark belongs to these cards.
    """
    text = record.report.text
    pieces = list(marks.pieces(len(text)))
    linked = {piece.marks[0] for piece in pieces if piece.marks and piece.marks[0].layer != "content"}
    named = {mark.key for mark in linked if mark.layer == "mention"}
    names = {key: id for ids in marks.keys.values() for id, key in ids.items()}
    fact: dict[str, str] = {f"e{k}": event.factuality for k, event in enumerate(record.events, 1)}
    out = []
    for piece in pieces:
        seen: set[str] = set()
        for mark in piece.starting:
            out.append(f'<i id="{prefix}{mark.anchor}" data-k="{mark.key}"></i>')
        for mark in piece.starting:
            if mark.layer in _LED or mark in linked or mark.key in seen:
                continue
            if mark.layer == "mention":
                if mark.key in named:
                    continue
                named.add(mark.key)
            seen.add(mark.key)
            name = mark.key if mark.layer == "mention" else line(names.get(mark.key, mark.key))
            out.append(
                f'<a class="mk {mark.key[0]}" href="#{prefix}{mark.key}" data-r="{mark.key}" '
                f'aria-label="{_KINDS[mark.key[0]]} {name}">{name}</a>'
            )
        content = text[piece.begin : piece.end]
        if content.endswith("\r") and text.startswith("\n", piece.end):
            content = content[:-1]  # parted by a border, the two would be two line ends
        out.append(_piece(piece, escaped(content), fact, prefix, states or {}))
    return "".join(out)


def _piece(piece: Piece, content: str, fact: dict[str, str], prefix: str, states: Mapping[str, str]) -> str:
    if not piece.marks:
        return content
    layers = dict.fromkeys(mark.layer for mark in piece.marks)
    depth = len({mark.key for mark in piece.marks if mark.layer == "content"})
    classes = [*layers]
    if depth:
        classes.append(f"in{min(depth, 3)}")
    first = piece.marks[0]
    if first.layer == "trigger":
        classes.append(f"is-{fact[first.key]}")
    if first.key in states:
        classes.append(states[first.key])
    keys = " ".join(dict.fromkeys(mark.key for mark in piece.marks))
    if first.layer == "content":
        return f'<span class="{" ".join(classes)}" data-r="{keys}">{content}</span>'
    return f'<a class="{" ".join(classes)}" href="#{prefix}{first.key}" data-r="{keys}">{content}</a>'
