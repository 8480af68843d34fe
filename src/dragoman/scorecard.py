"""Comparisons with references to tables: how good a graph is on the whole, by property, class, modality and confidence.

Precision is the share of what the graph has that is right, recall the share of what the references require that it has,
F1 their harmonic mean. What is right but not required counts neither way; in the calibration, it is right.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox

from dragoman.answers import format_result
from dragoman.evaluation import Comparison, Fault, Missed, Outcome, Read
from dragoman.ontology import Ontology
from dragoman.query import Result
from dragoman.records import Modality
from dragoman.references import Reference

__all__ = ["FORMATS", "TABLES", "Table", "format_tables", "to_tables"]

T = TypeVar("T")
Cell = str | int | float | None

BANDS = 10
"""Bands of equal width that confidences are told in."""
TABLES = (
    "summary",
    "details",
    "documents",
    "properties",
    "classes",
    "modalities",
    "calibration",
    "missed",
    "missed-claims",
    "wrong",
    "wrong-claims",
)
SCORES = ("precision", "recall", "F1", "in graph", "in references")


@dataclass(frozen=True, slots=True)
class Table:
    """A table by name: what its rows are, in words, its columns, and its rows, of which floats are shares of 1."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class _Tally:
    """How many in the graph are right and wrong, and how many in the references were found and missed."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0

    @property
    def scores(self) -> tuple[float | None, float | None, float | None]:
        """Precision, recall and F1; None where there is nothing to divide by."""
        precision, recall = _share(self.right, self.wrong), _share(self.found, self.missed)
        if precision is None or recall is None:
            return precision, recall, None
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    @property
    def cells(self) -> tuple[Cell, ...]:
        return *self.scores, self.right + self.wrong, self.found + self.missed


def to_tables(comparisons: Sequence[Comparison], ontology: Ontology, *, limit: int = 5) -> list[Table]:
    """All tables of :data:`TABLES`, in that order.

    :param limit: rules that the table of wrong claims names, the worst first, and claims that are shown for each rule
        and for each way of missing one.
    """
    missed = _grouped((m.fault.value, (c.reference, m)) for c in comparisons for m in c.missed)
    wrong = _grouped(
        (read.claim.rule, (comparison, read))
        for comparison, read in _read(comparisons)
        if read.outcome is Outcome.WRONG
    )
    right = Counter(r.claim.rule for _, r in _read(comparisons) if r.outcome is not Outcome.WRONG)
    return [
        Table("summary", "On the whole", ("of", *SCORES), tuple(_summarize(comparisons))),
        Table("details", "Of what is found, right", ("what", "right", "of"), tuple(_details(comparisons, ontology))),
        Table(
            "documents",
            "By document",
            ("document", *(f"{of} {score}" for of in ("claims", "entities", "pairs") for score in ("P", "R", "F1"))),
            tuple(_documents(comparisons)),
        ),
        Table("properties", "Claims by property", ("property", *SCORES), tuple(_properties(comparisons, ontology))),
        Table("classes", "Entities by class", ("class", *SCORES, "same class"), tuple(_classes(comparisons, ontology))),
        Table("modalities", "Claims by modality", ("modality", *SCORES, "same modality"), tuple(_modes(comparisons))),
        Table(
            "calibration",
            "Claims by confidence",
            ("confidence", "claims", "right", "share right", "mean confidence"),
            tuple(_calibrate(comparisons)),
        ),
        Table("missed", "Claims missed", ("because", "claims"), tuple((why, len(of)) for why, of in missed)),
        Table(
            "missed-claims",
            "Some that were missed",
            ("because", "document", "claim", "quote"),
            tuple(_show_missed(*pair) for _, of in missed for pair in of[:limit]),
        ),
        Table(
            "wrong",
            "Claims that are wrong, by rule",
            ("rule", "wrong", "right", "mostly because"),
            tuple((rule, len(of), right[rule], _most(read for _, read in of)) for rule, of in wrong[:limit]),
        ),
        Table(
            "wrong-claims",
            "Some that are wrong, the surest first",
            ("rule", "confidence", "because", "document", "claim", "quote"),
            tuple(_show_wrong(*pair) for _, of in wrong[:limit] for pair in sorted(of, key=_sureness)[:limit]),
        ),
    ]


# -- counts


def _read(comparisons: Iterable[Comparison]) -> Iterator[tuple[Comparison, Read]]:
    return ((comparison, read) for comparison in comparisons for read in comparison.claims)


def _tally_claims(
    comparisons: Iterable[Comparison], of_read: Callable[[Read], Hashable], of_missed: Callable[[Missed], Hashable]
) -> dict[Hashable, _Tally]:
    """Claims by some key of theirs; those of the references by the key that the references give them."""
    counts: dict[str, Counter[Hashable]] = defaultdict(Counter)
    for comparison in comparisons:
        for read in comparison.claims:
            if read.outcome in {Outcome.RIGHT, Outcome.WRONG}:
                counts[read.outcome][of_read(read)] += 1
            if read.outcome is Outcome.RIGHT and read.reference is not None:
                counts["found"][of_missed(Missed(read.reference, Fault.APART))] += 1
        counts["missed"].update(map(of_missed, comparison.missed))
    keys = {key for counter in counts.values() for key in counter}
    return {
        key: _Tally(*(counts[name][key] for name in (Outcome.RIGHT, Outcome.WRONG, "found", "missed"))) for key in keys
    }


def _tally_entities(comparisons: Iterable[Comparison], *, by_class: bool) -> dict[str, _Tally]:
    """Entities by class; those of the references by the class that the references give them."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for comparison in comparisons:
        for entity in comparison.reference.entities:
            if not entity.optional:
                is_found = entity.id in comparison.paired
                counts["found" if is_found else "missed"][entity.cls if by_class else ""] += 1
                if is_found:
                    counts["right"][comparison.paired[entity.id].cls if by_class else ""] += 1
        counts["wrong"].update(entity.cls if by_class else "" for entity in comparison.extra)
    keys = {key for counter in counts.values() for key in counter}
    return {key: _Tally(*(counts[name][key] for name in ("right", "wrong", "found", "missed"))) for key in keys}


