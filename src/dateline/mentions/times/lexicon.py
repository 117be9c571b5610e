"""The words of time expressions and the grammar they take part in, read from YAML once.

Each word of a text becomes one character that stands for all classes it may belong to ("second"
is a unit and an ordinal), so that a pattern over classes is a regular expression over characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from typing import Any

import yaml

NOTHING = " "  # a word that no pattern knows

_PART = re.compile(r"\s*(?:(?P<name>[a-z]\w*):|'(?P<word>[^']+)'|(?P<ident>[A-Z][A-Z0-9]*)|(?P<sign>[()|?*+]))")


@dataclass(slots=True)
class Node:
    """A piece of a pattern: its regular expression, what it can begin with, whether it can be empty
    or span more than one word.
    """

    regex: str
    first: frozenset[str]
    empty: bool
    several: bool


@dataclass
class Rule:
    """One way to put an expression together."""

    name: str
    reading: str
    node: Node
    settings: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        """Match its expression at a place; compiled when first asked, as most texts need few of the rules."""
        return re.compile(self.node.regex).match


class Lexicon:
    """Words, their classes and values, and the rules over them.

    Attributes:
        contexts: words beside an expression that decide about it, by name.
        values: for each class, the value of each of its words (in lower case).
        rules: in the order of the file.
    """

    def __init__(
        self,
        words: dict[str, Any],
        grammar: dict[str, Any],
        contexts: dict[str, list[str]],
        phrases: dict[str, list[list[str]]],
    ) -> None:
        self.contexts = {name: frozenset(entries) for name, entries in contexts.items()}
        self.values: dict[str, dict[str, Any]] = {}
        self._classes: dict[str, set[str]] = {}
        for name, entries in words.items():
            table = entries if isinstance(entries, dict) else dict.fromkeys(entries, True)
            self.values[name] = {str(word).lower(): value for word, value in table.items()}
            for word in table:
                self._spell(str(word), name)
        self._patterns: dict[str, str] = grammar["patterns"]
        for text in (*self._patterns.values(), *(rule["pattern"] for rule in grammar["rules"])):
            for word in re.findall(r"'([^']+)'", text):
                self._spell(word, "=" + word)
        for sequences in phrases.values():
            for sequence in sequences:
                for word in sequence:
                    self._spell(word, "=" + word)
        self._sign: dict[frozenset[str], str] = {}
        self._members: dict[str, set[str]] = {}
        self.signs: dict[str, str] = {word: self.sign(frozenset(found)) for word, found in self._classes.items()}
        for shape in _SHAPES:
            self.sign(shape)
        self._nodes: dict[str, Node] = {}
        self.rules = [self._rule(dict(entry)) for entry in grammar["rules"]]
        for name, sequences in phrases.items():
            self.rules.append(self._phrases(name, sequences))
        self._starts: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for sign in rule.node.first:
                self._starts.setdefault(sign, []).append(rule)
        self._alone: dict[str, list[Rule]] = {}  # those of them that a word can be by itself
        self._numbers: dict[str, str] = {}

    def _spell(self, word: str, name: str) -> None:
        # A word with a capital is known with it (and in capitals, unless that is a word of its own).
        spellings = {word}
        if word == word.lower():
            spellings |= {word.capitalize(), word.upper()}
        elif len(word) > 4:
            spellings.add(word.upper())
        for spelling in spellings:
            self._classes.setdefault(spelling, set()).add(name)

    def sign(self, classes: frozenset[str]) -> str:
        """The character of a set of classes."""
        sign = self._sign.get(classes)
        if sign is None:
            sign = self._sign[classes] = chr(0xE000 + len(self._sign))
            for name in classes:
                self._members.setdefault(name, set()).add(sign)
        return sign

    def encode(self, words: list[str]) -> str:
        """One character a word."""
        get = self.signs.get
        return "".join([get(word) or self._other(word) for word in words])

    def _other(self, word: str) -> str:
        if not word[0].isdecimal():
            if word[0] in "'’" and word[1:2].isdecimal():
                return self.sign(frozenset({"SHORTDECADE"}))
            return NOTHING
        sign = self._numbers.get(word)
        if sign is None:
            if len(self._numbers) > 5000:
                self._numbers.clear()
            sign = self._numbers[word] = self.sign(number_shape(word))
        return sign

    def at(self, sign: str, following: str) -> list[Rule]:
        """The rules that can begin with a word, given the one after it."""
        found = self._starts.get(sign)
        if found is None:
            return _NONE
        if following != NOTHING:
            return found
        alone = self._alone.get(sign)
        if alone is None:
            alone = self._alone[sign] = [
                rule
                for rule in found
                if not rule.node.several or not rule.settings.get("several", True) or rule.match(sign, 0) is not None
            ]
        return alone

    def _rule(self, entry: dict[str, Any]) -> Rule:
        node = self._read(entry.pop("pattern"))
        name, reading = entry.pop("name"), entry.pop("reading")
        return Rule(name, reading, node, entry)

    def _phrases(self, name: str, sequences: list[list[str]]) -> Rule:
        """A rule that knows fixed phrases, the longest first."""
        options: list[str] = []
        first: set[str] = set()
        for sequence in sorted(sequences, key=len, reverse=True):
            nodes = [self._class("=" + word) for word in sequence]
            options.append("".join(node.regex for node in nodes))
            first |= nodes[0].first
        node = Node("(?:" + "|".join(options) + ")", frozenset(first), False, True)
        return Rule(name, name, node, {})

    def _read(self, pattern: str) -> Node:
        parts: list[tuple[str, str]] = []
        at = 0
        while at < len(pattern.rstrip()):
            found = _PART.match(pattern, at)
            if found is None:
                raise ValueError(f"time grammar: cannot read {pattern[at:]!r} in {pattern!r}")
            kind = found.lastgroup or ""
            parts.append((kind, found[kind]))
            at = found.end()
        node, rest = self._options(parts, 0)
        if rest != len(parts):
            raise ValueError(f"time grammar: unbalanced brackets in {pattern!r}")
        return node

    def _options(self, parts: list[tuple[str, str]], at: int) -> tuple[Node, int]:
        nodes = []
        while True:
            node, at = self._sequence(parts, at)
            nodes.append(node)
            if at < len(parts) and parts[at] == ("sign", "|"):
                at += 1
                continue
            break
        if len(nodes) == 1:
            return nodes[0], at
        return (
            Node(
                "(?:" + "|".join(n.regex for n in nodes) + ")",
                frozenset().union(*(n.first for n in nodes)),
                any(n.empty for n in nodes),
                any(n.several for n in nodes),
            ),
            at,
        )

    def _sequence(self, parts: list[tuple[str, str]], at: int) -> tuple[Node, int]:
        regex, first, empty, length = "", frozenset[str](), True, 0
        while at < len(parts) and parts[at] not in (("sign", "|"), ("sign", ")")):
            node, at = self._item(parts, at)
            regex += node.regex
            if empty:
                first |= node.first
            empty = empty and node.empty
            length += 2 if node.several else 1
        return Node(regex, first, empty, length > 1), at

    def _item(self, parts: list[tuple[str, str]], at: int) -> tuple[Node, int]:
        kind, text = parts[at]
        name = ""
        if kind == "name":
            name, at = text, at + 1
            kind, text = parts[at]
        if (kind, text) == ("sign", "("):
            node, at = self._options(parts, at + 1)
            at += 1
        elif kind == "word":
            node, at = self._class("=" + text), at + 1
        elif text in self._patterns:
            if text not in self._nodes:
                self._nodes[text] = self._read(self._patterns[text])
            node, at = self._nodes[text], at + 1
        else:
            node, at = self._class(text), at + 1
        regex, empty, several = f"(?:{node.regex})", node.empty, node.several
        if at < len(parts) and parts[at][0] == "sign" and parts[at][1] in "?*+":
            # Repetition is bounded: "two and two and two …" must not be read anew from each word.
            regex += {"?": "?", "*": "{0,8}", "+": "{1,8}"}[parts[at][1]]
            empty = empty or parts[at][1] in "?*"
            several = several or parts[at][1] in "*+"
            at += 1
        if name:
            regex = f"(?P<{name}>{regex})"
        return Node(regex, node.first, empty, several), at

    def _class(self, name: str) -> Node:
        members = self._members.get(name)
        if not members:
            raise ValueError(f"time grammar: no word or number is of class {name!r}")
        return Node("[" + "".join(sorted(members)) + "]", frozenset(members), False, False)


_NONE: list[Rule] = []


_ISO = re.compile(r"\d{4}-")


def number_shape(word: str) -> frozenset[str]:
    """The classes of a token that begins with a figure."""
    if word.isdecimal():
        value = int(word[:9])
        if len(word) <= 2:
            names = {"INT", "HOUR"} if value <= 24 else {"INT"}
            if 1 <= value <= 31:
                names.add("DAY")
            if len(word) == 2:
                names.add("TWO")
        else:
            names = {"INT"}
            if len(word) == 4:
                names.add("FOUR")
                if 1000 <= value < 2200:
                    names.add("YEAR")
        return frozenset(names)
    if word[-1] == "s":
        digits = word[:-1]
        if digits.isdecimal() and digits.endswith("0"):
            if len(digits) == 4:
                return frozenset({"DECADE"})
            if len(digits) == 2:
                return frozenset({"SHORTDECADE"})
        return frozenset()
    if word[-2:] in ("st", "nd", "rd", "th"):
        value = int(word[:-2][:9])
        return frozenset({"ORD", "ORDDAY"} if 1 <= value <= 31 else {"ORD"})
    if _ISO.match(word):
        return frozenset({"ISO"})
    if "/" in word:
        return frozenset({"SLASH"})
    if ":" in word:
        return frozenset({"CLOCK"})
    if word.count(".") == 2:
        return frozenset({"DOTTED"})
    if "." in word and len(word) <= 5:
        return frozenset({"DEC", "DECHOUR"})
    return frozenset({"DEC"})


_SHAPES = [
    number_shape(word)
    for word in ("7", "07", "25", "45", "0", "00", "145", "1995", "2345", "12345", "1990s", "90s", "45s", "1st", "45th",
                 "2024-01-21", "1/2", "10:30", "21.1.2024", "2.5", "1,000.25", "1,000")
] + [frozenset({"SHORTDECADE"})]  # fmt: skip


def read_yaml(name: str, plain: bool = False) -> Any:
    """A data file of the time tagger.

    Args:
        name: of the file, under `data/times`.
        plain: leave every scalar a string ("on" and "no" are words).
    """
    plainly: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    usually: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with resources.files("dateline.data").joinpath("times", name).open("rb") as file:
        return yaml.load(file, plainly if plain else usually)


@cache
def lexicon() -> Lexicon:
    """The lexicon, read and compiled at first use."""
    from dateline.mentions.times.holidays import holiday_names
    from dateline.mentions.times.tokens import split

    phrases = {"holiday": [split(name)[0] for name in holiday_names()]}
    return Lexicon(read_yaml("words.yaml"), read_yaml("grammar.yaml"), read_yaml("contexts.yaml", plain=True), phrases)
