"""The editor's queries about names and roles: raised only where the roster leaves no doubt."""

from __future__ import annotations

from datetime import date

from dateline.mentions.names import NameMention, name_words, surface
from dateline.records import Flag
from dateline.resolve.reading import Reading, TitledName, Value
from dateline.resolve.roster import Person

# Offices that one person holds at a time, so that its holder rules out all others.
_SINGLE = frozenset(
    {
        "president",
        "monarch",
        "supreme_leader",
        "prime_minister",
        "chancellor",
        "premier",
        "taoiseach",
        "vice_president",
        "foreign_minister",
        "defence_minister",
        "secretary_general",
    }
)
_GRACE_DAYS = 120


def flag_misspelt(reading: Reading, name: NameMention[Value], meant: Person, role: tuple[str, str]) -> None:
    """Query a name that nobody who held the office bore, where a holder's name is nearly the same.

    Args:
        reading: the report.
        name: the name as it stands in the text.
        meant: the holder with the near name.
        role: the office, and the country or organisation it belongs to.
    """
    office, of = role
    roster = reading.lexicon.roster
    text = surface(reading.syntax, name.begin, name.end)
    place = roster.entry(of)
    where = place.name if place is not None else of
    title = roster.title(office, of)
    reading.flags.append(
        Flag(
            kind="name_mismatch",
            span=reading.syntax.span(name.begin, name.end),
            suggestion=meant.id,
            why=f"no {title} of {where} named {text} is known on {reading.cast.on}; {meant.name} holds that office",
        )
    )


def flag_roles(reading: Reading) -> None:
    """Query the title of a known person who never held that office, where somebody else holds it."""
    seen: set[tuple[str, str]] = set()
    for titled in reading.titled:
        flag = _role_mismatch(reading, titled)
        if flag is not None and (titled.entity, flag.why) not in seen:
            seen.add((titled.entity, flag.why))
            reading.flags.append(flag)


def _role_mismatch(reading: Reading, titled: TitledName) -> Flag | None:
    roster = reading.lexicon.roster
    on = reading.cast.on
    person = roster.persons.get(titled.entity)
    if person is None or on is None or titled.past or not titled.offices or titled.of is None:
        return None
    if titled.name.end - titled.name.begin < 2 or titled.of not in roster.countries or person.country != titled.of:
        return None
    if not all(office in _SINGLE for office in titled.offices) or not titled.adjacent:
        return None
    if any(term.office in titled.offices or not term.office for term in person.terms):
        return None
    current = [term for term in person.terms_on(on) if term.of == titled.of]
    if not current or any(_is_fresh(term.begin, on) for term in current):
        return None
    for office in titled.offices:
        holder = roster.holder(office, titled.of, on)
        if holder is None or holder.id == person.id:
            continue
        own = roster.title(current[0].office, titled.of)
        place = roster.countries[titled.of].name
        return Flag(
            kind="role_mismatch",
            span=reading.syntax.span(titled.title[0], titled.name.end),
            suggestion=person.id,
            why=(
                f"{person.name} is {own} of {place} on {on} and never was {roster.title(office, titled.of)}; "
                f"{holder.name} is"
            ),
        )
    return None


def _is_fresh(begin: str | None, on: str) -> bool:
    """Whether a term began so shortly before a day that a report may not know it yet."""
    if begin is None or len(begin) < 10:
        return begin is not None and begin[:4] == on[:4]
    return abs((date.fromisoformat(on) - date.fromisoformat(begin)).days) < _GRACE_DAYS


def flag_outlet(reading: Reading, name: NameMention[Value]) -> str | None:
    """Find the outlet whose name is misspelt, where the text says that it is an outlet, and query it.

    "The newspaper Rodong Sinmum" is the Rodong Sinmun. At least two words, all but one the same,
    and that one off by a letter.

    Returns:
        The outlet's entity, or None.
    """
    syntax = reading.syntax
    text = surface(syntax, name.begin, name.end)
    words = name_words(text)
    if len(words) < 2 or not _said_to_be_outlet(reading, name):
        return None
    for entry in reading.lexicon.outlets_like(words[0]):
        outlet = reading.lexicon.roster.outlets[entry]
        for spelling in (outlet.name, *outlet.aka):
            own = name_words(spelling)
            if len(own) == len(words) and _one_letter_off(words, own):
                found = reading.cast.known(entry)
                if found is not None:
                    why = f"no outlet named {text} is known; {outlet.name} is spelt nearly so"
                    reading.flags.append(
                        Flag(kind="name_mismatch", span=syntax.span(name.begin, name.end), suggestion=found, why=why)
                    )
                return found
    return None


def _said_to_be_outlet(reading: Reading, name: NameMention[Value]) -> bool:
    syntax = reading.syntax
    at = name.begin
    if at and syntax.tag[at - 1] == "DT":
        at -= 1
    if at and syntax.lower[at - 1] == ",":
        at -= 1
    before = reading.noun_ending.get(at)
    if before is not None and before.kind("outlet"):
        return True
    if name.end < len(syntax):
        after = reading.noun_at.get(name.end)
        return after is not None and after.kind("outlet") is not None
    return False


def _one_letter_off(words: tuple[str, ...], own: tuple[str, ...]) -> bool:
    different = [(a, b) for a, b in zip(words, own, strict=True) if a != b]
    if len(different) != 1:
        return False
    a, b = different[0]
    if min(len(a), len(b)) < 4 or abs(len(a) - len(b)) > 1:
        return False
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
