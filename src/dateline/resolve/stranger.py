"""Persons whom the roster does not know: country, sector and gender, as the words around the name tell."""

from __future__ import annotations

from dateline.mentions.names import NameMention, fold
from dateline.resolve.reading import NounMention, Reading, Value

HONORIFICS = {
    "mr": "m", "mr.": "m", "mister": "m", "sir": "m", "lord": "m", "herr": "m", "mrs": "f", "mrs.": "f", "ms": "f",
    "ms.": "f", "miss": "f", "lady": "f", "dame": "f", "madam": "f", "madame": "f", "frau": "f", "king": "m",
    "queen": "f", "prince": "m", "princess": "f", "sheikh": "m", "sheik": "m", "ayatollah": "m", "imam": "m",
    "pope": "m", "dr": "", "dr.": "", "prof.": "", "professor": "", "baroness": "f", "baron": "m",
    "congresswoman": "f", "congressman": "m", "chairwoman": "f", "spokeswoman": "f", "spokesman": "m",
    "chairman": "m", "councilwoman": "f", "councilman": "m", "policeman": "m", "policewoman": "f", "actress": "f",
    "actor": "m", "businesswoman": "f", "businessman": "m", "father": "m", "mother": "f", "sister": "f",
    "brother": "m", "cardinal": "m", "archbishop": "m", "bishop": "m", "emir": "m", "sultan": "m",
    "first lady": "f",
}  # fmt: skip
_IN_APPOSITION = frozenset({"DT", "JJ", "NN", "RB", "NNP", "JJS", "CD", "POS", "PRP$", "HYPH", "VBN", "NNS"})
_POSTS = frozenset({"chief", "head", "director", "chairman", "chairwoman", "executive", "managing", "deputy", "vice"})
PAST = frozenset({"former", "ex", "late", "then", "ousted", "deposed", "onetime", "ex-", "past", "previous", "then-"})


def is_past(reading: Reading, noun: NounMention) -> bool:
    """Whether a title is one held before ("the former president")."""
    lower = reading.syntax.lower
    first = max(0, noun.begin - 5, reading.syntax.sentences[reading.syntax.sentence[noun.begin]][0])
    return any(lower[i] in PAST or lower[i].startswith(("ex-", "then-")) for i in range(first, noun.begin))


def is_post(reading: Reading, noun: NounMention) -> bool:
    """Whether a title is one that firms and clubs have, too: "director", "chief executive"."""
    return _POSTS.issuperset(reading.syntax.lower[noun.begin : noun.end])


def place_stranger(reading: Reading, entity_id: str, name: NameMention[Value]) -> None:
    """Country of an unknown person from the words around: "British financier X", "X of Ireland"."""
    syntax = reading.syntax
    near = reading.before(name.begin, reach=10, joined=True) or before_comma(reading, name)
    country = reading.country_of(near) if near is not None and near is not name else None
    if country is None:
        behind = reading.after(name.end, "of")
        if behind is not None and any(entry in reading.lexicon.roster.countries for entry, _ in behind.values):
            country = reading.country_of(behind)
    if country is None and name.end + 1 < len(syntax) and syntax.lower[name.end] == ",":
        country = _beside_country(reading, name.end + 1)
    if country is not None:
        reading.cast.refine(entity_id, country, None)


def before_comma(reading: Reading, name: NameMention[Value]) -> NameMention[Value] | None:
    """The name in a description that a comma sets off: "A Lebanese lawyer, X"; "the mufti of Egypt, Sheikh X"."""
    syntax = reading.syntax
    at = name.begin
    while at > 0 and syntax.lower[at - 1] in HONORIFICS:
        at -= 1
    if at < 2 or syntax.lower[at - 1] != ",":
        return None
    near = reading.before(at - 1, reach=6)
    if (
        near is not None
        and near.end == at - 1
        and near.begin > 1
        and syntax.lower[near.begin - 1] in ("to", "in", "for")
    ):
        # "Russia's ambassador to Germany, X"
        noun = reading.noun_ending.get(near.begin - 1)
        return reading.before(noun.begin) if noun is not None else None
    if near is None:
        return None
    first = (
        near.begin - 2 if near.end == at - 1 and near.begin > 1 and syntax.lower[near.begin - 1] == "of" else near.end
    )
    if any(i in reading.noun_at for i in range(max(0, first), at - 1)):
        return near
    return None


def _beside_country(reading: Reading, begin: int) -> str | None:
    """The country in an apposition that begins at a token: "X, the first U.S. skater", "Y, mufti of Egypt"."""
    syntax = reading.syntax
    for i in range(begin, min(len(syntax), begin + 8)):
        name = reading.name_at[i]
        if name is not None:
            return (
                reading.country_of(name) if any(e in reading.lexicon.roster.countries for e, _ in name.values) else None
            )
        if syntax.tag[i] not in _IN_APPOSITION and syntax.lower[i] != "of":
            return None
        if i == begin and syntax.tag[i] not in ("DT", "JJ", "PRP$"):
            return None
    return None


def describe_stranger(reading: Reading, entity_id: str, noun: NounMention, of: str | None) -> None:
    """Country and sector of a person the roster does not know, from the role that the text gives."""
    roster = reading.lexicon.roster
    if entity_id in roster.persons:
        return
    country, sector = of, None
    if of in roster.organisations:
        country, sector = roster.organisations[of].country, roster.organisations[of].sector
    chosen = noun.kind("title", "agent")
    if of is None and is_post(reading, noun):
        chosen = None
    if chosen is not None and sector is None and not is_past(reading, noun):
        sector = roster.offices[chosen.id].sector if chosen.kind == "title" else chosen.sector
    reading.cast.refine(entity_id, country, sector)
    if of is None:
        near = reading.before(noun.begin)
        owner = reading.entity_of(near) if near is not None else None
        if owner is not None:
            body = reading.cast[owner]
            reading.cast.refine(entity_id, body.country, None if is_past(reading, noun) else body.sector)


def gender_of(reading: Reading, name: NameMention[Value], noun: NounMention | None) -> str:
    """The gender that an honorific, a title or a given name tells: "m", "f" or ""."""
    lower = reading.syntax.lower
    if name.begin:
        honorific = HONORIFICS.get(lower[name.begin - 1], "")
        if honorific:
            return honorific
    if noun is not None:
        for i in range(noun.begin, noun.end):
            if HONORIFICS.get(lower[i]):
                return HONORIFICS[lower[i]]
    if name.end - name.begin > 1:
        return "f" if fold(lower[name.begin]) in reading.lexicon.women else ""
    return ""
