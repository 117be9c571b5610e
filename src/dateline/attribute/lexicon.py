"""The cue lexicon: which words report that somebody says, thinks or wants something.

The words stand in ``data/cues.yaml``, by class and by the complements that they report with. Verbs
are looked up by their inflected forms, which are generated here, so that the lexicon depends on no
tagger's lemmas ("hoping" comes out of some as a form of "hop").
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from dateline.errors import CodebookError

TAKES = frozenset(
    {
        "clause",
        "question",
        "quote",
        "before",
        "to",
        "ing",
        "object",
        "object-to",
        "object-with",
        "object-is",
        "preposition",
        "quality",
        "passive",
        "passive-clause",
        "passive-to",
        "passive-with",
        "passive-is",
    }
)
"""What a cue may report with; ``data/cues.yaml`` explains each beside an example."""

_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to use a cue word.

    Attributes:
        word: the word in its base form.
        tail: the particles and prepositions that belong to it ("point", ("out",)).
        kind: its class: say, write, ask, think, …
        takes: names out of `TAKES` (verbs), or prepositions and ``that``/``to`` (nouns, adjectives).
        with_object: prepositions that go with an object: accuse X ``of`` Y.
        medium: what carries the words where the cue itself tells (``post`` for "tweet").
        document: whether the word reports only of documents ("the poll found little support").
        unarmed: whether the word reports only of speakers who are no armed force.
    """

    word: str
    tail: tuple[str, ...]
    kind: str
    takes: frozenset[str]
    with_object: frozenset[str] = frozenset()
    medium: str | None = None
    unarmed: bool = False
    document: bool = False


@dataclass(slots=True)
class Lexicon:
    """The cues, ready for look-up by lower-case form.

    Attributes:
        verbs: senses by inflected form, longest tail first.
        nouns: senses by singular and plural form.
        adjectives: senses by form.
        documents: nouns for what carries words ("statement", "interview"), with the medium.
        people: nouns, all forms, for sources without a name ("officials").
        armed: nouns, all forms, for those whose attacks and support are no words ("troops").
        phrases: fixed cues before a source ("according to"), by first word.
    """

    verbs: dict[str, tuple[Sense, ...]]
    nouns: dict[str, tuple[Sense, ...]]
    adjectives: dict[str, tuple[Sense, ...]]
    documents: dict[str, str]
    people: frozenset[str]
    armed: frozenset[str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]


def inflect_verb(verb: str) -> list[str]:
    """The regular forms of an English verb: base, -s, -ed, -ing."""
    last, body = verb[-1:], verb[:-1]
    if last == "e":
        ing = body + "ing" if verb[-2:] not in ("ee", "oe", "ye") else verb + "ing"
        return [verb, verb + "s", verb + "d", ing]
    if last == "y" and verb[-2:-1] not in _VOWELS:
        return [verb, body + "ies", body + "ied", verb + "ing"]
    third = verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    return [verb, third, verb + "ed", verb + "ing"]


def _doubled(verb: str) -> list[str]:
    # Final consonants double after a stressed short vowel; both spellings are kept.
    if len(verb) > 2 and verb[-1] not in "aeiouwxyh" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS:
        return [verb + verb[-1] + "ed", verb + verb[-1] + "ing"]
    return []