def _summarize(comparisons: Sequence[Comparison]) -> Iterator[tuple[Cell, ...]]:
    for name, tally in _totals(comparisons):
        yield name, *tally.cells


def _totals(comparisons: Sequence[Comparison]) -> Iterator[tuple[str, _Tally]]:
    yield "claims", _tally_claims(comparisons, lambda _: "", lambda _: "").get("", _Tally())
    yield "entities", _tally_entities(comparisons, by_class=False).get("", _Tally())
    right, wrong, missed = (sum(getattr(c.pairs, name) for c in comparisons) for name in ("right", "wrong", "missed"))
    yield "pairs", _Tally(right, wrong, right, missed)


def _details(comparisons: Sequence[Comparison], ontology: Ontology) -> Iterator[tuple[Cell, ...]]:
    paired = [
        (entity.cls, comparison.paired[entity.id].cls)
        for comparison in comparisons
        for entity in comparison.reference.entities
        if entity.id in comparison.paired
    ]
    matched = list(_matched(comparisons))
    quotes = [comparison.quotes for comparison in comparisons]
    yield _accuracy("kind", [ontology.top(wanted) == ontology.top(cls) for wanted, cls in paired])
    yield _accuracy("class", [ontology.is_a(cls, wanted) for wanted, cls in paired])
    yield _accuracy("modality", [wanted == read for wanted, read in matched])
    for name in ("date", "speaker"):
        judged = [getattr(read, f"right_{name}") for _, read in _read(comparisons)]
        yield _accuracy(name, [right for right in judged if right is not None])
    verbatim, every = (sum(numbers) for numbers in zip(*quotes, strict=True)) if quotes else (0, 0)
    yield "quotes word for word", verbatim / every if every else None, every


def _matched(comparisons: Iterable[Comparison]) -> Iterator[tuple[Modality, Modality]]:
    """The modality of each reference claim that was found, and the one that it was found with."""
    for _, read in _read(comparisons):
        if read.reference is not None and read.outcome is not Outcome.REPEATED:
            yield read.reference.modality, read.claim.modality


def _documents(comparisons: Sequence[Comparison]) -> Iterator[tuple[Cell, ...]]:
    for comparison in comparisons:
        scores = (score for _, tally in _totals([comparison]) for score in tally.scores)
        yield comparison.reference.document, *scores


def _properties(comparisons: Sequence[Comparison], ontology: Ontology) -> Iterator[tuple[Cell, ...]]:
    tallies = _tally_claims(comparisons, lambda read: read.claim.predicate, lambda missed: missed.reference.property)
    for name in ontology.properties:
        if name in tallies:
            yield name, *tallies[name].cells


def _classes(comparisons: Sequence[Comparison], ontology: Ontology) -> Iterator[tuple[Cell, ...]]:
    tallies = _tally_entities(comparisons, by_class=True)
    same: dict[str, list[bool]] = defaultdict(list)
    for comparison in comparisons:
        for entity in comparison.reference.entities:
            if entity.id in comparison.paired:
                same[entity.cls].append(ontology.is_a(comparison.paired[entity.id].cls, entity.cls))
    for name in ontology.classes:
        if name in tallies:
            yield name, *tallies[name].cells, _mean(same[name])


def _modes(comparisons: Sequence[Comparison]) -> Iterator[tuple[Cell, ...]]:
    tallies = _tally_claims(comparisons, lambda read: read.claim.modality, lambda missed: missed.reference.modality)
    same: dict[Modality, list[bool]] = defaultdict(list)
    for wanted, read in _matched(comparisons):
        same[wanted].append(wanted == read)
    for modality in Modality:
        if modality in tallies:
            yield modality.value, *tallies[modality].cells, _mean(same[modality])


