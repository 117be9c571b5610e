"""Speech: every quoted sentence gets the cue that it was spoken with.

After O'Keefe et al. 2012 ("A sequence labelling approach to quote attribution"), the text around a
quote decides: the clause after it, the clause before it, and else the speech that it goes on with.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from dateline.annotate import Syntax
from dateline.attribute.draft import Draft, join
from dateline.attribute.quotation import Quotation

_STOPS = frozenset({".", "!", "?", "…", "..."})
_SPEAKING = frozenset({"say", "write", "ask", "think", "show"})
_REACH = 45  # tokens: how far from its quote a cue may stand


class Paragraphs:
    """Token ranges between line breaks."""

    def __init__(self, syntax: Syntax) -> None:
        """Find the paragraphs of a text."""
        self.starts: list[int] = []
        fresh = True
        for i, word in enumerate(syntax.word):
            if word.isspace():
                fresh = fresh or "\n" in word or "\r" in word or "\u2029" in word
            elif fresh:
                self.starts.append(i)
                fresh = False
        self.size = len(syntax.word)

    def of(self, token: int) -> tuple[int, int]:
        """Half-open token range of the paragraph that holds the token."""
        k = max(0, bisect_right(self.starts, token) - 1)
        stop = self.starts[k + 1] if k + 1 < len(self.starts) else self.size
        return (self.starts[k] if self.starts else 0), stop


def is_speech(syntax: Syntax, first: int, last: int) -> bool:
    """Whether a quote (token range, marks included) holds words that were spoken, not a title or a term."""
    words = [i for i in range(first, min(last, first + 60)) if syntax.pos[i] not in ("PUNCT", "SPACE", "SYM")]
    if not words:
        return False
    inner = last - 1
    while inner > first and syntax.word[inner] in ('"', "”", "''", "’", "'", "»"):
        inner -= 1
    stopped = syntax.word[inner] in _STOPS or syntax.word[inner] in (",", "—", "–", "--", "-")
    capital = syntax.word[words[0]][:1].isupper()
    before = syntax.word[first - 1] if first else ""
    if len(words) >= 8:
        return capital or stopped or any(syntax.tag[i] in ("VBZ", "VBD", "VBP", "MD") for i in words)
    if capital and (stopped or before in (",", ":")):
        return True
    return len(words) >= 4 and stopped and any(syntax.tag[i] in ("VBZ", "VBD", "VBP", "MD") for i in words)


def attach_quotes(syntax: Syntax, quotation: Quotation, drafts: list[Draft]) -> list[Draft]:
    """Give every quote that is speech to a draft: one whose cue stands by it, or the speech before.

    Args:
        syntax: the parse.
        quotation: the quotes.
        drafts: sorted by head; their contents are changed.

    Returns:
        New drafts, for quotes that go on without any cue.
    """
    if not quotation.ranges:
        return []
    paragraphs = Paragraphs(syntax)
    heads = [d.head for d in drafts]
    owner: list[Draft | None] = [None] * len(quotation.ranges)
    _claim_covered(syntax, quotation, drafts, owner)
    new: list[Draft] = []
    previous: int | None = None  # the last quote that is speech
    for k, (first, last) in enumerate(quotation.ranges):
        draft = owner[k]
        if draft is None and not is_speech(syntax, first, last):
            continue
        begin, end = paragraphs.of(first)
        low = max(begin, quotation.ranges[k - 1][1] if k else 0, first - _REACH)
        high = min(end, quotation.ranges[k + 1][0] if k + 1 < len(owner) else end, last + _REACH)
        if draft is None:
            draft = _nearby(syntax, drafts, heads, first, last, low, high)
        if draft is None and previous is not None:
            draft = _going_on(syntax, quotation, owner, previous, first, begin)
        if draft is None and begin > 0 and not syntax.text[syntax.begin[begin] : syntax.begin[first]].strip():
            draft = _announced(syntax, drafts, heads, begin, paragraphs)
        if draft is None:
            draft = _inherited(syntax, drafts, heads, first, last)
            if draft is not None:
                new.append(draft)
        if draft is None:
            continue
        owner[k] = draft
        if k not in draft.quotes:
            if not draft.takes or (draft.takes == "before" and not draft.quotes):
                draft.content = [] if not draft.takes else draft.content
            draft.takes = draft.takes or "quote"
            draft.content = join([*draft.content, (first, last)])
            draft.quotes.append(k)
        previous = k
    return new


def _claim_covered(syntax: Syntax, quotation: Quotation, drafts: list[Draft], owner: list[Draft | None]) -> None:
    """Quotes that a content already reaches into are taken whole: sentences go on inside them."""
    for draft in drafts:
        for begin, end in list(draft.content):
            k = max(0, quotation.before(begin))
            while k < len(owner) and quotation.ranges[k][0] < end:
                first, last = quotation.ranges[k]
                inside = first <= draft.head < last
                if last > begin and not inside and owner[k] is None:
                    whole = end >= last or is_speech(syntax, first, last)
                    if whole and not any(first < e and b < last for b, e in (*draft.cue, *draft.source)):
                        draft.content = join([*draft.content, (max(first, 0), last)])
                        draft.quotes.append(k)
                        owner[k] = draft
                k += 1


def _ready(draft: Draft) -> bool:
    return (
        draft.sense.kind in _SPEAKING
        and "quote" in draft.sense.takes
        and (not draft.content or draft.takes == "before")
    )


def _nearby(
    syntax: Syntax, drafts: list[Draft], heads: list[int], first: int, last: int, low: int, high: int
) -> Draft | None:
    after = _after(syntax, drafts, heads, last, high)
    before = _before(syntax, drafts, heads, first, low)
    if after is None or before is None:
        return after or before
    mark = syntax.word[first - 1]
    if mark in (":", ",") or first - before.cue[-1][1] <= 1:
        return before
    return after


def _after(syntax: Syntax, drafts: list[Draft], heads: list[int], last: int, high: int) -> Draft | None:
    stop = next((i for i in range(last, high) if syntax.word[i] in _STOPS or syntax.word[i] == ":"), high)
    for k in range(bisect_left(heads, last), len(heads)):
        if heads[k] >= stop:
            return None
        if _ready(drafts[k]) and not drafts[k].quotes:
            return drafts[k]
    return None


def _before(syntax: Syntax, drafts: list[Draft], heads: list[int], first: int, low: int) -> Draft | None:
    begin = first
    while begin > low and syntax.word[begin - 1] not in _STOPS:
        begin -= 1
    for k in range(bisect_left(heads, first) - 1, -1, -1):
        if heads[k] < begin:
            return None
        if _ready(drafts[k]) and not drafts[k].quotes and not drafts[k].content:
            return drafts[k]
    return None


def _going_on(
    syntax: Syntax, quotation: Quotation, owner: list[Draft | None], previous: int, first: int, begin: int
) -> Draft | None:
    draft = owner[previous]
    if draft is None:
        return None
    if quotation.ranges[previous][0] >= begin:
        return draft
    if quotation.quotes[previous].reopened:
        return draft
    return None


def _announced(
    syntax: Syntax, drafts: list[Draft], heads: list[int], begin: int, paragraphs: Paragraphs
) -> Draft | None:
    """The cue of the paragraph before, where that ends in a colon."""
    at = begin - 1
    while at > 0 and syntax.word[at].isspace():
        at -= 1
    if syntax.word[at] != ":":
        return None
    low = paragraphs.of(at)[0]
    for k in range(bisect_left(heads, begin) - 1, -1, -1):
        if heads[k] < low:
            return None
        if "quote" in drafts[k].sense.takes and (not drafts[k].content or at - heads[k] < 12):
            return drafts[k]
    return None


def _inherited(syntax: Syntax, drafts: list[Draft], heads: list[int], first: int, last: int) -> Draft | None:
    """A quote without a cue goes on with the speaker of the statement before it."""
    for k in range(bisect_left(heads, first) - 1, max(-1, bisect_left(heads, first) - 12), -1):
        draft = drafts[k]
        if draft.sense.kind in ("say", "write") and draft.source and draft.content and draft.own:
            return Draft(first, draft.sense, "quote", [], [], [(first, last)], draft.speaker, inherited=True)
    return None
