"""The view that readings have of the text, and the register of readings.

A reading gets the tokens of its match and the parts that the rule names, and answers with an atom,
or with None where the words look like a time but are none ("may", a score of 10:30, his 40s).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dateline.mentions.numerals import number
from dateline.mentions.times.atoms import Atom, Kind
from dateline.mentions.times.lexicon import Lexicon

Reading = Callable[["Reader"], Atom | None]
READINGS: dict[str, Reading] = {}


@dataclass(slots=True)
class Reader:
    """The words around a match, for the readings.

    Attributes:
        words, lower: the tagger's tokens and the same in lower case.
        begins: the offset of each.
        lexicon: classes and values.
        day_first: a slashed date has the day before the month.
        first, last: token range of the match.
        parts: token range of each named part.
        settings: what the rule says besides its pattern.
    """

    words: list[str]
    lower: list[str]
    begins: list[int]
    lexicon: Lexicon
    day_first: bool = False
    first: int = 0
    last: int = 0
    parts: dict[str, tuple[int, int]] | None = None
    settings: dict[str, Any] | None = None

    def part(self, name: str) -> list[str]:
        """The words of a named part in lower case, empty where it is missing."""
        assert self.parts is not None
        found = self.parts.get(name)
        return self.lower[found[0] : found[1]] if found else []

    def value(self, name: str, kind: str) -> Any:
        """The value of the first word of a part that belongs to a class, or None."""
        table = self.lexicon.values[kind]
        return next((table[word] for word in self.part(name) if word in table), None)

    def words_of(self, name: str) -> frozenset[str]:
        """The words under a name in `contexts.yaml`."""
        return self.lexicon.contexts[name]

    def setting(self, name: str, default: Any = None) -> Any:
        """What the rule says under this key."""
        assert self.settings is not None
        return self.settings.get(name, default)

    def before(self, back: int = 1) -> str:
        """The lower-case word so many places before the match, "" at the start."""
        at = self.first - back
        return self.lower[at] if at >= 0 else ""

    def after(self, on: int = 0) -> str:
        """The lower-case word so many places after the match, "" at the end."""
        at = self.last + on
        return self.lower[at] if at < len(self.lower) else ""

    def touches(self, left: int) -> bool:
        """Whether no space lies between token `left` and the one after it."""
        return self.begins[left] + len(self.words[left]) == self.begins[left + 1]

    def atom(self, kind: Kind, **fields: Any) -> Atom:
        """An atom that covers the match."""
        return Atom(self.first, self.last, kind, **fields)


def reading(function: Reading) -> Reading:
    """Register a reading under its name."""
    READINGS[function.__name__.rstrip("_")] = function
    return function


def ordinal_of(reader: Reader, words: list[str]) -> int | None:
    """The value of an ordinal in words or figures (first, twenty-first, 21st), or None."""
    total = 0
    for word in words:
        if word in reader.lexicon.values["ORDWORD"]:
            return total + int(reader.lexicon.values["ORDWORD"][word])
        if word[0].isdecimal():
            digits = word.rstrip("stndrh")
            return int(digits) if digits.isdecimal() and len(digits) < 6 else None
        total += int(reader.lexicon.values["NUMWORD"].get(word, 0))
    return None


def year_of(words: list[str]) -> int | None:
    """The year that figures or words say (1998, nineteen ninety-eight, two thousand and one), or None."""
    if not words:
        return None
    if words[0].isdecimal():
        return int(words[0]) if len(words[0]) == 4 else None
    numbers = [word for word in words if word not in ("-", "–", "‑", "and")]
    if numbers[0] == "two":
        rest = number(numbers[2:]) if len(numbers) > 2 else 0
        return 2000 + int(rest or 0)
    century, rest = number(numbers[:1]), number(numbers[1:])
    if rest is None or century is None or not (10 <= rest < 100 or rest == 100):
        return None
    return int(century * 100 + rest) if rest < 100 else int(century * 100)
