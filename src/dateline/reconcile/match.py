"""Do two mentions tell of one occurrence? A score with its reasons, or a contradiction.

Event coreference across documents by comparing arguments, after Bejan & Harabagiu (2010) and the
"same event" test of the GVDB and ECB+ annotations: same kind of act, same people in the same roles,
same time and place, as far as both say.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.reconcile.mention import EventMention, kind_of
from dateline.reconcile.roles import compare_roles
from dateline.reconcile.when import compare_times
from dateline.reconcile.wording import stem

SAME = 4.0  # least score of one occurrence
SAME_IN_REPORT = 6.0  # within a report its own `same_as` decides; only near identity overrules it
_NAMES = 2  # names in common, besides those of the parties, that bring two reports together

_FAMILIES = (
    frozenset({"ASSAULT", "COERCE"}),
    frozenset({"SANCTION", "COERCE"}),
    frozenset({"AGREE", "COOPERATE"}),
    frozenset({"AID", "COOPERATE"}),
    frozenset({"CONCEDE", "RETREAT"}),
    frozenset({"ACCUSE", "REJECT"}),
    frozenset({"REQUEST", "THREATEN"}),
)
_AKIN = frozenset((one, other) for family in _FAMILIES for one in family for other in family)
# What is said in general or only imagined is no occurrence that another report could tell of.
NOWHERE = frozenset({"general", "hypothetical"})
# Words and stances are repeated every day by the same people against the same people: that the kind of
# act and those who do it agree says little, the words and the day must agree too.
VERBAL = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})


@dataclass(frozen=True, slots=True)
class Match:
    """How alike two mentions are; `why` names what counted, `plain` counts what alone is telling."""

    score: float
    why: tuple[str, ...]
    plain: int


def compare(a: EventMention, b: EventMention, *, one_story: bool) -> Match | None:
    """Compare two mentions.

    Args:
        a: a mention.
        b: another.
        one_story: whether their reports are about the same main event.

    Returns:
        The match, or None where something says that they are two occurrences.
    """
    score, why = 0.0, []
    one_word = stem(a.trigger) == stem(b.trigger)
    kind, other = kind_of(a.type, a.trigger), kind_of(b.type, b.trigger)
    if kind == other:
        score += 1.0
        why.append(f"both {a.type}")
    elif one_word or (kind, other) in _AKIN:
        why.append(f"{a.type} and {b.type}")
    else:
        return None
    people = compare_roles(a, b, one_story=one_story)
    if people is None:
        return None
    time = compare_times(a, b, exact=people.exact > 0)
    if time is None:
        return None
    score += people.score + time.score
    why += (*people.why, *time.why)
    plain = time.plain + (people.plain > 1) + people.blame
    together = one_story and a.leads and b.leads and people.score >= 1.5
    somebody = a.people & b.people & a.particular & b.particular
    if somebody and time.plain and a.mode == b.mode and people.plain <= 1:
        plain += 1  # on one day, in one way, with somebody in particular
    if a.once and b.once and people.exact and (people.plain > 1 or time.plain):
        plain += 1  # what is done only once
    place = _place(a, b)
    if people.exact and not (a.actors and b.actors) and place:
        score += 0.5
        plain += 1  # nobody is said to have done it, but to whom and where
    if place:
        score += 1.0
        plain += 1
        why.append(f"both in {place}")
    elif a.place and b.place and a.place not in b.people and b.place not in a.people:
        score -= 0.5
    if one_word:
        score += 1.0
        plain += 1
        why.append(f"“{a.trigger}”")
    elif a.mode and a.mode == b.mode and kind not in VERBAL:
        score += 0.5
        why.append(f"mode {a.mode}")
    elif (kind != other and not together) or (a.factuality == "ongoing") != (b.factuality == "ongoing"):
        plain -= 1  # another kind of act in another word, or fights that go on where another says that it is done
    if a.amounts and b.amounts and _same_amount(a, b):
        score += 1.0
        plain += 1
        why.append("the same amount")
    if one_word and one_story and a.sentence and a.sentence == b.sentence:
        score += 2.0
        plain += 2
        why.append("the same sentence")
    names = _names(a, b)
    if names:
        score += min(1.0, 0.25 * len(names))
        why.append(f"with {', '.join(sorted(names))}")
    if one_story:
        score += 0.5
        why.append("one story")
        if together:
            score += 0.5
            plain += 1
            why.append("both reports open with it")
    elif (people.score < 1.5 or not time.plain) and len(names) < _NAMES and not (people.exact and place):
        plain -= 1  # across stories, who and when must both be plain, or others be named in both, or to whom and where
    return Match(score, tuple(why), plain)


def _place(a: EventMention, b: EventMention) -> str | None:
    """Where both were, unless it counts already as what both were done to."""
    if a.place and a.place == b.place and a.place not in a.people & b.people:
        return a.place
    if not a.sites and not b.sites:
        return None
    sites = ({a.place} | a.sites) & ({b.place} | b.sites) & (a.sites | b.sites)
    return min((site for site in sites if site and site not in a.people & b.people), default=None)


def _same_amount(a: EventMention, b: EventMention) -> bool:
    return any(x.unit == y.unit and x.low == y.low and x.high == y.high for x in a.amounts for y in b.amounts)


def _names(a: EventMention, b: EventMention) -> frozenset[str]:
    """Names in both sentences that are not those of the parties that both have."""
    shared = a.names & b.names
    if not shared:
        return shared
    parties = {stem(part) for id in a.people & b.people for part in id.split("_")}
    return shared - parties - a.objects - b.objects


def enough(match: Match | None, a: EventMention, b: EventMention) -> bool:
    """Is the match good enough to say that it is one occurrence?

    Joining two occurrences makes a source out of nothing; missing a telling only leaves one out. So
    at least two things that are telling in themselves must agree: the word, the day, both parties,
    the place, an amount; for words and stances three.
    """
    if match is None or a.factuality in NOWHERE or b.factuality in NOWHERE:
        return False
    if a.key[0] == b.key[0] and not (a.leads and b.leads and a.headline != b.headline):
        return match.score >= SAME_IN_REPORT and match.plain >= 3
    verbal = kind_of(a.type, a.trigger) in VERBAL or kind_of(b.type, b.trigger) in VERBAL
    return match.score >= SAME and match.plain >= (3 if verbal else 2)
