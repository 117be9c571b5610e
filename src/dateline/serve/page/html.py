"""Writing HTML: every string from a record passes through `escaped`."""

from __future__ import annotations

import re
from html import escape

from dateline.serve.wording import flowing, printable

# Characters that HTML cannot hold, or that a browser would drop; tab and line ends stay.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def cleaned(text: str) -> str:
    """Text without characters that HTML cannot hold; white space as it is."""
    return text if text.isprintable() else _UNPRINTABLE.sub("\ufffd", text)


def escaped(text: str) -> str:
    """Text for an element or a quoted attribute, white space as it is."""
    return escape(_UNPRINTABLE.sub("\ufffd", text))


def line(text: str) -> str:
    """Text as one line that cannot turn the reading direction of its neighbours."""
    return escape(_UNPRINTABLE.sub("\ufffd", printable(text)))


def flow(text: str) -> str:
    """Like `line`, but white space at either end stays one space, so that pieces can be joined."""
    return escape(_UNPRINTABLE.sub("\ufffd", flowing(text)))


def web_address(url: str | None) -> str | None:
    """The address if a link may lead there: http and https only, nothing that runs as a script."""
    return url if url and re.match(r"https?://[^\s\"'<>]+\Z", url, re.I) else None
