"""Import spaCy without its command line, which its package imports with a web client and a project
manager: a third of the time that the import takes, and nothing that reading a report needs.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

_LEFT_OUT = ("spacy.cli", "spacy.cli.info")


def _info(*arguments: Any, **named: Any) -> Any:
    """`spacy.info`, imported when it is called."""
    from spacy.cli.info import info

    return info(*arguments, **named)


def import_spacy() -> ModuleType:
    """The package `spacy`. Its command line can still be imported by whoever needs it."""
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    stand_in = ModuleType("spacy.cli.info")
    stand_in.info = _info  # type: ignore[attr-defined]  # all that the package takes from there
    sys.modules.update({"spacy.cli": ModuleType("spacy.cli"), "spacy.cli.info": stand_in})
    try:
        import spacy
    finally:
        for name in _LEFT_OUT:
            del sys.modules[name]
    if hasattr(spacy, "cli"):
        del spacy.cli
    whole: ModuleType = spacy
    return whole
