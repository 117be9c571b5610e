"""The notation of codebook patterns: a trigger word and what must stand around it.

A pattern is written as one would quote the phrase, `*` standing for the recipient::

    attack                    a verb and nothing else
    lash out at *             verb, particle, and the recipient after "at"
    impose <penalty> on *     the object is a word of the set "penalty"
    provide * with <help>     the recipient is the object
    shut down *               a particle verb with its object
    receive <help> from +     `+` stands for the actor: then the subject is the recipient
    find * guilty             object and predicate
    return _ to *             some object, and the recipient after "to"
    accuse * of               the preposition must follow, whatever comes after it

The first word is the trigger's lemma. Prepositions and particles stand for themselves; other words
before a preposition are heads of the object (or predicate), after one, of its complement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.errors import CodebookError

# fmt: off
PREPOSITIONS = frozenset((
    "about", "above", "across", "after", "against", "ahead", "along", "alongside", "amid", "among", "apart", "around",
    "as", "aside", "at", "away", "back", "before", "behind", "between", "beyond", "by", "down", "during", "for",
    "forth", "forward", "from", "in", "inside", "into", "near", "of", "off", "on", "onto", "out", "outside",
    "over", "past", "through",
    "to", "together", "toward", "towards", "under", "until", "up", "upon", "via", "with", "within", "without",
))
# Those that stand with a verb by themselves: "pull out", "stand by".
_PARTICLES = frozenset((
    "across", "ahead", "along", "apart", "around", "aside", "away", "back", "behind", "by", "down", "forth", "forward",
    "in", "off", "on", "out", "over", "past", "through", "together", "under", "up", "within", "without",
))
# fmt: on

# "A protest against Oslo over its ships": the one is whom it is addressed to, the other what it is about.
_TOPICS = frozenset(("over", "about"))

Slot = Literal["object", "subject"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern.

    Attributes:
        text: the pattern as written.
        trigger: lemma of the trigger.
        objects: lemmas one of which must head the object or predicate, or None.
        particles: particles that must stand with the trigger.
        prepositions: prepositions that must follow it.
        transitive: whether it must have an object, whichever.
        complements: (preposition, lemmas) that must stand with the trigger.
        recipient: preposition of the recipient, "object", or None where the entry leaves it open.
        actor: preposition of the actor where the pattern names one (then the subject is the recipient).
    """

    text: str
    trigger: str
    objects: frozenset[str] | None
    particles: tuple[str, ...]
    prepositions: tuple[str, ...]
    transitive: bool
    complements: tuple[tuple[str, frozenset[str]], ...]
    recipient: str | None
    actor: str | None

    @property
    def required(self) -> frozenset[str]:
        """Words that must stand in the sentence; "to" need not, for "gave to Chad" is also "gave Chad"."""
        words = {*self.particles, *self.prepositions, *(preposition for preposition, _ in self.complements)}
        words.update(slot for slot in (self.recipient, self.actor) if slot is not None)
        return frozenset(words - {"object", "subject", "to"})

    @property
    def weight(self) -> float:
        """How much the pattern asks for: the more, the earlier it is tried; at last those with what an act is about."""
        return (
            4 * (self.objects is not None)
            + 5 * len(self.complements)
            + 2 * len(self.particles)
            + len(self.prepositions)
            + self.transitive
            - 0.5 * (self.recipient in _TOPICS)
        )


def parse_pattern(text: str, sets: dict[str, frozenset[str]], where: str) -> Pattern:
    """Compile one pattern.

    Args:
        text: the pattern as the codebook writes it.
        sets: named word sets for `<name>`.
        where: file and entry, for the message of an error.

    Raises:
        CodebookError: the pattern is empty, begins with something else than a word, names a set
            that is not defined, or has more than one `*` or `+`.
    """
    words = text.split()
    if not words or not words[0][0].isalpha():
        raise CodebookError(f"{where}: pattern {text!r} must begin with the trigger word; write for example 'attack *'")
    trigger = words[0].lower()
    objects: frozenset[str] | None = None
    particles: list[str] = []
    complements: list[tuple[str, frozenset[str]]] = []
    recipient = actor = None
    prepositions: list[str] = []
    transitive = False
    preposition: str | None = None
    for word in words[1:]:
        if word in "*+":
            slot = preposition or "object"
            if (recipient if word == "*" else actor) is not None:
                raise CodebookError(f"{where}: pattern {text!r} has more than one {word!r}; leave one")
            if word == "*":
                recipient = slot
            else:
                actor = slot
            preposition = None
        elif word == "_":
            transitive = True
        elif word in PREPOSITIONS:
            if preposition is not None:
                particles.append(preposition)
            preposition = word
        else:
            lemmas = _lemmas(word, sets, text, where)
            if preposition is not None:
                complements.append((preposition, lemmas))
                preposition = None
            else:
                objects = lemmas if objects is None else objects | lemmas
    if preposition is not None:
        # Particles close a pattern ("give in"); of "fall back to" the rest must follow, whoever it names.
        (particles if "*" not in words and preposition in _PARTICLES else prepositions).append(preposition)
    return Pattern(
        text=text,
        trigger=trigger,
        objects=objects,
        particles=tuple(particles),
        prepositions=tuple(prepositions),
        transitive=transitive,
        complements=tuple(complements),
        recipient=recipient,
        actor=actor,
    )


def _lemmas(word: str, sets: dict[str, frozenset[str]], text: str, where: str) -> frozenset[str]:
    if word.startswith("<"):
        name = word.strip("<>")
        if not word.endswith(">") or name not in sets:
            known = ", ".join(sorted(sets)) or "none"
            raise CodebookError(
                f"{where}: pattern {text!r} names the word set {word!r}, which is not defined; "
                f"define it under 'sets:' or use one of: {known}"
            )
        return sets[name]
    return frozenset(word.split("|"))
