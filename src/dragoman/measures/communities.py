"""A network to communities: groups whose members have more to do with each other than chance would have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from graspologic_native import leiden

from dragoman.measures.arrays import Array, Matrix, to_adjacency, to_matrix

__all__ = ["Community", "find_communities"]

TRIALS = 8
"""Runs of the method, of which the one of the highest modularity counts."""
ROUNDS = 8
"""Times that each run starts over from what it found."""
MANY = 10_000
"""Ties above which two runs do, as chance then moves the fourth digit, and leaves are taken together."""
RANDOMNESS = 0.001
"""How far a run may move nodes at chance; the library's own value."""
NAMED = 3
"""Members that the name of a community is made of."""


@dataclass(frozen=True, slots=True)
class Community:
    """Members by how much they have to do with the others, and a name made of the labels of the first.

    `within` is the weight of the ties between members, `across` of those that lead out.
    """

    name: str
    members: tuple[str, ...]
    within: float
    across: float


def find_communities(network: nx.Graph, *, resolution: float = 1.0, seed: int = 0) -> tuple[Community, ...]:
    """The communities of the nodes that have ties, the largest first, by the Leiden method.

    What is made as high as it can be is the modularity, Σ (w(i, j) - γ s(i) s(j) / 2m) over pairs of one community,
    over 2m: -0.5 to 1, and above 0.3 where a network falls into groups. The order of nodes and edges changes nothing.

    :param network: undirected; ``weight`` (1 where there is none) counts.
    :param resolution: γ; more than 1 gives more and smaller communities.
    :param seed: of the random order in which nodes are visited.

    Source: Traag, Waltman and van Eck 2019, https://doi.org/10.1038/s41598-019-41695-z.

    >>> [c.members for c in find_communities(nx.Graph([("a", "b"), ("b", "c"), ("a", "c"), ("x", "y")]))]
    [('a', 'b', 'c'), ('x', 'y')]
    """
    adjacency = to_adjacency(network, weight="weight")
    nodes = list(network)
    order = [place for place in sorted(range(len(nodes)), key=nodes.__getitem__) if adjacency.lengths[place]]
    if not order:
        return ()
    adjacency = adjacency.select(np.array(order))
    large = adjacency.entries > 2 * MANY
    first = _first_leaves(adjacency) if large and resolution <= 1 else np.arange(adjacency.size)
    upper = adjacency.rows < adjacency.columns
    ends = first[adjacency.rows[upper]], first[adjacency.columns[upper]]
    joined = to_matrix(adjacency.size, np.minimum(*ends), np.maximum(*ends), adjacency.values[upper])
    labels = list(map(str, range(joined.size)))
    _, found = leiden(
        [
            (labels[left], labels[right], weight)
            for left, right, weight in zip(
                joined.rows.tolist(), joined.columns.tolist(), joined.values.tolist(), strict=True
            )
        ],
        starting_communities=None,
        resolution=resolution,
        randomness=RANDOMNESS,
        iterations=ROUNDS,
        use_modularity=True,
        seed=seed,
        trials=2 if large else TRIALS,
    )
    groups = np.array([found[labels[place]] for place in first.tolist()])
    return _describe(network, [nodes[place] for place in order], adjacency, groups)


def _first_leaves(adjacency: Matrix) -> Array:
    """For each node that is tied to one other alone, the first that is so to the same other; else itself.

    To take such a node, tied by w, into the community C of that other adds (1 - γ s(C) / 2m) w / m or more to the
    modularity: never less than 0 at a resolution of 1 or less. So they can be taken for one, and the best stays so.

    Source: Brandes et al. 2008, https://doi.org/10.1109/TKDE.2007.190689, who have it for networks without weights.
    """
    leaves = np.flatnonzero(adjacency.lengths == 1)
    hosts = adjacency.columns[adjacency.starts[leaves]]
    hang = adjacency.lengths[hosts] > 1
    leaves = leaves[hang]
    _, places, numbers = np.unique(hosts[hang], return_index=True, return_inverse=True)
    first = np.arange(adjacency.size)
    first[leaves] = leaves[places][numbers]
    return first


def _describe(network: nx.Graph, nodes: Sequence[str], adjacency: Matrix, groups: Array) -> tuple[Community, ...]:
    """The communities of `nodes`, which are sorted, by the number of the group of each."""
    group, other = groups[adjacency.rows], groups[adjacency.columns]
    weights, same = adjacency.values, group == other
    count = int(groups.max()) + 1
    within = np.bincount(group[same], weights[same], count) / 2  # each tie stands there twice
    across = np.bincount(group[~same], weights[~same], count)
    own = np.bincount(adjacency.rows[same], weights[same], adjacency.size)
    members: dict[int, list[str]] = {}
    for place in np.argsort(-own, kind="stable").tolist():
        members.setdefault(int(groups[place]), []).append(nodes[place])
    ordered = sorted(members, key=lambda group: (-len(members[group]), members[group]))
    return tuple(
        Community(
            ", ".join(str(network.nodes[node].get("label", node)) for node in members[group][:NAMED]),
            tuple(members[group]),
            float(within[group]),
            float(across[group]),
        )
        for group in ordered
    )
