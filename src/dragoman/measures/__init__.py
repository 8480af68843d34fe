"""A network to numbers: who is joined to many, lies between others, is near to all, knows the central, stands where.

Each measure is pure, gives one number per node in node order, and gives the same number on every run: sums run in one
fixed order on one core, and results are rounded. :func:`measure` gives those that a build writes, :func:`measure_all`
all that are one number per node.
"""

from dragoman.measures.balance import Balance, Tie, measure_balance
from dragoman.measures.brokerage import ROLES, measure_brokerage, measure_constraint
from dragoman.measures.communities import Community, find_communities
from dragoman.measures.degrees import (
    measure_core,
    measure_degree,
    measure_in_degree,
    measure_out_degree,
    measure_strength,
    measure_strength_by_property,
)
from dragoman.measures.paths import (
    Sample,
    measure_betweenness,
    measure_closeness,
    measure_harmonic,
    sample_betweenness,
)
from dragoman.measures.periods import Trend, find_trends, measure_periods
from dragoman.measures.sensitivity import Sensitivity, measure_sensitivity
from dragoman.measures.spectral import measure_eigenvector, measure_hits, measure_pagerank
from dragoman.measures.table import ALL, LABELS, measure, measure_all, write_measures_csv

__all__ = [
    "ALL",
    "LABELS",
    "ROLES",
    "Balance",
    "Community",
    "Sample",
    "Sensitivity",
    "Tie",
    "Trend",
    "find_communities",
    "find_trends",
    "measure",
    "measure_all",
    "measure_balance",
    "measure_betweenness",
    "measure_brokerage",
    "measure_closeness",
    "measure_constraint",
    "measure_core",
    "measure_degree",
    "measure_eigenvector",
    "measure_harmonic",
    "measure_hits",
    "measure_in_degree",
    "measure_out_degree",
    "measure_pagerank",
    "measure_periods",
    "measure_sensitivity",
    "measure_strength",
    "measure_strength_by_property",
    "sample_betweenness",
    "write_measures_csv",
]
