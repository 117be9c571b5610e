"""Posts: "he wrote on X." ends a sentence, though its full stop reads like an initial's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_POSTED = frozenset({"on", "via", "over", "platform", "network", "site"})


def mark_posts(doc: Doc, text: str) -> None:
    """Mark what follows "on X." as the start of a sentence, as far as it can be one.

    Args:
        doc: a tokenised text.
        text: the same as a string.
    """
    if " X. " not in text:
        return
    for i in range(2, len(doc)):
        if doc[i].is_title and doc[i - 1].text == "X." and doc[i - 2].lower_ in _POSTED:
            doc[i].is_sent_start = True
