"""Phrases: runs of words that lists name, found token by token.

A list is one line with commas. In a phrase ``a|b`` is either word, ``#`` a number ("6", "six") and ``@`` a word that
counts places ("first", "third", "final"); hyphens are words of their own, as parsers have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.errors import CodebookError

_PIECE = re.compile(r"[^\s-]+|-")
_NUMBER = "#"
# fmt: off
_PLACES = frozenset((
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "final", "last", "opening", "closing", "deciding", "1st", "2nd", "3rd", "4th", "5th", "6th", "7th",
    "8th", "9th",
))
_NUMBERS = frozenset((
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "twenty",
    "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred",
))
# fmt: on

_Rest = tuple[frozenset[str], ...]
# By the first word, then by the second ("" where there is none, "#" where it is a number): the words that follow.
Phrases = dict[str, dict[str, list[_Rest]]]


def compile_phrases(text: str) -> Phrases:
    """Read a list of phrases: for each word that begins one, the words that follow, each a set of choices.

    Raises:
        CodebookError: a phrase begins with a number, which every number of a text would try.
    """
    out: Phrases = {}
    for phrase in text.split(","):
        pieces = [_PLACES if piece == "@" else frozenset(piece.lower().split("|")) for piece in _PIECE.findall(phrase)]
        if not pieces:
            continue
        if _NUMBER in pieces[0]:
            raise CodebookError(f"the phrase {phrase.strip()!r} begins with '#'; begin it with a word")
        for first in pieces[0]:
            for second in pieces[1] if len(pieces) > 1 else ("",):
                out.setdefault(first, {}).setdefault(second, []).append(tuple(pieces[2:]))
    return out


def phrases_at(phrases: Phrases, words: Sequence[str], at: int) -> Iterator[int]:
    """The ends (exclusive) of the phrases of a list that begin at a word."""
    known = phrases.get(words[at])
    if known is None:
        return
    if "" in known:
        yield at + 1
    if at + 1 < len(words):
        second = words[at + 1]
        found = known.get(second, ())
        if _NUMBER in known and _is_number(second):
            found = (*found, *known[_NUMBER])
        for rest in found:
            end = at + 2 + len(rest)
            if end <= len(words) and all(_fits(choices, words[at + 2 + k]) for k, choices in enumerate(rest)):
                yield end


def _fits(choices: frozenset[str], word: str) -> bool:
    return word in choices or (_NUMBER in choices and _is_number(word))


def _is_number(word: str) -> bool:
    return word in _NUMBERS or word.replace(",", "").replace(".", "").isdigit()
