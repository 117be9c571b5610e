"""The codebook: which words say which act, read from YAML files that a political scientist edits.

Each file holds one event type: its definition, its modes, where its recipient stands, and its
entries. `docs/codebook.md` explains the format; the types, modes and contexts of the codebook that
comes along are PLOVER's (Halterman, Bagozzi, Beger, Schrodt and Scarborough 2023).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import yaml

from dateline.coding.pattern import Pattern, parse_pattern
from dateline.coding.phrases import Phrases, compile_phrases
from dateline.errors import CodebookError

Kind = Literal["verb", "noun", "adjective", "modal"]

KINDS: dict[str, Kind] = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective", "modals": "modal"}
COMPLEMENTS = frozenset({"to", "that", "ing", "any", "none"})
_TYPE_KEYS = frozenset(
    {
        "type",
        "definition",
        "recipient",
        "reciprocal",
        "complement",
        "place",
        "physical",
        "addressed",
        "modes",
        "sets",
        "entries",
    }
)
_ENTRY_KEYS = frozenset(
    {
        *KINDS,
        "mode",
        "contexts",
        "object",
        "not_object",
        "subject",
        "not_subject",
        "recipient",
        "complement",
        "reciprocal",
        "crosswalk",
        "of",
        "place",
        "with",
        "without",
        "strength",
        "speaker",
        "bodily",
        "act",
        "negated",
        "examples",
        "note",
    }
)
_EXAMPLE_KEYS = frozenset({"text", "type", "mode", "actor", "recipient", "trigger", "none"})


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the coding it must get; `none` means that the entry must not fire."""

    text: str
    type: str
    mode: str | None = None
    actor: str | None = None
    recipient: str | None = None
    trigger: str | None = None
    none: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One trigger with its conditions.

    Attributes:
        rule: how records name it: the type and the pattern.
        source: file and number of the entry that it came from.
        pattern: the words.
        kind: part of speech of the trigger.
        type, mode, contexts: what it codes.
        object, not_object, subject, not_subject: lemmas (or `@actor`, `@place`, `@person`) that the
            phrase's head must, or must not, be.
        act: lemmas one of which must head the clause that the trigger takes.
        near, far: lemmas one of which must, or none may, stand in the trigger's sentence.
        recipient: where to look for the recipient, in order.
        complement: which clause the trigger must take ("to", "that", "ing", "any", "none").
        embedded: whether the recipient may stand inside that clause.
        reciprocal: whether joint actors do it to each other.
        place: whether the place named may stand for a recipient that is not.
        physical: whether it is done to people and things, so that the object is the recipient whoever it is.
        bodily: whether it is done to bodies of flesh, so that no country or company by its name can suffer it.
        addressed: whether only people and bodies can be the recipient, never a thing.
        of: what "of" marks after a noun: "actor" or "recipient".
        crosswalk, crosswalk_mode: the type (and mode) that CAMEO2PLOVER gives where it is another than the
            manual's; written ``crosswalk: COERCE/restrict``.
        speaker: whether whoever says it is the actor, and the subject the recipient ("must", "unacceptable").
        negated: whether the trigger must be negated ("will not tolerate"), or must not be; None: either.
        looks_around: whether a condition hangs on the trigger's subject, object or complements.
        required: words that must stand in the trigger's sentence, whatever else.
        own: whether it is the user's; those go before the ones that come along.
        strength: "strong" entries say the act by themselves, "weak" ones need both sides.
    """

    rule: str
    source: str
    pattern: Pattern
    kind: Kind
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    object: frozenset[str] | None
    not_object: frozenset[str] | None
    subject: frozenset[str] | None
    not_subject: frozenset[str] | None
    act: frozenset[str] | None
    near: frozenset[str] | None
    far: frozenset[str] | None
    recipient: tuple[str, ...]
    complement: str | None
    embedded: bool
    reciprocal: bool
    place: bool
    physical: bool
    addressed: bool
    of: str
    crosswalk: str | None
    crosswalk_mode: str | None
    strength: str
    speaker: bool
    bodily: bool
    required: frozenset[str]
    own: bool
    negated: bool | None
    looks_around: bool


@dataclass(slots=True)
class EventType:
    """An event type as its file defines it."""

    name: str
    definition: str
    modes: dict[str, frozenset[str]]
    source: str


@dataclass(slots=True)
class Triggers:
    """The entries of one lemma, most demanding first."""

    verb: list[Entry] = field(default_factory=list)
    noun: list[Entry] = field(default_factory=list)
    adjective: list[Entry] = field(default_factory=list)
    modal: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class Codebook:
    """A compiled codebook.

    Attributes:
        types: by name.
        triggers: entries by the lemma of their trigger.
        mode_words: for each type, lemma to mode.
        contexts: lemma to the contexts it speaks of.
        actors: lemmas of nouns for people and bodies that act in politics.
        support: light verbs: lemma to the role of their subject towards the noun ("actor",
            "recipient", "orders").
        off_topic_phrases, doubtful_phrases: phrases that do so by themselves, and that leave it in doubt.
        politics: lemma to how surely it tells of politics: 3 always, 2 beside no word of another field, 1 rather.
        natural: lemmas of what strikes and threatens without meaning to.
        words: lists of grammar ("temporal", "papers", "transparent", "saying").
        hyphenated: words with a hyphen in patterns; parsers cut them in pieces.
        off_topic: lemma to the field (sport, kitchen, weather) whose text it betrays.
        confidence: calibrated confidence by bucket.
        examples: (entry source, rules of the entry, example).
    """

    types: dict[str, EventType] = field(default_factory=dict)
    triggers: dict[str, Triggers] = field(default_factory=dict)
    mode_words: dict[str, dict[str, str]] = field(default_factory=dict)
    contexts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    actors: frozenset[str] = frozenset()
    natural: frozenset[str] = frozenset()
    support: dict[str, str] = field(default_factory=dict)
    off_topic: dict[str, str] = field(default_factory=dict)
    off_topic_phrases: Phrases = field(default_factory=dict)
    doubtful_phrases: Phrases = field(default_factory=dict)
    politics: dict[str, int] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    hyphenated: frozenset[str] = frozenset()
    confidence: dict[str, float] = field(default_factory=dict)
    examples: list[tuple[str, tuple[str, ...], Example]] = field(default_factory=list)
    size: int = 0


class _Builder:
    def __init__(self) -> None:
        self.book = Codebook()
        self.sets: dict[str, frozenset[str]] = {}
        self.own = False  # whether the files read now are the user's
        self._told: set[tuple[Any, ...]] = set()

    def general(self, name: str, data: dict[str, Any]) -> None:
        """The files that define no type: word sets, actors, support verbs and so on."""
        for key, words in data.get("sets", {}).items():
            self.sets[key] = frozenset(_words(words, name, f"set {key!r}"))
        if "actors" in data:
            self.book.actors |= {word for group in data["actors"].values() for word in group.split()}
        self.book.natural |= frozenset(data.get("natural", "").split())
        for key, words in data.get("words", {}).items():
            self.book.words[key] = frozenset(words.split())
        for key in ("off_topic_phrases", "doubtful_phrases"):
            if key in data:
                setattr(self.book, key, compile_phrases(data[key]))
        for grade, key in enumerate(("affairs", "shared", "politics"), 1):
            self.book.politics.update(dict.fromkeys(data.get(key, "").split(), grade))
        for role, words in data.get("support", {}).items():
            self.book.support.update(dict.fromkeys(words.split(), role))
        for topic, words in data.get("off_topic", {}).items():
            self.book.off_topic.update(dict.fromkeys(words.split(), topic))
        self.book.confidence.update(data.get("confidence", {}))
        found: dict[str, list[str]] = {}
        for context, words in data.get("contexts", {}).items():
            for word in words.split():
                found.setdefault(word, []).append(context)
        for word, contexts in found.items():
            self.book.contexts[word] = tuple(dict.fromkeys((*self.book.contexts.get(word, ()), *contexts)))

    def event_type(self, name: str, data: dict[str, Any]) -> None:
        """A file with one event type."""
        _keys(data, _TYPE_KEYS, name)
        label = data.get("type")
        if not isinstance(label, str) or not label:
            raise CodebookError(f"{name}: 'type' must be a name such as ASSAULT, not {label!r}")
        for key, words in (data.get("sets") or {}).items():
            self.sets[key] = frozenset(_words(words, name, f"set {key!r}"))
        modes = {}
        for mode, words in (data.get("modes") or {}).items():
            modes[mode] = frozenset(_words(words, name, f"mode {mode!r}"))
        known = self.book.types.get(label)
        if known is not None:
            modes = {**known.modes, **modes}
        self.book.types[label] = EventType(
            label, " ".join(str(data.get("definition") or (known.definition if known else "")).split()), modes, name
        )
        self.book.mode_words[label] = {word: mode for mode, words in modes.items() for word in words}
        entries = data.get("entries")
        if not isinstance(entries, list) or not entries:
            raise CodebookError(f"{name}: type {label} has no entries; give a list under 'entries:'")
        for number, entry in enumerate(entries, 1):
            self._entry(f"{name}, entry {number}", label, entry, data)

    def _entry(self, where: str, label: str, data: Any, event_type: dict[str, Any]) -> None:
        if not isinstance(data, dict):
            raise CodebookError(f"{where}: an entry is a mapping with 'verbs:' or 'nouns:', not {data!r}")
        _keys(data, _ENTRY_KEYS, where)
        mode = data.get("mode")
        if mode is not None and mode not in self.book.types[label].modes:
            raise CodebookError(
                f"{where}: type {label} has no mode {mode!r}; define it under 'modes:' or use one of: "
                f"{', '.join(self.book.types[label].modes) or 'none'}"
            )
        complement = data.get("complement")
        if complement is not None and complement not in COMPLEMENTS:
            raise CodebookError(f"{where}: complement {complement!r} must be one of {', '.join(sorted(COMPLEMENTS))}")
        rules: list[str] = []
        crosswalk, _, crosswalk_mode = str(data.get("crosswalk") or "").partition("/")
        shared: dict[str, Any] = {
            "mode": mode,
            "contexts": tuple(_words(data.get("contexts") or [], where, "contexts")),
            "object": self._condition(data.get("object"), where, "object"),
            "not_object": self._condition(data.get("not_object"), where, "not_object"),
            "subject": self._condition(data.get("subject"), where, "subject"),
            "not_subject": self._condition(data.get("not_subject"), where, "not_subject"),
            "act": self._condition(data.get("act"), where, "act"),
            "near": self._condition(data.get("with"), where, "with"),
            "far": self._condition(data.get("without"), where, "without"),
            "recipient": tuple(
                _words(data.get("recipient", event_type.get("recipient", "object")), where, "recipient")
            ),
            "complement": complement,
            "embedded": bool(event_type.get("complement", False)),
            "reciprocal": bool(data.get("reciprocal", event_type.get("reciprocal", False))),
            "place": bool(data.get("place", event_type.get("place", False))),
            "physical": bool(event_type.get("physical", False)),
            "addressed": bool(event_type.get("addressed", False)),
            "of": str(data.get("of", "recipient")),
            "crosswalk": crosswalk or None,
            "crosswalk_mode": crosswalk_mode or None,
            "strength": str(data.get("strength", "strong")),
            "negated": data.get("negated"),
            "bodily": bool(data.get("bodily", False)),
        }
        conditions = tuple(shared.values())
        looks = any(shared[key] is not None for key in ("object", "not_object", "subject", "not_subject"))
        for key, kind in KINDS.items():
            speaker = bool(data.get("speaker", kind == "modal"))
            for text in _items(data.get(key), where, key):
                rule = f"{label}/{text}"
                rules.append(rule)
                told = (rule, kind, speaker, conditions)
                if told in self._told:  # another entry of the type says just this
                    continue
                self._told.add(told)
                pattern = parse_pattern(text, self.sets, where)
                entry = Entry(
                    rule=rule,
                    source=where,
                    pattern=pattern,
                    kind=kind,
                    type=label,
                    speaker=speaker,
                    required=pattern.required,
                    own=self.own,
                    looks_around=looks or bool(pattern.objects or pattern.complements or pattern.transitive),
                    **shared,
                )
                triggers = self.book.triggers.setdefault(pattern.trigger, Triggers())
                getattr(triggers, kind).append(entry)
                self.book.size += 1
        if not rules:
            raise CodebookError(f"{where}: no trigger; give at least one of {', '.join(KINDS)}")
        for example in data.get("examples") or ():
            self.book.examples.append((where, tuple(rules), _example(example, label, where)))

    def _condition(self, value: Any, where: str, key: str) -> frozenset[str] | None:
        if value is None:
            return None
        out: set[str] = set()
        for word in _words(value, where, key):
            if word.startswith("<"):
                name = word.strip("<>")
                if name not in self.sets:
                    raise CodebookError(
                        f"{where}: {key} names the word set {word!r}, which is not defined under 'sets:'"
                    )
                out |= self.sets[name]
            else:
                out.add(word)
        return frozenset(out)

    def finish(self) -> Codebook:
        """Put the entries of each lemma in the order in which they are tried."""
        hyphenated = {lemma for lemma in self.book.triggers if "-" in lemma}
        for words in self.sets.values():
            hyphenated |= {word for word in words if "-" in word}
        for triggers in self.book.triggers.values():
            for entry in (*triggers.verb, *triggers.noun):
                for lemmas in (entry.pattern.objects, *(lemmas for _, lemmas in entry.pattern.complements)):
                    hyphenated |= {word for word in lemmas or () if "-" in word}
        hyphenated |= {word for word in (*self.book.actors, *self.book.off_topic) if "-" in word}
        self.book.hyphenated = frozenset(hyphenated)
        for triggers in self.book.triggers.values():
            for kind in KINDS.values():
                getattr(triggers, kind).sort(key=lambda entry: (not entry.own, _demands(entry)))
        return self.book


def _demands(entry: Entry) -> float:
    conditions = (entry.object, entry.subject, entry.near, entry.complement, entry.act, entry.negated, entry.not_object)
    recipient = entry.pattern.recipient
    named = 0 if recipient is None else 1 if recipient == "object" else 7
    return -(
        2 * entry.pattern.weight
        + sum(c is not None for c in conditions)
        + (entry.near is not None)
        + (entry.object is not None)
        + named
    )


def _keys(data: dict[str, Any], known: frozenset[str], where: str) -> None:
    for key in data:
        if key not in known:
            near = get_close_matches(str(key), sorted(known), n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; use one of: {', '.join(sorted(known))}"
            raise CodebookError(f"{where}: unknown key {key!r}{hint}")


def _words(value: Any, where: str, what: str) -> list[str]:
    if isinstance(value, str):
        return value.split()
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return list(value)
    raise CodebookError(f"{where}: {what} must be words, as a list or in one line, not {value!r}")


def _items(value: Any, where: str, key: str) -> list[str]:
    """Patterns: a list, or one line of them separated by commas."""
    if value is None:
        return []
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return list(value)
    raise CodebookError(f"{where}: {key} must be patterns, as a list or in one line with commas, not {value!r}")


def _example(data: Any, label: str, where: str) -> Example:
    if isinstance(data, str):
        return Example(data, label)
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise CodebookError(f"{where}: an example is a sentence, or a mapping with 'text:', not {data!r}")
    _keys(data, _EXAMPLE_KEYS, f"{where}, example {data['text']!r}")
    return Example(**{"type": label, **data})


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which the prepositions "on" and "off" are words, not booleans."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regex) for tag, regex in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def _read(name: str, text: str) -> dict[str, Any]:
    try:
        data = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = f", line {mark.line + 1}" if mark is not None else ""
        raise CodebookError(f"{name}{line}: not YAML: {error.problem}; check indentation and quote marks") from error
    except yaml.YAMLError as error:
        raise CodebookError(f"{name}: not YAML: {error}") from error
    if not isinstance(data, dict):
        raise CodebookError(
            f"{name}: a codebook file is a mapping with 'type:' and 'entries:', not {type(data).__name__}"
        )
    return data


def _add(builder: _Builder, sources: Iterable[tuple[str, dict[str, Any]]]) -> None:
    sources = list(sources)
    for name, data in sources:  # word sets first: a type's file may use those of another
        if "type" not in data:
            builder.general(name, data)
    for name, data in sources:
        if "type" in data:
            builder.event_type(name, data)


@cache
def default_codebook() -> Codebook:
    """The codebook that comes with Dateline: PLOVER's sixteen types."""
    return load_codebook(())


