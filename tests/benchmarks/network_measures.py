"""How fast networks are measured, beside NetworkX in the same run: `python tests/benchmarks/network_measures.py`.

The networks are made, scale-free with three ties a node, and the same each time. Times are of one core's work
(`time.process_time`), so that what else the machine does counts little; set OMP_NUM_THREADS=1 to keep to one core.
`--large` adds a network of 100,000 nodes.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable
from typing import Any

import networkx as nx

from dragoman import measures
from dragoman.measures.sensitivity import DRAWN
from dragoman.networks import merge_edges

TIES = 3


def make_network(size: int) -> nx.MultiDiGraph:
    """A network of `size` actors whose claims have stances, dates and confidences."""
    chance = random.Random(1)
    network = nx.MultiDiGraph()
    for number, (left, right) in enumerate(nx.barabasi_albert_graph(size, TIES, seed=1).edges()):
        network.add_edge(
            f"n{left:06}",
            f"n{right:06}",
            key=f"c{number:07}",
            predicate="supports",
            stance=chance.choice([1, -1, 0]),
            symmetric=chance.random() < 0.2,
            confidence=chance.uniform(0.4, 1.0),
            time=str(chance.randint(2000, 2020)),
        )
    nx.set_node_attributes(network, "Actor", "top")
    return network


def timed(work: Callable[..., Any], *given: Any, **options: Any) -> float:
    """Seconds of one core's work."""
    begun = time.process_time()
    work(*given, **options)
    return time.process_time() - begun


def beside_networkx(size: int) -> None:
    """Each measure that NetworkX has, too, on a network that it can do in the time one waits."""
    network = make_network(size)
    merged, simple = merge_edges(network), nx.DiGraph(network)
    pairs: list[tuple[str, Callable[[], Any], Callable[[], Any]]] = [
        ("betweenness", lambda: measures.measure_betweenness(merged), lambda: nx.betweenness_centrality(merged)),
        ("closeness", lambda: measures.measure_closeness(merged), lambda: nx.closeness_centrality(merged)),
        ("harmonic", lambda: measures.measure_harmonic(merged), lambda: nx.harmonic_centrality(merged)),
        ("constraint", lambda: measures.measure_constraint(merged), lambda: nx.constraint(merged, weight="weight")),
        ("pagerank", lambda: measures.measure_pagerank(network), lambda: nx.pagerank(simple, tol=1e-13, max_iter=2000)),
        ("communities", lambda: measures.find_communities(merged), lambda: nx.community.louvain_communities(merged)),
    ]
    print(f"\n{size:,} nodes, {merged.number_of_edges():,} ties      ours    NetworkX   ratio")
    for name, ours, theirs in pairs:
        one, other = timed(ours), timed(theirs)
        print(f"{name:<26} {one:8.3f} s {other:8.3f} s {other / max(one, 1e-4):7.1f}")


def whole(size: int, draws: int) -> None:
    """All measures of a network, and its draws."""
    network = make_network(size)
    merged = merge_edges(network)
    print(f"\n{size:,} nodes, {merged.number_of_edges():,} ties")
    rows = [
        ("all measures", timed(measures.measure_all, network)),
        ("communities", timed(measures.find_communities, merged)),
        ("balance", timed(measures.measure_balance, network)),
        ("trends", timed(measures.find_trends, network)),
    ]
    print("".join(f"{name:<26} {seconds:8.2f} s\n" for name, seconds in [*rows, ("together", sum(s for _, s in rows))]))
    if draws:
        seconds = timed(measures.measure_sensitivity, network, measures=DRAWN, draws=draws)
        print(f"{f'{draws} draws, all intervals':<26} {seconds:8.2f} s")


def large(size: int) -> None:
    """Betweenness that can only be sampled."""
    merged = merge_edges(make_network(size))
    print(f"\n{size:,} nodes, {merged.number_of_edges():,} ties")
    print(f"{'sampled betweenness':<26} {timed(measures.sample_betweenness, merged):8.2f} s")
    print(f"{'estimated harmonic':<26} {timed(measures.measure_harmonic, merged, pivots=4096):8.2f} s")
    print(f"{'most memory':<26} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also 100,000 nodes")
    large_too = parser.parse_args().large
    beside_networkx(1000)
    whole(1000, draws=200)
    whole(10_000, draws=0)
    if large_too:
        large(100_000)
