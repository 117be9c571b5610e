"""Contents around their cues: "The talks failed, the minister said" and "the talks, she said, failed".

Here the cue is an aside in the sentence that it reports, and the content is that sentence without
the aside (Quirk et al. 1985, ch. 14: reporting clauses as comment clauses).
"""

from __future__ import annotations

from dateline.annotate import Syntax
from dateline.attribute.clause import FINITE, OPENING_MARKS, content_range, trim
from dateline.attribute.draft import Draft, Range, join


def enclose(syntax: Syntax, draft: Draft) -> None:
    """Give a cue that nothing follows the clause that stands before or around it.

    "The talks failed, the minister said." and "The talks, the minister said, failed."
    """
    if "before" not in draft.sense.takes:
        return
    if not draft.own and draft.sense.kind in ("say", "write"):
        _take_apposition(syntax, draft)
    if not draft.own or draft.speaker is None:
        return
    verb = draft.head
    dep = syntax.dep
    low, high = syntax.sentences[syntax.sentence[verb]]
    _widen(syntax, draft, low)
    subject = draft.source[0]
    first = min(draft.cue[0][0], subject[0])
    last = max(draft.cue[-1][1], subject[1])
    for c in syntax.children[verb]:
        # where, when and to whom it was said
        if c >= last and dep[c] in ("prep", "npadvmod", "advmod", "dobj", "dative", "prt"):
            last = max(last, syntax.right(c))
    behind = draft.content
    if behind and not (draft.takes == "clause" and last < high and syntax.word[last] == ";"):
        return
    if not behind and _quote_follows(syntax, last, high):
        return
    before = next((c for c in syntax.children[verb] if c < first and dep[c] in ("ccomp", "parataxis")), None)
    if before is None and first > low + 3 and syntax.word[first - 1] == ",":
        before = next((c for c in syntax.children[verb] if c < first - 1 and dep[c] == "dep"), None)
    if before is not None:
        outermost = dep[verb] == "ROOT" or syntax.head[verb] == verb or _closes(syntax, first, last, high)
        begin = low if outermost else min(syntax.left(before), before)
        # "… was shelled, the ministry said; nine were hurt": both halves are the ministry's
        draft.content = join(_whole(syntax, begin, first) + behind)
        if draft.content:
            draft.takes = "before"
        return
    up = syntax.head[verb]
    if up == verb or dep[verb] not in ("parataxis", "ccomp", "advcl", "conj", "dep", "relcl", "acl"):
        return
    if draft.pronoun is None and dep[verb] == "relcl" and syntax.word[first - 1] == ",":
        up = _clause_of(syntax, up)
    if behind or not _set_off(syntax, first, last, low, high):
        return
    begin, end = min(syntax.left(up), first), max(syntax.right(up), last)
    while up != syntax.head[up] and dep[up] in ("conj", "dep"):
        up = syntax.head[up]
        begin, end = min(begin, syntax.left(up)), max(end, syntax.right(up))
    rest = content_range(syntax, last, end, last - 1)
    if rest and syntax.lower[rest[0][0]] in _SUBORDINATING and syntax.word[last] == ",":
        rest = []  # "…, the agency said, as talks began": the time of saying
    draft.content = join(_whole(syntax, begin, first) + rest)
    if draft.content:
        draft.takes = "before"


def _closes(syntax: Syntax, first: int, last: int, high: int) -> bool:
    """Whether ", X said." ends the sentence: then it speaks of all of it."""
    return first > 0 and syntax.word[first - 1] == "," and (last >= high or syntax.word[last] in (".", ";"))


def _widen(syntax: Syntax, draft: Draft, low: int) -> None:
    """Take the whole name as the source where the parse hangs the cue on half of it: "the state agency TASS said"."""
    begin = draft.source[0][0]
    while begin - 1 > low and draft.source[0][0] - begin < 8 and syntax.tag[begin - 1] in _NAMING:
        begin -= 1
    if begin < draft.source[0][0] and syntax.word[begin - 1] == "," and syntax.tag[begin] in ("DT", "NNP", "PRP$"):
        draft.source = [(begin, draft.source[-1][1])]


def _clause_of(syntax: Syntax, noun: int) -> int:
    """The verb of the clause that a noun stands in: "… met the minister, the agency reported" comments on "met"."""
    for _ in range(12):
        if syntax.pos[noun] in ("VERB", "AUX") or syntax.head[noun] == noun:
            break
        noun = syntax.head[noun]
    return noun


