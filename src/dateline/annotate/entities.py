"""The greedy decisions of spaCy's entity recogniser, many at a time.

The recogniser reads a text word by word and decides by a small network whether a name begins,
goes on, ends, or none is there (BILUO, Ratinov and Roth 2009). While no name is open, its decision
depends on the word alone and not on the decisions before it; so those for all words are made at
once, and only what follows the beginning of a name is read word by word, for all names together.
The decisions are those of `EntityRecognizer` with a beam of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from dateline.annotate.encoder import Encoder, Floats, Ints

if TYPE_CHECKING:
    from spacy.pipeline import EntityRecognizer

Bools = npt.NDArray[np.bool_]
Name = tuple[int, int, str]  # begin token, end token, label


class Entities:
    """A recogniser's weights. Raises `ValueError` where the component is of another make."""

    def __init__(self, component: EntityRecognizer) -> None:
        model = component.model
        if component.cfg.get("beam_width") != 1 or model.name != "parser_model" or not model.attrs["has_upper"]:
            raise ValueError("not a greedy recogniser")
        source = model.get_ref("tok2vec")
        if len(source.layers) != 3 or [layer.name for layer in source.layers[1:]] != ["list2array", "linear"]:
            raise ValueError("not a recogniser with an encoder of its own")
        self.encoder = Encoder(source.layers[0])
        narrow, lower, upper = source.layers[2], model.get_ref("lower"), model.get_ref("upper")
        if (lower.get_dim("nF"), lower.get_dim("nP")) != (3, 2) or model.attrs["unseen_classes"]:
            raise ValueError("not a recogniser with three features")
        self._narrow = np.ascontiguousarray(narrow.get_param("W").T), narrow.get_param("b")
        hidden = lower.get_dim("nO")
        # Both pieces of the maxout, one after the other: (feature, input, piece and output).
        weights = lower.get_param("W").transpose(0, 3, 2, 1).reshape(3, -1, 2 * hidden)
        self._features = [np.ascontiguousarray(part) for part in weights]
        self._missing = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(3, 2 * hidden)
        self._bias = lower.get_param("b").T.reshape(2 * hidden)
        self._hidden = hidden
        self._upper = upper.get_param("W")  # (moves, hidden)
        self._upper_bias = upper.get_param("b")
        self._read_moves([component.moves.get_class_name(k) for k in range(upper.get_dim("nO"))])

    def _read_moves(self, moves: list[str]) -> None:
        self.labels = [name[2:] for name in moves if name.startswith("B-")]
        at = {name: k for k, name in enumerate(moves)}
        try:
            self._begin, self._in, self._last, self._unit = (
                np.array([at[f"{kind}-{label}"] for label in self.labels]) for kind in "BILU"
            )
            self._outside = at["O"]
        except KeyError as error:
            raise ValueError(f"a recogniser without the move {error}") from error
        # Moves that may be made where no name is open, in the order of the network: first of equals.
        self._closed = np.sort(np.concatenate([self._begin, self._unit, [self._outside]]))
        self._closed_upper = np.ascontiguousarray(self._upper[self._closed].T)
        self._closed_bias = self._upper_bias[self._closed]
        kinds = {**dict.fromkeys(self._begin.tolist(), 1), **dict.fromkeys(self._unit.tolist(), 2)}
        self._kind = np.array([kinds.get(k, 0) for k in self._closed.tolist()])
        label = {k: n for moves_of in (self._begin, self._unit) for n, k in enumerate(moves_of.tolist())}
        self._label = np.array([label.get(k, -1) for k in self._closed.tolist()])

    def _best(self, sums: Floats) -> Floats:
        sums += self._bias
        return np.maximum(sums[:, : self._hidden], sums[:, self._hidden :])

    def __call__(
        self, slots: Ints, begins: Sequence[int], lengths: Sequence[int], starts: Bools, spaces: Bools
    ) -> list[list[Name]]:
        """Find the names of some texts.

        Args:
            slots: the texts' words, as `Forms.slots` gives them.
            begins: where each text begins there.
            lengths: how many words each has.
            starts: for each slot, whether it is a word that begins a sentence.
            spaces: for each slot, whether it is white space.

        Returns:
            The names of each text, in order, in its own token numbers.
        """
        rows = self.encoder.encode(slots) @ self._narrow[0]
        rows += self._narrow[1]
        first = rows @ self._features[0]
        # The sums are added up in the order in which spaCy adds them.
        closed = self._best((first + self._missing[1]) + self._missing[2]) @ self._closed_upper
        closed += self._closed_bias
        ends = np.zeros(len(slots), dtype=np.bool_)  # is it the last word of a sentence or text?
        ends[:-1] = starts[1:]
        ends[[begin + length - 1 for begin, length in zip(begins, lengths, strict=True)]] = True
        low = np.float32(-np.inf)
        closed[np.ix_(spaces, self._kind > 0)] = low  # no name begins with white space
        closed[np.ix_(ends, self._kind == 1)] = low  # nor goes on beyond its sentence
        choice = closed.argmax(axis=1)
        kind, label = self._kind[choice], self._label[choice]
        last = self._last_words(rows, first, np.flatnonzero(kind == 1), label, ends)
        named = np.flatnonzero(kind)
        found: list[list[Name]] = []
        k = 0
        named_at, end_at, label_at = named.tolist(), last[named].tolist(), label[named].tolist()
        for begin, length in zip(begins, lengths, strict=True):
            names: list[Name] = []
            free = begin
            while k < len(named_at) and named_at[k] < begin:  # rows of padding
                k += 1
            while k < len(named_at) and named_at[k] < begin + length:
                if named_at[k] >= free:
                    free = end_at[k] + 1
                    names.append((named_at[k] - begin, free - begin, self.labels[label_at[k]]))
                k += 1
            found.append(names)
        return found

    def _last_words(self, rows: Floats, first: Floats, opened: Ints, label: Ints, ends: Bools) -> Ints:
        # Where names that begin at `opened` end. Names may be followed that begin inside another.
        last = np.arange(len(rows))
        at = opened + 1
        # What a name's first word adds to each decision. These rows stand in no fixed place, so
        # their sums must not depend on it; see the encoder.
        start = self.encoder.gemm(rows[opened], self._features[1])
        kinds = label[opened]
        going, stopping = self._upper[self._in[kinds]], self._upper[self._last[kinds]]
        lead = self._upper_bias[self._in[kinds]], self._upper_bias[self._last[kinds]]
        live = np.arange(len(opened))
        while len(live):
            now = at[live]
            before = self.encoder.gemm(rows[now - 1], self._features[2])
            hidden = self._best((first[now] + start[live]) + before)
            goes = np.einsum("ij,ij->i", hidden, going[live]) + lead[0][live]
            stops = np.einsum("ij,ij->i", hidden, stopping[live]) + lead[1][live]
            open_still = (goes >= stops) & ~ends[now]
            last[opened[live[~open_still]]] = now[~open_still]
            live = live[open_still]
            at[live] += 1
        return last
