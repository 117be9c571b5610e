"""Text reuse: which report copies or rewrites which, by the runs of words that they share.

Containment of word shingles (Broder 1997): the share of a report's shingles that stand in another.
Unlike the Jaccard index it does not fall when a short rewrite is held against a long original.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from types import MappingProxyType

_WORD = re.compile(r"\w+(?:['’]\w+)?")
SHINGLE = 5  # words
_DAY = len("2024-01-21")
COPY = 0.6  # least containment of a copy
REWRITE = 0.25  # least containment of a rewrite
HOLDERS = 50  # reports that hold a shingle are looked at no more than so many, the earliest
_FEWEST = 8  # shared shingles below this are a quotation in common, not reuse


@dataclass(frozen=True, slots=True)
class Reuse:
    """`report` takes the share `share` of its words' runs from the earlier `source`."""

    report: str
    source: str
    share: float

    @property
    def kind(self) -> str:
        """``copy`` or ``rewrite``."""
        return "copy" if self.share >= COPY else "rewrite"


def shingles(text: str) -> set[int]:
    """The hashes of all runs of `SHINGLE` words of a text (quotations left in: wires are copied with them)."""
    words = [w.lower() for w in _WORD.findall(text)]
    # crc-like mixing of Python's hash would differ from run to run; a running polynomial does not.
    codes = [_code(w) for w in words]
    return {
        hash(tuple(codes[k : k + SHINGLE]))  # hashes of tuples of ints are the same in every process
        for k in range(len(codes) - SHINGLE + 1)
    }


@lru_cache(maxsize=50_000)
def _code(word: str) -> int:
    code = 0
    for char in word:
        code = (code * 1_000_003 + ord(char)) % 2_305_843_009_213_693_951
    return code


def when_told(published: date | str | None) -> tuple[str, str]:
    """Which of two reports told first, as a key to sort by: ISO day and time, as UTC has them where the zone is known.

    Where of one only the day is known, the one whose hour is known is taken to be first: agencies give it, and
    those who print them do not. What nobody knows when it was told is last: it cannot be shown to be a source.
    """
    if published is None:
        return "~", ""
    text = str(published)
    if len(text) <= _DAY:
        return text, "~"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text[:_DAY], text[_DAY:]
    if moment.tzinfo is not None:
        try:
            moment = moment.astimezone(UTC)
        except OverflowError:  # within hours of the first or the last day that there is
            moment = moment.replace(tzinfo=UTC)
    return moment.date().isoformat(), moment.time().isoformat()


def find_reuse(
    texts: Mapping[str, str],
    published: Mapping[str, date | str | None],
    known: Mapping[str, Reuse | None] = MappingProxyType({}),
) -> dict[str, Reuse]:
    """Tell for each report from which earlier one it takes most, if it takes enough.

    Args:
        texts: text of each report, by id.
        published: when each was published; the earlier of two is the source, see `when_told`. Reports of one
            moment, or of an unknown one, count in the order of `texts`.
        known: of the earliest ones, none left out, what was found before.

    Returns:
        By report id; reports that take from none are not in it. Chains are followed to their start:
        a copy of a copy has the first one as its source.
    """
    found = {name: shingles(text) for name, text in texts.items()}
    place = {name: n for n, name in enumerate(texts)}
    order = sorted(found, key=lambda n: (when_told(published.get(n)), place[n]))
    holders: dict[int, list[str]] = defaultdict(list)
    reuse: dict[str, Reuse] = {}
    for name in order:
        mine = found[name]
        before = known.get(name)
        if before is not None:
            reuse[name] = before
        shared: dict[str, int] = defaultdict(int)
        for shingle in mine if name not in known else ():
            for other in holders.get(shingle, ()):
                shared[other] += 1
        if shared:
            source, count = min(shared.items(), key=lambda s: (-s[1], place[s[0]]))
            share = count / len(mine)
            if count >= _FEWEST and share >= REWRITE:
                first = reuse[source].source if source in reuse else source
                reuse[name] = Reuse(name, first, round(share, 3))
        for shingle in mine:
            if len(held := holders[shingle]) < HOLDERS:
                held.append(name)
    return reuse


def spread(reuse: Mapping[str, Reuse], reports: Sequence[str]) -> dict[str, list[str]]:
    """The reports that each source is found in again, the source first."""
    out: dict[str, list[str]] = {}
    for name in reports:
        source = reuse[name].source if name in reuse else name
        out.setdefault(source, [])
        if source != name:
            out[source].append(name)
    return {source: copies for source, copies in out.items() if copies}
