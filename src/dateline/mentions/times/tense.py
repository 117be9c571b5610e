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


def direction(syntax: Syntax, offset: int, end: int, parsed: bool) -> int:
    """Say which way the expression at an offset points.

    Args:
        syntax: the text.
        offset, end: code points that the expression covers.
        parsed: whether the syntax has a parse.

    Returns:
        -1 for the past, 1 for the future, 0 where nothing tells.
    """
    at = bisect_right(syntax.begin, offset) - 1
    if at < 0:
        return OPEN
    before = syntax.lower[at - 1] if at else ""
    if before in ("until", "till") or (before == "as" and at > 1 and syntax.lower[at - 2] == "soon"):
        return FUTURE
    if not parsed:
        return _nearby(syntax, at)
    last = bisect_right(syntax.begin, end - 1) - 1
    # "said on Saturday he would": the saying was then, wherever the parser hangs the day.
    said = at - 2 if before == "on" else at - 1
    if said >= 0 and syntax.tag[said] == "VBD" and syntax.lemma[said] in ("say", "tell", "announce", "report"):
        return PAST
    return _governed(syntax, at, last)


# To-infinitives after these tell of what was done, not of what is to come.
_DONE = {"manage", "fail", "help", "begin", "continue", "use", "refuse", "try", "able", "decline", "start", "happen", "prove", "tend",
         "seem", "appear", "have", "force", "cause", "lead", "say", "believe", "know", "think"}  # fmt: skip


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
            return _nearby(syntax, at)
        node = up
        if pos[node] in ("VERB", "AUX"):
            break
        if pos[node] in ("NOUN", "PROPN"):
            through_noun = True
    else:
        return _nearby(syntax, at)
    for _ in range(4):
        found = _verb(syntax, node, through_noun)
        if found != OPEN:
            return found
        up = head[node]
        if up == node or dep[node] not in _CLAUSES:
            return OPEN
        if tag[node] == "VB" and not through_noun:
            if lemma[up] in _AHEAD:
                pluperfect = any(syntax.lower[c] == "had" for c in syntax.children[up])
                return PAST if pluperfect else FUTURE
            if dep[node] == "acl" or dep[node] in ("xcomp", "advcl") and lemma[up] not in _DONE:
                return FUTURE
        if dep[node] == "ccomp" and tag[node] in ("VBZ", "VBP", "MD"):
            return OPEN
        while pos[up] not in ("VERB", "AUX") and head[up] != up:
            up = head[up]
        node = up
    return OPEN


_CLAUSES = {"xcomp", "ccomp", "advcl", "conj", "pcomp", "acl", "relcl", "auxpass", "aux", "prep"}


def _verb(syntax: Syntax, node: int, through_noun: bool) -> int:
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
                return OPEN if through_noun else FUTURE
            if word in ("is", "are", "'s", "'re", "am", "be", "’s", "’re"):
                present = True
            if word == "to" and (lemma[syntax.head[node]] in _AHEAD or syntax.dep[node] == "ROOT"):
                return FUTURE
    if present:
        if not through_noun and (lemma[node] in _AHEAD or tag[node] == "VBG"):
            return FUTURE
        return OPEN
    if tag[node] == "VBD":
        return FUTURE if lemma[node] in ("plan", "schedule", "expect") else PAST
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
