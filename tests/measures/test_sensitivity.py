"""How far measures move if claims are dropped by their confidence."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from dragoman.measures import measure_all, measure_sensitivity, sensitivity
from dragoman.measures.sensitivity import DRAWN


def trusted(network: nx.Graph, confidence: float) -> nx.MultiDiGraph:
    claims = nx.MultiDiGraph()
    claims.add_nodes_from(f"n{node:03}" for node in network)
    for number, (left, right) in enumerate(network.edges()):
        claims.add_edge(
            f"n{left:03}", f"n{right:03}", key=f"c{number:04}", confidence=confidence, symmetric=number % 3 == 0
        )
    return claims


SPARSE = trusted(nx.gnm_random_graph(80, 110, seed=1), 1.0)


@pytest.mark.parametrize("name", DRAWN)
def test_where_no_claim_is_in_doubt_every_draw_is_the_whole(name):
    found = measure_sensitivity(SPARSE, measures=[name], draws=3)
    values = measure_all(SPARSE)[name]
    precision = 1e-4 if name == "eigenvector" else 1e-6
    for draw in found.values[name]:
        assert dict(zip(found.nodes, draw.tolist(), strict=True)) == pytest.approx(values, abs=precision)


def test_draws_are_those_of_networks_drawn_one_by_one(monkeypatch):
    network = trusted(nx.gnm_random_graph(60, 90, seed=2), 0.7)
    found = measure_sensitivity(network, draws=6)
    keys = sorted(key for *_, key in network.edges(keys=True))
    kept = np.random.default_rng(0).random((6, len(keys))) < 0.7
    for draw in range(6):
        left = {key for key, stays in zip(keys, kept[draw], strict=True) if stays}
        part = nx.MultiDiGraph()
        part.add_nodes_from(network)
        part.add_edges_from(edge for edge in network.edges(keys=True, data=True) if edge[2] in left)
        for name in DRAWN:
            wanted = measure_all(part)[name]
            got = dict(zip(found.nodes, found.values[name][draw].tolist(), strict=True))
            assert got == pytest.approx(wanted, abs=1e-3 if name == "eigenvector" else 1e-6), name


def test_draws_in_small_batches_are_those_in_one(monkeypatch):
    network = trusted(nx.gnm_random_graph(40, 60, seed=3), 0.6)
    once = measure_sensitivity(network, draws=7)
    monkeypatch.setattr(sensitivity, "BATCH", 1)
    parted = measure_sensitivity(network, draws=7)
    for name in set(DRAWN) - {"eigenvector"}:
        assert np.allclose(once.values[name], parted.values[name], atol=1e-7), name


def test_large_draws_are_estimated_without_bias(monkeypatch):
    network = trusted(nx.gnm_random_graph(120, 400, seed=4), 1.0)
    for name, value in (("EXACT", 20), ("MOST", 60), ("STEPS", 700)):
        monkeypatch.setattr(sensitivity, name, value)
    found = measure_sensitivity(network, measures=["betweenness", "harmonic"], draws=200)
    whole = measure_all(network)
    for name in ("betweenness", "harmonic"):
        mean = dict(zip(found.nodes, found.values[name].mean(axis=0).tolist(), strict=True))
        assert mean == pytest.approx(whole[name], abs=0.1 * max(whole[name].values()))


def test_the_same_seed_draws_the_same():
    network = trusted(nx.star_graph(30), 0.5)
    one, same, other = (measure_sensitivity(network, measures=["degree"], seed=seed) for seed in (1, 1, 2))
    assert (one.values["degree"] == same.values["degree"]).all()
    assert (one.values["degree"] != other.values["degree"]).any()


def test_intervals_hold_what_chance_would_have():
    found = measure_sensitivity(trusted(nx.star_graph(100), 0.5), measures=["degree"], draws=1000)
    low, high = found.interval("degree", "n000")
    assert 38 <= low <= 43
    assert 57 <= high <= 62


def test_one_is_ahead_only_where_it_is_in_95_of_100_draws():
    network = nx.MultiDiGraph()
    for place in range(20):
        network.add_edge("sure", f"x{place}", key=f"a{place}", confidence=0.9)
    for place in range(8):
        network.add_edge("less", f"y{place}", key=f"b{place}", confidence=0.9)
    for place in range(7):
        network.add_edge("near", f"z{place}", key=f"c{place}", confidence=0.9)
    found = measure_sensitivity(network, measures=["degree"])
    assert found.is_ahead("degree", "sure", "less")
    assert found.places("degree", "sure") == (1, 1)
    assert not found.is_ahead("degree", "less", "near")
    assert found.places("degree", "less")[1] >= 3
    assert found.share_ahead("degree", "less", "near") + found.share_ahead("degree", "near", "less") <= 1


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="measure 'core' is not drawn; one of: degree, "):
        measure_sensitivity(SPARSE, measures=["core"])
    with pytest.raises(ValueError, match="0 draws tell nothing; give 1 or more"):
        measure_sensitivity(SPARSE, draws=0)


def test_an_empty_network_has_no_draws_to_show():
    found = measure_sensitivity(nx.MultiDiGraph(), draws=2)
    assert found.nodes == ()
    assert all(values.shape == (2, 0) for values in found.values.values())


@pytest.mark.parametrize("draws", [2, 3, 5])
def test_draws_that_do_not_fill_their_last_batch_are_all_there(monkeypatch, draws):
    monkeypatch.setattr(sensitivity, "BATCH", 2 * (80 + 2 * 110))
    found = measure_sensitivity(SPARSE, draws=draws)
    values = measure_all(SPARSE)
    for name in ("degree", "strength", "betweenness"):
        for node in ("n003", "n017"):
            assert found.interval(name, node) == pytest.approx((values[name][node],) * 2)
