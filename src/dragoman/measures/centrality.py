"""A network to numbers: which entities are joined to many, lie between others, are near to all, or know the central.

Each measure is pure, gives one number per node in node order, and gives the same number on every run: sums run in one
fixed order on one core, and results are rounded. :func:`measure` gives them all.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from dragoman.graph import MEASURES
from dragoman.network import merge_edges
from dragoman.serialization import replace_file

__all__ = [
    "measure",
    "measure_betweenness",
    "measure_closeness",
    "measure_degree",
    "measure_eigenvector",
    "measure_pagerank",
    "write_measures_csv",
]

LARGE = 500
"""Nodes above which shortest paths are counted by rustworkx: on 1,000 nodes 0.1 s for the 1.7 s of NetworkX."""
DENSE = 1000
"""Nodes of a component above which eigenvectors are found by iteration, for want of memory for the full matrix."""
ONE_CORE = 2**31
"""A threshold that no network reaches: rustworkx adds up in one order, as its threads would not."""
DAMPING = 0.85
"""Chance that the walk of PageRank goes on along an edge; the value of its authors."""


def measure(network: nx.MultiDiGraph) -> dict[str, dict[str, float]]:
    """All of ``MEASURES`` for `network`, each a number per node, nodes by id.

    PageRank goes along the claims; the other four take each pair of entities as joined once, whatever the direction
    and number of its claims. An empty network gives an empty dict for each.
    """
    ordered = nx.MultiDiGraph()
    ordered.add_nodes_from(sorted(network))
    ordered.add_edges_from(sorted(network.edges(keys=True, data=True), key=lambda edge: tuple(map(str, edge[:3]))))
    merged = merge_edges(ordered)
    ways: dict[str, Callable[[], dict[str, float]]] = {
        "degree": lambda: measure_degree(merged),
        "betweenness": lambda: measure_betweenness(merged),
        "closeness": lambda: measure_closeness(merged),
        "eigenvector": lambda: measure_eigenvector(merged),
        "pagerank": lambda: measure_pagerank(ordered),
    }
    return {name: ways[name]() for name in MEASURES}


def measure_degree(network: nx.Graph) -> dict[str, float]:
    """How many others each node is joined to: 0 to n - 1.

    Source: Freeman 1978, https://doi.org/10.1016/0378-8733(78)90021-7, not divided by n - 1.

    >>> measure_degree(nx.path_graph(["oic", "un", "au"]))
    {'oic': 1.0, 'un': 2.0, 'au': 1.0}
    """
    return {node: float(len(set(network[node]) - {node})) for node in network}


def measure_betweenness(network: nx.Graph) -> dict[str, float]:
    """Share of the shortest paths between two others that pass through each node, averaged over all pairs: 0 to 1.

    :param network: undirected, without parallel edges; ``weight`` is not used.
    :returns: all 0 where n < 3.

    Source: Freeman 1977, https://doi.org/10.2307/3033543, divided by (n - 1)(n - 2) / 2; computed as in Brandes 2001,
    https://doi.org/10.1080/0022250X.2001.9990249.

    >>> measure_betweenness(nx.path_graph(["oic", "un", "au"]))
    {'oic': 0.0, 'un': 1.0, 'au': 0.0}
    """
    if len(network) <= LARGE:
        return _rounded(nx.betweenness_centrality(network))
    import rustworkx as rx

    values = rx.betweenness_centrality(_to_rustworkx(network), normalized=True, parallel_threshold=ONE_CORE)
    return _rounded({node: values[index] for index, node in enumerate(network)})


def measure_closeness(network: nx.Graph) -> dict[str, float]:
    """How near each node is to those it can reach, less where it reaches few: 0 to 1.

    With r others within reach, at distances that add up to d: (r / d) · (r / (n - 1)); 0 where r is 0.

    :param network: undirected; ``weight`` is not used.

    Source: Wasserman and Faust 1994, https://doi.org/10.1017/CBO9780511815478, p. 201, formula for networks in parts.

    >>> measure_closeness(nx.path_graph(["oic", "un", "au"]))
    {'oic': 0.6666666667, 'un': 1.0, 'au': 0.6666666667}
    """
    if len(network) <= LARGE:
        return _rounded(nx.closeness_centrality(network))
    import rustworkx as rx

    values = rx.closeness_centrality(_to_rustworkx(network), wf_improved=True, parallel_threshold=ONE_CORE)
    return _rounded({node: values[index] for index, node in enumerate(network)})


def measure_eigenvector(network: nx.Graph) -> dict[str, float]:
    """How much each node is joined to nodes that are themselves so: 0 to 1.

    Within each connected part of k nodes, the eigenvector of the largest eigenvalue of the adjacency matrix, of length
    sqrt(k / n); in a connected network this is the usual measure, of length 1. A node without edges has 0. There is
    no case in which this fails to converge.

    :param network: undirected; ``weight`` is not used.
    :returns: numbers to ten decimals, as numerical libraries differ in the later ones.

    Source: Bonacich 1972, https://doi.org/10.1080/0022250X.1972.9989806.

    >>> measure_eigenvector(nx.path_graph(["oic", "un", "au"]))
    {'oic': 0.5, 'un': 0.7071067812, 'au': 0.5}
    """
    values = dict.fromkeys(network, 0.0)
    places = {node: place for place, node in enumerate(network)}
    for part in nx.connected_components(network):
        members = sorted(part, key=places.__getitem__)
        if len(members) > 1:
            scale = (len(members) / len(network)) ** 0.5
            for node, value in zip(members, _principal_eigenvector(network, members), strict=True):
                values[node] = round(abs(float(value)) * scale, 10)
    return values


def measure_pagerank(network: nx.MultiDiGraph) -> dict[str, float]:
    """Share of its time that a random walk along the claims, from subject to object, spends at each node: sums to 1.

    At each step the walk goes on with a chance of 0.85, else it starts anew anywhere; from a node without a way out it
    always starts anew. Parallel claims count each; a claim whose edge is ``symmetric`` leads both ways.

    Source: Page et al. 1999, http://ilpubs.stanford.edu:8090/422/.

    >>> measure_pagerank(nx.MultiDiGraph([("oic", "un"), ("un", "oic")]))
    {'oic': 0.5, 'un': 0.5}
    """
    directed = nx.DiGraph()
    directed.add_nodes_from(network)
    for subject, object_, symmetric in network.edges(data="symmetric", default=False):
        if subject == object_:
            continue
        for ends in [(subject, object_), (object_, subject)] if symmetric else [(subject, object_)]:
            weight = directed.edges[ends]["weight"] if directed.has_edge(*ends) else 0
            directed.add_edge(*ends, weight=weight + 1)
    if not directed:
        return {}
    return _rounded(nx.pagerank(directed, alpha=DAMPING, tol=1e-13, max_iter=2000))


def write_measures_csv(path: Path, measures: Mapping[str, Mapping[str, float]], network: nx.Graph) -> None:
    """A table of `measures` with a row per node, those of the highest degree first, for a spreadsheet.

    A label that a spreadsheet would take for a formula is written with an apostrophe before it.
    """
    columns = [name for name in MEASURES if name in measures]
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["id", "label", "class", *columns])
    for node in sorted(network, key=lambda node: (*(-measures[name].get(node, 0.0) for name in columns), node)):
        attributes = network.nodes[node]
        texts = (node, attributes.get("label", node), attributes.get("cls", ""))
        writer.writerow([*map(_harmless, texts), *(f"{measures[name].get(node, 0.0):.10g}" for name in columns)])
    replace_file(path, table.getvalue().encode("utf-8", "replace"))


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    """Ten significant digits, and at most twelve decimals: below that, two ways of computing may differ."""
    return {node: round(float(f"{value:.10g}"), 12) + 0.0 for node, value in values.items()}


def _to_rustworkx(network: nx.Graph) -> Any:
    import rustworkx as rx

    places = {node: place for place, node in enumerate(network)}
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(network)))
    graph.add_edges_from_no_data([(places[left], places[right]) for left, right in network.edges() if left != right])
    return graph


def _principal_eigenvector(network: nx.Graph, members: list[str]) -> Any:
    """Of the adjacency matrix of connected `members`: exact where they are few, else by iteration that always ends."""
    import numpy as np
    from scipy.sparse.linalg import ArpackNoConvergence, eigsh

    matrix = nx.to_scipy_sparse_array(network, nodelist=members, weight=None, dtype=float, format="csr")
    matrix.setdiag(0.0)
    if len(members) <= DENSE:
        return np.linalg.eigh(matrix.toarray())[1][:, -1]
    start = np.full(len(members), len(members) ** -0.5)
    try:
        return eigsh(matrix, k=1, which="LA", v0=start, tol=1e-12, maxiter=1000)[1][:, 0]  # type: ignore[no-untyped-call]
    except ArpackNoConvergence:
        for _ in range(10_000):  # the power method on matrix + 1, which does not swing in a network of two sides
            start = matrix @ start + start
            start /= np.linalg.norm(start)
        return start


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
