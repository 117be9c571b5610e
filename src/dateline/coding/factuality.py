"""Whether the act at a trigger happened, as the report has it: occurred, ongoing, planned,
possible, requested, threatened, hypothetical, general, negated or denied.

`stances` reads it off the words; here the statement that carries the act has its say.
"""

from __future__ import annotations

from dateline.annotate.syntax import Syntax
from dateline.coding.stance_marks import FACTUAL, OCCURRED, VERBAL, Stance
from dateline.coding.stances import Stances
from dateline.mentions.predicates import Predicates
from dateline.records import Statement

__all__ = ["Stance", "Stances", "factuality"]


def factuality(
    syntax: Syntax,
    predicates: Predicates,
    trigger: int,
    statement: Statement | None = None,
    cue_class: str | None = None,
    *,
    stances: Stances | None = None,
    performative: bool = False,
    violent: bool = False,
    own: bool = False,
    spoken: bool = False,
    earlier: Stance | None = None,
) -> Stance:
    """The report's stance on the act at a trigger.

    Args:
        syntax: the parse.
        predicates: its clause view.
        trigger: the token that says the act, a verb, noun or adjective.
        statement: the innermost statement that carries the act, if any.
        cue_class: what the statement's cue does to its content ("deny"), where that is known.
        stances: the stances of this report, to share them between triggers.
        performative: the words themselves do the act ("This must stop" is the demand), so that it
            occurred whatever its modal.
        violent: the act is violence; planned or supposed by the speaker, it is a threat.
        own: the speaker of the statement, or the speaker's country, is the one who does the act; "we"
            and "our" are seen here. What such a speaker says did not happen is denied.

        spoken: the act is done by speaking ("support", "accept"); who says that it was not done
            withholds it rather than denies it.
        earlier: the stance on the mention of the same act before this one, if any.

    Returns:
        The stance, with the class of the word that decided it.
    """
    if performative:
        return OCCURRED
    stances = stances or Stances(syntax, predicates)
    stance = stances.at(trigger) if earlier is None else stances.repeated(trigger, earlier)
    if cue_class == "deny" and stance.value in FACTUAL and statement is not None and statement.quote == "indirect":
        return Stance("denied", "deny")
    if statement is None:
        return stance
    if violent and statement.quote != "indirect" and stance.value in ("planned", "possible", "hypothetical"):
        if own or _first_person(syntax, predicates, trigger):
            return Stance("threatened", "threaten", stance.governor)
    if stance.value == "negated" and stance.kind == "not" and not spoken and len(statement.chain) > 1:
        if predicates.form(trigger).finite and (own or _first_person(syntax, predicates, trigger)):
            return Stance("denied", "not", stance.governor)  # "we did not bomb the school"
    return stance


def _first_person(syntax: Syntax, predicates: Predicates, trigger: int) -> bool:
    for subject in predicates.subjects(trigger) if syntax.pos[trigger] in VERBAL else ():
        if syntax.lower[subject] in ("i", "we"):
            return True
        if any(syntax.dep[c] == "poss" and syntax.lower[c] in ("my", "our") for c in syntax.children[subject]):
            return True
    return False
