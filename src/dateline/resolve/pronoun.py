"""Pronouns: the antecedent by gender, number, quotation, subject and distance.

A ranking in the manner of Lappin and Leass (1994): subjects and near mentions weigh more, what
governs the same verb cannot be the same entity unless the pronoun is reflexive or possessive.
"""

from __future__ import annotations

from itertools import islice

from dateline.mentions.names import word_set
from dateline.records import EntityKind
from dateline.resolve.group import pair_of
from dateline.resolve.quotation import speaker_head
from dateline.resolve.reading import Reading

_SINGULAR = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_NEUTER = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_SPEAKER = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
_PAIR = frozenset({"two", "both"})
PRONOUNS = frozenset(_SINGULAR) | _NEUTER | _PLURAL | _SPEAKER | _RELATIVE | _PAIR
_NOT_PERSON: tuple[EntityKind, ...] = ("organization", "outlet", "country", "group", "place")
_REACH = 4
_SAYING = frozenset(
    {"say", "tell", "add", "claim", "write", "tweet", "declare", "state", "warn", "announce", "insist", "argue"}
)
_EMPTY = word_set(
    "clear unclear possible impossible likely unlikely important known unknown uncertain evident obvious true"
)
# What countries rather than councils and companies have.
_OF_STATES = word_set(
    "test weapon missile arsenal army military navy troop force border territory sovereignty economy export "
    "import ambassador nuclear program programme ally neighbor neighbour people citizen soil parliament "
    "president government history invasion air capital currency independence leader minister population oil "
    "warhead embassy"
)
_ENVOYS = frozenset({"ambassador", "envoy", "diplomat", "consul", "attache", "charge"})
_DONE_TO_FOES = frozenset(
    {"extradite", "arrest", "detain", "deport", "expel", "prosecute", "punish", "kill", "jail", "imprison", "try"}
)
_WANTING = frozenset({"demand", "seek", "urge", "request", "order", "want", "welcome", "await"})
_CONCESSIONS = frozenset(
    {"release", "withdrawal", "return", "extradition", "resignation", "removal", "ouster", "arrest", "surrender"}
)
_CALLING_IN = frozenset({"summon", "expel", "convene", "oust"})
# Verbs of praise, blame and punishment: what follows "for" is the deed of their object.
_JUDGING = word_set(
    "punish blame criticize criticise condemn praise thank sanction fault rebuke hail applaud denounce slam "
    "commend berate scold indict prosecute try jail arrest fine blast lambast attack penalize penalise reward "
    "congratulate censure chide ridicule target"
)
_ACCUSATIVE = frozenset({"them", "him", "her", "us", "me"})
# So many verbs are joined with one subject.
_CHAIN = 4
_LISTED = 12
_WEATHER = frozenset({"be", "seem", "appear", "become", "remain", "take", "happen"})


def refer_to_pronoun(reading: Reading, i: int) -> None:
    """Write down what a pronoun at a token means; unresolved ones with the reason."""
    word = reading.syntax.lower[i]
    if word in _RELATIVE:
        _relative(reading, i)
        return
    if word in _PAIR:
        _pair(reading, i)
        return
    if word in _SPEAKER:
        _speaker(reading, i)
        return
    if word in _NEUTER and _is_empty(reading, i):
        return
    gender = _SINGULAR.get(word, "")
    entity, members = antecedent(reading, i, gender, word in _PLURAL)
    why = "" if entity or members else "no antecedent of this gender and number in the sentences before"
    if entity is None and not members:
        reading.refer((i, i + 1), i, None, "pronoun", why=why)
        return
    reading.refer((i, i + 1), i, entity, "pronoun", members=members, why="agrees and is nearest among the subjects")


