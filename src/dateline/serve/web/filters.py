"""The filters of a page: what the address says, as a question, and as fields and chips that show it.

The address holds the whole state, so that a page can be sent to a colleague and read without scripts.
What cannot be asked is told beside its field; the rest still counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dateline.errors import InputError
from dateline.serve.web.wording import country_name, entity_words
from dateline.store import Question
from dateline.store.question import held_words

LONGEST = 500  # characters of a filter that are read

LABELS = {
    "text": "words",
    "actor": "actor",
    "recipient": "recipient",
    "between": "with",
    "country": "country",
    "sector": "sector",
    "type": "type",
    "mode": "mode",
    "context": "context",
    "plover": "PLOVER type",
    "factuality": "factuality",
    "standing": "standing",
    "source": "said by",
    "place": "place",
    "since": "from",
    "until": "before",
    "published_since": "published from",
    "published_until": "published before",
    "publisher": "publisher",
    "confidence": "confidence from",
    "distinct": "without repetitions",
    "quote": "quotation",
}
_SWITCHES = ("distinct",)
_PEOPLE = ("actor", "recipient", "between", "source", "place")


@dataclass(frozen=True)
class Chip:
    """A filter that is set: its parameter, its label, and its value in words."""

    name: str
    label: str
    words: str


@dataclass(frozen=True)
class Filters:
    """What the address asks for.

    Attributes:
        question: what can be asked of it.
        given: the parameters that are set, as they were given, those of the question and others.
        problems: by parameter, why it cannot be asked.
    """

    question: Question
    given: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """What a field shows."""
        return self.given.get(name, "")

    @property
    def chips(self) -> list[Chip]:
        """The filters that are set, in the order of the address."""
        return [Chip(name, LABELS.get(name, name), _words(name, value)) for name, value in self.given.items()]


def read_filters(parameters: Mapping[str, str], names: Sequence[str], *, beside: Sequence[str] = ()) -> Filters:
    """Read the filters of an address.

    Args:
        parameters: the address's, by name.
        names: the filters that the page knows, by the names of `Question`.
        beside: parameters that are filters of the page alone; they are shown, not asked.
    """
    given = {
        name: value.strip()[:LONGEST]
        for name, value in parameters.items()
        if name in (*names, *beside) and value.strip() and "\0" not in value
    }
    asked: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, value in given.items():
        if name in beside:
            continue
        try:
            one: Any = _typed(name, value)
            Question(**{name: one})
            if name == "text":
                held_words(one)
        except InputError as error:
            problems[name] = str(error)
        else:
            asked[name] = one
    return Filters(Question(**asked), given, problems)


def _typed(name: str, value: str) -> Any:
    if name in _SWITCHES:
        return value not in ("0", "false")
    if name == "confidence":
        try:
            number = float(value)
        except ValueError:
            number = -1.0
        if not 0 <= number <= 1:
            raise InputError(f"confidence: {value!r} is no number from 0 to 1")
        return number
    return value


def _words(name: str, value: str) -> str:
    if name in _SWITCHES:
        return ""
    if name == "country":
        return country_name(value)
    if name in _PEOPLE:
        return entity_words(value)
    return value
