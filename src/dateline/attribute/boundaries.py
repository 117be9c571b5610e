"""Boundaries: where contents end that the parse lets run on into the next statement.

"The minister said the road was open, adding that it was safe" and "one said it was safe, and the
other said it was not" are two statements each, whichever verb the parse hangs the second one on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from dateline.annotate import Syntax
from dateline.attribute.clause import CLOSING_MARKS, subject_of, trim
from dateline.attribute.draft import Draft, Range
from dateline.attribute.quotation import Quotation

MOST_OPEN = 8
_GOING_ON = frozenset({"say", "write", "ask", "judge", "think"})
_CUT = frozenset({"clause", "question", "to", "object-to", "object", "preposition", "object-with", "object-is", "ing"})


def separate(syntax: Syntax, quotation: Quotation, drafts: list[Draft]) -> None:
    """Cut contents where a participle or a coordinate clause reports something further.

    Args:
        syntax: the parse.
        quotation: the quotes; nothing inside one is cut off by a cue in the same quote.
        drafts: sorted by head; contents and sources are changed.
    """
    open_drafts: list[Draft] = []
    yield_to_comments(syntax, drafts)
    for draft in drafts:
        # the innermost few are enough: no prose nests deeper
        open_drafts = [o for o in open_drafts[-MOST_OPEN:] if o.content and o.content[-1][1] > draft.head]
        if draft.content and draft.sense.kind in _GOING_ON:
            for outer in reversed(open_drafts):
                cut = _cut(syntax, quotation, outer, draft)
                if cut is not None:
                    _shorten(syntax, outer, cut)
                    if not draft.own and syntax.tag[draft.head] == "VBG":
                        draft.source = list(outer.source)
                        draft.speaker, draft.pronoun = outer.speaker, outer.pronoun
                else:
                    break
        if draft.content and draft.takes in _CUT and draft.content[-1][1] > draft.head:
            open_drafts.append(draft)


def yield_to_comments(syntax: Syntax, drafts: list[Draft]) -> None:
    """End a content where ", an official said" follows it that reports the whole sentence.

    "He told her that it was over, an aide said": the aide has told of his words, he not of the aide's.

    Args:
        syntax: the parse.
        drafts: sorted by head; contents are changed.
    """
    for k, draft in enumerate(drafts):
        if draft.takes == "before" and draft.source and draft.content:
            first = draft.source[0][0]
            for other in drafts[max(0, k - 6) : k]:
                if other.content and other.content[-1][0] < first < other.content[-1][1]:
                    if any(begin <= other.head < end for begin, end in draft.content):
                        _shorten(syntax, other, first)


def _cut(syntax: Syntax, quotation: Quotation, outer: Draft, inner: Draft) -> int | None:
    """The token where the content of `outer` ends because `inner` begins, or None."""
    begin, end = outer.content[-1]
    if not begin < inner.head < end or outer.head >= inner.head:
        return None
    quote = quotation.index(inner.head)
    if quote >= 0 and quotation.index(outer.head) != quote:
        return None
    first = inner.cue[0][0]
    verb = inner.head
    if syntax.tag[verb] == "VBG" and syntax.dep[verb] in ("advcl", "acl", "conj", "dep", "prep") and not inner.own:
        if (
            first > begin
            and syntax.word[first - 1] in (",", "—", "–", ";", "”", '"', "''")
            and _ends(syntax, begin, first)
        ):
            return first
        if syntax.dep[verb] == "conj" and first > begin + 1 and syntax.dep[first - 1] == "cc":
            if syntax.word[first - 2] == ",":
                return first - 2
        return None
    if inner.takes == "passive-with" and syntax.dep[verb] == "acl" and first > begin and syntax.word[first - 1] == ",":
        return first - 1  # "the raid, seen by many as a mistake": the aside is another's view
    if _shares_outer(syntax, outer, inner) and first > begin + 1 and syntax.dep[first - 1] == "cc":
        inner.source, inner.speaker, inner.pronoun = list(outer.source), outer.speaker, outer.pronoun
        return first - 1
    if not (inner.own and inner.source):
        return None
    first = min(first, inner.source[0][0])
    if first <= begin + 1:
        return None
    clausal = inner.takes in ("clause", "quote", "question")
    again = inner.sense.kind in ("say", "judge") and syntax.pos[inner.source[0][0]] == "PRON"
    if syntax.dep[verb] == "conj" and (clausal or again):
        if syntax.dep[first - 1] == "cc" and syntax.word[first - 2] in (",", ";"):
            return first - 2
    if syntax.dep[verb] == "advcl" and clausal and syntax.lower[first - 1] in ("while", "whereas", "although"):
        return first - 1
    return None


def _shares_outer(syntax: Syntax, outer: Draft, inner: Draft) -> bool:
    """Whether a second verb belongs beside the outer cue: "said she would stay but did not rule out a talk"."""
    verb, tag = inner.head, syntax.tag
    if (
        syntax.dep[verb] != "conj"
        or inner.own
        or (inner.sense.kind not in ("say", "judge") and inner.takes not in ("object-is", "object-with"))
        or outer.takes != "clause"
    ):
        return False
    beside = syntax.head[verb]
    return tag[verb] == tag[outer.head] and tag[verb] in ("VBD", "VBZ") and tag[beside] != tag[verb]


def _ends(syntax: Syntax, begin: int, comma: int) -> bool:
    # A participle right after the subject is an aside ("the minister, citing costs, left")
    return any(syntax.tag[i] in ("VBD", "VBZ", "VBP", "MD", "VB", "VBN") for i in range(begin, comma))


def _shorten(syntax: Syntax, draft: Draft, stop: int) -> None:
    kept: list[Range] = []
    for begin, end in draft.content:
        if begin < stop:
            begin, end = trim(syntax, begin, min(end, stop))
            if begin < end:
                kept.append((begin, end))
    draft.content = kept


def merge_seeming(syntax: Syntax, drafts: list[Draft]) -> list[Draft]:
    """Take "seemed to blame" and "is expected to endorse" as one cue, that of the inner verb."""
    heads = {draft.head: draft for draft in drafts if draft.content}
    gone = set()
    for draft in drafts:
        inner_ok = draft.sense.kind == "seem" or draft.takes == "passive-to"
        if not inner_ok or not draft.content:
            continue
        for c in syntax.children[draft.head]:
            inner = heads.get(c)
            if inner is not None and syntax.dep[c] == "xcomp" and inner.takes != "passive-to":
                first, last = draft.cue[0][0], inner.cue[0][1]
                if last - first <= 8:
                    inner.cue = [(first, last), *inner.cue[1:]]
                if not inner.source:
                    subject, _ = subject_of(syntax, draft.head)
                    if subject is not None:
                        inner.speaker = subject
                gone.add(id(draft))
    return [draft for draft in drafts if id(draft) not in gone]


def yield_to_according(syntax: Syntax, drafts: list[Draft]) -> None:
    """End a content where ", according to …" follows it: that speaks of the whole sentence.

    "The minister said the road was open, according to the agency": the agency has the outer words.
    """
    phrases = [d for d in drafts if d.sense.word == "according"]
    if not phrases:
        return
    beside: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.takes == "clause":
            beside.setdefault(syntax.sentence[draft.head], []).append(draft)
    for phrase in phrases:
        at = phrase.head
        if at == 0 or syntax.word[at - 1] != ",":
            continue
        for draft in beside.get(syntax.sentence[at], ()):
            begin, end = draft.content[-1]
            outside = draft is not phrase and draft.head < begin
            if outside and begin < at - 1 and at < end <= phrase.source[-1][1] + 1:
                _shorten(syntax, draft, at - 1)


def keep_inside_quotes(syntax: Syntax, quotation: Quotation, drafts: list[Draft]) -> None:
    """End the contents of quoted cues with their quotes: who is quoted cannot report what comes after.

    In "“He said so,” she claimed" the parse may take "she claimed" for his words.
    """
    for draft in drafts:
        quote = quotation.index(draft.head)
        if quote < 0:
            continue
        first, last = quotation.ranges[quote]
        if quotation.quotes[quote].closed and syntax.word[last - 1] in CLOSING_MARKS:
            last -= 1
        if any(begin < first or end > last for begin, end in draft.content):
            kept = [trim(syntax, max(begin, first), min(end, last)) for begin, end in draft.content]
            draft.content = [(begin, end) for begin, end in kept if begin < end]


_WHEN_OR_WHERE = frozenset({"during", "on", "in", "at", "after", "before", "when", "while", "last", "this", "earlier"})
_OBJECTS = frozenset({"object", "object-with", "object-is", "preposition"})


def settle_objects(syntax: Syntax, quotation: Quotation, drafts: list[Draft]) -> None:
    """Let quote marks decide where an object ends that holds a quoted term.

    "called it “a trick” on Sunday" ends with the mark; "called it “a trick” and “a trap”" with the
    second one.
    """
    for draft in drafts:
        if draft.takes not in _OBJECTS or len(draft.content) != 1:
            continue
        begin, end = draft.content[0]
        quote = quotation.before(end - 1)
        if quote < 0 or quotation.ranges[quote][1] <= begin or quotation.ranges[quote][0] < begin:
            continue
        last = quotation.ranges[quote][1]
        if last < end:
            if syntax.lower[last] in _WHEN_OR_WHERE or syntax.lower[last].endswith("day"):
                end = last
        else:
            end = max(end, last)
            following = quotation.ranges[quote + 1] if quote + 1 < len(quotation.ranges) else None
            if following is not None and end < len(syntax) and syntax.lower[end] in ("and", "or"):
                if following[0] - end <= 3 and syntax.sentence[following[0]] == syntax.sentence[draft.head]:
                    end = following[1]
        if draft.takes == "object-is":
            # "called her a fool for staying"
            for c in syntax.children[draft.head]:
                if c == end and syntax.dep[c] == "prep" and syntax.lower[c] == "for":
                    end = syntax.right(c)
        draft.content = [trim(syntax, begin, end)]


_DASHES = frozenset({"—", "–", "--", "-", "―", "---"})


def drop_asides(syntax: Syntax, quotation: Quotation, drafts: list[Draft]) -> None:
    """End contents before a dash with the publisher's comment: "was pleased — a first in years"."""
    spaced = [i for i, word in enumerate(syntax.word) if word in _DASHES and i and syntax.end[i - 1] < syntax.begin[i]]
    for draft in drafts:
        if draft.takes not in _CUT or len(draft.content) != 1 or quotation.index(draft.head) >= 0:
            continue
        begin, end = draft.content[0]
        if draft.head > begin:
            continue
        dashes = spaced[bisect_left(spaced, begin + 3) : bisect_left(spaced, end - 2)][:2]
        dashes = [i for i in dashes if quotation.index(i) < 0]
        if len(dashes) == 1 and syntax.lower[dashes[0] + 1] in ("a", "an", "the", "and", "one"):
            at = dashes[0]
            if quotation.after(at) == quotation.after(end):
                draft.content = [trim(syntax, begin, at)]


