"""Shortest paths: the same as NetworkX finds, whatever the shape of the network, and estimates with honest errors."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from dragoman.measures import (
    fronts,
    measure_betweenness,
    measure_closeness,
    measure_harmonic,
    paths,
    sample_betweenness,
)
from dragoman.measures.arrays import to_adjacency
from dragoman.measures.fronts import sum_all, sum_dependencies
from dragoman.measures.paths import find_distances, fold_trees, measure_by_paths

LOOPED = nx.Graph([("a", "a"), ("a", "b"), ("b", "c"), ("c", "c")])
NETWORKS = {
    "none": nx.empty_graph(0),
    "lone": nx.empty_graph(3),
    "pair": nx.path_graph(2),
    "pairs": nx.disjoint_union(nx.path_graph(2), nx.path_graph(2)),
    "path": nx.path_graph(70),
    "star": nx.star_graph(9),
    "tree": nx.balanced_tree(3, 4),
    "random tree": nx.random_labeled_tree(200, seed=5),
    "ring with tails": nx.compose(nx.cycle_graph(6), nx.path_graph([0, 10, 11, 12])),
    "loops": LOOPED,
    "club": nx.karate_club_graph(),
    "sparse": nx.gnm_random_graph(300, 320, seed=2),
    "dense": nx.gnm_random_graph(150, 2000, seed=3),
    "scale free": nx.barabasi_albert_graph(400, 2, seed=4),
    "alike, with tails": nx.compose(nx.complete_bipartite_graph(4, 3), nx.path_graph([0, 10, 11, 12])),
    "parts": nx.disjoint_union_all([nx.star_graph(4), nx.cycle_graph(5), nx.empty_graph(2), nx.lollipop_graph(5, 4)]),
}


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_measures_of_paths_equal_those_of_networkx(network):
    simple = nx.Graph(network)
    simple.remove_edges_from(list(nx.selfloop_edges(simple)))
    others = max(len(simple) - 1, 1)
    assert measure_betweenness(network) == pytest.approx(nx.betweenness_centrality(simple), abs=1e-9)
    assert measure_closeness(network) == pytest.approx(nx.closeness_centrality(simple), abs=1e-9)
    harmonic = {node: value / others for node, value in nx.harmonic_centrality(simple).items()}
    assert measure_harmonic(network) == pytest.approx(harmonic, abs=1e-9)


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_one_search_gives_closeness_to_the_digit_in_which_it_is_found_alone(network):
    assert measure_by_paths(network) == (measure_betweenness(network), measure_closeness(network))


@pytest.mark.parametrize("weigh", [lambda node: 1, lambda node: 1 + node % 3], ids=["alike", "unlike"])
def test_nodes_with_the_same_neighbours_are_searched_from_once_and_count_as_often_as_they_are(weigh, monkeypatch):
    network = nx.disjoint_union(nx.complete_bipartite_graph(30, 4), nx.gnm_random_graph(40, 90, seed=9))
    adjacency = to_adjacency(network)
    weights = np.array([weigh(node) for node in network], dtype=float)
    searched = []
    search = fronts._Field.search

    def note(self, sources):
        searched.extend(sources.tolist())
        return search(self, sources)

    monkeypatch.setattr(fronts._Field, "search", note)
    total, distances = sum_all(adjacency, weights)
    assert len(searched) <= len(network) - 29 - 3
    assert total == pytest.approx(sum_dependencies(adjacency, weights, np.arange(len(network)))[0], rel=1e-12)
    lengths = dict(nx.all_pairs_shortest_path_length(network))
    assert distances.tolist() == [sum(far * weights[at] for at, far in lengths[node].items()) for node in network]


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_a_folded_network_has_no_leaves_and_stands_for_all_nodes(network):
    folded = fold_trees(to_adjacency(network))
    assert not len(folded.kept) or np.diff(folded.adjacency.starts).min() > 1
    joined = [part for part in nx.connected_components(network) if not set(part).isdisjoint(folded.kept.tolist())]
    if not set(network) - set(range(len(network))):
        assert folded.weights.sum() == sum(map(len, joined))


def test_distances_are_searched_in_parts_as_at_once(monkeypatch):
    adjacency = to_adjacency(nx.gnm_random_graph(300, 500, seed=1))
    once = find_distances(adjacency)
    monkeypatch.setattr(paths, "WORDS", 1)
    for one, other in zip(once, find_distances(adjacency), strict=True):
        assert np.allclose(one, other, rtol=1e-12)


def test_a_sample_of_all_is_exact_and_has_no_error():
    network = nx.karate_club_graph()
    found = sample_betweenness(network, pivots=100)
    assert found.values == pytest.approx(measure_betweenness(network))
    assert set(found.errors.values()) == {0.0}


def test_a_sample_errs_by_as_much_as_it_says():
    network = nx.gnm_random_graph(400, 1600, seed=6)
    exact = np.array(list(measure_betweenness(network).values()))
    samples = [sample_betweenness(network, pivots=80, seed=seed) for seed in range(40)]
    errors = np.array([list(found.errors.values()) for found in samples])
    misses = np.array([list(found.values.values()) for found in samples]) - exact
    assert (misses**2).mean() == pytest.approx((errors**2).mean(), rel=0.1)
    assert misses.mean() == pytest.approx(0, abs=0.03 * exact.mean())


def test_a_sample_hangs_on_its_seed_alone():
    network = nx.gnm_random_graph(200, 800, seed=1)
    one, same, other = (sample_betweenness(network, pivots=20, seed=seed) for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_closeness_can_be_estimated():
    network = nx.gnm_random_graph(500, 2500, seed=8)
    for way in (measure_closeness, measure_harmonic):
        exact, estimate = way(network), way(network, pivots=250)
        assert estimate == pytest.approx(exact, rel=0.1)
        assert way(network, pivots=500) == exact
