"""The words of amounts, from `data/quantities.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from dateline.mentions.numerals import WORDS


@dataclass(slots=True)
class AmountWords:
    """The lists of `quantities.yaml`; see there."""

    money_signs: dict[str, str]
    money_names: dict[str, str]
    endings: dict[str, float]
    scales: dict[str, float]
    percent: frozenset[str]
    fractions: dict[str, int]
    vague: dict[str, tuple[float | None, float | None]]
    tens: dict[str, tuple[float | None, float | None]]
    hundreds: dict[str, tuple[float | None, float | None]]
    bounds: dict[str, str]
    after: dict[str, str]
    labels: frozenset[str]
    states: frozenset[str]
    openers: frozenset[str]


@cache
def amount_words() -> AmountWords:
    """The words of amounts, read at first use."""
    loader: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    with resources.files("dateline.data").joinpath("quantities.yaml").open("rb") as file:
        raw: dict[str, Any] = yaml.load(file, loader)

    def bounds(name: str) -> dict[str, tuple[float | None, float | None]]:
        return {word: (_number(low), _number(high)) for word, (low, high) in raw[name].items()}

    scales = {word: float(value) for word, value in raw["scales"].items()}
    vague = bounds("vague")
    openers = {
        *WORDS,
        *scales,
        *vague,
        *raw["fractions"],
        *raw["money_signs"],
        "dozen",
        "few",
        "couple",
        "handful",
        "tens",
    }
    return AmountWords(
        money_signs=raw["money_signs"],
        money_names=raw["money_names"],
        endings={word: float(value) for word, value in raw["endings"].items()},
        scales=scales,
        percent=frozenset(raw["percent"]),
        fractions={word: int(value) for word, value in raw["fractions"].items()},
        vague=vague,
        tens=bounds("tens"),
        hundreds=bounds("hundreds"),
        bounds=raw["bounds"],
        after=raw["after"],
        labels=frozenset(raw["labels"]),
        states=frozenset(raw["states"]),
        openers=frozenset(openers),
    )


def _number(text: str) -> float | None:
    return None if text == "null" else float(text)
