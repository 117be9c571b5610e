"""One actor over time, a lane a role: what it does and what is done to it by kinds of events, and what it says."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dateline.serve.web.charts.periods import Period, Periods, is_day, periods_of
from dateline.serve.web.wording import KIND_WORDS, days, kind_of, plural

HEIGHT = 46  # of a lane, px
SAID = "said"  # the style of statements, beside those of the kinds of events
_ROLES = (
    ("actor", "acts", "event acting", "events acting"),
    ("recipient", "is acted upon", "event acted upon", "events acted upon"),
    ("speaker", "speaks", "statement", "statements"),
)


@dataclass(frozen=True)
class LaneBar:
    """A bar; `left` and `width` in per cent, `top` and `height` in px within the lane."""

    css: str
    left: float
    width: float
    top: float
    height: float


@dataclass
class Lane:
    """A role with its bars."""

    role: str
    label: str
    total: int
    bars: list[LaneBar] = field(default_factory=list)


@dataclass(frozen=True)
class Lanes:
    """What the template draws: lanes from top to bottom, and what each column is in words."""

    periods: Periods
    lanes: Sequence[Lane]
    said: Sequence[tuple[Period, str]]
    height: int


def draw_lanes(counts: Iterable[tuple[str, str, str | None, int]]) -> Lanes | None:
    """Lay out an actor's roles over time.

    Args:
        counts: ISO day, role (actor, recipient, speaker), type of the events (None: statements), number.

    Returns:
        None where nothing has a day.
    """
    found = [(day, role, type_, n) for day, role, type_, n in counts if is_day(day)]
    shown = periods_of((day, n) for day, _, _, n in found)
    if shown is None:
        return None
    begins = [p.begin for p in shown.columns]
    amounts = Counter[tuple[int, str, str]]()
    for day, role, type_, n in found:
        k = bisect_right(begins, day[:10]) - 1
        if k >= 0:
            amounts[k, role, f"kind-{kind_of(type_)}" if type_ else SAID] += n
    sums = Counter[tuple[int, str]]()
    for (k, role, _), n in amounts.items():
        sums[k, role] += n
    lanes = []
    for role, label, _, _ in _ROLES:
        mine = {k: n for (k, of), n in sums.items() if of == role}
        if mine:
            lanes.append(Lane(role, label, sum(mine.values()), _bars(shown, role, amounts, max(mine.values()))))
    return Lanes(shown, lanes, [(p, _said(p, k, sums)) for k, p in enumerate(shown.columns)], HEIGHT)


def _bars(shown: Periods, role: str, amounts: Counter[tuple[int, str, str]], most: int) -> list[LaneBar]:
    bars = []
    for k, period in enumerate(shown.columns):
        bottom = float(HEIGHT)
        for css in (*(f"kind-{kind}" for kind in KIND_WORDS), SAID):
            if n := amounts[k, role, css]:
                height = (HEIGHT - 6) * n / most
                bottom -= height
                bars.append(
                    LaneBar(css, period.left, round(period.width * 0.86, 3), round(bottom, 2), round(height, 2))
                )
    return bars


def _said(period: Period, k: int, sums: Counter[tuple[int, str]]) -> str:
    parts = [plural(n, one, many) for role, _, one, many in _ROLES if (n := sums[k, role])]
    return f"{days(period.begin, period.end)}: {', '.join(parts) or 'nothing'}"
