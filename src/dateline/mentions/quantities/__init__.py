"""Amounts: the figure, the bounds it stands for, and the unit.

"At least 311" has a lower bound only, "nearly 500" lies somewhat below, "dozens of soldiers" gives
no figure but bounds. Money is in ISO 4217 codes, shares in percent ("%") or as a fraction of one
("share"); all else is counted in the words of the text ("rounds of artillery"). Numbers that name or
label something (Article 5, Flight 17, an F-16) and those of times are no amounts.
"""

from __future__ import annotations

from dateline.annotate.syntax import Syntax
from dateline.mentions.quantities.amount import Amount, read_amount
from dateline.mentions.quantities.unit import counted, is_age, is_label, is_money, needs_unit
from dateline.mentions.quantities.words import AmountWords, amount_words
from dateline.records import Quantity, Time

__all__ = ["find_quantities"]

# How far "about" reaches to both sides, and "nearly" down: a tenth of the figure.
_NEAR = 0.1
_LONGEST_BOUND = 4


def find_quantities(syntax: Syntax, times: list[Time]) -> list[Quantity]:
    """Find the amounts of a text.

    Args:
        syntax: the text; with a parse, the noun that is counted is the number's governor, without one
            the words that follow.
        times: the time expressions, whose numbers are no amounts.

    Returns:
        The amounts in the order of the text, ids ``q1``, ``q2``, …. The span covers the words of
        approximation, the number and the unit. `value` is None where the text gives no figure
        ("dozens", "300 to 400"); `low` and `high` are inclusive bounds, None where open.
    """
    words = amount_words()
    openers, signs = words.openers, words.money_signs
    lower, size = syntax.lower, len(syntax)
    taken = _taken(syntax, times)
    found: list[Quantity] = []
    at = 0
    while at < size:
        word = lower[at]
        if not (word[0] in "0123456789" or word in openers or word[0] in signs):
            at += 1
            continue
        if at in taken:
            at += 1
            continue
        amount = read_amount(syntax, at, words, taken)
        if amount is None:
            at += 1
            continue
        quantity, after = _finish(syntax, amount, words, taken, found[-1].span[1] if found else 0)
        if quantity is not None:
            quantity.id = f"q{len(found) + 1}"
            found.append(quantity)
        at = max(after, at + 1)
    return found


def _taken(syntax: Syntax, times: list[Time]) -> set[int]:
    taken: set[int] = set()
    for time in times:
        taken.update(range(*syntax.chars_to_tokens(*time.span)))
    return taken


def _finish(
    syntax: Syntax, amount: Amount, words: AmountWords, taken: set[int], floor: int
) -> tuple[Quantity | None, int]:
    """Add the unit and the words of approximation; None where the number counts nothing."""
    lower, size = syntax.lower, len(syntax)
    if is_label(syntax, amount, words):
        return None, amount.last
    first, last = amount.first, amount.last
    unit = amount.unit
    if last < size and (
        lower[last] in words.percent or (lower[last] == "per" and last + 1 < size and lower[last + 1] == "cent")
    ):
        unit, last = "%", last + (2 if lower[last] == "per" else 1)
    elif last + 1 < size and lower[last] == "percentage" and lower[last + 1].startswith("point"):
        unit, last = "percentage points", last + 2
    elif unit is None and last < size and is_money(lower[last], amount, words):
        unit, last = words.money_names[lower[last]], last + 1
    elif unit is None:
        unit, last = counted(syntax, amount, words, taken)
        if unit is None and (needs_unit(syntax, amount) or is_age(syntax, amount)):
            return None, amount.last
    bound, first = _bound_before(syntax, first, words, floor)
    if bound is None and last + 1 < size:
        bound = words.after.get(f"{lower[last]} {lower[last + 1]}")
        if bound is not None:
            last += 2
    low, high, approximate = _bounded(amount, bound)
    span = syntax.span(first, last)
    return (
        Quantity(id="", span=span, value=amount.value, low=low, high=high, unit=unit, approximate=approximate),
        last,
    )


def _bounded(amount: Amount, bound: str | None) -> tuple[float | None, float | None, bool]:
    low, high = amount.low, amount.high
    value = amount.value
    approximate = amount.vague or (value is None and not amount.vague)
    if bound is None or bound == "exact" or amount.vague:
        return low, high, approximate
    edge = value if value is not None else None
    if bound == "least":
        return low, None, approximate
    if bound == "most":
        return None, high, approximate
    if edge is None:
        return low, high, True
    below, above = round(edge * (1 - _NEAR), 6), round(edge * (1 + _NEAR), 6)
    if bound == "short":
        return below, edge, True
    if bound == "past":
        return edge, above, True
    return below, above, True


def _bound_before(syntax: Syntax, first: int, words: AmountWords, floor: int) -> tuple[str | None, int]:
    lower = syntax.lower
    for length in range(min(_LONGEST_BOUND, first), 0, -1):
        begin = first - length
        if syntax.begin[begin] < floor:
            continue
        bound = words.bounds.get(" ".join(lower[begin:first]))
        if bound is not None:
            return bound, begin
    return None, first
