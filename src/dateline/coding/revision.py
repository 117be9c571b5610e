"""Revision: what the acts around an act say of it: its kind, who does it, to whom."""

from __future__ import annotations

from dataclasses import replace

from dateline.annotate import Syntax
from dateline.coding.aim import somebody
from dateline.coding.arguments import Arguments
from dateline.coding.coded import Coded
from dateline.coding.party import Party

# So many sentences on, "this" still means what was accused.
_NEARBY = 2
_EXERCISES = frozenset(("exercise", "drill", "maneuver", "manoeuvre", "game", "wargame", "war-game", "patrol"))
_ADDRESSED = frozenset(("AGREE", "REJECT", "CONCEDE", "THREATEN"))
_TELLING = frozenset(("tell", "assure", "inform", "notify", "promise", "warn"))
_CALLING = frozenset(("call", "brand", "label", "describe", "dub", "denounce", "deem", "term"))
_TRUCES = frozenset(("truce", "ceasefire", "cease-fire", "armistice", "peace", "hostility", "fighting"))
_YIELDS = frozenset(("RETREAT", "CONCEDE"))
_OPENING = frozenset(("open", "reopen", "resume", "restore"))
_WHEN = frozenset(("when", "as", "after", "while"))
_WITHDRAWAL = frozenset(("withdraw", "withdrawal", "pull", "pullout", "quit", "leave", "announce", "exit"))
_HUNG = frozenset(("acl", "relcl", "advcl", "xcomp"))
# "Told them to leave or be killed".
_ORDERING = frozenset(("tell", "order", "warn", "instruct", "command", "bid"))
_SUFFERING = frozenset(("be", "face", "risk", "suffer", "die", "get", "lose"))
_FAR = 25
# Types of acts that are threatened rather than promised.
_HARM = frozenset(("ASSAULT", "COERCE", "SANCTION", "PROTEST"))


def revise(events: list[Coded], parties: Arguments) -> list[Coded]:
    """The events as those around them make them: threats, joint works, harm told in another clause.

    Args:
        events: the events in the order of their triggers; they are changed in place.
        parties: the finder of their parties.

    Returns:
        Them without those that only say in other words what another tells.
    """
    out = _once(events, parties)
    _aimed_at(out, parties)
    _menace(out, parties)
    _leave(out, parties)
    _settle(out, parties.syntax)
    _train(out, parties.syntax)
    _fall(out, parties)
    _tell(out, parties)
    _or_else(out, parties)
    _object(out, parties)
    return out


def _object(events: list[Coded], parties: Arguments) -> None:
    """A state that protests takes to no street: "summoned the envoy to protest" disapproves."""
    for event in events:
        entry = event.match.entry
        if entry.type != "PROTEST" or entry.kind != "verb" or parties.finder.lemma[event.match.token] != "protest":
            continue
        known = [parties.resolution.entity(party.entity) for party in event.actors if party.entity is not None]
        people = any(parties.syntax.tag[party.head] in ("NNS", "NNPS") for party in event.actors)  # "a thousand Turks"
        if known and not people and all(entity.kind == "country" or entity.sector == "GOV" for entity in known):
            rule = entry.rule.replace(entry.type, "ACCUSE", 1)
            event.match.entry = replace(entry, type="ACCUSE", mode="disapprove", rule=rule, crosswalk=None)


def _or_else(events: list[Coded], parties: Arguments) -> None:
    """What somebody is told to do "or face" the consequences is a threat: "told the junta to resign or be toppled"."""
    syntax = parties.syntax
    for event in events:
        entry, i = event.match.entry, event.match.token
        ordered = entry.type == "REQUEST" and parties.finder.lemma[i] in _ORDERING
        if entry.kind != "verb" or not event.actors or not (ordered or _deadline(event, syntax)):
            continue
        _, end = syntax.sentences[syntax.sentence[i]]
        for k in range(i + 1, min(end - 1, i + _FAR)):
            if syntax.lower[k] == "or" and syntax.lower[k + 1] in _SUFFERING:
                if syntax.tag[k + 1] in ("VB", "VBP") or syntax.lower[k + 1] in ("face", "risk"):
                    rule = entry.rule.replace(entry.type, "THREATEN", 1)
                    event.match.entry = replace(entry, type="THREATEN", mode=None, rule=rule, crosswalk=None)
                break


def _deadline(event: Coded, syntax: Syntax) -> bool:
    """Whether somebody is given so many days: "gave the mayors a week to quit"."""
    return syntax.lemma[event.match.token] in ("give", "allow", "set") and any(
        syntax.lemma[k] in ("hour", "day", "week", "month", "deadline", "notice") for k in event.match.taken
    )


