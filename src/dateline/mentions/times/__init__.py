"""Time expressions as TIMEX3 with intervals."""

from __future__ import annotations

from dateline.annotate.syntax import Syntax
from dateline.mentions.times.expression import tag
from dateline.mentions.times.timeml import read_timeml, to_timeml
from dateline.records import Time

__all__ = ["find_times", "read_timeml", "times", "to_timeml"]


def find_times(syntax: Syntax, published: str | None, publisher_country: str | None = None) -> list[Time]:
    """Find the time expressions of a text.

    Args:
        syntax: the text; its parse, where it has one, tells past from future ("met on Friday",
            "will meet on Friday"), else the words around do.
        published: ISO date or date-time of publication, from which relative expressions count; None
            leaves them without begin and end.
        publisher_country: ISO 3166-1 alpha-3 code of the publisher's country: 5/12/2024 is a day of
            December but in American and a few other papers.

    Returns:
        TIMEX3 expressions (TimeML 1.2.1) in the order of the text, ids ``t1``, ``t2``, …; `begin` and
        `end` are half-open ISO dates, None where the extent is open.
    """
    return tag(syntax.text, published, publisher_country, syntax if any(syntax.dep) else None)


def times(text: str, published: str | None = None, publisher_country: str | None = None) -> list[Time]:
    """Find the time expressions of a text without parsing it; see `find_times`.

    >>> [(t.value, t.begin, t.end) for t in times("They met last week.", published="2024-05-08")]
    [('2024-W18', '2024-04-29', '2024-05-06')]
    """
    return tag(text, published, publisher_country)
