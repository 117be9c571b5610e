"""The publisher of a report: first link of every chain of sources."""

from __future__ import annotations

import re

from dateline.resolve.cast import Cast

_TAIL = re.compile(r"\s+(online( news)?|news online|website|\.com|digital)$|\.com$|\s*\(.*\)$", re.IGNORECASE)


def enter_publisher(cast: Cast, publisher: str | None) -> str | None:
    """Enter the outlet that published a report; made of its name where the roster lacks it.

    Args:
        cast: the report's entities.
        publisher: name or domain of the outlet, or None where nobody knows.

    Returns:
        The entity's id, or None.
    """
    if not publisher or not any(c.isalnum() for c in publisher):
        return None
    roster = cast.lexicon.roster
    bare = _TAIL.sub("", publisher.strip()).strip()
    for name in (publisher.strip(), bare, f"{bare} News", f"The {bare}", bare.removeprefix("The ").strip()):
        for entry, _ in cast.lexicon.names.get(name) if name else ():
            if entry in roster.outlets:
                found = cast.known(entry)
                if found is not None:
                    cast.alias(found, publisher.strip())
                    return found
    return cast.make(publisher.strip(), "outlet", sector="MED")
