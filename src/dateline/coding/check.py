"""Check a codebook against its own example sentences, and explain what it does with any sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.annotate import Syntax, find_zones, parse
from dateline.attribute import find_statements
from dateline.coding import code_events
from dateline.coding.codebook import Codebook, Example, default_codebook
from dateline.coding.trigger import TriggerFinder
from dateline.mentions import find_quantities, find_times
from dateline.mentions.predicates import predicates
from dateline.records import Argument, Event, Report, Statement
from dateline.resolve import resolve

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not come out as it says.

    Attributes:
        source: file and entry.
        text: the example sentence.
        problem: what came out instead, and what to look at.
    """

    source: str
    text: str
    problem: str


@dataclass(frozen=True, slots=True)
class Firing:
    """What became of one entry at one word of a sentence.

    Attributes:
        word: the word as it stands in the sentence.
        span: its code points, half-open.
        rule: the entry's rule as records name it.
        source: file and entry.
        fired: whether it coded an event.
        event: id of that event, or None.
        why: what kept it from firing, or from being the one that counts.
    """

    word: str
    span: tuple[int, int]
    rule: str
    source: str
    fired: bool
    event: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The events of a sentence, and every entry that was tried on it."""

    text: str
    events: list[Event]
    firings: list[Firing]


def _code(text: str, syntax: Syntax, codebook: Codebook) -> tuple[list[Event], list[Statement]]:
    report = Report(id="example", text=text)
    zones = find_zones(text)
    times = find_times(syntax, None)
    resolution = resolve(syntax, zones, report)
    statements = find_statements(syntax, zones, resolution, times, report)
    quantities = find_quantities(syntax, times)
    events = code_events(syntax, zones, resolution, times, quantities, statements, report, codebook)
    return events, statements


def check_codebook(codebook: Codebook, nlp: Language) -> list[Failure]:
    """Run every example of a codebook.

    Args:
        codebook: from `load_codebook`.
        nlp: a pipeline from `dateline.annotate.load_model`.

    Returns:
        The examples that fail, in the order of the files; empty for a sound codebook.
    """
    failures = []
    texts = [example.text for _, _, example in codebook.examples]
    for (source, rules, example), syntax in zip(codebook.examples, parse(texts, nlp), strict=True):
        events, _ = _code(example.text, syntax, codebook)
        problem = _problem(example, rules, events)
        if problem:
            failures.append(Failure(source, example.text, problem))
    return failures


def _problem(example: Example, rules: tuple[str, ...], events: list[Event]) -> str:
    text = example.text
    mine = [event for event in events if event.rule in rules]
    if example.none:
        return f"{_told(mine[0], text)} is coded, but this sentence must stay without" if mine else ""
    if not mine:
        others = "; ".join(_told(event, text) for event in events)
        if others:
            return f"the entry does not fire; coded is {others}"
        return "nothing is coded; look with 'dateline codebook test' which condition fails"
    problems = []
    for event in mine:
        problem = _differs(example, event, text)
        if not problem:
            return ""
        problems.append(problem)
    return problems[0]


def _differs(example: Example, event: Event, text: str) -> str:
    if event.type != example.type:
        return f"type is {event.type}, expected {example.type}"
    if example.mode is not None and event.mode != example.mode:
        return f"mode is {event.mode}, expected {example.mode}"
    for role, phrase, arguments in (
        ("actor", example.actor, event.actor),
        ("recipient", example.recipient, event.recipient),
    ):
        if phrase is not None and not _meets(phrase, arguments, text):
            got = _phrases(arguments, text) or "nobody"
            return f"{role} is {got}, expected {phrase!r}"
    if example.trigger is not None and example.trigger not in text[slice(*event.trigger)]:
        return f"trigger is {text[slice(*event.trigger)]!r}, expected {example.trigger!r}"
    return ""


def _meets(phrase: str, arguments: list[Argument], text: str) -> bool:
    begin = text.find(phrase)
    if begin < 0:
        return False
    end = begin + len(phrase)
    return any(a.span is not None and a.span[0] < end and begin < a.span[1] for a in arguments)


def _phrases(arguments: list[Argument], text: str) -> str:
    return " and ".join(repr(text[slice(*a.span)]) for a in arguments if a.span is not None)


def _told(event: Event, text: str) -> str:
    return f"{event.type} by {event.rule!r} at {text[slice(*event.trigger)]!r}"


def explain(text: str, nlp: Language, codebook: Codebook | None = None) -> Explanation:
    """Tell which entries were tried on a sentence, which fired, and what kept the others back.

    Args:
        text: a sentence or more.
        nlp: a pipeline from `dateline.annotate.load_model`.
        codebook: None for the one that comes along.

    Returns:
        The events and the entries tried, in the order of the text.
    """
    book = codebook if codebook is not None else default_codebook()
    (syntax,) = parse([text], nlp)
    events, statements = _code(text, syntax, book)
    finder = TriggerFinder(syntax, predicates(syntax), book, statements)
    by_rule = {(event.rule, event.trigger): event.id for event in events}
    coded = {event.rule: event.id for event in events}
    firings = []
    for i in range(len(syntax)):
        entries = book.triggers.get(finder.lemma[i])
        if entries is None:
            continue
        span = syntax.span(i, i + 1)
        for entry in finder.candidates(entries, i):
            why, _ = finder.check(entry, i)
            event = by_rule.get((entry.rule, span)) or (None if why else coded.get(entry.rule))
            if not why and event is None:
                why = "another entry is more exact, or nobody of political kind takes part"
            firings.append(Firing(syntax.word[i], span, entry.rule, entry.source, event is not None, event, why))
    return Explanation(text, events, firings)
