"""A network over time: its measures in each year or month, and the actors that rise and fall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from dragoman.measures.arrays import Array
from dragoman.measures.table import measure_all

__all__ = ["PERIODS", "Trend", "find_trends", "measure_periods", "measure_slopes", "split_periods"]

PERIODS = {"year": len("2024"), "month": len("2024-03")}
"""Characters of a date that name its period."""
MOST = 100
"""Entities whose trend is sought; those with fewer dated claims have none to speak of."""


@dataclass(frozen=True, slots=True)
class Trend:
    """An entity's share of the claims of each period, and how it changes; `slope` is a share for each period."""

    node: str
    shares: tuple[float, ...]
    slope: float
    low: float
    high: float

    @property
    def is_sure(self) -> bool:
        """Whether the slope has the same sign at both ends of its interval."""
        return self.low > 0 or self.high < 0


def split_periods(network: nx.MultiDiGraph, *, per: str = "year") -> dict[str, nx.MultiDiGraph]:
    """The claims of each period that has any, by their ``time``; those without one, or a coarser one, are in none.

    :param per: one of PERIODS.
    :raises ValueError: for another.
    """
    if per not in PERIODS:
        raise ValueError(f"no period {per!r}; one of: {', '.join(PERIODS)}")
    length = PERIODS[per]
    ends: dict[str, list[tuple[str, str, str]]] = {}
    for subject, object_, key, time in network.edges(keys=True, data="time", default=""):
        if len(time) >= length:
            ends.setdefault(time[:length], []).append((subject, object_, key))
    return {period: nx.MultiDiGraph(network.edge_subgraph(ends[period])) for period in sorted(ends)}


def measure_periods(network: nx.MultiDiGraph, *, per: str = "year") -> dict[str, dict[str, dict[str, float]]]:
    """All measures of the network of each period that has claims, periods in order; see :func:`split_periods`."""
    return {period: measure_all(part) for period, part in split_periods(network, per=per).items()}


def find_trends(
    network: nx.MultiDiGraph, *, per: str = "year", draws: int = 200, seed: int = 0
) -> tuple[tuple[str, ...], tuple[Trend, ...]]:
    """The periods that have claims, and the trends of the MOST entities that have the most dated claims.

    The steepest rise comes first, the steepest fall last.

    The share of an entity is that of the period's claims which it is an end of. The slope is the median of the slopes
    between all pairs of periods, each over the time between them; its interval holds 95 % of the slopes that are found
    when each claim is kept with a chance of its ``confidence``.

    Source: Sen 1968, https://doi.org/10.1080/01621459.1968.10480934.
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
    of_period = np.zeros((len(rows), len(periods)))
    of_period[np.arange(len(rows)), [row[3] for row in rows]] = 1.0
    kept = np.random.default_rng(seed).random((draws, len(rows))) < np.array([row[2] for row in rows])
    kept = np.vstack([np.ones(len(rows), dtype=bool), kept]).astype(float)
    totals = kept @ of_period
    times = np.array([_count_periods(period) for period in periods], dtype=float)
    trends = []
    for node in nodes:
        numbers = ends[node]
        shares = np.divide(kept[:, numbers] @ of_period[numbers], totals, out=np.zeros_like(totals), where=totals > 0)
        slopes = measure_slopes(shares, times)
        low, high = np.percentile(slopes[1:], [2.5, 97.5]) if draws else (slopes[0], slopes[0])
        trends.append(
            Trend(node, tuple(round(share, 6) for share in shares[0].tolist()), *(_rounded(slopes[0], low, high)))
        )
    return periods, tuple(sorted(trends, key=lambda trend: (-trend.slope, trend.node)))


def measure_slopes(shares: Array, times: Array) -> Array:
    """The median of the slopes between all pairs of columns, for each row.

    >>> measure_slopes(np.array([[0.0, 0.2, 0.2]]), np.array([2000.0, 2001.0, 2002.0])).round(9).tolist()
    [0.1]
    """
    first, second = np.triu_indices(len(times), 1)
    slopes = (shares[:, second] - shares[:, first]) / (times[second] - times[first])
    return np.asarray(np.median(slopes, axis=1))


def _count_periods(period: str) -> int:
    """How many periods lie before it since the year 0."""
    year, month = int(period[:4]), period[5:7]
    return year * 12 + int(month) - 1 if month else year


def _rounded(*values: float) -> Sequence[float]:
    return [round(float(value), 9) + 0.0 for value in values]
