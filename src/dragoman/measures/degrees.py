"""Measures of what each entity is joined to directly: how many others, by how many claims, which way, of which kind."""

from __future__ import annotations

import networkx as nx

__all__ = [
    "measure_core",
    "measure_degree",
    "measure_in_degree",
    "measure_out_degree",
    "measure_strength",
    "measure_strength_by_property",
]


def measure_degree(network: nx.Graph) -> dict[str, float]:
    """How many others each node is joined to: 0 to n - 1; high is central.

    Source: Freeman 1978, https://doi.org/10.1016/0378-8733(78)90021-7, not divided by n - 1.

    >>> measure_degree(nx.path_graph(["oic", "un", "au"]))
    {'oic': 1.0, 'un': 2.0, 'au': 1.0}
    """
    return {node: float(len(around) - (node in around)) for node, around in network.adjacency()}


def measure_in_degree(network: nx.MultiDiGraph) -> dict[str, float]:
    """How many claims have each node as their object, itself not their subject: 0 upwards; high is much spoken of.

    A claim whose edge is ``symmetric`` counts for both ends.

    Source: Wasserman and Faust 1994, https://doi.org/10.1017/CBO9780511815478, p. 126, parallel claims counted each.

    >>> measure_in_degree(nx.MultiDiGraph([("oic", "un"), ("au", "un")]))
    {'oic': 0.0, 'un': 2.0, 'au': 0.0}
    """
    return _count(network, of_subject=False, of_object=True)


def measure_out_degree(network: nx.MultiDiGraph) -> dict[str, float]:
    """How many claims have each node as their subject, itself not their object: 0 upwards; high acts much.

    A claim whose edge is ``symmetric`` counts for both ends. Source as of :func:`measure_in_degree`.

    >>> measure_out_degree(nx.MultiDiGraph([("oic", "un"), ("au", "un")]))
    {'oic': 1.0, 'un': 0.0, 'au': 1.0}
    """
    return _count(network, of_subject=True, of_object=False)


def measure_strength(network: nx.MultiDiGraph) -> dict[str, float]:
    """How many claims join each node to others: 0 upwards; high is central. The degree with ties weighted by claims.

    Source: Barrat et al. 2004, https://doi.org/10.1073/pnas.0400087101.

    >>> measure_strength(nx.MultiDiGraph([("oic", "un"), ("un", "oic"), ("un", "un")]))
    {'oic': 2.0, 'un': 2.0}
    """
    values = dict.fromkeys(network, 0.0)
    for subject, object_ in network.edges():
        if subject != object_:
            values[subject] += 1.0
            values[object_] += 1.0
    return values


def measure_strength_by_property(network: nx.MultiDiGraph) -> dict[str, dict[str, float]]:
    """For each property in use, by name: how many claims of it join each node to others; together, the strength.

    >>> network = nx.MultiDiGraph()
    >>> key = network.add_edge("oic", "un", predicate="supports")
    >>> measure_strength_by_property(network)
    {'supports': {'oic': 1.0, 'un': 1.0}}
    """
    values: dict[str, dict[str, float]] = {}
    for subject, object_, predicate in network.edges(data="predicate", default=""):
        if subject != object_:
            of_property = values.setdefault(predicate, dict.fromkeys(network, 0.0))
            of_property[subject] += 1.0
            of_property[object_] += 1.0
    return dict(sorted(values.items()))


def measure_core(network: nx.Graph) -> dict[str, float]:
    """The largest k such that a node is among some whose every member is joined to k of them: 0 to n - 1.

    High lies in the thick of the network, low at its fringe.

    Source: Seidman 1983, https://doi.org/10.1016/0378-8733(83)90028-X.

    >>> measure_core(nx.Graph([("oic", "un"), ("un", "au"), ("au", "oic"), ("au", "eu")]))
    {'oic': 2.0, 'un': 2.0, 'au': 2.0, 'eu': 1.0}
    """
    simple = nx.Graph()
    simple.add_nodes_from(network)
    simple.add_edges_from(ends for ends in network.edges() if ends[0] != ends[1])
    cores = nx.core_number(simple)
    return {node: float(cores[node]) for node in network}


def _count(network: nx.MultiDiGraph, *, of_subject: bool, of_object: bool) -> dict[str, float]:
    values = dict.fromkeys(network, 0.0)
    for subject, object_, symmetric in network.edges(data="symmetric", default=False):
        if subject != object_:
            values[subject] += float(of_subject or symmetric)
            values[object_] += float(of_object or symmetric)
    return values
