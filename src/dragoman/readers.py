"""The files of a build to readings: kept where nothing has changed, made where something has.

The language model takes longest to load, and is loaded for the first document that is to be read; where there is much
to read, in several processes (:mod:`dragoman.workers`). What is read is told at once (:mod:`dragoman.journal`). Readers
beside the grammar's come after it (:mod:`dragoman.registry`): they see all documents, and what they find is joined with
what it found (:mod:`dragoman.pooling`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.keptfiles import KeptFiles
from dragoman.keptnames import NAMES
from dragoman.pooling import read_beside
from dragoman.reading.documents import NOTHING_KEPT, Finding, KeptParts, Options, iter_documents
from dragoman.reading.opening import Opened, SourceFile, count_parsers, nowhere
from dragoman.readings import Fingerprint, Kept, format_reading, parse_reading, read_readings, write_readings
from dragoman.records import Document, Reading, Skipped
from dragoman.registry import GRAMMAR, PreparedReader, Reader, ReaderContext, open_reader, parse_readers
from dragoman.standins import import_spacy
from dragoman.uncollected import uncollected
from dragoman.worker import Setup, try_to_read

if TYPE_CHECKING:
    from dragoman.cluster import Cluster
    from dragoman.extraction.reader import GrammarReader

__all__ = ["Choice", "Keeping", "LateReader", "NoReader", "OpenReaders", "Progress", "grammar_reader", "read_all"]

WORTH = 200_000
"""Characters that are worth a worker: it takes as long to start as half of them to read."""
MISFIT = "what a process read in it does not fit it, which is a fault of ours; it is left out"
Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


class LateReader:
    """A reader that loads its language model for the first document; `count` tells how many it has read."""

    def __init__(self, context: ReaderContext) -> None:
        self.context = context
        self.count = 0

    @property
    def progress(self) -> Progress:
        """Told of each stage."""
        return self.context.tell

    def read(self, document: Document) -> Reading:
        """Entities and claims of `document`.

        :raises ModelError: if there is no such language model.
        """
        self.count += 1
        return self._reader.read(document)

    def read_each(
        self, documents: Iterable[Document], keep: Callable[[bytes], None]
    ) -> Iterator[tuple[Document, Reading | str]]:
        """The reading of each of `documents`, in any order, or in words why there is none.

        :param keep: given the line of each reading, as :mod:`dragoman.readings` has it, when it is made.
        :raises ModelError: if there is no such language model.
        :raises WorkerError: if processes that read cannot be started.
        """
        with self._cluster or nullcontext():
            for document, found in self._read_somewhere(iter(documents)):
                if isinstance(found, bytes):
                    keep(found)
                    self.count += 1
                    reading = parse_reading(found, document, self.context.ontology)
                    yield document, reading or MISFIT
                else:
                    yield document, found

    def open_each(self, files: Iterable[SourceFile], options: Options, kept: KeptParts) -> Iterator[Opened]:
        """Each of `files` with what a worker of a cluster found in it, while documents are read; see :data:`Elsewhere`.

        :raises WorkerError: if the cluster cannot read.
        """
        return (self._cluster.open_each if self._cluster else nowhere)(files, options, kept)

    def _read_somewhere(self, documents: Iterator[Document]) -> Iterator[tuple[Document, bytes | str]]:
        most = 0 if self.context.scheduler else self.context.workers
        first, workers = _look_ahead(documents, most)
        every = chain(first, documents)
        if self._cluster:
            return ((document, made.failure or made.line) for document, made in self._cluster.read_each(every))
        return self._read_here(every) if workers < 2 else self._read_beside(every, workers)

    def _read_here(self, documents: Iterable[Document]) -> Iterator[tuple[Document, bytes | str]]:
        for document in documents:
            found = try_to_read(self._reader, document)
            yield document, found if isinstance(found, str) else format_reading(found)

    def _read_beside(self, documents: Iterable[Document], workers: int) -> Iterator[tuple[Document, bytes | str]]:
        from dragoman.workers import read_in_processes

        setup = Setup(self.context.model, self.context.ontology_files)
        self.progress(f"loading the language model in {workers} processes", 0, 0)
        for document, made in read_in_processes(documents, setup, workers=workers):
            yield document, made.failure or made.line

    @cached_property
    def _cluster(self) -> Cluster | None:
        """The cluster that reads, where there is one."""
        if not self.context.scheduler:
            return None
        from dragoman.cluster import Cluster

        context = self.context
        setup = Setup(context.model, context.ontology_files)
        return Cluster(setup, scheduler=context.scheduler, tell=context.tell)

    @cached_property
    def _reader(self) -> GrammarReader:
        context = self.context
        with uncollected():
            import_spacy()
            from dragoman.extraction.reader import GrammarReader
            from dragoman.language.model import load_model

            self.progress("loading the language model", 0, 0)
            model = load_model(context.model)
            return GrammarReader(model, ontology=context.ontology, lexicon=context.lexicon, gazetteer=context.gazetteer)


def grammar_reader(context: ReaderContext) -> LateReader:
    """The reader by grammar and lexicon."""
    return LateReader(context)


class NoReader:
    """Finds nothing in any document: for a build in which only other readers than the grammar's take part."""

    open_each = staticmethod(nowhere)

    def __init__(self, progress: Progress) -> None:
        self.progress, self.count = progress, 0

    def read_each(
        self, documents: Iterable[Document], keep: Callable[[bytes], None]
    ) -> Iterator[tuple[Document, Reading | str]]:
        """A reading of each of `documents` without entities and claims; there is nothing to `keep`."""
        for document in documents:
            self.count += 1
            yield document, Reading(document, (), ())


