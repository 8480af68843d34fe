"""Networks to the sparse matrices that measures are computed on, rows and columns in node order, and back to numbers.

A matrix is held as its rows one after another (compressed sparse rows), in arrays of NumPy. What is added up stands in
one fixed order and is added on one core, so that the same network gives the same digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np

__all__ = ["Array", "Matrix", "as_numbers", "find_parts", "spread_ranges", "to_adjacency", "to_arcs", "to_matrix"]

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, eq=False)
class Matrix:
    """A square matrix of mostly zeros; see :func:`to_matrix`.

    Row r has `values` in `columns`, which ascend, both from ``starts[r]`` to ``starts[r + 1]``.
    """

    starts: Array
    columns: Array
    values: Array

    @property
    def size(self) -> int:
        """Rows, and columns."""
        return len(self.starts) - 1

    @property
    def entries(self) -> int:
        """Places that are not left out."""
        return len(self.columns)

    @cached_property
    def lengths(self) -> Array:
        """Entries of each row."""
        return np.diff(self.starts)

    @cached_property
    def rows(self) -> Array:
        """The row of each entry."""
        return np.repeat(np.arange(self.size), self.lengths)

    @cached_property
    def mirror(self) -> Array:
        """For each entry, that of its column and row; of a matrix that has an entry on both sides or on none."""
        return np.argsort(self.columns, kind="stable")

    @cached_property
    def _plain(self) -> bool:
        return bool((self.values == 1.0).all())

    def sums(self) -> Array:
        """The sum of each row."""
        return _add_up(self.rows, self.values, self.size)

    def column_sums(self) -> Array:
        """The sum of each column."""
        return _add_up(self.columns, self.values, self.size)

    def gather(self, vector: Array) -> Array:
        """The matrix times `vector`: to each row from its columns."""
        found = vector.take(self.columns)
        return _add_up(self.rows, found if self._plain else found * self.values, self.size)

    def spread(self, vector: Array) -> Array:
        """The transposed matrix times `vector`: from each row to its columns."""
        found = vector.take(self.rows)
        return _add_up(self.columns, found if self._plain else found * self.values, self.size)

    def select(self, places: Array) -> Matrix:
        """Rows and columns of `places`, in their order."""
        to = np.full(self.size, -1)
        to[places] = np.arange(len(places))
        entries = spread_ranges(self.starts[places], self.lengths[places])
        columns = to[self.columns[entries]]
        kept = columns >= 0
        rows = np.repeat(np.arange(len(places)), self.lengths[places])[kept]
        return to_matrix(len(places), rows, columns[kept], self.values[entries[kept]])

    def block(self, begin: int, end: int) -> Matrix:
        """Rows and columns from `begin` to `end`, which no entry leads out of."""
        first, last = self.starts[begin], self.starts[end]
        return Matrix(self.starts[begin : end + 1] - first, self.columns[first:last] - begin, self.values[first:last])

    def to_dense(self) -> Array:
        """With its zeros."""
        dense = np.zeros((self.size, self.size))
        dense[self.rows, self.columns] = self.values
        return dense


def to_matrix(size: int, rows: Array, columns: Array, values: Array | None = None) -> Matrix:
    """The matrix of `size` rows with `values`, or 1, at the given places; those of one place are added up."""
    keys = np.asarray(rows, dtype=np.int64) * size + columns
    if values is None:
        keys, counts = np.unique(keys, return_counts=True)
        values = counts.astype(float)
    else:
        order = np.argsort(keys, kind="stable")
        keys, values = keys[order], np.asarray(values, dtype=float)[order]
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        if len(first) < len(keys):
            keys, values = keys[first], np.add.reduceat(values, first)
    rows, columns = np.divmod(keys, max(size, 1))
    return Matrix(np.searchsorted(rows, np.arange(size + 1)), columns, values)


def to_adjacency(network: nx.Graph, *, weight: str | None = None) -> Matrix:
    """The symmetric adjacency matrix of an undirected network, without loops; 1, or `weight`, for each tie."""
    left, right, values = _ends(network, network.edges(data=weight, default=1) if weight else network.edges())
    both = np.r_[left, right], np.r_[right, left]
    return to_matrix(len(network), *both, np.r_[values, values] if weight else None)


def to_arcs(network: nx.MultiDiGraph) -> Matrix:
    """How many claims lead from each entity (row) to each other (column), none of them to itself.

    A claim whose edge is ``symmetric`` leads both ways.
    """
    left, right, symmetric = _ends(network, network.edges(data="symmetric", default=False))
    back = symmetric > 0
    return to_matrix(len(network), np.r_[left, right[back]], np.r_[right, left[back]])


def as_numbers(network: Iterable[str], values: Array) -> dict[str, float]:
    """`values` by node: ten significant digits and at most twelve decimals; below that, machines may differ."""
    found = np.asarray(values, dtype=float).tolist()
    numbers = {value: round(float(f"{value:.10g}"), 12) + 0.0 for value in set(found)}
    return dict(zip(network, map(numbers.__getitem__, found), strict=True))


def find_parts(adjacency: Matrix) -> Array:
    """The number of each node's connected part, the parts by their first node; `adjacency` is symmetric.

    Each node looks at the first node that it knows of around it, and at that one's own, until nothing changes: about
    log n rounds (FastSV: Zhang, Azad and Hu 2020, https://doi.org/10.1137/1.9781611976137.5).
    """
    first = np.arange(adjacency.size)
    joined = np.flatnonzero(adjacency.lengths)
    while len(joined):
        before = first.copy()
        near = np.minimum.reduceat(first.take(adjacency.columns), adjacency.starts[joined])
        np.minimum.at(first, before[joined], near)
        first[joined] = np.minimum(first[joined], near)
        first = first[first]
        if np.array_equal(first, before):
            break
    return np.asarray(np.unique(first, return_inverse=True)[1])


def spread_ranges(begins: Array, lengths: Array) -> Array:
    """The numbers from each of `begins` on, as many as `lengths` says.

    >>> spread_ranges(np.array([5, 9]), np.array([3, 1])).tolist()
    [5, 6, 7, 9]
    """
    ends = np.cumsum(lengths)
    return np.asarray(np.arange(ends[-1] if len(ends) else 0) + np.repeat(begins - ends + lengths, lengths))


def _add_up(places: Array, values: Array, size: int) -> Array:
    """The sum of the values of each place, one after another; of none, NumPy would make integers."""
    return np.asarray(np.bincount(places, values, minlength=size), dtype=float)


def _ends(network: nx.Graph, edges: Iterable[Sequence[Any]]) -> tuple[Array, Array, Array]:
    """Places of the ends of `edges` that are no loops, and their values."""
    places = {node: place for place, node in enumerate(network)}
    apart = [edge for edge in edges if edge[0] != edge[1]]
    left, right = (np.array([places[edge[end]] for edge in apart], dtype=np.int64) for end in (0, 1))
    return left, right, np.array([edge[2] if len(edge) > 2 else 1 for edge in apart], dtype=float)
