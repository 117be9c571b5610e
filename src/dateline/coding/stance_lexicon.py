"""The words that tell whether an act happened, loaded from `data/factuality/`."""

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
_FILES = ("ahead.yaml", "undone.yaml", "told.yaml", "marks.yaml")
_TABLES = ("modifiers", "adverbs", "openers", "prepositions")
_WORDS = ("dispatch", "light", "untrue", "standing")
_NOUNS = ("lasting", "durative", "over", "telling", "texts", "uttered", "occasions")
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


def parse_stance_lexicon(*sources: tuple[str, str]) -> StanceLexicon:
    """Read a lexicon of factuality from one or more files.

    Args:
        sources: name (for messages) and YAML of each file, as in `data/factuality/`.

    Raises:
        DatelineError: a file is not YAML of that form, gives an unknown effect, or puts one word of
            one frame into two classes.
    """
    lexicon = StanceLexicon()
    for name, source in sources:
        try:
            data = yaml.load(source, Loader=_Loader)
            unknown = sorted(set(data) - {"classes", "nouns", *_TABLES, *_WORDS})
            if unknown:
                raise DatelineError(f"{name}: unknown part {unknown[0]!r}")
            _read_classes(lexicon, data.get("classes", {}), name)
            for table in _TABLES:
                _read_table(getattr(lexicon, table), data.get(table, {}), f"{name}: {table}")
            for words in _WORDS:
                if words in data:
                    setattr(lexicon, words, frozenset(data[words]))
            for words, nouns in data.get("nouns", {}).items():
                if words not in _NOUNS:
                    raise DatelineError(f"{name}: unknown group of nouns {words!r}; known: {', '.join(_NOUNS)}")
                setattr(lexicon, words, frozenset(nouns))
        except yaml.YAMLError as error:
            raise DatelineError(f"{name} is not YAML: {error}") from error
        except (KeyError, TypeError, AttributeError) as error:
            raise DatelineError(f"{name} lacks a part or has one of the wrong form: {error!r}") from error
    return lexicon


def _read_classes(lexicon: StanceLexicon, classes: dict[str, Any], name: str) -> None:
    for kind, body in classes.items():
        signature = Signature(kind, body["affirmed"], body["negated"])
        for effect in signature[1:]:
            if effect not in _EFFECTS:
                raise DatelineError(
                    f"{name}: class {kind!r} has the unknown effect {effect!r}; known: {sorted(_EFFECTS)}"
                )
        for part in get_args(PartOfSpeech):
            _add(getattr(lexicon, part), body.get(part) or {}, signature, f"{name}: {part} of class {kind!r}")


def _read_table(table: dict[str, str], effects: dict[str, list[str]], where: str) -> None:
    for effect, words in effects.items():
        for word in words:
            if table.setdefault(word, effect) != effect:
                raise DatelineError(f"{where}: {word!r} is both {table[word]!r} and {effect!r}")


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
    folder = resources.files("dateline.data").joinpath("factuality")
    return parse_stance_lexicon(
        *((f"factuality/{name}", folder.joinpath(name).read_text(encoding="utf-8")) for name in _FILES)
    )
