"""Where sentences end that the parser would run together.

A line break ends one: headlines, bylines and captions have no full stop. So does a dateline, and "on X."
with the network of that name, whose full stop reads like an initial's.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from dateline.annotate.datelines import mark_datelines
from dateline.annotate.posts import mark_posts


def dateline_lines(doc: Doc) -> Doc:
    """Mark the first token after a line break, a dateline, or a post's "on X.", as the start of a sentence."""
    after_break = False
    for token in doc:
        if token.is_space:
            if "\n" in token.text or "\r" in token.text:
                after_break = True
        elif after_break:
            token.is_sent_start = True
            after_break = False
    mark_posts(doc, doc.text)
    mark_datelines(doc, doc.text)
    return doc


Language.component("dateline_lines", assigns=["token.is_sent_start"], func=dateline_lines)
