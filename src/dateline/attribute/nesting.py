"""Nesting: statements inside other statements' contents."""

from __future__ import annotations

from dateline.attribute.draft import Draft


def find_parents(drafts: list[Draft]) -> list[int | None]:
    """For each draft, which one's content holds its cue most closely; None for the outermost.

    Args:
        drafts: all drafts with contents.

    Returns:
        Indices into `drafts`, one an item.
    """
    pieces = []
    for k, draft in enumerate(drafts):
        for begin, end in draft.content:
            pieces.append((begin, -end, 0, k))
    for k, draft in enumerate(drafts):
        pieces.append((draft.head, 0, 1, k))
    pieces.sort()
    parents: list[int | None] = [None] * len(drafts)
    stack: list[tuple[int, int]] = []  # (end, draft)
    for begin, end, is_head, k in pieces:
        while stack and stack[-1][0] <= begin:
            stack.pop()
        if is_head:
            if not drafts[k].independent:
                for stop, outer in reversed(stack):
                    if outer != k and stop > begin:
                        parents[k] = outer
                        break
        else:
            stack.append((-end, k))
    _break_circles(parents)
    return parents


def _break_circles(parents: list[int | None]) -> None:
    for k in range(len(parents)):
        seen = {k}
        node = k
        while (up := parents[node]) is not None:
            if up in seen:
                parents[node] = None
                break
            seen.add(up)
            node = up
