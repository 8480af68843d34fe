"""Marks to precision: the share of the claims of the graph that are right, with what chance leaves open.

A mark counts by its weight, the number of claims of the graph that its claim stands for, so that strata of which more
were drawn than their share count no more than that (the ratio of sums of weights of Hájek 1971). Claims that were left
unsure are told apart and count neither way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import NormalDist

from dragoman.audit.drawing import BANDS, band_of
from dragoman.audit.marks import Mark, Marked, Marks
from dragoman.ontology import Ontology
from dragoman.records import Claim, Modality
from dragoman.scorecard import Table

__all__ = ["Estimate", "describe_precision", "estimate", "find_wilson", "to_tables"]

LEVEL = 0.95
COLUMNS = ("precision", "low", "high", "n", "right", "wrong", "unsure", "in graph")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A precision, 0 to 1, with its interval; `n` counts marks that are right or wrong. Without one, 0 of 0 to 1."""

    precision: float
    low: float
    high: float
    right: int
    wrong: int
    unsure: int

    @property
    def n(self) -> int:
        """Claims judged."""
        return self.right + self.wrong


def estimate(marked: Iterable[Marked]) -> Estimate:
    """The precision of the claims that `marked` stand for, with a 95 % interval.

    The interval is Wilson's, for as many claims as are worth what the weights leave of the sample: the square of their
    sum by the sum of their squares, at most n.

    Source: Kish 1965, Survey Sampling, chapter 11.7, for that number; for the interval, :func:`find_wilson`.
    """
    marked = list(marked)
    counts = Counter(one.mark for one in marked)
    judged = [one for one in marked if one.mark is not Mark.UNSURE]
    every = sum(one.weight for one in judged)
    right = sum(one.weight for one in judged if one.mark is Mark.RIGHT)
    share = right / every if every else 0.0
    worth = every**2 / sum(one.weight**2 for one in judged) if judged else 0.0
    low, high = find_wilson(share, worth)
    return Estimate(share, low, high, counts[Mark.RIGHT], counts[Mark.WRONG], counts[Mark.UNSURE])


def find_wilson(share: float, n: float, level: float = LEVEL) -> tuple[float, float]:
    """The interval of a share p, 0 to 1, that was seen in `n` draws: 0 to 1 where n is 0.

    Its ends are (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n), z being the normal quantile of `level`: the shares
    from which a draw as far off as p is no rarer than that. It stays within 0 and 1, and holds for small n and for p
    near 0 or 1, where p ± z √(p(1 - p)/n) does not.

    Source: Wilson 1927, https://doi.org/10.2307/2276774; Brown, Cai and DasGupta 2001,
    https://doi.org/10.1214/ss/1009213286, on why.

    >>> [round(end, 3) for end in find_wilson(0.9, 200)]
    [0.851, 0.934]
    """
    if not n:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle, half = share + z**2 / (2 * n), z * sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return max((middle - half) / (1 + z**2 / n), 0.0), min((middle + half) / (1 + z**2 / n), 1.0)


def describe_precision(marks: Marks) -> list[str]:
    """The precision on the whole in a line, and what is to be known of it in others.

    >>> describe_precision(Marks(()))
    ['no claim is marked right or wrong yet']
    """
    found = estimate(marks.marked)
    if not found.n:
        return ["no claim is marked right or wrong yet"]
    lines = [
        f"precision {found.precision:.2f}, n = {found.n:,} (95 % interval {found.low:.2f}-{found.high:.2f})",
    ]
    if found.unsure:
        all_wrong, all_right = (estimate(_decided(marks.marked, mark)).precision for mark in (Mark.WRONG, Mark.RIGHT))
        lines.append(
            f"{found.unsure:,} unsure, left out: {all_wrong:.2f} if all of them were wrong, {all_right:.2f} if right"
        )
    if marks.unmarked:
        lines.append(f"{marks.unmarked:,} drawn and not marked yet")
    return lines


def to_tables(marked: Sequence[Marked], claims: Iterable[Claim], ontology: Ontology) -> list[Table]:
    """Precision by property, modality and band of confidence; ``in graph`` counts the claims of the graph."""
    graph = list(claims)
    ways: tuple[tuple[str, str, Callable[[Claim], str], Sequence[str]], ...] = (
        ("properties", "property", lambda claim: claim.predicate, list(ontology.properties)),
        ("modalities", "modality", lambda claim: claim.modality.value, [modality.value for modality in Modality]),
        ("confidences", "confidence", lambda claim: band_of(claim.confidence), [name for _, name in BANDS[::-1]]),
    )
    whole = Table("precision", "Precision", ("of", *COLUMNS), (("all claims", *_cells(marked, len(graph))),))
    return [
        whole,
        *(
            Table(name, f"By {column}", (column, *COLUMNS), tuple(_rows(marked, graph, key, order)))
            for name, column, key, order in ways
        ),
    ]


def _decided(marked: Iterable[Marked], mark: Mark) -> Iterator[Marked]:
    """The same with `mark` where a claim was left unsure."""
    return (replace(one, mark=mark) if one.mark is Mark.UNSURE else one for one in marked)


def _rows(
    marked: Sequence[Marked], graph: Sequence[Claim], key: Callable[[Claim], str], order: Sequence[str]
) -> Iterator[tuple[str | int | float | None, ...]]:
    groups: dict[str, list[Marked]] = defaultdict(list)
    for one in marked:
        groups[key(one.claim)].append(one)
    counts = Counter(map(key, graph))
    for name in order:
        if counts[name]:
            yield name, *_cells(groups[name], counts[name])


def _cells(marked: Iterable[Marked], count: int) -> tuple[str | int | float | None, ...]:
    found = estimate(marked)
    shares = (found.precision, found.low, found.high) if found.n else (None, None, None)
    return *shares, found.n, found.right, found.wrong, found.unsure, count
