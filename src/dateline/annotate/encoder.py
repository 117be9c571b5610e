"""spaCy's token encoder (hash embedding, then windowed maxout layers) in plain matrix products.

The same network as spaCy's `MultiHashEmbed` and `MaxoutWindowEncoder` (Honnibal's "embed, encode,
attend, predict"; Miranda et al. 2022, "Multi hash embeddings in spaCy"), with the same weights,
several times as fast: the embedding of a word form is computed once and kept, since it depends on
nothing around it, and the matrix products go to numpy's BLAS.

BLAS adds up a row in an order that depends on where the row stands, modulo the rows that its
kernel takes at once. Every text therefore begins at the same place modulo `ROWS`, so that its
vectors do not depend on the texts beside it, to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from thinc.api import Model

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

ROWS = 48  # a multiple of what the usual kernels take at once (4, 6, 8, 12, 16, 24)
_BLOCK = 10 * ROWS  # what goes through a layer at once: its matrices fit a core's cache
_KEPT = 1 << 14  # word forms kept, at 384 bytes an encoder; then all are forgotten
_PAD = 4  # at least so many rows of zeros lie before, between and after texts: as far as a word sees
_PRIMES = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)


class _Layer:
    """Maxout over three affine maps, then layer normalisation."""

    def __init__(self, maxout: Model[Any, Any], norm: Model[Any, Any]) -> None:
        weights = maxout.get_param("W")  # (outputs, pieces, inputs)
        outputs, pieces, inputs = weights.shape
        # Piece after piece, so that the maximum is one of whole rows.
        self.weights = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, pieces * outputs))
        self.bias = np.ascontiguousarray(maxout.get_param("b").T.reshape(-1))
        self.gain, self.shift = norm.get_param("G"), norm.get_param("b")
        self.inputs, self.outputs, self.pieces = inputs, outputs, pieces

    def __call__(self, inputs: Floats) -> Floats:
        return self.finish(inputs @ self.weights)

    def finish(self, sums: Floats) -> Floats:
        """What follows the matrix product."""
        sums += self.bias
        width = self.outputs
        best = sums[:, :width]
        for k in range(1, self.pieces):
            np.maximum(best, sums[:, k * width : (k + 1) * width], out=best)
        mean = np.add.reduce(best, axis=1, keepdims=True)
        mean /= np.float32(width)
        best = best - mean
        variance = np.einsum("ij,ij->i", best, best)
        variance /= np.float32(width)
        variance += np.float32(1e-8)
        best *= (np.float32(1.0) / np.sqrt(variance))[:, None]
        best *= self.gain
        best += self.shift
        return best


class Encoder:
    """One token encoder. Raises `ValueError` where the model is of another make."""

    def __init__(self, model: Model[Any, Any]) -> None:
        if len(model.layers) != 2:
            raise ValueError(f"not an embedding and an encoder: {model.name}")
        embed, encode = model.layers
        names = [layer.name.partition("(")[0] for layer in embed.layers]
        if names != ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]:
            raise ValueError(f"not a hash embedding: {embed.name}")
        self.columns: list[str] = [str(name) for name in embed.layers[0].attrs["columns"]]
        self.tables = [node for node in embed.layers[2].walk() if node.name == "hashembed"]
        if [table.attrs["column"] for table in self.tables] != list(range(len(self.columns))):
            raise ValueError(f"not one hash table a column: {embed.name}")
        self.mixer = _layer(embed.layers[3].layers[0])
        self.gemm = model.ops.gemm
        self.layers = []
        if not encode.name.startswith("with_array(") or encode.attrs["pad"] != _PAD:
            raise ValueError(f"not a windowed encoder: {encode.name}")
        for residual in encode.layers[0].layers:
            if not residual.name.startswith("residual("):
                raise ValueError(f"not a residual layer: {residual.name}")
            window, inner = residual.layers[0].layers
            if window.name != "expand_window" or window.attrs["window_size"] != 1:
                raise ValueError(f"not a window of three words: {window.name}")
            self.layers.append(_layer(inner))
        self.width = self.mixer.outputs
        if any(layer.outputs != self.width or layer.inputs != 3 * self.width for layer in self.layers):
            raise ValueError("layers of different widths")
        self.kept: Floats = np.zeros((1, self.width), dtype=np.float32)

    def embed(self, features: dict[str, npt.NDArray[np.uint64]]) -> Floats:
        """The embeddings of word forms, given by the columns of their features."""
        parts = []
        for name, table in zip(self.columns, self.tables, strict=True):
            vectors = table.get_param("E")
            keys = table.ops.hash(np.ascontiguousarray(features[name]), table.attrs["seed"]) % vectors.shape[0]
            parts.append(table.ops.gather_add(vectors, keys))
        # A form may stand in any row here, and its embedding is kept: this product must not depend
        # on the row, and that of the library's own (BLIS) does not.
        return self.mixer.finish(self.gemm(np.concatenate(parts, axis=1), self.mixer.weights))

    def encode(self, slots: Ints) -> Floats:
        """Vectors of the words in context.

        Args:
            slots: the word forms' places in `kept`, with zeros for the rows of padding.
        """
        size, width = len(slots), self.width
        # One row more at each end: the window of the first and of the last.
        now = np.zeros((size + 2, width), dtype=np.float32)
        np.take(self.kept, slots, axis=0, out=now[1:-1])
        following = np.zeros_like(now)
        window = np.empty((min(size, _BLOCK), 3 * width), dtype=np.float32)
        for layer in self.layers:
            # Row i of this view is the words i-1, i and i+1, which lie one after another.
            view = np.lib.stride_tricks.as_strided(now, (size, 3 * width), (4 * width, 4))
            for at in range(0, size, _BLOCK):
                rows = min(_BLOCK, size - at)
                np.copyto(window[:rows], view[at : at + rows])
                np.add(now[at + 1 : at + rows + 1], layer(window[:rows]), out=following[at + 1 : at + rows + 1])
            now, following = following, now
        return now[1:-1]


def _layer(chain: Model[Any, Any]) -> _Layer:
    # maxout >> layernorm >> dropout, the first two as a chain of their own
    nodes = {node.name: node for node in chain.walk() if not node.layers}
    if nodes.keys() != {"maxout", "layernorm", "dropout"}:
        raise ValueError(f"not a maxout layer: {chain.name}")
    return _Layer(nodes["maxout"], nodes["layernorm"])


class Forms:
    """The word forms met so far and their embeddings, for encoders that read the same texts."""

    def __init__(self, encoders: Sequence[Encoder]) -> None:
        self.encoders = encoders
        self.names = sorted({"ORTH", "NORM", "SPACY"} | {name for encoder in encoders for name in encoder.columns})
        self._slots: dict[int, int] = {}
        for encoder in encoders:
            encoder.kept = np.zeros((1 + _KEPT, encoder.width), dtype=np.float32)
        self._forget()  # touches the memory, so that it does not seem to grow later

    def _forget(self) -> None:
        self._slots.clear()
        for encoder in self.encoders:
            encoder.kept[:] = 0.0

    def slots(self, docs: Sequence[Doc]) -> tuple[Ints, list[int]]:
        """Where the words' embeddings are kept, for docs that are not empty.

        Returns:
            The slots of all words, with 0 for the rows before, between and after the docs; and
            where each doc begins there.
        """
        rows = np.concatenate([doc.to_array(self.names) for doc in docs]).astype(np.uint64, copy=False)
        columns = {name: rows[:, k] for k, name in enumerate(self.names)}
        keys = columns["ORTH"] * _PRIMES[0] + columns["NORM"] * _PRIMES[1] + columns["SPACY"] * _PRIMES[2]
        forms, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        known = self._slots
        found = [known.get(key, 0) for key in forms.tolist()]
        new = [k for k, slot in enumerate(found) if not slot]
        if new:
            if len(known) + len(new) > _KEPT and known:
                self._forget()
                found, new = [0] * len(forms), list(range(len(forms)))
            for slot, k in enumerate(new, len(known) + 1):
                found[k] = slot
            chosen = first[new]
            features = {name: column[chosen] for name, column in columns.items()}
            begin = len(known) + 1
            for encoder in self.encoders:
                if begin + len(new) > len(encoder.kept):  # a batch of more forms than are kept
                    encoder.kept = np.resize(encoder.kept, (begin + len(new), encoder.width))
                encoder.kept[begin : begin + len(new)] = encoder.embed(features)
            known.update(zip(forms[new].tolist(), range(begin, begin + len(new)), strict=True))
        slots = np.array(found, dtype=np.int64)[inverse]
        begins, size = [], 0
        for doc in docs:
            begins.append(size + _PAD)
            size += -(-(_PAD + len(doc) + _PAD) // ROWS) * ROWS
        padded = np.zeros(size, dtype=np.int64)
        taken = 0
        for doc, at in zip(docs, begins, strict=True):
            padded[at : at + len(doc)] = slots[taken : taken + len(doc)]
            taken += len(doc)
        return padded, begins
