"""Admission: an act is one of politics by those who take part, by the words around it, or by what is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.coding.off_topic import Topic
from dateline.coding.party import Party
from dateline.coding.trigger import Match
from dateline.records import Entity

# So much doubt has one word that politics has, too, and so much one that it has not.
_SOME, _MUCH = 0.5, 1.0
# Where a nation stands as itself and not as its team: states hold athletes and send help after storms.
_HELD = frozenset(("arrest", "deport"))
# What is said of films, beasts and dishes as of states.
_FIGURES = frozenset(("ASSAULT", "THREATEN", "SUPPORT"))
# Acts that stand without anybody whom they are done to.
_STANDING = frozenset(("COERCE", "SANCTION", "MOBILIZE", "PROTEST"))
# What teams do to each other in the words of states.
_MATCHES = frozenset(("ASSAULT", "CONSULT", "RETREAT", "CONCEDE", "COOPERATE", "SUPPORT", "THREATEN", "MOBILIZE"))
# Sectors of those who act in politics by office or by arms.
_OFFICES = frozenset(("GOV", "MIL", "LEG", "JUD", "OPP", "REB", "COP", "SPY", "IGO", "PTY", "UAF", "INS", "SEP"))
# So many states meet in no match.
_MANY = 3


class Admission:
    """Tells acts of politics from what has only their words.

    Args:
        topic: what the sentences of the text are about.
    """

    def __init__(self, topic: Topic) -> None:
        self.topic = topic
        self.syntax, self.book, self.resolution, self.lemma = topic.syntax, topic.book, topic.resolution, topic.lemma

    def admits(self, match: Match, actors: Iterable[Party], recipients: Iterable[Party]) -> bool:
        """Whether an act is one of politics.

        Args:
            match: its trigger.
            actors: who does it.
            recipients: to whom.
        """
        k, entry, topic = self.syntax.sentence[match.token], match.entry, self.topic
        actors, recipients = tuple(actors), tuple(recipients)
        parties = (*actors, *recipients)
        if any(self._office(party, k) for party in parties):
            return True
        grade = topic.grade(k)
        if grade == 3:
            return True
        verb = entry.kind == "verb"
        if entry.type == "ASSAULT" and verb and not actors and self._harmless(match, k):
            return False
        states, known, persons = self._known(parties)
        doubt = topic.doubt(k, entry.type if states else None)
        words, lemma = self.book.words, self.lemma[match.token]
        if states and doubt >= _SOME:  # "took the side of Fiji", "returned a stolen painting"
            fields = [self.book.off_topic.get(self.lemma[i]) for i in match.taken]
            doubt -= fields.count("stage") + (fields.count("loose") * _SOME if states > 1 else 0)
        done = {self.lemma[i] for i in match.taken}
        telling = grade > 0 or any(word in words["statecraft"] or word in self.book.politics for word in done)
        if topic.of_politics and (grade == 2 or (doubt < _MUCH and topic.near_politics(k))):
            return grade == 2 or entry.type not in _FIGURES or self._aimed(match, recipients)
        if doubt >= _MUCH and (k in topic.marked or not telling or entry.type in _MATCHES):
            if states > 1 and doubt < 2 * _MUCH and not done.isdisjoint(words["statecraft"]):
                return True  # "held talks on the Olympics"
            return states > 0 and telling and (entry.type in ("AID", "PROTEST") or entry.mode in _HELD)
        if entry.type == "PROTEST" or not done.isdisjoint(words["industrial"]):
            return True
        if entry.type == "ASSAULT" and self._violent(lemma, k) and (grade > 0 or known or self._somebody(recipients)):
            return True
        telling = telling or (entry.type == "AID" and states > 0)
        if entry.type == "ASSAULT" and any(self.lemma[party.head] in words["means"] for party in actors):
            telling = True
        near = (grade == 2 and doubt < _SOME) or topic.near_politics(k)
        if not telling and not self._aimed(match, recipients) and not (near and entry.type not in _FIGURES):
            return False
        if doubt >= _SOME:
            return (states > 0 or persons > 1) and (near or telling)
        if near or telling:
            done.add(lemma)
            return known or states > 0 or any(self.book.politics.get(word, 0) > 1 for word in done)
        if persons > 1:
            return True
        if self._bare(match):
            if lemma in words["contest"] and entry.type in _MATCHES:
                return states >= _MANY
            if lemma in words["everyday"]:
                return states > 1
        return states > 0

    def _of_rank(self, entity: Entity) -> bool:
        """Whether somebody has a role that is none of another field: no coach, no "tennis chief"."""
        fields = self.book.off_topic
        return any(fields.keys().isdisjoint(role.title.lower().split()) for role in entity.roles)

    def _lone(self, entity: Entity) -> bool:
        """Whether a text has but the surname of a person: thousands of surnames are those of ministers, too."""
        text = self.syntax.text
        return not any(m.how == "description" or " " in text[m.span[0] : m.span[1]] for m in entity.mentions)

    def _known(self, parties: Sequence[Party]) -> tuple[int, bool, int]:
        """How many states take part, whether anybody does who may act in politics, and how many known persons."""
        states: set[str] = set()
        persons: set[str] = set()
        known = False
        for party in parties:
            if party.entity is not None:
                entity = self.resolution.entity(party.entity)
                if entity.kind == "country":
                    states.add(entity.id)
                elif entity.kind == "person" and (entity.country is not None or self._of_rank(entity)):
                    persons.add(entity.id)
                known = known or entity.country is not None or entity.sector in _OFFICES
                known = known or entity.kind == "organization" or self._of_rank(entity)
            known = known or party.weight > 1
        return len(states), known, len(persons)

    def _bare(self, match: Match) -> bool:
        """Whether an act is said by a word alone, be it with a preposition: "went to", but not "took the side of"."""
        entry, pattern = match.entry, match.entry.pattern
        if entry.kind == "noun":
            return entry.type == "CONSULT"
        if pattern.objects is not None or pattern.transitive or pattern.complements:
            return False
        return entry.type == "ASSAULT" or not pattern.particles

    def _aimed(self, match: Match, recipients: Sequence[Party]) -> bool:
        """Whether an act is done to somebody, if it is one that nobody does to nobody: "Peru attacked"."""
        entry = match.entry
        if entry.kind != "verb" or entry.reciprocal or entry.type in _STANDING:
            return True
        if entry.pattern.objects is not None or entry.pattern.complements:
            return True
        return any(party.weight for party in recipients)

    def leaves_doubt(self, match: Match, parties: Iterable[Party]) -> bool:
        """Whether an act was admitted though its sentence may be of another field."""
        k, topic = self.syntax.sentence[match.token], self.topic
        return topic.doubt(k) >= _SOME and not topic.political(k) and not any(self._office(p, k) for p in parties)

    def _somebody(self, parties: Iterable[Party]) -> bool:
        """Whether a person is named among some parties."""
        return any(party.weight and self.syntax.pos[party.head] == "PROPN" for party in parties)

    def _violent(self, lemma: str, k: int) -> bool:
        """Whether a deed takes lives, or the words around one of harm say that somebody meant it."""
        words = self.book.words
        if lemma in words["lethal"]:
            return True
        return lemma in words["harm"] and not words["violence"].isdisjoint(self._lemmas(k))

    def _lemmas(self, k: int) -> list[str]:
        begin, end = self.syntax.sentences[k]
        return self.lemma[begin:end]

    def _harmless(self, match: Match, k: int) -> bool:
        """Whether nobody is said to have done the harm, nor what: "two buses collided and ten people were hurt"."""
        words = self.book.words
        lemmas = self._lemmas(k)
        if not words["mishaps"].isdisjoint(lemmas):
            return True
        return self.lemma[match.token] in words["harm"] and words["violence"].isdisjoint(lemmas)

    def _office(self, party: Party, k: int) -> bool:
        """Whether a party acts in politics by office or by arms, whatever the field."""
        lemma, topic = self.lemma[party.head], self.topic
        grade = self.book.politics.get(lemma, 0)
        fields = self.book.off_topic
        if grade == 3 or (grade == 2 and topic.doubt(k) < _SOME):
            return True
        if any(self.lemma[i] in fields for i in range(party.begin, party.end)):  # FIFA is a body of sport
            return False
        if party.entity is None:
            return False
        entity = self.resolution.entity(party.entity)
        if entity.kind == "person" and not topic.of_politics and self._lone(entity):
            return False  # a surname in a match report is hardly the minister's
        return entity.kind in ("person", "organization") and (entity.sector in _OFFICES or self._of_rank(entity))
