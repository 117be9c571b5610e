"""A statement in the making: token ranges, before ids, chains and parents are known."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.attribute.lexicon import Sense

Range = tuple[int, int]


@dataclass(slots=True, eq=False)
class Draft:
    """One attribution in token ranges.

    Attributes:
        head: the token that heads the cue; orders drafts and decides what they are nested in.
        sense: the lexicon's entry that it was read by.
        takes: what it reports with (see `lexicon.TAKES`), or "" while no content is found.
        cue, source, content: half-open token ranges, sorted.
        speaker: head token of the source, or None where no source is named.
        pronoun: the relative pronoun that stands for the source in its clause, or None.
        addressee: head token of whom the words are told, or None.
        own: whether the source stands with the cue itself, rather than being shared or controlled.
        inherited: the words go on without a cue of their own.
        independent: the publisher vouches for this cue, even inside another's content.
        via: head tokens of those who passed the words on, outermost first.
        beyond: head tokens of those whom the speaker cites, outermost first.
        quotes: indices of the quotes that belong to the content.
    """

    head: int
    sense: Sense
    takes: str
    cue: list[Range]
    source: list[Range]
    content: list[Range]
    speaker: int | None = None
    pronoun: int | None = None
    addressee: int | None = None
    own: bool = True
    inherited: bool = False
    independent: bool = False
    via: list[int] = field(default_factory=list)
    beyond: list[int] = field(default_factory=list)
    quotes: list[int] = field(default_factory=list)


def join(ranges: list[Range]) -> list[Range]:
    """Sort ranges, drop empty ones, and join those that touch or overlap."""
    out: list[Range] = []
    for begin, end in sorted(r for r in ranges if r[0] < r[1]):
        if out and begin <= out[-1][1]:
            if end > out[-1][1]:
                out[-1] = (out[-1][0], end)
        else:
            out.append((begin, end))
    return out