_REACH = 25  # tokens between the end of a content and a quote that it goes on to


def reach_quotes(syntax: Syntax, quotation: Quotation, drafts: list[Draft]) -> None:
    """Carry contents on to quotes of the same sentence that are nobody's.

    "She said there was “a long road” but that he would “win in the end”": where no other cue stands
    between, the second quote is hers too, wherever the parse hangs it.

    Args:
        syntax: the parse.
        quotation: the quotes.
        drafts: sorted by head; contents are changed.
    """
    if not quotation.ranges:
        return
    covered = set()
    ends: dict[int, list[Draft]] = {}
    for draft in drafts:
        for begin, end in (*draft.content, *draft.source, *draft.cue):
            k = max(0, quotation.before(begin))
            while k < len(quotation.ranges) and quotation.ranges[k][0] < end:
                if quotation.ranges[k][1] > begin:
                    covered.add(k)
                k += 1
        if draft.content and draft.takes in _CUT and quotation.index(draft.head) < 0:
            ends.setdefault(syntax.sentence[draft.head], []).append(draft)
    heads = sorted(draft.head for draft in drafts if draft.content and quotation.index(draft.head) < 0)
    for k, (first, last) in enumerate(quotation.ranges):
        if k in covered:
            continue
        for draft in reversed(ends.get(syntax.sentence[first], ())):
            begin, end = draft.content[-1]
            if not draft.head < begin or not end <= first <= end + _REACH:
                continue
            if bisect_right(heads, first) == bisect_right(heads, max(end, draft.head)):
                draft.content[-1] = (begin, last)
            break
