"""Chains: through whose mouths the publisher knows, outermost first.

A chain begins with the publisher, goes on with the speakers of the statements around this one and
with those who passed it on, and ends with the speaker (GRaSP, Fokkens et al. 2017; the W3C's
PROV-O calls the relation prov:hadPrimarySource). Nobody is named twice.
"""

from __future__ import annotations

from typing import get_args

from dateline.annotate import Syntax
from dateline.attribute.draft import Draft
from dateline.attribute.lexicon import Lexicon
from dateline.attribute.relay import document_of
from dateline.records import Link, Medium
from dateline.resolve import Reference, Resolution

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_OF = frozenset({"of", "from", "by", "for", "at", "in", "with", "on"})
MOST_LINKS = 16
"""No report passes words on through more mouths; broken parses might."""
_MEDIA = frozenset(get_args(Medium))


def build_chains(
    syntax: Syntax, resolution: Resolution, lexicon: Lexicon, drafts: list[Draft], parents: list[int | None]
) -> list[list[Link]]:
    """The links of every draft.

    Args:
        syntax: the parse.
        resolution: who each phrase means.
        lexicon: the cues, with the nouns for documents.
        drafts: statements in the making, with their relays.
        parents: for each of them, the index of the one that it stands in, or None.

    Returns:
        One list of links a draft, the publisher first.
    """
    links: list[list[Link] | None] = [None] * len(drafts)
    for start in range(len(drafts)):
        # parents first, without recursion: nesting has no limit
        pending = [start]
        while pending:
            k = pending[-1]
            up = parents[k]
            if links[k] is None and up is not None and links[up] is None:
                pending.append(up)
                continue
            pending.pop()
            if links[k] is None:
                above = links[up] if up is not None else None
                chain = list(above) if above is not None else [Link(entity=resolution.publisher)]
                _extend(syntax, resolution, lexicon, drafts[k], chain)
                links[k] = chain
    return [chain for chain in links if chain is not None]


def _extend(syntax: Syntax, resolution: Resolution, lexicon: Lexicon, draft: Draft, chain: list[Link]) -> None:
    for speaker in (*draft.via, draft.speaker, *draft.beyond):
        if speaker is None:
            continue
        link = _link(syntax, resolution, lexicon, draft, speaker)
        if len(chain) >= MOST_LINKS or any(_same(link, other) for other in chain):
            continue
        if speaker == draft.speaker:
            link.medium = _medium(syntax, lexicon, draft)
        elif syntax.lower[speaker] in lexicon.documents:
            link.medium = _as_medium(lexicon.documents[syntax.lower[speaker]])
        chain.append(link)


def _same(link: Link, other: Link) -> bool:
    if link.entity is not None or other.entity is not None:
        return link.entity == other.entity
    return link.span == other.span and link.span is not None


def _link(syntax: Syntax, resolution: Resolution, lexicon: Lexicon, draft: Draft, speaker: int) -> Link:
    source = draft.source[0] if speaker == draft.speaker and draft.source else None
    reference = resolution.at(speaker)
    if source is not None and not draft.inherited and _joint(syntax, resolution, speaker, reference, source):
        return Link(entity=None, span=syntax.span(*source))
    if reference is not None and (reference.entity is not None or reference.members):
        return Link(entity=reference.entity, span=syntax.span(reference.begin, reference.end))
    author = _author(syntax, resolution, speaker) if _speaks_for(lexicon, syntax.lower[speaker]) else None
    span = syntax.span(*source) if source is not None else syntax.span(speaker, speaker + 1)
    return Link(entity=author, span=span)


def _joint(
    syntax: Syntax, resolution: Resolution, head: int, reference: Reference | None, source: tuple[int, int]
) -> bool:
    # "the ministry and the army": one link, nobody's alone
    if reference is not None and reference.members:
        return True
    for c in syntax.children[head]:
        if syntax.dep[c] == "conj" and syntax.pos[c] in _NOMINAL and c > head:
            return reference is None or not reference.begin <= c < reference.end
    for i in range(source[0] + 1, source[1] - 1):
        # two names side by side, however deep the parse hangs the second
        if syntax.lower[i] == "and" and syntax.dep[i] == "cc" and syntax.pos[i + 1] in ("PROPN", "DET"):
            left = next((r for k in range(i - 1, source[0] - 1, -1) if (r := resolution.at(k)) and r.end == i), None)
            right = next((r for k in range(i + 1, source[1]) if (r := resolution.at(k)) and r.begin == i + 1), None)
            if left and right and left.entity and right.entity and left.entity != right.entity:
                return True
    return False


def _speaks_for(lexicon: Lexicon, noun: str) -> bool:
    return noun in lexicon.documents or noun in _VOICES


_VOICES = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "spokesmen", "spokespeople", "official", "officials", "aide", "aides"}
    | {"source", "sources", "representative", "representatives", "envoy", "diplomat", "diplomats", "lawyer", "lawyers"}
)


def _author(syntax: Syntax, resolution: Resolution, noun: int, depth: int = 0) -> str | None:
    """Whose document it is, or for whom a spokesman speaks: "a statement from the ministry"."""
    for labels in (("poss",), ("prep", "agent"), ("appos",), ("compound", "nmod")):
        for c in syntax.children[noun]:
            if syntax.dep[c] not in labels:
                continue
            if syntax.dep[c] in ("prep", "agent"):
                inner = syntax.child(c, "pobj") if syntax.lower[c] in _OF else None
            else:
                inner = c
            if inner is None:
                continue
            reference = resolution.at(inner)
            if reference is not None and reference.entity is not None:
                if resolution.entity(reference.entity).kind != "place":
                    return reference.entity
            if depth < 2:
                deeper = _author(syntax, resolution, inner, depth + 1)
                if deeper is not None:
                    return deeper
    return None


def _medium(syntax: Syntax, lexicon: Lexicon, draft: Draft) -> Medium | None:
    if draft.sense.medium is not None:
        return _as_medium(draft.sense.medium)
    if draft.speaker is not None and syntax.lower[draft.speaker] in lexicon.documents:
        return _as_medium(lexicon.documents[syntax.lower[draft.speaker]])
    document = document_of(syntax, lexicon, draft.head)
    return _as_medium(lexicon.documents[syntax.lower[document]]) if document is not None else None


def _as_medium(name: str) -> Medium | None:
    return name if name in _MEDIA else None  # type: ignore[return-value]
