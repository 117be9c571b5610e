"""The country that the text is about at a place: whose "police", whose "foreign ministry"."""

from __future__ import annotations

from collections import Counter

from dateline.mentions.names import word_set
from dateline.resolve.quotation import speaker_head
from dateline.resolve.reading import NounMention, Reading

_DEFINITE = frozenset(
    {"the", "this", "that", "these", "those", "such", "its", "his", "her", "their", "both", "our", "my"}
)
_INDEFINITE = frozenset({"a", "an", "some", "any", "another", "no", "every", "each", "other", "several", "many", "few"})
# What a country that the title names weighs: as much as the last to act.
_HEADLINE = 8
_PLACES = word_set("capital city town village province region district border soil territory coast area island")
_WITHIN = frozenset({"in", "at", "near", "across", "inside", "outside", "throughout", "around", "through"})
_LOCATIVE = frozenset(
    {"in", "at", "near", "across", "inside", "outside", "throughout", "around", "of", "from", "into", "to"}
)


def owner_of(reading: Reading, noun: NounMention) -> str | None:
    """The entity that a noun phrase names as the one its bearer belongs to, or None.

    "Russia's foreign ministry", "the Russian foreign ministry", "the foreign ministry of Russia",
    "its foreign ministry".
    """
    syntax = reading.syntax
    near = reading.before(noun.begin)
    if near is not None:
        entity = reading.entity_of(near)
        if entity is not None and not _coordinated(reading, near.end, noun.begin):
            return entity
    first = max(noun.begin - 5, syntax.sentences[syntax.sentence[noun.begin]][0])
    for i in range(noun.begin - 1, first - 1, -1):
        if syntax.tag[i] == "PRP$" or syntax.tag[i] == "POS":
            at = i if syntax.tag[i] == "PRP$" else i - 1
            if syntax.lower[at] in ("our", "my"):
                return _speaker(reading, at)
            reference = reading.at.get(at)
            return reference.entity if reference is not None else None
        if syntax.tag[i] not in ("JJ", "NN", "NNP", "NNS", "HYPH", "VBN", "JJS", "CD"):
            break
    nested = _owner_noun(reading, noun)
    if nested is not None:
        return nested
    loyal = _loyal_to(reading, noun)
    if loyal is not None:
        return loyal
    behind = reading.after(noun.end, "of", "for", "from", "in", "at", "with")
    if behind is not None:
        entity = reading.entity_of(behind)
        link = syntax.lower[noun.end]
        if (
            entity is not None
            and link in ("in", "at", "with")
            and reading.cast[entity].kind not in ("country", "place")
        ):
            return None
        if entity is not None and id(behind) not in reading.is_place:
            return entity
        if entity is not None:
            country = reading.cast[entity].country
            return reading.cast.country(country) if country in reading.lexicon.roster.countries else None
    return _shared_owner(reading, noun)


def _loyal_to(reading: Reading, noun: NounMention) -> str | None:
    """Whom troops serve: "forces loyal to President Assad"."""
    syntax = reading.syntax
    n = len(syntax)
    if (
        noun.end + 2 < n
        and syntax.lower[noun.end] in ("loyal", "faithful", "allied")
        and syntax.lower[noun.end + 1] in ("to", "with")
    ):
        for i in range(noun.end + 2, min(n, noun.end + 8)):
            name = reading.name_at[i]
            if name is not None:
                return reading.entity_of(name)
            if syntax.pos[i] in ("VERB", "PUNCT"):
                return None
    return None


def _shared_owner(reading: Reading, noun: NounMention) -> str | None:
    """The owner behind a coordination: "the government and people of Saudi Arabia"."""
    syntax = reading.syntax
    n = len(syntax)
    if noun.end + 3 < n and syntax.lower[noun.end] in ("and", "or"):
        for i in range(noun.end + 1, min(n - 1, noun.end + 4)):
            if syntax.lower[i] == "of":
                behind = reading.after(i, "of")
                return reading.entity_of(behind) if behind is not None else None
            if syntax.pos[i] not in ("NOUN", "ADJ", "DET"):
                return None
    return None


