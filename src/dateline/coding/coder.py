"""The coder: from triggers and their parties to the events of a record."""

from __future__ import annotations

from dataclasses import replace

from dateline.annotate import Syntax
from dateline.coding.admission import Admission
from dateline.coding.aim import aim, belonging, commanders, only_other, senders
from dateline.coding.arguments import Arguments
from dateline.coding.codebook import Codebook
from dateline.coding.coded import Coded
from dateline.coding.kin import Kin
from dateline.coding.mode import contexts_of, mode_of
from dateline.coding.off_topic import Topic
from dateline.coding.party import Party
from dateline.coding.revision import borrow, point, revise
from dateline.coding.trigger import Match, TriggerFinder
from dateline.mentions.predicates import Predicates
from dateline.records import Statement
from dateline.resolve import Resolution

# Where something is done, not to whom.
_WHERE = frozenset(("in", "at", "near", "inside", "outside", "across", "around"))
# Types done to somebody, in words.
_AIMED = frozenset(("THREATEN", "SUPPORT", "REQUEST"))
_STORMS = frozenset(("storm", "hurricane", "typhoon", "cyclone", "tornado"))
# Types of acts that are threatened rather than promised.
_HARM = frozenset(("ASSAULT", "COERCE", "SANCTION", "PROTEST"))
_WILL = frozenset(("would", "will", "wo", "'ll"))
_SIDES = frozenset(("two", "both", "rival", "warring"))
_TOLD = frozenset(("it", "they", "he", "she", "you"))
# Types done with or to somebody who is meant, be he told by another pattern of the word.
_MEANT = frozenset(("ACCUSE", "AGREE", "AID", "CONCEDE", "CONSULT", "COOPERATE", "REJECT", "SUPPORT"))
_MUTUAL = frozenset((("each", "other"), ("one", "another")))
# So far from its verb "each other" stands.
_CLOSE = 8
_FIRST_PERSON = frozenset({"i", "we", "us", "me"})


def code(
    syntax: Syntax, view: Predicates, resolution: Resolution, statements: list[Statement], book: Codebook
) -> list[Coded]:
    """Code the acts of a text.

    Args:
        syntax: the parse.
        view: its clause view.
        resolution: who each phrase means.
        statements: the statements of the report; a modal's or "we"'s actor is their speaker.
        book: the codebook.

    Returns:
        The events in the order of their triggers.
    """
    finder = TriggerFinder(syntax, view, book, statements, resolution)
    parties = Arguments(finder, resolution)
    topic = Topic(finder, resolution)
    admission = Admission(topic)
    found: list[Coded] = []
    taken: set[int] = set()
    own: set[int] = set()
    for token, matches in finder.find():
        if syntax.sentence[token] in topic.quiet:
            continue
        best: Coded | None = None
        for match in matches:
            if best is not None and (match.entry.type != best.match.entry.type or match.taken):
                continue
            entry_type = match.entry.type
            event = _event(match, parties)
            if event is not None and (
                match.entry.own
                or (event.how == "bare" and not admission.names_somebody(match))
                or (event.how != "bare" and admission.admits(match, event.actors, event.recipients))
            ):
                told = entry_type not in _MEANT or any(party.weight for party in event.recipients)
                if best is None or told:
                    best = event
                if told or match.entry.own or match.taken or match.entry.kind != "verb":
                    break  # else another pattern of the type may tell whom: "mediated in talks between Chad and Mali"
        if best is not None:
            match = best.match
            if main_clause(syntax, token):
                best.recipients += only_other(match, best.actors, best.recipients, parties)
            best.shown = _shown(match, finder)
            best.doubtful = admission.leaves_doubt(match, (*best.actors, *best.recipients))
            found.append(best)
            (own if match.entry.own else taken).update(match.taken)
    # A noun that another pattern took up ("lifted the sanctions") is no event of its own, but where the user's
    # codebook has the noun, the pattern that came along steps back.
    users = {event.match.token for event in found if event.match.entry.own}
    out = [
        event
        for event in found
        if event.match.token not in own
        and (event.match.entry.own or (event.match.token not in taken and users.isdisjoint(event.match.taken)))
    ]
    out = revise(out, parties)
    holders = innermost(statements, [syntax.begin[event.match.token] for event in out])
    by_id = {statement.id: statement for statement in statements}
    for event, holder in zip(out, holders, strict=True):
        event.statement = holder
        _put_speaker(event, parties, by_id.get(holder) if holder else None)
        event.mode = mode_of(syntax, view, event.match, event.actors, event.recipients, book)
        places = book.words["places"]
        if event.mode == "abduct" and event.recipients:  # "captured Kunduz": a town is taken, not kidnapped
            if all(parties.body(party) or syntax.lemma[party.head] in places for party in event.recipients):
                event.mode = None
        event.contexts = contexts_of(syntax, event.match, event.mode, book)
    out = [event for event in out if not event.match.entry.speaker or event.actors]
    borrow(out, parties)
    for event in out:
        if event.match.entry.type == "PROTEST" and event.match.entry.kind == "verb":
            if not any(party.weight for party in event.recipients):
                event.recipients = event.recipients + belonging(event.actors, parties)
    point(out, syntax)
    for event in out:
        event.confidence = confidence(event, syntax, book)
    return out


