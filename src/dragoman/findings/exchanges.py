"""Findings to who says something of whom in each period: the actors that do so most, and those it is said of most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from dragoman.findings.charts import to_years
from dragoman.findings.findings import Findings
from dragoman.measures.periods import PERIODS, list_periods, to_period
from dragoman.networks import ACTORS
from dragoman.records import Claim

__all__ = ["Exchanges", "find_exchanges"]

ACTORS_SHOWN = 18
"""Rows, and columns."""
PERIODS_SHOWN = 24
"""Periods above which longer ones are taken."""
SELDOM = 0.01
"""The share of what is counted that the periods before the first one shown hold at most, and those after the last."""


@dataclass(frozen=True, slots=True)
class Exchanges:
    """How many documents have each of `rows` say of each of `columns` what `verb` tells, period by period.

    The numbers of a period are in the order of `periods`, which has all from the first to the last. `said` and `heard`
    are those of a row and of a column with all actors, shown or not, `total` those of all with all.
    """

    verb: str
    colour: str
    per: str
    periods: tuple[str, ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Mapping[tuple[str, str], tuple[int, ...]]
    said: Mapping[str, tuple[int, ...]]
    heard: Mapping[str, tuple[int, ...]]
    total: tuple[int, ...]
    outside: int  # dated before the first period shown or after the last

    @property
    def highest(self) -> int:
        """The most documents of a pair in one period."""
        return max(max(numbers) for numbers in self.counts.values())

    @property
    def fullest(self) -> tuple[str, str]:
        """The pair with the most documents in one period; of equal ones that with the most in all."""
        return max(self.counts, key=lambda pair: (max(self.counts[pair]), sum(self.counts[pair]), pair))


def find_exchanges(findings: Findings, *, most: int = ACTORS_SHOWN) -> Exchanges | None:
    """Who says what the properties that were chosen say, of whom, and when; None where there is but one period.

    Where no property was chosen, those are taken that stand against (``dgm:stance``). A document counts once
    for a pair in a period: that of the date of its claim or, where that has none, its own. A claim of
    a symmetric property counts each way, one of an actor about itself not at all.

    :param most: columns are the `most` actors of which it is said in most documents, in the order of their mean
        period; rows are those that say it of one of these in most documents, and then those that say it of all of
        these in most, up to `most`, the busiest first.
    """
    properties = findings.ontology.properties
    chosen = findings.selection.properties or [name for name, term in properties.items() if term.stance < 0]
    tops = dict(findings.network.nodes(data="top"))
    dates = {document.name: document.date for document in findings.record.documents}
    sayings: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    used = set()
    for claim in findings.claims.values():
        ends = (claim.subject, claim.object)
        if claim.predicate not in chosen or claim.subject == claim.object or not {tops[end] for end in ends} <= ACTORS:
            continue
        used.add(claim.predicate)
        names = _leave_out_repeats(claim, dates)
        saying = {(claim.date or dates.get(name, ""), name) for name in names}
        for pair in (ends, ends[::-1]) if properties[claim.predicate].symmetric else (ends,):
            sayings[pair] |= {said for said in saying if findings.selection.covers(said[0])}
    lengths = list(PERIODS)
    for per in lengths[lengths.index(findings.per) :: -1]:
        counted = {pair: _count(said, per) for pair, said in sorted(sayings.items())}
        periods, outside = _find_span(counted.values(), per)
        if len(periods) <= PERIODS_SHOWN:
            break
    numbers = {pair: tuple(when[period] for period in periods) for pair, when in counted.items()}
    numbers = {pair: row for pair, row in numbers.items() if any(row)}
    if len(periods) < 2:
        return None
    said = _add_up((subject, row) for (subject, _), row in numbers.items())
    heard = _add_up((object_, row) for (_, object_), row in numbers.items())
    columns = set(_pick(heard, most))
    rows = _pick_rows({pair: row for pair, row in numbers.items() if pair[1] in columns}, most)
    shown = {pair: row for pair, row in numbers.items() if pair[0] in rows and pair[1] in columns}
    names = [name for name in properties if name in used]
    return Exchanges(
        verb=_join([properties[name].label for name in names]),
        colour=properties[names[0]].colour,
        per=per,
        periods=periods,
        rows=tuple(_pick({node: said[node] for node in rows}, most)),
        columns=tuple(sorted(columns, key=lambda node: (_mean_place(heard[node]), node))),
        counts=shown,
        said=said,
        heard=heard,
        total=tuple(map(sum, zip(*numbers.values(), strict=True))),
        outside=outside,
    )


def _leave_out_repeats(claim: Claim, dates: Mapping[str, str]) -> list[str]:
    """The documents of a claim but as many as repeat others: those that follow another soonest, as repeats do."""
    times = {name: to_years(dates[name]) if dates.get(name) else 0.0 for name in claim.documents}
    names = sorted(times, key=lambda name: (times[name], name))
    waits = {later: times[later] - times[earlier] for earlier, later in pairwise(names)}
    repeats = sorted(waits, key=lambda name: (waits[name], name))[: claim.repeats]
    return [name for name in names if name not in repeats]


def _count(sayings: Iterable[tuple[str, str]], per: str) -> Counter[str]:
    """How many documents say it in each period, by when each says that it is, or was written."""
    found = {(to_period(date, per=per), name) for date, name in sayings}
    return Counter(period for period, _ in sorted(found) if period)


def _find_span(counted: Iterable[Counter[str]], per: str) -> tuple[tuple[str, ...], int]:
    """All periods but the first and last ones that have next to nothing, and how much these have."""
    total = sum(counted, Counter[str]())
    few = SELDOM * total.total()
    kept, outside = sorted(total), 0
    for end in (0, -1):
        left = 0
        while kept and left + total[kept[end]] <= few:
            left += total[kept.pop(end)]
        outside += left
    return (list_periods(kept[0], kept[-1], per=per) if kept else ()), outside


def _add_up(rows: Iterable[tuple[str, tuple[int, ...]]]) -> dict[str, tuple[int, ...]]:
    """The sums of the rows of each node."""
    sums: dict[str, tuple[int, ...]] = {}
    for node, row in rows:
        sums[node] = tuple(map(sum, zip(sums[node], row, strict=True))) if node in sums else row
    return sums


def _pick(numbers: Mapping[str, tuple[int, ...]], most: int) -> list[str]:
    """Those with the greatest sums, the greatest first, equal ones by id."""
    return sorted(numbers, key=lambda node: (-sum(numbers[node]), node))[:most]


def _pick_rows(numbers: Mapping[tuple[str, str], tuple[int, ...]], most: int) -> set[str]:
    """For each column who says it most, that none is empty; then who says it most of all."""
    first: dict[str, str] = {}
    for subject, object_ in sorted(numbers, key=lambda pair: (-sum(numbers[pair]), pair)):
        first.setdefault(object_, subject)
    busiest = _pick(_add_up((subject, row) for (subject, _), row in numbers.items()), len(numbers))
    return set(list(dict.fromkeys((*first.values(), *busiest)))[:most])


def _mean_place(numbers: tuple[int, ...]) -> float:
    return sum(place * number for place, number in enumerate(numbers)) / sum(numbers)


def _join(words: list[str]) -> str:
    """Words as a list in English.

    >>> _join(["criticizes"]), _join(["opposes", "threatens", "attacks"])
    ('criticizes', 'opposes, threatens or attacks')
    """
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
