from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from dateline.annotate.parse import parse
from dateline.coding.time import EventClock, event_time, share_times, statement_time
from dateline.mentions.times import find_times
from dateline.records import Event, EventTime, Link, Report, Statement

if TYPE_CHECKING:
    from spacy.language import Language

When = Callable[..., EventTime]
WEDNESDAY = "2024-05-08"


@pytest.fixture
def when(nlp: Language) -> When:
    """The time of the event that a word says: ``when(text, "visited", factuality=…)``."""

    def when(
        text: str,
        word: str,
        factuality: str = "occurred",
        published: str | None = WEDNESDAY,
        statement: Statement | None = None,
        verbal: bool = False,
        own_words: bool = True,
    ) -> EventTime:
        (syntax,) = parse([text], nlp)
        report = Report(id="r", text=text, published=published)
        times = find_times(syntax, published)
        trigger = syntax.word.index(word)
        return event_time(
            syntax, trigger, times, statement, report, factuality, verbal=verbal, own_words=own_words
        )  # fmt: skip

    return when


def _statement(text: str, source: str, cue: str, content: str) -> Statement:
    def span(part: str) -> list[tuple[int, int]]:
        begin = text.index(part)
        return [(begin, begin + len(part))]

    return Statement(
        id="s1", quote="indirect", source=span(source), cue=span(cue), content=span(content), chain=[Link(), Link()]
    )


@pytest.mark.parametrize(
    ("text", "word", "begin", "end", "basis"),
    [
        ("The rebels shelled the port on Monday.", "shelled", "2024-05-06", "2024-05-07", "expression"),
        ("On Monday the rebels shelled the port.", "shelled", "2024-05-06", "2024-05-07", "expression"),
        ("Monday's attack killed ten people.", "attack", "2024-05-06", "2024-05-07", "expression"),
        ("On Monday the army launched an attack.", "attack", "2024-05-06", "2024-05-07", "clause"),
        ("On Monday the envoys arrived for talks.", "talks", "2024-05-06", "2024-05-07", "clause"),
        ("The two leaders met last month.", "met", "2024-04-01", "2024-05-01", "expression"),
        ("The rebels fought from March to May 2021.", "fought", "2021-03-01", "2021-06-01", "expression"),
        ("The hackers struck in November and December 2014.", "struck", "2014-11-01", "2015-01-01", "expression"),
        ("He has visited five times since 2000.", "visited", "2000-01-01", WEDNESDAY, "expression"),
        ("The fleet has held two drills since leaving port on April 5.", "held", "2024-04-05", WEDNESDAY, "expression"),
        ("He spoke with her while she was in Geneva last week.", "spoke", "2024-04-29", "2024-05-06", "expression"),
    ],
)
def test_own_expression(when: When, text: str, word: str, begin: str, end: str, basis: str) -> None:
    time = when(text, word)
    assert (time.begin, time.end, time.basis) == (begin, end, basis)
    assert time.time is not None


def test_what_did_not_happen_since_spans_to_publication(when: When) -> None:
    text = "The president has not visited the island since 2000, when he went there as a guest."
    negated = when(text, "visited", "negated")
    assert (negated.begin, negated.end) == ("2000-01-01", WEDNESDAY)
    went = when(text, "went")
    assert (went.begin, went.end) == ("2000-01-01", "2001-01-01")


def test_the_first_since_is_not_since(when: When) -> None:
    time = when("The president made his first visit since 2000.", "visit")
    assert time.begin != "2000-01-01"


def test_background_keeps_its_own_time(when: When) -> None:
    text = "The ministers met on Monday to follow up on the summit last September."
    assert (when(text, "summit").begin, when(text, "met").begin) == ("2023-09-01", "2024-05-06")


def test_a_noun_in_a_phrase_apart_takes_no_time(when: When) -> None:
    assert when("The minister resigned on Monday after the raid.", "raid").begin is None
    assert when("A 2012 statement was dismissed.", "dismissed").begin is None


def test_what_is_yet_to_happen_takes_no_past_time(when: When) -> None:
    text = "The general threatened on Monday to sink the ship."
    assert when(text, "threatened").begin == "2024-05-06"
    assert when(text, "sink", "threatened").begin is None
    text = "The two sides agreed on Monday to hold talks next week."
    assert when(text, "talks", "planned").begin == "2024-05-13"
    assert when(text, "agreed").begin == "2024-05-06"


def test_the_time_of_the_statement(when: When, nlp: Language) -> None:
    text = "The minister said on Monday that the sanctions were a disgrace."
    statement = _statement(text, "The minister", "said", "that the sanctions were a disgrace")
    time = when(text, "disgrace", statement=statement, verbal=True)
    assert (time.begin, time.basis) == ("2024-05-06", "statement")
    (syntax,) = parse([text], nlp)
    report = Report(id="r", text=text, published=WEDNESDAY)
    assert statement_time(syntax, statement, find_times(syntax, WEDNESDAY), report) == "t1"


