"""Nesting: statements inside other statements' contents."""

from __future__ import annotations

from dateline.attribute.draft import Draft, join

_OBJECTS = frozenset({"object", "object-with", "passive", "passive-with"})


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
            for stop, outer in reversed(stack):
                if outer != k and stop > begin:
                    # the publisher itself says that there was a taunt in "dismissed her taunt that …"
                    if not drafts[k].independent or drafts[outer].takes not in _OBJECTS:
                        parents[k] = outer
                        break
        else:
            stack.append((-end, k))
    _break_circles(parents)
    return parents


def grow_parents(drafts: list[Draft], parents: list[int | None]) -> None:
    """Let "according to" have all of a speech that goes on behind it.

    In "“Yes,” she said, according to the agency. “At last.”" both quotes come from the agency.
    """
    for k, up in enumerate(parents):
        if up is not None and drafts[up].sense.word == "according" and len(drafts[k].content) > 1:
            reach = drafts[up].content[-1][1]
            more = [r for r in drafts[k].content if r[0] >= reach]
            if more:
                drafts[up].content = join([*drafts[up].content, *more])


def _break_circles(parents: list[int | None]) -> None:
    done = [False] * len(parents)
    for start in range(len(parents)):
        path: list[int] = []
        on_path = set()
        node: int | None = start
        while node is not None and not done[node]:
            if node in on_path:
                parents[path[-1]] = None
                break
            path.append(node)
            on_path.add(node)
            node = parents[node]
        for k in path:
            done[k] = True
