"""What is known of a report while its phrases are resolved: one object that the resolvers share."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from dateline.annotate import Syntax, Zone
from dateline.mentions.names import NameMention, Words, find_names
from dateline.records import Flag, MentionHow
from dateline.resolve.cast import Cast
from dateline.resolve.lexicon import Lexicon, Noun
from dateline.resolve.phrase import head_of, loose
from dateline.resolve.quotation import Quotations, find_quotations
from dateline.resolve.resolution import Reference

Value = tuple[str, str]

_MEMORY = 400
_COMMON = frozenset({"title", "body", "government", "spokesperson"})
_FINE_AFTER = frozenset({"DT", "JJ", "JJS", "CD", "NNP", "HYPH", "VBN", "PRP$", "VBG"})
_FINE_BEFORE = frozenset({"JJ", "NN", "NNP", "NNS", "NNPS", "POS", "HYPH", "JJS", "VBN", "JJR", "CD", "VBG", "RB"})


@dataclass(slots=True)
class NounMention:
    """A listed common noun in the text: half-open token range and what it may be."""

    begin: int
    end: int
    nouns: list[Noun]
    head: int = -1

    def kind(self, *kinds: str) -> Noun | None:
        """The first reading of one of these kinds."""
        for noun in self.nouns:
            if noun.kind in kinds:
                return noun
        return None


@dataclass(slots=True)
class Turn:
    """One mention in the course of the text, as pronouns look back on it."""

    entity: str
    head: int
    sentence: int
    subject: bool
    members: tuple[str, ...] = ()
    plural: bool = False


@dataclass(slots=True)
class TitledName:
    """A person's name with an office before or beside it, for the editor's queries and for dating.

    Attributes:
        entity: who it was found to be.
        name: the name.
        offices: what the title can mean.
        of: the country or organisation that the text names with the title.
        past: whether the office is a former or a coming one.
        title: token range of the title.
        adjacent: whether the title stands right before the name.
    """

    entity: str
    name: NameMention[Value]
    offices: list[str]
    of: str | None
    past: bool
    title: tuple[int, int]
    adjacent: bool = True


@dataclass
class Reading:
    """The state of one report's resolution.

    Attributes:
        names: all name mentions; `name_at` the outermost one over each token.
        nouns: listed common nouns outside of names; `noun_ending` finds one by its end.
        meaning: entity id of each name mention resolved so far, by index in `names`.
        references: as they are made; `at` finds one by its head.
        history: mentions of entities in the order of the text.
        documents: noun -> entity that issued the document last so called ("the statement").
        titled: persons named with an office.
        described: noun -> entity that it described last.
        spots: where each person is named: first tokens, in order.
        by_text: case-folded unknown names -> entity.
        acronyms: those that the text defines behind a common noun.
        waiting: first-person pronouns and the tokens that name their speakers further on.
        speaking: who spoke last.
        describe: says who a noun phrase means, for those that look ahead.
        title: the report's title, which may stand beside its text.
    """

    syntax: Syntax
    zones: list[Zone]
    lexicon: Lexicon
    cast: Cast
    names: list[NameMention[Value]] = field(default_factory=list)
    nouns: list[NounMention] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    history: list[Turn] = field(default_factory=list)
    documents: dict[str, str] = field(default_factory=dict)
    titled: list[TitledName] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    described: dict[str, str] = field(default_factory=dict)
    spots: dict[str, list[int]] = field(default_factory=dict)
    by_text: dict[str, str] = field(default_factory=dict)
    acronyms: dict[str, str] = field(default_factory=dict)
    waiting: list[tuple[int, int]] = field(default_factory=list)
    speaking: str | None = None
    describe: Callable[[Reading, NounMention], str | None] = lambda reading, noun: None
    publisher: str | None = None
    title: str = ""

    def __post_init__(self) -> None:
        syntax = self.syntax
        n = len(syntax)
        words = Words(syntax)
        common = bytearray(n)
        found = []
        for begin, end, nouns in self.lexicon.nouns.matches(words):
            head = head_of(syntax, begin, end)
            if (syntax.pos[head] in ("VERB", "AUX") and syntax.tag[head] != "VBG") or syntax.pos[head] == "ADP":
                continue
            if syntax.pos[head] in ("ADJ", "ADV", "DET") and nouns[0].kind in ("agent", "body") and end - begin == 1:
                continue  # "private", "criminal"
            found.append(NounMention(begin, end, nouns, head))
            sort = 1 if any(n.kind in _COMMON for n in nouns) else 2 if nouns[0].kind == "agent" else 0
            if (
                sort == 1
                and end - begin == 1
                and syntax.word[begin][0].isupper()
                and self.lexicon.names.get(syntax.word[begin])
            ):
                sort = 2
            if sort:
                for i in range(begin, end):
                    common[i] = sort
        self.names = find_names(syntax, self.lexicon.names, words, common)
        self.name_at: list[NameMention[Value] | None] = [None] * n
        for name in self.names:
            if not name.nested:
                for i in range(name.begin, name.end):
                    self.name_at[i] = name
        self.identified = False
        self._title_case: dict[int, bool] = {}
        self.first_at: dict[int, NameMention[Value]] = {m.begin: m for m in reversed(self.names)}
        self.inner_at: dict[int, NameMention[Value]] = {m.end: m for m in self.names if m.nested}
        self.nouns = [m for m in found if self.name_at[m.head] is None]
        self.noun_ending: dict[int, NounMention] = {m.end: m for m in self.nouns}
        self.noun_at: dict[int, NounMention] = {i: m for m in self.nouns for i in range(m.begin, m.end)}
        self._zone_begins = [zone.begin for zone in self.zones]
        self.meaning: dict[int, str] = {}
        self.is_place: set[int] = set()
        self.at: dict[int, Reference] = {}
        self.quotations: Quotations = find_quotations(syntax)

    @cached_property
    def countries(self) -> Counter[str]:
        """How often the names of the report name each country; the publisher's counts once more."""
        counts: Counter[str] = Counter()
        for name in self.names:
            for entry, _ in name.values:
                if entry in self.lexicon.roster.countries:
                    counts[entry] += 1
        home = self.cast[self.publisher].country if self.publisher is not None else None
        if home is not None:
            counts[home] += 1
        return counts

    @cached_property
    def headline_countries(self) -> frozenset[str]:
        """The countries that the report's title names: it is about them, whoever else comes up."""
        if not self.title:
            return frozenset()
        found = self.lexicon.names.matches(Words.of_text(self.title))
        countries = self.lexicon.roster.countries
        return frozenset(entry for _, _, values in found for entry, _ in values if entry in countries)

    @cached_property
    def lead(self) -> int:
        """The number of the first sentence of the body; those up to it are headline and lead."""
        begin = next((zone.begin for zone in self.zones if zone.kind == "body"), 0)
        first, _ = self.syntax.chars_to_tokens(begin, begin + 1)
        return self.syntax.sentence[first] if first < len(self.syntax) else 0

    def in_title_case(self, token: int) -> bool:
        """Whether the sentence of a token writes nearly all words large, so that capitals tell no names."""
        number = self.syntax.sentence[token]
        known = self._title_case.get(number)
        if known is None:
            begin, end = self.syntax.sentences[number]
            words = [w for w in self.syntax.word[begin : min(end, begin + 60)] if len(w) > 3 and w[0].isalpha()]
            known = len(words) > 3 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)
            self._title_case[number] = known
        return known

    def zone_of(self, token: int) -> str:
        """The kind of zone that a token stands in."""
        return self.zone_of_offset(self.syntax.begin[token])

    def zone_of_offset(self, at: int) -> str:
        """The kind of zone that a character stands in."""
        k = bisect_right(self._zone_begins, at) - 1
        return self.zones[k].kind if k >= 0 else "body"

    def entity_of(self, name: NameMention[Value]) -> str | None:
        """The entity that a name mention was found to mean."""
        return self.meaning.get(id(name))

    def country_of(self, name: NameMention[Value]) -> str | None:
        """The country that a name belongs to or is: "Russian", "Moscow", "Gazprom" -> RUS."""
        countries = self.lexicon.roster.countries
        for entry, _ in name.values:
            if entry in countries:
                return entry
        entity = self.meaning.get(id(name))
        return self.cast[entity].country if entity else None

    def before(self, begin: int, reach: int = 6, joined: bool = False) -> NameMention[Value] | None:
        """The name that modifies a phrase which begins at a token: "Russian" in "Russian deputy minister".

        Looks left over adjectives, nouns and possessive endings, with `joined` over "and" too.
        """
        syntax = self.syntax
        i = begin - 1
        first = syntax.sentences[syntax.sentence[begin]][0]
        while i >= first and begin - i <= reach:
            name = self.name_at[i]
            if name is not None and (name.values or id(name) in self.meaning or not self.identified):
                if i + 1 < begin and syntax.tag[i + 1] == "CD" and len(syntax.word[i + 1]) != 4:
                    return None  # "lend Croatia two ships"
                return None if self.is_participle(name, begin) else name
            if syntax.tag[i] not in _FINE_BEFORE and not (joined and syntax.tag[i] == "CC"):
                return None
            i -= 1
        return None

    def is_participle(self, name: NameMention[Value], begin: int) -> bool:
        """Whether a name before a phrase is the agent in a compound participle: "UN-backed"."""
        syntax = self.syntax
        word = syntax.lower[name.end - 1]
        if "-" in word and word.rsplit("-", 1)[1].endswith("ed"):
            return True
        if name.end + 1 < len(syntax) and syntax.lower[name.end + 1] in ("flagged", "owned", "registered"):
            return False
        return (
            name.end + 1 < begin and syntax.lower[name.end] == "-" and syntax.tag[name.end + 1] in ("VBN", "VBD", "JJ")
        )

    def after(self, end: int, *links: str) -> NameMention[Value] | None:
        """The name behind a phrase and one of these prepositions: "Iran" in "president of Iran"."""
        syntax = self.syntax
        n = len(syntax)
        if end >= n or syntax.lower[end] not in links:
            return None
        i = end + 1
        while i < n and i < end + 6:
            name = self.name_at[i]
            if name is not None and not self.is_participle(name, n):
                return name
            if name is None and syntax.tag[i] not in _FINE_AFTER:
                return None
            i = name.end if name is not None else i + 1
        return None

    def refer(
        self,
        span: tuple[int, int],
        head: int,
        entity: str | None,
        how: MentionHow,
        *,
        members: tuple[str, ...] = (),
        why: str = "",
        core: tuple[int, int] | None = None,
    ) -> Reference:
        """Write down a reference; `core` is the part whose stray tokens point to it too."""
        reference = Reference(span[0], span[1], head, entity, how, members, why)
        if head in self.at:
            return self.at[head]
        self.references.append(reference)
        self.at[head] = reference
        if core is not None:
            for i in loose(self.syntax, core[0], core[1], head):
                self.at.setdefault(i, reference)
        syntax = self.syntax
        if syntax.dep[head] == "pobj" and entity is not None and syntax.lower[syntax.head[head]] == "to":
            if syntax.lower[syntax.head[syntax.head[head]]] == "according":
                self.speaking = entity
        for who in (entity, *members):
            if who is not None:
                label = syntax.dep[head]
                if label == "conj":
                    label = syntax.dep[syntax.head[head]]
                subject = label in ("nsubj", "nsubjpass")
                plural = syntax.tag[head] in ("NNS", "NNPS")
                self.history.append(Turn(who, head, syntax.sentence[head], subject, members, plural))
        return reference

    def back(self) -> Iterator[Turn]:
        """The mentions before, the last first, as far back as a reader remembers them."""
        return islice(reversed(self.history), _MEMORY)

    def recent(self, *kinds: str, sentences: int = 1000, before: int | None = None) -> str | None:
        """The entity of one of these kinds that was mentioned last."""
        for turn in self.back():
            if before is not None and before - turn.sentence > sentences:
                return None
            if self.cast[turn.entity].kind in kinds:
                return turn.entity
        return None