def _event(match: Match, parties: Arguments) -> Coded | None:
    """The event of a match, or None where nobody of political kind takes part."""
    syntax = parties.syntax
    entry = match.entry
    if entry.speaker:
        actors, recipients, how = _said(syntax, parties.view, parties, match)
    elif entry.kind == "noun":
        actors, recipients, how = parties.of_noun(match)
        if not actors:
            actors, recipients = senders(match, recipients, parties)
    else:
        actors, recipients = parties.of_verb(match)
        actors = actors or commanders(match, parties)
        how = "verb"
        heads = parties.agents(match.token)
        if heads and all(_natural(syntax, parties.book, head) for head in heads):
            return None  # "killed by the crash of a Malaysian jet"
        if not actors and syntax.tag[match.token] == "VB" and main_clause(syntax, match.token):
            return None  # "Pound the spices": an instruction to the reader
        if entry.type == "ACCUSE" and entry.act is not None and _of_himself(match, actors, parties):
            return None  # "claimed that they had attacked the port"
        if _aimless(match, parties):
            recipients = [p for p in recipients if syntax.lower[syntax.head[p.head]] not in _WHERE]
            if not recipients and entry.type == "REQUEST":
                return None  # "the Danes pressed high"
    if (entry.place or entry.embedded) and actors and not any(party.entity and party.named for party in recipients):
        if (not entry.reciprocal or len(actors) == 1) and not _aimless(match, parties):
            recipients = recipients + parties.scene(match.token, entry, actors, recipients)
    if actors:
        if entry.type == "MOBILIZE":  # "the Danish army was put on alert" against nobody Danish
            own = {k for party in actors for k in range(party.begin, party.end)}
            recipients = [p for p in recipients if p.head not in own and not parties.owned_body(p.head)]
        recipients = recipients + aim(match, actors, recipients, parties)
    return _settle(match, actors, recipients, how, parties)


def _of_himself(match: Match, actors: list[Party], parties: Arguments) -> bool:
    """Whether the clause that a verb takes tells what the speaker's own side did, or that nobody did it."""
    clause = parties.view[match.token].complement
    own = parties.view.own_subject(clause) if clause is not None and clause > match.token else None
    if clause is None or own is None:
        return False
    if parties.view.form(clause).negated:
        return True
    told, mine = parties.all((own,)), Kin(parties.resolution).names(actors)
    unknown = parties.syntax.pos[own] == "PRON" and (not told or any(party.entity is None for party in told))
    return unknown or any(party.entity in mine for party in told)


def _aimless(match: Match, parties: Arguments) -> bool:
    """Whether somebody is just said to threaten or defend somewhere, with no word of whom or what."""
    predicate = parties.view[match.token]
    return (
        match.entry.kind == "verb"
        and match.entry.type in _AIMED
        and match.entry.pattern.recipient is None
        and not match.taken
        and predicate.complement is None
        and not (predicate.patients or predicate.datives)
    )


def _shown(match: Match, finder: TriggerFinder) -> int:
    """The word that says the act: the noun of a light verb ("launched an *attack*"), else the trigger."""
    if match.taken and finder.lemma[match.token] in finder.book.support:
        for head in match.taken:
            if finder.lemma[head] in finder.book.words["armour"]:
                continue  # what is fired is a thing, the firing is the act
            entries = finder.book.triggers.get(finder.lemma[head])
            if entries is not None and any(entry.type == match.entry.type for entry in entries.noun):
                return head
    return match.token


def _put_speaker(event: Coded, parties: Arguments, statement: Statement | None) -> None:
    """The speaker of a statement is its "we", and the one who says its "must"."""
    speaker = _speaker(parties, statement)
    lower = parties.syntax.lower
    if speaker and not event.actors and event.match.entry.type in _HARM and _announced(event, parties):
        if speaker[0].entity is None or speaker[0].entity not in {party.entity for party in event.recipients}:
            event.actors = speaker  # "said that the bases would be hit unless"
    syntax, i = parties.syntax, event.match.token
    quoted = statement is not None and statement.quote == "direct"
    if speaker and quoted and not event.actors and syntax.tag[i] == "VBG" and syntax.dep[i] in ("csubj", "nsubj"):
        event.actors = speaker  # “Meeting him was a pleasure,” the speaker's
    if speaker and (event.match.entry.speaker or event.actors):
        if all(party.entity is None and lower[party.head] in _FIRST_PERSON for party in event.actors):
            event.actors = speaker
        syntax = parties.syntax
        for k, party in enumerate(event.actors):  # "our forces" are the speaker's
            owners = (child for child in syntax.children[party.head] if syntax.dep[child] == "poss")
            if party.entity is None and any(lower[child] in ("our", "my") for child in owners):
                event.actors[k] = replace(party, entity=speaker[0].entity)


