"""Aims: at whom an act is directed, and who directs it, where none of its own slots names anybody.

Troops are sent "to keep watch on" somebody, crowds take to the streets "after the court jailed" somebody,
workers strike at the mine where they work: the purpose, the grievance, or the actor's own phrase tells.
Words come "from" the one whose they are: "threats from Iran".
"""

from __future__ import annotations

from dateline.coding.arguments import Arguments
from dateline.coding.kin import Kin
from dateline.coding.party import SHARED, Party
from dateline.coding.trigger import Match

# What opens the clause or phrase that tells why people protest.
_GRIEVANCES = frozenset(("after", "because", "as", "over", "following", "since", "if", "unless", "when", "once"))
_CAUSES = ("against", "over", "at", "about")
# What an act answers, and whose that is.
_ANSWERED = ("amid", "after", "following", "over", "since", "despite")
_DOERS = ("with", "from", "between", "against")
_CITING = frozenset(("citing", "blaming", "fearing", "accusing"))
# Where those belong who protest: "workers at the mine", "inmates in Israel's jails".
_BELONGING = ("at", "of", "in", "from")
# What is said or given comes from the one who says or gives it; troops withdraw from where they are.
_SENT = frozenset(("REQUEST", "THREATEN", "ACCUSE", "SUPPORT", "REJECT", "AID", "AGREE"))
# "Congratulations came from the Kremlin."
_COMING = frozenset(("come", "arrive", "pour", "flow", "follow", "emerge", "be", "draw", "go"))
# What is done with one's own people.
_CALLED = frozenset(("recall", "withdraw", "call", "bring"))
_ABLE = frozenset(("can", "could"))
_CROWDS = frozenset(("group", "crowd", "band", "mob", "handful", "hundred", "thousand", "dozen", "number"))
_THREATENED = frozenset(("THREATEN", "SANCTION", "COERCE", "ASSAULT", "PROTEST"))
_CONDITIONS = frozenset(("if", "unless", "until"))
# What somebody does in view of another, though he may be told of elsewhere in the sentence.
_CONCERNING = frozenset(("AGREE", "AID", "CONCEDE", "COOPERATE", "REJECT", "RETREAT", "SUPPORT"))
# Words for those who have been named, all of them.
_TOGETHER = frozenset(("country", "nation", "state", "side", "party", "neighbor", "neighbour", "rival", "ally"))
_PURPOSES = frozenset(("xcomp", "advcl", "acl"))


def aim(match: Match, actors: list[Party], recipients: list[Party], parties: Arguments) -> list[Party]:
    """Find whom an act is directed at beside the recipients that its slots name.

    Args:
        match: the trigger and what its pattern took up.
        actors: who acts; nobody acts against himself.
        recipients: those found so far.
        parties: finds the parties of phrases.

    Returns:
        Further recipients, in the order in which they were looked for; none where the act has its own.
    """
    kind = match.entry.type
    known = {party.entity or party.head for party in (*actors, *recipients)}
    if kind == "MOBILIZE":
        found = _purpose(match, parties) if match.taken else []
        mine = {party.entity for party in actors}
        found = found + _opposed(match, parties)
        if not any(somebody(party, parties) and party.entity not in mine for party in (*found, *recipients)):
            found = found or _across(match, recipients, parties) or _grievance(match, parties)
            found = found or _answered(match, parties)
    elif kind == "PROTEST" and not any(somebody(party, parties) for party in recipients):
        found = _governed(match, parties) or _cause(match, parties) or _grievance(match, parties)
    elif kind == "PROTEST":
        found = _opposed(match, parties) or _condition(match, parties)
    elif kind == "REQUEST" and match.entry.kind == "noun":
        found = _conveyed(match, parties)
    elif kind == "SANCTION" and match.entry.pattern.recipient == "in":  # "shut the Kenyan mission in Oslo"
        found = [party for party in parties.all(match.taken) if party.entity is not None]
    elif kind == "COOPERATE" and "to" in match.entry.pattern.prepositions:  # "extradited a banker to Chad"
        found = parties.all(parties.view.oblique(match.token, "to"))
    elif kind == "RETREAT" and match.entry.mode == "release" and match.taken:  # "handed two pilots to a mediator"
        found = [party for party in parties.all(match.taken) if party.head in match.taken]
    elif kind in ("CONCEDE", "RETREAT") and not any(somebody(party, parties) for party in recipients):
        found = _pressing(match, parties) or (_grievance(match, parties) if _given_up(match) else [])
        if not found and not any(party.weight for party in recipients):
            found = _grievance(match, parties) or _answered(match, parties)
    else:
        found = []
    if kind in _THREATENED and not any(somebody(party, parties) for party in (*found, *recipients)):
        found = found + _condition(match, parties)
    return [party for party in found if party.weight == 2 and (party.entity or party.head) not in known]