def inflect_noun(noun: str) -> list[str]:
    """Singular and plural of a regular English noun."""
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return [noun, noun[:-1] + "ies"]
    return [noun, noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")]


def load_lexicon(paths: Iterable[str | os.PathLike[str]] = ()) -> Lexicon:
    """Read the lexicon that comes with Dateline, and a user's additions to it.

    Args:
        paths: YAML files of the same form, or folders of them; their entries come on top.

    Raises:
        CodebookError: a file is no YAML, or an entry is not of the form that it should have.
    """
    sources = [("data/cues.yaml", files("dateline.data").joinpath("cues.yaml").read_text("utf-8"))]
    for path in map(Path, paths):
        for file in sorted(path.glob("*.y*ml")) if path.is_dir() else [path]:
            try:
                sources.append((str(file), file.read_text("utf-8")))
            except OSError as error:
                raise CodebookError(f"cue lexicon {file}: {error.strerror}; give the path of a YAML file") from error
            except UnicodeDecodeError as error:
                raise CodebookError(f"cue lexicon {file}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    verbs: dict[str, list[Sense]] = {}
    nouns: dict[str, list[Sense]] = {}
    adjectives: dict[str, list[Sense]] = {}
    documents: dict[str, str] = {}
    people: list[str] = []
    armed: list[str] = []
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for name, text in sources:
        try:
            data = yaml.load(text, Loader=loader) or {}
        except yaml.YAMLError as error:
            raise CodebookError(f"cue lexicon {name}: not YAML: {error}") from error
        if not isinstance(data, dict) or not isinstance(data.get("documents") or {}, dict):
            raise CodebookError(f"cue lexicon {name}: not of the form verbs, nouns, adjectives, documents, phrases, …")
        irregular = data.get("irregular", {})
        for entry in _entries(data, "verbs", name):
            for sense in _senses(entry, name, TAKES):
                forms = irregular.get(sense.word)
                inflected = [*inflect_verb(sense.word), *_doubled(sense.word)]
                if forms:
                    inflected = [inflected[0], inflected[1], inflected[3], *_doubled(sense.word)[1:], *forms.split()]
                for form in dict.fromkeys(inflected):
                    verbs.setdefault(form, []).append(sense)
        for entry in _entries(data, "nouns", name):
            for sense in _senses(entry, name, None):
                for form in inflect_noun(sense.word):
                    nouns.setdefault(form, []).append(sense)
        for entry in _entries(data, "adjectives", name):
            for sense in _senses(entry, name, None):
                adjectives.setdefault(sense.word, []).append(sense)
        for medium, words in (data.get("documents") or {}).items():
            for word in _words(words):
                for form in inflect_noun(word):
                    documents[form] = medium
        for key, forms_of in (("people", people), ("armed", armed)):
            for word in _words(data.get(key) or ""):
                forms_of.extend(inflect_noun(word))
        for phrase in data.get("phrases") or ():
            parts = tuple(str(phrase).split())
            phrases.setdefault(parts[0], []).append(parts)
    return Lexicon(
        {form: _longest_first(senses) for form, senses in verbs.items()},
        {form: tuple(senses) for form, senses in nouns.items()},
        {form: tuple(senses) for form, senses in adjectives.items()},
        documents,
        frozenset(people),
        frozenset(armed),
        {word: tuple(sorted(some, key=len, reverse=True)) for word, some in phrases.items()},
    )


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with Dateline, read once."""
    return load_lexicon()


def _longest_first(senses: list[Sense]) -> tuple[Sense, ...]:
    return tuple(sorted(senses, key=lambda sense: -len(sense.tail)))


def _entries(data: Any, key: str, name: str) -> list[dict[str, Any]]:
    entries = data.get(key, []) if isinstance(data, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CodebookError(f"cue lexicon {name}: {key!r} is not a list of entries (class, takes, words)")
    return entries


def _words(words: Any) -> list[str]:
    if isinstance(words, str):
        return [" ".join(word.split()) for word in words.split(",") if word.strip()]
    return [str(word) for word in words]


def _senses(entry: dict[str, Any], name: str, allowed: frozenset[str] | None) -> list[Sense]:
    missing = [key for key in ("class", "takes", "words") if key not in entry]
    if missing:
        raise CodebookError(f"cue lexicon {name}: entry {entry} lacks {', '.join(missing)}")
    takes = frozenset(map(str, entry["takes"]))
    unknown = sorted(takes - allowed) if allowed is not None else []
    if unknown:
        raise CodebookError(
            f"cue lexicon {name}: entry {entry['words']!r} takes {', '.join(unknown)}; "
            f"known are {', '.join(sorted(allowed or ()))}"
        )
    with_object = frozenset(map(str, entry.get("with", ())))
    senses = []
    marks = bool(entry.get("unarmed")), bool(entry.get("document"))
    for phrase in _words(entry["words"]):
        word, *tail = phrase.split()
        senses.append(Sense(word, tuple(tail), str(entry["class"]), takes, with_object, entry.get("medium"), *marks))
    return senses
