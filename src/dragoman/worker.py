"""A process that works: batches come in by its standard input, what was made of them goes out by its output.

The first message is the work that it does, like :class:`Setup`, for which it loads the language model once. It ends
when its input does, also within a document: then who started it has gone. Messages are pickled records of our own,
which pass between us and our own child alone; a reading is a line as :mod:`dragoman.readings` keeps it, so that it is
encoded here, once.
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from threading import Thread
from typing import IO, TYPE_CHECKING, Any, Protocol

from dragoman.language.hashes import OWN_MODEL
from dragoman.records import Document, Reading
from dragoman.standins import import_spacy

if TYPE_CHECKING:
    from dragoman.extraction.reader import GrammarReader

__all__ = ["BOOT", "HEAD", "Made", "Setup", "Work", "main", "open_reader", "receive", "send", "try_to_read"]

HEAD = 8
"""Bytes before a message that tell how long it is, the highest first."""
BOOT = "import sys; sys.path[:] = sys.argv[1:]; from dragoman.worker import main; main()"
"""Runs a worker that finds its modules where we found ours, and that runs nothing of a script that called us."""


class Reads(Protocol):
    """Whatever turns a document into what was read in it."""

    def read(self, document: Document) -> Reading:
        """Entities and claims of `document`."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a worker made of an item: a line of JSON, or why there is none; neither when it has begun."""

    line: bytes = b""
    failure: str = ""


class Work(Protocol):
    """What a process does."""

    def begin(self) -> Callable[[Sequence[Any]], Iterator[Made]]:
        """What takes a batch and gives an answer to each of its items, in their order.

        :raises ValueError: if it cannot be done, for any item.
        """


@dataclass(frozen=True, slots=True)
class Setup:
    """What a reader by grammar is made of; the line of a document is that of its reading."""

    model: str = OWN_MODEL
    ontology_files: tuple[Path, ...] = ()

    def begin(self) -> Callable[[Sequence[Document]], Iterator[Made]]:
        """What reads documents.

        :raises ModelError: if there is no such language model.
        """
        from dragoman.readings import format_reading

        reader = open_reader(self)

        def read(documents: Sequence[Document]) -> Iterator[Made]:
            for document in documents:
                found = try_to_read(reader, document)
                yield Made(failure=found) if isinstance(found, str) else Made(format_reading(found))

        return read


def main() -> None:
    """Do the work, with what comes in until there is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for who started us, and ends us in good time
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed does not stand between answers
    work = receive(sys.stdin.buffer)
    waiting: queue.SimpleQueue[Sequence[object]] = queue.SimpleQueue()
    Thread(target=_await_batches, args=(sys.stdin.buffer, waiting), daemon=True).start()
    try:
        _work(work, waiting, out)  # type: ignore[arg-type]
    except BrokenPipeError:
        os._exit(0)


def open_reader(setup: Setup) -> GrammarReader:
    """A reader with its language model, ontology, words and names.

    :raises ModelError: if there is no such language model.
    """
    import_spacy()
    from dragoman.extraction.reader import GrammarReader
    from dragoman.gazetteer import load_gazetteer
    from dragoman.language.model import load_model
    from dragoman.lexicon import load_lexicon
    from dragoman.ontology import load_ontology

    ontology = load_ontology(*setup.ontology_files)
    reader = GrammarReader(
        load_model(setup.model),
        ontology=ontology,
        lexicon=load_lexicon(ontology, *setup.ontology_files),
        gazetteer=load_gazetteer(ontology, *setup.ontology_files),
    )
    gc.freeze()  # what is loaded stays: the collector need not look through it each time that documents came and went
    return reader


def try_to_read(reader: Reads, document: Document) -> Reading | str:
    """The reading of `document`, or in words where the reader failed: one document is not to cost all others."""
    try:
        return reader.read(document)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{PurePath(place.filename).name}:{place.lineno}"
        return f"the reader failed on it ({type(error).__name__} in {where}), which is a fault of ours; it is left out"


def send(message: object, stream: IO[bytes]) -> None:
    """Write `message` for :func:`receive` at the other end.

    :raises BrokenPipeError: if there is nobody.
    """
    data = pickle.dumps(message)
    stream.write(len(data).to_bytes(HEAD, "big") + data)
    stream.flush()


def receive(stream: IO[bytes]) -> object:
    """The next message.

    :raises EOFError: if there is none, or a part of one.
    """
    head = stream.read(HEAD)
    data = stream.read(int.from_bytes(head, "big")) if len(head) == HEAD else b""
    if len(head) < HEAD or len(data) < int.from_bytes(head, "big"):
        raise EOFError("the other end has gone")
    return pickle.loads(data)


def _await_batches(stream: IO[bytes], waiting: queue.SimpleQueue[Sequence[object]]) -> None:
    while True:
        try:
            batch = receive(stream)
        except EOFError:
            os._exit(0)  # what still is made is of no use to anybody
        waiting.put(batch)  # type: ignore[arg-type]


def _work(work: Work, waiting: queue.SimpleQueue[Sequence[object]], out: IO[bytes]) -> None:
    try:
        answer = work.begin()
    except ValueError as error:
        send(Made(failure=str(error)), out)
        return
    send(Made(), out)
    while True:
        for made in answer(waiting.get()):
            send(made, out)
