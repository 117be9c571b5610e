"""Words of templates: days, figures, names of countries and kinds of events."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import quote

from fastapi import Request
from markupsafe import Markup

from dateline.resolve.roster import roster
from dateline.serve.page.html import cleaned, flow, line
from dateline.serve.web.addresses import with_query
from dateline.serve.wording import day, interval, number

# PLOVER's four kinds of events: with words or deeds, for or against somebody.
KINDS = {
    "verbal-for": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "material-for": ("COOPERATE", "AID", "RETREAT"),
    "verbal-against": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "material-against": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
KIND_WORDS = {
    "verbal-for": "verbal cooperation",
    "material-for": "material cooperation",
    "verbal-against": "verbal conflict",
    "material-against": "material conflict",
    "other": "other",
}
TYPES = tuple(type_ for types in KINDS.values() for type_ in types)
FACTUALITIES = (
    "occurred ongoing planned possible requested threatened hypothetical general negated denied".split()  # noqa: SIM905
)
STANDINGS = ("corroborated", "repeated", "single source", "disputed", "denied")
_KIND_OF = {type_: kind for kind, types in KINDS.items() for type_ in types}


def kind_of(type_: str) -> str:
    """Which of the four kinds a type of events is; ``other`` for those of a codebook of one's own."""
    return _KIND_OF.get(type_, "other")


def kind_words(kind: str) -> str:
    """A kind of events in words."""
    return KIND_WORDS[kind]


def by_kind(type_: str) -> tuple[int, str]:
    """Sorts types: PLOVER's in their order, then those of other codebooks."""
    return (TYPES.index(type_), "") if type_ in _KIND_OF else (len(TYPES), type_)


@cache
def country_name(code: str) -> str:
    """A country's name by its alpha-3 code; the code itself where it is none."""
    found = roster().countries.get(code.upper())
    return found.name if found else code


@cache
def entity_words(entity: str) -> str:
    """The name behind an entity's id as far as the roster knows it; the id itself where it does not."""
    known = roster()
    for entries in (known.persons, known.organisations, known.outlets, known.groups, known.countries):
        found = entries.get(entity)
        if found is not None:
            name: str = found.name
            return name
    return entity


def count(value: float) -> str:
    """A figure with its thousands parted."""
    return number(value)


def plural(value: int, one: str, many: str | None = None) -> str:
    """A number with its word: ``1 report``, ``2,000 reports``."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def days(begin: str | None, end: str | None) -> str:
    """A half-open interval in words, the end as the last day of it."""
    return interval(begin, end) or "day unknown"


def changed(request: Request, **changes: Any) -> str:
    """The address of this page with some parameters changed; None takes one away.

    A list that changes begins anew: its place (``after``) is dropped unless it is what changes.
    """
    if "after" not in changes:
        changes["after"] = None
    parameters = {k: v for k, v in request.query_params.items() if v and k not in changes}
    parameters |= {k: str(v) for k, v in changes.items() if v is not None}
    return with_query(quote(request.url.path), parameters)  # ids in it may hold anything


def written(value: Any) -> Any:
    """What a template writes for a value: strings without characters that HTML cannot hold."""
    return cleaned(value) if type(value) is str else value


FILTERS = {
    "day": lambda iso: day(iso),
    "line": lambda text: Markup(line(str(text))),
    "flow": lambda text: Markup(flow(str(text))),
    "count": count,
}
GLOBALS = {
    "kind_of": kind_of,
    "kind_words": kind_words,
    "country_name": country_name,
    "plural": plural,
    "days": days,
    "TYPES": TYPES,
    "KINDS": KINDS,
    "KIND_WORDS": KIND_WORDS,
    "FACTUALITIES": FACTUALITIES,
    "STANDINGS": STANDINGS,
}
