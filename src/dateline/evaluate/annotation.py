"""Gold written for people: YAML that quotes the text instead of counting its characters.

A quoted place is words of the text: ``met`` is their first occurrence, ``met#2`` the second,
``that Putin … election`` runs from the first part to the end of the second. Entities are named
by their usual English name, countries by their ISO 3166-1 alpha-3 code. ``sample: NAME`` or
``demo: NAME`` in place of a text takes a sample or a demo report of the package. ``untimed: true``
says that nobody has written down when the events took place, so that their times are not compared.

    - text: Putin told Choe on Sunday that Russia would visit.
      published: 2024-01-21
      times:
        - [Sunday, 2024-01-21, 2024-01-21, 2024-01-22]       # place, value, begin, end
      statements:
        - {source: Putin, cue: told, content: that … visit, chain: [Vladimir Putin]}
      events:
        - {trigger: visit, type: CONSULT, actor: [RUS], recipient: [], factuality: planned}
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from dateline.errors import InputError
from dateline.evaluate.gold import GoldDocument, GoldEntity, GoldEvent, GoldFlag, GoldStatement, GoldTime, key
from dateline.records import Report, Span
from dateline.samples import sample
from dateline.samples.demo import demo_report

_ELLIPSIS = " … "
_NUMBERED = re.compile(r"(?P<words>.+)#(?P<number>\d+)", re.DOTALL)
_COUNTRY = re.compile(r"[A-Z]{3}")
_PUBLISHER = "publisher"


def read_annotation(path: Path) -> list[GoldDocument]:
    """Read a YAML file of annotated texts.

    Raises:
        InputError: the file cannot be read; or an entry quotes words that its text does not hold, or
            lacks a field. The message names file and entry.
    """
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    if not isinstance(entries, list):
        raise InputError(f"{path}: expected a list of texts, found {type(entries).__name__}")
    documents = []
    for number, entry in enumerate(entries, start=1):
        try:
            documents.append(_document(entry, f"{path.stem}-{number}"))
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"{path}, entry {number}: {error}") from error
    return documents


def place(text: str, quoted: str) -> Span:
    """Where the quoted words stand.

    Raises:
        ValueError: the text does not hold them.
    """
    numbered = _NUMBERED.fullmatch(quoted)
    words, number = (numbered["words"], int(numbered["number"])) if numbered else (quoted, 1)
    first, _, last = words.partition(_ELLIPSIS)
    begin = -1
    for _ in range(number):
        begin = _find(text, first, begin + 1)
    end = begin + len(first)
    if last:
        end = _find(text, last, end) + len(last)
    return begin, end


def _find(text: str, words: str, at: int) -> int:
    # Whole words: "he" is not in "the".
    found = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(text, at)
    if not found:
        raise ValueError(f"the text does not hold {words!r} (after character {at})")
    return found.start()


def _places(text: str, quoted: str | Sequence[str] | None) -> list[Span]:
    if not quoted:
        return []
    return [place(text, q) for q in ([quoted] if isinstance(quoted, str) else quoted)]


def _date(value: object) -> str | None:
    return None if value is None else str(value)


def _report(entry: Mapping[str, Any], default_id: str) -> Report:
    published = _date(entry.get("published"))
    return Report(
        id=entry.get("id", default_id),
        text=entry["text"],
        title=entry.get("title"),
        publisher=entry.get("publisher"),
        published=published,
        published_basis="given" if published else "unknown",
    )


def _document(entry: Mapping[str, Any], default_id: str) -> GoldDocument:
    if "sample" in entry:
        base = sample(entry["sample"])
    elif "demo" in entry:
        base = demo_report(entry["demo"])
    else:
        base = _report(entry, default_id)
    text = base.text
    entities: dict[str, GoldEntity] = {}
    aka: Mapping[str, Sequence[str]] = entry.get("aka", {})

    def entity(name: str) -> str:
        if _COUNTRY.fullmatch(name):
            entities[name] = GoldEntity(frozenset(), "country", name)
        else:
            entities[name] = GoldEntity(frozenset(key(n) for n in (name, *aka.get(name, ()))), "other", None)
        return name

    def interval(value: Sequence[object] | None) -> tuple[str | None, str | None]:
        begin, end = value or (None, None)
        return _date(begin), _date(end)

    times = [
        GoldTime(place(text, words), kind[0] if kind else "DATE", str(value), _date(begin), _date(end))
        for words, value, begin, end, *kind in entry.get("times", ())
    ]
    statements = [
        GoldStatement(
            source=_places(text, s.get("source")),
            cue=_places(text, s.get("cue")),
            content=_places(text, s["content"]),
            id=s.get("id", f"s{n}"),
            parent=s.get("parent"),
            chain=[[_PUBLISHER], *([entity(x) for x in ([c] if isinstance(c, str) else c)] for c in s["chain"])],
            optional=bool(s.get("optional")),
        )
        for n, s in enumerate(entry.get("statements", ()), start=1)
    ]
    events = [
        GoldEvent(
            types=(e["type"], *e.get("also", ())),
            trigger=place(text, e["trigger"]),
            actor=[entity(x) for x in e["actor"]],
            recipient=[entity(x) for x in e["recipient"]],
            factuality=e["factuality"],
            begin=interval(e.get("time"))[0],
            end=interval(e.get("time"))[1],
            id=e.get("id", f"e{n}"),
            optional=bool(e.get("optional")),
            timed=not entry.get("untimed"),
        )
        for n, e in enumerate(entry.get("events", ()), start=1)
    ]
    return GoldDocument(
        report=base,
        times=times,
        statements=statements,
        events=events,
        entities=entities,
        flags=[GoldFlag(kind, place(text, words)) for kind, words in entry.get("flags", ())],
    )
