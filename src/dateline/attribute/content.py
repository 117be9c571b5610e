"""Contents: what a cue reports, as the complements of its verb or the clause around it.

Each function reads one of the complements that ``data/cues.yaml`` explains, and gives token
ranges. A content keeps its "that" and "to", as PARC 3 and PolNeAR annotate it.
"""

from __future__ import annotations

from dateline.annotate import Syntax
from dateline.attribute.clause import CLOSING_MARKS, FINITE, OPENING_MARKS, SUBJECTS, content_range, trim
from dateline.attribute.draft import Range, join
from dateline.attribute.lexicon import Sense

Found = tuple[str, list[Range]]

_QUESTION = frozenset({"whether", "if", "how", "why", "what", "who", "when", "where", "which", "whom", "whose"})
_THINGS = frozenset({"object", "object-with", "object-is"})
_FURTHER = frozenset(
    {"of", "to", "for", "with", "from", "about", "against", "over", "between", "among", "by", "toward"}
)
_STRANDED = frozenset({"WDT", "WP"})


def find(syntax: Syntax, verb: int, sense: Sense, tail: list[int], passive: bool) -> Found | None:
    """The content that a verb reports with one of the complements of its entry.

    Args:
        syntax: the parse.
        verb: the cue's token.
        sense: the lexicon's entry.
        tail: tokens of the entry's particles and prepositions.
        passive: whether the verb is a passive.

    Returns:
        Which complement it is, and its token ranges; None where the verb has none of them.
    """
    takes = sense.takes
    after = tail[-1] if tail else verb
    if "preposition" in takes:
        return _preposition(syntax, verb, sense, after) if not passive else None
    if passive:
        return _passive(syntax, verb, sense, after)
    clause = infinitive = gerund = thing = predicate = quality = None
    dep, tag = syntax.dep, syntax.tag
    for c in syntax.children[verb]:
        label = dep[c]
        if c < verb:
            if label == "dobj" and tag[c] in _STRANDED:
                thing = c
            continue
        if label == "ccomp" or (label == "advcl" and clause is None and _asks(syntax, c, after)):
            if clause is None:
                clause = c
        elif label == "xcomp":
            if tag[c] == "VBG":
                gerund = c
            elif tag[c] in ("VB", "VBN", "VBD", "VBP") and _has_to(syntax, c):
                infinitive = c
            else:
                predicate = predicate if predicate is not None else c
        elif label == "dobj":
            if thing is None or thing < verb:
                thing = c
            elif predicate is None:
                predicate = c
        elif label == "oprd":
            if predicate is not None and thing is None:
                thing = predicate
            predicate = c
        elif label == "acomp":
            quality = c
    if sense.kind == "seem":
        return _seeming(syntax, verb, takes, clause, infinitive, quality if quality is not None else predicate)
    if clause is not None:
        found = _clause(syntax, verb, takes, clause, after)
        if found is not None:
            return found
    if infinitive is not None:
        if thing is not None and verb < thing < infinitive:
            if "object-to" in takes:
                return "object-to", content_range(syntax, syntax.left(thing), syntax.right(infinitive), after)
        elif "to" in takes:
            return "to", content_range(syntax, syntax.left(infinitive), syntax.right(infinitive), after)
    if thing is not None and predicate is not None and thing < predicate and "object-is" in takes:
        return "object-is", content_range(syntax, syntax.left(thing), syntax.right(predicate), after)
    if thing is None and predicate is not None and "object-is" in takes and syntax.dep[predicate] == "oprd":
        # "called the raid barbaric", taken for one noun phrase
        if syntax.left(predicate) < predicate and predicate > verb:
            return "object-is", content_range(syntax, syntax.left(predicate), syntax.right(predicate), after)
    if gerund is not None and "ing" in takes:
        return "ing", content_range(syntax, syntax.left(gerund), syntax.right(gerund), after)
    if thing is not None and not takes.isdisjoint(_THINGS):
        extra = _with(syntax, verb, sense, thing)
        if extra is not None and "object-with" in takes:
            first = min(syntax.left(thing), syntax.left(extra))
            return "object-with", content_range(syntax, first, max(syntax.right(extra), syntax.right(thing)), after)
        if extra is not None and "object" in takes and thing > verb:
            first = min(syntax.left(thing), syntax.left(extra))
            return "object", content_range(syntax, first, max(syntax.right(extra), syntax.right(thing)), after)
        if thing > verb and "object-is" in takes and "object-with" not in takes:
            naming = _naming(syntax, thing)
            if naming is None:
                naming = _named_in_quotes(syntax, verb, thing)
            if naming is not None:
                return "object-is", content_range(syntax, syntax.left(thing), naming, after)
        if "object" in takes:
            if thing < verb:
                return "object", [(thing, thing + 1)]
            stop = syntax.right(thing)
            return "object", _short(
                syntax, thing, content_range(syntax, syntax.left(thing), _further(syntax, verb, stop), after)
            )
    if thing is None and "object-with" in takes:
        turned = _turned_round(syntax, verb, sense)
        if turned is not None:
            return "object-with", content_range(syntax, turned, syntax.right(turned), after)
    if quality is not None and "quality" in takes:
        return "quality", content_range(syntax, syntax.left(quality), syntax.right(quality), after)
    return None


