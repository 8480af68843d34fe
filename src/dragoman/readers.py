"""The files of a build to readings: kept where nothing has changed, made where something has.

The language model takes longest to load, and is loaded for the first document that is to be read. Readers beside the
grammar's come after it (:mod:`dragoman.registry`): they see all documents, and what they find is joined with what it
found (:mod:`dragoman.pooling`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.gazetteer import Gazetteer
from dragoman.lexicon import Lexicon
from dragoman.ontology import Ontology
from dragoman.pooling import read_beside
from dragoman.reading.documents import Finding, iter_documents
from dragoman.readings import Fingerprint, Kept, read_readings, write_readings
from dragoman.records import Document, Reading, Skipped
from dragoman.registry import GRAMMAR, PreparedReader, Reader, ReaderContext, open_reader, parse_readers

if TYPE_CHECKING:
    from dragoman.extraction.reader import GrammarReader

__all__ = ["Choice", "LateReader", "NoReader", "OpenReaders", "Progress", "grammar_reader", "iter_readings"]

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


class LateReader:
    """A reader that loads its language model for the first document; `count` tells how many it has read."""

    def __init__(
        self, model: str, *, ontology: Ontology, lexicon: Lexicon, gazetteer: Gazetteer, progress: Progress
    ) -> None:
        self.model, self.progress = model, progress
        self.ontology, self.lexicon, self.gazetteer = ontology, lexicon, gazetteer
        self.count = 0

    def read(self, document: Document) -> Reading:
        """Entities and claims of `document`.

        :raises ModelError: if there is no such language model.
        """
        self.count += 1
        return self._reader.read(document)

    @cached_property
    def _reader(self) -> GrammarReader:
        from dragoman.extraction.reader import GrammarReader
        from dragoman.language.model import load_model

        self.progress("loading the language model", 0, 0)
        nlp = load_model(self.model)
        return GrammarReader(nlp, ontology=self.ontology, lexicon=self.lexicon, gazetteer=self.gazetteer)


def grammar_reader(context: ReaderContext) -> LateReader:
    """The reader by grammar and lexicon."""
    return LateReader(
        context.model,
        ontology=context.ontology,
        lexicon=context.lexicon,
        gazetteer=context.gazetteer,
        progress=context.tell,
    )


class NoReader:
    """Finds nothing in any document: for a build in which only other readers than the grammar's take part."""

    def __init__(self, progress: Progress) -> None:
        self.progress, self.count = progress, 0

    def read(self, document: Document) -> Reading:
        """A reading of `document` without entities and claims."""
        self.count += 1
        return Reading(document, (), ())


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

    def keep(self, folder: Path, readings: Iterable[Reading], fingerprint: Fingerprint) -> None:
        """Write into the output `folder` what the next build can use: `readings` by grammar, and what others keep."""
        if self.by_grammar:
            write_readings(folder, readings, fingerprint)
        for reader in self.others.values():
            if isinstance(reader, PreparedReader):
                reader.keep(folder)


def iter_readings(
    found: Finding, kept: Kept, reader: LateReader | NoReader, *, skipped: list[Skipped], notes: list[Skipped]
) -> Iterator[Reading]:
    """A reading of each document, kept or made; what is not read is added to `skipped`, what is told to `notes`."""
    tell, total = reader.progress, len(found.files)
    tell("reading", 0, total)
    for done, part in enumerate(iter_documents(found.files, is_english=kept.__contains__), start=1):
        skipped += part.skipped
        notes += part.notes
        for document in part.documents:
            yield kept.find(document) or reader.read(document)
        tell("reading", done, total)
