"""How PLOVER codes an act once its rules for planned, demanded, refused and threatened acts apply.

The act itself keeps its type in the record ("will release": RETREAT, planned); PLOVER, which codes
only what was done or said, files the same sentence under what was said (AGREE). The rules are
data, `data/plover_rules.yaml`, where the grounds in the PLOVER manual stand beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, get_args

import yaml

from dateline.coding.stance_marks import Stance
from dateline.errors import DatelineError
from dateline.records import Factuality, Plover, PloverType

_Loader: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_ACCUSING = frozenset({"accuse"})


@dataclass(slots=True, frozen=True)
class Rule:
    """One line of the rules: which acts of which stance are coded as what."""

    acts: frozenset[str] | None
    factuality: frozenset[str] | None
    kinds: frozenset[str] | None
    excepted: frozenset[str]
    code: str

    def fits(self, act: str, stance: Stance) -> bool:
        """Whether the rule is about this act with this stance."""
        return (
            (self.acts is None or act in self.acts)
            and (self.factuality is None or stance.value in self.factuality)
            and (self.kinds is None or stance.kind in self.kinds)
            and stance.kind not in self.excepted
        )


@dataclass(slots=True, frozen=True)
class PloverRules:
    """Rules in their order, and the modes of the types that they lead to."""

    rules: tuple[Rule, ...]
    modes: dict[str, dict[str, str]]
    known: frozenset[str]


def parse_plover_rules(source: str, name: str = "plover_rules.yaml") -> PloverRules:
    """Read rules as in `data/plover_rules.yaml`.

    Args:
        source: the YAML.
        name: what to call it in messages.

    Raises:
        DatelineError: it is not YAML of that form, or names an unknown group, type or factuality.
    """
    try:
        data = yaml.load(source, Loader=_Loader)
        groups = {group: frozenset(types) for group, types in data["groups"].items()}
        rules = []
        for number, line in enumerate(data["rules"], 1):
            where = f"{name}: rule {number}"
            if line["acts"] != "all" and line["acts"] not in groups:
                raise DatelineError(f"{where}: unknown group {line['acts']!r}; known: all, {', '.join(groups)}")
            for value in line.get("factuality", ()):
                if value not in get_args(Factuality):
                    raise DatelineError(f"{where}: unknown factuality {value!r}")
            if line["code"] not in ("same", "nothing", *get_args(PloverType)):
                raise DatelineError(f"{where}: unknown code {line['code']!r}; a PLOVER type, same or nothing")
            rules.append(
                Rule(
                    acts=None if line["acts"] == "all" else groups[line["acts"]],
                    factuality=frozenset(line["factuality"]) if "factuality" in line else None,
                    kinds=frozenset(line["kinds"]) if "kinds" in line else None,
                    excepted=frozenset(line.get("except", ())),
                    code=line["code"],
                )
            )
        return PloverRules(tuple(rules), data["modes"], frozenset().union(*groups.values()))
    except yaml.YAMLError as error:
        raise DatelineError(f"{name} is not YAML: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise DatelineError(f"{name} lacks a part or has one of the wrong form: {error!r}") from error


@cache
def plover_rules() -> PloverRules:
    """The rules that come with the package."""
    source = resources.files("dateline.data").joinpath("plover_rules.yaml").read_text(encoding="utf-8")
    return parse_plover_rules(source)


def plover(
    act: str, mode: str | None, stance: Stance, *, governor_coded: bool = False, rules: PloverRules | None = None
) -> Plover | None:
    """How PLOVER codes an act of this type and stance.

    Args:
        act: the act's own type ("RETREAT"); a type that PLOVER does not know is coded as itself
            where it happened or is going to, and as nothing where it did not.
        mode: the act's own mode, or None.
        stance: the report's stance on it, from `factuality`.
        governor_coded: the word that governs the act is itself the trigger of an event; then a
            demanded act or one told as an accusation is coded there ("urged them to withdraw",
            "accused them of shelling") and not again.
        rules: other rules than the package's.

    Returns:
        Type and mode, or None where PLOVER codes nothing.
    """
    rules = rules or plover_rules()
    if governor_coded and (stance.value == "requested" or stance.kind in _ACCUSING):
        return None
    if act not in rules.known:
        return None if stance.value in ("negated", "denied") else Plover(type=act, mode=mode)
    for rule in rules.rules:
        if rule.fits(act, stance):
            if rule.code == "nothing":
                return None
            if rule.code in ("same", act):
                return Plover(type=act, mode=mode)
            modes = rules.modes.get(rule.code, {})
            return Plover(type=rule.code, mode=modes.get(f"{act}/{mode}") or modes.get(act))
    return None