def _pair(reading: Reading, i: int) -> None:
    """Resolve "the two" and "both" that no noun follows: "the two signed a deal", "and both warned"."""
    syntax = reading.syntax
    if syntax.dep[i] not in ("nsubj", "nsubjpass", "dobj", "pobj") or syntax.pos[syntax.head[i]] not in _PREDICATES:
        return
    if syntax.lower[i] == "two" and (i == 0 or syntax.lower[i - 1] != "the"):
        return
    of = syntax.child(i, "prep")
    if of == i + 1 and syntax.lower[i + 1 : i + 3] == ["of", "them"]:
        members = pair_of(reading, i)
        for at in (i, i + 2) if members else ():  # "sanctions on both of them"
            reading.refer((i, i + 3), at, None, "pronoun", members=members, why="the two spoken of last")
        return
    if any(c > i for c in syntax.children[i]):
        return  # "both of which", "both Paris and Berlin"
    members = pair_of(reading, i)
    if members:
        begin = i - 1 if syntax.lower[i] == "two" else i
        reading.refer((begin, i + 1), i, None, "pronoun", members=members, why="the two spoken of last")


_PREDICATES = frozenset({"VERB", "AUX", "ADP"})


def _relative(reading: Reading, i: int) -> None:
    """Resolve a relative pronoun: "who" in "the minister who resigned" is the minister."""
    syntax = reading.syntax
    if syntax.tag[i] not in ("WP", "WDT", "WP$", "IN"):
        return
    verb = syntax.head[i]
    for _ in range(4):
        if syntax.dep[verb] == "relcl":
            break
        if syntax.head[verb] == verb or syntax.dep[verb] not in (
            "prep",
            "pobj",
            "aux",
            "xcomp",
            "poss",
            "nsubj",
            "dobj",
            "conj",
            "ccomp",
        ):
            return
        verb = syntax.head[verb]
    else:
        return
    antecedent = reading.at.get(syntax.head[verb])
    if antecedent is not None and (antecedent.entity or antecedent.members):
        reading.refer((i, i + 1), i, antecedent.entity, "pronoun", members=antecedent.members, why="relative clause")


def _speaker(reading: Reading, i: int) -> None:
    """Resolve "I" and "we" in a quotation to its speaker."""
    if reading.quotations.of[i] < 0:
        return
    head = speaker_head(reading.syntax, reading.quotations, i)
    if head is None:
        return
    reference = reading.at.get(head)
    if reference is None:
        reading.waiting.append((i, head))
        return
    if reference.entity or reference.members:
        reading.refer(
            (i, i + 1), i, reference.entity, "pronoun", members=reference.members, why="speaker of the quotation"
        )


def settle_speakers(reading: Reading) -> None:
    """Resolve the "I" and "we" whose speaker is named behind the quotation."""
    for i, head in reading.waiting:
        reference = reading.at.get(head)
        if reference is not None and (reference.entity or reference.members):
            reading.refer(
                (i, i + 1), i, reference.entity, "pronoun", members=reference.members, why="speaker of the quotation"
            )


def _is_empty(reading: Reading, i: int) -> bool:
    """Whether "it" means nothing: "it is clear that", "it rained"."""
    syntax = reading.syntax
    if syntax.dep[i] == "expl":
        return True
    if syntax.dep[i] not in ("nsubj", "nsubjpass"):
        return False
    verb = syntax.head[i]
    if syntax.dep[i] == "nsubjpass" or syntax.lemma[verb] in _WEATHER:
        for c in syntax.children[verb]:
            if syntax.dep[c] in ("ccomp", "xcomp", "advcl", "csubj", "csubjpass") and c > i:
                return True
            if syntax.dep[c] == "acomp" and syntax.lemma[c] in _EMPTY:
                return True
            if syntax.dep[c] in ("acomp", "attr"):
                return any(syntax.dep[d] in ("ccomp", "xcomp", "prep", "relcl", "acl") for d in syntax.children[c]) or (
                    syntax.lemma[verb] == "be"
                )
    return False