def _has_to(syntax: Syntax, verb: int) -> bool:
    return any(syntax.lower[c] == "to" and syntax.dep[c] == "aux" for c in syntax.children[verb])


def _finite(syntax: Syntax, verb: int) -> bool:
    if syntax.tag[verb] in FINITE:
        return True
    return any(syntax.dep[c] in ("aux", "auxpass") and syntax.tag[c] in FINITE for c in syntax.children[verb])


_WHEN_SAID = frozenset(
    {"in", "on", "at", "during", "after", "before", "through", "via", "by", "from", "of", "about", "to", "with", "this"}
    | {
        "last",
        "earlier",
        "later",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
    }
    | {"yesterday", "recently", "repeatedly", "again", "publicly", "tonight", "once", "outside", "inside", "when", "as"}
)


def _opening_phrase(syntax: Syntax, begin: int, after: int) -> int:
    # "says, win or lose, he is staying": the phrase before the clause belongs to it
    first = after + 1
    if begin - first < 3 or syntax.word[begin - 1] != "," or syntax.lower[begin] == "that":
        return begin
    while first < begin and syntax.word[first] in (",", "that"):
        first += 1
    if syntax.lower[first] in _WHEN_SAID or syntax.pos[first] in ("PROPN", "PRON", "NOUN") or begin - first > 25:
        return begin
    return first


def _stray_subject(syntax: Syntax, verb: int, clause: int, begin: int, after: int) -> int:
    # "denied the country was behind it": the parse made the clause's subject the verb's object
    if any(syntax.dep[c] in SUBJECTS for c in syntax.children[clause]) or syntax.lower[begin] in ("that", "to"):
        return begin
    for c in syntax.children[verb]:
        if syntax.dep[c] == "dobj" and after < c < begin and syntax.right(c) == begin:
            return max(after + 1, syntax.left(c))
    return begin


def _run_on(syntax: Syntax, clause: int, end: int) -> int:
    """Where a clause ends: a finite verb right behind it shows that the parse took its subject for the whole."""
    high = syntax.sentences[syntax.sentence[clause]][1]
    if (
        end < high
        and syntax.tag[end] in FINITE
        and syntax.pos[end] in ("VERB", "AUX")
        and syntax.pos[end - 1] != "PUNCT"
    ):
        return high
    return end


def _asks(syntax: Syntax, clause: int, after: int) -> bool:
    # "asked if the road was open", which looks like a condition
    begin = syntax.left(clause)
    return begin <= after + 2 and syntax.lower[begin] in ("if", "whether", "how", "why")


def _further(syntax: Syntax, verb: int, stop: int) -> int:
    """Where an object ends, with the phrases behind it that the parse hung on the verb."""
    for c in syntax.children[verb]:
        if c < stop or syntax.dep[c] == "punct":
            continue
        near = syntax.left(c) == stop
        if (near and syntax.dep[c] in ("prep", "dative") and syntax.lower[c] in _FURTHER) or (
            near and syntax.dep[c] in ("xcomp", "advcl") and syntax.lower[stop] == "to"
        ):
            stop = syntax.right(c)
        else:
            break
    return stop


