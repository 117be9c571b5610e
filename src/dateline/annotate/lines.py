"""Where sentences end that the parser would run together.

A line break ends one: headlines, bylines and captions have no full stop. So does "on X." with the
network of that name, whose full stop reads like an initial's.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

_POSTED = frozenset({"on", "via", "over", "platform", "network", "site"})


def dateline_lines(doc: Doc) -> Doc:
    """Mark the first token after a line break, or after a post's "on X.", as the start of a sentence."""
    after_break = False
    for token in doc:
        if token.is_space:
            if "\n" in token.text or "\r" in token.text:
                after_break = True
        elif after_break:
            token.is_sent_start = True
            after_break = False
        elif token.i > 1 and token.is_title and token.nbor(-1).text == "X." and token.nbor(-2).lower_ in _POSTED:
            token.is_sent_start = True
    return doc


Language.component("dateline_lines", assigns=["token.is_sent_start"], func=dateline_lines)
