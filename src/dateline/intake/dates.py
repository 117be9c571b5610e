"""Publication dates: an ISO 8601 date or date-time, or an error."""

from __future__ import annotations

import re
from datetime import date, datetime

from dateline.errors import InputError

# Calendar dates in the extended format only: "20240121" and week dates are ISO too, but in a
# column of dates they are more often a mistake than meant.
_ISO = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<clock>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(?P<zone>Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
# The first newspaper is of 1605; relative times are counted in years that Python's dates hold.
EARLIEST, LATEST = date(1600, 1, 1), date(2999, 12, 31)


def publication_date(value: str) -> str:
    """Check a publication date and bring it to one form.

    Args:
        value: ``YYYY-MM-DD``, or that with ``Thh:mm[:ss[.ffffff]]`` and an optional time zone
            (``Z`` or ``±hh:mm``); a space may stand for the ``T``.

    Returns:
        The date, or the date-time with its ``T``; the time zone as given.

    Raises:
        InputError: it is no such date, or lies outside the years 1600 to 2999.
    """
    found = _ISO.fullmatch(value.strip())
    if not found:
        raise InputError(
            f"published {value[:60]!r} is no ISO 8601 date: write YYYY-MM-DD, or YYYY-MM-DDThh:mm:ss with a time "
            "zone such as Z or +02:00"
        )
    day, clock, zone = found.group("day", "clock", "zone")
    if zone and len(zone) == 5:  # +0200
        zone = f"{zone[:3]}:{zone[3:]}"
    iso = f"{day}T{clock}{zone or ''}" if clock else day
    try:
        # Fractions of any length up to microseconds are ISO; `fromisoformat` takes three or six digits before 3.11.
        moment = datetime.fromisoformat(iso)
    except ValueError as error:
        raise InputError(f"published {value[:60]!r} is not on the calendar or clock: {error}") from error
    if not EARLIEST <= moment.date() <= LATEST:
        raise InputError(f"published {value[:60]!r} lies outside the years {EARLIEST.year} to {LATEST.year}")
    return iso
