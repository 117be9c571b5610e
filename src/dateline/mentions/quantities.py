"""Amounts."""

from __future__ import annotations

from dateline.annotate.syntax import Syntax
from dateline.records import Quantity, Time


def find_quantities(syntax: Syntax, times: list[Time]) -> list[Quantity]:
    """Find the amounts of a text."""
    return []
