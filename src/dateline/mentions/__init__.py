"""Mentions: times, quantities, names and predicates, each found by itself."""

from dateline.mentions.quantities import find_quantities
from dateline.mentions.times import find_times

__all__ = ["find_quantities", "find_times"]
