"""All measures of a network at once, and their table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path

import networkx as nx

from dragoman.cells import harmless
from dragoman.graph import MEASURES
from dragoman.measures.brokerage import measure_brokerage, measure_constraint
from dragoman.measures.degrees import (
    measure_core,
    measure_degree,
    measure_in_degree,
    measure_out_degree,
    measure_strength,
)
from dragoman.measures.paths import (
    measure_by_paths,
    measure_closeness,
    measure_harmonic,
    sample_betweenness,
)
from dragoman.measures.spectral import measure_eigenvector, measure_hits, measure_pagerank
from dragoman.networks import merge_edges
from dragoman.serialization import replace_file

__all__ = [
    "ALL",
    "EXACT",
    "LABELS",
    "format_measures_csv",
    "format_number",
    "measure",
    "measure_all",
    "write_measures_csv",
]

LABELS = {
    "degree": "Degree",
    "inDegree": "In-degree",
    "outDegree": "Out-degree",
    "strength": "Strength",
    "betweenness": "Betweenness",
    "closeness": "Closeness",
    "harmonic": "Harmonic closeness",
    "eigenvector": "Eigenvector",
    "pagerank": "PageRank",
    "hub": "Hub",
    "authority": "Authority",
    "core": "Core number",
    "constraint": "Constraint",
    "brokerage": "Brokerage",
}
"""Headings of the measures that are one number per entity, by their local name in the ontology."""
ALL = tuple(LABELS)
EXACT = 1_000_000_000
"""Entities times ties above which betweenness and closeness are estimated: some half a minute on one core."""
PIVOTS = 4096
"""Entities, the distances to which closeness is then estimated from."""


def measure(network: nx.MultiDiGraph, *, merged: nx.Graph | None = None) -> dict[str, dict[str, float]]:
    """All of ``dragoman.graph.MEASURES`` for `network`, each a number per node, nodes by id.

    PageRank goes along the claims; the other four take each pair of entities as joined once, whatever the direction
    and number of its claims. In a network of more than EXACT entities times ties, betweenness and closeness are
    estimates. An empty network gives an empty dict for each.

    :param merged: what :func:`dragoman.networks.merge_edges` makes of `network`, where that is at hand.
    """
    return _measure(network, MEASURES, merged)


def measure_all(network: nx.MultiDiGraph) -> dict[str, dict[str, float]]:
    """ALL measures for `network`, each a number per node, nodes by id; ``brokerage`` is the sum of all roles."""
    return _measure(network, ALL)


def write_measures_csv(
    path: Path,
    measures: Mapping[str, Mapping[str, float]],
    network: nx.Graph,
    *,
    more: Mapping[str, Mapping[str, object]] | None = None,
) -> None:
    """Write :func:`format_measures_csv` to `path`."""
    replace_file(path, format_measures_csv(measures, network, more=more).encode("utf-8", "replace"))


def format_measures_csv(
    measures: Mapping[str, Mapping[str, float]],
    network: nx.Graph,
    *,
    more: Mapping[str, Mapping[str, object]] | None = None,
) -> str:
    """A table of `measures` with a row per node, those of the highest degree first, for a spreadsheet.

    A label that a spreadsheet would take for a formula is written with an apostrophe before it.

    :param more: further columns, by heading, each a value for some nodes.
    """
    extra = more or {}
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["id", "label", "class", *measures, *extra])
    described = network.nodes
    for *values, node in sorted((*(-column.get(node, 0.0) for column in measures.values()), node) for node in network):
        texts = (node, described[node].get("label", node), described[node].get("cls", ""))
        numbers = (format_number(-value) for value in values)
        writer.writerow([*map(harmless, texts), *numbers, *(_cell(column.get(node, "")) for column in extra.values())])
    return table.getvalue()


@lru_cache(maxsize=100_000)  # most values are those of many nodes
def format_number(value: float) -> str:
    """Ten significant digits."""
    return f"{value:.10g}"


def _cell(value: object) -> str:
    return format_number(value) if isinstance(value, float) else harmless(str(value))


def _measure(
    network: nx.MultiDiGraph, names: tuple[str, ...], merged: nx.Graph | None = None
) -> dict[str, dict[str, float]]:
    ordered = network if list(network) == sorted(network) else _sort_nodes(network)
    if merged is None or ordered is not network:
        merged = merge_edges(ordered)
    exact = len(merged) * merged.number_of_edges() <= EXACT
    pivots = None if exact else PIVOTS
    by_paths = cache(lambda: measure_by_paths(merged) if exact else _estimate_by_paths(merged))
    hits = cache(lambda: measure_hits(ordered))
    ways: dict[str, Callable[[], dict[str, float]]] = {
        "degree": lambda: measure_degree(merged),
        "inDegree": lambda: measure_in_degree(ordered),
        "outDegree": lambda: measure_out_degree(ordered),
        "strength": lambda: measure_strength(ordered),
        "betweenness": lambda: by_paths()[0],
        "closeness": lambda: by_paths()[1],
        "harmonic": lambda: measure_harmonic(merged, pivots=pivots),
        "eigenvector": lambda: measure_eigenvector(merged),
        "pagerank": lambda: measure_pagerank(ordered),
        "hub": lambda: hits()[0],
        "authority": lambda: hits()[1],
        "core": lambda: measure_core(merged),
        "constraint": lambda: measure_constraint(merged),
        "brokerage": lambda: measure_brokerage(ordered, dict.fromkeys(ordered, 0))["coordinator"],
    }
    return {name: ways[name]() for name in names}


def _sort_nodes(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    ordered = nx.MultiDiGraph()
    ordered.add_nodes_from(sorted(network))
    ordered.add_edges_from(network.edges(keys=True, data=True))
    return ordered


def _estimate_by_paths(merged: nx.Graph) -> tuple[dict[str, float], dict[str, float]]:
    return dict(sample_betweenness(merged).values), measure_closeness(merged, pivots=PIVOTS)
