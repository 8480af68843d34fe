"""Measures of position between others: how bound each entity is by its ties, and which groups it links.

Groups are communities, camps, or any other division of the nodes. Where three nodes are all joined, a tie leads back,
or a broker is passed by; each three are found once, from the one with the fewest ties, so that a hub costs little
(Latapy 2008, https://doi.org/10.1016/j.tcs.2008.07.017).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations

import networkx as nx
import numpy as np

from dragoman.measures.arrays import Array, Matrix, as_numbers, spread_ranges, to_adjacency, to_arcs, to_matrix

__all__ = ["ROLES", "count_brokerage", "measure_brokerage", "measure_constraint"]

ROLES = ("coordinator", "representative", "gatekeeper", "consultant", "liaison")
"""What a broker b of a → b → c is to the groups of the three; see :func:`measure_brokerage`."""
BLOCK = 1_000_000
"""Paths of two ties that are looked at once, whether a third closes them; some more if one tie has more."""


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
    sums = ties.sums()
    parts = np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0)[ties.rows] * ties.values
    around = np.zeros(ties.entries)
    for first_second, first_third, second_third in _list_triangles(ties):
        ways = {(0, 1): first_second, (0, 2): first_third, (1, 2): second_third}
        ways |= {(end, begin): ties.mirror[way] for (begin, end), way in ways.items()}
        for one, between, other in permutations(range(3)):
            amounts = parts[ways[one, between]] * parts[ways[between, other]]
            around += np.bincount(ways[one, other], amounts, minlength=ties.entries)
    both = parts + np.where(ties.values > 0, around, 0.0)
    return as_numbers(network, np.where(sums > 0, np.bincount(ties.rows, both * both, minlength=ties.size), 1.0))


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
    ties = to_matrix(
        arcs.size, np.r_[arcs.rows, arcs.columns], np.r_[arcs.columns, arcs.rows], np.repeat([1.0, 0.0], arcs.entries)
    )
    leads, within = ties.values > 0, labels[ties.rows] == labels[ties.columns]
    back = leads[ties.mirror]

    def count(kept: Array) -> Array:
        return np.bincount(ties.rows[kept], minlength=ties.size).astype(float)

    inward = {"same": count(back & within), "other": count(back & ~within)}
    outward = {"same": count(leads & within), "other": count(leads & ~within)}
    mutual = count(leads & back & ~within)
    consultant = _count_pairs_by_group(ties, labels, leads & ~within, back & ~within) - mutual
    passed = _count_passed(ties, leads, labels)
    return {
        "coordinator": inward["same"] * outward["same"] - count(leads & back & within) - passed["coordinator"],
        "representative": inward["same"] * outward["other"] - passed["representative"],
        "gatekeeper": inward["other"] * outward["same"] - passed["gatekeeper"],
        "consultant": consultant - passed["consultant"],
        "liaison": inward["other"] * outward["other"] - mutual - consultant - passed["liaison"],
    }


def _count_pairs_by_group(ties: Matrix, labels: Array, leads: Array, back: Array) -> Array:
    """For each node: pairs of one that it `leads` to and one that leads `back` to it, both of one group."""
    groups = int(labels.max(initial=0)) + 1
    keys = ties.rows * groups + labels[ties.columns]
    to, to_counts = np.unique(keys[leads], return_counts=True)
    from_, from_counts = np.unique(keys[back], return_counts=True)
    both, at_to, at_from = np.intersect1d(to, from_, assume_unique=True, return_indices=True)
    return np.bincount(both // groups, to_counts[at_to] * from_counts[at_from], minlength=ties.size)


def _count_passed(ties: Matrix, leads: Array, labels: Array) -> dict[str, Array]:
    """By role, the pairs a, c that each node stands between without need, as a leads to c itself."""
    found = {role: np.zeros(ties.size) for role in ROLES}
    for first_second, first_third, second_third in _list_triangles(ties):
        nodes = ties.rows[first_second], ties.columns[first_second], ties.columns[first_third]
        groups = [labels[node] for node in nodes]
        ways = {(0, 1): leads[first_second], (0, 2): leads[first_third], (1, 2): leads[second_third]}
        mirrored = {(0, 1): first_second, (0, 2): first_third, (1, 2): second_third}
        ways |= {(end, begin): leads[ties.mirror[way]] for (begin, end), way in mirrored.items()}
        for one, broker, other in permutations(range(3)):
            passed = ways[one, broker] & ways[broker, other] & ways[one, other]
            before, after = groups[one] == groups[broker], groups[broker] == groups[other]
            ends = groups[one] == groups[other]
            roles = (before & after, before & ~after, after & ~before, ends & ~before, ~(before | after | ends))
            for role, kept in zip(ROLES, roles, strict=True):
                found[role] += np.bincount(nodes[broker][passed & kept], minlength=ties.size)
    return found


def _list_triangles(ties: Matrix) -> Iterator[tuple[Array, Array, Array]]:
    """Each three nodes that are all joined, once: the entries first → second, first → third, second → third.

    They come some at a time. The nodes of three stand by how many ties they have, the fewest first.
    """
    ranks = np.empty(ties.size, dtype=int)
    ranks[np.argsort(ties.lengths, kind="stable")] = np.arange(ties.size)
    up = np.flatnonzero(ranks[ties.rows] < ranks[ties.columns])
    if not len(up):
        return
    rows, columns = ties.rows[up], ties.columns[up]
    keys = rows * ties.size + columns
    counts = np.bincount(rows, minlength=ties.size)
    begins = np.cumsum(counts) - counts
    steps = counts[columns]
    blocks = np.cumsum(steps) // BLOCK
    for some in np.split(np.arange(len(up)), np.flatnonzero(np.diff(blocks)) + 1):
        first = np.repeat(some, steps[some])
        second = spread_ranges(begins[columns[some]], steps[some])
        wanted = rows[first] * ties.size + columns[second]
        third = np.minimum(keys.searchsorted(wanted), len(keys) - 1)
        closed = np.flatnonzero(keys[third] == wanted)
        yield up[first[closed]], up[third[closed]], up[second[closed]]
