"""Relays: those who pass on what others said, between the publisher and the speaker.

"The agency reported, citing a ministry statement", "state television quoted a general as saying",
"the officials told the newspaper", "a statement carried by the agency": each adds a link to the
chain of sources, and no statement of its own.
"""

from __future__ import annotations

from dateline.annotate import Syntax
from dateline.attribute.clause import agent_of, trim
from dateline.attribute.draft import Draft, join
from dateline.attribute.lexicon import Lexicon
from dateline.resolve import Resolution

_CITING = frozenset({"cite", "quote"})
_CARRYING = frozenset({"carried", "published", "posted", "broadcast", "aired", "released", "distributed", "printed"})
_REPORTING = frozenset({"say", "write", "learn", "show"})


def link_relays(syntax: Syntax, resolution: Resolution, lexicon: Lexicon, drafts: list[Draft]) -> list[Draft]:
    """Give drafts the links before and behind their speakers; drop drafts that were only such links.

    Args:
        syntax: the parse.
        resolution: who each phrase means.
        lexicon: the cues, with the nouns for documents and for people.
        drafts: sorted by head; `via` and `beyond` are filled.

    Returns:
        The drafts that stay.
    """
    heads = {draft.head: draft for draft in drafts}
    gone: set[int] = set()
    for draft in drafts:
        if draft.sense.word in _CITING:
            if _merge_quoted(syntax, heads, draft) or _merge_citing(syntax, resolution, lexicon, drafts, heads, draft):
                gone.add(id(draft))
    kept = [draft for draft in drafts if id(draft) not in gone]
    for draft in kept:
        outlet = _outlet_told(resolution, draft)
        if outlet is not None:
            draft.via.append(outlet)
        carrier = _carrier(syntax, resolution, lexicon, draft)
        if carrier is not None and carrier not in draft.via:
            draft.via.insert(0, carrier)
    return kept


def _merge_quoted(syntax: Syntax, heads: dict[int, Draft], draft: Draft) -> bool:
    # "quoted an official as saying": one statement, whose cue is both verbs
    for c in syntax.children[draft.head]:
        if syntax.dep[c] in ("prep", "mark") and syntax.lower[c] == "as":
            for saying in syntax.children[c]:
                inner = heads.get(saying)
                if inner is not None and inner is not draft and inner.content:
                    inner.cue = join([*draft.cue, (c, saying + 1)])
                    agent = agent_of(syntax, draft.head)
                    outer = agent if agent is not None else draft.speaker
                    if outer is not None and outer != inner.speaker:
                        inner.via.append(outer)
                    inner.independent = True
                    return True
    return False


def _merge_citing(
    syntax: Syntax,
    resolution: Resolution,
    lexicon: Lexicon,
    drafts: list[Draft],
    heads: dict[int, Draft],
    draft: Draft,
) -> bool:
    # "reported, citing two officials": the officials stand behind the speaker
    if syntax.tag[draft.head] != "VBG":
        return False
    cited = syntax.child(draft.head, "dobj")
    if cited is None or not _can_speak(syntax, resolution, lexicon, cited):
        return False
    if any(cited in other.beyond for other in _near(drafts, draft)):
        return True
    up = syntax.head[draft.head]
    outer = heads.get(up)
    if outer is None or outer is draft or outer.sense.kind not in _REPORTING:
        outer = _beside(syntax, drafts, draft, up)
    if outer is None:
        return False
    outer.beyond.append(cited)
    return True


def _beside(syntax: Syntax, drafts: list[Draft], draft: Draft, up: int) -> Draft | None:
    """The reporting cue of the same sentence that the citing belongs to."""
    sentence = syntax.sentence[draft.head]
    best = None
    for other in _near(drafts, draft):
        if other is draft or other.sense.kind not in _REPORTING or syntax.sentence[other.head] != sentence:
            continue
        if not other.content or any(b <= draft.head < e for b, e in other.content):
            continue
        if other.speaker is not None and other.speaker in (draft.speaker, up):
            return other
        if other.head < draft.head:
            best = other
    return best


