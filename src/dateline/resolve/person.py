"""Persons: full names, surnames, titles and name order; who is meant, by office, country and date."""

from __future__ import annotations

from bisect import bisect_left, insort

from dateline.mentions.names import NameMention, fold, name_words, surface, word_set
from dateline.resolve.flag import flag_misspelt
from dateline.resolve.gazetteer import gazetteer
from dateline.resolve.reading import NounMention, Reading, TitledName, Value
from dateline.resolve.roster import Person
from dateline.resolve.spelling import kinship, spelt_alike
from dateline.resolve.stranger import HONORIFICS, describe_stranger, gender_of, is_past, place_stranger

_LEADING = word_set(
    "president prime_minister chancellor premier taoiseach monarch supreme_leader secretary_general pope "
    "head_of_junta opposition_leader foreign_minister high_representative president_of_the_commission"
)
_RANK = (
    "president", "supreme_leader", "prime_minister", "chancellor", "premier", "monarch", "secretary_general",
    "taoiseach", "head_of_junta", "crown_prince", "foreign_minister", "president_of_the_commission",
    "high_representative", "defence_minister", "vice_president", "deputy_prime_minister",
)  # fmt: skip
ORGANISATION_WORDS = word_set(
    "party army navy force forces brigade front militia police court tribunal parliament senate congress "
    "assembly committee commission council ministry department agency bureau office administration university "
    "college school institute hospital union bank company corp inc ltd llc group co corporation airlines "
    "airways oil energy motors times post herald tribune journal gazette daily news tv television radio "
    "telegraph observer foundation association watch observatory coalition network movement organization "
    "organisation church center centre airport stadium street avenue square bridge prize act memorial library "
    "museum international brothers sons partners capital records pictures day club league"
)
_NOT_ROLES = frozenset({"group", "company", "firm", "bank", "agency", "newspaper", "rival", "neighbor", "neighbour"})
_FUTURE = frozenset({"incoming", "designate", "elect", "next", "future", "acting", "interim"})


def is_person(reading: Reading, name: NameMention[Value]) -> bool:
    """Whether a name that the roster has for a person and for something else means the person here."""
    persons = reading.lexicon.roster.persons
    others = [entry for entry, _ in name.values if entry not in persons]
    return not others or name.label == "PERSON" or title_before(reading, name) is not None


def looks_like_person(reading: Reading, name: NameMention[Value]) -> bool:
    """Whether an unmarked name is a person's: an honorific or office before it, or a surname met before."""
    if name.label not in ("", "ORG", "GPE", "NORP", "PRODUCT", "FAC", "LOC"):
        return False
    lower = reading.syntax.lower
    if name.begin and lower[name.begin - 1] in HONORIFICS and lower[name.begin - 1] not in ("father", "mother", "king"):
        return True
    title = title_before(reading, name)
    if title is not None and title.kind("title") and name.label in ("", "ORG", "GPE"):
        return name.label != "GPE" or name.end not in reading.noun_at
    beside = title_beside(reading, name) if name.label in ("", "ORG") else None
    if beside is not None and _is_role(reading, beside):
        return True
    size = name.end - name.begin
    if size in (2, 3) and name.label in ("", "ORG"):
        lower = reading.syntax.lower
        if fold(lower[name.begin]) in reading.lexicon.given_names and name.end not in reading.noun_at:
            if all(w.isalpha() for w in lower[name.begin : name.end]) and lower[name.end - 1] not in ORGANISATION_WORDS:
                return True
    if name.end - name.begin <= 2:
        words = " ".join(name_words(surface(reading.syntax, name.begin, name.end)))
        if reading.cast.register.surnamed(words):
            return True
        if name.label != "NORP" and reading.lexicon.roster.families.get(words):
            return _best_known(reading, reading.lexicon.roster.persons_called(words), None, None) is not None
    return False


def _is_role(reading: Reading, noun: NounMention) -> bool:
    """Whether a noun beside a name says that it is a person's."""
    agent = noun.kind("agent")
    if agent is None or agent.plural:
        return False
    return reading.syntax.lower[noun.end - 1] not in _NOT_ROLES and noun.kind("kind", "outlet", "body") is None


