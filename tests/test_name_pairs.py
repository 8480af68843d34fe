"""Names that are one and names that are not: how well they are told apart."""

from __future__ import annotations

from collections import Counter

from name_pairs import measure, read_pairs

PAIRS = read_pairs()


def test_pairs_are_many_and_hard_both_ways():
    verdicts = Counter(pair.verdict for pair in PAIRS)
    assert set(verdicts) == {"same", "different"}
    assert len(set(PAIRS)) == len(PAIRS) >= 400
    assert min(verdicts.values()) > 150


def test_names_are_joined_with_precision_and_recall():
    score = measure(PAIRS)
    told = "\n".join(map(str, score.wrong))
    assert score.precision >= 0.99, told
    assert score.recall >= 0.92, told
