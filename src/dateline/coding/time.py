"""When an event took place, and what told it.

The text's own expression in the clause of the event comes first, then that of the clause above it,
then that of the statement that carries it, then the sentence before, then publication; an event that
none of these dates stays open rather than being guessed (`basis` says which it was). The order
follows how annotators anchor events (TimeML's TLINKs to the nearest time; Chambers et al. 2014,
"Dense event ordering": clause, sentence, document creation time).
"""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.annotate.syntax import Syntax
from dateline.coding.attachment import Attachment, Placed
from dateline.mentions.times.anchor import grain_of
from dateline.mentions.times.calendar import day_text, read_published, shift_day
from dateline.records import Event, EventTime, Factuality, Granularity, Report, Statement, Time, TimeBasis

_UNREAL = {"planned", "possible", "requested", "threatened", "hypothetical", "general"}
_COUNTED_CLAUSES = ("advcl", "pcomp", "ccomp", "relcl", "acl")
_LENGTH = re.compile(r"P(\d+)([DWMY])")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_GRAINS: dict[str, Granularity] = {
    "day": "day",
    "week": "week",
    "weekend": "week",
    "month": "month",
    "quarter": "quarter",
    "half": "quarter",
    "season": "season",
    "year": "year",
    "decade": "decade",
    "century": "century",
    "millennium": "century",
}


