"""Nouns and adjectives that report: "the claim that …", "Kim's promise to …", "is confident that …"."""

from __future__ import annotations

from dateline.annotate import Syntax
from dateline.attribute.clause import subject_of, trim
from dateline.attribute.draft import Draft, Range
from dateline.attribute.lexicon import Lexicon, Sense
from dateline.attribute.source import source_of

_HOLDERS = frozenset(
    {"have", "make", "express", "issue", "voice", "give", "reach", "share", "deliver", "offer", "raise", "take", "draw"}
    | {"pay", "extend", "convey", "send", "renew", "repeat", "reiterate", "launch", "file", "level", "show", "signal"}
)


def find_nominal_cues(syntax: Syntax, lexicon: Lexicon) -> list[Draft]:
    """Find nouns and adjectives of the lexicon that have a content beside them."""
    drafts = []
    nouns, adjectives = lexicon.nouns, lexicon.adjectives
    pos = syntax.pos
    for i, word in enumerate(syntax.lower):
        if word in nouns and pos[i] == "NOUN":
            draft = _noun(syntax, i, nouns[word])
        elif word in adjectives and pos[i] == "ADJ":
            draft = _adjective(syntax, i, adjectives[word])
        else:
            continue
        if draft is not None:
            drafts.append(draft)
    return drafts


def _complement(syntax: Syntax, node: int, sense: Sense) -> tuple[str, Range, int] | None:
    for c in syntax.children[node]:
        if c < node:
            continue
        label = syntax.dep[c]
        if label in ("acl", "ccomp", "relcl", "xcomp", "advcl"):
            begin = max(syntax.left(c), node + 1)
            first = syntax.lower[begin] if begin < len(syntax) else ""
            if first == "that" and "that" in sense.takes and syntax.dep[begin] in ("mark", "det"):
                return "clause", trim(syntax, begin, syntax.right(c)), node
            if first == "to" and "to" in sense.takes and syntax.tag[c][:1] == "V":
                return "to", trim(syntax, begin, syntax.right(c)), node
            if label == "ccomp" and "that" in sense.takes and sense.kind != "seem":
                return "clause", trim(syntax, begin, syntax.right(c)), node
        elif label == "prep" and syntax.lower[c] in sense.takes and syntax.right(c) > c + 1:
            return "preposition", trim(syntax, c + 1, syntax.right(c)), c
    return None


def _noun(syntax: Syntax, noun: int, senses: tuple[Sense, ...]) -> Draft | None:
    for sense in senses:
        found = _complement(syntax, noun, sense)
        if found is None:
            continue
        takes, content, last = found
        if content[0] >= content[1]:
            continue
        draft = Draft(noun, sense, takes, [(noun, last + 1)], [], [content])
        owner = syntax.child(noun, "poss")
        up = syntax.head[noun]
        held = syntax.dep[noun] in ("dobj", "attr") and syntax.lemma[up].lower() in _HOLDERS
        draft.independent = syntax.dep[noun] == "dobj" or _is_inner_object(syntax, noun)
        if owner is not None and held and syntax.pos[owner] == "PRON" and up < owner and last - up < 7:
            # "expressed his willingness to talk"
            subject, _ = subject_of(syntax, up)
            if subject is not None:
                draft.cue = [(up, last + 1)]
                draft.speaker = subject
                draft.source = [source_of(syntax, subject, draft.cue, [content])]
                return draft
        if sense.kind == "judge" and not held:
            continue
        if owner is not None and syntax.pos[owner] in ("NOUN", "PROPN", "PRON"):
            draft.speaker = owner
            draft.source = [source_of(syntax, owner, draft.cue, [content])]
            return draft
        for c in syntax.children[noun]:
            if syntax.lower[c] in ("by", "from") and syntax.dep[c] in ("prep", "agent"):
                speaker = syntax.child(c, "pobj")
                if speaker is not None:
                    draft.speaker = speaker
                    draft.source = [source_of(syntax, speaker, draft.cue, [content])]
                    return draft
        if held:
            # "expressed a willingness to talk": the verb belongs to the cue
            subject, _ = subject_of(syntax, up)
            if subject is not None:
                draft.cue = [(up, last + 1)] if last - up < 6 else [(up, up + 1), (noun, last + 1)]
                draft.speaker = subject
                draft.source = [source_of(syntax, subject, draft.cue, [content])]
                return draft
    return None


def _is_inner_object(syntax: Syntax, noun: int) -> bool:
    # "dismissed as nonsense a report that …"
    up = syntax.head[noun]
    return syntax.dep[noun] == "pobj" and syntax.lower[up] == "as"


def absorb_holders(drafts: list[Draft], nominal: list[Draft]) -> list[Draft]:
    """Leave out verbs that are part of a noun's cue: "expressed" in "expressed confidence that …"."""
    held = {i for d in nominal for b, e in d.cue for i in range(b, e) if i != d.head}
    return [
        d for d in drafts if d.head not in held or d.takes not in ("object", "object-with", "preposition", "clause")
    ]


def _adjective(syntax: Syntax, adjective: int, senses: tuple[Sense, ...]) -> Draft | None:
    up = syntax.head[adjective]
    if syntax.dep[adjective] not in ("acomp", "conj", "oprd", "amod", "advcl", "attr") or syntax.pos[up] not in (
        "AUX",
        "VERB",
        "ADJ",
    ):
        return None
    for sense in senses:
        found = _complement(syntax, adjective, sense)
        if found is None and syntax.dep[adjective] == "acomp":
            # the clause is often hung on the verb: "was clear that …"
            for c in syntax.children[up]:
                begin = syntax.left(c)
                if syntax.dep[c] in ("ccomp", "xcomp") and c > adjective and begin > adjective:
                    first = syntax.lower[begin]
                    if ("that" in sense.takes and first != "to") or ("to" in sense.takes and first == "to"):
                        found = "clause", trim(syntax, begin, syntax.right(c)), adjective
        if found is None:
            continue
        takes, content, last = found
        if content[0] >= content[1]:
            continue
        subject, _ = subject_of(syntax, up)
        cue = (up, last + 1) if up < adjective and adjective - up < 5 else (adjective, last + 1)
        draft = Draft(adjective, sense, takes, [cue], [], [content])
        if sense.kind == "seem":
            return draft
        if subject is None or syntax.dep[subject] == "expl" or syntax.lower[subject] == "it":
            continue
        draft.speaker = subject
        draft.source = [source_of(syntax, subject, draft.cue, [content])]
        return draft
    return None
