"""Chains: through whose mouths the publisher knows, outermost first."""

from __future__ import annotations

from dateline.annotate import Syntax
from dateline.attribute.draft import Draft
from dateline.records import Link
from dateline.resolve import Resolution


def chains(syntax: Syntax, resolution: Resolution, drafts: list[Draft], parents: list[int | None]) -> list[list[Link]]:
    """The links of every draft: the publisher, those who passed the words on, the speaker.

    Args:
        syntax: the parse.
        resolution: who each phrase means.
        drafts: statements in the making.
        parents: for each of them, the index of the one that it stands in, or None.
    """
    publisher = resolution.publisher
    links: list[list[Link] | None] = [None] * len(drafts)

    def build(k: int) -> list[Link]:
        done = links[k]
        if done is not None:
            return done
        up = parents[k]
        chain = list(build(up)) if up is not None else [Link(entity=publisher)]
        draft = drafts[k]
        for speaker in (*draft.via, draft.speaker):
            if speaker is None:
                continue
            reference = resolution.at(speaker)
            entity = reference.entity if reference is not None else None
            if entity is not None and any(link.entity == entity for link in chain):
                continue
            if reference is not None:
                span = syntax.span(reference.begin, reference.end)
            else:
                span = syntax.span(*(draft.source[0] if draft.source else (speaker, speaker + 1)))
            chain.append(Link(entity=entity, span=span))
        links[k] = chain
        return chain

    return [build(k) for k in range(len(drafts))]
