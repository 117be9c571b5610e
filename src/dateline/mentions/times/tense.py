"""Which way a time points: whether the clause of an expression tells of the past or of what is to come.

With a parse, the verb that governs the expression and its auxiliaries say so; without one, the
nearest word that carries tense does.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from dateline.annotate.syntax import Syntax
from dateline.mentions.times.lexicon import read_yaml

PAST, FUTURE, OPEN = -1, 1, 0
_STOP = 2  # open, whatever the verbs above say
_PHRASE = 24  # words of a noun phrase with all that hangs on it


class TenseWords(NamedTuple):
    """The lists of `tense.yaml`, which says what each is."""

    will: frozenset[str]
    may: frozenset[str]
    ahead: frozenset[str]
    stative_ahead: frozenset[str]
    done: frozenset[str]
    until: frozenset[str]
    set_for: frozenset[str]
    past_words: frozenset[str]
    future_words: frozenset[str]


@cache
def _words() -> TenseWords:
    lists = read_yaml("tense.yaml", plain=True)
    return TenseWords(**{name: frozenset(entries) for name, entries in lists.items()})


def direction(syntax: Syntax, offset: int, end: int) -> int:
    """Say which way the clause of an expression points, by its parse.

    Args:
        syntax: a parsed text.
        offset: code point offset at which the expression begins.
        end: offset at which it ends.

    Returns:
        -1 for the past, 1 for the future, 0 where nothing tells.
    """
    at = bisect_right(syntax.begin, offset) - 1
    if at < 0:
        return OPEN
    before = syntax.lower[at - 1] if at else ""
    bound = _bounded(syntax.lower, at)
    # "Until Thursday they had not said so": at the head of its sentence it may look back.
    fronted = at - 1 == syntax.sentences[syntax.sentence[at]][0]
    if bound != OPEN and not (bound == FUTURE and fronted):
        return bound
    if before == "through":
        return OPEN  # loans through January: the nearer one
    if _is_awaited(syntax, at):
        return FUTURE
    last = bisect_right(syntax.begin, end - 1) - 1
    # "said on Saturday he would": the saying was then, wherever the parser hangs the day.
    said = at - 2 if before == "on" else at - 1
    if said >= 0 and syntax.tag[said] == "VBD" and syntax.lemma[said] in ("say", "tell", "announce", "report"):
        return PAST
    return _governed(syntax, at, last)


def _is_awaited(syntax: Syntax, at: int) -> bool:
    """Whether an expression tells when that will be ahead of which something is done: "ahead of the vote on Sunday"."""
    lower, tag = syntax.lower, syntax.tag
    first = max(syntax.sentences[syntax.sentence[at]][0], at - _PHRASE)
    for i in range(at - 1, first, -1):
        if tag[i].startswith("V") or lower[i] in (";", ":", ","):
            return False
        if lower[i] == "of" and lower[i - 1] == "ahead":
            return True
    return False


def direction_by_words(lower: list[str], at: int) -> int:
    """Say which way an expression points, by the words around it alone.

    Args:
        lower: the words of the text in lower case.
        at: which of them begins the expression.

    Returns:
        -1 for the past, 1 for the future, 0 where nothing tells.
    """
    bound = _bounded(lower, at)
    return bound if bound != OPEN else _nearby(lower, at)


def _bounded(lower: list[str], at: int) -> int:
    """What the word before tells: "until Friday" looks ahead in news, "since Friday" back."""
    before = lower[at - 1] if at else ""
    if before == "since":
        return PAST
    if before in _words().until or (before == "as" and at > 1 and lower[at - 2] == "soon"):
        return FUTURE
    if before == "for" and at > 1 and lower[at - 2] in _words().set_for:
        return FUTURE
    return OPEN


def _governed(syntax: Syntax, at: int, last: int) -> int:
    head, pos, tag, dep, lemma = syntax.head, syntax.pos, syntax.tag, syntax.dep, syntax.lemma
    node = last
    while at <= head[node] <= last and head[node] != node:  # the head of the expression
        node = head[node]
    # Inside a noun phrase ("Wednesday's ruling", "a June agreement") an infinitive above does not count.
    through_noun = False
    for _ in range(12):
        up = head[node]
        if up == node:
            return _nearby(syntax.lower, at)
        node = up
        if pos[node] in ("VERB", "AUX"):
            break
        if pos[node] in ("NOUN", "PROPN"):
            through_noun = True
    else:
        return _nearby(syntax.lower, at)
    for _ in range(4):
        found = _verb(syntax, node, through_noun, at)
        if found == _STOP:
            return OPEN
        if found != OPEN:
            return found
        up = head[node]
        if up == node or dep[node] not in _CLAUSES:
            return OPEN
        if tag[node] == "VB" and not through_noun:
            if lemma[up] in _words().ahead:
                # "had been due to expire": what was ahead then.
                over = up if pos[up] == "VERB" else head[up]
                pluperfect = any(syntax.lower[c] == "had" for c in (*syntax.children[up], *syntax.children[over]))
                return PAST if pluperfect else FUTURE
            if dep[node] in ("acl", "relcl") or (dep[node] in ("xcomp", "advcl") and lemma[up] not in _words().done):
                return FUTURE
        if dep[node] == "ccomp" and tag[node] in ("VBZ", "VBP", "MD"):
            return OPEN
        while pos[up] not in ("VERB", "AUX") and head[up] != up:
            up = head[up]
        node = up
    return OPEN


_CLAUSES = {"xcomp", "ccomp", "advcl", "conj", "pcomp", "acl", "relcl", "auxpass", "aux", "prep"}


def _verb(syntax: Syntax, node: int, through_noun: bool, at: int) -> int:
    tag, lower, lemma = syntax.tag, syntax.lower, syntax.lemma
    present = False
    for child in syntax.children[node]:
        if syntax.dep[child] in ("aux", "auxpass"):
            word = lower[child]
            if word in _words().will:
                return FUTURE
            if word in ("had", "did", "was", "were"):
                if lemma[node] in _words().ahead and tag[node] in ("VBN", "VBG", "JJ") and word in ("was", "were"):
                    return FUTURE
                return PAST
            if word in ("has", "have", "'ve", "’ve"):
                # "has scheduled a meeting on Thursday"
                return FUTURE if lemma[node] in ("schedule", "plan", "slate") else PAST
            if word in _words().may:
                # "could meet Friday" looks ahead, "could have met Friday" does not.
                if any(lower[c] == "have" for c in syntax.children[node]):
                    return PAST
                return _STOP if through_noun else FUTURE
            if word in ("is", "are", "'s", "'re", "am", "be", "’s", "’re"):
                present = True
            if word == "to" and syntax.dep[node] == "ROOT":
                return FUTURE
    if present:
        if not through_noun and (lemma[node] in _words().ahead or tag[node] == "VBG"):
            return FUTURE
        return OPEN
    if tag[node] == "VBD":
        # "planned a rally on Saturday", but "On Friday they planned a rally"
        return FUTURE if lemma[node] in ("plan", "schedule", "expect") and at > node else PAST
    if tag[node] == "VBN" and syntax.dep[node] not in ("acl", "advcl", "amod"):
        return PAST
    if tag[node] == "VBN":
        return FUTURE if lemma[node] in ("schedule", "expect", "plan", "slate") else PAST
    if tag[node] in ("VBZ", "VBP") and (lemma[node] in _words().stative_ahead or lemma[node] in _words().ahead):
        return FUTURE
    return OPEN


def _nearby(lower: list[str], at: int) -> int:
    """The nearest word with tense, to the left as far as the sentence goes, then to the right."""
    size = len(lower)
    for step in range(1, 13):
        i = at - step
        if i < 0 or lower[i] in (".", "?", "!", ";") or lower[i][0] == "\n":
            break
        found = _tensed(lower, i)
        if found != OPEN:
            return found
    for step in range(1, 13):
        i = at + step
        if i >= size or lower[i] in (".", "?", "!", ";") or lower[i][0] == "\n":
            break
        found = _tensed(lower, i)
        if found != OPEN:
            return found
    return OPEN


def _tensed(lower: list[str], i: int) -> int:
    word = lower[i]
    if word in _words().future_words:
        if word == "would" and i + 1 < len(lower) and lower[i + 1] == "have":
            return PAST
        return FUTURE
    if word in _words().past_words or (word.endswith("ed") and len(word) > 4):
        before = lower[max(0, i - 3) : i]
        if not _words().will.isdisjoint(before):
            return FUTURE  # "will be closed"
        return PAST
    return OPEN
