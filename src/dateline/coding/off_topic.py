"""Off topic: sport, kitchen, weather, stage and nature talk of attacks, strikes and storms and mean none."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import Any

from dateline.coding.phrases import phrases_at
from dateline.coding.trigger import TriggerFinder
from dateline.resolve import Resolution

# A sentence with one sure word, or so many words of one field, is of that field; so is one with any word
# among neighbours that have such words, too.
_ENOUGH = 2
_GAME = 4
_SURE = frozenset(("sure", "clubs", "play"))
_KIND = {"clubs": "PROPN", "titles": "PROPN", "play": "VERB"}
_REACH = 3
# Texts of so many sentences are of another field where this share of them is marked, and at most this one political.
_LONG = 6
_MARKED, _POLITICAL = 0.35, 0.15
_NEAR = 2
# A text of so many sentences is of politics where this share of them is by its words, and few are marked.
_SHORT, _POLITICS, _FEW = 4, 0.25, 0.35
# What weighs towards doubt: a full word of a field, and a word that politics has, too.
_DOUBT = {"loose": 0.5, "skies": 0.5, "game": 0.5}
_SOME = 0.5
# Fields whose words alone never settle it, nor do two of one.
_ONLY_DOUBT = frozenset(("titles", "stage", "nature", "daily", "food", "loose", "skies", "game", "team", "doubt"))
# Fields of which states do something in politics.
_DISHES = frozenset(("kitchen", "food"))
_SKIES = frozenset(("weather", "skies"))
_TRADED = frozenset(("COERCE", "SANCTION", "AID", "COOPERATE", "PROTEST", "AGREE", "CONCEDE", "RETREAT", "REJECT"))
_RELIEF = frozenset(("AID", "SUPPORT", "ACCUSE", "REQUEST", "AGREE", "CONSULT", "SANCTION", "COOPERATE"))
# "Brazil beat Argentina 2-1": a score, and a word of results in its sentence.
# fmt: off
_RESULTS = frozenset((
    "beat", "win", "defeat", "lose", "draw", "victory", "edge", "thrash", "demolish", "crush", "rout", "hammer", "stun",
    "destroy", "overcome", "trounce",
))
# fmt: on
# Only teams do this to nations.
_BEATEN = frozenset(("beat", "edge", "thrash", "trounce", "hammer", "stun", "drub", "pip", "whitewash", "outclass"))
_SCORE = re.compile(r"\b\d{1,2}[-–]\d{1,2}\b(?![-–\d])")
# A country's name with a verb in the plural is its team: "Italy were beaten", "England have won".
_PLURAL = (["were"], ["are"], ["have"])
_BY_NAME, BY_PEOPLE = frozenset(("name",)), frozenset(("name", "demonym"))
_OUTDOORS = frozenset(("sure", "clubs", "phrase", "sport", "weather"))
# Verbs whose past is their present.
_PAST = frozenset(("put", "cut", "hit", "beat", "set", "let", "shut", "hurt", "cost", "bid", "cast", "split", "quit"))
# People of these names are one or many; of any other, "the Dane" is one, as match reports say it.
_MANY = ("ese", "sh", "ch", "ss")
_NOMINAL = frozenset(("nsubj", "nsubjpass", "dobj", "pobj"))


def _alone(after: dict[str, list[Any]], words: list[str], i: int) -> bool:
    """Whether the word behind surely goes on no phrase that begins at a word; the usual case, told fast."""
    return "#" not in after and "" not in after and i + 1 < len(words) and words[i + 1] not in after


class Topic:
    """What the sentences of a text are about.

    Args:
        finder: the finder of the text's triggers, with its parse and codebook.
        resolution: who each phrase means.

    Attributes:
        quiet: indices of the sentences about sport, cooking or weather, which have no events.
        loud: of those that would be quiet but for a word of politics: there only soldiers, police and governments act.
    """

    def __init__(self, finder: TriggerFinder, resolution: Resolution) -> None:
        self.syntax, self.book, self.resolution = finder.syntax, finder.book, resolution
        self.lemma, self.view = finder.lemma, finder.view
        self.marked: dict[int, dict[str, int]] = {}
        self._doubts: dict[tuple[int, str | None], float] = {}
        self._grades: dict[int, int] = {}
        self._scored: set[int] = set()
        self._named: set[int] = set()  # words of phrases of other fields: the premier of "Premier League"
        self.loud: set[int] = set()
        self.quiet = self._quiet()

    def _mark(self, k: int, field: str) -> None:
        counts = self.marked.setdefault(k, {})
        counts[field] = counts.get(field, 0) + 1

    def _words(self) -> set[int]:
        """Mark each sentence with the words and phrases of the fields; return those that one settles."""
        syntax, known = self.syntax, self.book.off_topic
        sure, doubtful = self.book.off_topic_phrases, self.book.doubtful_phrases
        pos, lower, sentence = syntax.pos, syntax.lower, syntax.sentence
        out: set[int] = set()
        rounds, sports = self.book.words["rounds"], self.book.words["sports"]
        for i, lemma in enumerate(self.lemma):
            field = known.get(lemma)
            if lemma == "round" and not rounds.isdisjoint(self.lemma[i + 1 : i + 5]):
                continue  # "a second round of talks"
            if pos[i] == "PROPN" and lemma in sports:
                self._mark(sentence[i], "titles")  # "the Football Association"
            elif field is not None and (syntax.word[i - 1] != "-" or lemma == "doping"):  # a right-winger is no winger
                if field == "kitchen" and lower[i + 1 : i + 2] == ["up"]:
                    continue  # "stirring up trouble"
                if pos[i] == _KIND.get(field, "NOUN") or (field == "kitchen" and pos[i] != "PROPN"):
                    k = sentence[i]
                    if field in _SURE:
                        out.add(k)
                    if field in _SURE or syntax.dep[i] != "compound" or known.get(self.lemma[syntax.head[i]]) != field:
                        self._mark(k, field)  # "the football stadium" is one word of sport
            word = lower[i]
            after = sure.get(word)
            if after is not None and not _alone(after, lower, i):
                for end in phrases_at(sure, lower, i):
                    if lower[end : end + 1] != ["of"] and (
                        lower[end - 1] != "round" or rounds.isdisjoint(self.lemma[end : end + 4])
                    ):  # "in the second half of the year"
                        self._mark(sentence[i], "phrase")
                        self._named.update(range(i, end))
                        out.add(sentence[i])
            after = doubtful.get(word)
            if after is not None and not _alone(after, lower, i):
                for end in phrases_at(doubtful, lower, i):
                    if lower[end - 1] != "round" or rounds.isdisjoint(self.lemma[end : end + 4]):
                        self._mark(sentence[i], "doubt")
                        break
        return out

    def _quiet(self) -> set[int]:
        syntax = self.syntax
        out = self._words()
        for k, counts in self.marked.items():
            loose = counts.get("loose", 0) + counts.get("skies", 0)
            firm = max((count for field, count in counts.items() if field not in _ONLY_DOUBT), default=0)
            game = counts.get("game", 0)
            if firm >= _ENOUGH or (firm and loose) or (game and counts.get("sport")) or game >= _GAME:
                out.add(k)
        for score in _SCORE.finditer(syntax.text):
            i = bisect_right(syntax.begin, score.start()) - 1
            begin, end = syntax.sentences[syntax.sentence[i]]
            self._scored.add(syntax.sentence[i])
            if syntax.sentence[i] in self.marked or not _RESULTS.isdisjoint(self.lemma[begin:end]):
                out.add(syntax.sentence[i])
        for k in self.marked:
            near = range(k - _REACH, k + _REACH + 1)
            if k not in out and sum(1 for n in near if n in self.marked) >= 5 and any(n in out for n in near):
                out.add(k)
        whole = len(syntax.sentences)
        if whole > 2 and (len(out) * 2 >= whole or self._elsewhere(whole)):
            return set(range(whole))
        self.loud = {k for k in out if self.grade(k) == 3}
        return out - self.loud

    def _elsewhere(self, whole: int) -> bool:
        """Whether a text speaks of another field all along, though few of its sentences are sure to."""
        if whole < _LONG or len(self.marked) < _MARKED * whole:
            return False
        return sum(self.grade(k) > 1 for k in range(whole)) <= _POLITICAL * whole

    def doubt(self, k: int, type_: str | None = None) -> float:
        """How much speaks for another field in a sentence: 1 is one sure word of a field.

        Args:
            k: the sentence.
            type_: of an event of a state, to which some fields do not speak against: states send food after floods.
        """
        known = self._doubts.get((k, type_))
        if known is None:
            known = self._teams(k) if self.grade(k) < 2 else 0.0
            for field, count in self.marked.get(k, {}).items():
                if not (field in _DISHES and type_ in _TRADED) and not (field in _SKIES and type_ in _RELIEF):
                    if not (field == "stage" and type_ == "RETREAT"):  # "returned a stolen painting"
                        known += _DOUBT.get(field, 1.0) * count
            self._doubts[k, type_] = known
        return known

    def _teams(self, k: int) -> float:
        """What the grammar of a country's name says of it: "Italy were beaten", "the Dane struck"."""
        syntax, by_head = self.syntax, self.resolution.by_head
        out = 0.0
        for i in range(*syntax.sentences[k]):
            reference = by_head.get(i)
            if reference is None or reference.entity is None or syntax.dep[i] not in _NOMINAL:
                continue
            if self.resolution.entity(reference.entity).kind != "country" or syntax.tag[i] in ("NNS", "NNPS"):
                continue
            if reference.how == "name":
                if syntax.dep[i] in ("nsubj", "nsubjpass"):
                    joined = any(syntax.dep[c] in ("cc", "conj") for c in syntax.children[i])
                    if self._plural(i):
                        out += 0.0 if joined else 1.0
                elif syntax.dep[i] == "dobj" and self.lemma[syntax.head[i]] in _BEATEN:
                    out += 1.0
            elif self.player(i):
                out += 0.5 if syntax.lower[i].endswith(_MANY) else 1.0
        return out

    def _plural(self, i: int) -> bool:
        """Whether a verb in the plural follows a country's name: "Italy were", "Cameroon go"."""
        syntax = self.syntax
        if syntax.lower[i + 1 : i + 2] in _PLURAL:
            return True
        verb = syntax.head[i]
        if verb != i + 1 or syntax.dep[verb] != "ROOT" or syntax.lower[i].endswith("s"):
            return False
        return syntax.tag[verb] in ("VB", "VBP") and syntax.lower[verb] == syntax.lemma[verb] not in _PAST

    def states(self, k: int, how: frozenset[str] = _BY_NAME) -> int:
        """How many states a sentence names, by their names or also by their peoples."""
        found = (self.resolution.by_head.get(i) for i in range(*self.syntax.sentences[k]))
        named = {r.entity for r in found if r is not None and r.how in how and r.entity is not None}
        return sum(self.resolution.entity(entity).kind == "country" for entity in named)

    def stormy(self, k: int) -> bool:
        """Whether a sentence has a word of weather."""
        return "weather" in self.marked.get(k, ())

    def played(self, k: int) -> bool:
        """Whether a sentence has a word that is surely of sport or weather."""
        return not _OUTDOORS.isdisjoint(self.marked.get(k, ()))

    def player(self, i: int) -> bool:
        """Whether a word may be one of a nation, as match reports call players: "the Dane"."""
        syntax, reference = self.syntax, self.resolution.by_head.get(i)
        if reference is None or reference.how != "demonym" or syntax.tag[i] in ("NNS", "NNPS"):
            return False
        return any(syntax.dep[c] == "det" for c in syntax.children[i])

    def grade(self, k: int) -> int:
        """How surely a sentence is of politics by its words: 3 surely, 2 beside no other field, 1 rather, 0 not."""
        known = self._grades.get(k)
        if known is None:
            words, pos, lemma = self.book.politics, self.syntax.pos, self.lemma
            known = 0
            for i in range(*self.syntax.sentences[k]):
                grade = words.get(lemma[i])
                if grade is None or i in self._named:
                    continue
                if k in self._scored and self.syntax.word[i].istitle() and self.syntax.lower[i].endswith("s"):
                    continue  # "Senators beat Bruins 4-2"
                if grade > known and self.syntax.word[i - 1] != "-":  # "a cross-court winner"
                    weak = pos[i] == "VERB" or (grade == 2 and pos[i] == "ADJ")  # "the first official game"
                    known = max(known, int(pos[i] == "VERB")) if weak else grade
            self._grades[k] = known
        return known

    @cached_property
    def of_politics(self) -> bool:
        """Whether the text as a whole is of politics, so that words of a double life mean it."""
        whole = len(self.syntax.sentences)
        if whole < _SHORT or len(self.marked) > _FEW * whole:
            return False
        return sum(self.grade(k) > 1 for k in range(whole)) >= _POLITICS * whole

    def political(self, k: int) -> bool:
        """Whether a sentence has a word of politics, and none of another field if that word has a double life."""
        grade = self.grade(k)
        return grade == 3 or (grade == 2 and (self.of_politics or self.doubt(k) < _SOME))

    def near_politics(self, k: int) -> bool:
        """Whether a sentence nearby has a word of politics: names that nobody knows act there, too."""
        last = len(self.syntax.sentences)
        return any(self.political(n) for n in range(max(0, k - _NEAR), min(last, k + _NEAR + 1)))
