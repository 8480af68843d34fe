"""Degrees, walks, cores, constraint and brokerage: equal to NetworkX, or to what counting by hand gives."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pytest

from dragoman.measures import (
    ROLES,
    measure_brokerage,
    measure_constraint,
    measure_core,
    measure_hits,
    measure_in_degree,
    measure_out_degree,
    measure_pagerank,
    measure_strength,
    measure_strength_by_property,
)

CLUB = nx.karate_club_graph()
RANDOM = nx.gnp_random_graph(60, 0.08, seed=4, directed=True)


def claims(*rows: tuple[str, str, str, bool]) -> nx.MultiDiGraph:
    """A network of rows of subject, property, object, and whether it is symmetric."""
    network = nx.MultiDiGraph()
    for number, (subject, predicate, object_, symmetric) in enumerate(rows):
        network.add_edge(subject, object_, key=f"c{number}", predicate=predicate, symmetric=symmetric)
    return network


NORTH = claims(
    ("norland", "supports", "sudmark", False),
    ("norland", "criticizes", "sudmark", False),
    ("vale", "cooperatesWith", "norland", True),
    ("vale", "supports", "vale", False),
)


def test_degrees_count_claims_by_direction():
    assert measure_in_degree(NORTH) == {"norland": 1.0, "sudmark": 2.0, "vale": 1.0}
    assert measure_out_degree(NORTH) == {"norland": 3.0, "sudmark": 0.0, "vale": 1.0}
    assert measure_strength(NORTH) == {"norland": 3.0, "sudmark": 2.0, "vale": 1.0}


def test_strength_is_the_sum_of_its_properties():
    found = measure_strength_by_property(NORTH)
    assert list(found) == ["cooperatesWith", "criticizes", "supports"]
    assert found["supports"] == {"norland": 1.0, "sudmark": 1.0, "vale": 0.0}
    assert {node: sum(values[node] for values in found.values()) for node in NORTH} == measure_strength(NORTH)


def test_core_numbers_are_those_of_networkx_without_loops():
    looped = nx.Graph([*CLUB.edges(), (0, 0)])
    assert measure_core(looped) == nx.core_number(CLUB)


@pytest.mark.parametrize("weighted", [True, False])
def test_constraint_is_that_of_networkx(weighted):
    network = nx.Graph(CLUB) if weighted else nx.Graph(CLUB.edges())
    assert measure_constraint(network) == pytest.approx(nx.constraint(network, weight="weight"), abs=1e-9)


def test_constraint_of_a_node_without_ties_is_that_of_no_room():
    assert measure_constraint(nx.empty_graph(["a"])) == {"a": 1.0}


def test_hits_are_those_of_networkx_and_sum_to_one():
    hub, authority = measure_hits(nx.MultiDiGraph(RANDOM))
    wanted_hub, wanted_authority = nx.hits(RANDOM, max_iter=10_000, tol=1e-14)
    assert hub == pytest.approx(wanted_hub, abs=1e-9)
    assert authority == pytest.approx(wanted_authority, abs=1e-9)
    assert sum(hub.values()) == pytest.approx(1) == sum(authority.values())


def test_hits_and_pagerank_of_nothing():
    assert measure_hits(nx.MultiDiGraph()) == ({}, {})
    assert measure_hits(nx.MultiDiGraph([("a", "a")])) == ({"a": 0.0}, {"a": 0.0})
    assert measure_pagerank(nx.MultiDiGraph()) == {}


def test_pagerank_counts_parallel_claims():
    network = nx.MultiDiGraph(RANDOM)
    network.add_edges_from(list(RANDOM.edges())[:40])
    weighted = nx.DiGraph()
    weighted.add_nodes_from(RANDOM)
    for (subject, object_), count in Counter((subject, object_) for subject, object_ in network.edges()).items():
        weighted.add_edge(subject, object_, weight=count)
    wanted = nx.pagerank(weighted, tol=1e-14, max_iter=2000)
    assert measure_pagerank(network) == pytest.approx(wanted, abs=1e-9)


def roles_by_counting(network: nx.DiGraph, groups: dict[int, int]) -> dict[str, dict[int, float]]:
    found = {role: dict.fromkeys(network, 0.0) for role in ROLES}
    for broker in network:
        for before in network.predecessors(broker):
            for after in network.successors(broker):
                if before == after or network.has_edge(before, after):
                    continue
                one, own, other = groups[before], groups[broker], groups[after]
                if one == own == other:
                    role = "coordinator"
                elif one == own:
                    role = "representative"
                elif own == other:
                    role = "gatekeeper"
                elif one == other:
                    role = "consultant"
                else:
                    role = "liaison"
                found[role][broker] += 1
    return found


@pytest.mark.parametrize("number", [1, 2, 3, 7])
def test_brokerage_is_what_counting_by_hand_gives(number):
    groups = {node: node * node % number for node in RANDOM}
    assert measure_brokerage(nx.MultiDiGraph(RANDOM), groups) == roles_by_counting(RANDOM, groups)


def test_brokerage_goes_both_ways_along_a_symmetric_claim():
    network = claims(("a", "engagesWith", "b", True), ("b", "engagesWith", "c", True))
    found = measure_brokerage(network, {"a": 1, "b": 1, "c": 2})
    assert (found["representative"]["b"], found["gatekeeper"]["b"]) == (1.0, 1.0)
