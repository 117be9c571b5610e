"""Aims: at whom an act is directed where none of its own slots names anybody.

Troops are sent "to keep watch on" somebody, crowds take to the streets "after the court jailed" somebody,
workers strike at the mine where they work: the purpose, the grievance, or the actor's own phrase tells.
"""

from __future__ import annotations

from dateline.coding.arguments import Arguments
from dateline.coding.party import Party
from dateline.coding.trigger import Match

# What opens the clause or phrase that tells why people protest.
_GRIEVANCES = frozenset(("after", "because", "as", "over", "following", "since"))
# Where those belong who protest: "workers at the mine", "inmates in Israel's jails".
_BELONGING = ("at", "of", "in", "from")
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
    elif kind == "PROTEST" and not any(_somebody(party, parties) for party in recipients):
        found = _governed(match, parties) or _grievance(match, parties)
    elif kind == "REQUEST" and match.entry.kind == "noun":
        found = _conveyed(match, parties)
    else:
        return []
    return [party for party in found if party.weight == 2 and (party.entity or party.head) not in known]


def _somebody(party: Party, parties: Arguments) -> bool:
    """Whether a recipient is one who can be protested against, more than the place where it is done."""
    return party.weight == 2 and party.entity is not None and parties.resolution.entity(party.entity).kind != "place"


def _purpose(match: Match, parties: Arguments) -> list[Party]:
    """Whom troops are sent to deal with: "readied a brigade to hunt the guerrillas of the south"."""
    syntax, view = parties.syntax, parties.view
    for at in (match.token, *match.taken):
        for child in syntax.children[at]:
            if child > at and syntax.dep[child] in _PURPOSES and syntax.lower[child - 1] == "to":
                predicate = view[child]
                found = parties.all((*predicate.objects, *predicate.obliques.get("against", ())))
                if any(party.weight == 2 for party in found):
                    return found
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


def _grievance(match: Match, parties: Arguments) -> list[Party]:
    """Who did what people protest against: "rioted after the guards shut the mosque"."""
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
            found = found or parties.all(head for head in obliques.get(name, ()) if actor.begin <= head < actor.end)
    return [party for party in found if party.weight == 2 and party.entity and party.entity not in known]
