"""Organisations that the roster does not have, acronyms that the text defines, and short forms."""

from __future__ import annotations

import re

from dateline.mentions.names import NameMention, fold, name_words, surface, word_set
from dateline.resolve.flag import flag_outlet
from dateline.resolve.phrase import head_of
from dateline.resolve.reading import Reading, Value

# Last words that tell what a name is: sector by word.
_SECTORS = {
    "party": None, "army": "MIL", "navy": "MIL", "force": "MIL", "forces": "MIL", "brigade": "REB",
    "brigades": "REB", "front": "REB", "militia": "REB", "police": "COP", "court": "JUD", "tribunal": "JUD",
    "parliament": "LEG", "senate": "LEG", "congress": "LEG", "assembly": "LEG", "committee": None,
    "commission": None, "council": None, "ministry": "GOV", "department": "GOV", "agency": "GOV", "bureau": "GOV",
    "office": "GOV", "administration": "GOV", "university": "EDU", "college": "EDU", "school": "EDU",
    "institute": "EDU", "hospital": "HLH", "union": "LAB", "bank": "BUS", "company": "BUS", "corp": "BUS",
    "inc": "BUS", "ltd": "BUS", "llc": "BUS", "group": None, "co": "BUS", "corporation": "BUS", "airlines": "BUS",
    "airways": "BUS", "oil": "BUS", "energy": "BUS", "motors": "BUS", "times": "MED", "post": "MED",
    "herald": "MED", "tribune": "MED", "journal": "MED", "gazette": "MED", "daily": "MED", "news": "MED",
    "tv": "MED", "television": "MED", "radio": "MED", "telegraph": "MED", "observer": "MED",
    "wire": "MED", "courier": "MED", "chronicle": "MED", "press": "MED", "broadcasting": "MED", "weekly": "MED",
    "foundation": "NGO",
    "association": "NGO", "watch": "NGO", "observatory": "NGO", "coalition": None, "network": None,
    "movement": None, "organization": None, "organisation": None, "church": "REL", "center": None, "centre": None,
}  # fmt: skip
_NO_NAMES = word_set("llc inc ltd plc corp co gmbh sa ag mr mrs ms dr sir madam miss")
_PARTY_LABEL = re.compile(r"[RDI]-[A-Z][A-Za-z.]{1,5}$")
_MEDIA = frozenset(
    {"newspaper", "daily", "broadcaster", "magazine", "agency", "station", "channel", "network", "outlet", "paper"}
)
# Prefixes of warships' names, and whose they are.
SHIPS = {"USS": "USA", "HMS": "GBR", "HMAS": "AUS", "HMCS": "CAN", "INS": "IND"}


def is_paper(words: list[str]) -> bool:
    """Whether a name of several words ends as those of papers, stations and agencies do: "Northern Wire"."""
    return len(words) > 1 and _SECTORS.get(fold(words[-1])) == "MED"


def among(reading: Reading, name: NameMention[Value]) -> str | None:
    """The right one of several bearers of a name: the one of a country that the report speaks of."""
    if len(name.values) < 2:
        return None
    met = [entry for entry, _ in name.values if entry in reading.cast]
    if met:
        return met[0]
    near = reading.before(name.begin)
    country = reading.country_of(near) if near is not None else None
    roster = reading.lexicon.roster
    for entry, _ in name.values:
        found = roster.entry(entry)
        if country is not None and (
            getattr(found, "country", None) == country or entry.startswith(f"{country.lower()}_")
        ):
            return entry
    if name.label in ("GPE", "NORP", "LOC"):
        for entry, _ in name.values:
            if entry in roster.countries:
                return entry
    best: tuple[int, str] | None = None
    for entry, _ in name.values:
        own = getattr(roster.entry(entry), "country", None)
        count = reading.countries[own] if own is not None else 0
        if count and (best is None or count > best[0]):
            best = (count, entry)
    return best[1] if best is not None else None


def is_foreign(reading: Reading, name: NameMention[Value], entry: str) -> bool:
    """Whether the word before gives a name of one country to another: "Burundi's National Security Council"."""
    found = reading.lexicon.roster.organisations.get(entry)
    own = found.country if found is not None else None
    if own is None or name.begin == 0 or name.end - name.begin < 2:
        return False
    at = name.begin - 1
    if reading.syntax.tag[at] == "POS":
        at -= 1
    near = reading.name_at[at] if at >= 0 else None
    if near is None or near.end - 1 != at:
        return False
    country = reading.country_of(near)
    return country is not None and country != own and any(s in ("name", "alias", "demonym") for _, s in near.values)


