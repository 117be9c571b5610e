"""Datelines: "BEIRUT (AP) —" before the first sentence of a report, which no sentence holds.

AP Stylebook: the city in capitals, the agency in brackets, a dash. A parser that knows nothing of them
reads "BAKU - President Aliyev" as one name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DASH = r"\s*(?:[—–―_]|--?)+\s+"
_TOWN = r"[A-Z][A-Z.'’\-]+(?: [A-Z][A-Z.'’\-]*){0,3}"
_CITY = rf"{_TOWN}(?:\s?/\s?{_TOWN}){{0,2}}"
_REST = r"(?:,\s+(?:[A-Z][\w.'’\-]*(?: [A-Z\d][\w.'’\-]*){0,3}|\d{4}\b)){0,3}"
_AGENCY = r"\s*\((?:[A-Za-z][\w.&/'’\-]*)(?:[ /][\w.&'’\-]+){0,3}\)"
# "BAKU/YEREVAN (AP) —", "CAMP DAVID, Md. (Reuters) -", "NEW YORK, Nov. 19 (UPI) —", "WASHINGTON —", "(Reuters) -"
_DATELINE = re.compile(
    rf"(?:{_CITY}{_REST}(?:{_AGENCY})?|[A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*){{0,3}}{_REST}{_AGENCY}|{_AGENCY}){_DASH}"
)
_LONGEST = 120  # characters
_SHORTEST = 6  # tokens of a report's first sentence
_STOPS = frozenset(".?!")
_OPENING = re.compile(r"^[ \t]*(?=[A-Z(])", re.MULTILINE)


def dateline_end(text: str, begin: int, end: int) -> int | None:
    """Where the dateline ends that a line opens with.

    Args:
        text: a text.
        begin: where the line begins, without white space (code points).
        end: where it ends.

    Returns:
        The offset behind its dash and the white space there; None: the line opens with no dateline.
    """
    found = _DATELINE.match(text, begin, min(end, begin + _LONGEST))
    return found.end() if found is not None and _in_capitals(found.group()) else None


def mark_datelines(doc: Doc, text: str) -> None:
    """Mark what follows a dateline as the start of a sentence, where it can be one.

    Args:
        doc: a tokenised text.
        text: the same as a string.
    """
    ends = [
        end
        for line in _OPENING.finditer(text)
        if (end := dateline_end(text, line.end(), line.end() + _LONGEST)) is not None
        and end < len(text)
        and not text[end].islower()
    ]
    if not ends:
        return
    begins = [token.idx for token in doc]
    for end in ends:
        first = bisect_left(begins, end)
        if first < len(doc):
            doc[first].is_sent_start = True
        # With a short fragment before it the parser likes to break again behind the first name.
        for i in range(first + 1, min(first + _SHORTEST, len(doc))):
            if doc[i].is_sent_start or doc[i].text in _STOPS:
                break
            doc[i].is_sent_start = False


def _in_capitals(dateline: str) -> bool:
    """Whether it names a city in capitals or an agency in brackets, rather than a short clause before a dash."""
    if "(" in dateline:
        return True
    city = re.match(r"[^,(—–_-]+", dateline)
    letters = [c for c in (city.group() if city else "") if c.isalpha()]
    return len(letters) >= 4 and all(c.isupper() for c in letters)
