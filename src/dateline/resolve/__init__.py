"""Resolve: who and where every phrase of a report means, on the day of the report."""

from __future__ import annotations

from dateline.annotate import Syntax, Zone
from dateline.mentions.names import NameMention, word_set
from dateline.records import Report, Time
from dateline.resolve.cast import Cast
from dateline.resolve.dating import date_report, middle_of
from dateline.resolve.description import entity_of_noun, note_speech, refer_to_noun
from dateline.resolve.flag import flag_roles
from dateline.resolve.lexicon import Lexicon, lexicon
from dateline.resolve.naming import identify_names, refer_to_name
from dateline.resolve.phrase import left_edge, right_edge
from dateline.resolve.pronoun import PRONOUNS, refer_to_pronoun, settle_speakers
from dateline.resolve.publisher import enter_publisher
from dateline.resolve.reading import NounMention, Reading, Value
from dateline.resolve.resolution import Reference, Resolution, build_resolution

__all__ = ["Reference", "Resolution", "resolve"]

_SPEECH = word_set(
    "say report state announce declare add tell claim warn write publish issue release insist cite deny "
    "reject condemn accuse confirm call urge demand dismiss criticize criticise denounce describe vow pledge "
    "threaten argue stress note"
)


def resolve(
    syntax: Syntax,
    zones: list[Zone],
    report: Report,
    times: list[Time] | None = None,
    *,
    known: Lexicon | None = None,
) -> Resolution:
    """Tell who every phrase of a report means.

    Args:
        syntax: the parsed text.
        zones: its headline, dateline, byline and body.
        report: the report; its date says who holds which office, its publisher is the first entity.
        times: time expressions, which help to date a report that has no date.
        known: the roster and its indexes; by default those that come with the package.

    Returns:
        References to entities for names, descriptions and pronouns, sorted by their begin.
    """
    lex = known or lexicon()
    reading = _read(syntax, zones, report, lex, report.published)
    window = None
    if report.published is None:
        window = date_report(reading, times or [])
        if window is not None:
            # Who holds which office depends on the day: read again as if on one within the window.
            again = _read(syntax, zones, report, lex, middle_of(window))
            reading = again
    return build_resolution(
        syntax, reading.references, reading.at, reading.cast.entities, reading.publisher, reading.flags, window
    )


def _read(syntax: Syntax, zones: list[Zone], report: Report, lex: Lexicon, on: str | None) -> Reading:
    """Resolve a report as one published on a day (ISO), or on an unknown one."""
    cast = Cast(lex, on)
    publisher = enter_publisher(cast, report.publisher)
    reading = Reading(syntax, zones, lex, cast, publisher=publisher, describe=entity_of_noun, title=report.title or "")
    identify_names(reading)
    _refer(reading)
    settle_speakers(reading)
    flag_roles(reading)
    return reading


def _refer(reading: Reading) -> None:
    """Make the references in the order of the text, so that each looks back on those before it."""
    syntax = reading.syntax
    lower, lemma, pos = syntax.lower, syntax.lemma, syntax.pos
    starts: dict[int, list[NounMention]] = {}
    for noun in reading.nouns:
        starts.setdefault(noun.begin, []).append(noun)
    names: dict[int, list[NameMention[Value]]] = {}
    for name in reading.names:
        names.setdefault(name.begin, []).append(name)
    for i, word in enumerate(lower):
        if i in names:
            for name in names[i]:
                refer_to_name(reading, name)
        elif i in starts:
            for noun in starts[i]:
                refer_to_noun(reading, noun)
        elif word in PRONOUNS:
            refer_to_pronoun(reading, i)
        elif pos[i] == "VERB" and lemma[i] in _SPEECH:
            note_speech(reading, i)
    _refer_to_subjects(reading)


def _refer_to_subjects(reading: Reading) -> None:
    """Write down the other noun phrases that act or speak: for their owner ("Syrian missiles"), else nobody known."""
    syntax = reading.syntax
    for i, dep in enumerate(syntax.dep):
        if dep in ("nsubj", "nsubjpass") and syntax.pos[i] == "NOUN" and i not in reading.at:
            if reading.name_at[i] is None:
                span = left_edge(syntax, i, i), right_edge(syntax, i, i + 1)
                owner = next((reading.at[k] for k in range(i - 1, span[0] - 1, -1) if k in reading.at), None)
                if owner is not None and owner.entity is not None and owner.end <= i:
                    reading.refer(span, i, owner.entity, "description", why="acts for its owner")
                else:
                    reading.refer(span, i, None, "description", why=f"{syntax.lower[i]!r} is no actor of the roster")
