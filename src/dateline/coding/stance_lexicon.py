"""The words that tell whether an act happened, loaded from `data/factuality.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple, get_args

import yaml

from dateline.errors import DatelineError
from dateline.records import Factuality

PartOfSpeech = Literal["verbs", "nouns", "adjectives"]
_EFFECTS = frozenset(get_args(Factuality)) | {"inherit", "fact", "open"}
_Loader: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the base loader: "no" and "on" stay words


class Signature(NamedTuple):
    """What a governing word makes of the act in its complement: the class, and both polarities."""

    kind: str
    affirmed: str
    negated: str


@dataclass(slots=True)
class StanceLexicon:
    """All classes, ready for look-up by word.

    Attributes:
        verbs, nouns, adjectives: word to frame to signature.
        modifiers: word before a noun to the factuality it gives the act.
        adverbs: adverb to "possible", "negated", "general" or "future".
        openers: word that opens a clause to what it makes of the act inside.
        prepositions: preposition to its effect on the act it governs.
        lasting, durative, over: nouns of acts that go on, and words that say that they are over.
        standing: participles of standing relations.
        dispatch: verbs whose purpose clause is not yet fact.
        telling: nouns of speech acts, which took place even where they are rejected.
        untrue: words that call a report false.
        texts: nouns of what is done by agreeing on it.
        uttered: nouns of what is offered by saying it.
        occasions: nouns of acts whose purpose clause is done with them.
        light: verbs that carry out the act which their object names.
    """

    verbs: dict[str, dict[str, Signature]] = field(default_factory=dict)
    nouns: dict[str, dict[str, Signature]] = field(default_factory=dict)
    adjectives: dict[str, dict[str, Signature]] = field(default_factory=dict)
    modifiers: dict[str, str] = field(default_factory=dict)
    adverbs: dict[str, str] = field(default_factory=dict)
    openers: dict[str, str] = field(default_factory=dict)
    prepositions: dict[str, str] = field(default_factory=dict)
    lasting: frozenset[str] = frozenset()
    durative: frozenset[str] = frozenset()
    over: frozenset[str] = frozenset()
    standing: frozenset[str] = frozenset()
    dispatch: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    untrue: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    uttered: frozenset[str] = frozenset()
    occasions: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()


def parse_stance_lexicon(source: str, name: str = "factuality.yaml") -> StanceLexicon:
    """Read a lexicon of factuality.

    Args:
        source: YAML as in `data/factuality.yaml`.
        name: what to call it in messages.

    Raises:
        DatelineError: it is not YAML of that form, gives an unknown effect, or puts one word of one
            frame into two classes.
    """
    try:
        data = yaml.load(source, Loader=_Loader)
        lexicon = StanceLexicon()
        for kind, body in data["classes"].items():
            signature = Signature(kind, body["affirmed"], body["negated"])
            for effect in signature[1:]:
                if effect not in _EFFECTS:
                    raise DatelineError(
                        f"{name}: class {kind!r} has the unknown effect {effect!r}; known: {sorted(_EFFECTS)}"
                    )
            for part in get_args(PartOfSpeech):
                _add(getattr(lexicon, part), body.get(part) or {}, signature, f"{name}: {part} of class {kind!r}")
        for table in ("modifiers", "adverbs", "openers", "prepositions"):
            target: dict[str, str] = getattr(lexicon, table)
            for effect, words in data[table].items():
                for word in words:
                    if target.setdefault(word, effect) != effect:
                        raise DatelineError(f"{name}: {table}: {word!r} is both {target[word]!r} and {effect!r}")
        nouns = data["nouns"]
        lexicon.lasting, lexicon.durative = frozenset(nouns["lasting"]), frozenset(nouns["durative"])
        lexicon.texts, lexicon.uttered = frozenset(nouns["texts"]), frozenset(nouns["uttered"])
        lexicon.occasions, lexicon.light = frozenset(nouns["occasions"]), frozenset(data["light"])
        lexicon.over, lexicon.standing = frozenset(nouns["over"]), frozenset(data["standing"])
        lexicon.dispatch = frozenset(data["dispatch"])
        lexicon.telling, lexicon.untrue = frozenset(nouns["telling"]), frozenset(data["untrue"])
    except yaml.YAMLError as error:
        raise DatelineError(f"{name} is not YAML: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise DatelineError(f"{name} lacks a part or has one of the wrong form: {error!r}") from error
    return lexicon


def _add(
    table: dict[str, dict[str, Signature]], frames: dict[str, list[str]], signature: Signature, where: str
) -> None:
    for frame, words in frames.items():
        for word in words:
            known = table.setdefault(word, {}).setdefault(frame, signature)
            if known.kind != signature.kind:
                raise DatelineError(f"{where}: {word!r} with {frame!r} is in class {known.kind!r} already")


@cache
def stance_lexicon() -> StanceLexicon:
    """The lexicon that comes with the package."""
    source = resources.files("dateline.data").joinpath("factuality.yaml").read_text(encoding="utf-8")
    return parse_stance_lexicon(source)
