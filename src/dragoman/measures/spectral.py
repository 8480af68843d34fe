"""Measures that a matrix settles: who is joined to the well joined, where a walk dwells, hubs and authorities."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np

from dragoman.measures.arrays import Array, Matrix, as_numbers, find_parts, to_adjacency, to_arcs
from dragoman.threads import in_one_thread

__all__ = ["iterate_eigenvector", "measure_eigenvector", "measure_hits", "measure_pagerank", "walk"]

DENSE = 1000
"""Nodes of a component above which eigenvectors are found by iteration, for want of memory for the full matrix."""
BASIS, KEPT, ROUNDS = 24, 8, 1000
"""Vectors of one round of the iteration, those that the next round begins with, and rounds after which it ends."""
PRECISE = 1e-12
"""Part of the eigenvalue by which what is found, times the matrix, may miss itself times the eigenvalue."""
DAMPING = 0.85
"""Chance that the walk of PageRank goes on along an edge; the value of its authors."""


def measure_eigenvector(network: nx.Graph) -> dict[str, float]:
    """How much each node is joined to nodes that are themselves so: 0 to 1; high is central.

    Within each connected part of k nodes, the eigenvector of the largest eigenvalue of the adjacency matrix, of length
    sqrt(k / n); in a connected network this is the usual measure, of length 1. A node without edges has 0. There is
    no case in which this fails: a large part whose two largest eigenvalues can hardly be told apart gets what is found
    by then.

    :param network: undirected; ``weight`` is not used.

    Source: Bonacich 1972, https://doi.org/10.1080/0022250X.1972.9989806.

    >>> measure_eigenvector(nx.path_graph(["oic", "un", "au"]))
    {'oic': 0.5, 'un': 0.7071067812, 'au': 0.5}
    """
    adjacency = to_adjacency(network)
    values = np.zeros(len(network))
    for members in _parts(adjacency):
        if len(members) == 2:  # as most small parts are
            values[members] = len(network) ** -0.5
            continue
        part = adjacency.select(members)
        vector = _principal_eigenvector(part.gather, part.to_dense, part.size)
        values[members] = np.abs(vector) * (len(members) / len(network)) ** 0.5
    return {node: round(value, 10) + 0.0 for node, value in zip(network, values.tolist(), strict=True)}


def measure_pagerank(network: nx.MultiDiGraph) -> dict[str, float]:
    """Share of its time that a random walk along the claims, from subject to object, spends at each node: sums to 1.

    High is central: claims lead there, from where claims lead. At each step the walk goes on with a chance of 0.85,
    else it starts anew anywhere; from a node without a way out it always starts anew. Parallel claims count each; a
    claim whose edge is ``symmetric`` leads both ways.

    Source: Page et al. 1999, http://ilpubs.stanford.edu:8090/422/.

    >>> measure_pagerank(nx.MultiDiGraph([("oic", "un"), ("un", "oic")]))
    {'oic': 0.5, 'un': 0.5}
    """
    return as_numbers(network, walk(to_arcs(network), size=len(network)))


def measure_hits(network: nx.MultiDiGraph) -> tuple[dict[str, float], dict[str, float]]:
    """How good a hub and how good an authority each node is: each 0 to 1, each sums to 1; high is central.

    A hub makes claims about authorities, an authority is what hubs make claims about: the principal eigenvectors of
    A·Aᵀ and Aᵀ·A, A counting the claims from one to another; a claim whose edge is ``symmetric`` leads both ways. In a
    network of parts those outside the strongest have 0. All are 0 where there are no claims.

    Source: Kleinberg 1999, https://doi.org/10.1145/324133.324140.

    >>> measure_hits(nx.MultiDiGraph([("oic", "un"), ("au", "un")]))
    ({'oic': 0.5, 'un': 0.0, 'au': 0.5}, {'oic': 0.0, 'un': 1.0, 'au': 0.0})
    """
    arcs = to_arcs(network)
    if not arcs.entries:
        return dict.fromkeys(network, 0.0), dict.fromkeys(network, 0.0)
    vector = _principal_eigenvector(lambda held: arcs.spread(arcs.gather(held)), lambda: _square(arcs), arcs.size)
    authority = np.abs(vector)
    hub = arcs.gather(authority)
    return as_numbers(network, _noiseless(hub)), as_numbers(network, _noiseless(authority))


def walk(arcs: Matrix, *, size: int, tolerance: float = 1e-15, steps: int = 1000) -> Array:
    """PageRank of each node of equal blocks of `size` nodes, no two of them joined; each block sums to 1.

    The walk ends when no node's share changes by more than `tolerance`, or after `steps`.
    """
    out = arcs.sums()
    ways = np.divide(1.0, out, out=np.zeros_like(out), where=out > 0)
    shares = np.full(len(out), 1 / size) if size else out
    for _ in range(steps):
        stuck = np.where(out > 0, 0.0, shares).reshape(-1, max(size, 1)).sum(axis=1)
        anew = np.repeat((DAMPING * stuck + 1 - DAMPING) / size, size) if size else 0.0
        after = DAMPING * arcs.spread(shares * ways) + anew
        moved = np.abs(after - shares).max(initial=0.0)
        shares = after
        if moved <= tolerance:
            break
    return shares


def iterate_eigenvector(adjacency: Matrix, *, size: int, steps: int = 300, tolerance: float = 1e-6) -> Array:
    """As :func:`measure_eigenvector`, to about `tolerance`, of equal blocks of `size` nodes, no two of them joined."""
    parts = find_parts(adjacency)
    counts = np.bincount(parts)
    vector = (1 / np.sqrt(counts))[parts]
    for _ in range(steps):
        after = adjacency.gather(vector) + vector  # the matrix + 1 does not swing in a network of two sides
        after /= np.sqrt(np.bincount(parts, after**2))[parts]
        moved = np.abs(after - vector).max(initial=0.0)
        vector = after
        if moved <= tolerance:
            break
    return np.where(counts[parts] > 1, vector * np.sqrt(counts[parts] / size), 0.0)


def _parts(adjacency: Matrix) -> list[Array]:
    """Places of the nodes of each connected part of two or more."""
    labels = find_parts(adjacency)
    order = np.argsort(labels, kind="stable")
    return [part for part in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if len(part) > 1]


def _square(arcs: Matrix) -> Array:
    dense = arcs.to_dense()
    return np.asarray(dense.T @ dense)


def _principal_eigenvector(times: Callable[[Array], Array], to_dense: Callable[[], Array], size: int) -> Array:
    """Of a symmetric matrix without negative numbers, of length 1: exact where it is small, else :func:`_iterate`.

    :param times: gives the matrix times a vector.
    :param to_dense: gives the matrix, where it is small.
    """
    with in_one_thread():
        if size <= DENSE:
            return np.asarray(np.linalg.eigh(to_dense())[1][:, -1])
        return _iterate(times, np.full(size, size**-0.5))


def _iterate(times: Callable[[Array], Array], start: Array) -> Array:
    """The eigenvector of the largest eigenvalue by Lanczos' method, begun anew from its best vectors after each round.

    It ends when a vector is PRECISE, at the latest after ROUNDS.

    Source: Wu and Simon 2000, https://doi.org/10.1137/S0895479898334605.
    """
    basis = np.empty((min(BASIS, len(start)) + 1, len(start)))
    basis[0] = start
    known, most = 0, len(basis) - 1
    projected = np.zeros((most, most))
    for _ in range(ROUNDS):
        for step in range(known, most):
            vector = times(basis[step])
            found = basis[: step + 1]
            along = found @ vector
            vector -= along @ found
            vector -= (found @ vector) @ found  # for what rounding left
            projected[step, : step + 1] = projected[: step + 1, step] = along
            rest = float(vector @ vector) ** 0.5
            if rest <= PRECISE * np.abs(projected[: step + 1, : step + 1]).max():
                values, ways = np.linalg.eigh(projected[: step + 1, : step + 1])
                return np.asarray(ways[:, -1] @ found)
            basis[step + 1] = vector / rest
        values, ways = np.linalg.eigh(projected)
        best = np.asarray(ways[:, -1] @ basis[:most])
        if rest * abs(ways[-1, -1]) <= PRECISE * values[-1]:
            break
        known = min(KEPT, most - 1)
        basis[:known] = ways[:, -known:].T @ basis[:most]
        basis[known] = basis[most]
        projected[:] = 0.0
        projected[np.arange(known), np.arange(known)] = values[-known:]
    return best


def _noiseless(values: Array) -> Array:
    """Made to sum to 1, and what is nothing but the last digits of a sum made 0."""
    shares = values / values.sum()
    return np.where(shares < 1e-12, 0.0, shares)
