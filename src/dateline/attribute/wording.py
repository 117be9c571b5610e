"""Wordings: quoted terms inside what somebody did, where no listed verb reports.

"The governor waved off the delay as having “minimal” impact": quote marks inside the object of a
person's act tell that the words are that person's, whatever the verb (scare quotes of the
publisher's own stand in sentences that have no such subject).
"""

from __future__ import annotations

from bisect import bisect_right

from dateline.annotate import Syntax
from dateline.attribute.clause import content_range, is_passive, subject_of
from dateline.attribute.cue import cue_ranges
from dateline.attribute.draft import Draft
from dateline.attribute.lexicon import Lexicon, Sense
from dateline.attribute.quotation import Quotation
from dateline.attribute.source import source_of

WORDING = Sense("", (), "judge", frozenset({"object"}))
_WHERE = frozenset({"in", "on", "at", "during", "after", "before", "from", "since", "until", "near", "through"})
_VERBS = frozenset({"VBD", "VBZ", "VBP", "VBG", "VB", "VBN"})


def find_wordings(syntax: Syntax, lexicon: Lexicon, quotation: Quotation, drafts: list[Draft]) -> list[Draft]:
    """Find quoted terms in objects of verbs that are no cues.

    Args:
        syntax: the parse.
        lexicon: the cues, with the nouns for people.
        quotation: the quotes.
        drafts: what was found so far.

    Returns:
        Drafts for the quoted terms that no other draft holds.
    """
    taken = {k for draft in drafts for k in draft.quotes}
    cues = {draft.head for draft in drafts}
    covered = _covered(quotation, drafts)
    new = []
    for k, (first, last) in enumerate(quotation.ranges):
        if k in taken or k in covered or last - first < 3:
            continue
        draft = _wording(syntax, lexicon, quotation, first, last)
        if draft is not None and draft.head not in cues:
            new.append(draft)
            cues.add(draft.head)
    return new


def _covered(quotation: Quotation, drafts: list[Draft]) -> set[int]:
    covered = set()
    for draft in drafts:
        for begin, end in (*draft.content, *draft.source):
            k = max(0, quotation.before(begin))
            while k < len(quotation.ranges) and quotation.ranges[k][0] < end:
                if quotation.ranges[k][1] > begin:
                    covered.add(k)
                k += 1
    return covered


def _wording(syntax: Syntax, lexicon: Lexicon, quotation: Quotation, first: int, last: int) -> Draft | None:
    node = first + 1
    below = node
    for _ in range(8):
        up = syntax.head[node]
        if up == node:
            return None
        below, node = node, up
        if node < first and syntax.tag[node] in _VERBS and syntax.pos[node] == "VERB":
            break
        if not first <= node < last and syntax.dep[node] in ("nsubj", "nsubjpass", "relcl", "ccomp", "advcl", "conj"):
            return None
    else:
        return None
    if node >= first or below < node or is_passive(syntax, node) or quotation.index(node) >= 0:
        return None
    if syntax.dep[below] in ("prep", "pcomp") and syntax.lower[below] in _WHERE:
        return None
    if any(sense.kind == "say" for sense in lexicon.verbs.get(syntax.lower[node], ())):
        return None
    subject, own = subject_of(syntax, node)
    if subject is None or not _human(syntax, lexicon, subject):
        return None
    cue = cue_ranges(syntax, node, [])
    thing = syntax.child(node, "dobj")
    start = min(syntax.left(below), first)
    if thing is not None and node < thing < start:
        start = syntax.left(thing)  # "rated a third of the claims as “false”"
    content = content_range(syntax, start, max(syntax.right(below), last), node)
    if not content or content[0][1] - content[0][0] > 30:
        return None
    return Draft(node, WORDING, "object", cue, [source_of(syntax, subject, cue, content)], content, subject, own=own)


def _human(syntax: Syntax, lexicon: Lexicon, noun: int) -> bool:
    word = syntax.lower[noun]
    if word in ("he", "she", "they", "who") or word in lexicon.people or word in lexicon.documents:
        return True
    return any(b <= noun < e and label in ("PERSON", "ORG", "NORP", "GPE") for b, e, label in _names_at(syntax, noun))


def _names_at(syntax: Syntax, token: int) -> list[tuple[int, int, str]]:
    k = bisect_right(syntax.names, (token, len(syntax), "~"))
    return syntax.names[max(0, k - 1) : k]