def _once(events: list[Coded], parties: Arguments) -> list[Coded]:
    """Without the words in which somebody accuses, where the accusation is told: "condemned the raid, calling it"."""
    syntax = parties.syntax
    accusing = {
        event.match.token
        for event in events
        if event.match.entry.type == "ACCUSE" and event.actors and any(party.weight for party in event.recipients)
    }
    return [
        event
        for event in events
        if event.match.entry.type != "ACCUSE"
        or parties.finder.lemma[event.match.token] not in _CALLING
        or syntax.dep[event.match.token] != "advcl"
        or syntax.head[event.match.token] not in accusing
    ]


def _aimed_at(events: list[Coded], parties: Arguments) -> None:
    """Words that say at whom an act is aimed tell of its parties: "an attack targeting the shrine was claimed"."""
    syntax = parties.syntax
    at = {event.match.token: event for event in events}
    for event in events:
        i = event.match.token
        act = at.get(syntax.head[i]) if syntax.dep[i] in ("acl", "relcl") and syntax.lemma[i] == "target" else None
        if act is not None and act.match.entry.type == event.match.entry.type:
            if not any(party.weight for party in act.recipients):
                act.recipients = event.recipients
            if not act.actors:
                act.actors = [party for party in event.actors if party.head != act.match.token]


def _menace(events: list[Coded], parties: Arguments) -> None:
    """Whoever vows or stands ready to do harm undertakes nothing, he threatens: "vowed to cut off the gas"."""
    at = {event.match.token: event for event in events}
    vowing = parties.book.words["vowing"]
    for event in events:
        entry = event.match.entry
        if entry.type != "AGREE" or parties.finder.lemma[event.match.token] not in vowing:
            continue
        act = at.get(parties.view[event.match.token].complement or -1) or _vowed(event, events, parties.syntax)
        if act is not None and act.match.entry.type in _HARM and not parties.view.form(act.match.token).negated:
            event.match.entry = replace(entry, type="THREATEN", rule=entry.rule.replace("AGREE", "THREATEN", 1))
            event.recipients = [party for party in act.recipients if party.weight] or event.recipients


def _vowed(event: Coded, events: list[Coded], syntax: Syntax) -> Coded | None:
    """The act that is vowed, where the parser hung it on another word: "vowed in a video to take the city"."""
    i, sentence = event.match.token, syntax.sentence[event.match.token]
    for act in events:
        k = act.match.token
        if i < k < i + _FAR and syntax.sentence[k] == sentence:
            told = syntax.dep[k] in _HUNG and syntax.tag[k] == "VB" and syntax.lower[k - 1] == "to"
            return act if told and not any(syntax.pos[n] == "VERB" for n in range(i + 1, k)) else None
    return None


def _leave(events: list[Coded], parties: Arguments) -> None:
    """Who withdraws from an organisation of states breaks with it; from a town he retreats."""
    for event in events:
        entry = event.match.entry
        if entry.type in _YIELDS and parties.finder.lemma[event.shown] in _WITHDRAWAL:
            named = [party.entity for party in event.recipients if party.entity is not None]
            if named and all(parties.resolution.entity(entity).sector == "IGO" for entity in named):
                rule = entry.rule.replace(entry.type, "SANCTION", 1)
                event.match.entry = replace(entry, type="SANCTION", mode="withdraw", rule=rule, crosswalk=None)


def _settle(events: list[Coded], syntax: Syntax) -> None:
    """A truce that two sides keep is between them: "Chad and the rebels observed a ceasefire"."""
    for event in events:
        if event.match.entry.type not in _YIELDS or any(party.weight for party in event.recipients):
            continue
        if any(syntax.lemma[k] in _TRUCES for k in event.match.taken):
            if len({party.entity or party.head for party in event.actors if party.weight}) > 1:
                event.recipients, event.reciprocal = list(reversed(event.actors)), True


def _train(events: list[Coded], syntax: Syntax) -> None:
    """What two states hold or open is a joint work: "Russia and China staged naval drills"."""
    for event in events:
        entry = event.match.entry
        if entry.type in _YIELDS:
            joint = syntax.lemma[event.match.token] in _OPENING and not event.reciprocal
        elif entry.type == "ASSAULT":  # "launched a joint operation", against nobody
            joint = not event.recipients and any(
                syntax.lower[child] == "joint" for k in event.match.taken for child in syntax.children[k]
            )
        else:
            joint = entry.type == "MOBILIZE" and syntax.lemma[event.shown] in _EXERCISES
        states = {party.entity for party in event.actors if party.weight == 2 and party.entity is not None}
        if joint and len(states) > 1:
            rule = entry.rule.replace(entry.type, "COOPERATE", 1)
            event.match.entry = replace(entry, type="COOPERATE", rule=rule, reciprocal=True, crosswalk=None)
            event.recipients = list(reversed(event.actors))
            event.reciprocal = True