def senders(match: Match, recipients: list[Party], parties: Arguments) -> tuple[list[Party], list[Party]]:
    """From whom words or gifts come that are told by a noun: "a demand from Oslo that Minsk free the editor".

    Args:
        match: the noun and what its pattern took up.
        recipients: those found so far, among whom the senders may have been taken up.
        parties: finds the parties of phrases.

    Returns:
        The actors (none: the text does not tell) and the recipients without them.
    """
    syntax, view = parties.syntax, parties.view
    noun = match.token
    if match.entry.type not in _SENT or match.entry.pattern.actor is not None:
        return [], recipients
    if syntax.lemma[noun] == "threat" and syntax.tag[noun] == "NN":  # "the threat from the south": a danger
        return [], recipients
    heads = view[noun].obliques.get("from", ())
    verb = syntax.head[noun]
    if not heads and syntax.dep[noun] == "nsubj" and syntax.lemma[verb] in _COMING:
        heads = view[verb].obliques.get("from", ())
    found = [party for party in parties.all(heads) if party.weight == 2]
    if not found:
        return [], recipients
    known = {party.entity or party.head for party in found}
    inside = {k for party in found for k in range(party.begin, party.end)}
    others = [party for party in recipients if (party.entity or party.head) not in known and party.head not in inside]
    if not others and match.entry.embedded:
        for child in syntax.children[noun]:
            own = view.own_subject(child) if child > noun and syntax.dep[child] in ("acl", "ccomp") else None
            if own is not None:
                others = parties.all(view.conjuncts(own))
    for name in match.entry.recipient if not others else ():
        if name not in ("from", "object"):
            others = others or parties.all(view[noun].obliques.get(name, ()))
    return found, others


def commanders(match: Match, parties: Arguments) -> list[Party]:
    """Who did what is told in the passive, where he stands elsewhere: "were told to leave by the ministry", "Peru's
    envoy was recalled".

    Args:
        match: the verb and what its pattern took up.
        parties: finds the parties of phrases.

    Returns:
        The actors; none where the verb is active, or nobody is named.
    """
    view = parties.view
    complement = view[match.token].complement
    if not view[match.token].passive:
        return []
    if match.entry.type == "SANCTION" and parties.syntax.lemma[match.token] in _CALLED:
        return [party for head in match.taken for party in parties.all(view[head].possessors) if party.weight == 2]
    if complement is None or view[complement].passive:
        return []
    return [party for party in parties.all(view[complement].obliques.get("by", ())) if party.weight == 2]


def somebody(party: Party, parties: Arguments) -> bool:
    """Whether a recipient is one who can be protested against, more than the place where it is done."""
    return party.weight == 2 and party.entity is not None and parties.resolution.entity(party.entity).kind != "place"


def _purpose(match: Match, parties: Arguments) -> list[Party]:
    """Whom troops are sent to deal with, or arms can reach: "readied a brigade to hunt the guerrillas of the south",
    "tested a missile that could hit Chad".
    """
    syntax, view = parties.syntax, parties.view
    tools = [inner for head in match.taken for inner in view[head].obliques.get("of", ())]  # "a test of a missile"
    for at in (match.token, *match.taken, *tools):
        for child in syntax.children[at]:
            able = match.entry.strength != "weak" and syntax.dep[child] == "relcl"
            able = able and any(syntax.lower[k] in _ABLE for k in syntax.children[child])
            if child > at and syntax.dep[child] == "amod" and syntax.lower[child] == "capable":
                child = next((k for of in syntax.children[child] for k in syntax.children[of]), child)
                able = True
            if child > at and (able or (syntax.dep[child] in _PURPOSES and syntax.lower[child - 1] == "to")):
                predicate = view[child]
                found = parties.all((*predicate.objects, *predicate.obliques.get("against", ())))
                if any(party.weight == 2 for party in found):
                    return found
    return []


def _given_up(match: Match) -> bool:
    """Whether somebody leaves office or ends an action, so that what others did before is why."""
    return match.entry.mode in ("resign", "release", "withdraw") or "strike" in (match.entry.pattern.objects or ())


