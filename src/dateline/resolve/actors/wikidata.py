"""A Wikidata JSON dump, read as a stream: one entity a line, plain, gzip or bzip2.

The dump is never whole in memory. People who held an office, parties, armed groups, agencies,
ministries and media are taken; countries and the names of offices, which may come later in the
dump than those who refer to them, are filled in after the last line.
"""

from __future__ import annotations

import bz2
import gzip
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from dateline.errors import InputError
from dateline.resolve.actors.actor import Actor, ActorKind, Period
from dateline.resolve.actors.merge import ImportReport, Skipped

_HUMAN = "Q5"
_KINDS: dict[str, tuple[ActorKind, str | None]] = {
    "Q7278": ("organization", "PTY"),  # political party
    "Q17149090": ("organization", "REB"),  # armed organization
    "Q1752346": ("organization", "REB"),  # guerrilla movement
    "Q1788992": ("organization", "REB"),  # jihadist organisation
    "Q17127659": ("organization", "REB"),  # terrorist organization
    "Q327333": ("organization", "GOV"),  # government agency
    "Q192350": ("organization", "GOV"),  # ministry
    "Q2366457": ("organization", "GOV"),  # department
    "Q484652": ("organization", "IGO"),  # international organization
    "Q245065": ("organization", "IGO"),  # intergovernmental organization
    "Q79913": ("organization", "NGO"),  # non-governmental organization
    "Q47913": ("organization", "SPY"),  # intelligence agency
    "Q11691": ("organization", "BUS"),  # stock exchange
    "Q192283": ("outlet", "MED"),  # news agency
    "Q11032": ("outlet", "MED"),  # newspaper
    "Q1110794": ("outlet", "MED"),  # daily newspaper
    "Q1616075": ("outlet", "MED"),  # television station
}
_OFFICES = frozenset({"Q4164871", "Q294414", "Q83307", "Q17279032", "Q48352", "Q2285706"})
_GENDERS = {"Q6581097": "m", "Q6581072": "f", "Q2449503": "m", "Q1052281": "f"}


class _Entity(msgspec.Struct):
    id: str
    labels: dict[str, dict[str, str]] = {}
    aliases: dict[str, list[dict[str, str]]] = {}
    claims: dict[str, list[dict[str, Any]]] = {}


def open_dump(path: Path) -> BinaryIO:
    """Open a dump by its ending: ``.gz``, ``.bz2``, else plain.

    Raises:
        InputError: there is no such file.
    """
    try:
        if path.suffix == ".gz":
            return cast("BinaryIO", gzip.open(path, "rb"))
        if path.suffix == ".bz2":
            return cast("BinaryIO", bz2.open(path, "rb"))
        return path.open("rb")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error}") from error


def read_wikidata(lines: Iterable[bytes], alpha3: Mapping[str, str], report: ImportReport) -> Iterator[Actor]:
    """Read the lines of a dump.

    Args:
        lines: ``[``, one entity a line with a comma behind it, ``]``.
        alpha3: Wikidata id of a country -> alpha-3, where known beforehand; the dump's own
            countries (property P298) are added.
        report: where malformed lines are noted, with their numbers.

    Yields:
        Actors, after the whole dump was read once.
    """
    decoder = msgspec.json.Decoder(_Entity)
    countries = dict(alpha3)
    # A temporary database on disk: millions of people would not fit into memory.
    waiting = sqlite3.connect("")
    waiting.execute("CREATE TABLE found (n INTEGER PRIMARY KEY, data BLOB)")
    waiting.execute("CREATE TABLE office (id TEXT PRIMARY KEY, label TEXT) WITHOUT ROWID")
    try:
        for number, line in enumerate(lines, 1):
            line = line.strip().rstrip(b",")
            if line in (b"", b"[", b"]"):
                continue
            try:
                entity = decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                report.skipped.append(Skipped(number, f"no Wikidata entity: {error}"))
                continue
            _take(waiting, countries, entity)
        yield from _finish(waiting, countries)
    finally:
        waiting.close()