def defined(reading: Reading, name: NameMention[Value]) -> str | None:
    """The organisation of this report that an acronym abbreviates, by its definition or initials."""
    text = surface(reading.syntax, name.begin, name.end)
    found = _definition(reading, name, text)
    if found is not None:
        reading.cast.alias(found, text)
        reading.by_text[text.casefold()] = found
        return found
    found = reading.by_text.get(text.casefold())
    if found is not None:
        return found
    for entry, _ in name.values:
        if entry in reading.cast:
            return None
    found = reading.cast.register.abbreviated(text) if len(text) >= 3 else None
    if found is not None:
        reading.cast.alias(found, text)
    return found


def short_form(reading: Reading, name: NameMention[Value]) -> str | None:
    """An organisation of this report by its acronym or one of its words: "SDF", "the Observatory"."""
    text = surface(reading.syntax, name.begin, name.end)
    words = name_words(text)
    if not words:
        return None
    defined = _definition(reading, name, text)
    if defined is not None:
        reading.cast.alias(defined, text)
        return defined
    register = reading.cast.register
    found = register.named(text)
    if found is not None:
        return found
    if text.isupper() and len(words) == 1:
        found = register.abbreviated(text) if len(text) >= 3 else None
    else:
        found = register.part(words)
    if found is not None:
        reading.cast.alias(found, text)
    return found


def _definition(reading: Reading, name: NameMention[Value], text: str) -> str | None:
    """The organisation that a bracketed acronym abbreviates: "Local Defence Forces (LDF)"."""
    syntax = reading.syntax
    if not text.isupper() or len(text) < 2 or name.begin < 2:
        return None
    if syntax.lower[name.begin - 1] not in ("(", "or"):
        return None
    before = reading.name_at[name.begin - 2]
    if before is None:
        return None
    entity = reading.meaning.get(id(before))
    if entity is None or reading.cast[entity].kind not in ("organization", "group", "outlet"):
        return None
    return entity


def identify(reading: Reading, name: NameMention[Value]) -> str | None:
    """Enter an organisation, outlet, ship or people that only the text knows."""
    syntax = reading.syntax
    text = surface(syntax, name.begin, name.end)
    if not any(c.isalpha() for c in text) or len(text) > 120 or _is_junk(reading, name, text):
        return None
    misspelt = flag_outlet(reading, name)
    if misspelt is not None:
        reading.cast.alias(misspelt, text)
        return misspelt
    if name.label == "NORP":
        return reading.cast.make(text, "group", country=_country(reading, name), plural=True)
    first = syntax.lower[name.begin]
    if first.upper() in SHIPS and name.end - name.begin > 1:
        return reading.cast.make(text, "organization", country=SHIPS[first.upper()], sector="MIL")
    if name.label == "PRODUCT" or (name.label == "" and not _is_argument(reading, name)):
        return None
    words = [fold(w) for w in syntax.lower[name.begin : name.end]]
    sector = next((_SECTORS[w] for w in reversed(words) if w in _SECTORS), None)
    if sector is None and name.begin and syntax.lower[name.begin - 1] in _MEDIA:
        sector = "MED"
    country = _country(reading, name)
    return reading.cast.make(text, "outlet" if sector == "MED" else "organization", country=country, sector=sector)


def _is_junk(reading: Reading, name: NameMention[Value], text: str) -> bool:
    """Legal forms, party labels and words that only a headline or the start of a sentence writes large."""
    syntax = reading.syntax
    if (
        text in ("Korean", "Koreans")
        or fold(text.lower()) in _NO_NAMES
        or _PARTY_LABEL.match(text)
        or text.startswith("inter-")
        or "@" in text
    ):
        return True
    if name.label == "" and name.end - name.begin == 1:
        first = syntax.sentences[syntax.sentence[name.begin]][0]
        opens = name.begin == first or (name.begin == first + 1 and not syntax.word[first][0].isalnum())
        acts = syntax.dep[name.begin] in ("nsubj", "poss") and syntax.word[name.begin + 1 : name.begin + 2] != ["of"]
        return (opens and not text.isupper() and not acts) or len(text) < 3
    return False


def _is_argument(reading: Reading, name: NameMention[Value]) -> bool:
    syntax = reading.syntax
    head = head_of(syntax, name.begin, name.end)
    return syntax.dep[head] in ("nsubj", "nsubjpass", "pobj", "dobj", "poss", "conj", "appos", "attr", "dative")


def _country(reading: Reading, name: NameMention[Value]) -> str | None:
    """The country in a name ("Syrian Observatory"), or of the word that modifies it ("Syria's ...")."""
    for inner in reading.names:
        if inner.nested and name.begin <= inner.begin and inner.end <= name.end:
            country = reading.country_of(inner)
            if country is not None:
                return country
    near = reading.before(name.begin, reach=3)
    if near is not None:
        return reading.country_of(near)
    behind = reading.after(name.end, "of", "in")
    return reading.country_of(behind) if behind is not None and behind.values else None
