"""Find the expressions of a text: match the grammar where its words stand, compose, resolve."""

from __future__ import annotations

from dateline.annotate.syntax import Syntax
from dateline.mentions.times import tense
from dateline.mentions.times.anchor import Anchors, Found, after, resolve
from dateline.mentions.times.atoms import Atom
from dateline.mentions.times.calendar import day_text, read_published
from dateline.mentions.times.compose import compose
from dateline.mentions.times.lexicon import NOTHING, lexicon
from dateline.mentions.times.readings import READINGS, Reader
from dateline.mentions.times.tokens import split
from dateline.records import Time

# Where 5/12 is the fifth of December is told by the publisher's country; the United States and
# those who write as they do put the month first.
# A history: so many full dates at least (fewer do where nothing is recent), so many days before publication.
_FEW, _SEVERAL, _LONG_AGO = 3, 5, 730
_TO = {"to", "through", "until", "till", "-", "–"}
_MONTH_FIRST = {None, "USA", "PHL", "CAN", "FSM", "PLW", "MHL"}


def atoms_of(words: list[str], lower: list[str], begins: list[int], publisher_country: str | None = None) -> list[Atom]:
    """The composed expressions of a text, unresolved.

    Args:
        words: the text cut by `tokens.split`.
        lower: the same in lower case.
        begins: the offset of each.
        publisher_country: see `find_times`.
    """
    book = lexicon()
    signs = book.encode(words)
    reader = Reader(words, lower, begins, book, day_first=publisher_country not in _MONTH_FIRST)
    found: list[Atom] = []
    at, size = 0, len(signs)
    signs += NOTHING
    rules_at = book.at
    while at < size:
        sign = signs[at]
        if sign == NOTHING:
            at += 1
            continue
        rules = rules_at(sign, signs[at + 1])
        if not rules:
            at += 1
            continue
        matches = []
        for rule in rules:
            match = rule.match(signs, at)
            if match is not None and match.end() > at:
                matches.append((-match.end(), rule, match))
        atom = None
        if matches:
            matches.sort(key=_length)
            for end, rule, match in matches:
                reader.first, reader.last, reader.settings = at, -end, rule.settings
                reader.parts = {
                    name: match.span(name) for name, value in match.groupdict().items() if value is not None
                }
                atom = READINGS[rule.reading](reader)
                if atom is not None:
                    break
        if atom is None:
            at += 1
        else:
            found.append(atom)
            at = max(atom.last, at + 1)
    return compose(found, lower, book)


def _length(match: tuple[int, object, object]) -> int:
    return match[0]


def tag(text: str, published: str | None, publisher_country: str | None, syntax: Syntax | None = None) -> list[Time]:
    """Find and resolve the time expressions of a text; see `find_times`.

    Args:
        text: any text.
        published: ISO date or date-time, or None.
        publisher_country: ISO 3166-1 alpha-3, or None.
        syntax: the parse of the text, or None: then the words around tell past from future.
    """
    words, begins = split(text)
    lower = [word.lower() for word in words]
    atoms = atoms_of(words, lower, begins, publisher_country)
    if not atoms:
        return []
    day = read_published(published)
    outer = atoms[0]

    def direction(_: Atom) -> int:
        # The whole expression is asked about: "until" stands before "9 a.m. Tuesday".
        if syntax is None:
            return tense.direction_by_words(lower, outer.first)
        end = begins[outer.last - 1] + len(words[outer.last - 1])
        return tense.direction(syntax, begins[outer.first], end)

    anchors = Anchors(day, direction, narrative=_is_narrative(atoms, day))
    times: list[Time] = []
    for number, atom in enumerate(atoms, 1):
        outer = atom
        anchors.near = not _heads_line(text, begins[atom.first])
        found = resolve(atom, anchors)
        if (
            number > 1
            and atom.first - atoms[number - 2].last == 1
            and lower[atom.first - 1] in _TO
            and anchors.reference
        ):
            found = after(atom, anchors.reference, found)
        if atom.from_reference and atom.count == 0 and found.value == "XXXX-XX-XX" and day is not None:
            continue  # "on trades made that day", where no day was told
        name = f"t{len(times) + 1}"
        anchors.note(found, name)
        span = (begins[atom.first], begins[atom.last - 1] + len(words[atom.last - 1]))
        times.append(
            Time(
                id=name,
                span=span,
                type=found.type,
                value=found.value,
                begin=_iso(found, found.begin),
                end=_iso(found, found.end),
                mod=found.mod,
                anchor=found.anchor,
            )
        )
    return times


def _heads_line(text: str, begin: int) -> bool:
    """Whether nothing but signs stands before an offset in its line, as in the headings of a live report."""
    at = begin - 1
    while at >= 0 and not text[at].isalnum():
        if text[at] == "\n":
            return True
        at -= 1
    return at < 0


def _iso(found: Found, ordinal: int | None) -> str | None:
    if ordinal is None or found.begin is None or found.end is None:
        return None
    return day_text(ordinal)


def _is_narrative(atoms: list[Atom], published: int | None) -> bool:
    """Whether a text tells a history: its full dates lie years before publication, and it has several."""
    if published is None:
        return False
    old = near = 0
    for atom in atoms:
        dated = atom if atom.within is None else atom.within
        if dated.kind == "fixed" and dated.period is not None:
            begin = dated.period.begin()
            if begin is None or begin < published - _LONG_AGO:
                old += 1
            else:
                near += 1
        elif (atom.kind == "shift" and not atom.from_reference and "accounts" not in atom.extra) or (
            atom.kind == "named" and atom.name == "weekday" and not atom.which
        ):
            near += 1
    return old >= (_FEW if near == 0 else _SEVERAL) and old > 4 * near
