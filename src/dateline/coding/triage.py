"""Triage: a first look at a report's words, to tell whether it may hold a political act at all.

Most news holds none, and the parse costs nearly everything. The look knows word forms alone: a
report is worth reading if one of its sentences has a word that triggers an entry of the codebook
beside a word of politics or a name of the roster (in a text of few sentences: beside anybody who
acts), and if words of sport, kitchen, weather and the like (`off_topic` of the codebook) do not
prevail over words of politics.
"""

from __future__ import annotations

import re
from functools import cache

from dateline.coding.codebook import Codebook, default_codebook
from dateline.mentions.inflection import forms
from dateline.mentions.names import fold
from dateline.resolve.lexicon import lexicon

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+|[\r\n]+")

_TRIGGER, _ACTOR, _POLITICS, _NAME, _OWN = 1, 2, 4, 8, 16

# How sure a word of a field tells that its text is of that field; words that politics has, too, tell less.
_SURE = {
    "sure": 1.5,
    "clubs": 1.0,
    "sport": 1.0,
    "weather": 1.0,
    "kitchen": 1.0,
    "play": 1.0,
    "loose": 0.4,
    "skies": 0.4,
    "game": 0.4,
}
_OTHER_FIELD = 0.5
# Off topic: as much of other fields, at least, and so much a sentence; more than there is of politics.
_LEAST = 2.0
_A_SENTENCE = 0.7
# In a text of so few sentences anybody who acts may act in politics.
_FEW = 3
# Names of one word that are common words where a sentence begins.
_COMMON = frozenset(
    {"may", "can", "will", "in", "it", "as", "or", "no", "so", "me", "people", "post", "time", "sun", "world", "mail"}
    | {"mirror", "star", "age"}
)
_CAPITALS = frozenset({"US", "UN", "EU", "UK", "UAE"})


class Triage:
    """The first look, for one codebook.

    Args:
        book: the codebook; one of the user's own has every report read that has one of its triggers.
    """

    def __init__(self, book: Codebook) -> None:
        self._words: dict[str, int] = {}
        self._fields: dict[str, float] = {}
        for lemma, entries in book.triggers.items():
            own = any(
                entry.own for kind in (entries.verb, entries.noun, entries.adjective, entries.modal) for entry in kind
            )
            self._add(lemma, _TRIGGER | (_OWN if own else 0))
        for lemma in book.actors:
            self._add(lemma, _ACTOR)
        for lemma, grade in book.politics.items():
            if grade > 1:
                self._add(lemma, _POLITICS)
        for lemma, field in book.off_topic.items():
            for form in forms(lemma):
                self._fields[form] = _SURE.get(field, _OTHER_FIELD)
        known = lexicon()
        names = {word for word, sizes in known.names.lengths.items() if 1 in sizes}
        families = {fold(p.family.lower()) for p in known.roster.persons.values() if " " not in p.family}
        self._names = names - _COMMON
        self._families = families - names - _COMMON

    def _add(self, lemma: str, bit: int) -> None:
        # Of a word with a hyphen the last part, as the look cuts words at hyphens.
        for form in forms(lemma) | forms(lemma.rpartition("-")[2]):
            self._words[form] = self._words.get(form, 0) | bit

    def __call__(self, text: str) -> bool:
        """Whether a text may hold a political act. False only where all that is known speaks against it."""
        words, fields, names, families = self._words, self._fields, self._names, self._families
        near = anybody = False
        sentences = 0
        politics = other = 0.0
        for sentence in _SENTENCE_END.split(text):
            seen = 0
            met: set[str] = set()
            for word in _WORD.findall(sentence):
                lower = word.lower()
                if lower in met:
                    continue
                met.add(lower)
                bits = words.get(lower, 0)
                if bits & _POLITICS:
                    politics += 1
                if lower in fields:
                    other += fields[lower]
                if word[0].isupper():
                    name = lower if lower.isascii() else fold(lower)
                    if name in names or word in _CAPITALS:
                        bits |= _NAME
                    elif name in families:
                        bits |= _ACTOR
                seen |= bits
            if seen & _OWN:
                return True
            sentences += bool(met)
            if seen & _TRIGGER:
                near = near or bool(seen & (_NAME | _POLITICS))
                anybody = anybody or bool(seen & _ACTOR)
        if not (near or (anybody and sentences <= _FEW)):
            return False
        return politics >= max(1.0, other) or other < max(_LEAST, _A_SENTENCE * sentences)


@cache
def default_triage() -> Triage:
    """The first look for the codebook that comes along, made once."""
    return Triage(default_codebook())
