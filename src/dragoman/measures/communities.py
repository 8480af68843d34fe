"""A network to communities: groups whose members have more to do with each other than chance would have it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
from graspologic_native import leiden

__all__ = ["Community", "find_communities"]

TRIALS = 8
"""Runs of the method, of which the one of the highest modularity counts."""
ROUNDS = 8
"""Times that each run starts over from what it found."""
MANY = 10_000
"""Ties above which half as many runs do, as chance then moves the fourth digit, and leaves are taken together."""
RANDOMNESS = 0.001
"""How far a run may move nodes at chance; the library's own value."""
NAMED = 3
"""Members that the name of a community is made of."""

Tie = tuple[int, int, float]
"""Places of two nodes, and the weight of what joins them."""


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
    nodes = sorted(node for node, around in network.adjacency() if len(around) > (node in around))
    places = {node: place for place, node in enumerate(nodes)}
    ties = _add_up(
        (places[left], places[right], float(weight))
        for left, right, weight in network.edges(data="weight", default=1)
        if left != right
    )
    if not ties:
        return ()
    large = len(ties) > MANY
    first = _first_leaves(ties) if large and resolution <= 1 else {}
    joined = _add_up((first.get(left, left), first.get(right, right), weight) for left, right, weight in ties)
    _, found = leiden(
        [(str(left), str(right), weight) for left, right, weight in joined],
        starting_communities=None,
        resolution=resolution,
        randomness=RANDOMNESS,
        iterations=ROUNDS,
        use_modularity=True,
        seed=seed,
        trials=TRIALS // 2 if large else TRIALS,
    )
    return _describe(network, {node: found[str(first.get(place, place))] for node, place in places.items()})


def _add_up(ties: Iterable[Tie]) -> list[Tie]:
    """One tie for each two, of all their weight, in order."""
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for left, right, weight in ties:
        weights[min(left, right), max(left, right)] += weight
    return sorted((*pair, weight) for pair, weight in weights.items())


def _first_leaves(ties: Sequence[Tie]) -> dict[int, int]:
    """For each node that is tied to one other alone, the first that is so to the same other; of a pair, neither.

    To take such a node, tied by w, into the community C of that other adds (1 - γ s(C) / 2m) w / m or more to the
    modularity: never less than 0 at a resolution of 1 or less. So they can be taken for one, and the best stays so.

    Source: Brandes et al. 2008, https://doi.org/10.1109/TKDE.2007.190689, who have it for networks without weights.
    """
    degrees = Counter(end for left, right, _ in ties for end in (left, right))
    hosts: dict[int, int] = {}
    for left, right, _ in ties:
        if degrees[left] == 1 < degrees[right]:
            hosts[left] = right
        elif degrees[right] == 1 < degrees[left]:
            hosts[right] = left
    first: dict[int, int] = {}
    return {leaf: first.setdefault(host, leaf) for leaf, host in sorted(hosts.items())}


def _describe(network: nx.Graph, groups: Mapping[str, int]) -> tuple[Community, ...]:
    within: Counter[int] = Counter()
    across: Counter[int] = Counter()
    own: Counter[str] = Counter()
    for left, right, weight in network.edges(data="weight", default=1):
        if left == right:
            continue
        if groups[left] == groups[right]:
            within[groups[left]] += weight
            own[left] += weight
            own[right] += weight
        else:
            across[groups[left]] += weight
            across[groups[right]] += weight
    members: dict[int, list[str]] = {}
    for node in sorted(groups, key=lambda node: (-own[node], node)):
        members.setdefault(groups[node], []).append(node)
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
