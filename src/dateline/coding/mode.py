"""Modes and contexts: how an act was done, and which field of politics it belongs to."""

from __future__ import annotations

from dateline.annotate import Syntax
from dateline.coding.codebook import Codebook
from dateline.coding.party import Party
from dateline.coding.trigger import Match
from dateline.mentions.predicates import Predicates

# Contexts are read from the words around the trigger.
_WINDOW = 12
_ALWAYS = {"misinformation": "misinformation", "cyber": "cyber"}


def mode_of(
    syntax: Syntax, view: Predicates, match: Match, actors: list[Party], recipients: list[Party], book: Codebook
) -> str | None:
    """The mode of an event: the entry's own, else the one that the words with the trigger betray."""
    entry = match.entry
    if entry.mode is not None:
        return entry.mode
    words = book.mode_words.get(entry.type)
    if not words:
        return None
    i = match.token
    s = syntax
    own = s.lemma[i]
    if own in words:
        return words[own]
    near = [c for c in s.children[i] if s.dep[c] not in ("ccomp", "advcl", "conj", "relcl", "punct")]
    for head in [*match.taken, *near, *(p.head for p in actors if p.begin <= p.head < p.end)]:
        for token in (head, *s.children[head]):
            mode = words.get(s.lemma[token]) or words.get(s.lower[token])
            if mode is not None:
                return mode
    return None


def contexts_of(syntax: Syntax, match: Match, mode: str | None, book: Codebook) -> list[str]:
    """The contexts of an event: the entry's own, then those of the words around the trigger."""
    found = dict.fromkeys(match.entry.contexts)
    if mode in _ALWAYS:
        found[_ALWAYS[mode]] = None
    i = match.token
    begin, end = syntax.sentences[syntax.sentence[i]]
    known, lemma = book.contexts, syntax.lemma
    for token in range(max(begin, i - _WINDOW), min(end, i + _WINDOW + 1)):
        for context in known.get(lemma[token], ()):
            found[context] = None
    return list(found)
