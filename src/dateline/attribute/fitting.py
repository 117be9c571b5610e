"""Fitting: a quote, its cue and its source made to fit each other.

The parse often takes the words around a quote for part of it, or a name inside it for the speaker;
the marks and the places of the words are surer.
"""

from __future__ import annotations

from dateline.annotate import Syntax
from dateline.attribute.according import COLON
from dateline.attribute.clause import trim
from dateline.attribute.draft import Draft, Range
from dateline.attribute.quotation import Quotation

STOPS = frozenset({".", "!", "?", "…", "..."})
DAYS = frozenset(
    {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "week",
        "night",
    }
)
NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "DT", "JJ", "POS", "CD", "HYPH", "-LRB-", "-RRB-"})


def is_speech(syntax: Syntax, first: int, last: int) -> bool:
    """Whether a quote (token range, marks included) holds words that were spoken, not a title or a term."""
    words = [i for i in range(first, min(last, first + 60)) if syntax.pos[i] not in ("PUNCT", "SPACE", "SYM")]
    if not words:
        return False
    inner = last - 1
    while inner > first and syntax.word[inner] in ('"', "”", "''", "’", "'", "»"):
        inner -= 1
    stopped = syntax.word[inner] in STOPS or syntax.word[inner] in (",", "—", "–", "--", "-")
    capital = syntax.word[words[0]][:1].isupper()
    before = syntax.word[first - 1] if first else ""
    if _is_title(syntax, words, before.lower()):
        return False
    if len(words) >= 8:
        return capital or stopped or any(syntax.tag[i] in ("VBZ", "VBD", "VBP", "MD") for i in words)
    if capital and (stopped or before in (",", ":")):
        return True
    return len(words) >= 4 and stopped and any(syntax.tag[i] in ("VBZ", "VBD", "VBP", "MD") for i in words)


_TITLED = frozenset(
    {
        "on",
        "in",
        "of",
        "at",
        "from",
        "for",
        "the",
        "a",
        "his",
        "her",
        "their",
        "'s",
        "’s",
        "called",
        "titled",
        "entitled",
    }
    | {
        "named",
        "film",
        "movie",
        "song",
        "show",
        "book",
        "series",
        "album",
        "play",
        "novel",
        "program",
        "magazine",
        "with",
    }
)


def _is_title(syntax: Syntax, words: list[int], before: str) -> bool:
    # “Night Train,” after "the film": capitals throughout, in the middle of a sentence
    if before not in _TITLED or not 2 <= len(words) <= 9:
        return False
    long = [i for i in words if len(syntax.word[i]) > 3]
    return bool(long) and sum(syntax.word[i][0].isupper() for i in long) >= 0.8 * len(long)


def fit(syntax: Syntax, draft: Draft, first: int, last: int, others: int | None) -> None:
    """Take off a content what is no part of the quote that it begins or ends with."""
    if len(draft.content) != 1 or not is_speech(syntax, first, last):
        return
    begin, end = draft.content[0]
    if draft.takes == "before" and begin < first and end <= last and draft.cue[0][0] >= last:
        # a sentence of the publisher's own before the quote: "She was sure: “It will,” she said."
        before = first - 1
        while before > begin and syntax.word[before].isspace():
            before -= 1
        if syntax.word[before] in (":", ".", "!", "?", "”", '"') or (others is not None and others >= begin):
            draft.content = [(first, last)]
    elif begin == first and end > last and draft.cue[-1][1] <= first:
        # "… said, “We’ll see,” when asked": the quote closed with its own comma
        inner = last - 2
        if inner > first and syntax.word[inner] in (",", ".", "!", "?"):
            draft.content = [(first, last)]


def clause_before(syntax: Syntax, draft: Draft, first: int) -> list[Range]:
    """The words before the cue, where the quote goes on with their sentence.

    "When the road closed, Kern said, “nobody noticed.”"
    """
    if draft.content or not draft.cue or not draft.source or draft.cue[-1][1] > first:
        return []
    if first - draft.cue[-1][1] > 1 or not syntax.word[min(first + 1, len(syntax) - 1)][:1].islower():
        return []
    low = syntax.sentences[syntax.sentence[draft.head]][0]
    begin = min(draft.cue[0][0], draft.source[0][0])
    if begin - low < 4 or syntax.word[begin - 1] != ",":
        return []
    low, begin = trim(syntax, low, begin)
    if low < begin and syntax.dep[low] == "cc":
        low += 1
    return [(low, begin)] if low < begin else []


