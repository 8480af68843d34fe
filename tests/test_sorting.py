"""More than is held at once, sorted."""

from __future__ import annotations

import random

import pytest

from dragoman.sorting import sort_on_disk


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 95, 100])
def test_items_come_sorted_whatever_their_number(tmp_path, count):
    items = [(random.Random(number).randint(0, 50), b"line %d" % number) for number in range(count)]
    assert list(sort_on_disk(iter(items), beside=tmp_path / "out", run=10)) == sorted(items)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("count", [9, 10, 95])
def test_items_that_are_sorted_by_the_same_come_in_their_order(tmp_path, count):
    items = [(random.Random(number).randint(0, 5), -number) for number in range(count)]
    found = sort_on_disk(items, beside=tmp_path / "out", key=lambda item: item[0], run=10)
    assert list(found) == sorted(items, key=lambda item: item[0])


def test_few_items_need_no_file(tmp_path):
    assert list(sort_on_disk("cab", beside=tmp_path / "absent" / "out")) == ["a", "b", "c"]


def test_runs_are_cleared_away_when_they_are_no_longer_asked_for(tmp_path):
    found = sort_on_disk(range(100, 0, -1), beside=tmp_path / "out", run=10)
    assert next(found) == 1
    assert len(list(tmp_path.iterdir())) == 1
    found.close()
    assert list(tmp_path.iterdir()) == []