def _pressing(match: Match, parties: Arguments) -> list[Party]:
    """To whom somebody gives way: "under pressure from Lagos, the firm backed down"."""
    syntax, view = parties.syntax, parties.view
    for name in ("under", "after", "amid", "following"):
        for head in view[match.token].obliques.get(name, ()):
            if syntax.lemma[head] in parties.book.words["pressures"]:
                inner = view[head].obliques
                return parties.all(inner.get("from", ()) or inner.get("by", ()) or view[head].possessors)
    return []


def _opposed(match: Match, parties: Arguments) -> list[Party]:
    """Against whom it is, said beside where it is: "sent a frigate to the strait against the smugglers"."""
    for at in parties.finder.laters(match.token, "against"):
        inner = parties.syntax.child(at, "pobj")
        found = [party for party in parties.all((inner,)) if party.weight == 2] if inner is not None else []
        if found:
            return found
    return []


def _answered(match: Match, parties: Arguments) -> list[Party]:
    """Whose deed an act answers: "put the fleet on alert amid tension with Oslo", "quit after a vote by the senate"."""
    syntax, view = parties.syntax, parties.view
    for name in _ANSWERED:
        for at in parties.finder.laters(match.token, name):
            inner = syntax.child(at, "pobj")
            found = _whose(inner, parties) if inner is not None else []
            if found:
                return found
    for child in syntax.children[match.token]:  # "on alert, citing the Danish tests"
        if child > match.token and syntax.dep[child] == "advcl" and syntax.lower[child] in _CITING:
            for cited in view[child].objects:
                found = _whose(cited, parties) or parties.all((cited,))
                if found:
                    return found
    return []


def _whose(noun: int, parties: Arguments) -> list[Party]:
    """Whose an act is that a noun tells: "the Danish tests", "tension with Oslo", "the threat of an attack by Oslo"."""
    view = parties.view[noun]
    for heads in (view.by, view.possessors, *(view.obliques.get(whose, ()) for whose in _DOERS)):
        found = [party for party in parties.all(heads) if party.weight == 2]
        if found:
            return found
    found = parties.modifiers(noun)
    for inner in view.obliques.get("of", ()) if not found else ():
        within = parties.view[inner]
        heads = within.by or within.obliques.get("by", ()) or within.obliques.get("from", ())
        found = [party for party in parties.all(heads) if party.weight == 2]
    return found


def _cause(match: Match, parties: Arguments) -> list[Party]:
    """Whose deed people protest against: "brought Lima to a halt over the president's decree"."""
    syntax = parties.syntax
    for name in _CAUSES:
        for at in parties.finder.laters(match.token, name):
            inner = syntax.child(at, "pobj")
            found = [party for party in parties.all((inner,)) if party.weight == 2] if inner is not None else []
            if found:
                return found
    for at in parties.finder.laters(match.token, "in"):
        inner = syntax.child(at, "pobj")
        if inner is not None and syntax.lemma[inner] in parties.book.words["tempers"]:
            obliques = parties.view[inner].obliques
            for name in ("of", *_CAUSES, "to", "for", "with"):
                found = [party for party in parties.all(obliques.get(name, ())) if party.weight == 2]
                if found:
                    return found
    return []


def _across(match: Match, recipients: list[Party], parties: Arguments) -> list[Party]:
    """Who is on the other side of a border: "strengthened its defences on the border with Belarus"."""
    for party in recipients:
        if party.entity is None and parties.syntax.lemma[party.head] in SHARED:
            for at in parties.finder.laters(match.token, "with"):
                inner = parties.syntax.child(at, "pobj")
                if at > party.head and inner is not None:
                    return parties.all((inner,))
    return []


def _governed(match: Match, parties: Arguments) -> list[Party]:
    """What an act by its noun did to whom: "a stoppage called by the union paralysed Lima"."""
    syntax = parties.syntax
    at = match.token
    if match.entry.kind != "noun" and syntax.dep[at] == "acl":
        at = syntax.head[at]
    verb = syntax.head[at]
    if syntax.dep[at] != "nsubj" or syntax.pos[at] != "NOUN":
        return []
    if syntax.lemma[verb] not in parties.book.words["disrupting"]:
        return []
    return parties.all(parties.view[verb].patients)


def _conveyed(match: Match, parties: Arguments) -> list[Party]:
    """To whom a request is brought: "its plea for grain was forwarded to Ottawa"."""
    syntax = parties.syntax
    verb = syntax.head[match.token]
    if (
        syntax.dep[match.token] not in ("dobj", "nsubjpass")
        or syntax.lemma[verb] not in parties.book.words["conveying"]
    ):
        return []
    return parties.all(parties.view[verb].obliques.get("to", ()))


