"""Cues: verbs that report, with their particles, auxiliaries and negation, and what they report.

Each verb of the lexicon is matched against the complements that the parse shows beside it; the
first complement that its entry allows makes the content.
"""

from __future__ import annotations

from bisect import bisect_right

from dateline.annotate import Syntax
from dateline.attribute import content as contents
from dateline.attribute.clause import RELATIVES, agent_of, is_passive, subject_of
from dateline.attribute.draft import Draft, Range
from dateline.attribute.enclosing import enclose
from dateline.attribute.lexicon import Lexicon, Sense
from dateline.attribute.source import source_of

_LEFT = frozenset({"aux", "auxpass", "neg", "advmod"})
_NO_ADVERB = frozenset({"when", "how", "why", "where", "as", "so", "meanwhile", "however", "if"})


def find_verb_cues(syntax: Syntax, lexicon: Lexicon) -> list[Draft]:
    """Find the verbs of the lexicon with their sources and contents.

    Args:
        syntax: the parse.
        lexicon: the cues.

    Returns:
        Drafts in the order of their cues. Those with an empty content are verbs of speaking that
        still wait for a quote.
    """
    drafts = []
    tag, lower = syntax.tag, syntax.lower
    verbs = lexicon.verbs
    for i, word in enumerate(lower):
        senses = verbs.get(word)
        if senses is None or tag[i][:1] != "V":
            continue
        draft = _read(syntax, lexicon, i, senses)
        if draft is not None:
            drafts.append(draft)
    return drafts


def _may_speak(syntax: Syntax, lexicon: Lexicon, draft: Draft) -> bool:
    """Whether the source is of the sort that the cue's entry asks for."""
    if draft.sense.unarmed and _is_armed(syntax, lexicon, draft):
        return False
    if draft.sense.document:
        return draft.speaker is not None and syntax.lower[draft.speaker] in lexicon.documents
    return True


def _is_armed(syntax: Syntax, lexicon: Lexicon, draft: Draft) -> bool:
    speaker = draft.speaker
    if speaker is None:
        return draft.takes[:7] == "passive"
    return syntax.lower[speaker] in lexicon.armed or any(
        syntax.lower[i] in lexicon.armed for i in range(*draft.source[0]) if syntax.head[i] == speaker
    )


def _read(syntax: Syntax, lexicon: Lexicon, verb: int, senses: tuple[Sense, ...]) -> Draft | None:
    passive = is_passive(syntax, verb)
    tails: dict[tuple[str, ...], list[int] | None] = {(): []}
    opening: tuple[Sense, list[int]] | None = None
    for sense in senses:
        if sense.tail not in tails:
            tails[sense.tail] = tail_of(syntax, verb, sense.tail)
        tail = tails[sense.tail]
        if tail is None:
            continue
        found = contents.find(syntax, verb, sense, tail, passive)
        if found is not None:
            draft = _draft(syntax, verb, sense, tail, passive, found)
            if _may_speak(syntax, lexicon, draft):
                if draft.takes == "clause" and draft.content and syntax.word[draft.content[0][0] - 1] == ";":
                    enclose(syntax, draft)
                return draft
            continue
        if opening is None and "quote" in sense.takes and not passive:
            opening = sense, tail
    if opening is not None:
        sense, tail = opening
        draft = _draft(syntax, verb, sense, tail, False, None)
        enclose(syntax, draft)
        return draft
    return None


def tail_of(syntax: Syntax, verb: int, tail: tuple[str, ...]) -> list[int] | None:
    """The tokens of a cue's particles and prepositions, or None where they don't stand there."""
    if not tail:
        return []
    lower, head = syntax.lower, syntax.head
    found: list[int] = []
    at = verb + 1
    limit = min(len(lower), verb + 8, syntax.right(verb))
    for word in tail:
        while at < limit and not (
            lower[at] == word
            and (head[at] == verb or head[at] in found or (syntax.dep[at] == "mark" and head[head[at]] == verb))
        ):
            at += 1
        if at >= limit:
            return None
        found.append(at)
        at += 1
    if found and syntax.dep[found[-1]] in ("prep", "prt"):
        between = any(syntax.dep[c] in ("dobj", "oprd") and verb < c < found[-1] for c in syntax.children[verb])
        if between or _is_date(syntax, found[-1] + 1):
            return None  # "called him a fool for trying" and "called on Sunday" are no calls for or on anything
    # "point out" may stand apart ("pointed that out"), a chain of particles may not
    if len(found) > 1 and found[-1] - found[0] >= len(found):
        return None
    return found


