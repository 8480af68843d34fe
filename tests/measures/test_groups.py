"""Communities and sides."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest

from dragoman.measures import communities, find_communities, measure_balance


def cliques() -> nx.Graph:
    network = nx.disjoint_union(nx.complete_graph(6), nx.complete_graph(5))
    network.add_edge(0, 6)
    network = nx.relabel_nodes(network, {node: f"n{node:02}" for node in network})
    nx.set_node_attributes(network, {node: node.upper() for node in network}, "label")
    return network


def stances(*rows: tuple[str, str, int]) -> nx.MultiDiGraph:
    network = nx.MultiDiGraph()
    for number, (subject, object_, stance) in enumerate(rows):
        network.add_edge(subject, object_, key=f"c{number}", stance=stance)
    return network


def test_two_cliques_are_two_communities_named_by_their_members():
    first, second = find_communities(cliques())
    assert set(first.members) == {f"n{place:02}" for place in range(6)}
    assert (first.within, first.across, second.within, second.across) == (15.0, 1.0, 10.0, 1.0)
    assert first.name == "N00, N01, N02"
    assert second.name == "N06, N07, N08"


def test_communities_of_a_known_club_reach_its_highest_modularity():
    club = nx.Graph(nx.karate_club_graph().edges())
    club = nx.relabel_nodes(club, {node: f"n{node:02}" for node in club})
    found = find_communities(club)
    assert nx.community.modularity(club, [set(group.members) for group in found]) == pytest.approx(0.4198, abs=1e-4)


def test_communities_do_not_hang_on_the_order_of_the_network():
    network = nx.gnm_random_graph(120, 300, seed=1)
    network = nx.relabel_nodes(network, {node: f"n{node:03}" for node in network})
    turned = nx.Graph()
    turned.add_nodes_from(list(network)[::-1])
    turned.add_edges_from([(right, left) for left, right in list(network.edges())[::-1]])
    assert find_communities(network) == find_communities(turned)


def test_communities_of_a_large_network_are_as_good_when_leaves_are_taken_together(monkeypatch):
    core = nx.planted_partition_graph(6, 30, 0.3, 0.01, seed=1)
    leaves = [(node * 7 % 180, 1000 + node) for node in range(600)]
    network = nx.relabel_nodes(
        nx.Graph([*core.edges(), *leaves, (5000, 5001)]), {node: f"n{node:04}" for node in range(6000)}
    )
    whole = find_communities(network)
    monkeypatch.setattr(communities, "MANY", 100)
    found = find_communities(network)
    of = {member: number for number, group in enumerate(found) for member in group.members}
    assert all(of[f"n{host:04}"] == of[f"n{leaf:04}"] for host, leaf in leaves)
    assert modularity(network, found) > modularity(network, whole) - 0.001


def test_leaves_of_a_large_network_part_where_the_resolution_parts_them(monkeypatch):
    monkeypatch.setattr(communities, "MANY", 100)
    star = nx.relabel_nodes(nx.star_graph(200), str)
    assert len(find_communities(star)) == 1
    assert len(find_communities(star, resolution=3.0)) == 201


def modularity(network, found):
    return nx.community.modularity(network, [set(group.members) for group in found])


def test_a_higher_resolution_gives_smaller_communities():
    network = nx.relabel_nodes(nx.gnm_random_graph(100, 300, seed=2), str)
    assert len(find_communities(network, resolution=4.0)) > len(find_communities(network, resolution=0.5))


@pytest.mark.parametrize("network", [nx.Graph(), nx.empty_graph(["a", "b"]), nx.Graph([("a", "a")])])
def test_without_ties_there_are_no_communities(network):
    assert find_communities(network) == ()


def test_balance_counts_support_and_criticism_each_way():
    network = stances(("a", "b", 1), ("a", "b", 1), ("a", "b", -1), ("b", "a", -1), ("a", "c", 0), ("a", "a", 1))
    found = measure_balance(network)
    ab, ba = found.ties
    assert (ab.subject, ab.object, ab.support, ab.criticism, ab.claims) == ("a", "b", 2, 1, ("c0", "c1", "c2"))
    assert (ba.support, ba.criticism, ba.net) == (0, 1, -1.0)
    assert ab.net == pytest.approx(1 / 3)


def test_balance_takes_actors_alone():
    network = stances(("a", "plan", 1), ("a", "b", 1))
    nx.set_node_attributes(network, {"a": "Actor", "b": "Post", "plan": "Instrument"}, "top")
    assert [(tie.subject, tie.object) for tie in measure_balance(network).ties] == [("a", "b")]


def test_a_symmetric_claim_is_a_tie_each_way_and_one_claim():
    network = nx.MultiDiGraph()
    network.add_edge("a", "b", key="c", stance=1, symmetric=True)
    network.add_edge("b", "c", key="d", stance=-1)
    network.add_edge("a", "c", key="e", stance=1)
    found = measure_balance(network)
    assert len(found.ties) == 4
    assert found.frustration == pytest.approx(1 / 3)


def test_two_camps_in_perfect_balance_are_found_whole():
    left, right = [f"l{place}" for place in range(7)], [f"r{place}" for place in range(5)]
    rows = [(one, other, 1) for side in (left, right) for one, other in pairwise(side)]
    rows += [(one, other, -1) for one in left[::2] for other in right[::2]]
    found = measure_balance(stances(*rows))
    assert found.frustration == 0
    assert {node for node, side in found.sides.items() if side == (0, 0)} == set(left)
    assert {node for node, side in found.sides.items() if side == (0, 1)} == set(right)


def test_sides_leave_no_claim_that_one_more_change_would_explain():
    network = nx.gnp_random_graph(30, 0.2, seed=3, directed=True)
    network = stances(*((f"n{one}", f"n{other}", 1 if (one * other) % 3 else -1) for one, other in network.edges()))
    found = measure_balance(network)
    for node in found.sides:
        gain = 0
        for subject, object_, stance in network.edges(data="stance"):
            if node in (subject, object_):
                same = found.sides[subject] == found.sides[object_]
                gain -= stance if same else -stance
        assert gain <= 0


def test_large_parts_get_sides_too(monkeypatch):
    from dragoman.measures import balance

    rows = [(f"a{place:02}", f"a{place + 1:02}", 1 if place % 4 else -1) for place in range(40)]
    small = measure_balance(stances(*rows))
    monkeypatch.setattr(balance, "DENSE", 5)
    assert measure_balance(stances(*rows)).frustration == small.frustration == 0


def test_no_stances_no_sides():
    found = measure_balance(nx.MultiDiGraph([("a", "b")]))
    assert (found.ties, found.sides, found.frustration) == ((), {}, 0.0)