def _speaker(reading: Reading, at: int) -> str | None:
    """Whose "our" it is in a quotation, as far as a name or noun tells it."""
    head = speaker_head(reading.syntax, reading.quotations, at)
    if head is None:
        return None
    name = reading.name_at[head]
    if name is not None:
        return reading.entity_of(name)
    noun = reading.noun_at.get(head)
    return reading.describe(reading, noun) if noun is not None and noun.head != at else None


def has_owner_unknown(reading: Reading, noun: NounMention) -> bool:
    """Whether a possessive pronoun owns a noun and nobody knows who it is: "our forces"."""
    syntax = reading.syntax
    first = max(noun.begin - 4, syntax.sentences[syntax.sentence[noun.begin]][0])
    for i in range(noun.begin - 1, first - 1, -1):
        if syntax.tag[i] == "PRP$":
            reference = reading.at.get(i)
            return reference is None or reference.entity is None
        if syntax.tag[i] not in ("JJ", "NN", "NNP", "NNS", "HYPH", "VBN", "JJS", "CD", "RBS"):
            return False
    return False


def is_definite(reading: Reading, noun: NounMention) -> bool:
    """Whether an article or possessive says that the bearer is known."""
    syntax = reading.syntax
    first = max(syntax.sentences[syntax.sentence[noun.begin]][0], noun.begin - 6)
    for i in range(noun.begin - 1, first - 1, -1):
        if syntax.lower[i] in _DEFINITE or syntax.tag[i] == "POS":
            return True
        if syntax.lower[i] in _INDEFINITE:
            return False
        if syntax.pos[i] in ("VERB", "AUX", "ADP", "PUNCT", "SCONJ", "CCONJ") and syntax.tag[i] not in (
            "VBN",
            "VBG",
            "HYPH",
            "``",
        ):
            return False
    return False


def _coordinated(reading: Reading, begin: int, end: int) -> bool:
    return any(reading.syntax.tag[i] in ("CC", ",") for i in range(begin, end))


def _owner_noun(reading: Reading, noun: NounMention) -> str | None:
    """An owner that is itself a noun phrase resolved before: "the foreign ministry's spokesman"."""
    syntax = reading.syntax
    i = noun.begin - 1
    if i >= 0 and syntax.tag[i] == "POS":
        i -= 1
    reference = reading.at.get(i) if i >= 0 else None
    if reference is not None and reference.end <= noun.begin and syntax.head[i] >= i:
        return reference.entity
    if noun.end < len(syntax) and syntax.lower[noun.end] in ("for", "of", "from", "at", "in"):
        for c in syntax.children[noun.end]:
            if syntax.dep[c] == "pobj":
                other = reading.noun_at.get(c)
                if other is not None and other.kind("body", "kind", "government") and other is not noun:
                    return reading.describe(reading, other)
    return None


def country_here(reading: Reading, token: int, local: bool = False) -> str | None:
    """The country that an unqualified noun belongs to.

    The countries of the sentence so far decide, else those of the dozen sentences before, the
    nearest weighing most.

    Args:
        reading: the report.
        token: where the noun stands.
        local: whether the place counts rather than who acts there ("rebels", "residents").
    """
    cast = reading.cast
    syntax = reading.syntax
    here = syntax.sentence[token]
    counts: Counter[str] = Counter()
    speaker = _speaks(reading, token)
    for turn in reading.back():
        if turn.head > token or (speaker is not None and turn.entity == speaker):
            continue  # whoever says "the government" seldom means his own
        distance = here - turn.sentence
        if distance > 12 or (counts and distance > 3 and not local):
            break
        entity = cast[turn.entity]
        if entity.country is None or turn.entity == reading.publisher:
            continue
        if entity.kind == "outlet" and not cast.traits[turn.entity].state:
            continue
        if entity.sector in ("NGO", "IGO") or _is_based(reading, turn.head):
            continue
        if local and entity.kind not in ("country", "place", "group"):
            continue
        weight = 4 if distance == 0 else 3 if distance == 1 else 1
        if not local:
            # Whoever acted last is who is spoken of; a country that only comes up weighs less.
            weight *= (1 + turn.subject) * (3 if distance == 0 else 1)
        if local and names_place(reading, turn.head):
            weight *= 4
        counts[entity.country] += weight
    for country in counts:
        if country in reading.headline_countries:
            counts[country] += _HEADLINE
    if (local and not counts) or sum(counts.values()) < 4:
        ahead = _place_ahead(reading, token)
        if ahead is not None:
            return ahead
    if counts:
        best = max(counts.values())
        for country, count in counts.items():
            if count == best:
                return country
    return _first_named(reading)


