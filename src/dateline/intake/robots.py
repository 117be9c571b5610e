"""robots.txt as RFC 9309 reads it: the group for a program, the longest rule that fits, ``*`` and ``$``."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote

_LONGEST_DELAY = 60.0


@dataclass(frozen=True)
class Rules:
    """What a site allows.

    Attributes:
        rules: pattern and whether what fits it may be read.
        delay: seconds that the site wants between two requests (not in the RFC, but common).
    """

    rules: list[tuple[str, bool]] = field(default_factory=list)
    delay: float | None = None

    def allows(self, path: str) -> bool:
        """Whether a path (with its query) may be read: the longest rule that fits says so, allowing wins a tie."""
        path = unquote(path)
        best, allowed = -1, True
        for pattern, allow in self.rules:
            if (len(pattern) > best or (len(pattern) == best and allow)) and fits(pattern, path):
                best, allowed = len(pattern), allow
        return allowed


def fits(pattern: str, path: str) -> bool:
    """Whether a path begins as a pattern says; ``*`` is anything, a ``$`` at the end is the end."""
    whole = pattern.endswith("$")
    first, *rest = (pattern[:-1] if whole else pattern).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not rest:
        return not whole or at == len(path)
    for piece in rest[:-1] if whole else rest:
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return not whole or (path.endswith(rest[-1]) and len(path) - len(rest[-1]) >= at)


def rules_of(text: str, agent: str) -> Rules:
    """The rules for a program: those of the groups that name it, else those for all.

    Args:
        text: the file.
        agent: the program's name, such as ``dateline``.
    """
    groups: dict[str, Rules] = {}
    delays: dict[str, float] = {}
    names: list[str] = []
    open_head = False
    for line in text.removeprefix("\ufeff").splitlines():
        key, parted, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not parted:
            continue
        if key == "user-agent":
            names = [*names, value.lower()] if open_head else [value.lower()]
            groups.setdefault(value.lower(), Rules())
            open_head = True
        elif key in ("allow", "disallow"):
            open_head = False
            if value:
                for name in names:
                    groups[name].rules.append((unquote(value), key == "allow"))
        elif key == "crawl-delay":
            open_head = False
            try:
                seconds = min(max(float(value), 0.0), _LONGEST_DELAY)
            except ValueError:
                continue
            for name in names:
                delays[name] = seconds
    mine = next((n for n in groups if n.partition("/")[0] == agent), "*")
    return Rules(groups[mine].rules if mine in groups else [], delays.get(mine))
