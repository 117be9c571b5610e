"""Annotate: spaCy's parse as columns, and the zones of the text."""

from dateline.annotate.cache import ParseCache
from dateline.annotate.parse import DEFAULT_MODEL, load_model, parse, parse_docs
from dateline.annotate.syntax import Syntax
from dateline.annotate.zones import Zone, find_zones, title_of

__all__ = [
    "DEFAULT_MODEL",
    "ParseCache",
    "Syntax",
    "Zone",
    "find_zones",
    "load_model",
    "parse",
    "parse_docs",
    "title_of",
]
