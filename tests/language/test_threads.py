"""Who multiplies matrices, and with how many threads."""

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from dragoman.language import transitions
from dragoman.language.threads import in_one_thread
from dragoman.records import Document


def threads() -> set[int]:
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


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


def test_a_document_is_parsed_in_one_thread(reader, monkeypatch):
    seen = []
    look = transitions._look
    monkeypatch.setattr(transitions, "_look", lambda *given: (seen.append(threads()), look(*given))[1])
    reader.read(Document("a.txt", "Norway met with Chad.", "0" * 64))
    assert seen == [{1}]
    assert threads() == {2}