def antecedent(
    reading: Reading, i: int, gender: str, is_plural: bool, kinds: tuple[EntityKind, ...] = ()
) -> tuple[str | None, tuple[str, ...]]:
    """Whom a pronoun, or a bare definite noun, at a token means.

    Args:
        reading: the report.
        i: token of the pronoun or the noun.
        gender: "m", "f", or "" for neuter and plural.
        is_plural: whether several, or a body of people, are meant.
        kinds: only entities of these kinds, where given.

    Returns:
        The entity, or None; the members of a group, where it is one.
    """
    syntax = reading.syntax
    cast = reading.cast
    here = syntax.sentence[i]
    possessive = syntax.tag[i] == "PRP$"
    reflexive = syntax.lower[i].endswith(("self", "selves"))
    verb = _clause(reading, i)
    barred = set() if possessive or reflexive else _coarguments(reading, i)
    not_meant = {reading.at[head].entity for head in barred if head in reading.at}
    if possessive:
        not_meant |= _other_party(reading, i)
    quote = reading.quotations.of[i]
    speaker = speaker_head(syntax, reading.quotations, i) if quote >= 0 else None
    speaking = reading.at.get(speaker) if speaker is not None else None
    scores: dict[str, float] = {}
    best_plural: tuple[float, tuple[str, ...]] = (0.0, ())
    parallel = _conjunct(reading, i)
    if parallel is not None and _agrees(
        cast[parallel].kind, cast.traits[parallel].gender, cast.traits[parallel].plural, gender, is_plural
    ):
        return parallel, ()
    if is_plural and possessive:
        own = _plural_subject(reading, verb, i)
        if own is not None:
            reference = reading.at.get(own)
            return (reference.entity, reference.members) if reference is not None else (None, ())
    told = _tells(reading, i)
    controller = _controller(reading, i)
    says = not gender and not is_plural and syntax.dep[i] == "nsubj" and syntax.lemma[syntax.head[i]] in _SAYING
    spoken_of = _subject_entity(reading, told)
    for turn in reading.back():
        if turn.head >= i:
            continue
        distance = here - turn.sentence
        if distance > _REACH:
            break
        if turn.members:
            if is_plural and turn.head not in barred:
                score = 13.0 / (1 + distance) + (4.0 if turn.subject else 0.0)
                if turn.subject and distance == 0 and _governs(reading, syntax.head[turn.head], verb):
                    score += 6.0
                if score > best_plural[0]:
                    best_plural = (score, turn.members)
            continue
        if turn.entity == spoken_of or (turn.entity in not_meant and not is_plural):
            continue
        entity = cast[turn.entity]
        traits = cast.traits[turn.entity]
        if kinds and entity.kind not in kinds:
            continue
        if is_plural and entity.kind == "country" and not turn.plural:
            continue  # "they" are its officials or two states, which other phrases name
        if not _agrees(entity.kind, traits.gender, traits.plural, gender, is_plural):
            continue
        if turn.head in barred or (speaking is not None and speaking.entity == turn.entity and not is_plural):
            continue
        score = 10.0 / (1 + distance) + (4.0 if turn.subject else 0.0)
        if is_plural:
            score += 3.0 if traits.plural else 2.0 if turn.plural else -4.0
            if syntax.dep[turn.head] in ("amod", "compound", "nmod"):
                score -= 6.0  # "Republican Senator": the party is no "they"
        elif not gender:
            if possessive and syntax.lemma[syntax.head[i]] in _OF_STATES:
                score += {"country": 9.0, "group": -2.0, "organization": -5.0}.get(entity.kind, 0.0)
            score += {"country": 1.0, "organization": 2.0, "outlet": 2.0, "group": 0.0}.get(entity.kind, -6.0)
            if turn.entity == reading.publisher:
                score -= 5.0
        elif traits.gender == gender:
            score += 2.0
        governor = syntax.head[turn.head]
        single = is_plural and not traits.plural and not turn.plural
        if turn.subject and distance == 0 and not single and _governs(reading, governor, verb):
            score += 8.0 if governor == verb else 6.0
        if turn.head == controller:
            score += 12.0
        if says and turn.entity == reading.speaking:
            score += 5.0
        if quote >= 0 and reading.quotations.of[turn.head] == quote:
            score += 3.0
        scores[turn.entity] = max(scores.get(turn.entity, 0.0), score) + 0.3
    if is_plural:
        together = joint(reading, i)
        if together[0] > best_plural[0]:
            best_plural = together
    if is_plural and not scores and not best_plural[1]:
        best_plural = joint(reading, i, reach=3)
    if not scores and not best_plural[1]:
        return None, ()
    entity_id = max(scores, key=lambda e: scores[e]) if scores else None
    if best_plural[1] and (entity_id is None or entity_id in best_plural[1] or best_plural[0] > scores[entity_id]):
        return None, best_plural[1]
    return entity_id, ()


