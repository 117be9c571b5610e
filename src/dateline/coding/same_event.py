"""One event told twice: "visited Hanoi … the trip"; later mentions take the parties they leave out."""

from __future__ import annotations

from dateline.annotate import Syntax
from dateline.coding.coded import Coded
from dateline.coding.kin import Kin
from dateline.mentions.predicates import Predicates
from dateline.resolve import Resolution

# Earlier events of a type that a mention is compared with, the latest first.
_REMEMBERED = 8
# Sentences of the body, after its first, in which the headline's event is told in full.
_LEAD = 1
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "its", "their", "his", "her", "such", "both", "all"))
_INDEFINITE = frozenset(("a", "an", "another", "any", "no", "some", "new", "further", "more", "other", "every"))
# In so many sentences a noun takes up a verb, and by these means an attack may be told in other words.
_FOLLOWS = 3
# What is done over days is what the report began with, not the last blow struck in it.
_UNDERTAKINGS = frozenset(
    ("incursion", "invasion", "offensive", "operation", "campaign", "war", "conflict", "crackdown")
)
_FROM_AFAR = frozenset(("aerial", "explosives", "heavy-weapons", "drone"))
# What an attack does to people is no attack of its own.
_HARM = frozenset(("kill", "injure", "wound", "maim", "hurt"))
# Further acts of the same kind are other events.
_OTHER = frozenset(
    ("another", "new", "further", "more", "other", "second", "third", "previous", "earlier", "next", "future")
)


def told_once(events: list[Coded], view: Predicates) -> list[Coded]:
    """One event of "hosted the summit": the noun tells nothing of its own, neither parties nor another type."""
    objects: dict[int, str] = {}
    for event in events:
        if event.match.entry.kind == "verb":
            objects.update(dict.fromkeys(view[event.match.token].patients, event.match.entry.type))
    return [
        event
        for event in events
        if event.match.entry.kind != "noun"
        or event.match.entry.own
        or event.how not in ("support", "bare")
        or objects.get(event.match.token) != event.match.entry.type
    ]


def link_mentions(
    events: list[Coded], syntax: Syntax, resolution: Resolution, headline: int = 0, body: int = 0
) -> None:
    """Set `same` of later mentions of an event, and give them the parties that the text leaves out.

    Args:
        events: in the order of the text; an event without any party is removed where no earlier
            event of the report explains it.
        syntax: the parse.
        resolution: who each phrase means.
        headline: the token behind the headline, 0 where there is none.
        body: the first token of the body.
    """
    kin = Kin(resolution)
    lead = syntax.sentence[body] + _LEAD if 0 < headline <= body < len(syntax) else -1
    earlier: dict[str, list[Coded]] = {}
    kept: list[Coded] = []
    for event in events:
        known = earlier.setdefault(event.match.entry.type, [])
        first = None
        if not syntax.lemma[event.shown] or not is_other(event, syntax):
            whole = syntax.lemma[event.shown] in _UNDERTAKINGS and event.match.entry.kind == "noun"
            for other in known[:_REMEMBERED] if whole else reversed(known[-_REMEMBERED:]):
                told = other.shown < headline <= event.shown and syntax.sentence[event.shown] <= lead
                if _same(event, other, syntax, kin) or (
                    told and _leads(event, other, kin, strict=syntax.sentence[event.shown] == lead)
                ):
                    first = other
                    break
        bare = event.how == "bare"
        if bare and first is None:
            continue
        if first is not None:
            event.same = first.same or first
            if _relative(event, first, syntax):
                if not any(party.weight for party in first.recipients):
                    first.recipients = event.recipients
                if all(party.head == first.shown for party in event.actors):
                    event.actors = []
            if not event.actors:
                event.actors = [party for party in first.actors if party.weight]
            if not any(party.weight for party in event.recipients):
                mine = {party.entity for party in event.actors}
                taken = [party for party in first.recipients if party.weight and party.entity not in mine]
                event.recipients = taken or event.recipients
        kept.append(event)
        known.append(event)
    events[:] = kept


def _leads(event: Coded, title: Coded, kin: Kin, *, strict: bool) -> bool:
    """Whether the first sentences tell what the headline has told in fewer words: who is named in both agrees.

    In the sentence after the first one (`strict`) it is not enough that both are of one country.
    """
    if event.match.entry.reciprocal and title.match.entry.reciprocal:
        mine, theirs = kin.names(event.actors + event.recipients), kin.names(title.actors + title.recipients)
        return bool(mine & theirs) and (mine <= theirs or theirs <= mine)
    shared = False
    for own, other in ((event.actors, title.actors), (event.recipients, title.recipients)):
        if own and other:
            shares = kin.names(own) & kin.names(other)
            if not (shares & {party.entity for party in (*own, *other)} if strict else shares):
                return False
            shared = True
    return shared


