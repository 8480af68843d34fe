"""A network over time: its measures in each decade, year or month, and who rises and who falls."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np

from dragoman.measures.arrays import Array
from dragoman.measures.table import measure_all

__all__ = [
    "PERIODS",
    "Trend",
    "find_half",
    "find_trends",
    "list_periods",
    "measure_periods",
    "split_periods",
    "to_period",
]

PERIODS = {"decade": len("202"), "year": len("2024"), "month": len("2024-03")}
"""Characters of a date that name its period, the longest period first."""
MOST = 100
"""Entities whose trend is sought; those with fewer dated claims have none to speak of."""
FEWEST = 10
"""Dated claims that each half needs; of fewer, a share tells nothing."""


@dataclass(frozen=True, slots=True)
class Trend:
    """An entity's share of the claims of each period, and of all those before and from the period that halves them.

    95 % of the draws have a change from `before` to `after` of `low` to `high`.
    """

    node: str
    shares: tuple[float, ...]
    before: float
    after: float
    low: float
    high: float

    @property
    def change(self) -> float:
        """How much more of the later claims name the entity, -1 to 1."""
        return self.after - self.before

    @property
    def is_sure(self) -> bool:
        """Whether the change has the same sign at both ends of its interval."""
        return self.low > 0 or self.high < 0


def to_period(time: str, *, per: str = "year") -> str:
    """The name of the period that a date lies in; none where there is no date, or a coarser one.

    :param per: one of PERIODS.
    :raises ValueError: for another.

    >>> to_period("1974-06-30", per="decade"), to_period("1974", per="month")
    ('1970s', '')
    """
    if per not in PERIODS:
        raise ValueError(f"no period {per!r}; one of: {', '.join(PERIODS)}")
    length = PERIODS[per]
    if len(time) < length:
        return ""
    return f"{time[:length]}0s" if per == "decade" else time[:length]


def list_periods(first: str, last: str, *, per: str = "year") -> tuple[str, ...]:
    """The names of all periods from one to another, which is not before it.

    >>> list_periods("1970s", "1990s", per="decade")
    ('1970s', '1980s', '1990s')
    >>> list_periods("2023-11", "2024-01", per="month")
    ('2023-11', '2023-12', '2024-01')
    """
    years = [f"{year:04}" for year in range(int(first[:4]), int(last[:4]) + 1)]
    days = [f"{year}-{month:02}" for year in years for month in range(1, 13)] if per == "month" else years
    names = tuple(dict.fromkeys(to_period(day, per=per) for day in days))
    return names[names.index(first) : names.index(last) + 1]


def split_periods(network: nx.MultiDiGraph, *, per: str = "year") -> dict[str, nx.MultiDiGraph]:
    """The claims of each period that has any, by their ``time``; those without one, or a coarser one, are in none.

    :param per: one of PERIODS.
    :raises ValueError: for another.
    """
    ends: dict[str, list[tuple[str, str, str]]] = {}
    for subject, object_, key, time in network.edges(keys=True, data="time", default=""):
        if period := to_period(time, per=per):
            ends.setdefault(period, []).append((subject, object_, key))
    return {period: nx.MultiDiGraph(network.edge_subgraph(ends[period])) for period in sorted(ends)}


def measure_periods(network: nx.MultiDiGraph, *, per: str = "year") -> dict[str, dict[str, dict[str, float]]]:
    """All measures of the network of each period that has claims, periods in order; see :func:`split_periods`."""
    return {period: measure_all(part) for period, part in split_periods(network, per=per).items()}


def find_trends(
    network: nx.MultiDiGraph, *, per: str = "year", draws: int = 200, seed: int = 0
) -> tuple[tuple[str, ...], tuple[Trend, ...]]:
    """The periods that have claims, and the trends of the MOST entities that have the most dated claims.

    The share of an entity is that of the claims which it is an end of. The later claims are those from the period on
    that parts the dated claims most evenly; so one early date cannot tip the scale, as it would tip a line through
    all. The interval of the change holds 95 % of those that are found when each claim is kept with a chance of its
    ``confidence``. There are no trends within one period, nor where a half has fewer than FEWEST claims.

    :returns: trends by their change, the steepest rise first, the steepest fall last.
    """
    parts = split_periods(network, per=per)
    periods = tuple(parts)
    if len(periods) < 2:
        return periods, ()
    rows = [
        (subject, object_, edge.get("confidence", 1.0), at)
        for at, period in enumerate(periods)
        for subject, object_, _, edge in sorted(parts[period].edges(keys=True, data=True), key=lambda row: row[2])
    ]
    ends: dict[str, list[int]] = {}
    for number, (subject, object_, _, _) in enumerate(rows):
        for end in {subject, object_}:
            ends.setdefault(end, []).append(number)
    nodes = sorted(ends, key=lambda node: (-len(ends[node]), node))[:MOST]
    places = np.array([row[3] for row in rows])
    counts = np.bincount(places)
    later = places >= find_half(counts)
    if min(later.sum(), (~later).sum()) < FEWEST:
        return periods, ()
    kept = np.random.default_rng(seed).random((draws, len(rows))) < np.array([row[2] for row in rows])
    kept = np.vstack([np.ones(len(rows), dtype=bool), kept])
    trends = []
    for node in nodes:
        own = np.zeros(len(rows), dtype=bool)
        own[ends[node]] = True
        before, after = (_share(kept, own, half) for half in (~later, later))
        low, high = np.percentile((after - before)[1:], [2.5, 97.5]) if draws else (after - before)[[0, 0]]
        shares = np.bincount(places, own) / counts
        numbers = [round(float(value), 6) + 0.0 for value in (before[0], after[0], low, high)]
        trends.append(Trend(node, tuple(round(share, 6) for share in shares.tolist()), *numbers))
    return periods, tuple(sorted(trends, key=lambda trend: (-trend.change, trend.node)))


def find_half(counts: Array) -> int:
    """The place, 1 or more, that parts `counts` into what comes before and what from it on most evenly.

    >>> find_half(np.array([1, 1, 5, 6]))
    3
    """
    before = np.cumsum(counts)[:-1]
    return int(np.abs(2 * before - counts.sum()).argmin()) + 1


def _share(kept: Array, own: Array, half: Array) -> Array:
    """In each draw, what part of the claims of a half are of an entity's own."""
    total = (kept & half).sum(axis=1)
    found = np.divide((kept & half & own).sum(axis=1), total, out=np.zeros(len(kept)), where=total > 0)
    return np.asarray(found)