def title_before(reading: Reading, name: NameMention[Value]) -> NounMention | None:
    """The title or role that stands right before a person's name, if any."""
    at = name.begin
    lower = reading.syntax.lower
    while at > 0 and lower[at - 1] in ("mr", "mr.", "mrs.", "ms.", "dr.", "gen.", '"', "“"):
        at -= 1
    noun = reading.noun_ending.get(at)
    if noun is None or noun.kind("title", "agent", "spokesperson", "kin") is None:
        return None
    return noun


def title_beside(reading: Reading, name: NameMention[Value]) -> NounMention | None:
    """The title of a person in apposition: "Putin, the Russian president", "the president, Putin"."""
    syntax = reading.syntax
    n = len(syntax)
    end = name.end
    if end + 1 < n and syntax.lower[end] == ",":
        i = end + 1
        stop = min(n, end + 9)
        while i < stop:
            noun = reading.noun_at.get(i)
            if noun is not None and noun.begin >= i:
                if noun.kind("title", "agent", "spokesperson"):
                    after = noun.end
                    if noun.end >= n or reading.name_at[noun.end] is None or syntax.lower[after] in ("of", "for", ","):
                        return noun if not any(x.plural for x in noun.nouns) else None
                    return None
                i = noun.end
                continue
            if syntax.tag[i] not in ("DT", "JJ", "NN", "NNP", "POS", "HYPH", "NNPS", "PRP$", "JJS", "VBN", "CD", "NNS"):
                break
            i += 1
    if name.begin > 1 and syntax.lower[name.begin - 1] == ",":
        noun = reading.noun_ending.get(name.begin - 1)
        if noun is not None and noun.kind("title", "spokesperson", "agent") and syntax.dep[noun.head] not in ("conj",):
            first = max(noun.begin - 6, syntax.sentences[syntax.sentence[noun.begin]][0])
            if any(syntax.tag[k] in ("DT", "PRP$", "POS") for k in range(first, noun.begin)):
                return noun
    return None


def office_of(
    reading: Reading, noun: NounMention, name: NameMention[Value] | None = None
) -> tuple[list[str], str | None]:
    """The offices a title can mean, and the country or organisation it names, where it names one."""
    of = reading.before(noun.begin)
    if of is name:
        of = None
    where = reading.country_of(of) if of is not None else None
    roster = reading.lexicon.roster
    if of is not None:
        entity = reading.entity_of(of)
        if entity in roster.organisations:
            where = entity
    if where is None:
        behind = reading.after(noun.end, "of", "for", "from", "in")
        if behind is not None and behind is not name:
            entity = reading.entity_of(behind) or (behind.values[0][0] if behind.values else None)
            where = entity if entity in roster.organisations else reading.country_of(behind)
    country = (
        where
        if where in roster.countries
        else roster.organisations[where].country
        if where in roster.organisations
        else where
    )
    offices = []
    general = []
    for title in noun.nouns:
        if title.kind == "title":
            if title.countries and (country in title.countries or where in title.countries):
                offices.append(title.id)
            elif not title.countries:
                general.append(title.id)
            elif where is None:
                offices.append(title.id)
    return list(dict.fromkeys(offices + general)), where


def is_coming(reading: Reading, noun: NounMention) -> bool:
    """Whether a title is not, or only for now, held ("the president-elect", "acting minister")."""
    lower = reading.syntax.lower
    n = len(reading.syntax)
    first = max(0, noun.begin - 4, reading.syntax.sentences[reading.syntax.sentence[noun.begin]][0])
    if any(lower[i] in _FUTURE for i in range(first, noun.begin)):
        return True
    return any(lower[i] in _FUTURE for i in range(noun.end, min(n, noun.end + 2)))


