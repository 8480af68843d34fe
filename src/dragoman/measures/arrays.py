"""Networks to the sparse matrices that measures are computed on, rows and columns in node order, and back to numbers.

What is added up stands in one fixed order and is added on one core, so that the same network gives the same digits.
"""
# mypy: allow-untyped-calls
# (SciPy has no types)

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import networkx as nx
import numpy as np
import scipy.sparse as sp

__all__ = ["Array", "Matrix", "as_numbers", "to_adjacency", "to_arcs"]

Array = np.ndarray[Any, np.dtype[Any]]
Matrix = Any
"""A ``scipy.sparse.csr_array``, which has no types."""


def to_adjacency(network: nx.Graph, *, weight: str | None = None) -> Matrix:
    """The symmetric adjacency matrix of an undirected network, without loops; 1, or `weight`, for each tie."""
    left, right, values = _ends(network, network.edges(data=weight, default=1) if weight else network.edges())
    return _square(len(network), np.r_[left, right], np.r_[right, left], np.r_[values, values])


def to_arcs(network: nx.MultiDiGraph) -> Matrix:
    """How many claims lead from each entity (row) to each other (column), none of them to itself.

    A claim whose edge is ``symmetric`` leads both ways.
    """
    ends, both = [], []
    for subject, object_, symmetric in network.edges(data="symmetric", default=False):
        ends.append((subject, object_))
        both.append(bool(symmetric))
    left, right, values = _ends(network, ends)
    kept = np.array([one != other for one, other in ends], dtype=bool)
    back = np.array(both, dtype=bool)[kept]
    rows, columns = np.r_[left, right[back]], np.r_[right, left[back]]
    return _square(len(network), rows, columns, np.r_[values, values[back]])


def as_numbers(network: Iterable[str], values: Iterable[float]) -> dict[str, float]:
    """`values` by node: ten significant digits and at most twelve decimals; below that, machines may differ."""
    numbers = (round(float(f"{value:.10g}"), 12) + 0.0 for value in values)
    return dict(zip(network, numbers, strict=True))


def _ends(network: nx.Graph, edges: Iterable[Sequence[Any]]) -> tuple[Array, Array, Array]:
    """Places of the ends of `edges` that are no loops, and their values."""
    places = {node: place for place, node in enumerate(network)}
    rows = [(places[edge[0]], places[edge[1]], edge[2] if len(edge) > 2 else 1) for edge in edges if edge[0] != edge[1]]
    table = np.array(rows, dtype=float).reshape(-1, 3)
    return table[:, 0].astype(np.int32), table[:, 1].astype(np.int32), table[:, 2]


def _square(size: int, rows: Array, columns: Array, values: Array) -> Matrix:
    matrix = sp.csr_array((values, (rows, columns)), shape=(size, size), dtype=float)
    matrix.sum_duplicates()
    return matrix
