"""Framings: different words for one thing, each in somebody's mouth.

What one side calls a special operation is an invasion to the other (Entman 1993, "Framing: Toward
clarification of a fractured paradigm": the choice of words defines the problem). Two ways tell that
two wordings mean one thing: the editor says so ("using the term the minister calls …"), or two
terms of one group in ``data/framings.yaml`` speak of the same country or body.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from dateline.annotate import Syntax
from dateline.records import Event, Framing, FramingOf, Statement, Term
from dateline.resolve import Resolution

_WITHIN = frozenset({"of", "in", "against", "on", "into", "by", "over", "from"})
_OPEN = frozenset({"“", '"', "‘", "''", "``"})
_GLOSS_REACH = 25  # tokens between the quote and what the editor says about it


@dataclass(frozen=True, slots=True)
class Group:
    """Wordings for one kind of thing: see ``data/framings.yaml``."""

    name: str
    of: FramingOf
    plain: frozenset[str]


@dataclass(slots=True)
class Wording:
    """A term in the text: its token range, head, the entities it speaks of, and whose word it is."""

    begin: int
    end: int
    head: int
    group: Group | None
    about: frozenset[str]
    used_by: str | None


@cache
def _groups() -> dict[str, Group]:
    data = yaml.safe_load(files("dateline.data").joinpath("framings.yaml").read_text("utf-8"))
    groups: dict[str, Group] = {}
    for entry in data["groups"]:
        heads = [word.strip() for word in entry["heads"].split(",")]
        plain = [word.strip() for word in entry["plain"].split(",")]
        group = Group(entry["name"], entry["of"], frozenset(plain))
        for word in (*heads, *plain):
            groups.setdefault(word, group)
    return groups


@cache
def _glosses() -> list[list[str]]:
    data = yaml.safe_load(files("dateline.data").joinpath("framings.yaml").read_text("utf-8"))
    return [gloss.split() for gloss in data["glosses"]]


def find_framings(
    syntax: Syntax, resolution: Resolution, statements: list[Statement], events: list[Event]
) -> list[Framing]:
    """Find different words by different speakers for one event or entity.

    Args:
        syntax: the parse.
        resolution: who each phrase means.
        statements: whose words each part of the text is.
        events: a framing's referent is the event whose trigger one of the terms holds.

    Returns:
        Framings in the order of their first terms, each with two terms at least, by two users.
    """
    voices = _Voices(syntax, statements, resolution.publisher)
    wordings = _wordings(syntax, resolution, voices)
    found: list[list[Wording]] = []
    for pair in _glossed(syntax, resolution, voices):
        found.append(list(pair))
    paired = {wording.head for pair in found for wording in pair}
    for wording in wordings:
        if wording.head in paired:
            continue
        for cluster in found:
            if _fits(syntax, wording, cluster):
                cluster.append(wording)
                break
        else:
            found.append([wording])
    framings = []
    for cluster in found:
        terms = _distinct(syntax, cluster)
        if terms:
            referent = _referent(syntax, terms, events)
            group = next((w.group for w in terms if w.group is not None), None)
            of: FramingOf = group.of if group is not None else "event"
            framings.append(
                Framing(
                    of=of if referent is None else "event",
                    referent=referent,
                    terms=[Term(span=syntax.span(w.begin, w.end), used_by=w.used_by) for w in terms],
                )
            )
    framings.sort(key=lambda f: f.terms[0].span)
    return framings


class _Voices:
    """Whose words a token is: the innermost statement's speaker, or the publisher."""

    def __init__(self, syntax: Syntax, statements: list[Statement], publisher: str | None) -> None:
        pieces = [(b, e, s) for s in statements for b, e in s.content if s.chain]
        pieces.sort(key=lambda piece: (piece[0], -piece[1]))
        self._starts = [piece[0] for piece in pieces]
        self._pieces = pieces
        self._syntax = syntax
        self._publisher = publisher

    def of(self, token: int) -> str | None:
        at = self._syntax.begin[token]
        k = bisect_right(self._starts, at) - 1
        for begin, end, statement in reversed(self._pieces[max(0, k - 15) : k + 1]):
            if begin <= at < end:
                return statement.chain[-1].entity
        return self._publisher


def _wordings(syntax: Syntax, resolution: Resolution, voices: _Voices) -> list[Wording]:
    groups = _groups()
    found = []
    for i, word in enumerate(syntax.lemma):
        group = groups.get(word.lower())
        if group is None or syntax.pos[i] not in ("NOUN", "PROPN"):
            continue
        begin, end = _term(syntax, i)
        found.append(Wording(begin, end, i, group, _about(syntax, resolution, i), voices.of(i)))
    return found


def _term(syntax: Syntax, head: int) -> tuple[int, int]:
    """The noun with what stands before it, articles left out, and an "of" phrase behind it."""
    begin, end = max(syntax.left(head), head - 12), head + 1
    while begin < head and (syntax.dep[begin] in ("det", "punct", "cc", "case") or syntax.pos[begin] == "PUNCT"):
        begin += 1
    for c in syntax.children[head]:
        if c > head and syntax.dep[c] == "prep" and syntax.lower[c] == "of" and syntax.right(c) - c < 8:
            end = syntax.right(c)
    while end > head + 1 and syntax.pos[end - 1] in ("PUNCT", "SPACE"):
        end -= 1
    return begin, end