@dataclass(frozen=True)
class Choice:
    """Which readers take part in a build, grammar first, and what those beside it are set by."""

    names: tuple[str, ...] = (GRAMMAR,)
    settings: Mapping[str, str] = field(default_factory=dict, repr=False)  # it may hold keys

    @classmethod
    def of(cls, names: str | Iterable[str], settings: Mapping[str, str] | None) -> Choice:
        """The choice of these names.

        :raises ReaderError: for a name that no reader has.
        """
        return cls(parse_readers([names] if isinstance(names, str) else list(names)), settings or {})


class OpenReaders:
    """The readers of a build: the grammar's, or one that finds nothing in its stead, and those beside it.

    :raises ReaderError: if one of them cannot be opened.
    """

    def __init__(self, choice: Choice, context: ReaderContext) -> None:
        self.ontology = context.ontology
        self.by_grammar = GRAMMAR in choice.names
        self.first: LateReader | NoReader = NoReader(context.tell)
        if self.by_grammar:
            self.first = grammar_reader(context)
        self.others: Mapping[str, Reader] = {
            name: open_reader(name, context) for name in choice.names if name != GRAMMAR
        }

    def find_kept(self, last: Path | None, fingerprint: Fingerprint) -> Kept:
        """The grammar's readings that the output folder `last` keeps."""
        return read_readings(last, fingerprint, self.ontology) if last and self.by_grammar else Kept()

    def read_beside(self, readings: Sequence[Reading], notes: list[Skipped]) -> Sequence[Reading]:
        """`readings`, joined with what the readers beside the grammar's find; what these tell is added to `notes`."""
        if not self.others:
            return readings
        first_name = GRAMMAR if self.by_grammar else ""
        pooled, told = read_beside(readings, self.others, self.ontology, first_name=first_name)
        notes += told
        return pooled

    @property
    def prepared(self) -> Iterator[PreparedReader]:
        """Those beside the grammar's that keep something from build to build."""
        return (reader for reader in self.others.values() if isinstance(reader, PreparedReader))

    def made_with(self) -> Iterator[tuple[str, str]]:
        """What the readings of these hang on, for the provenance."""
        return (pair for reader in self.prepared for pair in sorted(reader.made_with().items()))


@dataclass(frozen=True)
class Keeping:
    """What a build leaves to the next.

    That is what its files held, its readings, some of them `kept`, how its `names` are compared, and what readers
    beside the grammar keep.
    """

    readers: OpenReaders
    readings: Sequence[Reading]
    kept: Kept
    fingerprint: Fingerprint
    files: KeptFiles
    names: bytes

    def write(self, folder: Path) -> None:
        """Write it into the output `folder`, before that is put in its place."""
        self.files.write(folder)
        (folder / NAMES).write_bytes(self.names)
        if self.readers.by_grammar:
            write_readings(folder, self.readings, self.fingerprint, self.kept)
        for reader in self.readers.prepared:
            reader.keep(folder)

    def close(self) -> None:
        """Clear away what was kept for a build that breaks off, as the folder is in its place."""
        for reader in self.readers.prepared:
            reader.close()


def read_all(
    found: Finding,
    kept: Kept,
    reader: LateReader | NoReader,
    keep: Callable[[bytes], None] = lambda _: None,
    *,
    files: KeptParts = NOTHING_KEPT,
    parsers: int = 1,
    skipped: list[Skipped],
    notes: list[Skipped],
) -> list[Reading]:
    """A reading of each document, kept or made, in the order of the documents.

    What is not read is added to `skipped`, what is told to `notes`.

    :param files: what the files held when the last build read them.
    :param keep: given the line of each reading that is made, at once.
    :param parsers: processes that parse files at a time, at most.
    """
    order: list[str] = []
    readings: dict[str, Reading] = {}
    left_out: list[Skipped] = []
    passed_over = 0

    def tell() -> None:
        seen = passed_over + len(order)
        total = len(found.files) if seen <= len(found.files) else 0  # not known where a file holds many documents
        reader.progress("reading", passed_over + len(readings) + len(left_out), total)

    def to_read() -> Iterator[Document]:
        nonlocal passed_over
        for part in iter_documents(
            found.files,
            found.options,
            is_english=kept.__contains__,
            kept=files,
            elsewhere=reader.open_each,
            parsers=count_parsers(found.files, parsers),
        ):
            skipped.extend(part.skipped)
            notes.extend(part.notes)
            passed_over += not part.documents
            for document in part.documents:
                order.append(document.name)
                if reading := kept.find(document):
                    readings[document.name] = reading
                    tell()
                else:
                    yield document

    tell()
    for document, made in reader.read_each(to_read(), keep):
        if isinstance(made, Reading):
            readings[document.name] = made
        else:
            left_out.append(Skipped(document.name, made))
        tell()
    skipped += left_out
    return [readings[name] for name in order if name in readings]


def _look_ahead(documents: Iterator[Document], most: int) -> tuple[list[Document], int]:
    """The first of `documents`, and how many workers they are worth, `most` at most."""
    first: list[Document] = []
    length = 0
    while most > 1 and length < most * WORTH and (document := next(documents, None)):
        first.append(document)
        length += len(document.text)
    return first, min(most, length // WORTH)
