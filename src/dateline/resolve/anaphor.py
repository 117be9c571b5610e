"""Nouns that point back: "the outlet", "the statement", "the group", "the country"."""

from __future__ import annotations

from dateline.mentions.names import surface, word_set
from dateline.resolve.group import salient
from dateline.resolve.lexicon import Noun
from dateline.resolve.ministry import body_entity
from dateline.resolve.phrase import object_of, possessor
from dateline.resolve.pronoun import antecedent
from dateline.resolve.reading import NounMention, Reading
from dateline.resolve.setting import is_definite, owner_of

# Words that are outlets only where an outlet was spoken of.
_VAGUE = frozenset({"site", "station", "channel", "network", "wire", "website", "publication", "agency", "post"})
_REPORTS = frozenset({"report", "story", "article", "account", "dispatch", "coverage"})
_STATEMENTS = word_set("statement announcement declaration letter communique communiqué remark speech comment")
_BESIDE = frozenset({"neighbor", "neighbour"})
_OF_MEDIA = frozenset({"news", "media", "press", "local"})
# Nouns whose bearer has the word in its name.
_NAMED = word_set(
    "coalition alliance union league network campaign council commission committee panel bureau ministry "
    "department observatory institute foundation fund"
)
_SECTORS: dict[str, tuple[str | None, ...]] = {
    "company": ("BUS", None), "firm": ("BUS", None), "bank": ("BUS", None), "court": ("JUD",), "tribunal": ("JUD",),
    "party": ("PTY", "OPP", None, "GOV"), "university": ("EDU",), "carrier": ("BUS",), "airline": ("BUS",),
    "militia": ("REB", "UAF"), "giant": ("BUS",), "corporation": ("BUS",), "charity": ("NGO",),
    "watchdog": ("NGO", "IGO"), "regulator": ("GOV",), "movement": ("REB", "UAF", "OPP", "PTY", None),
    "group": ("REB", "UAF", "NGO", "IGO", "OPP", "PTY", "BUS", "CVL", None),
    "organization": ("REB", "UAF", "NGO", "IGO", None), "organisation": ("REB", "UAF", "NGO", "IGO", None),
    "bloc": ("IGO",), "body": ("IGO", "NGO", "GOV", None), "agency": ("IGO", "GOV", "SPY", "NGO", "COP", "MED"),
}  # fmt: skip


def outlet_of(reading: Reading, noun: NounMention) -> str | None:
    """The outlet that a phrase means: the one met last, or one of the country that the phrase names."""
    owner = owner_of(reading, noun)
    cast = reading.cast
    text = reading.syntax.lower[noun.begin]
    if owner is not None and cast[owner].kind == "outlet":
        return owner
    if owner is not None and text in _VAGUE:
        return None
    if owner is not None and cast[owner].country in reading.lexicon.roster.countries:
        country = cast[owner].country
        if "media" in reading.syntax.lower[noun.begin : noun.end] or "television" in reading.syntax.lower[noun.end - 1]:
            if noun.kind("body") is not None:
                return body_entity(reading, noun)
        medium = cast.register.medium(country or "")
        if medium is not None and medium != reading.publisher:
            return medium
        if text == "state":
            return cast.make(f"{cast.demonym(country or '')} state media", "outlet", country=country, sector="MED")
        return None
    if not is_definite(reading, noun):
        return None
    for turn in reading.back():
        entity = cast[turn.entity]
        if turn.entity == reading.publisher:
            continue
        if entity.kind == "outlet":
            return turn.entity
        if entity.kind == "organization" and reading.syntax.lower[noun.head] == "agency":
            if entity.sector in _SECTORS["agency"] or entity.sector is None:
                return turn.entity
    return None