def _fall(events: list[Coded], parties: Arguments) -> None:
    """Who did the harm that another clause tells, and to whom: "ten men were killed when jets hit their convoy"."""
    syntax = parties.syntax
    at = {event.match.token: event for event in events}
    for event in events:
        i = event.match.token
        if not event.actors or syntax.dep[i] != "advcl":
            continue
        above = at.get(syntax.head[i])
        if above is not None and not above.actors and above.match.entry.type in _YIELDS:  # "were freed after the court"
            if event.match.entry.type in _YIELDS and parties.view[above.match.token].passive:
                above.actors = event.actors
            continue
        if event.match.entry.type != "ASSAULT":
            continue
        verb = syntax.head[i]
        if parties.finder.lemma[verb] not in parties.book.words["harm"] or verb > i:
            continue
        if not any(syntax.lower[child] in _WHEN for child in syntax.children[i] if child < i):
            continue
        harmed = at.get(verb)
        if harmed is not None and not harmed.actors and harmed.match.entry.type == "ASSAULT":
            harmed.actors = event.actors
        if harmed is None:
            fallen = [party for party in parties.all(parties.view.subjects(verb)) if party.weight]
            known = {party.head for party in (*event.recipients, *event.actors)}
            event.recipients = [party for party in fallen if party.head not in known] + event.recipients


def _tell(events: list[Coded], parties: Arguments) -> None:
    """To whom something is agreed or refused in the words that he is told: "told the bank it is open to talks"."""
    syntax = parties.syntax
    for event in events:
        i = event.match.token
        i = syntax.head[i] if syntax.dep[i] in ("acomp", "attr") else i
        verb = syntax.head[i]
        if event.match.entry.type not in _ADDRESSED or syntax.dep[i] != "ccomp":
            continue
        if syntax.lemma[verb] in _TELLING and not any(party.weight and party.entity for party in event.recipients):
            told = parties.view[verb].datives or parties.view[verb].patients
            known = {party.entity or party.head for party in event.actors}
            found = [p for p in parties.all(told) if p.weight == 2 and (p.entity or p.head) not in known]
            event.recipients = found + event.recipients


def borrow(events: list[Coded], parties: Arguments) -> None:
    """Who a protest is against, where only its demand says so: "marched to demand reforms from the king"."""
    syntax = parties.syntax
    for k, event in enumerate(events):
        if event.match.entry.type != "PROTEST":
            continue
        pressed = _pressed(event, parties)
        if pressed:
            event.recipients = pressed + event.recipients
            continue
        named = any(somebody(p, parties) for p in event.recipients)
        sentence = syntax.sentence[event.match.token]
        for other in events[k + 1 : k + 4]:
            if syntax.sentence[other.match.token] != sentence:
                break
            purpose = syntax.tag[other.match.token] == "VB" and any(p.weight == 2 for p in other.recipients)
            if named and not purpose:  # "blocked the roads of Dhaka to denounce the president"
                continue
            if other.match.entry.type in ("REQUEST", "ACCUSE") and other.recipients:
                if {p.head for p in other.actors} & {p.head for p in event.actors}:
                    event.recipients = other.recipients + event.recipients
                    other.how = "purpose"
                    break


def _pressed(event: Coded, parties: Arguments) -> list[Party]:
    """Whom a protest is to force: "began a strike to force the ministry to pay"."""
    syntax = parties.syntax
    for at in (event.match.token, *event.match.taken):
        for child in syntax.children[at]:
            if child > at and syntax.tag[child] == "VB" and syntax.lemma[child] in parties.book.words["pressing"]:
                found = [party for party in parties.all(parties.view[child].objects) if party.weight == 2]
                if found:
                    return found
    return []


def point(events: list[Coded], syntax: Syntax) -> None:
    """Who "This is shameful" is aimed at: the one whom the sentences before accuse."""
    last: Coded | None = None
    for event in events:
        if event.match.entry.type not in ("ACCUSE", "REQUEST"):
            continue
        if any(party.weight for party in event.recipients):
            last = event
        elif event.match.entry.speaker and last is not None:
            if 0 < syntax.sentence[event.match.token] - syntax.sentence[last.match.token] <= _NEARBY:
                event.recipients = [party for party in last.recipients if party.weight]