def _about(syntax: Syntax, resolution: Resolution, head: int) -> frozenset[str]:
    """Countries (or bodies without one) that the phrase names: its owner, and where it is."""
    out = set()
    nodes = [c for c in syntax.children[head] if syntax.dep[c] in ("poss", "compound", "amod", "nmod", "prep")]
    for c in nodes:
        if syntax.dep[c] == "prep":
            if syntax.lower[c] not in _WITHIN:
                continue
            c = next((g for g in syntax.children[c] if syntax.dep[g] == "pobj"), c)
        reference = resolution.at(c)
        if reference is not None and reference.entity is not None:
            entity = resolution.entity(reference.entity)
            out.add(entity.country or entity.id)
    return frozenset(out)


def _fits(syntax: Syntax, wording: Wording, cluster: list[Wording]) -> bool:
    if any(other.begin <= wording.head < other.end for other in cluster):
        return False
    if not wording.about or not any(other.group is wording.group for other in cluster):
        return False
    return any(other.group is wording.group and wording.about & other.about for other in cluster)


def _distinct(syntax: Syntax, cluster: list[Wording]) -> list[Wording]:
    """One term a user and wording; nothing unless two users chose different nouns, one of them loaded."""
    terms: list[Wording] = []
    seen = set()
    for wording in sorted(cluster, key=lambda w: w.begin):
        key = (wording.used_by, _words(syntax, wording))
        if key not in seen:
            seen.add(key)
            terms.append(wording)
    loaded = any(w.group is None or syntax.lemma[w.head].lower() not in w.group.plain for w in terms)
    users = {w.used_by for w in terms}
    heads = {syntax.lemma[w.head].lower() for w in terms}
    return terms if loaded and len(users) > 1 and len(heads) > 1 else []


def _words(syntax: Syntax, wording: Wording) -> str:
    # The head with its adjectives: "Russia's invasion" and "his invasion" are one wording.
    words = [
        syntax.lower[i]
        for i in range(wording.begin, wording.head)
        if syntax.dep[i] in ("amod", "compound", "nmod") and syntax.pos[i] != "PROPN"
    ]
    return " ".join([*words, syntax.lemma[wording.head].lower()])


def _referent(syntax: Syntax, terms: list[Wording], events: list[Event]) -> str | None:
    for wording in terms:
        begin, end = syntax.span(wording.head, wording.head + 1)
        for event in events:
            if event.trigger[0] < end and begin < event.trigger[1]:
                return event.id
    return None


def _glossed(syntax: Syntax, resolution: Resolution, voices: _Voices) -> list[tuple[Wording, Wording]]:
    """Pairs of a quoted term and the editor's own words for it, where the editor says so."""
    pairs = []
    firsts = {gloss[0] for gloss in _glosses() if gloss[0] != "SOURCE"} | {"term", "name"}
    groups = _groups()
    reach = 0  # one gloss speaks for its words once
    for i, word in enumerate(syntax.lower):
        if word not in firsts or i < reach:
            continue
        for gloss in _glosses():
            thing = _match(syntax, gloss, i)
            if thing is None:
                continue
            term = _last_term(syntax, i)
            if term is None:
                continue
            begin, end = _term(syntax, thing)
            group = groups.get(syntax.lemma[thing].lower())
            own = Wording(begin, end, thing, group, _about(syntax, resolution, thing), voices.of(thing))
            begin, end = _term(syntax, term)
            group = groups.get(syntax.lemma[term].lower())
            quoted = Wording(begin, end, term, group, _about(syntax, resolution, term), voices.of(term))
            if own.used_by == quoted.used_by:
                own.used_by = resolution.publisher
            pairs.append((quoted, own))
            reach = own.head
            break
    return pairs


def _match(syntax: Syntax, gloss: list[str], at: int) -> int | None:
    """Head token of THING where a gloss stands at this token, or None."""
    words = gloss[1:] if gloss[0] == "SOURCE" else gloss
    sentence_end = syntax.sentences[syntax.sentence[at]][1]
    for number, word in enumerate(words):
        if word == "THING":
            return _noun_after(syntax, at, sentence_end)
        if word == "SOURCE":
            following = words[number + 1]
            stop = min(sentence_end, at + 7)
            while at < stop and syntax.lower[at] != following:
                at += 1
            if at >= stop:
                return None
            continue
        if at >= sentence_end or syntax.lower[at] != word:
            return None
        at += 1
    return None


def _noun_after(syntax: Syntax, begin: int, end: int) -> int | None:
    for i in range(begin, min(end, begin + 10)):
        if syntax.pos[i] in ("NOUN", "PROPN"):
            up = syntax.head[i]
            if syntax.dep[i] in ("compound", "poss", "amod", "nmod", "npadvmod") and begin <= up < end and up > i:
                continue
            return i
        if syntax.pos[i] in ("VERB", "AUX"):
            return None
    return None


def _last_term(syntax: Syntax, gloss: int) -> int | None:
    """Head of the phrase that a gloss speaks of: a listed term in the words before, else the last quoted noun."""
    groups = _groups()
    low = max(syntax.sentences[syntax.sentence[gloss]][0], gloss - 3 * _GLOSS_REACH)
    last = None
    quoted = False
    for i in range(gloss - 1, low - 1, -1):
        if syntax.word[i] in _OPEN or syntax.word[i] == "”":
            quoted = True
        if syntax.pos[i] != "NOUN":
            continue
        if syntax.lemma[i].lower() in groups:
            return i
        if last is None and quoted and gloss - i < _GLOSS_REACH and syntax.dep[i] not in ("compound", "poss"):
            last = i
    return last
