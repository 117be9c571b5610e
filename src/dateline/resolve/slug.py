"""Ids made of names."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """An id made of a name: lower-case ASCII words joined by underscores."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _NOT_WORD.sub("_", plain.lower().replace("'", "").replace("’", "")).strip("_") or "unnamed"
