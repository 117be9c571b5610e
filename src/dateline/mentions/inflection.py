"""The forms in which an English word may stand, for looking it up in text that is not parsed.

Generous: a form that the word does not have costs a look, one that is missing costs a find.
Rules of spelling as in Quirk et al. 1985, A Comprehensive Grammar of the English Language,
3.5-3.20 (verbs) and 5.80-5.103 (nouns).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

_VOWELS = "aeiou"
_DOUBLED = "bdgklmnprtz"


@cache
def _irregular() -> dict[str, list[str]]:
    text = (files("dateline.data") / "irregular_verbs.yaml").read_text(encoding="utf-8")
    loaded: dict[str, str] = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    return {verb: forms.split() for verb, forms in loaded.items()}


def forms(word: str) -> set[str]:
    """A lower-case lemma and its plural, past, participle, gerund and third person, as verb and as noun.

    >>> sorted(forms("flee") - {"fleed"})
    ['fled', 'flee', 'fleeing', 'flees']
    """
    out = {word, f"{word}s", f"{word}ed", f"{word}ing"}
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        out.add(f"{word}es")
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        out |= {f"{word[:-1]}ies", f"{word[:-1]}ied"}
    elif word.endswith("ie"):
        out |= {f"{word}d", f"{word[:-2]}ying"}
    elif word.endswith("e"):
        out |= {f"{word}d", f"{word[:-1]}ing"}
    elif word.endswith("c"):
        out |= {f"{word}ked", f"{word}king"}
    elif word[-1:] in _DOUBLED and word[-2:-1] in _VOWELS and len(word) > 2:
        out |= {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}
    if word.endswith("f"):
        out.add(f"{word[:-1]}ves")
    elif word.endswith("fe"):
        out.add(f"{word[:-2]}ves")
    elif word.endswith("man"):
        out.add(f"{word[:-3]}men")
    elif word.endswith("is"):
        out.add(f"{word[:-2]}es")
    irregular = _irregular()
    for k in range(len(word)):
        if word[k:] in irregular and (k == 0 or len(word) - k > 2):  # "over" and "throw"
            out |= {word[:k] + form for form in irregular[word[k:]]}
    return out
