"""Measures by shortest paths in the merged network, whatever the direction and number of the claims of a pair.

Distances are found from many nodes at once: each node holds one bit for each starting point, and a step is one ``or``
over its neighbours (Then et al. 2014, https://doi.org/10.14778/2735496.2735507). Paths are counted as Brandes does,
some dozens of starting points at once, after all trees are folded into the node that they hang on (Baglioni et al.
2012, https://doi.org/10.1109/ASONAM.2012.39): where documents name much once, little is left to search.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np

from dragoman.measures.arrays import Array, Matrix, as_numbers, find_parts, spread_ranges, to_adjacency
from dragoman.measures.fronts import sum_all, sum_dependencies

__all__ = [
    "Sample",
    "find_distances",
    "fold_trees",
    "measure_betweenness",
    "measure_by_paths",
    "measure_closeness",
    "measure_harmonic",
    "sample_betweenness",
]

WORDS = 4_000_000
"""Words of 64 starting points that one step of a search for distances holds."""


@dataclass(frozen=True)
class Sample:
    """An estimate for each node, and its standard error."""

    values: Mapping[str, float]
    errors: Mapping[str, float]


@dataclass(frozen=True)
class Folded:
    """What is left of a network without its trees.

    `kept` are the places of the nodes left, `adjacency` joins them, `weights` tells how many nodes each stands for
    (itself included), and `known` is the number of pairs, of all nodes, that each stands between on account of trees.
    `others` is how many each can reach.
    """

    kept: Array
    adjacency: Matrix
    weights: Array
    known: Array
    others: Array
    _parts: Array
    _depths: Array  # for each node the sum of the distances to those folded into it
    _folds: list[tuple[Array, Array, Array]]  # in their order: leaves, into which others, and for how many each stood

    def unfold(self, distances: Array) -> Array:
        """For each node of the whole network the sum of the distances to all others that it can reach.

        :param distances: that sum for each node left, what it leads to counted by its weight.
        """
        totals = self._depths.copy()
        trees = np.bincount(self._parts[self.kept], totals[self.kept], minlength=len(totals))
        totals[self.kept] = distances + trees[self._parts[self.kept]]
        for leaves, parents, weights in reversed(self._folds):
            totals[leaves] = totals[parents] + self.others[leaves] + 1 - 2 * weights
        return totals


def measure_betweenness(network: nx.Graph) -> dict[str, float]:
    """Share of the shortest paths between two others that pass through each node, averaged over all pairs: 0 to 1.

    High is central: the node stands between others. Σ σ(s, t | v) / σ(s, t) over the pairs s, t of others than v, where
    σ counts shortest paths, divided by the number of pairs, (n - 1)(n - 2) / 2.

    :param network: undirected, without parallel edges; ``weight`` is not used.
    :returns: all 0 where n < 3.

    Source: Freeman 1977, https://doi.org/10.2307/3033543; computed as in Brandes 2001,
    https://doi.org/10.1080/0022250X.2001.9990249.

    >>> measure_betweenness(nx.path_graph(["oic", "un", "au"]))
    {'oic': 0.0, 'un': 1.0, 'au': 0.0}
    """
    return measure_by_paths(network)[0]


def measure_by_paths(network: nx.Graph) -> tuple[dict[str, float], dict[str, float]]:
    """Betweenness and closeness, as :func:`measure_betweenness` and :func:`measure_closeness` have it, by one search.

    >>> measure_by_paths(nx.path_graph(["oic", "un", "au"]))[1]
    {'oic': 0.6666666667, 'un': 1.0, 'au': 0.6666666667}
    """
    folded = fold_trees(to_adjacency(network))
    between, distances = sum_all(folded.adjacency, folded.weights)
    pairs = folded.known.copy()
    pairs[folded.kept] += between / 2
    betweenness = as_numbers(network, pairs / _pairs(len(network)))
    return betweenness, _to_closeness(network, folded.others, folded.others, folded.unfold(distances))


def sample_betweenness(network: nx.Graph, *, pivots: int = 512, seed: int = 0) -> Sample:
    """Betweenness as :func:`measure_betweenness` has it, estimated from the paths that begin at some nodes: 0 to 1.

    With m nodes left after trees are folded, and k of them drawn without replacement, the estimate is m / k times the
    sum of what begins there; its standard error is m s / sqrt(k) · sqrt(1 - k / m), s the deviation among the k. What
    trees tell is exact. With `pivots` of m or more, the values are exact and the errors 0. Two errors either way hold
    the value 19 times in 20 for the nodes that stand between many, if some hundreds are drawn; for those between few
    they hold it less often, as few of the drawn bear on them.

    :param seed: of the draw; the same seed draws the same nodes.

    Source: Brandes and Pich 2007, https://doi.org/10.1142/S0218127407018403.

    >>> sample_betweenness(nx.path_graph(["oic", "un", "au"])).values["un"]
    1.0
    """
    folded = fold_trees(to_adjacency(network))
    size = len(folded.kept)
    drawn = min(pivots, size)
    sources = np.sort(np.random.default_rng(seed).choice(size, drawn, replace=False))
    total, squares = sum_dependencies(folded.adjacency, folded.weights, sources)
    pairs, errors = folded.known.copy(), np.zeros(len(network))
    if drawn:
        pairs[folded.kept] += total * size / drawn / 2
    if 1 < drawn < size:
        variance = np.maximum(squares - total**2 / drawn, 0.0) / (drawn - 1)
        errors[folded.kept] = size / 2 * np.sqrt(variance / drawn * (1 - drawn / size))
    scale = _pairs(len(network))
    return Sample(as_numbers(network, pairs / scale), as_numbers(network, errors / scale))


def measure_closeness(network: nx.Graph, *, pivots: int | None = None) -> dict[str, float]:
    """How near each node is to those it can reach, less where it reaches few: 0 to 1.

    High is central. With r others within reach, at distances that add up to d: (r / d) · (r / (n - 1)); 0 where r is 0.

    :param network: undirected; ``weight`` is not used.
    :param pivots: estimate from the distances to so many nodes, drawn by the seed 0; exact where not given.

    Source: Wasserman and Faust 1994, https://doi.org/10.1017/CBO9780511815478, p. 201, formula for networks in parts.

    >>> measure_closeness(nx.path_graph(["oic", "un", "au"]))
    {'oic': 0.6666666667, 'un': 1.0, 'au': 0.6666666667}
    """
    adjacency = to_adjacency(network)
    sources = _draw_pivots(len(network), pivots)
    counted, total, _ = find_distances(adjacency, sources=sources)
    return _to_closeness(network, _count_others(find_parts(adjacency)), counted, total)


def measure_harmonic(network: nx.Graph, *, pivots: int | None = None) -> dict[str, float]:
    """How near each node is to the others, those out of reach being infinitely far: 0 to 1.

    High is central. The mean of 1 / d over the n - 1 others, d the distance, 1 / ∞ = 0: in a network of several parts
    it needs no correction, so that nodes of different parts compare.

    :param network: undirected; ``weight`` is not used.
    :param pivots: as of :func:`measure_closeness`.

    Source: Marchiori and Latora 2000, https://doi.org/10.1016/S0378-4371(00)00311-3, divided by n - 1.

    >>> measure_harmonic(nx.path_graph(["oic", "un", "au"]))
    {'oic': 0.75, 'un': 1.0, 'au': 0.75}
    """
    sources = _draw_pivots(len(network), pivots)
    _, _, near = find_distances(to_adjacency(network), sources=sources)
    return as_numbers(network, near * (len(network) / max(len(sources), 1) / max(len(network) - 1, 1)))


def find_distances(
    adjacency: Matrix, *, size: int | None = None, sources: Array | None = None
) -> tuple[Array, Array, Array]:
    """For each node: how many starting points can reach it, the sum of their distances, the sum of 1 / distance.

    :param size: nodes of each of the equal blocks that `adjacency` consists of, no two of them joined, which are
        searched at once; all of them where not given.
    :param sources: places within a block to start from; all of them where not given.
    """
    size = size or adjacency.size
    sources = np.arange(size) if sources is None else sources
    live = np.flatnonzero(adjacency.lengths)
    counts, totals, nears = (np.zeros(adjacency.size) for _ in range(3))
    step = 64 * max(1, WORDS // max(adjacency.entries, 1))
    for begin in range(0, len(sources), step):
        some = sources[begin : begin + step]
        for distance, found in _search(adjacency, live, size, some):
            counts[live] += found
            totals[live] += found * distance
            nears[live] += found / distance
    return counts, totals, nears


def fold_trees(adjacency: Matrix) -> Folded:
    """The network without its trees: leaves are folded into their neighbour until none is left.

    A folded node v, from which lead branches of b₁, b₂ … nodes, all others of its part among them, stands between
    ((Σ b)² - Σ b²) / 2 pairs; a node left does so for the branches that were folded into it.
    """
    size = adjacency.size
    parts = find_parts(adjacency)
    others = _count_others(parts)
    degree = adjacency.lengths.astype(float)
    weights, branches, squares, known, depths = np.ones(size), *(np.zeros(size) for _ in range(4))
    folded: list[tuple[Array, Array, Array]] = []
    left = degree > 0
    while True:
        leaves = np.flatnonzero(left & (degree == 1))
        around = adjacency.columns[spread_ranges(adjacency.starts[leaves], adjacency.lengths[leaves])]
        parents = around[left[around]]
        folds = (degree[parents] > 1) | (leaves > parents)  # of a last pair, the second is folded into the first
        leaves, parents = leaves[folds], parents[folds]
        if not len(leaves):
            break
        up = others[leaves] - branches[leaves]
        known[leaves] = (others[leaves] ** 2 - squares[leaves] - up**2) / 2
        np.add.at(branches, parents, weights[leaves])
        np.add.at(squares, parents, weights[leaves] ** 2)
        np.add.at(weights, parents, weights[leaves])
        np.add.at(depths, parents, depths[leaves] + weights[leaves])
        np.add.at(degree, parents, -1.0)
        left[leaves] = False
        folded.append((leaves, parents, weights[leaves]))
    kept = np.flatnonzero(left)
    own = branches[kept]
    known[kept] = (own**2 - squares[kept]) / 2 + own * (others[kept] - own)
    kept = kept[degree[kept] > 0]
    return Folded(kept, adjacency.select(kept), weights[kept], known, others, parts, depths, folded)


def _search(adjacency: Matrix, live: Array, size: int, sources: Array) -> list[tuple[int, Array]]:
    """How many of `sources` lie at each distance from each node that is joined to any, from distance 1 on."""
    blocks, words = adjacency.size // max(size, 1), (len(sources) + 63) // 64
    front = np.zeros((adjacency.size, words), dtype=np.uint64)
    places = np.arange(len(sources))
    bits = np.left_shift(np.uint64(1), (places % 64).astype(np.uint64))
    for block in range(blocks):
        front[sources + block * size, places // 64] = bits
    seen = front[live]
    starts = adjacency.starts[live]
    found: list[tuple[int, Array]] = []
    while len(live):
        new = np.bitwise_or.reduceat(front[adjacency.columns], starts, axis=0)
        new &= ~seen
        count = np.bitwise_count(new).sum(axis=1, dtype=np.int64)
        if not count.any():
            break
        found.append((len(found) + 1, count))
        seen |= new
        front[live] = new
    return found


def _to_closeness(network: nx.Graph, others: Array, counted: Array, total: Array) -> dict[str, float]:
    """Closeness by how many `others` each node can reach, and the `total` of its distances to those `counted`."""
    mean = np.divide(total, counted, out=np.zeros_like(total), where=counted > 0)
    share = others / max(len(network) - 1, 1)
    return as_numbers(network, np.divide(share, mean, out=np.zeros_like(mean), where=mean > 0))


def _count_others(parts: Array) -> Array:
    """How many others are of the part of each node."""
    return np.asarray(np.bincount(parts, minlength=1)[parts] - 1.0)


def _draw_pivots(size: int, pivots: int | None) -> Array:
    if pivots is None or pivots >= size:
        return np.arange(size)
    return np.sort(np.random.default_rng(0).choice(size, pivots, replace=False))


def _pairs(nodes: int) -> float:
    return max((nodes - 1) * (nodes - 2) / 2, 1.0)
