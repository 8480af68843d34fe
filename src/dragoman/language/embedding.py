"""The layers of our language model that turn words into vectors, run for reading alone: the same floats, sooner.

The first layer looks at each word by itself (its norm, prefix, suffix, shape, cluster ...), and in running text most
words have come before: so its vectors are kept, and it is run for new words alone. The matrix product that it rests on
gives each row the same bits whatever rows stand beside it, so that what was read before changes nothing.

The layers above mix each vector with its neighbours', as spaCy's ``MaxoutWindowEncoder``
(https://spacy.io/api/architectures#MaxoutWindowEncoder); they are run in blocks that stay in the processor's cache, and
without what only training needs. Their matrix products are NumPy's, half as fast again as thinc's: a row's last bits
may differ there with the rows beside it, which are always those of the same document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model

from dragoman.threads import in_one_thread

__all__ = ["quicken"]

REMEMBERED = 1 << 16
"""Words whose vectors are kept, 384 bytes each; then they are forgotten, all at once."""
BLOCK = 512
"""Words that are taken at once through a layer."""
Floats = NDArray[np.float32]
Numbers = NDArray[np.uint64]
Backprop = Callable[[Any], Any]


def quicken(nlp: Language) -> None:
    """Let our model's `tok2vec` give what it gives with less work; training goes on as before."""
    tok2vec: Any = nlp.get_pipe("tok2vec")
    embed, encode = tok2vec.model.layers
    memory = _Memory(tok2vec.model.get_dim("nO"))
    tok2vec.model.layers[0] = Model("remembered", _embed, layers=[embed], attrs={"memory": memory})
    (windows,) = encode.layers
    for at, residual in enumerate(windows.layers):
        windows.layers[at] = Model("window", _mix, layers=[residual], attrs={"weights": _find_weights(residual)})


class _Memory:
    """The vectors of words, by a number that stands for all that the first layer looks at."""

    def __init__(self, width: int) -> None:
        self._rows: dict[int, int] = {}
        self._vectors: Floats = np.empty((REMEMBERED, width), dtype="float32")

    def look_up(self, keys: Numbers, embed: Callable[[Any], Floats]) -> Floats:
        """The vector of each key.

        :param embed: gives the vectors of the words that stand at some places among the keys.
        """
        found, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        known = found.tolist()
        if len(known) > REMEMBERED:
            return embed(slice(None))
        if len(self._rows) + len(known) > REMEMBERED:
            self._rows.clear()
        new = [at for at, key in enumerate(known) if key not in self._rows]
        if new:
            start = len(self._rows)
            self._rows |= {known[at]: start + number for number, at in enumerate(new)}
            self._vectors[start : start + len(new)] = embed(first[new])
        rows = np.fromiter((self._rows[key] for key in known), dtype="int64", count=len(known))
        vectors: Floats = self._vectors[rows[inverse]]
        return vectors


def _embed(model: Any, docs: Sequence[Doc], is_train: bool) -> tuple[list[Floats], Backprop]:
    (embed,) = model.layers
    if is_train:
        return embed(docs, is_train)  # type: ignore[no-any-return]
    extract, to_ragged, *layers, _ = embed.layers
    features = extract.predict(docs)
    looks: Numbers = np.concatenate(features)

    def embed_at(places: Any) -> Floats:
        ragged = to_ragged.predict([looks[places]])
        for layer in layers:
            ragged = layer.predict(ragged)
        return ragged.dataXd  # type: ignore[no-any-return]

    vectors = model.attrs["memory"].look_up(_to_keys(looks), embed_at)
    ends = np.cumsum([len(words) for words in features])[:-1]
    return np.split(vectors, ends), lambda gradient: []


def _to_keys(looks: Numbers) -> Numbers:
    """A number for each row of hashes: each is multiplied with an odd number of its own, and all are added."""
    odd = np.random.default_rng(0).integers(0, 1 << 63, looks.shape[1], dtype="uint64") * np.uint64(2) + np.uint64(1)
    keys: Numbers = (looks * odd).sum(axis=1, dtype="uint64")
    return keys


@dataclass(frozen=True, slots=True)
class _Weights:
    """Those of a layer: of its pieces, each piece's columns together, and of the scaling after."""

    window: int
    matrix: Floats
    bias: Floats
    gain: Floats
    shift: Floats


def _find_weights(residual: Any) -> _Weights:
    window, ((maxout, norm), _dropout) = _unfold(residual.layers[0])
    matrix, bias = maxout.get_param("W"), maxout.get_param("b")
    return _Weights(
        window=window.attrs["window_size"],
        matrix=np.ascontiguousarray(matrix.transpose(1, 0, 2).reshape(-1, matrix.shape[2]).T),
        bias=np.ascontiguousarray(bias.T.reshape(-1)),
        gain=norm.get_param("G"),
        shift=norm.get_param("b"),
    )


def _unfold(chain: Any) -> Any:
    """The layers of chains of layers, as lists of lists."""
    return [_unfold(layer) if layer.layers else layer for layer in chain.layers]


def _mix(model: Any, vectors: Floats, is_train: bool) -> tuple[Floats, Backprop]:
    """A window of vectors through a maxout layer, then brought to mean 0 and variance 1, added to its middle one."""
    if is_train:
        return model.layers[0](vectors, is_train)  # type: ignore[no-any-return]
    with in_one_thread():
        return _mix_by(model.attrs["weights"], vectors, model.ops.seq2col), lambda gradient: gradient


def _mix_by(weights: _Weights, vectors: Floats, seq2col: Callable[[Floats, int], Floats]) -> Floats:
    around = seq2col(vectors, weights.window)
    mixed, width = np.empty_like(vectors), vectors.shape[1]
    for start in range(0, len(vectors), BLOCK):
        pieces = around[start : start + BLOCK] @ weights.matrix
        pieces += weights.bias
        first, second, *others = (pieces[:, at : at + width] for at in range(0, pieces.shape[1], width))
        best = np.maximum(first, second, out=mixed[start : start + BLOCK])
        for other in others:
            np.maximum(best, other, out=best)
        best -= best.mean(axis=1, keepdims=True)
        best *= ((best * best).mean(axis=1, keepdims=True) + 1e-08) ** (-1.0 / 2.0)
        best *= weights.gain
        best += weights.shift
    mixed += vectors
    return mixed