def _conjunct(reading: Reading, i: int) -> str | None:
    """Resolve "its" in "the U.S. and its allies" to the first of the two."""
    syntax = reading.syntax
    noun = syntax.head[i]
    if syntax.dep[i] != "poss" or syntax.dep[noun] != "conj":
        return None
    for node in (noun, syntax.head[noun]):
        first = syntax.head[node] if node == noun else node
        reference = reading.at.get(first)
        if reference is not None:
            return reference.entity
    return None


def _subject_entity(reading: Reading, verb: int | None) -> str | None:
    """Who the subject of a verb is."""
    if verb is None:
        return None
    for c in reading.syntax.children[verb]:
        if reading.syntax.dep[c] in ("nsubj", "nsubjpass"):
            reference = reading.at.get(c)
            return reference.entity if reference is not None else None
    return None


def _tells(reading: Reading, i: int) -> int | None:
    """The complement of a verb of saying behind it whose subject the pronoun is: "..., it said"."""
    syntax = reading.syntax
    verb = syntax.head[i]
    if syntax.dep[i] != "nsubj" or syntax.lemma[verb] not in _SAYING:
        return None
    for c in syntax.children[verb]:
        if syntax.dep[c] == "ccomp" and c < i:
            return c
    return None


def _agrees(kind: EntityKind, own: str, plural: bool, gender: str, is_plural: bool) -> bool:
    if is_plural:
        return kind in ("group", "organization", "outlet", "country") or plural
    if gender:
        return kind == "person" and (own in ("", gender))
    return kind in _NOT_PERSON and not (plural and kind == "group")


def _clause(reading: Reading, i: int) -> int:
    """The verb that governs a token."""
    syntax = reading.syntax
    node = i
    for _ in range(8):
        if syntax.pos[node] in ("VERB", "AUX") or syntax.head[node] == node:
            break
        node = syntax.head[node]
    return node


def _governs(reading: Reading, verb: int, inner: int) -> bool:
    """Whether a verb's clause has another as its complement ("X said he would ...") or is joined with it."""
    syntax = reading.syntax
    node = inner
    for _ in range(6):
        if node == verb:
            return True
        if syntax.head[node] == node:
            return False
        if syntax.dep[node] == "conj" and any(syntax.dep[c] == "nsubj" for c in syntax.children[node]):
            return False  # joined with it, but somebody else's doing
        node = syntax.head[node]
    return False


def _other_party(reading: Reading, i: int) -> set[str | None]:
    """Who summons "its ambassador" or demands "its withdrawal" is not the one whose ambassador or withdrawal it is."""
    syntax = reading.syntax
    noun = syntax.head[i]
    verb = syntax.head[noun]
    called = syntax.lemma[noun] in _ENVOYS and syntax.lemma[verb] in _CALLING_IN
    wanted = syntax.lemma[noun] in _CONCESSIONS and syntax.lemma[verb] in _WANTING
    if syntax.dep[noun] != "dobj" or not (called or wanted):
        return set()
    subjects = (c for c in syntax.children[verb] if syntax.dep[c] == "nsubj")
    return {reading.at[c].entity for c in subjects if c in reading.at}


def _coarguments(reading: Reading, i: int) -> set[int]:
    """Other arguments of the verb that governs a pronoun: not the same entity ("Kim met him")."""
    syntax = reading.syntax
    out: set[int] = set()
    node = syntax.head[i]
    if syntax.dep[i] == "pobj":
        node = syntax.head[node]
    if syntax.pos[node] not in ("VERB", "AUX"):
        return out
    for c in syntax.children[node]:
        if c != i and syntax.dep[c] in ("nsubj", "dobj", "dative", "nsubjpass"):
            out.add(c)
            out.update(k for k in syntax.children[c] if syntax.dep[k] == "appos")
            if syntax.tag[c] in ("WP", "WDT") and syntax.dep[node] == "relcl":
                out.add(syntax.head[node])  # "a policeman who helped them": not the policeman
    if syntax.lemma[node] in _DONE_TO_FOES and syntax.dep[node] in ("xcomp", "ccomp", "advcl"):
        above = syntax.head[node]  # "asked the United States to extradite him": another than who asks
        for _ in range(_CHAIN):
            out.update(c for c in syntax.children[above] if syntax.dep[c] == "nsubj")
            if syntax.dep[above] != "conj" or any(syntax.dep[c] == "nsubj" for c in syntax.children[above]):
                break
            above = syntax.head[above]
    accusative = syntax.lower[i] in _ACCUSATIVE
    if accusative and syntax.dep[i] == "nsubj" and syntax.dep[node] in ("ccomp", "xcomp"):
        node = syntax.head[node]  # "allowed them to march": not those who allow
        out.update(c for c in syntax.children[node] if syntax.dep[c] == "nsubj")
    if syntax.dep[i] != "nsubj" or accusative:
        for _ in range(_CHAIN):  # the subject of a verb joined with another stands with the first
            if syntax.dep[node] not in ("conj", "xcomp") or any(
                syntax.dep[c] == "nsubj" for c in syntax.children[node]
            ):
                break
            told = syntax.child(syntax.head[node], "dobj") if syntax.dep[node] == "xcomp" else None
            if told is not None and told != i:
                out.add(told)  # "ordered the army to free them": not the army
                break
            node = syntax.head[node]
            out.update(c for c in syntax.children[node] if syntax.dep[c] == "nsubj")
    return out


