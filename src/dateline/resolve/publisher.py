"""The publisher of a report: first link of every chain of sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dateline.resolve.cast import Cast
from dateline.resolve.lexicon import Lexicon, lexicon

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
    for entry in _outlets(cast.lexicon, publisher):
        found = cast.known(entry)
        if found is not None:
            cast.alias(found, publisher.strip())
            return found
    return cast.make(publisher.strip(), "outlet", sector="MED")


@lru_cache(maxsize=1024)
def publisher_country(publisher: str | None) -> str | None:
    """The country of a publisher that the roster knows, alpha-3: it tells how 5/12/2024 is meant."""
    known = lexicon()
    found = next(_outlets(known, publisher), None) if publisher else None
    return known.roster.outlets[found].country if found is not None else None


def _outlets(known: Lexicon, publisher: str) -> Iterator[str]:
    bare = _TAIL.sub("", publisher.strip()).strip()
    for name in (publisher.strip(), bare, f"{bare} News", f"The {bare}", bare.removeprefix("The ").strip()):
        for entry, _ in known.names.get(name) if name else ():
            if entry in known.roster.outlets:
                yield entry
