"""Which way a time points: whether the clause of an expression tells of the past or of what is to come.

With a parse, the verb that governs the expression and its auxiliaries say so; without one, the
nearest word that carries tense does.
"""

from __future__ import annotations

from bisect import bisect_right

from dateline.annotate.syntax import Syntax

PAST, FUTURE, OPEN = -1, 1, 0

_WILL = {"will", "'ll", "’ll", "shall", "wo", "won't", "ll"}
_MAY = {"may", "might", "could", "can", "should", "must", "would", "'d"}
# Verbs and adjectives whose complement lies ahead.
_AHEAD = {"plan", "expect", "schedule", "intend", "hope", "agree", "set", "due", "slate", "want", "prepare", "promise", "vow",
          "pledge", "threaten", "propose", "aim", "seek", "decide", "ask", "order", "urge", "invite", "ready", "poise", "bind",
          "call", "go", "about", "likely", "await", "anticipate", "project", "forecast", "need", "begin", "start"}  # fmt: skip
_STATIVE_AHEAD = {"expire", "end", "start", "begin", "open", "close", "take", "come", "arrive", "leave", "fall", "mark", "run",
                  "resume", "meet", "kick", "premiere", "launch", "face", "hold", "vote", "head", "travel"}  # fmt: skip
_PAST_WORDS = {"was", "were", "had", "did", "said", "told", "went", "came", "took", "made", "began", "met", "held", "left", "killed",
               "won", "lost", "found", "gave", "rose", "fell", "sent", "shot", "saw", "got", "hit", "set", "put", "struck", "fought",
               "became", "broke", "spoke", "wrote", "flew", "been", "ago", "'d", "has", "have"}  # fmt: skip
_FUTURE_WORDS = _WILL | {"upcoming", "scheduled", "expected", "plans", "planned", "due", "tomorrow", "next", "coming", "slated",
                         "expects", "planning", "expires", "forthcoming", "would", "begins", "starts", "deadline"}  # fmt: skip


def direction(syntax: Syntax, offset: int, parsed: bool) -> int:
    """Say which way the expression at an offset points.

    Args:
        syntax: the text.
        offset: code point offset at which the expression begins.
        parsed: whether the syntax has a parse.

    Returns:
        -1 for the past, 1 for the future, 0 where nothing tells.
    """
    at = bisect_right(syntax.begin, offset) - 1
    if at < 0:
        return OPEN
    return _governed(syntax, at) if parsed else _nearby(syntax, at)


def _governed(syntax: Syntax, at: int) -> int:
    head, pos, tag, dep, lower, lemma = syntax.head, syntax.pos, syntax.tag, syntax.dep, syntax.lower, syntax.lemma
    node = at
    for _ in range(12):
        if pos[node] in ("VERB", "AUX") and node != at:
            break
        up = head[node]
        if up == node:
            return _nearby(syntax, at)
        node = up
    else:
        return _nearby(syntax, at)
    for _ in range(4):
        found = _verb(syntax, node)
        if found != OPEN:
            return found
        if (
            dep[node] in ("xcomp", "ccomp", "advcl", "conj", "pcomp", "acl", "relcl", "auxpass", "aux", "prep")
            and head[node] != node
        ):
            infinitive = tag[node] == "VB"
            up = head[node]
            if infinitive and (lemma[up] in _AHEAD or dep[node] == "acl"):
                return FUTURE
            if dep[node] == "ccomp" and tag[node] in ("VBZ", "VBP", "MD"):
                return OPEN
            node = up
            while pos[node] not in ("VERB", "AUX") and head[node] != node:
                node = head[node]
            if lower[node] == lower[at]:
                break
            continue
        break
    return OPEN


def _verb(syntax: Syntax, node: int) -> int:
    tag, lower, lemma = syntax.tag, syntax.lower, syntax.lemma
    present = False
    for child in syntax.children[node]:
        if syntax.dep[child] in ("aux", "auxpass"):
            word = lower[child]
            if word in _WILL:
                return FUTURE
            if word in ("had", "did", "was", "were"):
                if lemma[node] in _AHEAD and tag[node] in ("VBN", "VBG", "JJ") and word in ("was", "were"):
                    return FUTURE
                return PAST
            if word in ("has", "have", "'ve", "’ve"):
                return PAST
            if word in _MAY:
                # "could meet Friday" looks ahead, "could have met Friday" does not.
                if any(lower[c] == "have" for c in syntax.children[node]):
                    return PAST
                return FUTURE
            if word in ("is", "are", "'s", "'re", "am", "be", "’s", "’re"):
                present = True
            if word == "to" and (lemma[syntax.head[node]] in _AHEAD or syntax.dep[node] == "ROOT"):
                return FUTURE
    if present:
        if lemma[node] in _AHEAD or tag[node] == "VBG":
            return FUTURE
        return OPEN
    if tag[node] == "VBD":
        return PAST
    if tag[node] == "VBN" and syntax.dep[node] not in ("acl", "advcl", "amod"):
        return PAST
    if tag[node] == "VBN":
        return FUTURE if lemma[node] in ("schedule", "expect", "plan", "slate", "set") else PAST
    if tag[node] in ("VBZ", "VBP") and (lemma[node] in _STATIVE_AHEAD or lemma[node] in _AHEAD):
        return FUTURE
    return OPEN


def _nearby(syntax: Syntax, at: int) -> int:
    """The nearest word with tense, to the left as far as the sentence goes, then to the right."""
    lower = syntax.lower
    size = len(lower)
    for step in range(1, 13):
        i = at - step
        if i < 0 or lower[i] in (".", "?", "!", ";", "\n"):
            break
        found = _tensed(lower, i)
        if found != OPEN:
            return found
    for step in range(1, 13):
        i = at + step
        if i >= size or lower[i] in (".", "?", "!", ";", "\n"):
            break
        found = _tensed(lower, i)
        if found != OPEN:
            return found
    return OPEN


def _tensed(lower: list[str], i: int) -> int:
    word = lower[i]
    if word in _FUTURE_WORDS:
        if word == "would" and i + 1 < len(lower) and lower[i + 1] == "have":
            return PAST
        return FUTURE
    if word in _PAST_WORDS or (word.endswith("ed") and len(word) > 4):
        return PAST
    return OPEN
