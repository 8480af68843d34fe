"""What a build left silent, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.coverage.totals import CorpusCoverage, Total
from dragoman.coverage.words import NAMING
from dragoman.ontology import Ontology
from dragoman.records import Skipped
from dragoman.scorecard import Table

__all__ = ["TABLES", "shorten", "to_tables"]

TABLES = ("summary", "documents", "skipped", "paragraphs", "names", "sentences", "refused", "terms")
Cell = str | int | float | None


def to_tables(coverage: CorpusCoverage, skipped: Sequence[Skipped], ontology: Ontology) -> list[Table]:
    """All tables of :data:`TABLES`, in that order; of the places of a gap, the first."""
    seen = ("times", "documents", "first in", "quote")
    return [
        Table("summary", "On the whole", ("of", "all", "silent", "share"), tuple(_summarize(coverage, ontology))),
        Table(
            "documents",
            "By document",
            ("document", "claims", "paragraphs", "silent", "naming several", "sentences", "poor", "names", "refused"),
            tuple(
                (r.document, r.claims, r.passages, r.silent, r.several, r.sentences, r.poor, r.names, r.refused)
                for r in coverage.documents
            ),
        ),
        Table("skipped", "Not read", ("document", "because"), tuple((line.name, line.reason) for line in skipped)),
        Table(
            "paragraphs",
            "Paragraphs that state nothing that was read, by what they name",
            ("naming", *seen),
            tuple((NAMING.get(total.of[0], total.of[0]), *_seen(total)) for total in coverage.silent),
        ),
        Table(
            "names",
            "Capitalised names without a class; dragoman help ontology tells how to give them one",
            ("name", *seen[:-1]),
            tuple((*total.of, *_seen(total)[:-1]) for total in coverage.names),
        ),
        Table(
            "sentences",
            "Sentences that are likely misread, by sign",
            ("sign", *seen),
            tuple((*total.of, *_seen(total)) for total in coverage.poor),
        ),
        Table(
            "refused",
            "Read by a frame, refused by domain or range",
            ("frame", "property", "subject", "object", *seen),
            tuple((*total.of, *_seen(total)) for total in coverage.refused),
        ),
        Table(
            "terms",
            "Terms of the ontology never seen",
            ("term", "kind", "means"),
            (
                *((name, "class", ontology.classes[name].definition) for name in coverage.unseen_classes),
                *((name, "property", ontology.properties[name].definition) for name in coverage.unseen_properties),
            ),
        ),
    ]


def shorten(tables: Sequence[Table], limit: int) -> list[Table]:
    """The tables that have rows, each with `limit` of them at most; its title tells how many there are besides."""
    shown = []
    for table in tables:
        more = len(table.rows) - limit
        title = f"{table.title} (and {more:,} more)" if more > 0 else table.title
        if table.rows:
            shown.append(replace(table, title=title, rows=table.rows[:limit]))
    return shown


def _seen(total: Total) -> tuple[Cell, ...]:
    place = total.examples[0]
    return total.count, total.documents, place.document, place.words


def _summarize(coverage: CorpusCoverage, ontology: Ontology) -> Iterator[tuple[Cell, ...]]:
    for name, all_of, silent in (
        ("paragraphs: no claim", coverage.count("passages"), coverage.count("silent")),
        ("paragraphs: no claim, naming several", coverage.count("passages"), coverage.count("several")),
        ("sentences: likely misread", coverage.count("sentences"), coverage.count("poor")),
        ("names: no class", None, coverage.count("names")),
        ("pairs: refused", None, coverage.count("refused")),
        ("classes: never seen", len(ontology.classes), len(coverage.unseen_classes)),
        ("properties: never seen", len(ontology.properties), len(coverage.unseen_properties)),
    ):
        yield name, all_of, silent, silent / all_of if all_of else None
