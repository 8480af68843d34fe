"""Support and criticism between actors: who stands with and against whom, and the two sides that tell it best.

Which properties stand with and which against is said in the ontology, by ``dgm:stance``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np

from dragoman.measures.arrays import Array
from dragoman.networks import ACTORS

__all__ = ["Balance", "Tie", "measure_balance"]

DENSE = 1000
"""Actors of a connected part above which sides are sought from one tree, for want of memory for a full matrix."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Claims by which one actor supports and criticizes another; `net` is their difference over their sum, -1 to 1."""

    subject: str
    object: str
    support: int
    criticism: int
    claims: tuple[str, ...]

    @property
    def net(self) -> float:
        """1 for nothing but support, -1 for nothing but criticism."""
        return (self.support - self.criticism) / (self.support + self.criticism)


@dataclass(frozen=True, slots=True)
class Balance:
    """Directed ties between actors, and the division of the actors into sides.

    `sides` gives each actor in `ties` the number of its connected part (the largest is 0) and its side there, 0 or 1;
    side 0 is the larger. `frustration` is the share of claims that no such division explains: criticism within a
    side, support across. 0 is perfect balance, and one half or more is no division at all.
    """

    ties: tuple[Tie, ...]
    sides: Mapping[str, tuple[int, int]]
    frustration: float


def measure_balance(network: nx.MultiDiGraph) -> Balance:
    """Support and criticism between the actors of `network`, by its edges' ``stance``.

    A claim of a symmetric property gives a tie each way, and counts once in `frustration`. The sides of a connected
    part are first those of the sign in the eigenvector of the smallest eigenvalue of its signed Laplacian, D - A,
    A the support less the criticism of each pair and D the sums of its absolute values (in a large part, those that
    one tree of ties has); then each actor whose change of side would explain more claims changes it, the greatest gain
    first, until none would.

    :returns: ties by subject and object.

    Sources: Harary 1953, https://doi.org/10.1307/mmj/1028989917; Kunegis et al. 2010,
    https://doi.org/10.1137/1.9781611972801.49.

    >>> network = nx.MultiDiGraph()
    >>> key = network.add_edge("a", "b", "claim", stance=-1)
    >>> measure_balance(network).sides
    {'a': (0, 0), 'b': (0, 1)}
    """
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    claims: dict[tuple[str, str], list[str]] = defaultdict(list)
    pairs: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    tops = dict(network.nodes(data="top", default="Actor"))
    for subject, object_, key, edge in network.edges(keys=True, data=True):
        stance = edge.get("stance", 0)
        if not stance or subject == object_ or not {tops[subject], tops[object_]} <= ACTORS:
            continue
        against = int(stance < 0)
        pairs[min(subject, object_), max(subject, object_)][against] += 1
        for ends in [(subject, object_), (object_, subject)] if edge.get("symmetric") else [(subject, object_)]:
            counts[ends][against] += 1
            claims[ends].append(str(key))
    ties = tuple(
        Tie(*ends, support=for_, criticism=against, claims=tuple(sorted(claims[ends])))
        for ends, (for_, against) in sorted(counts.items())
    )
    signed = nx.Graph()
    signed.add_nodes_from(sorted({end for ends in pairs for end in ends}))
    signed.add_edges_from(
        (*ends, {"support": found[0], "criticism": found[1]}) for ends, found in sorted(pairs.items())
    )
    sides: dict[str, tuple[int, int]] = {}
    parts = sorted(map(sorted, nx.connected_components(signed)), key=lambda part: (-len(part), part))
    for number, part in enumerate(parts):
        for node, side in zip(part, _find_sides(signed, part), strict=True):
            sides[node] = (number, int(side))
    frustrated = sum(
        edge["criticism"] if sides[left] == sides[right] else edge["support"]
        for left, right, edge in signed.edges(data=True)
    )
    total = sum(edge["support"] + edge["criticism"] for _, _, edge in signed.edges(data=True))
    return Balance(ties, {node: sides[node] for node in sorted(sides)}, frustrated / total if total else 0.0)


def _find_sides(signed: nx.Graph, part: list[str]) -> Array:
    """0 or 1 for each node of the connected `part`, 0 for the larger side, or the first node's of two even ones."""
    places = {node: place for place, node in enumerate(part)}
    neighbours = [
        [(places[other], edge["support"] - edge["criticism"]) for other, edge in sorted(signed[node].items())]
        for node in part
    ]
    signs = _follow_ties(neighbours)
    if 1 < len(part) <= DENSE:
        matrix = np.zeros((len(part), len(part)))
        for place, others in enumerate(neighbours):
            for other, weight in others:
                matrix[place, other] = -weight
                matrix[place, place] += abs(weight)
        vector = np.linalg.eigh(matrix)[1][:, 0]
        signs = np.where(
            np.round(vector, 9) * (1 if vector[np.argmax(np.abs(vector) > 1e-9)] > 0 else -1) >= 0, 1.0, -1.0
        )
    gains = np.array(
        [
            -sum(weight * signs[place] * signs[other] for other, weight in others)
            for place, others in enumerate(neighbours)
        ]
    )
    while len(part) > 1 and gains.max() > 0:
        place = int(gains.argmax())
        signs[place] = -signs[place]
        gains[place] = -gains[place]
        for other, weight in neighbours[place]:
            gains[other] -= 2 * weight * signs[place] * signs[other]
    first = 1.0 if (signs > 0).sum() * 2 > len(part) else -1.0 if (signs > 0).sum() * 2 < len(part) else signs[0]
    return np.asarray(signs != first, dtype=int)


def _follow_ties(neighbours: list[list[tuple[int, int]]]) -> Array:
    """1 or -1 for each node of a connected part: the first has 1, the others what their tie to an earlier asks."""
    signs = np.zeros(len(neighbours))
    signs[0] = 1.0
    reached = [0]
    for place in reached:
        for other, weight in neighbours[place]:
            if not signs[other]:
                signs[other] = signs[place] * (1.0 if weight >= 0 else -1.0)
                reached.append(other)
    return signs
