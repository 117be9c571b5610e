"""A line break ends a sentence: headlines, bylines and captions have no full stop."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


def dateline_lines(doc: Doc) -> Doc:
    """Mark the first token after a line break as the start of a sentence."""
    after_break = False
    for token in doc:
        if token.is_space:
            if "\n" in token.text or "\r" in token.text:
                after_break = True
        elif after_break:
            token.is_sent_start = True
            after_break = False
    return doc


Language.component("dateline_lines", assigns=["token.is_sent_start"], func=dateline_lines)