class EventClock:
    """Tells the times of the events of one report.

    Args:
        syntax: the parse.
        times: the report's time expressions, in the order of the text.
        report: for the day of publication.
    """

    def __init__(self, syntax: Syntax, times: list[Time], report: Report) -> None:
        self.syntax = syntax
        self.times = times
        self.published = read_published(report.published)
        self._attachment = Attachment(syntax, times)

    def of(
        self,
        trigger: int,
        statement: Statement | None,
        factuality: Factuality | str,
        *,
        verbal: bool = False,
        own_words: bool = True,
    ) -> EventTime:
        """Say when the event of a trigger took place; see `event_time`."""
        unreal = factuality in _UNREAL
        counted = None if unreal else self._counted_from_main(trigger)
        if counted is not None:
            return counted
        own, basis = self._own(trigger, unreal)
        if own is not None and own.time.begin is not None:
            return self._told(own, basis)
        vague = self._told(own, basis) if own is not None else EventTime()
        if unreal or (factuality == "ongoing" and not verbal):
            return vague
        if statement is not None:
            told = self.statement_time(statement)
            if told is not None and (verbal or grain_of(told.time.value) not in ("day", "week")):
                # "Last year it was reported that …": what was reported was no later.
                return self._told(told, "statement")
            if not (verbal and own_words):
                return vague
        if self._is_background(trigger, said=statement is not None):
            return vague
        before = self._previous(trigger, days_only=verbal, said=statement is not None)
        if before is not None and not (verbal and self._is_old(before.time)):
            return self._told(before, "previous")
        if verbal or self._is_news(trigger):
            return self._publication()
        return vague

    def _counted_from_main(self, trigger: int) -> EventTime | None:
        """The day of what a clause with "three days after" or "a week before" counts from its main clause."""
        syntax = self.syntax
        for mark in syntax.children[trigger]:
            if (
                syntax.lower[mark] not in ("after", "before")
                or mark > trigger
                or syntax.dep[trigger] not in _COUNTED_CLAUSES
            ):
                continue
            main = syntax.head[trigger]
            if syntax.pos[main] in ("ADP", "SCONJ"):
                main = syntax.head[main]
            length = next((p for p in self._attachment.at.get(syntax.sentence[trigger], ()) if p.last == mark), None)
            parts = _LENGTH.fullmatch(length.time.value) if length is not None else None
            if length is None or parts is None:
                return None
            start = self._day_of(main)
            if start is None:
                return None
            sign = -1 if syntax.lower[mark] == "after" else 1
            day = shift_day(start, _UNITS[parts[2]], sign * int(parts[1]))
            if day is None:
                return None
            return EventTime(
                begin=day_text(day), end=day_text(day + 1), granularity="day", basis="clause", time=length.time.id
            )
        return None

    def _day_of(self, verb: int) -> int | None:
        """The day on which what a verb tells took place, by its own expression or in the present tense."""
        own, _ = self._own(verb, unreal=False)
        if own is not None and own.time.begin is not None and grain_of(own.time.value) == "day":
            return read_published(own.time.begin)
        return self.published if self.syntax.tag[verb] in ("VBZ", "VBP") else None

    # The event's own expression

    def _own(self, trigger: int, unreal: bool) -> tuple[Placed | None, TimeBasis]:
        sentence = self.syntax.sentence[trigger]
        best: tuple[float, int, Placed, TimeBasis] | None = None
        for placed in self._attachment.at.get(sentence, ()):
            if placed.time.type == "SET" or (placed.time.type == "DURATION" and placed.time.begin is None):
                continue
            if placed.prep == "since" and self._attachment.is_first_since(placed):
                continue
            if self._attachment.opens_clause(trigger, placed) or self._attachment.opens_clause(
                self._attachment.verb_of(trigger), placed
            ):
                return replace(placed, prep=""), "expression"
            cost = self._attachment.below(trigger, placed)
            basis: TimeBasis = "expression"
            if cost is None:
                cost = self._attachment.above(trigger, placed)
                basis = "clause"
                if cost is None:
                    continue
                if unreal and not self._ahead(placed.time):
                    continue
            if placed.time.begin is None:
                cost += 4
            key = (cost, abs(placed.first - trigger))
            if best is None or key < best[:2]:
                best = (*key, placed, basis)
        return (best[2], best[3]) if best is not None else (None, "unknown")

    def _ahead(self, time: Time) -> bool:
        if time.begin is None or self.published is None:
            return time.value == "FUTURE_REF"
        return time.end is None or time.end > day_text(self.published + 1)

    # Other sentences

    def statement_time(self, statement: Statement) -> Placed | None:
        """The expression that dates the saying of a statement, or None."""
        for begin, end in statement.cue:
            first, last = self.syntax.chars_to_tokens(begin, end)
            if first >= last:
                continue
            token = first
            for i in range(first, last):
                if self.syntax.pos[i] in ("VERB", "AUX"):
                    token = i
                    break
            inside = [
                p
                for p in self._attachment.at.get(self.syntax.sentence[token], ())
                if not _within(p.time.span, statement.content)
            ]
            best: tuple[float, Placed] | None = None
            for placed in inside:
                if placed.time.begin is None:
                    continue
                cost = self._attachment.below(token, placed)
                if cost is None:
                    cost = self._attachment.above(token, placed)
                if cost is not None and (best is None or cost < best[0]):
                    best = (cost, placed)
            if best is not None:
                return best[1]
            # "the ministry said in a statement on Monday", wherever the parser hangs it: after the cue.
            for placed in inside:
                if (
                    placed.time.begin is not None
                    and 0 <= placed.first - last <= 8
                    and grain_of(placed.time.value) == "day"
                ):
                    return placed
        return None

    def _previous(self, trigger: int, days_only: bool, said: bool) -> Placed | None:
        """The day (or week) of what was told just before, in this sentence or the one before.

        Args:
            trigger: the event's word.
            days_only: weeks do not count.
            said: it stands in a statement, which may go on with what was said "earlier this month".
        """
        syntax = self.syntax
        sentence = syntax.sentence[trigger]
        grains = ("day",) if days_only else ("day", "week")
        begin = syntax.begin[syntax.sentences[sentence][0]]
        before = syntax.begin[syntax.sentences[max(0, sentence - 1)][0]]
        said = said and "\n" not in syntax.text[before:begin]
        contrast = syntax.lower[syntax.sentences[sentence][0]] in self._attachment.words["contrast"]
        for back in (0, 1):
            found = [
                p
                for p in self._attachment.at.get(sentence - back, ())
                if p.time.begin is not None
                and (
                    grain_of(p.time.value) in grains
                    or (said and syntax.lemma[p.governor] in self._attachment.words["saying"])
                )
                and p.prep not in ("since", "until", "till", "before", "by", "after")
                and (back or p.last <= trigger)
                and not self._ahead_only(p.time)
                and syntax.pos[p.governor] in ("VERB", "AUX", "NOUN")
                and not (back and (days_only or contrast) and self._is_aside(p.governor))
            ]
            if found:
                return found[-1]
        return None

    def _is_aside(self, node: int) -> bool:
        """Whether a word stands in a clause told in the pluperfect, which goes back behind the story."""
        syntax = self.syntax
        for _ in range(6):
            if syntax.pos[node] in ("VERB", "AUX"):
                return any(syntax.lower[c] == "had" for c in syntax.children[node] if syntax.dep[c] == "aux")
            if syntax.head[node] == node:
                break
            node = syntax.head[node]
        return False

    def _is_old(self, time: Time) -> bool:
        """Whether a day lies days before publication: what is said of it is said later."""
        if self.published is None or grain_of(time.value) != "day":
            return False
        return time.end is not None and time.end < day_text(self.published)

    def _ahead_only(self, time: Time) -> bool:
        return self.published is not None and time.begin is not None and time.begin > day_text(self.published)

    def _is_background(self, trigger: int, said: bool) -> bool:
        """Told in the pluperfect, or a noun that only names something known: "after the summit".

        Args:
            trigger: the event's word.
            said: it stands in a statement; then only the pluperfect sets it back.
        """
        syntax = self.syntax
        node = trigger
        if syntax.pos[node] not in ("VERB", "AUX"):
            if said:
                return False
            # "carried out an attack", "it was the first attack": the noun is what the clause tells.
            if syntax.dep[node] not in ("dobj", "attr", "nsubjpass") and syntax.dep[node] != "ROOT":
                return True
            node = syntax.head[node]
            if syntax.pos[node] not in ("VERB", "AUX"):
                return syntax.dep[node] != "ROOT"
            if syntax.dep[node] not in ("ROOT", "conj"):
                return True
        for child in syntax.children[node]:
            if syntax.dep[child] == "aux" and syntax.lower[child] == "had":
                return True
            if syntax.dep[child] == "prep" and syntax.lower[child] == "at":
                occasion = syntax.child(child, "pobj")
                if occasion is not None and syntax.lemma[occasion] in self._attachment.words["occasions"]:
                    return True
        return not said and syntax.dep[node] in ("relcl", "acl", "advcl") and syntax.tag[node] in ("VBN", "VBD")

    def _is_news(self, trigger: int) -> bool:
        """The report's first sentence told in the perfect or present: what has just happened."""
        syntax = self.syntax
        if syntax.sentence[trigger] > 0 or syntax.pos[trigger] != "VERB":
            return False
        return any(
            syntax.lower[c] in ("has", "have", "is", "are")
            for c in syntax.children[trigger]
            if syntax.dep[c] in ("aux", "auxpass")
        )

    def _publication(self) -> EventTime:
        if self.published is None:
            return EventTime()
        return EventTime(
            begin=day_text(self.published), end=day_text(self.published + 1), granularity="day", basis="publication"
        )

    def _told(self, placed: Placed, basis: TimeBasis) -> EventTime:
        time = placed.time
        begin, end = self._attachment.ranges.get(time.id, (time.begin, time.end))
        published = day_text(self.published) if self.published is not None else None
        prep = placed.prep
        if begin is not None and end is not None:
            if prep == "since" and published is not None and begin < published:
                end = published
            elif prep == "since":
                end = None
            elif prep in ("until", "till") and published is not None and end > published:
                begin = None
            elif prep == "after":
                begin, end = end, None
            elif prep == "before":
                begin, end = None, begin
        grain = grain_of(time.value)
        granularity: Granularity = _GRAINS[grain] if grain else "unknown"
        if "T" in time.value and time.type == "TIME":
            granularity = "minute" if ":" in time.value else "hour"
        return EventTime(begin=begin, end=end, granularity=granularity, basis=basis, time=time.id)


