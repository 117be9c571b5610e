"""Numbers as news writes them: figures with commas, number words, fractions, and both mixed."""

from __future__ import annotations

from collections.abc import Sequence

_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
          "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {word: value for value, word in enumerate(_SMALL)} | {word: 20 + 10 * k for k, word in enumerate(_TENS)}
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
_SKIPPED = {"and", "a", "an", "-", "–", "‑"}


def figure(word: str) -> float | None:
    """The value of a number in figures (``1,700``, ``2.5``, ``1/2``), or None."""
    plain = word.replace(",", "")
    try:
        if "/" in plain:
            above, _, below = plain.partition("/")
            return int(above) / int(below) if int(below) else None
        return float(plain) if plain[:1].isdecimal() or plain[:1] == "." else None
    except (ValueError, OverflowError):
        return None


def number(words: Sequence[str]) -> float | None:
    """Read a cardinal number.

    Args:
        words: its words in lower case; hyphens and "and" may be among them.

    Returns:
        Its value, or None where the words are no number ("twenty nine hundred and" is read as far as
        it makes sense, as people do).
    """
    total, current, seen = 0.0, 0.0, False
    for word in words:
        if word in _SKIPPED:
            continue
        if word in SCALES:
            scale = SCALES[word]
            seen = True
            if scale == 100:
                current = (current or 1) * 100
            else:
                total += (current or 1) * scale
                current = 0.0
        elif word in WORDS:
            current += WORDS[word]
            seen = True
        else:
            value = figure(word)
            if value is None or value > 1e15:
                return None
            current += value
            seen = True
    return total + current if seen else None
