"""Clauses: the subject, voice and edges of a verb, as far as attribution needs them.

Subjects are found across shared subjects ("said … and warned"), control ("wants to say"),
participles ("…, saying that") and relative clauses, after the ClearNLP labels of the parse.
"""

from __future__ import annotations

from dateline.annotate import Syntax

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_NO_WORD = frozenset({"SPACE", "PUNCT", "SYM"})
FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})
_SHARING = frozenset({"conj", "advcl", "ccomp", "dep", "aux", "parataxis", "acomp", "attr", "oprd"})
# participles that tell of the clause's subject, whichever noun they stand behind
_OF_THE_CLAUSE = frozenset({"citing", "referring", "noting", "adding", "alluding", "quoting", "pointing", "calling"})
_MAX_STEPS = 6  # how far a shared subject is looked for


def subject_of(syntax: Syntax, verb: int) -> tuple[int | None, bool]:
    """Head token of the subject of `verb`, or None; and whether it stands with the verb itself."""
    dep, head, children = syntax.dep, syntax.head, syntax.children
    node = verb
    own = True
    named = any(dep[c] == "nsubj" and syntax.pos[c] in ("PROPN", "PRON") for c in children[verb])
    if dep[verb] == "pcomp" and syntax.lower[verb] in _OF_THE_CLAUSE and not named:
        node, own = head[verb], False
        for _ in range(_MAX_STEPS):
            if syntax.pos[node] in ("VERB", "AUX") or head[node] == node:
                break
            node = head[node]
    for _ in range(_MAX_STEPS):
        subject = None
        for c in children[node]:
            # the nearest before the verb, else the first behind it
            if dep[c] in SUBJECTS and (subject is None or (c < node and dep[c] != "expl")):
                if subject is None or syntax.tag[syntax.left(c)] != "VBG":
                    subject = c
        if subject is None and node == verb:
            subject = _set_off(syntax, verb)
        if subject is not None:
            # "it is hard to say": nobody's words
            understood = not own and syntax.tag[verb] == "VB" and syntax.lower[subject] == "it"
            return (None, False) if understood else (subject, own)
        label, up = dep[node], head[node]
        if up == node:
            return _first_noun(syntax, verb), False
        if label == "relcl":
            return None, False
        if label == "acl":
            # "a statement saying …" is the noun's; "issued a letter denying …" the issuer's
            holder = _holder(syntax, up, node)
            if holder is None:
                # "the right to say": whose, nobody says
                return (None, False) if syntax.tag[node] == "VB" else (up, False)
            node, own = holder, False
            continue
        if label == "xcomp":
            # the object controls ("urged Paris to say"), otherwise the subject does
            for c in children[up]:
                if dep[c] == "dobj" and up < c < node:
                    return c, False
        elif label in ("prep", "pcomp", "agent"):
            if label == "pcomp":
                quoted = _quoted(syntax, up)
                if quoted is not None:
                    return quoted, False
                accused = _accused(syntax, up)
                if accused is not None:
                    return accused, False
        elif label not in _SHARING or (label == "ccomp" and syntax.tag[node] not in ("VBG", "VBN", "VB")):
            return None, False
        node, own = up, False
        if syntax.pos[node] not in ("VERB", "AUX", "ADP", "SCONJ", "ADJ"):
            return (node, False) if syntax.pos[node] in ("NOUN", "PROPN", "PRON") else (None, False)
    return None, False


def _set_off(syntax: Syntax, verb: int) -> int | None:
    # "… killed seven people, the governor, Oleh Kiper, said": read as more of the people
    if verb < 4 or syntax.word[verb - 1] != "," or syntax.tag[verb] not in ("VBD", "VBZ"):
        return None
    dep, head, word = syntax.dep, syntax.head, syntax.word
    node, found = verb - 2, None
    if syntax.pos[node] not in ("NOUN", "PROPN"):
        return None
    first = syntax.sentences[syntax.sentence[verb]][0]
    for _ in range(_MAX_STEPS):
        left = syntax.left(node)
        if left - 1 <= first:
            return None
        if word[left - 1] == ",":
            found = node
        up = head[node]
        if dep[node] == "pobj" and dep[up] == "prep":
            up = head[up]  # "the governor of Odesa, Oleh Kiper": the name is read as that of Odesa
        elif dep[node] != "appos":
            break
        if up >= node or syntax.pos[up] not in ("NOUN", "PROPN"):
            break
        node = up
    if found is None or dep[found] not in ("appos", "dobj", "pobj", "conj"):
        return None
    apposed = any(dep[i] == "appos" and i != found for i in range(found, verb))
    return found if apposed and "PROPN" in syntax.pos[syntax.left(found) : verb] else None


def _first_noun(syntax: Syntax, verb: int) -> int | None:
    # "Kern, who is away, said …": the subject that the parse gave to another verb of the sentence
    begin = syntax.sentences[syntax.sentence[verb]][0]
    if syntax.tag[verb] not in ("VBD", "VBZ", "VBP") or verb - begin < 2:
        return None
    for i in range(begin, min(verb, begin + 12)):
        if syntax.dep[i] == "nsubj" and syntax.pos[i] in ("PROPN", "NOUN", "PRON"):
            return i
        if syntax.pos[i] in ("VERB", "AUX", "ADP", "SCONJ"):
            return None
    return None


