"""Off topic: sport, kitchen, weather, stage and nature talk of attacks, strikes and storms and mean none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from dateline.coding.party import Party
from dateline.coding.phrases import phrases_at
from dateline.coding.trigger import Match, TriggerFinder
from dateline.resolve import Resolution

# A sentence with one sure word, or so many words of one field, is of that field; so is one with any word
# among neighbours that have such words, too.
_ENOUGH = 2
_GAME = 4
_SURE = frozenset(("sure", "clubs", "play"))
_KIND = {"clubs": "PROPN", "titles": "PROPN", "play": "VERB"}
_REACH = 3
# Texts of so many sentences are of another field where these shares of them are sure, marked, and political.
_LONG = 6
_SURELY, _MARKED, _NEARLY_ALL, _POLITICAL = 0.2, 0.5, 0.7, 0.15
_NEAR = 2
# What weighs towards doubt: a full word of a field, and a word that politics has, too.
_DOUBT = {"loose": 0.5, "game": 0.5}
_SOME = 0.5
_MUCH = 2.0
_TEAMS = frozenset(("sport", "titles", "loose", "game", "doubt"))
# Fields whose words alone never settle it.
_ONLY_DOUBT = frozenset(("titles", "stage", "nature", "daily", "food", "loose", "game", "team", "doubt"))
# "Brazil beat Argentina 2-1": a score, and a word of results in its sentence.
# fmt: off
_RESULTS = frozenset((
    "beat", "win", "defeat", "lose", "draw", "victory", "edge", "thrash", "demolish", "crush", "rout", "hammer", "stun",
    "destroy", "overcome", "trounce",
))
# fmt: on
_SCORE = re.compile(r"\b\d{1,2}[-–]\d{1,2}\b(?![-–\d])")
# Where a nation stands as itself and not as its team: states hold athletes and send help after storms.
_HELD = frozenset(("arrest", "deport"))
# What is said of films, beasts and dishes as of states.
_FIGURES = frozenset(("ASSAULT", "THREATEN", "SUPPORT"))
# What states do about food.
_DISHES = frozenset(("kitchen", "food"))
_TRADED = frozenset(("COERCE", "SANCTION", "AID", "COOPERATE", "PROTEST"))
# Acts that stand without anybody whom they are done to.
_STANDING = frozenset(("COERCE", "SANCTION", "MOBILIZE", "PROTEST"))
_SPOKEN = frozenset(("ACCUSE", "REJECT", "REQUEST", "CONCEDE"))
# Sectors of those who act in politics by office or by arms.
_OFFICES = frozenset(("GOV", "MIL", "LEG", "JUD", "OPP", "REB", "COP", "SPY", "IGO", "PTY", "UAF", "INS", "SEP"))
# A country's name with a verb in the plural is its team: "Italy were beaten", "England have won".
_PLURAL = (["were"], ["are"], ["have"])
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
    """

    def __init__(self, finder: TriggerFinder, resolution: Resolution) -> None:
        self.syntax, self.book, self.resolution = finder.syntax, finder.book, resolution
        self.lemma = finder.lemma
        self._marks: dict[int, dict[str, int]] = {}
        self._doubts: dict[int, float] = {}
        self._political: dict[int, bool] = {}
        self.quiet = self._quiet()

    def _mark(self, k: int, field: str) -> None:
        counts = self._marks.setdefault(k, {})
        counts[field] = counts.get(field, 0) + 1

    def _words(self) -> set[int]:
        """Mark each sentence with the words and phrases of the fields; return those that one settles."""
        syntax, known = self.syntax, self.book.off_topic
        sure, doubtful = self.book.off_topic_phrases, self.book.doubtful_phrases
        pos, lower, sentence = syntax.pos, syntax.lower, syntax.sentence
        out: set[int] = set()
        for i, lemma in enumerate(self.lemma):
            field = known.get(lemma)
            if field is not None and syntax.word[i - 1] != "-":  # "hailed the deal" is no hail, a right-winger none
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
                    if lower[end : end + 1] != ["of"]:  # "in the second half of the year"
                        self._mark(sentence[i], "phrase")
                        out.add(sentence[i])
            after = doubtful.get(word)
            if after is not None and not _alone(after, lower, i) and any(True for _ in phrases_at(doubtful, lower, i)):
                self._mark(sentence[i], "doubt")
        return out

    def _quiet(self) -> set[int]:
        syntax = self.syntax
        out = self._words()
        for k, counts in self._marks.items():
            loose = counts.get("loose", 0)
            firm = max((count for field, count in counts.items() if field not in _ONLY_DOUBT), default=0)
            game = counts.get("game", 0)
            if firm >= _ENOUGH or (firm and loose) or (game and counts.get("sport")) or game >= _GAME:
                out.add(k)
        for score in _SCORE.finditer(syntax.text):
            i = bisect_right(syntax.begin, score.start()) - 1
            begin, end = syntax.sentences[syntax.sentence[i]]
            if syntax.sentence[i] in self._marks or not _RESULTS.isdisjoint(self.lemma[begin:end]):
                out.add(syntax.sentence[i])
        for k in self._marks:
            near = range(k - _REACH, k + _REACH + 1)
            if k not in out and sum(1 for n in near if n in self._marks) >= 5 and any(n in out for n in near):
                out.add(k)
        whole = len(syntax.sentences)
        if whole > 2 and (len(out) * 2 >= whole or self._elsewhere(len(out), whole)):
            return set(range(whole))
        return out

    def _elsewhere(self, sure: int, whole: int) -> bool:
        """Whether a text speaks of another field all along, though few of its sentences are sure to."""
        marked = len(self._marks)
        if whole < _LONG or marked < (_MARKED if sure >= _SURELY * whole else _NEARLY_ALL) * whole:
            return False
        return sum(self.political(k) for k in range(whole)) <= _POLITICAL * whole

    def doubt(self, k: int) -> float:
        """How much speaks for another field in a sentence: 1 is one sure word of a field."""
        known = self._doubts.get(k)
        if known is None:
            counts = self._marks.get(k, {})
            known = sum(_DOUBT.get(field, 1.0) * count for field, count in counts.items()) + self._teams(k)
            self._doubts[k] = known
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
                if syntax.dep[i] in ("nsubj", "nsubjpass") and syntax.lower[i + 1 : i + 2] in _PLURAL:
                    joined = any(syntax.dep[c] in ("cc", "conj") for c in syntax.children[i])
                    out += 0.0 if joined else 1.0
            elif reference.how == "demonym" and any(syntax.dep[c] == "det" for c in syntax.children[i]):
                out += 0.5 if syntax.lower[i].endswith(_MANY) else 1.0
        return out

    def political(self, k: int) -> bool:
        """Whether a sentence has a word of politics."""
        known = self._political.get(k)
        if known is None:
            words, pos, lemma = self.book.politics, self.syntax.pos, self.lemma
            known = any(lemma[i] in words and pos[i] != "VERB" for i in range(*self.syntax.sentences[k]))
            self._political[k] = known
        return known

    def admits(self, match: Match, actors: Iterable[Party], recipients: Iterable[Party]) -> bool:
        """Whether an act is one of politics, by those who take part and by the words around it.

        Args:
            match: its trigger.
            actors: who does it.
            recipients: to whom.
        """
        k, entry = self.syntax.sentence[match.token], match.entry
        state = known = False
        actors, recipients = tuple(actors), tuple(recipients)
        for party in (*actors, *recipients):
            if self._office(party, k):
                return True
            if party.entity is not None:
                entity = self.resolution.entity(party.entity)
                state = state or entity.kind == "country"
                known = known or entity.country is not None or entity.sector in _OFFICES
                known = known or entity.kind == "organization" or bool(entity.roles)
        if self.political(k):
            return True
        if entry.type == "ASSAULT" and entry.kind == "verb" and not actors and self._harmless(match, k):
            return False
        doubt = self.doubt(k)
        if entry.pattern.objects is not None or entry.pattern.complements:  # "imposed sanctions", "held talks"
            return state or doubt < 1.0 or entry.type == "PROTEST"
        if entry.kind == "verb" and not entry.reciprocal and not any(party.weight for party in recipients):
            if entry.type in _FIGURES or (entry.type not in _STANDING and not self._near_politics(k)):
                return False  # "Peru attacked", "Iran defended its title", "the Danes refused to panic"
        if doubt < 1.0:
            known = known or (self.lemma[match.token] in self.book.words["lethal"] and self._somebody(recipients))
            return known or entry.type == "PROTEST" or self._near_politics(k)
        counts = self._marks.get(k, {})
        if not counts and entry.type in ("SANCTION", "MOBILIZE"):
            return state
        if not counts or not _TEAMS.isdisjoint(counts):
            return state and (entry.type == "AID" or entry.mode in _HELD)
        if entry.type in _FIGURES:
            return False
        if not _DISHES.isdisjoint(counts):
            return state and entry.type in _TRADED
        return state and (entry.type not in _SPOKEN or doubt < _MUCH)

    def _near_politics(self, k: int) -> bool:
        """Whether a sentence nearby has a word of politics: names that nobody knows act there, too."""
        last = len(self.syntax.sentences)
        return any(self.political(n) for n in range(max(0, k - _NEAR), min(last, k + _NEAR + 1)))

    def leaves_doubt(self, match: Match, parties: Iterable[Party]) -> bool:
        """Whether an act was admitted though its sentence may be of another field."""
        k = self.syntax.sentence[match.token]
        return self.doubt(k) >= _SOME and not self.political(k) and not any(self._office(p, k) for p in parties)

    def _somebody(self, parties: Iterable[Party]) -> bool:
        """Whether a person is named among some parties."""
        return any(party.weight and self.syntax.pos[party.head] == "PROPN" for party in parties)

    def _harmless(self, match: Match, k: int) -> bool:
        """Whether nobody is said to have done the harm, nor what: "two buses collided and ten people were hurt"."""
        words = self.book.words
        lemmas = [self.lemma[i] for i in range(*self.syntax.sentences[k])]
        if not words["mishaps"].isdisjoint(lemmas):
            return True
        return self.lemma[match.token] in words["harm"] and words["violence"].isdisjoint(lemmas)

    def _office(self, party: Party, k: int) -> bool:
        """Whether a party acts in politics by office or by arms, whatever the field."""
        lemma = self.lemma[party.head]
        if lemma in self.book.politics:
            return True
        if lemma in self.book.off_topic:  # FIFA is a body of sport
            return False
        if party.entity is None:
            return False
        entity = self.resolution.entity(party.entity)
        if entity.kind == "person" and party.end - party.begin == 1 and self.doubt(k) >= 1.0:
            return False  # a surname in a match report is hardly the minister's
        return entity.kind in ("person", "organization") and (entity.sector in _OFFICES or bool(entity.roles))
