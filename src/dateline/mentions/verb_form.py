"""The form a verb stands in: tense, aspect, voice, modal, negation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.annotate.syntax import Syntax

Tense = Literal["past", "present", "future", "infinitive", "participle", "none"]

_BE = frozenset(
    {
        "be",
        "am",
        "is",
        "are",
        "was",
        "were",
        "been",
        "being",
        "'s",
        "’s",
        "'re",
        "’re",
        "'m",
        "’m",
        "get",
        "gets",
        "got",
        "getting",
    }
)
_HAVE = frozenset({"have", "has", "had", "having", "'ve", "’ve"})
_PAST_AUXILIARY = frozenset({"was", "were", "had", "did", "got"})
_NEGATIVE = frozenset({"not", "n't", "n’t", "never", "nor", "neither", "no", "cannot"})
_NO_ONE = frozenset({"no", "neither", "nobody", "none", "nothing"})
_SHORT = {
    "'ll": "will",
    "’ll": "will",
    "ll": "will",
    "wo": "will",
    "ca": "can",
    "sha": "shall",
    "'d": "would",
    "’d": "would",
}
# Verbs a conjoined verb may share auxiliaries with are at most this many links away.
_MOST_LINKS = 8
# "nor" stands before the auxiliary and subject of its verb.
_NOR_WITHIN = 8


@dataclass(slots=True, frozen=True)
class VerbForm:
    """How a verb is inflected, auxiliaries included.

    Attributes:
        tense: of the finite verb or its first auxiliary; "future" with will or shall;
            "infinitive" and "participle" where nothing is finite; "none" for no verb.
        perfect, progressive, passive: aspect and voice.
        modal: lemma of the modal ("may", "would", …), or None.
        auxiliaries: their tokens, in the order of the text, shared ones included.
        negation: the token that negates the verb, its subject or its object, or None.
    """

    tense: Tense = "none"
    perfect: bool = False
    progressive: bool = False
    passive: bool = False
    modal: str | None = None
    auxiliaries: tuple[int, ...] = ()
    negation: int | None = None

    @property
    def negated(self) -> bool:
        """Whether the clause is negated."""
        return self.negation is not None

    @property
    def finite(self) -> bool:
        """Whether the verb has a tense of its own."""
        return self.tense in ("past", "present", "future")


# Auxiliaries, negation, whether marked passive, whether the verb has a subject of its own.
Around = tuple[tuple[int, ...], int | None, bool, bool]


def verb_form(syntax: Syntax, verb: int, seen: dict[int, Around] | None = None) -> VerbForm:
    """Read tense, aspect, voice, modal and negation off a verb and its auxiliaries.

    A conjoined verb without auxiliaries shares those of the verb before it ("will visit Kyiv and
    meet", "was seized and beaten") where its own form asks for one.

    Args:
        syntax: the parse.
        verb: index of the verb.
        seen: what stands around the verbs looked at so far, to be kept between the verbs of a report.
    """
    seen = {} if seen is None else seen
    tag, dep = syntax.tag, syntax.dep
    auxiliaries, negation, passive, has_subject = _around(syntax, verb, seen)
    at = verb
    links = 0
    # "did not shell or storm": without an auxiliary or subject of its own, it hangs on the first verb.
    while (
        not auxiliaries
        and not has_subject
        and dep[at] == "conj"
        and tag[verb] in ("VB", "VBN", "VBG", "VBD")
        and links < _MOST_LINKS
    ):
        links += 1
        first = syntax.head[at]
        if first == at or tag[first] not in ("VB", "VBN", "VBG", "VBD"):
            break
        shared, shared_negation, shared_passive, has_subject = _around(syntax, first, seen)
        # Taggers take participles for past tenses: "were seized and beat/VBD", but not "were shelled and fled".
        near = verb - first <= 3 and syntax.child(verb, "dobj", "prep") is None
        same = tag[first] == tag[verb] or (bool(shared) and near and {tag[first], tag[verb]} == {"VBD", "VBN"})
        if not same or any(auxiliary > verb for auxiliary in shared):
            break
        auxiliaries, passive = shared, passive or shared_passive
        negation = negation if negation is not None else shared_negation
        at = first
    if negation is None and dep[verb] == "conj":
        for near_token in range(max(0, verb - _NOR_WITHIN), verb):  # "nor has it closed its embassy"
            if syntax.lower[near_token] == "nor" and syntax.head[near_token] in (verb, syntax.head[verb]):
                negation = near_token
    return _form(syntax, verb, auxiliaries, negation, passive)


def _around(syntax: Syntax, verb: int, seen: dict[int, Around]) -> Around:
    known = seen.get(verb)
    if known is None:
        known = seen[verb] = _look_around(syntax, verb)
    return known


def _look_around(syntax: Syntax, verb: int) -> Around:
    dep, lower = syntax.dep, syntax.lower
    auxiliaries: list[int] = []
    negation = None
    passive = has_subject = False
    for child in syntax.children[verb]:
        d = dep[child]
        if d == "aux" or d == "auxpass":
            auxiliaries.append(child)
            passive = passive or d == "auxpass"
        elif d == "neg":
            negation = child
        elif d == "nsubj" or d == "nsubjpass" or d == "dobj":
            if d == "nsubjpass":
                passive = True
            has_subject = has_subject or d != "dobj"
            if lower[child] in ("nobody", "none", "nothing", "neither"):
                negation = child
            else:
                for inner in syntax.children[child]:
                    if dep[inner] == "neg" or (lower[inner] in _NO_ONE and dep[inner] in ("det", "preconj", "cc")):
                        negation = inner
        elif d == "advmod" or d == "preconj" or d == "cc" or d == "det":
            word = lower[child]
            if child < verb and word in _NEGATIVE:
                negation = child
            elif word == "longer" and child > 0 and lower[child - 1] == "no":
                negation = child - 1
    return tuple(auxiliaries), negation, passive, has_subject


def _form(syntax: Syntax, verb: int, auxiliaries: tuple[int, ...], negation: int | None, passive: bool) -> VerbForm:
    tag, lower = syntax.tag[verb], syntax.lower
    perfect = progressive = infinitive = False
    modal: str | None = None
    tense: Tense = "none"
    last = ""
    for auxiliary in auxiliaries:
        word = lower[auxiliary]
        if syntax.tag[auxiliary] == "MD" or word in _SHORT:
            modal = _SHORT.get(word, word) if word not in ("'d", "’d") or tag in ("VB",) or modal else modal
            if modal is None:
                perfect, tense = True, "past"  # "they'd left"
            last = "modal"
        elif syntax.tag[auxiliary] == "TO":
            infinitive, last = True, "to"
        elif word in _HAVE or (word in ("'s", "’s") and tag == "VBN" and not passive):
            perfect, last = True, "have"
        elif word in _BE:
            if auxiliary == auxiliaries[-1] or last != "be":
                last = "be"
        if tense == "none" and word in _PAST_AUXILIARY:
            tense = "past"
        elif tense == "none" and modal is None and syntax.tag[auxiliary] in ("VBZ", "VBP"):
            tense = "present"
    if last == "be":
        if tag == "VBG":
            progressive = True
        elif tag in ("VBN", "VBD"):
            passive = True
    if any(lower[a] == "being" for a in auxiliaries) and passive and len(auxiliaries) > 1:
        progressive = True
    subject = syntax.child(verb, "nsubj") is not None  # then the tagger took a past tense for a participle
    if not auxiliaries and tag == "VBN" and syntax.dep[verb] in ("acl", "advcl", "amod", "relcl") and not subject:
        passive = True  # a reduced clause: "arms supplied by Iran"
    if modal in ("will", "shall"):
        tense = "future"
    elif modal is not None:
        tense = "present" if modal in ("may", "can", "must") else "past"
    elif infinitive and tense == "none":
        tense = "infinitive"
    elif tense == "none":
        if tag == "VBD":
            tense = "past"
        elif tag in ("VBZ", "VBP"):
            tense = "present"
        elif tag == "VB":
            tense = "infinitive"
        elif tag == "VBN" and subject and not auxiliaries:
            tense = "past"
        elif tag in ("VBG", "VBN"):
            tense = "participle"
    return VerbForm(tense, perfect, progressive, passive, modal, auxiliaries, negation)