def _holder(syntax: Syntax, noun: int, verb: int) -> int | None:
    """The verb whose subject a participle or infinitive behind `noun` tells of, or None: the noun itself."""
    if syntax.tag[verb] == "VBN":
        return None
    aside = verb > 0 and syntax.word[verb - 1] == "," and syntax.tag[verb] == "VBG"
    head, dep = syntax.head, syntax.dep
    if syntax.lower[verb] in _OF_THE_CLAUSE:
        aside = True
    if dep[noun] == "dobj" and syntax.pos[head[noun]] == "VERB" and head[noun] < noun < verb:
        return None if syntax.pos[noun] == "PROPN" and not aside else head[noun]
    if aside or (dep[noun] == "pobj" and syntax.pos[noun] == "PROPN" and syntax.tag[verb] == "VBG"):
        node = noun
        for _ in range(_MAX_STEPS):
            if dep[node] in SUBJECTS or head[node] == node:
                return None
            node = head[node]
            if syntax.pos[node] in ("VERB", "AUX"):
                return node if node < noun else None
    return None


def _accused(syntax: Syntax, preposition: int) -> int | None:
    # "accused Paris of seeking …", "criticized Paris for saying …": the object does it
    if syntax.lower[preposition] in ("of", "from", "for", "with", "against", "into"):
        for c in syntax.children[syntax.head[preposition]]:
            if syntax.dep[c] in ("dobj", "nsubjpass") and c < preposition:
                return c
    return None


def _quoted(syntax: Syntax, preposition: int) -> int | None:
    # "quoted an official as saying …": the object speaks
    if syntax.lower[preposition] != "as":
        return None
    up = syntax.head[preposition]
    for c in syntax.children[up]:
        if syntax.dep[c] in ("dobj", "nsubjpass") and c < preposition:
            return c
    return None


def is_passive(syntax: Syntax, verb: int) -> bool:
    """Whether the verb is a passive ("was told", "the plan, called a trick by critics")."""
    if syntax.tag[verb] not in ("VBN", "VBD"):
        return False
    dep = syntax.dep
    for c in syntax.children[verb]:
        if dep[c] in ("auxpass", "nsubjpass", "agent"):
            return True
        if dep[c] == "dobj" and c > verb:
            return False
        if dep[c] == "aux" and syntax.lower[c] in ("has", "have", "had", "having", "'ve", "’ve"):
            return False
    if dep[verb] == "advcl" and verb < syntax.head[verb] and syntax.lower[verb] == "asked":
        return True  # "Asked whether she would go, Kern declined to answer"
    if syntax.tag[verb] == "VBN" and dep[verb] in ("acl", "advcl"):
        return not _names_an_object(syntax, verb)
    return dep[verb] == "conj" and syntax.tag[verb] == "VBN" and is_passive(syntax, syntax.head[verb])


def _names_an_object(syntax: Syntax, verb: int) -> bool:
    # "one lawmaker called the plan “a gift”", whose "called" looks like a participle
    named = [c for c in syntax.children[verb] if c > verb and syntax.dep[c] in ("oprd", "dobj", "attr")]
    if len(named) > 1:
        return True
    for i in range(verb + 1, min(len(syntax), verb + 8)):
        if syntax.word[i] in OPENING_MARKS:
            return i > verb + 1 and syntax.pos[i - 1] in ("NOUN", "PROPN", "PRON")
        if syntax.pos[i] in ("PUNCT", "ADP", "VERB"):
            return False
    return False


def agent_of(syntax: Syntax, verb: int) -> int | None:
    """Head token of the agent of a passive ("by the minister"), or None."""
    dep = syntax.dep
    for c in syntax.children[verb]:
        if dep[c] == "agent" or (dep[c] == "prep" and syntax.lower[c] == "by"):
            return syntax.child(c, "pobj")
    return None


def trim(syntax: Syntax, begin: int, end: int) -> tuple[int, int]:
    """Take spaces and punctuation, but not quote marks or brackets, off both ends of a token range."""
    pos, word = syntax.pos, syntax.word
    while begin < end and pos[begin] in _NO_WORD and word[begin] not in _KEPT:
        begin += 1
    while end > begin and pos[end - 1] in _NO_WORD and word[end - 1] not in _KEPT_LAST:
        end -= 1
    return begin, end


OPENING_MARKS = frozenset({"“", '"', "‘", "''", "``", "«", "„"})
CLOSING_MARKS = frozenset({"”", '"', "''", "»", "’"})
_QUOTES = frozenset({'"', "“", "”", "„", "«", "»", "‘", "’", "''", "``", "'", "`", "‟"})
_KEPT = _QUOTES | {"(", "[", "$", "#", "@", "£", "€", "%", "+", "¥"}
_KEPT_LAST = _QUOTES | {")", "]", "%", "$", "€", "£", "°"}


def content_range(syntax: Syntax, begin: int, end: int, after: int) -> list[tuple[int, int]]:
    """The tokens from `begin` to `end`, trimmed, as far as they stand behind the token `after`."""
    begin, end = trim(syntax, max(begin, after + 1), end)
    if end - begin > 3 and syntax.lower[end - 1] in ("however", "though") and syntax.word[end - 2] == ",":
        begin, end = trim(syntax, begin, end - 2)
    return [(begin, end)] if begin < end else []


def noun_phrase(syntax: Syntax, head: int, low: int = 0, high: int | None = None) -> tuple[int, int]:
    """Token range of the phrase under `head`, with apposition and relative clauses.

    Args:
        syntax: the parse.
        head: the noun or pronoun.
        low: tokens before this one do not belong to it.
        high: nor do tokens from this one on.
    """
    begin, end = max(syntax.left(head), low), syntax.right(head)
    if high is not None:
        end = min(end, high)
    if not begin <= head < end:
        return head, head + 1
    return trim(syntax, begin, end)
