"""How far measures move if claims are wrong as often as their reader errs: bootstrap over the claims of a network.

In each draw a claim is kept with a chance of its ``confidence``, by itself, and what is left is measured. Draws
are measured many at a time, as one network whose parts are the draws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import networkx as nx
import numpy as np

from dragoman.measures.arrays import Array, Matrix, to_matrix
from dragoman.measures.brokerage import count_brokerage
from dragoman.measures.fronts import sum_dependencies
from dragoman.measures.paths import find_distances, fold_trees
from dragoman.measures.spectral import iterate_eigenvector, walk

__all__ = ["DRAWN", "Sensitivity", "measure_sensitivity"]

DRAWN = (
    "degree",
    "inDegree",
    "outDegree",
    "strength",
    "betweenness",
    "harmonic",
    "eigenvector",
    "pagerank",
    "brokerage",
)
"""Measures that are drawn, by the names that ``measures.table`` gives them."""
LEVEL = 0.95
"""Share of the draws in which something holds that is said to hold, and that an interval contains."""
BATCH = 2_000_000
"""Nodes and arcs of the draws that are measured at once."""
EXACT = 256
"""Nodes left, after trees are folded, up to which a draw counts all shortest paths."""
MOST, LEAST = 128, 16
"""Starting points, at most and at least, from which a larger draw counts them."""
STEPS = 2_000_000
"""Starting points times arcs that such a draw counts."""


@dataclass(frozen=True)
class Sensitivity:
    """Values of each measure in each draw: arrays of draws by nodes, numbers to nine digits."""

    nodes: tuple[str, ...]
    draws: int
    values: Mapping[str, Array]

    def interval(self, measure: str, node: str) -> tuple[float, float]:
        """What 95 % of the draws lie between; where claims only drop out, the value of all may lie above."""
        low, high = self._intervals[measure]
        return float(low[self._places[node]]), float(high[self._places[node]])

    def places(self, measure: str, node: str) -> tuple[int, int]:
        """The places, 1 the first, that the node takes in 95 % of the draws; nodes of one value share the best."""
        first, last = self._ranges[measure]
        return int(first[self._places[node]]), int(last[self._places[node]])

    def share_ahead(self, measure: str, one: str, other: str) -> float:
        """Share of the draws in which `one` has a higher value than `other`: 0 to 1."""
        found = self.values[measure]
        return float((found[:, self._places[one]] > found[:, self._places[other]]).mean())

    def is_ahead(self, measure: str, one: str, other: str) -> bool:
        """Whether `one` can be said to have more than `other`: in 95 % of the draws or more it has."""
        return self.share_ahead(measure, one, other) >= LEVEL

    def are_behind(self, measure: str, one: str, others: Sequence[str]) -> Array:
        """For each of `others`, whether `one` can be said to have more than it; see :meth:`is_ahead`."""
        found = self.values[measure]
        columns = found[:, [self._places[other] for other in others]]
        return np.asarray((found[:, [self._places[one]]] > columns).mean(axis=0) >= LEVEL)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {node: place for place, node in enumerate(self.nodes)}

    @cached_property
    def _intervals(self) -> dict[str, Array]:
        return {name: _middle(found) for name, found in self.values.items()}

    @cached_property
    def _ranges(self) -> dict[str, Array]:
        return {name: _middle(_rank(found), whole=True) for name, found in self.values.items()}


def measure_sensitivity(
    network: nx.MultiDiGraph, *, measures: Sequence[str] = DRAWN, draws: int = 200, seed: int = 0
) -> Sensitivity:
    """The values of `measures` in each of `draws` networks from which claims are missing at the rate of their doubt.

    An entity that loses all its claims stays, with 0. Measures are those of the functions of their name, with three
    differences: eigenvectors are found to six digits, and where a draw is large, betweenness is estimated from some
    starting points, drawn anew for each draw, and harmonic closeness from some for all, so that intervals are wider,
    never narrower.

    :param measures: some of DRAWN.
    :param seed: of the draws; the same seed draws the same claims.
    :raises ValueError: for a measure that is not drawn, or fewer than one draw.

    Source: Efron 1979, https://doi.org/10.1214/aos/1176344552; for networks with missing ties, Borgatti, Carley and
    Krackhardt 2006, https://doi.org/10.1016/j.socnet.2005.05.001.
    """
    for name in measures:
        if name not in DRAWN:
            raise ValueError(f"measure {name!r} is not drawn; one of: {', '.join(DRAWN)}")
    if draws < 1:
        raise ValueError(f"{draws} draws tell nothing; give 1 or more")
    claims = _Claims.of(network)
    random = np.random.default_rng(seed)
    found: dict[str, list[Array]] = {name: [] for name in measures}
    for batch in _batches(draws, claims):
        kept = random.random((batch, len(claims.confidence))) < claims.confidence
        drawn = _Drawn(claims, kept)
        for name in measures:
            found[name].append(_WAYS[name](drawn, seed + len(found[name])))
    size = len(claims.nodes)
    values = {
        name: _nine_digits(np.concatenate(parts, axis=None).reshape(draws, size)) for name, parts in found.items()
    }
    return Sensitivity(claims.nodes, draws, values)


@dataclass(frozen=True)
class _Claims:
    """The claims of a network that join two nodes: places of their ends, and how far each is trusted."""

    nodes: tuple[str, ...]
    subjects: Array
    objects: Array
    symmetric: Array
    confidence: Array

    @classmethod
    def of(cls, network: nx.MultiDiGraph) -> _Claims:
        nodes = tuple(sorted(network))
        places = {node: place for place, node in enumerate(nodes)}
        rows = sorted(
            (str(key), places[subject], places[object_], bool(edge.get("symmetric")), edge.get("confidence", 1.0))
            for subject, object_, key, edge in network.edges(keys=True, data=True)
            if subject != object_
        )
        subjects, objects = (np.array([row[at] for row in rows], dtype=np.int64) for at in (1, 2))
        symmetric = np.array([row[3] for row in rows], dtype=bool)
        return cls(nodes, subjects, objects, symmetric, np.array([row[4] for row in rows], dtype=float))


class _Drawn:
    """Some draws as one network: node v of draw d is node d · n + v."""

    def __init__(self, claims: _Claims, kept: Array) -> None:
        self.claims, self.kept, self.draws, self.size = claims, kept, len(kept), len(claims.nodes)

    @cached_property
    def adjacency(self) -> Matrix:
        """Of the merged draws; 1 for each pair that has a claim left."""
        draw, claim = np.nonzero(self.kept)
        rows, columns = draw * self.size + self.claims.subjects[claim], draw * self.size + self.claims.objects[claim]
        matrix = self._matrix(np.r_[rows, columns], np.r_[columns, rows])
        return Matrix(matrix.starts, matrix.columns, np.ones(matrix.entries))

    @cached_property
    def arcs(self) -> Matrix:
        """How many claims are left from each node to each other."""
        draw, claim = np.nonzero(self.kept)
        rows, columns = draw * self.size + self.claims.subjects[claim], draw * self.size + self.claims.objects[claim]
        back = self.claims.symmetric[claim]
        return self._matrix(np.r_[rows, columns[back]], np.r_[columns, rows[back]])

    def count(self, ends: Array) -> Array:
        """How many of the claims left have each node as one of `ends`, a place for each claim."""
        draw, claim = np.nonzero(self.kept)
        return np.bincount(draw * self.size + ends[claim], minlength=self.draws * self.size).astype(float)

    def each(self) -> Iterator[Matrix]:
        """The adjacency of each draw by itself."""
        for draw in range(self.draws):
            yield self.adjacency.block(draw * self.size, (draw + 1) * self.size)

    def _matrix(self, rows: Array, columns: Array) -> Matrix:
        return to_matrix(self.draws * self.size, rows, columns)


def _batches(draws: int, claims: _Claims) -> list[int]:
    """Numbers of draws that are measured at once."""
    most = max(1, BATCH // max(len(claims.nodes) + 2 * len(claims.subjects), 1))
    return [min(most, draws - begin) for begin in range(0, draws, most)]


def _in_degree(drawn: _Drawn, _: int) -> Array:
    return drawn.arcs.column_sums()


def _out_degree(drawn: _Drawn, _: int) -> Array:
    return drawn.arcs.sums()


def _strength(drawn: _Drawn, _: int) -> Array:
    return drawn.count(drawn.claims.subjects) + drawn.count(drawn.claims.objects)


def _betweenness(drawn: _Drawn, seed: int) -> Array:
    random = np.random.default_rng(seed)
    scale = max((drawn.size - 1) * (drawn.size - 2) / 2, 1.0)
    found = []
    for adjacency in drawn.each():
        folded = fold_trees(adjacency)
        size = len(folded.kept)
        some = size if size <= EXACT else min(MOST, max(LEAST, STEPS // folded.adjacency.entries))
        sources = np.arange(size) if some == size else np.sort(random.choice(size, some, replace=False))
        pairs = folded.known
        pairs[folded.kept] += sum_dependencies(folded.adjacency, folded.weights, sources)[0] * (size / max(some, 1) / 2)
        found.append(pairs / scale)
    return np.concatenate(found)


def _harmonic(drawn: _Drawn, _: int) -> Array:
    some = max(64, min(drawn.size, STEPS * 16 // max(drawn.adjacency.entries // drawn.draws, 1)))
    sources = np.arange(drawn.size)
    if some < drawn.size:
        sources = np.sort(np.random.default_rng(0).choice(drawn.size, some, replace=False))
    near = find_distances(drawn.adjacency, size=drawn.size, sources=sources)[2]
    return np.asarray(near * (drawn.size / max(len(sources), 1) / max(drawn.size - 1, 1)))


_WAYS: Mapping[str, Callable[[_Drawn, int], Array]] = {
    "degree": lambda drawn, _: drawn.adjacency.sums(),
    "inDegree": _in_degree,
    "outDegree": _out_degree,
    "strength": _strength,
    "betweenness": _betweenness,
    "harmonic": _harmonic,
    "eigenvector": lambda drawn, _: iterate_eigenvector(drawn.adjacency, size=drawn.size),
    "pagerank": lambda drawn, _: walk(drawn.arcs, size=drawn.size, tolerance=1e-9),
    "brokerage": lambda drawn, _: count_brokerage(drawn.arcs, np.zeros(drawn.draws * drawn.size, dtype=int))[
        "coordinator"
    ],
}


def _nine_digits(values: Array) -> Array:
    """What two ways of adding up the same may differ in is no difference."""
    return np.round(values, 9) + 0.0


def _middle(values: Array, *, whole: bool = False) -> Array:
    """Of each column, the ends of what LEVEL of the draws lie between; where `whole`, values that were drawn."""
    low, high = 50 * (1 - LEVEL), 50 * (1 + LEVEL)
    if whole:
        ends = np.percentile(values, low, axis=0, method="lower"), np.percentile(values, high, axis=0, method="higher")
        return np.array(ends)
    return np.asarray(np.percentile(values, [low, high], axis=0))


def _rank(values: Array) -> Array:
    """The place of each value in its row, the highest 1, equal values the best of their places."""
    order = np.sort(-values, axis=1)
    return np.array([np.searchsorted(row, -own, side="left") + 1 for row, own in zip(order, values, strict=True)])
