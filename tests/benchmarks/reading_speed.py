"""Tell how many words a second are read, beside what spaCy takes for the language model alone on the same passages.

    .venv/bin/python tests/benchmarks/reading_speed.py DOCUMENTS

DOCUMENTS is a file or folder, or a file of JSON lines with a field "text" (`.jsonl`, `.jsonl.gz`), of which 60 are
taken, evenly spread. Both are measured in one process, in turns and in processor time, so that other work on the
machine weighs on both alike; the ratio is the median of the rounds. Then a table tells which part of the reading each
of its steps takes, and what the same step of the model takes as spaCy runs it. Give OMP_NUM_THREADS=1 for one core.
"""

from __future__ import annotations

import gzip
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.extraction import reader as steps
from dragoman.language.hashes import own_model_folder
from dragoman.reading.documents import find_files, iter_documents
from dragoman.reading.layout import find_passages
from dragoman.records import Document
from dragoman.worker import Setup, open_reader

Item = TypeVar("Item")
ROUNDS = 3
MOST = 60
"""Documents that are read."""
BATCH = 32
"""Passages that the model takes at once."""
STEPS: tuple[tuple[object, str], ...] = (
    (steps, "find_passages"),
    (steps, "mend"),
    (steps, "find_known"),
    (steps, "find_names"),
    (steps, "find_descriptions"),
    (steps, "link"),
    (steps.TimeFinder, "find"),
    (steps.ClaimReader, "read"),
    (steps.Silence, "note"),
)
"""The steps of a reading besides the model, by the name under which they are called."""
LABELS = ("tagger", "morphologizer", "trainable_lemmatizer")
"""The components of the model as it ships that one of ours stands for."""


def main(path: Path) -> None:
    documents = read_lines(path) if ".jsonl" in path.suffixes else read_files(path)
    reader, bare = open_reader(Setup()), spacy.load(own_model_folder())

    def parse(document: Document) -> None:
        for _ in bare.pipe([passage.text for passage in find_passages(document)], batch_size=BATCH):
            pass

    words = sum(len(document.text.split()) for document in documents)
    parse(documents[0])
    reader.read(documents[0])
    rounds = [(measure(parse, documents), measure(reader.read, documents)) for _ in range(ROUNDS)]
    alone, whole = (statistics.median(seconds) for seconds in zip(*rounds, strict=True))
    ratio = statistics.median(read / parsed for parsed, read in rounds)
    print(f"{len(documents)} documents, {words:,} words")
    print(f"language model alone: {words / alone:,.0f} words a second")
    print(f"reading, model and all: {words / whole:,.0f} words a second, {ratio:.2f} times as long")
    tell_steps(reader, bare, documents)


def measure(work: Callable[[Document], object], documents: Sequence[Document]) -> float:
    """Seconds of processor time for all documents."""
    start = time.process_time()
    for document in documents:
        work(document)
    return time.process_time() - start


def tell_steps(reader: steps.GrammarReader, bare: Language, documents: Sequence[Document]) -> None:
    """Print the part of the reading's time that each step takes, and the part of a component as spaCy runs it."""
    ours, theirs = measure_parts(reader.nlp, documents), measure_parts(bare, documents)
    theirs["dragoman_labels"] = sum(theirs.pop(name) for name in LABELS)
    spent: Counter[str] = Counter()
    for owner, name in STEPS:
        setattr(owner, name, timed(getattr(owner, name), spent, name))
    whole = measure(reader.read, documents)
    print(f"{'step':<24}{'of the reading':>16}{'as spaCy runs it':>20}")
    for name, seconds in (*ours.items(), *spent.items()):
        other = f"{theirs[name] / whole:20.1%}" if name in theirs else ""
        print(f"{name:<24}{seconds / whole:16.1%}{other}")
    print(f"{'all else':<24}{1 - (ours.total() + spent.total()) / whole:16.1%}")


def measure_parts(nlp: Language, documents: Sequence[Document]) -> Counter[str]:
    """Seconds of processor time that each component takes for all documents."""
    spent: Counter[str] = Counter()
    for document in documents:
        texts = [passage.text for passage in find_passages(document)]
        docs: Iterable[Doc] = timed(lambda texts=texts: map(nlp.make_doc, texts), spent, "tokenizer")()
        for name, component in nlp.pipeline:
            docs = timed(component.pipe, spent, name)(docs, batch_size=BATCH)  # type: ignore[attr-defined]
    return spent


def timed(work: Callable[..., Any], spent: Counter[str], name: str) -> Callable[..., Any]:
    """The same function, which adds to `spent` what it takes; what it gives one by one is given as a list."""

    @wraps(work)
    def run(*args: Any, **options: Any) -> Any:
        start = time.process_time()
        given = work(*args, **options)
        given = list(given) if isinstance(given, Iterator) else given
        spent[name] += time.process_time() - start
        return given

    return run


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
