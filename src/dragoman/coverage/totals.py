"""The coverage of each reading to that of the corpus: how much was left silent, what, how often, and where.

Lists are cut and examples few, so that what is told grows with the ontology and not with the corpus; the row of each
document alone is kept for all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.ontology import Ontology
from dragoman.records import Claim, Coverage, Entity, Evidence, Gap, Reading, Span

__all__ = ["SEVERAL", "CorpusCoverage", "DocumentCoverage", "Place", "Total", "find_silent", "sum_coverage"]

SEVERAL = "2"
"""The kind of silent passages that name two things or more: a claim may have been missed there."""
EXAMPLES: Mapping[str, int] = {"silent": 8, "poor": 4, "names": 2, "refused": 2}
"""Places that are shown of each kind of gap."""
MOST = 500
"""Kinds of gaps that are told apart, of names and refusals; what is beyond is counted alone."""
WIDTH = 240
"""Characters of an example."""


@dataclass(frozen=True, slots=True)
class Place:
    """Characters `start` up to `end` of a document's text, its words on one line, cut where they are many.

    `where` is the page, or the element, of the original; "" where the text is all that there is.
    """

    document: str
    start: int
    end: int
    words: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """A kind of gap in all documents: what it is, how often it is there, in how many documents, some of its places."""

    of: tuple[str, ...]
    count: int
    documents: int
    examples: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class DocumentCoverage:
    """The counts of one document: paragraphs, sentences, and how many gaps there are of each kind."""

    document: str
    claims: int
    passages: int
    silent: int  # paragraphs without a claim
    several: int  # of these, those that name two things or more
    sentences: int
    poor: int
    names: int
    refused: int


@dataclass(frozen=True, slots=True)
class CorpusCoverage:
    """What a build left silent; kinds of gaps as in :class:`dragoman.records.Coverage`, those found most often first.

    `more_names` and `more_refused` are how many kinds are not listed; `unseen_classes` are those of which, and of all
    classes below which, there is no entity, `unseen_properties` those of which there is no claim.
    """

    documents: tuple[DocumentCoverage, ...] = ()
    silent: tuple[Total, ...] = ()
    poor: tuple[Total, ...] = ()
    names: tuple[Total, ...] = ()
    refused: tuple[Total, ...] = ()
    more_names: int = 0
    more_refused: int = 0
    unseen_classes: tuple[str, ...] = ()
    unseen_properties: tuple[str, ...] = ()

    def count(self, what: str) -> int:
        """How many there are of a column of :class:`DocumentCoverage`, in all documents."""
        return sum(getattr(row, what) for row in self.documents)


def sum_coverage(
    readings: Iterable[Reading], entities: Iterable[Entity], claims: Iterable[Claim], ontology: Ontology
) -> CorpusCoverage:
    """The coverage of all `readings`; `entities` and `claims` are what they were joined to."""
    ordered = sorted(readings, key=lambda reading: reading.document.name)
    heard = [(reading, replace(reading.coverage, silent=find_silent(reading))) for reading in ordered]
    totals: dict[str, tuple[Total, ...]] = {}
    more: dict[str, int] = {}
    for kind, examples in EXAMPLES.items():
        found = [(reading, getattr(cover, kind)) for reading, cover in heard]
        totals[kind], more[kind] = _total(found, examples)
    seen = {above for cls in {entity.cls for entity in entities} for above in (cls, *ontology.classes[cls].ancestors)}
    stated = {claim.predicate for claim in claims}
    return CorpusCoverage(
        documents=tuple(_to_row(reading, cover) for reading, cover in heard),
        silent=totals["silent"],
        poor=totals["poor"],
        names=totals["names"],
        refused=totals["refused"],
        more_names=more["names"],
        more_refused=more["refused"],
        unseen_classes=tuple(name for name in ontology.classes if name not in seen),
        unseen_properties=tuple(name for name in ontology.properties if name not in stated),
    )


def find_silent(reading: Reading) -> tuple[Gap, ...]:
    """The silent passages of a reading, without those in which another reader, joined to ours, found a claim."""
    starts = sorted(claim.span.start for claim in reading.claims)
    return tuple(gap for gap in (_without(gap, starts) for gap in reading.coverage.silent) if gap is not None)


def _without(gap: Gap, starts: Sequence[int]) -> Gap | None:
    spans = tuple(span for span in gap.spans if bisect_left(starts, span.start) == bisect_left(starts, span.end))
    return Gap(gap.of, len(spans), spans) if spans else None


def _to_row(reading: Reading, cover: Coverage) -> DocumentCoverage:
    return DocumentCoverage(
        document=reading.document.name,
        claims=len(reading.claims),
        passages=cover.passages,
        silent=_count(cover.silent),
        several=_count(gap for gap in cover.silent if gap.of == (SEVERAL,)),
        sentences=cover.sentences,
        poor=_count(cover.poor),
        names=_count(cover.names),
        refused=_count(cover.refused),
    )


def _count(gaps: Iterable[Gap]) -> int:
    return sum(gap.count for gap in gaps)


def _total(found: Sequence[tuple[Reading, tuple[Gap, ...]]], examples: int) -> tuple[tuple[Total, ...], int]:
    """The gaps of all documents by what they are, and how many kinds are beyond MOST.

    Examples are the first places, of as many documents as there are.
    """
    counts: dict[tuple[str, ...], int] = defaultdict(int)
    places: dict[tuple[str, ...], list[tuple[Reading, tuple[Span, ...]]]] = defaultdict(list)
    for reading, gaps in found:
        for gap in gaps:
            counts[gap.of] += gap.count
            places[gap.of].append((reading, gap.spans))
    ranked = sorted(counts, key=lambda of: (-counts[of], of))
    totals = (
        Total(of, counts[of], len(places[of]), tuple(_to_place(*spot) for spot in _first(places[of], examples)))
        for of in ranked[:MOST]
    )
    return tuple(totals), max(len(ranked) - MOST, 0)


def _first(places: Sequence[tuple[Reading, tuple[Span, ...]]], most: int) -> list[tuple[Reading, Span]]:
    ranked = ((rank, at, span) for at, (_, spans) in enumerate(places[:most]) for rank, span in enumerate(spans[:most]))
    return [(places[at][0], span) for _, at, span in sorted(ranked)[:most]]


def _to_place(reading: Reading, span: Span) -> Place:
    words = " ".join(reading.document.text[span.start : span.end].split())
    shown = words if len(words) <= WIDTH else words[: WIDTH - 1] + "…"
    return Place(reading.document.name, span.start, span.end, shown, Evidence.of(reading.document, span).where)