def _near(drafts: list[Draft], draft: Draft) -> list[Draft]:
    k = drafts.index(draft) if len(drafts) < 40 else _position(drafts, draft)
    return drafts[max(0, k - 6) : k + 7]


def _position(drafts: list[Draft], draft: Draft) -> int:
    low, high = 0, len(drafts)
    while low < high:
        middle = (low + high) // 2
        if drafts[middle].head < draft.head:
            low = middle + 1
        else:
            high = middle
    return low


def _can_speak(syntax: Syntax, resolution: Resolution, lexicon: Lexicon, noun: int) -> bool:
    word = syntax.lower[noun]
    if word in lexicon.documents or word in lexicon.people:
        return True
    reference = resolution.at(noun)
    if reference is None or reference.entity is None:
        return False
    return resolution.entity(reference.entity).kind in ("person", "organization", "outlet", "group", "country")


def _outlet_told(resolution: Resolution, draft: Draft) -> int | None:
    # "told the newspaper": the newspaper passed it on
    if draft.addressee is None:
        return None
    reference = resolution.at(draft.addressee)
    if reference is None or reference.entity is None or reference.entity == resolution.publisher:
        return None
    return draft.addressee if resolution.entity(reference.entity).kind == "outlet" else None


def _carrier(syntax: Syntax, resolution: Resolution, lexicon: Lexicon, draft: Draft) -> int | None:
    """The outlet that published the document in which it was said: "in a statement carried by the agency"."""
    document = _document(syntax, lexicon, draft)
    if document is None:
        return None
    for c in syntax.children[document]:
        if syntax.dep[c] == "acl" and syntax.lower[c] in _CARRYING:
            for preposition in syntax.children[c]:
                if syntax.dep[preposition] in ("prep", "agent"):
                    noun = syntax.child(preposition, "pobj")
                    reference = resolution.at(noun) if noun is not None else None
                    if reference is not None and reference.entity is not None:
                        if resolution.entity(reference.entity).kind == "outlet":
                            return noun
    return None


def _document(syntax: Syntax, lexicon: Lexicon, draft: Draft) -> int | None:
    if draft.speaker is not None and syntax.lower[draft.speaker] in lexicon.documents:
        return draft.speaker
    return document_of(syntax, lexicon, draft.head)


def document_of(syntax: Syntax, lexicon: Lexicon, verb: int) -> int | None:
    """The document or occasion in which a cue's words were said: "said in a statement", or None."""
    for c in syntax.children[verb]:
        if syntax.dep[c] == "prep" and syntax.lower[c] in ("in", "on", "at", "during", "through", "via", "by"):
            noun = syntax.child(c, "pobj")
            if noun is not None and syntax.lower[noun] in lexicon.documents:
                return noun
    return None


def clip_datelines(syntax: Syntax, drafts: list[Draft], ends: list[int]) -> None:
    """Keep sources and contents clear of datelines: "OSLO (Nordwire) - Ministers said …".

    Args:
        syntax: the parse.
        drafts: changed in place.
        ends: for each dateline, the token behind it.
    """
    for draft in drafts:
        for end in ends:
            draft.content = _behind(syntax, draft.content, end)
            if draft.source and draft.source[0][0] < end <= draft.head:
                draft.source = _behind(syntax, draft.source, end)
                if draft.speaker is not None and draft.speaker < end:
                    draft.speaker = _head_between(syntax, draft.source[0]) if draft.source else None


def _behind(syntax: Syntax, ranges: list[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    if not any(begin < end < stop for begin, stop in ranges):
        return ranges
    cut = [trim(syntax, end, stop) if begin < end < stop else (begin, stop) for begin, stop in ranges]
    return [(begin, stop) for begin, stop in cut if begin < stop]


def _head_between(syntax: Syntax, span: tuple[int, int]) -> int:
    begin, stop = span
    named = [i for i in range(begin, stop) if syntax.tag[i] in ("NNP", "NNPS", "NN", "NNS", "PRP")]
    for i in named:
        if not begin <= syntax.head[i] < stop or syntax.dep[i] in ("nsubj", "appos"):
            return i
    return named[-1] if named else stop - 1
