"""What a web page says about its article as linked data (schema.org in JSON-LD)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_SCRIPT = re.compile(
    r"<script\b[^>]*\btype\s*=\s*[\"']?application/ld\+json\b[^>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL
)
_ARTICLE = re.compile(r"(?:\w*Article|\w*BlogPosting|Report)\Z")


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The fields of an article; None where the page does not state them as text."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    byline: str | None = None


def linked_data(page: str) -> LinkedData:
    """Read the first article among a page's linked data.

    Args:
        page: the page's source. Blocks that are no JSON are passed over, and so are fields of another
            type than schema.org gives them; references (``{"@id": …}``) are followed within the page.
    """
    things = [thing for block in _SCRIPT.findall(page) for thing in _things(block)]
    named = {thing["@id"]: thing for thing in reversed(things) if isinstance(thing.get("@id"), str) and len(thing) > 1}
    for thing in things:
        if any(isinstance(kind, str) and _ARTICLE.match(kind) for kind in _several(thing.get("@type"))):
            names = [name for author in _several(thing.get("author")) if (name := _name(author, named))]
            publishers = [name for one in _several(thing.get("publisher")) if (name := _name(one, named))]
            return LinkedData(
                title=_text(thing.get("headline")),
                publisher=publishers[0] if publishers else None,
                published=_text(thing.get("datePublished")),
                byline="; ".join(names) or None,
            )
    return LinkedData()


def _things(block: str) -> Iterator[dict[str, Any]]:
    try:
        data = json.loads(block, strict=False)
    except (ValueError, RecursionError):
        return
    for thing in _several(data):
        if isinstance(thing, dict):
            yield thing
            yield from (inner for inner in _several(thing.get("@graph")) if isinstance(inner, dict))


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _name(value: Any, named: dict[str, dict[str, Any]]) -> str | None:
    if isinstance(value, dict):
        reference = value.get("@id")
        name = _text(value.get("name"))
        if name is None and isinstance(reference, str):
            name = _text(named.get(reference, {}).get("name"))
        return name
    return _text(value)


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
