"""The number of an amount: figures, number words, scales, money, fractions, ranges, "dozens"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.annotate.syntax import Syntax
from dateline.mentions.numerals import WORDS, figure
from dateline.mentions.quantities.words import AmountWords

_FIGURE = re.compile(r"(\d[\d,]*(?:\.\d+)?)([A-Za-z]+)?$")
_MONEY_FIGURE = re.compile(r"((?:US|HK|NZ|[ACSR])?[$€£¥₽₹₴₩₪])(\d[\d,]*(?:\.\d+)?)([A-Za-z]+)?$")


@dataclass(slots=True)
class Amount:
    """A number being read: its tokens, value or bounds, unit so far."""

    first: int
    last: int
    value: float | None
    low: float | None
    high: float | None
    unit: str | None = None
    vague: bool = False
    fraction: bool = False


def read_amount(syntax: Syntax, at: int, words: AmountWords, taken: set[int]) -> Amount | None:
    """Read the number that begins at a token, with its scale, money and range."""
    amount = (
        _vague(syntax, at, words)
        or _fraction(syntax, at, words)
        or _money(syntax, at, words)
        or _plain(syntax, at, words)
    )
    if amount is None or not taken.isdisjoint(range(amount.first, amount.last)):
        return None
    return _range(syntax, amount, words, taken)


def _vague(syntax: Syntax, at: int, words: AmountWords) -> Amount | None:
    lower = syntax.lower
    word = lower[at]
    size = len(syntax)
    if word in ("tens", "hundreds", "thousands") and at + 2 < size and lower[at + 1] == "of":
        table = {"tens": words.tens, "hundreds": words.hundreds}.get(word, {})
        bounds = table.get(lower[at + 2])
        if bounds is not None:
            return Amount(at, _skip_of(lower, at + 3), None, *bounds, vague=True)
    before = lower[at - 1] if at else ""
    if (word in ("few", "couple", "handful") and before == "a") or word == "several":
        low, high = {"few": (3.0, 5.0), "couple": (2.0, 2.0), "handful": (3.0, 6.0)}.get(word, (3.0, 9.0))
        first, last = at - (word != "several"), at + 1
        scale = words.scales.get(lower[last], 12.0 if lower[last] == "dozen" else 0.0) if last < size else 0.0
        if scale:
            last += 1
            low, high = low * scale, high * scale
        elif word == "few" or last >= size:
            return None
        last = _skip_of(lower, last)
        return Amount(first, last, None, low, high, vague=True)
    if word in words.vague and word != "several":
        if (at + 1 < size and lower[at + 1] == "of") or before in ("many", "by"):
            return Amount(at, _skip_of(lower, at + 1), None, *words.vague[word], vague=True)
    return None


def _skip_of(lower: list[str], at: int) -> int:
    return at + 1 if at < len(lower) and lower[at] == "of" else at


def _fraction(syntax: Syntax, at: int, words: AmountWords) -> Amount | None:
    lower, size = syntax.lower, len(syntax)
    above = WORDS.get(lower[at])
    if above is not None and 1 <= above <= 20 and at + 1 < size:
        below = at + 2 if lower[at + 1] in ("-", "–") and at + 2 < size else at + 1
        parts = words.fractions.get(lower[below])
        if parts is not None and above < parts and (below > at + 1 or lower[below].endswith("s")):
            return Amount(at, below + 1, above / parts, above / parts, above / parts, "share", fraction=True)
    parts = words.fractions.get(lower[at])
    if parts is not None and lower[at][-1] != "s" and at + 1 < size:
        article = at and lower[at - 1] in ("a", "one")
        if lower[at + 1] == "of" and (article or lower[at] == "half"):
            first = at - 1 if article else at
            return Amount(first, at + 1, 1 / parts, 1 / parts, 1 / parts, "share", fraction=True)
    return None


def _money(syntax: Syntax, at: int, words: AmountWords) -> Amount | None:
    word, size = syntax.word[at], len(syntax)
    unit = words.money_signs.get(word) or words.money_signs.get(syntax.lower[at])
    if unit is not None and at + 1 < size:
        amount = _plain(syntax, at + 1, words)
        if amount is None or amount.first != at + 1:
            return None
        amount.first, amount.unit = at, unit
        return amount
    glued = _MONEY_FIGURE.match(word)
    if glued is None:
        return None
    value = figure(glued[2])
    scale = words.endings.get((glued[3] or "").lower(), None if glued[3] else 1.0)
    if value is None or scale is None:
        return None
    value, last = _scaled(syntax, round(value * scale, 4), at + 1, words)
    return Amount(at, last, value, value, value, words.money_signs.get(glued[1], "USD"))


def _scaled(syntax: Syntax, value: float, at: int, words: AmountWords) -> tuple[float, int]:
    lower = syntax.lower
    while at < len(lower):
        word = lower[at]
        if word in ("-", "–") and at + 1 < len(lower) and lower[at + 1] in words.scales:
            at += 1
            continue
        scale = words.scales.get(word)
        if scale is None:
            break
        value = round(value * scale, 3)
        at += 1
    return value, at


def _plain(syntax: Syntax, at: int, words: AmountWords) -> Amount | None:
    lower, size = syntax.lower, len(syntax)
    word = lower[at]
    first = at
    if word in words.scales or word == "dozen":
        # "a million", "half a million", "a dozen"
        if at == 0 or lower[at - 1] not in ("a", "an", "half"):
            return None
        value = words.scales.get(word, 12.0)
        first = at - 1
        if first and lower[first - 1] == "half":
            value, first = value / 2, first - 1
        value, last = _scaled(syntax, value, at + 1, words)
        return Amount(first, last, value, value, value)
    if word in WORDS:
        return _in_words(syntax, at, words)
    shape = _FIGURE.match(syntax.word[at])
    if shape is None:
        return None
    number = figure(shape[1])
    if number is None:
        return None
    if shape[2]:
        scale = words.endings.get(shape[2].lower())
        if scale is None:
            return None
        number = round(number * scale, 4)
        return Amount(at, at + 1, number, number, number)
    if (at + 1 < size and lower[at + 1] in words.endings and len(lower[at + 1]) > 1) or (
        at + 1 < size and lower[at + 1] in ("m", "k", "b") and syntax.end[at] == syntax.begin[at + 1]
    ):  # fmt: skip
        number = round(number * words.endings[lower[at + 1]], 4)
        return Amount(first, at + 2, number, number, number)
    number, last = _scaled(syntax, number, at + 1, words)
    if last < size and lower[last] == "dozen":
        number, last = number * 12, last + 1
    return Amount(first, last, number, number, number)


def _in_words(syntax: Syntax, at: int, words: AmountWords) -> Amount | None:
    lower, size = syntax.lower, len(syntax)
    total, current, last = 0.0, 0.0, at
    while last < size:
        word = lower[last]
        if word in WORDS:
            value = WORDS[word]
            if last > at and (lower[last - 1] in WORDS and not (WORDS[lower[last - 1]] >= 20 > value)):
                break
            current += value
        elif word in words.scales:
            scale = words.scales[word]
            if scale == 100:
                current *= 100
            else:
                total, current = total + current * scale, 0.0
        elif word == "dozen":
            current *= 12
        elif not _joins_words(lower, last, words):
            break
        last += 1
    total += current
    return Amount(at, last, total, total, total)


def _joins_words(lower: list[str], at: int, words: AmountWords) -> bool:
    """Whether a hyphen or an "and" goes on with a number in words: twenty-one, a hundred and five."""
    if lower[at] not in ("-", "–", "and") or at + 1 >= len(lower):
        return False
    if lower[at + 1] in words.scales:
        return True
    return lower[at + 1] in WORDS and (lower[at] != "and" or lower[at - 1] in words.scales)


def _range(syntax: Syntax, amount: Amount, words: AmountWords, taken: set[int]) -> Amount:
    """Join "300 to 400", "between 3 and 5", "$17 million to $19 million"."""
    lower, size = syntax.lower, len(syntax)
    at = amount.last
    if amount.vague or amount.fraction or at + 1 >= size or at + 1 in taken:
        return amount
    joint = lower[at]
    between = amount.first and lower[amount.first - 1] == "between"
    if not (joint in ("to", "-", "–", "or") or (joint == "and" and between)):
        return amount
    second = _money(syntax, at + 1, words)
    if second is None and lower[at + 1] not in words.scales:
        second = _plain(syntax, at + 1, words)
    if second is None or second.first != at + 1 or second.value is None or amount.value is None:
        return amount
    low, unit = amount.value, amount.unit or second.unit
    # "17 to 19 million": the scale goes for both.
    if low < second.value and syntax.lower[second.last - 1] in words.scales and lower[at - 1] not in words.scales:
        scale = words.scales[lower[second.last - 1]]
        if low * scale < second.value and low < 1000:
            low *= scale
    if low >= second.value or (joint == "or" and second.value > 3 * low):
        return amount
    first = amount.first - 1 if between else amount.first
    return Amount(first, second.last, None, low, second.value, unit)
