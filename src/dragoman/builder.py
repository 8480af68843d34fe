"""The whole way: documents in, graph, network and page out, in memory and, where a folder is given, on disk.

=================  =====================================================================================================
``graph.ttl``      everything, merged, as Turtle
``graph.nq``       the lasting record: the dataset, one graph for each document and for what is not one document's
``graph.html``     the page to look at
``measures.csv``   the network's measures, a row for each entity
``report.txt``     what was read, found and left out, and why; ``report.json`` for programs
``documents/``     the plain text of each document, which the quotes are checked against
``ontology/``      the user's own ontology files, where some were given
=================  =====================================================================================================

The same documents, model and ontology give the same bytes, whatever the folder, the machine or the day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from dragoman.gazetteer import Gazetteer, load_gazetteer
from dragoman.graph import Provenance, to_quads, to_rdflib, to_rdflib_graph, write_nquads, write_turtle
from dragoman.identity import join_readings
from dragoman.lexicon import Lexicon, load_lexicon
from dragoman.ontology import Ontology, load_ontology, ontology_folder
from dragoman.output import REPORT, is_build, replaced_folder
from dragoman.query import Result, run_query, to_store
from dragoman.reading.documents import (
    Finding,
    ReadingError,
    SourceFile,
    find_files,
    iter_documents,
)
from dragoman.record import DATASET, Record, RecordError, read_quads, read_record, write_texts
from dragoman.records import Claim, Document, Entity, Reading, Skipped
from dragoman.report import Report, format_report, format_report_json, parse_report, to_report
from dragoman.vocabulary import BASE, Iris

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from dragoman.checks import Fault

__all__ = ["OWN_ONTOLOGY", "PAGE", "Build", "NothingReadError", "build", "check_build", "open_build", "own_ontology"]

OWN_MODEL = "dragoman"
PAGE, TURTLE, TABLE, REPORT_TEXT = "graph.html", "graph.ttl", "measures.csv", "report.txt"
OWN_ONTOLOGY = "ontology"
"""The folder of an output folder that holds the ontology files that the user gave."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


class NothingReadError(ValueError):
    """There are files, and none of them could be read; `skipped` says why."""

    def __init__(self, skipped: Sequence[Skipped]) -> None:
        first = f": {skipped[0].name}: {skipped[0].reason}" if skipped else ""
        more = f" (and {len(skipped) - 1} more)" if len(skipped) > 1 else ""
        super().__init__(f"no document could be read{first}{more}")
        self.skipped = tuple(skipped)


@dataclass(frozen=True)
class Build:
    """What a build found; graph, dataset and network are made when they are first asked for."""

    record: Record
    report: Report
    ontology: Ontology
    quads: tuple[ox.Quad, ...]

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
        from dragoman.network import to_network

        return to_network(self.entities, self.claims, self.ontology)

    def query(self, sparql: str) -> Result:
        """What a SPARQL query finds, far faster than in :attr:`graph`; prefixes need no declaration.

        :raises QueryError: for a query that cannot be answered, with line and column.
        """
        return run_query(self._store, sparql, base=self.record.base)

    @cached_property
    def _store(self) -> ox.Store:
        return to_store(self.quads)


def build(
    paths: str | Path | Iterable[str | Path],
    output: str | Path | None = None,
    *,
    base: str = BASE,
    model: str = OWN_MODEL,
    ontology_files: Iterable[str | Path] = (),
    page: bool = True,
    progress: Progress | None = None,
) -> Build:
    """The graph of the documents at `paths`, files or folders of them; written into the folder `output` if given.

    :param base: what every IRI of the data starts with; it ends in ``/`` or ``#``.
    :param model: our language model, or an installed spaCy pipeline with a dependency parser.
    :param ontology_files: Turtle files with classes, properties, words and names that are added to ours.
    :param page: whether to write ``graph.html``.
    :raises ReadingError: for a path that does not exist, or without a file that could be read.
    :raises NothingReadError: if no file could be read.
    :raises OutputError: if `output` cannot be written, or holds what no build wrote; before any work.
    :raises OntologyError: for an ontology file that cannot be used.
    :raises ModelError: if there is no such language model.
    """
    tell = progress or (lambda *_: None)
    files = [Path(path) for path in ontology_files]
    Iris(base)
    found = _find_documents([Path(path) for path in _several(paths)], output)
    if output is None:
        return _build(found, base=base, model=model, ontology_files=files, tell=tell)
    with replaced_folder(Path(output)) as folder:
        built = _build(found, base=base, model=model, ontology_files=files, tell=tell)
        _write(built, folder, ontology_files=files, page=page, tell=tell)
    return built