def _condition(match: Match, parties: Arguments) -> list[Party]:
    """On whose doing harm hangs: "would stop deliveries unless the government paid"."""
    syntax, view = parties.syntax, parties.view
    complement = view[match.token].complement if match.entry.type == "THREATEN" else None
    for at in (match.token, *((complement,) if complement is not None else ())):
        for child in syntax.children[at]:
            if child > at and syntax.dep[child] == "advcl":
                if any(syntax.dep[k] == "mark" and syntax.lower[k] in _CONDITIONS for k in syntax.children[child]):
                    return parties.all(view[child].agents)
    return []


def _grievance(match: Match, parties: Arguments) -> list[Party]:
    """Who did what people protest against, or troops answer: "rioted after the guards shut the mosque"."""
    syntax, view = parties.syntax, parties.view
    for child in syntax.children[match.token]:
        if syntax.dep[child] == "advcl" and syntax.pos[child] in ("VERB", "AUX"):
            if any(syntax.dep[k] == "mark" and syntax.lower[k] in _GRIEVANCES for k in syntax.children[child]):
                return parties.all(view[child].agents)
    return []


def belonging(actors: list[Party], parties: Arguments) -> list[Party]:
    """Where those who protest belong, for a protest that names nobody: "miners at a Codelco pit".

    Args:
        actors: who protests.
        parties: finds the parties of phrases.

    Returns:
        The parties of political kind inside the actors' phrases that are no actors.
    """
    known = {party.entity or party.head for party in actors}
    found: list[Party] = []
    for actor in actors:
        obliques = parties.view[actor.head].obliques
        for name in _BELONGING:
            if name == "of" and parties.syntax.lemma[actor.head] in _CROWDS:
                continue
            found = found or parties.all(head for head in obliques.get(name, ()) if actor.begin <= head < actor.end)
    return [party for party in found if party.entity and party.entity not in known and _lasting(party, parties)]


def only_other(match: Match, actors: list[Party], recipients: list[Party], parties: Arguments) -> list[Party]:
    """Whom an act concerns that no slot of its own names: the only one beside the actor whom the sentence names.

    "The premier quit after the army seized Oslo's airport", "turned down an offer that Ghana had made": where there is
    but one other state, body or person in the sentence, a reader has no choice.

    Args:
        match: the trigger and what its pattern took up.
        actors: who acts.
        recipients: those found; where one of them is somebody, there is nothing to look for.
        parties: finds the parties of phrases.

    Returns:
        That one, or nobody.
    """
    if match.entry.type not in _CONCERNING or (match.entry.reciprocal and len(actors) > 1):
        return []
    if not any(party.weight == 2 for party in actors) or any(p.weight == 2 or p.entity for p in recipients):
        return []
    syntax, resolution = parties.syntax, parties.resolution
    if any(syntax.tag[actor.head] == "NNS" and syntax.lemma[actor.head] in _TOGETHER for actor in actors):
        return []  # "the countries" are those who are named
    near = parties.references(syntax.sentence[match.token])
    if len(near) == 1:
        return []
    mine = Kin(resolution).names(actors)
    found: dict[str, Party] = {}
    for reference in near:
        entity = reference.entity
        if entity is None or reference.how == "pronoun" or entity in mine or parties.rating(entity) < 2:
            continue
        known = resolution.entity(entity)
        if known.kind in ("place", "outlet") or (known.kind == "group" and known.country is None):
            continue
        if (known.country in mine and known.kind != "person") or _tells(reference.head, parties):
            continue
        if any(syntax.left(actor.head) <= reference.head < syntax.right(actor.head) for actor in actors):
            continue
        party = parties.refer(reference)[0]
        if party.named:
            found.setdefault(entity, party)
            if len(found) > 1:
                return []
    return list(found.values())


def _tells(head: int, parties: Arguments) -> bool:
    """Whether somebody is only the one who tells it: "…, Kenyan officials said", "according to Peru"."""
    syntax = parties.syntax
    if syntax.dep[head] in ("compound", "amod", "poss", "nmod"):
        head = syntax.head[head]
    verb = syntax.head[head]
    if syntax.dep[head] == "nsubj":
        return syntax.lemma[verb] in parties.book.words["saying"]
    return syntax.dep[head] == "pobj" and syntax.lower[verb] == "to" and syntax.lower[verb - 1] == "according"


def _lasting(party: Party, parties: Arguments) -> bool:
    """Whether somebody is a country, place or body, and no crowd."""
    return party.entity is not None and parties.resolution.entity(party.entity).kind not in ("group", "person")
