"""Tell how many words a second are read, beside what the bare language model takes for the same passages.

    .venv/bin/python tests/benchmarks/reading_speed.py DOCUMENTS

DOCUMENTS is a file or folder, or a file of JSON lines with a field "text" (`.jsonl`, `.jsonl.gz`), of which 60 are
taken, evenly spread. Both are measured in one process, in turns and in processor time, so that other work on the
machine weighs on both alike; the ratio is the median of the rounds. Give OMP_NUM_THREADS=1 for one core.
"""

from __future__ import annotations

import gzip
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from dragoman.extraction.reader import GrammarReader
from dragoman.gazetteer import load_gazetteer
from dragoman.language.model import load_model
from dragoman.lexicon import load_lexicon
from dragoman.ontology import load_ontology
from dragoman.reading.documents import find_files, iter_documents
from dragoman.reading.layout import find_passages
from dragoman.records import Document

Item = TypeVar("Item")
ROUNDS = 3
MOST = 60
"""Documents that are read."""


def main(path: Path) -> None:
    documents = read_lines(path) if ".jsonl" in path.suffixes else read_files(path)
    ontology = load_ontology()
    reader = GrammarReader(
        load_model(), ontology=ontology, lexicon=load_lexicon(ontology), gazetteer=load_gazetteer(ontology)
    )

    def parse(document: Document) -> None:
        for _ in reader.nlp.pipe([passage.text for passage in find_passages(document)], batch_size=32):
            pass

    words = sum(len(document.text.split()) for document in documents)
    parse(documents[0])
    rounds = [(measure(parse, documents), measure(reader.read, documents)) for _ in range(ROUNDS)]
    bare, whole = (statistics.median(seconds) for seconds in zip(*rounds, strict=True))
    ratio = statistics.median(read / parsed for parsed, read in rounds)
    print(f"{len(documents)} documents, {words:,} words")
    print(f"language model alone: {words / bare:,.0f} words a second")
    print(f"reading, model and all: {words / whole:,.0f} words a second, {ratio:.2f} times as long")


def measure(work: Callable[[Document], object], documents: Sequence[Document]) -> float:
    """Seconds of processor time for all documents."""
    start = time.process_time()
    for document in documents:
        work(document)
    return time.process_time() - start


def read_files(path: Path) -> list[Document]:
    """The documents that a build would read at `path`, evenly spread."""
    return spread([document for part in iter_documents(find_files([path]).files) for document in part.documents])


def read_lines(path: Path) -> list[Document]:
    """A document for each of some lines of JSON."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        texts = spread(list(lines))
    return [Document(f"{n}.txt", json.loads(line)["text"], "0" * 64, date="2015") for n, line in enumerate(texts)]


def spread(items: Sequence[Item]) -> list[Item]:
    """At most :data:`MOST` of the items, evenly spread."""
    return list(items[:: max(1, len(items) // MOST)][:MOST])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