def _is_date(syntax: Syntax, token: int) -> bool:
    k = bisect_right(syntax.names, (token, len(syntax), "~")) - 1
    return k >= 0 and syntax.names[k][1] > token and syntax.names[k][2] in ("DATE", "TIME")


def cue_ranges(syntax: Syntax, verb: int, tail: list[int]) -> list[Range]:
    """The cue as token ranges: auxiliaries, negation and adverbs before the verb, it, its particles."""
    dep, head, lower = syntax.dep, syntax.head, syntax.lower
    begin = verb
    while begin > 0 and head[begin - 1] == verb and dep[begin - 1] in _LEFT and lower[begin - 1] not in _NO_ADVERB:
        begin -= 1
    ranges = [(begin, verb + 1)]
    for t in tail:
        if t == ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], t + 1)
        else:
            ranges.append((t, t + 1))
    return ranges


def _draft(
    syntax: Syntax, verb: int, sense: Sense, tail: list[int], passive: bool, found: tuple[str, list[Range]] | None
) -> Draft:
    takes, content = found or ("", [])
    cue = cue_ranges(syntax, verb, tail)
    draft = Draft(verb, sense, takes, cue, [], content)
    if passive:
        draft.speaker = agent_of(syntax, verb)
        draft.own = True
        if draft.speaker is not None:
            draft.source = [source_of(syntax, draft.speaker, cue, content)]
        return draft
    if sense.kind == "seem":
        return draft
    subject, own = subject_of(syntax, verb)
    draft.own = own
    if subject is not None and syntax.dep[subject] == "expl":
        subject = None
    if subject is not None and syntax.lower[subject] in RELATIVES and syntax.tag[subject] in ("WDT", "WP"):
        up = syntax.head[verb]
        draft.pronoun = subject
        if syntax.dep[verb] == "relcl" and up < verb:
            if syntax.lower[subject] == "which" and syntax.dep[up] == "dobj" and syntax.tag[syntax.head[up]] == "VBG":
                # "a report from the agency, citing officials, which said …": the report said it
                citing = syntax.head[up]
                noun = _before_aside(syntax, citing)
                if noun is not None:
                    if syntax.lower[citing] in ("citing", "quoting"):
                        draft.beyond.append(up)
                    up = noun
            draft.speaker = up
            draft.source = [source_of(syntax, up, [(subject, subject + 1), *cue], content), (subject, subject + 1)]
        else:
            draft.source = [(subject, subject + 1)]
            draft.speaker = subject
    elif subject is not None:
        draft.speaker = subject
        draft.source = [source_of(syntax, subject, cue, content)]
    draft.addressee = _addressee(syntax, verb, sense)
    return draft


def _before_aside(syntax: Syntax, participle: int) -> int | None:
    """Head of the noun phrase that ends before ", citing …"."""
    low = syntax.sentences[syntax.sentence[participle]][0]
    at = participle - 1
    while at > low and syntax.word[at] != "," and participle - at < 4:
        at -= 1
    if at <= low or syntax.word[at] != "," or syntax.pos[at - 1] not in ("NOUN", "PROPN"):
        return None
    node = best = at - 1
    for _ in range(8):
        node = syntax.head[node]
        if syntax.pos[node] in ("NOUN", "PROPN"):
            best = node
        elif syntax.pos[node] != "ADP":
            break
    return best


def _addressee(syntax: Syntax, verb: int, sense: Sense) -> int | None:
    if sense.kind not in ("say", "write", "ask"):
        return None
    person = sense.word in _TELLING
    for c in syntax.children[verb]:
        if c > verb and (syntax.dep[c] == "dative" or (person and syntax.dep[c] == "dobj")):
            if syntax.pos[c] == "ADP":
                return syntax.child(c, "pobj")
            if syntax.pos[c] in ("NOUN", "PROPN", "PRON"):
                return c
        if c > verb and syntax.dep[c] == "prep" and syntax.lower[c] == "to" and sense.kind == "say":
            return syntax.child(c, "pobj")
    return None


_TELLING = frozenset(
    {"tell", "inform", "remind", "assure", "reassure", "advise", "brief", "notify", "warn", "ask", "beg", "urge"}
    | {"quiz", "grill", "implore", "caution"}
)
