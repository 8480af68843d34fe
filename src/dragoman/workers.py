"""Documents to readings in as many processes as there are cores.

Each worker (:mod:`dragoman.worker`) is a process of its own with the language model in memory. It is given two batches
of documents at a time, so that it need not wait for the next one, and answers for each document as it is done. One that
dies, as one does that needs more memory than there is, is replaced: the document it was at is read again, by itself,
and left out where that ends a worker once more; the others that it had go to the next worker. What comes back is in no
order; what a document gives hangs on nothing but the document, so that any number of workers gives the same graph.

``multiprocessing`` is not used: it would run the script of whoever calls us anew in each worker, where that has no
``if __name__ == "__main__"``, and a pool of ``concurrent.futures`` ends with the first worker that dies.

Past one machine
----------------
What was measured, on 9,245 speeches of 25,045,101 words (``tests/benchmarks/build_scale.py`` measures the like anew),
and what follows for ten million documents of that length, 1,082 times as many, if all grew with the words and no more:

=====================================  =========================  ====================================================
stage                                  measured                   ten million documents
=====================================  =========================  ====================================================
reading, workers                       1,565 s of processor time  470 hours of one core: 7 hours of 64 of them
identity and claims                    56 s                       17 hours of one core, where it is not parted
measures                               17 s, betweenness sampled  not as they are: samples, too, need a whole network
``graph.nq``, ``graph.ttl``            68 s, 2.1 and 0.4 GB       20 hours of one core, 2.3 and 0.4 TB; 10 million quads
                                                                  become 11 thousand million
page                                   24 s, 44 MB                the same: it shows as much
readings kept                          236 MB                     255 GB
all, on two cores                      1,739 s of processor time  523 hours of one core
                                       937 s by the clock
memory of all processes                3,064 MiB                  more than one machine has
=====================================  =========================  ====================================================

Processor time, clock and memory of all are of one run; 100 of the speeches took 25.3 s of processor time in it, 14.7 s
by the clock and 792 MiB, 1,000 of them 193.8 s, 105.4 s and 1,120 MiB. Reading is 16,000 words a second and core, as
``reading_speed.py`` measures it. The stages after it were timed one by one in an earlier build of the same speeches:
with reading they come to 1,730 s. Sizes are of a build between the two, of 140,898 entities and 255,627 claims.

*Reading* needs no more than this map: a document's reading hangs on nothing but the document, so that machines read
apart. :mod:`dragoman.cluster` has those of a Dask cluster do so, and open the files, too; one machine lists these and
takes what comes back. Where that is too much for it, machines share documents out by the hash of their key, and each
keeps its own lines of ``readings.jsonl``, which merge by sorting.

*Identity* is what has to be parted. It compares no two names, but looks each up by its forms
(:mod:`dragoman.namekeys`): names meet only under a shared key, the first part of which is the kind of thing. So local
entities are sent by the hash of their key to as many machines as need be; each joins what meets there; the pairs that
come back, as ids of local entities, are joined as disjoint sets, which hold two numbers for each entity and no name.
Claims are then merged by the hash of subject, property and object. Names of known things (``ontology/names``) are few,
and are on every machine.

*The graph* is a shard of N-Quads for each part, sorted on disk as now (:mod:`dragoman.sorting`); stores that are spread
over machines load such shards as they are. No Turtle is written: nobody reads it.

*The page* shows what is most central, as a page of all entities opens in no browser, and *the endpoint* is that of the
store which holds the shards; ``dragoman push`` sends them there.
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from threading import Thread
from typing import Generic, Protocol, TypeVar

from dragoman.records import Document
from dragoman.worker import BOOT, Made, Setup, Work, receive, send

__all__ = ["KILLER", "Batches", "Item", "Pool", "WorkerError", "batch_documents", "count_cores", "read_in_processes"]

U = TypeVar("U")

BATCH = 60_000
"""Characters of a batch: little beside what a worker reads in all, much beside the cost of a message."""
AHEAD = 2
"""Batches that a worker has at a time."""
DEATHS = 2
"""Workers that a document may end before it is left out."""
KILLER = (
    f"{DEATHS} processes that read it were ended by the system, for want of memory or by a fault; it is left out: "
    "split it, or let fewer read at a time"
)


class WorkerError(ValueError):
    """Workers that end before they have read anything; the message says what to do."""


def count_cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_in_processes(documents: Iterable[Document], setup: Setup, *, workers: int) -> Iterator[tuple[Document, Made]]:
    """What was made of each of `documents`, as it is done; they are taken no faster than they are read.

    :raises ModelError: if there is no such language model.
    :raises WorkerError: if workers end before their first document.
    """
    pool = Pool[Document](setup, workers)
    try:
        yield from pool.answer(batch_documents(documents))
    finally:
        pool.end()


class Item(Protocol):
    """What a process is given to work on, as a document is."""

    @property
    def name(self) -> str:
        """What it is called."""


T = TypeVar("T", bound=Item)


class Pool(Generic[T]):
    """Processes that do a work, `size` of them; they start with the first batch, and stay for more until they end.

    Work that was broken off has left items with them: nothing is left to do with these but to end them.
    """

    def __init__(self, work: Work, size: int) -> None:
        self.work, self.size = work, size
        self.workers: list[_Worker[T]] = []
        self.answers: queue.SimpleQueue[tuple[_Worker[T], Made | None]] = queue.SimpleQueue()

    def answer(self, batches: Batches[T]) -> Iterator[tuple[T, Made]]:
        """What was made of each item, as :func:`read_in_processes` has it."""
        while len(self.workers) < self.size:
            self.start()
        yield from _answer_all(self, batches)

    def start(self) -> None:
        """Start one more."""
        self.workers.append(_Worker(self.work, self.answers))

    def remove(self, worker: _Worker[T]) -> None:
        """End one of them."""
        worker.end()
        self.workers.remove(worker)

    def end(self) -> None:
        """End them, whatever they do."""
        while self.workers:
            self.remove(self.workers[0])


class Batches(Generic[U]):
    """Items in batches of much the same weight; those that come back go first.

    :param weigh: how much work an item is, measured by characters that are read.
    """

    def __init__(self, items: Iterable[U], weigh: Callable[[U], int]) -> None:
        self.items, self.weigh = iter(items), weigh
        self.back: deque[list[U]] = deque()

    def __bool__(self) -> bool:
        """Whether there is a next batch."""
        if not self.back and (batch := self._gather()):
            self.back.append(batch)
        return bool(self.back)

    def next(self) -> list[U]:
        """The next batch, where there is one."""
        return self.back.popleft()

    def _gather(self) -> list[U]:
        batch: list[U] = []
        weight = 0
        for item in self.items:
            batch.append(item)
            weight += self.weigh(item)
            if weight >= BATCH:
                break
        return batch


def batch_documents(documents: Iterable[Document]) -> Batches[Document]:
    """Documents in batches of much the same length."""
    return Batches(documents, lambda document: len(document.text))


class _Worker(Generic[T]):
    """A process, and the items that it has been given and not yet answered, in order."""

    def __init__(self, work: Work, answers: queue.SimpleQueue[tuple[_Worker[T], Made | None]]) -> None:
        self.ready = False
        self.given: deque[T] = deque()
        self.ends: deque[T] = deque()  # the last item of each batch
        command = (sys.executable, "-c", BOOT, *(path or os.curdir for path in sys.path))
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # of its own, as who stops us from a keyboard stops all of a session
        )
        Thread(target=self._listen, args=(answers,), daemon=True).start()
        self._send(work)

    def give(self, batch: list[T]) -> None:
        self.given += batch
        self.ends.append(batch[-1])
        self._send(batch)

    def take(self) -> T:
        """The item that it has answered."""
        item = self.given.popleft()
        if item is self.ends[0]:
            self.ends.popleft()
        return item

    def end(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.wait()
        with suppress(OSError):
            self.process.stdin.close()  # type: ignore[union-attr]

    def _send(self, message: object) -> None:
        assert self.process.stdin
        try:
            send(message, self.process.stdin)
        except OSError:
            return  # it has ended, as its answers will tell

    def _listen(self, answers: queue.SimpleQueue[tuple[_Worker[T], Made | None]]) -> None:
        assert self.process.stdout
        with self.process.stdout as stream:
            try:
                while True:
                    answers.put((self, receive(stream)))  # type: ignore[arg-type]
            except (EOFError, OSError):
                answers.put((self, None))


def _answer_all(pool: Pool[T], batches: Batches[T]) -> Iterator[tuple[T, Made]]:
    deaths: Counter[str] = Counter()
    stillborn = 0
    _give(pool, batches)  # to those that stayed from earlier work
    while batches or any(worker.given for worker in pool.workers):
        worker, made = pool.answers.get()
        if made is None:
            pool.remove(worker)
            stillborn = 0 if worker.ready else stillborn + 1
            if stillborn == DEATHS:
                raise WorkerError("processes that read end as they start; build with --workers 1, or free some memory")
            yield from _bury(worker, batches, deaths)
            pool.start()
        elif worker.ready:
            yield worker.take(), made
        elif made.failure:
            from dragoman.language.model import ModelError  # slow to load, as spaCy is

            raise ModelError(made.failure)
        else:
            worker.ready, stillborn = True, 0
        _give(pool, batches)


def _give(pool: Pool[T], batches: Batches[T]) -> None:
    """Give each worker what it lacks, first to those that have least."""
    for worker in sorted(pool.workers, key=lambda worker: len(worker.ends)):
        while worker.ready and len(worker.ends) < AHEAD and batches:
            worker.give(batches.next())


def _bury(worker: _Worker[T], batches: Batches[T], deaths: Counter[str]) -> Iterator[tuple[T, Made]]:
    """Bring back what a dead `worker` had; the item that it was at, where that has ended too many."""
    if not worker.given:
        return
    at = worker.given.popleft()
    deaths[at.name] += 1
    if worker.given:
        batches.back.append(list(worker.given))
    if deaths[at.name] < DEATHS:
        batches.back.append([at])
    else:
        yield at, Made(failure=KILLER)