def identify(reading: Reading, name: NameMention[Value]) -> None:
    """Find out which person a name means and note it in `reading.meaning`."""
    text = surface(reading.syntax, name.begin, name.end)
    noun = title_before(reading, name) or title_beside(reading, name)
    offices: list[str] = []
    of: str | None = None
    if noun is not None:
        offices, of = office_of(reading, noun, name)
    roster = reading.lexicon.roster
    candidates = [roster.persons[entry] for entry, _ in name.values if entry in roster.persons]
    words = name_words(text)
    entity: str | None = None
    if candidates:
        chosen = (
            candidates[0] if len(candidates) == 1 else _best_known(reading, candidates, offices, of) or candidates[0]
        )
        entity = reading.cast.known(chosen.id)
    else:
        entity = _by_surname(reading, words, offices, of, name.begin) if len(words) <= 2 else None
        entity = entity or _by_spelling(reading, words, offices, of)
        if entity is None and offices:
            entity = _misspelt(reading, name, offices, of, noun)
    if entity is None:
        entity = _stranger(reading, name, text, noun)
    reading.meaning[id(name)] = entity
    insort(reading.spots.setdefault(entity, []), name.begin)
    reading.cast.alias(entity, text)
    reading.cast.traits[entity].words.update(words)
    if entity not in roster.persons:
        place_stranger(reading, entity, name)
    if noun is not None:
        for office in offices[:1]:
            if of is not None and (office, of) not in reading.cast.traits[entity].offices:
                reading.cast.traits[entity].offices.append((office, of))
        reading.titled.append(
            TitledName(
                entity,
                name,
                offices,
                of,
                is_past(reading, noun) or is_coming(reading, noun),
                (noun.begin, noun.end),
                noun.end == name.begin,
            )
        )
        describe_stranger(reading, entity, noun, of)
    gender = gender_of(reading, name, noun)
    if gender and not reading.cast.traits[entity].gender:
        reading.cast.traits[entity].gender = gender


def nearest(reading: Reading, persons: list[str], at: int) -> str:
    """The one of some persons who was named last before a token, else first after it."""
    best: tuple[int, int] | None = None
    chosen = persons[-1]
    for person in persons:
        spots = reading.spots.get(person, [])
        k = bisect_left(spots, at)
        rank = (1, spots[k - 1]) if k else (0, -spots[0]) if spots else (-1, 0)
        if best is None or rank > best:
            best, chosen = rank, person
    return chosen


def _by_surname(reading: Reading, words: tuple[str, ...], offices: list[str], of: str | None, at: int) -> str | None:
    """A person by surname: one of this report first, then one whose office makes the surname enough."""
    key = " ".join(words)
    met = reading.cast.register.surnamed(key)
    if met:
        fitting = [e for e in met if _fits(reading, e, offices, of)]
        pool = fitting or ([] if offices and of else met)
        if pool:
            return nearest(reading, pool, at)
    known = reading.lexicon.roster.persons_called(key)
    if not known and len(words) == 2 and words[0] in ("al", "el"):
        known = reading.lexicon.roster.persons_called(words[1])
    if known and not offices and any(place.kind == "region" for place in gazetteer().named(key)):
        return None  # Scotland is the land, not whoever bears its name
    best = _best_known(reading, known, offices, of)
    return reading.cast.known(best.id) if best is not None else None


def _fits(reading: Reading, entity_id: str, offices: list[str], of: str | None) -> bool:
    """Whether a person of this report can bear a title."""
    if not offices:
        return True
    held = reading.cast.traits[entity_id].offices
    person = reading.lexicon.roster.persons.get(entity_id)
    if person is not None:
        held = held + [(t.office, t.of) for t in person.terms]
    return any(office in offices and (of is None or where == of) for office, where in held)


