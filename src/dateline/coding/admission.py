"""Admission: an act is one of politics by those who take part, by the words around it, or by what is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.coding.off_topic import BY_PEOPLE, Topic
from dateline.coding.party import Party
from dateline.coding.trigger import Match
from dateline.records import Entity
from dateline.resolve.roster import roster

# So much doubt has one word that politics has, too, and so much one that it has not.
_SOME, _MUCH = 0.5, 1.0
# Where a nation stands as itself and not as its team: states hold athletes and send help after storms.
_HELD = frozenset(("arrest", "deport"))
# What those in office do to anybody, in the stands and after storms.
_CIVIL = frozenset(("SUPPORT", "REQUEST", "CONSULT", "AGREE"))
# What is said of films, beasts and dishes as of states.
_FIGURES = frozenset(("ASSAULT", "THREATEN", "SUPPORT"))
# Acts that stand without anybody whom they are done to.
_STANDING = frozenset(("COERCE", "SANCTION", "MOBILIZE", "PROTEST"))
# What teams do to each other in the words of states.
_MATCHES = frozenset(("ASSAULT", "CONSULT", "RETREAT", "CONCEDE", "COOPERATE", "SUPPORT", "THREATEN", "MOBILIZE"))
# What one state does in bad weather, too, at home: "Florida urged residents to leave", "Japan cancelled flights",
# and "Bangladesh moved thousands to shelters".
_WARNED = frozenset(("REQUEST", "ACCUSE", "CONSULT", "AGREE", "SANCTION"))
# Sectors of those who act in politics by office or by arms.
_OFFICES = frozenset(("GOV", "MIL", "LEG", "JUD", "OPP", "REB", "COP", "SPY", "IGO", "PTY", "UAF", "INS", "SEP"))
_ANSWERS = frozenset(("REJECT", "AGREE", "SUPPORT", "ACCUSE", "CONCEDE"))
_FIGHTERS = frozenset(("MIL", "REB", "UAF", "INS", "SEP"))
_LEADING = frozenset(("president", "prime_minister", "foreign_minister", "monarch", "chancellor", "secretary_general"))
_FEW = 3
# Grades of words that mean politics or affairs whatever stands beside them.
_SINGLE = frozenset((1, 3))
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
        if self._apart(match, actors, recipients):
            return False
        if k in topic.loud:
            return any(self.book.politics.get(self.lemma[party.head]) == 3 for party in parties)
        if any(self._office(party, k) for party in parties):
            return True
        grade = topic.grade(k)
        if grade == 3 and topic.doubt(k) < 2 * _MUCH:
            return True
        benches = [party for party in actors if self.lemma[party.head] in self.book.words["benches"]]
        if self._nations(benches) and topic.doubt(k) < 2 * _MUCH:
            return True  # "a Russian court"
        verb = entry.kind == "verb"
        if entry.type == "ASSAULT" and verb and not actors and self._harmless(match, k):
            return False
        states, known, persons = self._known(parties)
        crowds = entry.type == "PROTEST" and self._town(recipients)  # who march chant for bread, too
        home = entry.type in _WARNED or (entry.type == "AID" and self._known(actors)[0] > 0 and topic.states(k) < 2)
        stopped = entry.type == "SANCTION" and not actors  # "ferries to Spain were suspended"
        if entry.type == "COOPERATE" and self.syntax.tag[match.token] in ("VBZ", "VBP"):
            stopped = True  # "exports most of its avocados"
        open_ = (states > 1 and not stopped) or crowds or (states == 1 and not home)
        doubt = topic.doubt(k, entry.type if open_ else None)
        words, lemma = self.book.words, self.lemma[match.token]
        if grade == 2 and 0 < doubt < _MUCH and self._political(k) > 1:
            doubt = 0.0  # "opposition supporters marched against the president"
        if states > 1 and doubt >= _SOME:  # "took the side of Fiji"
            own = (match.token, *match.taken)
            doubt -= sum(self.book.off_topic.get(self.lemma[i]) == "loose" for i in own) * _SOME
        done = {self.lemma[i] for i in match.taken}
        telling = (grade > 0 if doubt < _SOME else self._affairs(k, match.token)) or any(
            word in words["statecraft"] or word in self.book.politics for word in done
        )
        if topic.of_politics and (grade == 2 or (doubt < _MUCH and topic.near_politics(k))):
            return grade == 2 or entry.type not in _FIGURES or self._aimed(match, recipients)
        if doubt >= _MUCH and (k in topic.marked or not telling or entry.type in _MATCHES):
            if states > 1 and doubt < 2 * _MUCH and not done.isdisjoint(words["statecraft"]):
                return True  # "held talks on the Olympics"
            if grade == 2 and lemma in words["excluding"] and self._known(recipients)[0]:
                return True  # "banned Russia from the cup after the invasion"
            return states > 0 and (entry.mode in _HELD or (telling and entry.type in ("AID", "PROTEST")))
        if entry.type == "PROTEST" or not done.isdisjoint(words["industrial"]):
            if telling or states > 0 or any(self._crowd(party) for party in actors):
                return True
            return doubt < _SOME and lemma not in words["everyday"]
        if entry.type == "ASSAULT" and self._violent(lemma, k) and (grade > 0 or known or self._somebody(recipients)):
            return True
        if entry.type == "ASSAULT" and verb and doubt < _SOME and self._town(recipients) and self._armed(actors):
            return True  # teams strike no towns: "Russia struck Kharkiv"
        if entry.type == "ASSAULT" and verb and doubt < _SOME and self._known(actors)[0] and self._people(recipients):
            return True  # "Turkey struck Kurdish positions"
        if entry.type == "MOBILIZE" and verb and doubt < _SOME and states > 0 and not done.isdisjoint(words["means"]):
            return True  # "Taiwan scrambled jets"
        if verb and doubt < _SOME and persons > 1 and any(self._leads(party) for party in parties):
            return True  # "Assad will meet Putin"
        if verb and doubt < _SOME and any(self._leads(party) for party in actors):
            if states > 0 or self._town(recipients) or any(self._leads(party) for party in recipients):
                return True  # "Macron visited Beijing", "Macron telephoned Zelensky"
            if entry.type in _ANSWERS and not self._common(lemma) and self._aimed(match, recipients):
                return True  # "Castro promised the strikers"
        if verb and doubt < _SOME and not self._common(lemma) and self._answers(match, actors):
            return True  # "Egypt rejected the proposal"
        if entry.type == "AID" and (not actors or self._known(actors)[1]):
            telling = telling or states > 0 or self._nations(parties) > 1
        if entry.type == "ASSAULT" and any(self.lemma[party.head] in words["means"] for party in actors):
            telling = True
        near = (grade == 2 and doubt < _SOME) or topic.near_politics(k)
        if not telling and not self._aimed(match, recipients) and not (near and entry.type not in _FIGURES):
            return False
        if doubt >= _SOME:
            return (states > 0 or persons > 1) and (near or telling)
        if near or telling:
            plain = done.isdisjoint(words["statecraft"]) and done.isdisjoint(self.book.politics)
            if plain and not states and not persons and grade < 3:
                if grade == 1 and entry.type == "CONSULT" and not near and self._bare(match):
                    return False  # "to go to Athens was a relief"
                common = lemma in words["everyday"] or entry.type == "SUPPORT"
                if common and not any(map(self._specific, parties)) and not topic.of_politics:
                    return False  # "her spokesman insisted", "the judges praised her tart"
            if known or states > 0 or self.book.politics.get(lemma) == 3:
                return True
            return any(self.book.politics.get(word, 0) > 1 for word in done)  # no "in negotiations" with anybody
        if persons > 1:
            return True
        if self._bare(match):
            if lemma in words["contest"] and entry.type in _MATCHES:
                return states >= _MANY and self._known(actors)[0] > 1  # no "Cyprus will meet Malta and Andorra"
            if lemma in words["everyday"]:
                return states > 1
        # One state, and nothing else of politics: where somebody known acts, it does.
        acting = [party for party in actors if self._specific(party) or self.lemma[party.head] in self.book.politics]
        if states == 1 and entry.type != "ASSAULT" and (self._known(acting)[1] or (not verb and topic.states(k) > 1)):
            return True
        return states > 1 or (states > 0 and (persons > 0 or (entry.type == "RETREAT" and entry.pattern.transitive)))

    def _common(self, lemma: str) -> bool:
        """Whether anybody does it, or teams do."""
        return lemma in self.book.words["everyday"] or lemma in self.book.words["contest"]

    def _answers(self, match: Match, actors: Sequence[Party]) -> bool:
        """Whether a state answers what is on the table, as no team does."""
        if match.entry.type not in _ANSWERS or not self._known(actors)[0]:
            return False
        predicate = self.topic.view[match.token]
        heads = (*predicate.patients, *predicate.obliques.get("to", ()), *predicate.obliques.get("for", ()))
        return any(self.lemma[head] in self.book.words["tabled"] for head in heads)

    def _of_state(self, party: Party) -> bool:
        """Whether somebody holds an office of a state, or sits in its courts: "Indonesia's president"."""
        if party.entity is None or self.lemma[party.head] not in self.book.words["offices"]:
            return False
        entity, by_head = self.resolution.entity(party.entity), self.resolution.by_head
        inside = [by_head[k] for k in range(party.begin, party.end) if k in by_head and k != party.head]
        return any(
            r.entity is not None and r.entity in (entity.id, entity.country) and r.how in ("name", "demonym")
            for r in inside
        )

    def _political(self, k: int) -> int:
        """How many nouns of politics a sentence has, those counted that have a double life."""
        words, pos, tokens = self.book.politics, self.syntax.pos, range(*self.syntax.sentences[k])
        return sum(words.get(self.lemma[i], 0) > 1 and pos[i] in ("NOUN", "PROPN") for i in tokens)

    def names_somebody(self, match: Match) -> bool:
        """Whether a noun says who acts, and no act: "the opposition in Peru criticised the premier"."""
        i, lemma = match.token, self.lemma[match.token]
        if match.entry.kind != "noun" or self.syntax.dep[i] not in ("nsubj", "nsubjpass"):
            return False
        return lemma in self.book.actors and lemma not in self.book.words["means"]

    def _apart(self, match: Match, actors: Sequence[Party], recipients: Sequence[Party]) -> bool:
        """Whether an act is none of politics whoever does it."""
        k, entry, topic, words = self.syntax.sentence[match.token], match.entry, self.topic, self.book.words
        if entry.type in _CIVIL and topic.played(k) and not self._both_sides(k, actors, recipients):
            return True  # "the premier congratulated the team", "the mayor asked people to stay off the pier"
        if entry.type == "COERCE" and entry.mode not in _HELD and topic.stormy(k) and topic.states(k, BY_PEOPLE) < 2:
            if words["violence"].isdisjoint(self._lemmas(k)) and "emergency" not in self._lemmas(k):
                return True  # schools closed for a storm
        if entry.kind != "verb":
            return self.names_somebody(match)
        ways = (i for i in topic.view[match.token].patients if self.lemma[i] == "way" and i not in match.taken)
        if any(self.syntax.child(i, "poss") is not None for i in ways):
            return True  # "fought their way out of trouble"
        marching = self.lemma[match.token] in words["marching"] and not match.taken and bool(actors)
        return marching and all(map(self._country, actors))  # people rally, states do not: "Fiji rallied"

    def _of_rank(self, entity: Entity) -> bool:
        """Whether somebody has a role of politics, and of no other field: no coach, no "president of the club"."""
        return any(self._ranked(role.title.lower().split()) for role in entity.roles)

    def _ranked(self, title: Sequence[str]) -> bool:
        ranks, posts, known = self.book.words["ranks"], self.book.words["posts"], self.book.politics
        if not self.book.off_topic.keys().isdisjoint(title):
            return False
        return any(word in known or (word in ranks and (word not in posts or len(title) > 2)) for word in title)

    def _state(self, party: Party) -> bool:
        """Whether a phrase of a country means its state: "Syrian troops", not "the Syrian", "Syrian sisters"."""
        head = party.head
        if self.syntax.pos[head] != "NOUN":
            return not self.topic.player(head)
        lemma, words = self.lemma[head], self.book.words
        if lemma in self.book.politics or any(lemma in words[key] for key in ("bodies", "means", "ranks")):
            return True
        if lemma in self.book.actors or lemma in self.book.off_topic:
            return False
        return "POS" in self.syntax.tag[party.begin : head]  # "Chad's jailing of critics"

    def _hired(self, party: Party) -> bool:
        """Whether a party works for anybody: "the agent of the player", but "federal agents", "its agents"."""
        if self.lemma[party.head] not in self.book.words["hired"]:
            return False
        owner = self.syntax.child(party.head, "poss")
        if owner is not None and self.syntax.lower[owner] not in ("his", "her"):
            return False
        return self.syntax.child(party.head, "amod", "compound", "nmod") is None

    def _both_sides(self, k: int, *sides: Sequence[Party]) -> bool:
        """Whether an act is one between states or offices, or of several countries."""
        if self.topic.states(k, BY_PEOPLE) > 1:
            return True
        found = [[party.head for party in side if self._in_politics(party)] for side in sides]
        return all(found) and len({head for heads in found for head in heads}) > 1

    def _in_politics(self, party: Party) -> bool:
        """Whether a party is a state, somebody of the roster or an office."""
        states, _, persons = self._known((party,))
        return states + persons > 0 or self.book.politics.get(self.lemma[party.head], 0) > 1

    def _specific(self, party: Party) -> bool:
        """Whether a phrase tells who acts or of which country: no bare "officials"."""
        entity = self.resolution.entity(party.entity) if party.entity is not None else None
        if entity is not None and entity.country is not None:
            return True
        return "PROPN" in self.syntax.pos[party.begin : party.end]

    def _country(self, party: Party) -> bool:
        """Whether a party is a country by its name."""
        reference = self.resolution.by_head.get(party.head)
        if reference is None or reference.entity is None or reference.how != "name":
            return False
        return self.resolution.entity(reference.entity).kind == "country"

    def _nations(self, parties: Sequence[Party]) -> int:
        """Of how many countries the parties are."""
        found = (self.resolution.entity(party.entity) for party in parties if party.entity is not None)
        return len({entity.country for entity in found if entity.country is not None and entity.kind != "person"})

    def _crowd(self, party: Party) -> bool:
        """Whether a party is of people without a name: "teachers", "Dutch farmers", but no fans."""
        if party.weight < 2 or self.lemma[party.head] in self.book.off_topic:
            return False
        return party.entity is None or self.resolution.entity(party.entity).kind == "group"

    def _body(self, entity: Entity) -> bool:
        """Whether a body has more than a word to its name, and none of sport: parsers take players for bodies."""
        words = entity.name.lower().split()
        fields = {self.book.off_topic.get(word, "loose") for word in words}
        return (len(words) > 1 or entity.name.isupper()) and fields == {"loose"}

    def _lone(self, entity: Entity) -> bool:
        """Whether a text has but the surname of a person: thousands of surnames are those of ministers, too."""
        text, words = self.syntax.text, entity.name.split()
        first, family = words[:-1], words[-1]
        for mention in entity.mentions:
            said = text[mention.span[0] : mention.span[1]]
            if any(word in first for word in said.split()):
                return False
            if mention.how == "description" and family not in said and self._ranked(said.lower().split()):
                return False
        return True

    def _known(self, parties: Sequence[Party]) -> tuple[int, bool, int]:
        """How many states take part, whether anybody does who may act in politics, and how many known persons."""
        states: set[str] = set()
        persons: set[str] = set()
        known = False
        for party in parties:
            entity = self.resolution.entity(party.entity) if party.entity is not None else None
            if self._hired(party):
                continue
            if self.lemma[party.head] in self.book.off_topic and (entity is None or entity.sector not in _OFFICES):
                continue
            if entity is not None:
                if entity.kind == "country":
                    if self._state(party):
                        states.add(entity.id)
                elif entity.kind == "person" and self._mistaken(entity):
                    continue
                elif entity.kind == "person" and (entity.sector in _OFFICES or self._of_rank(entity)):
                    persons.add(entity.id)
                known = known or entity.country is not None or entity.sector in _OFFICES or self._of_rank(entity)
                known = known or (entity.kind == "organization" and self._body(entity))
                known = known or (entity.kind == "group" and party.weight > 1)
            else:
                known = known or party.weight > 1
                if party.weight > 1 and self.syntax.lower[party.head] in ("countries", "nations", "governments"):
                    states.add(self.syntax.lower[party.head])  # "twenty countries"
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

    def _town(self, parties: Sequence[Party]) -> bool:
        """Whether a place with a name is among some parties."""
        entities = (self.resolution.entity(party.entity) for party in parties if party.entity is not None)
        return any(entity.kind == "place" for entity in entities)

    def _people(self, parties: Sequence[Party]) -> bool:
        """Whether a people of no state of its own is among some parties: "the Kurds"."""
        entities = (self.resolution.entity(party.entity) for party in parties if party.entity is not None)
        return any(entity.kind == "group" and entity.id in roster().groups for entity in entities)

    def _armed(self, parties: Sequence[Party]) -> bool:
        """Whether a state is among some parties, or who fights."""
        if self._known(parties)[0]:
            return True
        sectors = (self.resolution.entity(party.entity).sector for party in parties if party.entity is not None)
        return any(sector in _FIGHTERS for sector in sectors)

    def _mistaken(self, entity: Entity) -> bool:
        """Whether a person is known by a mere surname, outside politics, and not as one who led a state."""
        if self.topic.of_politics or not self._lone(entity):
            return False
        person = roster().persons.get(entity.id)
        return person is None or not any(term.office in _LEADING for term in person.terms)

    def _leads(self, party: Party) -> bool:
        """Whether a party is somebody who led a state or its diplomacy, and whose surname few others have."""
        person = roster().persons.get(party.entity) if party.entity is not None else None
        if person is None or len(roster().persons_called(person.name.split()[-1].lower())) > _FEW:
            return False
        return any(term.office in _LEADING and term.of is not None for term in person.terms)

    def _violent(self, lemma: str, k: int) -> bool:
        """Whether a deed takes lives, or the words around one of harm say that somebody meant it."""
        words = self.book.words
        if lemma in words["lethal"]:
            return True
        return lemma in words["harm"] and not words["violence"].isdisjoint(self._lemmas(k))

    def _affairs(self, k: int, trigger: int) -> bool:
        """Whether a sentence has a word of politics or affairs, beside the trigger, that lives no double life."""
        words, tokens = self.book.politics, range(*self.syntax.sentences[k])
        return any(words.get(self.lemma[i]) in _SINGLE for i in tokens if i != trigger)

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
        if grade == 3:
            return True
        plural = self.syntax.tag[party.head] == "NNS"
        if plural and lemma in ("force", "troop") and topic.doubt(k) < _SOME:
            if any(i in self.resolution.by_head for i in range(party.begin, party.head)):
                return True  # "Kurdish forces"
        sports = self.book.words["sports"]
        if any(self.lemma[i] in fields or self.lemma[i] in sports for i in range(party.begin, party.end)):
            return False  # FIFA is a body of sport
        if plural and lemma == "force" and party.entity is not None:
            return topic.doubt(k) < _MUCH  # those known need less
        if grade == 2 and not party.weight:
            return False  # "fought a war against lumps": a thing holds no office
        if grade == 2 and not topic.of_politics:
            return topic.doubt(k) < _SOME or self._of_state(party)  # "authorities closed schools because of the snow"
        if party.entity is None:
            return False
        if self._hired(party):
            return False
        entity = self.resolution.entity(party.entity)
        if entity.kind == "person" and not topic.of_politics:
            if self._lone(entity):
                return False  # a surname in a match report is hardly the minister's
            if not entity.roles and topic.doubt(k) >= _SOME:
                return False
        return entity.kind in ("person", "organization") and (entity.sector in _OFFICES or self._of_rank(entity))
