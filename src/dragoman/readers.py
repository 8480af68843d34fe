"""The files of a build to readings: kept where nothing has changed, made where something has.

The language model takes longest to load, and is loaded for the first document that is to be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.gazetteer import Gazetteer
from dragoman.lexicon import Lexicon
from dragoman.ontology import Ontology
from dragoman.reading.documents import Finding, iter_documents
from dragoman.readings import Kept
from dragoman.records import Document, Reading, Skipped

if TYPE_CHECKING:
    from dragoman.extraction.reader import Reader

__all__ = ["LateReader", "Progress", "iter_readings"]

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
    def _reader(self) -> Reader:
        from dragoman.extraction.reader import GrammarReader
        from dragoman.language.model import load_model

        self.progress("loading the language model", 0, 0)
        nlp = load_model(self.model)
        return GrammarReader(nlp, ontology=self.ontology, lexicon=self.lexicon, gazetteer=self.gazetteer)


def iter_readings(
    found: Finding, kept: Kept, reader: LateReader, *, skipped: list[Skipped], notes: list[Skipped]
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
