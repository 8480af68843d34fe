"""Claims of a graph to some that are drawn by chance, so that what holds of these holds of all, within an interval.

Claims fall into strata by property, modality and band of confidence. Each stratum gives one claim at least, as far as
the sample goes, and else as many as its share of the graph, so that rare properties are judged too; each claim drawn
then stands for ``weight`` claims of the graph: those of its stratum, shared among those drawn from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from heapq import heapify, heapreplace
from typing import TypeVar

from dragoman.records import Claim

__all__ = ["BANDS", "Drawn", "allocate", "band_of", "draw"]

K = TypeVar("K", bound=Hashable)

BANDS = ((0.0, "below 0.6"), (0.6, "0.6 to 0.8"), (0.8, "0.8 and above"))
"""Bands of confidence: where each begins, and its name."""
EACH = 2
"""Claims to draw for each stratum, at least on average: where there are more strata, the smallest are put together, as
one claim from each of many small strata would stand for too few claims, and the others for too many."""
Stratum = tuple[str, ...]
OTHERS: Stratum = ("", "", "")
"""The stratum of all; one of a property alone ends as it does."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A claim that was drawn, and how many claims of the graph it stands for."""

    claim: Claim
    weight: float


def draw(claims: Iterable[Claim], sample: int, *, seed: int = 0) -> list[Drawn]:
    """`sample` of the claims, or all where there are not so many, in an order of chance.

    Chance is a hash of `seed` and the id of a claim: the same in every run and on every machine, and most of the claims
    stay drawn when the graph grows.

    :raises ValueError: for a sample of less than one.

    Source: permanent random numbers, Ohlsson 1995, in Cox et al., Business Survey Methods, chapter 9.
    """
    if sample < 1:
        raise ValueError(f"a sample of {sample} claims; draw one or more")
    strata: dict[Stratum, list[Claim]] = defaultdict(list)
    for claim in claims:
        strata[claim.predicate, claim.modality.value, band_of(claim.confidence)].append(claim)
    strata = _pooled(strata, max(sample // EACH, 1))
    counts = allocate({key: len(found) for key, found in strata.items()}, sample)
    drawn = [
        Drawn(claim, len(found) / counts[key])
        for key, found in strata.items()
        for claim in sorted(found, key=lambda claim: _chance(seed, claim))[: counts[key]]
    ]
    return sorted(drawn, key=lambda one: _chance(seed, one.claim))


def allocate(sizes: Mapping[K, int], sample: int) -> dict[K, int]:
    """How many to draw from each stratum of some size: one at least, then in proportion, never more than there are.

    :param sizes: at most as many as `sample`, none empty.

    Source: the method of Sainte-Laguë, in which the next goes to the stratum with the highest size / (2 drawn + 1);
    Balinski and Young 1982, Fair Representation.

    >>> allocate({"supports": 80, "opposes": 19, "sanctions": 1}, 10)
    {'supports': 7, 'opposes': 2, 'sanctions': 1}
    """
    counts = dict.fromkeys(sizes, 1)
    waiting = [(-size / 3, at, key) for at, (key, size) in enumerate(sizes.items()) if size > 1]
    heapify(waiting)
    for _ in range(min(sample, sum(sizes.values())) - len(counts)):
        _, at, key = waiting[0]
        counts[key] += 1
        is_full = counts[key] == sizes[key]
        heapreplace(waiting, (0.0 if is_full else -sizes[key] / (2 * counts[key] + 1), at, key))
    return counts


def band_of(confidence: float) -> str:
    """The name of the band that a confidence, 0 to 1, falls into.

    >>> band_of(0.8)
    '0.8 and above'
    """
    return next(name for start, name in reversed(BANDS) if confidence >= start)


def _pooled(strata: Mapping[Stratum, list[Claim]], most: int) -> dict[Stratum, list[Claim]]:
    """At most so many strata: the smallest go into one of their property and modality, of their property, of all."""
    pooled = dict(strata)
    for parts in (2, 1, 0):
        for key in sorted(pooled, key=lambda key: (len(pooled[key]), key)):
            if len(pooled) <= most:
                return pooled
            wider = (*key[:parts], *OTHERS[parts:])
            pooled[wider] = [*pooled.get(wider, ()), *pooled.pop(key)] if wider != key else pooled[key]
    return pooled


def _chance(seed: int, claim: Claim) -> str:
    return sha256(f"{seed}\n{claim.id}".encode()).hexdigest()
