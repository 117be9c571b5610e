"""Spellings of one name: transliterations, which are no mistake, and letters gone wrong, which are."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

# How the Latin letters of transliterated names vary. Vowels are dropped altogether.
_SAME: tuple[tuple[str, str], ...] = (
    ("sch", "s"), ("sh", "s"), ("zh", "z"), ("dzh", "j"), ("dj", "j"), ("ph", "f"), ("kh", "k"), ("gh", "g"),
    ("dh", "d"), ("th", "t"), ("ch", "c"), ("tz", "c"), ("ts", "c"), ("ks", "x"), ("ck", "k"), ("q", "k"),
    ("w", "v"), ("x", "s"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouyj'h]+")
_DOUBLED = re.compile(r"(.)\1+")


def similarity(a: str, b: str) -> float:
    """How alike two words are, from 0 to 1 (Ratcliff and Obershelp)."""
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def skeleton(word: str) -> str:
    """The consonants of a folded word, those that transliterations interchange made one."""
    for spelling, plain in _SAME:
        word = word.replace(spelling, plain)
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))


def spelt_alike(a: str, b: str) -> bool:
    """Whether two given names are spellings of one: "Dmitri" and "Dmitry", "Aleksandr" and "Alexander"."""
    if a == b:
        return True
    if a[0] != b[0] or min(len(a), len(b)) < 4:
        return False
    return skeleton(a) == skeleton(b) and similarity(a, b) >= 0.6


def kinship(words: tuple[str, ...], own: tuple[str, ...]) -> Literal["variant", "misspelt"] | None:
    """How a name in a text is related to the name of a person.

    Args:
        words: the folded words of the name in the text.
        own: those of the person's name.

    Returns:
        "variant" where all words agree but for transliteration, "misspelt" where one word of at
        least five letters has one consonant wrong, None where they are different names.
    """
    if len(words) != len(own) or len(words) < 2:
        return None
    different = [(a, b) for a, b in zip(words, own, strict=True) if a != b]
    if not different:
        return "variant"
    if len(different) > 1:
        alike = all(min(len(a), len(b)) >= 4 and skeleton(a) == skeleton(b) and a[0] == b[0] for a, b in different)
        return "variant" if alike else None
    a, b = different[0]
    if min(len(a), len(b)) < 4:
        return None
    if skeleton(a) == skeleton(b) and similarity(a, b) >= 0.6:
        return "variant"
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > 1:
        return None
    return "misspelt" if similarity(a, b) >= 0.79 else None