def place_source(syntax: Syntax, quotation: Quotation, draft: Draft, first: int, last: int) -> None:
    """Name the source by its place where the parse missed it: between quote and cue, or behind the cue."""
    speaker = draft.speaker
    if draft.source and speaker is not None:
        begin, end = draft.source[0]
        inside = quotation.index(speaker) >= 0 or (begin < last and first < end) or syntax.lower[speaker] in DAYS
        if not inside and (begin >= last or speaker < first):
            return
    if not draft.cue or draft.sense is COLON or draft.takes[:7] == "passive" or draft.sense.kind == "seem":
        return
    cue_begin, cue_end = draft.cue[0][0], draft.cue[-1][1]
    if cue_begin >= last:
        begin, end = trim(syntax, last, cue_begin)
        begin, end = nominal(syntax, begin, end)
        if begin >= end:
            stop = cue_end
            limit = min(len(syntax), cue_end + 25)
            while stop < limit and syntax.word[stop] not in STOPS and not syntax.word[stop].isspace():
                if (
                    stop > cue_end
                    and syntax.tag[stop] in ("IN", "VBD", "VBG")
                    and syntax.lower[stop] not in ("of", "for")
                ):
                    break
                stop += 1
            begin, end = nominal(syntax, cue_end, stop)
    elif cue_end <= first:
        low = max(syntax.sentences[syntax.sentence[draft.head]][0], cue_begin - 15)
        begin = cue_begin
        while begin > low and syntax.tag[begin - 1] in NOMINAL:
            begin -= 1
        begin, end = nominal(syntax, begin, cue_begin)
    else:
        return
    if begin < end:
        draft.source = [(begin, end)]
        draft.speaker = head_of(syntax, begin, end)


def lead_in(syntax: Syntax, draft: Draft, first: int) -> int:
    """Where the content begins: before the quote, if its sentence began outside the marks.

    "She said that after the vote, “nothing will be the same.”"
    """
    if draft.content or not draft.cue or draft.sense is COLON:
        return first
    begin = draft.cue[-1][1]
    if not begin < first - 1 or first - begin > 25 or (draft.source and draft.source[-1][0] >= begin):
        return first
    opening = next((i for i in range(first + 1, min(first + 4, len(syntax))) if syntax.pos[i] != "PUNCT"), first)
    if not syntax.word[opening][:1].islower() or any(syntax.word[i] in STOPS for i in range(begin, first)):
        return first
    begin, end = trim(syntax, begin, first)
    for i in range(begin, end):
        if syntax.lower[i] == "that" and syntax.tag[i] in ("IN", "WDT", "DT"):
            return i
    words = end - begin
    if (draft.addressee is not None and begin <= draft.addressee < end) or words < 2 or syntax.lower[begin] in DAYS:
        return first
    return begin


def nominal(syntax: Syntax, begin: int, end: int) -> tuple[int, int]:
    """The token range, trimmed, if it can be a noun phrase; else an empty one."""
    begin, end = trim(syntax, begin, end)
    named = any(syntax.tag[i] in ("NN", "NNS", "NNP", "NNPS", "PRP") for i in range(begin, min(end, begin + 8)))
    if begin >= end or not named or syntax.tag[begin] not in NOMINAL:
        return begin, begin
    return begin, end


def head_of(syntax: Syntax, begin: int, end: int) -> int:
    """The noun that heads a token range, apposition and phrases behind it left aside."""
    stop = next((i for i in range(begin, end) if syntax.word[i] in (",", "(") or syntax.tag[i] == "IN"), end)
    for i in range(begin, stop):
        if syntax.head[i] == i or not begin <= syntax.head[i] < stop:
            if syntax.tag[i] in ("NN", "NNS", "NNP", "NNPS", "PRP"):
                return i
    return max(begin, stop - 1)
