"""A build that is there: what was found, as records and as a graph, whether it was just made or lies in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from dragoman.coverage import CorpusCoverage
from dragoman.graph import to_rdflib, to_rdflib_graph
from dragoman.making import OWN_ONTOLOGY
from dragoman.ontology import Ontology, load_ontology
from dragoman.output import REPORT
from dragoman.query import Result, run_query, to_store
from dragoman.readings import Reuse
from dragoman.record import Record, RecordError, read_quads, read_record
from dragoman.records import Claim, Document, Entity, Skipped
from dragoman.report import Report, parse_report
from dragoman.session import Asking

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from dragoman.checks import Fault

__all__ = ["TURTLE", "Build", "check_build", "open_build", "own_ontology", "read_report"]

TURTLE = "graph.ttl"
"""The file of an output folder that holds everything, merged."""


@dataclass(frozen=True, repr=False)
class Build(Asking):
    """What a build found; quads, graph, dataset and network are made when they are first asked for.

    `reuse` tells what was read and what was kept of an earlier build. It is in no file, as those hang on the input
    alone; of a build that was opened it tells nothing.
    """

    record: Record
    report: Report
    ontology: Ontology
    make_quads: Callable[[], Iterable[ox.Quad]]
    reuse: Reuse = field(default_factory=Reuse)
    ontology_files: tuple[Path, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """What was read, by name."""
        return self.record.documents

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What the documents name, by id."""
        return self.record.entities

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What they state of it, by id."""
        return self.record.claims

    @property
    def measures(self) -> Mapping[str, Mapping[str, float]]:
        """For each measure of the network, a number per entity id."""
        return self.record.measures

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What was not read, and why."""
        return self.report.skipped

    @property
    def notes(self) -> tuple[Skipped, ...]:
        """What was, but not as it stands."""
        return self.report.notes

    @property
    def coverage(self) -> CorpusCoverage:
        """What was read, and still left silent."""
        return self.report.coverage

    @cached_property
    def quads(self) -> tuple[ox.Quad, ...]:
        """All that the named graphs hold."""
        return tuple(self.make_quads())

    @cached_property
    def graph(self) -> rdflib.Graph:
        """Everything, merged, as in ``graph.ttl``."""
        return to_rdflib_graph(self.quads)

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """The named graphs, as in ``graph.nq``."""
        return to_rdflib(self.quads)

    @cached_property
    def network(self) -> nx.MultiDiGraph:
        """Entities joined by asserted claims."""
        from dragoman.networks import to_network

        return to_network(self.entities, self.claims, self.ontology, documents=self.documents)

    def query(self, sparql: str) -> Result:
        """What a SPARQL query finds, far faster than in :attr:`graph`; prefixes need no declaration.

        :raises QueryError: for a query that cannot be answered, with line and column.
        """
        return run_query(self._store, sparql, base=self.record.base)

    @cached_property
    def _store(self) -> ox.Store:
        return to_store(self.quads)


def open_build(folder: str | Path) -> Build:
    """What a build wrote into `folder`.

    :raises RecordError: if the folder or its graph is missing or damaged.
    """
    folder = Path(folder)
    record = read_record(folder)
    ontology = load_ontology(*own_ontology(folder))
    own = tuple(own_ontology(folder))
    quads = read_quads(folder)
    return Build(record, read_report(folder), ontology, lambda: quads, ontology_files=own)


def read_report(folder: Path) -> Report:
    """The report of the build that wrote into `folder`.

    :raises RecordError: if there is none, or it is damaged.
    """
    try:
        return parse_report((folder / REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as cause:
        raise RecordError(f"{folder / REPORT}: missing or damaged; build the graph again") from cause


def check_build(folder: Path, *, sources: Path | None = None) -> tuple[Record, list[Fault]]:
    """What a build wrote into `folder`, and its faults; those of the documents in `sources` too where that is given.

    :raises RecordError: if the folder or its graph is missing or damaged.
    """
    from dragoman import checks

    record = read_record(folder)
    faults = [
        *checks.check_files(folder),
        *checks.check_quotes(record, checks.read_texts(folder, record)),
        *checks.check_shapes(folder / TURTLE, extra=own_ontology(folder)),
        *(checks.check_sources(record, sources) if sources else ()),
    ]
    return record, faults


def own_ontology(folder: Path) -> list[Path]:
    """The ontology files of the user's that the output `folder` keeps."""
    return sorted((folder / OWN_ONTOLOGY).glob("*.ttl"))