def issuer_of(reading: Reading, noun: NounMention) -> str | None:
    """Who speaks through a document: its issuer named in the phrase, else that of the last one so called."""
    syntax = reading.syntax
    lemma = syntax.lemma[noun.head]
    issuer = _issuer_named(reading, noun)
    if issuer is not None:
        reading.documents[lemma] = issuer
        return issuer
    before = syntax.lower[noun.begin - 1] if noun.begin else ""
    if before in _OF_MEDIA and lemma in _REPORTS:
        begin = noun.begin - 2 if noun.begin > 1 and syntax.lower[noun.begin - 2] in _OF_MEDIA else noun.begin - 1
        if not is_definite(reading, noun):
            return reading.cast.make(surface(syntax, begin, noun.end).lower(), "outlet", sector="MED", plural=True)
    if not is_definite(reading, noun):
        return None
    found = reading.documents.get(lemma)
    if found is not None:
        return found
    if lemma in _REPORTS:
        for turn in reading.back():
            if reading.cast[turn.entity].kind == "outlet" and turn.entity != reading.publisher:
                return turn.entity
    return reading.speaking if lemma in _STATEMENTS else None


def _issuer_named(reading: Reading, noun: NounMention) -> str | None:
    """The issuer in the phrase: "KCNA's report", "a statement by the army", "coverage in the paper"."""
    syntax = reading.syntax
    head = noun.head
    for at, outlets_only in (
        (possessor(syntax, head), False),
        (object_of(syntax, head, "by", "from"), False),
        (object_of(syntax, head, "in", "on"), True),
    ):
        if at is None:
            continue
        name = reading.name_at[at]
        reference = reading.at.get(at)
        other = reading.noun_at.get(at)
        issuer = None
        if name is not None:
            issuer = reading.entity_of(name)
        elif reference is not None:
            issuer = reference.entity
        elif other is not None and other is not noun and at > head:
            issuer = reading.describe(reading, other)
        if issuer is not None:
            kind = reading.cast[issuer].kind
            if kind != "place" and (not outlets_only or kind == "outlet"):
                return issuer
    near = reading.before(noun.begin, reach=2)
    issuer = reading.entity_of(near) if near is not None else None
    if issuer is not None and reading.cast[issuer].kind != "place":
        return issuer
    return None


def last_of_kind(reading: Reading, noun: NounMention, chosen: Noun) -> str | None:
    """Find the last of a kind ("the group", "the country"), one whose name has the word first."""
    owner = owner_of(reading, noun)
    syntax = reading.syntax
    word = syntax.lemma[noun.head]
    if chosen.id == "country":
        at = possessor(syntax, noun.head)
        reference = reading.at.get(at) if at is not None else None
        if reference is not None and reference.entity is not None and reference.how == "pronoun":
            country = reading.cast[reference.entity].country
            if word in _BESIDE and country is not None:  # "its neighbor" is the other one spoken of
                return next(iter(salient(reading, ("country",), 1, noun.begin, {country})), None)
            return reading.cast.country(country) if country in reading.lexicon.roster.countries else None
        if owner is not None or not is_definite(reading, noun):
            return None
        return antecedent(reading, noun.head, "", False, ("country",))[0]
    if not is_definite(reading, noun) or (owner is not None and reading.cast[owner].kind != "place"):
        return None
    if chosen.id == "place":
        return reading.recent("place")
    return _last_organisation(reading, noun, word)


def _last_organisation(reading: Reading, noun: NounMention, word: str) -> str | None:
    """The organisation met last that a noun fits."""
    syntax = reading.syntax
    if noun.end < len(syntax) and syntax.lower[noun.end] in ("that", "which", "whose"):
        return None  # "the group that he blames" is one by what follows
    last = None
    armed = noun.kind("agent")
    for turn in reading.back():
        entity = reading.cast[turn.entity]
        if entity.kind not in ("organization", "group") or turn.entity == reading.publisher:
            continue
        if reading.cast.traits[turn.entity].agent:
            continue
        if any(word in name.lower().split() for name in (entity.name, *entity.aliases)):
            return turn.entity
        if last is None and word not in _NAMED and entity.kind == "organization":
            if armed is not None and armed.sector in ("REB", "UAF"):
                last = turn.entity if entity.sector in ("REB", "UAF", None) and entity.country is None else None
            elif word not in _SECTORS or entity.sector in _SECTORS[word]:
                last = turn.entity
    return last
