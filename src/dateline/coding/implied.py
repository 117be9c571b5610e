"""Parties that a text leaves to its reader: who is behind "the attack" that is condemned, who did what is told in
the passive, whose tanks were destroyed.

A reader takes them from what the report tells of the same act, the same fight or the same speaker. So does
this module, and only where the report leaves no choice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from dateline.annotate import Syntax
from dateline.coding.belonging import KINDS
from dateline.coding.codebook import Codebook
from dateline.coding.coded import Coded
from dateline.coding.kin import Kin
from dateline.coding.party import Party
from dateline.coding.same_event import is_definite, is_other
from dateline.mentions.predicates import Predicates
from dateline.records import Statement
from dateline.resolve import Resolution

# Words about an act are words about who did it.
_ABOUT_ACTS = frozenset(("ACCUSE", "REJECT", "SUPPORT", "PROTEST", "REQUEST"))
_MATERIAL = frozenset(("ASSAULT", "COERCE", "SANCTION"))
_TAKEN_UP = _MATERIAL | {"REQUEST", "ACCUSE", "THREATEN"}
_OFFICIAL = frozenset(("SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "RETREAT", "AID"))
_STATE = frozenset(("GOV", "MIL", "LEG", "SPY"))
_ANSWERING = frozenset(("MOBILIZE", "SANCTION", "COERCE", "REJECT"))
_REACH = 25
_FOES = frozenset(("enemy", "foe", "aggressor", "invader", "attacker", "adversary"))
_AHEAD = frozenset(("will", "would", "shall"))
# So many sentences before and after, a fight is the same.
_NEAR = 6
# So many sentences on, "the move" takes up what was done.
_FOLLOWS = 2
_STEPS = 4
# Longer than this is no report but a file of many: what lies so many sentences back is of another one.
_LONGEST = 60


class Implication:
    """Finds the parties of the events of one report that their own sentences leave out.

    Args:
        events: in the order of the text, mentions of one event linked; their parties are changed in place.
        syntax: the parse.
        view: its clause view.
        resolution: who each phrase means.
        statements: the statements of the report.
        book: the codebook.
    """

    def __init__(
        self,
        events: list[Coded],
        syntax: Syntax,
        view: Predicates,
        resolution: Resolution,
        statements: list[Statement],
        book: Codebook,
    ) -> None:
        self.events, self.syntax, self.view, self.resolution, self.book = events, syntax, view, resolution, book
        self.kin = Kin(resolution)
        self.holders: dict[str, list[Party]] = {}
        self.statements = {statement.id: statement for statement in statements}
        self.at = {event.match.token: event for event in events} | {event.shown: event for event in events}
        self.fights: dict[int, list[Coded]] = defaultdict(list)
        for event in events:
            if event.match.entry.type in _MATERIAL and self.named(event.actors):
                self.fights[syntax.sentence[event.shown]].append(event)

    def fill(self) -> None:
        """Give the events the parties that the rest of the report tells."""
        for event in self.events:
            kind, reciprocal = event.match.entry.type, event.match.entry.reciprocal
            doers = [party for party in event.actors if not self._is_place(party)]  # "was arrested in Oslo"
            if kind in _MATERIAL and not reciprocal and not self.somebody(doers):
                self.doer(event)
            if kind == "ACCUSE" and not event.actors:  # "was arrested and accused of spying"
                first = self.at.get(self.syntax.head[event.match.token])
                if first is not None and self.syntax.dep[event.match.token] == "conj" and first.recipients:
                    event.actors = self.named(first.actors)
        for number, event in enumerate(self.events):
            kind = event.match.entry.type
            if kind in _ABOUT_ACTS:
                self.doer_of_act(event, number)
            if not self.named(event.recipients):
                self.along_with(event)
            if kind in _ANSWERING and not self.somebody(event.recipients):
                self.answered(event)
            if kind == "ASSAULT":
                self.held(event)
            if kind in ("ACCUSE", "AGREE") and not event.recipients:
                self.beside(event, number)
        for event in self.events:
            kind, reciprocal = event.match.entry.type, event.match.entry.reciprocal
            if kind in _OFFICIAL and not reciprocal and not self.somebody(event.actors):
                self.speakers_own(event)
            if kind == "THREATEN" and any(self.syntax.lemma[p.head] in _FOES for p in event.recipients):
                self.adversary(event)
            if kind == "ASSAULT" and self.named(event.actors):
                act = (event.shown, *event.match.taken)  # "resumed its strikes"
                event.recipients = [p for p in event.recipients if p.entity is not None or p.head not in act]
                people = [party for party in event.recipients if not self._is_place(party)]
                if not self.somebody(people) and (people or not event.recipients):
                    self.adversary(event)

    # -- who is who

    def named(self, parties: Iterable[Party]) -> list[Party]:
        """Those of political kind whom the text lets know: not "one person", not "the attackers"."""
        return [party for party in parties if party.weight == 2 and self._known(party)]

    def _known(self, party: Party) -> bool:
        if party.entity is None:
            return False
        entity = self.resolution.entity(party.entity)
        return entity.kind != "group" or entity.country is not None or party.named

    def somebody(self, parties: Iterable[Party]) -> bool:
        """Whether any is more than a thing: the shrapnel that wounds is nobody, nor is a helicopter."""
        return any(party.weight and (party.entity is not None or not self._thing(party.head)) for party in parties)

    def _thing(self, head: int) -> bool:
        s, words = self.syntax, self.book.words
        if s.lower[s.head[head]] == "by" and s.lemma[head] in words["means"]:
            return True
        return any(s.lemma[head] in words[kind] for kind in KINDS)

    def others(self, parties: list[Party], than: list[Party]) -> bool:
        """Whether some parties are neither some others nor, where those act for a state, of their countries."""
        same = {party.entity for party in than} | self.kin.names(party for party in than if self._of_state(party))
        return bool(parties) and self.kin.names(parties).isdisjoint(same)

    def _of_state(self, party: Party) -> bool:
        entity = self.resolution.entity(party.entity) if party.entity is not None else None
        return entity is not None and entity.sector not in ("OPP", "CVL", "NGO", "REB", "UAF", "PTY", "MED")

    # -- acts that are spoken of

    def doer_of_act(self, event: Coded, number: int) -> None:
        """Who condemns an attack accuses the attacker; who demands an end to the raids asks those who fly them."""
        things = [*self.view[event.match.token].patients, *event.match.taken]
        below = self.view[event.match.token].complement
        if event.match.entry.type == "REJECT" and below is not None:  # "refused to accept the decision"
            things += self.view[below].objects
        means, lemma = self.book.words["means"], self.syntax.lemma
        told = [p.head for p in event.recipients if p.weight and (p.entity is not None or lemma[p.head] not in means)]
        for head in things:
            captors = self.captor(event, head)
            if captors:
                event.recipients = captors
                return
            if any(self.within(k, head) for k in told):
                continue
            for k in self.acts(head):
                act = self.at.get(k)
                doers = self.named(act.actors) if act is not None and act is not event else []
                if self.others(doers, event.actors):
                    event.recipients = doers
                    return
            if self.takes_up(head):
                doers = self.of_sentence_before(event, number, head) or self.claimant(head)
                if self.others(doers, event.actors):
                    event.recipients = doers
                    return

    def captor(self, event: Coded, head: int) -> list[Party]:
        """Who is asked for the release of somebody: whoever holds him."""
        s = self.syntax
        if s.lemma[head] not in self.book.words["releases"]:
            return []
        whose = [*self.view[head].obliques.get("of", ()), *self.view[head].possessors]
        known = {self.resolution.by_head[k].entity for k in whose if k in self.resolution.by_head} - {None}
        lemmas = {s.lemma[k] for k in whose}
        for act in self._around(event, _LONGEST):
            if act.match.entry.type in ("COERCE", "ASSAULT") and act is not event:
                held = any(
                    p.head in whose or s.lemma[p.head] in lemmas or (p.entity is not None and p.entity in known)
                    for p in act.recipients
                )
                doers = self.named(act.actors)
                if held and self.others(doers, event.actors):
                    return doers
        return []

    def claimant(self, head: int) -> list[Party]:
        """Who says what an apposition calls a claim: "the rebels said that they fired, a claim that Chad denied"."""
        s = self.syntax
        if s.lemma[head] not in self.book.words["claims"]:
            return []
        at = head
        for _ in range(_STEPS * 2):
            if s.head[at] == at:
                break
            at = s.head[at]
            if s.lemma[at] in self.book.words["saying"] and self.view[at].subjects:
                return self.named(self.parties(self.view[at].subjects))
        return []

    def parties(self, heads: Iterable[int]) -> list[Party]:
        """The parties that some phrases are known to mean."""
        found = [self.resolution.by_head[head] for head in heads if head in self.resolution.by_head]
        return [Party(r.head, r.begin, r.end, r.entity, 2, r.how != "description") for r in found]

    def within(self, token: int, head: int) -> bool:
        """Whether a token stands in the phrase under another."""
        return self.syntax.left(head) <= token < self.syntax.right(head)

    def acts(self, head: int) -> Iterator[int]:
        """The act that a phrase speaks of: "the attack", "an end to the raids"."""
        yield head
        s = self.syntax
        if s.lemma[head] in self.book.words["endings"]:
            for child in s.children[head]:
                if s.dep[child] == "prep":
                    yield from (k for k in s.children[child] if s.dep[k] == "pobj")

    def takes_up(self, head: int) -> bool:
        """Whether a noun says no more than that it was told before: "the move", "this decision"."""
        s = self.syntax
        words = [child for child in s.children[head] if s.dep[child] not in ("punct", "relcl", "acl")]
        if s.dep[head] == "appos" and s.child(head, "relcl", "acl") is not None:  # "…, a request that Chad rejected"
            return all(s.lower[child] in ("a", "an") for child in words)
        words = [child for child in words if s.dep[child] != "compound"]  # "the air strikes"
        return bool(words) and all(s.lower[child] in ("the", "this", "that", "these", "those") for child in words)

    def of_sentence_before(self, event: Coded, number: int, head: int) -> list[Party]:
        """Who did what a noun takes up: "the move" whatever was done last, "the attack" the violence told last."""
        lemma, here = self.syntax.lemma[head], self.syntax.sentence[event.shown]
        triggers = self.book.triggers.get(lemma)
        types = {entry.type for entry in triggers.noun} & _TAKEN_UP if triggers is not None else set()
        if lemma in self.book.words["deeds"]:
            types = set(_OFFICIAL | {"AGREE", "COOPERATE", "CONCEDE"})
        if not types:
            return []
        before = [o for o in self._before(number) if o.match.entry.type in types and self.named(o.actors)]
        alike = [o for o in before if lemma in (self.syntax.lemma[o.match.token], self.syntax.lemma[o.shown])]
        near = [o for o in before if here - self.syntax.sentence[o.shown] <= _FOLLOWS]
        for other in (*alike, *near):
            doers = self.named(other.actors)
            apart = self.syntax.sentence[other.shown] != here
            if apart or (other.match.token < head and self.others(doers, event.actors)):
                return doers
        return []

    def along_with(self, event: Coded) -> None:
        """Whom a threat beside an act is made to: "closed the border to Chad, threatening to shut the port"."""
        s, i = self.syntax, event.match.token
        if event.match.entry.type not in ("THREATEN", "ACCUSE", "ASSAULT") or s.tag[i] not in ("VBG", "VB"):
            return
        if s.dep[i] not in ("advcl", "xcomp"):
            return
        above = self.at.get(s.head[i])
        if above is None or (s.tag[i] == "VB" and above.match.entry.type != "THREATEN"):
            return
        found = self.named(above.recipients)
        if self.others(found, event.actors):
            event.recipients = [*found, *event.recipients]

    def beside(self, event: Coded, number: int) -> None:
        """Whom a complaint or an offer is made to, where what is told just before says it: "called for talks with Chad
        and offered to cooperate", "Chad rammed the boat, and Libya filed a protest".
        """
        s = self.syntax
        for other in self._before(number):
            if s.sentence[other.shown] != s.sentence[event.shown]:
                return
            kind = other.match.entry.type
            if event.match.entry.type == "ACCUSE":
                found = self.named(other.actors) if kind in _MATERIAL else []
            else:
                same = {p.head for p in other.actors} & {p.head for p in event.actors}
                found = self.named(other.recipients) if same and kind in ("REQUEST", "CONSULT") else []
            if self.others(found, event.actors):
                event.recipients = found
                return

    def answered(self, event: Coded) -> None:
        """Whom an act answers: "ordered the fleet to sail in response to Chad's tests"."""
        s, i = self.syntax, event.match.token
        _, end = s.sentences[s.sentence[i]]
        for k in range(i + 1, min(end, i + _REACH)):
            if s.lower[k] not in self.book.words["replies"] or s.lower[k - 1] != "in":
                continue
            for inner in range(k + 1, min(s.right(k), k + _REACH)):
                reference = self.resolution.by_head.get(inner)
                if reference is None or reference.entity is None:
                    continue
                found = Party(inner, reference.begin, reference.end, reference.entity, 2)
                if self._known(found) and self.others([found], event.actors):
                    event.recipients = [found, *event.recipients]
                    return

    # -- fights

    def held(self, event: Coded) -> None:
        """Who is hit where a place is: "attacked Gao, taking the town from the rebels … the attack on Gao"."""
        places = [party for party in event.recipients if self._is_place(party)]
        people = [party for party in self.named(event.recipients) if party not in places]
        if not places:
            return
        if not people:
            below = (self.at.get(child) for child in self.syntax.children[event.match.token])
            for act in below:
                if act is not None and act.match.entry.type == "ASSAULT" and not people:
                    people = [party for party in self.named(act.recipients) if not self._is_place(party)]
            for party in places:
                people = people or self.holders.get(str(party.entity), [])
            if not self.others(people, event.actors):
                return
            event.recipients = [*people, *event.recipients]
        for party in places:
            self.holders[str(party.entity)] = people

    def _is_place(self, party: Party) -> bool:
        return party.entity is not None and self.resolution.entity(party.entity).kind == "place"

    def doer(self, event: Coded) -> None:
        """Who did what is told without a doer: whoever did it to the same one, or the only one who does such things."""
        noun = event.match.entry.kind == "noun"
        if is_other(event, self.syntax):
            return
        above = self._told_as_part_of(event)
        if above is not None:
            event.actors = [*self.named(above.actors), *event.actors]
            return
        mine = {party.entity for party in event.recipients if party.entity is not None}
        people = {party.entity for party in event.recipients}
        near = [
            other
            for other in self.near(event)
            if other.match.entry.type == event.match.entry.type
            and people.isdisjoint(party.entity for party in self.named(other.actors))
        ]
        if noun and not mine and not is_definite(event, self.syntax):
            return
        called = self._called(event, definite=True)
        same = [
            other
            for other in near
            if mine & {party.entity for party in other.recipients} or called & self._called(other, definite=False)
        ]
        at_home = [o for o in near if noun and self.kin.names(self.named(o.actors)) & self.kin.names(event.recipients)]
        fitting = same or (at_home if noun else near)
        if not same:
            foes = [o for o in self.near(event) if mine & {p.entity for p in self.named(o.actors)}]
            targets = {p.entity: p for o in foes for p in self.named(o.recipients)}
            if foes and len(targets) == 1 and self.others(list(targets.values()), event.recipients):
                event.actors = [*targets.values(), *event.actors]
                return
        shared = [self.kin.names(self.named(other.actors)) for other in fitting]
        if shared and set.intersection(*shared):
            event.actors = [*self.named(fitting[-1].actors), *event.actors]

    def _called(self, event: Coded, *, definite: bool) -> set[str]:
        """By which nouns its recipients are called: "the pastor", who was "an American pastor" before."""
        s = self.syntax
        heads = [party.head for party in event.recipients if s.pos[party.head] == "NOUN" and party.weight]
        if definite:
            heads = [k for k in heads if any(s.lower[c] == "the" for c in s.children[k])]
        return {s.lemma[k] for k in heads}

    def near(self, event: Coded) -> list[Coded]:
        """The other acts of violence and repression around one that say who does them."""
        return [other for other in self._around(event, _NEAR) if other is not event]

    def _around(self, event: Coded, reach: int) -> Iterator[Coded]:
        """The acts of violence and repression, done by somebody known, up to so many sentences away."""
        here = self.syntax.sentence[event.shown]
        for k in range(here - reach, here + reach + 1):
            yield from self.fights.get(k, ())

    def _before(self, number: int) -> Iterator[Coded]:
        """The events before one, the last first, as far back as a report goes."""
        sentence = self.syntax.sentence
        here = sentence[self.events[number].shown]
        for k in range(number - 1, -1, -1):
            if here - sentence[self.events[k].shown] > _LONGEST:
                return
            yield self.events[k]

    def _told_as_part_of(self, event: Coded) -> Coded | None:
        """The act in whose relative clause another is told: "an offensive in which villages were burned and …"."""
        s, at = self.syntax, event.match.token
        for child in s.children[at]:  # "were killed when rebels bombed the town"
            act = self.at.get(child) if s.dep[child] == "advcl" else None
            while act is None and s.dep[child] == "advcl" and (below := s.child(child, "advcl")) is not None:
                child = below
                act = self.at.get(child)
            if act is not None and act.match.entry.type == event.match.entry.type and self.named(act.actors):
                return act
        for _ in range(_STEPS):
            if s.dep[at] == "relcl":
                act = self.at.get(s.head[at])
                return act if act is not None and self.named(act.actors) else None
            if s.dep[at] != "conj":
                return None
            at = s.head[at]
        return None

    def speakers_own(self, event: Coded) -> None:
        """Who will do what an official announces in the passive: "he said that the envoys would be expelled"."""
        statement = self.statements.get(event.statement or "")
        speaker = statement.chain[-1].entity if statement is not None and statement.chain else None
        form = self.view.form(event.match.token)
        if speaker is None or statement is None or statement.chain[-1].span is None or not form.passive:
            return
        entity = self.resolution.entity(speaker)
        if form.modal not in _AHEAD or entity.sector not in _STATE or entity.country is None:
            return
        if entity.country in self.kin.names(event.recipients):
            return
        begin, end = self.syntax.chars_to_tokens(*statement.chain[-1].span)
        if begin < end:
            event.actors = [Party(end - 1, begin, end, speaker, 2)]

    def adversary(self, event: Coded) -> None:
        """Whose tanks were destroyed: those of the only one whom the doer attacks, or else who attacks him."""
        mine = self.kin.names(self.named(event.actors))
        attacked: dict[str, list[Party]] = {}
        attacking: dict[str, list[Party]] = {}
        for other in self.near(event):
            if other.match.entry.type != "ASSAULT":
                continue
            doers, targets = self.named(other.actors), self.named(other.recipients)
            if mine & self.kin.names(doers):
                foes, found = attacked, targets
            elif mine & self.kin.names(targets):
                foes, found = attacking, doers
            else:
                continue
            if self.others(found, event.actors):
                foes.setdefault(str(found[0].entity), found)
        for foes in (attacked, attacking):
            if len(foes) == 1:
                event.recipients = [*next(iter(foes.values())), *event.recipients]
            if foes:
                return
