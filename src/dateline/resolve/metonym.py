"""Metonyms: whether a capital stands for its government ("Moscow said") or for itself ("in Moscow")."""

from __future__ import annotations

from dateline.annotate import Syntax
from dateline.mentions.names import word_set

_WITHIN = word_set(
    "in at near around outside across through into via inside throughout above beyond off within along toward "
    "towards round past over under outside"
)
_MOTION = word_set(
    "go come travel fly visit trip arrive return leave send head drive march move journey flight tour way "
    "pilgrimage arrival departure road highway route drive dispatch rush walk ride train bus deport extradite "
    "bring take transfer relocate migrate flee escape withdraw retreat advance mission stopover mile "
    "kilometer kilometre km north south east west far close next evacuate fly invite summon call transport "
    "ship deploy back move report train commute"
)
_PLACE_OF = word_set(
    "city capital town village street outskirt suburb mayor siege battle fall north south east west center "
    "centre heart kilometer kilometre mile km resident people population bombing shelling university port "
    "airport district part area edge downtown region province bishop archbishop neighborhood neighbourhood "
    "gate liberation capture residents northeast northwest southeast southwest side out most visit tour view "
    "map museum tower treaty bank"
)
_REACH = word_set(
    "visit leave reach enter attack bomb hit storm seize capture recapture retake liberate encircle besiege "
    "evacuate flee rock tour shell strike shake control hold surround approach overrun occupy raze quit "
    "depart pound devastate paralyze near cross roam see love"
)
_OF_PLACE = word_set(
    "airport street suburb mayor population center centre outskirt resident square museum neighborhood "
    "neighbourhood skyline district weather embassy downtown stadium university subway metro station hotel "
    "port beach hospital police governor main old historic central court theater theatre zoo church cathedral "
    "mosque synagogue green"
)
_BY_GOVERNMENTS = word_set(
    "backed led allied aligned friendly sponsored supported imposed brokered controlled funded trained installed "
    "appointed"
)
_LIKE_PLACE = frozenset({"lie", "sit", "locate", "situate", "fall", "burn", "host", "celebrate", "sleep"})


def stands_for_government(syntax: Syntax, head: int) -> bool:
    """Whether the name of a capital headed by a token acts, speaks or is dealt with as a government.

    Place prepositions, motion, and what happens to streets and buildings make it the city.
    """
    dep, lemma, lower = syntax.dep, syntax.lemma, syntax.lower
    for _ in range(3):
        if dep[head] in ("conj", "appos") and syntax.head[head] != head:
            head = syntax.head[head]
    label, governor = dep[head], syntax.head[head]
    if label == "nsubj":
        return lemma[governor] not in _LIKE_PLACE and not _is_city(syntax, governor)
    if label == "nsubjpass":
        return lemma[governor] not in _REACH and lemma[governor] not in _LIKE_PLACE
    if label == "poss":
        return lemma[governor] not in _OF_PLACE
    if label in ("dobj", "dative", "iobj"):
        return lemma[governor] not in _REACH
    if label in ("pobj", "pcomp"):
        preposition = lower[governor]
        ruled = lemma[syntax.head[governor]]
        if preposition in _WITHIN:
            return False
        if preposition in ("to", "from", "for"):
            return ruled not in _MOTION
        if preposition == "of":
            return ruled not in _PLACE_OF
        return preposition in (
            "with",
            "between",
            "against",
            "by",
            "among",
            "on",
            "without",
            "about",
            "behind",
            "like",
            "than",
        )
    if label in ("compound", "nmod"):
        after = head + 1
        return after + 1 < len(syntax) and lower[after] == "-" and lower[after + 1] in _BY_GOVERNMENTS
    return False


def _is_city(syntax: Syntax, verb: int) -> bool:
    """Whether the predicate says that it is a place: "X is a city"."""
    if syntax.lemma[verb] != "be":
        return False
    for c in syntax.children[verb]:
        if syntax.dep[c] == "attr" and syntax.lemma[c] in (
            "city",
            "capital",
            "town",
            "place",
            "home",
            "hub",
            "metropolis",
        ):
            return True
    return False
