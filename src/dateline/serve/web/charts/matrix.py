"""Who acts on whom: the countries with most between them, and how many events each pair has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.serve.web.charts.amount import Steps

MOST = 12  # countries a side


@dataclass(frozen=True)
class Cell:
    """Events of a pair; `step` is its colour, 0 for none."""

    actor: str
    recipient: str
    events: int
    step: int


@dataclass(frozen=True)
class Matrix:
    """Rows act, columns are acted upon; `others` counts the events of pairs that are not shown."""

    actors: Sequence[str]
    recipients: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    others: int


def draw_matrix(pairs: Iterable[tuple[str, str, int]], *, most: int = MOST) -> Matrix | None:
    """Choose the countries of most events and lay their pairs out.

    Args:
        pairs: acting country, country acted upon, events.
        most: countries a side.

    Returns:
        None where there are no pairs.
    """
    events: dict[tuple[str, str], int] = {}
    weight = Counter[str]()
    for actor, recipient, n in pairs:
        events[actor, recipient] = events.get((actor, recipient), 0) + n
        weight[actor] += n
        weight[recipient] += n
    if not events:
        return None
    chosen = sorted(weight, key=lambda c: (-weight[c], c))[: most * 2]
    actors = [c for c in chosen if any(a == c for a, _ in events)][:most]
    recipients = [c for c in chosen if any(r == c and a in actors for a, r in events)][:most]
    actors = [c for c in actors if any((c, r) in events for r in recipients)]
    shown = {pair: n for pair, n in events.items() if pair[0] in actors and pair[1] in recipients}
    steps = Steps(shown.values())
    rows = [[Cell(a, r, n := shown.get((a, r), 0), steps.of(n)) for r in recipients] for a in actors]
    return Matrix(actors, recipients, rows, sum(events.values()) - sum(shown.values()))
