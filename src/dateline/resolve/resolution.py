"""What the resolver hands on: who each phrase of the text means, and why that is so."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.annotate.syntax import Syntax
from dateline.records import Entity, Flag, Mention, MentionHow, Window


@dataclass(slots=True)
class Reference:
    """A phrase that points to somebody: a name, a description, a pronoun.

    Attributes:
        begin, end: half-open token range of the phrase as a record would show it.
        head: the token that heads it in the parse.
        entity: id of the entity, or None where it stays unresolved or is a group of `members`.
        members: ids of the entities that a plural phrase stands for ("both sides").
        how: how it was recognised.
        why: the reason where it is unresolved, else what decided it.
    """

    begin: int
    end: int
    head: int
    entity: str | None
    how: MentionHow
    members: tuple[str, ...] = ()
    why: str = ""


@dataclass
class Resolution:
    """All references of a report and the entities behind them.

    Attributes:
        entities: in the order of their first mention; ids unique.
        references: sorted by `begin`.
        publisher: entity id of the report's publisher, or None where it is unknown.
        flags: names and roles that an editor would query.
        window: when an undated report was published, as far as the text tells.
    """

    entities: list[Entity] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    publisher: str | None = None
    flags: list[Flag] = field(default_factory=list)
    window: Window | None = None

    def __post_init__(self) -> None:
        self.by_head: dict[int, Reference] = {r.head: r for r in self.references}
        self._entity = {e.id: e for e in self.entities}

    def entity(self, entity_id: str) -> Entity:
        """The entity with this id."""
        return self._entity[entity_id]

    def at(self, head: int) -> Reference | None:
        """The reference headed by this token, or None."""
        return self.by_head.get(head)


def build_resolution(
    syntax: Syntax,
    references: list[Reference],
    at: dict[int, Reference],
    entities: dict[str, Entity],
    publisher: str | None,
    flags: list[Flag],
    window: Window | None = None,
) -> Resolution:
    """Sort references and entities, give the entities their mentions, and drop those nobody mentions.

    Args:
        syntax: the text.
        references: in any order, token ranges not empty.
        at: references by head and by other tokens that a parser may take for the head.
        entities: all that were met, by id.
        publisher: its entity stays, mentioned or not.
        flags: as they were raised.
        window: when an undated report was published.
    """
    for entity in entities.values():
        entity.mentions = []
    references.sort(key=lambda r: (r.begin, -r.end, r.head))
    first: dict[str, tuple[int, int]] = {}
    for k, reference in enumerate(references):
        for who in (reference.entity, *reference.members):
            if who is not None:
                first.setdefault(who, (reference.begin, k))
                mention = Mention(span=syntax.span(reference.begin, reference.end), how=reference.how)
                entities[who].mentions.append(mention)
    met = [entities[e] for e in sorted(first, key=lambda e: first[e])]
    if publisher is not None and publisher not in first:
        met.insert(0, entities[publisher])
    resolution = Resolution(met, references, publisher, flags, window)
    resolution.by_head = at
    return resolution
