"""Measures of position between others: how bound each entity is by its ties, and which groups it links.

Groups are communities, camps, or any other division of the nodes.
"""
# mypy: allow-untyped-calls
# (SciPy has no types)

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx
import numpy as np
import scipy.sparse as sp

from dragoman.measures.arrays import Array, Matrix, as_numbers, to_adjacency, to_arcs

__all__ = ["ROLES", "count_brokerage", "measure_brokerage", "measure_constraint"]

ROLES = ("coordinator", "representative", "gatekeeper", "consultant", "liaison")
"""What a broker b of a → b → c is to the groups of the three; see :func:`measure_brokerage`."""


def measure_constraint(network: nx.Graph) -> dict[str, float]:
    """How far the ties of each node lead back to one another: 0 to 9/8; low is free to bridge.

    Σ (p(i, j) + Σ p(i, q) p(q, j))² over the neighbours j of i, where p(i, j) is the part of i's ties that leads to j.
    A node without ties has 1: there is nothing that it could bridge.

    :param network: undirected; ``weight`` (1 where there is none) is the strength of a tie.

    Source: Burt 1992, Structural Holes, Harvard University Press, p. 54.

    >>> measure_constraint(nx.path_graph(["oic", "un", "au"]))
    {'oic': 1.0, 'un': 0.5, 'au': 1.0}
    """
    ties = to_adjacency(network, weight="weight")
    sums = np.asarray(ties.sum(axis=1))
    parts = sp.diags_array(np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0)) @ ties
    both = parts + (parts @ parts).multiply(ties > 0)
    return as_numbers(network, np.where(sums > 0, np.asarray(both.multiply(both).sum(axis=1)), 1.0))


def measure_brokerage(network: nx.MultiDiGraph, groups: Mapping[str, object]) -> dict[str, dict[str, float]]:
    """For each role: how many pairs a, c of others each node b stands between in that role; 0 upwards, high brokers.

    b stands between a and c if a has a claim on b and b one on c, but a none on c. A claim whose edge is ``symmetric``
    leads both ways; parallel claims count once.

    ==============  ================================================================================
    coordinator     all three are of one group
    representative  a and b are of one group, c of another: b speaks for its own to others
    gatekeeper      b and c are of one group, a of another: b decides what reaches its own
    consultant      a and c are of one group, b of another: b is their go-between from outside
    liaison         each is of another group
    ==============  ================================================================================

    :param groups: the group of every node.

    Source: Gould and Fernandez 1989, https://doi.org/10.2307/270949.

    >>> found = measure_brokerage(nx.MultiDiGraph([("oic", "un"), ("un", "au")]), {"oic": 1, "un": 2, "au": 3})
    >>> found["liaison"]
    {'oic': 0.0, 'un': 1.0, 'au': 0.0}
    """
    numbers: dict[object, int] = {}
    labels = np.array([numbers.setdefault(groups[node], len(numbers)) for node in network], dtype=int)
    counts = count_brokerage(to_arcs(network), labels)
    return {role: as_numbers(network, counts[role]) for role in ROLES}


def count_brokerage(arcs: Matrix, labels: Array) -> dict[str, Array]:
    """Pairs that each node stands between, by role; `arcs` as of :func:`to_arcs`, `labels` a group for each row."""
    ties = (arcs > 0).astype(float).tocoo()
    within = labels[ties.row] == labels[ties.col]
    same, other = (
        sp.csr_array((ties.data[kept], (ties.row[kept], ties.col[kept])), shape=ties.shape)
        for kept in (within, ~within)
    )
    every = ties.tocsr()
    inward = {"same": _sums(same.T), "other": _sums(other.T)}
    outward = {"same": _sums(same), "other": _sums(other)}
    size = (len(labels), int(labels.max(initial=0)) + 1)
    member = sp.csr_array((np.ones(len(labels)), (np.arange(len(labels)), labels)), shape=size)
    mutual = _sums(other.multiply(other.T))
    outside = inward["other"] * outward["other"] - mutual - _sums(other.multiply(other.T @ every))
    consultant = _sums((other.T @ member).multiply(other @ member)) - mutual - _sums(other.multiply(other.T @ same))
    return {
        "coordinator": inward["same"] * outward["same"]
        - _sums(same.multiply(same.T))
        - _sums(same.multiply(same.T @ every)),
        "representative": inward["same"] * outward["other"] - _sums(other.multiply(same.T @ every)),
        "gatekeeper": inward["other"] * outward["same"] - _sums(same.multiply(other.T @ every)),
        "consultant": consultant,
        "liaison": outside - consultant,
    }


def _sums(matrix: Matrix) -> Array:
    return np.asarray(matrix.sum(axis=1), dtype=float)
