"""Who multiplies matrices, and with how many threads."""

import networkx as nx
import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from dragoman.language import embedding, labels, transitions
from dragoman.measures import spectral
from dragoman.threads import in_one_thread


def threads() -> set[int]:
    return {
        pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas" and "numpy" in pool["filepath"]
    }


@pytest.fixture(autouse=True)
def two_threads():
    """As on a machine of two cores, where NumPy's library has threads at all."""
    assert (np.eye(2) @ np.eye(2)).any()
    with threadpool_limits(2, user_api="blas"):
        if threads() != {2}:
            pytest.skip("NumPy multiplies matrices in one thread here, whatever it is told")
        yield


def test_matrices_are_multiplied_in_one_thread_for_a_while():
    with in_one_thread():
        assert threads() == {1}
    assert threads() == {2}


def test_texts_are_parsed_in_one_thread(reader, monkeypatch):
    seen = []

    def watch(module, name):
        work = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given: (seen.append((name, threads())), work(*given))[1])

    watch(embedding, "_mix_by")
    watch(labels._Labeller, "_score")
    watch(transitions, "_look")
    assert [len(doc) for doc in reader.nlp.pipe(["Norway met with Chad."])] == [5]
    assert {name for name, _ in seen} == {"_mix_by", "_score", "_look"}
    assert all(count == {1} for _, count in seen)
    assert threads() == {2}


@pytest.mark.parametrize("nodes", [3, spectral.DENSE + 1], ids=["exact", "iterated"])
def test_eigenvectors_are_found_in_one_thread(monkeypatch, nodes):
    seen, matrix = [], spectral.Matrix

    def watch(name):
        work = getattr(matrix, name)
        monkeypatch.setattr(matrix, name, lambda *given: (seen.append((name, threads())), work(*given))[1])

    watch("to_dense")
    watch("gather")
    assert len(spectral.measure_eigenvector(nx.path_graph(nodes))) == nodes
    assert dict(seen) == {"to_dense" if nodes <= spectral.DENSE else "gather": {1}}
    assert threads() == {2}
