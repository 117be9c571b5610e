"""Zones: which lines are headline, byline, dateline, caption or body.

Wire copy opens with a dateline ("BEIRUT (AP) —", AP Stylebook: city in capitals, agency in
brackets, dash), whose words belong to no sentence; names in a byline are nobody's source; a
caption describes a picture. Each is told by its form and by where it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dateline.annotate.datelines import dateline_end
from dateline.records import Report

ZoneKind = Literal["headline", "byline", "dateline", "caption", "body"]


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of the text: half-open code point offsets, and what it is."""

    kind: ZoneKind
    begin: int
    end: int


_BYLINE = re.compile(
    r"(?:by ?-?line:?\s|(?:written |reported |reporting |story |edited |additional reporting |with reporting )?by:?\s"
    r"(?=[A-Z])|contribut(?:ing|ors?):|(?:reporting|writing|editing)(?: and \w+)? by\s)",
    re.IGNORECASE,
)
_PERSON = re.compile(r"[A-Z][\w.'’\-]+(?: (?:[A-Z][\w.'’\-]*|de|van|von|der|al|bin|and|&)){1,6}")
_HOUSE = re.compile(
    r"[A-Z][A-Z .&/]{1,40}|(?:The )?[A-Z]\w+(?: [A-Z]\w+){0,3} (?:Staff|Writer|Correspondent|Reporter)s?"
)
_CAPTION_HEAD = re.compile(
    r"(?:file )?(?:photo(?:graph)?|image|picture|caption|pictured)(?: by)?\s*[:|—–-]", re.IGNORECASE
)
_CAPTION_TAIL = re.compile(
    r"(?:REUTERS/\S+(?: \S+){0,3}|\(?(?:AP|AFP|EPA|Getty)(?: Photo| Images)?\s?/\s?[^()]{1,60}\)?|Getty Images\)?"
    r"|\((?:photo|image|credit|picture)[^()]{0,80}\)"
    r"|/\s?(?:File|Handout)(?: [Pp]hoto)?\)?|(?:File|Handout) [Pp]hoto\)?)\.?\s*$"
)
_TOP = 6  # how many lines from the top a byline may stand
_HEAD = 2000  # characters in which a headline and what follows it are looked for
_LONG = 160  # headlines and bylines are shorter than this


def find_zones(text: str, title: str | None = None) -> list[Zone]:
    """Split a report's text into zones that cover every line with a letter in it, in order.

    Args:
        text: the report's text.
        title: its title where known; a first line equal to it is the headline.

    Returns:
        Zones sorted by `begin`, disjoint. A line that opens with a dateline gives two: the
        dateline with its dash, and the body behind it.
    """
    zones: list[Zone] = []
    at = 0
    lines: list[tuple[int, str]] = []
    for line in text.splitlines(keepends=True):
        if line.strip():
            lines.append((at, line))
        at += len(line)
    wanted = _plain(title) if title else ""
    body_seen = False
    for number, (begin, line) in enumerate(lines):
        end = begin + len(line)
        bare = line.strip()
        indent = begin + len(line) - len(line.lstrip())
        top = number < _TOP and not body_seen
        last = number >= len(lines) - 3
        if number < 2 and not body_seen and _is_headline(bare, wanted, number, text, begin, end):
            zones.append(Zone("headline", begin, end))
            continue
        if len(bare) < _LONG and (top or last) and _is_byline(bare, top, zones):
            zones.append(Zone("byline", begin, end))
            continue
        if len(bare) < 600 and (_CAPTION_HEAD.match(bare) or _CAPTION_TAIL.search(bare[-120:])):
            zones.append(Zone("caption", begin, end))
            continue
        behind = dateline_end(text, indent, end) if not body_seen else None
        if behind is not None:
            zones.append(Zone("dateline", begin, behind))
            if text[behind:end].strip():
                zones.append(Zone("body", behind, end))
        else:
            zones.append(Zone("body", begin, end))
        body_seen = True
    return zones


def title_of(report: Report) -> str | None:
    """The title of a report: the one that is given, else the headline with which its text begins, or None."""
    if report.title is not None:
        return report.title
    zones = find_zones(report.text[:_HEAD])
    if len(zones) < 2 or zones[0].kind != "headline":
        return None
    return " ".join(report.text[zones[0].begin : zones[0].end].split())


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text)).casefold()


def _is_headline(bare: str, wanted: str, number: int, text: str, begin: int, end: int) -> bool:
    if wanted:
        return _plain(bare[: len(wanted) * 2 + 80]) == wanted
    if number or len(bare) > _LONG or _BYLINE.match(bare) or _PERSON.fullmatch(bare):
        return False
    if dateline_end(bare + " ", 0, len(bare) + 1) is not None:
        return False
    following = text[end : end + 400].strip()
    if not following:
        return False
    words = [word for word in bare.split() if word[:1].isalpha()]
    capital = sum(word[0].isupper() for word in words)
    titled = len(words) >= 3 and capital >= 0.6 * len(words)
    open_ended = bare[-1] not in ".!?”\"'’:;,"
    return (titled or open_ended) and len(words) >= 2


def _is_byline(bare: str, top: bool, zones: list[Zone]) -> bool:
    if _BYLINE.match(bare):
        return bare[-1:] not in "?!" and len(bare.split()) < 18
    if not top or bare[-1:] in '.?!:;”"':
        return False
    if _PERSON.fullmatch(bare):
        return len(bare.split()) <= 8
    return bool(zones and zones[-1].kind == "byline" and _HOUSE.fullmatch(bare))
