"""Speech: every quoted sentence gets the cue that it was spoken with.

After O'Keefe et al. 2012 ("A sequence labelling approach to quote attribution"), the text around a
quote decides: the clause after it, the clause before it, and else the speech that it goes on with.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from dateline.annotate import Syntax
from dateline.attribute.according import COLON
from dateline.attribute.clause import subject_of, trim
from dateline.attribute.draft import Draft, join
from dateline.attribute.fitting import (
    NOMINAL,
    STOPS,
    clause_before,
    fit,
    head_of,
    is_speech,
    lead_in,
    nominal,
    place_source,
)
from dateline.attribute.quotation import Quotation
from dateline.attribute.source import source_of

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
    _nearest_first(syntax, quotation, drafts)
    _claim_covered(syntax, quotation, drafts, owner)
    new: list[Draft] = []
    previous: int | None = None  # the last quote that is speech
    for k, (first, last) in enumerate(quotation.ranges):
        draft = owner[k]
        claimed = draft is not None
        if draft is None and not is_speech(syntax, first, last):
            draft = _beside(syntax, drafts, heads, first)
            if draft is None:
                continue
        begin, end = paragraphs.of(first)
        low = max(begin, quotation.ranges[k - 1][1] if k else 0, first - _REACH)
        high = min(end, quotation.ranges[k + 1][0] if k + 1 < len(owner) else end, last + _REACH)
        if draft is None:
            draft = _label(syntax, first, low) or _signature(syntax, last, min(len(syntax), last + 20))
            if draft is not None:
                new.append(draft)
        if draft is None:
            draft = _nearby(syntax, drafts, heads, first, last, low, high)
        if draft is None and syntax.word[first - 1] == ":" and first - 1 > low:
            draft = _any_verb(syntax, first, first, low, first)
            if draft is not None:
                new.append(draft)
        if draft is None and previous is not None:
            joins = syntax.word[first - 1] in (",", ":", "…", "...") or _stands_alone(syntax, first, last, begin)
            draft = _going_on(quotation, owner, previous, begin) if joins else None
        if draft is None and begin > 0 and not syntax.text[syntax.begin[begin] : syntax.begin[first]].strip():
            draft = _announced(syntax, drafts, heads, begin, paragraphs)
            if draft is None:
                draft = _any_verb(syntax, first, first, paragraphs.of(begin - 1)[0], first)
                if draft is not None:
                    new.append(draft)
        if draft is None:
            draft = _any_verb(syntax, first, last, low, high)
            if draft is not None:
                new.append(draft)
        if draft is None and _stands_alone(syntax, first, last, begin):
            draft = _inherited(quotation, drafts, heads, first, last, begin)
            if draft is not None and draft.inherited:
                new.append(draft)
        if draft is None:
            continue
        owner[k] = draft
        if not draft.inherited:
            place_source(syntax, quotation, draft, first, last)
            others = k > 0 and owner[k - 1] not in (None, draft) and quotation.ranges[k - 1][0]
            fit(syntax, draft, first, last, others or None)
        if not claimed:
            if not draft.takes or (draft.takes == "before" and not draft.quotes):
                draft.content = [] if not draft.takes else draft.content
            draft.takes = draft.takes or "quote"
            more = clause_before(syntax, draft, first)
            piece = lead_in(syntax, draft, first), last
            if draft.content and piece[0] > draft.content[-1][1]:
                draft.content.append(piece)  # the usual case, cheap in long speeches
            else:
                draft.content = join([*draft.content, *more, piece])
            draft.quotes.append(k)
        previous = k
    return new


def _nearest_first(syntax: Syntax, quotation: Quotation, drafts: list[Draft]) -> None:
    """Leave a quote to the cue right in front of it, where the parse gave it to one further off.

    "“Go,” he said, before adding: “And stay away.”"
    """
    for k, draft in enumerate(drafts):
        if draft.content or "quote" not in draft.sense.takes or draft.sense.kind not in _SPEAKING:
            continue
        end = draft.cue[-1][1]
        quote = quotation.after(end)
        if quote >= len(quotation.ranges) or not draft.cue:
            continue
        first, last = quotation.ranges[quote]
        if first > end + 1 or (first == end + 1 and syntax.word[end] not in (",", ":")):
            continue
        for other in drafts[max(0, k - 4) : k]:
            if other.content and other.head < draft.head and first <= other.content[0][0] < last:
                if not any(first <= i < last for i in (other.head,)):
                    other.content, other.takes = [], ""


def _claim_covered(syntax: Syntax, quotation: Quotation, drafts: list[Draft], owner: list[Draft | None]) -> None:
    """Quotes that a content already reaches into are taken whole: sentences go on inside them."""
    for draft in drafts:
        for begin, end in list(draft.content):
            k = max(0, quotation.before(begin))
            while k < len(owner) and quotation.ranges[k][0] < end:
                first, last = quotation.ranges[k]
                inside = first <= draft.head < last
                if inside and draft.sense is COLON and owner[k] is None and first + 1 >= draft.source[0][0]:
                    # a transcript whose every line is quoted, with the name inside the marks
                    owner[k] = draft
                    draft.quotes.append(k)
                if last > begin and not inside and owner[k] is None:
                    whole = end >= last - 2 or is_speech(syntax, first, last)
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


def _beside(syntax: Syntax, drafts: list[Draft], heads: list[int], first: int) -> Draft | None:
    """The cue right in front of a quote that is no sentence: "the crowd chanted “no more war”"."""
    k = bisect_left(heads, first) - 1
    if k < 0 or drafts[k].content or "quote" not in drafts[k].sense.takes or not drafts[k].cue:
        return None
    end = drafts[k].cue[-1][1]
    return drafts[k] if end == first or (end == first - 1 and syntax.word[end] in (",", ":")) else None


def _after(syntax: Syntax, drafts: list[Draft], heads: list[int], last: int, high: int) -> Draft | None:
    stop = next((i for i in range(last, high) if syntax.word[i] in STOPS or syntax.word[i] == ":"), high)
    for k in range(bisect_left(heads, last), len(heads)):
        if heads[k] >= stop:
            return None
        draft = drafts[k]
        if _ready(draft) and not draft.quotes:
            return draft
        if draft.quotes and draft.sense.kind in _SPEAKING and syntax.word[last - 2] == ",":
            # “One thing,” she said, “and another.”
            begin = draft.content[0][0]
            if begin > draft.head and syntax.word[begin] in _OPENING and begin - draft.head < 12:
                return draft
    return None


_OPENING = frozenset({"“", '"', "''", "``", "«", "„"})


def _before(syntax: Syntax, drafts: list[Draft], heads: list[int], first: int, low: int) -> Draft | None:
    begin = first
    while begin > low and syntax.word[begin - 1] not in STOPS:
        begin -= 1
    for k in range(bisect_left(heads, first) - 1, -1, -1):
        if heads[k] < begin:
            return None
        if _ready(drafts[k]) and not drafts[k].quotes and not drafts[k].content:
            return drafts[k]
    return None


def _going_on(quotation: Quotation, owner: list[Draft | None], previous: int, begin: int) -> Draft | None:
    """The speech that a quote without a cue goes on with, if that one was a quote too."""
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
    low = paragraphs.of(at)[0]
    if syntax.word[at] == ".":
        # "Kern said in a statement." with the statement in the next paragraph
        k = bisect_left(heads, begin) - 1
        if k >= 0 and heads[k] >= max(low, at - 25) and not drafts[k].content and drafts[k].own:
            if drafts[k].sense.kind in ("say", "write") and syntax.sentence[heads[k]] == syntax.sentence[at]:
                return drafts[k]
        return None
    if syntax.word[at] != ":":
        return None
    for k in range(bisect_left(heads, begin) - 1, -1, -1):
        if heads[k] < low:
            return None
        if "quote" in drafts[k].sense.takes and (not drafts[k].content or at - heads[k] < 12):
            return drafts[k]
    return None


def _label(syntax: Syntax, first: int, low: int) -> Draft | None:
    """A name before a colon in front of the quote: "Kern: “…”" within a line."""
    at = _colon_before(syntax, first, low)
    if at is None:
        return None
    begin = at
    while begin > low and at - begin < 9 and (syntax.tag[begin - 1] in NOMINAL or syntax.word[begin - 1] == "and"):
        begin -= 1
    begin, end = trim(syntax, begin, at)
    if begin >= end or not any(syntax.pos[i] == "PROPN" for i in range(begin, end)):
        return None
    if begin > low and syntax.word[begin - 1] not in STOPS and syntax.word[begin - 1] not in _DASHES:
        if not syntax.word[begin - 1].isspace():
            return None
    return Draft(at, COLON, "quote", [(at, at + 1)], [(begin, end)], [], head_of(syntax, begin, end))


def _signature(syntax: Syntax, last: int, high: int) -> Draft | None:
    """A name behind a dash after the quote, up to the end of the line: "“Out!” — Anna Kern, Leeds"."""
    at = last
    while at < high and syntax.word[at].isspace():
        at += 1
    if at >= high or syntax.word[at] not in _SIGNING:
        return None
    stop = at + 1
    while stop < high and not syntax.word[stop].isspace():
        stop += 1
    begin, end = trim(syntax, at + 1, stop)
    if begin >= end or stop >= high or "\n" not in syntax.word[stop] or syntax.word[begin][:1].islower():
        return None
    if any(syntax.word[i] in STOPS for i in range(begin, end)):
        return None
    return Draft(at, COLON, "quote", [(at, at + 1)], [(begin, end)], [], head_of(syntax, begin, end))


def _colon_before(syntax: Syntax, first: int, low: int) -> int | None:
    at = first - 1
    while at > low and syntax.word[at].isspace():
        at -= 1
    return at if at > low and syntax.word[at] == ":" else None


def _any_verb(syntax: Syntax, first: int, last: int, low: int, high: int) -> Draft | None:
    """A verb that is no cue by itself but stands where one would: "“Out!” he barked", "She had one wish: “…”"."""
    if last > first and (syntax.word[last - 2] in (",", "?", "!") or syntax.word[last - 1] in ("?", "!")):
        stop = min(high, last + 12)
        for verb in range(last, stop):
            if syntax.word[verb] in STOPS or syntax.word[verb] in (",", ":"):
                break
            if syntax.tag[verb] in ("VBD", "VBZ", "VBP"):
                begin, end = nominal(syntax, last, verb)
                if begin < end and syntax.pos[verb] == "VERB":
                    speaker = head_of(syntax, begin, end)
                    return Draft(verb, COLON, "quote", [(verb, verb + 1)], [(begin, end)], [], speaker)
                break
    at = first - 1
    while at > low and syntax.word[at].isspace():
        at -= 1
    if at <= low or syntax.word[at] not in (":", ","):
        return None
    start = max(low, syntax.sentences[syntax.sentence[at]][0])
    for verb in range(start, at):
        if syntax.tag[verb] in ("VBD", "VBZ", "VBP"):
            subject, own = subject_of(syntax, verb)
            if subject is None or not own or not start <= subject < verb or syntax.dep[subject] == "expl":
                continue
            cue = [(verb, at)] if at - verb < 8 else [(verb, verb + 1)]
            source = source_of(syntax, subject, cue, [(first, first + 1)])
            return Draft(verb, COLON, "quote", cue, [source], [], subject)
    return None


_SIGNING = frozenset({"-", "–", "—", "―", "--"})
_DASHES = frozenset({"-", "–", "—", "--", "•", "*"})


def _inherited(
    quotation: Quotation, drafts: list[Draft], heads: list[int], first: int, last: int, begin: int
) -> Draft | None:
    """A quote without a cue goes on with the speaker of the statement before it."""
    here = bisect_left(heads, first)
    for k in range(here - 1, max(-1, here - 12), -1):
        draft = drafts[k]
        if quotation.index(draft.head) >= 0:
            continue
        if draft.sense.kind in ("say", "write") and draft.content and not _inside(drafts, k):
            if draft.quotes or (draft.head >= begin and draft.sense.kind == "say" and draft.pronoun is None):
                return draft
            if not draft.source:
                continue
            return Draft(first, draft.sense, "quote", [], [], [(first, last)], draft.speaker, inherited=True)
    return None


def _inside(drafts: list[Draft], k: int) -> bool:
    head = drafts[k].head
    for other in drafts[max(0, k - 6) : k]:
        at = bisect_right(other.content, (head, 1 << 62)) - 1
        if at >= 0 and other.content[at][0] <= head < other.content[at][1]:
            return True
    return False


def _stands_alone(syntax: Syntax, first: int, last: int, begin: int) -> bool:
    """Whether a quote is a sentence of its own, between full stops or line breaks."""
    before = first - 1
    while before >= begin and syntax.word[before].isspace():
        before -= 1
    if before >= begin and syntax.word[before] not in STOPS and syntax.word[before] not in (":", "”", '"', ")"):
        return False
    inner = last - 1
    while inner > first and syntax.word[inner] in ('"', "”", "''", "’", "'", "»"):
        inner -= 1
    return syntax.word[inner] in STOPS or syntax.word[inner] in ("—", "–", "--")