def _announced(event: Coded, parties: Arguments) -> bool:
    """Whether harm is told in the passive, and as what will come on a condition: a threat of whoever says it."""
    syntax, verb = parties.syntax, event.match.token
    if event.match.entry.kind != "verb" or not parties.view[verb].passive:
        return False
    if not any(
        syntax.dep[k] == "aux" and syntax.lower[k] in ("would", "will", "wo", "'ll") for k in syntax.children[verb]
    ):
        return False
    return any(
        syntax.dep[k] == "mark" and syntax.lower[k] in ("if", "unless", "until")
        for clause in syntax.children[verb]
        if syntax.dep[clause] == "advcl"
        for k in syntax.children[clause]
    )


def _said(syntax: Syntax, view: Predicates, parties: Arguments, match: Match) -> tuple[list[Party], list[Party], str]:
    """In "said that Israel must halt the strikes" the sayer asks, the subject is asked."""
    i = match.token
    verb = syntax.head[i] if syntax.dep[i] in ("aux", "acomp", "attr") else i
    sayer = parties.finder.sayer(i)
    actors = parties.all(parties.agents(sayer)) if sayer is not None else []
    subjects = view[i].patients if match.entry.pattern.recipient == "object" else view.subjects(verb)
    told = view[sayer].datives or view[sayer].objects if sayer is not None and syntax.lemma[sayer] == "tell" else ()
    if told and all(syntax.lower[head] in _TOLD for head in subjects):  # "told Oman that it must open the border"
        subjects = told
    return actors, parties.all(subjects), "modal"  # "the police would not tolerate protests by the union"


def _speaker(parties: Arguments, statement: Statement | None) -> list[Party]:
    if statement is None or not statement.chain or statement.chain[-1].span is None:
        return []
    link = statement.chain[-1]
    assert link.span is not None
    begin, end = parties.syntax.chars_to_tokens(*link.span)
    if begin >= end:
        return []
    weight = parties.rating(link.entity) if link.entity is not None else 1
    return [Party(end - 1, begin, end, link.entity, weight)]


def _settle(match: Match, actors: list[Party], recipients: list[Party], how: str, parties: Arguments) -> Coded | None:
    """Bring parties in order; None where nobody of political kind takes part."""
    entry = match.entry
    reciprocal = False
    syntax, book = parties.syntax, parties.book

    def pronoun(party: Party) -> bool:
        return syntax.pos[party.head] == "PRON"

    if parties.several(actors) and (
        (entry.reciprocal and all(p.weight == 0 for p in recipients))
        or (entry.kind == "verb" and _each_other(syntax, match.token))
    ):
        recipients = list(reversed(actors))
        reciprocal = True
    if entry.reciprocal and len(actors) == 1 and all(p.weight == 0 for p in recipients):
        if syntax.tag[actors[0].head] in ("NNS", "NNPS") and _both(syntax, actors[0]):  # "the two Koreas agreed"
            recipients, reciprocal = list(actors), True
    if not reciprocal and recipients is not actors:
        known = {(p.entity or p.head) for p in actors}
        if not entry.reciprocal or not all((p.entity or p.head) in known for p in recipients):
            # Nobody does it to himself: where the same one is meant, it was not understood who.
            heads = {p.head for p in actors}
            recipients = [
                p if (p.entity or p.head) not in known else replace(p, entity=None)
                for p in recipients
                if p.head not in heads and (p.entity is None or p.entity not in known or not pronoun(p))
            ]
    recipients = list({(p.begin, p.end, p.entity): p for p in recipients}.values())
    if entry.addressed:
        # Things are given, asked and promised, not addressed.
        tools, places = book.words["means"], book.words["places"]
        recipients = [
            p
            for p in recipients
            if (p.weight and (p.entity or syntax.lemma[p.head] not in tools)) or syntax.lemma[p.head] in places
        ]
    if actors and all(_natural(syntax, book, p.head) for p in actors):
        return None  # storms and viruses strike, too
    if entry.kind == "verb" and actors and all(_nobody(parties, p) for p in actors):
        return None  # so does whatever else is nobody
    if entry.bodily and any(p.head in parties.view[match.token].patients and parties.body(p) for p in recipients):
        return None  # "Peru beat Chile" is a match, and no country was beaten up
    best_actor = max((p.weight for p in actors), default=-1)
    best_recipient = max((p.weight for p in recipients), default=-1)
    weak = entry.strength == "weak" and (best_actor < 1 or best_recipient < 1)
    if weak or max(best_actor, best_recipient) < 1:
        if entry.kind != "noun" or (weak and best_actor >= 1 and best_recipient >= 0):
            return None
        how = "bare"  # an event only where the report has told of it before: "the visit"
    return Coded(match, actors, recipients, how, None, [], reciprocal=reciprocal, shown=match.token)