def _calibrate(comparisons: Sequence[Comparison]) -> Iterator[tuple[Cell, ...]]:
    """For each band of confidence, from the highest down: claims, those that are right, and what they said of it."""
    bands: dict[int, list[Read]] = defaultdict(list)
    for _, read in _read(comparisons):
        bands[min(int(read.claim.confidence * BANDS + 1e-9), BANDS - 1)].append(read)
    for band in sorted(bands, reverse=True):
        reads = bands[band]
        right = sum(read.outcome is not Outcome.WRONG for read in reads)
        stated = sum(read.claim.confidence for read in reads) / len(reads)
        yield f"{band / BANDS:.1f}-{(band + 1) / BANDS:.1f}", len(reads), right, right / len(reads), stated


# -- errors


def _grouped(pairs: Iterable[tuple[str, T]]) -> list[tuple[str, list[T]]]:
    """Values by key, the key with the most first."""
    groups: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _most(reads: Iterable[Read]) -> str:
    """The fault that most of these have."""
    counts = Counter(read.fault.value for read in reads if read.fault is not None)
    return min(counts, key=lambda fault: (-counts[fault], fault), default="")


def _sureness(pair: tuple[Comparison, Read]) -> tuple[float, str, str]:
    comparison, read = pair
    return -read.claim.confidence, comparison.reference.document, read.claim.id


def _show_missed(reference: Reference, missed: Missed) -> tuple[Cell, ...]:
    names = {entity.id: entity.names[0] for entity in reference.entities}
    claim = missed.reference
    shown = _state(names[claim.subject], claim.property, names[claim.object], claim.modality)
    return missed.fault.value, reference.document, shown, claim.quote


def _show_wrong(comparison: Comparison, read: Read) -> tuple[Cell, ...]:
    labels = {entity.id: entity.label for entity in (*comparison.paired.values(), *comparison.extra)}
    claim, document = read.claim, comparison.reference.document
    quote = next(piece.exact for piece in claim.evidence if piece.document == document)
    shown = _state(labels[claim.subject], claim.predicate, labels[claim.object], claim.modality)
    return claim.rule, claim.confidence, read.fault and read.fault.value, document, shown, quote


def _state(subject: str, predicate: str, object_: str, modality: Modality) -> str:
    return f"{subject} {predicate} {object_}" + ("" if modality is Modality.ASSERTED else f" ({modality})")


# -- numbers


def _share(some: int, others: int) -> float | None:
    return some / (some + others) if some + others else None


def _mean(right: Sequence[bool]) -> float | None:
    return sum(right) / len(right) if right else None


def _accuracy(what: str, right: Sequence[bool]) -> tuple[Cell, ...]:
    return what, _mean(right), len(right)


# -- to text


def format_tables(tables: Iterable[Table], form: str = "table") -> str:
    """`tables` as text that ends with a line feed.

    :param form: one of FORMATS: ``table`` and ``markdown`` for people, three decimals; ``csv``, a line for each cell
        with its table, the number of its row, and its column; ``json``, rows by the name of their table.
    :raises ValueError: for another form.
    """
    if form not in FORMATS:
        raise ValueError(f"no format {form!r}; one of: {', '.join(FORMATS)}")
    return FORMATS[form](list(tables))


def _format_text(tables: Sequence[Table]) -> str:
    """Each table under its title; quotes stand below their row."""
    parts = []
    for table in tables:
        text = format_result(_to_result(table), "table", below=("quote",))
        parts.append(f"{table.title}\n\n{text.rsplit('(', 1)[0]}")  # without the count of its rows
    return "\n".join(parts)


def _format_markdown(tables: Sequence[Table]) -> str:
    if len(tables) == 1:
        return format_result(_to_result(tables[0]), "markdown")
    return "\n".join(f"### {table.title}\n\n{format_result(_to_result(table), 'markdown')}" for table in tables)


def _format_csv(tables: Sequence[Table]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("table", "row", "column", "value"))
    for table in tables:
        for number, row in enumerate(table.rows, start=1):
            writer.writerows(
                (table.name, number, column, "" if cell is None else _rounded(cell))
                for column, cell in zip(table.columns, row, strict=True)
            )
    return text.getvalue()


def _format_json(tables: Sequence[Table]) -> str:
    rows = {
        table.name: [
            {column: _rounded(cell) for column, cell in zip(table.columns, row, strict=True)} for row in table.rows
        ]
        for table in tables
    }
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[Sequence[Table]], str]] = {
    "table": _format_text,
    "markdown": _format_markdown,
    "csv": _format_csv,
    "json": _format_json,
}
"""What each form is written by."""


def _rounded(cell: Cell) -> Cell:
    return round(cell, 6) if isinstance(cell, float) else cell


def _to_result(table: Table) -> Result:
    rows = tuple(tuple(ox.Literal(_spelled(cell)) for cell in row) for row in table.rows)
    return Result("select", table.columns, rows)


def _spelled(cell: Cell) -> str:
    if cell is None:
        return "-"
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)
