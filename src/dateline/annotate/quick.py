"""A pipeline of spaCy's small English make, run several times as fast with the same results.

`nlp.pipe` spends most of its time in generic matrix products and in taking Python's lock between
decisions. Where a pipeline is of the make that the modules beside this one know, its weights are
taken over: the encoders, the tagger and the entity recogniser run on numpy, the attribute ruler
and the lemmatizer are asked once a word and remembered; tokenizer and parser stay spaCy's. Any
other pipeline runs as spaCy runs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from threadpoolctl import ThreadpoolController

from dateline.annotate.datelines import mark_datelines
from dateline.annotate.encoder import Encoder, Forms, Ints
from dateline.annotate.entities import Bools, Entities, Name
from dateline.annotate.posts import mark_posts
from dateline.annotate.syntax import Syntax
from dateline.annotate.word_classes import WordClass, WordClasses

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_ORDER = ["tok2vec", "tagger", "dateline_lines", "parser", "attribute_ruler", "lemmatizer", "ner"]
_COLUMNS = ["ORTH", "DEP", "HEAD", "SENT_START", "IS_SPACE", "SPACY"]
_WORDS = 16_384  # go through the networks at once: their matrices are some 50 MB


class Quick:
    """A pipeline's components, taken over. Raises `ValueError` where one is of another make.

    Attributes:
        lock: to be held while this or the pipeline's tokenizer is at work: both remember what they meet.
    """

    def __init__(self, nlp: Language) -> None:
        if nlp.pipe_names != _ORDER or [nlp.get_pipe_meta(name).factory for name in _ORDER] != _ORDER:
            raise ValueError(f"other components: {', '.join(nlp.pipe_names)}")
        encoder, tagger = nlp.get_pipe("tok2vec"), nlp.get_pipe("tagger")
        self._encoder = Encoder(encoder.model)
        if [layer.name for layer in tagger.model.layers] != ["tok2vec-listener", "with_array(softmax)"]:
            raise ValueError("a tagger of another make")
        softmax = tagger.model.layers[1].layers[0]
        self._tagger = np.ascontiguousarray(softmax.get_param("W").T), softmax.get_param("b")
        self._parser = nlp.get_pipe("parser")
        if self._parser.cfg.get("beam_width") != 1:
            raise ValueError("a parser with a beam")
        self._entities = Entities(nlp.get_pipe("ner"))
        self._forms = Forms([self._encoder, self._entities.encoder])
        self._classes = WordClasses(nlp, tagger.labels)
        self._blas = ThreadpoolController()
        self.lock = Lock()

    def __call__(self, texts: Sequence[str], docs: Sequence[Doc]) -> list[Syntax]:
        """Parse texts that are tokenised.

        Args:
            texts: none is empty.
            docs: what the pipeline's tokenizer makes of them.
        """
        out: list[Syntax] = []
        begin = words = 0
        # With more threads BLAS cuts its matrices in other places, and adds in another order.
        with self._blas.limit(limits=1, user_api="blas"):
            for k, doc in enumerate(docs):
                if words and words + len(doc) > _WORDS:
                    out += self._batch(texts[begin:k], docs[begin:k])
                    begin, words = k, 0
                words += len(doc)
            if words:
                out += self._batch(texts[begin:], docs[begin:])
        return out

    def _batch(self, texts: Sequence[str], docs: Sequence[Doc]) -> list[Syntax]:
        slots, begins = self._forms.slots(docs)
        vectors = self._encoder.encode(slots)
        tags = (vectors @ self._tagger[0] + self._tagger[1]).argmax(axis=1)
        for text, doc, begin in zip(texts, docs, begins, strict=True):
            doc.tensor = vectors[begin : begin + len(doc)]
            _mark_lines(doc)
            mark_posts(doc, text)
            mark_datelines(doc, text)
        self._parser.set_annotations(docs, self._parser.predict(docs))
        starts, spaces = np.zeros(len(slots), dtype=np.bool_), np.zeros(len(slots), dtype=np.bool_)
        columns = []
        for doc, begin in zip(docs, begins, strict=True):
            rows = doc.to_array(["ORTH", "DEP", "HEAD", "SENT_START", "IS_SPACE", "SPACY"]).astype(
                np.uint64, copy=False
            )
            starts[begin : begin + len(doc)] = rows[:, 3] == 1
            spaces[begin : begin + len(doc)] = rows[:, 4] == 1
            columns.append(rows)
        names = self._entities(slots, begins, [len(doc) for doc in docs], starts, spaces)
        return [
            _syntax(
                texts[k],
                self._classes.of(rows[:, 0], tags[begin : begin + len(doc)], rows[:, 1]),
                rows[:, 2].astype(np.int64),
                rows[:, 3] == 1,
                rows[:, 5].astype(np.int64),
                names[k],
            )
            for k, (doc, begin, rows) in enumerate(zip(docs, begins, columns, strict=True))
        ]


def _syntax(
    text: str, classes: list[WordClass], offsets: Ints, starts: Bools, spaces: Ints, names: list[Name]
) -> Syntax:
    n = len(classes)
    word, lower, pos, lemma, tag, dep, _, _ = map(list, zip(*classes, strict=True))
    lengths = np.fromiter(map(len, word), dtype=np.int64, count=n)
    end = np.cumsum(lengths + spaces) - spaces
    starts[0] = True
    first = np.flatnonzero(starts).tolist()
    return Syntax(
        text=text,
        word=word,
        lower=lower,
        lemma=lemma,
        pos=pos,
        tag=tag,
        dep=dep,
        head=(np.arange(n) + offsets).tolist(),
        begin=(end - lengths).tolist(),
        end=end.tolist(),
        sentence=(np.cumsum(starts) - 1).tolist(),
        sentences=list(zip(first, [*first[1:], n], strict=True)),
        names=names,
    )


def _mark_lines(doc: Doc) -> None:
    # What the component `dateline_lines` does, looking at white space alone.
    blank = np.flatnonzero(doc.to_array("IS_SPACE"))
    for i in blank.tolist():
        text = doc[i].text
        if "\n" in text or "\r" in text:
            follows = i + 1
            while follows < len(doc) and doc[follows].is_space:
                follows += 1
            if follows < len(doc):
                doc[follows].is_sent_start = True


_known: WeakKeyDictionary[Language, Quick | None] = WeakKeyDictionary()


def quick(nlp: Language) -> Quick | None:
    """The quick form of a pipeline, or None where it is of another make."""
    if nlp not in _known:
        try:
            _known[nlp] = Quick(nlp)
        except (ValueError, KeyError, AttributeError):
            _known[nlp] = None
    return _known[nlp]
