"""Time expressions as TIMEX3 with intervals."""

from __future__ import annotations

from dateline.annotate.syntax import Syntax
from dateline.records import Time


def find_times(syntax: Syntax, published: str | None, publisher_country: str | None = None) -> list[Time]:
    """Find the time expressions of a text."""
    return []
