"""Numbers of a network: equal to NetworkX, the same each time, and there for every kind of network."""

from __future__ import annotations

import csv

import networkx as nx
import numpy as np
import pytest

from dragoman.graph import MEASURES
from dragoman.measures import (
    measure,
    measure_betweenness,
    measure_closeness,
    measure_degree,
    measure_eigenvector,
    measure_hits,
    measure_pagerank,
    spectral,
    write_measures_csv,
)
from dragoman.networks import merge_edges, to_network
from small_record import CLAIMS, ENTITIES, ONTOLOGY


def directed(network: nx.Graph) -> nx.MultiDiGraph:
    return nx.MultiDiGraph(nx.relabel_nodes(network, {node: f"n{node:05}" for node in network}).edges())


TWO_PARTS = nx.disjoint_union(nx.karate_club_graph(), nx.star_graph(4))
NETWORKS = {
    "one edge": nx.path_graph(2),
    "star": nx.star_graph(30),
    "two sides": nx.complete_bipartite_graph(4, 7),
    "ring": nx.cycle_graph(40),
    "long path": nx.path_graph(300),
    "parts": nx.disjoint_union_all([nx.path_graph(k) for k in (2, 2, 3, 9)]),
    "club": TWO_PARTS,
    "random": nx.gnm_random_graph(120, 200, seed=1),
}


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_measures_exist_for_every_node_in_their_range(network):
    network = directed(network)
    found = measure(network)
    assert tuple(found) == MEASURES
    for name, values in found.items():
        assert list(values) == sorted(network)
        top = len(network) - 1 if name == "degree" else 1
        assert all(0 <= value <= top for value in values.values())
    assert sum(found["pagerank"].values()) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_measures_equal_those_of_networkx(network):
    assert measure_degree(network) == pytest.approx(dict(network.degree()))
    assert measure_betweenness(network) == pytest.approx(nx.betweenness_centrality(network), abs=1e-9)
    assert measure_closeness(network) == pytest.approx(nx.closeness_centrality(network), abs=1e-9)
    one_way = nx.MultiDiGraph(network.edges())
    assert measure_pagerank(one_way) == pytest.approx(
        nx.pagerank(nx.DiGraph(network.edges()), tol=1e-13, max_iter=2000), abs=1e-9
    )


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_each_value_of_the_eigenvector_is_the_sum_of_its_neighbours_over_the_eigenvalue(network):
    values = measure_eigenvector(network)
    for part in nx.connected_components(network):
        if len(part) > 1:
            sums = {node: sum(values[other] for other in network[node]) for node in part}
            eigenvalue = sum(sums.values()) / sum(values[node] for node in part)
            assert sums == pytest.approx({node: eigenvalue * values[node] for node in part}, abs=1e-8)
            assert sum(values[node] ** 2 for node in part) == pytest.approx(len(part) / len(network))


def test_eigenvector_of_a_connected_network_is_that_of_networkx():
    network = nx.karate_club_graph()
    expected = nx.eigenvector_centrality(network, tol=1e-12, max_iter=1000)
    assert measure_eigenvector(network) == pytest.approx(expected, abs=1e-8)


def test_eigenvectors_of_large_networks_are_those_of_small_ones(monkeypatch):
    network = nx.disjoint_union(nx.barabasi_albert_graph(590, 3, seed=4), nx.path_graph(20))
    small = measure_eigenvector(network)
    monkeypatch.setattr(spectral, "DENSE", 0)
    assert measure_eigenvector(network) == pytest.approx(small, abs=1e-8)


def test_eigenvectors_of_long_chains_are_found_though_their_eigenvalues_lie_close(monkeypatch):
    monkeypatch.setattr(spectral, "DENSE", 0)
    values = np.array(list(measure_eigenvector(nx.path_graph(1500)).values()))
    wanted = np.sin(np.pi * np.arange(1, 1501) / 1501)
    assert values == pytest.approx(wanted / np.linalg.norm(wanted), abs=1e-8)


def test_an_eigenvector_that_is_not_found_in_time_is_as_near_as_it_got(monkeypatch):
    monkeypatch.setattr(spectral, "DENSE", 0)
    monkeypatch.setattr(spectral, "ROUNDS", 1)
    values = np.array(list(measure_eigenvector(nx.path_graph(1500)).values()))
    assert np.linalg.norm(values) == pytest.approx(1)
    assert (values >= 0).all()
    assert values[750] > values[0]


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_eigenvectors_and_hits_found_step_by_step_are_those_of_the_full_matrix(network, monkeypatch):
    claims = directed(network)
    exact = measure_eigenvector(network), measure_hits(claims)
    monkeypatch.setattr(spectral, "DENSE", 0)
    found = measure_eigenvector(network), measure_hits(claims)
    assert found[0] == pytest.approx(exact[0], abs=1e-8)
    if len(set(exact[1][0].values())) > 2:  # of equal eigenvalues there is more than one vector
        assert found[1][0] == pytest.approx(exact[1][0], abs=1e-8)


def test_a_network_whose_edges_are_merged_already_measures_alike():
    network = nx.MultiDiGraph([("b", "a"), ("b", "a"), ("a", "c"), ("c", "d"), ("d", "d")])
    for one in (network, nx.MultiDiGraph(sorted(network.edges()))):
        assert measure(one, merged=merge_edges(one)) == measure(one)


def test_order_in_which_the_network_was_built_does_not_change_a_digit():
    edges = list(directed(nx.gnm_random_graph(700, 1500, seed=3)).edges())
    assert repr(measure(nx.MultiDiGraph(edges))) == repr(measure(nx.MultiDiGraph(edges[::-1])))


def test_an_empty_network_has_no_measures():
    assert measure(nx.MultiDiGraph()) == {name: {} for name in MEASURES}


def test_an_entity_joined_to_itself_alone_has_none_of_anything():
    found = measure(nx.MultiDiGraph([("a", "a")]))
    assert found == {
        "degree": {"a": 0.0},
        "betweenness": {"a": 0.0},
        "closeness": {"a": 0.0},
        "eigenvector": {"a": 0.0},
        "pagerank": {"a": 1.0},
    }


def test_symmetric_claims_lead_the_walk_both_ways():
    network = nx.MultiDiGraph()
    network.add_edge("a", "b", symmetric=True)
    assert measure_pagerank(network) == {"a": 0.5, "b": 0.5}
    network.add_edge("a", "b", symmetric=False)
    assert measure_pagerank(network) == {"a": 0.5, "b": 0.5}
    one_way = measure_pagerank(nx.MultiDiGraph([("a", "b")]))
    assert one_way["b"] > one_way["a"]


def test_csv_has_a_row_per_entity_the_most_joined_first(tmp_path):
    network = to_network(ENTITIES, CLAIMS, ONTOLOGY)
    write_measures_csv(tmp_path / "measures.csv", measure(network), network)
    with (tmp_path / "measures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["id", "label", "class", *MEASURES]
    assert [row["id"] for row in rows] == ["norland", "red-column", "sudmark", "vale", "truce-in-vale"]
    assert (rows[0]["label"], rows[0]["class"], rows[0]["degree"]) == ("Norland", "State", "2")


@pytest.mark.parametrize("label", ["=cmd()", "+1", "-2", "@sum", "\tx"])
def test_csv_labels_are_no_formulas(label, tmp_path):
    network = nx.Graph()
    network.add_node("a", label=label, cls="State")
    write_measures_csv(tmp_path / "measures.csv", {"degree": {"a": 0.0}}, network)
    assert f"'{label}" in (tmp_path / "measures.csv").read_text(encoding="utf-8")