def _each_other(syntax: Syntax, verb: int) -> bool:
    """Whether two do it to each other: "recognised each other", "cut tariffs on one another's goods"."""
    end = min(syntax.sentences[syntax.sentence[verb]][1] - 1, verb + _CLOSE)
    for k in range(verb + 1, end):
        if (syntax.lower[k], syntax.lower[k + 1]) in _MUTUAL:
            return all(syntax.pos[j] not in ("VERB", "AUX") for j in range(verb + 1, k))
    return False


def _both(syntax: Syntax, party: Party) -> bool:
    """Whether a plural stands for two sides that do something to each other."""
    return any(syntax.lower[k] in _SIDES for k in range(party.begin, party.head))


def _natural(syntax: Syntax, book: Codebook, head: int) -> bool:
    """Whether a phrase is of weather or another force of nature: "snow", "Tropical storm Ana"."""
    if syntax.lemma[head] in book.natural and not syntax.word[head].isupper():  # "ICE" is an agency
        return syntax.lemma[head] != "fire" or syntax.child(head, "amod", "compound", "poss") is None  # "Syrian fire"
    if syntax.pos[head] != "PROPN" or syntax.word[head].isupper():
        return False
    if syntax.lower[head] in book.natural and head == syntax.sentences[syntax.sentence[head]][0]:
        return True  # a capital because it begins the sentence
    return any(
        syntax.lower[child] in _STORMS and syntax.dep[child] in ("compound", "nmod") for child in syntax.children[head]
    )


def _nobody(parties: Arguments, party: Party) -> bool:
    """Whether a party is a thing: neither somebody nor what somebody wrote or imposed."""
    syntax, head = parties.syntax, party.head
    return (
        party.weight == 0
        and syntax.pos[head] == "NOUN"
        and syntax.word[head][0].islower()
        and (syntax.dep[head] == "nsubj" or syntax.lower[syntax.head[head]] == "by")
        and parties.finder.lemma[head] not in parties.book.words["papers"]
    )


def confidence(event: Coded, syntax: Syntax, book: Codebook) -> float:
    """The calibrated confidence of an event's bucket: how it was found, and who takes part."""
    return book.confidence.get(bucket(event, syntax), 0.5)


def bucket(event: Coded, syntax: Syntax) -> str:
    """The features that confidence hangs on, as a key of the codebook's table: where the trigger
    stands, which sides are known, and how telling the entry is.
    """
    entry, i = event.match.entry, event.match.token
    if event.doubtful:
        return "doubtful"
    if event.how == "purpose":
        place = "noun"
    elif entry.speaker:
        place = "said"
    elif entry.kind == "noun":
        place = "support" if event.how == "support" else "noun"
    else:
        place = "main" if main_clause(syntax, i) else "clause"
    actor = max((p.weight for p in event.actors), default=-1)
    recipient = max((p.weight for p in event.recipients), default=-1)
    sides = "both" if actor == 2 and recipient == 2 else "actor" if actor == 2 else "some" if actor >= 0 else "none"
    return f"{place}/{sides}/{entry.strength}"


def main_clause(syntax: Syntax, i: int) -> bool:
    """Whether a verb heads its sentence, or what somebody says in it."""
    for _ in range(8):
        dep = syntax.dep[i]
        if dep == "ROOT":
            return True
        if dep not in ("conj", "ccomp", "parataxis") or syntax.head[i] == i:
            return False
        i = syntax.head[i]
    return False


def innermost(statements: list[Statement], positions: list[int]) -> list[str | None]:
    """For each position (sorted code points), the innermost statement whose content holds it."""
    spans = sorted((begin, -end, s.id) for s in statements for begin, end in s.content)
    out: list[str | None] = []
    open_: list[tuple[int, int, str]] = []
    at = 0
    for position in positions:
        while at < len(spans) and spans[at][0] <= position:
            open_.append(spans[at])
            at += 1
        open_ = [span for span in open_ if -span[1] > position]
        out.append(open_[-1][2] if open_ else None)
    return out