def load_codebook(paths: Sequence[str | Path] = (), extend: bool = True) -> Codebook:
    """Load a codebook.

    Args:
        paths: YAML files, or folders of them, of the user; none: the codebook that comes along.
        extend: add them to the codebook that comes along; False: use only theirs (word sets, actors
            and support verbs are kept).

    Raises:
        CodebookError: a file cannot be read or is malformed; the message names file and entry.
    """
    builder = _Builder()
    own = []
    for item in sorted(files("dateline.data").joinpath("codebook").iterdir(), key=lambda item: item.name):
        if item.name.endswith(".yaml"):
            own.append((item.name, _read(item.name, item.read_text(encoding="utf-8"))))
    _add(builder, [(name, data) for name, data in own if extend or "type" not in data])
    theirs = []
    for path in map(Path, paths):
        names = sorted(path.glob("*.y*ml")) if path.is_dir() else [path]
        if not names:
            raise CodebookError(f"{path}: the folder holds no YAML file")
        for name in names:
            try:
                text = name.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise CodebookError(f"{name}: cannot be read: {error}") from error
            theirs.append((str(name), _read(str(name), text)))
    builder.own = True
    _add(builder, theirs)
    if not builder.book.types:
        raise CodebookError("the codebook defines no event type; give a file with 'type:' and 'entries:'")
    return builder.finish()
