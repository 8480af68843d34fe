"""The whole way: documents in, graph, network and page out, in memory and, where a folder is given, on disk.

=================  =====================================================================================================
``graph.ttl``      everything, merged, as Turtle
``graph.nq``       the lasting record: the dataset, one graph for each document and for what is not one document's
``graph.html``     the page to look at
``measures.csv``   the network's measures, a row for each entity
``coverage.html``  what was left silent, to look at; ``coverage.jsonl`` the same of each document, for programs
``readings.jsonl`` what was read in each document, so that the next build reads only what has changed
``files.jsonl``    what was found in each file, so that the next build parses only what has changed
``names.jsonl``    how names are compared, so that the next build looks only at new ones
``report.txt``     what was read, found and left out, and why; ``report.json`` for programs
``documents.csv``  what is known of each document, and where that was found
``documents/``     the plain text of each document, which the quotes are checked against
``decisions.csv``  what people decided, where something was; the next build applies it again
``ontology/``      the user's own ontology files, where some were given
=================  =====================================================================================================

The same documents, model and ontology give the same bytes, whatever the folder, the machine or the day, and whether
an earlier build left readings or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dragoman.built import TURTLE, Build
from dragoman.coverage import sum_coverage
from dragoman.coverage.files import write_coverage
from dragoman.decisions import DECISIONS, read_decisions
from dragoman.gazetteer import load_gazetteer
from dragoman.graph import describe_all, to_quads
from dragoman.graphfiles import write_graph
from dragoman.identity import Joined, join_readings
from dragoman.inference import find_inferred
from dragoman.inventory import write_inventory
from dragoman.journal import open_journal
from dragoman.keptfiles import open_files
from dragoman.keptnames import format_names, read_names
from dragoman.language.hashes import OWN_MODEL
from dragoman.lexicon import load_lexicon
from dragoman.making import OWN_ONTOLOGY, Making, kept_name
from dragoman.namekeys import NameKeys
from dragoman.ontology import Ontology, load_ontology
from dragoman.output import REPORT, journal_path, replaced_folder
from dragoman.quotes import Described, expand
from dragoman.readers import Choice, Keeping, OpenReaders, Progress, read_all
from dragoman.reading.documents import DEFAULTS, Finding, Options
from dragoman.readings import Reuse
from dragoman.record import DATASET, Record, write_texts
from dragoman.records import Document, Skipped
from dragoman.registry import GRAMMAR, ReaderContext
from dragoman.report import Report, format_report, format_report_json, to_report
from dragoman.rulings import apply_decisions
from dragoman.serialization import to_subjects
from dragoman.sources import find_sources
from dragoman.uncollected import uncollected
from dragoman.vocabulary import BASE, Iris
from dragoman.workers import count_cores

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "OWN_ONTOLOGY",
    "PAGE",
    "WAITING",
    "NothingReadError",
    "build",
]

PAGE, TABLE, REPORT_TEXT = "graph.html", "measures.csv", "report.txt"
WAITING = "waiting for another build into this folder"
"""What `progress` is told while a build waits for another."""


class NothingReadError(ValueError):
    """There are files, and none of them could be read; `skipped` says why."""

    def __init__(self, skipped: Sequence[Skipped]) -> None:
        first = f": {skipped[0].name}: {skipped[0].reason}" if skipped else ""
        more = f" (and {len(skipped) - 1} more)" if len(skipped) > 1 else ""
        super().__init__(f"no document could be read{first}{more}")
        self.skipped = tuple(skipped)


def build(
    paths: str | Path | Iterable[str | Path],
    output: str | Path | None = None,
    *,
    base: str = BASE,
    model: str = OWN_MODEL,
    ontology_files: Iterable[str | Path] = (),
    decisions: str | Path | None = None,
    readers: str | Iterable[str] = GRAMMAR,
    settings: Mapping[str, str] | None = None,
    infer: bool = False,
    page: bool = True,
    fresh: bool = False,
    workers: int | None = None,
    scheduler: str = "",
    options: Options = DEFAULTS,
    progress: Progress | None = None,
) -> Build:
    """The graph of the documents at `paths`, files or folders of them; written into the folder `output` if given.

    :param paths: of this machine, or addresses of object stores, like ``s3://bucket/folder``.
    :param base: what every IRI of the data starts with; it ends in ``/`` or ``#``.
    :param model: our language model, or an installed spaCy pipeline with a dependency parser.
    :param ontology_files: Turtle files with classes, properties, words and names that are added to ours.
    :param decisions: a table of what is the same or not, right or wrong (:mod:`dragoman.decisions`); without one, that
        which the last build into `output` kept there.
    :param readers: whose findings are joined: ``grammar``, ``llm``, ``both``, or a reader of an installed package.
    :param settings: what readers beside the grammar's are set by, as ``os.environ`` has it; it may hold keys.
    :param infer: whether to add what follows by the ontology, in the graph ``graph/inferred``.
    :param page: whether to write ``graph.html``.
    :param fresh: read every document, even those that the last build into `output` has read as they are.
    :param workers: processes that read at a time, where there is enough to read; else as many as there are cores.
    :param scheduler: the address of a Dask scheduler, whose workers open files and read instead of processes of ours.
    :param options: how files are read: the limits of each, the column of texts in tables, pictures of text by OCR.
    :param progress: told of each stage; also if another build writes into `output`, whose end is waited for.
    :raises ReadingError: for a path that does not exist, or without a file that could be read.
    :raises NothingReadError: if no file could be read.
    :raises OutputError: if `output` cannot be written, or holds what no build wrote; before any work, unless the disk
        fills up. What was there stays.
    :raises OntologyError: for an ontology file that cannot be used.
    :raises DecisionError: for decisions that cannot be applied, with file and line.
    :raises ModelError: if there is no such language model.
    :raises ReaderError: for a reader that is not there or cannot be opened.
    :raises WorkerError: if processes that read cannot be started, or the scheduler's workers cannot read.
    """
    choice = Choice.of(readers, settings)
    tell = progress or (lambda *_: None)
    Iris(base)
    target = Path(output) if output is not None else None
    found = find_sources(list(_several(paths)), output=target, options=options)
    decided = Path(decisions) if decisions is not None else _kept_decisions(target)
    own = tuple(Path(path) for path in ontology_files)
    making = Making(base, model, own, tell, decided, infer, choice, target, workers or count_cores(), scheduler)
    if target is None:
        return _build(found, making, None).build
    with replaced_folder(target, waiting=lambda: tell(WAITING, 0, 0)) as folder:
        made = _build(found, making, None if fresh else target)
        built, keeping = made.build, made.keeping
        _write(made, folder, ontology_files=making.ontology_files, page=page, tell=tell)
        if decided:
            (folder / DECISIONS).write_bytes(decided.read_bytes())
        keeping.write(folder)
        write_coverage(folder, keeping.readings)
        _write_reports(built.report, folder)
    keeping.close()
    return built


def _kept_decisions(target: Path | None) -> Path | None:
    kept = target / DECISIONS if target else None
    return kept if kept and kept.is_file() else None


def _several(paths: str | Path | Iterable[str | Path]) -> Iterable[str | Path]:
    return [paths] if isinstance(paths, str | Path) else paths


class _Made(NamedTuple):
    """The graph of some files, its network, what tells all that it says, and what the next build can use.

    `merged` is the network with one edge for each pair.
    """

    build: Build
    network: nx.MultiDiGraph
    merged: nx.Graph
    describe: Callable[[], Iterable[Described]]
    keeping: Keeping


def _build(found: Finding, making: Making, last: Path | None) -> _Made:
    """The graph of the files `found`; `last` is the folder of the build before."""
    ontology = load_ontology(*making.ontology_files)
    lexicon = load_lexicon(ontology, *making.ontology_files)
    with uncollected():
        gazetteer = load_gazetteer(ontology, *making.ontology_files)
    decisions = read_decisions(making.decisions, ontology, base=making.base) if making.decisions else ()
    context = ReaderContext(
        *(ontology, lexicon, gazetteer, making.model, making.choice.settings, making.output),
        fresh=last is None,
        tell=making.tell,
        ontology_files=making.ontology_files,
        workers=making.workers,
        scheduler=making.scheduler,
    )
    readers = OpenReaders(making.choice, context)
    skipped, notes = list(found.skipped), list(found.notes)
    if making.ontology_files:
        from dragoman.additions import describe_additions

        notes += describe_additions(making.ontology_files, ontology, lexicon, gazetteer)
    made_by = making.provenance
    files = open_files(last, ontology_sha256=made_by.ontology_sha256, options=found.options)
    noted = journal_path(making.output) if readers.by_grammar else None
    with open_journal(noted, making.fingerprint, ontology, fresh=last is None) as journal:
        with uncollected():
            kept = readers.find_kept(last, making.fingerprint).and_(journal.kept)
        first = read_all(
            *(found, kept, readers.first, journal.add),
            files=files,
            parsers=making.workers,
            skipped=skipped,
            notes=notes,
        )
    if not first:
        raise NothingReadError(sorted(skipped, key=lambda line: line.name))
    readings = readers.read_beside(first, notes)
    with uncollected():
        making.tell("joining", 0, 0)
        kept_names = read_names(last, gazetteer, ontology_sha256=made_by.ontology_sha256) if last else ()
        names = NameKeys(gazetteer, lexicon, ontology, kept=kept_names)
        joined = join_readings(readings, gazetteer=gazetteer, lexicon=lexicon, ontology=ontology, names=names)
        compared = format_names(names.compared(), ontology_sha256=made_by.ontology_sha256) if making.output else b""
        del kept_names, names  # which take much memory
        joined, lapsed = apply_decisions(decisions, joined, readings, gazetteer=gazetteer, ontology=ontology)
        notes += lapsed
        notes += [Skipped(claim.documents[0], f"a claim is left out: {reason}") for claim, reason in joined.refused]
        notes += [Skipped(second, f"shares a source with {first} ({why})") for first, second, why in joined.repeats]
        documents = tuple(reading.document for reading in readings)
        network = _to_network(joined, documents, ontology)
        merged = _merge(network)
        record = Record(
            documents=tuple(sorted(documents, key=lambda document: document.name)),
            entities=tuple(joined.entities),
            claims=tuple(joined.claims),
            measures=_measure(network, merged),
            base=making.base,
        )
        report = to_report(
            documents,
            joined.entities,
            joined.claims,
            ontology,
            skipped=sorted(skipped, key=lambda line: (line.name, line.reason)),
            notes=sorted(notes, key=lambda line: (line.name, line.reason)),
            coverage=sum_coverage(readings, joined.entities, joined.claims, ontology),
        )
        describe = partial(
            describe_all,
            documents=record.documents,
            entities=record.entities,
            claims=record.claims,
            measures=record.measures,
            repeats=tuple((first, second) for first, second, _ in joined.repeats),
            ontology=ontology,
            provenance=replace(made_by, settings=(*made_by.settings, *found.options.settings(), *readers.made_with())),
            base=making.base,
        )
        own_files = making.ontology_files
        inferred = find_inferred(to_quads(describe()), *own_files, base=making.base) if making.infer else []
    count = readers.first.count
    reuse = Reuse(read=count, kept=len(first) - count, note=kept.note)

    def described() -> Iterable[Described]:
        return chain(expand(describe()), to_subjects(inferred)) if inferred else describe()

    built = Build(record, report, ontology, lambda: to_quads(described()), reuse, making.ontology_files)
    return _Made(built, network, merged, described, Keeping(readers, first, kept, making.fingerprint, files, compared))


def _to_network(joined: Joined, documents: Iterable[Document], ontology: Ontology) -> nx.MultiDiGraph:
    from dragoman.networks import to_network

    return to_network(joined.entities, joined.claims, ontology, documents=documents)


def _merge(network: nx.MultiDiGraph) -> nx.Graph:
    from dragoman.networks import merge_edges

    return merge_edges(network)


def _measure(network: nx.MultiDiGraph, merged: nx.Graph) -> Mapping[str, Mapping[str, float]]:
    from dragoman.measures import measure

    return measure(network, merged=merged)


@uncollected()
def _write(made: _Made, folder: Path, *, ontology_files: Sequence[Path], page: bool, tell: Progress) -> None:
    from dragoman.measures import write_measures_csv

    built = made.build
    tell("writing the graph", 0, 0)
    write_graph(made.describe(), folder / DATASET, folder / TURTLE, base=built.record.base)
    write_measures_csv(folder / TABLE, built.measures, made.network)
    write_texts(folder, built.documents, made.keeping.files.find_text)
    write_inventory(folder, built.documents)
    _keep_ontology(ontology_files, folder)
    if page:
        tell("writing the page", 0, 0)
        _write_page(made, folder / PAGE)
        _write_coverage_page(built, folder)


def _write_reports(report: Report, folder: Path) -> None:
    """Write the reports, last, as one of them names all files of the `folder`."""
    (folder / REPORT_TEXT).write_text(format_report(report), encoding="utf-8", newline="\n")
    written = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    text = format_report_json(report, [*written, REPORT])
    (folder / REPORT).write_text(text, encoding="utf-8", newline="\n")


def _keep_ontology(files: Sequence[Path], folder: Path) -> None:
    for number, path in enumerate(files, start=1):
        (folder / OWN_ONTOLOGY).mkdir(exist_ok=True)
        (folder / OWN_ONTOLOGY / kept_name(number, path)).write_bytes(path.read_bytes())


def _write_page(made: _Made, path: Path) -> None:
    from dragoman.measures import find_communities
    from dragoman.page import write_page

    built = made.build
    count = len(built.documents)
    communities = find_communities(made.merged)
    write_page(
        path,
        entities=built.entities,
        claims=built.claims,
        documents=built.documents,
        measures=built.measures,
        communities={member: group.name for group in communities for member in group.members},
        ontology=built.ontology,
        title=f"Actors, conflicts and instruments in {count:,} {'document' if count == 1 else 'documents'}",
    )


def _write_coverage_page(built: Build, folder: Path) -> None:
    from dragoman.coverage.page import PAGE, write_page

    write_page(built.coverage, built.skipped, built.ontology, folder / PAGE)