def open_build(folder: str | Path) -> Build:
    """What a build wrote into `folder`.

    :raises RecordError: if the folder or its graph is missing or damaged.
    """
    folder = Path(folder)
    record = read_record(folder)
    ontology = load_ontology(*own_ontology(folder))
    try:
        report = parse_report((folder / REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as cause:
        raise RecordError(f"{folder / REPORT}: missing or damaged; build the graph again") from cause
    return Build(record, report, ontology, tuple(read_quads(folder)))


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


def _several(paths: str | Path | Iterable[str | Path]) -> Iterable[str | Path]:
    return [paths] if isinstance(paths, str | Path) else paths


def _find_documents(paths: Sequence[Path], output: str | Path | None) -> Finding:
    """The files to read, without those that a build wrote into a folder below `paths`."""
    found = find_files(paths)
    roots = {Path(path).absolute() for path in paths}
    target = Path(output).absolute() if output else None
    made: dict[Path, bool] = {}

    def within_build(file: SourceFile) -> Path | None:
        for folder in file.path.parents:
            if folder in roots:
                return None
            if folder not in made:
                made[folder] = folder == target or is_build(folder)
            if made[folder]:
                return folder
        return None

    left_out = {file: folder for file in found.files if (folder := within_build(file))}
    kept = tuple(file for file in found.files if file not in left_out)
    if not kept:
        where = ", ".join(map(str, paths))
        raise ReadingError(f"{where}: no document to read but what a build wrote; give the folder of the documents")
    if not left_out:
        return found
    folders = sorted(set(left_out.values()))
    notes = [Skipped(folder.name, "was written by a build, and is not read") for folder in folders]
    return Finding(kept, found.skipped, (*found.notes, *notes))


def _build(found: Finding, *, base: str, model: str, ontology_files: Sequence[Path], tell: Progress) -> Build:
    ontology = load_ontology(*ontology_files)
    lexicon = load_lexicon(ontology, *ontology_files)
    gazetteer = load_gazetteer(ontology, *ontology_files)
    tell("loading the language model", 0, 0)
    readings: list[Reading] = []
    skipped, notes = list(found.skipped), list(found.notes)
    for reading in _read(found, _make_reader(model, ontology, lexicon, gazetteer), skipped, notes, tell):
        readings.append(reading)
    if not readings:
        raise NothingReadError(sorted(skipped, key=lambda line: line.name))
    tell("joining", 0, 0)
    joined = join_readings(readings, gazetteer=gazetteer, lexicon=lexicon, ontology=ontology)
    notes += [Skipped(claim.documents[0], f"a claim is left out: {reason}") for claim, reason in joined.refused]
    documents = tuple(reading.document for reading in readings)
    record = Record(
        documents=tuple(sorted(documents, key=lambda document: document.name)),
        entities=tuple(joined.entities),
        claims=tuple(joined.claims),
        measures=_measure(joined.entities, joined.claims, ontology),
        base=base,
    )
    report = to_report(
        documents,
        joined.entities,
        joined.claims,
        ontology,
        skipped=sorted(skipped, key=lambda line: (line.name, line.reason)),
        notes=sorted(notes, key=lambda line: (line.name, line.reason)),
    )
    quads = to_quads(
        documents=record.documents,
        entities=record.entities,
        claims=record.claims,
        measures=record.measures,
        ontology=ontology,
        provenance=_to_provenance(model, ontology_files),
        base=base,
    )
    return Build(record, report, ontology, tuple(quads))


def _make_reader(
    model: str, ontology: Ontology, lexicon: Lexicon, gazetteer: Gazetteer
) -> Callable[[Document], Reading]:
    from dragoman.extraction.reader import GrammarReader
    from dragoman.language.model import load_model

    return GrammarReader(load_model(model), ontology=ontology, lexicon=lexicon, gazetteer=gazetteer).read


def _read(
    found: Finding,
    reader: Callable[[Document], Reading],
    skipped: list[Skipped],
    notes: list[Skipped],
    tell: Progress,
) -> Iterator[Reading]:
    """A reading of each document, each by itself; what is not read is added to `skipped`."""
    done, total = 0, len(found.files)
    tell("reading", done, total)
    for part in iter_documents(found.files):
        skipped += part.skipped
        notes += part.notes
        for document in part.documents:
            yield reader(document)
        done += 1
        tell("reading", done, total)


def _measure(
    entities: Sequence[Entity], claims: Sequence[Claim], ontology: Ontology
) -> Mapping[str, Mapping[str, float]]:
    from dragoman.measures import measure
    from dragoman.network import to_network

    return measure(to_network(entities, claims, ontology))


def _to_provenance(model: str, ontology_files: Sequence[Path]) -> Provenance:
    from dragoman.language.model import hash_model

    digest = sha256()
    for path in (*sorted(ontology_folder().rglob("*.ttl")), *ontology_files):
        digest.update(sha256(path.read_bytes()).digest())
    return Provenance(
        ontology_sha256=digest.hexdigest(),
        model=model,
        model_sha256=hash_model(model),
        settings=(("reader", "grammar"),),
    )


def _write(built: Build, folder: Path, *, ontology_files: Sequence[Path], page: bool, tell: Progress) -> None:
    from dragoman.measures import write_measures_csv

    tell("writing the graph", 0, 0)
    write_nquads(built.quads, folder / DATASET)
    write_turtle(built.quads, folder / TURTLE, base=built.record.base)
    write_measures_csv(folder / TABLE, built.measures, built.network)
    write_texts(folder, built.documents)
    _keep_ontology(ontology_files, folder)
    if page:
        tell("writing the page", 0, 0)
        _write_page(built, folder / PAGE)
    (folder / REPORT_TEXT).write_text(format_report(built.report), encoding="utf-8", newline="\n")
    written = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    text = format_report_json(built.report, [*written, REPORT])
    (folder / REPORT).write_text(text, encoding="utf-8", newline="\n")


def _keep_ontology(files: Sequence[Path], folder: Path) -> None:
    for number, path in enumerate(files, start=1):
        (folder / OWN_ONTOLOGY).mkdir(exist_ok=True)
        (folder / OWN_ONTOLOGY / f"{number:02}-{path.stem}.ttl").write_bytes(path.read_bytes())


def _write_page(built: Build, path: Path) -> None:
    from dragoman.page import write_page

    count = len(built.documents)
    write_page(
        path,
        entities=built.entities,
        claims=built.claims,
        documents=built.documents,
        measures=built.measures,
        ontology=built.ontology,
        title=f"Actors, conflicts and instruments in {count} {'document' if count == 1 else 'documents'}",
    )
