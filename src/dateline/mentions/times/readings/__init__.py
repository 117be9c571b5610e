"""What each rule of the grammar means: from the words it covers to an `Atom`."""

from __future__ import annotations

from dateline.mentions.times.readings import clocks, dates, lengths, shifts
from dateline.mentions.times.readings.reader import READINGS, Reader

__all__ = ["READINGS", "Reader", "clocks", "dates", "lengths", "shifts"]