def test_what_was_said_to_have_happened_is_not_dated_by_the_saying(when: When) -> None:
    text = "The minister said on Monday that rebels had shelled the port."
    statement = _statement(text, "The minister", "said", "that rebels had shelled the port")
    assert when(text, "shelled", statement=statement).begin is None
    text = "Last year the paper reported that rebels had shelled the port."
    statement = _statement(text, "the paper", "reported", "that rebels had shelled the port")
    time = when(text, "shelled", statement=statement)
    assert (time.begin, time.basis) == ("2023-01-01", "statement")


def test_the_sentence_before(when: When) -> None:
    text = "The envoy met the president on Monday. She also met the speaker."
    (first, second) = (when(text, "met"), when(text.replace("met", "saw", 1), "met"))
    assert (first.begin, first.basis) == ("2024-05-06", "expression")
    assert (second.begin, second.basis) == ("2024-05-06", "previous")


def test_publication_for_what_is_news(when: When) -> None:
    time = when("The government has expelled two diplomats.", "expelled")
    assert (time.begin, time.end, time.basis) == (WEDNESDAY, "2024-05-09", "publication")
    assert when("The government criticised the plan.", "criticised", verbal=True).basis == "publication"
    assert when("The government criticised the plan.", "criticised", published=None, verbal=True) == EventTime()


def test_an_unknown_time_stays_unknown(when: When) -> None:
    assert when("The rebels had shelled the port.", "shelled") == EventTime()


@pytest.mark.parametrize(
    ("text", "granularity"),
    [
        ("They met on Monday.", "day"),
        ("They met last week.", "week"),
        ("They met in March.", "month"),
        ("They met in 2019.", "year"),
        ("They met in the 1990s.", "decade"),
        ("They met at 10:30 a.m. Monday.", "minute"),
        ("They met on Monday morning.", "hour"),
    ],
)
def test_granularity(when: When, text: str, granularity: str) -> None:
    assert when(text, "met").granularity == granularity


def test_unparsed_text_is_no_obstacle(nlp: Language) -> None:
    from dateline.annotate.syntax import Syntax

    syntax = Syntax.from_doc(nlp.make_doc("They met on Monday and left."))
    report = Report(id="r", text=syntax.text, published=WEDNESDAY)
    clock = EventClock(syntax, find_times(syntax, WEDNESDAY), report)
    for token in range(len(syntax)):
        assert isinstance(clock.of(token, None, "occurred"), EventTime)


def test_days_counted_from_the_main_clause(when: When) -> None:
    text = "The leaders met on Monday, three days after a court indicted 12 officers over the break-in of 2016."
    indicted = when(text, "indicted")
    assert (indicted.begin, indicted.end, indicted.basis) == ("2024-05-03", "2024-05-04", "clause")
    assert when(text, "met").begin == "2024-05-06"
    assert when("They had met on Monday, a week before rebels seized the port.", "seized").begin == "2024-05-13"


def test_what_goes_along_with_a_dated_act(when: When) -> None:
    text = "Troops backed by tanks attacked the town on Monday."
    assert when(text, "backed").begin == "2024-05-06"
    text = "Troops trained by experts attacked the town on Monday."
    assert when(text, "trained").begin is None


def test_what_somebody_is_blamed_for_was_before(when: When) -> None:
    text = "The government was blamed on Monday for imposing sanctions."
    assert when(text, "sanctions").begin is None


def test_mentions_of_one_event_share_their_time() -> None:
    def event(name: str, time: EventTime, same_as: str | None) -> Event:
        return Event(
            id=name,
            type="ASSAULT",
            mode=None,
            contexts=[],
            plover=None,
            trigger=(0, 1),
            actor=[],
            recipient=[],
            place=None,
            time=time,
            factuality="occurred",
            statement=None,
            quantities=[],
            same_as=same_as,
            rule="a",
            confidence=1.0,
        )

    monday = EventTime(begin="2024-05-06", end="2024-05-07", granularity="day", basis="expression", time="t1")
    shared = EventTime(begin="2024-05-06", end="2024-05-07", granularity="day", basis="previous", time="t1")
    for times in ([monday, EventTime()], [EventTime(), monday]):
        events = [event("e1", times[0], None), event("e2", times[1], "e1")]
        share_times(events)
        assert [e.time for e in events] == [monday if t is monday else shared for t in times]
    apart = [event("e1", EventTime(), None), event("e2", monday, None)]
    share_times(apart)
    assert apart[0].time == EventTime()


def test_what_is_said_of_an_old_day_is_said_later(when: When) -> None:
    text = "The ministry published the list on Friday. The senator rejected it."
    time = when(text, "rejected", verbal=True)
    assert (time.begin, time.basis) == (WEDNESDAY, "publication")


def test_an_aside_in_the_pluperfect_does_not_date_what_follows(when: When) -> None:
    text = "The minister had asked for tanks on Tuesday. But the chancellor ruled out a delivery."
    time = when(text, "ruled", verbal=True)
    assert time.basis == "publication"
    assert when(text, "ruled").begin is None