def _short(syntax: Syntax, thing: int, ranges: list[Range]) -> list[Range]:
    """An object without the remarks that follow it behind a comma ("…, which", "…, including")."""
    if not ranges:
        return ranges
    begin, end = ranges[0]
    for i in range(thing + 1, end - 1):
        if syntax.lower[i] in ("while", "whereas"):
            begin, end = trim(syntax, begin, i)
            break
        if syntax.word[i] == "," and (
            syntax.tag[i + 1] in ("WDT", "WP", "WRB", "WP$") or syntax.lower[i + 1] in _ASIDE
        ):
            begin, end = trim(syntax, begin, i)
            break
    return [(begin, end)] if begin < end else []


_ASIDE = frozenset({"including", "saying", "adding", "according", "but", "calling", "after", "claiming", "arguing"})


def _naming(syntax: Syntax, thing: int) -> int | None:
    # "called the senator “the next king”": the name looks like an apposition
    for c in syntax.children[thing]:
        if c > thing and syntax.dep[c] in ("appos", "oprd", "dep"):
            first = syntax.left(c)
            opened = any(syntax.word[i] in ("“", '"', "‘", "''", "``") for i in range(thing + 1, c + 1))
            if syntax.word[first - 1] != "," and (opened or syntax.tag[first] in ("DT", "JJ", "NN")):
                return max(syntax.right(c), syntax.right(thing))
    return None


def _named_in_quotes(syntax: Syntax, verb: int, thing: int) -> int | None:
    # "called the front-runner “a gift to the enemy”", however the parse takes it
    at = syntax.right(thing)
    for opening in (at - 1, at):
        if opening > thing and opening < len(syntax) and syntax.word[opening] in OPENING_MARKS:
            for i in range(opening + 1, min(len(syntax), opening + 15)):
                if syntax.word[i] in CLOSING_MARKS:
                    return i + 1
    for opening in range(syntax.left(thing) + 1, thing):
        if syntax.word[opening] in OPENING_MARKS and syntax.pos[opening - 1] in ("PROPN", "NOUN", "PRON"):
            return at
    for opening in range(thing + 1, min(at, thing + 8)):
        if syntax.word[opening] in ("“", "``", "«", "''", '"'):
            return at
    return None


def _clause(syntax: Syntax, verb: int, takes: frozenset[str], clause: int, after: int) -> Found | None:
    begin, end = syntax.left(clause), syntax.right(clause)
    begin = _opening_phrase(syntax, _stray_subject(syntax, verb, clause, begin, after), after)
    end = _run_on(syntax, clause, end)
    ranges = content_range(syntax, begin, end, after)
    if not ranges:
        return None
    if _has_to(syntax, clause):
        # "asked Paris to lift the ban", read as a clause with a subject
        subject = any(syntax.dep[c] in SUBJECTS for c in syntax.children[clause])
        if subject and "object-to" in takes:
            return "object-to", ranges
        if not subject and "to" in takes:
            return "to", ranges
        if syntax.lower[ranges[0][0]] not in _QUESTION:
            return None
    if syntax.lower[ranges[0][0]] in _QUESTION:
        if syntax.lower[ranges[0][0]] == "what" and "object" in takes:
            return "object", ranges
        return ("question", ranges) if "question" in takes else None
    if _finite(syntax, clause) or syntax.lower[ranges[0][0]] == "that":
        return ("clause", ranges) if "clause" in takes else None
    if syntax.tag[clause] in ("VBG", "VBN") and "ing" in takes:
        return "ing", ranges
    if "object-is" in takes and syntax.tag[clause] not in ("VBG",):
        return "object-is", ranges
    subject = any(syntax.dep[c] in SUBJECTS for c in syntax.children[clause])
    return ("clause", ranges) if "clause" in takes and (subject or syntax.tag[clause][:1] != "V") else None


def _turned_round(syntax: Syntax, verb: int, sense: Sense) -> int | None:
    # "dismissed as nonsense a report that …": the object comes last
    for c in syntax.children[verb]:
        if c > verb and syntax.dep[c] == "prep" and syntax.lower[c] in sense.with_object:
            if sum(syntax.dep[g] == "pobj" for g in syntax.children[c]) > 1:
                return c
    return None


def _with(syntax: Syntax, verb: int, sense: Sense, thing: int) -> int | None:
    if not sense.with_object:
        return None
    for node in (verb, thing):
        for c in syntax.children[node]:
            if c > verb and syntax.dep[c] in ("prep", "advcl", "dative") and syntax.lower[c] in sense.with_object:
                return c
    return None