def follow(syntax: Syntax, draft: Draft) -> None:
    """Give a verb of speaking that stands without a content the rest of its sentence.

    Where the parse hangs the clause on another word ("said for the first time that …"), the "that",
    or a finite verb behind the cue, still shows that a clause follows.
    """
    if "clause" not in draft.sense.takes or not draft.source:
        return
    verb, last = draft.head, draft.cue[-1][1]
    low, high = syntax.sentences[syntax.sentence[verb]]
    first, behind = min(draft.cue[0][0], draft.source[0][0]), max(last, draft.source[-1][1])
    if draft.own and first - low >= 5 and behind + 4 >= high and _set_off(syntax, first, behind, low, high):
        # no verb was seen in what is said, but the sentence ends with ", the minister said."
        draft.content = _whole(syntax, low, first)
        draft.takes = "before" if draft.content else ""
        return
    if syntax.tag[verb] not in ("VBD", "VBZ", "VBP", "VBG", "VBN") or _quote_follows(syntax, last - 1, high):
        return
    tag, lower, word = syntax.tag, syntax.lower, syntax.word
    begin = -1
    for i in range(last, min(high, last + 10)):
        if lower[i] == "that" and (tag[i] == "IN" or (tag[i] in ("WDT", "DT"))):
            begin = i
            break
        if tag[i] in FINITE or tag[i] in ("VB", "WP", "WRB") or word[i] in (":", ";"):
            break
    finite = any(tag[i] in FINITE for i in range(max(begin, last) + 1, high))
    if begin < 0:
        next_tag = tag[last] if last < high else ""
        thing = any(syntax.dep[c] in ("dobj", "dative", "prep") and c > verb for c in syntax.children[verb])
        told = syntax.right(draft.addressee) if draft.addressee is not None and draft.addressee > verb else high
        if told < high and tag[told] in ("PRP", "EX") and draft.sense.kind == "say":
            draft.content = content_range(syntax, told, high, told - 1)  # "told reporters he was ready"
            draft.takes = "clause"
            return
        if thing or draft.sense.tail or draft.sense.kind != "say":
            return
        if not (draft.own and next_tag in ("DT", "PRP", "NNP", "NN", "NNS", "PRP$", "JJ", "CD", "EX", "NNPS")):
            return
        begin = last
    if finite and high - begin > 3:
        draft.content = content_range(syntax, begin, high, begin - 1)
        draft.takes = "clause" if draft.content else ""


def _quote_follows(syntax: Syntax, last: int, high: int) -> bool:
    # "Asked about it, she said, “No.”": what was said comes after
    at = last
    while at < min(high + 2, len(syntax)) and (syntax.word[at] in (",", ":") or syntax.word[at].isspace()):
        at += 1
    return at > last and at < len(syntax) and syntax.word[at] in OPENING_MARKS


_SUBORDINATING = frozenset(
    {"as", "after", "while", "when", "amid", "before", "since", "citing", "quoting", "adding", "noting", "calling"}
)


def _take_apposition(syntax: Syntax, draft: Draft) -> None:
    """Find the source in front of a cue where the parse took it for an apposition: "…, the agency reported."."""
    verb = draft.head
    if syntax.tag[verb] not in ("VBD", "VBZ", "VBP") or draft.pronoun is not None:
        return
    low, high = syntax.sentences[syntax.sentence[verb]]
    begin = verb
    while begin > low and verb - begin < 15 and (syntax.tag[begin - 1] in _NAMING or syntax.lower[begin - 1] == "and"):
        begin -= 1
    if syntax.lower[begin] == "and":
        begin += 1
    if begin == verb or begin - low < 5 or syntax.word[begin - 1] != ",":
        return
    if any(syntax.tag[i] in FINITE for i in range(verb + 1, high)):
        return
    heads = [i for i in range(begin, verb) if syntax.dep[i] in ("appos", "nsubj", "conj", "dobj", "pobj", "dep")]
    nouns = [i for i in heads if syntax.pos[i] in ("NOUN", "PROPN", "PRON")]
    if nouns:
        draft.source, draft.speaker, draft.own = [(begin, verb)], nouns[-1], True
        draft.content = _whole(syntax, low, begin)
        draft.takes = "before"


_NAMING = frozenset({"DT", "NN", "NNS", "NNP", "NNPS", "JJ", "POS", "HYPH", "PRP", "PRP$", "VBN", "VBG", "CD"})


def _whole(syntax: Syntax, begin: int, end: int) -> list[Range]:
    # A sentence's own "but" or "and" is the publisher's
    begin, end = trim(syntax, begin, end)
    while begin < end and syntax.dep[begin] == "cc":
        begin, end = trim(syntax, begin + 1, end)
    return [(begin, end)] if begin < end else []


def _set_off(syntax: Syntax, first: int, last: int, low: int, high: int) -> bool:
    marks = (",", "—", "–", "-", "--", "(", "”", '"', ";", "''", "’")
    before = first - 1
    if before < low or syntax.word[before] not in marks:
        return False
    return last >= high or syntax.word[last] in marks or syntax.word[last] in (".", ")", ":", "!", "?")
