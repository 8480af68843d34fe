"""Measures over time, and who rises and falls."""

from __future__ import annotations

import networkx as nx
import pytest

from dragoman.measures import find_trends, measure_periods
from dragoman.measures.periods import split_periods
from dragoman.measures.table import ALL


def dated(*rows: tuple[str, str, str], confidence: float = 1.0) -> nx.MultiDiGraph:
    network = nx.MultiDiGraph()
    for number, (subject, object_, time) in enumerate(rows):
        network.add_edge(subject, object_, key=f"c{number:03}", time=time, confidence=confidence)
    return network


ROWS = [("a", "b", "2020"), ("a", "c", "2020-05"), ("b", "c", "2021-01-30"), ("c", "d", "2022"), ("a", "d", "")]


def test_periods_take_claims_as_precise_as_themselves():
    network = dated(*ROWS)
    years = split_periods(network)
    assert {year: len(part.edges()) for year, part in years.items()} == {"2020": 2, "2021": 1, "2022": 1}
    assert list(split_periods(network, per="month")) == ["2020-05", "2021-01"]
    assert {decade: len(part.edges()) for decade, part in split_periods(network, per="decade").items()} == {"2020s": 4}


def test_every_measure_is_there_for_every_period():
    found = measure_periods(dated(*ROWS))
    assert list(found) == ["2020", "2021", "2022"]
    assert all(tuple(measures) == ALL for measures in found.values())
    assert found["2020"]["degree"] == {"a": 2.0, "b": 1.0, "c": 1.0}


def test_another_period_is_refused():
    with pytest.raises(ValueError, match="no period 'week'; one of: decade, year, month"):
        split_periods(dated(*ROWS), per="week")


def test_who_is_named_more_later_rises():
    rows = [("old", "x", "2020")] * 12 + [("new", "x", "2021")] * 12
    periods, trends = find_trends(dated(*rows))
    assert periods == ("2020", "2021")
    assert [trend.node for trend in trends] == ["new", "x", "old"]
    new, steady, old = trends
    assert (new.before, new.after, new.change, new.shares) == (0.0, 1.0, 1.0, (0.0, 1.0))
    assert (steady.change, steady.is_sure) == (0.0, False)
    assert new.is_sure
    assert old.is_sure


def test_what_rests_on_doubtful_claims_is_not_sure():
    rows = [("a", "b", "2020")] * 12 + [("a", "b", "2021")] * 12 + [("new", "b", "2021")]
    trends = {trend.node: trend for trend in find_trends(dated(*rows, confidence=0.5))[1]}
    assert trends["new"].change > 0
    assert not trends["new"].is_sure


def test_of_few_claims_nothing_rises():
    assert find_trends(dated(*[("a", "b", "2020")] * 9, *[("a", "b", "2021")] * 50)) == (("2020", "2021"), ())


def test_within_one_period_nothing_rises():
    assert find_trends(dated(("a", "b", "2020"))) == (("2020",), ())
    assert find_trends(nx.MultiDiGraph()) == ((), ())