def _speaks(reading: Reading, token: int) -> str | None:
    """Who says the quotation that a token stands in."""
    if reading.quotations.of[token] < 0:
        return None
    head = speaker_head(reading.syntax, reading.quotations, token)
    reference = reading.at.get(head) if head is not None else None
    return reference.entity if reference is not None else None


def country_told(reading: Reading, noun: NounMention, of_state: bool) -> str | None:
    """The country of people who are named by a bare noun, where the sentence or the whole report tells it.

    Args:
        reading: the report.
        noun: the noun, without a country of its own.
        of_state: whether the country that the report is all about will do ("police", "rebels"), or
            only a place in the sentence ("diplomats", "residents").
    """
    syntax = reading.syntax
    begin, end = syntax.sentences[syntax.sentence[noun.begin]]
    begin, end = max(begin, noun.begin - 60), min(end, noun.begin + 60)
    found: dict[str, None] = {}
    for i in range(begin, end):
        name = reading.name_at[i]
        if name is not None and name.begin == i and names_place(reading, name.end - 1, _WITHIN):
            if any(syntax.dep[c] == "conj" for c in syntax.children[name.end - 1]):
                return None
            country = reading.country_of(name)
            if country is None and name.begin and syntax.tag[name.begin - 1] == "POS":
                owner = reading.name_at[name.begin - 2]  # "in Myanmar's Rakhine state"
                country = reading.country_of(owner) if owner is not None else None
            if country is not None:
                found[country] = None
    if len(found) == 1:
        return next(iter(found))
    if found or not of_state:
        return None
    counts: Counter[str] = Counter()
    for turn in reading.back():
        entity = reading.cast[turn.entity]
        if turn.head < noun.begin and entity.country is not None and turn.entity != reading.publisher:
            counts[entity.country] += 1
    for country, count in counts.most_common(1):
        if count >= 0.6 * sum(counts.values()):
            return country
    return None


def names_place(reading: Reading, head: int, links: frozenset[str] = _LOCATIVE) -> bool:
    """Whether a mention says where something is."""
    syntax = reading.syntax
    if syntax.dep[head] in ("amod", "compound", "nmod", "poss") and syntax.lemma[syntax.head[head]] in _PLACES:
        head = syntax.head[head]
    return syntax.dep[head] == "pobj" and syntax.lower[syntax.head[head]] in links


def _is_based(reading: Reading, head: int) -> bool:
    """Whether a name stands in a compound participle: "the London-based group"."""
    lower = reading.syntax.lower
    return head + 2 < len(lower) and lower[head + 1] == "-" and lower[head + 2].endswith("ed")


def _place_ahead(reading: Reading, token: int) -> str | None:
    """The country of a place named further on in the sentence: "Gunmen killed a judge in Kenya"."""
    syntax = reading.syntax
    end = min(syntax.sentences[syntax.sentence[token]][1], token + 60)
    for i in range(token + 1, end):
        name = reading.name_at[i]
        if name is not None and name.begin == i and names_place(reading, name.end - 1):
            country = reading.country_of(name)
            if country is not None:
                return country
    return None


def _first_named(reading: Reading) -> str | None:
    for name in reading.names:
        country = reading.country_of(name)
        entity = reading.entity_of(name)
        if country is not None and (entity is None or reading.cast[entity].kind != "outlet"):
            return country
    return None