def _take(waiting: sqlite3.Connection, countries: dict[str, str], entity: _Entity) -> None:
    classes = _items(entity, "P31")
    label = entity.labels.get("en", {}).get("value") or entity.labels.get("mul", {}).get("value")
    code = next(iter(_strings(entity, "P298")), None)
    if code is not None:
        countries[entity.id] = code
    if label is None:
        return
    if _OFFICES.intersection(classes):
        waiting.execute("INSERT OR REPLACE INTO office VALUES (?, ?)", (entity.id, label))
    aliases = [a["value"] for a in entity.aliases.get("en", []) if a.get("value")]
    if _HUMAN in classes:
        terms = [
            (_item(c), *_span(c)) for c in entity.claims.get("P39", []) if _item(c) and c.get("rank") != "deprecated"
        ]
        if not terms:
            return
        row: dict[str, Any] = {
            "id": entity.id,
            "name": label,
            "aliases": aliases,
            "kind": "person",
            "of": _items(entity, "P27"),
            "terms": terms,
            "gender": next((_GENDERS[g] for g in _items(entity, "P21") if g in _GENDERS), ""),
        }
    else:
        kind = next((_KINDS[c] for c in classes if c in _KINDS), None)
        if kind is None:
            return
        row = {
            "id": entity.id,
            "name": label,
            "aliases": aliases,
            "kind": kind[0],
            "sector": kind[1],
            "of": _items(entity, "P17"),
        }
    waiting.execute("INSERT INTO found (data) VALUES (?)", (json.dumps(row),))


def _finish(waiting: sqlite3.Connection, countries: Mapping[str, str]) -> Iterator[Actor]:
    for (data,) in waiting.execute("SELECT data FROM found ORDER BY n"):
        row = json.loads(data)
        country = next((countries[q] for q in row["of"] if q in countries), None)
        if row["kind"] == "person":
            periods = []
            for post, begin, end in row["terms"]:
                label = waiting.execute("SELECT label FROM office WHERE id = ?", (post,)).fetchone()
                if begin and end and end < begin:
                    continue
                periods.append(Period(country, "GOV", begin, end, label[0] if label else None))
        else:
            periods = [Period(country, row["sector"])]
        yield Actor(
            name=row["name"],
            aliases=[a for a in dict.fromkeys(row["aliases"]) if a != row["name"]],
            kind=row["kind"],
            periods=sorted(periods, key=lambda p: p.begin or ""),
            gender=row.get("gender", ""),
            ids={"wikidata": row["id"]},
            source="wikidata",
        )


def _value(snak: Mapping[str, Any]) -> Any:
    value = snak.get("datavalue")
    return value.get("value") if isinstance(value, dict) else None


def _item(claim: Mapping[str, Any]) -> str | None:
    value = _value(claim.get("mainsnak", {}))
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def _items(entity: _Entity, key: str) -> list[str]:
    """Ids of the items that a property names, preferred rank first."""
    claims = sorted(entity.claims.get(key, []), key=lambda c: c.get("rank") != "preferred")
    return [item for claim in claims if claim.get("rank") != "deprecated" and (item := _item(claim))]


def _strings(entity: _Entity, key: str) -> Iterator[str]:
    for claim in entity.claims.get(key, []):
        value = _value(claim.get("mainsnak", {}))
        if isinstance(value, str):
            yield value


def _span(claim: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Begin and end of a term (P580, P582) as exact as they are given."""
    qualifiers = claim.get("qualifiers") or {}
    return _time(qualifiers.get("P580")), _time(qualifiers.get("P582"))


def _time(snaks: Any) -> str | None:
    """``+2004-03-09T00:00:00Z`` with its precision (11 day, 10 month, 9 year) as ISO."""
    if not isinstance(snaks, list) or not snaks:
        return None
    value = _value(snaks[0])
    if not isinstance(value, dict) or not str(value.get("time", "")).startswith("+"):
        return None
    day = str(value["time"])[1:11]
    size = {11: 10, 10: 7, 9: 4}.get(int(value.get("precision", 0)))
    return day[:size] if size is not None and day[:4].isdigit() else None