def _preposition(syntax: Syntax, verb: int, sense: Sense, preposition: int) -> Found | None:
    # The phrase after the preposition, with an infinitive that follows it ("called on Paris to …")
    if syntax.dep[preposition] == "mark":
        # "called for the government to open the border"
        up = syntax.head[preposition]
        ranges = content_range(syntax, preposition + 1, syntax.right(up), preposition)
        return ("preposition", ranges) if ranges else None
    end = preposition + 1
    for c in syntax.children[preposition]:
        if syntax.dep[c] in ("pobj", "pcomp", "ccomp"):
            end = max(end, syntax.right(c))
    if end == preposition + 1:
        if syntax.dep[preposition] in ("prt", "advmod"):
            return None
        for c in syntax.children[verb]:
            if syntax.dep[c] in ("ccomp", "xcomp") and c > preposition:
                end = max(end, syntax.right(c))
    for c in syntax.children[verb]:
        if syntax.dep[c] in ("xcomp", "advcl") and c >= end and c - end < 6 and _has_to(syntax, c):
            if syntax.left(c) <= end + 1:
                end = syntax.right(c)
    if sense.with_object:
        extra = next(
            (
                c
                for c in syntax.children[verb]
                if c >= end and syntax.left(c) <= end + 1 and syntax.lower[c] in sense.with_object
            ),
            None,
        )
        if extra is not None:
            return "preposition", content_range(syntax, preposition + 1, syntax.right(extra), preposition)
    ranges = _short(syntax, preposition + 1, content_range(syntax, preposition + 1, end, preposition))
    return ("preposition", ranges) if ranges else None


def _subject_range(syntax: Syntax, verb: int) -> list[Range]:
    for c in syntax.children[verb]:
        if syntax.dep[c] in ("nsubjpass", "nsubj") and c < verb:
            return content_range(syntax, syntax.left(c), min(syntax.right(c), verb), syntax.left(c) - 1)
    if syntax.dep[verb] == "acl" and syntax.head[verb] < verb:
        up = syntax.head[verb]
        return content_range(syntax, syntax.left(up), verb, syntax.left(up) - 1)
    return []


def _passive(syntax: Syntax, verb: int, sense: Sense, after: int) -> Found | None:
    takes = sense.takes
    subject = _subject_range(syntax, verb)
    bare = bool(subject) and syntax.lower[subject[0][0]] in ("it", "there")
    for c in syntax.children[verb]:
        if c < verb:
            continue
        label = syntax.dep[c]
        if label == "xcomp" and "passive-to" in takes and _has_to(syntax, c):
            return "passive-to", join([*subject, *content_range(syntax, syntax.left(c), syntax.right(c), after)])
        if label in ("ccomp", "advcl") and "passive-clause" in takes:
            if label == "advcl" and not _asks(syntax, c, after):
                continue
            if not (bare or not subject or "question" in takes):
                continue
            return "passive-clause", content_range(syntax, syntax.left(c), syntax.right(c), after)
        if label == "prep" and "passive-with" in takes and syntax.lower[c] in sense.with_object:
            return "passive-with", join([*subject, *content_range(syntax, syntax.left(c), syntax.right(c), after)])
        if label in ("oprd", "xcomp", "attr") and "passive-is" in takes:
            if not any(syntax.dep[g] in ("auxpass", "agent") for g in syntax.children[verb]):
                continue  # "a group called Dawn": a name, nobody's judgement
            return "passive-is", join([*subject, *content_range(syntax, syntax.left(c), syntax.right(c), after)])
    if "passive" in takes and subject:
        if syntax.tag[subject[0][0]] in _STRANDED and not any(syntax.dep[c] == "agent" for c in syntax.children[verb]):
            return None
        return "passive", subject
    return None


def _seeming(
    syntax: Syntax, verb: int, takes: frozenset[str], clause: int | None, infinitive: int | None, quality: int | None
) -> Found | None:
    rest = infinitive if infinitive is not None else quality if quality is not None else clause
    if rest is None:
        return None
    subject = _subject_range(syntax, verb)
    if subject and syntax.lower[subject[0][0]] in ("it", "there"):
        subject = []
    return "quality", join([*subject, *content_range(syntax, syntax.left(rest), syntax.right(rest), verb)])
