"""While many records are made, garbage is left be, and afterwards they are not gone through at once."""

from __future__ import annotations

import gc
import weakref

import pytest

from dragoman.uncollected import collected_after, uncollected


@pytest.fixture(autouse=True)
def collector():
    was_on = gc.isenabled()
    gc.enable()
    yield
    gc.unfreeze()
    (gc.enable if was_on else gc.disable)()


def searches() -> list[int]:
    return [generation["collections"] for generation in gc.get_stats()]


def test_nothing_is_searched_while_records_are_made_nor_are_they_young_afterwards():
    before = searches()
    with uncollected():
        records = [[number] for number in range(100_000)]
        assert searches() == before
    assert gc.isenabled()
    young = {id(thing) for generation in (0, 1) for thing in gc.get_objects(generation)}
    assert young.isdisjoint(map(id, records))


def test_search_that_a_library_turns_on_again_waits_until_the_end():
    thresholds, before = gc.get_threshold(), searches()
    with uncollected():
        gc.enable()
        _records = [[number] for number in range(100_000)]
        assert searches() == before
    assert gc.isenabled()
    assert gc.get_threshold() == thresholds


def test_search_that_was_off_stays_off():
    gc.disable()
    with uncollected():
        assert not gc.isenabled()
    assert not gc.isenabled()


def test_search_is_on_again_after_an_error():
    with pytest.raises(KeyError), uncollected():
        raise KeyError
    assert gc.isenabled()


def test_what_others_froze_stays_frozen():
    gc.freeze()
    count = gc.get_freeze_count()
    with uncollected():
        pass
    assert gc.get_freeze_count() > count / 2 > 0  # but for what has gone meanwhile


def test_cycles_that_were_made_are_found_later():
    class Node:
        pass

    gc.collect()
    with uncollected():
        one = Node()
        one.itself = one
        del one
    assert gc.collect() > 0


def test_cycles_that_were_made_are_found_at_once_where_that_is_asked():
    class Node:
        pass

    kept = []
    gc.collect()
    with collected_after():
        one = Node()
        one.itself = one
        kept.append(weakref.ref(one))
        del one
    assert gc.isenabled()
    assert kept[0]() is None


def test_search_after_is_left_out_where_it_was_off():
    gc.disable()
    before = searches()
    with collected_after():
        pass
    assert not gc.isenabled()
    assert searches() == before