def _within(span: tuple[int, int], content: list[tuple[int, int]]) -> bool:
    return any(begin <= span[0] and span[1] <= end for begin, end in content)


def event_time(
    syntax: Syntax,
    trigger: int,
    times: list[Time],
    statement: Statement | None,
    report: Report,
    factuality: Factuality | str,
    *,
    verbal: bool = False,
    own_words: bool = True,
) -> EventTime:
    """Say when an event took place.

    For all events of a report, `EventClock` does the same and reads the parse once.

    Args:
        syntax: the parse of the report.
        trigger: token of the word that says the event.
        times: all time expressions of the report.
        statement: the innermost statement that carries the event, or None for the publisher's voice.
        report: the report, for the day of publication.
        factuality: the report's stance; what has not happened takes no past time from a clause above.
        verbal: the event is an act of speech (it accuses, demands, refuses, threatens, praises, agrees),
            which takes the time of the speech where nothing else dates it.
        own_words: its actor is the statement's speaker (or it stands in no statement); an act of speech
            that a third party reports takes the time of the report only where that has one.

    Returns:
        Half-open ISO dates, granularity, the id of the expression, and the basis: ``expression`` (it
        hangs on the trigger), ``clause`` (on the clause around it), ``statement`` (on the saying),
        ``previous`` (in the sentence before), ``publication``, or ``unknown`` with begin and end None.
        "Since" spans reach to the day of publication: "has not visited since 2000".
    """
    return EventClock(syntax, times, report).of(trigger, statement, factuality, verbal=verbal, own_words=own_words)


def share_times(events: list[Event]) -> None:
    """Give mentions of one event the time that one of them has.

    A mention that nothing dates takes the time of the mention it repeats (`same_as`), and that one of
    a later mention; the basis is then ``previous``, the id of the expression stays.

    Args:
        events: in the order of the text; changed in place.
    """
    by_id = {event.id: event for event in events}
    for event in events:
        first = by_id.get(event.same_as or "")
        if first is None:
            continue
        for to, source in ((event, first), (first, event)):
            known = source.time
            if to.time.begin is None and to.time.end is None and known.begin is not None:
                to.time = EventTime(
                    begin=known.begin, end=known.end, granularity=known.granularity, basis="previous", time=known.time
                )


def statement_time(syntax: Syntax, statement: Statement, times: list[Time], report: Report) -> str | None:
    """The id of the time expression that dates the saying of a statement, or None.

    Args:
        syntax: the parse of the report.
        statement: its `cue` and `content` are looked at.
        times: all time expressions of the report.
        report: the report.
    """
    placed = EventClock(syntax, times, report).statement_time(statement)
    return placed.time.id if placed is not None else None