def _best_known(reading: Reading, persons: list[Person], offices: list[str] | None, of: str | None) -> Person | None:
    """The one of some namesakes whose office fits the title, the day, and the countries of the report."""
    on = reading.cast.on
    best: tuple[float, Person] | None = None
    tie = False
    for person in persons:
        score = 0.0
        for term in person.terms:
            if not term.office:
                held = on is None or term.held(on)
                score = max(score, 1.0 * held)
                continue
            value = 0.0
            now = on is None or term.held(on)
            if offices and term.office in offices and (of is None or of == term.of):
                value = 20.0 if now else 8.0
                if of is not None:
                    value += 10.0
            elif not offices:
                rank = _RANK.index(term.office) if term.office in _RANK else 30
                value = (10.0 - rank * 0.3) if now else (2.0 - rank * 0.05 if term.office in _LEADING else 0.0)
                if not now and on is not None and term.begin and term.begin[:4] > on[:4]:
                    value = 0.0
            if value and (term.of in reading.cast or of == term.of):
                value += 6.0
            score = max(score, value)
        if person.country is not None and person.country in reading.cast and not offices:
            score += 1.0
        if best is None or score > best[0]:
            best, tie = (score, person), False
        elif score == best[0]:
            tie = True
    if best is None or (tie and best[0] < 20) or best[0] < (8.0 if offices else 1.5):
        return None
    if not offices and best[0] < 6.0 and len(persons) > 1:
        return None
    return best[1]


def _by_spelling(reading: Reading, words: tuple[str, ...], offices: list[str], of: str | None) -> str | None:
    """A known person whose name is written another way: "Dmitri Peskov", "Donald J. Trump"."""
    if len(words) < 2:
        return None
    roster = reading.lexicon.roster
    last = words[-1]
    found = roster.persons_called(last) or roster.persons_called(" ".join(words[-2:]))
    hits = []
    for person in found:
        own = name_words(person.name)
        if len(own) < 2:
            continue
        given = own[0]
        middle = words[1:-1]
        if (words[0] == given and all(len(w) == 1 or w in own for w in middle)) or (
            spelt_alike(words[0], given) and not middle
        ):
            initials = [w for w in middle if len(w) == 1]
            theirs = [w for w in own[1:-1] if len(w) == 1]
            if not (initials and theirs and initials != theirs):
                hits.append(person)
        elif words[0] == given and not _middle_conflict(words, own):
            hits.append(person)
    if not hits:
        return None
    chosen = hits[0] if len(hits) == 1 else _best_known(reading, hits, offices, of)
    return reading.cast.known(chosen.id) if chosen is not None else None


def _middle_conflict(words: tuple[str, ...], own: tuple[str, ...]) -> bool:
    return len(words) != 3 or len(own) > 2


def _misspelt(
    reading: Reading, name: NameMention[Value], offices: list[str], of: str | None, noun: NounMention | None
) -> str | None:
    """The holder of an office whose name is nearly the one given, where nobody of that name is known."""
    if noun is None or is_past(reading, noun) or is_coming(reading, noun) or reading.cast.on is None:
        return None
    text = surface(reading.syntax, name.begin, name.end)
    words = name_words(text)
    places = [of] if of is not None else _countries_here(reading, noun.begin)
    for place in places:
        for office in offices:
            for person in reading.lexicon.roster.holders(office, place, reading.cast.on):
                for spelling in (person.name, *person.aka):
                    own = name_words(spelling)
                    kin = kinship(words, own)
                    if kin is None:
                        continue
                    # Letters with accents get lost or garbled on the way: no mistake of the report.
                    if kin == "misspelt" and text.isascii() and spelling.isascii():
                        flag_misspelt(reading, name, person, (office, place))
                    return reading.cast.known(person.id)
    return None


def _countries_here(reading: Reading, token: int) -> list[str]:
    """Countries named before a token in its sentence, nearest first, then those of the sentence before."""
    syntax = reading.syntax
    sentence = syntax.sentence[token]
    first = syntax.sentences[max(0, sentence - 1)][0]
    found: dict[str, None] = {}
    for i in range(token - 1, first - 1, -1):
        name = reading.name_at[i]
        if name is not None and name.end - 1 == i:
            country = reading.country_of(name)
            if country is not None:
                found[country] = None
    return list(found)


def _stranger(reading: Reading, name: NameMention[Value], text: str, noun: NounMention | None) -> str:
    """Enter a person whom the roster does not know; a surname alone finds the full name met before."""
    words = name_words(text)
    met = reading.cast.register.surnamed(" ".join(words)) if len(words) <= 2 else []
    for entity in reversed(met):
        if reading.lexicon.roster.persons.get(entity) is None:
            return entity
    return reading.cast.register.person(words) or reading.cast.make(text, "person")