def _plural_subject(reading: Reading, verb: int, i: int) -> int | None:
    """The plural noun that is the subject of a pronoun's own clause: "permit other countries to export their tanks"."""
    syntax = reading.syntax
    for c in syntax.children[verb]:
        if c < i and syntax.dep[c] == "nsubj" and syntax.tag[c] in ("NNS", "NNPS"):
            return c
    return None


def _controller(reading: Reading, i: int) -> int | None:
    """Who does what an object is accused of or asked for: "accused Berlin of abandoning its duty"."""
    syntax = reading.syntax
    node = syntax.head[i]
    if syntax.dep[i] == "poss" and syntax.dep[node] == "pobj" and syntax.lower[syntax.head[node]] in ("for", "over"):
        verb = syntax.head[syntax.head[node]]
        if syntax.lemma[verb] in _JUDGING:  # "punish Moscow for its role"
            return syntax.child(verb, "dobj", "nsubjpass")
    for _ in range(4):
        if syntax.dep[node] in ("pcomp", "xcomp") and syntax.pos[node] == "VERB":
            verb = syntax.head[node] if syntax.dep[node] == "xcomp" else syntax.head[syntax.head[node]]
            for c in syntax.children[verb]:
                if syntax.dep[c] in ("dobj", "dative") and c < node:
                    return c
            return None
        if syntax.head[node] == node:
            return None
        node = syntax.head[node]
    return None


def _joined_before(reading: Reading, head: int) -> list[str]:
    """Who stands before an "and" in front of a phrase that the parser did not join: "President X and President Y"."""
    own = reading.at[head]
    if own.begin < 2 or reading.syntax.lower[own.begin - 1] != "and":
        return []
    for reference in islice(reversed(reading.references), 40):
        if reference.end == own.begin - 1 and reference.entity is not None and reference.entity != own.entity:
            return [reference.entity]
    return []


def joint(reading: Reading, i: int, reach: int = 1) -> tuple[float, tuple[str, ...]]:
    """Coordinated phrases before "they" ("Putin and Kim"), with a score.

    Looks `reach` sentences back; with two at subjects only.
    """
    syntax = reading.syntax
    here = syntax.sentence[i]
    for turn in reading.back():
        if turn.head >= i or here - turn.sentence > reach:
            if here - turn.sentence > reach:
                break
            continue
        if reach == 2 and not turn.subject:
            continue
        members = _joined_before(reading, turn.head)
        first = turn.head
        for _ in range(_CHAIN):  # the parser hangs each of a list on the one before it
            if syntax.dep[first] != "conj":
                break
            first = syntax.head[first]
        listed = [first]
        for k in range(_LISTED):
            one = listed[k] if k < len(listed) else i
            if one == i:
                break
            listed.extend(c for c in syntax.children[one] if syntax.dep[c] == "conj" and c < i)
        for one in listed[:_LISTED] if first in reading.at else (turn.head,):
            other = reading.at.get(one)
            if other is not None and other.entity is not None and other.entity not in members:
                members.append(other.entity)
        if len(members) > 1:
            return 10.0 / (1 + here - turn.sentence) + (5.0 if turn.subject else 1.0), tuple(members)
    return 0.0, ()