def is_other(event: Coded, syntax: Syntax) -> bool:
    """Whether a mention says that it is a further act: "another attack", "attacked again"."""
    return any(
        syntax.lower[child] in _OTHER or (child > event.shown and syntax.lower[child] == "again")
        for child in syntax.children[event.shown]
    )


def is_definite(event: Coded, syntax: Syntax) -> bool:
    """Whether a nominal mention takes up something told: "the talks", "its sanctions", "sanctions"."""
    i = event.shown
    words = {syntax.lower[child] for child in syntax.children[i] if child < i}
    if words & _INDEFINITE:
        return False
    return (
        bool(words & _DEFINITE)
        or syntax.tag[i] == "NNS"
        or any(syntax.dep[child] == "poss" for child in syntax.children[i])
    )


def _relative(event: Coded, other: Coded, syntax: Syntax) -> bool:
    """Whether a verb only says of a noun's act what it was: "an attack targeting shoppers"."""
    i = event.match.token
    return syntax.dep[i] in ("acl", "relcl") and syntax.head[i] == other.shown and syntax.tag[i] != "VB"


def _elaborates(event: Coded, other: Coded, syntax: Syntax, kin: Kin) -> bool:
    """Whether a verb under or beside another tells more of its act: "met to discuss", "attacked, killing five",
    "shot and wounded".
    """
    i, j = event.match.token, other.match.token
    if syntax.head[i] != j or syntax.pos[i] != "VERB" or syntax.pos[j] != "VERB":
        return False
    actors = {party.head for party in event.actors}
    if actors and actors.isdisjoint(party.head for party in other.actors):
        if not kin.names(event.actors) & kin.names(other.actors):
            return False
    mine, theirs = ([p for p in e.recipients if p.weight] for e in (event, other))
    shared = bool({p.head for p in mine} & {p.head for p in theirs} or kin.names(mine) & kin.names(theirs))
    harm = syntax.lemma[i] in _HARM
    if syntax.dep[i] in ("advcl", "xcomp"):
        return shared or not mine or (harm and syntax.tag[i] == "VBG")
    if syntax.dep[i] == "conj" and bool(actors) == bool(other.actors):
        return (harm and syntax.lemma[j] in _HARM) or (shared and (event.mode is None or other.mode is None))
    return False


def _of_one_fight(event: Coded, other: Coded, syntax: Syntax) -> bool:
    """Whether "the raids" can take up the bombing that the sentences before tell of."""
    near = syntax.sentence[event.shown] - syntax.sentence[other.shown] <= _FOLLOWS
    return near and event.mode in _FROM_AFAR and other.mode in _FROM_AFAR


def _same(event: Coded, other: Coded, syntax: Syntax, kin: Kin) -> bool:
    if _relative(event, other, syntax) or _elaborates(event, other, syntax, kin):
        return True
    actors, recipients = kin.names(event.actors), kin.names(event.recipients)
    their_actors, their_recipients = kin.names(other.actors), kin.names(other.recipients)
    reciprocal = event.match.entry.reciprocal and other.match.entry.reciprocal
    if reciprocal:
        mine, theirs = actors | recipients, their_actors | their_recipients
        agree = bool(mine & theirs) and (mine <= theirs or theirs <= mine)
    else:
        doers, targets = actors & their_actors, recipients & their_recipients
        # That all are of one country says nothing in a fight within it.
        agree = bool(doers) and bool(targets - doers)
    lemma = syntax.lemma
    alike = lemma[event.shown] == lemma[other.shown] or (
        event.match.entry.kind == "noun"
        and (event.mode == other.mode or _of_one_fight(event, other, syntax))
        and other.match.entry.kind != "noun"
    )
    if agree:
        return alike or event.match.entry.kind == "noun"
    unknown = not any(p.weight and (p.entity or event.match.entry.kind != "noun") for p in event.recipients)
    if syntax.sentence[event.shown] == syntax.sentence[other.shown] and unknown:
        return bool(actors & their_actors)  # "ships shells to Russia, delivering a million rounds"
    # One side is left out: the noun takes it from what was told before.
    if event.actors and event.recipients:
        return False
    if event.actors and not actors & their_actors:
        return False
    # A man and a town of one country are not the same target: one must be the other, or its country.
    named = {party.entity for party in (*event.recipients, *other.recipients)}
    if event.recipients and not (recipients & their_recipients & named) - their_actors:
        return False
    if event.match.entry.kind == "noun":
        of_both = reciprocal and any(syntax.lower[child] == "their" for child in syntax.children[event.shown])
        if not event.actors and not event.recipients and not alike and not of_both:
            return False
        return is_definite(event, syntax)
    if event.mode and other.mode and event.mode != other.mode and event.match.entry.type != "CONSULT":
        return False  # who was arrested may be sentenced, too
    if event.match.entry.type == "ACCUSE" and other.match.entry.kind == "noun":
        return False  # who indicts need not be the one of whose allegations the text has told
    return not event.actors and bool(recipients & their_recipients)
