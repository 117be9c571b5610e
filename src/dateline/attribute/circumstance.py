"""Circumstances of a statement: when and where it was made, and to whom."""

from __future__ import annotations

from dateline.annotate import Syntax
from dateline.attribute.clause import trim
from dateline.attribute.draft import Draft
from dateline.records import Time
from dateline.resolve import Resolution

_STEPS = 5  # how far a time or place hangs below its verb


class TimesAtVerbs:
    """Which verb each time expression stands with.

    Attributes:
        at: id of the first time that stands with a verb, and its token range.
        starts: token range of the time that begins at a token.
    """

    def __init__(self, syntax: Syntax, times: list[Time]) -> None:
        """Hang the times of a report on the verbs above them."""
        self.at: dict[int, tuple[str, int, int]] = {}
        self.starts: dict[int, int] = {}
        for time in times:
            first, last = syntax.chars_to_tokens(*time.span)
            if first >= last:
                continue
            self.starts[first] = last
            if time.type in ("DURATION", "SET"):
                continue
            node = first
            for _ in range(_STEPS + last - first):
                up = syntax.head[node]
                if up == node:
                    break
                node = up
                if not first <= node < last and syntax.pos[node] in ("VERB", "AUX"):
                    self.at.setdefault(node, (time.id, first, last))
                    break

    def of(self, draft: Draft) -> str | None:
        """Id of the time at which the words of a draft were said, or None."""
        found = self.at.get(draft.head)
        if found is None or draft.inherited:
            return None
        time, first, _ = found
        return None if any(begin <= first < end for begin, end in draft.content) else time

    def strip(self, syntax: Syntax, draft: Draft) -> None:
        """Take the time of saying off the front of a content: "said [on Monday] the talks failed"."""
        if not draft.content or draft.takes not in ("clause", "to", "question", "preposition"):
            return
        begin, end = draft.content[0]
        if begin != draft.cue[-1][1]:
            return
        first = begin + 1 if syntax.lower[begin] in ("on", "in", "at", "late", "early") else begin
        last = self.starts.get(first)
        if last is not None and last < end - 2 and syntax.word[last] != ",":
            begin, end = trim(syntax, last, end)
            if begin < end:
                draft.content[0] = (begin, end)


def place_of(syntax: Syntax, resolution: Resolution, draft: Draft) -> str | None:
    """Entity id of the place where the words were said ("told reporters in Geneva"), or None."""
    if draft.inherited or syntax.pos[draft.head] != "VERB":
        return None
    for c in syntax.children[draft.head]:
        if syntax.dep[c] != "prep" or syntax.lower[c] not in ("in", "at", "from"):
            continue
        if any(begin <= c < end for begin, end in draft.content):
            continue
        noun = syntax.child(c, "pobj")
        reference = resolution.at(noun) if noun is not None else None
        if reference is not None and reference.entity is not None:
            if resolution.entity(reference.entity).kind in ("place", "country"):
                return reference.entity
    return None


def addressee_of(resolution: Resolution, draft: Draft) -> str | None:
    """Entity id of whom the words were told, or None."""
    reference = resolution.at(draft.addressee) if draft.addressee is not None else None
    return reference.entity if reference is not None else None
