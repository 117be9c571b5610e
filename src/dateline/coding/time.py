"""When an event took place, and what told it.

The text's own expression in the clause of the event comes first, then that of the clause above it,
then that of the statement that carries it, then the sentence before, then publication; an event that
none of these dates stays open rather than being guessed (`basis` says which it was). The order
follows how annotators anchor events (TimeML's TLINKs to the nearest time; Chambers et al. 2014,
"Dense event ordering": clause, sentence, document creation time).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from dateline.annotate.syntax import Syntax
from dateline.mentions.times.anchor import grain_of
from dateline.mentions.times.calendar import day_text, read_published
from dateline.mentions.times.lexicon import read_yaml
from dateline.records import EventTime, Factuality, Granularity, Report, Statement, Time, TimeBasis

_UNREAL = {"planned", "possible", "requested", "threatened", "hypothetical", "general"}
# The labels by which a trigger may hang on the verb whose time it shares.
_CORE = frozenset(
    ("dobj", "nsubjpass", "attr", "oprd", "conj", "xcomp", "pcomp", "dative", "compound", "nsubj", "advcl", "pobj",
     "prep", "ccomp", "acl", "relcl", "appos", "amod", "agent", "npadvmod", "nmod", "poss", "acomp")
)  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class Placed:
    """A time expression in the parse: its tokens, the preposition before it, and what it modifies."""

    time: Time
    first: int
    last: int
    prep: str
    governor: int


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
        self._words = _clause_words()
        self._at: dict[int, list[Placed]] = {}
        self._ranges: dict[str, tuple[str, str]] = {}
        for time in times:
            first, last = syntax.chars_to_tokens(*time.span)
            if first >= last:
                continue
            placed = self._place(time, first, last)
            self._at.setdefault(syntax.sentence[first], []).append(placed)
        for placed_here in self._at.values():
            self._join_ranges(placed_here)

    def _place(self, time: Time, first: int, last: int) -> Placed:
        syntax = self.syntax
        head, lower = syntax.head, syntax.lower
        top = last - 1
        for i in range(first, last):
            if not first <= head[i] < last or head[i] == i:
                top = i
                break
        governor = head[top]
        prep = ""
        if governor != top and syntax.pos[governor] in ("ADP", "SCONJ") and governor < first:
            prep = lower[governor]
            governor = head[governor]
        elif first and lower[first - 1] in (
            "since",
            "until",
            "till",
            "by",
            "before",
            "after",
            "from",
            "between",
            "on",
            "in",
            "during",
        ):
            prep = lower[first - 1]
        # "since leaving port on Jan. 5", "since he took office in 2017"
        if syntax.dep[governor] == "pcomp" and lower[head[governor]] == "since":
            prep, governor = "since", head[head[governor]]
        elif syntax.dep[governor] == "advcl" and any(
            lower[c] == "since" and syntax.dep[c] == "mark" for c in syntax.children[governor]
        ):
            prep, governor = "since", head[governor]
        return Placed(time, first, last, prep, governor)

    def _join_ranges(self, here: list[Placed]) -> None:
        """Note the whole of "from March to May", "November and December", "3-5 May" for both ends."""
        lower = self.syntax.lower
        for one, two in pairwise(here):
            if two.first - one.last != 1 or lower[one.last] not in ("to", "and", "-", "–", "through", "until", "till"):
                continue
            a, b = one.time, two.time
            if (
                a.begin
                and a.end
                and b.begin
                and b.end
                and a.begin <= b.begin
                and (grain_of(a.value) == grain_of(b.value))
            ):
                if lower[one.last] == "and" and one.prep not in ("between",) and a.end != b.begin:
                    continue
                self._ranges[a.id] = self._ranges[b.id] = (a.begin, b.end)

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
        if before is not None:
            return self._told(before, "previous")
        if verbal or self._is_news(trigger):
            return self._publication()
        return vague

    # The event's own expression

    def _own(self, trigger: int, unreal: bool) -> tuple[Placed | None, TimeBasis]:
        sentence = self.syntax.sentence[trigger]
        best: tuple[float, int, Placed, TimeBasis] | None = None
        for placed in self._at.get(sentence, ()):
            if placed.time.type == "SET" or (placed.time.type == "DURATION" and placed.time.begin is None):
                continue
            if placed.prep == "since" and self._is_first_since(placed):
                continue
            if self._opens_clause(trigger, placed) or self._opens_clause(self._verb_of(trigger), placed):
                return replace(placed, prep=""), "expression"
            cost = self._below(trigger, placed)
            basis: TimeBasis = "expression"
            if cost is None:
                cost = self._above(trigger, placed)
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

    def _is_first_since(self, placed: Placed) -> bool:
        """Whether it says since when there was none: the first visit since 1999 is not itself since 1999."""
        lower = self.syntax.lower
        begin = self.syntax.sentences[self.syntax.sentence[placed.first]][0]
        window = lower[max(begin, placed.first - 12) : placed.first]
        return not self._words["records"].isdisjoint(window)

    def _verb_of(self, trigger: int) -> int:
        """The verb that a noun completes: the going in "went for talks"."""
        syntax, node = self.syntax, trigger
        for _ in range(3):
            if syntax.pos[node] in ("VERB", "AUX") or syntax.dep[node] not in ("dobj", "pobj", "prep", "attr", "nsubj"):
                break
            node = syntax.head[node]
        return node

    def _opens_clause(self, trigger: int, placed: Placed) -> bool:
        """Whether the trigger's clause tells of the time itself: since 2000, when the leader went."""
        syntax = self.syntax
        when = next((c for c in syntax.children[trigger] if syntax.lower[c] == "when"), 0)
        before = when - 2 if when and syntax.lower[when - 1] == "," else when - 1
        return placed.first <= before < placed.last

    def _below(self, trigger: int, placed: Placed) -> float | None:
        """How far below the trigger an expression hangs, None where it does not."""
        syntax = self.syntax
        if placed.first == trigger + 1 and not placed.prep and syntax.pos[trigger] == "NOUN":
            return 0.0  # "the summit last September", wherever the parser hangs it
        node, cost = placed.governor, 0.0
        if self._dates_noun(placed) and node != trigger:
            # "a 2012 statement" dates the statement; "interfered in the 2016 election" the act as well.
            up = syntax.head[node]
            if not (syntax.dep[node] == "pobj" and syntax.lower[up] in ("in", "during", "at", "into")):
                return None
        for _ in range(8):
            if node == trigger:
                return cost
            if placed.first <= trigger < placed.last:
                return None
            if syntax.pos[node] in ("VERB", "AUX") and syntax.dep[node] in (
                "ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "csubj"
            ):  # fmt: skip
                # "spoke with her while she was in Geneva last week" is one time.
                marks = {syntax.lower[c] for c in syntax.children[node] if syntax.dep[c] in ("mark", "advmod")}
                if syntax.dep[node] != "advcl" or not marks & self._words["same_time"]:
                    return None
            cost += 1.0
            up = syntax.head[node]
            if up == node:
                return None
            node = up
        return None

    def _dates_noun(self, placed: Placed) -> bool:
        """Whether an expression stands before the noun that it modifies."""
        syntax = self.syntax
        return (
            syntax.pos[placed.governor] in ("NOUN", "PROPN")
            and placed.last <= placed.governor
            and placed.prep in ("", "in", "on", "from")
        )

    def _above(self, trigger: int, placed: Placed) -> float | None:
        """How far above the trigger the clause is that an expression dates, None where it is another's."""
        syntax = self.syntax
        dep, lower, head = syntax.dep, syntax.lower, syntax.head

        if self._dates_noun(placed) and placed.governor != head[trigger]:
            return None
        node, cost = trigger, 0.5
        for _ in range(8):
            if node == placed.governor:
                return cost

            label, up = dep[node], head[node]
            if up == node or label not in _CORE:
                return None
            if label == "ccomp" or (label in ("relcl", "acl") and node != trigger):
                return None
            if label == "pobj" and lower[up] == "of" and syntax.pos[head[up]] in ("NUM", "DET", "PRON"):
                cost += 0.5  # "two of its five tests"
            elif label == "pobj" and lower[up] in ("for", "on") and syntax.lemma[head[up]] in self._words["bringing"]:
                cost += 0.5  # "arrived for talks"
            elif label == "pobj":
                if lower[up] in self._words["apart"] or (syntax.pos[node] == "NOUN" and node != trigger):
                    return None
                cost += 0.5
            elif label == "advcl":
                marks = [lower[c] for c in syntax.children[node] if dep[c] in ("mark", "advmod")]
                if self._words["other_time"].intersection(marks):
                    return None
                if syntax.tag[node] == "VB" and any(lower[c] == "to" for c in syntax.children[node]):
                    cost += 2.0
                else:
                    cost += 0.5
            elif label in ("relcl", "acl"):
                return None
            elif label == "nsubj":
                if syntax.lemma[up] in self._words["saying"] or syntax.pos[trigger] != "NOUN":
                    return None
                cost += 1.0
            elif label == "conj":
                # The expression of one of two joined verbs goes for both only where it stands before them.
                if placed.governor == up and syntax.pos[node] in ("VERB", "AUX") and placed.first > node:
                    return None
                cost += 0.5
            else:
                cost += 1.0
            node = up
        return None

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
                p for p in self._at.get(self.syntax.sentence[token], ()) if not _within(p.time.span, statement.content)
            ]
            best: tuple[float, Placed] | None = None
            for placed in inside:
                if placed.time.begin is None:
                    continue
                cost = self._below(token, placed)
                if cost is None:
                    cost = self._above(token, placed)
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
        for back in (0, 1):
            found = [
                p
                for p in self._at.get(sentence - back, ())
                if p.time.begin is not None
                and (grain_of(p.time.value) in grains or (said and syntax.lemma[p.governor] in self._words["saying"]))
                and p.prep not in ("since", "until", "till", "before", "by", "after")
                and (back or p.last <= trigger)
                and not self._ahead_only(p.time)
                and syntax.pos[p.governor] in ("VERB", "AUX", "NOUN")
            ]
            if found:
                return found[-1]
        return None

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
        if any(syntax.lower[c] == "had" for c in syntax.children[node] if syntax.dep[c] == "aux"):
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
        begin, end = self._ranges.get(time.id, (time.begin, time.end))
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


@cache
def _clause_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(entries) for name, entries in read_yaml("clauses.yaml", plain=True).items()}


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
