"""Searches from many nodes at once, front by front: the shortest paths that begin at each, counted as Brandes does.

A step adds up what the neighbours of each node hold. A product of a sparse and a dense matrix costs NumPy ten times
what it should if each row is added up by itself; here nodes stand by how many neighbours they have, the most first, so
that the first neighbours of all nodes are added in one call, then the second of all nodes that have two, and so on
(jagged diagonals: Saad 1989, https://doi.org/10.1137/0910073).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

import numpy as np

from dragoman.measures.arrays import Array, Matrix, find_parts, spread_ranges

__all__ = ["sum_all", "sum_dependencies"]

NUMBERS = 64_000
"""Numbers that one step of a search holds, so that they fit the cache of a core."""
LEAST, MOST = 24, 128
"""Starting points of one search, whatever NUMBERS says; sums of as many truths fit a byte."""
WIDE = 24
"""Neighbours that are added up one after another; what a node has beyond them is added in pieces of as many."""
FEW = 0.25
"""Share of all ties below which those of a front are looked at, to find the nodes that it leads to."""
MANY = 0.6
"""Share of all nodes from which on a step is one for all nodes, as picking some of them takes longer."""

Rows = Array | slice
"""Places of nodes, which ascend; or all of them."""


def sum_dependencies(adjacency: Matrix, weights: Array, sources: Array) -> tuple[Array, Array]:
    """What the shortest paths from `sources` add to each node, in ordered pairs, and the sum of its squares.

    A path from s to t counts for weight(s) · weight(t) pairs, and is shared by all that are as short.

    Source: Brandes 2001, https://doi.org/10.1080/0022250X.2001.9990249.
    """
    field = _Field(adjacency, weights)
    total, squares = np.zeros(field.size), np.zeros(field.size)
    for some, found in field.search(field.in_order(field.places[sources])):
        factors = field.weights[some]
        total += np.einsum("ij,j->i", found, factors)
        squares += np.einsum("ij,ij,j->i", found, found, factors**2)
    return total[field.places], squares[field.places]


def sum_all(adjacency: Matrix, weights: Array) -> tuple[Array, Array]:
    """What the shortest paths from all nodes add to each, as of :func:`sum_dependencies`; and each node's distances.

    The latter are the sum over all that can be reached, each as often as its weight says: a path has one step more than
    nodes between its ends, so that they are what it adds to these. Of nodes with the same neighbours, no two of them
    joined, the first is searched from for all: but for them, what lies nearest to one lies so to the others.

    :param weights: whole numbers.
    """
    field = _Field(adjacency, weights)
    ranked = field.in_order(np.arange(field.size))
    first = np.array([not at or field.rows[ranked[at]] != field.rows[ranked[at - 1]] for at in range(field.size)], bool)
    leaders, alike = ranked[first], np.cumsum(first) - 1
    own = field.weights[ranked]
    shared, squares = np.bincount(alike, own), np.bincount(alike, own**2)
    total, beyond, at = np.zeros(field.size), np.zeros(len(leaders)), 0
    for some, found in field.search(leaders):
        total += np.einsum("ij,j->i", found, shared[at : at + len(some)])
        beyond[at : at + len(some)] = found.sum(axis=0)
        at += len(some)
    others = shared * field.weights[leaders] - squares  # among those alike, where they do not weigh the same
    for leader, pairs in zip(leaders[others != 0], others[others != 0], strict=True):
        around = list(field.rows[leader])
        total[around] += pairs / len(around)
    parts = find_parts(adjacency)
    reached = np.bincount(parts, weights, minlength=1)[parts] - weights
    distances = np.empty(field.size)
    weight = field.weights[leaders][alike]
    distances[ranked] = np.rint(beyond)[alike] + 2 * (weight - own) + (reached[field.order[leaders]])[alike]
    return total[field.places], distances[field.places]


class _Field:
    """A network to be searched from many nodes; here nodes stand by how many neighbours they have, the most first.

    `order` tells the node of each place, `places` the place of each node.
    """

    def __init__(self, adjacency: Matrix, weights: Array) -> None:
        self.size = len(weights)
        self.order = np.argsort(-adjacency.lengths, kind="stable")
        self.places = np.empty(self.size, dtype=int)
        self.places[self.order] = np.arange(self.size)
        self.weights = weights[self.order]
        self._neighbours = _Neighbours(adjacency.select(self.order))

    @cached_property
    def rows(self) -> list[tuple[int, ...]]:
        """The neighbours of each node, those with the most neighbours first."""
        held = self._neighbours.adjacency
        columns, starts = held.columns.tolist(), held.starts.tolist()
        return [tuple(columns[begin:end]) for begin, end in pairwise(starts)]

    def in_order(self, sources: Array) -> Array:
        """The `sources` so that those with the same neighbours follow each other: what they reach lies as far."""
        return np.array(sorted(sources.tolist(), key=self.rows.__getitem__), dtype=int)

    def search(self, sources: Array) -> Iterator[tuple[Array, Array]]:
        """Some of the `sources` after others, with their dependencies (columns) on each node (rows).

        The latter array is used again by the next search.
        """
        step = min(MOST, max(LEAST, NUMBERS // max(self.size, 1)))
        step = -(-len(sources) // max(1, -(-len(sources) // step))) or 1  # as many each time, so that none is for few
        search = _Search(self._neighbours, step)
        for begin in range(0, len(sources), step):
            some = sources[begin : begin + step]
            if len(some) < step:
                search = _Search(self._neighbours, len(some))
            yield some, search.sum_dependencies(self.weights, some)


class _Neighbours:
    """The neighbours of each node of a symmetric pattern, whose rows are sorted by length, the longest first."""

    def __init__(self, adjacency: Matrix) -> None:
        self.adjacency, self.size = adjacency, adjacency.size
        shortest = -adjacency.lengths
        counts = [int(shortest.searchsorted(-step)) for step in range(min(int(-shortest.min(initial=0)), WIDE))]
        self._strips = [
            (count, adjacency.columns[adjacency.starts[:count] + step]) for step, count in enumerate(counts)
        ]
        self._hubs = np.arange(int(shortest.searchsorted(-WIDE)))
        more = adjacency.lengths[self._hubs] - WIDE
        self._pieces = -(-more // WIDE)
        self._begins = np.cumsum(self._pieces) - self._pieces
        self._more = np.full((int(self._pieces.sum()), WIDE), self.size)
        self._more.ravel()[spread_ranges(self._begins * WIDE, more)] = adjacency.columns[
            spread_ranges(adjacency.starts[self._hubs] + WIDE, more)
        ]

    def add_up(self, held: Array, rows: Rows, found: Array, room: Array) -> None:
        """For each node of `rows` the sum of what its neighbours hold, written to `found`.

        :param held: a row for each node, and one more, of zeros.
        :param room: as many rows; what it holds is lost.
        """
        for step, (count, strip) in enumerate(self._strips):
            places = strip if isinstance(rows, slice) else strip.take(rows[: rows.searchsorted(count)])
            some = len(places)
            if not some:
                break
            held.take(places, axis=0, out=(room if step else found)[:some], mode="clip")
            if step:
                found[:some] += room[:some]
        hubs = self._hubs if isinstance(rows, slice) else rows[: rows.searchsorted(len(self._hubs))]
        if len(hubs):
            found[: len(hubs)] += self._add_rest(held, hubs)

    def list_around(self, rows: Rows, among: Array) -> Rows:
        """Those `among` all nodes that are neighbours of `rows`, and others where it would take longer to tell them."""
        if not isinstance(rows, slice):
            lengths = self.adjacency.lengths[rows]
            if lengths.sum() < FEW * self.adjacency.entries:
                near = np.zeros(self.size, dtype=bool)
                near[self.adjacency.columns[spread_ranges(self.adjacency.starts[rows], lengths)]] = True
                among = among & near
        found = np.flatnonzero(among)
        return slice(0, self.size) if len(found) > MANY * self.size else found

    def _add_rest(self, held: Array, hubs: Array) -> Array:
        """What the neighbours of `hubs` beyond the first WIDE hold."""
        pieces = self._pieces[hubs]
        places = self._more[spread_ranges(self._begins[hubs], pieces)].T.copy()
        found = held.take(places[0], axis=0)
        room = np.empty_like(found)
        for step in places[1:]:
            held.take(step, axis=0, out=room, mode="clip")
            found += room
        return np.asarray(np.add.reduceat(found, np.cumsum(pieces) - pieces, axis=0))


class _Search:
    """Searches from `width` starting points at once, a column for each.

    Large arrays are made once and used again, as it takes the system as long to hand out new ones as to fill them.
    """

    def __init__(self, neighbours: _Neighbours, width: int) -> None:
        self._neighbours = neighbours
        shape = (neighbours.size, width)
        self._held = np.zeros((neighbours.size + 1, width))
        self._found, self._room, self._one, self._other = (np.empty(shape) for _ in range(4))
        self._unseen = np.empty(shape, dtype=bool)
        self._whole: list[Array] = []

    def sum_dependencies(self, weights: Array, sources: Array) -> Array:
        """The dependency of each source (column) on each node (row), targets counting by their weights.

        The array is used again by the next search.
        """
        held, found = self._held, self._found
        found[:] = 0.0
        levels = self._count_paths(sources)
        later, free, used = np.zeros_like(levels[-1][1]), self._one, self._other
        for (rows, paths), (rows_before, paths_before) in zip(levels[:1:-1], levels[-2:0:-1], strict=True):
            later += weights[rows, None]
            later /= np.where(paths > 0, paths, np.inf)
            held[rows] = later
            later = free[: len(paths_before)]
            self._neighbours.add_up(held, rows_before, later, self._room)
            later *= paths_before
            found[rows_before] += later
            held[rows] = 0.0
            free, used = used, free
        return found

    def _count_paths(self, sources: Array) -> list[tuple[Rows, Array]]:
        """For each distance from 0 on: nodes, among them all that lie so far from a source, and their shortest paths.

        A node has 0 paths from a source that lies nearer or farther.
        """
        neighbours, held, unseen, columns = self._neighbours, self._held, self._unseen, np.arange(len(sources))
        rows: Rows
        rows, at = np.unique(sources, return_inverse=True)
        paths = np.zeros((len(rows), len(sources)))
        paths[at, columns] = 1.0
        unseen[:] = True
        unseen[sources, columns] = False
        left = unseen.sum(axis=1)
        levels: list[tuple[Rows, Array]] = []
        whole = 0
        while len(paths):
            levels.append((rows, paths))
            held[rows] = paths
            near = neighbours.list_around(rows, left > 0)
            if isinstance(near, slice):
                whole += 1
                paths = self._take_whole(whole)
            else:
                paths = np.empty((len(near), len(sources)))
            neighbours.add_up(held, near, paths, self._room)
            held[rows] = 0.0
            new = unseen[near]
            paths *= new
            reached = paths > 0
            new ^= reached
            unseen[near] = new
            counts = np.einsum("ij->i", reached.view(np.uint8))
            left[near] -= counts
            some = np.flatnonzero(counts)
            if len(some) <= MANY * len(counts):
                near, paths = some if isinstance(near, slice) else near[some], paths[some]
            rows = near
        return levels

    def _take_whole(self, number: int) -> Array:
        """The `number`-th array of a row for each node, from 1 on."""
        if number > len(self._whole):
            self._whole.append(np.empty_like(self._found))
        return self._whole[number - 1]
